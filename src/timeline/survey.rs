//! The whole of a timeline without its samples: its length, its chapters, the words that overran.

use std::convert::Infallible;
use std::ops::Deref;

use super::{Cue, Lengths, Step, Walk};
use crate::cue::Sound;
use crate::plan::{Cursor, Plan, Section};
use crate::time::Frames;

/// A part of the timeline that a player can jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    pub title: String,
    /// The exercise, as an index into [`Plan::exercises`]; none for the opening and the closing.
    pub exercise: Option<usize>,
    pub start: Frames,
    pub end: Frames,
}

/// Grows with the steps of a walk; whole once the walk has ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    pub frames: Frames,
    pub chapters: Vec<Chapter>,
}

impl Survey {
    /// Takes in one step, in order.
    pub fn add(&mut self, plan: &Plan, step: &Step) {
        let exercise = match step.cursor.section {
            Section::Exercise(index) => Some(index),
            Section::Opening | Section::Closing => None,
            // The way to the next exercise belongs to the chapter before it, where there is one.
            Section::Transition(index) => match self.chapters.last() {
                Some(last) => last.exercise,
                None => Some(index),
            },
        };
        let closing = step.cursor.section == Section::Closing;
        let same = self.chapters.last().is_some_and(|last| {
            last.exercise == exercise && (exercise.is_some() || !closing || last.title == CLOSING)
        });
        if !same {
            let title = match exercise {
                Some(index) => plan.exercises()[index].name.clone(),
                None if closing => CLOSING.to_owned(),
                None => OPENING.to_owned(),
            };
            self.chapters.push(Chapter { title, exercise, start: step.start, end: step.end });
        }
        if let Some(last) = self.chapters.last_mut() {
            last.end = step.end;
        }
        self.frames = step.end;
    }

    /// Walks a plan to its end.
    ///
    /// # Errors
    /// That of `lengths`: a survey needs every length.
    pub fn of<P, L>(plan: P, from: Cursor, lengths: &mut L) -> Result<Self, L::Error>
    where
        P: Deref<Target = Plan> + Clone,
        L: Lengths,
    {
        let mut survey = Self::default();
        let mut walk = Walk::begin(plan.clone(), from);
        let mut cues: Vec<Cue> = Vec::new();
        while let Some(step) = walk.step(lengths, &mut cues)? {
            survey.add(&plan, &step);
            cues.clear();
        }
        Ok(survey)
    }
}

/// The titles of the chapters that a walk from there on will have, in order, without measuring anything.
pub fn chapter_titles(plan: &Plan, from: Cursor) -> Vec<String> {
    let survey = Survey::of(plan, from, &mut Unmeasured).unwrap_or_else(|never| match never {});
    survey.chapters.into_iter().map(|chapter| chapter.title).collect()
}

/// Everything takes no time.
struct Unmeasured;

impl Lengths for Unmeasured {
    type Error = Infallible;

    fn speech(&mut self, _: &str) -> Result<Frames, Infallible> {
        Ok(Frames::ZERO)
    }

    fn sound(&mut self, _: Sound) -> Frames {
        Frames::ZERO
    }
}

const OPENING: &str = "Opening";
const CLOSING: &str = "Closing";
