//! The sounds that a plan can ask for, by name.

use std::fmt;
use std::str::FromStr;

/// One of the theme's sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sound {
    Tick,
    TickHigh,
    HoldStart,
    HoldEnd,
    Rep,
    Switch,
    Exercise,
    Finish,
    BreatheIn,
    BreatheOut,
}

impl Sound {
    pub const ALL: [Self; 10] = [
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
    ];

    /// The name in files, JSON and messages.
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
        }
    }
}

impl fmt::Display for Sound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Sound {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|sound| sound.name() == name)
            .ok_or(())
    }
}
