//! How fast words become samples, in parts and as a whole. `cargo bench --bench voice`.
//!
//! One item is one millisecond of sound, so **K items/s reads as “times real time”**: 60 Kitem/s is a minute of speech
//! made in a second. Every sample speaks every sentence of the full upper-back routine once (see `phrases`), without
//! a cache. Rates are wall time; for CPU time and the comparison with the model's own package see `scripts/bench.py`.

mod phrases;

use std::collections::HashMap;
use std::convert::Infallible;
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};

use divan::Bencher;
use divan::counter::ItemsCount;
use floorcoach::clip::Clip;
use floorcoach::cue::Sound;
use floorcoach::plan::Plan;
use floorcoach::render::samples;
use floorcoach::resample::resample;
use floorcoach::sound::Theme;
use floorcoach::time::{Frames, MIX_RATE};
use floorcoach::timeline::{Clips, Lengths, Walk};
use floorcoach::voice::fake::Fake;
use floorcoach::voice::natural::acoustic::Spectra;
use floorcoach::voice::natural::vocoder::{SAMPLE_RATE, Vocoder};
use floorcoach::voice::natural::{self, Models};
use floorcoach::voice::spoken::spoken;
use floorcoach::voice::{self, Engine, Pool, Settings, Speed, Voice};
use rten::ThreadPool;

fn main() {
    if !embedded() {
        eprintln!(
            "**********************************************************************\n\
             *  The natural voice is not built in: its benchmarks are LEFT OUT.   *\n\
             *  `make voice` fetches it.                                          *\n\
             **********************************************************************"
        );
    }
    divan::main();
}

fn embedded() -> bool {
    natural::licences().is_some()
}

fn models() -> Models {
    Models::built_in().expect("the benchmark is left out otherwise").expect("the embedded files are whole")
}

/// Every phrase as it is handed to the voice.
fn said() -> Vec<String> {
    phrases::phrases().iter().map(|words| spoken(words)).collect()
}

fn millis(samples: usize, rate: u32) -> ItemsCount {
    ItemsCount::new(samples as u64 * 1_000 / u64::from(rate))
}

/// What the program does: a pool of workers, no cache. The models are loaded before.
#[divan::bench(args = [1, 2], sample_count = 10, sample_size = 1, ignore = !embedded())]
fn words_to_samples(bencher: Bencher, workers: usize) {
    let engine = engine();
    let pool = || Pool::new(vec![Arc::clone(&engine)], None, workers);
    bencher.counter(length()).with_inputs(pool).bench_values(|pool| speak(&pool));
}

fn engine() -> Arc<dyn Engine> {
    Arc::clone(&voice::choose(&Settings::default()).expect("it is built in").engines[0])
}

/// Samples of all phrases, at the mix rate.
fn speak(pool: &Pool) -> usize {
    let said = said();
    said.iter().for_each(|words| pool.want(words));
    said.iter().map(|words| pool.wait(words).expect("it speaks").samples().len()).sum()
}

/// How much speech all phrases are as they are heard, trimmed of silence: the measure of the whole and of its parts.
fn length() -> ItemsCount {
    static SAMPLES: OnceLock<usize> = OnceLock::new();
    millis(*SAMPLES.get_or_init(|| speak(&Pool::new(vec![engine()], None, 2))), MIX_RATE)
}

/// Words to phonemes: numbers and abbreviations spelled out, then the pronunciation of every word.
#[divan::bench(sample_count = 20, sample_size = 1, ignore = !embedded())]
fn part_1_spoken_and_g2p(bencher: Bencher) {
    let (phrases, models) = (phrases::phrases(), models());
    bencher.counter(length()).bench_local(|| {
        phrases.iter().map(|words| models.phonemizer.phonemes(&spoken(words)).len()).sum::<usize>()
    });
}

/// Phonemes to spectra, on one thread.
#[divan::bench(sample_count = 10, sample_size = 1, ignore = !embedded())]
fn part_2_model(bencher: Bencher) {
    let models = models();
    let ids: Vec<Vec<i32>> =
        said().iter().map(|words| models.acoustic.ids(&models.phonemizer.phonemes(words))).collect();
    let threads = Arc::new(ThreadPool::with_num_threads(1));
    bencher.counter(length()).bench_local(|| {
        let spectra = ids.iter().map(|ids| models.acoustic.spectra(ids, 1.0, &threads).expect("it speaks"));
        spectra.map(|spectra| spectra.frames()).sum::<usize>()
    });
}

/// Spectra to samples at 24 kHz.
#[divan::bench(sample_count = 20, sample_size = 1, ignore = !embedded())]
fn part_3_vocoder(bencher: Bencher) {
    let spectra = spectra(&models());
    let mut vocoder = Vocoder::new();
    bencher
        .counter(length())
        .bench_local(|| spectra.iter().map(|spectra| vocoder.samples(spectra, 1).len()).sum::<usize>());
}

/// 24 kHz to 48 kHz.
#[divan::bench(sample_count = 20, sample_size = 1, ignore = !embedded())]
fn part_4_resample(bencher: Bencher) {
    let mut vocoder = Vocoder::new();
    let sounds: Vec<Vec<f32>> =
        spectra(&models()).iter().map(|spectra| vocoder.samples(spectra, 1)).collect();
    bencher.counter(length()).bench_local(|| {
        sounds.iter().map(|sound| resample(sound, SAMPLE_RATE, MIX_RATE).len()).sum::<usize>()
    });
}

/// The spectra of every phrase.
fn spectra(models: &Models) -> Vec<Spectra> {
    let threads = Arc::new(ThreadPool::with_num_threads(1));
    let ids = said().into_iter().map(|words| models.acoustic.ids(&models.phonemizer.phonemes(&words)));
    ids.map(|ids| models.acoustic.spectra(&ids, 1.0, &threads).expect("it speaks")).collect()
}

/// Reading the models into memory: what the first phrase of a run waits for.
#[divan::bench(sample_count = 20, sample_size = 1, ignore = !embedded())]
fn loading() -> Models {
    models()
}

/// Decoding the built-in sounds.
#[divan::bench(sample_count = 20)]
fn loading_sounds() -> Theme {
    Theme::built_in().expect("they are ours")
}

/// Everything but the voice: the whole routine planned, placed and mixed, with tones for words.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn plan_place_mix(bencher: Bencher) {
    let plan = phrases::plan();
    let mut tones = Tones::new();
    let length = mixed(&plan, &mut tones).get() as usize;
    bencher.counter(millis(length, MIX_RATE)).bench_local(|| mixed(&phrases::plan(), &mut tones));
}

/// Only planned and placed: what `show` does.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn plan_place(bencher: Bencher) {
    let mut tones = Tones::new();
    let length = mixed(&phrases::plan(), &mut tones);
    bencher.counter(millis(length.get() as usize, MIX_RATE)).bench_local(|| {
        let plan = phrases::plan();
        let (mut walk, mut cues) = (Walk::new(&plan, plan.start(), Frames::ZERO), Vec::new());
        while let Ok(Some(_)) = walk.step(&mut tones, &mut cues) {
            cues.clear();
        }
        walk.at()
    });
}

fn mixed(plan: &Plan, tones: &mut Tones) -> Frames {
    let frames = samples(
        plan,
        plan.start(),
        tones,
        |_| ControlFlow::Continue(()),
        |block| {
            divan::black_box(block);
            Ok(())
        },
    );
    frames.expect("nothing here can fail")
}

/// A clip for everything, made before the clock runs.
struct Tones {
    words: HashMap<String, Clip>,
    theme: Theme,
}

impl Tones {
    fn new() -> Self {
        let mut fake = Fake::new(Speed::NORMAL);
        let mut speak = |words: String| {
            let clip = fake.speak(&words).expect("tones need nothing");
            (words, clip)
        };
        Self {
            words: phrases::phrases().into_iter().map(&mut speak).collect(),
            theme: Theme::built_in().expect("they are ours"),
        }
    }
}

impl Lengths for Tones {
    type Error = Infallible;

    fn speech(&mut self, words: &str) -> Result<Frames, Infallible> {
        Ok(self.words[words].frames())
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.theme.clip(sound).frames()
    }
}

impl Clips for Tones {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Infallible> {
        Ok(self.words[words].clone())
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.theme.clip(sound).clone()
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.theme.fitted(sound, frames)
    }
}
