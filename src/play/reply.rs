//! The answer to a command: an earcon at once, then words, before anything else is heard.

use crate::cue::Sound;
use crate::time::{Frames, Millis};

/// From a command to the first sample of its earcon, beyond what the device has taken already. What sounded has faded out
/// by then, and it is more than a block of the size that devices are asked for: the cue is there before its frame.
pub const AT_ONCE: Frames = Millis::new(66).frames();
/// Quiet between the earcon and what follows it.
pub const AFTER_EARCON: Frames = Millis::new(150).frames();
/// Quiet between the answer and what it goes on with.
pub const AFTER_WORDS: Frames = Millis::new(400).frames();

/// An earcon and sentences; the sentences may be none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub earcon: Sound,
    pub words: Vec<String>,
}

impl Reply {
    pub fn new(earcon: Sound, words: impl IntoIterator<Item = String>) -> Self {
        Self { earcon, words: words.into_iter().collect() }
    }

    /// No words: what is heard next tells enough.
    pub const fn silent(earcon: Sound) -> Self {
        Self { earcon, words: Vec::new() }
    }
}
