//! Ogg Vorbis: mono, by quality.

use std::io;
use std::num::{NonZeroU8, NonZeroU32};

use vorbis_rs::{VorbisBitrateManagementStrategy as Rate, VorbisEncoder, VorbisEncoderBuilder, VorbisError};

use super::format::Begun;
use super::ogg::{self, retag};
use super::{EncodeError, EncodeOptions, Encoder, File, Quality, Track};
use crate::resample::Stream;
use crate::time::MIX_RATE;

/// Any number; a fixed one makes the same bytes of the same sound.
const SERIAL: i32 = 0x666c_6f6f;
/// Bytes a page: about a second of speech, since players seek from page to page.
const PAGE: u16 = 4_000;
const MONO: NonZeroU8 = NonZeroU8::MIN;

struct Vorbis {
    encoder: VorbisEncoder<File>,
    rate: Stream,
}

pub(super) fn begin(file: File, options: &EncodeOptions) -> Begun {
    let rate = options.rate();
    let target_quality = match options.quality {
        Quality::Low => 0.1,
        Quality::Normal => 0.4,
        Quality::High => 0.6,
    };
    let strategy = match options.bitrate.and_then(|kbit| NonZeroU32::new(kbit * 1_000)) {
        Some(target_bitrate) => Rate::Vbr { target_bitrate },
        None => Rate::QualityVbr { target_quality },
    };
    let hertz = NonZeroU32::new(rate).unwrap_or(NonZeroU32::MIN);
    let encoder = VorbisEncoderBuilder::new_with_serial(hertz, MONO, file, SERIAL)
        .bitrate_management_strategy(strategy)
        .minimum_page_data_size(Some(PAGE))
        .build()
        .map_err(io_error)?;
    Ok(Box::new(Vorbis { encoder, rate: Stream::new(MIX_RATE, rate) }))
}

impl Encoder for Vorbis {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        encode(&mut self.encoder, self.rate.write(samples))
    }

    fn finish(mut self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        encode(&mut self.encoder, self.rate.finish())?;
        let mut file = self.encoder.finish().map_err(io_error)?;
        retag(&mut file, 3, |old| ogg::comment(b"\x03vorbis", old, track, true))?;
        Ok(file)
    }
}

/// No samples would mean the end of the stream.
fn encode(encoder: &mut VorbisEncoder<File>, samples: &[f32]) -> Result<(), EncodeError> {
    if samples.is_empty() {
        return Ok(());
    }
    Ok(encoder.encode_audio_block([samples]).map_err(io_error)?)
}

fn io_error(error: VorbisError) -> io::Error {
    match error {
        VorbisError::Io(error) => error,
        other => io::Error::other(other),
    }
}
