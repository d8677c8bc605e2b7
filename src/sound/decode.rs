//! WAV, FLAC, MP3 and OGG to mono samples at the mix rate, through rodio's decoders.

use std::io::{Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rodio::{Decoder, Source};
use thiserror::Error;

use crate::clip::Clip;
use crate::resample::resample;
use crate::time::MIX_RATE;

/// The longest sound a theme may hold, in seconds.
pub const LONGEST_SECONDS: u32 = 30;

/// The sample rates that are read, in Hz.
pub const RATES: std::ops::RangeInclusive<u32> = 8_000..=192_000;

/// Twelve decibels over full scale: lossy formats overshoot 1.0 a little, a file with 32 767.0 in it is broken.
const LOUDEST: f32 = 4.0;

/// Why a sound could not be decoded. The messages continue a sentence that begins with the file's name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeError {
    #[error("is no WAV, FLAC, MP3 or OGG Vorbis file that can be decoded ({0}); convert it to WAV")]
    Undecodable(String),
    #[error("holds no sound")]
    Empty,
    #[error("is longer than {LONGEST_SECONDS} seconds; cut it")]
    TooLong,
    #[error("has a sample rate of {0} Hz; convert it to one from {min} to {max} Hz", min = RATES.start(), max = RATES.end())]
    Rate(u32),
    #[error("changes its sample rate from {0} to {1} Hz on the way; convert it to one rate")]
    RateChanges(u32, u32),
    #[error("has samples that are not numbers; export it again")]
    NotANumber,
    #[error("has samples more than 12 dB over full scale; export it again with a peak below 0 dBFS")]
    TooLoud,
}

/// Decodes one sound: channels averaged to mono, resampled to [`MIX_RATE`].
///
/// `bytes` is the length of `data`; `kind` the ending of its name, a hint only: what counts is the content.
/// A Vorbis file may come out a few milliseconds longer than it was: its last block is kept whole.
pub fn decode<R>(data: R, bytes: u64, kind: &str) -> Result<Clip, DecodeError>
where
    R: Read + Seek + Send + Sync + 'static,
{
    // The decoders panic at some damaged headers (a sample rate of zero, for one). Nothing they worked on is looked at
    // afterwards, so nothing half done can be seen.
    let (mono, rate) = catch_unwind(AssertUnwindSafe(|| mono(data, bytes, kind)))
        .unwrap_or_else(|_| Err(DecodeError::Undecodable("its header is damaged".to_owned())))?;
    Ok(Clip::new(resample(&mono, rate, MIX_RATE)))
}

/// The sound in mono at its own rate, and that rate in Hz.
fn mono<R>(data: R, bytes: u64, kind: &str) -> Result<(Vec<f32>, u32), DecodeError>
where
    R: Read + Seek + Send + Sync + 'static,
{
    let mut decoder = Decoder::builder()
        .with_data(data)
        .with_byte_len(bytes)
        .with_hint(kind)
        .build()
        .map_err(|problem| DecodeError::Undecodable(problem.to_string()))?;
    let rate = decoder.sample_rate().get();
    if !RATES.contains(&rate) {
        return Err(DecodeError::Rate(rate));
    }
    let longest = (rate * LONGEST_SECONDS) as usize;
    let mut mono = Vec::new();
    // A stream may change its channels between two blocks, so they are asked for at every frame, after its first sample.
    while let Some(first) = decoder.next() {
        let now = decoder.sample_rate().get();
        if now != rate {
            return Err(DecodeError::RateChanges(rate, now));
        }
        let channels = decoder.channels().get();
        let rest: f32 = decoder.by_ref().take(usize::from(channels) - 1).sum();
        let sample = (first + rest) / f32::from(channels);
        if !sample.is_finite() {
            return Err(DecodeError::NotANumber);
        }
        if sample.abs() > LOUDEST {
            return Err(DecodeError::TooLoud);
        }
        if mono.len() == longest {
            return Err(DecodeError::TooLong);
        }
        mono.push(sample);
    }
    if mono.is_empty() {
        return Err(DecodeError::Empty);
    }
    Ok((mono, rate))
}
