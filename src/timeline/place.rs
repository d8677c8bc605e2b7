//! Placing: each beat, measured, at its frame.

use std::ops::Deref;

use super::{Cue, Lengths, What};
use crate::cue::Sound;
use crate::plan::{Beat, Beats, Content, Cursor, Mark, MarkCue, Place, Plan};
use crate::time::{Frames, Millis};

/// Between two sentences in one slot.
const BREATH: Millis = Millis::new(350);

/// One beat that has been placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub cursor: Cursor,
    pub place: Place,
    pub start: Frames,
    pub end: Frames,
    /// By how much the words were longer than their slot.
    pub overrun: Frames,
}

/// A walk along a plan that places beat after beat.
#[derive(Debug, Clone)]
pub struct Walk<P> {
    beats: Beats<P>,
    /// A beat that could not be placed yet.
    pending: Option<(Cursor, Beat)>,
    at: Frames,
    /// Quiet that belongs to the next beat and comes before it.
    head: Frames,
}

impl<P: Deref<Target = Plan>> Walk<P> {
    /// The walk that a timeline is: from frame 0, with the plan's quiet head before the beat at `from`. The head is part of
    /// the first step, so the cues tile the timeline from its first frame on.
    pub fn begin(plan: P, from: Cursor) -> Self {
        let head = plan.quiet_head().frames();
        Self { head, ..Self::new(plan, from, Frames::ZERO) }
    }

    /// A walk whose first beat, the one at `from`, will be placed at frame `at`.
    pub fn new(plan: P, from: Cursor, at: Frames) -> Self {
        Self { beats: Beats::new(plan, from), pending: None, at, head: Frames::ZERO }
    }

    /// Where the next beat begins.
    pub fn at(&self) -> Frames {
        self.at
    }

    /// The beat that will be placed next; `None` at the end of the plan.
    pub fn peek(&mut self) -> Option<(Cursor, Place)> {
        if self.pending.is_none() {
            self.pending = self.beats.next();
        }
        self.pending.as_ref().map(|(cursor, beat)| (*cursor, beat.place))
    }

    /// Lets the next beat begin later than planned, because its words were not there in time.
    pub fn delay_until(&mut self, at: Frames) {
        self.at = self.at.max(at);
    }

    /// Places the next beat and appends its cues; `None` at the end of the plan.
    ///
    /// # Errors
    /// That of `lengths` when a length is missing: no cue has been appended then, and the next call tries
    /// the same beat again.
    pub fn step<L: Lengths>(
        &mut self,
        lengths: &mut L,
        cues: &mut Vec<Cue>,
    ) -> Result<Option<Step>, L::Error> {
        let Some((cursor, beat)) = self.pending.take().or_else(|| self.beats.next()) else {
            return Ok(None);
        };
        let before = cues.len();
        let mut placing = Placing { cues, at: self.at, place: beat.place, overrun: Frames::ZERO };
        placing.quiet_until(self.at + self.head);
        if let Err(missing) = placing.beat(&beat, lengths) {
            cues.truncate(before);
            self.pending = Some((cursor, beat));
            return Err(missing);
        }
        let (start, end, overrun) = (self.at, placing.at, placing.overrun);
        self.at = end;
        self.head = Frames::ZERO;
        Ok(Some(Step { cursor, place: beat.place, start, end, overrun }))
    }
}

/// The end of a growing row of cues.
struct Placing<'a> {
    cues: &'a mut Vec<Cue>,
    at: Frames,
    place: Place,
    overrun: Frames,
}

impl Placing<'_> {
    fn beat<L: Lengths>(&mut self, beat: &Beat, lengths: &mut L) -> Result<(), L::Error> {
        match &beat.content {
            Content::Say(words) => self.speech(words, lengths)?,
            Content::Sound(sound) => {
                let frames = lengths.sound(*sound);
                self.sound(*sound, false, frames);
            }
            Content::Pause(lasts) => self.quiet_until(self.at + lasts.frames()),
            Content::Stretched(sound, lasts) => self.sound(*sound, true, lasts.frames()),
            Content::Slot { says, at_least } => {
                let start = self.at;
                for (nth, words) in says.iter().enumerate() {
                    if nth > 0 {
                        self.quiet_until(self.at + BREATH.frames());
                    }
                    self.speech(words, lengths)?;
                }
                self.finish_by(start + at_least.frames(), *at_least > Millis::ZERO);
            }
            Content::Grid { lasts, marks } => self.grid(*lasts, marks, lengths)?,
        }
        Ok(())
    }

    /// Sounds are due at their exact frames and are cut where the next mark is due. Words begin when due or, where
    /// earlier words still go on, after them; a sound that is due during words is left out, because a late tick
    /// would tell the wrong time.
    fn grid<L: Lengths>(&mut self, lasts: Millis, marks: &[Mark], lengths: &mut L) -> Result<(), L::Error> {
        let start = self.at;
        let end = start + lasts.frames();
        for (nth, mark) in marks.iter().enumerate() {
            let due = start + mark.at.frames();
            match &mark.cue {
                MarkCue::Say(words) => {
                    self.quiet_until(due);
                    self.speech(words, lengths)?;
                }
                MarkCue::Sound(sound) if due >= self.at && due < end => {
                    let next = marks.get(nth + 1).map_or(end, |next| start + next.at.frames()).min(end);
                    let frames = lengths.sound(*sound).min(next.saturating_sub(due));
                    self.quiet_until(due);
                    self.sound(*sound, false, frames);
                }
                MarkCue::Sound(_) => {}
            }
        }
        self.finish_by(end, true);
        Ok(())
    }

    fn finish_by(&mut self, end: Frames, is_slot: bool) {
        if is_slot {
            self.overrun = self.overrun.max(self.at.saturating_sub(end));
        }
        self.quiet_until(end);
    }

    fn speech<L: Lengths>(&mut self, words: &str, lengths: &mut L) -> Result<(), L::Error> {
        let frames = lengths.speech(words)?;
        self.push(frames, What::Speech(words.to_owned()));
        Ok(())
    }

    fn sound(&mut self, sound: Sound, stretched: bool, frames: Frames) {
        self.push(frames, What::Sound { sound, stretched });
    }

    fn quiet_until(&mut self, until: Frames) {
        self.push(until.saturating_sub(self.at), What::Pause);
    }

    fn push(&mut self, frames: Frames, what: What) {
        if frames > Frames::ZERO {
            self.cues.push(Cue { at: self.at, frames, what, place: self.place });
            self.at += frames;
        }
    }
}
