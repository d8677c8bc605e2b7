//! What was done, exercise by exercise, as JSON Lines in a file that is only ever appended to.
//!
//! Each line is written in one piece and synced, so neither a kill nor a flat battery takes more than the line that was
//! being written; such a half line is told when it is read, and harms no other.

mod diary;
mod place;
mod summary;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use diary::{Diary, Note};
pub use place::{Place, PlaceError};
pub use summary::{Session, Summary, Week};

/// How an exercise ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Done,
    Skipped,
    Hurt,
    /// The session ended in the midst of it.
    Stopped,
}

/// One exercise of one session: one line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it ended, in UTC (RFC 3339).
    pub when: Timestamp,
    /// When its session began; the same for all exercises of one.
    pub session: Timestamp,
    pub routine: String,
    /// `full` or `short`.
    pub length: String,
    /// Its id.
    pub exercise: String,
    pub outcome: Outcome,
    /// Spent in it, without pauses.
    pub seconds: u64,
}

/// Why the log cannot be used.
#[derive(Debug, Error)]
pub enum JournalError {
    #[error("cannot write the session log `{}`: {source}; see who may write there, or switch it off with `--no-log`", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read the session log `{}`: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
}

/// The log's file, which need not exist yet.
#[derive(Debug, Clone)]
pub struct Journal {
    path: PathBuf,
}

/// What could be read, and the numbers (from 1) of the lines that could not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    pub entries: Vec<Entry>,
    pub damaged: Vec<usize>,
}

impl Journal {
    pub const fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends a line and waits until it is on the disk.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn append(&self, entry: &Entry) -> Result<(), JournalError> {
        self.try_append(entry).map_err(|source| JournalError::Write { path: self.path.clone(), source })
    }

    fn try_append(&self, entry: &Entry) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(&self.path)?;
        let mut line = serde_json::to_string(entry)?;
        line.push('\n');
        if ends_in_mid_line(&mut file)? {
            line.insert(0, '\n');
        }
        // In one piece: two programs may write at the same time.
        file.write_all(line.as_bytes())?;
        file.sync_data()
    }

    /// Everything in it; nothing where there is no log yet.
    ///
    /// # Errors
    /// When it is there but cannot be read.
    pub fn read(&self) -> Result<Lines, JournalError> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Lines::default()),
            Err(source) => return Err(JournalError::Read { path: self.path.clone(), source }),
        };
        let mut read = Lines::default();
        for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            match serde_json::from_slice(line) {
                Ok(entry) => read.entries.push(entry),
                Err(_) if line.trim_ascii().is_empty() => {}
                Err(_) => read.damaged.push(number + 1),
            }
        }
        Ok(read)
    }
}

fn ends_in_mid_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    pub fn entry(when: &str, outcome: Outcome) -> Entry {
        let when = when.parse().expect("a time");
        Entry {
            when,
            session: when,
            routine: "upper-back".to_owned(),
            length: "short".to_owned(),
            exercise: "bird-dog".to_owned(),
            outcome,
            seconds: 81,
        }
    }

    #[test]
    fn lines_are_json_and_survive_a_half_written_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let journal = Journal::new(folder.path().join("data/sessions.jsonl"));
        assert_eq!(journal.read().expect("nothing yet"), Lines::default());
        let first = entry("2026-11-23T06:40:00Z", Outcome::Done);
        let second = entry("2026-11-23T06:45:00Z", Outcome::Hurt);
        journal.append(&first).expect("it is writable");
        let text = fs::read_to_string(journal.path()).expect("a file");
        let line = r#"{"when":"2026-11-23T06:40:00Z","session":"2026-11-23T06:40:00Z","routine":"upper-back","length":"short","exercise":"bird-dog","outcome":"done","seconds":81}"#;
        assert_eq!(text, format!("{line}\n"));
        fs::write(journal.path(), format!("{text}{}", &line[..70])).expect("it is writable");
        journal.append(&second).expect("it is writable");
        let read = journal.read().expect("a file");
        assert_eq!(read, Lines { entries: vec![first, second], damaged: vec![2] });
    }
}
