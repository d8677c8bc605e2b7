//! A real desktop's view of a session: `playerctl` on a private bus, and a hundred random commands through it.
//!
//! Needs `dbus-run-session` (Debian: dbus-daemon, dbus-bin) and `playerctl`; where they are missing it says so and is left out.

#![cfg(all(feature = "media-keys", target_os = "linux"))]

#[allow(dead_code, reason = "shared with the tests of the live path")]
#[path = "live/toy.rs"]
mod toy;

use std::process::Command as Process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use floorcoach::control::{Command, Event};
use floorcoach::media::{self, Media};
use floorcoach::plan::Options;
use floorcoach::play::Session;
use floorcoach::play::null::null;

use toy::{Toy, plan_with};

const INSIDE: &str = "FLOORCOACH_ON_A_PRIVATE_BUS";
/// Far longer than anything here takes; it only ends a test that hangs.
const PATIENCE: Duration = Duration::from_secs(60);

#[test]
fn a_desktop_sees_and_steers_a_session() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    let missing: Vec<&str> = ["dbus-run-session", "playerctl"]
        .into_iter()
        .filter(|tool| Process::new(tool).arg("--version").output().is_err())
        .collect();
    if !missing.is_empty() {
        eprintln!("SKIPPED: media keys are not tested, because there is no {}", missing.join(" and no "));
        return;
    }
    let this = std::env::current_exe().expect("a test has a path");
    let status = Process::new("dbus-run-session")
        .arg("--")
        .arg(this)
        .args(["--exact", "a_desktop_sees_and_steers_a_session", "--nocapture"])
        .env(INSIDE, "1")
        .status()
        .expect("it was there a moment ago");
    assert!(status.success());
}

#[test]
fn without_a_bus_there_are_no_media_keys_and_it_says_so() {
    if std::env::var_os(INSIDE).is_some() {
        return;
    }
    let this = std::env::current_exe().expect("a test has a path");
    let status = Process::new(this)
        .args(["--exact", "inside_without_a_bus", "--ignored"])
        .env(INSIDE, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .status()
        .expect("a test can be run");
    assert!(status.success());
}

#[test]
#[ignore = "run by the test above, with another environment"]
fn inside_without_a_bus() {
    if std::env::var_os(INSIDE).is_none() {
        return;
    }
    let told = media::probe().expect_err("there is none");
    assert!(told.starts_with("no session bus"), "{told}");
    let mut media = Media::connect("Toy", Instant::now());
    media.take(&Event::Paused, Instant::now());
    assert_eq!(media.commands().count(), 0);
}

fn playerctl(arguments: &[&str]) -> Option<String> {
    let output = Process::new("playerctl").args(["--player=floorcoach"]).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Asks until the answer is right.
fn until(arguments: &[&str], right: impl Fn(&str) -> bool) -> String {
    let began = Instant::now();
    let mut last = None;
    while began.elapsed() < PATIENCE {
        last = playerctl(arguments);
        if let Some(answer) = last.as_deref().filter(|answer| right(answer)) {
            return answer.to_owned();
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("playerctl {arguments:?}: {last:?}");
}

fn inside() {
    assert_eq!(media::probe(), Ok("MPRIS, on the session bus".to_owned()));
    let plan = plan_with(Options { wait: true, ..Options::default() });
    let (output, cranks) = null();
    let session =
        Session::start(plan.clone(), plan.start(), Toy::<()>::default(), output).expect("it starts");
    let mut crank = cranks.recv().expect("the device was started");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        // Ten times as fast as time.
        scope.spawn(|| {
            while !over.load(Ordering::Acquire) {
                crank.crank(4_800);
                thread::sleep(Duration::from_millis(10));
            }
        });
        let desktop = scope.spawn(|| {
            let ended = std::panic::catch_unwind(desktop);
            over.store(true, Ordering::Release);
            ended
        });
        let mut media = Media::connect("Toy", Instant::now());
        let mut ended = None;
        while !over.load(Ordering::Acquire) {
            media.commands().for_each(|command| session.send(command));
            if let Ok(event) = session.events().recv_timeout(Duration::from_millis(5)) {
                media.take(&event, Instant::now());
                if matches!(event, Event::Finished | Event::Stopped { .. } | Event::Failed(_)) {
                    ended.get_or_insert(event);
                }
            }
            media.turn(Instant::now());
        }
        if let Err(panic) = desktop.join().expect("it catches its panics") {
            std::panic::resume_unwind(panic);
        }
        assert!(!matches!(ended, Some(Event::Failed(_) | Event::Stopped { .. })), "{ended:?}");
        if ended.is_none() {
            session.send(Command::Quit);
        }
        session.finish();
    });
}

/// What someone sees and presses.
fn desktop() {
    until(&["metadata", "album"], |album| album == "Toy");
    until(&["metadata", "title"], |title| title == "Bridge");
    // A gate is a pause to the desktop, and "play" opens it.
    until(&["status"], |status| status == "Paused");
    until(&["metadata", "mpris:length"], |length| {
        length.parse::<u64>().is_ok_and(|length| length > 100_000_000)
    });
    until(&["play"], |_| true);
    until(&["status"], |status| status == "Playing");
    until(&["position"], |position| position.parse::<f64>().is_ok_and(|position| position > 1.0));
    until(&["play-pause"], |_| true);
    until(&["status"], |status| status == "Paused");
    until(&["volume", "0.5"], |_| true);
    until(&["volume"], |volume| volume.starts_with("0.50"));
    until(&["next"], |_| true);
    until(&["metadata", "title"], |title| title == "Rest, next: Plank" || title == "Plank");
    until(&["status"], |status| status == "Playing" || status == "Paused");
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..100 {
        let button =
            ["play", "pause", "play-pause", "next", "previous", "previous", "stop"][random.usize(..7)];
        // The end may have been reached: then nobody has to obey.
        playerctl(&[button]);
    }
    until(&["metadata", "album"], |album| album == "Toy");
}
