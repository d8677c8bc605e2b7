//! Notices that another sound output has become the default: a server may move no stream that has asked for one, and none
//! tells its players.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rodio::cpal;
use rodio::cpal::traits::{DeviceTrait, HostTrait};

use super::stream::Ended;

const EVERY: Duration = Duration::from_secs(1);

/// Asks the server every second as long as the stream on `device` plays, on a thread of its own: a server that hangs holds up
/// nobody. What is noticed ends the stream.
pub fn watch(host: cpal::Host, device: &cpal::Device, ended: &Arc<Ended>) {
    // Only a server has more than one name for what it plays on.
    if host.id() != cpal::HostId::PulseAudio {
        return;
    }
    let Ok(ours) = device.id() else { return };
    let ended = Arc::downgrade(ended);
    let look = move || {
        loop {
            thread::sleep(EVERY);
            let Some(ended) = ended.upgrade().filter(|ended| ended.get().is_none()) else { return };
            // None: the server is gone, which the stream tells by itself.
            let Some(device) = host.default_output_device() else { continue };
            if device.id().is_ok_and(|id| id != ours) {
                let name =
                    device.description().map_or_else(|_| String::new(), |now| format!(" `{}`", now.name()));
                let _ = ended.set((Instant::now(), format!("the system plays on another one now{name}")));
                return;
            }
        }
    };
    // Without the thread it plays on where it is.
    let _ = thread::Builder::new().name("audio-default".to_owned()).spawn(look);
}
