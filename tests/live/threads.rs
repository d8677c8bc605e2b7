//! A session with its threads, on a device that is cranked as fast as it goes.

use crossbeam_channel::TryRecvError;
use floorcoach::clip::Clip;
use floorcoach::control::{Command, Event};
use floorcoach::cue::Sound;
use floorcoach::play::keeper::Loss;
use floorcoach::play::null::{Crank, null};
use floorcoach::play::source::Source;
use floorcoach::play::{DeviceError, Output, Session};
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::{Clips, Lengths, Missing};

use crate::toy::{Toy, plan};

/// Cranks until the session has told its last; everything it told.
fn cranked(session: Session, mut crank: Crank) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        match session.events().try_recv() {
            Ok(event) => events.push(event),
            Err(TryRecvError::Empty) => {
                crank.crank(480);
                std::thread::yield_now();
            }
            Err(TryRecvError::Disconnected) => break,
        }
    }
    session.finish();
    events
}

fn started<C>(clips: C) -> (Session, Crank)
where
    C: Clips<Error = Missing> + Send + 'static,
{
    let (plan, (output, cranks)) = (plan(), null());
    let session = Session::start(plan.clone(), plan.start(), clips, output).expect("it starts");
    (session, cranks.recv().expect("a device"))
}

#[test]
fn a_session_finishes_and_joins() {
    let (session, crank) = started(Toy::<()>::default());
    let events = cranked(session, crank);
    assert_eq!(events.last(), Some(&Event::Finished));
    assert!(events.iter().any(|event| matches!(event, Event::Total { .. })));
}

#[test]
fn a_session_stops_when_asked() {
    let (session, crank) = started(Toy::<()>::default());
    session.send(Command::Quit);
    let events = cranked(session, crank);
    assert!(matches!(events.last(), Some(Event::Stopped { .. })));
}

#[test]
fn a_session_that_is_dropped_ends_though_its_device_stands_still() {
    let (session, _crank) = started(Toy::<()>::default());
    drop(session);
}

#[test]
fn a_panic_in_a_thread_ends_the_session() {
    struct Broken;
    impl Lengths for Broken {
        type Error = Missing;
        fn speech(&mut self, _: &str) -> Result<Frames, Missing> {
            panic!("the voice broke");
        }
        fn sound(&mut self, _: Sound) -> Frames {
            Frames::ZERO
        }
    }
    impl Clips for Broken {
        fn speech_clip(&mut self, _: &str) -> Result<Clip, Missing> {
            Err(Missing::NotYet)
        }
        fn sound_clip(&mut self, _: Sound) -> Clip {
            Clip::new([])
        }
        fn stretched_clip(&mut self, _: Sound, _: Frames) -> Clip {
            Clip::new([])
        }
    }
    let (session, crank) = started(Broken);
    let events = cranked(session, crank);
    assert_eq!(events, [Event::Failed("the scheduler thread failed: the voice broke".to_owned())]);
}

/// Takes nothing, is gone at the first look, and there is no other.
struct Gone(Option<Source>);

impl Output for Gone {
    fn patience(&self) -> Millis {
        Millis::ZERO
    }
    fn pre_roll(&self) -> Millis {
        Millis::ZERO
    }
    fn start(&mut self, source: Source) -> Result<(), DeviceError> {
        self.0 = Some(source);
        Ok(())
    }
    fn check(&mut self) -> Result<(), Loss> {
        Err(Loss { why: "pulled out".to_owned(), at: None })
    }
    fn stop(&mut self, _: bool) {
        self.0 = None;
    }
}

#[test]
fn a_lost_device_ends_the_session() {
    let plan = plan();
    let session =
        Session::start(plan.clone(), plan.start(), Toy::<()>::default(), Gone(None)).expect("it starts");
    let last = session.events().iter().last();
    assert!(matches!(last, Some(Event::DeviceLost(_))), "{last:?}");
}

#[test]
fn an_output_that_does_not_start_is_an_error() {
    let plan = plan();
    let (output, cranks) = null();
    drop(cranks);
    let error =
        Session::start(plan.clone(), plan.start(), Toy::<()>::default(), output).expect_err("nobody cranks");
    assert!(error.to_string().contains("floorcoach render"));
}
