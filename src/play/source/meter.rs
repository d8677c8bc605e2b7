//! How far a source has come: counted in the callback, read from other threads.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::time::{Frames, MIX_RATE};

/// How far one source has come on its device.
#[derive(Debug)]
pub struct Meter {
    taken: AtomicU64,
    clock: AtomicU64,
    /// The routine's frame that was being heard when the device last asked for more, and when that was.
    heard: AtomicU64,
    pub(super) asked: AtomicU64,
    /// The first frame of this source: nothing before it is heard from it.
    start: Frames,
    pub(super) since: Instant,
}

impl Meter {
    pub(super) fn new(start: Frames) -> Self {
        Self {
            taken: AtomicU64::new(0),
            clock: AtomicU64::new(start.get()),
            heard: AtomicU64::new(start.get()),
            asked: AtomicU64::new(0),
            start,
            since: Instant::now(),
        }
    }

    /// The device has taken so many frames, and the mix has come to `clock`. Realtime-safe: yes.
    pub(super) fn took(&self, frames: u64, clock: u64) {
        self.clock.store(clock, Ordering::Release);
        self.taken.fetch_add(frames, Ordering::AcqRel);
    }

    /// Frames that the device has taken in all, the silence before the first event included.
    pub fn taken(&self) -> Frames {
        Frames::new(self.taken.load(Ordering::Acquire))
    }

    /// The frame that this source will mix next.
    pub fn clock(&self) -> Frames {
        Frames::new(self.clock.load(Ordering::Acquire))
    }

    /// To be called by a device before it takes more: what it takes will be heard so much later. Realtime-safe: yes.
    pub fn asked(&self, latency: Duration) {
        let latency = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX).saturating_mul(MIX_RATE.into());
        let heard = self.clock().get().saturating_sub(latency / 1_000_000).max(self.start.get());
        self.heard.store(heard, Ordering::Release);
        let now = u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.asked.store(now, Ordering::Release);
    }

    /// The frame that was heard last by a device that ended at `end`. One that ended unseen has to be taken at its last
    /// word: rather something is heard twice than not at all.
    pub fn heard(&self, end: Option<Instant>) -> Frames {
        let asked = Duration::from_micros(self.asked.load(Ordering::Acquire));
        let since =
            end.map_or(Duration::ZERO, |end| end.saturating_duration_since(self.since).saturating_sub(asked));
        let further = since.as_micros().min(10_000_000) as u64 * u64::from(MIX_RATE) / 1_000_000;
        let heard = self.heard.load(Ordering::Acquire) + further;
        Frames::new(heard.min(self.clock().get()))
    }
}
