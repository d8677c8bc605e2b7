//! The formats of this build: one row each, one file each.

use std::ops::RangeInclusive;

use super::proof::Played;
#[cfg(any(feature = "m4a", feature = "mp3", feature = "vorbis"))]
use super::proof::played;
use super::{EncodeError, File, RenderError, Track, wav};
#[cfg(any(feature = "m4a", feature = "opus", feature = "vorbis"))]
use crate::time::MIX_RATE;

/// Takes the samples of a timeline in order. An encoder that is dropped before `finish` leaves nothing behind.
pub trait Encoder {
    /// # Errors
    /// When the samples cannot be written, or are more than the format holds.
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError>;

    /// Completes the file with what the track tells. It is not in its place yet.
    ///
    /// # Errors
    /// When that fails.
    fn finish(self: Box<Self>, track: &Track) -> Result<File, EncodeError>;
}

/// How much of the sound a lossy format keeps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Quality {
    /// As small as speech can be and still pleasant.
    Low,
    #[default]
    Normal,
    /// More than speech needs: for sounds and music of one's own.
    High,
}

/// The bits of a sample in a lossless file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Bits {
    #[default]
    Sixteen,
    TwentyFour,
}

impl Bits {
    pub(super) const fn get(self) -> u16 {
        match self {
            Self::Sixteen => 16,
            Self::TwentyFour => 24,
        }
    }

    /// The nearest step; what is beyond ±1 becomes the last one.
    ///
    /// Full scale is 32 767 for 16 bits. Clips are kept in the same steps, so an unscaled one reaches the file unchanged.
    pub(super) fn quantised(self, sample: f32) -> i32 {
        let full_scale = match self {
            Self::Sixteen => 32_767.0,
            // 2⁸ steps for each of those of 16 bits: 8 388 352.
            Self::TwentyFour => 32_767.0 * 256.0,
        };
        (sample.clamp(-1.0, 1.0) * full_scale).round() as i32
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EncodeOptions {
    pub quality: Quality,
    /// In kbit/s, instead of what the quality would choose.
    pub bitrate: Option<u32>,
    pub bits: Option<Bits>,
}

/// Up to this bit rate 24 kHz sound better than 48 kHz, in kbit/s.
#[cfg(any(feature = "m4a", feature = "opus", feature = "vorbis"))]
const NARROW: u32 = 64;

#[cfg(any(feature = "m4a", feature = "opus", feature = "vorbis"))]
impl EncodeOptions {
    /// The sample rate that suits: speech has nothing above 12 kHz.
    pub(super) fn rate(&self) -> u32 {
        let wide = self.bitrate.map_or(self.quality == Quality::High, |kbit| kbit > NARROW);
        if wide { MIX_RATE } else { 24_000 }
    }
}

/// An encoder that has written its header, if it has one.
pub(super) type Begun = Result<Box<dyn Encoder>, EncodeError>;

/// A format of files.
pub struct Format {
    /// Also the ending of its files.
    pub name: &'static str,
    /// The bit rates that may be asked for, in kbit/s; none for what is lossless.
    pub kbit: Option<RangeInclusive<u32>>,
    /// The most that a true peak may be before encoding, in dBTP. −1 is wanted of what a player decodes, and a lossy codec
    /// adds to it: by so much more is kept free as it mostly adds, so that few files have to be encoded twice.
    pub true_peak: f64,
    /// By how much softer it is when it is decoded, in LU, as a first estimate: what codecs leave out of speech.
    pub softer: f64,
    /// What a player makes of a file; none for what is lossless.
    pub(super) decode: Option<fn(std::fs::File) -> Option<Played>>,
    pub(super) begin: fn(File, &EncodeOptions) -> Begun,
}

/// −1 dBTP, less what meters differ by and a tone under everything adds.
pub(super) const LOSSLESS: f64 = -1.1;

/// The one for the phone comes last: messages name it as the example.
pub const FORMATS: &[Format] = &[
    Format { name: "wav", kbit: None, true_peak: LOSSLESS, softer: 0.0, decode: None, begin: wav::begin },
    #[cfg(feature = "flac")]
    Format {
        name: "flac",
        kbit: None,
        true_peak: LOSSLESS,
        softer: 0.0,
        decode: None,
        begin: super::flac::begin,
    },
    #[cfg(feature = "opus")]
    Format {
        name: "opus",
        kbit: Some(12..=256),
        true_peak: -4.0,
        softer: 0.5,
        decode: Some(super::opus::decode),
        begin: super::opus::begin,
    },
    #[cfg(feature = "vorbis")]
    Format {
        name: "ogg",
        kbit: Some(24..=128),
        true_peak: -3.8,
        softer: 0.5,
        decode: Some(|file| played(file, "ogg")),
        begin: super::vorbis::begin,
    },
    #[cfg(feature = "m4a")]
    Format {
        name: "m4a",
        kbit: Some(24..=128),
        true_peak: -3.5,
        softer: 0.3,
        decode: Some(|file| played(file, "m4a")),
        begin: super::m4a::begin_music,
    },
    #[cfg(feature = "m4a")]
    Format {
        name: "m4b",
        kbit: Some(24..=128),
        true_peak: -3.5,
        softer: 0.3,
        decode: Some(|file| played(file, "m4a")),
        begin: super::m4a::begin_book,
    },
    #[cfg(feature = "mp3")]
    Format {
        name: "mp3",
        kbit: Some(16..=160),
        true_peak: -2.5,
        softer: 0.0,
        decode: Some(|file| played(file, "mp3")),
        begin: super::mp3::begin,
    },
];

impl Format {
    /// Whether the options make sense for this format.
    pub(super) fn check<C>(&self, options: &EncodeOptions) -> Result<(), RenderError<C>> {
        let format = self.name;
        match (&self.kbit, options.bitrate) {
            (None, Some(_)) => return Err(RenderError::NoBitrate { format }),
            (Some(range), Some(kbit)) if !range.contains(&kbit) => {
                let (least, most) = (*range.start(), *range.end());
                return Err(RenderError::WrongBitrate { format, kbit, least, most });
            }
            _ => {}
        }
        if self.kbit.is_some() && options.bits.is_some() {
            return Err(RenderError::NoBits { format });
        }
        Ok(())
    }
}
