//! Commands: where they lead, and what is heard around them.

use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::{Cursor, Section};
use floorcoach::play::scheduler::FADE;
use floorcoach::time::{Frames, Millis};

use crate::toy::{HOLD, SECOND, Stage, holds, level, plan};

const SETTLE: Frames = Millis::new(200).frames();

fn ticks(stage: &Stage<()>) -> Vec<(Frames, bool)> {
    stage
        .sent
        .iter()
        .take(3)
        .map(|event| {
            let sample = event.clip.samples()[0];
            assert!(sample == level(Sound::Tick) || sample == level(Sound::TickHigh));
            (event.at, sample == level(Sound::TickHigh))
        })
        .collect()
}

#[test]
fn a_pause_fades_and_the_hold_begins_again_after_three_ticks() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.phase == "hold" && now.end - now.position == HOLD.frames());
    stage.play(3 * SECOND / 2 + 123);
    let hold = stage.now();
    let paused = stage.clock().get() as usize;
    stage.command(Command::TogglePause);
    stage.play(5 * SECOND);
    assert!(stage.heard[paused + FADE.get() as usize..].iter().all(|sample| *sample == 0.0));
    let resumed = stage.clock();
    stage.command(Command::TogglePause);
    let again = stage.until_now(|_| true);
    assert_eq!(again, hold);

    let second = Frames::new(SECOND);
    let first = resumed + SETTLE;
    assert_eq!(ticks(&stage), [(first, false), (first + second, false), (first + second + second, true)]);
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
}

#[test]
fn a_pause_before_the_first_sound_keeps_the_beginning() {
    let mut stage = Stage::new(&plan(), ());
    stage.command(Command::TogglePause);
    stage.play(SECOND);
    assert!(stage.heard.iter().all(|sample| *sample == 0.0));
    stage.command(Command::TogglePause);
    let first = stage.until_now(|_| true);
    assert_eq!((first.phase, first.position), ("opening", Frames::ZERO));
    assert_eq!(ticks(&stage).len(), 3);
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
fn previous_goes_to_the_start_and_then_to_the_exercise_before() {
    let mut stage = Stage::new(&plan(), ());
    stage.until_now(|now| now.exercise == Some(1) && now.phase == "timed");
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(1), "announcement"));
    stage.play(3 * SECOND / 2);
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(0), "announcement"));
    stage.play(5 * SECOND / 2);
    stage.command(Command::Previous);
    assert_eq!(stage.until_now(|_| true).exercise, Some(0));
    // Twice at once, before the first is heard.
    stage.until_now(|now| now.exercise == Some(2) && now.phase == "hold");
    stage.command(Command::Previous);
    stage.command(Command::Previous);
    assert_eq!(stage.until_now(|_| true).exercise, Some(1));
    // From the rest before it.
    stage.until_now(|now| now.phase == "rest");
    stage.command(Command::Previous);
    let now = stage.until_now(|_| true);
    assert_eq!((now.exercise, now.phase), (Some(1), "announcement"));
    stage.until_now(|now| now.phase == "closing");
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
    let count = stage.sent.iter().find(|event| event.at > lead[1]).expect("the count");
    assert_eq!(count.at, lead[1] + Frames::new(SECOND));
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
    stage.play(FADE.get());
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
