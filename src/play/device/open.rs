//! Finding the default output and opening a stream on it.

use std::sync::Arc;

use rodio::cpal::traits::{DeviceTrait, HostTrait};
use rodio::cpal::{self, BufferSize, ErrorKind};

#[cfg(target_os = "linux")]
use super::default;
use super::quiet::quieten;
use super::stream::{self, Ended, Stream};
use crate::play::DeviceError;
use crate::play::source::Source;
use crate::time::MIX_RATE;

/// The way to the sound card.
pub type Host = cpal::HostId;

/// Frames that the device asks for at a time, 64 ms. Two of these are on their way: as much as a busy machine may need, and
/// as little as it takes to obey a button within 150 ms.
const BUFFER: u32 = 3_072;

const NO_DEVICE: &str = "the system has no device to play on";

/// A stream that plays.
pub struct Opened {
    pub stream: Stream,
    pub name: String,
    pub host: Host,
}

/// Plays `source` on the default output, found anew: a host that has lost its server never finds it again.
///
/// # Errors
/// When there is none that can be used; why the first one could not.
pub fn open(source: Source, only: Option<Host>, ended: &Arc<Ended>) -> Result<Opened, DeviceError> {
    quieten();
    let mut first_error = None;
    let mut source = stream::Slot::new(source);
    for host in hosts(only) {
        let id = host.id();
        let Some(device) = host.default_output_device() else {
            continue;
        };
        let name = match device.description() {
            Ok(description) => format!("{} ({})", description.name(), id.name()),
            Err(_) => id.name().to_owned(),
        };
        match open_device(&device, &mut source, ended) {
            Ok(stream) => {
                #[cfg(target_os = "linux")]
                default::watch(host, &device, ended);
                return Ok(Opened { stream, name, host: id });
            }
            Err(error) => {
                first_error.get_or_insert_with(|| described(&error, name));
            }
        }
    }
    Err(first_error.unwrap_or_else(|| DeviceError::Missing(NO_DEVICE.to_owned())))
}

/// In the order in which they are tried.
fn hosts(only: Option<Host>) -> impl Iterator<Item = cpal::Host> {
    // A server that is there is asked directly: through ALSA it would lose the first sounds.
    #[cfg(target_os = "linux")]
    let ids = [cpal::HostId::PulseAudio, cpal::HostId::Alsa]
        .into_iter()
        .filter(|id| cpal::available_hosts().contains(id));
    #[cfg(not(target_os = "linux"))]
    let ids = cpal::available_hosts().into_iter();
    ids.filter(move |id| only.is_none_or(|only| only == *id)).filter_map(|id| cpal::host_from_id(id).ok())
}

/// At the mix's own rate where the device allows it, so that nothing is resampled; else as the device likes it.
fn open_device(
    device: &cpal::Device,
    source: &mut stream::Slot,
    ended: &Arc<Ended>,
) -> Result<Stream, cpal::Error> {
    let default = device.default_output_config()?;
    let wanted = [
        (MIX_RATE, BufferSize::Fixed(BUFFER)),
        (default.sample_rate(), BufferSize::Fixed(BUFFER)),
        (default.sample_rate(), BufferSize::Default),
    ];
    let mut outcome = Err(cpal::Error::new(ErrorKind::UnsupportedConfig));
    for (rate, buffer_size) in wanted {
        let config = cpal::StreamConfig { channels: default.channels(), sample_rate: rate, buffer_size };
        outcome = stream::play(device, config, default.sample_format(), source, ended);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// The backend's sentence as part of one of ours.
pub fn reason(error: &cpal::Error) -> String {
    let text = error.to_string();
    text.trim_end_matches('.').to_owned()
}

fn described(cause: &cpal::Error, name: String) -> DeviceError {
    let why = reason(cause);
    match cause.kind() {
        ErrorKind::DeviceBusy => DeviceError::Busy { name, why },
        ErrorKind::DeviceNotAvailable | ErrorKind::HostUnavailable => {
            DeviceError::Missing(cause.message().map_or(NO_DEVICE.to_owned(), str::to_owned))
        }
        _ => DeviceError::Unusable { name, why },
    }
}
