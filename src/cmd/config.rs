//! The config file: defaults for what the command line does not say.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use thiserror::Error;

use crate::voice::CommandConfig;

/// `config.toml` in the platform's place for it. Every key may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// `full` or `short`.
    pub length: Option<LengthKey>,
    /// `full`, `brief` or `minimal`.
    pub guidance: Option<GuidanceKey>,
    pub voice: Option<String>,
    /// 0.5 to 2.0.
    pub speed: Option<f64>,
    /// In decibels.
    pub voice_volume: Option<f32>,
    /// Of the system's voice, -100 to 100.
    pub voice_pitch: Option<i32>,
    pub sound_volume: Option<f32>,
    pub sounds: Option<PathBuf>,
    /// Quiet at the head, such as `0.5s`.
    pub lead_in: Option<String>,
    pub keep_awake: Option<bool>,
    /// The most that spoken phrases may take on disk, in MiB.
    pub cache_size: Option<u64>,
    /// Whether what was done is noted, and the place kept.
    pub log: Option<bool>,
    #[serde(default)]
    pub command: CommandTable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LengthKey {
    Full,
    Short,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GuidanceKey {
    Full,
    Brief,
    Minimal,
}

/// `[command]`: any program that turns text into WAV.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CommandTable {
    /// Program and arguments; no shell is involved.
    #[serde(default)]
    pub argv: Vec<String>,
    /// One of the known programs instead: `espeak-ng`, `piper`, `say`.
    pub preset: Option<String>,
    /// Its voice: a name, or for piper a file.
    pub voice: Option<String>,
    /// Seconds that one phrase may take.
    pub time_limit: Option<u32>,
}

impl From<CommandTable> for CommandConfig {
    fn from(table: CommandTable) -> Self {
        let default = Self::default();
        Self {
            argv: table.argv,
            preset: table.preset,
            voice: table.voice,
            timeout: table.time_limit.map_or(default.timeout, |s| Duration::from_secs(s.max(1).into())),
        }
    }
}

#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("cannot read the config file `{}`: {source}; mend it or move it away", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("the config file `{}` has a mistake; mend it or move it away:\n{source}", .path.display())]
    Toml { path: PathBuf, source: Box<toml::de::Error> },
}

impl Config {
    /// The file's content; the defaults when there is no such file.
    ///
    /// # Errors
    /// When it is there but cannot be read, or has a mistake; the message shows the line.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let path = path.to_owned();
        match fs::read_to_string(&path) {
            Ok(text) => toml::from_str(&text).map_err(|e| ConfigError::Toml { path, source: Box::new(e) }),
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ConfigError::Read { path, source }),
        }
    }
}
