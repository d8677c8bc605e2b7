//! `--sounds`: the user's own sounds, in the file and in messages.

use std::fs;
use std::path::Path;

use crate::home::{Home, ROUTINE, fake};
use crate::score::{samples, score};

fn home() -> Home {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    fs::create_dir(home.work().join("mine")).expect("it is writable");
    home
}

const KNOWN: &str = "the sounds are `tick`, `tick-high`, `hold-start`, `hold-end`, `rep`, `switch`, `exercise`, \
    `finish`, `breathe-in`, `breathe-out`, `pause`, `resume`, `next`, `previous`, `repeat`, `where`, `hurts`, `volume`, \
    `quit`, each with the ending `.wav`, `.flac`, `.mp3` or `.ogg` (for example `tick.wav`)";

#[test]
fn folders_and_files_that_will_not_do_are_named() {
    let home = home();
    let show = |folder: &str| home.run(&fake(&["show", "one.toml", "--sounds", folder]));
    let nothing = format!("error: no file in the folder `mine` is named like a sound; {KNOWN}");
    show("mine").fails(1, &nothing);
    home.write("mine/tock.wav", "x");
    show("mine").fails(1, &nothing);
    home.write("mine/tick.wav", "not a sound");
    show("mine").fails(
        1,
        "error: the sound file `mine/tick.wav` is no WAV, FLAC, MP3 or OGG Vorbis file that can be decoded (The format \
         of the data has not been recognized.); convert it to WAV",
    );
    show("none").fails(
        1,
        "error: cannot read the sound folder `none`: No such file or directory (os error 2); give `--sounds` a folder \
         that exists",
    );
}

#[test]
fn own_sounds_are_heard_where_the_cues_are() {
    let home = home();
    let media = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/media");
    for (file, name) in [("mono-22k.mp3", "rep.mp3"), ("stereo-44k.flac", "Tick-High.FLAC")] {
        fs::copy(media.join(file), home.work().join("mine").join(name)).expect("it is readable");
    }
    let arguments = fake(&["one.toml", "--sounds", "mine"]);
    let (own, usual) = (score(&home, &arguments), score(&home, &fake(&["one.toml"])));
    let ran = home.run(&[&["render", "-o", "out.wav"], &arguments[..]].concat());
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let samples = samples(&home.work().join("out.wav"));
    assert_eq!(samples.len() as u64, own.frames);
    for name in ["rep", "tick-high"] {
        let cue = |of: &crate::score::Score| {
            let cue = of.cues.iter().find(|cue| cue.is_sound(name)).expect("it is in there");
            (cue.frame, cue.frames)
        };
        let (at, frames) = cue(&own);
        assert_ne!(cue(&usual).1, frames, "{name} has its own length");
        assert!(samples[at..at + frames].iter().any(|sample| sample.unsigned_abs() > 300), "{name}");
    }
}
