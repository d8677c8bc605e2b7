//! A wrong command line: exit code 2 (1 where only a name is not there), and the whole of what is said.

use crate::home::{Home, fake};

#[test]
fn what_is_not_there_is_named_with_the_nearest() {
    let home = Home::new();
    for (arguments, code, message) in [
        (
            &["show", "uper-back"][..],
            1,
            "error: there is no routine `uper-back` (did you mean `upper-back`?); `floorcoach list` shows them all",
        ),
        (&["show", "xyzzy"], 1, "error: there is no routine `xyzzy`; `floorcoach list` shows them all"),
        (&["show", ""], 1, "error: there is no routine ``; `floorcoach list` shows them all"),
        (
            &["show", "my/back.toml"],
            1,
            "error: there is no file `my/back.toml`; check the path, or take a name that `floorcoach list` shows",
        ),
        (&["show", "."], 1, "error: `.` is a folder; name a routine file in it"),
        (
            &["show", "upper-back", "--from", "bird-dg"],
            2,
            "error: no exercise `bird-dg` is done here; did you mean `bird-dog`?",
        ),
        (
            &["show", "desk-break", "--short", "--from", "99"],
            2,
            "error: no exercise `99` is done here; there are: shoulder-blade-squeeze, seated-twist, wall-angels",
        ),
        (
            &["show", "desk-break", "--from", "0"],
            2,
            "error: no exercise `0` is done here; there are: shoulder-blade-squeeze, thoracic-extension, \
             seated-twist, wall-angels",
        ),
    ] {
        home.run(&fake(arguments)).fails(code, message);
    }
}

#[test]
fn values_out_of_their_range_are_wrong_command_lines() {
    let home = Home::new();
    for (option, value, message) in [
        ("--speed", "3", "`3` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)"),
        ("--speed", "fast", "`fast` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)"),
        ("--speed", "NaN", "`NaN` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)"),
        (
            "--voice-volume",
            "99",
            "`99` is no volume for `voice-volume`; give decibels from -60 to 60, 0 for as it is",
        ),
        (
            "--sound-volume",
            "-60.5",
            "`-60.5` is no volume for `sound-volume`; give decibels from -60 to 60, 0 for as it is",
        ),
        (
            "--voice-volume",
            "nan",
            "`NaN` is no volume for `voice-volume`; give decibels from -60 to 60, 0 for as it is",
        ),
        (
            "--voice",
            "robot",
            "there is no voice `robot`; choose one of `natural`, `command`, `espeak-ng`, `piper`, `say`, `system`",
        ),
        (
            "--voice",
            "command:robot",
            "there is no voice `command:robot`; choose one of `natural`, `command`, `espeak-ng`, `piper`, `say`, `system`",
        ),
    ] {
        home.run(&["show", "desk-break", option, value]).fails(2, &format!("error: {message}"));
    }
}

#[test]
fn what_clap_refuses_is_code_2() {
    let home = Home::new();
    let told = |arguments: &[&str]| {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
        ran.err
    };
    insta::assert_snapshot!(told(&["rendr"]), @r"
    error: unrecognized subcommand 'rendr'

      tip: a similar subcommand exists: 'render'

    Usage: floorcoach <COMMAND>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(&["play", "--shrt"]), @r"
    error: unexpected argument '--shrt' found

      tip: a similar argument exists: '--short'

    Usage: floorcoach play --short [ROUTINE]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(&["play", "--short", "--full"]), @r"
    error: give either `--short` or `--full`; `render` alone takes both
    ");
    insta::assert_snapshot!(told(&["show", "upper-back", "--guidance", "none"]), @r"
    error: invalid value 'none' for '--guidance <AMOUNT>'
      [possible values: full, brief, minimal]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(&["render", "upper-back"]), @r"
    error: the following required arguments were not provided:
      --output <FILE>

    Usage: floorcoach render --output <FILE> <ROUTINE>...

    For more information, try '--help'.
    ");
    assert!(told(&[]).contains("Usage: floorcoach <COMMAND>"));
    assert!(told(&["check"]).contains("<FILE>..."));
}
