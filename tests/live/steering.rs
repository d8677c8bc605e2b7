//! Commands: where they lead, and what is heard around them.

use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::{Cursor, Section};
use floorcoach::play::reply::{AFTER_WORDS, AT_ONCE};
use floorcoach::play::scheduler::FADE;
use floorcoach::time::Frames;

use crate::toy::{HOLD, SECOND, Stage, holds, plan};

#[test]
fn a_pause_fades_and_the_hold_begins_again_after_three_ticks() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "hold" && now.end - now.position == HOLD.frames());
    stage.play(3 * SECOND / 2 + 123);
    let hold = stage.now();
    let paused = stage.clock();
    stage.command(Command::TogglePause);
    stage.play(5 * SECOND);
    let quiet = |from: Frames, to: Frames| {
        stage.heard[from.get() as usize..to.get() as usize].iter().all(|sample| *sample == 0.0)
    };
    let (says, said) = stage.said("Paused.").expect("it tells");
    assert!(quiet(paused + FADE, paused + AT_ONCE));
    assert_eq!(stage.sounds(Sound::Pause), [paused + AT_ONCE]);
    assert_eq!(stage.sent.len(), 2);
    assert!(says > paused + AT_ONCE && quiet(said, stage.clock()));

    let resumed = stage.clock();
    stage.command(Command::TogglePause);
    let again = stage.until_now(|_| true);
    assert_eq!(again, hold);
    assert_eq!(stage.sounds(Sound::Resume), [resumed + AT_ONCE]);
    let (_, said) = stage.said("Back to bridge, set one, repetition one.").expect("it tells");
    let second = Frames::new(SECOND);
    let first = said + AFTER_WORDS;
    assert_eq!(stage.sounds(Sound::Tick)[..2], [first, first + second]);
    assert_eq!(stage.sounds(Sound::TickHigh)[0], first + second + second);
    let begun = first + second + second + second;
    assert_eq!(stage.sounds(Sound::HoldStart)[0], begun);
    stage.until_now(|now| now.phase == "move");
    assert_eq!(stage.sounds(Sound::HoldEnd)[0], begun + HOLD.frames());
    let told: Vec<&Event> = stage
        .events
        .iter()
        .map(|(_, event)| event)
        .filter(|event| matches!(event, Event::Paused | Event::Resumed))
        .collect();
    assert_eq!(told, [&Event::Paused, &Event::Resumed]);
}

#[test]
fn a_sentence_is_repeated_after_a_pause() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "instructions");
    let sentence = stage.now();
    stage.play(SECOND / 10);
    stage.command(Command::TogglePause);
    stage.play(SECOND);
    stage.command(Command::TogglePause);
    assert_eq!(stage.until_now(|_| true), sentence);
    // Nothing leads into words.
    let (_, said) = stage.said("Back to bridge.").expect("it tells");
    assert_eq!(stage.said("Do the Bridge.").map(|(at, _)| at), Some(said + AFTER_WORDS));
}

#[test]
fn a_pause_before_the_first_sound_keeps_the_beginning() {
    let mut stage = Stage::new(&plan(), ());
    stage.command(Command::TogglePause);
    stage.play(SECOND);
    stage.command(Command::TogglePause);
    let first = stage.until_now(|_| true);
    assert_eq!((first.phase, first.position), ("opening", Frames::ZERO));
    let (_, said) = stage.said("Going on.").expect("it tells");
    assert_eq!(stage.said("Toy.").map(|(at, _)| at), Some(said + AFTER_WORDS));
}

#[test]
fn next_goes_by_way_of_the_transition() {
    let mut stage = Stage::new(&plan(), ());
    stage.play(SECOND);
    stage.command(Command::Next);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "announcement"));
    assert_eq!(now.next.as_deref(), Some("Plank"));

    stage.command(Command::Next);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "rest"));
    assert_eq!(now.next.as_deref(), Some("Plank"));

    // In the rest, "next" ends the rest.
    stage.command(Command::Next);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(1), "announcement"));
    stage.command(Command::Next);
    stage.command(Command::Next);
    stage.command(Command::Next);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (None, "closing"));
    stage.command(Command::Next);
    stage.until(|event| *event == Event::Finished);
    assert!(stage.scheduler.is_over());
    let before = stage.events.len();
    for command in [Command::Next, Command::TogglePause, Command::Louder, Command::Quit] {
        stage.command(command);
    }
    stage.play(SECOND);
    assert_eq!(stage.events.len(), before);
}

#[test]
fn previous_repeats_and_twice_quickly_goes_to_the_exercise_before() {
    let mut stage = Stage::new(&plan(), ());
    let work = stage.until_now(|now| now.exercise == Some(1) && now.phase == "timed");
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(1), "announcement"));
    // Then on with the work that was interrupted.
    let back = stage.until_now(|now| !["announcement", "instructions"].contains(&now.phase));
    assert_eq!(back, work);
    // Slowly twice is no more than twice the same.
    for _ in 0..2 {
        stage.command(Command::Previous);
        stage.play(8 * SECOND / 5);
    }
    assert_eq!(stage.until_now(|_| true).exercise, Some(1));
    stage.until_now(|now| now.phase == "timed");
    stage.command(Command::Previous);
    stage.play(SECOND / 2);
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "announcement"));
    // That one is begun anew, not come back from.
    stage.until_now(|now| now.phase == "count" && now.rep == Some(1) && now.set == Some(1));
    stage.until_now(|now| now.exercise == Some(2) && now.phase == "hold");
    // Each further press goes one further.
    for _ in 0..3 {
        stage.command(Command::Previous);
    }
    assert_eq!(stage.until_now(|_| true).exercise, Some(0));
    // The rest is told again; twice, and it is the exercise before it.
    stage.until_now(|now| now.phase == "rest");
    stage.play(SECOND / 10);
    stage.command(Command::Previous);
    assert_eq!(stage.until_now(|_| true).phase, "rest");
    stage.play(2 * SECOND);
    stage.command(Command::Previous);
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "announcement"));
    stage.until_now(|now| now.phase == "closing");
    stage.command(Command::Previous);
    stage.command(Command::Previous);
    assert_eq!(stage.until_now(|_| true).exercise, Some(2));
    stage.until(|event| *event == Event::Finished);
}

#[test]
fn repeat_tells_the_instructions_and_goes_on_with_the_repetition() {
    let mut stage = Stage::new(&plan(), ());
    let work = stage.until_now(|now| now.set == Some(2) && now.rep == Some(2));
    stage.play(4 * SECOND);
    stage.command(Command::Repeat);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "announcement"));
    // Once more in the middle of it: the same place is come back to.
    stage.until_now(|now| now.phase == "instructions");
    stage.command(Command::Repeat);
    stage.until_now(|now| now.phase == "announcement");
    // And a pause does not forget it.
    stage.command(Command::TogglePause);
    stage.command(Command::TogglePause);
    let back = stage.until_now(|now| !["announcement", "instructions"].contains(&now.phase));
    assert_eq!(back, work);
    let lead = stage.sounds(Sound::TickHigh);
    let count = stage.sent.iter().find(|event| event.at > lead[0]).expect("the count");
    assert_eq!(count.at, lead[0] + Frames::new(SECOND));
    stage.until(|event| *event == Event::Finished);
    assert_eq!(holds(&stage.sent)[0], HOLD.frames());
    // Positions are as if nothing had happened.
    let total = stage.count(|event| matches!(event, Event::Total { .. }));
    assert_eq!(total, 1);
    let end = stage.now().end;
    assert_eq!(stage.count(|event| matches!(event, Event::Total { frames, .. } if *frames == end)), 1);
}

#[test]
fn quitting_fades_and_tells_where() {
    let mut stage = Stage::new(&plan(), ());
    stage.play(2 * SECOND);
    let at = stage.clock();
    stage.command(Command::Quit);
    stage.play(SECOND / 4);
    assert_eq!(stage.sounds(Sound::Quit), [at + AT_ONCE]);
    assert_eq!(stage.events.last().map(|(_, event)| event), Some(&Event::Stopped { position: at }));
    assert!(stage.scheduler.is_over());
}

#[test]
fn the_volume_has_ends_and_its_default_is_exact() {
    let mut stage = Stage::new(&plan(), ());
    assert_eq!(stage.scheduler.gain(), 1.0);
    for _ in 0..5 {
        stage.command(Command::Louder);
    }
    assert!(stage.scheduler.gain() < 2.0);
    for _ in 0..2 {
        stage.command(Command::Quieter);
    }
    assert_eq!(stage.scheduler.gain(), 1.0);
    for _ in 0..50 {
        stage.command(Command::Quieter);
    }
    assert!(stage.scheduler.gain() > 0.0);
}

#[test]
fn begun_in_the_middle_the_place_in_the_whole_is_known() {
    let mut whole = Stage::new(&plan(), ());
    let there = whole.until_now(|now| now.exercise == Some(1) && now.phase == "instructions");
    let from = Cursor::start_of(Section::Exercise(1));
    let mut stage = Stage::begun_at(&plan(), from, ());
    assert_eq!(stage.until_now(|now| now.phase == "instructions"), there);
}
