//! The sound card as an [`Output`].

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crossbeam_channel::RecvTimeoutError;

use super::open::{Host, open};
use super::stream::{Ended, Stream};
use crate::play::keeper::Loss;
use crate::play::source::{self, Meter, Opening, Source};
use crate::play::{DeviceError, Output};
use crate::time::Millis;

/// A stream through ALSA can lose its first 85 ms.
const PRE_ROLL: Millis = Millis::new(250);

/// Whatever a device says of its delay, the end does not wait for longer.
const LONGEST_END: Duration = Duration::from_millis(600);

/// A sound server that hangs is not waited for any longer.
const LONGEST_OPENING: Duration = Duration::from_secs(5);

/// The kind of host that played before gets so long to come back: a sound server that is being restarted must not find
/// its sound card taken.
const LOYALTY: Millis = Millis::from_secs(5);

/// The default output, through rodio and cpal.
#[derive(Default)]
pub struct DeviceOutput {
    playing: Option<Playing>,
    host: Option<Host>,
}

struct Playing {
    stream: Stream,
    ended: Arc<Ended>,
    meter: Arc<Meter>,
}

impl Output for DeviceOutput {
    fn pre_roll(&self) -> Millis {
        PRE_ROLL
    }

    fn start(&mut self, source: Source) -> Result<(), DeviceError> {
        self.open(source, None)
    }

    fn restart(&mut self, source: Source, lost: Millis) -> Result<(), DeviceError> {
        let host = self.host.filter(|_| lost < LOYALTY);
        self.open(source, host)
    }

    fn check(&mut self) -> Result<(), Loss> {
        let Some((at, why)) = self.playing.as_ref().and_then(|playing| playing.ended.get()) else {
            return Ok(());
        };
        Err(Loss { why: why.clone(), at: Some(*at) })
    }

    fn stop(&mut self, heard: bool) {
        let Some(Playing { stream, meter, .. }) = self.playing.take() else {
            return;
        };
        let end = meter.clock();
        let since = Instant::now();
        while heard && meter.heard(Some(Instant::now())) < end && since.elapsed() < LONGEST_END {
            std::thread::sleep(Duration::from_millis(10));
        }
        throw_away(stream);
    }
}

impl DeviceOutput {
    fn open(&mut self, source: Source, only: Option<Host>) -> Result<(), DeviceError> {
        let meter = source.meter();
        let ended = Arc::new(OnceLock::new());
        let (opened_in, opened) = crossbeam_channel::bounded(1);
        let ears = Arc::clone(&ended);
        // A stream that is open too late is dropped over there.
        let work = move || drop(opened_in.send(open(source, only, &ears)));
        std::thread::Builder::new()
            .name("audio-open".to_owned())
            .spawn(work)
            .map_err(|error| DeviceError::Thread(error.to_string()))?;
        let opened = opened.recv_timeout(LONGEST_OPENING).map_err(|error| {
            let why = match error {
                RecvTimeoutError::Timeout => "the sound server does not answer",
                RecvTimeoutError::Disconnected => "the thread that opens it has failed",
            };
            DeviceError::Unusable { name: "default".to_owned(), why: why.to_owned() }
        })??;
        self.host = Some(opened.host);
        self.playing = Some(Playing { stream: opened.stream, ended, meter });
        Ok(())
    }
}

pub fn probe() -> Result<String, DeviceError> {
    let (_, source) = source::source(&Arc::default(), Opening::default());
    let opened = open(source, None, &Arc::default())?;
    throw_away(opened.stream);
    Ok(opened.name)
}

/// Dropping the stream of a device that is gone may never return: that is not waited for.
fn throw_away(stream: Stream) {
    let (done_in, done) = crossbeam_channel::bounded::<()>(1);
    let thread = std::thread::Builder::new().name("audio-end".to_owned()).spawn(move || {
        drop(stream);
        let _ = done_in.send(());
    });
    if thread.is_ok() {
        let _ = done.recv_timeout(Duration::from_millis(100));
    }
}
