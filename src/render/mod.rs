//! A timeline into a file: every sample in order, a block at a time, and the file appears only when whole.

mod target;
mod wav;

use std::io;
use std::ops::{ControlFlow, Deref};
use std::path::PathBuf;

use thiserror::Error;

use crate::plan::{Cursor, Plan};
use crate::time::Frames;
use crate::timeline::{Clips, Mix, Queue, Step, Walk};

pub use target::{File, Target};

/// Frames that are mixed and encoded at a time.
const BLOCK: usize = 4_096;

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
    #[error("`{}` does not end in `.wav`, the one format that can be written; name a file like `{}`",
        .0.display(), .0.with_extension("wav").display())]
    UnknownFormat(PathBuf),
    #[error("cannot write `{}`: {source}; nothing was changed there", .path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error(
        "the routine is longer than the {hours} hours that a WAV file holds; render a part of it with `--from` or `--short`"
    )]
    TooLong { hours: u64 },
    #[error("interrupted; nothing was written")]
    Interrupted,
}

/// Takes the samples of a timeline in order. An encoder that is dropped before `finish` leaves nothing behind.
pub trait Encoder {
    /// # Errors
    /// When the samples cannot be written, or are more than the format holds.
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError>;

    /// Completes the file and puts it in place.
    ///
    /// # Errors
    /// When that fails; whatever was at the place before is still there then.
    fn finish(self: Box<Self>) -> Result<(), EncodeError>;
}

#[derive(Debug, Error)]
pub enum EncodeError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("too long for the format, which holds {hours} hours")]
    TooLong { hours: u64 },
}

/// One row for each format: the ending of its files, and how to begin one.
struct Format {
    ending: &'static str,
    begin: fn(File) -> Result<Box<dyn Encoder>, EncodeError>,
}

const FORMATS: &[Format] = &[Format { ending: "wav", begin: wav::begin }];

/// Renders the plan from `from` on into the target. `observe` sees each step before its samples are written and may
/// stop the rendering; nothing is left behind then. Returns the number of frames in the file.
///
/// # Errors
/// See [`RenderError`]; in every case the target is as it was.
pub fn render<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    target: &Target,
    observe: impl FnMut(&Step) -> ControlFlow<()>,
) -> Result<Frames, RenderError<C::Error>>
where
    P: Deref<Target = Plan>,
    C: Clips,
{
    let fault = |error| match error {
        EncodeError::Io(error) => RenderError::Write { path: target.path().to_owned(), source: error },
        EncodeError::TooLong { hours } => RenderError::TooLong { hours },
    };
    let file = target.open().map_err(|error| fault(error.into()))?;
    let mut encoder = (target.format().begin)(file).map_err(fault)?;
    let frames = samples(plan, from, clips, observe, |block| encoder.write(block).map_err(fault))?;
    encoder.finish().map_err(fault)?;
    Ok(frames)
}

/// Hands every sample of the timeline to `take`, in blocks.
///
/// # Errors
/// That of `take`, a clip that cannot be had, or `Interrupted` when `observe` breaks.
pub fn samples<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    mut observe: impl FnMut(&Step) -> ControlFlow<()>,
    mut take: impl FnMut(&[f32]) -> Result<(), RenderError<C::Error>>,
) -> Result<Frames, RenderError<C::Error>>
where
    P: Deref<Target = Plan>,
    C: Clips,
{
    let mut walk = Walk::new(plan, from, Frames::ZERO);
    let (mut mix, mut queue, mut cues) = (Mix::default(), Queue::default(), Vec::new());
    let mut block = [0.0; BLOCK];
    while let Some(step) = walk.step(clips, &mut cues).map_err(RenderError::Clip)? {
        if observe(&step).is_break() {
            return Err(RenderError::Interrupted);
        }
        for cue in cues.drain(..) {
            queue.0.extend(clips.event(&cue).map_err(RenderError::Clip)?);
        }
        while mix.clock() < step.end {
            let left = usize::try_from((step.end - mix.clock()).get()).unwrap_or(BLOCK);
            let part = &mut block[..left.min(BLOCK)];
            mix.fill(part, &mut queue);
            take(part)?;
        }
    }
    Ok(walk.at())
}
