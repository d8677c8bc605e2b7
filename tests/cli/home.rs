//! A user's machine for one test: folders of its own, and no environment but what is given here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A home folder that is gone with the test, and a folder in it where the program is started.
pub struct Home(TempDir);

/// What a run said, with the home folder written as `~`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Whether the natural voice is part of the program. The build script tells; where it is not, tests that hear it say
/// that they were skipped.
pub const NATURAL_VOICE: bool = cfg!(voice_embedded);

/// Spoken with tones, and without a cache: what most tests want.
pub const FAKE: [&str; 3] = ["--voice", "fake", "--no-cache"];

/// A routine of one exercise with holds, timed to the millisecond.
pub const ROUTINE: &str = r#"title = "One"
[[exercise]]
name = "Bird dog"
position = "all-fours"
instructions = ["Come onto your hands and knees."]
sides = "alternate"
reps = 2
rep = [{ say = "Stretch your {side} arm", hold = "2s" }, { say = "Come back", move = "1s" }]
short = { reps = 1 }
"#;

impl Home {
    pub fn new() -> Self {
        let home = Self(tempfile::Builder::new().prefix("floorcoach-test-").tempdir().expect("a folder"));
        for folder in ["work", "tmp", "config/floorcoach", "data/floorcoach/routines"] {
            fs::create_dir_all(home.0.path().join(folder)).expect("a folder");
        }
        home
    }

    /// Where the program is started.
    pub fn work(&self) -> PathBuf {
        self.0.path().join("work")
    }

    /// The user's own routines.
    pub fn routines(&self) -> PathBuf {
        self.0.path().join("data/floorcoach/routines")
    }

    pub fn cache(&self) -> PathBuf {
        self.0.path().join("cache/floorcoach/phrases")
    }

    /// Writes a file beside the place where the program is started.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.work().join(name);
        fs::write(&path, content).expect("the folder is writable");
        path
    }

    /// Writes the config file.
    pub fn config(&self, text: &str) {
        let path = self.0.path().join("config/floorcoach/config.toml");
        fs::write(path, text).expect("the folder is writable");
    }

    /// The program on this machine. Sound servers and cards are out of its reach.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let home = self.0.path();
        command.env_clear().current_dir(self.work()).env("HOME", home).env("TMPDIR", home.join("tmp"));
        for (name, folder) in [("CONFIG", "config"), ("DATA", "data"), ("CACHE", "cache")] {
            command.env(format!("XDG_{name}_HOME"), home.join(folder));
        }
        let nowhere = home.join("nowhere");
        command.env("PULSE_SERVER", format!("unix:{}", nowhere.display()));
        command.env("ALSA_CONFIG_PATH", &nowhere).env("XDG_RUNTIME_DIR", &nowhere);
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
    }

    pub fn floorcoach(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(program());
        command.args(arguments);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.ran(assert_cmd::Command::from_std(self.floorcoach(arguments)))
    }

    pub fn run_with_input(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Ran {
        let mut command = assert_cmd::Command::from_std(self.floorcoach(arguments));
        command.write_stdin(input);
        self.ran(command)
    }

    pub fn ran(&self, mut command: assert_cmd::Command) -> Ran {
        let output = command.output().expect("the program starts");
        Ran { code: output.status.code(), out: self.text(output.stdout), err: self.text(output.stderr) }
    }

    /// The names in a folder below home, sorted.
    pub fn names(folder: &Path) -> Vec<String> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn text(&self, bytes: Vec<u8>) -> String {
        let text = String::from_utf8(bytes).expect("it writes UTF-8");
        text.replace(&self.0.path().display().to_string(), "~")
    }
}

pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_floorcoach")
}

/// The arguments, and [`FAKE`] behind them.
pub fn fake<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &FAKE].concat()
}

impl Ran {
    /// Asserts a success that says nothing on standard error; what it printed.
    #[track_caller]
    pub fn quietly(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (Some(0), ""), "{}", self.out);
        self.out
    }

    /// Asserts exit code, nothing on standard output, and the whole of standard error.
    #[track_caller]
    pub fn fails(self, code: i32, message: &str) {
        assert_eq!(self, Ran { code: Some(code), out: String::new(), err: format!("{message}\n") });
    }
}
