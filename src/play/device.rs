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

#[cfg(all(feature = "playback", target_os = "linux"))]
mod default;
#[cfg(feature = "playback")]
mod open;
#[cfg(feature = "playback")]
mod quiet;
#[cfg(feature = "playback")]
mod stream;
#[cfg(all(feature = "playback", target_os = "linux"))]
mod whereabouts;
#[cfg(feature = "playback")]
mod with_rodio;
