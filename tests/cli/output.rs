//! `play` and `probe-output` where there is no sound output, and readers that have seen enough.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::home::{Home, fake};

/// Not a word from ALSA: standard error has our line and nothing else.
#[cfg(target_os = "linux")]
#[test]
fn without_a_sound_output_render_is_named() {
    let home = Home::new();
    let ran =
        [home.run(&["probe-output"]), home.run(&fake(&["play", "desk-break"])), home.run(&fake(&["play"]))];
    for ran in ran {
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
        assert!(ran.err.starts_with("error: "), "{ran:?}");
        assert!(ran.err.contains("`floorcoach render` writes the routine to a file"), "{ran:?}");
    }
}

/// What is wrong with the command line is told before the output is opened.
#[test]
fn play_checks_its_arguments_first() {
    let home = Home::new();
    home.run(&["play", "upper-bakc"]).fails(
        1,
        "error: there is no routine `upper-bakc` (did you mean `upper-back`?); `floorcoach list` shows them all",
    );
    home.run(&["play", "--from", "bridge-pos", "--short"])
        .fails(2, "error: no exercise `bridge-pos` is done here; did you mean `bridge`?");
}

/// `floorcoach show … | head -1`: the reader goes away, and that is no failure.
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let home = Home::new();
    for arguments in [&["show", "upper-back", "--json"][..], &["show", "upper-back"]] {
        let mut command = home.floorcoach(&fake(arguments));
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        // Nothing is read at all before the pipe is closed.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it is ours");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
    let mut command = home.floorcoach(&fake(&["show", "upper-back", "--json"]));
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut first = [0; 100];
    let mut reader = BufReader::new(child.stdout.take().expect("it is piped"));
    std::io::Read::read_exact(&mut reader, &mut first).expect("there is more than that");
    assert!(reader.fill_buf().is_ok());
    drop(reader);
    let output = child.wait_with_output().expect("it is ours");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// Messages that nobody reads, or that fit nowhere, change nothing about the exit code.
#[cfg(target_os = "linux")]
#[test]
fn a_closed_or_full_standard_error_is_no_reason_to_panic() {
    let home = Home::new();
    home.write("bad.toml", "title = 3");
    for arguments in [&["check", "bad.toml"][..], &["show", "none"], &["list", "--none"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("every Linux has it");
        let told = home.run(arguments).code;
        let status = home.floorcoach(arguments).stderr(full).stdout(Stdio::null()).status();
        assert_eq!(status.expect("the program starts").code(), told, "{arguments:?}");
    }
}

/// What cannot be written is told.
#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_a_failure() {
    let home = Home::new();
    for arguments in [&["list"][..], &["man"], &["show", "desk-break", "--voice", "fake", "--json"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("every Linux has it");
        let mut command = home.floorcoach(arguments);
        let output = command.stdout(full).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "error: cannot write the output: No space left on device (os error 28)\n"
        );
    }
}
