//! Other sample rates and other lengths: band-limited resampling of whole clips and of streams, through rubato.

mod stream;

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler, WindowFunction};

pub use stream::Stream;

/// Frames a block, at the lower of the two rates. Longer blocks put the filter's edge nearer to Nyquist, shorter ones
/// cost less to set up; with 1024 it lies at 11.8 kHz for 24 kHz → 48 kHz. A call
/// costs 0.1 ms to set up and about 0.15 ms a second of speech (one core, release build).
const BLOCK: usize = 1_024;

/// No block is longer than this, unless the rates leave no choice: it bounds the memory of odd ratios.
const LONGEST_BLOCK: usize = 1 << 20;

/// Lengths are brought to a multiple of this many samples (10 ms at 48 kHz) before they are stretched.
const LENGTH_GRID: usize = 480;

/// The same sound at another sample rate: `round(len · to / from)` mono samples, not delayed.
///
/// Rates are in Hz; a rate of zero, or no samples, gives no samples. Beyond its ends the sound is taken to be silent.
pub fn resample(samples: &[f32], from: u32, to: u32) -> Vec<f32> {
    if from == to {
        return samples.to_vec();
    }
    if samples.is_empty() || from == 0 || to == 0 {
        return Vec::new();
    }
    let length = resampled_length(samples.len() as u64, from, to);
    convert(samples, from as usize, to as usize, usize::try_from(length).unwrap_or(usize::MAX))
}

/// `round(length · to / from)`: how many samples there are after resampling. Neither rate may be zero.
fn resampled_length(length: u64, from: u32, to: u32) -> u64 {
    let (from, to) = (u128::from(from), u128::from(to));
    let length = (2 * u128::from(length) * to + from) / (2 * from);
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// The same sound played faster or slower (and so higher or lower) until it is exactly `frames` samples long.
///
/// A length that is no multiple of 10 ms is first filled up with silence to the next one: two lengths without a
/// common divisor would make one block of the whole sound. No samples give silence.
pub fn to_length(samples: &[f32], frames: usize) -> Vec<f32> {
    if frames == samples.len() {
        return samples.to_vec();
    }
    if samples.is_empty() || frames == 0 {
        return vec![0.0; frames];
    }
    let mut filled = samples.to_vec();
    filled.resize(samples.len().next_multiple_of(LENGTH_GRID), 0.0);
    convert(&filled, filled.len(), frames, frames)
}

/// All of `samples` in the ratio `to / from` (neither zero), as exactly `length` samples.
fn convert(samples: &[f32], from: usize, to: usize, length: usize) -> Vec<f32> {
    if from == to {
        return samples.to_vec();
    }
    // Refused are buffers with the wrong number of channels or too few frames: there are none of these here.
    let input = InterleavedSlice::new(samples, 1, samples.len()).expect("one channel holds all samples");
    let output =
        resampler(from, to).process_all(&input, samples.len(), None).expect("one channel in, one out");
    let mut output = output.take_data();
    // rubato rounds the length up, we to the nearest.
    output.resize(length, 0.0);
    output
}

/// A resampler in the ratio `to / from` (neither zero) that works in blocks of a fixed size on both sides.
fn resampler(from: usize, to: usize) -> Fft<f32> {
    let divisor = greatest_common_divisor(from, to);
    let (unit_in, unit_out) = (from / divisor, to / divisor);
    let most = LONGEST_BLOCK / unit_in.max(unit_out);
    // An even number of units: the filter's centre, and so the delay that rubato takes off again, is then a whole number
    // of samples on both sides. With an odd one (7 × 147 at 44.1 kHz) the sound comes out half a sample off.
    let units = BLOCK.div_ceil(unit_in.min(unit_out)).min(most).next_multiple_of(2).max(2);
    let resampler = Fft::<f32>::new_custom(
        from,
        to,
        units * unit_in,
        1,
        1,
        WindowFunction::BlackmanHarris2,
        FixedSync::Both,
    );
    // Refused are rates and blocks of zero.
    resampler.expect("rates and block are not zero")
}

fn greatest_common_divisor(mut a: usize, mut b: usize) -> usize {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hertz: f64, rate: f64, length: usize) -> Vec<f32> {
        (0..length).map(|n| (hertz * std::f64::consts::TAU * n as f64 / rate).sin() as f32 * 0.5).collect()
    }

    /// RMS of `got − wanted` against RMS of `wanted`, in dB, away from the ends (where the sine starts and stops).
    fn residual(got: &[f32], wanted: &[f32]) -> f64 {
        assert_eq!(got.len(), wanted.len());
        let inside = got.len() / 4..got.len() * 3 / 4;
        let power = |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>();
        let error = power(&mut inside.clone().map(|n| f64::from(got[n]) - f64::from(wanted[n])));
        let signal = power(&mut inside.map(|n| f64::from(wanted[n])));
        10.0 * (error / signal).log10()
    }

    #[test]
    fn a_sine_stays_the_same_sine_and_is_not_delayed() {
        for (from, to) in
            [(24_000, 48_000), (44_100, 48_000), (22_050, 48_000), (96_000, 48_000), (8_000, 48_000)]
        {
            for hertz in [220.0, 1_000.0, 3_000.0] {
                let input = sine(hertz, f64::from(from), from as usize);
                let wanted = sine(hertz, f64::from(to), to as usize);
                let residual = residual(&resample(&input, from, to), &wanted);
                println!("{from} -> {to} Hz, {hertz} Hz: residual {residual:.1} dB");
                assert!(residual < -100.0, "{from} -> {to} Hz, {hertz} Hz: residual {residual:.1} dB");
            }
        }
    }

    #[test]
    fn what_does_not_fit_the_lower_rate_is_gone_and_not_folded_back() {
        let output = resample(&sine(30_000.0, 96_000.0, 96_000), 96_000, 48_000);
        let loudest = output[4_800..43_200].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!(loudest < 1e-5, "{loudest}");
    }

    #[test]
    fn lengths_are_rounded_to_the_nearest_sample() {
        for (from, to) in
            [(24_000, 48_000), (44_100, 48_000), (48_000, 44_100), (11_025, 48_000), (192_000, 48_000)]
        {
            for length in [1, 2, 3, 100, 1_023, 1_024, 1_025, 5_000] {
                let wanted = (length as f64 * f64::from(to) / f64::from(from)).round() as usize;
                assert_eq!(
                    resample(&vec![0.1; length], from, to).len(),
                    wanted,
                    "{length} at {from} -> {to} Hz"
                );
            }
        }
        assert_eq!(resample(&[0.5, 0.25], 48_000, 48_000), [0.5, 0.25]);
        for (samples, from, to) in [(&[][..], 24_000, 48_000), (&[0.5], 0, 48_000), (&[0.5], 48_000, 0)] {
            assert!(resample(samples, from, to).is_empty());
        }
    }

    #[test]
    fn rates_without_a_common_divisor_work_too() {
        let input = sine(440.0, 44_101.0, 44_101);
        let residual = residual(&resample(&input, 44_101, 48_000), &sine(440.0, 48_000.0, 48_000));
        assert!(residual < -100.0, "residual {residual:.1} dB");
    }

    #[test]
    fn varispeed_has_exactly_the_length_asked_for() {
        for length in [1, 2, 127, 1_000, 191_999, 192_000] {
            for frames in [0, 1, 2, 999, 1_001, 96_000, 191_999, 192_001, 480_000] {
                assert_eq!(to_length(&vec![0.1; length], frames).len(), frames, "{length} to {frames}");
            }
        }
        assert_eq!(to_length(&[], 3), [0.0; 3]);
        assert_eq!(to_length(&[0.5, 0.25], 2), [0.5, 0.25]);
    }

    #[test]
    fn varispeed_moves_the_pitch_and_adds_nothing() {
        for frames in [24_000, 36_000, 50_021, 120_000] {
            let wanted = sine(440.0, frames as f64, frames);
            let residual = residual(&to_length(&sine(440.0, 48_000.0, 48_000), frames), &wanted);
            println!("48000 -> {frames} frames: residual {residual:.1} dB");
            // 50 021 is prime: one block of 100 000 samples, where the rounding of `f32` adds up.
            assert!(residual < -90.0, "{frames} frames: residual {residual:.1} dB");
        }
    }
}
