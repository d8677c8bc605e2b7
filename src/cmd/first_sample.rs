//! `first-sample`: what `play` does until the first word can be heard, without a device. For measuring from outside.

use std::mem;
use std::sync::Arc;

use super::Failure;
use super::settings::Settings;
use super::studio::{Patient, Studio};
use crate::plan::{Cursor, Plan};
use crate::timeline::{Background, Clips, Mix, Queue, Walk, What};

/// Mixes up to the first block with speech in it. Sounds before it are mixed without waiting for their time.
pub fn run(plan: Arc<Plan>, from: Cursor, settings: &Settings) -> Result<(), Failure> {
    let mut studio = Studio::open(settings, &plan, from)?;
    studio.look_ahead();
    let mut clips = Patient(studio);
    let mut mix = Mix::over(Background::of(&plan));
    let mut walk = Walk::begin(plan, from);
    let (mut queue, mut cues) = (Queue::default(), Vec::new());
    let mut block = [0.0; 1_024];
    while walk.step(&mut clips, &mut cues).map_err(Failure::failed)?.is_some() {
        for cue in cues.drain(..) {
            queue.0.extend(clips.event(&cue).map_err(Failure::failed)?);
            if matches!(cue.what, What::Speech(_)) {
                while mix.clock() <= cue.at {
                    mix.fill(&mut block, &mut queue);
                }
                // The workers are speaking what comes next; while playing nobody would wait for them here.
                mem::forget(clips);
                return Ok(());
            }
        }
    }
    Err(Failure::failed("nothing is said from there on"))
}
