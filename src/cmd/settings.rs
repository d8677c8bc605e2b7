//! What was meant: command line and config file together, checked, as plain values.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::Failure;
use super::args::Score;
use super::config::{Config, GuidanceKey, LengthKey};
use super::places::Places;
use crate::plan::{Cursor, Guidance, Length, Options, Plan, Section};
use crate::time::Millis;
use crate::voice::cache::DEFAULT_LIMIT;
use crate::voice::{self, Speed, system};

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
    /// Of the system's voice, −100 to 100.
    pub pitch: i32,
    pub command: crate::voice::CommandConfig,
    /// Factors, not decibels.
    pub voice_gain: f32,
    pub sound_gain: f32,
    pub sounds: Option<PathBuf>,
    /// Folder of cached phrases and its size in bytes, unless switched off.
    pub cache: Option<(PathBuf, u64)>,
    /// The log of sessions and the file of the place, unless switched off.
    pub notes: Option<Notes>,
    /// Where the voice's files are looked for if they are not built in.
    pub voices: Option<PathBuf>,
}

/// Where it is noted what was done.
#[derive(Debug, Clone)]
pub struct Notes {
    pub log: PathBuf,
    pub place: PathBuf,
}

impl Settings {
    /// The command line before the config file, and that before the defaults.
    ///
    /// # Errors
    /// When a value is out of its range, or the config file has a mistake.
    pub fn new(score: Score, places: Places) -> Result<Self, Failure> {
        if score.short && score.full {
            return Err(Failure::usage("give either `--short` or `--full`; `render` alone takes both"));
        }
        let file = places.config.as_deref();
        let config = file.map_or_else(|| Ok(Config::default()), Config::read).map_err(Failure::failed)?;
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
        let speed = Given::first(score.speed, config.speed.map(|speed| speed.to_string()), file);
        let voice = Given::first(score.voice, config.voice, file);
        let voice_volume = Given::first(score.voice_volume, config.voice_volume, file);
        let sound_volume = Given::first(score.sound_volume, config.sound_volume, file);
        let bytes = config.cache_size.map_or(DEFAULT_LIMIT, |mebibytes| mebibytes.saturating_mul(1 << 20));
        // A folder in the config file must not depend on where the program is started.
        let configured_sounds = config.sounds.map(|folder| match file.and_then(Path::parent) {
            Some(beside) => beside.join(folder),
            None => folder,
        });
        let lead_in = Given::first(score.lead_in, config.lead_in, file);
        let quiet_head =
            lead_in.map_or(Ok(QUIET_HEAD), |given| given.checked(|time| time.parse::<Millis>()))?;
        let keep_awake = score.keep_awake || config.keep_awake.unwrap_or(false);
        let voice_volume =
            voice_volume.map_or(Ok(0.0), |given| given.checked(|db| decibels("voice-volume", db)))?;
        let sound_volume =
            sound_volume.map_or(Ok(0.0), |given| given.checked(|db| decibels("sound-volume", db)))?;
        let pitch = Given::first(score.voice_pitch, config.voice_pitch, file);
        let (voice_gain, sound_gain) = balance(voice_volume, sound_volume);
        Ok(Self {
            options: Options { length, guidance, quiet_head, keep_awake, wait: score.wait },
            from: score.from,
            voice: voice.map(|given| given.checked(|name| voice::known(&name).map(|()| name))).transpose()?,
            speed: speed.map_or(Ok(Speed::NORMAL), |given| given.checked(|speed| speed.parse()))?,
            pitch: pitch.map_or(Ok(0), |given| given.checked(pitched))?,
            command: config.command.into(),
            voice_gain,
            sound_gain,
            sounds: score.sounds.or(configured_sounds),
            cache: places.cache.filter(|_| !score.no_cache).map(|folder| (folder, bytes)),
            notes: match (places.log, places.place) {
                (Some(log), Some(place)) if config.log.unwrap_or(true) => Some(Notes { log, place }),
                _ => None,
            },
            voices: places.voices,
        })
    }

    /// The name of the system's voice that is asked for, if one is: `Some(None)` for the one that is set up there.
    pub fn system_voice(&self) -> Option<Option<&str>> {
        self.voice.as_deref().and_then(system::asked)
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

/// A value, and where it was given: that decides what a mistake in it is.
enum Given<'a, T> {
    CommandLine(T),
    Config(T, Option<&'a Path>),
}

impl<'a, T> Given<'a, T> {
    fn first(typed: Option<T>, configured: Option<T>, file: Option<&'a Path>) -> Option<Self> {
        typed.map(Self::CommandLine).or(configured.map(|value| Self::Config(value, file)))
    }

    fn checked<U, E: Display>(self, check: impl FnOnce(T) -> Result<U, E>) -> Result<U, Failure> {
        match self {
            Self::CommandLine(value) => check(value).map_err(Failure::usage),
            Self::Config(value, file) => check(value).map_err(|error| {
                let file = file.unwrap_or(Path::new("config.toml")).display();
                Failure::failed(format!("in the config file `{file}`: {error}"))
            }),
        }
    }
}

fn pitched(pitch: i32) -> Result<i32, String> {
    match pitch {
        -100..=100 => Ok(pitch),
        _ => Err(format!(
            "`{pitch}` is no pitch for `voice-pitch`; give -100 (low) to 100 (high), 0 for as it is"
        )),
    }
}

fn decibels(name: &str, decibels: f32) -> Result<f32, String> {
    if !(-MOST_DB..=MOST_DB).contains(&decibels) {
        return Err(format!(
            "`{decibels}` is no volume for `{name}`; give decibels from -60 to 60, 0 for as it is"
        ));
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
