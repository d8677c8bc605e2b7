//! Where words and sounds become clips: the pool of voices and the theme, joined for the timeline.

use std::sync::Arc;
use std::thread;

use super::interrupt::on_interrupt;
use super::settings::Settings;
use super::{Failure, warn};
use crate::clip::Clip;
use crate::cue::Sound;
use crate::loudness::CEILING;
use crate::plan::{Beats, Cursor, Guidance, Plan};
use crate::sound::{Role, Theme};
use crate::time::Frames;
use crate::timeline::{Clips, Lengths};
use crate::voice::cache::Cache;
use crate::voice::levelled::Levelled;
use crate::voice::pool::DEFAULT_MEMORY;
use crate::voice::spoken::spoken;
use crate::voice::{self, Chosen, Engine, Pool, Speed, VoiceError, system};

/// So many phrases are made ahead of the one that is needed.
const AHEAD: u64 = 32;
/// More workers than this would only cost memory, 15 MB each: two already speak 100 times as fast as they are
/// listened to.
const MOST_WORKERS: usize = 3;

/// What all routines of one language share: the voices at work, and the sounds.
#[derive(Clone)]
pub struct Booth {
    pool: Arc<Pool>,
    voice: String,
    /// The system speaks, so there are no samples: all that is known is how fast.
    aloud: Option<Speed>,
    theme: Theme,
    voice_gain: f32,
    role: Role,
    sound_gain: f32,
    english: bool,
}

impl Booth {
    /// Opens the theme and chooses the voice; nothing is spoken yet.
    ///
    /// # Errors
    /// When a sound cannot be read, or there is no voice at all.
    pub fn open(settings: &Settings, language: &str) -> Result<Self, Failure> {
        let mut theme = Theme::built_in().map_err(Failure::failed)?;
        if let Some(folder) = &settings.sounds {
            theme = theme.with_folder(folder).map_err(Failure::failed)?;
        }
        let Chosen { engines, notices } = voice::choose(&voice::Settings {
            voice: settings.voice.clone(),
            speed: settings.speed,
            language: language.to_owned(),
            command: settings.command.clone(),
            folder: settings.voices.clone(),
        })
        .map_err(Failure::failed)?;
        notices.iter().for_each(|notice| warn(notice));
        let voice = engines.first().map_or_else(String::new, |engine| engine.name().to_owned());
        let levelled =
            engines.into_iter().map(|engine| Arc::new(Levelled(engine)) as Arc<dyn Engine>).collect();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let cache = settings.cache.as_ref().map(|(folder, limit)| Cache::new(folder, *limit));
        let memory = if cache.is_some() { DEFAULT_MEMORY } else { MEMORY_ALONE };
        Ok(Self {
            pool: Arc::new(Pool::with_memory(levelled, cache, cores.min(MOST_WORKERS), memory)),
            voice,
            aloud: settings.system_voice().map(|_| settings.speed),
            theme,
            role: match settings.options.guidance {
                Guidance::Minimal => Role::InsteadOfWords,
                Guidance::Brief | Guidance::Full => Role::BesideWords,
            },
            sound_gain: settings.sound_gain,
            voice_gain: settings.voice_gain,
            english: language == "en" || language.starts_with("en-"),
        })
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The name of the voice that speaks or, where the system does, takes over from it.
    pub fn voice(&self) -> &str {
        &self.voice
    }

    /// From now on an interrupt ends all waiting, however long a voice may take: [`VoiceError::Stopped`].
    ///
    /// # Errors
    /// When the system takes no signal handler.
    pub fn stop_on_interrupt(&self) -> Result<(), Failure> {
        let stopper = self.pool.stopper();
        on_interrupt(move || stopper.stop())
    }
}

/// Bytes of clips in memory where none are kept on disk: more than five minutes of different words are spoken only once.
const MEMORY_ALONE: usize = 64 << 20;

/// Everything that turns a plan's words and sounds into clips.
pub struct Studio {
    booth: Booth,
    /// The sounds that are at their level. Each is brought there when it is first wanted, or starting would take longer.
    levelled: Vec<Sound>,
    upcoming: Beats<Arc<Plan>>,
    /// Phrases asked for ahead, and phrases placed.
    asked: u64,
    placed: u64,
}

impl Studio {
    pub fn new(booth: Booth, plan: &Arc<Plan>, from: Cursor) -> Self {
        let upcoming = Beats::new(Arc::clone(plan), from);
        Self { booth, levelled: Vec::new(), upcoming, asked: 0, placed: 0 }
    }

    /// A booth of its own.
    ///
    /// # Errors
    /// As [`Booth::open`].
    pub fn open(settings: &Settings, plan: &Arc<Plan>, from: Cursor) -> Result<Self, Failure> {
        let booth = Booth::open(settings, plan.language())?;
        Ok(Self::new(booth, plan, from))
    }

    /// The name of the voice that speaks or, where the system does, takes over from it.
    pub fn voice(&self) -> &str {
        &self.booth.voice
    }

    /// How fast the system speaks, where it does: then there are no samples, and all lengths of words are estimates.
    pub fn aloud(&self) -> Option<Speed> {
        self.booth.aloud
    }

    pub fn pool(&self) -> &Pool {
        &self.booth.pool
    }

    /// What the voice is given: written words as they are said.
    pub fn said(&self, words: &str) -> String {
        if self.booth.english { spoken(words) } else { words.to_owned() }
    }

    /// Keeps the workers busy with what comes next.
    pub fn look_ahead(&mut self) {
        while self.asked < self.placed + AHEAD {
            let Some((_, beat)) = self.upcoming.next() else { break };
            for words in beat.words() {
                self.asked += 1;
                self.booth.pool.want(&self.said(words));
            }
        }
    }

    /// Words have found their place: others may be made ahead.
    pub fn placed(&mut self) {
        self.placed += 1;
    }

    /// How long a sound is, whole.
    pub fn length(&self, sound: Sound) -> Frames {
        self.booth.theme.clip(sound).frames()
    }

    pub fn adjusted(&self, clip: Clip) -> Clip {
        if self.booth.voice_gain == 1.0 { clip } else { clip.scaled(self.booth.voice_gain) }
    }

    pub fn sound(&mut self, sound: Sound) -> &Clip {
        if !self.levelled.contains(&sound) {
            let Booth { theme, role, sound_gain, .. } = &mut self.booth;
            theme.level(sound, *role, *sound_gain);
            self.levelled.push(sound);
        }
        self.booth.theme.clip(sound)
    }

    /// The theme is below the ceiling already, but resampling can overshoot.
    pub fn stretched(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.sound(sound);
        scaled_below(self.booth.theme.fitted(sound, frames), CEILING)
    }
}

/// The clip, softer where its peak would pass `ceiling`.
fn scaled_below(clip: Clip, ceiling: f32) -> Clip {
    let peak = clip.peak();
    if peak > ceiling { clip.scaled(ceiling / peak) } else { clip }
}

/// Waits for every clip: for files and tables.
pub struct Patient(pub Studio);

impl Patient {
    /// As [`Studio::open`]. An interrupt ends the waiting, however long a voice may take: [`VoiceError::Stopped`].
    pub fn open(settings: &Settings, plan: &Arc<Plan>, from: Cursor) -> Result<Self, Failure> {
        let studio = Studio::open(settings, plan, from)?;
        studio.booth.stop_on_interrupt()?;
        Ok(Self(studio))
    }
}

impl Lengths for Patient {
    type Error = VoiceError;

    fn speech(&mut self, words: &str) -> Result<Frames, VoiceError> {
        if let Some(speed) = self.0.booth.aloud {
            return Ok(system::estimate(&self.0.said(words), speed));
        }
        self.0.look_ahead();
        let said = self.0.said(words);
        let frames = match self.0.booth.pool.frames(&said) {
            Some(frames) => frames?,
            None => self.0.booth.pool.wait(&said)?.frames(),
        };
        self.0.placed();
        Ok(frames)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.0.length(sound)
    }
}

impl Clips for Patient {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, VoiceError> {
        if self.0.booth.aloud.is_some() {
            return Err(VoiceError::NoSamples);
        }
        Ok(self.0.adjusted(self.0.booth.pool.wait(&self.0.said(words))?))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.0.sound(sound).clone()
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.0.stretched(sound, frames)
    }
}
