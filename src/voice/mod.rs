//! Words to sound: what a voice is, which ones there are, and which of them are used.

pub mod cache;
pub mod command;
mod error;
pub mod fake;
pub mod levelled;
pub mod natural;
pub mod pool;
pub mod spoken;
pub mod system;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use crate::clip::Clip;

pub use command::CommandConfig;
pub use error::VoiceError;
pub use pool::Pool;

/// Makes clips from words. One object per worker thread, used by that thread alone.
pub trait Voice: Send {
    /// The words as a mono clip at [`MIX_RATE`](crate::time::MIX_RATE), trimmed of the silence at both ends.
    ///
    /// The same words must give the same samples every time: a clip that was dropped is made again and has to
    /// fit where the first one was placed. May block for as long as the speaking takes; [`Pool`] calls it off
    /// the audio and scheduler threads. After an error the pool asks again, once, with a newly opened voice.
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError>;
}

/// A way of speaking that has been chosen and is known to be there.
pub trait Engine: Send + Sync {
    /// The name people choose it by.
    fn name(&self) -> &str;

    /// Everything that changes the samples: engine, its version, hash of the voice file, speed. Part of the
    /// cache key, so two settings that sound different must differ here.
    fn fingerprint(&self) -> String;

    /// Makes a voice; this is where models are loaded. Called on the worker thread that will use it, and not
    /// at all when every phrase is in the cache.
    fn open(&self) -> Result<Box<dyn Voice>, VoiceError>;

    /// Ends what its voices are doing as soon as it can: nobody waits for it any more. Afterwards they may
    /// refuse to speak. Only worth writing for an engine whose phrases can take seconds.
    fn cancel(&self) {}
}

/// How fast to speak: 1 is the voice's own pace, 2 twice as fast. Kept in hundredths, so that it is the same
/// number in every file name, key and command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speed(u16);

impl Speed {
    pub const SLOWEST: Self = Self(50);
    pub const NORMAL: Self = Self(100);
    pub const FASTEST: Self = Self(200);

    /// In hundredths of the voice's own pace, 50 to 200.
    pub const fn percent(self) -> u32 {
        self.0 as u32
    }

    /// As a factor, 0.5 to 2.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::NORMAL
    }
}

impl FromStr for Speed {
    type Err = VoiceError;

    /// Reads `0.5` to `2.0`, to the nearest hundredth.
    fn from_str(text: &str) -> Result<Self, VoiceError> {
        let wrong = || VoiceError::Speed(text.to_owned());
        let factor: f64 = text.trim().parse().map_err(|_| wrong())?;
        if !(0.5..=2.0).contains(&factor) {
            return Err(wrong());
        }
        Ok(Self((factor * 100.0).round() as u16))
    }
}

/// Written as it is read: `1.25`.
impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// What the user wants of the voice.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `--voice`: a name of [`ENGINES`], or `command:NAME` for one of the presets. None: the built-in voice.
    pub voice: Option<String>,
    pub speed: Speed,
    /// Language of the words, such as `en` or `de`.
    pub language: String,
    pub command: CommandConfig,
    /// Where the files of the built-in voice are looked for when they are not part of the program.
    pub folder: Option<PathBuf>,
}

impl Settings {
    /// Whether the words are English of any country.
    pub fn speaks_english(&self) -> bool {
        let main = self.language.split(['-', '_']).next().unwrap_or_default();
        main.eq_ignore_ascii_case("en")
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            voice: None,
            speed: Speed::NORMAL,
            language: "en".to_owned(),
            command: CommandConfig::default(),
            folder: None,
        }
    }
}

/// When an engine is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// When asked for, and instead of one that is missing or fails.
    FallBack,
    /// Only when asked for.
    Asked,
    /// Only when asked for, alone, and in no list: it is for tests.
    Hidden,
}

/// A row of the table of engines.
pub struct Row {
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    pub used: Use,
    make: fn(&Settings) -> Result<Arc<dyn Engine>, VoiceError>,
}

/// Every engine there is, the preferred ones first; also the order of falling back.
pub const ENGINES: &[Row] = &[
    Row { name: "natural", about: "the built-in English voice", used: Use::FallBack, make: natural::engine },
    Row {
        name: "command",
        about: "the program set up in the config file",
        used: Use::FallBack,
        make: command::configured,
    },
    Row {
        name: "espeak-ng",
        about: "the espeak-ng program: robotic, many languages",
        used: Use::FallBack,
        make: |settings| command::preset(&command::ESPEAK_NG, settings),
    },
    Row {
        name: "piper",
        about: "the piper program with a voice file of yours",
        used: Use::FallBack,
        make: |settings| command::preset(&command::PIPER, settings),
    },
    Row {
        name: "say",
        about: "the voice of macOS",
        // Elsewhere `say` is some other program.
        used: if cfg!(target_os = "macos") { Use::FallBack } else { Use::Asked },
        make: |settings| command::preset(&command::SAY, settings),
    },
    Row {
        name: system::NAME,
        about: "the voice of the system, aloud only; system:NAME for one of several",
        used: Use::Asked,
        make: |_| Err(VoiceError::NoSamples),
    },
    Row {
        name: "fake",
        about: "a tone for every word",
        used: Use::Hidden,
        make: |settings| Ok(Arc::new(fake::Fake::new(settings.speed))),
    },
];

/// What will speak.
pub struct Chosen {
    /// The first one speaks; the others follow when it fails. Never empty.
    pub engines: Vec<Arc<dyn Engine>>,
    /// What the user should know: the voice that was asked for is missing, and which one speaks instead.
    pub notices: Vec<String>,
}

/// Whether there is an engine of this name, be it here or not.
///
/// # Errors
/// [`VoiceError::Unknown`], which names those there are.
pub fn known(name: &str) -> Result<(), VoiceError> {
    named(ENGINES, name).map(drop)
}

/// The voice that was asked for, followed by those to fall back on. Where the [`system`] is asked for, which gives no samples,
/// these are the ones that take over from it.
///
/// # Errors
/// [`VoiceError::Unknown`] and [`VoiceError::Placeholder`] where the request makes no sense,
/// [`VoiceError::NoVoice`] where nothing on this machine can speak.
pub fn choose(settings: &Settings) -> Result<Chosen, VoiceError> {
    choose_from(ENGINES, settings)
}

fn choose_from(table: &[Row], settings: &Settings) -> Result<Chosen, VoiceError> {
    let asked = match &settings.voice {
        Some(name) if system::asked(name).is_none() => named(table, name)?,
        _ => table.first().ok_or_else(|| unknown(table, ""))?,
    };
    let mut engines: Vec<Arc<dyn Engine>> = Vec::new();
    let mut missing = None;
    match (asked.make)(settings) {
        Ok(engine) => engines.push(engine),
        Err(misuse) if misuse.is_misuse() => return Err(misuse),
        Err(why) => missing = Some(why),
    }
    if asked.used != Use::Hidden {
        let others = table.iter().filter(|row| row.used == Use::FallBack && row.name != asked.name);
        for engine in others.filter_map(|row| (row.make)(settings).ok()) {
            // A configured command may be one of the presets.
            if engines.iter().all(|known| known.name() != engine.name()) {
                engines.push(engine);
            }
        }
    }
    let notices = match (&missing, engines.first()) {
        (None, _) => Vec::new(),
        (Some(why), Some(next)) => {
            vec![format!("{why}. Going on with the voice `{}`.", next.name())]
        }
        (Some(why), None) => {
            return Err(VoiceError::NoVoice { why: why.to_string(), mend: install_espeak() });
        }
    };
    Ok(Chosen { engines, notices })
}

fn named<'t>(table: &'t [Row], asked: &str) -> Result<&'t Row, VoiceError> {
    // `command:espeak-ng` is the long form of `espeak-ng`.
    let (name, preset) = match asked.strip_prefix("command:") {
        Some(preset) => (preset, true),
        None if system::asked(asked).is_some() => (system::NAME, false),
        None => (asked, false),
    };
    table
        .iter()
        .find(|row| row.name == name && (!preset || command::is_preset(name)))
        .ok_or_else(|| unknown(table, asked))
}

fn unknown(table: &[Row], name: &str) -> VoiceError {
    let known: Vec<String> =
        table.iter().filter(|row| row.used != Use::Hidden).map(|row| format!("`{}`", row.name)).collect();
    VoiceError::Unknown { name: name.to_owned(), known: known.join(", ") }
}

/// The command that installs a voice with whatever installs programs here.
fn install_espeak() -> String {
    const INSTALLERS: [(&str, &str); 6] = [
        ("apt-get", "sudo apt-get install espeak-ng"),
        ("dnf", "sudo dnf install espeak-ng"),
        ("pacman", "sudo pacman -S espeak-ng"),
        ("zypper", "sudo zypper install espeak-ng"),
        ("brew", "brew install espeak-ng"),
        ("winget", "winget install eSpeak-NG.eSpeak-NG"),
    ];
    INSTALLERS
        .iter()
        .find(|(program, _)| which::which(program).is_ok())
        .map_or_else(|| "install the program espeak-ng".to_owned(), |(_, line)| format!("`{line}`"))
}

#[cfg(test)]
mod tests;
