//! What is played when: keeps the next seconds placed ahead of the device's clock, and obeys commands.
//!
//! A pure state machine: it has no thread and no clock of its own, so a test drives it frame by frame.

use std::collections::VecDeque;
use std::ops::Deref;

use super::ahead::{Ahead, Heard, LEAD_IN, Reach, Spot};
use super::keeper::Welcome;
use super::outlook::Outlook;
use super::source::CueEvent;
use super::words::Words;
use crate::control::{Command, Event};
use crate::plan::{Cursor, Plan, Section};
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Missing};

/// What sounds when it is interrupted fades out in so long.
pub const FADE: Frames = Millis::new(30).frames();

/// So near to its start, "previous" means the exercise before.
const NEAR_START: Frames = Millis::from_secs(2).frames();

/// Told when there is a device again after the listener had to wait for one.
const SOUND_IS_BACK: &str = "The sound is back.";

const QUIETEST: i32 = -30;
const LOUDEST: i32 = 6;
const VOLUME_STEP: i32 = 3;

/// What has to go out: to the device, and to whoever listens. The owner empties both.
#[derive(Debug, Default)]
pub struct Outbox {
    pub cues: VecDeque<CueEvent>,
    pub events: Vec<Event>,
}

#[derive(Debug)]
enum State {
    Playing,
    Paused(Heard),
    /// Fading out, or playing the last of it: over at that frame, with that event.
    Ending(Frames, Event),
    Over,
}

/// The state machine. `P` holds the plan.
#[derive(Debug)]
pub struct Scheduler<P, C> {
    plan: P,
    words: Words<C>,
    outlook: Outlook<P>,
    ahead: Ahead<P>,
    state: State,
    epoch: u64,
    decibels: i32,
    waiting: bool,
}

impl<P, C> Scheduler<P, C>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips<Error = Missing>,
{
    /// Ready to play `plan` from `from`, whose beat will be at the device's frame 0.
    pub fn new(plan: P, from: Cursor, clips: C) -> Self {
        Self {
            words: Words::new(clips),
            outlook: Outlook::new(plan.clone()),
            ahead: Ahead::new(plan.clone(), from),
            state: State::Playing,
            epoch: 0,
            decibels: 0,
            waiting: false,
            plan,
        }
    }

    /// The present stretch of playing. The source must know of a new one before any of its events.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The factor on every sample; exactly 1 at 0 dB.
    pub fn gain(&self) -> f32 {
        10_f32.powf(self.decibels as f32 / 20.0)
    }

    /// Whether the last event has been told.
    pub fn is_over(&self) -> bool {
        matches!(self.state, State::Over)
    }

    /// To be called every few hundredths of a second: sends what is due within the next seconds, tells what has
    /// been reached. `clock` is the number of frames that the device has taken.
    pub fn pump(&mut self, clock: Frames, out: &mut Outbox) {
        if self.is_over() {
            return;
        }
        if let Some(frames) = self.outlook.extend(&mut self.words) {
            let exercises = self.plan.exercises().len();
            out.events.push(Event::Total { frames, exercises });
        }
        if matches!(self.state, State::Playing) {
            self.play(clock, out);
        }
        out.events.extend(self.words.notices().map(Event::Notice));
        match std::mem::replace(&mut self.state, State::Over) {
            State::Ending(at, event) if clock >= at => out.events.push(event),
            state => self.state = state,
        }
    }

    fn play(&mut self, clock: Frames, out: &mut Outbox) {
        self.tell(clock, out);
        let reach = self.ahead.place(clock, &mut self.words, &self.outlook);
        let epoch = self.epoch;
        while let Some(event) = self.ahead.next_event(clock) {
            out.cues.push_back(CueEvent { epoch, event });
        }
        self.tell(clock, out);
        let all_heard = clock >= self.ahead.end();
        let waits = reach == Reach::Stalled && all_heard;
        if waits && !self.waiting {
            out.events.push(Event::Waiting);
        }
        self.waiting = waits;
        if reach == Reach::End && all_heard {
            self.state = State::Ending(clock, Event::Finished);
        }
    }

    fn tell(&mut self, clock: Frames, out: &mut Outbox) {
        while let Some(event) = self.ahead.next_begun(clock, &self.outlook) {
            out.events.push(event);
        }
    }

    /// Obeys at once.
    pub fn command(&mut self, command: Command, clock: Frames, out: &mut Outbox) {
        if matches!(self.state, State::Ending(..) | State::Over) {
            return;
        }
        match command {
            Command::Louder => return self.change_volume(VOLUME_STEP, out),
            Command::Quieter => return self.change_volume(-VOLUME_STEP, out),
            Command::Quit => {
                let position = match &self.state {
                    State::Paused(heard) => heard.spot.position,
                    _ => self.ahead.position(clock),
                };
                return self.end_with(Event::Stopped { position }, clock, out);
            }
            Command::TogglePause | Command::Next | Command::Previous | Command::Repeat => {}
        }
        let heard = match self.state {
            State::Paused(heard) => Some(heard),
            _ => self.ahead.heard(clock, &self.outlook),
        };
        // Past the last beat there is nothing to steer: the end is about to be told.
        let Some(heard) = heard else {
            return;
        };
        let section = heard.spot.cursor.section;
        match command {
            Command::Next => match self.plan.section_after(section) {
                Some(next) => self.jump(next, None, clock, out),
                None => self.end_with(Event::Finished, clock, out),
            },
            Command::Previous => self.jump(self.before(heard, clock), None, clock, out),
            Command::Repeat => {
                let in_work = matches!(section, Section::Exercise(_)) && heard.spot.cursor.block > 0;
                let back = heard.back.or_else(|| in_work.then(|| heard.spot.block_start()));
                self.jump(section, back, clock, out);
            }
            _ => self.toggle(heard, clock, out),
        }
    }

    /// Ends now, for when the device's clock stands still.
    pub fn give_up(&mut self, clock: Frames, out: &mut Outbox) {
        self.command(Command::Quit, clock, out);
        if let State::Ending(_, event) = std::mem::replace(&mut self.state, State::Over) {
            out.events.push(event);
        }
    }

    /// What is heard when the sound is back after a while; `None` while its words are being made.
    pub fn welcome(&mut self) -> Option<Welcome> {
        Some(Welcome {
            words: self.words.speech_clip(SOUND_IS_BACK).ok()?,
            ticks: LEAD_IN.iter().map(|sound| self.words.sound_clip(*sound)).collect(),
            quiet_head: self.plan.quiet_head(),
        })
    }

    fn change_volume(&mut self, step: i32, out: &mut Outbox) {
        self.decibels = (self.decibels + step).clamp(QUIETEST, LOUDEST);
        let decibels = self.decibels;
        out.events.push(Event::Volume { decibels });
    }

    fn toggle(&mut self, heard: Heard, clock: Frames, out: &mut Outbox) {
        self.interrupt(out);
        if matches!(self.state, State::Paused(_)) {
            self.ahead.restart(heard, true, clock);
            self.state = State::Playing;
            out.events.push(Event::Resumed);
        } else {
            self.state = State::Paused(heard);
            out.events.push(Event::Paused);
        }
    }

    /// Where "previous" leads.
    fn before(&self, heard: Heard, clock: Frames) -> Section {
        let Heard { spot, back } = heard;
        match spot.cursor.section {
            Section::Exercise(index) => {
                let began = spot.section_began;
                let near = spot.cursor == Cursor::start_of(spot.cursor.section)
                    || began.is_some_and(|began| clock.saturating_sub(began) < NEAR_START);
                // Instructions that are repeated in the middle of the work are not its start.
                let steps = usize::from(near && back.is_none());
                Section::Exercise(index.saturating_sub(steps))
            }
            Section::Transition(index) => Section::Exercise(index.saturating_sub(1)),
            Section::Closing => {
                let last = self.plan.exercises().len().checked_sub(1);
                last.map_or(Section::Closing, Section::Exercise)
            }
            Section::Opening => Section::Opening,
        }
    }

    /// To the start of a section, playing even if it was paused.
    fn jump(&mut self, section: Section, back: Option<Spot>, clock: Frames, out: &mut Outbox) {
        let position = self.outlook.start_of(section).unwrap_or_else(|| self.outlook.reach());
        let spot = Spot::at(Cursor::start_of(section), position);
        self.interrupt(out);
        self.ahead.restart(Heard { spot, back }, false, clock);
        if matches!(self.state, State::Paused(_)) {
            out.events.push(Event::Resumed);
        }
        self.state = State::Playing;
    }

    fn end_with(&mut self, event: Event, clock: Frames, out: &mut Outbox) {
        self.interrupt(out);
        self.state = State::Ending(clock + FADE, event);
    }

    /// What has been sent is void: it fades where it sounds, and is dropped where it waits.
    fn interrupt(&mut self, out: &mut Outbox) {
        self.epoch += 1;
        self.waiting = false;
        out.cues.clear();
    }
}
