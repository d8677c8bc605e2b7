//! A stream of cpal that plays a source through rodio's mixer, which suits rate and channels to the device.

use std::num::NonZero;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use rodio::cpal::traits::{DeviceTrait, StreamTrait};
use rodio::cpal::{self, ErrorKind, FromSample, SampleFormat, SizedSample};
use rodio::mixer::{MixerSource, mixer};

use super::open::reason;
use crate::play::source::{Meter, Source};
use crate::time::MIX_RATE;

/// Plays until it is dropped, which may take for ever if its device is gone.
pub type Stream = cpal::Stream;

/// When a device was lost, and why.
pub type Ended = OnceLock<(Instant, String)>;

/// A source at rodio's pace: a sample at a time.
const BLOCK: usize = 128;

/// So much of what the source has given may still be in a block, and not yet with the device.
const IN_BLOCK: Duration = Duration::from_micros(BLOCK as u64 * 1_000_000 / MIX_RATE as u64);

/// Devices tell their delay less exactly than this: sooner something is heard twice than not at all.
const UNSURE: Duration = Duration::from_millis(5);

const RATE: NonZero<u32> = NonZero::new(MIX_RATE).expect("the mix rate is not zero");
const MONO: NonZero<u16> = NonZero::<u16>::MIN;

/// A source on its way to the stream that will play it. Attempts that fail leave it here.
pub struct Slot {
    source: Option<Source>,
    meter: Arc<Meter>,
}

impl Slot {
    pub fn new(source: Source) -> Self {
        Self { meter: source.meter(), source: Some(source) }
    }
}

/// Opens a stream with that configuration and lets it play.
///
/// # Errors
/// When the device does not do it.
pub fn play(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    format: SampleFormat,
    slot: &mut Slot,
    ended: &Arc<Ended>,
) -> Result<Stream, cpal::Error> {
    let unsupported = || cpal::Error::new(ErrorKind::UnsupportedConfig);
    let channels = NonZero::new(config.channels).ok_or_else(unsupported)?;
    let rate = NonZero::new(config.sample_rate).ok_or_else(unsupported)?;
    let (input, output) = mixer(channels, rate);
    let voice = Voice { output, meter: Arc::clone(&slot.meter) };
    let stream = match format {
        SampleFormat::F32 => build::<f32>(device, config, voice, ended),
        SampleFormat::F64 => build::<f64>(device, config, voice, ended),
        SampleFormat::I8 => build::<i8>(device, config, voice, ended),
        SampleFormat::I16 => build::<i16>(device, config, voice, ended),
        SampleFormat::I24 => build::<cpal::I24>(device, config, voice, ended),
        SampleFormat::I32 => build::<i32>(device, config, voice, ended),
        SampleFormat::U8 => build::<u8>(device, config, voice, ended),
        SampleFormat::U16 => build::<u16>(device, config, voice, ended),
        SampleFormat::U32 => build::<u32>(device, config, voice, ended),
        _ => Err(unsupported()),
    }?;
    // The mixer gives silence as long as it is empty: nothing is lost, whether the stream runs already or not.
    stream.play()?;
    if let Some(source) = slot.source.take() {
        input.add(Samples::new(source));
    }
    Ok(stream)
}

fn build<T>(
    device: &cpal::Device,
    config: cpal::StreamConfig,
    mut voice: Voice,
    ended: &Arc<Ended>,
) -> Result<Stream, cpal::Error>
where
    T: SizedSample + FromSample<f32>,
{
    let ended = Arc::clone(ended);
    let mut begun = false;
    device.build_output_stream::<T, _, _>(
        config,
        move |out, info| {
            if !std::mem::replace(&mut begun, true) {
                go_first();
            }
            let times = info.timestamp();
            let told = times.playback.duration_since(times.callback);
            voice.meter.asked(told.max(lasts(out.len(), config)) + IN_BLOCK + UNSURE);
            out.fill_with(|| voice.output.next().map_or(T::EQUILIBRIUM, T::from_sample));
        },
        move |error| note(&ended, &error),
        None,
    )
}

/// How long a block of so many samples is heard. When a device asks for one, another is on its way: there are two. PulseAudio's
/// delay is asked for while a block is being sent to it, and may not count that one; what has been heard must not be guessed to be more
/// than it is, for after a loss it is not heard again.
fn lasts(samples: usize, config: cpal::StreamConfig) -> Duration {
    let frames = samples as u64 / u64::from(config.channels.max(1));
    Duration::from_micros(frames * 1_000_000 / u64::from(config.sample_rate.max(1)))
}

/// Lets this thread go before all ordinary work, if the system permits it: a late callback is a gap in the sound. Called
/// once, in the first callback, as the thread is not ours.
fn go_first() {
    // What it gives back is only for going back behind the others.
    let _ = audio_thread_priority::promote_current_thread_to_real_time(0, MIX_RATE).map(std::mem::forget);
}

/// What the callback needs.
struct Voice {
    output: MixerSource,
    meter: Arc<Meter>,
}

/// Called by the backend, perhaps thousands of times: only what means the end is kept.
fn note(ended: &Ended, error: &cpal::Error) {
    use ErrorKind::{DeviceNotAvailable, HostUnavailable, StreamInvalidated};
    if matches!(error.kind(), DeviceNotAvailable | HostUnavailable | StreamInvalidated) {
        let _ = ended.set((Instant::now(), format!("the sound output is gone: {}", reason(error))));
    }
}

/// The source at rodio's pace.
struct Samples {
    source: Source,
    block: [f32; BLOCK],
    next: usize,
}

impl Samples {
    fn new(source: Source) -> Self {
        Self { source, block: [0.0; BLOCK], next: BLOCK }
    }
}

impl Iterator for Samples {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.next == BLOCK {
            self.source.fill(&mut self.block);
            self.next = 0;
        }
        let sample = self.block.get(self.next).copied();
        self.next += 1;
        sample
    }
}

impl rodio::Source for Samples {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> NonZero<u16> {
        MONO
    }

    fn sample_rate(&self) -> NonZero<u32> {
        RATE
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}
