//! WAV of any rate, width and number of channels to a mono clip, headers of streaming programs included.

use std::io::Cursor;
use std::time::Duration;

use hound::{SampleFormat, WavReader};

use crate::clip::Clip;
use crate::resample::resample;
use crate::time::MIX_RATE;

/// Rates outside of this range are mistakes in a header.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// No bytes, or no samples.
    Empty,
    NotWav(String),
    TooLong,
}

/// The sound of a whole WAV file at the mix rate, channels averaged.
pub fn decode(mut bytes: Vec<u8>, longest: Duration) -> Result<Clip, Problem> {
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    mend_lengths(&mut bytes);
    let not_wav = |error: hound::Error| Problem::NotWav(error.to_string().trim_end_matches('.').to_owned());
    let reader = WavReader::new(Cursor::new(bytes)).map_err(not_wav)?;
    let spec = reader.spec();
    if spec.channels == 0 || !RATES.contains(&spec.sample_rate) {
        return Err(Problem::NotWav(format!("{} channels at {} Hz", spec.channels, spec.sample_rate)));
    }
    if u64::from(reader.duration()) > longest.as_secs() * u64::from(spec.sample_rate) {
        return Err(Problem::TooLong);
    }
    let channels = usize::from(spec.channels);
    let samples = match spec.sample_format {
        SampleFormat::Float => mono(reader.into_samples::<f32>(), channels),
        SampleFormat::Int => {
            let full_scale = (1_i64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
            mono(reader.into_samples::<i32>().map(|sample| Ok(sample? as f32 / full_scale)), channels)
        }
    }
    .map_err(not_wav)?;
    if samples.is_empty() {
        return Err(Problem::Empty);
    }
    Ok(Clip::new(resample(&samples, spec.sample_rate, MIX_RATE)))
}

/// One sample for every whole frame. What is no number becomes silence.
fn mono(
    samples: impl Iterator<Item = Result<f32, hound::Error>>,
    channels: usize,
) -> Result<Vec<f32>, hound::Error> {
    let mut mixed = Vec::with_capacity(samples.size_hint().0 / channels);
    let (mut sum, mut count) = (0.0, 0);
    for sample in samples {
        let sample = sample?;
        sum += if sample.is_finite() { sample } else { 0.0 };
        count += 1;
        if count == channels {
            mixed.push(sum / channels as f32);
            (sum, count) = (0.0, 0);
        }
    }
    Ok(mixed)
}

/// Puts the true length into a `data` chunk that claims another one.
///
/// A program that writes to a pipe cannot go back to fill it in: espeak-ng leaves 0x7ffff000, others
/// 0xffffffff or 0.
fn mend_lengths(bytes: &mut [u8]) {
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WAVE") {
        return;
    }
    let mut at = 12;
    let mut block = 1;
    while let Some(claimed) = length_at(bytes, at + 4) {
        let body = at + 8;
        let there = bytes.len() - body;
        match &bytes[at..at + 4] {
            b"fmt " => {
                block = bytes
                    .get(body + 12..body + 14)
                    .map_or(1, |b| usize::from(u16::from_le_bytes([b[0], b[1]])))
            }
            b"data" => {
                if claimed > there || (claimed == 0 && !is_chunk(bytes, body)) {
                    // The decoder wants whole frames.
                    let whole = there - there % block.max(1);
                    let length = u32::try_from(whole).unwrap_or(u32::MAX);
                    bytes[at + 4..body].copy_from_slice(&length.to_le_bytes());
                }
                return;
            }
            _ => {}
        }
        // Chunks begin at even places.
        let Some(next) = body.checked_add(claimed).and_then(|next| next.checked_add(claimed % 2)) else {
            return;
        };
        at = next;
    }
}

/// Whether what stands here is a chunk that ends inside the file, rather than samples.
fn is_chunk(bytes: &[u8], at: usize) -> bool {
    let name = bytes
        .get(at..at + 4)
        .is_some_and(|name| name.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' '));
    name && length_at(bytes, at + 4).is_some_and(|length| length <= bytes.len() - at - 8)
}

fn length_at(bytes: &[u8], at: usize) -> Option<usize> {
    let length: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(length)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONGEST: Duration = Duration::from_secs(300);

    fn file(spec: hound::WavSpec, samples: &[f32]) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a valid header");
        for &sample in samples {
            match spec.sample_format {
                SampleFormat::Float => writer.write_sample(sample),
                SampleFormat::Int => {
                    let full_scale = 2.0_f32.powi(i32::from(spec.bits_per_sample) - 1) - 1.0;
                    writer.write_sample((sample * full_scale).round() as i32)
                }
            }
            .expect("memory is writable");
        }
        writer.finalize().expect("memory is writable");
        bytes.into_inner()
    }

    fn spec(channels: u16, sample_rate: u32, bits_per_sample: u16) -> hound::WavSpec {
        hound::WavSpec { channels, sample_rate, bits_per_sample, sample_format: SampleFormat::Int }
    }

    fn claiming(mut bytes: Vec<u8>, length: u32) -> Vec<u8> {
        bytes[40..44].copy_from_slice(&length.to_le_bytes());
        bytes
    }

    #[test]
    fn every_width_comes_out_as_the_same_sound() {
        let samples: Vec<f32> = (0..500).map(|at| ((at % 100) as f32 - 50.0) / 60.0).collect();
        let float = hound::WavSpec { sample_format: SampleFormat::Float, ..spec(1, 48_000, 32) };
        for spec in [8, 16, 24, 32].map(|bits| spec(1, 48_000, bits)).into_iter().chain([float]) {
            let clip = decode(file(spec, &samples), LONGEST).expect("a WAV");
            assert_eq!(clip.samples().len(), 500);
            let step = 2.0 / 2.0_f32.powi(i32::from(spec.bits_per_sample.min(16)));
            for (got, want) in clip.samples().iter().zip(&samples) {
                assert!((got - want).abs() < 1.5 * step, "{got} {want} {spec:?}");
            }
        }
    }

    #[test]
    fn channels_are_averaged_and_rates_changed() {
        let clip = decode(file(spec(2, 48_000, 16), &[0.5, 0.25, -0.5, 0.5]), LONGEST).expect("a WAV");
        assert!((clip.samples()[0] - 0.375).abs() < 1e-3 && clip.samples()[1].abs() < 1e-3);
        let clip = decode(file(spec(1, 16_000, 16), &[0.1; 1_600]), LONGEST).expect("a WAV");
        assert!(clip.frames().get().abs_diff(4_800) < 10, "{:?}", clip.frames());
    }

    #[test]
    fn lengths_of_streaming_headers_do_not_matter() {
        let bytes = file(spec(1, 48_000, 16), &[0.5; 100]);
        let whole = decode(bytes.clone(), LONGEST).expect("a WAV");
        for length in [0, 201, 0x7fff_f000, 0xffff_ffff] {
            assert_eq!(decode(claiming(bytes.clone(), length), LONGEST), Ok(whole.clone()), "{length:#x}");
        }
        let mut odd = claiming(bytes, u32::MAX);
        odd.push(7);
        assert_eq!(decode(odd, LONGEST), Ok(whole), "half a frame at the end");
    }

    #[test]
    fn nothing_at_all_is_told_from_no_wav() {
        assert_eq!(decode(Vec::new(), LONGEST), Err(Problem::Empty));
        let none = file(spec(1, 48_000, 16), &[]);
        assert_eq!(decode(none.clone(), LONGEST), Err(Problem::Empty));
        let listed = [&none[..], b"LIST\x04\0\0\0INFO"].concat();
        assert_eq!(decode(listed, LONGEST), Err(Problem::Empty), "a chunk after no samples is no sound");
        assert!(matches!(decode(b"ID3 something".to_vec(), LONGEST), Err(Problem::NotWav(_))));
        assert!(matches!(decode(file(spec(1, 1, 16), &[0.5]), LONGEST), Err(Problem::NotWav(_))));
        let long = file(spec(1, 8_000, 8), &[0.5; 16_001]);
        assert_eq!(decode(long, Duration::from_secs(2)), Err(Problem::TooLong));
    }

    #[test]
    fn no_cut_or_flipped_header_panics() {
        let bytes = file(spec(2, 44_100, 24), &[0.5; 8]);
        for at in 0..bytes.len() {
            let _ = decode(bytes[..at].to_vec(), LONGEST);
            for value in [0, 1, 0x7f, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = decode(changed, LONGEST);
            }
        }
    }
}
