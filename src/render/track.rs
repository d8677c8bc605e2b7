//! What a file tells about itself besides its sound: title, chapters, the words that are spoken, a picture.

use super::Caption;
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
    /// All that is spoken, a sentence a line: for players that show the words as they are.
    pub fn lyrics(&self) -> String {
        let spoken = self.captions.iter().filter(|caption| caption.spoken);
        spoken.map(|caption| caption.text.as_str()).collect::<Vec<_>>().join("\n")
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
    fn lyrics_are_what_is_spoken() {
        let caption = |text: &str, spoken| Caption {
            start: Frames::ZERO,
            end: Frames::new(1),
            text: text.into(),
            spoken,
        };
        let captions =
            vec![caption("Hold.", true), caption("2", false), caption("1", false), caption("Rest.", true)];
        assert_eq!(Track { captions, ..Track::default() }.lyrics(), "Hold.\nRest.");
    }

    #[test]
    fn languages_have_three_letters() {
        let code = |language: &str| Track { language: language.into(), ..Track::default() }.language_code();
        assert_eq!((code("en"), code("pt-BR"), code("deu"), code("")), ("eng", "por", "deu", "und"));
    }
}
