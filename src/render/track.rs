//! What a file tells about itself besides its sound: title, chapters, the words that are spoken, a picture.

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
    /// All that is spoken, in order.
    pub lines: Vec<Line>,
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

/// One phrase, and when it is heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub start: Frames,
    pub end: Frames,
    pub text: String,
}

impl Track {
    /// The spoken lines with their times, as players of lyrics read them: `[mm:ss.xx]text`.
    /// The form is that of [LRC](https://en.wikipedia.org/wiki/LRC_(file_format)); minutes go on beyond 99.
    pub fn lrc(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let hundredths = (line.start.millis().get() + 5) / 10;
            let (minutes, seconds) = (hundredths / 6_000, hundredths / 100 % 60);
            text.push_str(&format!("[{minutes:02}:{seconds:02}.{:02}]{}\n", hundredths % 100, line.text));
        }
        text
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
    use crate::time::Millis;

    #[test]
    fn lines_become_lrc() {
        let line = |millis, text: &str| Line {
            start: Millis::new(millis).frames(),
            end: Millis::new(millis + 500).frames(),
            text: text.into(),
        };
        let track = Track {
            lines: vec![line(0, "Lie down."), line(61_234, "One."), line(6_001_999, "Done.")],
            ..Track::default()
        };
        assert_eq!(track.lrc(), "[00:00.00]Lie down.\n[01:01.23]One.\n[100:02.00]Done.\n");
    }

    #[test]
    fn languages_have_three_letters() {
        let code = |language: &str| Track { language: language.into(), ..Track::default() }.language_code();
        assert_eq!((code("en"), code("pt-BR"), code("deu"), code("")), ("eng", "por", "deu", "und"));
    }
}
