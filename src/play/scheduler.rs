//! What is played when: keeps the next seconds placed ahead of the device's clock, and obeys commands.
//!
//! A pure state machine: it has no thread and no clock of its own, so a test drives it frame by frame.

use std::collections::VecDeque;
use std::ops::Deref;

use super::ahead::{Ahead, LEAD_IN, Reach};
use super::keeper::Welcome;
use super::outlook::Outlook;
use super::reply::Reply;
use super::source::CueEvent;
use super::spot::{Heard, Spot};
use super::tally::Tally;
use super::words::Words;
use crate::control::{Command, Ending, Event};
use crate::cue::Sound;
use crate::plan::{Content, Cursor, Plan, Section};
use crate::time::{Frames, Millis};
use crate::timeline::{Clips, Missing};

/// What sounds when it is interrupted fades out in so long.
pub const FADE: Frames = Millis::new(30).frames();

/// So soon after another one, "previous" means the exercise before.
const TWICE: Frames = Millis::new(1_500).frames();

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
    tally: Tally<P>,
    state: State,
    /// The latest "previous", and the section that it led to.
    previous: Option<(Frames, Section)>,
    epoch: u64,
    decibels: i32,
    asides: u64,
    waiting: bool,
}

impl<P, C> Scheduler<P, C>
where
    P: Deref<Target = Plan> + Clone,
    C: Clips<Error = Missing>,
{
    /// Ready to play `plan` from `from`, whose beat will be at the device's frame 0.
    pub fn new(plan: P, from: Cursor, clips: C) -> Self {
        let mut words = Words::new(clips);
        [plan.tells_paused(), plan.tells_hurt()].iter().for_each(|says| words.prepare(says));
        Self {
            words,
            outlook: Outlook::new(plan.clone()),
            ahead: Ahead::new(plan.clone(), from),
            tally: Tally::new(plan.clone()),
            previous: None,
            state: State::Playing,
            epoch: 0,
            decibels: 0,
            asides: 0,
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

    /// How often something has been answered by the aside, [`Sound::Volume`], and by nothing else.
    pub fn asides(&self) -> u64 {
        self.asides
    }

    /// Whether the routine waits for a command.
    pub fn is_paused(&self) -> bool {
        matches!(self.state, State::Paused(_))
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
        match self.state {
            State::Playing => self.play(clock, out),
            State::Paused(_) => {
                // Words that are not there yet come with a later call.
                let _ = self.ahead.answer(clock, &mut self.words);
                self.send(clock, out);
            }
            State::Ending(..) => self.send(clock, out),
            State::Over => {}
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
        self.send(clock, out);
        self.tell(clock, out);
        let all_heard = clock >= self.ahead.end();
        let waits = reach == Reach::Stalled && all_heard;
        if waits && !self.waiting {
            out.events.push(Event::Waiting);
        }
        self.waiting = waits;
        if reach == Reach::End && all_heard {
            self.tally.end(&mut out.events);
            self.state = State::Ending(clock, Event::Finished);
        }
    }

    fn send(&mut self, clock: Frames, out: &mut Outbox) {
        let epoch = self.epoch;
        while let Some(event) = self.ahead.next_event(clock) {
            out.cues.push_back(CueEvent { epoch, event });
        }
    }

    fn tell(&mut self, clock: Frames, out: &mut Outbox) {
        self.tally.pass(clock, true);
        while let Some((at, now)) = self.ahead.next_begun(clock, &self.outlook) {
            self.tally.begin(at.section, &mut out.events);
            if at == Cursor::start_of(at.section) {
                self.prepare(at.section);
            }
            out.events.push(Event::Now(now));
        }
    }

    /// Has made what may have to be answered in a section.
    fn prepare(&mut self, section: Section) {
        let gate = match section {
            Section::Exercise(index) => self.plan.gate(index),
            _ => None,
        };
        let gate = gate.into_iter().flat_map(|gate| [gate.asks, gate.reminds]);
        for says in gate.chain(self.plan.tells_exercise(section)) {
            self.words.prepare(&says);
        }
    }

    /// Obeys at once: what is heard fades out, an earcon answers, then words.
    pub fn command(&mut self, command: Command, clock: Frames, out: &mut Outbox) {
        if matches!(self.state, State::Ending(..) | State::Over) {
            return;
        }
        let paused = matches!(self.state, State::Paused(_));
        match paused {
            true => self.tally.pass(clock, false),
            false => self.tell(clock, out),
        }
        match command {
            Command::Louder => return self.set_volume(self.decibels + VOLUME_STEP, out),
            Command::Quieter => return self.set_volume(self.decibels - VOLUME_STEP, out),
            Command::SetVolume { decibels } => return self.set_volume(decibels, out),
            Command::Quit => {
                let position = self.position(clock);
                return self.end_with(Sound::Quit, Event::Stopped { position }, clock, out);
            }
            Command::Stop => {
                let position = self.position(clock);
                self.interrupt(out);
                self.tally.end(&mut out.events);
                self.state = State::Ending(clock + FADE, Event::Stopped { position });
                return;
            }
            // It does already.
            Command::Play if !paused && !self.is_at_gate(clock) => return,
            _ => {}
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
        let gate = self.gate(heard).filter(|_| !paused);
        match (command, gate) {
            (Command::Next | Command::Play | Command::Pause | Command::TogglePause, Some(lasts)) => {
                let spot = heard.spot.after(lasts);
                self.go_on(Heard { spot, ..heard }, Reply::silent(Sound::Resume), clock, out);
            }
            (Command::Next, None) => {
                self.tally.leave(section, Some(Ending::Skipped), &mut out.events);
                self.go_past(section, Reply::silent(Sound::Next), clock, out);
            }
            (Command::Hurts, _) => match section {
                Section::Exercise(_) => {
                    self.tally.leave(section, Some(Ending::Hurt), &mut out.events);
                    let reply = Reply::new(Sound::Hurts, [self.plan.tells_hurt()]);
                    self.go_past(section, reply, clock, out);
                }
                // Nothing is being done that could be ended: it tells so.
                _ => {
                    let says = self.plan.tells_exercise(section);
                    self.stay(heard, Reply::new(Sound::Hurts, says), clock, out);
                }
            },
            (Command::Previous, _) => self.previous(heard, clock, out),
            (Command::WhereAmI, _) => {
                let left =
                    self.outlook.total().map(|total| total.saturating_sub(self.position(clock)).millis());
                let says = self.plan.tells_where(heard.spot.cursor, left);
                self.stay(heard, Reply::new(Sound::Where, says), clock, out);
            }
            (Command::Repeat, _) => self.repeat(heard, Sound::Repeat, clock, out),
            (Command::Play | Command::TogglePause, None) if paused => {
                let says = self.plan.tells_back(heard.spot.cursor);
                self.go_on(heard, Reply::new(Sound::Resume, [says]), clock, out);
            }
            _ => self.pause(heard, clock, out),
        }
    }

    /// The place in the routine's timeline that is heard now, or was when it was paused.
    fn position(&self, clock: Frames) -> Frames {
        match &self.state {
            State::Paused(heard) => heard.spot.position,
            _ => self.ahead.position(clock),
        }
    }

    fn is_at_gate(&mut self, clock: Frames) -> bool {
        let heard = self.ahead.heard(clock, &self.outlook);
        heard.is_some_and(|heard| self.gate(heard).is_some())
    }

    /// How long the gate that is heard lasts in a file; `None` where it is no gate.
    fn gate(&self, heard: Heard) -> Option<Frames> {
        match self.plan.beat(heard.spot.cursor)?.content {
            Content::Gate(gate) => Some(gate.lasts.frames()),
            _ => None,
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

    /// Interrupts nothing: its earcon is heard beside the rest.
    fn set_volume(&mut self, decibels: i32, out: &mut Outbox) {
        self.decibels = decibels.clamp(QUIETEST, LOUDEST);
        self.asides += 1;
        out.events.push(Event::Volume { decibels: self.decibels });
    }

    fn pause(&mut self, heard: Heard, clock: Frames, out: &mut Outbox) {
        if !matches!(self.state, State::Paused(_)) {
            out.events.push(Event::Paused);
        }
        self.state = State::Paused(heard);
        self.stay(heard, Reply::new(Sound::Pause, [self.plan.tells_paused()]), clock, out);
        // There is time to make what will be said when it goes on.
        self.words.prepare(&self.plan.tells_back(heard.spot.cursor));
    }

    /// Answers, and goes on with the beat that was heard, if it was playing.
    fn stay(&mut self, heard: Heard, reply: Reply, clock: Frames, out: &mut Outbox) {
        self.interrupt(out);
        let lead_in = self.plan.is_work(heard.spot.cursor);
        self.ahead.restart(heard, lead_in, reply, clock, &mut self.words);
    }

    /// Answers, and goes on there.
    fn go_on(&mut self, heard: Heard, reply: Reply, clock: Frames, out: &mut Outbox) {
        self.stay(heard, reply, clock, out);
        if matches!(self.state, State::Paused(_)) {
            out.events.push(Event::Resumed);
        }
        self.state = State::Playing;
    }

    /// To the section after this one, or to the end.
    fn go_past(&mut self, section: Section, mut reply: Reply, clock: Frames, out: &mut Outbox) {
        match self.plan.section_after(section) {
            Some(next) => {
                reply.words.extend(self.plan.tells_next(next));
                self.jump(next, None, reply, clock, out);
            }
            None => self.end_with(reply.earcon, Event::Finished, clock, out),
        }
    }

    /// The instructions once more, then on with the repetition that was interrupted.
    fn repeat(&mut self, heard: Heard, earcon: Sound, clock: Frames, out: &mut Outbox) {
        let section = heard.spot.cursor.section;
        let in_work = matches!(section, Section::Exercise(_)) && heard.spot.cursor.block > 0;
        let back = heard.back.or_else(|| in_work.then(|| heard.spot.block_start()));
        self.jump(section, back, Reply::silent(earcon), clock, out);
    }

    fn previous(&mut self, heard: Heard, clock: Frames, out: &mut Outbox) {
        let twice = self.previous.take().filter(|(at, _)| clock.saturating_sub(*at) < TWICE);
        let section = match twice {
            Some((_, section)) => self.exercise_before(section),
            None => heard.spot.cursor.section,
        };
        self.previous = Some((clock, section));
        if twice.is_none() {
            return self.repeat(heard, Sound::Previous, clock, out);
        }
        self.tally.leave(heard.spot.cursor.section, None, &mut out.events);
        self.jump(section, None, Reply::silent(Sound::Previous), clock, out);
    }

    /// Where "previous", twice, leads.
    fn exercise_before(&self, section: Section) -> Section {
        match section {
            Section::Exercise(index) | Section::Transition(index) => {
                Section::Exercise(index.saturating_sub(1))
            }
            Section::Closing => {
                let last = self.plan.exercises().len().checked_sub(1);
                last.map_or(Section::Closing, Section::Exercise)
            }
            Section::Opening => Section::Opening,
        }
    }

    /// To the start of a section, playing even if it was paused.
    fn jump(&mut self, section: Section, back: Option<Spot>, reply: Reply, clock: Frames, out: &mut Outbox) {
        let position = self.outlook.start_of(section).unwrap_or_else(|| self.outlook.reach());
        let spot = Spot::at(Cursor::start_of(section), position);
        self.go_on(Heard { spot, back }, reply, clock, out);
    }

    /// Answers, and ends.
    fn end_with(&mut self, earcon: Sound, event: Event, clock: Frames, out: &mut Outbox) {
        self.interrupt(out);
        self.ahead.reply(Reply::silent(earcon), clock, &mut self.words);
        self.tally.end(&mut out.events);
        self.state = State::Ending(self.ahead.end(), event);
    }

    /// What has been sent is void: it fades where it sounds, and is dropped where it waits.
    fn interrupt(&mut self, out: &mut Outbox) {
        self.epoch += 1;
        self.waiting = false;
        self.ahead.hush(&mut self.words);
        out.cues.clear();
    }
}
