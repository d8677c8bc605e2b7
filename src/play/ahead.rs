//! The next few seconds: beats placed whole on the device's frames, with their clips.
//!
//! The device's frames differ from the routine's timeline by a shift that changes only between beats: when
//! words were late, at a pause, at a skip.

use std::collections::VecDeque;
use std::ops::Deref;

use super::outlook::Outlook;
use super::words::{NotYet, Words};
use crate::clip::Clip;
use crate::control::{Event, Now};
use crate::cue::Sound;
use crate::plan::{Cursor, Place, Plan, Section, Side};
use crate::time::{Frames, Millis};
use crate::timeline::{self, Clips, Cue, Missing, Step, Walk};

/// So far ahead of the device's clock is everything placed and sent.
const HORIZON: Frames = Millis::from_secs(3).frames();

/// Nothing new is placed nearer to the clock than this: a fade and a device's largest gulp must have passed.
const SETTLE: Frames = Millis::new(200).frames();

const SECOND: Frames = Millis::from_secs(1).frames();
/// A second apart; the work begins a second after the last.
pub const LEAD_IN: [Sound; 3] = [Sound::Tick, Sound::Tick, Sound::TickHigh];

/// A place in the plan that can be come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub cursor: Cursor,
    /// Of the beat and of its block, in the routine's timeline.
    pub position: Frames,
    pub block_position: Frames,
    /// Where its section was taken to begin when this was placed; a guess if it had not been measured yet.
    section_position: Frames,
    /// The device's frame at which this section was begun, if it was begun at its beginning.
    pub section_began: Option<Frames>,
}

/// What an interruption interrupts. While instructions are repeated, `back` is where their exercise goes on.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    pub spot: Spot,
    pub back: Option<Spot>,
}

/// How far placing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Horizon,
    /// The next words are not there.
    Stalled,
    /// Nothing comes after what has been placed.
    End,
}

/// A beat on the device's frames.
#[derive(Debug, Clone, Copy)]
struct Placed {
    heard: Heard,
    place: Place,
    start: Frames,
    end: Frames,
    told: bool,
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
    /// Nothing has been interrupted: the first beat may be at frame 0.
    fresh: bool,
    /// A beat that has been placed but whose clips are not all there: its cues, and the events made so far.
    pending: Option<Step>,
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
            fresh: true,
            pending: None,
            cues: Vec::new(),
            fetched: 0,
            ready: Vec::new(),
            placed: VecDeque::new(),
            upcoming: VecDeque::new(),
            end: Frames::ZERO,
            plan,
        }
    }

    /// Everything that was placed is void from here on; it goes on at `heard.spot`, as soon as may be.
    pub fn restart(&mut self, heard: Heard, lead_in: bool, clock: Frames) {
        self.placed.clear();
        self.upcoming.clear();
        self.drop_pending();
        self.fresh = false;
        self.lead_in = lead_in;
        self.back = heard.back;
        self.end = clock;
        self.walk = Walk::new(self.plan.clone(), heard.spot.cursor, clock + SETTLE);
        self.next = Spot { section_began: None, ..heard.spot };
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
            Some(placed) => placed.heard.spot.position + clock.saturating_sub(placed.start),
            None => self.next.position,
        }
    }

    /// Places what is due within the horizon.
    pub fn place<C>(&mut self, clock: Frames, words: &mut Words<C>, outlook: &Outlook<P>) -> Reach
    where
        C: Clips<Error = Missing>,
    {
        while self.next_start() < clock + HORIZON {
            self.return_from_repeat();
            match self.next_step(words) {
                Ok(Some(step)) => self.settle(step, clock, words, outlook),
                Ok(None) => return Reach::End,
                Err(NotYet) => return Reach::Stalled,
            }
        }
        Reach::Horizon
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

    /// Steps to the next beat of which every clip is there.
    fn next_step<C>(&mut self, words: &mut Words<C>) -> Result<Option<Step>, NotYet>
    where
        C: Clips<Error = Missing>,
    {
        let step = match self.pending {
            Some(step) => step,
            None => match self.walk.step(words, &mut self.cues)? {
                Some(step) => *self.pending.insert(step),
                None => return Ok(None),
            },
        };
        while let Some(cue) = self.cues.get(self.fetched) {
            self.ready.extend(words.event(cue)?);
            self.fetched += 1;
        }
        Ok(Some(step))
    }

    /// Puts a beat where it will be heard: where the walk has it or, if that is too soon by now, later as a whole.
    fn settle<C>(&mut self, step: Step, clock: Frames, words: &mut Words<C>, outlook: &Outlook<P>)
    where
        C: Clips<Error = Missing>,
    {
        // Frame 0 waits for its event, so the first beat cannot come too late.
        let earliest = match self.fresh && clock == Frames::ZERO {
            true => Frames::ZERO,
            false => clock + SETTLE,
        };
        let mut start = step.start.max(earliest);
        if std::mem::take(&mut self.lead_in) {
            for sound in LEAD_IN {
                let clip = words.sound_clip(sound);
                self.sound(start, clip.frames().min(SECOND), clip);
                start += SECOND;
            }
        }
        let starts_with_a_clip = self.ready.first().is_some_and(|event| event.at == step.start);
        if start == Frames::ZERO && !starts_with_a_clip {
            // A routine that begins quietly still needs an event that starts the device's clock.
            self.sound(start, Frames::ZERO, Clip::new([]));
        }
        let shift = start - step.start;
        self.upcoming
            .extend(self.ready.drain(..).map(|event| timeline::Event { at: event.at + shift, ..event }));
        self.drop_pending();
        let end = step.end + shift;
        self.walk.delay_until(end);
        self.end = end;
        let mut spot = self.next.with(step.cursor, outlook);
        if step.cursor == Cursor::start_of(step.cursor.section) {
            spot.section_began = Some(start);
        }
        self.next = Spot { position: spot.position + (end - start), ..spot };
        self.placed.push_back(Placed {
            heard: Heard { spot, back: self.back },
            place: step.place,
            start,
            end,
            told: false,
        });
    }

    fn sound(&mut self, at: Frames, frames: Frames, clip: Clip) {
        self.upcoming.push_back(timeline::Event { at, frames, clip });
    }

    /// The next event that is due within the horizon; each once.
    pub fn next_event(&mut self, clock: Frames) -> Option<timeline::Event> {
        let due = self.upcoming.front()?.at < clock + HORIZON;
        due.then(|| self.upcoming.pop_front()).flatten()
    }

    /// The next beat that has begun; each once.
    pub fn next_begun(&mut self, clock: Frames, outlook: &Outlook<P>) -> Option<Event> {
        while let Some(placed) = self.placed.front_mut()
            && placed.start <= clock
        {
            if !placed.told {
                placed.told = true;
                let placed = *placed;
                return Some(Event::Now(self.now(&placed, outlook)));
            }
            if placed.end > clock {
                break;
            }
            self.placed.pop_front();
        }
        None
    }

    fn now(&self, placed: &Placed, outlook: &Outlook<P>) -> Now {
        let exercises = self.plan.exercises();
        let name = |index: Option<usize>| {
            index.and_then(|index| exercises.get(index)).map(|exercise| exercise.name.clone())
        };
        let Heard { spot, .. } = placed.heard;
        let place = placed.place;
        // By now the outlook may know better than when the beat was placed.
        let section = outlook.start_of(spot.cursor.section).unwrap_or(spot.section_position);
        let position = section + spot.position.saturating_sub(spot.section_position);
        Now {
            exercise: place.exercise,
            name: name(place.exercise),
            set: place.set,
            rep: place.rep,
            reps: place.exercise.and_then(|index| self.plan.reps(index)).unwrap_or(0),
            side: place.side.map(Side::name),
            phase: place.phase,
            position,
            end: position + (placed.end - placed.start),
            next: name(match spot.cursor.section {
                Section::Opening => Some(0),
                Section::Transition(index) => Some(index),
                Section::Exercise(index) => Some(index + 1),
                Section::Closing => None,
            }),
        }
    }
}

impl Spot {
    pub const fn at(cursor: Cursor, position: Frames) -> Self {
        Self { cursor, position, block_position: position, section_position: position, section_began: None }
    }

    /// The beginning of the block that it is in.
    pub const fn block_start(self) -> Self {
        Self {
            cursor: Cursor { beat: 0, ..self.cursor },
            position: self.block_position,
            section_began: None,
            ..self
        }
    }

    /// The spot of the beat that follows, which is the one at `cursor`. Where a section begins, its position is
    /// looked up: after a skip into the unknown it was a guess.
    fn with<P: Deref<Target = Plan>>(self, cursor: Cursor, outlook: &Outlook<P>) -> Self {
        let mut spot = Self { cursor, ..self };
        if cursor == Cursor::start_of(cursor.section) {
            spot.position = outlook.start_of(cursor.section).unwrap_or(self.position);
            spot.section_position = spot.position;
        }
        if cursor.section != self.cursor.section {
            spot.section_began = None;
        }
        if cursor.beat == 0 {
            spot.block_position = spot.position;
        }
        spot
    }
}
