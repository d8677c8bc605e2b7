//! The voice of the operating system: it speaks aloud and gives no samples.
//!
//! The `tts` crate is used in a process of its own ([`helper`]), because the library behind it hangs with its service, and
//! crashes when asked something after its service has died. [`Watch`] decides what has become of it, and [`Mouth`] is both
//! as the program sees them: nothing of it blocks, and its end is only an answer.

#[cfg(any(feature = "system-voice", target_os = "macos", windows))]
#[path = "tts.rs"]
mod engine;
#[cfg(not(any(feature = "system-voice", target_os = "macos", windows)))]
#[path = "absent.rs"]
mod engine;
pub mod helper;
mod line;
mod mouth;
mod process;
mod watch;

use crate::time::{Frames, Millis};

use super::{Speed, VoiceError};

pub use line::{Order, Report};
pub use mouth::{Helper, Mouth, Saying};
pub use process::Process;
pub use watch::{Verdict, Watch};

/// What it is called by: `system`, or `system:NAME`.
pub const NAME: &str = "system";

/// A letter of calm speech, and what comes on top: the engine's end is told some tenths of a second after the last sound.
const LETTER: Millis = Millis::new(66);
const AROUND: Millis = Millis::new(400);

/// How it is to speak. The helper is given this on its command line.
#[derive(Debug, Clone, PartialEq)]
pub struct Manner {
    /// As the system calls the voice; none: the one that is set up there.
    pub name: Option<String>,
    /// Of the words.
    pub language: String,
    pub speed: Speed,
    /// −100 for the lowest, 100 for the highest.
    pub pitch: i32,
    /// 0 for silent, 1 for as loud as it is.
    pub volume: f32,
}

/// The name of a voice of the system that is asked for by `--voice`; `None` where another engine is meant.
pub fn asked(voice: &str) -> Option<Option<&str>> {
    let rest = voice.strip_prefix(NAME)?;
    match rest.strip_prefix(':') {
        Some(name) => Some(Some(name.trim()).filter(|name| !name.is_empty())),
        None => rest.is_empty().then_some(None),
    }
}

/// Whether this program can use it at all.
pub const fn is_built_in() -> bool {
    engine::IS_BUILT_IN
}

/// How long words probably take, from speaking them to being told that they are over.
pub fn estimate(words: &str, speed: Speed) -> Frames {
    let letters = u64::try_from(words.chars().count()).unwrap_or(u64::MAX);
    let millis = LETTER.get().saturating_mul(letters).saturating_mul(100) / u64::from(speed.percent());
    (Millis::new(millis) + AROUND).frames()
}

/// So long do words take at the most: nobody waits any longer for their end.
pub fn bound(words: &str, speed: Speed) -> Millis {
    let estimate = estimate(words, speed).millis();
    estimate + estimate + Millis::from_secs(2)
}

/// Why there is none, and what to do.
fn missing(why: impl Into<String>) -> VoiceError {
    VoiceError::System(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_asked_for_with_a_name_or_without() {
        assert_eq!(asked("system"), Some(None));
        assert_eq!(asked("system:"), Some(None));
        assert_eq!(asked("system:Alex"), Some(Some("Alex")));
        assert_eq!(asked("system: English (Scotland)"), Some(Some("English (Scotland)")));
        assert_eq!(asked("systematic"), None);
        assert_eq!(asked("natural"), None);
    }

    #[test]
    fn estimates_follow_the_speed_and_bounds_are_well_above_them() {
        let words = "Come down onto all fours, slowly.";
        let at = |speed: &str| estimate(words, speed.parse().expect("a speed"));
        assert_eq!(at("1"), Millis::new(66 * 33 + 400).frames());
        assert_eq!(at("2"), Millis::new(33 * 33 + 400).frames());
        assert!(bound(words, Speed::NORMAL).frames() > at("0.5"));
    }
}
