//! The sound card. The only file that names rodio.
//!
//! On Linux a PulseAudio or PipeWire server is spoken to directly where there is one, and ALSA otherwise.

use crate::play::DeviceError;

#[cfg(feature = "playback")]
pub use with_rodio::DeviceOutput;

/// The name of the output that would be played on; opens and closes it.
///
/// # Errors
/// When there is none that can be used.
pub fn probe() -> Result<String, DeviceError> {
    #[cfg(feature = "playback")]
    return with_rodio::probe();
    #[cfg(not(feature = "playback"))]
    Err(DeviceError::NotBuilt)
}

/// The default output of this machine.
///
/// # Errors
/// When this program was built without sound output.
#[cfg(feature = "playback")]
pub fn default_output() -> Result<DeviceOutput, DeviceError> {
    Ok(DeviceOutput::default())
}

/// The default output of this machine.
///
/// # Errors
/// Always: this program was built without sound output.
#[cfg(not(feature = "playback"))]
pub fn default_output() -> Result<super::null::NullOutput, DeviceError> {
    Err(DeviceError::NotBuilt)
}

#[cfg(feature = "playback")]
mod with_rodio {
    use std::num::NonZero;
    use std::sync::{Arc, OnceLock};
    use std::time::{Duration, Instant};

    use rodio::cpal::traits::{DeviceTrait, HostTrait};
    use rodio::cpal::{self, BufferSize, ErrorKind};
    use rodio::{DeviceSinkBuilder, DeviceSinkError, MixerDeviceSink};

    use crate::play::source::{Shared, Source};
    use crate::play::{DeviceError, Output};
    use crate::time::{Frames, MIX_RATE, Millis};

    /// Frames that the device asks for at a time. Two of these are on their way: small enough to obey a key at
    /// once, large enough for a busy machine.
    const BUFFER: u32 = 2_048;

    /// A stream through ALSA can lose its first 85 ms.
    const PRE_ROLL: Millis = Millis::new(250);

    /// What was taken is heard after two buffers, and a little for the server.
    const HEARD: Duration = Duration::from_millis(100);

    /// A device that has taken nothing for so long is lost. Some losses are told by nobody.
    const STALLED: Duration = Duration::from_millis(2_500);

    /// Between two looks at it no more time than this counts: the whole process may have been asleep.
    const LOOK: Duration = Duration::from_millis(100);

    const NO_DEVICE: &str = "the system has no device to play on";

    /// A source at rodio's pace: a sample at a time.
    const BLOCK: usize = 128;

    const RATE: NonZero<u32> = NonZero::new(MIX_RATE).expect("the mix rate is not zero");
    const MONO: NonZero<u16> = NonZero::<u16>::MIN;

    /// The default output, through rodio.
    #[derive(Default)]
    pub struct DeviceOutput {
        playing: Option<Playing>,
    }

    struct Playing {
        sink: MixerDeviceSink,
        lost: Arc<OnceLock<String>>,
        shared: Arc<Shared>,
        taken: Frames,
        looked: Instant,
        /// For how long nothing more has been taken.
        stalled: Duration,
    }

    impl Output for DeviceOutput {
        fn pre_roll(&self) -> Millis {
            PRE_ROLL
        }

        fn start(&mut self, source: Source) -> Result<(), DeviceError> {
            let lost = Arc::new(OnceLock::new());
            let (sink, _) = open(&lost)?;
            let shared = source.shared();
            sink.mixer().add(Samples::new(source));
            self.playing = Some(Playing {
                sink,
                lost,
                taken: shared.taken(),
                looked: Instant::now(),
                stalled: Duration::ZERO,
                shared,
            });
            Ok(())
        }

        fn check(&mut self) -> Result<(), String> {
            let Some(playing) = &mut self.playing else {
                return Ok(());
            };
            if let Some(why) = playing.lost.get() {
                return Err(format!("the sound output is gone: {why}"));
            }
            let taken = playing.shared.taken();
            playing.stalled = if taken == playing.taken {
                playing.stalled + playing.looked.elapsed().min(LOOK)
            } else {
                Duration::ZERO
            };
            (playing.taken, playing.looked) = (taken, Instant::now());
            if playing.stalled > STALLED {
                return Err("the sound output has stopped taking sound".to_owned());
            }
            Ok(())
        }

        fn stop(&mut self, heard: bool) {
            if let Some(playing) = self.playing.take() {
                if heard {
                    std::thread::sleep(HEARD);
                }
                throw_away(playing.sink);
            }
        }
    }

    pub fn probe() -> Result<String, DeviceError> {
        let (sink, name) = open(&Arc::default())?;
        throw_away(sink);
        Ok(name)
    }

    /// Dropping the stream of a device that is gone may never return: that is not waited for.
    fn throw_away(sink: MixerDeviceSink) {
        let (done_in, done) = crossbeam_channel::bounded::<()>(1);
        let thread = std::thread::Builder::new().name("audio-end".to_owned()).spawn(move || {
            drop(sink);
            let _ = done_in.send(());
        });
        if thread.is_ok() {
            let _ = done.recv_timeout(Duration::from_millis(100));
        }
    }

    fn open(lost: &Arc<OnceLock<String>>) -> Result<(MixerDeviceSink, String), DeviceError> {
        quieten();
        let mut first_error = None;
        for host in hosts() {
            let host_name = host.id().name();
            let Some(device) = host.default_output_device() else {
                continue;
            };
            let name = match device.description() {
                Ok(description) => format!("{} ({host_name})", description.name()),
                Err(_) => host_name.to_owned(),
            };
            match open_device(&device, lost) {
                Ok(sink) => return Ok((sink, name)),
                Err(error) => {
                    first_error.get_or_insert_with(|| described(&error, name));
                }
            }
        }
        Err(first_error.unwrap_or_else(|| DeviceError::Missing(NO_DEVICE.to_owned())))
    }

    /// In the order in which they are tried.
    fn hosts() -> impl Iterator<Item = cpal::Host> {
        // A server that is there is asked directly: through ALSA it would lose the first sounds.
        #[cfg(target_os = "linux")]
        let ids = [cpal::HostId::PulseAudio, cpal::HostId::Alsa]
            .into_iter()
            .filter(|id| cpal::available_hosts().contains(id));
        #[cfg(not(target_os = "linux"))]
        let ids = cpal::available_hosts().into_iter();
        ids.filter_map(|id| cpal::host_from_id(id).ok())
    }

    /// At the mix's own rate where the device allows it, so that nothing is resampled; else as the device likes it.
    fn open_device(
        device: &cpal::Device,
        lost: &Arc<OnceLock<String>>,
    ) -> Result<MixerDeviceSink, DeviceSinkError> {
        let builder = || -> Result<_, DeviceSinkError> {
            let lost = Arc::clone(lost);
            Ok(DeviceSinkBuilder::from_device(device.clone())?
                .with_buffer_size(BufferSize::Fixed(BUFFER))
                .with_error_callback(move |error: cpal::Error| note(&lost, &error)))
        };
        let mut sink = builder()?
            .with_sample_rate(RATE)
            .open_stream()
            .or_else(|_| builder()?.open_stream())
            .or_else(|_| builder()?.with_buffer_size(BufferSize::Default).open_stream())?;
        sink.log_on_drop(false);
        Ok(sink)
    }

    /// Called by the backend, perhaps thousands of times: only what means the end is kept.
    fn note(lost: &OnceLock<String>, error: &cpal::Error) {
        if matches!(error.kind(), ErrorKind::DeviceNotAvailable | ErrorKind::StreamInvalidated) {
            let _ = lost.set(reason(error));
        }
    }

    /// The backend's sentence as part of one of ours.
    fn reason(error: &cpal::Error) -> String {
        let text = error.to_string();
        text.trim_end_matches('.').to_owned()
    }

    fn described(error: &DeviceSinkError, name: String) -> DeviceError {
        let (DeviceSinkError::PlayError(cause)
        | DeviceSinkError::DefaultSinkConfigError(cause)
        | DeviceSinkError::BuildError(cause)
        | DeviceSinkError::SupportedConfigsError(cause)) = error
        else {
            return DeviceError::Missing(error.to_string());
        };
        let why = reason(cause);
        match cause.kind() {
            ErrorKind::DeviceBusy => DeviceError::Busy { name, why },
            ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => {
                DeviceError::Missing(cause.message().map_or(NO_DEVICE.to_owned(), str::to_owned))
            }
            _ => DeviceError::Unusable { name, why },
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

    /// Keeps ALSA from writing to stderr: what matters comes back as an error anyway.
    #[cfg(target_os = "linux")]
    fn quieten() {
        use std::ffi::{c_char, c_int};

        type Plain = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char);
        type Variadic = unsafe extern "C" fn(*const c_char, c_int, *const c_char, c_int, *const c_char, ...);

        unsafe extern "C" fn ignore(
            _file: *const c_char,
            _line: c_int,
            _function: *const c_char,
            _error: c_int,
            _format: *const c_char,
        ) {
        }

        // SAFETY: stable Rust cannot define a variadic function, but in the C calling conventions of Linux the
        // caller passes the named arguments alike to both kinds and removes the others itself; `ignore`
        // reads none. ALSA keeps the pointer in a global; the function lives as long as the program.
        unsafe {
            let handler = std::mem::transmute::<Plain, Variadic>(ignore);
            alsa_sys::snd_lib_error_set_handler(Some(handler));
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn quieten() {}
}
