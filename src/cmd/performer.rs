//! Words and sounds while playing, where time does not wait: from the pool or, if the system speaks, aloud.

use std::env;
use std::process::Command;

use super::settings::Settings;
use super::studio::Studio;
use super::{Failure, warn};
use crate::clip::Clip;
use crate::cue::Sound;
use crate::time::Frames;
use crate::timeline::{Clips, Lengths, Missing, Said};
use crate::voice::system::{self, Manner, Mouth, Process, Saying};
use crate::voice::{Pool, VoiceError};

/// The hidden command that the helper is.
pub const HELPER: &str = "system-voice";

/// Never waits.
pub struct Live {
    studio: Studio,
    /// The voice of the system, as long as it is there. The pool makes the same words in reserve, so that it can take over
    /// in the middle of a sentence.
    mouth: Option<Mouth>,
}

impl Live {
    /// With the voice of the system, if that is asked for and there.
    ///
    /// # Errors
    /// When the system has no voice of that name.
    pub fn new(studio: Studio, settings: &Settings, language: &str) -> Result<Self, Failure> {
        let Some(name) = settings.system_voice() else {
            return Ok(Self { studio, mouth: None });
        };
        let mouth = match mouth(settings, name, language, settings.voice_gain) {
            Ok(mouth) => Some(mouth),
            Err(unknown @ VoiceError::UnknownSystemVoice { .. }) => return Err(Failure::usage(unknown)),
            Err(missing) => {
                warn(&format!("{missing}. Going on with the voice `{}`.", studio.voice()));
                None
            }
        };
        Ok(Self { studio, mouth })
    }

    fn pool(&self) -> &Pool {
        self.studio.pool()
    }
}

/// Starts the helper and waits until its voice is there.
///
/// # Errors
/// As [`Mouth::open`].
pub fn mouth(
    settings: &Settings,
    name: Option<&str>,
    language: &str,
    volume: f32,
) -> Result<Mouth, VoiceError> {
    if !system::is_built_in() {
        return Err(VoiceError::System(
            "it is not part of this build; `make build SYSTEM_VOICE=1` in the source folder makes one with it".to_owned(),
        ));
    }
    let program = env::current_exe().map_err(|error| VoiceError::System(error.to_string()))?;
    let mut command = Command::new(program);
    command.arg(HELPER);
    let manner = Manner {
        name: name.map(str::to_owned),
        language: language.to_owned(),
        speed: settings.speed,
        pitch: settings.pitch,
        volume,
    };
    Mouth::open(Box::new(Process::start(command, &manner)?), manner)
}

fn missing(error: VoiceError) -> Missing {
    Missing::Never(error.to_string())
}

impl Lengths for Live {
    type Error = Missing;

    fn speech(&mut self, words: &str) -> Result<Frames, Missing> {
        self.studio.look_ahead();
        let said = self.studio.said(words);
        let frames = match (&self.mouth, self.studio.aloud()) {
            (Some(_), Some(speed)) => {
                self.pool().want(&said);
                system::estimate(&said, speed)
            }
            _ => match self.pool().frames(&said) {
                Some(frames) => frames.map_err(missing)?,
                None => self.pool().clip(&said).ok_or(Missing::NotYet)?.map_err(missing)?.frames(),
            },
        };
        self.studio.placed();
        Ok(frames)
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.studio.length(sound)
    }
}

impl Clips for Live {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Missing> {
        if self.mouth.is_some() {
            return Err(Missing::Aloud);
        }
        let clip = self.pool().clip(&self.studio.said(words)).ok_or(Missing::NotYet)?.map_err(missing)?;
        Ok(self.studio.adjusted(clip))
    }

    fn say(&mut self, words: &str) {
        let said = self.studio.said(words);
        // In reserve, before all others.
        let _ = self.pool().clip(&said);
        if let Some(mouth) = &mut self.mouth {
            mouth.say(&said);
        }
    }

    fn hush(&mut self) {
        if let Some(mouth) = &mut self.mouth {
            mouth.hush();
        }
    }

    fn said(&mut self) -> Said {
        match self.mouth.as_mut().map(Mouth::said) {
            Some(Saying::Still) => Said::NotYet,
            Some(Saying::Done) | None => Said::Done,
            Some(Saying::Lost(why)) => {
                self.mouth = None;
                let next = self.studio.voice();
                Said::Lost(format!("note: the system's voice {why}; going on with the voice `{next}`"))
            }
        }
    }

    fn prepare(&mut self, words: &str) {
        self.pool().want(&self.studio.said(words));
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.studio.sound(sound).clone()
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.studio.stretched(sound, frames)
    }
}
