//! A second walk, for lengths only: learns where every section begins and how long the whole is.

use std::ops::Deref;

use crate::plan::{Cursor, Plan, Section};
use crate::time::Frames;
use crate::timeline::{Lengths, Walk};

/// Steps taken at a time, so that a routine of any length delays nothing.
const PORTION: usize = 64;

/// What is known so far of the timeline as a whole, undisturbed by pauses and skips.
#[derive(Debug)]
pub struct Outlook<P> {
    walk: Walk<P>,
    exercises: Vec<Frames>,
    transitions: Vec<Frames>,
    closing: Option<Frames>,
    whole: bool,
}

impl<P: Deref<Target = Plan>> Outlook<P> {
    pub fn new(plan: P) -> Self {
        let start = plan.start();
        Self {
            walk: Walk::begin(plan, start),
            exercises: Vec::new(),
            transitions: Vec::new(),
            closing: None,
            whole: false,
        }
    }

    /// Looks a little further. The total, at the one call that comes to the end.
    pub fn extend<L: Lengths>(&mut self, lengths: &mut L) -> Option<Frames> {
        let mut cues = Vec::new();
        for _ in 0..PORTION {
            if self.whole {
                return None;
            }
            cues.clear();
            match self.walk.step(lengths, &mut cues) {
                Ok(Some(step)) => self.note(step.cursor, step.start),
                Ok(None) => {
                    self.whole = true;
                    return Some(self.walk.at());
                }
                Err(_) => return None,
            }
        }
        None
    }

    fn note(&mut self, cursor: Cursor, start: Frames) {
        if cursor != Cursor::start_of(cursor.section) {
            return;
        }
        match cursor.section {
            Section::Opening => {}
            Section::Exercise(_) => self.exercises.push(start),
            // There is none before the first exercise.
            Section::Transition(_) => self.transitions.push(start),
            Section::Closing => self.closing = Some(start),
        }
    }

    /// Where a section begins, as far as it is known.
    pub fn start_of(&self, section: Section) -> Option<Frames> {
        match section {
            Section::Opening => Some(Frames::ZERO),
            Section::Exercise(index) => self.exercises.get(index).copied(),
            Section::Transition(index) => self.transitions.get(index.checked_sub(1)?).copied(),
            Section::Closing => self.closing,
        }
    }

    /// How far the outlook reaches.
    pub fn reach(&self) -> Frames {
        self.walk.at()
    }
}
