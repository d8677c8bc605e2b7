//! Keeps the true peak of a clip below a ceiling by turning it down around its peaks.
//!
//! A clip is there as a whole, so the limiter sees every peak before it comes: the gain falls over the 3 ms before it, and
//! rises within about 80 ms after it. The true peak is that of the samples and of three points between each two (BS.1770-5, annex 2).

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::clip::Clip;
use crate::time::{Frames, Millis};

const LOOK_AHEAD: Frames = Millis::new(3).frames();
const RELEASE: Frames = Millis::new(80).frames();

/// Samples on each side that a point between two samples is computed from.
const REACH: usize = 12;
const BETWEEN: usize = 3;

/// So many samples are looked at together for whether any could be near the ceiling.
const BLOCK: usize = 64;

/// A windowed sinc for each of the points at 1/4, 2/4 and 3/4 between two samples.
static POINTS: LazyLock<[[f32; 2 * REACH]; BETWEEN]> = LazyLock::new(|| {
    std::array::from_fn(|point| {
        let at = (point + 1) as f64 / (BETWEEN + 1) as f64;
        std::array::from_fn(|tap| {
            // Distance of the point from the sample of this tap.
            let x = at + (REACH - 1) as f64 - tap as f64;
            let window = (PI * x / (2.0 * (REACH as f64 + 0.5))).cos().powi(2);
            ((PI * x).sin() / (PI * x) * window) as f32
        })
    })
});

/// A point between samples can be at most so much larger than the largest sample that it is computed from: the sum of
/// the absolute taps.
static OVERSHOOT: LazyLock<f32> = LazyLock::new(|| {
    POINTS.iter().map(|taps| taps.iter().map(|tap| tap.abs()).sum::<f32>()).fold(1.0, f32::max)
});

/// The largest absolute value of the clip between and at its samples; 0 for an empty clip.
pub fn true_peak(clip: &Clip) -> f32 {
    // It is at least the largest sample, and only what could be above that is looked at closely.
    true_peak_above(
        clip,
        clip.samples().iter().map(|sample| sample.abs()).filter(|x| x.is_finite()).fold(0.0, f32::max),
    )
}

/// The same, or `floor` where it is below that: quickly, because only what could be above the floor is looked at closely.
pub fn true_peak_above(clip: &Clip, floor: f32) -> f32 {
    peaks(clip.samples(), floor).into_iter().fold(floor, f32::max)
}

/// The clip with no true peak above `ceiling`, a factor above 0. It is as long as before; one that is low enough is
/// the same, sample for sample.
pub fn limited(clip: &Clip, ceiling: f32) -> Clip {
    let samples = clip.samples();
    let finite = samples.iter().all(|sample| sample.is_finite());
    let peaks = peaks(samples, ceiling);
    if finite && peaks.iter().all(|peak| *peak <= ceiling) {
        return clip.clone();
    }
    let gain = gains(&peaks, ceiling);
    let turned = |(sample, gain): (&f32, &f32)| if sample.is_finite() { sample * gain } else { 0.0 };
    let limited = Clip::new(samples.iter().zip(&gain).map(turned).collect::<Vec<_>>());
    // A gain that changes bends the wave between its samples a little.
    let peak = true_peak(&limited);
    if peak > ceiling { limited.scaled(ceiling / peak) } else { limited }
}

/// For every sample the largest absolute value at it and up to its neighbours; just the sample's own where nothing near it
/// can come above `ceiling`.
fn peaks(samples: &[f32], ceiling: f32) -> Vec<f32> {
    let mut peaks: Vec<f32> =
        samples.iter().map(|sample| if sample.is_finite() { sample.abs() } else { 0.0 }).collect();
    let own = peaks.clone();
    for start in (0..samples.len()).step_by(BLOCK) {
        let end = (start + BLOCK).min(samples.len());
        let near = &own[start.saturating_sub(REACH)..(end + REACH).min(samples.len())];
        let most = near.iter().copied().fold(0.0, f32::max);
        if most == 0.0 || most * *OVERSHOOT <= ceiling {
            continue;
        }
        for at in start..end {
            let between = between(samples, at);
            peaks[at] = peaks[at].max(between);
            if let Some(next) = peaks.get_mut(at + 1) {
                *next = next.max(between);
            }
        }
    }
    peaks
}

/// The largest absolute value of the points between the sample at `at` and the next.
fn between(samples: &[f32], at: usize) -> f32 {
    let mut near = [0.0; 2 * REACH];
    let first = (at + 1).checked_sub(REACH);
    match first.and_then(|first| samples.get(first..first + 2 * REACH)) {
        Some(inside) => near.copy_from_slice(inside),
        None => {
            for (tap, value) in near.iter_mut().enumerate() {
                let sample = (at + 1 + tap).checked_sub(REACH).and_then(|index| samples.get(index));
                *value = sample.copied().unwrap_or(0.0);
            }
        }
    }
    let point = |taps: &[f32; 2 * REACH]| taps.iter().zip(&near).map(|(tap, x)| tap * x).sum::<f32>().abs();
    let most = POINTS.iter().map(point).fold(0.0, f32::max);
    if most.is_finite() { most } else { 0.0 }
}

/// A factor for every sample: small enough where it has to be, and smooth.
fn gains(peaks: &[f32], ceiling: f32) -> Vec<f32> {
    let reach = LOOK_AHEAD.get() as usize;
    let needed = |at: usize| match peaks.get(at) {
        Some(peak) if *peak > ceiling => ceiling / peak,
        _ => 1.0,
    };
    // The least of what is needed within reach of each sample, by a queue whose values rise.
    let mut queue = std::collections::VecDeque::new();
    let release = (-1.0 / RELEASE.get() as f32).exp();
    let mut held = 1.0_f32;
    let mut lows = Vec::with_capacity(peaks.len() + 2 * reach);
    // Two reaches longer than the clip: one before it and one after it, for the mean.
    for at in 0..peaks.len() + 2 * reach {
        // The window of place `at - reach` in the clip ends at `at`.
        let value = needed(at);
        while queue.back().is_some_and(|(_, last)| *last >= value) {
            queue.pop_back();
        }
        queue.push_back((at, value));
        if queue.front().is_some_and(|(place, _)| place + 2 * reach < at) {
            queue.pop_front();
        }
        let low = queue.front().map_or(1.0, |(_, low)| *low);
        held = low.min(1.0 - (1.0 - held) * release);
        lows.push(held);
    }
    // The mean over the same reach: none of the values it is made of is above what its middle needs.
    let width = 2 * reach + 1;
    let mut sum = width as f64;
    let mut gains = Vec::with_capacity(peaks.len());
    for (at, low) in lows.iter().enumerate() {
        let leaving = at.checked_sub(width).and_then(|place| lows.get(place)).copied().unwrap_or(1.0);
        sum += f64::from(*low) - f64::from(leaving);
        if at >= 2 * reach {
            gains.push((sum / width as f64) as f32);
        }
    }
    gains
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(frames: usize, level: f32) -> Vec<f32> {
        let mut state = 1_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..frames).map(|_| level * next()).collect()
    }

    #[test]
    fn peaks_between_samples_are_seen() {
        // A quarter of the rate, sampled 45 degrees off its crests: the samples are 3 dB below the wave.
        let wave: Vec<f32> =
            (0..4_800).map(|at| (std::f32::consts::FRAC_PI_2 * (at as f32 + 0.5)).sin()).collect();
        let clip = Clip::new(wave);
        assert!((clip.peak() - 0.707).abs() < 0.001);
        let between = between(clip.samples(), 2_400);
        assert!((between - 1.0).abs() < 0.01, "{between}");
    }

    #[test]
    fn nothing_comes_through_above_the_ceiling() {
        let square = |period: usize| {
            (0..9_600).map(move |at| if (at / period).is_multiple_of(2) { 3.0 } else { -3.0 })
        };
        let mut click = vec![0.0; 10_000];
        click[5_000] = 40.0;
        let mut edge = vec![0.0; 500];
        (edge[0], edge[499]) = (5.0, -5.0);
        let mut broken = noise(5_000, 2.0);
        (broken[7], broken[99], broken[4_000]) = (f32::NAN, f32::INFINITY, f32::NEG_INFINITY);
        let nasty: Vec<Vec<f32>> = vec![
            noise(20_000, 8.0),
            square(1).collect(),
            square(2).collect(),
            square(3).collect(),
            square(480).collect(),
            vec![1.5; 2_000],
            vec![100.0],
            click,
            edge,
            broken,
            (0..48_000).map(|at| 2.0 * ((at as f32 / 90.0).powi(2) / 60.0).sin()).collect(),
        ];
        for (nth, samples) in nasty.into_iter().enumerate() {
            for ceiling in [0.05, 0.5, 0.891] {
                let limited = limited(&Clip::new(samples.clone()), ceiling);
                assert_eq!(limited.samples().len(), samples.len());
                let peak = true_peak(&limited);
                assert!(peak <= ceiling * 1.000_01, "signal {nth}: {peak} above {ceiling}");
                assert!(peak > ceiling * 0.5, "signal {nth}: {peak} far below {ceiling}");
                let mut meter = ebur128::EbuR128::new(1, 48_000, ebur128::Mode::TRUE_PEAK).expect("a meter");
                meter.add_frames_f32(limited.samples()).expect("mono");
                let theirs = meter.true_peak(0).expect("measured");
                // At half the rate itself (signal 1) every interpolating filter has an opinion of its own.
                let tolerance = if nth == 1 { 1.15 } else { 1.06 };
                assert!(
                    theirs <= f64::from(ceiling) * tolerance,
                    "signal {nth}: theirs {theirs} above {ceiling}"
                );
            }
        }
    }

    #[test]
    fn what_is_low_enough_is_left_alone() {
        let clip = Clip::new(noise(5_000, 0.3));
        assert_eq!(limited(&clip, 0.8), clip);
        assert_eq!(limited(&Clip::new([]), 0.5), Clip::new([]));
    }

    #[test]
    fn far_from_a_peak_nothing_changes_and_near_it_the_gain_is_smooth() {
        let mut samples = vec![0.1; 48_000];
        samples[24_000] = 1.0;
        let out = limited(&Clip::new(samples), 0.5);
        let out = out.samples();
        assert!(out[..23_700].iter().all(|sample| *sample == 0.1));
        assert!((out[47_000] - 0.1).abs() < 0.001);
        let steps = out.windows(2).enumerate().filter(|(at, _)| !(23_999..=24_000).contains(at));
        assert!(steps.map(|(_, pair)| (pair[1] - pair[0]).abs()).fold(0.0, f32::max) < 0.000_4);
    }
}
