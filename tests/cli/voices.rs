//! Voices that are missing, fail, hang or babble: another one speaks, or the message says what to do.
#![cfg(unix)]

use crate::home::{Home, Ran};

/// German: the built-in voice does not speak it, so what is configured here speaks, or nobody does.
const GERMAN: &str = r#"title = "Eins"
language = "de"
[[exercise]]
name = "Rudern"
position = "sitting"
reps = 1
rep = [{ move = "1s" }]
"#;

/// Renders with this voice command where no other program is to be found.
fn with_command(argv: &str) -> (Ran, Vec<String>) {
    let home = Home::new();
    home.write("eins.toml", GERMAN);
    home.write("plain.txt", "no program");
    let made = std::process::Command::new("mkfifo").arg(home.work().join("gate")).status();
    assert!(made.expect("every Unix has it").success());
    // Short only where it is to be reached: a busy machine may take its time to start a program.
    let limit = if argv.contains("gate") { 1 } else { 600 };
    home.config(&format!("voice = \"command\"\n[command]\ntime-limit = {limit}\nargv = {argv}\n"));
    let mut command = home.floorcoach(&["render", "eins.toml", "-o", "out.wav"]);
    command.env("PATH", "");
    (home.ran(assert_cmd::Command::from_std(command)), Home::names(&home.work()))
}

#[test]
fn a_voice_command_that_fails_is_shown_with_its_last_words() {
    for (argv, message) in [
        (
            r#"["/bin/sh", "-c", "echo no such voice >&2; exit 3"]"#,
            "the voice command `/bin/sh` ended with exit code 3, saying `no such voice`; try it in a terminal",
        ),
        (
            r#"["/bin/sh", "-c", "echo hello"]"#,
            "the voice command `/bin/sh` gave no WAV: Ill-formed WAVE file: no RIFF tag found; check that its arguments ask for WAV",
        ),
        (
            r#"["/bin/sh", "-c", ":"]"#,
            "the voice command `/bin/sh` gave no sound; check its voice and arguments in a terminal",
        ),
        (
            // Nobody ever writes into that pipe.
            r#"["/bin/sh", "-c", "read words < gate"]"#,
            "the voice command `/bin/sh` had not finished after 1 s and was stopped; raise its time limit in the \
             config file if it needs longer",
        ),
    ] {
        let (ran, left) = with_command(argv);
        ran.fails(1, &format!("error: {message}"));
        assert_eq!(left, ["eins.toml", "gate", "plain.txt"], "{argv}");
    }
}

#[test]
fn a_voice_command_that_is_not_there_leaves_nobody_to_speak() {
    let mend = "\nTo have one at once: install the program espeak-ng";
    for (argv, why) in [
        (
            r#"["no-such-program"]"#,
            "the voice command `no-such-program` was not found; install it, or correct its name in the config file",
        ),
        (
            r#"["./plain.txt"]"#,
            "the voice command `./plain.txt` is not a program that can be run; check its name and make it executable",
        ),
    ] {
        with_command(argv).0.fails(1, &format!("error: there is no voice to speak with: {why}.{mend}"));
    }
}

#[test]
fn mistakes_in_the_command_table_are_told() {
    with_command(r#"["/bin/sh", "{volume}"]"#).0.fails(
        1,
        "error: `{volume}` in the voice command: there is no placeholder `{volume}`; known are `{speed}`, `{wpm}`, \
         `{stretch}`, `{voice}`, `{language}`, `{out}`",
    );
    with_command("[]\npreset = \"espeak\"").0.fails(
        1,
        "error: there is no preset `espeak` for the voice command in the config file; choose one of `espeak-ng`, \
         `piper`, `say`",
    );
}

#[test]
fn where_nothing_can_speak_the_message_says_how_to_get_a_voice() {
    let home = Home::new();
    home.write("eins.toml", GERMAN);
    let mut command = home.floorcoach(&["render", "eins.toml", "-o", "out.wav"]);
    command.env("PATH", "");
    home.ran(assert_cmd::Command::from_std(command)).fails(
        1,
        "error: there is no voice to speak with: the built-in voice speaks English, not `de`; set up another one with \
         `--voice` or in the config file.\nTo have one at once: install the program espeak-ng",
    );
    assert_eq!(Home::names(&home.work()), ["eins.toml"]);
}

/// In a build with the natural voice it stands in; in one without there is nobody else.
#[test]
fn the_natural_voice_stands_in_for_a_missing_program() {
    let home = Home::new();
    home.write("one.toml", crate::home::ROUTINE);
    let run = |voice: &str| {
        let mut command =
            home.floorcoach(&["show", "one.toml", "--guidance", "minimal", "--voice", voice, "--json"]);
        command.env("PATH", "");
        home.ran(assert_cmd::Command::from_std(command))
    };
    for (voice, why) in [
        ("espeak-ng", "the program `espeak-ng` is not installed, or not in the search path"),
        (
            "piper",
            "`piper` needs a voice; set `preset` and `voice` under `[command]` in the config file, for `piper` to the \
             path of a .onnx file",
        ),
        (
            "command",
            "no command is set up to speak; name a program and its arguments as `argv` under `[command]` in the \
             config file",
        ),
    ] {
        let ran = run(voice);
        if crate::home::NATURAL_VOICE {
            assert_eq!(ran.code, Some(0), "{ran:?}");
            assert_eq!(ran.err, format!("note: {why}. Going on with the voice `natural`.\n"));
            assert!(ran.out.contains(r#""voice":"natural""#), "{}", ran.out);
        } else {
            ran.fails(
                1,
                &format!(
                    "error: there is no voice to speak with: {why}.\nTo have one at once: install the program espeak-ng"
                ),
            );
        }
    }
}

/// A program that speaks once, gives up, and is followed by the natural voice: told once, and nothing is silent.
#[test]
fn a_command_that_gives_up_is_followed_by_another_voice() {
    let home = Home::new();
    if !crate::home::NATURAL_VOICE {
        eprintln!("SKIPPED: this program was built without the natural voice; `make voice` fetches it");
        return;
    }
    home.write("one.toml", crate::home::ROUTINE);
    home.config("voice = \"command\"\n[command]\nargv = [\"/bin/sh\", \"-c\", \"exit 7\"]\n");
    let mut command = home.floorcoach(&["show", "one.toml", "--guidance", "minimal"]);
    command.env("PATH", "");
    let ran = home.ran(assert_cmd::Command::from_std(command));
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(0),
            "note: the voice `command` failed: the voice command `/bin/sh` ended with exit code 7; try it in a \
             terminal; going on with `natural`\n"
        )
    );
}

#[test]
fn the_voice_of_the_system_makes_no_file_and_says_which_does() {
    const NO_SAMPLES: &str = "error: the system's voice only speaks aloud and gives no samples, so no file can be made of it; take \
                              `--voice natural`, which is built in, or another that `floorcoach render --help` names";
    let home = Home::new();
    home.run(&["render", "desk-break", "--voice", "system", "-o", "out.wav"]).fails(2, NO_SAMPLES);
    home.config("voice = \"system:Alex\"\n");
    home.run(&["render", "desk-break", "-o", "out.wav"]).fails(1, NO_SAMPLES);
    assert_eq!(Home::names(&home.work()), Vec::<String>::new());
    let systematic = home.run(&["show", "desk-break", "--voice", "systematic"]);
    assert_eq!(systematic.code, Some(2));
    home.run(&["show", "desk-break", "--voice-pitch", "101"]).fails(
        2,
        "error: `101` is no pitch for `voice-pitch`; give -100 (low) to 100 (high), 0 for as it is",
    );
}

#[test]
fn the_lengths_of_the_systems_voice_are_estimates_and_said_to_be() {
    let home = Home::new();
    let table = home.run(&["show", "desk-break", "--voice", "system", "--voice-pitch", "-20"]);
    assert!(table.out.contains("the times are estimates"), "{}", table.out);
    let seconds = |speed: &str| {
        let json = home.run(&["show", "desk-break", "--json", "--voice", "system", "--speed", speed]).out;
        let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!((&json["voice"], &json["estimated"]), (&"system".into(), &true.into()));
        json["duration_ms"].as_u64().expect("a number")
    };
    assert!(seconds("2.0") < seconds("1.0") && seconds("1.0") < seconds("0.5"));
    // Nothing was spoken for it.
    assert!(!home.cache().join("phrases").exists());
}
