//! Any commands at any time, with words coming in at any time, leave a session whole.

use floorcoach::control::{Command, Event};
use floorcoach::timeline::What;
use proptest::prelude::*;

use crate::toy::{Gaps, HOLD, Stage, TIMED, holds, plan, rendered};

fn command() -> impl Strategy<Value = Command> {
    prop::sample::select(vec![
        Command::TogglePause,
        Command::Next,
        Command::Previous,
        Command::Repeat,
        Command::Louder,
        Command::Quieter,
    ])
}

/// Words that are not there at first, in the order in which they come in.
fn late_words() -> impl Strategy<Value = Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    for cue in rendered(&plan()).0 {
        if let What::Speech(words) = cue.what
            && !all.contains(&words)
        {
            all.push(words);
        }
    }
    let most = all.len() / 2;
    prop_oneof![Just(Vec::new()), prop::sample::subsequence(all, 0..most).prop_shuffle()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    // The stage itself asserts that no clip comes too late or meets another one.
    #[test]
    fn what_follows_the_last_command_is_whole(
        steps in prop::collection::vec((command(), 0..400_000_u64), 0..14),
        mut late in late_words(),
    ) {
        let gaps = Gaps::default();
        gaps.not_yet.borrow_mut().extend(late.iter().cloned());
        let mut stage = Stage::new(&plan(), gaps.clone());
        for (command, frames) in steps {
            stage.command(command);
            stage.play(frames);
            if let Some(words) = late.pop() {
                gaps.not_yet.borrow_mut().remove(&words);
            }
        }
        gaps.not_yet.borrow_mut().clear();
        let mut changes = stage.events.iter().filter_map(|(_, event)| match event {
            Event::Paused => Some(true),
            Event::Resumed => Some(false),
            _ => None,
        });
        if changes.next_back() == Some(true) {
            stage.command(Command::TogglePause);
        }
        if !stage.scheduler.is_over() {
            stage.until(|event| *event == Event::Finished);
        }
        prop_assert!(stage.scheduler.is_over());
        prop_assert_eq!(stage.count(|event| *event == Event::Finished), 1);
        let exact = [HOLD.frames(), TIMED.frames()];
        for hold in holds(&stage.sent) {
            prop_assert!(exact.contains(&hold), "a hold of {:?}", hold);
        }
        // What was sent is what was heard, sample for sample.
        let volume_changed = stage.count(|event| matches!(event, Event::Volume { .. })) > 0;
        for event in &stage.sent {
            let start = event.at.get() as usize;
            let heard = &stage.heard[start..start + event.frames.get() as usize];
            if event.frames == event.clip.frames() && !volume_changed {
                prop_assert!(heard == event.clip.samples());
            }
        }
        // Positions are those of the routine, whatever was skipped or waited for. Told only if all was measured.
        let total = stage.events.iter().find_map(|(_, event)| match event {
            Event::Total { frames, .. } => Some(*frames),
            _ => None,
        });
        if let Some(total) = total {
            prop_assert!(stage.now().end <= total);
        }
    }
}
