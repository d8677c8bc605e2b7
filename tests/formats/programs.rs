//! What other programs read in the files. Each test is skipped, and says so, where its program is not installed.

use std::path::Path;
use std::process::Command;

use floorcoach::render::{EncodeOptions, FORMATS, Quality};
use serde_json::Value;

use crate::studio::{PICTURE, about, rendered, score};

/// What a program prints; `None`, loudly, when it is not installed.
fn output(program: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    // Names beyond ASCII are only told where the locale has them.
    let Ok(output) = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output() else {
        eprintln!("SKIPPED: `{program}` is not installed, so what it reads was not tested");
        return None;
    };
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {message}");
    Some(output.stdout)
}

fn seconds(value: &Value) -> f64 {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no number: {value}"))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

#[test]
fn ffprobe_reads_length_chapters_and_tags() {
    let score = score();
    for format in FORMATS {
        let (_folder, path) = rendered(format.name, EncodeOptions::default());
        let show =
            ["-v", "error", "-of", "json", "-show_format", "-show_streams", "-show_chapters", text(&path)];
        let Some(json) = output("ffprobe", &show) else { return };
        let json: Value = serde_json::from_slice(&json).expect("JSON");
        // For MP3 and Opus it adds the samples that a decoder drops.
        let length = seconds(&json["format"]["duration"]);
        assert!((length - score.seconds()).abs() < 0.1, "{}: {length} s", format.name);
        let mut chapters = json["chapters"].as_array().expect("chapters").clone();
        chapters.sort_by(|a, b| seconds(&a["start_time"]).total_cmp(&seconds(&b["start_time"])));
        assert_eq!(chapters.len(), score.chapters.len(), "{}: {chapters:#?}", format.name);
        for (read, wanted) in chapters.iter().zip(&score.chapters) {
            let start = wanted.start.get() as f64 / 48_000.0;
            let shift = seconds(&read["start_time"]) - start;
            assert!(shift.abs() < 0.010, "{}: {} is {shift} s off", format.name, wanted.title);
            assert_eq!(read["tags"]["title"], wanted.title.as_str(), "{}", format.name);
        }
        let streams = json["streams"].as_array().expect("streams").iter();
        let tags: Vec<(String, String)> = streams
            .chain([&json["format"]])
            .filter_map(|part| part["tags"].as_object())
            .flatten()
            .map(|(key, value)| (key.to_lowercase(), value.as_str().unwrap_or_default().to_owned()))
            .collect();
        let has = |key: &str, value: &str| {
            let found = tags.iter().any(|(name, text)| name == key && text == value);
            assert!(found, "{}: no {key} = {value} in {tags:#?}", format.name);
        };
        let about = about();
        has("title", &about.title);
        has("album", &about.album);
        has("artist", &about.artist);
        has("genre", &about.genre);
        has("comment", &about.comment);
        if format.name != "mp3" {
            // ID3v2.3 has the year apart from the day, and ffprobe shows only the year.
            has("date", "2026-05-31");
        }
    }
}

#[test]
fn ffmpeg_decodes_the_timeline_in_its_place() {
    let score = score();
    for format in FORMATS {
        for quality in [Quality::Low, Quality::Normal, Quality::High] {
            let (_folder, path) =
                rendered(format.name, EncodeOptions { quality, ..EncodeOptions::default() });
            let decode =
                ["-v", "error", "-i", text(&path), "-map", "0:a", "-ar", "48000", "-f", "f32le", "-"];
            let Some(bytes) = output("ffmpeg", &decode) else { return };
            let (floats, _) = bytes.as_chunks::<4>();
            let decoded: Vec<f32> = floats.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            // Older versions of ffmpeg do not cut the last packet of AAC where the edit list says.
            let late = if format.name.starts_with("m4") { 2_048 } else { 1 };
            let more = decoded.len() as i64 - score.samples.len() as i64;
            assert!((0..=late).contains(&more.abs()), "{} {quality:?}: {more} samples more", format.name);
            let (lag, likeness) = lag(&decoded, &score.samples);
            println!(
                "{} {quality:?}: {more} samples more, {lag} ms late, likeness {likeness:.4}",
                format.name
            );
            assert!(lag.abs() < 2.0, "{} {quality:?}: {lag} ms late", format.name);
            assert!(likeness > 0.9, "{} {quality:?}: likeness {likeness}", format.name);
        }
    }
}

/// By how many milliseconds a stretch of `decoded` is late, and how like its loudness is to that of `wanted` then (1: the
/// same). The loudness, because codecs of speech keep how a sound is heard rather than its wave.
fn lag(decoded: &[f32], wanted: &[f32]) -> (f64, f64) {
    const STEP: usize = 24;
    const WINDOW: usize = 480;
    let loudness = |samples: &[f32]| -> Vec<f64> {
        let squares = |part: &[f32]| part.iter().map(|a| f64::from(*a).powi(2)).sum::<f64>().sqrt();
        samples.windows(WINDOW).step_by(STEP).map(squares).collect()
    };
    let most = 48_000 * 40;
    let (decoded, wanted) = (loudness(&decoded[..most]), loudness(&wanted[..most]));
    let edge = 400;
    let inside = edge..wanted.len() - edge;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let likeness = |lag: i64| {
        let late = (inside.start as i64 + lag) as usize..(inside.end as i64 + lag) as usize;
        let (a, b) = (&decoded[late], &wanted[inside.clone()]);
        product(a, b) / (product(a, a) * product(b, b)).sqrt()
    };
    let best = (-200..=200).max_by(|a, b| likeness(*a).total_cmp(&likeness(*b))).expect("not empty");
    (best as f64 * STEP as f64 / 48.0, likeness(best))
}

#[test]
fn mediainfo_reads_length_and_chapters() {
    let score = score();
    for format in FORMATS {
        let (_folder, path) = rendered(format.name, EncodeOptions::default());
        let Some(json) = output("mediainfo", &["--Output=JSON", text(&path)]) else { return };
        let json: Value = serde_json::from_slice(&json).expect("JSON");
        let tracks = json["media"]["track"].as_array().expect("tracks");
        let length = seconds(&tracks[0]["Duration"]);
        assert!((length - score.seconds()).abs() < 0.1, "{}: {length} s", format.name);
        // Nothing tells the encoding of texts in WAV, and it takes ours for Latin-1.
        if format.name != "wav" {
            assert_eq!(tracks[0]["Title"], about().title.as_str(), "{}", format.name);
        }
        // It shows no chapters of MP3 and WAV.
        if matches!(format.name, "mp3" | "wav") {
            continue;
        }
        let menus = tracks.iter().filter(|track| track["@type"] == "Menu");
        let found = menus.filter_map(|menu| menu["extra"].as_object()).any(|entries| {
            let titles: Vec<&str> = entries
                .iter()
                .filter(|(key, _)| key.starts_with('_'))
                .filter_map(|(_, title)| title.as_str())
                .collect();
            titles.len() == score.chapters.len()
                && titles.iter().zip(&score.chapters).all(|(title, chapter)| *title == chapter.title)
        });
        assert!(found, "{}: {json:#}", format.name);
    }
}

/// Prints, as JSON, what mutagen knows of the file.
const MUTAGEN: &str = r#"
import json, sys
import mutagen
from mutagen.mp4 import MP4
file = mutagen.File(sys.argv[1])
tags = file.tags
out = {"length": file.info.length, "keys": sorted(set(str(key).split(":")[0] for key in tags.keys()))}
if hasattr(tags, "getall"):
    out["chapters"] = sorted([c.start_time / 1000, c.sub_frames["TIT2"].text[0]] for c in tags.getall("CHAP"))
    out["contents"] = [len(c.child_element_ids) for c in tags.getall("CTOC")]
    out["lyrics"] = [u.text for u in tags.getall("USLT")]
    out["timed"] = [[len(s.text), s.text[1][1]] for s in tags.getall("SYLT")]
    out["title"] = str(tags["TIT2"])
    out["date"] = str(tags.get("TDRC", ""))
    out["cover"] = [len(p.data) for p in tags.getall("APIC")]
elif isinstance(file, MP4):
    out["chapters"] = [[c.start, c.title] for c in file.chapters]
    out["lyrics"] = tags["\xa9lyr"]
    out["title"] = tags["\xa9nam"][0]
    out["date"] = tags["\xa9day"][0]
    out["cover"] = [len(p) for p in tags["covr"]]
else:
    names = sorted(key for key in tags.keys() if key.lower().startswith("chapter") and not key.lower().endswith("name"))
    def time(text):
        h, m, s = text.split(":")
        return int(h) * 3600 + int(m) * 60 + float(s)
    out["chapters"] = [[time(tags[n][0]), tags[n + "name"][0]] for n in names]
    out["lyrics"] = tags["lyrics"]
    out["title"] = tags["title"][0]
    out["date"] = tags["date"][0]
    import base64
    from mutagen.flac import Picture
    pictures = getattr(file, "pictures", None) or [Picture(base64.b64decode(p)) for p in tags.get("metadata_block_picture", [])]
    out["cover"] = [len(p.data) for p in pictures]
print(json.dumps(out))
"#;

#[test]
fn mutagen_reads_chapters_lyrics_and_cover() {
    let python = ["python3", "/usr/bin/python3"].into_iter().find(|python| {
        let import = Command::new(python).args(["-c", "import mutagen"]).output();
        import.is_ok_and(|output| output.status.success())
    });
    let Some(python) = python else {
        eprintln!("SKIPPED: `mutagen` is not installed for `python3`, so what it reads was not tested");
        return;
    };
    let score = score();
    for format in FORMATS {
        let (_folder, path) = rendered(format.name, EncodeOptions::default());
        let Some(json) = output(python, &["-c", MUTAGEN, text(&path)]) else { return };
        let json: Value = serde_json::from_slice(&json).expect("JSON");
        let length = json["length"].as_f64().expect("a length");
        // MP3: it counts the frames, with what a decoder drops.
        assert!((length - score.seconds()).abs() < 0.1, "{}: {length} s", format.name);
        assert_eq!(json["title"], about().title.as_str(), "{}", format.name);
        assert_eq!(json["date"], "2026-05-31", "{}", format.name);
        assert_eq!(json["cover"], serde_json::json!([PICTURE.len()]), "{}", format.name);
        let lyrics = json["lyrics"][0].as_str().expect("lyrics");
        score.assert_lyrics(lyrics, format.name);
        // The chapters of WAV are cue points, which it does not know.
        if format.name == "wav" {
            continue;
        }
        let chapters = json["chapters"].as_array().expect("chapters");
        assert_eq!(chapters.len(), score.chapters.len(), "{}: {json:#}", format.name);
        for (read, wanted) in chapters.iter().zip(&score.chapters) {
            let shift = read[0].as_f64().expect("a time") - wanted.start.get() as f64 / 48_000.0;
            assert!(shift.abs() < 0.010, "{}: {} is {shift} s off", format.name, wanted.title);
            assert_eq!(read[1], wanted.title.as_str(), "{}", format.name);
        }
        if format.name == "mp3" {
            assert_eq!(json["contents"], serde_json::json!([score.chapters.len()]));
            assert_eq!(json["timed"][0][0], score.captions.len());
        }
    }
}
