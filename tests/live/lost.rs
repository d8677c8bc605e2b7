//! A device that fails in every way: what is heard in the end is the routine, whole and once.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use floorcoach::clip::Clip;
use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::Plan;
use floorcoach::play::keeper::{Keeper, Loss, Trouble};
use floorcoach::play::null::Crank;
use floorcoach::play::recovery::Passed;
use floorcoach::play::scheduler::{Outbox, Scheduler};
use floorcoach::play::source::{Shared, Source};
use floorcoach::play::{DeviceError, Output};
use floorcoach::time::Millis;
use floorcoach::timeline::Background;
use proptest::prelude::*;

use crate::toy::{SECOND, Toy, level, plan, rendered};

/// What is wrong with the machine's sound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Fault {
    #[default]
    None,
    /// The device says that it is gone, and none can be opened.
    Gone,
    /// The device takes nothing more and says nothing; one that is opened does neither.
    Stuck,
}

/// The machine's sound: a device that is a buffer ahead of what is heard.
#[derive(Debug, Default)]
struct Machine {
    fault: Fault,
    device: Option<Crank>,
    /// Taken and not yet heard.
    buffer: VecDeque<Sample>,
    heard: Vec<Sample>,
}

/// A sample, and the frame of the timeline that it is; none before the timeline goes on.
type Sample = (Option<usize>, f32);

/// What the device has taken when there is sound and what it holds back, in frames.
const LATENCY: usize = 4_096;
const STEP: usize = 480;

impl Machine {
    /// A hundredth of a second.
    fn pass(&mut self) {
        let latency = Duration::from_micros(self.buffer.len() as u64 * 1_000_000 / SECOND);
        if let (Fault::None, Some(device)) = (self.fault, &mut self.device) {
            device.meter().asked(latency);
            let before = device.clock().get() as usize;
            let samples = device.crank(STEP).to_vec();
            let frames = device.clock().get() as usize - before;
            let frame = |nth: usize| (nth + frames).checked_sub(STEP).map(|further| before + further);
            self.buffer.extend(samples.into_iter().enumerate().map(|(nth, sample)| (frame(nth), sample)));
            let heard = self.buffer.len().saturating_sub(LATENCY);
            self.heard.extend(self.buffer.drain(..heard));
        } else {
            self.heard.extend([(None, 0.0); STEP]);
        }
    }
}

struct Fake(Arc<Mutex<Machine>>);

impl Fake {
    fn machine(&self) -> std::sync::MutexGuard<'_, Machine> {
        self.0.lock().expect("no test panics while it holds it")
    }
}

impl Output for Fake {
    fn pre_roll(&self) -> Millis {
        Millis::new(10)
    }

    fn start(&mut self, source: Source) -> Result<(), DeviceError> {
        let mut machine = self.machine();
        if machine.fault == Fault::Gone {
            return Err(DeviceError::Missing("nothing is plugged in".to_owned()));
        }
        machine.device = Some(Crank::new(source));
        Ok(())
    }

    fn check(&mut self) -> Result<(), Loss> {
        match self.machine().fault {
            Fault::Gone => Err(Loss { why: "pulled out".to_owned(), at: None }),
            Fault::Stuck | Fault::None => Ok(()),
        }
    }

    fn stop(&mut self, _: bool) {
        let mut machine = self.machine();
        machine.device = None;
        machine.buffer.clear();
    }
}

/// Scheduler and keeper of the sound, turned by hand.
struct Show {
    machine: Arc<Mutex<Machine>>,
    shared: Arc<Shared>,
    scheduler: Scheduler<Arc<Plan>, Toy<()>>,
    keeper: Keeper<Fake>,
    out: Outbox,
    events: Vec<Event>,
    troubles: Vec<Trouble>,
}

impl Show {
    fn new() -> Self {
        let plan = plan();
        let (machine, shared) = (Arc::<Mutex<Machine>>::default(), Arc::<Shared>::default());
        let (device, aside) = (Fake(Arc::clone(&machine)), Clip::new([]));
        let keeper = Keeper::start(device, Arc::clone(&shared), Background::Silence, aside)
            .expect("a device is there");
        let scheduler = Scheduler::new(Arc::clone(&plan), plan.start(), Toy::default());
        Self { machine, shared, scheduler, keeper, out: Outbox::default(), events: vec![], troubles: vec![] }
    }

    fn machine(&self) -> std::sync::MutexGuard<'_, Machine> {
        self.machine.lock().expect("no test panics while it holds it")
    }

    /// So many hundredths of a second.
    fn pass(&mut self, times: usize) {
        for _ in 0..times {
            self.scheduler.pump(self.shared.clock(), &mut self.out);
            self.shared.begin_epoch(self.scheduler.epoch());
            self.shared.set_paused(self.scheduler.is_paused());
            self.events.append(&mut self.out.events);
            while self.keeper.has_room()
                && let Some(cue) = self.out.cues.pop_front()
            {
                self.keeper.send(cue);
            }
            let step = Millis::new(10);
            if let Some(trouble) = self.keeper.turn(Passed { awake: step, wall: step }) {
                if matches!(trouble, Trouble::Lost(_)) {
                    self.keeper.prepare(self.scheduler.welcome().expect("the toy has every clip"));
                }
                self.troubles.push(trouble);
            }
            self.machine().pass();
        }
    }

    fn fail(&mut self, fault: Fault, times: usize) {
        self.machine().fault = fault;
        self.pass(times);
        self.machine().fault = Fault::None;
    }

    /// To the end; what was heard.
    fn finish(mut self) -> Vec<Sample> {
        for _ in 0..200_000 {
            if self.scheduler.is_over() {
                self.pass(20);
                assert_eq!(self.events.last(), Some(&Event::Finished));
                return std::mem::take(&mut self.machine().heard);
            }
            self.pass(1);
        }
        panic!("never finished");
    }
}

/// The whole file must have been heard, frame by frame, with no more heard twice than a device holds back. What is not of
/// the file is handed back, as where each sound of it began.
fn strange(heard: &[Sample], file: &[f32]) -> Vec<usize> {
    let mut strange = Vec::new();
    let mut next = 0_usize;
    for (at, (frame, sample)) in heard.iter().enumerate() {
        match frame {
            Some(frame) => {
                let again = next.saturating_sub(LATENCY + STEP);
                assert!((again..=next).contains(frame), "{frame} follows on {next}");
                assert_eq!(*sample, file.get(*frame).copied().unwrap_or(0.0), "frame {frame}");
                next = frame + 1;
            }
            None if *sample != 0.0 && heard[at - 1].1 != *sample => strange.push(at),
            None => {}
        }
    }
    assert!(next >= file.len(), "the end of the routine was not heard");
    strange
}

fn lost(show: &Show) -> usize {
    show.troubles.iter().filter(|trouble| matches!(trouble, Trouble::Lost(_))).count()
}

#[test]
fn a_short_loss_costs_no_sample() {
    let (_, file) = rendered(&plan());
    for fault in [Fault::Gone, Fault::Stuck] {
        let mut show = Show::new();
        show.pass(777);
        show.fail(fault, 150);
        show.pass(100);
        assert_eq!((lost(&show), show.troubles.last()), (1, Some(&Trouble::Back)), "{fault:?}");
        let heard = show.finish();
        assert_eq!(strange(&heard, &file), Vec::<usize>::new(), "{fault:?}");
    }
}

#[test]
fn after_more_than_two_seconds_words_and_three_ticks_lead_back_in() {
    let (_, file) = rendered(&plan());
    let mut show = Show::new();
    show.pass(777);
    show.fail(Fault::Gone, 900);
    let heard = show.finish();
    // The words and the ticks are what is not in the file.
    let strange = strange(&heard, &file);
    assert_eq!(strange.len(), 4);
    assert!(strange[1..].windows(2).all(|pair| pair[1] - pair[0] == SECOND as usize));
    for (at, sound) in strange[1..].iter().zip([Sound::Tick, Sound::Tick, Sound::TickHigh]) {
        assert_eq!(heard[*at].1, level(sound));
    }
}

#[test]
fn a_device_that_flickers_is_one_outage_and_loses_nothing() {
    let (_, file) = rendered(&plan());
    let mut show = Show::new();
    show.pass(1_234);
    show.fail(Fault::Gone, 250);
    for _ in 0..5 {
        // In the midst of the words and ticks that lead back in.
        show.pass(250);
        show.fail(Fault::Gone, 60);
    }
    assert_eq!(lost(&show), 1);
    let heard = show.finish();
    strange(&heard, &file);
}

#[test]
fn a_loss_before_the_first_sound_keeps_the_beginning() {
    let (_, file) = rendered(&plan());
    let mut show = Show::new();
    show.fail(Fault::Gone, 30);
    assert_eq!(strange(&show.finish(), &file), Vec::<usize>::new());
}

#[test]
fn a_minute_without_any_device_is_the_end() {
    let mut show = Show::new();
    show.pass(500);
    show.machine().fault = Fault::Gone;
    show.pass(5_999);
    assert_eq!(show.troubles, [Trouble::Lost("pulled out".to_owned())]);
    show.pass(10);
    assert!(
        matches!(show.troubles.last(), Some(Trouble::Gone(why)) if why.contains("nothing is plugged in"))
    );
}

#[test]
fn a_pause_during_the_outage_holds() {
    let mut show = Show::new();
    show.pass(777);
    show.machine().fault = Fault::Gone;
    show.pass(300);
    show.scheduler.command(Command::TogglePause, show.shared.clock(), &mut show.out);
    show.pass(100);
    show.machine().fault = Fault::None;
    show.pass(1_000);
    // "The sound is back.", without ticks, and then quiet.
    let heard = show.machine().heard.clone();
    let after = &heard[(777 + 400) * STEP..];
    let last = after.iter().rposition(|(_, sample)| *sample != 0.0).expect("the words");
    let ticks = [Sound::Tick, Sound::TickHigh].map(level);
    // What fades may pass their level, but does not stay there.
    let is_tick = |run: &[Sample]| run.iter().all(|(_, sample)| ticks.contains(sample));
    assert!(!after[..last].windows(100).any(is_tick));
    assert!(last < 4 * SECOND as usize);
    show.scheduler.command(Command::TogglePause, show.shared.clock(), &mut show.out);
    show.finish();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_often_it_fails_no_sample_is_lost(
        faults in prop::collection::vec((any::<bool>(), 0..1_500_usize, 1..190_usize), 1..10),
    ) {
        let (_, file) = rendered(&plan());
        let mut show = Show::new();
        for (gone, before, long) in faults {
            show.pass(before);
            show.fail(if gone { Fault::Gone } else { Fault::Stuck }, long);
        }
        let heard = show.finish();
        strange(&heard, &file);
    }
}
