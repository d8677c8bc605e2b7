//! Unknown words: a small character transformer that maps spelling to phonemes, run through rten.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::compile::Section;
use super::data::{Data, DataError};
use crate::voice::natural::operators::model_options;

/// Letters that the model reads at most; the rest of a longer word is cut off, as in its training.
const LONGEST: usize = 24;

/// The speller. Its model costs 3 MB and some milliseconds, so it is loaded when the first unknown word comes.
pub struct Speller {
    letters: Vec<char>,
    sounds: Vec<char>,
    onnx: Cow<'static, [u8]>,
    network: OnceLock<Option<Network>>,
}

struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
    threads: Arc<ThreadPool>,
}

impl Speller {
    /// Takes the alphabets from compact data and the model's file (`oov.onnx`), unopened.
    ///
    /// # Errors
    /// When the alphabets are unreadable.
    pub fn new(data: &Data, onnx: Cow<'static, [u8]>) -> Result<Self, DataError> {
        Ok(Self {
            letters: data.text(Section::Letters)?.chars().collect(),
            sounds: data.text(Section::Sounds)?.chars().collect(),
            onnx,
            network: OnceLock::new(),
        })
    }

    /// The phonemes of a word; none when it has no letter that the model knows, or the model does not run.
    pub fn spell(&self, word: &str) -> Option<String> {
        let id = |c: char| self.letters.iter().position(|&l| l == c).and_then(|i| i32::try_from(i + 1).ok());
        let ids: Vec<i32> = word.chars().filter_map(id).take(LONGEST).collect();
        if ids.is_empty() {
            return None;
        }
        let network = self.network.get_or_init(|| Network::open(self.onnx.clone())).as_ref()?;
        let mut phonemes = String::new();
        let mut last = 0;
        for id in network.run(ids)? {
            if id != last && id > 0 {
                phonemes.extend(usize::try_from(id - 1).ok().and_then(|i| self.sounds.get(i)));
            }
            last = id;
        }
        Some(phonemes).filter(|p| !p.trim().is_empty())
    }
}

impl Network {
    fn open(onnx: Cow<'static, [u8]>) -> Option<Self> {
        let options = model_options();
        let model = match onnx {
            Cow::Borrowed(bytes) => options.load_static_slice(bytes),
            Cow::Owned(bytes) => options.load(bytes),
        };
        let model = model.ok()?;
        let (&input, &output) = (model.input_ids().first()?, model.output_ids().first()?);
        Some(Self { model, input, output, threads: Arc::new(ThreadPool::with_num_threads(1)) })
    }

    /// Letter ids in, phoneme ids out: 0 and repeats are fillers.
    fn run(&self, ids: Vec<i32>) -> Option<Vec<i32>> {
        let chars = NdTensor::from_data([1, ids.len()], ids);
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(&self.threads));
        let [out] = self.model.run_n(vec![(self.input, chars.into())], [self.output], Some(options)).ok()?;
        let out: NdTensor<i32, 2> = out.try_into().ok()?;
        Some(out.iter().copied().collect())
    }
}
