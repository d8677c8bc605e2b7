//! The K-weighting of ITU-R BS.1770-5 (annex 1): how loud each hundredth of a second of a clip is.
//!
//! Equals what the `ebur128` crate measures (the tests compare them). That crate measures a stream and keeps
//! the energies to itself; here they are wanted for each clip by itself, so that a clip that is heard a hundred times is
//! measured once.

use crate::clip::Clip;
use crate::time::{Frames, MIX_RATE, Millis};

/// One bin of energy.
pub const BIN: Frames = Millis::new(10).frames();

/// The filters ring on after the last sample, for less than this many bins.
const TAIL: usize = 4;

/// Below this many LUFS a block is silence: the absolute gate of BS.1770.
const SILENCE: f64 = -70.0;

/// A second-order filter, `a0` = 1; transposed direct form II.
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    fn next(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.state[0];
        self.state[0] = self.b[1] * x - self.a[0] * y + self.state[1];
        self.state[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

// The tables of the standard hold for this rate.
const _: () = assert!(MIX_RATE == 48_000);

fn head() -> Biquad {
    Biquad {
        b: [1.535_124_859_586_97, -2.691_696_189_406_38, 1.198_392_810_852_85],
        a: [-1.690_659_293_182_41, 0.732_480_774_215_85],
        state: [0.0; 2],
    }
}

fn low_cut() -> Biquad {
    Biquad { b: [1.0, -2.0, 1.0], a: [-1.990_047_454_833_98, 0.990_072_250_366_21], state: [0.0; 2] }
}

/// The loudness, in LUFS, of a mean square of K-weighted samples of one channel.
pub fn lufs(mean_square: f64) -> f64 {
    -0.691 + 10.0 * mean_square.log10()
}

/// Sums of K-weighted squares, a bin each, of a clip and of what the filters ring on after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Energies(Vec<f32>);

impl Energies {
    pub fn of(clip: &Clip) -> Self {
        let bin = BIN.get() as usize;
        let (mut head, mut low_cut) = (head(), low_cut());
        let samples = clip.samples();
        let bins = samples.len().div_ceil(bin) + TAIL;
        let padded = samples.iter().copied().chain(std::iter::repeat(0.0)).take(bins * bin);
        let mut sums = Vec::with_capacity(bins);
        let (mut sum, mut count) = (0.0, 0);
        for sample in padded {
            let weighted = low_cut.next(head.next(f64::from(sample)));
            sum += weighted * weighted;
            count += 1;
            if count == bin {
                sums.push(sum as f32);
                (sum, count) = (0.0, 0);
            }
        }
        Self(sums)
    }

    /// One sum a bin.
    pub fn bins(&self) -> &[f32] {
        &self.0
    }

    /// The loudness in LUFS of what is heard between the pauses: the mean of those tenths of a second that are no more than 10 dB
    /// below the mean of all that are not silent. `None` for silence. Words of any length compare by it, where the
    /// 400 ms blocks of the standard would dilute a short one.
    pub fn between_pauses(&self) -> Option<f64> {
        let tenths: Vec<f64> = self.0.chunks(10).map(|bins| mean(bins, 10)).collect();
        gated_mean(tenths.iter().copied()).map(lufs)
    }

    /// The greatest momentary loudness in LUFS: over the loudest 400 ms, quiet after the clip's end included. `None` for silence.
    /// The measure for a short sound, which is as loud as the energy in the span over which an ear sums up.
    pub fn momentary(&self) -> Option<f64> {
        let whole = mean(&self.0, 40);
        let most = self.0.windows(40).map(|bins| mean(bins, 40)).fold(0.0, f64::max);
        let most = if self.0.len() <= 40 { whole } else { most };
        Some(lufs(most)).filter(|loudness| *loudness > SILENCE)
    }
}

/// The mean square over `count` bins of which these are all that are not silent.
fn mean(bins: &[f32], count: usize) -> f64 {
    let sum: f64 = bins.iter().copied().map(f64::from).sum();
    sum / (count as f64 * BIN.get() as f64)
}

/// The mean of the mean squares that pass both gates of BS.1770: not silent, and no more than 10 dB below the mean of
/// the others. `None` when all are silent.
pub fn gated_mean(blocks: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let mean_above = |least: f64| {
        let (sum, count) = blocks
            .clone()
            .filter(|block| *block > least)
            .fold((0.0, 0_u64), |(sum, count), block| (sum + block, count + 1));
        (count > 0).then(|| sum / count as f64)
    };
    let silence = 10_f64.powf((SILENCE + 0.691) / 10.0);
    mean_above((mean_above(silence)? / 10.0).max(silence))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 997 Hz, the frequency of the standard's own example: at full scale it is −3.01 LUFS.
    fn sine(level: f32, frames: usize) -> Clip {
        let step = std::f32::consts::TAU * 997.0 / MIX_RATE as f32;
        Clip::new((0..frames).map(|at| level * (at as f32 * step).sin()).collect::<Vec<_>>())
    }

    #[test]
    fn a_sine_is_as_loud_as_the_standard_says() {
        let loudness = Energies::of(&sine(1.0, 96_000)).between_pauses().expect("not silent");
        assert!((loudness + 3.01).abs() < 0.05, "{loudness}");
        let momentary = Energies::of(&sine(0.1, 96_000)).momentary().expect("not silent");
        assert!((momentary + 23.01).abs() < 0.05, "{momentary}");
    }

    #[test]
    fn pauses_do_not_make_words_softer_and_short_sounds_are_soft() {
        let mut samples = sine(0.1, 24_000).samples().to_vec();
        samples.resize(96_000, 0.0);
        samples.extend(sine(0.1, 24_000).samples());
        let loudness = Energies::of(&Clip::new(samples)).between_pauses().expect("not silent");
        assert!((loudness + 23.01).abs() < 0.4, "{loudness}");
        // A tenth of 400 ms has a tenth of the energy.
        let tick = Energies::of(&sine(0.1, 1_920)).momentary().expect("not silent");
        assert!((tick + 33.01).abs() < 0.3, "{tick}");
    }

    #[test]
    fn silence_has_no_loudness() {
        for clip in [Clip::new([]), Clip::new(vec![0.0; 50_000]), Clip::new(vec![1e-6; 50_000])] {
            let energies = Energies::of(&clip);
            assert_eq!((energies.between_pauses(), energies.momentary()), (None, None));
        }
    }
}
