//! Makes the built-in sounds: `cargo run --example make_sounds` writes `sounds/*.wav` from the tables below.
//!
//! All notes are of C major, so that any two of the sounds go together; sounds that are near each other in a routine
//! share no note, so that nobody mistakes one for another with closed eyes. Levels are set against speech of about −18 LUFS.

use std::f64::consts::{PI, TAU};
use std::path::Path;

use floorcoach::cue::Sound;

const RATE: u32 = floorcoach::time::MIX_RATE;

/// One overtone of a struck bar or bell.
struct Partial {
    /// Its frequency as a multiple of the note's.
    ratio: f64,
    level: f64,
    /// Seconds until it has fallen by 60 dB.
    decay: f64,
}

/// What a note is struck on.
struct Timbre {
    /// Seconds until a note is at its full level; below 3 ms it would click.
    attack: f64,
    /// The pitch at the stroke as a multiple of the note's; it settles within hundredths of a second.
    glide: f64,
    partials: &'static [Partial],
}

struct Note {
    /// Seconds from the start of the sound.
    at: f64,
    hertz: f64,
    level: f64,
}

/// Air through a narrow gap, over a low hum.
struct Breath {
    /// Hz at the start and at the end of the centre of the noise's band.
    air: (f64, f64),
    /// Hz at the start and at the end of the hum.
    hum: (f64, f64),
    /// The hum's level against the air's.
    hum_level: f64,
    /// Where the swell is loudest, as a part of the length.
    crest: f64,
    seed: u64,
}

enum Body {
    Struck(&'static Timbre, &'static [Note]),
    Breath(Breath),
}

struct Recipe {
    sound: Sound,
    /// Seconds.
    length: f64,
    /// The highest sample, in dB of full scale.
    peak: f64,
    body: Body,
}

const fn partial(ratio: f64, level: f64, decay: f64) -> Partial {
    Partial { ratio, level, decay }
}

const fn note(at: f64, hertz: f64, level: f64) -> Note {
    Note { at, hertz, level }
}

/// A small wooden bar, as a marimba's: the second overtone lies two octaves up and is gone at once.
const WOOD: Timbre =
    Timbre { attack: 0.005, glide: 1.06, partials: &[partial(1.0, 1.0, 0.110), partial(3.98, 0.22, 0.035)] };

/// A softly struck bell, its clang left out.
const BELL: Timbre = Timbre {
    attack: 0.012,
    glide: 1.0,
    partials: &[partial(1.0, 1.0, 0.75), partial(2.0, 0.28, 0.45), partial(3.01, 0.10, 0.25)],
};

/// A bright small blip.
const BLIP: Timbre =
    Timbre { attack: 0.006, glide: 0.985, partials: &[partial(1.0, 1.0, 0.22), partial(2.0, 0.18, 0.10)] };

/// A bar with a resonator under it: round, between wood and bell.
const BAR: Timbre = Timbre {
    attack: 0.008,
    glide: 1.0,
    partials: &[partial(1.0, 1.0, 0.42), partial(3.0, 0.14, 0.16), partial(5.0, 0.04, 0.08)],
};

/// A tube of a warm chime.
const TUBE: Timbre = Timbre {
    attack: 0.018,
    glide: 1.0,
    partials: &[
        partial(1.0, 1.0, 1.6),
        partial(2.0, 0.35, 1.1),
        partial(3.0, 0.12, 0.7),
        partial(4.2, 0.05, 0.4),
    ],
};

/// The same, left to ring.
const LONG_TUBE: Timbre = Timbre {
    attack: 0.030,
    glide: 1.0,
    partials: &[partial(1.0, 1.0, 3.4), partial(2.0, 0.30, 2.2), partial(3.0, 0.10, 1.2)],
};

/// A soft pluck: over in a tenth of a second, and so unlike anything that guides.
const PLUCK: Timbre =
    Timbre { attack: 0.010, glide: 1.0, partials: &[partial(1.0, 1.0, 0.180), partial(2.0, 0.10, 0.060)] };

/// The same, lower and rounder.
const HUM: Timbre =
    Timbre { attack: 0.014, glide: 1.0, partials: &[partial(1.0, 1.0, 0.50), partial(2.0, 0.30, 0.30)] };

const D3: f64 = 146.83;
const G3: f64 = 196.00;
const A3: f64 = 220.00;
const C4: f64 = 261.63;
const D4: f64 = 293.66;
const E4: f64 = 329.63;
const F4: f64 = 349.23;
const G4: f64 = 392.00;
const A4: f64 = 440.00;
const B4: f64 = 493.88;
const C5: f64 = 523.25;
const D5: f64 = 587.33;
const E5: f64 = 659.26;
const F5: f64 = 698.46;
const G5: f64 = 783.99;
const A5: f64 = 880.00;
const B5: f64 = 987.77;
const C6: f64 = 1_046.50;
const D6: f64 = 1_174.66;
const E6: f64 = 1_318.51;
const F6: f64 = 1_396.91;
const G6: f64 = 1_567.98;
const A6: f64 = 1_760.00;
const B6: f64 = 1_975.53;
const C7: f64 = 2_093.00;
const D7: f64 = 2_349.32;
const E7: f64 = 2_637.02;
const F7: f64 = 2_793.83;

const RECIPES: [Recipe; 19] = [
    Recipe {
        sound: Sound::Tick,
        length: 0.070,
        peak: -14.0,
        body: Body::Struck(&WOOD, &[note(0.0, F5, 1.0)]),
    },
    Recipe {
        sound: Sound::TickHigh,
        length: 0.070,
        peak: -13.0,
        body: Body::Struck(&WOOD, &[note(0.0, C6, 1.0)]),
    },
    Recipe {
        sound: Sound::HoldStart,
        length: 0.480,
        peak: -11.0,
        body: Body::Struck(&BELL, &[note(0.0, C5, 0.85), note(0.13, G5, 1.0)]),
    },
    Recipe {
        sound: Sound::HoldEnd,
        length: 0.480,
        peak: -12.0,
        body: Body::Struck(&BELL, &[note(0.0, E5, 1.0), note(0.13, A4, 0.95)]),
    },
    Recipe {
        sound: Sound::Rep,
        length: 0.160,
        peak: -12.0,
        body: Body::Struck(&BLIP, &[note(0.0, D6, 1.0)]),
    },
    Recipe {
        sound: Sound::Switch,
        length: 0.750,
        peak: -12.0,
        body: Body::Struck(&BAR, &[note(0.0, D5, 1.0), note(0.17, A5, 0.8), note(0.34, D5, 0.9)]),
    },
    Recipe {
        sound: Sound::Exercise,
        length: 1.200,
        peak: -12.0,
        body: Body::Struck(&TUBE, &[note(0.0, E4, 0.9), note(0.16, G4, 0.9), note(0.32, B4, 1.0)]),
    },
    Recipe {
        sound: Sound::Finish,
        length: 3.000,
        peak: -11.0,
        body: Body::Struck(
            &LONG_TUBE,
            &[
                note(0.00, F4, 0.8),
                note(0.08, A4, 0.7),
                note(0.16, C5, 0.6),
                note(0.80, C4, 1.0),
                note(0.88, G4, 0.7),
                note(0.96, E5, 0.6),
            ],
        ),
    },
    Recipe {
        sound: Sound::BreatheIn,
        length: 4.000,
        peak: -25.0,
        body: Body::Breath(Breath {
            air: (420.0, 1_000.0),
            hum: (196.0, 261.63),
            hum_level: 0.5,
            crest: 0.65,
            seed: 0x1e_a7_be_a7,
        }),
    },
    Recipe {
        sound: Sound::BreatheOut,
        length: 4.000,
        peak: -24.0,
        body: Body::Breath(Breath {
            air: (800.0, 330.0),
            hum: (220.0, 146.83),
            hum_level: 0.5,
            crest: 0.3,
            seed: 0x00_5e_a5_1d,
        }),
    },
    Recipe {
        sound: Sound::Pause,
        length: 0.110,
        peak: -15.0,
        body: Body::Struck(&PLUCK, &[note(0.000, B6, 1.0), note(0.050, E6, 1.0)]),
    },
    Recipe {
        sound: Sound::Resume,
        length: 0.110,
        peak: -15.0,
        body: Body::Struck(&PLUCK, &[note(0.000, F6, 0.9), note(0.050, C7, 1.0)]),
    },
    Recipe {
        sound: Sound::Next,
        length: 0.110,
        peak: -16.0,
        body: Body::Struck(&PLUCK, &[note(0.000, G6, 0.9), note(0.045, D7, 1.0)]),
    },
    Recipe {
        sound: Sound::Previous,
        length: 0.110,
        peak: -14.0,
        body: Body::Struck(&PLUCK, &[note(0.000, A6, 1.0), note(0.050, B5, 1.0)]),
    },
    Recipe {
        sound: Sound::Repeat,
        length: 0.110,
        peak: -17.0,
        body: Body::Struck(&PLUCK, &[note(0.000, E7, 1.0), note(0.055, E7, 1.0)]),
    },
    Recipe {
        sound: Sound::Where,
        length: 0.120,
        peak: -12.0,
        body: Body::Struck(&PLUCK, &[note(0.000, G3, 1.0), note(0.040, D4, 1.0), note(0.075, G4, 0.9)]),
    },
    Recipe {
        sound: Sound::Hurts,
        length: 0.120,
        peak: -12.0,
        body: Body::Struck(&HUM, &[note(0.000, A3, 1.0)]),
    },
    Recipe {
        sound: Sound::Volume,
        length: 0.060,
        peak: -17.0,
        body: Body::Struck(&PLUCK, &[note(0.000, F7, 1.0)]),
    },
    Recipe {
        sound: Sound::Quit,
        length: 0.120,
        peak: -12.0,
        body: Body::Struck(&HUM, &[note(0.000, F4, 1.0), note(0.055, D3, 1.0)]),
    },
];

/// The samples of one sound as they are written: 16 bits, mono, at the mix rate.
pub fn synthesise(sound: Sound) -> Vec<i16> {
    let Some(recipe) = RECIPES.iter().find(|recipe| recipe.sound == sound) else {
        return Vec::new();
    };
    let frames = (recipe.length * f64::from(RATE)).round() as usize;
    let mut samples = match &recipe.body {
        Body::Struck(timbre, notes) => struck(timbre, notes, frames),
        Body::Breath(breath) => breathed(breath, frames),
    };
    remove_offset(&mut samples);
    let highest = samples.iter().fold(f64::MIN_POSITIVE, |peak, sample| peak.max(sample.abs()));
    let gain = 10.0_f64.powf(recipe.peak / 20.0) / highest;
    samples.iter().map(|sample| (sample * gain * f64::from(i16::MAX)).round() as i16).collect()
}

fn struck(timbre: &Timbre, notes: &[Note], frames: usize) -> Vec<f64> {
    let mut samples = vec![0.0; frames];
    for note in notes {
        let start = (note.at * f64::from(RATE)).round() as usize;
        for (n, sample) in samples.iter_mut().skip(start).enumerate() {
            let t = n as f64 / f64::from(RATE);
            // The integral of a frequency that settles exponentially within `SETTLING`.
            const SETTLING: f64 = 0.010;
            let cycles = note.hertz * (t + (timbre.glide - 1.0) * SETTLING * (1.0 - (-t / SETTLING).exp()));
            let tone: f64 = timbre
                .partials
                .iter()
                .map(|partial| {
                    let ringing = 10.0_f64.powf(-3.0 * t / partial.decay);
                    partial.level * ringing * (TAU * partial.ratio * cycles).sin()
                })
                .sum();
            *sample += note.level * tone * rising(t / timbre.attack);
        }
    }
    // The last third fades, so that the sound is over when it ends.
    let fade = frames / 3;
    for (n, sample) in samples.iter_mut().rev().take(fade).enumerate() {
        *sample *= rising(n as f64 / fade as f64);
    }
    samples
}

fn breathed(breath: &Breath, frames: usize) -> Vec<f64> {
    let mut noise = Noise(breath.seed);
    // Two band-passes of second order in a row (state-variable form after Zavalishin, "The Art of VA Filter Design").
    let mut bands = [BandPass::default(), BandPass::default()];
    let mut hum_cycles = 0.0;
    (0..frames)
        .map(|n| {
            let place = n as f64 / (frames - 1) as f64;
            // Equal steps of pitch in equal times.
            let glide = |(from, to): (f64, f64)| from * (to / from).powf(place);
            let air =
                bands.iter_mut().fold(noise.next(), |signal, band| band.next(signal, glide(breath.air), 1.6));
            hum_cycles += glide(breath.hum) / f64::from(RATE);
            let hum = (TAU * hum_cycles).sin() + 0.3 * (2.0 * TAU * hum_cycles).sin();
            let swell = if place < breath.crest {
                place / breath.crest
            } else {
                (1.0 - place) / (1.0 - breath.crest)
            };
            (air + breath.hum_level * 0.1 * hum) * rising(swell)
        })
        .collect()
}

/// From 0 at 0 to 1 at 1 and beyond, without a corner at either end.
fn rising(place: f64) -> f64 {
    0.5 - 0.5 * (PI * place.clamp(0.0, 1.0)).cos()
}

/// Takes the mean out without moving the ends off zero.
fn remove_offset(samples: &mut [f64]) {
    let frames = samples.len() as f64;
    let mean = samples.iter().sum::<f64>() / frames;
    for (n, sample) in samples.iter_mut().enumerate() {
        // A Hann arch has the mean ½.
        *sample -= 2.0 * mean * 0.5 * (1.0 - (TAU * n as f64 / (frames - 1.0)).cos());
    }
}

/// White noise in −1 … 1 (xorshift64*, Vigna 2016): the same on every machine.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11;
        bits as f64 / (1_u64 << 52) as f64 - 1.0
    }
}

#[derive(Default)]
struct BandPass {
    first: f64,
    second: f64,
}

impl BandPass {
    /// One sample through a band around `hertz` with the quality factor `q`; gain 1 at its centre.
    fn next(&mut self, input: f64, hertz: f64, q: f64) -> f64 {
        let g = (PI * hertz / f64::from(RATE)).tan();
        let band = (self.first + g * (input - self.second)) / (1.0 + g * (g + 1.0 / q));
        let low = self.second + g * band;
        self.first = 2.0 * band - self.first;
        self.second = 2.0 * low - self.second;
        band / q
    }
}

fn main() -> Result<(), hound::Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sounds");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    for sound in Sound::ALL {
        let mut file = hound::WavWriter::create(folder.join(format!("{sound}.wav")), spec)?;
        for sample in synthesise(sound) {
            file.write_sample(sample)?;
        }
        file.finalize()?;
    }
    Ok(())
}
