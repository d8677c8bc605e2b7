//! AAC in MP4: `m4a`, and `m4b` for players of audiobooks. Mono; an edit list takes the encoder's delay off again.
//!
//! The sound comes first (`mdat`), then the index (`moov`), because only then its length is known.

use std::io::{self, Seek, SeekFrom, Write};
use std::time::Duration;

use mp4ameta::ident::FreeformIdentStatic;
use mp4ameta::{Chapter, Data, Img, MediaType, Userdata, WriteConfig};
use syom::{AacError, Encoder as Aac};

use super::format::Begun;
use super::{EncodeError, EncodeOptions, Encoder, File, Quality, Track};
use crate::resample::Stream;
use crate::time::{Frames, MIX_RATE};

/// Samples that one packet holds.
const PACKET: u64 = 1_024;
/// Movie time is told in milliseconds: some readers take it for granted. The exact length is told beside it.
const MOVIE: u64 = 1_000;
/// Before the first packet: `ftyp`, and the header of `mdat`.
const FILE_TYPE: u64 = 32;
const SOUND: u64 = FILE_TYPE + 8;
/// Sizes and places are told in 32 bits; so much is left for index and tags.
const MOST_BYTES: u64 = u32::MAX as u64 - (64 << 20);
/// Lengths are, too.
const MOST_SAMPLES: u64 = u32::MAX as u64 - (64 << 10);
/// The list of chapters counts them in one byte.
const MOST_CHAPTERS: usize = 255;

struct M4a {
    file: File,
    encoder: Aac,
    rate: Stream,
    hertz: u32,
    book: bool,
    /// The length of each packet, in bytes.
    sizes: Vec<u32>,
    bytes: u64,
}

pub(super) fn begin_music(file: File, options: &EncodeOptions) -> Begun {
    begin(file, options, false)
}

pub(super) fn begin_book(file: File, options: &EncodeOptions) -> Begun {
    begin(file, options, true)
}

fn begin(mut file: File, options: &EncodeOptions, book: bool) -> Begun {
    let hertz = options.rate();
    let kbit = match options.quality {
        Quality::Low => 40,
        Quality::Normal => 64,
        Quality::High => 96,
    };
    let bits = options.bitrate.unwrap_or(kbit) * 1_000;
    let settings = syom::EncodeOptions::raw().with_bitrate_bps(bits);
    let encoder = Aac::new(hertz, 1, &settings).map_err(io_error)?;
    let brand: &[u8; 4] = if book { b"M4B " } else { b"M4A " };
    file.write_all(&atom(b"ftyp", &[brand, &[0; 4], brand, b"M4A ", b"mp42", b"isom"]))?;
    file.write_all(b"\0\0\0\0mdat")?;
    let rate = Stream::new(MIX_RATE, hertz);
    Ok(Box::new(M4a { file, encoder, rate, hertz, book, sizes: Vec::new(), bytes: 0 }))
}

impl M4a {
    /// Takes the encoder's packets.
    fn sink<'a>(
        file: &'a mut File,
        sizes: &'a mut Vec<u32>,
        bytes: &'a mut u64,
    ) -> impl FnMut(syom::EncodedFrame<'_>) -> syom::Result<()> + 'a {
        move |frame| {
            file.write_all(frame.payload).map_err(AacError::Io)?;
            // A packet has at most 768 bytes.
            sizes.push(frame.payload.len() as u32);
            *bytes += frame.payload.len() as u64;
            Ok(())
        }
    }
}

impl Encoder for M4a {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        let limited: Vec<f32> = limited(self.rate.write(samples));
        let sink = Self::sink(&mut self.file, &mut self.sizes, &mut self.bytes);
        self.encoder.feed(&[&limited], sink).map_err(io_error)?;
        let samples = self.sizes.len() as u64 * PACKET;
        if self.bytes > MOST_BYTES || samples > MOST_SAMPLES {
            return Err(EncodeError::TooLong { hours: samples / u64::from(self.hertz) / 3_600 });
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        let limited = limited(self.rate.finish());
        let sink = Self::sink(&mut self.file, &mut self.sizes, &mut self.bytes);
        self.encoder.feed(&[&limited], sink).map_err(io_error)?;
        let sink = Self::sink(&mut self.file, &mut self.sizes, &mut self.bytes);
        let done = self.encoder.finish(sink).map_err(io_error)?;
        let index = index(&Index {
            hertz: self.hertz,
            delay: done.priming as u32,
            samples: done.samples as u32,
            sizes: &self.sizes,
            config: self.encoder.asc(),
            language: track.language_code(),
            chapters: &list(track),
        });
        self.file.write_all(&index)?;
        self.file.seek(SeekFrom::Start(FILE_TYPE))?;
        self.file.write_all(&(self.bytes as u32 + 8).to_be_bytes())?;
        self.file.flush()?;
        // The list of chapters is ours: the crate writes version 0, which many readers take for version 1.
        let mut tags = tags(track, self.book);
        tags.set_data(GAPLESS, Data::Utf8(gapless(done.priming, done.samples, self.sizes.len() as u64)));
        let parts = WriteConfig { write_chapter_list: false, ..WriteConfig::DEFAULT };
        tags.write_with(&mut self.file, &parts).map_err(io::Error::other)?;
        Ok(self.file)
    }
}

/// The encoder refuses samples beyond ±1, and resampling may overshoot by a trifle.
fn limited(samples: &[f32]) -> Vec<f32> {
    samples.iter().map(|sample| sample.clamp(-1.0, 1.0)).collect()
}

const GAPLESS: FreeformIdentStatic = FreeformIdentStatic::new_static("com.apple.iTunes", "iTunSMPB");

/// How iTunes tells where the sound begins and ends: samples before it, after it, and its own, in hexadecimal digits.
fn gapless(delay: u64, samples: u64, packets: u64) -> String {
    let after = (packets * PACKET).saturating_sub(delay + samples);
    format!(" 00000000 {delay:08X} {after:08X} {samples:016X}{}", " 00000000".repeat(8))
}

fn tags(track: &Track, book: bool) -> Userdata {
    let mut tags = Userdata::default();
    tags.set_title(&track.title);
    tags.set_album(&track.album);
    tags.set_artist(&track.artist);
    tags.set_custom_genre(&track.genre);
    tags.set_comment(&track.comment);
    if let Some(date) = &track.date {
        tags.set_year(date);
    }
    if let Some((number, of)) = track.number {
        tags.set_track(number.min(u16::MAX.into()) as u16, of.min(u16::MAX.into()) as u16);
    }
    if !track.captions.is_empty() {
        tags.set_lyrics(track.lyrics());
    }
    match &track.cover {
        Some(cover) if cover.starts_with(b"\x89PNG") => tags.set_artwork(Img::png(cover.clone())),
        Some(cover) => tags.set_artwork(Img::jpeg(cover.clone())),
        None => {}
    }
    tags.set_gapless_playback();
    tags.set_media_type(if book { MediaType::AudioBook } else { MediaType::Normal });
    let chapters = track.chapters.iter();
    tags.chapter_track_mut()
        .extend(chapters.map(|chapter| Chapter::new(duration(chapter.start), &chapter.title)));
    tags
}

/// The chapters as Nero lists them, for players that do not know QuickTime's track of text: version, a reserved word, how
/// many there are; then for each its start in steps of 100 ns, and its title.
fn list(track: &Track) -> Vec<u8> {
    let chapters = &track.chapters[..track.chapters.len().min(MOST_CHAPTERS)];
    let mut bytes = vec![1, 0, 0, 0, 0, 0, 0, 0, chapters.len() as u8];
    for super::Chapter { start, title, .. } in chapters {
        let most = (0..=title.len().min(u8::MAX.into())).rev().find(|&length| title.is_char_boundary(length));
        let title = &title[..most.unwrap_or(0)];
        bytes.extend((start.millis().get() * 10_000).to_be_bytes());
        bytes.push(title.len() as u8);
        bytes.extend(title.as_bytes());
    }
    bytes
}

fn duration(at: Frames) -> Duration {
    Duration::from_millis(at.millis().get())
}

struct Index<'a> {
    hertz: u32,
    /// Samples before the first one that is heard.
    delay: u32,
    /// Samples that are heard.
    samples: u32,
    sizes: &'a [u32],
    /// The decoder's `AudioSpecificConfig`.
    config: &'a [u8],
    language: &'a str,
    /// The content of `chpl`.
    chapters: &'a [u8],
}

/// A box of ISO/IEC 14496-12: its size, its kind, its content.
fn atom(kind: &[u8; 4], content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(kind);
    bytes.extend(content);
    bytes
}

fn numbers<const N: usize>(numbers: [u32; N]) -> Vec<u8> {
    numbers.map(u32::to_be_bytes).concat()
}

/// `moov` for one track of sound. Fields are named in ISO/IEC 14496-12, those of `esds` in 14496-1.
fn index(index: &Index) -> Vec<u8> {
    let Index { hertz, delay, samples, sizes, config, language, chapters } = *index;
    const ONE: u32 = 0x1_0000;
    let matrix = numbers([ONE, 0, 0, 0, ONE, 0, 0, 0, 0x4000_0000]);
    let packets = sizes.len() as u32;
    let coded = packets * PACKET as u32;
    let total: u64 = sizes.iter().map(|&size| u64::from(size)).sum();
    let bits = (total * 8 * u64::from(hertz)).checked_div(u64::from(coded)).unwrap_or(0) as u32;
    // Rounded up: not a sample is to be cut off.
    let lasts = (u64::from(samples) * MOVIE).div_ceil(hertz.into()) as u32;
    // Three letters of five bits each.
    let language = language.bytes().fold(0_u32, |code, letter| code << 5 | u32::from(letter - 0x60));

    let descriptor = |tag: u8, content: &[&[u8]]| {
        let content = content.concat();
        // Short: the configuration has two bytes.
        [&[tag, content.len() as u8], &content[..]].concat()
    };
    let decoder = descriptor(4, &[&[0x40, 0x15, 0, 0, 0], &numbers([bits, bits]), &descriptor(5, &[config])]);
    let esds = atom(b"esds", &[&[0; 4], &descriptor(3, &[&[0, 1, 0], &decoder, &descriptor(6, &[&[2]])])]);
    let mp4a = atom(
        b"mp4a",
        &[&[0, 0, 0, 0, 0, 0, 0, 1], &[0; 8], &[0, 1, 0, 16, 0, 0, 0, 0], &numbers([hertz << 16]), &esds],
    );
    let sizes: Vec<u8> = sizes.iter().flat_map(|size| size.to_be_bytes()).collect();
    let stbl = atom(
        b"stbl",
        &[
            &atom(b"stsd", &[&numbers([0, 1]), &mp4a]),
            &atom(b"stts", &[&numbers([0, 1, packets, PACKET as u32])]),
            &atom(b"stsc", &[&numbers([0, 1, 1, packets, 1])]),
            &atom(b"stsz", &[&numbers([0, 0, packets]), &sizes]),
            &atom(b"stco", &[&numbers([0, 1, SOUND as u32])]),
        ],
    );
    let dinf = atom(b"dinf", &[&atom(b"dref", &[&numbers([0, 1]), &atom(b"url ", &[&[0, 0, 0, 1]])])]);
    let minf = atom(b"minf", &[&atom(b"smhd", &[&[0; 8]]), &dinf, &stbl]);
    let hdlr = atom(b"hdlr", &[&[0; 8], b"soun", &[0; 12], b"Sound\0"]);
    let mdhd = atom(b"mdhd", &[&numbers([0, 0, 0, hertz, coded, language << 16])]);
    let mdia = atom(b"mdia", &[&mdhd, &hdlr, &minf]);
    let edts = atom(b"edts", &[&atom(b"elst", &[&numbers([0, 1, lasts, delay, ONE])])]);
    let volume = numbers([0x0100_0000]);
    let tkhd = atom(
        b"tkhd",
        // Flags: enabled, and part of the whole.
        &[&numbers([3, 0, 0, 1, 0, lasts, 0, 0, 0]), &volume, &matrix, &[0; 8]],
    );
    let mvhd = atom(
        b"mvhd",
        &[&numbers([0, 0, 0, MOVIE as u32, lasts, ONE]), &volume, &[0; 8], &matrix, &[0; 24], &numbers([2])],
    );
    let udta = atom(b"udta", &[&atom(b"chpl", &[chapters])]);
    atom(b"moov", &[&mvhd, &atom(b"trak", &[&tkhd, &edts, &mdia]), &udta])
}

fn io_error(error: AacError) -> io::Error {
    match error {
        AacError::Io(error) => error,
        other => io::Error::other(other),
    }
}
