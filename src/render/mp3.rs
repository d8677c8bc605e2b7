//! MP3: constant bit rate, mono, 24 kHz (MPEG-2 layer III), gapless by its LAME tag.
//!
//! At 24 kHz the encoder streams and is deterministic; at 44.1 and 48 kHz it would keep the whole file in memory, and
//! listen to variables of the environment. Nothing that speaks here reaches 12 kHz.

use std::io::{self, Seek, SeekFrom, Write};

use rusty_mp3::{Mp3Encoder, Mp3EncoderConfig};

use super::format::Begun;
use super::{EncodeError, EncodeOptions, Encoder, File, Quality, Track, id3};
use crate::resample::Stream;
use crate::time::MIX_RATE;

const RATE: u32 = 24_000;

struct Mp3 {
    file: File,
    rate: Stream,
    encoder: Mp3Encoder,
}

pub(super) fn begin(file: File, options: &EncodeOptions) -> Begun {
    let usual = match options.quality {
        Quality::Low => 40,
        Quality::Normal => 64,
        Quality::High => 96,
    };
    let settings = Mp3EncoderConfig { bitrate_kbps: options.bitrate.unwrap_or(usual), vbr_quality: None };
    Ok(Box::new(Mp3 { file, rate: Stream::new(MIX_RATE, RATE), encoder: Mp3Encoder::new(settings) }))
}

impl Mp3 {
    fn drain(&mut self) -> io::Result<()> {
        // It ends with "feed more" or "the end".
        while let Ok(packet) = self.encoder.next_packet() {
            self.file.write_all(&packet)?;
        }
        Ok(())
    }
}

impl Encoder for Mp3 {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.encoder.push_pcm_f32(self.rate.write(samples), 1, RATE).map_err(io::Error::other)?;
        Ok(self.drain()?)
    }

    fn finish(mut self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        self.encoder.push_pcm_f32(self.rate.finish(), 1, RATE).map_err(io::Error::other)?;
        self.encoder.finish();
        self.drain()?;
        // The first frame is a placeholder for the one that tells the length, which is known only now.
        if let Some(frame) = self.encoder.lame_tag_frame() {
            self.file.seek(SeekFrom::Start(0))?;
            self.file.write_all(frame)?;
        }
        self.file.splice(0..0, &id3::tag(track)?)?;
        Ok(self.file)
    }
}
