//! Where a rendered file goes: checked before any work, written beside its place, renamed when whole.

use std::fs;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::{EncodeOptions, FORMATS, Format, RenderError};

/// A place for a file, and its format.
pub struct Target {
    /// As it was given, for messages; `-` is standard output.
    path: PathBuf,
    /// Where that leads; `None` is standard output.
    place: Option<PathBuf>,
    format: &'static Format,
    options: EncodeOptions,
}

impl Target {
    /// Checks what can be checked before the work: the format, its options, that there is a folder for it, and that
    /// nothing is overwritten unasked. The path `-` is standard output. Without `format` the path's ending names it.
    ///
    /// # Errors
    /// `UnknownFormat`, `UnknownEnding`, `NoFormat`, `NoBitrate`, `WrongBitrate`, `NoBits`, `IsDirectory`, `NotAFile`,
    /// `NoFolder`, `Write` where the path leads nowhere, or `Exists` unless `replace`.
    pub fn new<C>(
        path: &Path,
        replace: bool,
        format: Option<&str>,
        options: EncodeOptions,
    ) -> Result<Self, RenderError<C>> {
        let piped = path.as_os_str() == "-";
        if !piped && path.is_dir() {
            return Err(RenderError::IsDirectory(path.to_owned()));
        }
        let format = match format {
            Some(name) => named(name).ok_or_else(|| RenderError::UnknownFormat(name.to_owned()))?,
            None if piped => return Err(RenderError::NoFormat),
            None => path
                .extension()
                .and_then(|ending| named(ending.to_str()?))
                .ok_or_else(|| RenderError::UnknownEnding(path.to_owned()))?,
        };
        format.check(&options)?;
        let place = if piped { None } else { Some(place(path, replace)?) };
        Ok(Self { path: path.to_owned(), place, format, options })
    }

    /// `-` for standard output.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_piped(&self) -> bool {
        self.place.is_none()
    }

    pub(super) fn format(&self) -> &'static Format {
        self.format
    }

    pub(super) fn options(&self) -> &EncodeOptions {
        &self.options
    }

    pub(super) fn open(&self) -> io::Result<File> {
        let place = match &self.place {
            Some(place) => Place::Named(AtomicWriteFile::options().read(true).open(place)?),
            None => Place::Piped(tempfile::tempfile()?),
        };
        Ok(File(BufWriter::with_capacity(1 << 16, place)))
    }
}

/// Where a file that is to be at `path` will be written; what can be checked before the work is checked.
pub(super) fn place<C>(path: &Path, replace: bool) -> Result<PathBuf, RenderError<C>> {
    let fault = |source| RenderError::Write { path: path.to_owned(), source };
    let there = match fs::metadata(path) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => None,
        other => Some(other.map_err(fault)?),
    };
    if there.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(RenderError::IsDirectory(path.to_owned()));
    }
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
    Ok(place)
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

fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name))
}

/// A file that takes its place only when committed. Dropped before, or with the whole process killed, it leaves
/// nothing where the system has nameless files (Linux), and at most a hidden temporary file elsewhere.
#[derive(Debug)]
pub struct File(BufWriter<Place>);

#[derive(Debug)]
enum Place {
    Named(AtomicWriteFile),
    /// Headers tell lengths that are known last, and a pipe cannot be rewound: what goes there waits in a nameless file.
    Piped(std::fs::File),
}

impl Place {
    fn file(&mut self) -> &mut std::fs::File {
        match self {
            Self::Named(file) => file.as_file_mut(),
            Self::Piped(file) => file,
        }
    }
}

impl File {
    /// Another handle on what has been written, at its beginning; nothing may be written while it is read.
    ///
    /// # Errors
    /// When the rest cannot be written, or the system gives no handle.
    pub(super) fn reader(&mut self) -> io::Result<fs::File> {
        self.flush()?;
        let mut file = self.0.get_mut().file().try_clone()?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    /// Replaces the bytes in `range` by others, as many as there are; what follows moves.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    #[cfg(any(feature = "flac", feature = "mp3", feature = "opus", feature = "vorbis"))]
    pub(super) fn splice(&mut self, range: std::ops::Range<u64>, bytes: &[u8]) -> io::Result<()> {
        /// Bytes that are moved at a time.
        const MOVED: u64 = 1 << 20;
        self.flush()?;
        let file = self.0.get_mut().file();
        let length = file.seek(SeekFrom::End(0))?;
        let start = range.start + bytes.len() as u64;
        let mut part = Vec::new();
        let mut shift = |from: u64, to: u64| {
            part.resize((to - from) as usize, 0);
            file.seek(SeekFrom::Start(from))?;
            file.read_exact(&mut part)?;
            file.seek(SeekFrom::Start(start + (from - range.end)))?;
            file.write_all(&part)
        };
        // In the order in which nothing is overwritten before it has moved.
        if start > range.end {
            let mut end = length;
            while end > range.end {
                let from = end.saturating_sub(MOVED).max(range.end);
                shift(from, end)?;
                end = from;
            }
        } else if start < range.end {
            let mut from = range.end;
            while from < length {
                let end = (from + MOVED).min(length);
                shift(from, end)?;
                from = end;
            }
            file.set_len(start + (length - range.end))?;
        }
        file.seek(SeekFrom::Start(range.start))?;
        file.write_all(bytes)
    }

    /// # Errors
    /// When the last bytes cannot be written, or the file cannot be put in place.
    pub fn commit(self) -> io::Result<()> {
        match self.0.into_inner().map_err(io::IntoInnerError::into_error)? {
            Place::Named(file) => file.commit(),
            Place::Piped(mut file) => {
                file.seek(SeekFrom::Start(0))?;
                let mut out = io::stdout().lock();
                io::copy(&mut file, &mut out)?;
                out.flush()
            }
        }
    }
}

impl Read for File {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.flush()?;
        self.0.get_mut().read(bytes)
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

impl Read for Place {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.file().read(bytes)
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

impl Seek for Place {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file().seek(to)
    }
}

#[cfg(feature = "m4a")]
impl mp4ameta::StorageFile for File {
    fn set_len(&mut self, size: u64) -> mp4ameta::Result<()> {
        self.flush()?;
        mp4ameta::StorageFile::set_len(self.0.get_mut().file(), size)
    }
}

#[cfg(all(test, feature = "mp3"))]
mod tests {
    use super::*;

    #[test]
    fn a_splice_grows_shrinks_and_fits() {
        let old: Vec<u8> = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
        for (range, length) in
            [(0..0, 5), (10..20, 2_000_000), (10..2_000_000, 3), (7..9, 2), (0..3_000_000, 1)]
        {
            let mut file = File(BufWriter::new(Place::Piped(tempfile::tempfile().expect("a file"))));
            file.write_all(&old).expect("written");
            let new = vec![9; length];
            file.splice(range.clone(), &new).expect("spliced");
            file.seek(SeekFrom::Start(0)).expect("rewound");
            let mut read = Vec::new();
            file.read_to_end(&mut read).expect("read");
            let mut wanted = old.clone();
            wanted.splice(range.start as usize..range.end as usize, new);
            assert!(read == wanted, "{range:?}, {length} bytes");
        }
    }
}
