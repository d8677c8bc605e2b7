//! `render`: routines into files, side by side on the cores, each with a progress bar.

use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use indicatif::{HumanBytes, MultiProgress, ProgressBar, ProgressStyle};

use super::args::Render;
use super::interrupt::{self, Interrupt};
use super::job::{Job, jobs};
use super::order::{Told, failure};
use super::places::Places;
use super::settings::Settings;
use super::studio::{Booth, Patient, Studio};
use super::{Failure, clock, complain, tell, warn};
use crate::library::Library;
use crate::plan::Beats;
use crate::render::{self, Level, Order, RenderError};
use crate::time::Frames;
use crate::timeline::Step;
use crate::voice::VoiceError;

/// So far from the loudness that was asked for, in LU, is worth telling.
const MISSED: f64 = 0.5;

pub fn run(library: &Library, places: Places, wanted: Render) -> Result<(), Failure> {
    if wanted.output.as_os_str() == "-" && io::stdout().is_terminal() {
        return Err(Failure::usage(
            "a terminal plays no sound; name a file with `-o`, or send it through a pipe",
        ));
    }
    let told = Told::new(wanted.encoding.clone())?;
    let mut score = wanted.score.clone();
    // Both lengths are two jobs, and each has its own then.
    score.short &= !score.full;
    let settings = Settings::new(score, places)?;
    if settings.system_voice().is_some() {
        let typed = wanted.score.voice.is_some();
        return Err(if typed { Failure::usage } else { Failure::failed }(VoiceError::NoSamples));
    }
    let jobs = jobs(library, &settings, &told, &wanted)?;
    let interrupted = interrupt::watch()?;
    let mut booths: Vec<(String, Booth)> = Vec::new();
    for job in &jobs {
        let language = job.plan.language();
        if booths.iter().all(|(of, _)| of != language) {
            let booth = Booth::open(&settings, language)?;
            booth.stop_on_interrupt()?;
            booths.push((language.to_owned(), booth));
        }
    }
    let bars = MultiProgress::new();
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some((_, booth)) = booths.iter().find(|(of, _)| of == job.plan.language()) else { continue };
            let bar = bars.add(bar(job, jobs.len() > 1, told.loudness.is_some()));
            let done = one(job, booth.clone(), &told, &bar, &interrupted);
            bar.finish_and_clear();
            bars.suspend(|| super::warn_all(booth.pool()));
            match done {
                Ok(frames) => bars.suspend(|| report(job, frames)),
                Err(RenderError::Clip(VoiceError::Stopped)) if interrupted.is_set() => {
                    failed.lock().unwrap_or_else(PoisonError::into_inner).push(RenderError::Interrupted);
                }
                Err(error) => failed.lock().unwrap_or_else(PoisonError::into_inner).push(error),
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores.min(jobs.len()) {
            scope.spawn(work);
        }
    });
    let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter();
    let Some(first) = failed.next() else { return Ok(()) };
    jobs.iter().for_each(Job::tidy);
    failed
        .filter(|error| !matches!(error, RenderError::Interrupted))
        .for_each(|error| complain(&error.to_string()));
    Err(failure(first))
}

/// Listens to the whole first, for its loudness, and then writes it.
fn one(
    job: &Job,
    booth: Booth,
    told: &Told,
    bar: &ProgressBar,
    interrupted: &Interrupt,
) -> Result<Frames, RenderError<VoiceError>> {
    let mut clips = Patient(Studio::new(booth, &job.plan, job.from));
    // The bar has room for the walk that measures, and one that writes.
    let expected = if told.loudness.is_some() { 2 } else { 1 };
    let steps = bar.length().unwrap_or(0) / expected;
    let (mut last, mut walks) = (None, 0);
    let mut observe = |step: Option<&Step>| {
        if let Some(step) = step {
            if last.is_none_or(|last| step.start < last) {
                walks += 1;
                // A lossy file that is encoded again.
                if walks > expected {
                    bar.inc_length(steps);
                }
            }
            last = Some(step.start);
            bar.inc(1);
            bar.set_message(clock(step.start));
        }
        if interrupted.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut level = Level::new(1.0, &job.output);
    let mut reached = None;
    if let Some(target) = told.loudness {
        let (plan, from) = (job.plan.clone(), job.from);
        (level, reached) = Level::for_loudness(target, &job.output, plan, from, &mut clips, &mut observe)?;
    }
    let order = Order { output: &job.output, about: &job.about, level: &level };
    let rendered = render::render(job.plan.clone(), job.from, &mut clips, order, observe)?;
    if let (Some(target), Some(reached)) = (told.loudness, rendered.loudness.or(reached))
        && (reached - target).abs() > MISSED
    {
        bar.suspend(|| warn(&format!("as loud as its peaks allow: {reached:.1} LUFS instead of {target}")));
    }
    Ok(rendered.frames)
}

fn bar(job: &Job, named: bool, twice: bool) -> ProgressBar {
    let steps = Beats::new(&*job.plan, job.from).count() as u64;
    let style = if named {
        "{prefix:20} {msg:>8} {bar:30} {percent:>3} %"
    } else {
        "{msg:>8} {bar:40} {percent:>3} %"
    };
    ProgressBar::new(if twice { 2 * steps } else { steps })
        .with_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()))
        .with_prefix(job.label.clone())
}

fn report(job: &Job, frames: Frames) {
    for (nth, path) in job.output.paths().into_iter().enumerate() {
        // What goes to standard output is not told in words.
        if path.as_os_str() == "-" {
            continue;
        }
        let size =
            || path.metadata().map_or_else(|_| String::new(), |file| format!(", {}", HumanBytes(file.len())));
        match nth {
            0 if job.output.is_split() => tell(&format!("{}: {}", path.display(), clock(frames))),
            0 => tell(&format!("{}: {}{}", path.display(), clock(frames), size())),
            _ => tell(&path.display().to_string()),
        }
    }
}
