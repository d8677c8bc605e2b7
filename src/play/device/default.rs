//! Notices that another sound output has become the default, and that the server has left the stream behind on the old one:
//! none tells its players.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rodio::cpal;
use rodio::cpal::traits::{DeviceTrait, HostTrait};

use super::stream::Ended;
use super::whereabouts;

const EVERY: Duration = Duration::from_secs(1);

/// A server that moves its streams does so a moment after the change: so often and so long apart is looked.
const LOOKS: u32 = 3;
const BETWEEN: Duration = Duration::from_millis(100);

/// Asks the server every second as long as the stream on `device` plays, on a thread of its own: a server that hangs holds up
/// nobody. What is noticed ends the stream, unless the server has moved it already, or the listener has to another output.
pub fn watch(host: cpal::Host, device: &cpal::Device, ended: &Arc<Ended>) {
    // Only a server has more than one name for what it plays on.
    if host.id() != cpal::HostId::PulseAudio {
        return;
    }
    let Ok(mut ours) = device.id() else { return };
    let ended = Arc::downgrade(ended);
    let look = move || {
        loop {
            thread::sleep(EVERY);
            let Some(ended) = ended.upgrade().filter(|ended| ended.get().is_none()) else { return };
            // None: the server is gone, which the stream tells by itself.
            let Some(device) = host.default_output_device() else { continue };
            let Some(id) = device.id().ok().filter(|id| *id != ours) else { continue };
            if is_left_behind(ours.id()) {
                let name =
                    device.description().map_or_else(|_| String::new(), |now| format!(" `{}`", now.name()));
                let _ = ended.set((Instant::now(), format!("the system plays on another one now{name}")));
                return;
            }
            ours = id;
        }
    };
    // Without the thread it plays on where it is.
    let _ = thread::Builder::new().name("audio-default".to_owned()).spawn(look);
}

/// Whether the stream stays on the output that was the default one. Where that cannot be known it is taken for so: opened anew, the
/// stream is where it should be in any case.
fn is_left_behind(before: &str) -> bool {
    (0..LOOKS).all(|look| {
        if look > 0 {
            thread::sleep(BETWEEN);
        }
        whereabouts::outputs().map_or(true, |outputs| outputs.is_empty() || outputs.contains(before))
    })
}
