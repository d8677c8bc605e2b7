//! The realtime side: pulls cue events from a ring and mixes them at their exact frames.
//!
//! [`Source::fill`] is called from the device's callback. It never allocates, locks, logs or frees: clips
//! that have been played go back through a second ring and are freed by [`Remote::reap`].

mod aside;
mod meter;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use self::aside::Aside;
pub use self::meter::Meter;
use super::scheduler::FADE;
use crate::clip::Clip;
use crate::time::{Frames, MIX_RATE, Millis};
use crate::timeline::{Background, Event, Feed, Mix};

/// So many events may be on their way. Far more than three seconds of a routine hold.
const CAPACITY: usize = 256;

/// A change of volume from silence to full takes so long.
const RAMP: Frames = Millis::new(20).frames();

/// Above this, amplified samples are bent instead of cut off.
const KNEE: f32 = 0.9;

/// An event of one stretch of playing. Each interruption begins a new epoch, and what is left of the old one
/// is not played any more.
#[derive(Debug, Clone, PartialEq)]
pub struct CueEvent {
    pub epoch: u64,
    pub event: Event,
}

/// What both sides look at, for as long as a session lives: longer than any one device.
#[derive(Debug)]
pub struct Shared {
    epoch: AtomicU64,
    clock: AtomicU64,
    gain: AtomicU32,
    /// Which source is the one that plays. An older one whose device wakes up again is silent.
    source: AtomicU64,
    /// What is sent is an answer and no part of the routine, which waits.
    paused: AtomicBool,
    /// How often something has been answered beside what is heard.
    asides: AtomicU64,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            epoch: AtomicU64::new(0),
            clock: AtomicU64::new(0),
            gain: AtomicU32::new(1.0_f32.to_bits()),
            source: AtomicU64::new(0),
            paused: AtomicBool::new(false),
            asides: AtomicU64::new(0),
        }
    }
}

impl Shared {
    /// The frame that will be mixed next. It stands at 0 until the first event has come, and never goes back: what is
    /// sent once more to a new device does not count twice.
    pub fn clock(&self) -> Frames {
        Frames::new(self.clock.load(Ordering::Acquire))
    }

    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Fades out what is heard, and drops every event of an earlier epoch.
    pub fn begin_epoch(&self, epoch: u64) {
        self.epoch.store(epoch, Ordering::Release);
    }

    /// Whether an event belongs to an epoch that is over.
    pub fn is_stale(&self, cue: &CueEvent) -> bool {
        cue.epoch < self.epoch()
    }

    /// The factor on every sample, reached smoothly. Exactly 1 leaves them untouched.
    pub fn set_gain(&self, gain: f32) {
        self.gain.store(gain.to_bits(), Ordering::Release);
    }

    /// Whether the routine waits, so that nothing has to be led back into.
    pub fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Acquire)
    }

    pub fn set_paused(&self, paused: bool) {
        self.paused.store(paused, Ordering::Release);
    }

    /// The aside of [`Opening`] sounds when this grows.
    pub fn set_asides(&self, asides: u64) {
        self.asides.store(asides, Ordering::Release);
    }
}

/// The other end of a [`Source`]: sends events, frees clips.
#[derive(Debug)]
pub struct Remote {
    shared: Arc<Shared>,
    meter: Arc<Meter>,
    cues: rtrb::Producer<CueEvent>,
    spent: rtrb::Consumer<Clip>,
    /// Events sent whose clips have not come back. Never above the capacity of the ring for their return.
    out: usize,
}

impl Remote {
    pub fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Frees what has been played; whether there is room for one more event.
    pub fn reap(&mut self) -> bool {
        while self.spent.pop().is_ok() {
            self.out -= 1;
        }
        self.out < CAPACITY && self.cues.slots() > 0
    }

    /// Sends an event.
    ///
    /// # Errors
    /// Gives the event back when there is no room for it now.
    pub fn send(&mut self, cue: CueEvent) -> Result<(), CueEvent> {
        if !self.reap() {
            return Err(cue);
        }
        match self.cues.push(cue) {
            Ok(()) => {
                self.out += 1;
                Ok(())
            }
            Err(rtrb::PushError::Full(cue)) => Err(cue),
        }
    }
}

/// Events in, spent clips out; nothing of it can block.
#[derive(Debug)]
struct RealtimeFeed {
    cues: rtrb::Consumer<CueEvent>,
    spent: rtrb::Producer<Clip>,
    epoch: u64,
}

impl Feed for RealtimeFeed {
    fn next(&mut self) -> Option<Event> {
        loop {
            // An event of an epoch that this block does not know yet stays for the next one, after the cut.
            if self.cues.peek().ok()?.epoch > self.epoch {
                return None;
            }
            let CueEvent { epoch, event } = self.cues.pop().ok()?;
            if epoch == self.epoch {
                return Some(event);
            }
            self.spent(event.clip);
        }
    }

    fn spent(&mut self, clip: Clip) {
        if let Err(rtrb::PushError::Full(clip)) = self.spent.push(clip) {
            // Cannot happen, as `Remote` counts. If it did, a leak is better than freeing here.
            std::mem::forget(clip);
        }
    }
}

/// What is played before a source's clock starts.
#[derive(Debug)]
struct Prelude {
    clip: Clip,
    next: usize,
    /// Where it ends, and from where on it is faded because it was interrupted.
    end: usize,
    fading: bool,
}

impl Prelude {
    fn new(clip: Clip) -> Self {
        Self { next: 0, end: clip.samples().len(), fading: false, clip }
    }

    fn cut(&mut self) {
        self.end = self.end.min(self.next + FADE.get() as usize);
        self.fading = true;
    }

    /// Fills the head of `out`; how much of it.
    fn fill(&mut self, out: &mut [f32]) -> usize {
        let count = (self.end - self.next).min(out.len());
        for sample in &mut out[..count] {
            let factor = match self.fading {
                true => (self.end - self.next) as f32 / FADE.get() as f32,
                false => 1.0,
            };
            *sample = self.clip.samples().get(self.next).copied().unwrap_or(0.0) * factor;
            self.next += 1;
        }
        count
    }
}

/// The one source of a device: mono samples at [`MIX_RATE`].
#[derive(Debug)]
pub struct Source {
    mix: Mix,
    feed: RealtimeFeed,
    shared: Arc<Shared>,
    meter: Arc<Meter>,
    /// Its number among the sources of a session.
    number: u64,
    /// Silence still to be given before anything else.
    pre_roll: Frames,
    prelude: Prelude,
    aside: Aside,
    started: bool,
    gain: f32,
}

/// Where a source begins.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// Silence first, because a device may lose its beginning.
    pub pre_roll: Frames,
    /// Then this, at the present volume; an interruption fades it out.
    pub prelude: Option<Clip>,
    /// Then the timeline from this frame on. From frame 0 it waits for the first event.
    pub start: Frames,
    pub background: Background,
    /// What answers beside everything else, whenever it is asked for.
    pub aside: Option<Clip>,
}

/// A source and its remote: from now on the one that plays.
pub fn source(shared: &Arc<Shared>, opening: Opening) -> (Remote, Source) {
    let (cues_in, cues_out) = rtrb::RingBuffer::new(CAPACITY);
    let (spent_in, spent_out) = rtrb::RingBuffer::new(CAPACITY);
    let Opening { pre_roll, prelude, start, background, aside } = opening;
    let silence = || Clip::new([]);
    let meter = Arc::new(Meter::new(start));
    let number = shared.source.fetch_add(1, Ordering::AcqRel) + 1;
    let remote = Remote {
        shared: Arc::clone(shared),
        meter: Arc::clone(&meter),
        cues: cues_in,
        spent: spent_out,
        out: 0,
    };
    let source = Source {
        mix: Mix::over(background).starting_at(start),
        feed: RealtimeFeed { cues: cues_out, spent: spent_in, epoch: shared.epoch() },
        number,
        meter,
        pre_roll,
        prelude: Prelude::new(prelude.unwrap_or_else(silence)),
        aside: Aside::new(aside.unwrap_or_else(silence), shared.asides.load(Ordering::Acquire)),
        started: start > Frames::ZERO,
        gain: f32::from_bits(shared.gain.load(Ordering::Acquire)),
        shared: Arc::clone(shared),
    };
    (remote, source)
}

impl Source {
    pub const RATE: u32 = MIX_RATE;

    /// How far it has come, to be watched from another thread.
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.meter)
    }

    /// Fills `out` with the next samples. Realtime-safe: yes.
    pub fn fill(&mut self, out: &mut [f32]) {
        if self.shared.source.load(Ordering::Acquire) != self.number {
            out.fill(0.0);
            return;
        }
        let epoch = self.shared.epoch();
        if epoch != self.feed.epoch {
            self.feed.epoch = epoch;
            self.mix.cut(FADE, &mut self.feed);
            self.prelude.cut();
        }
        let silent = usize::try_from(self.pre_roll.get()).unwrap_or(usize::MAX).min(out.len());
        let (silence, sound) = out.split_at_mut(silent);
        silence.fill(0.0);
        self.pre_roll = self.pre_roll - Frames::new(silent as u64);
        let before = self.prelude.fill(sound);
        // Frame 0 waits for the first event, however long its words take to make.
        self.started = self.started || epoch > 0 || !self.feed.cues.is_empty();
        match self.started {
            true => self.mix.fill(&mut sound[before..], &mut self.feed),
            false => sound[before..].fill(0.0),
        }
        self.aside.fill(self.shared.asides.load(Ordering::Acquire), sound);
        self.amplify(sound);
        let clock = self.mix.clock().get();
        self.meter.took(out.len() as u64, clock);
        self.shared.clock.fetch_max(clock, Ordering::AcqRel);
    }

    fn amplify(&mut self, samples: &mut [f32]) {
        const STEP: f32 = 1.0 / RAMP.get() as f32;
        let target = f32::from_bits(self.shared.gain.load(Ordering::Acquire));
        if self.gain == 1.0 && target == 1.0 {
            return;
        }
        for sample in samples {
            let change = (target - self.gain).clamp(-STEP, STEP);
            self.gain = if change.abs() < STEP { target } else { self.gain + change };
            *sample = bent(*sample * self.gain, self.gain);
        }
    }
}

/// Keeps an amplified sample within ±1; what was not amplified passes untouched.
fn bent(sample: f32, gain: f32) -> f32 {
    let over = sample.abs() - KNEE;
    if gain <= 1.0 || over <= 0.0 {
        return sample;
    }
    let room = 1.0 - KNEE;
    (KNEE + room * (over / room).tanh()).copysign(sample)
}

#[cfg(test)]
mod tests;
