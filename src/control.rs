//! What can be asked of a session while it plays, what it tells in return, and the keys for it.

use crate::time::Frames;

/// Asked of a session. Every one is allowed at any time, in any order. Each is answered at once by an earcon of its own,
/// then in words where the routine's own next words do not say it; what makes no sense does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// The one of the next two that makes sense now.
    TogglePause,
    /// Quiet, until it goes on. At a gate it opens the gate: there, any of the large buttons means "ready".
    Pause,
    /// On: the interrupted beat is begun again, a hold after three ticks. Opens a gate.
    Play,
    /// Ends this exercise gently and goes on with the next. Ends a rest; opens a gate.
    Next,
    /// As [`Command::Repeat`]; quickly after another one, to the exercise before.
    Previous,
    /// This exercise's instructions once more, then on with the repetition that was interrupted.
    Repeat,
    /// Tells which exercise, repetition and side it is, and how long it still takes.
    WhereAmI,
    /// Ends this exercise kindly, notes that it hurt, and goes on with the next.
    Hurts,
    Louder,
    Quieter,
    /// 0 dB leaves every sample as it was made; values out of range mean the nearest in it.
    SetVolume {
        decibels: i32,
    },
    /// Answer, and end.
    Quit,
    /// End at once, with no more than a fade: there was an interrupt.
    Stop,
}

/// How an exercise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// To its last beat.
    Done,
    /// By [`Command::Next`].
    Skipped,
    /// By [`Command::Hurts`].
    Hurt,
}

/// Told by a session, in the order in which it is heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Another beat has begun.
    Now(Now),
    /// An exercise is over. Each is told once, in whichever way it ended first; one that is left by going back, or by
    /// quitting, is not told. A skipped one is told when another begins: until then one may go back to it.
    Ended {
        /// Counted from 0.
        exercise: usize,
        id: String,
        ending: Ending,
        /// Time spent in it, without pauses.
        frames: Frames,
    },
    /// The length of the whole routine, once every word of it has been measured.
    Total {
        frames: Frames,
        exercises: usize,
    },
    Paused,
    Resumed,
    /// The volume has been changed; 0 dB leaves every sample as it was made.
    Volume {
        decibels: i32,
    },
    /// The next words are still being made: it is quiet until they are there.
    Waiting,
    /// Something that the listener should know; playing goes on.
    Notice(String),
    /// The session has ended because of an error of its own.
    Failed(String),
    /// The sound device is gone, and why; another one is looked for, and the place is kept.
    SoundLost(String),
    /// There is a device again: it goes on at the frame that was last heard.
    SoundBack,
    /// The session has ended because the sound device is gone for good.
    DeviceLost(String),
    /// Everything has been heard.
    Finished,
    /// Ended on request, at this place of the routine.
    Stopped {
        position: Frames,
    },
}

/// What is being heard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Now {
    /// Counted from 0; none in the opening and the closing.
    pub exercise: Option<usize>,
    pub name: Option<String>,
    /// Counted from 1.
    pub set: Option<u32>,
    /// Counted from 1.
    pub rep: Option<u32>,
    /// Repetitions in a set, per side where there are sides; 0 where the work is a stretch of time.
    pub reps: u32,
    /// `left` or `right`.
    pub side: Option<&'static str>,
    /// `hold`, `move`, `rest`, `instructions` …
    pub phase: &'static str,
    /// Where this beat begins and ends in the routine's own timeline: without pauses, skips and delays.
    pub position: Frames,
    pub end: Frames,
    /// The name of the exercise after this one.
    pub next: Option<String>,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Send(Command),
    Help,
}

/// One row of the table of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The characters that mean it; the first is the one to show.
    pub characters: &'static [char],
    /// How the key is called.
    pub name: &'static str,
    pub action: Action,
    pub does: &'static str,
}

/// Every key, in the order of the help text.
pub const KEYS: [Key; 10] = [
    key(
        &[' '],
        "space",
        Action::Send(Command::TogglePause),
        "pause, or go on; ready, where it waits for you",
    ),
    key(&['n'], "n", Action::Send(Command::Next), "next exercise"),
    key(
        &['p'],
        "p",
        Action::Send(Command::Previous),
        "repeat the instructions; twice quickly: the exercise before",
    ),
    key(&['r'], "r", Action::Send(Command::Repeat), "repeat the instructions"),
    key(&['w'], "w", Action::Send(Command::WhereAmI), "where am I: exercise, repetition, side, time left"),
    key(&['x'], "x", Action::Send(Command::Hurts), "this hurts: end the exercise, go on with the next"),
    key(&['+', '='], "+", Action::Send(Command::Louder), "louder"),
    key(&['-', '−', '_'], "-", Action::Send(Command::Quieter), "quieter"),
    key(&['q'], "q", Action::Send(Command::Quit), "quit"),
    key(&['?', 'h'], "?", Action::Help, "these keys"),
];

const fn key(characters: &'static [char], name: &'static str, action: Action, does: &'static str) -> Key {
    Key { characters, name, action, does }
}

/// What a typed character means.
pub fn action_of(character: char) -> Option<Action> {
    KEYS.iter().find(|key| key.characters.contains(&character.to_ascii_lowercase())).map(|key| key.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_means_two_things() {
        let mut all: Vec<char> = KEYS.iter().flat_map(|key| key.characters).copied().collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn capitals_count_as_well() {
        assert_eq!(action_of('N'), Some(Action::Send(Command::Next)));
        assert_eq!(action_of('y'), None);
    }
}
