//! The live path on a hand-cranked device: no hardware, no time, every frame in its place.

mod aloud;
mod answers;
mod gates;
mod lost;
mod random;
mod steering;
mod threads;
mod toy;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use floorcoach::clip::Clip;
use floorcoach::control::Event;
use floorcoach::plan::{Options, Plan};
use floorcoach::play::source::{self, Opening};
use floorcoach::render::{EncodeOptions, Level, Order, Output, Target, Track, render};
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::{Background, Missing, Step, What};

use toy::{Forgetful, Gaps, SECOND, Stage, Toy, holds, plan, plan_with, rendered};

// Aborts when something in `assert_no_alloc` allocates or frees.
#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

#[test]
fn live_equals_rendered() {
    live_equals_rendered_of(&plan(), 0.0);
}

#[test]
fn live_equals_rendered_with_a_quiet_head_and_a_tone_that_keeps_awake() {
    let options = Options { quiet_head: Millis::new(543), keep_awake: true, ..Options::default() };
    live_equals_rendered_of(&plan_with(options), 0.000_32);
}

/// `background`: how loud it may still be after the end.
fn live_equals_rendered_of(plan: &Arc<Plan>, background: f32) {
    let (_, file) = rendered(plan);
    for frames in [64, 480, 7_777, 48_000, 100_000] {
        let mut stage = Stage::new(plan, ());
        while !stage.scheduler.is_over() {
            stage.pump();
            stage.crank(frames);
        }
        assert!(stage.heard.len() >= file.len());
        assert!(stage.heard[..file.len()] == file, "differs when cranked by {frames}");
        assert!(stage.heard[file.len()..].iter().all(|sample| sample.abs() <= background));
        assert_eq!(stage.count(|event| *event == Event::Waiting), 0);
        let total = Event::Total { frames: Frames::new(file.len() as u64), exercises: 3 };
        assert_eq!(stage.count(|event| *event == total), 1);
        assert_eq!(stage.now().end.get(), file.len() as u64);
        assert_eq!(stage.events.last().map(|(_, event)| event), Some(&Event::Finished));
    }
}

/// A clip that has to be fetched again is fetched when its beat comes near, not when the beat's end does.
#[test]
fn clips_that_were_dropped_from_memory_delay_nothing() {
    let plan = plan();
    let (_, file) = rendered(&plan);
    let mut stage = Stage::new(&plan, Forgetful::default());
    // The first beat is due at once: waiting for it is right.
    stage.until(|event| *event == Event::Finished);
    let first = stage.heard.iter().position(|sample| *sample != 0.0).expect("something is heard");
    assert!(stage.heard[first..].starts_with(&file));
}

#[test]
fn a_file_is_what_is_heard_live_times_one_gain() {
    let options = Options { quiet_head: Millis::new(500), keep_awake: true, ..Options::default() };
    let plan = plan_with(options);
    let (_, live) = rendered(&plan);
    let folder = tempfile::tempdir().expect("a folder");
    for gain in [1.0, 1.1, 0.25] {
        let path = folder.path().join("toy.wav");
        let target =
            Target::new::<Missing>(&path, true, None, EncodeOptions::default()).expect("a free place");
        let output = Output::whole::<Missing>(target, &[], true).expect("a free place");
        let order = Order { output: &output, about: &Track::default(), level: &Level::new(gain, &output) };
        let go_on = |_: Option<&Step>| ControlFlow::Continue(());
        render(Arc::clone(&plan), plan.start(), &mut Toy::<()>::default(), order, go_on)
            .expect("the toy has every clip");
        let mut file = hound::WavReader::open(&path).expect("a WAV file");
        let steps = file.samples::<i16>().map(|sample| sample.expect("whole"));
        assert!(steps.eq(live.iter().map(|sample| (sample * gain * 32_767.0).round() as i16)), "{gain}");
    }
}

#[test]
fn words_that_are_late_delay_and_lose_nothing() {
    let plan = plan();
    let (cues, _) = rendered(&plan);
    let gaps = Gaps::default();
    for words in ["Plank.", "Lower.", "Halfway."] {
        gaps.not_yet.borrow_mut().insert(words.to_owned());
    }
    let mut stage = Stage::new(&plan, gaps.clone());
    for words in ["Lower.", "Plank.", "Halfway."] {
        stage.until(|event| *event == Event::Waiting);
        stage.play(3 * SECOND + 17);
        assert_eq!(stage.count(|event| *event == Event::Finished), 0);
        gaps.not_yet.borrow_mut().remove(words);
    }
    stage.until(|event| *event == Event::Finished);
    assert_eq!(stage.count(|event| *event == Event::Waiting), 3);
    assert_eq!(stage.count(|event| matches!(event, Event::Total { .. })), 1);
    // Every clip of the file was sent, in its order.
    let wanted = cues.iter().filter(|cue| !matches!(cue.what, What::Pause | What::Gate)).count();
    assert_eq!(stage.sent.len(), wanted);
    assert_eq!(holds(&stage.sent), every_hold());
}

#[test]
fn words_that_never_come_are_told_once_and_leave_the_rest_as_it_is() {
    let plan = plan();
    let (cues, _) = rendered(&plan);
    let mut gaps = Gaps::default();
    gaps.never.extend(["Lower.", "Halfway."].map(str::to_owned));
    let mut stage = Stage::new(&plan, gaps);
    stage.until(|event| *event == Event::Finished);
    assert_eq!(stage.count(|event| matches!(event, Event::Notice(_))), 2);
    assert_eq!(stage.count(|event| *event == Event::Waiting), 0);
    let wanted = cues
        .iter()
        .filter(|cue| match &cue.what {
            What::Pause | What::Gate => false,
            What::Speech(words) => words != "Lower." && words != "Halfway.",
            What::Sound { .. } => true,
        })
        .count();
    assert_eq!(stage.sent.len(), wanted);
    assert_eq!(holds(&stage.sent), every_hold());
}

#[test]
fn a_routine_without_any_words_still_starts_and_ends() {
    let plan = plan();
    let (cues, _) = rendered(&plan);
    let mut gaps = Gaps::default();
    for cue in cues {
        if let What::Speech(words) = cue.what {
            gaps.never.insert(words);
        }
    }
    let mut stage = Stage::new(&plan, gaps);
    stage.until(|event| *event == Event::Finished);
    assert_eq!(holds(&stage.sent), every_hold());
}

fn every_hold() -> Vec<Frames> {
    let (hold, timed) = (toy::HOLD.frames(), toy::TIMED.frames());
    [vec![hold; 4], vec![timed; 2], vec![hold; 4]].concat()
}

#[test]
fn the_realtime_side_never_allocates_or_frees() {
    let plan = plan();
    let mut stage = Stage::new(&plan, ());
    let mut block = [0.0; 480];
    // A second source hears the same events, so that it can be cranked inside the assertion.
    let opening = Opening {
        pre_roll: Frames::new(1_000),
        prelude: Some(Clip::new(vec![0.1; 100_000])),
        background: Background::KeepAwake,
        ..Opening::default()
    };
    let (mut remote, mut source) = source::source(&Arc::default(), opening);
    let meter = source.meter();
    let mut sent = 0;
    for turn in 0..2_000 {
        stage.pump();
        stage.crank(block.len());
        for event in &stage.sent[sent..] {
            let cue = source::CueEvent { epoch: u64::from(turn > 1_000), event: event.clone() };
            let _ = remote.send(cue);
        }
        sent = stage.sent.len();
        if turn == 1_001 {
            remote.shared().begin_epoch(1);
            remote.shared().set_gain(1.7);
        }
        assert_no_alloc(|| {
            meter.asked(Duration::from_millis(50));
            source.fill(&mut block);
        });
        remote.reap();
    }
    assert!(sent > 20);
}
