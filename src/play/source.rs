//! The realtime side: pulls cue events from a ring and mixes them at their exact frames.
//!
//! [`Source::fill`] is called from the device's callback. It never allocates, locks, logs or frees: clips
//! that have been played go back through a second ring and are freed by [`Remote::reap`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

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

/// What both sides look at.
#[derive(Debug)]
pub struct Shared {
    epoch: AtomicU64,
    clock: AtomicU64,
    taken: AtomicU64,
    gain: AtomicU32,
}

impl Shared {
    /// The frame that will be mixed next. It stands at 0 until the first event has come.
    pub fn clock(&self) -> Frames {
        Frames::new(self.clock.load(Ordering::Acquire))
    }

    /// Frames that the device has taken in all, the silence before the first event included.
    pub fn taken(&self) -> Frames {
        Frames::new(self.taken.load(Ordering::Acquire))
    }

    /// Fades out what is heard, and drops every event of an earlier epoch.
    pub fn begin_epoch(&self, epoch: u64) {
        self.epoch.store(epoch, Ordering::Release);
    }

    /// Whether an event belongs to an epoch that is over.
    pub fn is_stale(&self, cue: &CueEvent) -> bool {
        cue.epoch < self.epoch.load(Ordering::Acquire)
    }

    /// The factor on every sample, reached smoothly. Exactly 1 leaves them untouched.
    pub fn set_gain(&self, gain: f32) {
        self.gain.store(gain.to_bits(), Ordering::Release);
    }
}

/// The other end of a [`Source`]: sends events, frees clips.
#[derive(Debug)]
pub struct Remote {
    shared: Arc<Shared>,
    cues: rtrb::Producer<CueEvent>,
    spent: rtrb::Consumer<Clip>,
    /// Events sent whose clips have not come back. Never above the capacity of the ring for their return.
    out: usize,
}

impl Remote {
    pub fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
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

/// The one source of a device: mono samples at [`MIX_RATE`].
#[derive(Debug)]
pub struct Source {
    mix: Mix,
    feed: RealtimeFeed,
    shared: Arc<Shared>,
    /// Silence still to be given before the clock may start.
    pre_roll: Frames,
    started: bool,
    gain: f32,
}

/// A source and its remote. The clock starts after `pre_roll` frames of silence, with the first event.
pub fn source(pre_roll: Frames) -> (Remote, Source) {
    let (cues_in, cues_out) = rtrb::RingBuffer::new(CAPACITY);
    let (spent_in, spent_out) = rtrb::RingBuffer::new(CAPACITY);
    let shared = Arc::new(Shared {
        epoch: AtomicU64::new(0),
        clock: AtomicU64::new(0),
        taken: AtomicU64::new(0),
        gain: AtomicU32::new(1.0_f32.to_bits()),
    });
    let remote = Remote { shared: Arc::clone(&shared), cues: cues_in, spent: spent_out, out: 0 };
    let source = Source {
        mix: Mix::default(),
        feed: RealtimeFeed { cues: cues_out, spent: spent_in, epoch: 0 },
        shared,
        pre_roll,
        started: false,
        gain: 1.0,
    };
    (remote, source)
}

impl Source {
    pub const RATE: u32 = MIX_RATE;

    /// The same with something under everything, pauses included, from the first event on.
    pub fn over(self, background: Background) -> Self {
        Self { mix: Mix::over(background), ..self }
    }

    /// The counters, to be watched from another thread.
    pub fn shared(&self) -> Arc<Shared> {
        Arc::clone(&self.shared)
    }

    /// Fills `out` with the next samples. Realtime-safe: yes.
    pub fn fill(&mut self, out: &mut [f32]) {
        let epoch = self.shared.epoch.load(Ordering::Acquire);
        if epoch != self.feed.epoch {
            self.feed.epoch = epoch;
            self.mix.cut(FADE, &mut self.feed);
        }
        let silent = usize::try_from(self.pre_roll.get()).unwrap_or(usize::MAX).min(out.len());
        let (silence, sound) = out.split_at_mut(silent);
        silence.fill(0.0);
        self.pre_roll = self.pre_roll - Frames::new(silent as u64);
        // Frame 0 waits for the first event, however long its words take to make.
        self.started = self.started || epoch > 0 || !self.feed.cues.is_empty();
        if self.started {
            self.mix.fill(sound, &mut self.feed);
            self.amplify(sound);
        } else {
            sound.fill(0.0);
        }
        let clock = self.mix.clock().get();
        self.shared.clock.store(clock, Ordering::Release);
        self.shared.taken.fetch_add(out.len() as u64, Ordering::AcqRel);
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
mod tests {
    use super::*;

    fn cue(epoch: u64, at: u64, samples: &[f32]) -> CueEvent {
        CueEvent {
            epoch,
            event: Event {
                at: Frames::new(at),
                frames: Frames::new(samples.len() as u64),
                clip: Clip::new(samples),
            },
        }
    }

    fn filled(source: &mut Source, frames: usize) -> Vec<f32> {
        let mut out = vec![9.0; frames];
        source.fill(&mut out);
        out
    }

    #[test]
    fn the_clock_waits_for_the_pre_roll_and_the_first_event() {
        let (mut remote, mut source) = source(Frames::new(3));
        assert_eq!(filled(&mut source, 2), [0.0; 2]);
        assert_eq!(filled(&mut source, 4), [0.0; 4]);
        assert_eq!(remote.shared().clock(), Frames::ZERO);
        assert_eq!(remote.shared().taken(), Frames::new(6));
        assert!(remote.send(cue(0, 1, &[0.5])).is_ok());
        assert_eq!(filled(&mut source, 3), [0.0, 0.5, 0.0]);
        assert_eq!(remote.shared().clock(), Frames::new(3));
    }

    #[test]
    fn an_epoch_fades_the_old_and_drops_what_was_queued() {
        let (mut remote, mut source) = source(Frames::ZERO);
        let long = vec![1.0; 4_000];
        for cue in [cue(0, 0, &long), cue(0, 5_000, &[0.3])] {
            assert!(remote.send(cue).is_ok());
        }
        filled(&mut source, 100);
        assert!(remote.send(cue(1, 5_001, &[0.7])).is_ok());
        assert_eq!(filled(&mut source, 100), [1.0; 100]);
        remote.shared().begin_epoch(1);
        let out = filled(&mut source, 5_000);
        let fade = FADE.get() as usize;
        assert!(out[..fade].windows(2).all(|pair| pair[1] < pair[0]));
        assert!(out[fade..4_801].iter().all(|sample| *sample == 0.0));
        assert_eq!(out[4_801], 0.7);
        assert!(out[4_802..].iter().all(|sample| *sample == 0.0));
    }

    #[test]
    fn a_full_ring_gives_events_back_and_never_loses_a_clip() {
        let (mut remote, mut source) = source(Frames::ZERO);
        for at in 0..CAPACITY as u64 {
            assert!(remote.send(cue(0, at, &[0.1])).is_ok());
        }
        assert!(remote.send(cue(0, 9_999, &[0.1])).is_err());
        let out = filled(&mut source, CAPACITY + 5);
        assert_eq!(out[..CAPACITY], [0.1; CAPACITY]);
        assert!(remote.reap());
        assert_eq!(remote.out, 0);
    }

    #[test]
    fn the_volume_is_ramped_and_never_clips() {
        let (mut remote, mut source) = source(Frames::ZERO);
        assert!(remote.send(cue(0, 0, &vec![0.8; 10_000])).is_ok());
        assert_eq!(filled(&mut source, 10), [0.8; 10]);
        remote.shared().set_gain(2.0);
        let out = filled(&mut source, 2_000);
        assert!(out.windows(2).all(|pair| (0.0..0.01).contains(&(pair[1] - pair[0]))));
        assert!(out.iter().all(|sample| *sample <= 1.0));
        remote.shared().set_gain(1.0);
        filled(&mut source, 2_000);
        assert_eq!(filled(&mut source, 10), [0.8; 10]);
    }
}
