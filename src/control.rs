//! What can be asked of a session while it plays, what it tells in return, and the keys for it.

use crate::time::Frames;

/// Asked of a session. Every one is allowed at any time, in any order; what makes no sense does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Pause, or go on: the interrupted beat is begun again after three ticks.
    TogglePause,
    /// To the next exercise.
    Next,
    /// To the start of this exercise; near its start, to the exercise before.
    Previous,
    /// This exercise's instructions once more, then on with the repetition that was interrupted.
    Repeat,
    Louder,
    Quieter,
    /// Fade out and end.
    Quit,
}

/// Told by a session, in the order in which it is heard.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Another beat has begun.
    Now(Now),
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
pub const KEYS: [Key; 8] = [
    key(&[' '], "space", Action::Send(Command::TogglePause), "pause, or go on"),
    key(&['n'], "n", Action::Send(Command::Next), "next exercise"),
    key(&['p'], "p", Action::Send(Command::Previous), "this exercise again; at its start, the one before"),
    key(&['r'], "r", Action::Send(Command::Repeat), "repeat the instructions"),
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
        assert_eq!(action_of('x'), None);
    }
}
