//! A walk before the rendering: how loud the whole will be. Every phrase is spoken in it, and none a second
//! time in the rendering, where it comes from memory or the cache.

use std::collections::HashMap;
use std::ops::{ControlFlow, Deref};

use super::bounded::Bounded;
use super::format::LOSSLESS;
use super::{Output, RenderError};
use crate::loudness::{Energies, Meter, factor, true_peak_above};
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

    /// The factor that brings the whole to `target` LUFS, or as near to it as a true peak of −1 dBTP allows.
    pub fn gain(&self, target: f64) -> f32 {
        let Some(loudness) = self.loudness() else { return 1.0 };
        // Clips do not overlap, so the peak of the whole is that of the loudest clip.
        factor(target - loudness).min(factor(LOSSLESS) / self.peak.max(f32::MIN_POSITIVE))
    }
}

/// The factor that brings what is written to `target` LUFS, and the loudness that it will have: less than the target where
/// peaks are in the way, `None` when nothing is to be heard.
///
/// # Errors
/// As [`Preview::of`].
pub fn gain<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    output: &Output,
    target: f64,
    mut observe: impl FnMut(&Step) -> ControlFlow<()>,
) -> Result<(f32, Option<f64>), RenderError<C::Error>>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips,
{
    let target = target + output.softer();
    let preview = Preview::of(plan.clone(), from, clips, &mut observe)?;
    let mut gain = preview.gain(target);
    let mut reached = preview.loudness().map(|loudness| loudness + decibels(gain));
    // A codec that needs more room has the peaks turned down, and with them some loudness, which is given back.
    if preview.peak * gain > output.ceiling() {
        for _ in 0..ROUNDS {
            let mut bounded = Bounded { clips, ceiling: output.ceiling() / gain };
            let now = Preview::of(plan.clone(), from, &mut bounded, |_| ControlFlow::Continue(()))?;
            reached = now.loudness().map(|loudness| loudness + decibels(gain));
            let missing = target - reached.unwrap_or(target);
            if missing < NEAR {
                break;
            }
            gain *= factor(missing.min(MOST));
        }
    }
    Ok((gain, reached.map(|reached| reached - output.softer())))
}

/// What is given back comes from quieter parts, so once or twice is enough.
const ROUNDS: usize = 3;
/// Near enough, in LU.
const NEAR: f64 = 0.25;
/// More than this at a time, in dB, would be heard as pressed together.
const MOST: f64 = 1.0;

fn decibels(gain: f32) -> f64 {
    20.0 * f64::from(gain).log10()
}
