//! A routine whose words and sounds are tones, so that it needs no voice and can be found again in what is decoded.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::path::PathBuf;

use floorcoach::clip::Clip;
use floorcoach::cue::Sound;
use floorcoach::library::Library;
use floorcoach::plan::{Length, Options, Plan};
use floorcoach::render::{
    Caption, Captions, EncodeOptions, Level, Order, Output, Target, Track, render, samples,
};
use floorcoach::time::Frames;
use floorcoach::timeline::{Chapter, Clips, Cue, Lengths, Survey, Walk};
use tempfile::TempDir;

/// The smallest PNG there is: one pixel.
pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82";

/// Words become a hum that depends on them and lasts as long as they are: a low tone that rises, with overtones, because
/// codecs of speech treat pure high tones badly.
pub struct Tones;

fn hum(frames: usize, seed: usize) -> Clip {
    let start = 100.0 + (seed % 17) as f32 * 7.0;
    let samples: Vec<f32> = (0..frames)
        .map(|n| {
            let t = n as f32 / 48_000.0;
            let swell = (n.min(frames - n) as f32 / 480.0).min(1.0);
            let turns = (start + 20.0 * t) * t;
            let overtones =
                (1..=12).map(|nth| (turns * nth as f32 * std::f32::consts::TAU).sin() / nth as f32);
            overtones.sum::<f32>() * 0.3 * swell
        })
        .map(|sample| (sample * 32_767.0).round() / 32_767.0)
        .collect();
    Clip::new(samples)
}

impl Lengths for Tones {
    type Error = Infallible;

    fn speech(&mut self, words: &str) -> Result<Frames, Infallible> {
        Ok(Frames::new(words.len() as u64 * 1_013))
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        Frames::new(4_000 + sound.name().len() as u64 * 511)
    }
}

impl Clips for Tones {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Infallible> {
        Ok(hum(words.len() * 1_013, words.len() + words.bytes().map(usize::from).sum::<usize>()))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        hum(self.sound(sound).get() as usize, sound.name().len())
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        hum(frames.get() as usize, sound.name().len())
    }
}

fn plan() -> Plan {
    let routine =
        Library::new(None).find("desk-break").expect("it is built in").routine().expect("it is right");
    Plan::new(&routine, Options { length: Length::Short, ..Options::default() })
}

/// What is to be found again in a file.
pub struct Score {
    pub samples: Vec<f32>,
    pub chapters: Vec<Chapter>,
    pub captions: Vec<Caption>,
}

impl Score {
    /// Lyrics have every caption, each in a line that begins with its time.
    pub fn assert_lyrics(&self, lyrics: &str, format: &str) {
        let timed = lyrics.lines().filter_map(|line| line.strip_prefix('[')?.split_once(']'));
        let is_time = |time: &str| time.starts_with(|first: char| first.is_ascii_digit());
        let texts: Vec<&str> =
            timed.filter(|(time, text)| is_time(time) && !text.is_empty()).map(|(_, text)| text).collect();
        let wanted: Vec<&str> = self.captions.iter().map(|caption| caption.text.as_str()).collect();
        assert_eq!(texts, wanted, "{format}");
    }

    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / 48_000.0
    }
}

pub fn score() -> Score {
    let plan = plan();
    let survey = Survey::of(&plan, plan.start(), &mut Tones).expect("tones never fail");
    let mut whole = Vec::new();
    samples(
        &plan,
        plan.start(),
        &mut Tones,
        |_| ControlFlow::Continue(()),
        |block| {
            whole.extend_from_slice(block);
            Ok(())
        },
    )
    .expect("tones never fail");
    let (mut walk, mut cues) = (Walk::begin(&plan, plan.start()), Vec::<Cue>::new());
    while walk.step(&mut Tones, &mut cues).expect("tones never fail").is_some() {}
    let mut captions = Captions::default();
    cues.iter().for_each(|cue| captions.add(cue));
    Score { samples: whole, chapters: survey.chapters, captions: captions.all() }
}

/// What the file is to tell, with letters beyond ASCII.
pub fn about() -> Track {
    Track {
        title: "Rücken – 背中".into(),
        album: "Album ä".into(),
        artist: "Floorcoach".into(),
        genre: "Fitness".into(),
        date: Some("2026-05-31".into()),
        language: "en".into(),
        comment: "Routine `desk-break`".into(),
        number: Some((2, 5)),
        cover: Some(PICTURE.to_vec()),
        ..Track::default()
    }
}

/// The routine in a file of that format, in a folder that goes when dropped.
pub fn rendered(format: &str, options: EncodeOptions) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a temporary folder");
    let path = folder.path().join(format!("routine.{format}"));
    let plan = plan();
    let target = Target::new::<Infallible>(&path, false, None, options).expect("a good target");
    let output = Output::whole::<Infallible>(target, &[], false).expect("a good target");
    let going_on = |_: Option<&_>| ControlFlow::Continue(());
    let order = Order { output: &output, about: &about(), level: &Level::new(1.0, &output) };
    let frames = render(&plan, plan.start(), &mut Tones, order, going_on);
    frames.unwrap_or_else(|error| panic!("{format}: {error}"));
    let names: Vec<_> = folder.path().read_dir().expect("readable").collect();
    assert_eq!(names.len(), 1, "{format}: only the file is left");
    (folder, path)
}
