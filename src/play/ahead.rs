//! The next few seconds: beats placed whole on the device's frames, with their clips.
//!
//! The device's frames differ from the routine's timeline by a shift that changes only between beats: when
//! words were late, at a pause, at a skip.

mod settling;

use std::collections::VecDeque;
use std::ops::Deref;

use super::aloud::{SETTLE, Utterance};
use super::open::Open;
use super::outlook::Outlook;
use super::placed::{FOREVER, Placed};
use super::reply::{AFTER_EARCON, AFTER_WORDS, AT_ONCE, Reply};
use super::spot::{Heard, Spot};
use super::words::{Due, NotYet, Words};
use crate::control::Now;
use crate::cue::Sound;
use crate::plan::{Cursor, Gate, Plan};
use crate::time::{Frames, Millis};
use crate::timeline::{self, Clips, Cue, Missing, Step, Walk};

/// So far ahead of the device's clock is everything placed and sent.
const HORIZON: Frames = Millis::from_secs(3).frames();

const SECOND: Frames = Millis::from_secs(1).frames();
/// A second apart; the work begins a second after the last.
pub const LEAD_IN: [Sound; 3] = [Sound::Tick, Sound::Tick, Sound::TickHigh];

/// Between two reminders at a gate.
const REMIND: Frames = Millis::from_secs(20).frames();

/// How far placing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Horizon,
    /// The listener has to say that it may go on.
    Gate,
    /// The next words are not there.
    Stalled,
    /// Words are being said, and nobody knows when they will be over.
    Aloud,
    /// Nothing comes after what has been placed.
    End,
}

impl From<NotYet> for Reach {
    fn from(not_yet: NotYet) -> Self {
        match not_yet {
            NotYet::Made => Self::Stalled,
            NotYet::Said => Self::Aloud,
        }
    }
}

/// A walk along the plan in device frames, and what it has come to. `P` holds the plan.
#[derive(Debug)]
pub struct Ahead<P> {
    plan: P,
    walk: Walk<P>,
    /// The place that comes after everything placed.
    next: Spot,
    /// Where to go on after the instructions have been repeated.
    back: Option<Spot>,
    /// The next beat is led into by ticks.
    lead_in: bool,
    /// What has still to be said in answer to a command, before anything else.
    answer: VecDeque<String>,
    /// The sentence that is being said, of the answer, at a gate or in an open beat.
    utterance: Utterance,
    /// It waits at a gate, which has been told.
    at_gate: bool,
    /// It has asked there, and will remind at that frame.
    reminder: Option<Frames>,
    /// Nothing has been interrupted: the first beat may be at frame 0.
    fresh: bool,
    /// A beat that has been placed but whose clips are not all there: its cues, and the events made so far.
    pending: Option<Step>,
    /// The walk as it was before the latest step.
    before: Option<Walk<P>>,
    open: Option<Open<P>>,
    cues: Vec<Cue>,
    fetched: usize,
    ready: Vec<timeline::Event>,
    /// Beats that have not ended, in order, and events that were not sent.
    placed: VecDeque<Placed>,
    upcoming: VecDeque<timeline::Event>,
    /// Where the last placed beat ends.
    end: Frames,
}

impl<P: Deref<Target = Plan> + Clone> Ahead<P> {
    /// Begins with the beat at `from`, at the device's frame 0.
    pub fn new(plan: P, from: Cursor) -> Self {
        Self {
            walk: Walk::begin(plan.clone(), from),
            next: Spot::at(from, Frames::ZERO),
            back: None,
            lead_in: false,
            answer: VecDeque::new(),
            utterance: Utterance::default(),
            at_gate: false,
            reminder: None,
            fresh: true,
            pending: None,
            before: None,
            open: None,
            cues: Vec::new(),
            fetched: 0,
            ready: Vec::new(),
            placed: VecDeque::new(),
            upcoming: VecDeque::new(),
            end: Frames::ZERO,
            plan,
        }
    }

    /// Everything that was placed is void from here on: `reply` is heard, then it goes on at `heard.spot`.
    pub fn restart<C>(
        &mut self,
        heard: Heard,
        lead_in: bool,
        reply: Reply,
        clock: Frames,
        words: &mut Words<C>,
    ) where
        C: Clips<Error = Missing>,
    {
        self.reply(reply, clock, words);
        self.lead_in = lead_in;
        self.back = heard.back;
        self.walk = Walk::new(self.plan.clone(), heard.spot.cursor, self.end + AFTER_EARCON);
        self.next = Spot { section_began: None, ..heard.spot };
    }

    /// Everything that was placed is void, and only `reply` is heard.
    pub fn reply<C>(&mut self, reply: Reply, clock: Frames, words: &mut Words<C>)
    where
        C: Clips<Error = Missing>,
    {
        self.placed.clear();
        self.upcoming.clear();
        self.drop_pending();
        self.hush(words);
        self.open = None;
        self.fresh = false;
        (self.at_gate, self.reminder) = (false, None);
        let earcon = words.sound_clip(reply.earcon);
        let (at, frames) = (clock + AT_ONCE, earcon.frames());
        self.sound(at, frames, earcon);
        self.end = at + frames;
        // Whoever is asked last is made first.
        reply.words.iter().rev().for_each(|says| words.hurry(says));
        self.answer = reply.words.into();
    }

    /// Ends what is being said aloud: it is not waited for any more.
    pub fn hush<C>(&mut self, words: &mut Words<C>)
    where
        C: Clips<Error = Missing>,
    {
        self.utterance.hush(words);
    }

    /// Places what is left of the answer. It comes as soon as it can be spoken: all else waits for it.
    ///
    /// # Errors
    /// [`NotYet`] while words of it are being made or said.
    pub fn answer<C>(&mut self, clock: Frames, words: &mut Words<C>) -> Result<(), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        while let Some(says) = self.answer.front() {
            let at = (self.end + AFTER_EARCON).max(clock + AT_ONCE);
            let (end, event) = self.utterance.say(says, at, clock, words, &mut self.upcoming)?;
            self.upcoming.extend(event);
            self.end = end;
            self.walk.delay_until(self.end + AFTER_WORDS);
            self.answer.pop_front();
        }
        Ok(())
    }

    fn drop_pending(&mut self) {
        self.pending = None;
        self.cues.clear();
        self.ready.clear();
        self.fetched = 0;
    }

    /// The frame after everything that has been placed.
    pub fn end(&self) -> Frames {
        self.end
    }

    /// The beat being heard or, in between, the one to be heard next; `None` past the last.
    pub fn heard(&mut self, clock: Frames, outlook: &Outlook<P>) -> Option<Heard> {
        if let Some(placed) = self.placed.iter().find(|placed| placed.end > clock) {
            return Some(placed.heard);
        }
        let cursor = match &self.pending {
            Some(step) => step.cursor,
            None => self.walk.peek()?.0,
        };
        Some(Heard { spot: self.next.with(cursor, outlook), back: self.back })
    }

    /// The place in the routine's timeline that is heard now.
    pub fn position(&self, clock: Frames) -> Frames {
        match self.placed.iter().find(|placed| placed.end > clock) {
            Some(placed) => placed.heard.spot.position + clock.saturating_sub(placed.start).min(placed.lasts),
            None => self.next.position,
        }
    }

    /// Places what is due within the horizon.
    pub fn place<C>(&mut self, clock: Frames, words: &mut Words<C>, outlook: &Outlook<P>) -> Reach
    where
        C: Clips<Error = Missing>,
    {
        self.reach(clock, words, outlook).unwrap_or_else(Reach::from)
    }

    fn reach<C>(&mut self, clock: Frames, words: &mut Words<C>, outlook: &Outlook<P>) -> Result<Reach, NotYet>
    where
        C: Clips<Error = Missing>,
    {
        self.answer(clock, words)?;
        self.go_on(clock, words)?;
        while self.next_start() < clock + HORIZON {
            self.return_from_repeat();
            if let (Some(gate), None) = (self.walk.gate(), self.pending) {
                let gate = gate.clone();
                self.wait(&gate, clock, words, outlook)?;
                return Ok(Reach::Gate);
            }
            let Some(step) = self.next_step(words)? else {
                return Ok(Reach::End);
            };
            let walk = self.before.take();
            match walk.filter(|_| self.fetched < self.cues.len()) {
                Some(walk) => {
                    self.open(step, walk, clock, words, outlook);
                    self.go_on(clock, words)?;
                }
                None => self.settle(step, clock, words, outlook),
            }
        }
        Ok(Reach::Horizon)
    }

    /// Asks at a gate, and reminds now and then. It stays the next beat until another one is gone to.
    fn wait<C>(
        &mut self,
        gate: &Gate,
        clock: Frames,
        words: &mut Words<C>,
        outlook: &Outlook<P>,
    ) -> Result<(), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        let (due, says) = match self.reminder {
            None => (self.walk.at(), &gate.asks),
            Some(due) => (due, &gate.reminds),
        };
        let start = due.max(clock + SETTLE);
        if start >= clock + HORIZON {
            return Ok(());
        }
        let said = self.utterance.say(says, start, clock, words, &mut self.upcoming);
        if said != Err(NotYet::Made)
            && !std::mem::replace(&mut self.at_gate, true)
            && let Some((cursor, place)) = self.walk.peek()
        {
            self.next = self.next.with(cursor, outlook);
            let heard = Heard { spot: self.next, back: self.back };
            let lasts = gate.lasts.frames();
            self.placed.push_back(Placed { heard, place, start, end: FOREVER, lasts, told: false });
        }
        let (end, event) = said?;
        self.upcoming.extend(event);
        self.end = end;
        self.reminder = Some(end + REMIND);
        Ok(())
    }

    /// Where the next beat is due. The walk has already passed one whose clips are still being fetched.
    fn next_start(&self) -> Frames {
        self.end.max(self.pending.map_or_else(|| self.walk.at(), |step| step.start))
    }

    /// After the instructions have been repeated, their exercise goes on where it was.
    fn return_from_repeat(&mut self) {
        let (Some(back), None) = (self.back, self.pending) else {
            return;
        };
        let repeats = self.walk.peek().is_some_and(|(cursor, place)| {
            cursor.section == back.cursor.section
                && cursor.block == 0
                && ["announcement", "instructions"].contains(&place.phase)
        });
        if !repeats {
            self.back = None;
            self.walk = Walk::new(self.plan.clone(), back.cursor, self.walk.at());
            self.next = back;
            self.lead_in = true;
        }
    }

    /// Steps to the next beat of which every clip is there, up to the first words that have to be said aloud: those are the
    /// first cue that was not fetched.
    fn next_step<C>(&mut self, words: &mut Words<C>) -> Result<Option<Step>, NotYet>
    where
        C: Clips<Error = Missing>,
    {
        let step = match self.pending {
            Some(step) => step,
            None => {
                self.before = Some(self.walk.clone());
                match self.walk.step(words, &mut self.cues)? {
                    Some(step) => *self.pending.insert(step),
                    None => return Ok(None),
                }
            }
        };
        while let Some(cue) = self.cues.get(self.fetched) {
            match words.event(cue)? {
                Due::Mixed(event) => self.ready.push(event),
                Due::Quiet => {}
                Due::Aloud => break,
            }
            self.fetched += 1;
        }
        Ok(Some(step))
    }

    /// The next event that is due within the horizon; each once.
    pub fn next_event(&mut self, clock: Frames) -> Option<timeline::Event> {
        let due = self.upcoming.front()?.at < clock + HORIZON;
        due.then(|| self.upcoming.pop_front()).flatten()
    }

    /// The next beat that has begun, and where it is; each once.
    pub fn next_begun(&mut self, clock: Frames, outlook: &Outlook<P>) -> Option<(Cursor, Now)> {
        while let Some(placed) = self.placed.front_mut()
            && placed.start <= clock
        {
            if !placed.told {
                placed.told = true;
                let placed = *placed;
                return Some((placed.heard.spot.cursor, placed.now(&self.plan, outlook)));
            }
            if placed.end > clock {
                break;
            }
            self.placed.pop_front();
        }
        None
    }
}
