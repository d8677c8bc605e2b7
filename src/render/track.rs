//! What a file tells about itself besides its sound: title, chapters, the words that are spoken, a picture.

use super::Caption;
use super::captions::lrc;
use crate::time::Frames;

/// Everything that players may show. Formats write what they have a place for.
///
/// Nothing here comes from a clock: the same routine gives the same bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Track {
    pub title: String,
    pub album: String,
    pub artist: String,
    pub genre: String,
    /// `2026`, `2026-05` or `2026-05-31`.
    pub date: Option<String>,
    /// As in routines: `en`, `pt-BR`.
    pub language: String,
    pub comment: String,
    /// The track's number, and how many there are.
    pub number: Option<(u32, u32)>,
    /// In order; each ends where the next begins.
    pub chapters: Vec<Chapter>,
    /// All that is spoken, and the count-downs, in order.
    pub captions: Vec<Caption>,
    /// A PNG or JPEG.
    pub cover: Option<Vec<u8>>,
    /// The length of the whole.
    pub frames: Frames,
}

/// A part that a player can jump to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    pub title: String,
    pub start: Frames,
    pub end: Frames,
}

impl Track {
    /// The captions with their times, as players of lyrics read them; empty when nothing is to be shown.
    pub fn lyrics(&self) -> String {
        if self.captions.is_empty() { String::new() } else { lrc(&self.captions, &self.title) }
    }

    /// The language as three letters (ISO 639-3), `und` where it is not known.
    pub(super) fn language_code(&self) -> &'static str {
        let letters = self.language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let language =
            isolang::Language::from_639_1(&letters).or_else(|| isolang::Language::from_639_3(&letters));
        language.map_or("und", |language| language.to_639_3())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lyrics_have_the_title_and_every_caption() {
        let caption = Caption { start: Frames::ZERO, end: Frames::new(48_000), text: "Hold.".into() };
        let track = Track { title: "Back".into(), captions: vec![caption], ..Track::default() };
        assert_eq!(track.lyrics(), "[ti:Back]\n[by:Floorcoach]\n[00:00.00]Hold.\n[00:01.00]\n");
        assert_eq!(Track::default().lyrics(), "");
    }

    #[test]
    fn languages_have_three_letters() {
        let code = |language: &str| Track { language: language.into(), ..Track::default() }.language_code();
        assert_eq!((code("en"), code("pt-BR"), code("deu"), code("")), ("eng", "por", "deu", "und"));
    }
}
