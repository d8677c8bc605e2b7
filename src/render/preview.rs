//! A walk before the rendering: how loud the whole will be. Every phrase is spoken in it, and none a second
//! time in the rendering, where it comes from memory or the cache.

use std::collections::HashMap;
use std::ops::{ControlFlow, Deref};

use super::RenderError;
use crate::loudness::{Energies, Meter, true_peak_above};
use crate::plan::{Cursor, Plan};
use crate::time::Frames;
use crate::timeline::{Clips, Step, Walk, What};

/// So many different clips are remembered; a routine has a few hundred.
const MOST_CLIPS: usize = 4_096;

/// What is known of a timeline before it is rendered.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    meter: Meter,
    /// The true peak of the loudest clip.
    peak: f32,
}

impl Preview {
    /// Walks the plan from `from` on. `observe` sees each step and may stop the walk.
    ///
    /// # Errors
    /// A clip that cannot be had, or `Interrupted`.
    pub fn of<P, C>(
        plan: P,
        from: Cursor,
        clips: &mut C,
        mut observe: impl FnMut(&Step) -> ControlFlow<()>,
    ) -> Result<Self, RenderError<C::Error>>
    where
        P: Deref<Target = Plan>,
        C: Clips,
    {
        let mut preview = Self::default();
        let mut known: HashMap<(What, Frames), Energies> = HashMap::new();
        let (mut walk, mut cues) = (Walk::begin(plan, from), Vec::new());
        while let Some(step) = walk.step(clips, &mut cues).map_err(RenderError::Clip)? {
            if observe(&step).is_break() {
                return Err(RenderError::Interrupted);
            }
            for cue in cues.drain(..) {
                let key = (cue.what.clone(), cue.frames);
                if let Some(energies) = known.get(&key) {
                    preview.meter.add(cue.at, cue.frames, energies);
                } else if let Some(event) = clips.event(&cue).map_err(RenderError::Clip)? {
                    let energies = Energies::of(&event.clip);
                    preview.peak = true_peak_above(&event.clip, preview.peak);
                    preview.meter.add(cue.at, cue.frames, &energies);
                    if known.len() >= MOST_CLIPS {
                        known.clear();
                    }
                    known.insert(key, energies);
                }
            }
        }
        Ok(preview)
    }

    /// In LUFS; `None` when nothing is to be heard.
    pub fn loudness(&self) -> Option<f64> {
        self.meter.integrated()
    }

    /// The true peak of the whole: that of its loudest clip, since clips do not overlap.
    pub fn peak(&self) -> f32 {
        self.peak
    }
}
