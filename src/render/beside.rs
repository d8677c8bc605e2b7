//! Captions beside a rendered file: checked before any work, written before the sound is in place, put in place after it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::{CaptionFormat, RenderError};

/// Where captions of one format go: `back.vtt` beside `back.wav`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    path: PathBuf,
    format: CaptionFormat,
}

impl Beside {
    /// Checks what can be checked before the work.
    ///
    /// # Errors
    /// `IsDirectory`, or `Exists` unless `replace`.
    pub fn new<C>(sound: &Path, format: CaptionFormat, replace: bool) -> Result<Self, RenderError<C>> {
        let path = sound.with_extension(format.ending());
        if path.is_dir() {
            return Err(RenderError::IsDirectory(path));
        }
        // `symlink_metadata`: a dangling link is in the way, too.
        if !replace && path.symlink_metadata().is_ok() {
            return Err(RenderError::Exists(path));
        }
        // A link stays a link: what it points to is replaced.
        Ok(Self { path: path.canonicalize().unwrap_or(path), format })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn format(&self) -> CaptionFormat {
        self.format
    }

    /// Writes the text where nobody sees it yet.
    ///
    /// # Errors
    /// When it cannot be written; nothing has changed then.
    pub fn stage<C>(&self, text: &str) -> Result<Staged, RenderError<C>> {
        let staged = || {
            let mut file = AtomicWriteFile::open(&self.path)?;
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

/// Captions that are written, but not in their place. Dropped, they leave nothing behind.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    file: AtomicWriteFile,
}

impl Staged {
    /// Puts the captions in their place: all that is left to do is a renaming.
    ///
    /// # Errors
    /// When even that fails.
    pub fn commit<C>(self) -> Result<(), RenderError<C>> {
        let Self { path, file } = self;
        file.commit().map_err(|source: io::Error| RenderError::Write { path, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    type Error = RenderError<String>;

    #[test]
    fn captions_appear_only_when_committed_and_replace_only_when_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let sound = folder.path().join("back.wav");
        let listed = || fs::read_dir(folder.path()).expect("readable").count();
        let beside = Beside::new::<String>(&sound, CaptionFormat::Srt, false).expect("a free name");
        drop(beside.stage::<String>("lost").expect("staged"));
        assert_eq!(listed(), 0);
        beside.stage::<String>("kept").and_then(Staged::commit).expect("in place");
        let path = folder.path().join("back.srt");
        assert_eq!(fs::read_to_string(&path).expect("there"), "kept");
        let refused: Result<_, Error> = Beside::new(&sound, CaptionFormat::Srt, false);
        assert!(matches!(refused, Err(RenderError::Exists(at)) if at == path));
        Beside::new::<String>(&sound, CaptionFormat::Srt, true).expect("told so");
        assert_eq!(listed(), 1);
    }
}
