//! The arguments of a voice command and their placeholders.

use std::ffi::OsString;
use std::path::Path;

use crate::voice::{Speed, VoiceError};

/// The pace that speed 1 asks of programs that count words a minute.
const WORDS_A_MINUTE: u32 = 165;

/// What an argument may contain: speed as a factor (`1.25`), in words a minute, or as the factor by which
/// everything is stretched (`0.8`); the voice of the config, or the language where it names none; the
/// language; the file to write.
pub const PLACEHOLDERS: [&str; 6] = ["{speed}", "{wpm}", "{stretch}", "{voice}", "{language}", "{out}"];

/// An argument with everything filled in but the path of the file to write, which is new for every phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument(Vec<Part>);

#[derive(Debug, Clone, PartialEq)]
enum Part {
    Text(String),
    Out,
}

/// What the placeholders stand for.
pub struct Values<'a> {
    pub speed: Speed,
    pub voice: &'a str,
    pub language: &'a str,
}

impl Values<'_> {
    pub fn fill(&self, argument: &str) -> Result<Argument, VoiceError> {
        let wrong = |problem: &str| VoiceError::Placeholder {
            argument: argument.to_owned(),
            problem: problem.to_owned(),
            known: PLACEHOLDERS.map(|name| format!("`{name}`")).join(", "),
        };
        let mut parts = vec![];
        let mut text = String::new();
        let mut rest = argument;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| wrong("a `{` without its `}`"))?;
            text.push_str(before);
            match name {
                "speed" => text.push_str(&self.speed.to_string()),
                "wpm" => text.push_str(&((WORDS_A_MINUTE * self.speed.percent() + 50) / 100).to_string()),
                "stretch" => text.push_str(&format!("{:.3}", 1.0 / self.speed.factor())),
                "voice" => text.push_str(self.voice),
                "language" => text.push_str(self.language),
                "out" => {
                    parts.push(Part::Text(std::mem::take(&mut text)));
                    parts.push(Part::Out);
                }
                _ => return Err(wrong(&format!("there is no placeholder `{{{name}}}`"))),
            }
            rest = after;
        }
        text.push_str(rest);
        parts.push(Part::Text(text));
        Ok(Argument(parts))
    }
}

impl Argument {
    pub fn needs_out(&self) -> bool {
        self.0.contains(&Part::Out)
    }

    pub fn with_out(&self, out: &Path) -> OsString {
        let mut whole = OsString::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => whole.push(text),
                Part::Out => whole.push(out),
            }
        }
        whole
    }
}
