//! The keys of a routine file, and which of its parts each belongs to.

use super::suggest::nearest;

pub(super) const ROUTINE: &[&str] =
    &["title", "summary", "source", "language", "opening", "closing", "pace", "exercise"];
pub(super) const PACE: &[&str] = &["get-ready", "switch", "rest", "set-rest", "position-change", "ready"];
pub(super) const EXERCISE: &[&str] = &[
    "id",
    "name",
    "position",
    "needs",
    "instructions",
    "cue",
    "sides",
    "reps",
    "sets",
    "rep",
    "duration",
    "ready",
    "short",
];
pub(super) const PHASE: &[&str] = &["say", "brief", "hold", "move", "breathe-in", "breathe-out"];
pub(super) const SHORT: &[&str] = &["reps", "sets", "duration"];

/// A part of the file, and how to get a key into it.
pub(super) struct Home {
    keys: &'static [&'static str],
    pub what: &'static str,
    pub place: &'static str,
}

const HOMES: &[Home] = &[
    Home {
        keys: ROUTINE,
        what: "the routine itself",
        place: "to the top, above the first line in square brackets",
    },
    Home { keys: PACE, what: "the pace", place: "below the line `[pace]`" },
    Home { keys: EXERCISE, what: "an exercise", place: "below an `[[exercise]]` line" },
    Home { keys: PHASE, what: "a repetition", place: "into the braces of `rep = [ { … } ]`" },
];

/// The part that has this very key.
pub(super) fn home(key: &str) -> Option<&'static Home> {
    HOMES.iter().find(|home| home.keys.contains(&key))
}

/// The most similar key of any part.
pub(super) fn nearest_anywhere(key: &str) -> Option<(&'static str, &'static Home)> {
    HOMES.iter().find_map(|home| nearest(key, home.keys).map(|meant| (meant, home)))
}
