//! The config file: defaults that options override, and mistakes with their line.

use std::fs;

use crate::home::{Home, ROUTINE, fake};
use crate::score::score;

const HEAD: &str =
    "error: the config file `~/config/floorcoach/config.toml` has a mistake; mend it or move it away:\n";

#[test]
fn its_values_hold_unless_an_option_says_otherwise() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    let plain = score(&home, &fake(&["one.toml"]));
    home.config(
        "length = \"short\"\nguidance = \"minimal\"\nvoice = \"fake\"\nspeed = 2\nvoice-volume = -3.0\n\
         sound-volume = 1\ncache-size = 9223372036854775807\n",
    );
    let configured = score(&home, &["one.toml", "--no-cache"]);
    assert_eq!((configured.length.as_str(), configured.voice.as_str()), ("short", "fake"));
    let asked = fake(&["one.toml", "--short", "--guidance", "minimal", "--speed", "2.0"]);
    home.config("");
    assert_eq!(configured.frames, score(&home, &asked).frames);
    home.config("length = \"short\"\nguidance = \"minimal\"\nvoice = \"natural\"\nspeed = 2\n");
    let overridden = fake(&["one.toml", "--full", "--guidance", "full", "--speed", "1"]);
    assert_eq!(score(&home, &overridden).frames, plain.frames);
    assert!(configured.frames < plain.frames);
}

#[test]
fn mistakes_are_shown_with_their_line() {
    let home = Home::new();
    let told = |text: &str| {
        home.config(text);
        let ran = home.run(&["show", "desk-break"]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        ran.err.strip_prefix(HEAD).unwrap_or(&ran.err).to_owned()
    };
    insta::assert_snapshot!(told("speed = 1.0\nlenght = \"short\"\n"), @r#"
    TOML parse error at line 2, column 1
      |
    2 | lenght = "short"
      | ^^^^^^
    unknown field `lenght`, expected one of `length`, `guidance`, `voice`, `speed`, `voice-volume`, `voice-pitch`, `sound-volume`, `sounds`, `lead-in`, `keep-awake`, `cache-size`, `log`, `command`
    "#);
    insta::assert_snapshot!(told("[command]\nargs = []\n"), @r"
    TOML parse error at line 2, column 1
      |
    2 | args = []
      | ^^^^
    unknown field `args`, expected one of `argv`, `preset`, `voice`, `time-limit`
    ");
    insta::assert_snapshot!(told("length = \"half\"\n"), @r#"
    TOML parse error at line 1, column 10
      |
    1 | length = "half"
      |          ^^^^^^
    unknown variant `half`, expected `full` or `short`
    "#);
    insta::assert_snapshot!(told("length = short\n"), @r"
    TOML parse error at line 1, column 10
      |
    1 | length = short
      |          ^^^^^
    string values must be quoted, expected literal string
    ");
}

/// The command line is right, the file is not: code 1, and the file is named.
#[test]
fn values_out_of_their_range_name_the_file() {
    let home = Home::new();
    for (text, message) in [
        ("speed = 3", "`3` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)"),
        (
            "sound-volume = 99",
            "`99` is no volume for `sound-volume`; give decibels from -60 to 60, 0 for as it is",
        ),
        (
            "voice = \"robot\"",
            "there is no voice `robot`; choose one of `natural`, `command`, `espeak-ng`, `piper`, `say`, `system`",
        ),
    ] {
        home.config(text);
        home.run(&["show", "desk-break"])
            .fails(1, &format!("error: in the config file `~/config/floorcoach/config.toml`: {message}"));
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_only_where_it_is_needed() {
    let home = Home::new();
    fs::create_dir(home.work().join("../config/floorcoach/config.toml")).expect("it is writable");
    home.run(&fake(&["show", "desk-break"])).fails(
        1,
        "error: cannot read the config file `~/config/floorcoach/config.toml`: Is a directory (os error 21); mend it or \
         move it away",
    );
    assert!(home.run(&["list"]).quietly().contains("desk-break"));
    let home = Home::new();
    fs::write(home.work().join("../config/floorcoach/config.toml"), b"voice = \"\xff\"").expect("writable");
    home.run(&fake(&["show", "desk-break"])).fails(
        1,
        "error: cannot read the config file `~/config/floorcoach/config.toml`: stream did not contain valid UTF-8; mend \
         it or move it away",
    );
}

/// Its folder of sounds is found from the file's own place, wherever the program is started.
#[test]
fn a_folder_of_sounds_is_beside_the_file() {
    let home = Home::new();
    home.config("sounds = \"sounds\"\nvoice = \"fake\"\n");
    home.run(&["show", "desk-break"]).fails(
        1,
        "error: cannot read the sound folder `~/config/floorcoach/sounds`: No such file or directory (os error 2); give \
         `--sounds` a folder that exists",
    );
    let sounds = home.work().join("../config/floorcoach/sounds");
    fs::create_dir(&sounds).expect("it is writable");
    let tick = concat!(env!("CARGO_MANIFEST_DIR"), "/sounds/tick.wav");
    fs::copy(tick, sounds.join("rep.wav")).expect("it is readable");
    let score = score(&home, &["desk-break", "--no-cache"]);
    let lengths: Vec<usize> = score
        .cues
        .iter()
        .filter(|cue| cue.is_sound("rep") || cue.is_sound("tick"))
        .map(|cue| cue.frames)
        .collect();
    assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{lengths:?}");
}
