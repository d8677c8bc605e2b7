//! Clips whose peaks are turned down to what an encoder may be given; all others pass as they are.

use crate::clip::Clip;
use crate::cue::Sound;
use crate::loudness::limited;
use crate::time::Frames;
use crate::timeline::{Clips, Lengths};

/// Cues do not overlap, so the mix has no peak above that of its loudest clip.
pub(super) struct Bounded<'a, C> {
    pub clips: &'a mut C,
    /// The most that a true peak may be, as a factor of full scale.
    pub ceiling: f32,
}

impl<C: Lengths> Lengths for Bounded<'_, C> {
    type Error = C::Error;

    fn speech(&mut self, words: &str) -> Result<Frames, C::Error> {
        self.clips.speech(words)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.clips.sound(sound)
    }
}

impl<C: Clips> Clips for Bounded<'_, C> {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, C::Error> {
        Ok(limited(&self.clips.speech_clip(words)?, self.ceiling))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        limited(&self.clips.sound_clip(sound), self.ceiling)
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        limited(&self.clips.stretched_clip(sound, frames), self.ceiling)
    }
}
