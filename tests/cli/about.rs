//! What the program tells about itself: help, version, manual, completions, licences.

use crate::home::Home;

const COMMANDS: [&str; 12] = [
    "play",
    "resume",
    "log",
    "doctor",
    "render",
    "show",
    "list",
    "check",
    "new",
    "completions",
    "man",
    "licenses",
];

fn options_of(help: &str) -> Vec<String> {
    let words = help.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '`' | '\''));
    let mut options: Vec<String> =
        words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned).collect();
    options.sort();
    options.dedup();
    options
}

#[test]
fn help_has_every_command_and_examples() {
    let home = Home::new();
    let help = home.run(&["--help"]).quietly();
    for command in COMMANDS {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
    }
    assert!(help.contains("\nExamples:\n") && !help.contains("probe-output"), "{help}");
    assert!(help.lines().all(|line| line.len() <= 100), "{help}");
    assert_eq!(home.run(&["-h"]).quietly().lines().next(), help.lines().next());
}

#[test]
fn help_groups_the_options() {
    let home = Home::new();
    insta::assert_snapshot!(home.run(&["render", "-h"]).quietly(), @r"
    Write routines to sound files

    Usage: floorcoach render [OPTIONS] --output <FILE> [ROUTINE]...

    Arguments:
      [ROUTINE]...  Built-in names, names in your routine folder, paths, or - for standard input

    Options:
          --routines <all|NAME,...>  More routines: all that `list` shows, or some of them
      -o, --output <FILE>            The file to write; its ending names the format. - for standard
                                     output. For several files their folder
          --force                    Replace files that are there already
      -h, --help                     Print help (see more with '--help')

    File:
          --format <NAME>          The format, whatever the ending of the file; for several files the
                                   one of all [possible values: wav, flac, opus, ogg, m4a, m4b, mp3]
          --quality <LEVEL>        How good mp3, opus, ogg, m4a and m4b sound, and so how large they are
                                   [possible values: low, normal, high]
          --bitrate <KBIT>         The bit rate of mp3, opus, ogg, m4a and m4b, instead of what the
                                   quality would choose
          --bits <BITS>            The bits of a sample in wav and flac (16, if not told) [possible
                                   values: 16, 24]
          --split                  One file for each exercise, numbered, with a playlist, in a folder
          --loudness <LUFS>        How loud the file is, in LUFS, or off to leave it as it is played
                                   [default: -16]
          --captions <FORMAT,...>  Write captions beside the file: lrc, vtt, srt
          --cover <FILE>           The picture that players show, a PNG or JPEG
          --date <DATE>            The date that players show: 2026, 2026-05 or 2026-05-31

    Routine:
          --short              Fewer repetitions, and only some of the exercises
          --full               All of it (the default); render takes both and makes two files
          --guidance <AMOUNT>  How much is said [possible values: full, brief, minimal]
          --from <EXERCISE>    Begin at this exercise (its id, its name or its number)
          --wait               Wait before each exercise until you are ready; a file leaves time instead

    Voice:
          --voice <NAME>          Who speaks: natural, espeak-ng, piper, say, command (from the config
                                  file), or system:NAME (aloud only)
          --speed <FACTOR>        How fast to speak, 0.5 to 2.0
          --voice-volume <DB>     Louder (+) or softer (-) words than the sounds, in decibels
          --voice-pitch <NUMBER>  How high the system's voice speaks, -100 to 100
          --no-cache              Do not read or keep spoken phrases on disk

    Sounds:
          --sounds <DIR>       A folder with sounds of your own: tick.wav, hold-start.mp3 ...
          --sound-volume <DB>  Louder (+) or softer (-) sounds than the words, in decibels
          --lead-in <TIME>     Quiet at the head, for speakers that have to wake up [default: 0.5s]
          --keep-awake         An inaudible tone under everything, for speakers that fall asleep in
                               silence
    ");
    for command in ["play", "show"] {
        let help = home.run(&[command, "--help"]).quietly();
        for group in ["\nRoutine:\n", "\nVoice:\n", "\nSounds:\n"] {
            assert!(help.contains(group), "{command}: {help}");
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = concat!("floorcoach ", env!("CARGO_PKG_VERSION"), "\n");
    for option in ["--version", "-V"] {
        assert_eq!(Home::new().run(&[option]).quietly(), version);
    }
}

#[test]
fn the_manual_has_every_command_and_option() {
    let home = Home::new();
    let manual = home.run(&["man"]).quietly().replace("\\-", "-");
    assert!(manual.contains(".TH floorcoach 1"));
    for command in COMMANDS {
        let chapter = format!("\n.SH {}\n", command.to_uppercase());
        let (_, chapter) = manual.split_once(&chapter).unwrap_or_else(|| panic!("{command}"));
        let chapter = chapter.split("\n.SH ").next().unwrap_or_default();
        let help = home.run(&[command, "--help"]).quietly();
        for option in options_of(&help) {
            assert!(chapter.contains(&option), "{command} {option}: {chapter}");
        }
    }
    assert!(manual.contains("floorcoach render upper-back -o back.mp3"));
}

#[test]
fn every_shell_has_completions() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let text = home.run(&["completions", shell]).quietly();
        for word in COMMANDS.iter().chain(&["guidance", "sound-volume"]) {
            assert!(text.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(home.run(&["completions", "tcsh"]).code, Some(2));
}

/// Where a shell is there to ask, it accepts them.
#[cfg(unix)]
#[test]
fn bash_accepts_its_completions() {
    let home = Home::new();
    let script = home.write("floorcoach.bash", home.run(&["completions", "bash"]).quietly());
    match home.command("bash").arg("-n").arg(script).output() {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => eprintln!("SKIPPED: there is no bash"),
    }
}

#[test]
fn licences_are_those_of_all_that_is_in_it() {
    let text = Home::new().run(&["licenses"]).quietly();
    for part in ["MIT OR Apache-2.0", "Permission is hereby granted", include_str!("../../NOTICE")] {
        assert!(text.contains(part), "{part}");
    }
    // The voice brings its own.
    assert_eq!(text.contains("TERMS AND CONDITIONS FOR USE"), crate::home::NATURAL_VOICE);
}
