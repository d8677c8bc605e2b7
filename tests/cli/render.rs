//! `render`: the file is what `show --json` says, to the sample.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use floorcoach::library::Library;
use floorcoach::routine::{Action, Sides, Work};
use floorcoach::time::Millis;
use floorcoach::voice::fake::Fake;
use floorcoach::voice::spoken::spoken;
use floorcoach::voice::{Speed, Voice};

use crate::home::{Home, fake};
use crate::score::{Score, samples, score};

/// The samples of `render ARGUMENTS`.
fn rendered(home: &Home, arguments: &[&str]) -> Vec<i16> {
    let ran = home.run(&[&["render", "-o", "out.wav", "--force"], arguments].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    samples(&home.work().join("out.wav"))
}

/// A sound as it stands in `sounds/`, which is what the theme is made of.
fn sound(name: &str) -> Vec<i16> {
    samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("sounds/{name}.wav")))
}

fn speech(text: &str) -> Vec<i16> {
    let clip = Fake::new(Speed::NORMAL).speak(&spoken(text)).expect("the fake never fails");
    clip.samples().iter().map(|sample| (sample * 32_767.0).round() as i16).collect()
}

/// The two have one shape: everything is brought to a loudness, and what rings after a loud stroke is raised with it, most
/// where sounds have to guide alone. Different sounds are far less alike.
fn alike(heard: &[i16], wanted: &[i16]) -> bool {
    let product =
        |a: &[i16], b: &[i16]| a.iter().zip(b).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
    let (both, wanted, heard) = (product(heard, wanted), product(wanted, wanted), product(heard, heard));
    both / (wanted * heard).sqrt() > 0.9
}

/// Each cue is found at its very frames: words and sounds in their shape, pauses as silence.
fn assert_is_what_is_shown(score: &Score, samples: &[i16]) {
    assert_eq!(samples.len() as u64, score.frames);
    let (mut at, mut sounds) = (0, HashMap::new());
    for cue in &score.cues {
        assert_eq!(cue.frame, at, "cues tile the timeline");
        at += cue.frames;
        let heard = &samples[cue.frame..at];
        match (cue.kind.as_str(), &cue.text, &cue.sound) {
            ("pause", None, None) => assert!(heard.iter().all(|&sample| sample == 0), "{cue:?}"),
            ("speech", Some(text), None) => {
                let wanted = speech(text);
                assert!(heard.len() == wanted.len() && alike(heard, &wanted), "{cue:?}");
            }
            ("sound", None, Some(name)) => {
                let whole = sounds.entry(name.clone()).or_insert_with(|| sound(name));
                assert!(heard.iter().any(|sample| sample.unsigned_abs() > 300), "{cue:?} is heard");
                if name.starts_with("breathe") {
                    continue;
                }
                // A sound that would reach into the next mark is faded out in its last 5 ms.
                let unfaded = if heard.len() < whole.len() { heard.len() - 240 } else { heard.len() };
                assert!(alike(&heard[..unfaded], &whole[..unfaded]), "{cue:?}");
            }
            _ => panic!("{cue:?}"),
        }
    }
    assert_eq!(at as u64, score.frames);
}

/// From the first sample of each start chime to that of the next end chime, in frames, with the exercise.
fn holds(score: &Score) -> Vec<(&str, usize)> {
    let starts = score.cues.iter().enumerate().filter(|(_, cue)| cue.is_sound("hold-start"));
    let hold = |(at, start): (usize, &crate::score::Cue)| {
        let end = score.cues[at..].iter().find(|cue| cue.is_sound("hold-end")).map_or(0, |end| end.frame);
        end - start.frame
    };
    starts.map(|(at, start)| (start.exercise.as_deref().unwrap_or(""), hold((at, start)))).collect()
}

#[test]
fn every_cue_is_where_it_is_said_to_be() {
    for routine in ["upper-back", "desk-break"] {
        let home = Home::new();
        let arguments = fake(&[routine, "--short"]);
        let score = score(&home, &arguments);
        assert_is_what_is_shown(&score, &rendered(&home, &arguments));
    }
}

#[test]
fn every_hold_of_the_full_form_is_exact() {
    let home = Home::new();
    let score = score(&home, &fake(&["upper-back"]));
    let routine = Library::default().find("upper-back").expect("built in").routine().expect("no problems");
    let mut expected = Vec::new();
    for exercise in &routine.exercises {
        let sides = if exercise.sides == Sides::None { 1 } else { 2 };
        let mut add = |times: u32, lasts: Millis| {
            let hold = (exercise.id.as_str(), usize::try_from(lasts.frames().get()).expect("short"));
            expected.extend(std::iter::repeat_n(hold, (times * sides) as usize));
        };
        match &exercise.work {
            // The time of a timed exercise is between the same two chimes.
            Work::Timed(lasts) => add(1, *lasts),
            Work::Reps { count, phases } => phases.iter().for_each(|phase| {
                if let Action::Hold(lasts) = phase.action {
                    add(*count, lasts);
                }
            }),
        }
    }
    assert_eq!(expected.len(), 10 + 5 + 2 * 5 + 5 + 2 * 10 + 5 + 1, "the article's holds and foam rolling");
    assert_eq!(holds(&score), expected);
}

#[test]
fn options_mean_the_same_for_show_and_render() {
    let home = Home::new();
    for options in [
        &["--from", "bridge"][..],
        &["--from", "Bird Dog", "--guidance", "brief"],
        &["--short", "--from", "7", "--guidance", "minimal"],
    ] {
        let arguments = fake(&[&["upper-back"], options].concat());
        let score = score(&home, &arguments);
        assert_is_what_is_shown(&score, &rendered(&home, &arguments));
        assert!(score.cues.iter().all(|cue| cue.exercise.as_deref() != Some("wall-angels")), "{options:?}");
    }
}

#[test]
fn speed_and_volumes_mean_the_same_for_show_and_render() {
    let home = Home::new();
    let normal = fake(&["desk-break", "--from", "wall-angels"]);
    let calm = rendered(&home, &normal);
    let changed = [&normal[..], &["--speed", "1.5", "--voice-volume", "-6", "--sound-volume", "3"]].concat();
    let (score, samples) = (score(&home, &changed), rendered(&home, &changed));
    assert_eq!(samples.len() as u64, score.frames);
    assert!(samples.len() < calm.len(), "faster words");
    let loudest = |kind: &str| {
        let of_kind = score.cues.iter().filter(|cue| cue.kind == kind);
        of_kind.flat_map(|cue| &samples[cue.frame..cue.frame + cue.frames]).map(|s| s.unsigned_abs()).max()
    };
    assert_eq!(loudest("pause"), Some(0));
    // 9 dB between the two are a factor of 2.82.
    let ratio = |score: &Score, samples: &[i16]| {
        let peak = |kind: &str| {
            let of_kind = score.cues.iter().filter(|cue| cue.kind == kind);
            let heard = of_kind.flat_map(|cue| &samples[cue.frame..cue.frame + cue.frames]);
            f64::from(heard.map(|sample| sample.unsigned_abs()).max().unwrap_or(0))
        };
        peak("sound") / peak("speech")
    };
    let shifted = ratio(&score, &samples) / ratio(&self::score(&home, &normal), &calm);
    assert!((2.6..3.0).contains(&shifted), "{shifted}");
}

#[test]
fn the_loudest_volumes_do_not_clip() {
    let home = Home::new();
    let arguments = fake(&["desk-break", "--short", "--voice-volume", "60", "--sound-volume", "60"]);
    let peak = rendered(&home, &arguments).iter().map(|sample| sample.unsigned_abs()).max();
    let ceiling = (32_767.0 * 0.891) as u16 + 1;
    assert!(peak.is_some_and(|peak| (9_000..=ceiling).contains(&peak)), "{peak:?}");
}

#[test]
fn two_renders_are_the_same_bytes_with_a_cache_and_without() {
    let home = Home::new();
    let render = |name: &str, options: &[&str]| {
        let all = [&["render", "desk-break", "--short", "--voice", "fake", "-o", name], options].concat();
        assert_eq!(home.run(&all).code, Some(0));
        fs::read(home.work().join(name)).expect("it was written")
    };
    let fresh = render("fresh.wav", &["--no-cache"]);
    assert_eq!(Home::names(&home.cache()), Vec::<String>::new());
    assert!(fresh == render("kept.wav", &[]));
    let kept = Home::names(&home.cache());
    assert!(kept.len() > 10, "{kept:?}");
    assert!(fresh == render("cached.wav", &[]));
    assert_eq!(Home::names(&home.cache()), kept);
    // A damaged phrase is made again.
    let path = home.cache().join(&kept[0]);
    let mut damaged = fs::read(&path).expect("it was written");
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    fs::write(&path, &damaged).expect("it is writable");
    assert!(fresh == render("mended.wav", &[]));
    assert!(fs::read(&path).expect("it is there") != damaged);
}

/// With the real voice: what comes from the cache is what came from the voice, sample for sample.
#[test]
fn the_natural_voice_is_the_same_fresh_and_from_the_cache() {
    let home = Home::new();
    if !crate::home::NATURAL_VOICE {
        eprintln!("SKIPPED: this program was built without the natural voice; `make voice` fetches it");
        return;
    }
    home.write("one.toml", crate::home::ROUTINE);
    let render = |name: &str, options: &[&str]| {
        let all = [&["render", "one.toml", "--short", "--voice", "natural", "-o", name], options].concat();
        let ran = home.run(&all);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        fs::read(home.work().join(name)).expect("it was written")
    };
    let fresh = render("fresh.wav", &["--no-cache"]);
    let first = render("first.wav", &[]);
    let second = render("second.wav", &[]);
    assert!(!Home::names(&home.cache()).is_empty());
    assert!(fresh == first && first == second);
}

#[test]
fn the_report_names_the_file_its_length_and_size() {
    let home = Home::new();
    home.write("one.toml", crate::home::ROUTINE);
    let ran = home.run(&fake(&["render", "one.toml", "-o", "out.wav"]));
    let frames = score(&home, &fake(&["one.toml"])).frames;
    let seconds = (frames + 24_000) / 48_000;
    let length = fs::metadata(home.work().join("out.wav")).expect("it was written").len();
    assert!(length >= 44 + 2 * frames, "the samples, their header, and chapters behind them");
    let size = indicatif::HumanBytes(length);
    let report = format!("out.wav: {}:{:02}, {size}\n", seconds / 60, seconds % 60);
    assert_eq!((ran.code, ran.out, ran.err), (Some(0), String::new(), report));
}
