//! Clips as the scheduler wants them: there, or not yet. Words that can never be spoken become quiet.

use std::collections::HashSet;

use crate::clip::Clip;
use crate::cue::Sound;
use crate::plan::Place;
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Cue, Event, Lengths, Missing, What};

/// How long a letter of speech takes, where nothing can tell. About 15 letters a second is calm speech.
const PER_LETTER: Millis = Millis::new(66);

/// Wait and ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotYet;

/// Turns [`Missing::Never`] into a notice and silence of the words' likely length, so that everything around
/// them keeps its place and its pace.
#[derive(Debug)]
pub struct Words<C> {
    clips: C,
    told: HashSet<String>,
    notices: Vec<String>,
}

impl<C: Clips<Error = Missing>> Words<C> {
    pub fn new(clips: C) -> Self {
        Self { clips, told: HashSet::new(), notices: Vec::new() }
    }

    /// What the listener should be told; each once.
    pub fn notices(&mut self) -> impl Iterator<Item = String> {
        self.notices.drain(..)
    }

    /// What has to be mixed for a cue, `None` for quiet.
    ///
    /// # Errors
    /// [`NotYet`] while the samples are being made.
    pub fn event(&mut self, cue: &Cue) -> Result<Option<Event>, NotYet> {
        match self.clips.event(cue) {
            Ok(event) => Ok(event),
            Err(Missing::NotYet) => Err(NotYet),
            Err(Missing::Never(text)) => {
                self.tell(text);
                Ok(None)
            }
        }
    }

    /// Words that are in no plan, to be heard from a frame on: how long they are, and what has to be mixed.
    ///
    /// # Errors
    /// [`NotYet`] while they are being made.
    pub fn said(&mut self, words: &str, at: Frames) -> Result<(Frames, Option<Event>), NotYet> {
        let frames = self.speech(words)?;
        let place = Place { exercise: None, set: None, rep: None, side: None, phase: "answer" };
        let cue = Cue { at, frames, what: What::Speech(words.to_owned()), place };
        Ok((frames, self.event(&cue)?))
    }

    /// Words that are wanted now, before all others.
    pub fn hurry(&mut self, words: &str) {
        // Whether they can be spoken is told when they are due.
        let _ = self.clips.speech(words);
    }

    /// Words that may be wanted soon.
    pub fn prepare(&mut self, words: &str) {
        self.clips.prepare(words);
    }

    /// The samples of words that are in no plan; `None` where they can never be spoken.
    ///
    /// # Errors
    /// [`NotYet`] while they are being made.
    pub fn speech_clip(&mut self, words: &str) -> Result<Option<Clip>, NotYet> {
        match self.clips.speech(words).and_then(|_| self.clips.speech_clip(words)) {
            Ok(clip) => Ok(Some(clip)),
            Err(Missing::NotYet) => Err(NotYet),
            Err(Missing::Never(_)) => Ok(None),
        }
    }

    pub fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.clips.sound_clip(sound)
    }

    fn tell(&mut self, text: String) {
        if self.told.insert(text.clone()) {
            self.notices.push(text);
        }
    }
}

impl<C: Clips<Error = Missing>> Lengths for Words<C> {
    type Error = NotYet;

    fn speech(&mut self, words: &str) -> Result<Frames, NotYet> {
        match self.clips.speech(words) {
            Ok(frames) => Ok(frames),
            Err(Missing::NotYet) => Err(NotYet),
            Err(Missing::Never(text)) => {
                self.tell(text);
                Ok(likely(words))
            }
        }
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.clips.sound(sound)
    }
}

fn likely(words: &str) -> Frames {
    (0..words.chars().count()).map(|_| PER_LETTER.frames()).sum()
}
