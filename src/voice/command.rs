//! The `command` voice: any program that turns text on its standard input into WAV.

mod arguments;
mod presets;
mod process;
mod wav;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use crate::clip::Clip;
use crate::time::Millis;

use super::{Engine, Settings, Voice, VoiceError};
pub use arguments::PLACEHOLDERS;
use arguments::{Argument, Values};
use presets::PRESETS;
pub use presets::{ESPEAK_NG, PIPER, Preset, SAY};
use process::{Cancel, Failure, Run};

/// How long a program may take for one phrase unless the config says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(20);

/// No phrase of a routine is longer than this; a program that goes on is broken.
const LONGEST_MINUTES: u64 = 5;
/// That much as 48 kHz stereo floats, and some room for chunks that are not sound.
const LONGEST_BYTES: u64 = LONGEST_MINUTES * 60 * 48_000 * 2 * 4 + (1 << 20);

/// What is quieter than this share of the loudest sample (−48 dB) is the silence around the words.
const SILENCE: f32 = 0.004;
/// Left at both ends: an `h` or `f` begins below that level.
const MARGIN: Millis = Millis::new(15);

/// The voice command of the config file.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandConfig {
    /// Program and arguments, no shell. Placeholders: see [`PLACEHOLDERS`]. Empty: `preset`, if any.
    pub argv: Vec<String>,
    /// Name of a preset.
    pub preset: Option<String>,
    /// What the program calls the voice: a name, or for piper the path of a file.
    pub voice: Option<String>,
    /// For one phrase.
    pub timeout: Duration,
}

impl Default for CommandConfig {
    fn default() -> Self {
        Self { argv: Vec::new(), preset: None, voice: None, timeout: DEFAULT_TIMEOUT }
    }
}

pub(super) fn is_preset(name: &str) -> bool {
    PRESETS.iter().any(|preset| preset.name == name)
}

/// The program of the config file: its arguments, or the preset it names.
pub(super) fn configured(settings: &Settings) -> Result<Arc<dyn Engine>, VoiceError> {
    let config = &settings.command;
    if !config.argv.is_empty() {
        return build("command", &config.argv, config.voice.as_deref(), settings);
    }
    let Some(name) = &config.preset else {
        return Err(VoiceError::NoCommand);
    };
    match PRESETS.iter().find(|preset| preset.name == name) {
        Some(found) => preset(found, settings),
        None => Err(VoiceError::UnknownPreset {
            name: name.clone(),
            known: PRESETS.map(|preset| format!("`{}`", preset.name)).join(", "),
        }),
    }
}

pub(super) fn preset(preset: &Preset, settings: &Settings) -> Result<Arc<dyn Engine>, VoiceError> {
    let config = &settings.command;
    // A voice belongs to the program it was written for: another preset that stands in does not know it.
    let meant_for = config.preset.as_deref().or(settings.voice.as_deref()).unwrap_or_default();
    let voice = config.voice.as_deref().filter(|_| {
        config.argv.is_empty() && meant_for.strip_prefix("command:").unwrap_or(meant_for) == preset.name
    });
    if preset.needs_voice && voice.is_none() {
        return Err(VoiceError::NeedsVoice { preset: preset.name.to_owned() });
    }
    let extra: &[&str] = if voice.is_some() { preset.voice } else { &[] };
    let argv: Vec<String> = preset.argv.iter().chain(extra).map(|&argument| argument.to_owned()).collect();
    build(preset.name, &argv, voice, settings).map_err(|error| match error {
        VoiceError::NotFound { program } => VoiceError::NotThere { program },
        other => other,
    })
}

fn build(
    name: &str,
    argv: &[String],
    voice: Option<&str>,
    settings: &Settings,
) -> Result<Arc<dyn Engine>, VoiceError> {
    let (program, arguments) = argv.split_first().ok_or(VoiceError::NoCommand)?;
    let values = Values {
        speed: settings.speed,
        voice: voice.unwrap_or(&settings.language),
        language: &settings.language,
    };
    let arguments = arguments.iter().map(|argument| values.fill(argument)).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Command {
        name: name.to_owned(),
        path: find(program)?,
        program: program.clone(),
        arguments,
        voice_file: voice.map(PathBuf::from),
        timeout: settings.command.timeout,
        cancel: Cancel::default(),
    }))
}

/// The program in the search path, or where the name says if it is a path.
fn find(program: &str) -> Result<PathBuf, VoiceError> {
    which::which(program).map_err(|_| {
        let program = program.to_owned();
        match fs::exists(&program) {
            Ok(true) if program.contains(std::path::is_separator) => VoiceError::NotExecutable { program },
            _ => VoiceError::NotFound { program },
        }
    })
}

/// A program that is there, with its arguments.
#[derive(Debug, Clone)]
struct Command {
    name: String,
    program: String,
    path: PathBuf,
    arguments: Vec<Argument>,
    /// The voice, in case it is the name of a file.
    voice_file: Option<PathBuf>,
    timeout: Duration,
    cancel: Cancel,
}

impl Engine for Command {
    fn name(&self) -> &str {
        &self.name
    }

    /// A program does not tell its version alike everywhere. Its size and date change with it, as do those of
    /// a voice file; the arguments hold speed and language.
    fn fingerprint(&self) -> String {
        let stamp = |path: &PathBuf| {
            let about = fs::metadata(path).ok()?;
            let changed = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
            Some((about.len(), changed.as_nanos()))
        };
        let voice = self.voice_file.as_ref().map(stamp);
        format!("command 1 {:?} {:?} {:?} {voice:?}", self.path, stamp(&self.path), self.arguments)
    }

    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        Ok(Box::new(self.clone()))
    }

    fn cancel(&self) {
        self.cancel.cancel();
    }
}

impl Voice for Command {
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError> {
        let program = || self.program.clone();
        // One line: some programs speak every line into the same file, and the last one wins.
        let mut line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        line.push('\n');
        let out = match self.arguments.iter().any(Argument::needs_out) {
            true => Some(temporary_file()?),
            false => None,
        };
        let place = out.as_deref().unwrap_or(Path::new(""));
        let arguments = self.arguments.iter().map(|argument| argument.with_out(place)).collect();
        let finished = process::run(Run {
            program: &self.path,
            arguments,
            input: line,
            keep_output: out.is_none(),
            limit: LONGEST_BYTES,
            timeout: self.timeout,
            cancel: &self.cancel,
        });
        let too_long = || VoiceError::TooLong { program: program(), minutes: LONGEST_MINUTES };
        let (output, stderr) = match finished {
            Ok(finished) => (finished.output, finished.stderr),
            Err(Failure::TooMuch) => return Err(too_long()),
            Err(failure) => return Err(self.explain(failure)),
        };
        let bytes = match &out {
            Some(path) => match read_limited(path) {
                Ok(bytes) if bytes.len() as u64 > LONGEST_BYTES => return Err(too_long()),
                Ok(bytes) => bytes,
                Err(_) => return Err(VoiceError::Silent { program: program(), stderr }),
            },
            None => output,
        };
        let clip =
            wav::decode(bytes, Duration::from_secs(LONGEST_MINUTES * 60)).map_err(
                |problem| match problem {
                    wav::Problem::Empty => VoiceError::Silent { program: program(), stderr: stderr.clone() },
                    wav::Problem::TooLong => too_long(),
                    wav::Problem::NotWav(problem) => {
                        VoiceError::NotWav { program: program(), problem, stderr: stderr.clone() }
                    }
                },
            )?;
        let clip = clip.trimmed(clip.peak() * SILENCE, MARGIN);
        match clip.samples().is_empty() {
            true => Err(VoiceError::Silent { program: program(), stderr }),
            false => Ok(clip),
        }
    }
}

impl Command {
    fn explain(&self, failure: Failure) -> VoiceError {
        let program = self.program.clone();
        match failure {
            Failure::Start(error) => match error.kind() {
                std::io::ErrorKind::NotFound => VoiceError::NotFound { program },
                std::io::ErrorKind::PermissionDenied => VoiceError::NotExecutable { program },
                _ => VoiceError::Start { program, problem: error.to_string() },
            },
            Failure::Exit { code, stderr } => VoiceError::Exit { program, code, stderr },
            Failure::Killed { signal, stderr } => VoiceError::Killed { program, signal, stderr },
            Failure::Timeout { stderr } => {
                VoiceError::Timeout { program, seconds: self.timeout.as_secs_f32().to_string(), stderr }
            }
            Failure::TooMuch => VoiceError::TooLong { program, minutes: LONGEST_MINUTES },
            Failure::Cancelled => VoiceError::Stopped,
        }
    }
}

/// Its name ends in `.wav`, because some programs look at that. Removed when dropped.
fn temporary_file() -> Result<tempfile::TempPath, VoiceError> {
    tempfile::Builder::new()
        .prefix("floorcoach-")
        .suffix(".wav")
        .tempfile()
        .map(tempfile::NamedTempFile::into_temp_path)
        .map_err(|problem| VoiceError::TemporaryFile(problem.to_string()))
}

/// The whole file, or one byte more than is allowed.
fn read_limited(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LONGEST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
