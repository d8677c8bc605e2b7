//! The committed sounds are those the generator makes, and can be told apart, heard and borne.

#[allow(dead_code, reason = "its `main` writes the files that are compared here")]
#[path = "../examples/make_sounds.rs"]
mod make_sounds;

use std::path::Path;

use floorcoach::cue::Sound;
use floorcoach::time::{Frames, MIX_RATE, Millis};
use realfft::RealFftPlanner;

const CHIMES: [Sound; 5] = [Sound::HoldStart, Sound::HoldEnd, Sound::Switch, Sound::Exercise, Sound::Finish];
const TICKS: [Sound; 3] = [Sound::Tick, Sound::TickHigh, Sound::Rep];
const BREATHS: [Sound; 2] = [Sound::BreatheIn, Sound::BreatheOut];

fn committed(sound: Sound) -> Vec<i16> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("sounds/{sound}.wav"));
    let mut file = hound::WavReader::open(path).expect("a committed sound");
    let spec = file.spec();
    assert_eq!((spec.sample_rate, spec.channels, spec.bits_per_sample), (MIX_RATE, 1, 16), "{sound}");
    file.samples().map(|sample| sample.expect("a whole file")).collect()
}

/// −1 … 1.
fn heard(sound: Sound) -> Vec<f64> {
    committed(sound).into_iter().map(|sample| f64::from(sample) / 32_768.0).collect()
}

fn decibels(ratio: f64) -> f64 {
    20.0 * ratio.log10()
}

fn peak(samples: &[f64]) -> f64 {
    samples.iter().fold(0.0, |peak, sample| sample.abs().max(peak))
}

/// RMS of the loudest 400 ms (the window of "momentary loudness", EBU Tech 3341), in dB of full scale. A shorter
/// sound is soft for being short, as it is to the ear.
fn loudness(samples: &[f64]) -> f64 {
    const WINDOW: usize = MIX_RATE as usize * 2 / 5;
    let energies = samples.chunks(WINDOW / 10).map(|chunk| chunk.iter().map(|x| x * x).sum::<f64>());
    let energies: Vec<f64> = energies.collect();
    let most =
        (0..energies.len()).map(|at| energies.iter().skip(at).take(10).sum::<f64>()).fold(0.0, f64::max);
    10.0 * (most / WINDOW as f64).log10()
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    for sound in Sound::ALL {
        let (made, committed) = (make_sounds::synthesise(sound), committed(sound));
        assert_eq!(made, make_sounds::synthesise(sound), "{sound} differs from run to run");
        assert_eq!(made.len(), committed.len(), "{sound}: run `cargo run --example make_sounds`");
        // One step of rounding, because the sine of another system's library may differ in its last digit.
        let same = made.iter().zip(&committed).all(|(made, committed)| made.abs_diff(*committed) <= 1);
        assert!(same, "{sound}: run `cargo run --example make_sounds`");
    }
}

#[test]
fn lengths_are_as_documented() {
    for (sounds, shortest, longest) in [
        (&[Sound::Tick, Sound::TickHigh][..], 40, 80),
        (&[Sound::Rep], 40, 200),
        (&[Sound::HoldStart, Sound::HoldEnd], 200, 500),
        (&[Sound::Switch, Sound::Exercise], 500, 1_200),
        (&[Sound::Finish], 1_200, 3_000),
        (&BREATHS, 4_000, 4_000),
        (&Sound::EARCONS, 40, 120),
    ] {
        for sound in sounds {
            let length = Frames::new(heard(*sound).len() as u64);
            let allowed = Millis::new(shortest).frames()..=Millis::new(longest).frames();
            assert!(allowed.contains(&length), "{sound}: {length:?}");
        }
    }
}

#[test]
fn levels_are_balanced() {
    for sound in Sound::ALL {
        let samples = heard(sound);
        println!(
            "{sound:12} peak {:6.1} dBFS, loudest 400 ms {:6.1} dBFS",
            decibels(peak(&samples)),
            loudness(&samples)
        );
        assert!(decibels(peak(&samples)) < -6.0, "{sound}");
    }
    let range = |sounds: &[Sound]| {
        let levels = sounds.iter().map(|sound| loudness(&heard(*sound)));
        levels.fold((f64::MAX, f64::MIN), |(low, high), level| (level.min(low), level.max(high)))
    };
    let (softest_chime, loudest_chime) = range(&CHIMES);
    assert!(loudest_chime - softest_chime < 3.0, "{softest_chime} … {loudest_chime}");
    let (softest_tick, loudest_tick) = range(&TICKS);
    assert!(loudest_tick < softest_chime - 4.0, "{loudest_tick}");
    assert!(softest_tick > softest_chime - 14.0, "{softest_tick}");
    let (softest_earcon, loudest_earcon) = range(&Sound::EARCONS);
    assert!(
        softest_earcon > softest_tick - 1.0 && loudest_earcon < softest_chime,
        "{softest_earcon} … {loudest_earcon}"
    );
    let (_, loudest_breath) = range(&BREATHS);
    assert!(loudest_breath < softest_chime - 12.0, "{loudest_breath}");
}

#[test]
fn nothing_clicks() {
    for sound in Sound::ALL {
        let samples = heard(sound);
        let highest = peak(&samples);
        assert_eq!((samples.first(), samples.last()), (Some(&0.0), Some(&0.0)), "{sound}");
        let begin = peak(&samples[..MIX_RATE as usize / 500]) / highest;
        let end = peak(&samples[samples.len() - MIX_RATE as usize / 500..]) / highest;
        let jump = samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max);
        let offset = samples.iter().sum::<f64>() / samples.len() as f64;
        println!("{sound:12} first 2 ms {begin:.3}, last 2 ms {end:.4}, jump {jump:.4}, offset {offset:.1e}");
        assert!(begin < 0.4, "{sound}: {begin} of its peak in the first 2 ms");
        assert!(end < 0.02, "{sound}: {end} of its peak in the last 2 ms");
        assert!(jump < 0.06, "{sound}: {jump} from one sample to the next");
        assert!(offset.abs() < 1e-5, "{sound}: {offset}");
    }
}

/// The highest normalised cross-correlation at any shift: 1 for the same sound, 0 for strangers.
fn likeness(one: &[f64], other: &[f64]) -> f64 {
    let length = (one.len() + other.len()).next_power_of_two();
    let mut planner = RealFftPlanner::<f64>::new();
    let (forward, backward) = (planner.plan_fft_forward(length), planner.plan_fft_inverse(length));
    let spectrum = |samples: &[f64]| {
        let (mut padded, mut spectrum) = (samples.to_vec(), forward.make_output_vec());
        padded.resize(length, 0.0);
        forward.process(&mut padded, &mut spectrum).expect("buffers of the plan's length");
        spectrum
    };
    let mut product = spectrum(one);
    for (bin, other) in product.iter_mut().zip(spectrum(other)) {
        *bin *= other.conj();
    }
    let mut correlation = backward.make_output_vec();
    backward.process(&mut product, &mut correlation).expect("buffers of the plan's length");
    let energy = |samples: &[f64]| samples.iter().map(|x| x * x).sum::<f64>();
    peak(&correlation) / length as f64 / (energy(one) * energy(other)).sqrt()
}

#[test]
fn no_sound_can_be_taken_for_another() {
    let all = Sound::ALL.map(|sound| (sound, heard(sound)));
    for (place, (sound, samples)) in all.iter().enumerate() {
        assert!((likeness(samples, samples) - 1.0).abs() < 1e-9);
        for (other, others) in &all[..place] {
            let likeness = likeness(samples, others);
            if likeness > 0.1 {
                println!("{sound} and {other}: {likeness:.2}");
            }
            assert!(likeness < 0.3, "{sound} and {other}: {likeness}");
        }
    }
}
