//! Text files beside a rendered one: checked before any work, written before the sound is in place, put in place after it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::RenderError;
use super::target::place;

/// Where a text goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Beside {
    path: PathBuf,
    place: PathBuf,
}

impl Beside {
    /// Checks what can be checked before the work.
    ///
    /// # Errors
    /// `IsDirectory`, `NotAFile`, `NoFolder`, `Write` where the path leads nowhere, or `Exists` unless `replace`.
    pub fn new<C>(path: PathBuf, replace: bool) -> Result<Self, RenderError<C>> {
        Ok(Self { place: place(&path, replace)?, path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the text where nobody sees it yet.
    ///
    /// # Errors
    /// When it cannot be written; nothing has changed then.
    pub fn stage<C>(&self, text: &str) -> Result<Staged, RenderError<C>> {
        let staged = || {
            let mut file = AtomicWriteFile::open(&self.place)?;
            file.write_all(text.as_bytes())?;
            Ok(file)
        };
        let path = self.path.clone();
        match staged() {
            Ok(file) => Ok(Staged { path, file }),
            Err(source) => Err(RenderError::Write { path, source }),
        }
    }
}

/// A text that is written, but not in its place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Staged {
    path: PathBuf,
    file: AtomicWriteFile,
}

impl Staged {
    /// Puts the text in its place: all that is left to do is a renaming.
    ///
    /// # Errors
    /// When even that fails.
    pub fn commit<C>(self) -> Result<(), RenderError<C>> {
        let Self { path, file } = self;
        file.commit().map_err(|source: io::Error| RenderError::Write { path, source })
    }
}
