//! The sounds a plan can ask for, by name; what they sound like is a theme's business.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// One of the sounds that guide a routine.
///
/// A leaf of the import graph: the plan names sounds, and must not know that there are sound files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sound {
    /// A whole second of a hold has passed.
    Tick,
    /// The same in the last three seconds of a hold, and in a 3-2-1.
    TickHigh,
    /// The hold begins.
    HoldStart,
    /// The hold is over.
    HoldEnd,
    /// A repetition is done.
    Rep,
    /// Change sides.
    Switch,
    /// A new exercise begins.
    Exercise,
    /// The routine is over.
    Finish,
    /// Breathe in for as long as it sounds; stretched to the wanted length.
    BreatheIn,
    /// Breathe out for as long as it sounds; stretched to the wanted length.
    BreatheOut,
    /// The earcons: each answers a command, before anything else changes.
    Pause,
    /// On again after a pause, or past a gate.
    Resume,
    /// On to the next exercise.
    Next,
    /// The instructions again, or the exercise before.
    Previous,
    /// The instructions again.
    Repeat,
    /// "Where am I?"
    Where,
    /// "This hurts."
    Hurts,
    /// The volume was changed.
    Volume,
    /// The session ends on request.
    Quit,
}

impl Sound {
    /// Every sound, in the order of the variants.
    pub const ALL: [Self; 19] = [
        Self::Tick,
        Self::TickHigh,
        Self::HoldStart,
        Self::HoldEnd,
        Self::Rep,
        Self::Switch,
        Self::Exercise,
        Self::Finish,
        Self::BreatheIn,
        Self::BreatheOut,
        Self::Pause,
        Self::Resume,
        Self::Next,
        Self::Previous,
        Self::Repeat,
        Self::Where,
        Self::Hurts,
        Self::Volume,
        Self::Quit,
    ];

    /// The sounds that answer commands. A timeline has none of them: they are heard live alone.
    pub const EARCONS: [Self; 9] = [
        Self::Pause,
        Self::Resume,
        Self::Next,
        Self::Previous,
        Self::Repeat,
        Self::Where,
        Self::Hurts,
        Self::Volume,
        Self::Quit,
    ];

    /// The name in theme folders, in `show --json` and in messages: `hold-start`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tick => "tick",
            Self::TickHigh => "tick-high",
            Self::HoldStart => "hold-start",
            Self::HoldEnd => "hold-end",
            Self::Rep => "rep",
            Self::Switch => "switch",
            Self::Exercise => "exercise",
            Self::Finish => "finish",
            Self::BreatheIn => "breathe-in",
            Self::BreatheOut => "breathe-out",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Next => "next",
            Self::Previous => "previous",
            Self::Repeat => "repeat",
            Self::Where => "where",
            Self::Hurts => "hurts",
            Self::Volume => "volume",
            Self::Quit => "quit",
        }
    }

    /// All names as a message lists them: `` `tick`, `tick-high`, … ``.
    pub fn list() -> String {
        Self::ALL.map(|sound| format!("`{sound}`")).join(", ")
    }
}

impl fmt::Display for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no sound's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not the name of a sound; the sounds are {list}", list = Sound::list())]
pub struct UnknownSound(pub String);

impl FromStr for Sound {
    type Err = UnknownSound;

    /// Reads a [`name`](Sound::name); upper and lower case are the same.
    fn from_str(text: &str) -> Result<Self, UnknownSound> {
        Self::ALL
            .into_iter()
            .find(|sound| sound.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownSound(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_the_order_is_that_of_the_variants() {
        for (place, sound) in Sound::ALL.into_iter().enumerate() {
            assert_eq!(sound as usize, place);
            assert_eq!(sound.name().parse(), Ok(sound));
            assert_eq!(sound.name().to_uppercase().parse(), Ok(sound));
        }
    }

    #[test]
    fn an_unknown_name_is_told_the_known_ones() {
        assert_eq!(
            "gong".parse::<Sound>().unwrap_err().to_string(),
            "`gong` is not the name of a sound; the sounds are `tick`, `tick-high`, `hold-start`, `hold-end`, \
             `rep`, `switch`, `exercise`, `finish`, `breathe-in`, `breathe-out`, `pause`, `resume`, `next`, `previous`, \
             `repeat`, `where`, `hurts`, `volume`, `quit`"
        );
    }
}
