//! `render`: a routine into a file, with a progress bar.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::settings::Settings;
use super::studio::Patient;
use super::{Failure, clock, interrupt, tell};
use crate::plan::{Beats, Cursor, Plan};
use crate::render::{RenderError, Target, render};
use crate::time::Frames;
use crate::voice::VoiceError;

pub fn run(
    plan: Arc<Plan>,
    from: Cursor,
    settings: &Settings,
    output: &Path,
    force: bool,
) -> Result<(), Failure> {
    let target = Target::new(output, force).map_err(failure)?;
    let interrupted = interrupt::watch()?;
    let mut clips = Patient::open(settings, &plan, from)?;

    let bar = ProgressBar::new(Beats::new(&*plan, from).count() as u64)
        .with_style(ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let frames = render(Arc::clone(&plan), from, &mut clips, &target, |step| {
        bar.inc(1);
        bar.set_message(clock(step.start));
        if interrupted.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    super::warn_all(clips.0.pool());
    let frames = frames.map_err(|error| match error {
        RenderError::Clip(VoiceError::Stopped) if interrupted.is_set() => failure(RenderError::Interrupted),
        other => failure(other),
    })?;
    report(target.path(), frames);
    Ok(())
}

const STYLE: &str = "{msg:>8} {bar:40} {percent:>3} %";

fn report(path: &Path, frames: Frames) {
    let size = path.metadata().map_or_else(|_| String::new(), |file| format!(", {}", HumanBytes(file.len())));
    tell(&format!("{}: {}{size}", path.display(), clock(frames)));
}

fn failure(error: RenderError<VoiceError>) -> Failure {
    match error {
        RenderError::Interrupted => Failure::Interrupted(error.to_string()),
        RenderError::UnknownFormat(_) => Failure::usage(error),
        other => Failure::failed(other),
    }
}
