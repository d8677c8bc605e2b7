//! A timeline into a file: every sample in order, a block at a time, and the file appears only when whole.

#[cfg(any(feature = "flac", feature = "opus", feature = "vorbis"))]
mod comments;
#[cfg(feature = "cover")]
mod cover;
mod error;
#[cfg(feature = "flac")]
mod flac;
mod format;
mod id3;
#[cfg(feature = "m4a")]
mod m4a;
#[cfg(feature = "mp3")]
mod mp3;
#[cfg(any(feature = "opus", feature = "vorbis"))]
mod ogg;
#[cfg(feature = "opus")]
mod opus;
mod target;
mod track;
#[cfg(feature = "vorbis")]
mod vorbis;
mod wav;

use std::ops::{ControlFlow, Deref};
use std::thread;

use crossbeam_channel::{Receiver, bounded};

use crate::plan::{Cursor, Plan};
use crate::time::Frames;
use crate::timeline::{Clips, Cue, Mix, Queue, Step, Survey, Walk, What};

pub use error::{EncodeError, RenderError};
pub use format::{Bits, EncodeOptions, Encoder, FORMATS, Format, Quality};
pub use target::{File, Target};
pub use track::{Chapter, Line, Track};

/// Frames that are mixed and encoded at a time.
const BLOCK: usize = 4_096;
/// Blocks that are mixed ahead of the encoder.
const AHEAD: usize = 64;

/// What goes to the thread that encodes. It ends without `Finish` when the rendering was broken off.
enum Work {
    Block(Vec<f32>),
    Finish(Box<Track>),
}

/// Renders the plan from `from` on into the target. `about` tells what the plan does not know; its chapters, lines and
/// length are filled in, and a cover where it has none. `observe` sees each step before its samples are written and may
/// stop the rendering; nothing is left behind then. Returns the number of frames in the file.
///
/// Encoding has a thread of its own, so that it overlaps with speaking and mixing.
///
/// # Errors
/// See [`RenderError`]; in every case the target is as it was.
pub fn render<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    target: &Target,
    about: Track,
    mut observe: impl FnMut(&Step) -> ControlFlow<()>,
) -> Result<Frames, RenderError<C::Error>>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips,
{
    let fault = |error| match error {
        EncodeError::Io(source) => RenderError::Write { path: target.path().to_owned(), source },
        EncodeError::TooLong { hours } => RenderError::TooLong { hours, format: target.format().name },
    };
    let file = target.open().map_err(|error| fault(error.into()))?;
    thread::scope(|scope| {
        let (work, incoming) = bounded(AHEAD);
        let encoding = scope.spawn(move || encode(file, target, &incoming));
        let mut track = about;
        let mut survey = Survey::default();
        let hear = |step: &Step, cues: &[Cue]| {
            survey.add(&plan, step);
            track.lines.extend(cues.iter().filter_map(line));
            observe(step)
        };
        // A block is refused when the encoder has failed: why, it tells itself.
        let performed = perform(plan.clone(), from, clips, hear, |block| {
            work.send(Work::Block(block.to_vec())).map_err(|_| RenderError::Interrupted)
        });
        if let Ok(frames) = performed {
            track.frames = frames;
            #[cfg(feature = "cover")]
            if track.cover.is_none() {
                track.cover = cover::draw(&track.title, &exercises(&survey), frames);
            }
            track.chapters = survey.chapters.into_iter().map(chapter).collect();
            work.send(Work::Finish(Box::new(track))).ok();
        }
        drop(work);
        match encoding.join() {
            Ok(Ok(())) => performed,
            Ok(Err(error)) => Err(fault(error)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Encodes all that comes. The encoder is dropped unfinished, and leaves nothing behind, when no `Finish` comes.
fn encode(file: File, target: &Target, incoming: &Receiver<Work>) -> Result<(), EncodeError> {
    let mut encoder = (target.format().begin)(file, target.options())?;
    for work in incoming {
        match work {
            Work::Block(samples) => encoder.write(&samples)?,
            Work::Finish(track) => return encoder.finish(&track),
        }
    }
    Ok(())
}

fn line(cue: &Cue) -> Option<Line> {
    match &cue.what {
        What::Speech(text) => Some(Line { start: cue.at, end: cue.at + cue.frames, text: text.clone() }),
        What::Sound { .. } | What::Pause => None,
    }
}

fn chapter(of: crate::timeline::Chapter) -> Chapter {
    Chapter { title: of.title, start: of.start, end: of.end }
}

#[cfg(feature = "cover")]
fn exercises(survey: &Survey) -> Vec<&str> {
    let exercises = survey.chapters.iter().filter(|chapter| chapter.exercise.is_some());
    exercises.map(|chapter| chapter.title.as_str()).collect()
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
    take: impl FnMut(&[f32]) -> Result<(), RenderError<C::Error>>,
) -> Result<Frames, RenderError<C::Error>>
where
    P: Deref<Target = Plan>,
    C: Clips,
{
    perform(plan, from, clips, |step, _| observe(step), take)
}

/// Walks the plan: `hear` gets each step with its cues, then `take` its samples.
fn perform<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    mut hear: impl FnMut(&Step, &[Cue]) -> ControlFlow<()>,
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
        if hear(&step, &cues).is_break() {
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
