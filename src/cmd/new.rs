//! `new`: a routine of the user's own, begun from the commented template.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use super::{Failure, show, warn};
use crate::library::{Library, is_path};
use crate::routine::{slug, template};

pub fn run(name: &str, output: Option<PathBuf>, library: &Library) -> Result<(), Failure> {
    let stem = slug(name);
    if stem.is_empty() {
        return Err(Failure::usage(format!("`{name}` makes no file name; use some letters or digits")));
    }
    let own_folder = output.is_none();
    let path = match (output, library.folder()) {
        (Some(path), _) => path,
        (None, Some(folder)) => {
            fs::create_dir_all(folder)
                .map_err(|error| Failure::failed(format!("cannot make `{}`: {error}", folder.display())))?;
            folder.join(format!("{stem}.toml"))
        }
        (None, None) => PathBuf::from(format!("{stem}.toml")),
    };
    let fault = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Failure::failed(format!("`{}` is there already; edit it, or choose another name", path.display()))
        }
        _ => Failure::failed(format!("cannot write `{}`: {error}", path.display())),
    };
    // `create_new`: a routine somebody has written is never overwritten.
    let mut file = fs::File::create_new(&path).map_err(fault)?;
    file.write_all(template(name).as_bytes()).and_then(|()| file.sync_all()).map_err(fault)?;
    let play = match own_folder {
        true => stem,
        // A bare name would mean a routine of the library.
        false if !is_path(&path.to_string_lossy()) => format!("./{}", path.display()),
        false => path.display().to_string(),
    };
    if own_folder && Library::default().find(&play).is_ok() {
        warn(&format!(
            "from now on `{play}` is yours instead of the built-in one; remove the file to have that back"
        ));
    }
    show::print(&format!(
        "{}\nEdit it, look at it with `floorcoach show {play}`, then `floorcoach play {play}`.\n",
        path.display()
    ))
}
