//! Listens to lossy files as a player would: how loud they are, and where their peaks are too high.
//!
//! Codecs take from some sounds and add to the peaks of others, by decibels, and not even the same way each time that a clip
//! is heard: what a file has become is not predicted but heard.

use std::io::BufReader;
use std::ops::ControlFlow;

use ebur128::{EbuR128, Mode};

use super::encode::Written;
use super::format::Format;
use crate::clip::Clip;
use crate::loudness::true_peak_above;
use crate::time::{Frames, MIX_RATE};

/// What a player makes of a file: one channel at that rate in Hz. It may begin up to a tenth of a second late.
pub(super) struct Played {
    pub hertz: u32,
    pub samples: Box<dyn Iterator<Item = f32>>,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proof {
    /// Of all files together, in LUFS.
    pub loudness: f64,
    /// Every twentieth of a second with a true peak above the limit: where it begins on the timeline, and the peak.
    pub peaks: Vec<(Frames, f32)>,
}

/// A part is a twentieth of a second.
const PARTS: u32 = 20;
/// So much of the part before is looked at again, for the points between the samples.
const AGAIN: usize = 24;

/// Listens to the files, which follow each other on the timeline. `None` where this is not possible: then estimates have to
/// do. `observe` is asked twenty times for a second of sound and may stop this.
pub(super) fn listen(
    format: &Format,
    written: &mut [Written],
    limit: f32,
    mut observe: impl FnMut() -> ControlFlow<()>,
) -> ControlFlow<(), Option<Proof>> {
    let (mut meter, mut peaks, mut start) = (None, Vec::new(), Frames::ZERO);
    let Some(decode) = format.decode else { return ControlFlow::Continue(None) };
    for file in written {
        let played = file.file.reader().ok().and_then(decode);
        let Some(Played { hertz, mut samples }) = played else { return ControlFlow::Continue(None) };
        if meter.is_none() {
            meter = EbuR128::new(1, hertz, Mode::I | Mode::HISTOGRAM).ok();
        }
        let part = (hertz / PARTS) as usize;
        let (mut heard, mut at) = (Vec::new(), 0_u64);
        loop {
            heard.drain(..heard.len().saturating_sub(AGAIN));
            let before = heard.len();
            heard.extend(samples.by_ref().take(part));
            if heard.len() == before {
                break;
            }
            observe()?;
            if let Some(meter) = &mut meter
                && meter.add_frames_f32(&heard[before..]).is_err()
            {
                return ControlFlow::Continue(None);
            }
            let peak = true_peak_above(&Clip::new(heard.as_slice()), limit);
            if peak > limit {
                peaks.push((start + Frames::new(at * u64::from(MIX_RATE) / u64::from(hertz)), peak));
            }
            at += (heard.len() - before) as u64;
        }
        start += file.track.frames;
    }
    let loudness =
        meter.and_then(|meter| meter.loudness_global().ok()).filter(|loudness| loudness.is_finite());
    ControlFlow::Continue(loudness.map(|loudness| Proof { loudness, peaks }))
}

/// By the decoders that also read the sounds of a theme. `kind` is the ending of the file's name.
#[cfg(any(feature = "m4a", feature = "mp3", feature = "vorbis"))]
pub(super) fn played(file: std::fs::File, kind: &str) -> Option<Played> {
    use rodio::Source;
    let bytes = file.metadata().ok()?.len();
    let file = rodio::Decoder::builder().with_data(BufReader::new(file)).with_byte_len(bytes).with_hint(kind);
    let decoder = file.build().ok()?;
    (decoder.channels().get() == 1)
        .then(|| Played { hertz: decoder.sample_rate().get(), samples: Box::new(decoder) })
}
