//! The loudness of a whole timeline from the measurements of its clips and their places: no sample is mixed for it.

use super::k_weighting::{BIN, Energies, gated_mean, lufs};
use crate::time::{Frames, Millis};

/// Blocks of 400 ms begin so far from each other (BS.1770-5).
const HOP: u64 = Millis::new(100).frames().get();
const HOPS_A_BLOCK: usize = 4;

/// Adds up what is heard when. Takes 40 bytes for a second of timeline.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    hops: Vec<f32>,
}

impl Meter {
    /// A clip that is heard from frame `at` on, for `frames` frames at the most.
    ///
    /// Clips do not overlap, and what the filters ring on from one into the next is so little that the energies may be added.
    pub fn add(&mut self, at: Frames, frames: Frames, energies: &Energies) {
        let bins = usize::try_from(frames.get().div_ceil(BIN.get())).unwrap_or(usize::MAX);
        let mut start = at.get();
        for energy in energies.bins().iter().take(bins) {
            let end = start + BIN.get();
            // A bin that crosses into the next hop is shared out by time.
            let first = start / HOP;
            let inside = ((first + 1) * HOP).min(end) - start;
            let share = inside as f32 / BIN.get() as f32;
            self.add_to(first, energy * share);
            if inside < BIN.get() {
                self.add_to(first + 1, energy * (1.0 - share));
            }
            start = end;
        }
    }

    fn add_to(&mut self, hop: u64, energy: f32) {
        let hop = usize::try_from(hop).unwrap_or(usize::MAX - 1);
        if self.hops.len() <= hop {
            self.hops.resize(hop + 1, 0.0);
        }
        self.hops[hop] += energy;
    }

    /// The integrated loudness in LUFS; `None` when all is silence.
    pub fn integrated(&self) -> Option<f64> {
        let blocks = self.hops.windows(HOPS_A_BLOCK).map(|hops| {
            hops.iter().copied().map(f64::from).sum::<f64>() / (HOPS_A_BLOCK as f64 * HOP as f64)
        });
        gated_mean(blocks).map(lufs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clip::Clip;
    use crate::time::MIX_RATE;

    fn tone(hertz: f32, level: f32, millis: u64) -> Clip {
        let step = std::f32::consts::TAU * hertz / MIX_RATE as f32;
        let frames = Millis::new(millis).frames().get();
        Clip::new((0..frames).map(|at| level * (at as f32 * step).sin()).collect::<Vec<_>>())
    }

    #[test]
    fn the_sum_of_the_clips_is_what_the_mix_measures() {
        let clips = [
            tone(200.0, 0.3, 1_730),
            tone(1_200.0, 0.1, 71),
            tone(60.0, 0.5, 433),
            tone(3_000.0, 0.02, 4_004),
            tone(440.0, 0.9, 15),
        ];
        for gap in [0_u64, 1, 7_777, 40_000, 133_333] {
            let (mut meter, mut mixed, mut at) = (Meter::default(), Vec::new(), 0);
            for nth in 0..60 {
                let clip = &clips[nth % clips.len()];
                // Every third is cut.
                let frames = if nth % 3 == 0 { clip.frames().get() / 2 } else { clip.frames().get() };
                meter.add(Frames::new(at), Frames::new(frames), &Energies::of(clip));
                mixed.extend_from_slice(&clip.samples()[..frames as usize]);
                mixed.resize(mixed.len() + gap as usize, 0.0);
                at += frames + gap;
            }
            let mut theirs = ebur128::EbuR128::new(1, MIX_RATE, ebur128::Mode::I).expect("a meter");
            theirs.add_frames_f32(&mixed).expect("mono");
            let theirs = theirs.loudness_global().expect("measured");
            let ours = meter.integrated().expect("not silent");
            assert!((ours - theirs).abs() < 0.1, "gap {gap}: {ours} for {theirs}");
        }
    }

    #[test]
    fn silence_has_no_loudness() {
        let mut meter = Meter::default();
        assert_eq!(meter.integrated(), None);
        meter.add(Frames::new(5), Frames::new(90_000), &Energies::of(&Clip::new(vec![0.0; 90_000])));
        assert_eq!(meter.integrated(), None);
    }
}
