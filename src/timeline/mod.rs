//! Beats placed on the sample clock, and their samples: the one timeline that is played and rendered.
//!
//! The cues of a timeline tile it: each begins where the one before ends, quiet included. Nothing can
//! overlap, so the mix cannot clip as long as no single clip does, and the whole is the sum of its parts.

mod mix;
mod place;
mod survey;

use crate::clip::Clip;
use crate::cue::Sound;
use crate::plan::Place;
use crate::time::Frames;

pub use mix::{Background, Event, Feed, Mix, Queue};
pub use place::{Step, Walk};
pub use survey::{Chapter, Survey, chapter_titles};

/// One stretch of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    pub at: Frames,
    pub frames: Frames,
    pub what: What,
    pub place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum What {
    Speech(String),
    /// `stretched`: made to last exactly the cue's frames; otherwise it is cut where the cue ends.
    Sound {
        sound: Sound,
        stretched: bool,
    },
    Pause,
    /// Quiet in a file; played, it lasts until the listener is ready.
    Gate,
}

/// How long things last. Placing needs no more than this.
pub trait Lengths {
    /// Why a length is not known: not yet measured, or never to be.
    type Error;

    fn speech(&mut self, words: &str) -> Result<Frames, Self::Error>;
    fn sound(&mut self, sound: Sound) -> Frames;
}

/// The samples of things; no sample of a clip is beyond ±1.
pub trait Clips: Lengths {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Self::Error>;
    fn sound_clip(&mut self, sound: Sound) -> Clip;
    /// The sound in exactly so many frames.
    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip;

    /// Begins to say words that have no samples ([`Missing::Aloud`]). Never blocks.
    fn say(&mut self, _words: &str) {}

    /// Ends what is being said aloud.
    fn hush(&mut self) {}

    /// What has become of the words that were begun last. To be asked often, while they are being said.
    fn said(&mut self) -> Said {
        Said::Done
    }

    /// These words may be asked for later, out of their turn. Never blocks.
    fn prepare(&mut self, _words: &str) {}

    /// What the mix has to do for a cue; `None` for quiet.
    fn event(&mut self, cue: &Cue) -> Result<Option<Event>, Self::Error> {
        let clip = match &cue.what {
            What::Pause | What::Gate => return Ok(None),
            What::Speech(words) => self.speech_clip(words)?,
            What::Sound { sound, stretched: false } => self.sound_clip(*sound),
            What::Sound { sound, stretched: true } => self.stretched_clip(*sound, cue.frames),
        };
        Ok(Some(Event { at: cue.at, frames: cue.frames, clip }))
    }
}

/// Why something cannot be placed or played now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// It is being made; ask again.
    NotYet,
    /// It never will be; the text says why and what to do.
    Never(String),
    /// The words have no samples: somebody says them aloud. On the timeline they are a gate that lasts until they are over,
    /// whatever was estimated.
    Aloud,
}

/// What has become of words that are said aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    NotYet,
    Done,
    /// Nobody says anything aloud any more: these words and all others have samples from now on. The text says why.
    Lost(String),
}
