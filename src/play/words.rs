//! Clips as the scheduler wants them: there, or not yet. Words that can never be spoken become quiet.

use std::collections::HashSet;

use crate::clip::Clip;
use crate::cue::Sound;
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Cue, Event, Lengths, Missing, Said};

/// How long a letter of speech takes, where nothing can tell. About 15 letters a second is calm speech.
const PER_LETTER: Millis = Millis::new(66);

/// Wait and ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotYet {
    /// Samples are being made.
    Made,
    /// Words are being said aloud.
    Said,
}

/// What has to be done for a cue.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    Quiet,
    Mixed(Event),
    /// The words have no samples: they have to be said aloud.
    Aloud,
}

impl Due {
    /// What has to be mixed.
    pub fn event(self) -> Option<Event> {
        match self {
            Self::Mixed(event) => Some(event),
            Self::Quiet | Self::Aloud => None,
        }
    }
}

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

    /// What has to be done for a cue.
    ///
    /// # Errors
    /// [`NotYet`] while the samples are being made.
    pub fn event(&mut self, cue: &Cue) -> Result<Due, NotYet> {
        match self.clips.event(cue) {
            Ok(event) => Ok(event.map_or(Due::Quiet, Due::Mixed)),
            Err(Missing::NotYet) => Err(NotYet::Made),
            Err(Missing::Aloud) => Ok(Due::Aloud),
            Err(Missing::Never(text)) => {
                self.tell(text);
                Ok(Due::Quiet)
            }
        }
    }

    /// Begins to say words aloud.
    pub fn say(&mut self, words: &str) {
        self.clips.say(words);
    }

    /// Ends what is being said aloud.
    pub fn hush(&mut self) {
        self.clips.hush();
    }

    /// What has become of what is being said aloud.
    pub fn said(&mut self) -> Said {
        self.clips.said()
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

    /// The samples of words that are in no plan; `None` where there never are any.
    ///
    /// # Errors
    /// [`NotYet`] while they are being made.
    pub fn speech_clip(&mut self, words: &str) -> Result<Option<Clip>, NotYet> {
        match self.clips.speech(words).and_then(|_| self.clips.speech_clip(words)) {
            Ok(clip) => Ok(Some(clip)),
            Err(Missing::NotYet) => Err(NotYet::Made),
            Err(Missing::Never(_) | Missing::Aloud) => Ok(None),
        }
    }

    pub fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.clips.sound_clip(sound)
    }

    /// How long words last, or probably last.
    ///
    /// # Errors
    /// [`NotYet`] while they are being made.
    pub fn length(&mut self, words: &str) -> Result<Frames, NotYet> {
        match self.clips.speech(words) {
            Ok(frames) => Ok(frames),
            Err(Missing::NotYet) => Err(NotYet::Made),
            Err(Missing::Aloud) => Ok(likely(words)),
            Err(Missing::Never(text)) => {
                self.tell(text);
                Ok(likely(words))
            }
        }
    }

    /// Tells the listener something, once.
    pub fn tell(&mut self, text: String) {
        if self.told.insert(text.clone()) {
            self.notices.push(text);
        }
    }
}

impl<C: Clips<Error = Missing>> Lengths for Words<C> {
    type Error = NotYet;

    fn speech(&mut self, words: &str) -> Result<Frames, NotYet> {
        self.length(words)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.clips.sound(sound)
    }
}

fn likely(words: &str) -> Frames {
    (0..words.chars().count()).map(|_| PER_LETTER.frames()).sum()
}
