//! Listens to lossy files as a player would: how loud they are, and where their peaks are too high.
//!
//! Codecs take from some sounds and add to the peaks of others, by decibels, and not even the same way each time that a clip
//! is heard: what a file has become is not predicted but heard.

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
    use std::io::BufReader;

    use rodio::Source;

    let bytes = file.metadata().ok()?.len();
    let file = rodio::Decoder::builder().with_data(BufReader::new(file)).with_byte_len(bytes).with_hint(kind);
    let decoder = file.build().ok()?;
    (decoder.channels().get() == 1)
        .then(|| Played { hertz: decoder.sample_rate().get(), samples: Box::new(decoder) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loudness::factor;
    use crate::render::{EncodeOptions, FORMATS, Target, Track};

    const LIMIT: f64 = -1.0;

    /// A file of that format with a second of a tone at each of these levels, in dB.
    fn written(format: &Format, levels: &[f64]) -> Written {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(format!("tone.{}", format.name));
        let target = Target::new::<()>(&path, false, None, EncodeOptions::default()).expect("a free place");
        let mut encoder = (format.begin)(target.open().expect("opened"), target.options()).expect("begun");
        let step = std::f32::consts::TAU * 997.0 / MIX_RATE as f32;
        for level in levels {
            let level = factor(*level);
            let tone: Vec<f32> = (0..MIX_RATE).map(|at| level * (at as f32 * step).sin()).collect();
            encoder.write(&tone).expect("written");
        }
        let frames = Frames::new(u64::from(MIX_RATE) * levels.len() as u64);
        let track = Track { frames, ..Track::default() };
        Written { file: encoder.finish(&track).expect("finished"), track }
    }

    fn heard(format: &Format, files: &mut [Written]) -> Option<Proof> {
        match listen(format, files, factor(LIMIT), || ControlFlow::Continue(())) {
            ControlFlow::Continue(proof) => proof,
            ControlFlow::Break(()) => panic!("nobody stopped it"),
        }
    }

    /// A sine at full scale is −3.01 LUFS (BS.1770).
    #[test]
    fn every_lossy_format_is_heard_as_loud_and_as_high_as_it_is() {
        for format in FORMATS.iter().filter(|format| format.kbit.is_some()) {
            let quiet = heard(format, &mut [written(format, &[-20.0; 5])]).expect("it can be heard");
            assert!((quiet.loudness + 23.0).abs() < 0.5, "{}: {quiet:?}", format.name);
            assert_eq!(quiet.peaks, [], "{}", format.name);

            // The second file goes on where the first one ends.
            let mut files = [written(format, &[-20.0, -20.0, -20.0]), written(format, &[-20.0, 0.0, -20.0])];
            let loud = heard(format, &mut files).expect("it can be heard");
            assert!(loud.peaks.len() >= 19, "{}: {loud:?}", format.name);
            for (at, peak) in loud.peaks {
                let seconds = at.get() as f64 / f64::from(MIX_RATE);
                assert!((3.9..5.2).contains(&seconds), "{}: at {seconds}", format.name);
                assert!((0.89..1.2).contains(&peak), "{}: {peak}", format.name);
            }
        }
    }

    #[test]
    fn silence_and_what_is_lossless_prove_nothing() {
        for format in FORMATS {
            assert_eq!(heard(format, &mut [written(format, &[-200.0; 2])]), None, "{}", format.name);
        }
    }

    #[test]
    fn listening_can_be_stopped() {
        for format in FORMATS.iter().filter(|format| format.kbit.is_some()) {
            let mut files = [written(format, &[-20.0; 2])];
            let stopped = listen(format, &mut files, 1.0, || ControlFlow::Break(()));
            assert_eq!(stopped, ControlFlow::Break(()), "{}", format.name);
        }
    }
}
