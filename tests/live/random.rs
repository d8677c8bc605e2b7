//! Any commands at any time, with words coming in at any time, leave a session whole.

use floorcoach::control::{Command, Event};
use floorcoach::plan::Options;
use floorcoach::timeline::What;
use proptest::prelude::*;

use crate::toy::{Gaps, HOLD, Stage, TIMED, holds, plan, plan_with, rendered};

fn command() -> impl Strategy<Value = Command> {
    prop::sample::select(vec![
        Command::TogglePause,
        Command::Pause,
        Command::Play,
        Command::WhereAmI,
        Command::Hurts,
        Command::SetVolume { decibels: -6 },
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
        wait in any::<bool>(),
    ) {
        let gaps = Gaps::default();
        gaps.not_yet.borrow_mut().extend(late.iter().cloned());
        let mut stage = Stage::new(&plan_with(Options { wait, ..Options::default() }), gaps.clone());
        for (command, frames) in steps {
            stage.command(command);
            stage.play(frames);
            if let Some(words) = late.pop() {
                gaps.not_yet.borrow_mut().remove(&words);
            }
        }
        gaps.not_yet.borrow_mut().clear();
        stage.finish();
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() })]

    // As someone would who leans on the keyboard. A session that has come to its end is followed by another.
    #[test]
    fn a_thousand_commands_in_a_row_lead_to_an_end(
        steps in prop::collection::vec((command(), 0..40_000_u64), 1_000),
        wait in any::<bool>(),
    ) {
        let plan = plan_with(Options { wait, ..Options::default() });
        let mut stage = Stage::new(&plan, ());
        for (command, frames) in steps {
            if stage.scheduler.is_over() {
                prop_assert_eq!(stage.count(|event| *event == Event::Finished), 1);
                stage = Stage::new(&plan, ());
            }
            stage.command(command);
            stage.play(frames);
        }
        if !stage.scheduler.is_over() {
            stage.finish();
        }
        prop_assert_eq!(stage.count(|event| *event == Event::Finished), 1);
        let mut ended: Vec<String> = stage.endings().into_iter().map(|(id, _)| id).collect();
        let told = ended.len();
        ended.sort();
        ended.dedup();
        prop_assert_eq!(ended.len(), told, "an exercise ended twice");
    }
}
