//! The natural voice: a small neural English voice that runs in this process.
//!
//! Written words become phonemes ([`g2p`]), phonemes become spectra ([`acoustic`]), spectra become samples
//! ([`vocoder`]). The files come from the `hibari-tts` package; where they were there at build time they are
//! part of the program, otherwise they are looked for in a folder.

pub mod acoustic;
pub mod g2p;
mod operators;
pub mod vocoder;

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rten::ThreadPool;

use self::acoustic::Acoustic;
use self::g2p::{Accent, Phonemizer};
use self::vocoder::{SAMPLE_RATE, Vocoder};
use super::{Engine, Settings, Speed, Voice, VoiceError};
use crate::clip::Clip;
use crate::resample::resample;
use crate::time::{MIX_RATE, Millis};

/// Changes whenever the same files and words give other samples than before.
const REVISION: u32 = 3;

const MODEL: &str = "hibari.onnx";
const VOCABULARY: &str = "vocab.json";
const SPELLER: &str = "oov.onnx";

/// A phrase of more phonemes is spoken clause by clause: the model's time and memory grow with its length.
const LONGEST: usize = 300;

/// What is quieter than this share of the loudest sample (−48 dB) is the silence around the words; a margin is
/// left, because an `h` or `f` begins below that level.
const SILENCE: f32 = 0.004;
const MARGIN: Millis = Millis::new(15);

/// The voice's files as parts of the program.
#[derive(Clone, Copy)]
struct Embedded {
    model: &'static [u8],
    vocabulary: &'static [u8],
    pronunciation: &'static [u8],
    speller: &'static [u8],
    /// Of all of them.
    sum: &'static str,
    notice: &'static str,
    licence: &'static str,
}

/// `None` in a program that was built without the files.
#[cfg(not(voice_embedded))]
const EMBEDDED: Option<Embedded> = None;
#[cfg(voice_embedded)]
const EMBEDDED: Option<Embedded> = Some(Embedded {
    model: include_bytes!(concat!(env!("OUT_DIR"), "/hibari.onnx")),
    vocabulary: include_bytes!(concat!(env!("OUT_DIR"), "/vocab.json")),
    pronunciation: include_bytes!(concat!(env!("OUT_DIR"), "/pronunciation.bin")),
    speller: include_bytes!(concat!(env!("OUT_DIR"), "/oov.onnx")),
    sum: env!("FLOORCOACH_VOICE_SUM"),
    notice: include_str!(concat!(env!("OUT_DIR"), "/NOTICE")),
    licence: include_str!(concat!(env!("OUT_DIR"), "/LICENSE")),
});

/// Where the voice's files are.
enum Source {
    Embedded(Embedded),
    Folder(PathBuf),
}

/// The natural voice, if it is there and can speak the language.
pub(super) fn engine(settings: &Settings) -> Result<Arc<dyn Engine>, VoiceError> {
    if !settings.speaks_english() {
        return Err(VoiceError::Engine(format!(
            "the built-in voice speaks English, not `{}`; set up another one with `--voice` or in the config file",
            settings.language
        )));
    }
    let (source, sum) = match (EMBEDDED, &settings.folder) {
        (Some(embedded), _) => (Source::Embedded(embedded), embedded.sum.to_owned()),
        (None, Some(folder)) => (Source::Folder(folder.clone()), sum_of(folder)?),
        (None, None) => return Err(VoiceError::NotInstalled),
    };
    let fingerprint = format!("natural {REVISION} {sum} {}", settings.speed);
    Ok(Arc::new(Natural { source, fingerprint, speed: settings.speed, loaded: Mutex::new(None) }))
}

/// Part of the key of cached phrases, and proof that every file can be read.
fn sum_of(folder: &Path) -> Result<String, VoiceError> {
    let mut sum = crc32fast::Hasher::new();
    for file in [MODEL, VOCABULARY, SPELLER].iter().chain(&g2p::FILES) {
        sum.update(&fs::read(folder.join(file)).map_err(|_| VoiceError::NotInstalled)?);
    }
    Ok(format!("{:08x}", sum.finalize()))
}

/// The licence and notices of the embedded files; `None` where nothing is embedded.
pub fn licences() -> Option<String> {
    EMBEDDED.map(|embedded| format!("{}\n{}", embedded.notice, embedded.licence))
}

struct Natural {
    source: Source,
    fingerprint: String,
    speed: Speed,
    /// Loaded by the first worker that has to speak, and shared by all.
    loaded: Mutex<Option<Arc<Models>>>,
}

/// The loaded files of a voice. Immutable, so all workers share them.
pub struct Models {
    pub phonemizer: Phonemizer,
    pub acoustic: Acoustic,
}

impl Engine for Natural {
    fn name(&self) -> &str {
        "natural"
    }

    fn fingerprint(&self) -> String {
        self.fingerprint.clone()
    }

    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        let models = {
            let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            match &*loaded {
                Some(models) => Arc::clone(models),
                None => Arc::clone(loaded.insert(Arc::new(Models::load(&self.source)?))),
            }
        };
        Ok(Box::new(Speaker {
            models,
            vocoder: Vocoder::new(),
            speed: self.speed.factor(),
            // Two workers with a thread each are faster than one with two.
            threads: Arc::new(ThreadPool::with_num_threads(1)),
        }))
    }
}

impl Models {
    /// Those that are part of the program; `None` where none are.
    ///
    /// # Errors
    /// When they are damaged.
    pub fn built_in() -> Option<Result<Self, VoiceError>> {
        EMBEDDED.map(|files| Self::load(&Source::Embedded(files)))
    }

    fn load(source: &Source) -> Result<Self, VoiceError> {
        let (pronunciation, speller, acoustic): (Cow<[u8]>, Cow<[u8]>, _) = match source {
            Source::Embedded(files) => (
                files.pronunciation.into(),
                files.speller.into(),
                Acoustic::from_static(files.model, files.vocabulary),
            ),
            Source::Folder(folder) => (
                g2p::compile_folder(folder, Accent::American).map_err(broken)?.into(),
                fs::read(folder.join(SPELLER)).map_err(broken)?.into(),
                Acoustic::from_file(&folder.join(MODEL), &folder.join(VOCABULARY)),
            ),
        };
        Ok(Self {
            phonemizer: Phonemizer::new(pronunciation, Some(speller)).map_err(broken)?,
            acoustic: acoustic.map_err(broken)?,
        })
    }
}

fn broken(error: impl std::fmt::Display) -> VoiceError {
    VoiceError::Engine(error.to_string())
}

struct Speaker {
    models: Arc<Models>,
    vocoder: Vocoder,
    speed: f32,
    threads: Arc<ThreadPool>,
}

impl Voice for Speaker {
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError> {
        let phonemes = self.models.phonemizer.phonemes(words);
        let mut samples = Vec::new();
        for clause in clauses(&phonemes) {
            let ids = self.models.acoustic.ids(clause);
            let spectra = self.models.acoustic.spectra(&ids, self.speed, &self.threads).map_err(broken)?;
            samples.extend(self.vocoder.samples(&spectra, seed(clause)));
        }
        let clip = Clip::new(resample(&samples, SAMPLE_RATE, MIX_RATE));
        let peak = clip.peak();
        Ok(clip.trimmed(SILENCE * peak, MARGIN))
    }
}

/// The noise in a voice is random, but the same for the same phonemes (FNV-1a), so that a phrase made again fits
/// where the first one was placed.
fn seed(phonemes: &str) -> u64 {
    phonemes
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Cuts a very long phrase behind its marks, or between words where there are none.
fn clauses(phonemes: &str) -> Vec<&str> {
    let mut clauses = Vec::new();
    let mut rest = phonemes;
    while let Some((end, _)) = rest.char_indices().nth(LONGEST) {
        let head = &rest[..end];
        let mark = head
            .rfind(['.', '!', '?', ';', ':', ',', '—', '…'])
            .map(|at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let cut = mark.or_else(|| head.rfind(' ').map(|at| at + 1)).unwrap_or(end);
        clauses.push(&rest[..cut]);
        rest = &rest[cut..];
    }
    if !rest.trim().is_empty() {
        clauses.push(rest);
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_phrases_are_cut_at_marks_then_at_spaces_then_anywhere() {
        let text = format!("{}, {} {}", "a".repeat(250), "b".repeat(250), "c".repeat(650));
        let parts = clauses(&text);
        assert_eq!(parts.concat(), text);
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [251, 252, 300, 300, 50]);
        assert!(clauses("").is_empty());
    }
}
