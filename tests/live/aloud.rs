//! A voice without samples: its words are gates, everything around them is exact, and another voice can take over.

use std::cell::RefCell;
use std::rc::Rc;

use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::Options;
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::{Cue, Missing, Said, What};
use proptest::prelude::*;

use crate::toy::{Gap, HOLD, SECOND, Stage, TIMED, holds, is, is_said, plan, plan_with, rendered};

/// What the voice that has taken over tells.
const TAKEN_OVER: &str = "The other voice is gone. This one goes on.";
const ASKS: &str = "Press space, or the button, when you are ready.";
/// Frames that the stage is cranked by: nothing can be noticed sooner.
const LOOK: Frames = Frames::new(2_000);

/// What was said aloud, and from when to when.
#[derive(Debug, Clone, PartialEq)]
struct Spoken {
    words: String,
    start: Frames,
    end: Option<Frames>,
    whole: bool,
}

/// Says words in so many hundredths of the time that is estimated for them.
#[derive(Debug)]
struct State {
    percent: u64,
    spoken: Vec<Spoken>,
    /// Will be lost in the sentence with that number, counted from 0.
    dies_in: Option<usize>,
    lost: bool,
}

#[derive(Debug, Clone)]
struct Speaker(Rc<RefCell<State>>);

impl Speaker {
    fn new(percent: u64) -> Self {
        Self(Rc::new(RefCell::new(State { percent, spoken: Vec::new(), dies_in: None, lost: false })))
    }

    fn dying_in(self, sentence: usize) -> Self {
        self.0.borrow_mut().dies_in = Some(sentence);
        self
    }

    fn spoken(&self) -> Vec<Spoken> {
        self.0.borrow().spoken.clone()
    }

    fn is_speaking(&self) -> bool {
        self.0.borrow().spoken.last().is_some_and(|spoken| spoken.end.is_none())
    }
}

impl Gap for Speaker {
    fn check(&self, _: &str) -> Result<(), Missing> {
        Ok(())
    }

    fn check_clip(&self, _: &str) -> Result<(), Missing> {
        if self.0.borrow().lost { Ok(()) } else { Err(Missing::Aloud) }
    }

    fn say(&self, words: &str, clock: Frames) {
        assert!(!self.is_speaking(), "two sentences at once");
        let spoken = Spoken { words: words.to_owned(), start: clock, end: None, whole: false };
        self.0.borrow_mut().spoken.push(spoken);
    }

    fn hush(&self, clock: Frames) {
        if let Some(last) = self.0.borrow_mut().spoken.last_mut() {
            last.end.get_or_insert(clock);
        }
    }

    fn said(&self, clock: Frames) -> Said {
        let mut state = self.0.borrow_mut();
        let State { percent, spoken, dies_in, .. } = &mut *state;
        let (percent, dies) = (*percent, *dies_in == Some(spoken.len() - 1));
        let last = spoken.last_mut().expect("something was said");
        let lasts = (9_000 + 731 * last.words.len() as u64) * percent / 100;
        let due = last.start + Frames::new(if dies { lasts / 2 } else { lasts });
        if clock < due {
            return Said::NotYet;
        }
        last.end = Some(clock);
        last.whole = !dies;
        state.lost |= dies;
        if dies { Said::Lost("note: it is gone".to_owned()) } else { Said::Done }
    }
}

/// Nothing is mixed while something is said, nor before what was mixed has left the device.
fn nothing_is_spoken_over(stage: &Stage<Speaker>, speaker: &Speaker) {
    for Spoken { words, start, end, .. } in speaker.spoken() {
        let end = end.unwrap_or(stage.clock());
        for event in &stage.sent {
            let apart = event.at + event.frames <= start || event.at >= end;
            assert!(apart, "`{words}` from {start:?} to {end:?} and a clip at {:?}", event.at);
        }
    }
}

fn words_of(cues: Vec<Cue>) -> Vec<String> {
    let words = cues.into_iter().filter_map(|cue| match cue.what {
        What::Speech(words) => Some(words),
        _ => None,
    });
    words.collect()
}

#[test]
fn every_sentence_is_said_in_its_place_however_long_it_takes() {
    for percent in [30, 100, 260] {
        let speaker = Speaker::new(percent);
        let mut stage = Stage::new(&plan(), speaker.clone());
        stage.finish();
        let spoken = speaker.spoken();
        let said: Vec<String> = spoken.iter().map(|spoken| spoken.words.clone()).collect();
        assert_eq!(said, words_of(rendered(&plan()).0), "at {percent} %");
        assert!(spoken.iter().all(|spoken| spoken.whole));
        nothing_is_spoken_over(&stage, &speaker);
        assert_eq!(stage.count(|event| *event == Event::Waiting), 0);
        // All holds are exact, and so is every tick in them.
        let all = holds(&stage.sent);
        let file = rendered(&plan()).0;
        let starts =
            file.iter().filter(|cue| matches!(&cue.what, What::Sound { sound: Sound::HoldStart, .. }));
        assert_eq!(all.len(), starts.count());
        assert!(all.iter().all(|hold| [HOLD.frames(), TIMED.frames()].contains(hold)), "{all:?}");
        let mut start = None;
        for event in &stage.sent {
            if is(event, Sound::HoldStart) {
                start = Some(event.at);
            }
            if let Some(start) = start
                && [Sound::HoldEnd, Sound::Tick, Sound::TickHigh].iter().any(|sound| is(event, *sound))
            {
                assert_eq!((event.at - start).get() % SECOND, 0);
            }
            if is(event, Sound::HoldEnd) {
                start = None;
            }
        }
    }
}

#[test]
fn a_pause_in_a_sentence_ends_it_and_it_is_said_again() {
    let speaker = Speaker::new(100);
    let mut stage = Stage::new(&plan(), speaker.clone());
    while !speaker.spoken().iter().any(|spoken| spoken.words == "Do the Bridge." && spoken.end.is_none()) {
        stage.play(2_000);
    }
    stage.command(Command::TogglePause);
    let cut = speaker.spoken().pop().expect("it was said");
    assert!(!cut.whole && cut.end == Some(stage.clock()));
    stage.play(5 * SECOND);
    let paused = speaker.spoken().pop().expect("it answers");
    assert_eq!((paused.words.as_str(), paused.whole), ("Paused.", true));
    nothing_is_spoken_over(&stage, &speaker);
    stage.command(Command::TogglePause);
    stage.play(8 * SECOND);
    let after: Vec<String> =
        speaker.spoken().into_iter().skip_while(|spoken| *spoken != paused).map(|s| s.words).collect();
    assert_eq!(after[1..4], ["Back to bridge.", "Do the Bridge.", "Breathe."]);
    nothing_is_spoken_over(&stage, &speaker);
}

#[test]
fn when_it_dies_in_a_sentence_that_is_said_again_by_another_and_all_others_too() {
    let all = words_of(rendered(&plan()).0);
    for dies_in in 0..all.len() {
        let speaker = Speaker::new(100).dying_in(dies_in);
        let mut stage = Stage::new(&plan(), speaker.clone());
        while !speaker.0.borrow().lost {
            stage.play(2_000);
        }
        let lost = stage.clock();
        let words = &all[dies_in];
        let (from, _) = stage.said(words).unwrap_or_else(|| panic!("`{words}` is not repeated"));
        assert!(from >= lost && from <= lost + Millis::new(200).frames() + LOOK, "`{words}` at {from:?}");
        stage.finish();
        let told: Vec<_> = stage.sent.iter().filter(|event| is_said(event, TAKEN_OVER)).collect();
        assert_eq!(told.len(), 1);
        let again = stage.sent.iter().position(|event| event.at == from).expect("it was sent");
        assert_eq!(stage.sent.get(again + 1), told.first().copied(), "right after the sentence");
        assert_eq!(speaker.spoken().len(), dies_in + 1);
        let mixed: Vec<&String> = all[dies_in..]
            .iter()
            .filter(|words| stage.sent.iter().any(|event| is_said(event, words)))
            .collect();
        assert_eq!(mixed.len(), all.len() - dies_in);
        let notices = stage.count(|event| matches!(event, Event::Notice(text) if text == "note: it is gone"));
        assert_eq!((notices, stage.count(|event| *event == Event::Finished)), (1, 1));
        nothing_is_spoken_over(&stage, &speaker);
        assert!(holds(&stage.sent).iter().all(|hold| [HOLD.frames(), TIMED.frames()].contains(hold)));
    }
}

#[test]
fn it_asks_at_a_gate_and_is_silent_when_that_is_opened() {
    let speaker = Speaker::new(100);
    let mut stage = Stage::new(&plan_with(Options { wait: true, ..Options::default() }), speaker.clone());
    stage.until_now(|now| now.phase == "ready");
    while !speaker.spoken().iter().any(|spoken| spoken.words == ASKS) {
        stage.play(2_000);
    }
    stage.command(Command::Next);
    let asked = speaker.spoken().pop().expect("it asked");
    assert!(!asked.whole && asked.end == Some(stage.clock()));
    assert_eq!(stage.until_now(|_| true).phase, "get-ready");
    stage.finish();
    nothing_is_spoken_over(&stage, &speaker);
}

#[test]
fn at_a_gate_it_reminds_every_twenty_seconds() {
    let speaker = Speaker::new(100);
    let mut stage = Stage::new(&plan_with(Options { wait: true, ..Options::default() }), speaker.clone());
    let gate = stage.until_now(|now| now.phase == "ready");
    stage.play(90 * SECOND);
    assert_eq!(stage.now(), gate);
    let asked: Vec<Spoken> = speaker.spoken().into_iter().skip_while(|spoken| spoken.words != ASKS).collect();
    assert_eq!(asked.len(), 5);
    for pair in asked.windows(2) {
        let gap = pair[1].start - pair[0].end.expect("it was said");
        assert!(gap >= Millis::from_secs(20).frames() && gap < Millis::from_secs(21).frames(), "{gap:?}");
    }
}

fn command() -> impl Strategy<Value = Command> {
    prop::sample::select(vec![
        Command::TogglePause,
        Command::Play,
        Command::WhereAmI,
        Command::Hurts,
        Command::Next,
        Command::Previous,
        Command::Repeat,
        Command::Louder,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // The speaker itself asserts that no two sentences are said at once.
    #[test]
    fn whatever_is_asked_for_nothing_is_spoken_over_and_it_comes_to_its_end(
        steps in prop::collection::vec((command(), 0..400_000_u64), 0..14),
        wait in any::<bool>(),
        percent in 20..300_u64,
        dies_in in prop::option::of(0..40_usize),
    ) {
        let speaker = Speaker::new(percent);
        speaker.0.borrow_mut().dies_in = dies_in;
        let mut stage = Stage::new(&plan_with(Options { wait, ..Options::default() }), speaker.clone());
        for (command, frames) in steps {
            stage.command(command);
            stage.play(frames);
            if !stage.scheduler.is_over() {
                nothing_is_spoken_over(&stage, &speaker);
            }
        }
        stage.finish();
        prop_assert_eq!(stage.count(|event| *event == Event::Finished), 1);
        let exact = [HOLD.frames(), TIMED.frames()];
        for hold in holds(&stage.sent) {
            prop_assert!(exact.contains(&hold), "a hold of {:?}", hold);
        }
        nothing_is_spoken_over(&stage, &speaker);
    }
}
