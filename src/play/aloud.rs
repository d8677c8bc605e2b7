//! One sentence from a frame on: mixed where it has samples, else said aloud and heard to its end.

use std::collections::VecDeque;

use super::words::{Due, NotYet, Words};
use crate::plan::Place;
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Cue, Event, Missing, Said, What};

/// What was mixed before has left the device by then: the clock counts what was taken, not what was heard.
const AFTER_SOUND: Frames = Millis::new(150).frames();

/// Nothing new is placed nearer to the clock than this: a fade and a device's largest gulp must have passed.
pub const SETTLE: Frames = Millis::new(200).frames();

/// Said once the sentence has been repeated, so that nobody wonders who is speaking.
const TAKEN_OVER: &str = "The other voice is gone. This one goes on.";
const AFTER_REPEAT: Frames = Millis::new(300).frames();

/// How far a sentence has come that has no samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aloud {
    /// It begins when the clock has come to that frame.
    Due(Frames),
    Begun,
    /// Whoever said it is gone.
    Lost,
    /// It has been said once more, from samples. From that frame on the listener is told why.
    Repeated(Frames),
}

/// A sentence being said. One at a time.
#[derive(Debug, Default)]
pub struct Utterance(Option<Aloud>);

impl Utterance {
    /// To be called with the same words until they have been said, or are on their way: the frame after them, and what has to
    /// be mixed. They begin at `at`, or later where they have to be said twice; the sentence itself goes to `upcoming` then, and what is
    /// given back is the word that another voice goes on.
    ///
    /// # Errors
    /// [`NotYet`] while samples are being made or words are being said.
    pub fn say<C>(
        &mut self,
        says: &str,
        at: Frames,
        clock: Frames,
        words: &mut Words<C>,
        upcoming: &mut VecDeque<Event>,
    ) -> Result<(Frames, Option<Event>), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        match self.0 {
            Some(Aloud::Due(due)) if clock < due + AFTER_SOUND => return Err(NotYet::Said),
            Some(Aloud::Due(_)) => {
                words.say(says);
                words.prepare(TAKEN_OVER);
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
            Some(Aloud::Lost | Aloud::Repeated(_)) | None => {}
        }
        if self.0 == Some(Aloud::Lost) {
            let (end, due) = placed(says, at.max(clock + SETTLE), words)?;
            upcoming.extend(due.event());
            self.0 = Some(Aloud::Repeated(end + AFTER_REPEAT));
        }
        if let Some(Aloud::Repeated(free)) = self.0 {
            let (end, due) = placed(TAKEN_OVER, free.max(clock + SETTLE), words)?;
            self.0 = None;
            return Ok((end, due.event()));
        }
        let (end, due) = placed(says, at, words)?;
        if due == Due::Aloud {
            self.0 = Some(Aloud::Due(at));
            return Err(NotYet::Said);
        }
        Ok((end, due.event()))
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

/// Words at a frame: the frame after them, and what has to be done.
fn placed<C>(says: &str, at: Frames, words: &mut Words<C>) -> Result<(Frames, Due), NotYet>
where
    C: Clips<Error = Missing>,
{
    let frames = words.length(says)?;
    let place = Place { exercise: None, set: None, rep: None, side: None, phase: "answer" };
    let cue = Cue { at, frames, what: What::Speech(says.to_owned()), place };
    Ok((at + frames, words.event(&cue)?))
}
