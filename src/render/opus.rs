//! Opus in Ogg: mono; the granule positions tell the length to the sample.

use std::fs;
use std::io::{self, BufReader};

use opus_pure::{
    Application, MAX_PACKET_BYTES, OggOpusReader, OggOpusWriter, OpusEncoder, OpusHead, OpusTags, Signal,
};

use super::format::Begun;
use super::ogg::{self, retag};
use super::proof::Played;
use super::{EncodeError, EncodeOptions, Encoder, File, Quality, Track};
use crate::resample::Stream;
use crate::time::MIX_RATE;

/// Frames last 20 ms, in the codec's clock of 48 kHz.
const FRAME: usize = 960;
/// Bytes a page: a second or less of speech, since players seek from page to page.
const PAGE: usize = 2_000;
/// Any number; a fixed one makes the same bytes of the same sound.
const SERIAL: u32 = 0x666c_6f6f;
const COMPLEXITY: i32 = 9;
/// The most that one packet may hold: 120 ms.
const LONGEST_FRAME: usize = 5_760;

struct Opus {
    writer: OggOpusWriter<File>,
    encoder: OpusEncoder,
    rate: Stream,
    /// Samples a frame, at the encoder's rate.
    frame: usize,
    pending: Vec<f32>,
    packet: Vec<u8>,
    /// Frames of the timeline so far.
    frames: u64,
    pre_skip: u64,
}

pub(super) fn begin(file: File, options: &EncodeOptions) -> Begun {
    let rate = options.rate();
    let kbit = match options.quality {
        Quality::Low => 24,
        Quality::Normal => 32,
        Quality::High => 64,
    };
    let mut encoder = OpusEncoder::new(rate as i32, 1, Application::Audio).map_err(io_error)?;
    encoder.bitrate_bps = (options.bitrate.unwrap_or(kbit) * 1_000) as i32;
    encoder.complexity = COMPLEXITY;
    // Not by its own judgement: at a change from one kind of coding to the other, some decoders (that of FFmpeg 5, for one)
    // give loud cracks, and nearly all that is heard here is speech.
    encoder.signal_type = Some(Signal::Voice);
    let head = OpusHead::for_encoder(&encoder, rate);
    let pre_skip = u64::from(head.pre_skip);
    let mut writer = OggOpusWriter::with_serial(file, head, OpusTags::new(), SERIAL).map_err(io_error)?;
    writer.set_page_target(PAGE);
    Ok(Box::new(Opus {
        writer,
        encoder,
        rate: Stream::new(MIX_RATE, rate),
        frame: FRAME * rate as usize / MIX_RATE as usize,
        pending: Vec::new(),
        packet: vec![0; MAX_PACKET_BYTES],
        frames: 0,
        pre_skip,
    }))
}

impl Opus {
    /// Encodes every whole frame, but always keeps some samples back: which packet is the last is known only at the end.
    fn encode(&mut self) -> io::Result<()> {
        let whole = self.pending.len().saturating_sub(1) / self.frame * self.frame;
        for block in self.pending[..whole].chunks_exact(self.frame) {
            let bytes = self.encoder.encode(block, self.frame, &mut self.packet).map_err(io_error)?;
            self.writer.write_packet(&self.packet[..bytes]).map_err(io_error)?;
        }
        self.pending.drain(..whole);
        Ok(())
    }
}

impl Encoder for Opus {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.frames += samples.len() as u64;
        self.pending.extend_from_slice(self.rate.write(samples));
        Ok(self.encode()?)
    }

    fn finish(mut self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        self.pending.extend_from_slice(self.rate.finish());
        // Silence pushes out what the encoder still holds. The last granule position says where the sound ends
        // (RFC 7845, sections 4.2 and 4.4).
        let ticks = FRAME / self.frame;
        let end = self.pre_skip + self.frames;
        let coded = self.writer.granule() as u64 + (self.pending.len() * ticks) as u64;
        let missing = (end.saturating_sub(coded) as usize).div_ceil(ticks);
        let length = (self.pending.len() + missing).max(1).next_multiple_of(self.frame);
        // `encode` keeps the last frame back.
        self.pending.resize(length, 0.0);
        self.encode()?;
        let bytes = self.encoder.encode(&self.pending, self.frame, &mut self.packet).map_err(io_error)?;
        let lasts = end.saturating_sub(self.writer.granule() as u64) as u32;
        self.writer.write_packet_with_duration(&self.packet[..bytes], lasts).map_err(io_error)?;
        let mut file = self.writer.finish().map_err(io_error)?;
        retag(&mut file, 2, |old| ogg::comment(b"OpusTags", old, track, false))?;
        Ok(file)
    }
}

/// What a player makes of a file: all of it, the encoder's delay included.
pub(super) fn decode(file: fs::File) -> Option<Played> {
    let mut reader = OggOpusReader::new(BufReader::new(file)).ok()?;
    let mut decoder = reader.head().decoder(MIX_RATE as i32).ok()?;
    let mut frame = vec![0.0; LONGEST_FRAME];
    let packets = std::iter::from_fn(move || {
        let packet = reader.read_packet().ok()??;
        let frames = decoder.decode(&packet.data, LONGEST_FRAME, &mut frame).ok()?;
        Some(frame[..frames].to_vec())
    });
    Some(Played { hertz: MIX_RATE, samples: Box::new(packets.flatten()) })
}

fn io_error(error: opus_pure::Error) -> io::Error {
    match error {
        opus_pure::Error::Io(error) => error,
        other => io::Error::other(other),
    }
}
