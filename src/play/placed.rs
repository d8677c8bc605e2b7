//! A beat on the device's frames, and what is told of it.

use std::ops::Deref;

use super::outlook::Outlook;
use super::spot::Heard;
use crate::control::Now;
use crate::plan::{Place, Plan, Section, Side};
use crate::time::Frames;

/// The end of a beat that lasts until it is left by a command.
pub const FOREVER: Frames = Frames::new(u64::MAX);

/// A beat on the device's frames.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    pub heard: Heard,
    pub place: Place,
    pub start: Frames,
    /// [`FOREVER`] for a gate.
    pub end: Frames,
    /// On the routine's timeline.
    pub lasts: Frames,
    pub told: bool,
}

impl Placed {
    /// What a listener is told when it begins.
    pub fn now<P: Deref<Target = Plan>>(&self, plan: &Plan, outlook: &Outlook<P>) -> Now {
        let exercises = plan.exercises();
        let name = |index: Option<usize>| {
            index.and_then(|index| exercises.get(index)).map(|exercise| exercise.name.clone())
        };
        let Heard { spot, .. } = self.heard;
        let place = self.place;
        // By now the outlook may know better than when the beat was self.
        let section = outlook.start_of(spot.cursor.section).unwrap_or(spot.section_position);
        let position = section + spot.position.saturating_sub(spot.section_position);
        Now {
            exercise: place.exercise,
            name: name(place.exercise),
            set: place.set,
            rep: place.rep,
            reps: place.exercise.and_then(|index| plan.reps(index)).unwrap_or(0),
            side: place.side.map(Side::name),
            phase: place.phase,
            position,
            end: position + self.lasts,
            next: name(match spot.cursor.section {
                Section::Opening => Some(0),
                Section::Transition(index) => Some(index),
                Section::Exercise(index) => Some(index + 1),
                Section::Closing => None,
            }),
        }
    }
}
