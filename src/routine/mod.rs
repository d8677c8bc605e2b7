//! What the user wrote: a routine, its exercises and their repetitions, after parsing and checking.

mod check;
mod duration;
mod exercise;
mod keys;
mod kind;
mod parse;
mod placeholder;
mod problem;
mod section;
mod suggest;
mod syntax;
mod template;

pub use exercise::MOST_TIMES;
pub use parse::{Examined, LARGEST_FILE, MOST_EXERCISES, examine, parse, parse_bytes};
pub use problem::{Problem, Problems, Severity};
pub use suggest::slug;
pub use template::template;

use crate::time::Millis;

/// A whole routine file. Every text is as the author wrote it; `{side}` and `{other}` are still in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routine {
    pub title: String,
    pub summary: String,
    /// Where the exercises come from.
    pub source: Option<String>,
    /// BCP 47 tag, such as `en` or `de-AT`.
    pub language: String,
    /// Spoken before the first exercise, one sentence or short paragraph each.
    pub opening: Vec<String>,
    /// Spoken after the last exercise.
    pub closing: Vec<String>,
    pub pace: Pace,
    /// Never empty.
    pub exercises: Vec<Exercise>,
}

/// The times between things. Every one may be zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// After the instructions, before the first repetition.
    pub get_ready: Millis,
    /// To change sides.
    pub switch: Millis,
    /// Between exercises; the next one is announced in it.
    pub rest: Millis,
    /// Between the sets of one exercise.
    pub set_rest: Millis,
    /// When the body position changes from one exercise to the next.
    pub position_change: Millis,
    /// To set up, where an exercise waits until one is ready and nobody can be waited for: in a file.
    pub ready: Millis,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            get_ready: Millis::from_secs(3),
            switch: Millis::from_secs(4),
            rest: Millis::from_secs(10),
            set_rest: Millis::from_secs(30),
            position_change: Millis::from_secs(8),
            ready: Millis::from_secs(15),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    /// Unique in its routine: lower-case letters, digits and hyphens.
    pub id: String,
    pub name: String,
    pub position: Position,
    /// Equipment, such as `chair` or `foam roller`.
    pub needs: Vec<String>,
    /// Spoken in full at full guidance.
    pub instructions: Vec<String>,
    /// One line for brief guidance.
    pub cue: Option<String>,
    pub sides: Sides,
    /// At least 1.
    pub sets: u32,
    pub work: Work,
    /// Before the work it waits until one is ready.
    pub waits: bool,
    pub short: Short,
}

/// What one set of an exercise consists of (on each side, where there are sides).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// `count` repetitions (at least 1, per side) of the same phases (at least one).
    Reps { count: u32, phases: Vec<Phase> },
    /// One stretch of time, longer than zero.
    Timed(Millis),
}

/// One part of a repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Spoken in the first repetition; may be empty.
    pub say: String,
    /// Spoken in later ones; `say` where the author gave none.
    pub brief: String,
    pub action: Action,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Hold(Millis),
    Move(Millis),
    BreatheIn(Millis),
    BreatheOut(Millis),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    None,
    /// All repetitions on the left, then all on the right.
    Each,
    /// Left, right, left, right …
    Alternate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Position {
    Standing,
    Sitting,
    Kneeling,
    AllFours,
    /// On the back.
    Supine,
    /// Face down.
    Prone,
    /// On one side.
    Side,
}

/// What `--short` does to an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Short {
    Same,
    Skip,
    /// Values that replace the full ones; `None` keeps them.
    Change {
        reps: Option<u32>,
        sets: Option<u32>,
        duration: Option<Millis>,
    },
}
