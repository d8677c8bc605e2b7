//! `render`: a routine into a file, with a progress bar.

use std::fs;
use std::io::{self, IsTerminal};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use super::args::Encoding;
use super::settings::Settings;
use super::studio::Patient;
use super::{Failure, clock, interrupt, tell};
use crate::plan::{Beats, Cursor, Length, Plan};
use crate::render::{EncodeOptions, RenderError, Target, Track, render};
use crate::time::Frames;
use crate::voice::VoiceError;

/// The file that is wanted, as it was typed.
pub struct Wanted {
    /// The routine's name in the library, or its path.
    pub name: String,
    pub output: PathBuf,
    pub force: bool,
    pub encoding: Encoding,
}

pub fn run(plan: Arc<Plan>, from: Cursor, settings: &Settings, wanted: Wanted) -> Result<(), Failure> {
    let Wanted { name, output, force, encoding } = wanted;
    let piped = output.as_os_str() == "-";
    if piped && io::stdout().is_terminal() {
        return Err(Failure::usage(
            "a terminal plays no sound; name a file with `-o`, or send it through a pipe",
        ));
    }
    let options = EncodeOptions {
        quality: encoding.quality.map(Into::into).unwrap_or_default(),
        bitrate: encoding.bitrate,
        bits: encoding.bits.map(Into::into),
    };
    let target = Target::new(&output, force, encoding.format.as_deref(), options).map_err(failure)?;
    let about = about(&plan, &name, settings, encoding)?;
    let interrupted = interrupt::watch()?;
    let mut clips = Patient::open(settings, &plan, from)?;

    let bar = ProgressBar::new(Beats::new(&*plan, from).count() as u64)
        .with_style(ProgressStyle::with_template(STYLE).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let frames = render(Arc::clone(&plan), from, &mut clips, &target, about, |step| {
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
    if !piped {
        report(target.path(), frames);
    }
    Ok(())
}

/// What the file tells about itself besides what is heard in it.
fn about(plan: &Plan, name: &str, settings: &Settings, encoding: Encoding) -> Result<Track, Failure> {
    let length = match settings.options.length {
        Length::Full => "full",
        Length::Short => "short",
    };
    let cover = encoding.cover.map(|path| picture(&path)).transpose()?;
    if let Some(date) = encoding.date.as_deref().filter(|date| !is_date(date)) {
        return Err(Failure::usage(format!(
            "`{date}` is no date; write it like `2026`, `2026-05` or `2026-05-31`"
        )));
    }
    Ok(Track {
        title: plan.title().to_owned(),
        album: plan.title().to_owned(),
        artist: "Floorcoach".to_owned(),
        genre: "Fitness".to_owned(),
        date: encoding.date,
        language: plan.language().to_owned(),
        comment: format!("Routine `{name}`, {length}; made with Floorcoach"),
        cover,
        ..Track::default()
    })
}

/// Year, month and day, the last ones optional.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize, most: u32| {
        let digits = part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit());
        digits && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
    };
    match parts[..] {
        [year] => number(year, 4, 9_999),
        [year, month] => number(year, 4, 9_999) && number(month, 2, 12),
        [year, month, day] => number(year, 4, 9_999) && number(month, 2, 12) && number(day, 2, 31),
        _ => false,
    }
}

/// # Errors
/// When there is no such file, or it is neither PNG nor JPEG.
fn picture(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = fs::read(path)
        .map_err(|error| Failure::failed(format!("cannot read the cover `{}`: {error}", path.display())))?;
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(bytes);
    }
    Err(Failure::failed(format!(
        "the cover `{}` is neither a PNG nor a JPEG; save it as one of them",
        path.display()
    )))
}

const STYLE: &str = "{msg:>8} {bar:40} {percent:>3} %";

fn report(path: &Path, frames: Frames) {
    let size = path.metadata().map_or_else(|_| String::new(), |file| format!(", {}", HumanBytes(file.len())));
    tell(&format!("{}: {}{size}", path.display(), clock(frames)));
}

fn failure(error: RenderError<VoiceError>) -> Failure {
    match error {
        RenderError::Interrupted => Failure::Interrupted(error.to_string()),
        RenderError::UnknownEnding(_)
        | RenderError::UnknownFormat(_)
        | RenderError::NoFormat
        | RenderError::NoBitrate { .. }
        | RenderError::WrongBitrate { .. }
        | RenderError::NoBits { .. } => Failure::usage(error),
        other => Failure::failed(other),
    }
}
