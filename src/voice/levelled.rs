//! Any engine, at one loudness: its phrases are levelled when they are made, so that the cache keeps them that way.

use std::sync::Arc;

use super::{Engine, Voice, VoiceError};
use crate::clip::Clip;
use crate::loudness::{self, Measure};

/// An engine whose words are all at [`loudness::SPEECH`].
pub struct Levelled(pub Arc<dyn Engine>);

impl Engine for Levelled {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn fingerprint(&self) -> String {
        format!("{} level {}", self.0.fingerprint(), loudness::REVISION)
    }

    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        Ok(Box::new(LevelledVoice(self.0.open()?)))
    }

    fn cancel(&self) {
        self.0.cancel();
    }
}

struct LevelledVoice(Box<dyn Voice>);

impl Voice for LevelledVoice {
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError> {
        Ok(loudness::levelled(&self.0.speak(words)?, loudness::SPEECH, Measure::BetweenPauses))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Speed;
    use crate::voice::fake::{Fake, estimate};

    #[test]
    fn words_come_at_one_loudness_and_keep_their_length() {
        let engine = Levelled(Arc::new(Fake::new(Speed::NORMAL)));
        assert_ne!(engine.fingerprint(), engine.0.fingerprint());
        let mut voice = engine.open().expect("the fake always opens");
        for words in ["One.", "Left side.", "Come down onto all fours, slowly."] {
            let clip = voice.speak(words).expect("the fake never fails");
            assert_eq!(clip.frames(), estimate(words, Speed::NORMAL));
            let loudness = Measure::BetweenPauses.of(&clip).expect("not silent");
            assert!((loudness - loudness::SPEECH).abs() < 0.2, "{words}: {loudness}");
        }
    }
}
