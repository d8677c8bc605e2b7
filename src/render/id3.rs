//! ID3v2 tags: for MP3, and as a chunk in WAV.

use std::borrow::Cow;
use std::io;

use lofty::TextEncoding::UTF16;
use lofty::config::WriteOptions;
use lofty::id3::v2::{
    AttachedPictureFrame, BinaryFrame, ChapterFrame, ChapterTableOfContentsFrame, CommentFrame, CtocFlags,
    Frame, FrameId, FrameList, Id3v2Tag, SyncTextContentType, SynchronizedTextFrame, TextInformationFrame,
    TimestampFormat, TimestampFrame, UnsynchronizedTextFrame,
};
use lofty::picture::{Picture, PictureType};
use lofty::tag::TagExt;
use lofty::tag::items::Timestamp;

use super::Track;
use crate::time::Frames;

/// A table of contents counts its entries in one byte.
const MOST_CHAPTERS: usize = 255;
/// "Use the times": chapters may be given as byte offsets, too.
const NO_OFFSETS: std::ops::Range<u32> = u32::MAX..u32::MAX;

/// The tag as bytes. Version 2.3, with UTF-16: the one that old players read.
///
/// # Errors
/// When something does not fit the format, such as a cover that is no picture.
pub(super) fn tag(track: &Track) -> io::Result<Vec<u8>> {
    let mut options = WriteOptions::new().preferred_padding(0);
    let options = options.use_id3v23(true);
    let language = track.language_code();
    let mut code = [0; 3];
    code.copy_from_slice(language.as_bytes());
    let mut tag = Id3v2Tag::new();
    let mut add = |frame: Frame<'static>| drop(tag.insert(frame));

    let number = track.number.map(|(number, of)| format!("{number}/{of}")).unwrap_or_default();
    let texts = [
        ("TIT2", track.title.as_str()),
        ("TALB", &track.album),
        ("TPE1", &track.artist),
        ("TCON", &track.genre),
        ("TLAN", language),
        ("TRCK", &number),
    ];
    for (id, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        add(text(id, value));
    }
    let length = millis(track.frames).to_string();
    add(text("TLEN", &length));
    if let Some(date) = &track.date {
        let date = Timestamp::parse(&mut date.as_bytes(), lofty::config::ParsingMode::Strict);
        let date = date.map_err(io::Error::other)?;
        date.into_iter().for_each(|date| add(TimestampFrame::new(id("TDRC"), UTF16, date).into()));
    }
    if !track.comment.is_empty() {
        add(CommentFrame::new(UTF16, code, "", track.comment.clone()).into());
    }
    if !track.captions.is_empty() {
        add(UnsynchronizedTextFrame::new(UTF16, code, "", track.lyrics()).into());
        let captions = track.captions.iter();
        let lines = captions.map(|caption| (millis(caption.start), caption.text.clone())).collect();
        let (unit, kind) = (TimestampFormat::MS, SyncTextContentType::Lyrics);
        let lyrics = SynchronizedTextFrame::new(UTF16, code, unit, kind, None, lines);
        add(BinaryFrame::new(id("SYLT"), lyrics.as_bytes(options).map_err(io::Error::other)?).into());
    }

    let names: Vec<Cow<'static, str>> =
        (0..track.chapters.len()).map(|nth| format!("chapter{nth}").into()).collect();
    for (name, chapter) in names.iter().zip(&track.chapters) {
        let times = millis(chapter.start)..millis(chapter.end);
        let mut title = FrameList::new();
        title.insert(text("TIT2", &chapter.title));
        add(ChapterFrame::new(name.clone(), times, NO_OFFSETS, title).into());
    }
    if !names.is_empty() {
        let flags = CtocFlags { top_level: true, ordered: true };
        let listed = names[..names.len().min(MOST_CHAPTERS)].to_vec();
        add(ChapterTableOfContentsFrame::new("contents", flags, listed, FrameList::new()).into());
    }
    if let Some(picture) = cover(track)? {
        add(AttachedPictureFrame::new(lofty::TextEncoding::Latin1, picture).into());
    }

    let mut bytes = Vec::new();
    tag.dump_to(&mut bytes, options).map_err(io::Error::other)?;
    Ok(bytes)
}

/// The track's cover as the front cover of a tag.
///
/// # Errors
/// When it is no picture.
pub(super) fn cover(track: &Track) -> io::Result<Option<Picture>> {
    let Some(bytes) = &track.cover else { return Ok(None) };
    let mut picture = Picture::from_reader(&mut bytes.as_slice()).map_err(io::Error::other)?;
    picture.set_pic_type(PictureType::CoverFront);
    Ok(Some(picture))
}

fn id(id: &'static str) -> FrameId<'static> {
    FrameId::Valid(Cow::Borrowed(id))
}

fn text(name: &'static str, value: &str) -> Frame<'static> {
    TextInformationFrame::new(id(name), UTF16, value.to_owned()).into()
}

/// A tag's times are milliseconds in 32 bits: 49 days, longer than any format's file.
fn millis(frames: Frames) -> u32 {
    u32::try_from(frames.millis().get()).unwrap_or(u32::MAX)
}
