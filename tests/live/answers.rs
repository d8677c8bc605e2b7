//! What commands are answered: an earcon at once, then words, and how exercises are told to have ended.

use floorcoach::control::{Command, Ending, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::{Guidance, Options};
use floorcoach::play::scheduler::FADE;
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::Clips;

use crate::toy::{Gaps, SECOND, Stage, Toy, holds, is, level, plan, plan_with};

/// Between a command and the first sample of its earcon.
const AT_ONCE: Frames = Millis::new(150).frames();

const ANSWERS: [(Command, Sound); 8] = [
    (Command::TogglePause, Sound::Pause),
    (Command::Pause, Sound::Pause),
    (Command::Next, Sound::Next),
    (Command::Previous, Sound::Previous),
    (Command::Repeat, Sound::Repeat),
    (Command::WhereAmI, Sound::Where),
    (Command::Hurts, Sound::Hurts),
    (Command::Quit, Sound::Quit),
];

/// Measured in the samples that the device was given, wherever the command comes.
#[test]
fn every_command_is_answered_at_once_by_its_own_earcon() {
    let mut latest = 0;
    for (command, earcon) in ANSWERS {
        for at in (0..60).map(|turn| turn * SECOND + turn * 1_234) {
            let mut stage = Stage::new(&plan(), ());
            stage.play(at);
            let asked = stage.clock().get() as usize;
            stage.command(command);
            // Everything before it has been heard: there is nothing to answer.
            if stage.scheduler.is_over() {
                break;
            }
            stage.play(SECOND / 4);
            let after = &stage.heard[asked..];
            // A sentence that fades may pass any level.
            let fade = FADE.get() as usize;
            let first = after[fade..].iter().position(|sample| *sample == level(earcon)).map(|at| fade + at);
            let first = first.unwrap_or_else(|| panic!("no earcon for {command:?} at {at}"));
            assert!(first < AT_ONCE.get() as usize, "{command:?} after {first} frames");
            assert!(after[fade..first].iter().all(|sample| *sample == 0.0));
            latest = latest.max(first);
        }
    }
    println!("the latest earcon began {:.1} ms after its command", latest as f64 / 48.0);
}

/// An interrupt leaves no time for an answer.
#[test]
fn a_stop_ends_after_its_fade_without_an_answer() {
    let mut stage = Stage::new(&plan(), ());
    stage.play(2 * SECOND);
    let at = stage.clock();
    stage.command(Command::Stop);
    stage.play(SECOND / 10);
    assert!(stage.scheduler.is_over());
    assert_eq!(stage.sounds(Sound::Quit), []);
    assert!(stage.heard[(at + FADE).get() as usize..].iter().all(|sample| *sample == 0.0));
    assert_eq!(stage.events.last().map(|(_, event)| event), Some(&Event::Stopped { position: at }));
}

/// Beside what is heard: every other sample stays as it was.
#[test]
fn the_volume_answers_at_once_and_interrupts_nothing() {
    let (mut asked, mut left) = (Stage::new(&plan(), ()), Stage::new(&plan(), ()));
    for stage in [&mut asked, &mut left] {
        stage.play(2 * SECOND + 1_234);
    }
    let at = asked.clock().get() as usize;
    asked.command(Command::SetVolume { decibels: 0 });
    for stage in [&mut asked, &mut left] {
        stage.until(|event| *event == Event::Finished);
    }
    assert_eq!(asked.heard.len(), left.heard.len());
    let other: Vec<usize> =
        (0..left.heard.len()).filter(|nth| asked.heard[*nth] != left.heard[*nth]).collect();
    let (first, last) = (other.first().expect("it is heard"), other.last().expect("it is heard"));
    assert!(*first >= at && Frames::new((first - at) as u64) < AT_ONCE, "{first} after {at}");
    let earcon = Toy::<()>::default().sound_clip(Sound::Volume).samples().len();
    assert!(*last < at + earcon + 480, "{last} after {at}");
}

#[test]
fn the_volume_answers_in_a_pause_too() {
    let mut stage = Stage::new(&plan(), ());
    stage.play(SECOND);
    stage.command(Command::Pause);
    stage.play(3 * SECOND);
    let at = stage.clock().get() as usize;
    stage.command(Command::SetVolume { decibels: -900 });
    stage.play(SECOND);
    assert!(stage.heard[at..at + AT_ONCE.get() as usize].iter().any(|sample| *sample != 0.0));
    assert_eq!(stage.count(|event| *event == Event::Volume { decibels: -30 }), 1);
    assert_eq!(stage.count(|event| *event == Event::Resumed), 0);
}

#[test]
fn where_am_i_tells_it_and_goes_on() {
    let mut stage = Stage::new(&plan(), ());
    let total = stage.until(|event| matches!(event, Event::Total { .. }));
    assert!(total < Frames::new(SECOND));
    let hold =
        stage.until_now(|now| now.exercise == Some(2) && now.phase == "hold" && now.side == Some("right"));
    stage.until_now(|now| now.end - now.position == Millis::from_secs(3).frames());
    stage.play(SECOND);
    stage.command(Command::WhereAmI);
    stage.pump();
    let (first, _) = stage.said("Exercise three of three: dog.").expect("the exercise");
    let (second, _) = stage.said("Repetition one of two, right side.").expect("the repetition");
    assert!(first < second);
    assert_eq!(stage.until_now(|_| true).rep, hold.rep);
    stage.until_now(|now| now.phase == "move");
    assert_eq!(holds(&stage.sent), [Millis::from_secs(3).frames()]);

    // In a pause it stays a pause.
    stage.command(Command::Pause);
    stage.play(3 * SECOND);
    stage.command(Command::WhereAmI);
    stage.play(20 * SECOND);
    assert!(stage.said("Repetition one of two, right side.").is_some());
    assert_eq!(stage.count(|event| *event == Event::Resumed), 0);
    stage.command(Command::Play);
    stage.until(|event| *event == Event::Finished);
}

#[test]
fn the_time_left_is_that_of_the_routine() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "rest");
    stage.command(Command::WhereAmI);
    stage.pump();
    assert!(stage.said("Rest, before exercise two of three: plank.").is_some());
    // 128 s in all.
    let told = ["About one minute left.", "About one minute thirty seconds left."];
    assert!(told.iter().any(|words| stage.said(words).is_some()));
}

#[test]
fn with_minimal_guidance_answers_are_brief() {
    let mut stage = Stage::new(&plan_with(Options { guidance: Guidance::Minimal, ..Options::default() }), ());
    stage.until_now(|now| now.phase == "hold");
    stage.command(Command::Pause);
    stage.play(SECOND);
    stage.command(Command::Play);
    stage.pump();
    assert!(stage.said("Set one, repetition one.").is_some());
    stage.command(Command::Next);
    stage.pump();
    assert!(stage.said("Next: Plank.").is_some());
}

#[test]
fn pain_ends_the_exercise_kindly_and_goes_on() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "hold");
    stage.play(SECOND);
    stage.command(Command::Hurts);
    stage.pump();
    let (_, said) = stage.said("Let go, gently. We leave this one here.").expect("it tells");
    assert_eq!(stage.endings(), [("bridge".to_owned(), Ending::Hurt)]);
    let now = stage.until_now(|_| true);
    assert_eq!((now.phase, now.next.as_deref()), ("rest", Some("Plank")));
    assert!(stage.clock() > said);
    // In a rest nothing can be ended; it goes on.
    stage.command(Command::Hurts);
    stage.until(|event| *event == Event::Finished);
    let endings = [("bridge", Ending::Hurt), ("plank", Ending::Done), ("dog", Ending::Done)];
    assert_eq!(stage.endings(), endings.map(|(id, ending)| (id.to_owned(), ending)));
}

#[test]
fn each_exercise_ends_once_and_one_that_is_gone_back_to_was_not_skipped() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "hold");
    stage.command(Command::Next);
    stage.until_now(|now| now.phase == "rest");
    assert_eq!(stage.endings(), []);
    stage.command(Command::Previous);
    stage.command(Command::Previous);
    stage.until_now(|now| now.phase == "rest");
    assert_eq!(stage.endings(), [("bridge".to_owned(), Ending::Done)]);
    // Back to what is done, and through it again: it was told.
    stage.command(Command::Previous);
    stage.command(Command::Previous);
    stage.until_now(|now| now.exercise == Some(1) && now.phase == "timed");
    stage.command(Command::Next);
    stage.until_now(|now| now.exercise == Some(2) && now.phase == "announcement");
    stage.command(Command::Quit);
    stage.play(SECOND);
    let endings = [("bridge", Ending::Done), ("plank", Ending::Skipped)];
    assert_eq!(stage.endings(), endings.map(|(id, ending)| (id.to_owned(), ending)));
}

#[test]
fn the_time_in_an_exercise_is_told_without_its_pauses() {
    let spent = |pause: bool| {
        let mut stage = Stage::new(&plan(), ());
        stage.until_now(|now| now.phase == "instructions");
        if pause {
            stage.command(Command::Pause);
            stage.play(600 * SECOND);
            stage.command(Command::Play);
        }
        stage.until_now(|now| now.phase == "rest");
        stage.events.iter().find_map(|(_, event)| match event {
            Event::Ended { frames, .. } => Some(frames.get()),
            _ => None,
        })
    };
    let (straight, paused) = (spent(false).expect("it ended"), spent(true).expect("it ended"));
    // Only the answer and what was said again come on top.
    assert!((straight..straight + 10 * SECOND).contains(&paused), "{straight} {paused}");
}

/// The earcon does not wait for words, and words do not run into other words.
#[test]
fn an_answer_that_is_not_made_yet_follows_its_earcon() {
    let gaps = Gaps::default();
    gaps.not_yet.borrow_mut().insert("Paused.".to_owned());
    gaps.not_yet.borrow_mut().insert("Back to bridge, set one, repetition one.".to_owned());
    let mut stage = Stage::new(&plan(), gaps.clone());
    stage.until_now(|now| now.phase == "hold");
    stage.command(Command::Pause);
    stage.play(SECOND);
    assert!(stage.sent.len() == 1 && is(&stage.sent[0], Sound::Pause));
    gaps.not_yet.borrow_mut().remove("Paused.");
    let made = stage.clock();
    stage.play(SECOND);
    assert!(stage.said("Paused.").is_some_and(|(at, _)| at - made < AT_ONCE));
    stage.command(Command::Play);
    stage.play(2 * SECOND);
    assert!(stage.sent.len() == 1 && is(&stage.sent[0], Sound::Resume));
    gaps.not_yet.borrow_mut().clear();
    stage.pump();
    let (_, said) = stage.said("Back to bridge, set one, repetition one.").expect("it is there");
    assert!(stage.sounds(Sound::Tick).iter().all(|at| *at > said));
    stage.until(|event| *event == Event::Finished);
}
