//! A small routine, a voice of constant tones, and a stage on which both are played frame by frame.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use floorcoach::clip::Clip;
use floorcoach::control::{Command, Ending, Event, Now};
use floorcoach::cue::Sound;
use floorcoach::plan::{Cursor, Options, Plan};
use floorcoach::play::null::Crank;
use floorcoach::play::scheduler::{FADE, Outbox, Scheduler};
use floorcoach::play::source::{self, CueEvent, Opening, Remote};
use floorcoach::routine::{Action, Exercise, Pace, Phase, Position, Routine, Short, Sides, Work};
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::{self, Background, Clips, Cue, Lengths, Missing, Mix, Queue, Said, Walk};

thread_local! {
    /// That of the stage that was looked at last.
    static CLOCK: Cell<Frames> = const { Cell::new(Frames::ZERO) };
}

pub const SECOND: u64 = 48_000;
pub const HOLD: Millis = Millis::from_secs(3);
pub const TIMED: Millis = Millis::from_secs(12);

fn exercise(name: &str, position: Position, sides: Sides, sets: u32, work: Work) -> Exercise {
    Exercise {
        id: name.to_lowercase(),
        name: name.to_owned(),
        position,
        needs: Vec::new(),
        instructions: vec![format!("Do the {name}. Breathe.")],
        cue: None,
        sides,
        sets,
        work,
        waits: false,
        short: Short::Same,
    }
}

pub fn plan() -> Arc<Plan> {
    plan_with(Options::default())
}

pub fn plan_with(options: Options) -> Arc<Plan> {
    Arc::new(Plan::new(&routine(), options))
}

pub fn routine() -> Routine {
    let phase = |words: &str, action| Phase { say: words.to_owned(), brief: words.to_owned(), action };
    let reps = || Work::Reps {
        count: 2,
        phases: vec![
            phase("Hold {side}", Action::Hold(HOLD)),
            phase("Lower", Action::Move(Millis::from_secs(1))),
            phase("", Action::BreatheOut(Millis::new(800))),
        ],
    };
    Routine {
        title: "Toy".to_owned(),
        summary: String::new(),
        source: None,
        language: "en".to_owned(),
        opening: vec!["Take care.".to_owned()],
        closing: vec!["Drink.".to_owned()],
        pace: Pace {
            rest: Millis::from_secs(2),
            set_rest: Millis::from_secs(4),
            position_change: Millis::from_secs(1),
            switch: Millis::from_secs(1),
            get_ready: Millis::from_secs(3),
            ready: Millis::from_secs(6),
        },
        exercises: vec![
            exercise("Bridge", Position::Supine, Sides::None, 2, reps()),
            exercise("Plank", Position::Prone, Sides::Each, 1, Work::Timed(TIMED)),
            exercise("Dog", Position::AllFours, Sides::Alternate, 1, reps()),
        ],
    }
}

/// Which words are not there: for now, or for ever.
#[derive(Debug, Clone, Default)]
pub struct Gaps {
    pub not_yet: Rc<RefCell<HashSet<String>>>,
    pub never: HashSet<String>,
}

/// Every sound and every sentence is a constant of its own, with a length of its own.
#[derive(Debug, Clone, Default)]
pub struct Toy<G> {
    pub gaps: G,
}

pub trait Gap {
    fn check(&self, words: &str) -> Result<(), Missing>;

    /// Somebody who says words aloud; the clock is the one of the stage.
    fn say(&self, _words: &str, _clock: Frames) {}

    fn hush(&self, _clock: Frames) {}

    fn said(&self, _clock: Frames) -> Said {
        Said::Done
    }

    /// The same for the clip of words whose length is known.
    fn check_clip(&self, words: &str) -> Result<(), Missing> {
        self.check(words)
    }
}

/// Every clip was dropped after it had been measured: it is back when it is asked for again.
#[derive(Debug, Clone, Default)]
pub struct Forgetful {
    asked: RefCell<HashSet<String>>,
}

impl Gap for Forgetful {
    fn check(&self, _: &str) -> Result<(), Missing> {
        Ok(())
    }

    fn check_clip(&self, words: &str) -> Result<(), Missing> {
        match self.asked.borrow_mut().insert(words.to_owned()) {
            true => Err(Missing::NotYet),
            false => Ok(()),
        }
    }
}

impl Gap for () {
    fn check(&self, _: &str) -> Result<(), Missing> {
        Ok(())
    }
}

impl Gap for Gaps {
    fn check(&self, words: &str) -> Result<(), Missing> {
        if self.never.contains(words) {
            return Err(Missing::Never(format!("`{words}` cannot be spoken")));
        }
        if self.not_yet.borrow().contains(words) {
            return Err(Missing::NotYet);
        }
        Ok(())
    }
}

pub fn level(sound: Sound) -> f32 {
    let index = Sound::ALL.iter().position(|other| *other == sound);
    0.01 * (1 + index.unwrap_or(0)) as f32
}

fn pitch(words: &str) -> f32 {
    let hash = words.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    0.2 + (hash % 1_000) as f32 * 0.000_5
}

fn sound_frames(sound: Sound) -> usize {
    4_800 + 100 * sound.name().len()
}

impl<G: Gap> Lengths for Toy<G> {
    type Error = Missing;

    fn speech(&mut self, words: &str) -> Result<Frames, Missing> {
        self.gaps.check(words)?;
        Ok(Frames::new(9_000 + 731 * words.len() as u64))
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        Frames::new(sound_frames(sound) as u64)
    }
}

impl<G: Gap> Clips for Toy<G> {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Missing> {
        let frames = self.speech(words)?;
        self.gaps.check_clip(words)?;
        Ok(Clip::new(vec![pitch(words); frames.get() as usize]))
    }

    fn say(&mut self, words: &str) {
        self.gaps.say(words, CLOCK.get());
    }

    fn hush(&mut self) {
        self.gaps.hush(CLOCK.get());
    }

    fn said(&mut self) -> Said {
        self.gaps.said(CLOCK.get())
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        Clip::new(vec![level(sound); sound_frames(sound)])
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        Clip::new(vec![level(sound); frames.get() as usize])
    }
}

/// The whole plan as a file would have it: its cues and its samples.
pub fn rendered(plan: &Plan) -> (Vec<Cue>, Vec<f32>) {
    let mut toy = Toy::<()>::default();
    let (mut cues, mut queue) = (Vec::new(), Queue::default());
    let mut walk = Walk::begin(plan, plan.start());
    while walk.step(&mut toy, &mut cues).expect("the toy has every clip").is_some() {}
    for cue in &cues {
        queue.0.extend(toy.event(cue).expect("the toy has every clip"));
    }
    let mut samples = vec![9.0; walk.at().get() as usize];
    Mix::over(Background::of(plan)).fill(&mut samples, &mut queue);
    (cues, samples)
}

/// A scheduler, a source and a hand-cranked device, with all that went between them.
pub struct Stage<G> {
    pub scheduler: Scheduler<Arc<Plan>, Toy<G>>,
    remote: Remote,
    crank: Crank,
    out: Outbox,
    pub heard: Vec<f32>,
    pub events: Vec<(Frames, Event)>,
    /// What was sent in the present epoch.
    pub sent: Vec<timeline::Event>,
    epoch: u64,
    /// Nothing may be sent for an earlier frame: the end of what was sent, or of the fade.
    free_from: Frames,
}

impl<G: Gap> Stage<G> {
    pub fn new(plan: &Arc<Plan>, gaps: G) -> Self {
        Self::begun_at(plan, plan.start(), gaps)
    }

    pub fn begun_at(plan: &Arc<Plan>, from: Cursor, gaps: G) -> Self {
        let aside = Some(Toy::<()>::default().sound_clip(Sound::Volume));
        let opening = Opening { background: Background::of(plan), aside, ..Opening::default() };
        let (remote, source) = source::source(&Arc::default(), opening);
        Self {
            scheduler: Scheduler::new(Arc::clone(plan), from, Toy { gaps }),
            remote,
            crank: Crank::new(source),
            out: Outbox::default(),
            heard: Vec::new(),
            events: Vec::new(),
            sent: Vec::new(),
            epoch: 0,
            free_from: Frames::ZERO,
        }
    }

    pub fn clock(&self) -> Frames {
        self.crank.clock()
    }

    pub fn command(&mut self, command: Command) {
        let clock = self.clock();
        CLOCK.set(clock);
        self.scheduler.command(command, clock, &mut self.out);
        self.deliver();
    }

    pub fn pump(&mut self) {
        let clock = self.clock();
        CLOCK.set(clock);
        self.scheduler.pump(clock, &mut self.out);
        self.deliver();
    }

    fn deliver(&mut self) {
        let clock = self.clock();
        if self.scheduler.epoch() != self.epoch {
            self.epoch = self.scheduler.epoch();
            self.sent.clear();
            self.free_from = clock + FADE;
        }
        self.remote.shared().begin_epoch(self.epoch);
        self.remote.shared().set_gain(self.scheduler.gain());
        self.remote.shared().set_asides(self.scheduler.asides());
        let told = self.out.events.drain(..).map(|event| (clock, event));
        self.events.extend(told);
        while let Some(cue) = self.out.cues.pop_front() {
            let CueEvent { epoch, event } = cue.clone();
            if let Err(cue) = self.remote.send(cue) {
                self.out.cues.push_front(cue);
                break;
            }
            assert_eq!(epoch, self.epoch);
            assert!(event.at >= self.free_from, "two clips at {:?}", event.at);
            assert!(event.at >= clock, "too late for {:?}", event.at);
            self.free_from = event.at + event.frames;
            self.sent.push(event);
        }
    }

    /// Only what the clock counts is kept: it stands still until there is something for frame 0.
    pub fn crank(&mut self, frames: usize) {
        let before = self.clock();
        let samples = self.crank.crank(frames).to_vec();
        let counted = (self.clock() - before).get() as usize;
        self.heard.extend_from_slice(&samples[samples.len() - counted..]);
    }

    /// Goes on for so many frames.
    pub fn play(&mut self, frames: u64) {
        const STEP: u64 = 2_000;
        let mut left = frames;
        while left > 0 {
            self.pump();
            self.crank(left.min(STEP) as usize);
            left -= left.min(STEP);
        }
        self.pump();
    }

    /// Goes on until an event that is looked for; its frame.
    pub fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Frames {
        for _ in 0..10_000 {
            let before = self.events.len();
            self.pump();
            if self.events[before..].iter().any(|(_, event)| wanted(event)) {
                return self.clock();
            }
            self.crank(2_000);
        }
        panic!("never heard; the last was {:?}", self.events.last());
    }

    /// Goes on to the end, past every gate, whatever state it is in.
    pub fn finish(&mut self) {
        self.command(Command::Play);
        while !self.scheduler.is_over() {
            self.until(|event| match event {
                Event::Now(now) => now.phase == "ready",
                other => *other == Event::Finished,
            });
            self.command(Command::Play);
        }
    }

    pub fn until_now(&mut self, wanted: impl Fn(&Now) -> bool) -> Now {
        self.until(|event| matches!(event, Event::Now(now) if wanted(now)));
        self.now()
    }

    /// The latest `Now`.
    pub fn now(&self) -> Now {
        self.events
            .iter()
            .rev()
            .find_map(|(_, event)| match event {
                Event::Now(now) => Some(now.clone()),
                _ => None,
            })
            .expect("something has been heard")
    }

    pub fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.events.iter().filter(|(_, event)| wanted(event)).count()
    }

    /// What was sent in this epoch and is that sound.
    pub fn sounds(&self, sound: Sound) -> Vec<Frames> {
        self.sent.iter().filter(|event| is(event, sound)).map(|event| event.at).collect()
    }

    /// Where words were sent in this epoch, and where they end.
    pub fn said(&self, words: &str) -> Option<(Frames, Frames)> {
        let event = self.sent.iter().find(|event| is_said(event, words))?;
        Some((event.at, event.at + event.frames))
    }

    /// How each exercise ended, in the order in which it was told.
    pub fn endings(&self) -> Vec<(String, Ending)> {
        let told = self.events.iter().filter_map(|(_, event)| match event {
            Event::Ended { id, ending, .. } => Some((id.clone(), *ending)),
            _ => None,
        });
        told.collect()
    }
}

pub fn is_said(event: &timeline::Event, words: &str) -> bool {
    let samples = event.clip.samples();
    samples.len() == 9_000 + 731 * words.len() && samples.first() == Some(&pitch(words))
}

pub fn is(event: &timeline::Event, sound: Sound) -> bool {
    event.clip.samples().first() == Some(&level(sound))
}

/// The lengths of all holds, from start chime to end chime. Every one must have its end.
pub fn holds(events: &[timeline::Event]) -> Vec<Frames> {
    let mut started = None;
    let mut lengths = Vec::new();
    for event in events {
        if is(event, Sound::HoldStart) {
            assert_eq!(started.replace(event.at), None, "a hold without its end");
        } else if is(event, Sound::HoldEnd)
            && let Some(start) = started.take()
        {
            lengths.push(event.at - start);
        }
    }
    assert_eq!(started, None, "a hold without its end");
    lengths
}
