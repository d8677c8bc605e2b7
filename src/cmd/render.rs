//! `render`: a routine into a file, with a progress bar.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::settings::Settings;
use super::studio::{Patient, Studio};
use super::{Failure, clock, interrupt, warn};
use crate::plan::{Beats, Cursor, Plan};
use crate::render::{Beside, Preview, RenderError, TRUE_PEAK, Target, render};
use crate::time::Frames;
use crate::voice::VoiceError;

/// As loud as most podcasts.
const LOUDNESS: f64 = -16.0;
/// What `--loudness` may ask for, in LUFS.
const SOFTEST: f64 = -40.0;
const LOUDEST: f64 = -8.0;
/// So far from what was asked for, in LU, is worth telling.
const MISSED: f64 = 0.5;

/// The file that is wanted, and what goes with it.
pub struct Request {
    target: Target,
    /// In LUFS; `None` leaves every clip at its own level, as `play` has it.
    loudness: Option<f64>,
    captions: Vec<Beside>,
}

impl Request {
    /// # Errors
    /// When a value makes no sense, or a file is in the way.
    pub fn new(
        output: &Path,
        force: bool,
        loudness: Option<String>,
        captions: &[String],
    ) -> Result<Self, Failure> {
        let loudness = match loudness.as_deref() {
            None => Some(LOUDNESS),
            Some(off) if off.eq_ignore_ascii_case("off") => None,
            Some(text) => Some(lufs(text).ok_or_else(|| {
                Failure::usage(format!(
                    "`{text}` is no loudness; give LUFS from {SOFTEST} to {LOUDEST}, such as `-16`, or `off`"
                ))
            })?),
        };
        let mut formats = Vec::new();
        for name in captions {
            formats.push(name.parse().map_err(Failure::usage)?);
        }
        formats.sort_unstable();
        formats.dedup();
        let target = Target::new(output, force).map_err(failure)?;
        let beside = |format| Beside::new(output, format, force).map_err(failure);
        Ok(Self { target, loudness, captions: formats.into_iter().map(beside).collect::<Result<_, _>>()? })
    }
}

fn lufs(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value| (SOFTEST..=LOUDEST).contains(value))
}

pub fn run(plan: Arc<Plan>, from: Cursor, settings: &Settings, request: &Request) -> Result<(), Failure> {
    let interrupted = interrupt::watch()?;
    let mut clips = Patient(Studio::open(settings, &plan, from)?);
    let walks = if request.needs_preview() { 2 } else { 1 };
    let bar = ProgressBar::new(walks * Beats::new(&*plan, from).count() as u64)
        .with_style(ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let observe = |start: Frames| {
        bar.inc(1);
        bar.set_message(clock(start));
        if interrupted.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let done = write(&plan, from, &mut clips, request, observe);
    bar.finish_and_clear();
    super::warn_all(clips.0.pool());
    let frames = done.map_err(failure)?;
    report(request.target.path(), frames);
    request.captions.iter().for_each(|captions| eprintln!("{}", captions.path().display()));
    Ok(())
}

impl Request {
    fn needs_preview(&self) -> bool {
        self.loudness.is_some() || !self.captions.is_empty()
    }
}

/// Captions are written first and put in place last, so that a full disk leaves neither them nor the sound.
fn write(
    plan: &Arc<Plan>,
    from: Cursor,
    clips: &mut Patient,
    request: &Request,
    observe: impl Fn(Frames) -> ControlFlow<()>,
) -> Result<Frames, RenderError<VoiceError>> {
    let (mut gain, mut staged) = (1.0, Vec::new());
    if request.needs_preview() {
        let preview = Preview::of(Arc::clone(plan), from, clips, |step| observe(step.start))?;
        if let (Some(target), Some(loudness)) = (request.loudness, preview.loudness()) {
            gain = preview.gain(target, TRUE_PEAK);
            let reached = loudness + 20.0 * f64::from(gain).log10();
            if (reached - target).abs() > MISSED {
                warn(&format!("as loud as its peaks allow: {reached:.1} LUFS instead of {target}"));
            }
        }
        for captions in &request.captions {
            let text = preview.captions().text(captions.format(), plan.title());
            staged.push(captions.stage(&text)?);
        }
    }
    let frames = render(Arc::clone(plan), from, clips, &request.target, gain, |step| observe(step.start))?;
    for captions in staged {
        captions.commit()?;
    }
    Ok(frames)
}

const STYLE: &str = "{msg:>8} {bar:40} {percent:>3} %";

fn report(path: &Path, frames: Frames) {
    let size = path.metadata().map_or_else(|_| String::new(), |file| format!(", {}", HumanBytes(file.len())));
    eprintln!("{}: {}{size}", path.display(), clock(frames));
}

fn failure(error: RenderError<VoiceError>) -> Failure {
    match error {
        RenderError::Interrupted => Failure::Interrupted(error.to_string()),
        RenderError::UnknownFormat(_) => Failure::usage(error),
        other => Failure::failed(other),
    }
}
