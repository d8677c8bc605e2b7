//! Sound themes: which clip is heard for which sound; ours, with any of them replaced by the user's own.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::clip::Clip;
use crate::cue::Sound;
use crate::loudness::{self, Measure};
use crate::resample;
use crate::time::Frames;

pub mod decode;

use decode::{DecodeError, decode};

/// The endings of the files that may replace a sound.
pub const ENDINGS: [&str; 4] = ["wav", "flac", "mp3", "ogg"];

/// Why a theme cannot be used.
#[derive(Debug, Error)]
pub enum SoundError {
    #[error("the built-in sound `{sound}` {problem}; this is a fault of the program, please report it")]
    BuiltIn { sound: Sound, problem: DecodeError },
    #[error("cannot read the sound folder `{}`: {problem}; give `--sounds` a folder that exists", path.display())]
    Folder { path: PathBuf, problem: io::Error },
    #[error(
        "no file in the folder `{}` is named like a sound; the sounds are {list}, each with the ending {ENDINGS_LISTED} \
         (for example `tick.wav`)", path.display(), list = Sound::list()
    )]
    NothingInFolder { path: PathBuf },
    #[error("both `{}` and `{}` would replace the sound `{sound}`; remove one of them", first.display(), second.display())]
    Twice { sound: Sound, first: PathBuf, second: PathBuf },
    #[error("cannot read the sound file `{}`: {problem}", path.display())]
    Unreadable { path: PathBuf, problem: io::Error },
    #[error("`{}` is not a file, but has the name of a sound; rename it", path.display())]
    NotAFile { path: PathBuf },
    #[error("the sound file `{}` {problem}", path.display())]
    Undecodable { path: PathBuf, problem: DecodeError },
}

const ENDINGS_LISTED: &str = "`.wav`, `.flac`, `.mp3` or `.ogg`";

/// A clip for every sound.
#[derive(Debug, Clone)]
pub struct Theme {
    /// In the order of [`Sound::ALL`], which is that of the variants.
    clips: [Clip; Sound::ALL.len()],
}

impl Theme {
    /// Our own sounds, which are part of the program.
    pub fn built_in() -> Result<Self, SoundError> {
        let mut theme = Self { clips: Sound::ALL.map(|_| Clip::new([])) };
        for sound in Sound::ALL {
            let wav = built_in_wav(sound);
            *theme.clip_mut(sound) = decode(Cursor::new(wav), wav.len() as u64, "wav")
                .map_err(|problem| SoundError::BuiltIn { sound, problem })?;
        }
        Ok(theme)
    }

    /// This theme with the sounds that are found in `folder` instead of its own.
    ///
    /// A file replaces the sound whose name is its own without the ending, one of [`ENDINGS`]; upper and lower case
    /// are the same. Other files are ignored; a folder without any sound is an error, as is one that has two files for one
    /// sound, or one that cannot be decoded (see [`DecodeError`]).
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, SoundError> {
        let unreadable = |problem| SoundError::Folder { path: folder.to_owned(), problem };
        let mut found: Vec<(Sound, PathBuf)> = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if let Some(sound) = sound_of(&path) {
                found.push((sound, path));
            }
        }
        if found.is_empty() {
            return Err(SoundError::NothingInFolder { path: folder.to_owned() });
        }
        // The order of a folder is the system's whim; that of the messages is not.
        found.sort();
        for pair in found.windows(2) {
            if let [(sound, first), (same, second)] = pair
                && sound == same
            {
                return Err(SoundError::Twice {
                    sound: *sound,
                    first: first.clone(),
                    second: second.clone(),
                });
            }
        }
        for (sound, path) in found {
            *self.clip_mut(sound) = read(path)?;
        }
        Ok(self)
    }

    /// What is heard for `sound`.
    pub fn clip(&self, sound: Sound) -> &Clip {
        &self.clips[sound as usize]
    }

    /// The clip of `sound` played faster or slower (and so higher or lower) until it lasts exactly `length`.
    ///
    /// Meant for the breathing tones, which sound for as long as the breath. Made anew at every call.
    pub fn fitted(&self, sound: Sound, length: Frames) -> Clip {
        let clip = self.clip(sound);
        if clip.frames() == length {
            return clip.clone();
        }
        Clip::new(resample::to_length(clip.samples(), usize::try_from(length.get()).unwrap_or(usize::MAX)))
    }

    /// Brings a sound to its level beside words that are at [`loudness::SPEECH`], whatever level its file has, times
    /// `gain`, a factor of 1 at the most. It lasts as long as before.
    pub fn level(&mut self, sound: Sound, role: Role, gain: f32) {
        let level = loudness::SPEECH + role.beside_speech(sound);
        *self.clip_mut(sound) = loudness::levelled(self.clip(sound), level, Measure::Momentary).scaled(gain);
    }

    fn clip_mut(&mut self, sound: Sound) -> &mut Clip {
        &mut self.clips[sound as usize]
    }
}

/// What sounds are for, which decides how loud they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// They accompany words that tell everything.
    BesideWords,
    /// There are hardly any words: the sounds are the guidance, and what is normalised is mostly they.
    InsteadOfWords,
}

impl Role {
    /// How much louder a sound is than words, in LU of its loudest 400 ms. Ticks are many and short, and breathing tones long, so
    /// they stay behind; chimes are to be noticed, and startle nobody.
    const fn beside_speech(self, sound: Sound) -> f64 {
        let (beside, instead) = match sound {
            Sound::Tick => (-16.0, -4.0),
            Sound::TickHigh => (-14.5, -3.0),
            Sound::Rep => (-10.0, 0.0),
            Sound::HoldStart | Sound::HoldEnd | Sound::Switch | Sound::Exercise | Sound::Finish => {
                (-4.5, 2.0)
            }
            Sound::BreatheIn | Sound::BreatheOut => (-18.0, -6.0),
        };
        match self {
            Self::BesideWords => beside,
            Self::InsteadOfWords => instead,
        }
    }
}

/// The sound that a file of this name replaces, if any.
fn sound_of(path: &Path) -> Option<Sound> {
    let ending = path.extension()?.to_str()?;
    ENDINGS.iter().find(|known| known.eq_ignore_ascii_case(ending))?;
    path.file_stem()?.to_str()?.parse().ok()
}

fn read(path: PathBuf) -> Result<Clip, SoundError> {
    // Asked before it is opened: opening a pipe would wait for ever.
    let metadata = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(problem) => return Err(SoundError::Unreadable { path, problem }),
    };
    if !metadata.is_file() {
        return Err(SoundError::NotAFile { path });
    }
    let kind = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    match File::open(&path) {
        Ok(file) => decode(BufReader::new(file), metadata.len(), &kind)
            .map_err(|problem| SoundError::Undecodable { path, problem }),
        Err(problem) => Err(SoundError::Unreadable { path, problem }),
    }
}

fn built_in_wav(sound: Sound) -> &'static [u8] {
    match sound {
        Sound::Tick => include_bytes!("../../sounds/tick.wav"),
        Sound::TickHigh => include_bytes!("../../sounds/tick-high.wav"),
        Sound::HoldStart => include_bytes!("../../sounds/hold-start.wav"),
        Sound::HoldEnd => include_bytes!("../../sounds/hold-end.wav"),
        Sound::Rep => include_bytes!("../../sounds/rep.wav"),
        Sound::Switch => include_bytes!("../../sounds/switch.wav"),
        Sound::Exercise => include_bytes!("../../sounds/exercise.wav"),
        Sound::Finish => include_bytes!("../../sounds/finish.wav"),
        Sound::BreatheIn => include_bytes!("../../sounds/breathe-in.wav"),
        Sound::BreatheOut => include_bytes!("../../sounds/breathe-out.wav"),
    }
}

#[cfg(test)]
mod tests;
