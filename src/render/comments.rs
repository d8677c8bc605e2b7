//! Vorbis comments, for FLAC and Ogg: `NAME=value` pairs, chapters and lyrics among them.

use super::Track;
use crate::time::Frames;

/// The track as comments. Chapters have the form `CHAPTER001=00:01:02.345` and `CHAPTER001NAME=…`
/// (<https://wiki.xiph.org/Chapter_Extension>).
pub(super) fn comments(track: &Track) -> Vec<(String, String)> {
    let number = track.number.map(|(number, of)| (number.to_string(), of.to_string())).unwrap_or_default();
    let lyrics = track.lyrics();
    let fields = [
        ("TITLE", track.title.as_str()),
        ("ALBUM", &track.album),
        ("ARTIST", &track.artist),
        ("GENRE", &track.genre),
        ("DATE", track.date.as_deref().unwrap_or_default()),
        ("LANGUAGE", &track.language),
        // Players differ in which of the two they show.
        ("COMMENT", &track.comment),
        ("DESCRIPTION", &track.comment),
        ("TRACKNUMBER", &number.0),
        ("TRACKTOTAL", &number.1),
        ("LYRICS", &lyrics),
    ];
    let mut pairs: Vec<(String, String)> = fields
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    for (nth, chapter) in (1..).zip(&track.chapters) {
        let name = format!("CHAPTER{nth:03}");
        pairs.push((name.clone(), clock(chapter.start)));
        pairs.push((format!("{name}NAME"), chapter.title.clone()));
    }
    pairs
}

/// `00:01:02.345`
fn clock(at: Frames) -> String {
    let millis = at.millis().get();
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{:03}", millis % 1_000)
}
