//! One timeline on any number of devices: feeds the present one and, when it is lost, goes on with the next at the frame
//! that was last heard.
//!
//! What has been sent is remembered until it has been heard, so it can be sent again. The body of the audio thread;
//! tests turn it by hand.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;

use super::recovery::{Cause, Passed, Recovery, Seen, Verdict};
use super::source::{self, CueEvent, Opening, Remote, Shared};
use super::{DeviceError, Output};
use crate::clip::Clip;
use crate::time::{Frames, Millis};
use crate::timeline::Background;

/// What has been heard is remembered for so long: a device may report its delay wrongly.
const REMEMBER: Frames = Millis::from_secs(1).frames();

/// More than this is not taken from the scheduler before the device has taken some.
const BACKLOG: usize = 64;

const SECOND: Frames = Millis::from_secs(1).frames();
const AFTER_WORDS: Frames = Millis::new(400).frames();

/// Why a device is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    pub why: String,
    /// When it went, if that was seen.
    pub at: Option<Instant>,
}

/// What the listener should know of the sound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    Lost(String),
    Back,
    /// For good.
    Gone(String),
}

/// What is heard when the sound is back after a while.
#[derive(Debug, Clone)]
pub struct Welcome {
    pub words: Option<Clip>,
    /// A second apart; the timeline goes on a second after the last.
    pub ticks: Vec<Clip>,
    /// Silence before everything, for a speaker that has to wake up.
    pub quiet_head: Millis,
}

impl Welcome {
    /// As one clip; without ticks where nothing goes on.
    fn clip(&self, goes_on: bool) -> Clip {
        let mut samples = silence(self.quiet_head.frames());
        if let Some(words) = &self.words {
            samples.extend_from_slice(words.samples());
            samples.extend(silence(AFTER_WORDS));
        }
        for tick in self.ticks.iter().filter(|_| goes_on) {
            let frames = tick.frames().min(SECOND);
            samples.extend(tick.samples().iter().take(frames.get() as usize));
            samples.extend(silence(SECOND - frames));
        }
        Clip::new(samples)
    }
}

fn silence(frames: Frames) -> Vec<f32> {
    vec![0.0; frames.get() as usize]
}

/// The keeper of the sound.
#[derive(Debug)]
pub struct Keeper<O> {
    output: O,
    shared: Arc<Shared>,
    remote: Remote,
    background: Background,
    aside: Clip,
    recovery: Recovery,
    welcome: Option<Welcome>,
    /// The frame at which the next device goes on, and how much the present one had to take before that.
    from: Frames,
    before: Frames,
    /// Events on their way to the source, and events that it has but that may not have been heard.
    backlog: VecDeque<CueEvent>,
    sent: VecDeque<CueEvent>,
    why: String,
}

impl<O: Output> Keeper<O> {
    /// Opens the output. `background` is under everything, `aside` beside it when it is asked for.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn start(
        mut output: O,
        shared: Arc<Shared>,
        background: Background,
        aside: Clip,
    ) -> Result<Self, DeviceError> {
        let opening = Opening {
            pre_roll: output.pre_roll().frames(),
            background,
            aside: Some(aside.clone()),
            ..Opening::default()
        };
        let (remote, source) = source::source(&shared, opening);
        output.start(source)?;
        Ok(Self {
            shared,
            remote,
            background,
            aside,
            recovery: Recovery::new(output.patience()),
            welcome: None,
            from: Frames::ZERO,
            before: Frames::ZERO,
            backlog: VecDeque::new(),
            sent: VecDeque::new(),
            why: String::new(),
            output,
        })
    }

    /// Whether more events may be sent.
    pub fn has_room(&self) -> bool {
        // Without a device they are taken, so that the end is noticed.
        self.backlog.len() < BACKLOG || !self.recovery.is_open()
    }

    pub fn send(&mut self, cue: CueEvent) {
        self.backlog.push_back(cue);
        self.feed();
    }

    /// What will be heard after a longer outage.
    pub fn prepare(&mut self, welcome: Welcome) {
        self.welcome = Some(welcome);
    }

    /// Looks after everything. To be called every few hundredths of a second.
    pub fn turn(&mut self, passed: Passed) -> Option<Trouble> {
        let mut told = None;
        let mut seen = Seen::Gone;
        if self.recovery.is_open() {
            told = self.output.check().err();
            let taken = self.remote.meter().taken();
            if told.is_none() {
                seen = Seen::Taken(taken, taken > self.before);
            }
        }
        let passed = if self.output.has_a_pace() { passed } else { Passed::default() };
        let trouble = match self.recovery.look(passed, seen) {
            Verdict::Fine => None,
            Verdict::Lost(cause) => {
                self.why = match (&told, cause) {
                    (Some(loss), Cause::Told) => loss.why.clone(),
                    (_, Cause::Asleep) => "the machine was asleep".to_owned(),
                    _ => "it has stopped taking sound".to_owned(),
                };
                self.let_go(told);
                Some(Trouble::Lost(self.why.clone()))
            }
            Verdict::LostAgain => {
                self.let_go(told);
                None
            }
            Verdict::Reopen => {
                self.reopen();
                None
            }
            Verdict::Back => Some(Trouble::Back),
            Verdict::GiveUp => Some(Trouble::Gone(self.why.clone())),
        };
        self.feed();
        self.forget();
        trouble
    }

    /// Ends. What the device has taken is heard first.
    pub fn stop(mut self) {
        if self.recovery.is_open() {
            self.output.stop(true);
        }
    }

    fn let_go(&mut self, loss: Option<Loss>) {
        self.from = self.remote.meter().heard(loss.and_then(|loss| loss.at));
        self.output.stop(false);
    }

    fn reopen(&mut self) {
        let (shared, from) = (Arc::clone(&self.shared), self.from);
        let ended = |cue: &CueEvent| cue.event.at + cue.event.frames <= from;
        let again: VecDeque<CueEvent> = self
            .sent
            .iter()
            .chain(&self.backlog)
            .filter(|cue| !shared.is_stale(cue) && !ended(cue))
            .cloned()
            .collect();
        let welcome = self.welcome.as_ref().filter(|_| self.recovery.wants_lead_in());
        let prelude = welcome.map(|welcome| welcome.clip(!again.is_empty() && !shared.is_paused()));
        let pre_roll = self.output.pre_roll().frames();
        let before = pre_roll + prelude.as_ref().map_or(Frames::ZERO, Clip::frames);
        let aside = Some(self.aside.clone());
        let opening = Opening { pre_roll, prelude, start: from, background: self.background, aside };
        let (remote, source) = source::source(&self.shared, opening);
        match self.output.restart(source, self.recovery.outage()) {
            Ok(()) => {
                (self.remote, self.before) = (remote, before);
                (self.backlog, self.sent) = (again, VecDeque::new());
                self.recovery.opened();
            }
            Err(error) => {
                self.why = error.to_string();
                self.recovery.failed();
            }
        }
    }

    /// Hands on what the source has room for.
    fn feed(&mut self) {
        self.remote.reap();
        while self.recovery.is_open()
            && let Some(cue) = self.backlog.pop_front()
        {
            if self.shared.is_stale(&cue) {
                continue;
            }
            match self.remote.send(cue.clone()) {
                Ok(()) => self.sent.push_back(cue),
                Err(cue) => {
                    self.backlog.push_front(cue);
                    break;
                }
            }
        }
    }

    fn forget(&mut self) {
        let heard = self.remote.meter().heard(None).saturating_sub(REMEMBER);
        while let Some(cue) = self.sent.front()
            && (self.shared.is_stale(cue) || cue.event.at + cue.event.frames < heard)
        {
            self.sent.pop_front();
        }
        // Without a device nothing else empties it.
        self.backlog.retain(|cue| !self.shared.is_stale(cue));
    }
}
