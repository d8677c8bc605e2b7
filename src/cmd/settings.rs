//! What was meant: command line and config file together, checked, as plain values.

use std::path::PathBuf;

use super::Failure;
use super::args::Score;
use super::config::{Config, GuidanceKey, LengthKey};
use super::places::Places;
use crate::plan::{Cursor, Guidance, Length, Options, Plan, Section};
use crate::time::Millis;
use crate::voice::Speed;

/// Long enough for most Bluetooth speakers to wake up, and short enough not to be waited for.
const QUIET_HEAD: Millis = Millis::new(500);

/// Volumes outside ± this are a slip of the hand.
const MOST_DB: f32 = 60.0;

/// Everything that decides which timeline is heard, but for the routine.
#[derive(Debug, Clone)]
pub struct Settings {
    pub options: Options,
    pub from: Option<String>,
    pub voice: Option<String>,
    pub speed: Speed,
    pub command: crate::voice::CommandConfig,
    /// Factors, not decibels.
    pub voice_gain: f32,
    pub sound_gain: f32,
    pub sounds: Option<PathBuf>,
    /// Folder of cached phrases and its size in bytes, unless switched off.
    pub cache: Option<(PathBuf, u64)>,
    /// Where the voice's files are looked for if they are not built in.
    pub voices: Option<PathBuf>,
}

impl Settings {
    /// The command line before the config file, and that before the defaults.
    ///
    /// # Errors
    /// When a value is out of its range, or the config file has a mistake.
    pub fn new(score: Score, places: Places) -> Result<Self, Failure> {
        let config = match &places.config {
            Some(path) => Config::read(path).map_err(Failure::failed)?,
            None => Config::default(),
        };
        let length = match (score.short, score.full, config.length) {
            (true, _, _) => Length::Short,
            (_, true, _) => Length::Full,
            (_, _, Some(LengthKey::Short)) => Length::Short,
            (_, _, Some(LengthKey::Full) | None) => Length::Full,
        };
        let guidance = match (score.guidance, config.guidance) {
            (Some(guidance), _) => guidance.into(),
            (None, Some(GuidanceKey::Brief)) => Guidance::Brief,
            (None, Some(GuidanceKey::Minimal)) => Guidance::Minimal,
            (None, Some(GuidanceKey::Full) | None) => Guidance::Full,
        };
        let speed = score.speed.or(config.speed.map(|speed| speed.to_string()));
        let speed = speed.map_or(Ok(Speed::NORMAL), |speed| speed.parse()).map_err(Failure::usage)?;
        let quiet_head = match score.lead_in.or(config.lead_in) {
            Some(text) => text.parse().map_err(Failure::usage)?,
            None => QUIET_HEAD,
        };
        let keep_awake = score.keep_awake || config.keep_awake.unwrap_or(false);
        let mebibytes = config.cache_size.unwrap_or(512);
        let voice = decibels("--voice-volume", score.voice_volume.or(config.voice_volume))?;
        let sound = decibels("--sound-volume", score.sound_volume.or(config.sound_volume))?;
        let (voice_gain, sound_gain) = balance(voice, sound);
        Ok(Self {
            options: Options { length, guidance, quiet_head, keep_awake },
            from: score.from,
            voice: score.voice.or(config.voice),
            speed,
            command: config.command.into(),
            voice_gain,
            sound_gain,
            sounds: score.sounds.or(config.sounds),
            cache: places.cache.filter(|_| !score.no_cache).map(|folder| (folder, mebibytes << 20)),
            voices: places.voices,
        })
    }

    /// Where the plan begins: at its opening, or at the exercise that `--from` names.
    ///
    /// # Errors
    /// When the plan has no such exercise; the message names the nearest.
    pub fn start(&self, plan: &Plan) -> Result<Cursor, Failure> {
        let Some(wanted) = &self.from else { return Ok(plan.start()) };
        let exercises = plan.exercises();
        let named = |name: &str| name.eq_ignore_ascii_case(wanted);
        let number = wanted.parse().ok().and_then(|number: usize| number.checked_sub(1));
        let index = exercises
            .iter()
            .position(|exercise| named(&exercise.id) || named(&exercise.name))
            .or(number.filter(|index| *index < exercises.len()));
        let Some(index) = index else {
            let ids = exercises.iter().map(|exercise| exercise.id.clone());
            let hint = match crate::library::nearest(wanted, ids.clone()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("there are: {}", ids.collect::<Vec<_>>().join(", ")),
            };
            return Err(Failure::usage(format!("no exercise `{wanted}` is done here; {hint}")));
        };
        Ok(Cursor::start_of(Section::Exercise(index)))
    }
}

fn decibels(option: &str, decibels: Option<f32>) -> Result<f32, Failure> {
    let decibels = decibels.unwrap_or(0.0);
    if !(-MOST_DB..=MOST_DB).contains(&decibels) {
        return Err(Failure::usage(format!(
            "`{decibels}` is no volume for `{option}`; give decibels from -60 to 60, 0 for as it is"
        )));
    }
    Ok(decibels)
}

/// Factors for words and sounds. Clips are as loud as they may be, so what is to be louder than that makes the other softer.
fn balance(voice: f32, sound: f32) -> (f32, f32) {
    let above = voice.max(sound).max(0.0);
    let gain = |decibels: f32| crate::loudness::factor((decibels - above).into());
    (gain(voice), gain(sound))
}

#[cfg(test)]
mod tests {
    use super::balance;

    #[test]
    fn volumes_shift_the_balance_and_never_come_above_the_level() {
        let near = |a: f32, b: f32| (a - b).abs() < 1e-4;
        for ((voice, sound), (voice_gain, sound_gain)) in [
            ((0.0, 0.0), (1.0, 1.0)),
            ((20.0, 0.0), (1.0, 0.1)),
            ((0.0, -20.0), (1.0, 0.1)),
            ((-20.0, -40.0), (0.1, 0.01)),
            ((60.0, 40.0), (1.0, 0.1)),
        ] {
            let (v, s) = balance(voice, sound);
            assert!(near(v, voice_gain) && near(s, sound_gain), "{voice} {sound}: {v} {s}");
        }
    }
}
