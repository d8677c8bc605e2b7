//! What `render` was told about its files, checked: format, loudness, captions, tags.

use std::fs;
use std::path::Path;

use super::Failure;
use super::args::Encoding;
use crate::plan::{Length, Plan};
use crate::render::{CaptionFormat, EncodeOptions, RenderError, Track};
use crate::voice::VoiceError;

/// As loud as most podcasts.
const LOUDNESS: f64 = -16.0;
/// What `--loudness` may ask for, in LUFS.
const SOFTEST: f64 = -40.0;
const LOUDEST: f64 = -8.0;

/// Everything but the places of the files.
pub struct Told {
    pub format: Option<String>,
    pub options: EncodeOptions,
    /// One file a chapter.
    pub split: bool,
    /// In LUFS; `None` leaves every clip at its own level, as `play` has it.
    pub loudness: Option<f64>,
    pub captions: Vec<CaptionFormat>,
    cover: Option<Vec<u8>>,
    date: Option<String>,
}

impl Told {
    /// # Errors
    /// When a value makes no sense, or the cover cannot be read.
    pub fn new(encoding: Encoding) -> Result<Self, Failure> {
        let loudness = match encoding.loudness.as_deref() {
            None => Some(LOUDNESS),
            Some(off) if off.eq_ignore_ascii_case("off") => None,
            Some(text) => Some(lufs(text).ok_or_else(|| {
                Failure::usage(format!(
                    "`{text}` is no loudness; give LUFS from {SOFTEST} to {LOUDEST}, such as `-16`, or `off`"
                ))
            })?),
        };
        let captions = encoding.captions.iter().map(|name| name.parse().map_err(Failure::usage));
        let mut captions: Vec<CaptionFormat> = captions.collect::<Result<_, _>>()?;
        captions.sort_unstable();
        captions.dedup();
        if let Some(date) = encoding.date.as_deref().filter(|date| !is_date(date)) {
            return Err(Failure::usage(format!(
                "`{date}` is no date; write it like `2026`, `2026-05` or `2026-05-31`"
            )));
        }
        Ok(Self {
            format: encoding.format,
            options: EncodeOptions {
                quality: encoding.quality.map(Into::into).unwrap_or_default(),
                bitrate: encoding.bitrate,
                bits: encoding.bits.map(Into::into),
            },
            split: encoding.split,
            loudness,
            captions,
            cover: encoding.cover.map(|path| picture(&path)).transpose()?,
            date: encoding.date,
        })
    }

    /// What all files have in common.
    pub fn encoding(&self) -> crate::render::Encoding<'_> {
        let Self { format, options, captions, .. } = self;
        crate::render::Encoding { format: format.as_deref(), options, captions }
    }

    /// What the file of a routine tells about itself besides what is heard in it. `of` is the number of its parts.
    pub fn about(&self, plan: &Plan, name: &str, length: Length, of: usize) -> Track {
        Track {
            title: plan.title().to_owned(),
            album: plan.title().to_owned(),
            artist: "Floorcoach".to_owned(),
            genre: "Fitness".to_owned(),
            date: self.date.clone(),
            language: plan.language().to_owned(),
            comment: comment(plan, name, length),
            number: Some((1, of.try_into().unwrap_or(u32::MAX))),
            cover: self.cover.clone(),
            ..Track::default()
        }
    }
}

fn comment(plan: &Plan, name: &str, length: Length) -> String {
    let made = format!("Routine `{name}`, {}; made with Floorcoach", length_name(length));
    match plan.source() {
        Some(source) => format!("{made}. Source: {source}"),
        None => made,
    }
}

/// As on the command line.
pub const fn length_name(length: Length) -> &'static str {
    match length {
        Length::Full => "full",
        Length::Short => "short",
    }
}

fn lufs(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value| (SOFTEST..=LOUDEST).contains(value))
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

/// Mistakes on the command line are told apart from what went wrong.
pub fn failure(error: RenderError<VoiceError>) -> Failure {
    match error {
        RenderError::Interrupted => Failure::Interrupted(error.to_string()),
        RenderError::UnknownEnding(_)
        | RenderError::UnknownFormat(_)
        | RenderError::NoFormat
        | RenderError::NothingBeside
        | RenderError::TooManyParts { .. }
        | RenderError::NoBitrate { .. }
        | RenderError::WrongBitrate { .. }
        | RenderError::NoBits { .. } => Failure::usage(error),
        other => Failure::failed(other),
    }
}
