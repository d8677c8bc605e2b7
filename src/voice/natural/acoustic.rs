//! The acoustic model: phonemes → spectra, run by `rten`.
//!
//! The model's interface is described in the `hibari-tts` package ("ONNX interface, for ports"): inputs `ids` `[1, L]` and
//! `speed` `[1]`; outputs five spectral parts `[1, 601, F]` and `f0` `[1, F]`, one frame per 12.5 ms.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::NdTensor;
use thiserror::Error;

use super::operators::model_options;

/// Frequency bins of one frame: 0 to 12 kHz in steps of 20 Hz.
pub const BINS: usize = 601;

/// Parts of one frame, in the order of [`Frame`]'s fields.
const PARTS: usize = 5;

/// Where the sentence begins and ends, in the model's alphabet.
const BOUNDARY: i32 = 0;

/// How much faster or slower than as trained the model still speaks well.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.5..=2.0;

/// The declared outputs of the model, in the order of [`Frame`]'s fields.
const OUTPUTS: [&str; PARTS] = ["lh", "theta", "ln", "lr", "phi"];

/// The tensor [1, F, 5 × 601] that the declared outputs are cut and transposed from.
const HEAD: &str = "/head/Add_output_0";

/// What can go wrong between the model's file and its spectra.
#[derive(Debug, Error)]
pub enum AcousticError {
    /// The file cannot be read.
    #[error("cannot read the voice model `{path}`: {source}; reinstall it or choose another voice")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The bytes are no model that can be run.
    #[error("the voice model cannot be loaded: {0}; reinstall it or choose another voice")]
    Load(#[from] rten::LoadError),
    /// The list of phonemes is not a JSON object of one-character strings and numbers.
    #[error("the voice's `vocab.json` cannot be read: {0}; reinstall it or choose another voice")]
    Vocabulary(#[from] serde_json::Error),
    /// The model runs, but is not of this kind.
    #[error(
        "the voice model has no `{0}` of the expected shape: it is of another kind; choose another voice"
    )]
    Interface(&'static str),
    /// The model failed on this phrase.
    #[error("the voice model failed on a phrase: {0}; choose another voice for it")]
    Run(#[from] rten::RunError),
}

/// What the model says about a phrase: how its sound is made, frame by frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spectra {
    /// [F, 5, 601]: frame after frame, so that one frame is read from one place.
    rows: Vec<f32>,
    f0: Vec<f32>,
}

/// One frame of [`Spectra`]: 601 bins for each part.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Log amplitude of the voiced part.
    pub lh: &'a [f32; BINS],
    /// Phase of the voiced part; π·tanh of it is radians.
    pub theta: &'a [f32; BINS],
    /// Log amplitude of the noise.
    pub ln: &'a [f32; BINS],
    /// Log amplitude of the rest, which has its own phase.
    pub lr: &'a [f32; BINS],
    /// Phase of the rest in radians.
    pub phi: &'a [f32; BINS],
}

impl Spectra {
    /// `rows` is `[F, 5, 601]` in the order of [`Frame`]'s fields, `f0` `[F]` is in Hz, 0 where unvoiced.
    /// `None` if the two disagree about F.
    pub fn new(rows: Vec<f32>, f0: Vec<f32>) -> Option<Self> {
        (rows.len() == f0.len() * PARTS * BINS).then_some(Self { rows, f0 })
    }

    /// F, the number of frames of 12.5 ms.
    pub fn frames(&self) -> usize {
        self.f0.len()
    }

    /// Pitch in Hz for each frame, 0 where unvoiced.
    pub fn f0(&self) -> &[f32] {
        &self.f0
    }

    /// The frames in order.
    pub fn iter(&self) -> impl Iterator<Item = Frame<'_>> {
        let (parts, _) = self.rows.as_chunks::<BINS>();
        let (frames, _) = parts.as_chunks::<PARTS>();
        frames.iter().map(|[lh, theta, ln, lr, phi]| Frame { lh, theta, ln, lr, phi })
    }
}

/// A loaded voice. Immutable, so any number of workers may share it.
pub struct Acoustic {
    model: Model,
    vocabulary: HashMap<char, i32>,
    ids: NodeId,
    speed: NodeId,
    f0: NodeId,
    parts: PartsFrom,
}

/// Where the spectral parts are taken from.
enum PartsFrom {
    /// [`HEAD`]: frame after frame already; saves a transposition in the model, 4 % of its time, and another here.
    Head(NodeId),
    /// [`OUTPUTS`]: what every model of this kind has.
    Outputs([NodeId; PARTS]),
}

impl Acoustic {
    /// Loads a model that is part of the program, without a copy of the file (`rten` copies the weights out of it).
    /// `vocabulary` is JSON: an object of one-character strings and their ids.
    pub fn from_static(model: &'static [u8], vocabulary: &[u8]) -> Result<Self, AcousticError> {
        Self::new(options().load_static_slice(model)?, vocabulary)
    }

    /// Loads a model from its file.
    pub fn from_file(model: &Path, vocabulary: &Path) -> Result<Self, AcousticError> {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|source| AcousticError::Read { path: path.to_path_buf(), source })
        };
        Self::new(options().load(read(model)?)?, &read(vocabulary)?)
    }

    fn new(model: Model, vocabulary: &[u8]) -> Result<Self, AcousticError> {
        let node = |name: &'static str| model.find_node(name).ok_or(AcousticError::Interface(name));
        let [lh, theta, ln, lr, phi] = OUTPUTS.map(node);
        let outputs = PartsFrom::Outputs([lh?, theta?, ln?, lr?, phi?]);
        Ok(Self {
            vocabulary: serde_json::from_slice(vocabulary)?,
            ids: node("ids")?,
            speed: node("speed")?,
            f0: node("f0")?,
            parts: model.find_node(HEAD).map_or(outputs, PartsFrom::Head),
            model,
        })
    }

    /// The model's ids of a phoneme string, with the boundary at both ends. Symbols it does not know are left out.
    pub fn ids(&self, phonemes: &str) -> Vec<i32> {
        let known = phonemes.chars().filter_map(|symbol| self.vocabulary.get(&symbol).copied());
        std::iter::once(BOUNDARY).chain(known).chain([BOUNDARY]).collect()
    }

    /// Runs the model on one phrase: `ids` as from [`ids`](Self::ids), `speed` 1.0 as trained, 2.0 twice as fast
    /// (held within 0.5 to 2.0). No phonemes make no frames. Time and memory grow with the phrase: each second
    /// of speech needs 3 MB while the model runs, 1 MB of which is the result; so split at clauses.
    ///
    /// Give each worker a pool of one thread: two workers are faster than one with two threads.
    pub fn spectra(&self, ids: &[i32], speed: f32, pool: &Arc<ThreadPool>) -> Result<Spectra, AcousticError> {
        if ids.iter().all(|&id| id == BOUNDARY) {
            return Ok(Spectra::default());
        }
        let speed = if speed.is_finite() { speed.clamp(*SPEEDS.start(), *SPEEDS.end()) } else { 1.0 };
        let ids = NdTensor::from_data([1, ids.len()], ids.to_vec());
        let speed = NdTensor::from_data([1], vec![speed]);
        let inputs = vec![(self.ids, Value::from(ids).into()), (self.speed, Value::from(speed).into())];
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let (rows, f0) = match self.parts {
            PartsFrom::Head(head) => {
                let [f0, rows] = self.model.run_n(inputs, [self.f0, head], Some(options))?;
                (numbers::<3>(rows, HEAD)?, f0)
            }
            PartsFrom::Outputs([lh, theta, ln, lr, phi]) => {
                let outputs = [self.f0, lh, theta, ln, lr, phi];
                let [f0, parts @ ..] = self.model.run_n(inputs, outputs, Some(options))?;
                (rows_of(parts)?, f0)
            }
        };
        Spectra::new(rows, numbers::<2>(f0, "f0")?).ok_or(AcousticError::Interface("f0"))
    }
}

/// Packing the weights once instead of at each run saves a sixth of the time and costs 7 MB.
fn options() -> ModelOptions {
    let mut options = model_options();
    options.prepack_weights(true);
    options
}

/// The elements of a tensor of floats of `N` dimensions, without a copy.
fn numbers<const N: usize>(value: Value, name: &'static str) -> Result<Vec<f32>, AcousticError> {
    let (_, numbers) = value.into_shape_vec::<f32, N>().map_err(|_| AcousticError::Interface(name))?;
    Ok(numbers)
}

/// Five tensors [1, 601, F] as [F, 5, 601].
fn rows_of(parts: [Value; PARTS]) -> Result<Vec<f32>, AcousticError> {
    let mut rows = Vec::new();
    for (part, (value, name)) in parts.into_iter().zip(OUTPUTS).enumerate() {
        let numbers = numbers::<3>(value, name)?;
        rows.resize(numbers.len() * PARTS, 0.0);
        let frames = numbers.len() / BINS;
        for (bin, of_bin) in numbers.chunks_exact(frames.max(1)).enumerate().take(BINS) {
            let row = rows.iter_mut().skip(part * BINS + bin).step_by(PARTS * BINS);
            row.zip(of_bin).for_each(|(to, from)| *to = *from);
        }
    }
    Ok(rows)
}

#[cfg(all(test, voice_embedded))]
mod tests;
#[cfg(all(test, not(voice_embedded)))]
mod tests {
    #[test]
    #[ignore = "NOT TESTED: the acoustic model; put it into voice/hibari or name its folder in FLOORCOACH_VOICE_DIR"]
    fn the_voice_is_here() {
        panic!("put the voice into voice/hibari or name its folder in FLOORCOACH_VOICE_DIR");
    }
}
