//! How loud what is written will be: one factor for all of it, and where single peaks have to be lower.

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Deref};

use super::bounded::Bounded;
use super::format::LOSSLESS;
use super::proof::Proof;
use super::{Output, Preview, RenderError};
use crate::clip::Clip;
use crate::loudness::{factor, limited, true_peak};
use crate::plan::{Cursor, Plan};
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Cue, Step, What};

/// No true peak of a file is to be above this, in dBTP: −1, less what decoders and meters differ by.
pub(super) const LIMIT: f64 = -1.1;
/// Where one that was above it is brought to, in dBTP: it is a little different each time.
const BELOW: f64 = -1.9;
/// Peaks are turned down by no more than this for the sake of loudness, in dB: more would be heard as pressed together.
const PRESSED: f64 = 7.0;
/// Near enough, in LU.
const NEAR: f64 = 0.3;
/// More than this at a time, in dB, would be too much: what is given back comes from quieter parts.
const STEP: f64 = 1.0;
/// How often an estimate is made better.
const ROUNDS: usize = 3;
/// Decoders give back a sound so much later at the most, and some a little earlier.
const LATE: Frames = Millis::new(100).frames();
const EARLY: Frames = Millis::new(60).frames();

/// What is done to the samples of `play` before they are encoded.
#[derive(Debug, Clone)]
pub struct Level {
    gain: f32,
    /// The most that the gain may be.
    most: f32,
    /// In LUFS; none leaves the loudness alone.
    target: Option<f64>,
    /// The highest true peak that is encoded, as a factor of full scale.
    ceiling: f32,
    /// By how much the peaks of the cue that begins there are lower than those of others.
    single: BTreeMap<Frames, f32>,
}

impl Level {
    /// That factor; only peaks that would clip in the format are turned down.
    pub fn new(gain: f32, output: &Output) -> Self {
        Self { gain, most: gain, target: None, ceiling: output.ceiling(), single: BTreeMap::new() }
    }

    /// The factor that brings what is written to `target` LUFS, and the loudness that it will have by estimate: less than the
    /// target where peaks are in the way, `None` when nothing is to be heard. What a lossy format changes is told by the output's
    /// format, and made up for exactly when it is rendered.
    ///
    /// `observe` sees each step once, and nothing while an estimate is made better; it may stop this.
    ///
    /// # Errors
    /// As [`Preview::of`].
    pub fn for_loudness<P, C>(
        target: f64,
        output: &Output,
        plan: P,
        from: Cursor,
        clips: &mut C,
        mut observe: impl FnMut(Option<&Step>) -> ControlFlow<()>,
    ) -> Result<(Self, Option<f64>), RenderError<C::Error>>
    where
        P: Deref<Target = Plan> + Clone,
        C: Clips,
    {
        let wanted = target + output.softer();
        let preview = Preview::of(plan.clone(), from, clips, |step| observe(Some(step)))?;
        let Some(loudness) = preview.loudness() else { return Ok((Self::new(1.0, output), None)) };
        let room = factor(LOSSLESS) / preview.peak().max(f32::MIN_POSITIVE);
        let gain = factor(wanted - loudness).min(room);
        let most = if output.lossy().is_some() { room * factor(PRESSED) } else { room };
        let mut level = Self { gain, most, target: Some(target), ..Self::new(gain, output) };
        let mut reached = loudness + decibels(gain);
        // A codec that needs more room has the peaks turned down, and with them some loudness, which is given back.
        if preview.peak() * gain > level.ceiling {
            let mut before = None;
            for _ in 0..ROUNDS {
                let mut bounded = Bounded { clips, level: &level };
                let now = Preview::of(plan.clone(), from, &mut bounded, |_| observe(None))?;
                reached = now.loudness().map_or(reached, |loudness| loudness + decibels(level.gain));
                let missing = wanted - reached;
                if missing.abs() < NEAR || (missing > 0.0 && level.gain >= level.most) {
                    break;
                }
                // Where peaks are in the way, a decibel of gain is less than one of loudness.
                let here = (decibels(level.gain), reached);
                let slope = before.map_or(1.0, |there| slope(there, here));
                before = Some(here);
                level.gain = (level.gain * factor(missing / slope)).min(level.most);
            }
        }
        Ok((level, Some(reached - output.softer())))
    }

    /// The factor on every sample.
    pub fn gain(&self) -> f32 {
        self.gain
    }

    /// The clip of a cue, with its peaks as low as they have to be before the factor.
    pub(super) fn bound(&self, cue: &Cue, clip: &Clip) -> Clip {
        let bound = limited(clip, self.ceiling / self.gain);
        match self.single.get(&cue.at) {
            Some(lower) => limited(&bound, true_peak(&bound) * lower),
            None => bound,
        }
    }

    /// Changes what is off by the proof of the files; whether it is enough to be worth encoding them again. `cues` are the
    /// beginnings and ends of all that sounds, in order. It becomes louder only while `may_rise`: that makes new peaks.
    pub(super) fn correct(&mut self, proof: &Proof, cues: &[(Frames, Frames)], may_rise: bool) -> bool {
        // A cue with several such parts is turned down by the highest.
        let mut highest: BTreeMap<Frames, f32> = BTreeMap::new();
        for (at, peak) in &proof.peaks {
            let first = cues.partition_point(|(_, end)| *end + LATE < *at);
            let near = cues[first..].iter().take_while(|(start, _)| *start < *at + EARLY);
            for (start, _) in near {
                let high = highest.entry(*start).or_insert(*peak);
                *high = high.max(*peak);
            }
        }
        for (start, peak) in highest {
            *self.single.entry(start).or_insert(1.0) *= factor(BELOW) / peak;
        }
        let missing = self.target.map_or(0.0, |target| target - proof.loudness);
        let before = self.gain;
        if missing < -NEAR || (missing > NEAR && may_rise) {
            self.louder(missing);
        }
        !proof.peaks.is_empty() || decibels(self.gain / before).abs() > 0.05
    }

    fn louder(&mut self, decibels: f64) {
        self.gain = (self.gain * factor(decibels.min(STEP))).min(self.most);
    }
}

/// Whether a cue sounds.
pub(super) fn sounds(cue: &Cue) -> bool {
    !matches!(cue.what, What::Pause | What::Gate)
}

/// Decibels of loudness for one of gain, by two estimates of (gain, loudness); bounded, as both are rough.
fn slope(there: (f64, f64), here: (f64, f64)) -> f64 {
    let gain = here.0 - there.0;
    if gain.abs() < NEAR { 1.0 } else { ((here.1 - there.1) / gain).clamp(0.25, 1.0) }
}

fn decibels(gain: f32) -> f64 {
    20.0 * f64::from(gain).log10()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Place;
    use crate::render::{EncodeOptions, Target};

    fn level(target: Option<f64>) -> Level {
        let folder = tempfile::tempdir().expect("a folder");
        let file = Target::new::<()>(&folder.path().join("a.wav"), false, None, EncodeOptions::default());
        let output = Output::whole::<()>(file.expect("a free place"), &[], false).expect("a free place");
        Level { target, most: 2.0, ..Level::new(1.0, &output) }
    }

    fn proof(loudness: f64, peaks: &[(u64, f32)]) -> Proof {
        let peaks = peaks.iter().map(|(second, peak)| (Frames::new(second * 48_000), *peak)).collect();
        Proof { loudness, peaks }
    }

    /// Cues of half a second at the beginning of each second.
    fn cues() -> Vec<(Frames, Frames)> {
        (0..10).map(|second| (Frames::new(second * 48_000), Frames::new(second * 48_000 + 24_000))).collect()
    }

    fn cue(second: u64) -> Cue {
        let at = Frames::new(second * 48_000);
        let what = What::Speech(String::new());
        let place = Place { exercise: None, set: None, rep: None, side: None, phase: "move" };
        Cue { at, frames: Frames::new(24_000), what, place }
    }

    #[test]
    fn what_is_as_it_should_be_is_not_encoded_again() {
        for target in [None, Some(-16.0)] {
            assert!(!level(target).correct(&proof(-16.1, &[]), &cues(), true));
        }
        // Whatever its loudness, when none was asked for.
        assert!(!level(None).correct(&proof(-30.0, &[]), &cues(), true));
    }

    #[test]
    fn a_decibel_of_gain_is_seldom_one_of_loudness() {
        assert!((slope((2.0, -18.0), (4.0, -17.0)) - 0.5).abs() < 1e-9);
        // Too near to tell, and more than can be.
        assert!((slope((2.0, -18.0), (2.1, -18.0)) - 1.0).abs() < 1e-9);
        assert!((slope((2.0, -18.0), (3.0, -18.0)) - 0.25).abs() < 1e-9);
        assert!((slope((2.0, -18.0), (3.0, -16.0)) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn loudness_is_made_up_for_by_a_step_at_a_time_and_within_bounds() {
        let mut level = level(Some(-16.0));
        assert!(level.correct(&proof(-16.5, &[]), &cues(), true));
        assert!((decibels(level.gain()) - 0.5).abs() < 0.01);
        assert!(level.correct(&proof(-30.0, &[]), &cues(), true));
        assert!((decibels(level.gain()) - 1.5).abs() < 0.01);
        assert!(!level.correct(&proof(-30.0, &[]), &cues(), false), "it may not rise");
        assert!(level.correct(&proof(-13.0, &[]), &cues(), false));
        assert!((decibels(level.gain()) + 1.5).abs() < 0.01);
        for _ in 0..20 {
            level.correct(&proof(-30.0, &[]), &cues(), true);
        }
        assert_eq!(level.gain(), 2.0, "the most that it may be");
    }

    #[test]
    fn a_high_peak_lowers_the_cue_that_it_is_in_and_no_other() {
        let mut level = level(None);
        let clip = Clip::new(vec![0.5; 24_000]);
        let before = true_peak(&level.bound(&cue(3), &clip));
        // Twice in one cue: the higher counts.
        let high = proof(-16.0, &[(3, 1.0), (3, 1.5)]);
        assert!(level.correct(&high, &cues(), true));
        for second in 0..10 {
            let wanted = if second == 3 { before * factor(BELOW) / 1.5 } else { before };
            let peak = true_peak(&level.bound(&cue(second), &clip));
            assert!((peak / wanted - 1.0).abs() < 0.01, "second {second}: {peak} for {wanted}");
        }
        // Still too high: lower once more.
        assert!(level.correct(&proof(-16.0, &[(3, 1.0)]), &cues(), true));
        let peak = true_peak(&level.bound(&cue(3), &clip));
        assert!((peak / (before * factor(BELOW).powi(2) / 1.5) - 1.0).abs() < 0.01, "{peak}");
    }
}
