//! Clips whose peaks are turned down to what an encoder may be given; all others pass as they are.

use super::Level;
use crate::clip::Clip;
use crate::cue::Sound;
use crate::time::Frames;
use crate::timeline::{Clips, Cue, Event, Lengths};

/// Cues do not overlap, so the mix has no peak above that of its loudest clip.
pub(super) struct Bounded<'a, C> {
    pub clips: &'a mut C,
    pub level: &'a Level,
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
        self.clips.speech_clip(words)
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.clips.sound_clip(sound)
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.clips.stretched_clip(sound, frames)
    }

    fn event(&mut self, cue: &Cue) -> Result<Option<Event>, C::Error> {
        let event = self.clips.event(cue)?;
        Ok(event.map(|event| Event { clip: self.level.bound(cue, &event.clip), ..event }))
    }
}
