//! Programs that behave and programs that do not; all of them are what every Unix has, or shell scripts.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::thread;

use super::*;

fn settings(argv: &[&str]) -> Settings {
    let mut settings = Settings::default();
    settings.command.argv = argv.iter().map(|&argument| argument.to_owned()).collect();
    settings
}

fn speak_with(settings: &Settings, words: &str) -> Result<Clip, VoiceError> {
    configured(settings)?.open()?.speak(words)
}

fn speak(argv: &[&str], words: &str) -> Result<Clip, VoiceError> {
    speak_with(&settings(argv), words)
}

/// A script run by `sh`, which gets `extra` as its arguments.
fn script(text: &str, extra: &[&str]) -> Result<Clip, VoiceError> {
    speak(&[&["sh", "-c", text, "script"], extra].concat(), "three")
}

/// Half a second of silence, then 100 frames of sound, then silence.
fn wav(folder: &Path) -> String {
    let path = folder.join("a voice.wav");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&path, spec).expect("it is writable");
    for at in 0..48_000 {
        let sample = if (24_000..24_100).contains(&at) { 9_000_i16 } else { 3 };
        writer.write_sample(sample).expect("it is writable");
    }
    writer.finalize().expect("it is writable");
    path.display().to_string()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn message(outcome: Result<Clip, VoiceError>) -> String {
    outcome.expect_err("it cannot speak").to_string()
}

#[test]
fn sound_comes_from_standard_output_or_from_a_file_and_is_trimmed() {
    let folder = folder();
    let wav = wav(folder.path());
    let margin = usize::try_from(MARGIN.frames().get()).expect("small");
    let piped = speak(&["cat", &wav], "three").expect("a WAV");
    assert_eq!(piped.samples().len(), 100 + 2 * margin);
    let filed = script("echo to the terminal; cp \"$1\" \"$2\"", &[&wav, "{out}"]).expect("a WAV");
    assert_eq!(filed, piped);
}

#[test]
fn text_goes_to_standard_input_as_one_line_whatever_it_holds() {
    let folder = folder();
    let (wav, seen) = (wav(folder.path()), folder.path().join("seen"));
    let save = "cat > \"$1\"; cat \"$2\"";
    let argv = ["sh", "-c", save, "script", &seen.display().to_string(), &wav];
    for words in ["-v two\n lines\r\n $(exit 3) `x` 'ünd' {out}", &"long ".repeat(100_000)] {
        speak(&argv, words).expect("a WAV");
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ") + "\n";
        assert!(fs::read_to_string(&seen).expect("it was written") == line);
    }
    let unread = "long ".repeat(100_000);
    speak(&["cat", &wav], &unread).expect("a program need not read its input");
}

#[test]
fn placeholders_are_filled_and_others_refused() {
    let fill = |argument: &str, speed: &str| {
        let values = Values { speed: speed.parse().expect("a speed"), voice: "en-gb", language: "en" };
        values
            .fill(argument)
            .map(|filled| filled.with_out(Path::new("/a b.wav")).to_string_lossy().into_owned())
    };
    assert_eq!(fill("{speed} {wpm} {stretch}", "1"), Ok("1.00 165 1.000".into()));
    assert_eq!(fill("{speed} {wpm} {stretch}", "0.5"), Ok("0.50 83 2.000".into()));
    assert_eq!(fill("{speed} {wpm} {stretch}", "2"), Ok("2.00 330 0.500".into()));
    assert_eq!(fill("-f={out}:{voice}/{language}", "1"), Ok("-f=/a b.wav:en-gb/en".into()));
    let error = |argument: &str| fill(argument, "1").expect_err("no such placeholder").to_string();
    let known = "known are `{speed}`, `{wpm}`, `{stretch}`, `{voice}`, `{language}`, `{out}`";
    assert_eq!(
        error("-r {rate}"),
        format!("`-r {{rate}}` in the voice command: there is no placeholder `{{rate}}`; {known}")
    );
    assert_eq!(error("{out"), format!("`{{out` in the voice command: a `{{` without its `}}`; {known}"));
}

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    let folder = folder();
    assert_eq!(
        message(speak(&["no-such-program"], "three")),
        "the voice command `no-such-program` was not found; install it, or correct its name in the config file"
    );
    let plain = folder.path().join("plain");
    fs::write(&plain, "text").expect("it is writable");
    fs::set_permissions(&plain, fs::Permissions::from_mode(0o644)).expect("it is ours");
    let plain = plain.display().to_string();
    assert_eq!(
        message(speak(&[&plain], "three")),
        format!(
            "the voice command `{plain}` is not a program that can be run; check its name and make it executable"
        )
    );
    assert_eq!(
        message(script("printf 'a\\nb\\nc\\n\\033[1mno voice \\344\\n' >&2; exit 3", &[])),
        "the voice command `sh` ended with exit code 3, saying `b / c / [1mno voice \u{fffd}`; try it in a terminal"
    );
    assert_eq!(
        message(script("kill -9 $$", &[])),
        "the voice command `sh` was killed by signal 9; try it in a terminal"
    );
    let not_wav = message(script("echo hello", &[]));
    assert!(not_wav.starts_with("the voice command `sh` gave no WAV: "), "{not_wav}");
    assert!(not_wav.ends_with("; check that its arguments ask for WAV"), "{not_wav}");
    let silent = "the voice command `sh` gave no sound; check its voice and arguments in a terminal";
    assert_eq!(message(script("true", &[])), silent);
    assert_eq!(message(script("true", &["{out}"])), silent);
    assert_eq!(message(script("rm \"$1\"", &["{out}"])), silent);
}

/// The scripts never end by themselves; that the tests do shows that they were killed, with what they had
/// started.
#[test]
fn a_program_that_hangs_is_killed_with_all_it_started() {
    for (hang, out) in [
        ("echo stuck >&2; exec tail -f /dev/null", None),
        ("echo stuck >&2; tail -f /dev/null & wait", None),
        ("echo stuck >&2; tail -f /dev/null &", None),
        ("echo stuck >&2; exec tail -f /dev/null > /dev/null 2>&1", None),
        ("echo stuck >&2; exec tail -f /dev/null", Some("{out}")),
    ] {
        let mut settings = settings(&["sh", "-c", hang, "script"]);
        settings.command.argv.extend(out.map(str::to_owned));
        settings.command.timeout = Duration::from_millis(300);
        let told = message(speak_with(&settings, "three"));
        // What it said is there or not, depending on how busy the machine is.
        assert!(
            told.starts_with("the voice command `sh` had not finished after 0.3 s and was stopped"),
            "{hang}: {told}"
        );
        assert!(
            told.ends_with("; raise its time limit in the config file if it needs longer"),
            "{hang}: {told}"
        );
    }
}

#[test]
fn output_without_end_is_cut_off() {
    let too_long =
        "the voice command `cat` gave more than 5 minutes of sound for one phrase; check its arguments";
    assert_eq!(message(speak(&["cat", "/dev/zero"], "three")), too_long);
    let filed = script("dd if=/dev/zero of=\"$1\" bs=1 count=1 seek=200000000", &["{out}"]);
    assert_eq!(message(filed), too_long.replace("cat", "sh"));
}

#[test]
fn cancelling_ends_what_runs_and_what_would_start() {
    let folder = folder();
    let started = folder.path().join("started");
    let make = std::process::Command::new("mkfifo").arg(&started).status();
    assert!(make.expect("every Unix has it").success());
    let argv =
        ["sh", "-c", "echo > \"$1\"; exec tail -f /dev/null", "script", &started.display().to_string()];
    let engine = configured(&settings(&argv)).expect("there is a shell");
    thread::scope(|scope| {
        let speaking = scope.spawn(|| engine.open()?.speak("three"));
        fs::read(&started).expect("the script opens it");
        engine.cancel();
        assert_eq!(speaking.join().expect("no panic"), Err(VoiceError::Stopped));
    });
    assert_eq!(engine.open().and_then(|mut voice| voice.speak("three")), Err(VoiceError::Stopped));
}

#[test]
fn the_fingerprint_tells_apart_what_sounds_different() {
    let folder = folder();
    let wav = wav(folder.path());
    let print = |settings: &Settings| configured(settings).expect("there is a cat").fingerprint();
    let plain = settings(&["cat", "{wpm}"]);
    let faster = Settings { speed: "1.5".parse().expect("a speed"), ..plain.clone() };
    let mut voiced = plain.clone();
    voiced.command.voice = Some(wav.clone());
    let before = print(&voiced);
    fs::write(&wav, "another voice").expect("it is writable");
    let prints = [print(&plain), print(&faster), before, print(&voiced)];
    for (at, print) in prints.iter().enumerate() {
        assert!(!prints[..at].contains(print), "{print}");
    }
    assert_eq!(print(&plain), prints[0]);
}

#[test]
fn presets_need_what_they_need_and_a_voice_stays_with_its_program() {
    let mut asked = Settings { voice: Some("command:piper".into()), ..Settings::default() };
    assert_eq!(preset(&PIPER, &asked).err(), Some(VoiceError::NeedsVoice { preset: "piper".into() }));
    asked.command.voice = Some("a.onnx".into());
    assert!(!matches!(preset(&PIPER, &asked), Err(VoiceError::NeedsVoice { .. })));
    asked.voice = Some("espeak-ng".into());
    asked.command.preset = Some("piper".into());
    if let Ok(engine) = preset(&ESPEAK_NG, &asked) {
        assert!(!engine.fingerprint().contains("a.onnx"));
    }
    asked.command.preset = Some("pipe".into());
    assert_eq!(
        configured(&asked).err().map(|error| error.to_string()),
        Some("there is no preset `pipe` for the voice command in the config file; choose one of `espeak-ng`, `piper`, `say`".into())
    );
    assert_eq!(configured(&Settings::default()).err(), Some(VoiceError::NoCommand));
}

/// With the real program, where it is installed.
#[test]
fn espeak_speaks_every_speed_and_the_same_every_time() {
    let Ok(engine) = preset(&ESPEAK_NG, &Settings::default()) else {
        eprintln!("skipped: espeak-ng is not installed");
        return;
    };
    let version = std::process::Command::new("espeak-ng").arg("--version").output();
    if !version.is_ok_and(|version| String::from_utf8_lossy(&version.stdout).contains("eSpeak")) {
        eprintln!("skipped: `espeak-ng` is some other program");
        return;
    }
    let words = "-v Squeeze your shoulder blades.\nHold for five seconds.";
    let say =
        |engine: &Arc<dyn Engine>| engine.open().and_then(|mut voice| voice.speak(words)).expect("it speaks");
    let clip = say(&engine);
    assert_eq!(say(&engine), clip);
    let millis = clip.frames().millis().get();
    assert!((2_500..6_000).contains(&millis), "{millis} ms");
    assert!(clip.peak() > 0.1);
    let mut lengths = vec![];
    for speed in ["0.5", "1.0", "2.0"] {
        let settings = Settings { speed: speed.parse().expect("a speed"), ..Settings::default() };
        lengths.push(say(&preset(&ESPEAK_NG, &settings).expect("it is there")).frames());
    }
    assert!(lengths.is_sorted_by(|slow, fast| slow.get() as f64 > 1.6 * fast.get() as f64), "{lengths:?}");
}
