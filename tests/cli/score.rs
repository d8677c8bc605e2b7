//! What `show --json` prints, read back.

use std::path::Path;

use serde::Deserialize;

use crate::home::Home;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    pub routine: String,
    pub length: String,
    pub voice: String,
    pub sample_rate: u32,
    pub frames: u64,
    pub duration_ms: u64,
    pub chapters: Vec<Chapter>,
    pub cues: Vec<Cue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    pub title: String,
    pub start_ms: u64,
    pub end_ms: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    pub frame: usize,
    pub frames: usize,
    pub kind: String,
    pub sound: Option<String>,
    pub text: Option<String>,
    pub exercise: Option<String>,
    pub set: Option<u32>,
    pub rep: Option<u32>,
    pub side: Option<String>,
    pub phase: String,
}

impl Cue {
    pub fn is_sound(&self, name: &str) -> bool {
        self.sound.as_deref() == Some(name)
    }
}

/// The score of `show ARGUMENTS --json`.
#[track_caller]
pub fn score(home: &Home, arguments: &[&str]) -> Score {
    let text = home.run(&[&["show"], arguments, &["--json"]].concat()).quietly();
    serde_json::from_str(&text).expect("the JSON of the documentation")
}

/// The samples of a rendered file, which is 16-bit mono at 48 kHz.
#[track_caller]
pub fn samples(file: &Path) -> Vec<i16> {
    let mut wav = hound::WavReader::open(file).expect("a WAV file");
    let spec = wav.spec();
    assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 48_000, 16));
    assert_eq!(spec.sample_format, hound::SampleFormat::Int);
    wav.samples().map(|sample| sample.expect("a whole file")).collect()
}
