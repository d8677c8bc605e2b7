//! What can go wrong between words and their sound, and what to do about it.

use thiserror::Error;

/// Why there is no voice, or why a phrase has no clip. Cheap to clone: one failure is told to everybody who
/// waits.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VoiceError {
    /// `{0}` cannot be read as a [`Speed`](super::Speed).
    #[error("`{0}` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)")]
    Speed(String),
    #[error("there is no voice `{name}`; choose one of {known}")]
    Unknown { name: String, known: String },
    #[error(
        "the built-in voice is not in this build; fetch it with `make voice` in the source folder and build again"
    )]
    NotInstalled,
    /// For engines of whatever kind: what happened and, in the same sentence, what to do.
    #[error("{0}")]
    Engine(String),
    #[error(
        "no command is set up to speak; name a program and its arguments as `argv` under `[command]` in the config file"
    )]
    NoCommand,
    #[error("there is no preset `{name}` for the voice command in the config file; choose one of {known}")]
    UnknownPreset { name: String, known: String },
    #[error(
        "`{preset}` needs a voice; set `preset` and `voice` under `[command]` in the config file, for `piper` to the path of a .onnx file"
    )]
    NeedsVoice { preset: String },
    /// A program that nobody has named but we.
    #[error("the program `{program}` is not installed, or not in the search path")]
    NotThere { program: String },
    #[error("`{argument}` in the voice command: {problem}; known are {known}")]
    Placeholder { argument: String, problem: String, known: String },
    #[error(
        "the voice command `{program}` was not found; install it, or correct its name in the config file"
    )]
    NotFound { program: String },
    #[error(
        "the voice command `{program}` is not a program that can be run; check its name and make it executable"
    )]
    NotExecutable { program: String },
    #[error("the voice command `{program}` could not be started: {problem}; try it in a terminal")]
    Start { program: String, problem: String },
    #[error("the voice command `{program}` ended with exit code {code}{}; try it in a terminal", said(.stderr))]
    Exit { program: String, code: i32, stderr: String },
    #[error("the voice command `{program}` was killed by signal {signal}{}; try it in a terminal", said(.stderr))]
    Killed { program: String, signal: i32, stderr: String },
    #[error("the voice command `{program}` had not finished after {seconds} s and was stopped{}; raise its time limit in the config file if it needs longer", said(.stderr))]
    Timeout { program: String, seconds: String, stderr: String },
    #[error("the voice command `{program}` gave no WAV: {problem}{}; check that its arguments ask for WAV", said(.stderr))]
    NotWav { program: String, problem: String, stderr: String },
    #[error("the voice command `{program}` gave no sound{}; check its voice and arguments in a terminal", said(.stderr))]
    Silent { program: String, stderr: String },
    #[error(
        "the voice command `{program}` gave more than {minutes} minutes of sound for one phrase; check its arguments"
    )]
    TooLong { program: String, minutes: u64 },
    #[error(
        "a temporary file for the voice command could not be used: {0}; make room in the temporary folder"
    )]
    TemporaryFile(String),
    #[error("the voice `{voice}` crashed; please report it, and use another one with `--voice` meanwhile")]
    Crashed { voice: String },
    #[error("the voice was stopped; start again")]
    Stopped,
    #[error("no thread could be started for the voice: {0}; close other programs and try again")]
    NoWorkers(String),
    #[error("the system's voice cannot be used: {0}")]
    System(String),
    #[error("the system has no voice `{name}`; the nearest are {near}")]
    UnknownSystemVoice { name: String, near: String },
    #[error(
        "the system's voice only speaks aloud and gives no samples, so no file can be made of it; take `--voice natural`, which is built in, or another that `floorcoach render --help` names"
    )]
    NoSamples,
    #[error("there is no voice to speak with: {why}.\nTo have one at once: {mend}")]
    NoVoice { why: String, mend: String },
}

impl VoiceError {
    /// The user asked for something that cannot be meant. Going on with another voice would hide the mistake.
    pub(super) fn is_misuse(&self) -> bool {
        matches!(
            self,
            Self::Unknown { .. }
                | Self::UnknownSystemVoice { .. }
                | Self::UnknownPreset { .. }
                | Self::Placeholder { .. }
                | Self::Speed(_)
        )
    }
}

/// The program's own last words, as part of a message; nothing where it said nothing.
fn said(stderr: &str) -> String {
    match stderr.trim() {
        "" => String::new(),
        words => format!(", saying `{words}`"),
    }
}
