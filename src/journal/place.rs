//! Where a routine was left: one small file, replaced as a whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The exercise that was under way, and what is needed to play it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// When it began, in UTC.
    pub when: Timestamp,
    /// A name, or the whole path of a file.
    pub routine: String,
    /// `full` or `short`; `full`, `brief` or `minimal`.
    pub length: String,
    pub guidance: String,
    /// The id of the exercise.
    pub exercise: String,
    /// What people call it.
    pub name: String,
}

#[derive(Debug, Error)]
pub enum PlaceError {
    #[error("cannot keep the place in `{}`: {source}; see who may write there", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("cannot read the place in `{}`: {source}; `floorcoach play --from EXERCISE` begins where you like", .path.display())]
    Read { path: PathBuf, source: io::Error },
}

impl Place {
    /// The place that was kept; `None` where no routine was left unfinished.
    ///
    /// # Errors
    /// When there is one but it cannot be read.
    pub fn read(path: &Path) -> Result<Option<Self>, PlaceError> {
        let fault = |source| PlaceError::Read { path: path.to_owned(), source };
        match fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| fault(error.into())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(fault(error)),
        }
    }

    /// Keeps it: at any time there is either the old place or the new one.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), PlaceError> {
        self.try_write(path).map_err(|source| PlaceError::Write { path: path.to_owned(), source })
    }

    fn try_write(&self, path: &Path) -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(&serde_json::to_vec(self)?)?;
        file.commit()
    }

    /// There is none any more.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget(path: &Path) -> Result<(), PlaceError> {
        match fs::remove_file(path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(PlaceError::Write { path: path.to_owned(), source })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_kept_replaced_and_forgotten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("data/place.json");
        assert_eq!(Place::read(&path).expect("none yet"), None);
        let mut place = Place {
            when: "2026-11-23T06:40:00Z".parse().expect("a time"),
            routine: "upper-back".to_owned(),
            length: "short".to_owned(),
            guidance: "full".to_owned(),
            exercise: "bird-dog".to_owned(),
            name: "Bird dog".to_owned(),
        };
        for exercise in ["bird-dog", "bridge-pose"] {
            exercise.clone_into(&mut place.exercise);
            place.write(&path).expect("it is writable");
            assert_eq!(Place::read(&path).expect("it is there").as_ref(), Some(&place));
        }
        fs::write(&path, "{\"when\":").expect("it is writable");
        assert!(Place::read(&path).expect_err("it is damaged").to_string().contains("--from"));
        Place::forget(&path).expect("it is there");
        Place::forget(&path).expect("it is not there");
        assert_eq!(Place::read(&path).expect("none"), None);
    }
}
