//! A beat with words that are said aloud, while it is being heard.

use std::collections::VecDeque;
use std::ops::Deref;

use super::aloud::{SETTLE, Utterance};
use super::words::{Due, NotYet, Words};
use crate::cue::Sound;
use crate::plan::Plan;
use crate::time::Frames;
use crate::timeline::{Clips, Cue, Event, Lengths, Missing, Walk, What};

/// Such a beat is placed once more after each sentence, by what that has really lasted: so everything after it is where it
/// would be if the sentence had been measured before. `P` holds the plan.
#[derive(Debug)]
pub struct Open<P> {
    /// At the beat.
    walk: Walk<P>,
    start: Frames,
    /// What each of its sentences has lasted, as far as they have been said.
    lasted: Vec<Frames>,
    /// So many of its cues have been dealt with.
    done: usize,
}

impl<P: Deref<Target = Plan> + Clone> Open<P> {
    /// The next beat of `walk`, which begins at the frame `start` and of which `done` cues have been sent.
    pub const fn new(walk: Walk<P>, start: Frames, done: usize) -> Self {
        Self { walk, start, lasted: Vec::new(), done }
    }

    /// To its next words, and at last to its end: the walk past it, and how long it was.
    ///
    /// # Errors
    /// [`NotYet`] until then.
    pub fn go_on<C>(
        &mut self,
        clock: Frames,
        words: &mut Words<C>,
        utterance: &mut Utterance,
        upcoming: &mut VecDeque<Event>,
    ) -> Result<(Walk<P>, Frames), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        let mut cues: Vec<Cue> = Vec::new();
        loop {
            let mut walk = self.walk.clone();
            cues.clear();
            walk.step(&mut Lasted { words, lasted: &self.lasted }, &mut cues)?;
            let mut said = None;
            for cue in cues.iter().skip(self.done) {
                if let What::Speech(says) = &cue.what {
                    let (end, event) = utterance.say(says, cue.at, clock, words, upcoming)?;
                    // What was mixed has its end in its samples, what was said aloud has it now.
                    let end = if event.is_some() { end } else { end + SETTLE };
                    upcoming.extend(event);
                    said = Some(end.saturating_sub(cue.at).max(Frames::new(1)));
                } else if let Due::Mixed(event) = words.event(cue)? {
                    upcoming.push_back(event);
                }
                self.done += 1;
                if said.is_some() {
                    break;
                }
            }
            match said {
                Some(lasted) => self.lasted.push(lasted),
                None => {
                    let lasts = walk.at() - self.start;
                    return Ok((walk, lasts));
                }
            }
        }
    }
}

/// The lengths of the sentences of a beat: of those that have been said what they have lasted, of the others the likely ones.
struct Lasted<'a, C> {
    words: &'a mut Words<C>,
    lasted: &'a [Frames],
}

impl<C: Clips<Error = Missing>> Lengths for Lasted<'_, C> {
    type Error = NotYet;

    fn speech(&mut self, words: &str) -> Result<Frames, NotYet> {
        match self.lasted.split_first() {
            Some((first, others)) => {
                self.lasted = others;
                Ok(*first)
            }
            None => self.words.length(words),
        }
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.words.sound(sound)
    }
}
