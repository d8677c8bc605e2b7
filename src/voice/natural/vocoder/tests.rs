use std::f64::consts::{PI, TAU};

use super::*;

/// Frames with every part in the range that speech has, pitch gliding, stopping and starting again.
fn phrase(f0: &[f32]) -> Spectra {
    let mut state = 1_u32;
    let mut random = |size: f32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        size * ((state >> 8) as f32 / 8_388_608.0 - 1.0)
    };
    let mut rows = Vec::new();
    for _ in f0 {
        for (middle, size) in [(0.0, 5.0), (0.0, 3.0), (-2.0, 6.0), (-1.0, 8.5), (0.0, 40.0)] {
            rows.extend((0..BINS).map(|_| middle + random(size)));
        }
    }
    Spectra::new(rows, f0.to_vec()).expect("five parts for each frame")
}

/// Odd enough that 11 kHz is a whole multiple of no sample's pitch, where rounding would decide about one harmonic more.
const PITCH: [f32; 16] =
    [0.0, 0.0, 120.0, 180.0, 200.0, 231.5, 260.0, 90.0, 0.0, 0.0, 0.0, 301.7, 311.3, 42.0, 75.0, 0.0];

/// Pulses by the sum itself, harmonic by harmonic.
fn exact_pulses(f0: &[f32]) -> Vec<f64> {
    let mut phase = 0.0;
    let at = |frame: i64| f64::from(f0[frame.clamp(0, f0.len() as i64 - 1) as usize]);
    (0..f0.len() * HOP)
        .map(|i| {
            let place = (i as f64 + 0.5) / HOP as f64 - 0.5;
            let (frame, part) = (place.floor() as i64, place - place.floor());
            let pitch = at(frame) + (at(frame + 1) - at(frame)) * part;
            phase += TAU * pitch.max(40.0) / f64::from(SAMPLE_RATE);
            let harmonics = (11_000.0 / pitch.max(40.0)).floor() as u32;
            let sum = (1..=harmonics).map(|h| (phase * f64::from(h)).cos()).sum();
            if pitch < 40.0 { 0.0 } else { sum }
        })
        .collect()
}

/// The whole formula in f64 with plain sums for the transforms, given the pulses.
fn exact_samples(spectra: &Spectra, seed: u64, pulses: &[f64]) -> Vec<f64> {
    let window: Vec<f64> = (0..WINDOW).map(|i| 0.5 - 0.5 * (TAU * i as f64 / WINDOW as f64).cos()).collect();
    let turns: Vec<(f64, f64)> =
        (0..WINDOW).map(|i| (TAU * i as f64 / WINDOW as f64).sin_cos()).map(|(s, c)| (c, s)).collect();
    let length = pulses.len() as i64;
    let sample = |i: i64| {
        let mirrored = if i < 0 {
            -i
        } else if i >= length {
            2 * (length - 1) - i
        } else {
            i
        };
        pulses[mirrored as usize]
    };
    let mut sum = vec![0.0; pulses.len() + 2 * WINDOW];
    let mut weight = sum.clone();
    for (t, frame) in spectra.iter().enumerate() {
        let begin = (t * HOP) as i64 - WINDOW as i64 / 2;
        let windowed: Vec<f64> = (0..WINDOW).map(|i| window[i] * sample(begin + i as i64)).collect();
        let bins: Vec<(f64, f64)> = (0..BINS)
            .map(|k| {
                let (mut e_re, mut e_im) = (0.0, 0.0);
                for (i, x) in windowed.iter().enumerate() {
                    let (cos, sin) = turns[i * k % WINDOW];
                    e_re += x * cos / (WINDOW as f64 / 4.0);
                    e_im -= x * sin / (WINDOW as f64 / 4.0);
                }
                let loud = |log: f32| f64::from(log).min(7.0).exp();
                let (sin, cos) = (PI * f64::from(frame.theta[k]).tanh()).sin_cos();
                let (rest_sin, rest_cos) = f64::from(frame.phi[k]).sin_cos();
                let (z_re, z_im) = noise::gaussian(noise::key(seed, t), k as u32);
                let re = loud(frame.lh[k]) * (cos * e_re - sin * e_im)
                    + loud(frame.ln[k]) * f64::from(z_re)
                    + loud(frame.lr[k]) * rest_cos;
                let im = loud(frame.lh[k]) * (cos * e_im + sin * e_re)
                    + loud(frame.ln[k]) * f64::from(z_im)
                    + loud(frame.lr[k]) * rest_sin;
                (re, im)
            })
            .collect();
        for (i, weighting) in window.iter().enumerate() {
            let mut x = 0.0;
            for (k, (re, im)) in bins.iter().enumerate() {
                let (cos, sin) = turns[i * k % WINDOW];
                let edge = k == 0 || k == BINS - 1;
                x += if edge { re * cos } else { 2.0 * (re * cos - im * sin) };
            }
            sum[t * HOP + i] += weighting * x / WINDOW as f64;
            weight[t * HOP + i] += weighting * weighting;
        }
    }
    (0..pulses.len()).map(|i| sum[i + WINDOW / 2] / weight[i + WINDOW / 2]).collect()
}

/// Error over signal in dB.
fn error_db(got: &[f32], want: &[f64]) -> f64 {
    assert_eq!(got.len(), want.len());
    let error: f64 = got.iter().zip(want).map(|(&g, w)| (f64::from(g) - w).powi(2)).sum();
    let signal: f64 = want.iter().map(|w| w * w).sum();
    10.0 * (error / signal).log10()
}

#[test]
fn pulses_are_the_sum_of_their_harmonics() {
    let mut padded = Vec::new();
    pulses::padded(&PITCH, &mut padded);
    let exact = exact_pulses(&PITCH);
    let error = error_db(&padded[WINDOW / 2..][..exact.len()], &exact);
    assert!(error < -80.0, "{error} dB");
}

#[test]
fn samples_are_those_of_the_exact_formula() {
    let spectra = phrase(&PITCH);
    let got = Vocoder::new().samples(&spectra, 5);
    let error = error_db(&got, &exact_samples(&spectra, 5, &exact_pulses(&PITCH)));
    assert!(error < -80.0, "{error} dB");
}

#[test]
fn each_term_alone_is_exact() {
    // A part at −80 is silence: 35 dB below the least of 16 bits even in the loudest frame.
    for kept in [0, 2, 3] {
        let whole = phrase(&PITCH);
        let rows = whole
            .iter()
            .flat_map(|frame| {
                let logs = [frame.lh, frame.theta, frame.ln, frame.lr, frame.phi];
                let silenced = move |part| part != kept && [0, 2, 3].contains(&part);
                logs.into_iter()
                    .enumerate()
                    .flat_map(move |(part, bins)| bins.map(|bin| if silenced(part) { -80.0 } else { bin }))
            })
            .collect();
        let spectra = Spectra::new(rows, PITCH.to_vec()).expect("the same shape");
        let got = Vocoder::new().samples(&spectra, 5);
        let error = error_db(&got, &exact_samples(&spectra, 5, &exact_pulses(&PITCH)));
        assert!(error < -80.0, "part {kept}: {error} dB");
    }
}

#[test]
fn the_same_seed_gives_the_same_samples_whatever_was_spoken_before() {
    let spectra = phrase(&PITCH);
    let mut vocoder = Vocoder::new();
    let first = vocoder.samples(&spectra, 1);
    let other = vocoder.samples(&spectra, 2);
    vocoder.samples(&phrase(&PITCH[3..6]), 3);
    assert_eq!(first, vocoder.samples(&spectra, 1));
    assert_eq!(first, Vocoder::new().samples(&spectra, 1));
    assert_ne!(first, other);
}

#[test]
fn any_number_of_frames_gives_three_hundred_samples_each() {
    let mut vocoder = Vocoder::new();
    for frames in 0..6 {
        let samples = vocoder.samples(&phrase(&vec![150.0; frames]), 1);
        assert_eq!(samples.len(), frames * HOP);
        assert!(samples.iter().all(|sample| sample.is_finite()));
    }
}

#[test]
fn broken_spectra_make_no_broken_samples() {
    for wrong in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let spectra = Spectra::new(vec![wrong; 3 * 5 * BINS], vec![wrong; 3]).expect("shapes agree");
        let samples = Vocoder::new().samples(&spectra, 1);
        assert_eq!(samples.len(), 3 * HOP);
        assert!(samples.iter().all(|sample| sample.is_finite()));
    }
}

#[test]
fn noise_is_gaussian_and_does_not_repeat() {
    let frames = 200;
    let noise: Vec<(f64, f64)> = (0..frames)
        .flat_map(|frame| {
            let key = noise::key(9, frame);
            (0..BINS as u32).map(move |bin| noise::gaussian(key, bin))
        })
        .map(|(re, im)| (f64::from(re), f64::from(im)))
        .collect();
    let count = noise.len() as f64;
    let mean = |f: &dyn Fn(f64, f64) -> f64| noise.iter().map(|&(re, im)| f(re, im)).sum::<f64>() / count;
    // Four standard errors of each moment at 120 000 draws.
    assert!(mean(&|re, _| re).abs() < 0.012);
    assert!(mean(&|_, im| im).abs() < 0.012);
    assert!((mean(&|re, _| re * re) - 1.0).abs() < 0.017);
    assert!((mean(&|_, im| im * im) - 1.0).abs() < 0.017);
    assert!(mean(&|re, im| re * im).abs() < 0.012);
    assert!((mean(&|re, _| re.powi(4)) - 3.0).abs() < 0.12);
    for lag in [1, 2, BINS - 1, BINS, BINS + 1, 4 * BINS] {
        let pairs = noise.iter().zip(&noise[lag..]);
        let correlation: f64 = pairs.map(|(a, b)| a.0 * b.0 + a.1 * b.1).sum::<f64>() / count;
        assert!(correlation.abs() < 0.017, "lag {lag}: {correlation}");
    }
}
