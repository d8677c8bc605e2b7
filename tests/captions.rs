//! Captions beside a rendered file: at the times of `show --json`, readable by another program, all or nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

fn floorcoach(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(cargo_bin("floorcoach"))
        .args(arguments)
        .args(["--voice", "fake"])
        .current_dir(folder)
        .envs(["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"].map(|name| (name, folder)))
        .output()
        .expect("it runs")
}

fn render(folder: &Path, more: &[&str]) -> Output {
    floorcoach(
        folder,
        &[&["render", "desk-break", "--captions", "srt,vtt,lrc", "-o", "desk.wav"], more].concat(),
    )
}

/// `00:01:02,345` in milliseconds.
fn millis(text: &str) -> u64 {
    let parts = text.split([':', ',']).map(|part| part.trim().parse::<u64>().expect("a number"));
    parts.zip([3_600_000, 60_000, 1_000, 1]).map(|(part, unit)| part * unit).sum()
}

#[test]
fn every_phrase_has_a_caption_at_its_time() {
    let folder = TempDir::new().expect("a folder");
    for lead_in in ["0s", "1.5s"] {
        let out = render(folder.path(), &["--force", "--lead-in", lead_in]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let shown = floorcoach(folder.path(), &["show", "desk-break", "--json", "--lead-in", lead_in]);
        let shown: Value = serde_json::from_slice(&shown.stdout).expect("JSON");
        let cues = shown["cues"].as_array().expect("a list");
        let said: Vec<(u64, &str)> = cues
            .iter()
            .filter(|cue| cue["kind"] == "speech")
            .map(|cue| (cue["frame"].as_u64().expect("a frame"), cue["text"].as_str().expect("a text")))
            .collect();
        if lead_in == "1.5s" {
            assert_eq!((cues[0]["frame"].as_u64(), cues[0]["frames"].as_u64()), (Some(0), Some(72_000)));
            assert_eq!(said[0].0, 72_000);
        }
        let srt = fs::read_to_string(folder.path().join("desk.srt")).expect("there");
        let captions: Vec<(u64, &str)> = srt
            .split_terminator("\n\n")
            .map(|block| {
                let mut lines = block.lines().skip(1);
                let times = lines.next().expect("times");
                (millis(times.split(" --> ").next().expect("a start")), lines.next().expect("a text"))
            })
            .collect();
        let spoken = captions.iter().filter(|(_, text)| text.parse::<u32>().is_err());
        let rounded = |frame: u64| (frame as f64 / 48.0).round() as u64;
        assert!(
            spoken
                .zip(&said)
                .all(|((at, text), (frame, words))| at.abs_diff(rounded(*frame)) <= 1 && text == words)
        );
        assert!(captions.len() > said.len() + 20, "holds are counted down");
    }
}

#[test]
fn another_program_reads_them() {
    let folder = TempDir::new().expect("a folder");
    assert!(render(folder.path(), &[]).status.success());
    if Command::new("ffprobe").arg("-version").output().is_err() {
        eprintln!("SKIPPED: ffprobe is not installed, so no second program reads the captions");
        return;
    }
    let count = |name: &str| {
        let out = Command::new("ffprobe")
            .args(["-v", "error", "-count_packets", "-show_entries", "stream=codec_name,nb_read_packets"])
            .args(["-of", "csv=p=0"])
            .arg(folder.path().join(name))
            .output()
            .expect("it runs");
        assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).trim().to_owned()
    };
    let srt = fs::read_to_string(folder.path().join("desk.srt")).expect("there");
    let captions = srt.matches(" --> ").count();
    assert_eq!(count("desk.srt"), format!("subrip,{captions}"));
    assert_eq!(count("desk.vtt"), format!("webvtt,{captions}"));
}

#[test]
fn nothing_is_written_where_one_file_is_in_the_way() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("desk.vtt"), "mine").expect("written");
    let out = render(folder.path(), &[]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stderr).contains("`desk.vtt` is there already"));
    assert!(!folder.path().join("desk.wav").exists() && !folder.path().join("desk.srt").exists());
    assert_eq!(fs::read_to_string(folder.path().join("desk.vtt")).expect("there"), "mine");
}

#[test]
fn wrong_values_are_told() {
    let folder = TempDir::new().expect("a folder");
    for (arguments, message) in [
        (["--captions", "ass"], "`ass` is no format of captions"),
        (["--loudness", "loud"], "`loud` is no loudness; give LUFS from -40 to -8, such as `-16`, or `off`"),
        (["--loudness", "-3"], "`-3` is no loudness"),
        (["--lead-in", "5"], "`5` names no unit"),
    ] {
        let all = [&["render", "desk-break", "-o", "desk.wav"], &arguments[..]].concat();
        let out = floorcoach(folder.path(), &all);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        let told = String::from_utf8_lossy(&out.stderr);
        assert!(told.contains(message), "{told}");
    }
}
