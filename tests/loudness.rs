//! Every file is as loud as it was asked to be, by the judgement of two meters that are not ours.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use floorcoach::render::FORMATS;
use tempfile::TempDir;

const TARGET: f64 = -16.0;
const OFF_BY: f64 = 0.5;
const TRUE_PEAK: f64 = -1.0;

struct Bench {
    folder: TempDir,
    ffmpeg: bool,
}

impl Bench {
    fn new() -> Self {
        let ffmpeg = Command::new("ffmpeg").arg("-version").output().is_ok();
        if !ffmpeg {
            eprintln!("SKIPPED: ffmpeg is not installed, so no second program measures the loudness");
        }
        Self { folder: TempDir::new().expect("a folder"), ffmpeg }
    }

    fn render(&self, arguments: &[&str]) -> PathBuf {
        let path = self.folder.path().join("out.wav");
        self.render_to(&path, arguments);
        path
    }

    fn render_to(&self, path: &Path, arguments: &[&str]) {
        let home = self.folder.path().join("home");
        let out = Command::new(cargo_bin("floorcoach"))
            .arg("render")
            .args(arguments)
            .args(["--voice", "fake", "--force", "-o"])
            .arg(path)
            .envs(["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"].map(|name| (name, &home)))
            .output()
            .expect("it runs");
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    /// LUFS and dBTP, by every meter there is.
    fn measured(&self, path: &Path) -> Vec<(f64, f64)> {
        let mut all = vec![crate_meter(path)];
        if self.ffmpeg {
            all.push(ffmpeg(path));
        }
        all
    }

    fn is_at(&self, target: f64, arguments: &[&str]) {
        let path = self.render(arguments);
        for (loudness, peak) in self.measured(&path) {
            assert!((loudness - target).abs() <= OFF_BY, "{arguments:?}: {loudness} LUFS");
            assert!(peak <= TRUE_PEAK, "{arguments:?}: {peak} dBTP");
        }
    }
}

fn crate_meter(path: &Path) -> (f64, f64) {
    let mut file = hound::WavReader::open(path).expect("a WAV file");
    let samples: Vec<i16> = file.samples().map(|sample| sample.expect("whole")).collect();
    let mode = ebur128::Mode::I | ebur128::Mode::TRUE_PEAK;
    let mut meter = ebur128::EbuR128::new(1, 48_000, mode).expect("a meter");
    meter.add_frames_i16(&samples).expect("mono");
    let peak = meter.true_peak(0).expect("measured");
    (meter.loudness_global().expect("measured"), 20.0 * peak.log10())
}

fn ffmpeg(path: &Path) -> (f64, f64) {
    let out = Command::new("ffmpeg")
        .args(["-nostats", "-hide_banner", "-i"])
        .arg(path)
        .args(["-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-"])
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&out.stderr);
    let value = |name: &str| {
        let line = text.lines().rev().find_map(|line| line.trim().strip_prefix(name));
        line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).expect("a summary")
    };
    (value("I:"), value("Peak:"))
}

#[test]
fn built_in_routines_are_as_loud_as_a_podcast() {
    let bench = Bench::new();
    for guidance in ["full", "brief", "minimal"] {
        bench.is_at(TARGET, &["upper-back", "--short", "--guidance", guidance]);
        bench.is_at(TARGET, &["desk-break", "--guidance", guidance]);
    }
    bench.is_at(-20.0, &["desk-break", "--loudness", "-20"]);
    bench.is_at(TARGET, &["desk-break", "--keep-awake", "--lead-in", "3s"]);
}

/// What a lossy format makes of it is as loud, and has no peak that a player has to clip. Brief guidance has the highest
/// peaks for its loudness.
#[test]
fn lossy_files_are_as_loud_and_do_not_clip_where_they_are_played() {
    let bench = Bench::new();
    if !bench.ffmpeg {
        return;
    }
    for format in FORMATS.iter().filter(|format| format.kbit.is_some()) {
        for guidance in ["full", "brief"] {
            let path = bench.folder.path().join(format!("out.{}", format.name));
            bench.render_to(&path, &["desk-break", "--guidance", guidance]);
            let (loudness, peak) = ffmpeg(&path);
            assert!((loudness - TARGET).abs() <= OFF_BY, "{} {guidance}: {loudness} LUFS", format.name);
            assert!(peak <= TRUE_PEAK, "{} {guidance}: {peak} dBTP", format.name);
        }
    }
}

#[test]
fn volumes_shift_the_balance_and_not_the_whole() {
    let bench = Bench::new();
    bench.is_at(TARGET, &["desk-break", "--voice-volume", "-6"]);
    bench.is_at(TARGET, &["desk-break", "--voice-volume", "12"]);
    bench.is_at(TARGET, &["desk-break", "--sound-volume", "6"]);
    bench.is_at(TARGET, &["desk-break", "--sound-volume", "-20", "--voice-volume", "-20"]);
}

#[test]
fn sounds_of_the_users_own_may_be_as_loud_or_soft_as_they_like() {
    let bench = Bench::new();
    let sounds = bench.folder.path().join("sounds");
    fs::create_dir(&sounds).expect("a new folder");
    for (name, level) in [("tick", 32_767.0), ("hold-start", 40.0), ("exercise", 32_767.0)] {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 44_100,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut file =
            hound::WavWriter::create(sounds.join(format!("{name}.wav")), spec).expect("a new file");
        for at in 0..8_000 {
            let square = if at / 30 % 2 == 0 { level } else { -level };
            file.write_sample(square as i16).expect("written");
        }
        file.finalize().expect("whole");
    }
    let sounds = sounds.to_str().expect("a plain name");
    bench.is_at(TARGET, &["desk-break", "--sounds", sounds]);
    bench.is_at(TARGET, &["desk-break", "--guidance", "minimal", "--sounds", sounds]);
}
