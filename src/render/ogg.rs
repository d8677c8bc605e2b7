//! Ogg files whose tags are known last: another comment header in the place of the first one.
//!
//! Pages as in RFC 3533: 27 bytes of header, a table of segments, the segments. A packet is a row of segments of 255
//! bytes and one that is shorter.

use std::io::{self, Read, Seek, SeekFrom, Write};

use lofty::picture::PictureInformation;

use super::comments::comments;
use super::{File, Track, id3};

const HEADER: usize = 27;
const MOST_SEGMENTS: usize = 255;
/// Where a page's header tells its serial number, its own number, and its checksum.
const SERIAL: usize = 14;
const NUMBER: usize = 18;
const CHECKSUM: usize = 22;
const CONTINUED: u8 = 1;

/// Replaces the second header packet, the comments, by what `comment` makes of it; there are `headers` header packets.
///
/// # Errors
/// When the file cannot be read or written, or is no Ogg file.
pub(super) fn retag(
    file: &mut File,
    headers: usize,
    comment: impl FnOnce(&[u8]) -> io::Result<Vec<u8>>,
) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    // The first packet has a page to itself, and so has the first sound.
    let first = Page::read(file)?.ok_or_else(malformed)?;
    let (start, mut end) = (first.0.len() as u64, first.0.len() as u64);
    let mut packets = vec![Vec::new()];
    while packets.len() < headers {
        let page = Page::read(file)?.ok_or_else(malformed)?;
        end += page.0.len() as u64;
        let mut content = page.content();
        for &length in page.segments() {
            let (segment, rest) = content.split_at_checked(length.into()).ok_or_else(malformed)?;
            content = rest;
            if let Some(packet) = packets.last_mut() {
                packet.extend_from_slice(segment);
            }
            if usize::from(length) < MOST_SEGMENTS {
                packets.push(Vec::new());
            }
        }
    }
    packets.truncate(headers - 1);
    packets[0] = comment(&packets[0])?;

    let pages = paged(&packets, first.serial());
    let mut number = 1;
    let mut bytes = Vec::new();
    for mut page in pages {
        page.renumber(number);
        bytes.extend_from_slice(&page.0);
        number += 1;
    }
    file.splice(start..end, &bytes)?;
    let mut at = start + bytes.len() as u64;
    file.seek(SeekFrom::Start(at))?;
    while let Some(mut page) = Page::read(file)? {
        page.renumber(number);
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&page.0)?;
        at += page.0.len() as u64;
        file.seek(SeekFrom::Start(at))?;
        number += 1;
    }
    Ok(())
}

/// A comment packet for the track; who wrote the file is taken from the `old` one, which begins with the same `magic`.
///
/// # Errors
/// When the old packet is malformed, or the cover is no picture.
pub(super) fn comment(magic: &[u8], old: &[u8], track: &Track, framed: bool) -> io::Result<Vec<u8>> {
    let rest = old.strip_prefix(magic).ok_or_else(malformed)?;
    let (length, rest) = rest.split_first_chunk().ok_or_else(malformed)?;
    let length = u32::from_le_bytes(*length) as usize;
    let writer = rest.get(..length).ok_or_else(malformed)?;

    let mut pairs: Vec<String> =
        comments(track).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    if let Some(picture) = id3::cover(track)? {
        let information = PictureInformation::from_picture(&picture).map_err(io::Error::other)?;
        let block = String::from_utf8(picture.as_flac_bytes(information, true)).map_err(io::Error::other)?;
        pairs.push(format!("METADATA_BLOCK_PICTURE={block}"));
    }
    let mut packet = magic.to_vec();
    let text = |packet: &mut Vec<u8>, text: &[u8]| {
        packet.extend((text.len() as u32).to_le_bytes());
        packet.extend_from_slice(text);
    };
    text(&mut packet, writer);
    packet.extend((pairs.len() as u32).to_le_bytes());
    pairs.iter().for_each(|pair| text(&mut packet, pair.as_bytes()));
    if framed {
        packet.push(1);
    }
    Ok(packet)
}

/// Packets of headers, one after another, on pages of their own.
fn paged(packets: &[Vec<u8>], serial: [u8; 4]) -> Vec<Page> {
    let mut segments = Vec::new();
    for packet in packets {
        let mut chunks = packet.chunks_exact(MOST_SEGMENTS);
        segments.extend(chunks.by_ref().map(|chunk| (chunk, false)));
        segments.push((chunks.remainder(), true));
    }
    let mut continued = 0;
    let mut pages = Vec::new();
    for part in segments.chunks(MOST_SEGMENTS) {
        let mut page = b"OggS\0".to_vec();
        page.push(continued);
        // The granule position: none where no packet ends, and zero for headers.
        let any_ends = part.iter().any(|(_, ends)| *ends);
        page.extend(if any_ends { [0; 8] } else { [0xff; 8] });
        page.extend(serial);
        page.extend([0; 8]);
        page.push(part.len() as u8);
        page.extend(part.iter().map(|(segment, _)| segment.len() as u8));
        part.iter().for_each(|(segment, _)| page.extend_from_slice(segment));
        continued = if part.last().is_some_and(|(_, ends)| *ends) { 0 } else { CONTINUED };
        pages.push(Page(page));
    }
    pages
}

/// One whole page, never shorter than its header says.
struct Page(Vec<u8>);

impl Page {
    /// The next page; `None` at the end.
    fn read(file: &mut File) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        Read::by_ref(file).take(HEADER as u64).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        if bytes.len() < HEADER || !bytes.starts_with(b"OggS") {
            return Err(malformed());
        }
        let segments = u64::from(bytes[HEADER - 1]);
        Read::by_ref(file).take(segments).read_to_end(&mut bytes)?;
        let content = bytes[HEADER..].iter().map(|&length| u64::from(length)).sum();
        let whole = bytes.len() as u64 + content;
        Read::by_ref(file).take(content).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == whole { Ok(Some(Self(bytes))) } else { Err(malformed()) }
    }

    fn segments(&self) -> &[u8] {
        &self.0[HEADER..HEADER + usize::from(self.0[HEADER - 1])]
    }

    fn content(&self) -> &[u8] {
        &self.0[HEADER + usize::from(self.0[HEADER - 1])..]
    }

    fn serial(&self) -> [u8; 4] {
        [0, 1, 2, 3].map(|nth| self.0[SERIAL + nth])
    }

    fn renumber(&mut self, number: u32) {
        self.0[NUMBER..NUMBER + 4].copy_from_slice(&number.to_le_bytes());
        self.0[CHECKSUM..CHECKSUM + 4].fill(0);
        let checksum = checksum(&self.0);
        self.0[CHECKSUM..CHECKSUM + 4].copy_from_slice(&checksum.to_le_bytes());
    }
}

/// The CRC-32 of polynomial 0x04c11db7, neither reflected nor inverted (RFC 3533, section 6).
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            let mut crc = (byte as u32) << 24;
            let mut bit = 0;
            while bit < 8 {
                crc = (crc << 1) ^ if crc >> 31 == 1 { 0x04c1_1db7 } else { 0 };
                bit += 1;
            }
            table[byte] = crc;
            byte += 1;
        }
        table
    };
    bytes.iter().fold(0, |crc, byte| (crc << 8) ^ TABLE[(crc >> 24) as usize ^ usize::from(*byte)])
}

fn malformed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the encoder's Ogg pages cannot be read")
}
