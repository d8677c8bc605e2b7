//! Where a rendering goes: one file, or one a chapter with a playlist, and captions beside them.

use std::fmt::Write;
use std::path::Path;

use super::beside::Beside;
use super::encode::Written;
use super::{CaptionFormat, EncodeOptions, Format, RenderError, Target, captions};
use crate::loudness::factor;
use crate::time::Millis;

/// Every file is held open until all are whole, and systems allow a process about a thousand.
const MOST_PARTS: usize = 400;

/// How all files of a folder are encoded, and the captions of each.
#[derive(Clone, Copy)]
pub struct Encoding<'a> {
    pub format: Option<&'a str>,
    pub options: &'a EncodeOptions,
    pub captions: &'a [CaptionFormat],
}

/// The files that are wanted. All of them appear when the last one is whole, or none.
pub struct Output {
    targets: Vec<Target>,
    /// For each target those beside it.
    captions: Vec<Vec<(CaptionFormat, Beside)>>,
    /// A playlist makes it one file a chapter.
    playlist: Option<Beside>,
}

impl Output {
    /// One file, and captions beside it that differ from it in their ending.
    ///
    /// # Errors
    /// `NothingBeside` for standard output; else those of [`Target::new`], for the captions.
    pub fn whole<C>(
        target: Target,
        formats: &[CaptionFormat],
        replace: bool,
    ) -> Result<Self, RenderError<C>> {
        let captions = vec![beside(&target, formats, replace)?];
        Ok(Self { targets: vec![target], captions, playlist: None })
    }

    /// One file for each of `titles` in a folder, numbered in that order, and `NAME.m3u8` that lists them.
    ///
    /// # Errors
    /// `TooManyParts`, `NoFormat` without a format; else those of [`Target::new`].
    pub fn split<C>(
        folder: &Path,
        name: &str,
        titles: &[String],
        encoding: Encoding<'_>,
        replace: bool,
    ) -> Result<Self, RenderError<C>> {
        let Encoding { format, options, captions } = encoding;
        if titles.len() > MOST_PARTS {
            return Err(RenderError::TooManyParts { parts: titles.len(), most: MOST_PARTS });
        }
        let format = format.ok_or(RenderError::NoFormat)?;
        let digits = titles.len().to_string().len().max(2);
        let target = |(number, title): (usize, &String)| {
            let path = folder.join(format!("{number:0digits$} {}.{format}", file_name(title)));
            Target::new(&path, replace, Some(format), options.clone())
        };
        let targets = (1..).zip(titles).map(target).collect::<Result<Vec<_>, _>>()?;
        let captions =
            targets.iter().map(|target| beside(target, captions, replace)).collect::<Result<_, _>>()?;
        let playlist = Beside::new(folder.join(format!("{}.m3u8", file_name(name))), replace)?;
        Ok(Self { targets, captions, playlist: Some(playlist) })
    }

    /// What was written, for telling: the playlist of many files, the captions of one.
    pub fn paths(&self) -> Vec<&Path> {
        match &self.playlist {
            Some(playlist) => vec![playlist.path()],
            None => {
                let captions = self.captions.iter().flatten().map(|(_, beside)| beside.path());
                self.targets.iter().map(Target::path).chain(captions).collect()
            }
        }
    }

    /// The most that a true peak may be before encoding, as a factor of full scale.
    pub(super) fn ceiling(&self) -> f32 {
        self.targets.first().map_or(1.0, |target| factor(target.format().true_peak))
    }

    /// By how much softer the files are when they are decoded, in LU.
    pub(super) fn softer(&self) -> f64 {
        self.targets.first().map_or(0.0, |target| target.format().softer)
    }

    /// The format, if what is decoded of it differs from what was encoded.
    pub(super) fn lossy(&self) -> Option<&'static Format> {
        self.targets.first().map(Target::format).filter(|format| format.decode.is_some())
    }

    pub(super) fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// One file a chapter.
    pub fn is_split(&self) -> bool {
        self.playlist.is_some()
    }

    /// Writes the texts beside the files, then puts everything in place.
    pub(super) fn put_in_place<C>(&self, written: Vec<Written>) -> Result<(), RenderError<C>> {
        let mut staged = Vec::new();
        for (written, captions) in written.iter().zip(&self.captions) {
            for (format, beside) in captions {
                let track = &written.track;
                staged.push(beside.stage(&captions::text(&track.captions, *format, &track.title))?);
            }
        }
        if let Some(playlist) = &self.playlist {
            staged.push(playlist.stage(&self.list(&written))?);
        }
        for (written, target) in written.into_iter().zip(&self.targets) {
            let path = target.path().to_owned();
            written.file.commit().map_err(|source| RenderError::Write { path, source })?;
        }
        staged.into_iter().try_for_each(|text| text.commit())
    }

    /// M3U in UTF-8, extended with seconds and titles (<https://en.wikipedia.org/wiki/M3U>).
    fn list(&self, written: &[Written]) -> String {
        let mut text = "#EXTM3U\n".to_owned();
        for (Written { track, .. }, target) in written.iter().zip(&self.targets) {
            let seconds = (track.frames.millis() + Millis::new(500)).get() / 1_000;
            let file = target.path().file_name().unwrap_or_default().to_string_lossy();
            let _ = writeln!(text, "#EXTINF:{seconds},{} - {}\n{file}", track.artist, track.title);
        }
        text
    }
}

fn beside<C>(
    target: &Target,
    formats: &[CaptionFormat],
    replace: bool,
) -> Result<Vec<(CaptionFormat, Beside)>, RenderError<C>> {
    if !formats.is_empty() && target.is_piped() {
        return Err(RenderError::NothingBeside);
    }
    let captions = |format: &CaptionFormat| {
        Ok((*format, Beside::new(target.path().with_extension(format.ending()), replace)?))
    };
    formats.iter().map(captions).collect()
}

/// A title as every file system takes it: without separators, wildcards and control characters.
pub fn file_name(title: &str) -> String {
    let plain = |letter: char| match letter {
        '/' | '\\' | ':' | '|' => '-',
        '<' | '>' | '"' | '?' | '*' => '_',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    // 255 bytes is the most that common file systems take; numbers and endings need some of them.
    let mut name: String = title.chars().map(plain).take(50).collect();
    name.truncate(name.trim_end_matches([' ', '.']).len());
    name.trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_system_takes() {
        for (title, name) in [
            ("Cat-camel", "Cat-camel"),
            ("Press/Pull: \"left\"?", "Press-Pull- _left__"),
            (" ..\\up\n. ", "..-up"),
            ("Rücken 背中", "Rücken 背中"),
        ] {
            assert_eq!(file_name(title), name);
        }
        assert_eq!(file_name(&"ä".repeat(300)).chars().count(), 50);
    }
}
