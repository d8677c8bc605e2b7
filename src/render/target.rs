//! Where a rendered file goes: checked before any work, written beside its place, renamed when whole.

use std::fs;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::{FORMATS, Format, RenderError};

/// A place for a file, and its format.
pub struct Target {
    /// As it was given, for messages.
    path: PathBuf,
    /// Where that leads.
    place: PathBuf,
    format: &'static Format,
}

impl Target {
    /// Checks what can be checked before the work: the format, that there is a folder for it, and that nothing is
    /// overwritten unasked.
    ///
    /// # Errors
    /// `UnknownFormat`, `IsDirectory`, `NotAFile`, `NoFolder`, `Write` where the path leads nowhere, or `Exists`
    /// unless `replace`.
    pub fn new<C>(path: &Path, replace: bool) -> Result<Self, RenderError<C>> {
        let fault = |source| RenderError::Write { path: path.to_owned(), source };
        let there = match fs::metadata(path) {
            Err(missing) if missing.kind() == io::ErrorKind::NotFound => None,
            other => Some(other.map_err(fault)?),
        };
        if there.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(RenderError::IsDirectory(path.to_owned()));
        }
        let ending = path.extension().unwrap_or_default();
        let format = FORMATS
            .iter()
            .find(|format| ending.eq_ignore_ascii_case(format.ending))
            .ok_or_else(|| RenderError::UnknownFormat(path.to_owned()))?;
        // `symlink_metadata`: a dangling link is in the way, too.
        if !replace && path.symlink_metadata().is_ok() {
            return Err(RenderError::Exists(path.to_owned()));
        }
        if there.is_some_and(|there| !there.is_file()) {
            return Err(RenderError::NotAFile(path.to_owned()));
        }
        let place = followed(path).map_err(fault)?;
        let folder = match place.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.is_dir() {
            return Err(RenderError::NoFolder { folder: folder.to_owned(), path: path.to_owned() });
        }
        Ok(Self { path: path.to_owned(), place, format })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn format(&self) -> &'static Format {
        self.format
    }

    pub(super) fn open(&self) -> io::Result<File> {
        Ok(File(BufWriter::with_capacity(1 << 16, AtomicWriteFile::open(&self.place)?)))
    }
}

/// Where links lead, also those to what is not there yet: a link stays a link, and what it points to is replaced.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut place = path.to_owned();
    while place.is_symlink() {
        // The system refuses circles, and chains that are too long, before this could.
        if let Err(error) = fs::metadata(&place)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let to = fs::read_link(&place)?;
        place = place.parent().unwrap_or(Path::new("")).join(to);
    }
    Ok(place)
}

/// A file that takes its place only when committed. Dropped before, or with the whole process killed, it leaves
/// nothing where the system has nameless files (Linux), and at most a hidden temporary file elsewhere.
#[derive(Debug)]
pub struct File(BufWriter<AtomicWriteFile>);

impl File {
    /// # Errors
    /// When the last bytes cannot be written, or the file cannot be put in place.
    pub fn commit(self) -> io::Result<()> {
        self.0.into_inner().map_err(io::IntoInnerError::into_error)?.commit()
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}
