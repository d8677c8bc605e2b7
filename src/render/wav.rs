//! WAV: PCM of 16 or 24 bits, mono, at the mix rate; then what players may show.
//!
//! Sound and tags are RIFF chunks: `fmt `, `data`, `LIST` with the texts, `cue ` with the chapters' places and another
//! `LIST` with their names, and an ID3v2 tag with
//! lyrics and cover.

use std::io::{Seek, SeekFrom, Write};

use super::format::Begun;
use super::{Bits, EncodeError, EncodeOptions, Encoder, File, Track, id3};
use crate::time::MIX_RATE;

/// Up to the first sample.
const HEADER: u32 = 44;
/// A RIFF header tells sizes in 32 bits; so much of it is left for the tags.
const TAGS: u64 = 16 << 20;
const MOST_BYTES: u64 = u32::MAX as u64 - HEADER as u64 - TAGS;

struct Wav {
    file: File,
    bits: Bits,
    bytes: u64,
    block: Vec<u8>,
}

pub(super) fn begin(mut file: File, options: &EncodeOptions) -> Begun {
    let bits = options.bits.unwrap_or_default();
    file.write_all(&header(bits, 0, 0))?;
    Ok(Box::new(Wav { file, bits, bytes: 0, block: Vec::new() }))
}

impl Encoder for Wav {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.block.clear();
        match self.bits {
            Bits::Sixteen => samples.iter().for_each(|&sample| {
                // The cast saturates nowhere: a step beyond 16 bits is none of `quantised`.
                self.block.extend((self.bits.quantised(sample) as i16).to_le_bytes());
            }),
            Bits::TwentyFour => samples.iter().for_each(|&sample| {
                self.block.extend(&self.bits.quantised(sample).to_le_bytes()[..3]);
            }),
        }
        self.bytes += self.block.len() as u64;
        if self.bytes > MOST_BYTES {
            let second = u64::from(MIX_RATE) * u64::from(self.bits.get()) / 8;
            return Err(EncodeError::TooLong { hours: MOST_BYTES / second / 3_600 });
        }
        Ok(self.file.write_all(&self.block)?)
    }

    fn finish(mut self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        let mut tags = Vec::new();
        if self.bytes % 2 == 1 {
            tags.push(0);
        }
        tags.extend(list(b"INFO", &info(track)));
        if !track.chapters.is_empty() {
            tags.extend(chunk(b"cue ", &places(track)));
            tags.extend(list(b"adtl", &names(track)));
        }
        // Its chapters are left out: readers of both would show them twice.
        let rest = Track { chapters: Vec::new(), ..track.clone() };
        tags.extend(chunk(b"id3 ", &id3::tag(&rest)?));
        self.file.write_all(&tags)?;
        // `write` has kept the sum below 2³², unless the tags are larger than any routine's.
        let riff = u64::from(HEADER) - 8 + self.bytes + tags.len() as u64;
        let riff = u32::try_from(riff).map_err(|_| EncodeError::TooLong { hours: 0 })?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&header(self.bits, riff, self.bytes as u32))?;
        Ok(self.file)
    }
}

fn header(bits: Bits, riff: u32, data: u32) -> Vec<u8> {
    let (bits, pcm, channels) = (bits.get(), 1_u16, 1_u16);
    let frame = bits / 8;
    let mut bytes = Vec::with_capacity(HEADER as usize);
    bytes.extend(b"RIFF");
    bytes.extend(riff.to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    bytes.extend([pcm, channels].map(u16::to_le_bytes).concat());
    bytes.extend([MIX_RATE, MIX_RATE * u32::from(frame)].map(u32::to_le_bytes).concat());
    bytes.extend([frame, bits].map(u16::to_le_bytes).concat());
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
    bytes
}

/// Chunks begin at even places.
fn chunk(id: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = id.to_vec();
    // No tag reaches 4 GB.
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(content);
    if content.len() % 2 == 1 {
        bytes.push(0);
    }
    bytes
}

fn list(kind: &[u8; 4], chunks: &[u8]) -> Vec<u8> {
    chunk(b"LIST", &[kind, chunks].concat())
}

fn info(track: &Track) -> Vec<u8> {
    let number = track.number.map(|(number, _)| number.to_string()).unwrap_or_default();
    let fields: [(&[u8; 4], &str); 8] = [
        (b"INAM", &track.title),
        (b"IPRD", &track.album),
        (b"IART", &track.artist),
        (b"IGNR", &track.genre),
        (b"ICRD", track.date.as_deref().unwrap_or_default()),
        (b"ILNG", track.language_code()),
        (b"ICMT", &track.comment),
        (b"IPRT", &number),
    ];
    let fields = fields.into_iter().filter(|(_, text)| !text.is_empty());
    fields.flat_map(|(id, text)| chunk(id, &[text.as_bytes(), &[0]].concat())).collect()
}

/// Cue points: number, place in the play order, the chunk it lies in, and the frame (twice: nothing is compressed).
fn places(track: &Track) -> Vec<u8> {
    let mut bytes = (track.chapters.len() as u32).to_le_bytes().to_vec();
    for (nth, chapter) in (1_u32..).zip(&track.chapters) {
        // A file of 4 GB has fewer frames than 2³².
        let frame = chapter.start.get() as u32;
        bytes.extend([nth, frame].map(u32::to_le_bytes).concat());
        bytes.extend(b"data");
        bytes.extend([0, 0, frame].map(u32::to_le_bytes).concat());
    }
    bytes
}

fn names(track: &Track) -> Vec<u8> {
    let chapters = (1_u32..).zip(&track.chapters);
    chapters
        .flat_map(|(nth, chapter)| {
            chunk(b"labl", &[&nth.to_le_bytes()[..], chapter.title.as_bytes(), &[0]].concat())
        })
        .collect()
}
