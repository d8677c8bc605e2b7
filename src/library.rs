//! Finding routines: built in, in the user's folder, by path, or on standard input.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::routine::{LARGEST_FILE, Problems, Routine, parse_bytes};

const BUILT_IN: &[(&str, &str)] = &[
    ("desk-break", include_str!("../routines/desk-break.toml")),
    ("upper-back", include_str!("../routines/upper-back.toml")),
];

/// What is played when no routine is named.
pub const DEFAULT: &str = "upper-back";

#[derive(Debug, Error)]
pub enum LibraryError {
    #[error("{0}")]
    Problems(#[from] Problems),
    #[error("there is no routine `{name}`{}; `floorcoach list` shows them all", .nearest.as_ref().map_or(String::new(), |nearest| format!(" (did you mean `{nearest}`?)")))]
    Unknown { name: String, nearest: Option<String> },
    #[error("there is no file `{}`; check the path, or take a name that `floorcoach list` shows", .0.display())]
    NoFile(PathBuf),
    #[error("`{}` is a folder; name a routine file in it", .0.display())]
    IsFolder(PathBuf),
    #[error("cannot read `{}`: {source}", .path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot read the routine from standard input: {0}")]
    Stdin(#[source] io::Error),
}

/// Where a routine comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    BuiltIn,
    File(PathBuf),
    Stdin,
}

/// A routine that has been found and read.
#[derive(Debug, Clone)]
pub struct Found {
    /// The built-in name, or the file's name without its ending.
    pub name: String,
    pub origin: Origin,
    /// At most a little more than a routine file may have; the parser says so then.
    pub bytes: Vec<u8>,
}

impl Found {
    /// What messages call it.
    pub fn label(&self) -> String {
        match &self.origin {
            Origin::BuiltIn => format!("{}.toml (built in)", self.name),
            Origin::File(path) => path.display().to_string(),
            Origin::Stdin => "<standard input>".to_owned(),
        }
    }

    /// # Errors
    /// Every problem of the text at once.
    pub fn routine(&self) -> Result<Routine, Problems> {
        parse_bytes(&self.bytes, &self.label())
    }
}

/// The built-in routines and those in one folder of the user's.
#[derive(Debug, Clone, Default)]
pub struct Library {
    folder: Option<PathBuf>,
}

impl Library {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The folder for the user's own routines, where the platform has one.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Finds by name (the user's own before the built-in ones), by path, or `-` for standard input.
    ///
    /// # Errors
    /// When there is no such routine, or it cannot be read.
    pub fn find(&self, wanted: &str) -> Result<Found, LibraryError> {
        if wanted == "-" {
            let bytes = read(io::stdin().lock()).map_err(LibraryError::Stdin)?;
            return Ok(Found { name: "stdin".to_owned(), origin: Origin::Stdin, bytes });
        }
        let path = Path::new(wanted);
        if is_path(wanted) {
            return read_file(path.to_owned());
        }
        let own = self.folder.as_ref().map(|folder| folder.join(format!("{wanted}.toml")));
        if let Some(own) = own.filter(|own| own.is_file()) {
            return read_file(own);
        }
        if let Some(found) = built_in(wanted) {
            return Ok(found);
        }
        if path.exists() {
            return read_file(path.to_owned());
        }
        let names = self.all().into_iter().map(|found| found.name);
        Err(LibraryError::Unknown { name: wanted.to_owned(), nearest: nearest(wanted, names) })
    }

    /// Every routine, by name; the user's own replace built-in ones of the same name. A file that cannot be
    /// read is left out here; naming it tells why.
    pub fn all(&self) -> Vec<Found> {
        let mut all: Vec<Found> = self
            .folder
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok())
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
            .filter_map(|path| read_file(path).ok())
            .collect();
        for (name, _) in BUILT_IN {
            if !all.iter().any(|found| found.name == *name) {
                all.extend(built_in(name));
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }
}

fn built_in(wanted: &str) -> Option<Found> {
    let (name, text) = BUILT_IN.iter().find(|(name, _)| *name == wanted)?;
    Some(Found { name: (*name).to_owned(), origin: Origin::BuiltIn, bytes: text.as_bytes().to_vec() })
}

fn read_file(path: PathBuf) -> Result<Found, LibraryError> {
    if path.is_dir() {
        return Err(LibraryError::IsFolder(path));
    }
    let bytes = fs::File::open(&path).and_then(read).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => LibraryError::NoFile(path.clone()),
        _ => LibraryError::Read { path: path.clone(), source },
    })?;
    let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    Ok(Found { name, origin: Origin::File(path), bytes })
}

/// Whether what was asked for can only be meant as a path, never as a name.
pub fn is_path(wanted: &str) -> bool {
    wanted.contains(std::path::is_separator)
        || matches!(wanted, "." | "..")
        || Path::new(wanted).extension().is_some_and(|ending| ending == "toml")
}

/// Reads no more than is needed to see that it is too much.
fn read(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The name that is most like `wanted`, if any is alike.
pub fn nearest(wanted: &str, names: impl Iterator<Item = String>) -> Option<String> {
    names
        .map(|name| (strsim::jaro_winkler(wanted, &name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
