//! How each exercise ended, told once, and how long it took.

use std::ops::Deref;

use crate::control::{Ending, Event};
use crate::plan::{Plan, Section};
use crate::time::Frames;

/// Watches which exercise is heard. `P` holds the plan.
#[derive(Debug)]
pub struct Tally<P> {
    plan: P,
    told: Vec<bool>,
    spent: Vec<Frames>,
    /// The exercise whose beats are being heard, and since when that is not yet in `spent`.
    current: Option<usize>,
    since: Frames,
    /// Skipped, and may be gone back to.
    skipped: Option<usize>,
}

impl<P: Deref<Target = Plan>> Tally<P> {
    pub fn new(plan: P) -> Self {
        let count = plan.exercises().len();
        Self {
            told: vec![false; count],
            spent: vec![Frames::ZERO; count],
            current: None,
            since: Frames::ZERO,
            skipped: None,
            plan,
        }
    }

    /// It is `clock` now; whether the time until then `counts`.
    pub fn pass(&mut self, clock: Frames, counts: bool) {
        let passed = clock.saturating_sub(std::mem::replace(&mut self.since, clock));
        if counts && let Some(spent) = self.current.and_then(|current| self.spent.get_mut(current)) {
            *spent += passed;
        }
    }

    /// A beat of a section has begun by itself: where that is another one, the exercise before is done.
    pub fn begin(&mut self, section: Section, events: &mut Vec<Event>) {
        let current = match section {
            Section::Exercise(index) => Some(index),
            Section::Opening | Section::Transition(_) | Section::Closing => None,
        };
        if let Some(before) = self.current.filter(|_| self.current != current) {
            self.tell(before, Ending::Done, events);
        }
        self.current = current;
        if current.is_some() || section == Section::Closing {
            match self.skipped.take() {
                Some(skipped) if current != Some(skipped) => self.tell(skipped, Ending::Skipped, events),
                _ => {}
            }
        }
    }

    /// A section is left by a command, which may be the end of its exercise.
    pub fn leave(&mut self, section: Section, ending: Option<Ending>, events: &mut Vec<Event>) {
        self.current = None;
        let Section::Exercise(index) = section else {
            return;
        };
        match ending {
            Some(Ending::Skipped) => {
                if let Some(before) = self.skipped.replace(index).filter(|before| *before != index) {
                    self.tell(before, Ending::Skipped, events);
                }
            }
            Some(ending) => self.tell(index, ending, events),
            None => {}
        }
    }

    /// Nothing comes any more.
    pub fn end(&mut self, events: &mut Vec<Event>) {
        self.current = None;
        if let Some(skipped) = self.skipped.take() {
            self.tell(skipped, Ending::Skipped, events);
        }
    }

    fn tell(&mut self, exercise: usize, ending: Ending, events: &mut Vec<Event>) {
        let (Some(told), Some(done)) = (self.told.get_mut(exercise), self.plan.exercises().get(exercise))
        else {
            return;
        };
        if !std::mem::replace(told, true) {
            let frames = self.spent.get(exercise).copied().unwrap_or_default();
            events.push(Event::Ended { exercise, id: done.id.clone(), ending, frames });
        }
    }
}
