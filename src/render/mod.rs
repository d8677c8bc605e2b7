//! A timeline into a file: every sample in order, a block at a time, and the file appears only when whole.

mod beside;
mod bounded;
mod captions;
#[cfg(any(feature = "flac", feature = "opus", feature = "vorbis"))]
mod comments;
#[cfg(feature = "cover")]
mod cover;
mod encode;
mod error;
#[cfg(feature = "flac")]
mod flac;
mod format;
mod id3;
mod level;
#[cfg(feature = "m4a")]
mod m4a;
#[cfg(feature = "mp3")]
mod mp3;
#[cfg(any(feature = "opus", feature = "vorbis"))]
mod ogg;
#[cfg(feature = "opus")]
mod opus;
mod output;
mod part;
mod preview;
mod proof;
mod target;
mod track;
#[cfg(feature = "vorbis")]
mod vorbis;
mod wav;

use std::ops::{ControlFlow, Deref};
use std::thread;

use crossbeam_channel::bounded;

use crate::loudness::factor;
use crate::plan::{Cursor, Plan};
use crate::time::Frames;
use crate::timeline::{Background, Clips, Cue, Mix, Queue, Step, Walk};

use bounded::Bounded;
use encode::{Work, Written, encode};
use part::Parts;

pub use captions::{Caption, CaptionFormat, Captions, UnknownCaptions};
pub use error::{EncodeError, RenderError};
pub use format::{Bits, EncodeOptions, Encoder, FORMATS, Format, Quality};
pub use level::Level;
pub use output::{Encoding, Output, file_name};
pub use preview::Preview;
pub use target::{File, Target};
pub use track::{Chapter, Track};

/// Frames that are mixed and encoded at a time.
const BLOCK: usize = 4_096;
/// Blocks that are mixed ahead of the encoder.
const AHEAD: usize = 64;

/// What is to be written.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    pub output: &'a Output,
    /// What the plan does not know of the track. Chapters, captions and length are filled in, and a cover where there is
    /// none.
    pub about: &'a Track,
    /// What is done to the samples that `play` has.
    pub level: &'a Level,
}

/// What has been written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rendered {
    pub frames: Frames,
    /// How loud a lossy file is when it is decoded, in LUFS; `None` where it was not listened to.
    pub loudness: Option<f64>,
}

/// A lossy file is encoded so often at the most, each time nearer to the loudness and the peaks that are wanted.
const PASSES: usize = 4;
/// After so many only peaks are turned down.
const RISING: usize = 2;

/// Renders the plan from `from` on. `observe` sees each step before its samples are written, and nothing now and then while
/// a lossy file is listened to; it may stop the rendering, and nothing is left behind then.
///
/// A lossy file that is not as loud as was wanted, or clips when it is decoded, is encoded again.
///
/// # Errors
/// See [`RenderError`]; before everything is written, nothing has changed.
pub fn render<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    order: Order<'_>,
    mut observe: impl FnMut(Option<&Step>) -> ControlFlow<()>,
) -> Result<Rendered, RenderError<C::Error>>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips,
{
    let Order { output, about, .. } = order;
    let mut level = order.level.clone();
    let mut pass = 1;
    loop {
        let order = Order { output, about, level: &level };
        let mut cues = Vec::new();
        let (mut written, frames) = encoded(plan.clone(), from, clips, order, |step, new| {
            let sounding = new.iter().filter(|cue| level::sounds(cue));
            cues.extend(sounding.map(|cue| (cue.at, cue.at + cue.frames)));
            observe(Some(step))
        })?;
        let proof = match output.lossy() {
            Some(format) => proof::listen(format, &mut written, factor(level::LIMIT), || observe(None)),
            None => ControlFlow::Continue(None),
        };
        let ControlFlow::Continue(proof) = proof else { return Err(RenderError::Interrupted) };
        let again = proof.as_ref().is_some_and(|proof| level.correct(proof, &cues, pass <= RISING));
        if !again || pass == PASSES {
            output.put_in_place(written)?;
            return Ok(Rendered { frames, loudness: proof.map(|proof| proof.loudness) });
        }
        pass += 1;
    }
}

/// Encodes everything once, into files that are not in their places yet.
///
/// Encoding has a thread of its own, so that it overlaps with speaking and mixing.
fn encoded<P, C>(
    plan: P,
    from: Cursor,
    clips: &mut C,
    order: Order<'_>,
    mut observe: impl FnMut(&Step, &[Cue]) -> ControlFlow<()>,
) -> Result<(Vec<Written>, Frames), RenderError<C::Error>>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips,
{
    let Order { output, about, level } = order;
    let gain = level.gain();
    thread::scope(|scope| {
        let (work, incoming) = bounded(AHEAD);
        let encoding = scope.spawn(move || encode(output.targets(), &incoming));
        let mut parts = Parts::new(about, output.is_split());
        let hear = |step: &Step, cues: &[Cue]| {
            // A refusal means that the encoder has failed: why, it tells itself.
            let ended = parts.add(&plan, step, cues).map(|track| work.send(Work::Finish(Box::new(track))));
            if matches!(ended, Some(Err(_))) { ControlFlow::Break(()) } else { observe(step, cues) }
        };
        let mut bounded = Bounded { clips, level };
        let performed = perform(plan.clone(), from, &mut bounded, hear, |block| {
            let samples = block.iter().map(|sample| sample * gain).collect();
            work.send(Work::Block(samples)).map_err(|_| RenderError::Interrupted)
        });
        if performed.is_ok() {
            work.send(Work::Finish(Box::new(parts.last()))).ok();
        }
        drop(work);
        let encoded = encoding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        // The encoder's failure is why the performance was broken off, if both have failed.
        let encoded = encoded.map_err(|(target, error)| fault(target, error))?;
        Ok((encoded, performed?))
    })
}

fn fault<C>(target: &Target, error: EncodeError) -> RenderError<C> {
    match error {
        EncodeError::Io(source) => RenderError::Write { path: target.path().to_owned(), source },
        EncodeError::TooLong { hours } => RenderError::TooLong { hours, format: target.format().name },
    }
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
    let background = Background::of(&plan);
    let mut walk = Walk::begin(plan, from);
    let (mut mix, mut queue, mut cues) = (Mix::over(background), Queue::default(), Vec::new());
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
