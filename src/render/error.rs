//! Why a file was not written.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::FORMATS;

/// Why a file was not written. `C` is why a clip was not to be had.
#[derive(Debug, Error)]
pub enum RenderError<C> {
    #[error("{0}")]
    Clip(C),
    #[error("`{}` is there already; give `--force` to replace it, or another name with `-o`", .0.display())]
    Exists(PathBuf),
    #[error("`{}` is a directory; name a file in it, such as `{}`", .0.display(), .0.join("routine.wav").display())]
    IsDirectory(PathBuf),
    #[error("`{}` is no file that could be replaced, but a device or a pipe; name another one", .0.display())]
    NotAFile(PathBuf),
    #[error("there is no folder `{}` to write `{}` into; make it first, or name another one", .folder.display(), .path.display())]
    NoFolder { folder: PathBuf, path: PathBuf },
    #[error("`{}` does not end in a format that this program writes ({}); name a file like `{}`, or give `--format`",
        .0.display(), names(), .0.with_extension("wav").display())]
    UnknownEnding(PathBuf),
    #[error("`{}` is no format that this program writes; it writes {}", .0, names())]
    UnknownFormat(String),
    #[error(
        "a folder or standard output has no name that tells a format; give `--format` with one of {}",
        names()
    )]
    NoFormat,
    #[error("captions and parts are files beside the sound; standard output has no place for them")]
    NothingBeside,
    #[error(
        "{parts} parts are more than the {most} that can be made at once; leave `--split` out, or render a part with `--from`"
    )]
    TooManyParts { parts: usize, most: usize },
    #[error("{format} is lossless and has no bit rate; leave `--bitrate` out, or write another format")]
    NoBitrate { format: &'static str },
    #[error("{kbit} kbit/s is no bit rate for {format}; give `--bitrate` from {least} to {most}")]
    WrongBitrate { format: &'static str, kbit: u32, least: u32, most: u32 },
    #[error("{format} has no samples of fixed bits; leave `--bits` out, or write wav or flac")]
    NoBits { format: &'static str },
    #[error("cannot write `{}`: {source}; nothing was changed there", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(
        "the routine is longer than the {hours} hours that a file of {format} holds here; render a part of it with \
         `--from` or `--short`, or another format"
    )]
    TooLong { hours: u64, format: &'static str },
    #[error("interrupted; nothing was written")]
    Interrupted,
}

/// What an encoder may fail with.
#[derive(Debug, Error)]
pub enum EncodeError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("too long for the format, which holds {hours} hours")]
    TooLong { hours: u64 },
}

fn names() -> String {
    FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ")
}
