//! Several files in one call: routines, lengths, parts.

use std::fs;

use crate::home::{Home, ROUTINE, fake};
use crate::score::{samples, score};

#[test]
fn both_lengths_of_all_routines_are_the_files_that_single_calls_make() {
    let home = Home::new();
    fs::write(home.routines().join("mine.toml"), ROUTINE).expect("writable");
    let arguments = ["render", "--routines", "all", "--short", "--full", "--format", "wav", "-o", "phone"];
    let told = home.run(&fake(&arguments));
    assert_eq!(told.code, Some(0), "{told:?}");
    let names = Home::names(&home.work().join("phone"));
    let wanted = ["desk-break", "mine", "upper-back"];
    let wanted: Vec<String> = wanted
        .iter()
        .flat_map(|name| ["full", "short"].map(|length| format!("{name}-{length}.wav")))
        .collect();
    assert_eq!(names, wanted);
    // They are told as they come to their end, in any order.
    assert!(wanted.iter().all(|name| told.err.contains(&format!("phone/{name}: "))), "{told:?}");
    for (routine, length) in [("mine", "full"), ("desk-break", "short")] {
        let flag = format!("--{length}");
        let single = home.run(&fake(&["render", routine, &flag, "--force", "-o", "single.wav"]));
        assert_eq!(single.code, Some(0), "{single:?}");
        let read = |path: &str| fs::read(home.work().join(path)).expect("written");
        assert!(read("single.wav") == read(&format!("phone/{routine}-{length}.wav")), "{routine} {length}");
    }
}

#[test]
fn parts_one_after_another_are_the_whole() {
    let home = Home::new();
    let arguments = fake(&["desk-break", "--short"]);
    let score = score(&home, &arguments);
    let render = |more: &[&str]| {
        let ran = home.run(&[&["render"], &arguments[..], more].concat());
        assert_eq!(ran.code, Some(0), "{ran:?}");
        ran.err
    };
    render(&["-o", "whole.wav"]);
    let told = render(&["--split", "--format", "wav", "--captions", "lrc", "-o", "parts"]);
    assert!(told.starts_with("parts/desk-break.m3u8: "), "{told}");
    let parts = home.work().join("parts");
    let list = fs::read_to_string(parts.join("desk-break.m3u8")).expect("there is a playlist");
    let (names, about): (Vec<&str>, Vec<&str>) = list.lines().partition(|line| !line.starts_with('#'));
    assert_eq!(about[0], "#EXTM3U");
    assert_eq!(names.len(), score.chapters.len());
    let mut all = Vec::new();
    for ((name, about), (number, chapter)) in names.iter().zip(&about[1..]).zip((1..).zip(&score.chapters)) {
        assert_eq!(*name, format!("{number:02} {}.wav", chapter.title));
        let samples = samples(&parts.join(name));
        let seconds = (samples.len() as f64 / 48_000.0).round();
        assert_eq!(*about, format!("#EXTINF:{seconds},Floorcoach - {}", chapter.title));
        all.extend(samples);
        // Captions count from the beginning of their file, where an exercise is announced.
        let captions =
            fs::read_to_string(parts.join(name).with_extension("lrc")).expect("there are captions");
        assert!(captions.starts_with(&format!("[ti:{}]", chapter.title)), "{captions}");
        assert!(captions.lines().nth(2).is_some_and(|line| line.starts_with("[00:0")), "{captions}");
    }
    assert!(all == samples(&home.work().join("whole.wav")));
    assert_eq!(Home::names(&parts).len(), 2 * names.len() + 1);
}

#[test]
fn a_file_in_the_way_of_one_part_stops_them_all() {
    let home = Home::new();
    let split = ["render", "desk-break", "--split", "--format", "wav", "-o", "parts"];
    fs::create_dir(home.work().join("parts")).expect("writable");
    home.write("parts/06 Closing.wav", "mine");
    home.write("parts/notes.txt", "mine, too");
    let refused = home.run(&fake(&split));
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("`parts/06 Closing.wav` is there already"), "{refused:?}");
    assert_eq!(Home::names(&home.work().join("parts")), ["06 Closing.wav", "notes.txt"]);
    let forced = home.run(&fake(&[&split[..], &["--force"]].concat()));
    assert_eq!(forced.code, Some(0), "{forced:?}");
    assert_eq!(Home::names(&home.work().join("parts")).len(), 8);
    assert_eq!(fs::read(home.work().join("parts/notes.txt")).expect("there"), b"mine, too");
}

#[test]
fn what_cannot_be_is_told_and_leaves_nothing() {
    let home = Home::new();
    home.write("file", "mine");
    fs::create_dir(home.work().join("other")).expect("writable");
    home.write("other/desk-break.toml", ROUTINE);
    for (arguments, code, message) in [
        (&["desk-break", "upper-back", "-o", "new"][..], 2, "give `--format`"),
        (&["desk-break", "upper-back", "--format", "wav", "-o", "-"], 2, "standard output has no place"),
        (
            &["desk-break", "--captions", "srt", "--format", "wav", "-o", "-"],
            2,
            "standard output has no place",
        ),
        (
            &["desk-break", "--split", "--format", "wav", "-o", "file"],
            2,
            "`file` is a file; for several files",
        ),
        (
            &["desk-break", "--split", "--format", "wav", "-o", "no/where"],
            1,
            "cannot make the folder `no/where`",
        ),
        (
            &["desk-break", "other/desk-break.toml", "--format", "wav", "-o", "new"],
            2,
            "are called `desk-break`",
        ),
        (&["desk-break", "nothing", "--format", "wav", "-o", "new"], 1, "there is no routine `nothing`"),
        (&["desk-break", "other", "--format", "wav", "-o", "new"], 1, "`other` is a folder"),
        (&["--format", "wav", "-o", "new"], 2, "required"),
    ] {
        let ran = home.run(&fake(&[&["render"], arguments].concat()));
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(message), "{arguments:?}: {ran:?}");
        assert_eq!(Home::names(&home.work()), ["file", "other"], "{arguments:?}");
    }
}

/// What can be seen before the work stops all of it.
#[test]
fn a_file_in_the_way_of_one_job_stops_them_all() {
    let home = Home::new();
    fs::create_dir(home.work().join("out")).expect("writable");
    home.write("out/desk-break-short.wav", "mine");
    let arguments = ["render", "desk-break", "--short", "--full", "--format", "wav", "-o", "out"];
    let ran = home.run(&fake(&arguments));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(Home::names(&home.work().join("out")), ["desk-break-short.wav"]);
}
