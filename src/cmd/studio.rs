//! Where words and sounds become clips: the pool of voices and the theme, joined for the timeline.

use std::sync::Arc;
use std::thread;

use super::interrupt::on_interrupt;
use super::settings::Settings;
use super::{Failure, warn};
use crate::clip::Clip;
use crate::cue::Sound;
use crate::plan::{Beats, Cursor, Plan};
use crate::sound::Theme;
use crate::time::Frames;
use crate::timeline::{Clips, Lengths, Missing};
use crate::voice::cache::Cache;
use crate::voice::spoken::spoken;
use crate::voice::{self, Chosen, Pool, VoiceError};

/// Cues never overlap, so the mix is never louder than its loudest clip: kept to −1 dBFS, it cannot clip.
const CEILING: f32 = 0.891;
/// So many phrases are made ahead of the one that is needed.
const AHEAD: u64 = 32;
/// More workers than this would only cost memory, 15 MB each: two already speak 100 times as fast as they are
/// listened to.
const MOST_WORKERS: usize = 3;

/// Everything that turns a plan's words and sounds into clips.
pub struct Studio {
    pool: Pool,
    voice: String,
    theme: Theme,
    voice_gain: f32,
    english: bool,
    upcoming: Beats<Arc<Plan>>,
    /// Phrases asked for ahead, and phrases placed.
    asked: u64,
    placed: u64,
}

impl Studio {
    /// Opens the theme and chooses the voice; nothing is spoken yet.
    ///
    /// # Errors
    /// When a sound cannot be read, or there is no voice at all.
    pub fn open(settings: &Settings, plan: &Arc<Plan>, from: Cursor) -> Result<Self, Failure> {
        let mut theme = Theme::built_in().map_err(Failure::failed)?;
        if let Some(folder) = &settings.sounds {
            theme = theme.with_folder(folder).map_err(Failure::failed)?;
        }
        let Chosen { engines, notices } = voice::choose(&voice::Settings {
            voice: settings.voice.clone(),
            speed: settings.speed,
            language: plan.language().to_owned(),
            command: settings.command.clone(),
            folder: settings.voices.clone(),
        })
        .map_err(Failure::failed)?;
        notices.iter().for_each(|notice| warn(notice));
        let voice = engines.first().map_or_else(String::new, |engine| engine.name().to_owned());
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let cache = settings.cache.as_ref().map(|(folder, limit)| Cache::new(folder, *limit));
        Ok(Self {
            pool: Pool::new(engines, cache, cores.min(MOST_WORKERS)),
            voice,
            theme: theme.scaled(settings.sound_gain, CEILING),
            voice_gain: settings.voice_gain,
            english: plan.language() == "en" || plan.language().starts_with("en-"),
            upcoming: Beats::new(Arc::clone(plan), from),
            asked: 0,
            placed: 0,
        })
    }

    /// The name of the voice that speaks.
    pub fn voice(&self) -> &str {
        &self.voice
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// What the voice is given: written words as they are said.
    fn said(&self, words: &str) -> String {
        if self.english { spoken(words) } else { words.to_owned() }
    }

    /// Keeps the workers busy with what comes next.
    pub fn look_ahead(&mut self) {
        while self.asked < self.placed + AHEAD {
            let Some((_, beat)) = self.upcoming.next() else { break };
            for words in beat.words() {
                self.asked += 1;
                self.pool.want(&self.said(words));
            }
        }
    }

    fn adjusted(&self, clip: Clip) -> Clip {
        scaled_below(clip, self.voice_gain, CEILING)
    }

    /// The theme is below the ceiling already, but resampling can overshoot.
    fn stretched(&self, sound: Sound, frames: Frames) -> Clip {
        scaled_below(self.theme.fitted(sound, frames), 1.0, CEILING)
    }
}

/// The clip times `gain`, or less where its peak would pass `ceiling`.
fn scaled_below(clip: Clip, gain: f32, ceiling: f32) -> Clip {
    let peak = clip.peak();
    let factor = if peak * gain > ceiling { ceiling / peak } else { gain };
    if factor == 1.0 { clip } else { clip.scaled(factor) }
}

/// Waits for every clip: for files and tables.
pub struct Patient(pub Studio);

impl Patient {
    /// As [`Studio::open`]. An interrupt ends the waiting, however long a voice may take: [`VoiceError::Stopped`].
    pub fn open(settings: &Settings, plan: &Arc<Plan>, from: Cursor) -> Result<Self, Failure> {
        let studio = Studio::open(settings, plan, from)?;
        let stopper = studio.pool().stopper();
        on_interrupt(move || stopper.stop())?;
        Ok(Self(studio))
    }
}

impl Lengths for Patient {
    type Error = VoiceError;

    fn speech(&mut self, words: &str) -> Result<Frames, VoiceError> {
        self.0.look_ahead();
        let said = self.0.said(words);
        let frames = match self.0.pool.frames(&said) {
            Some(frames) => frames?,
            None => self.0.pool.wait(&said)?.frames(),
        };
        self.0.placed += 1;
        Ok(frames)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.0.theme.clip(sound).frames()
    }
}

impl Clips for Patient {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, VoiceError> {
        Ok(self.0.adjusted(self.0.pool.wait(&self.0.said(words))?))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.0.theme.clip(sound).clone()
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.0.stretched(sound, frames)
    }
}

/// Never waits: for playing, where time does not wait either.
pub struct Live(pub Studio);

fn missing(error: VoiceError) -> Missing {
    Missing::Never(error.to_string())
}

impl Lengths for Live {
    type Error = Missing;

    fn speech(&mut self, words: &str) -> Result<Frames, Missing> {
        self.0.look_ahead();
        let said = self.0.said(words);
        let frames = match self.0.pool.frames(&said) {
            Some(frames) => frames.map_err(missing)?,
            None => self.0.pool.clip(&said).ok_or(Missing::NotYet)?.map_err(missing)?.frames(),
        };
        self.0.placed += 1;
        Ok(frames)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.0.theme.clip(sound).frames()
    }
}

impl Clips for Live {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Missing> {
        let clip = self.0.pool.clip(&self.0.said(words)).ok_or(Missing::NotYet)?.map_err(missing)?;
        Ok(self.0.adjusted(clip))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.0.theme.clip(sound).clone()
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.0.stretched(sound, frames)
    }
}
