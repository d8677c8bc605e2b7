//! Gates: it waits until one is ready, however long that takes, and a file leaves a fixed time.

use std::sync::Arc;

use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::{Options, Plan};
use floorcoach::play::reply::AT_ONCE;
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::What;

use crate::toy::{SECOND, Stage, holds, plan_with, rendered, routine};

const ASKS: &str = "Press space, or the button, when you are ready.";
const REMINDS: &str = "I am waiting for you. Press when you are ready.";

fn waiting() -> Arc<Plan> {
    plan_with(Options { wait: true, ..Options::default() })
}

#[test]
fn a_gate_waits_reminds_and_is_opened_by_any_large_button() {
    let mut straight = Stage::new(&waiting(), ());
    let gate = straight.until_now(|now| now.phase == "ready");
    for command in [Command::TogglePause, Command::Play, Command::Pause, Command::Next] {
        let mut stage = Stage::new(&waiting(), ());
        assert_eq!(stage.until_now(|now| now.phase == "ready"), gate);
        let (_, asked) = stage.said(ASKS).expect("it asks");
        stage.play(90 * SECOND);
        assert_eq!(stage.now(), gate);
        assert_eq!(stage.count(|event| *event == Event::Waiting), 0);
        let reminded: Vec<Frames> =
            stage.sent.iter().skip_while(|event| event.at <= asked).map(|event| event.at).collect();
        let (first, said) = stage.said(REMINDS).expect("it reminds");
        assert_eq!(first - asked, Millis::from_secs(20).frames());
        assert_eq!(reminded[1] - said, Millis::from_secs(20).frames());
        assert_eq!(reminded.len(), 4);

        let at = stage.clock();
        stage.command(command);
        let ready = stage.until_now(|_| true);
        assert_eq!((ready.phase, ready.position), ("get-ready", gate.end));
        assert_eq!(stage.sounds(Sound::Resume), [at + AT_ONCE]);
        assert_eq!(stage.count(|event| matches!(event, Event::Paused | Event::Resumed)), 0);
    }
}

#[test]
fn what_is_asked_for_at_a_gate_comes_back_to_it() {
    let mut stage = Stage::new(&waiting(), ());
    let gate = stage.until_now(|now| now.phase == "ready");
    stage.command(Command::WhereAmI);
    stage.pump();
    assert!(stage.said("Exercise one of three: bridge.").is_some());
    assert_eq!(stage.until_now(|_| true), gate);
    assert!(stage.said(ASKS).is_some());
    stage.command(Command::Repeat);
    assert_eq!(stage.until_now(|_| true).phase, "announcement");
    assert_eq!(stage.until_now(|now| now.phase == "ready"), gate);
    // In the middle of the work nobody is asked again whether he is ready.
    stage.command(Command::Play);
    stage.until_now(|now| now.phase == "hold");
    stage.command(Command::Repeat);
    stage.until_now(|now| now.phase == "instructions");
    assert_eq!(stage.until_now(|now| now.phase != "instructions").phase, "count");
    stage.command(Command::Hurts);
    stage.until_now(|now| now.exercise == Some(1) && now.phase == "ready");
    stage.command(Command::Quit);
    stage.play(SECOND);
    assert!(stage.scheduler.is_over());
}

#[test]
fn a_file_leaves_time_to_set_up_instead() {
    let mut routine = routine();
    routine.exercises[1].waits = true;
    let plan = Arc::new(Plan::new(&routine, Options::default()));
    let (cues, file) = rendered(&plan);
    let gates: Vec<_> = cues.iter().filter(|cue| cue.what == What::Gate).collect();
    assert_eq!(gates.len(), 1);
    let says = cues.iter().find(|cue| cue.what == What::Speech("Take six seconds to set up.".to_owned()));
    let says = says.expect("a file tells of it");
    assert_eq!(says.frames + gates[0].frames, Millis::from_secs(6).frames());
    assert_eq!(gates[0].place.exercise, Some(1));
    // Played and answered, it comes to the same end, and the places in the routine are those of the file.
    let mut stage = Stage::new(&plan, ());
    let gate = stage.until_now(|now| now.phase == "ready");
    assert_eq!((gate.position, gate.end - gate.position), (says.at, Millis::from_secs(6).frames()));
    stage.command(Command::Next);
    stage.until(|event| *event == Event::Finished);
    assert_eq!(stage.now().end.get(), file.len() as u64);
    assert!(holds(&stage.sent).len() > 4);
}
