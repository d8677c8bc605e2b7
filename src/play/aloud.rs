//! One sentence from a frame on: mixed where it has samples, else said aloud and heard to its end.

use super::words::{Due, NotYet, Words};
use crate::plan::Place;
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Cue, Event, Missing, Said, What};

/// What was mixed before has left the device by then: the clock counts what was taken, not what was heard.
const AFTER_SOUND: Frames = Millis::new(150).frames();

/// Nothing new is placed nearer to the clock than this: a fade and a device's largest gulp must have passed.
pub const SETTLE: Frames = Millis::new(200).frames();

/// How far a sentence has come that has no samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aloud {
    /// It begins when the clock has come to that frame.
    Due(Frames),
    Begun,
    /// Whoever said it is gone: it is said once more, from samples.
    Lost,
}

/// A sentence being said. One at a time.
#[derive(Debug, Default)]
pub struct Utterance(Option<Aloud>);

impl Utterance {
    /// To be called with the same words until they have been said, or are on their way: the frame after them, and what has to
    /// be mixed. They begin at `at`, or later where they have to be said twice.
    ///
    /// # Errors
    /// [`NotYet`] while samples are being made or words are being said.
    pub fn say<C>(
        &mut self,
        says: &str,
        at: Frames,
        clock: Frames,
        words: &mut Words<C>,
    ) -> Result<(Frames, Option<Event>), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        match self.0 {
            Some(Aloud::Due(due)) if clock < due + AFTER_SOUND => return Err(NotYet::Said),
            Some(Aloud::Due(_)) => {
                words.say(says);
                self.0 = Some(Aloud::Begun);
                return Err(NotYet::Said);
            }
            Some(Aloud::Begun) => match words.said() {
                Said::NotYet => return Err(NotYet::Said),
                Said::Done => {
                    self.0 = None;
                    return Ok((clock, None));
                }
                Said::Lost(why) => {
                    words.tell(why);
                    self.0 = Some(Aloud::Lost);
                }
            },
            Some(Aloud::Lost) | None => {}
        }
        let at = if self.0.is_some() { at.max(clock + SETTLE) } else { at };
        let frames = words.length(says)?;
        let place = Place { exercise: None, set: None, rep: None, side: None, phase: "answer" };
        let cue = Cue { at, frames, what: What::Speech(says.to_owned()), place };
        let event = match words.event(&cue)? {
            Due::Aloud => {
                self.0 = Some(Aloud::Due(at));
                return Err(NotYet::Said);
            }
            Due::Mixed(event) => Some(event),
            Due::Quiet => None,
        };
        self.0 = None;
        Ok((at + frames, event))
    }

    /// Falls silent: nobody waits for the words any more.
    pub fn hush<C>(&mut self, words: &mut Words<C>)
    where
        C: Clips<Error = Missing>,
    {
        if self.0.take() == Some(Aloud::Begun) {
            words.hush();
        }
    }
}
