//! How loud clips are, and how they are brought to one loudness: once for each clip, so that what is heard live and what is
//! rendered are balanced by the same samples.

mod k_weighting;
mod limiter;
mod whole;

use crate::clip::Clip;

pub use k_weighting::Energies;
pub use limiter::{limited, true_peak, true_peak_above};
pub use whole::Meter;

/// Changes whenever the same clip comes out with other samples than before.
pub const REVISION: u32 = 1;

/// Words are brought to this loudness, in LUFS, and sounds to levels relative to it.
pub const SPEECH: f64 = -16.0;

/// No clip has a true peak above this (−5 dBTP), so the whole can be made louder by 4 dB and stay below −1 dBTP. Guidance
/// with few words needs 3.8 dB. The natural voice is turned down for it by 1.4 dB on average, and by 5 dB at the
/// highest peak of a usual phrase; a lower ceiling would be heard.
pub const CEILING: f32 = 0.562;

/// What is softer than its level by more than this (in dB) is noise, and not worth more.
const MOST_GAIN: f64 = 40.0;

/// Limiting takes a little loudness; so often it is given back, with a little more because that is limited, too.
const ROUNDS: usize = 4;
const MORE: f64 = 1.3;
/// Near enough, in LU.
const NEAR: f64 = 0.15;

/// How the loudness of a clip is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// For words: what is between their pauses.
    BetweenPauses,
    /// For sounds: the loudest 400 ms.
    Momentary,
}

impl Measure {
    /// In LUFS; `None` for silence.
    pub fn of(self, clip: &Clip) -> Option<f64> {
        let energies = Energies::of(clip);
        match self {
            Self::BetweenPauses => energies.between_pauses(),
            Self::Momentary => energies.momentary(),
        }
    }
}

/// The clip at `level` LUFS, with no true peak above [`CEILING`]; a clip that is all peaks (a click) stays below its
/// level. Silence stays as it is.
pub fn levelled(clip: &Clip, level: f64, measure: Measure) -> Clip {
    let Some(loudness) = measure.of(clip) else {
        return limited(clip, CEILING);
    };
    let mut decibels = (level - loudness).min(MOST_GAIN);
    let mut best = limited(&clip.scaled(factor(decibels)), CEILING);
    for _ in 1..ROUNDS {
        let missing = level - measure.of(&best).unwrap_or(level);
        if missing.abs() < NEAR || decibels + MORE * missing > MOST_GAIN {
            break;
        }
        decibels += MORE * missing;
        best = limited(&clip.scaled(factor(decibels)), CEILING);
    }
    best
}

/// Decibels as a factor.
pub fn factor(decibels: f64) -> f32 {
    10_f64.powf(decibels / 20.0) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vowel-like wave: pulses with a decay, `crest` times as high as they are long.
    fn pulses(level: f32, decay: f32) -> Clip {
        Clip::new(
            (0..48_000)
                .map(|at| {
                    let since = (at % 400) as f32;
                    level * (-since / decay).exp() * (since * 0.2).sin()
                })
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn soft_and_loud_clips_come_to_one_level_below_the_ceiling() {
        // The last one is nothing but peaks, too near each other to be turned down one by one.
        for (clip, short_of) in [
            (pulses(0.01, 120.0), 0.3),
            (pulses(0.9, 120.0), 0.3),
            (pulses(0.3, 200.0), 0.3),
            (pulses(7.0, 20.0), 9.0),
        ] {
            let levelled = levelled(&clip, SPEECH, Measure::BetweenPauses);
            assert_eq!(levelled.frames(), clip.frames());
            let loudness = Measure::BetweenPauses.of(&levelled).expect("not silent");
            assert!(loudness < SPEECH + 0.3 && loudness > SPEECH - short_of, "{loudness}");
            assert!(true_peak(&levelled) <= CEILING * 1.000_01);
        }
    }

    #[test]
    fn silence_stays_and_a_click_is_bounded() {
        let silence = Clip::new(vec![0.0; 1_000]);
        assert_eq!(levelled(&silence, SPEECH, Measure::Momentary), silence);
        let mut click = vec![0.0; 1_000];
        click[500] = 0.01;
        let click = levelled(&Clip::new(click), SPEECH, Measure::Momentary);
        assert!(true_peak(&click) <= CEILING * 1.000_01);
    }
}
