//! What a real bus sees of a session that keeps its machine awake, with a login manager and a screen saver of our own on it.
//!
//! Needs `dbus-run-session` (Debian: dbus-daemon, dbus-bin); where it is missing it says so and is left out.

#![cfg(all(feature = "stay-awake", target_os = "linux"))]

use std::io::{Read, pipe};
use std::os::fd::OwnedFd;
use std::process::Command as Process;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender};
use futures_lite::future;
use zbus::fdo;
use zbus::{Connection, connection};

use floorcoach::awake::{self, Awake};
use floorcoach::control::Event;

const INSIDE: &str = "FLOORCOACH_ON_A_PRIVATE_BUS";
/// Far longer than anything here takes; it only ends a test that hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a test once more on a bus of its own, which is the session's and the system's.
fn on_a_private_bus(test: &str) {
    if Process::new("dbus-run-session").arg("--version").output().is_err() {
        eprintln!("SKIPPED: staying awake is not tested, because there is no dbus-run-session");
        return;
    }
    let this = std::env::current_exe().expect("a test has a path");
    let status = Process::new("dbus-run-session")
        .args(["--", "sh", "-c"])
        .arg("DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec \"$@\"")
        .arg("sh")
        .arg(this)
        .args(["--exact", test, "--nocapture", "--ignored"])
        .env(INSIDE, "1")
        .status()
        .expect("it was there a moment ago");
    assert!(status.success());
}

fn is_inside() -> bool {
    std::env::var_os(INSIDE).is_some()
}

/// A login manager that grants some things, tells what it granted, and hands out the other end of what is held.
struct Login {
    grants: &'static str,
    told: Sender<(String, std::io::PipeReader)>,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> fdo::Result<zbus::OwnedFd> {
        assert_eq!((who, mode), ("Floorcoach", "block"));
        assert!(why.contains("exercise"), "{why}");
        if what != self.grants {
            return Err(fdo::Error::AccessDenied("not for you".to_owned()));
        }
        let (reader, writer) = pipe().map_err(|error| fdo::Error::Failed(error.to_string()))?;
        let _ = self.told.send((what.to_owned(), reader));
        Ok(OwnedFd::from(writer).into())
    }
}

fn login(grants: &'static str) -> (Connection, Receiver<(String, std::io::PipeReader)>) {
    let (told, granted) = crossbeam_channel::unbounded();
    let serve = async {
        connection::Builder::system()
            .name("org.freedesktop.login1")
            .serve_at("/org/freedesktop/login1", Login { grants, told })
            .build()
            .await
    };
    (future::block_on(serve).expect("the bus is our own"), granted)
}

/// Comes back when whoever held the other end has let go.
fn until_let_go(mut held: std::io::PipeReader) {
    assert_eq!(held.read(&mut [0; 1]).expect("a pipe can be read"), 0);
}

#[test]
fn logind_is_asked_while_it_plays_and_let_go_in_a_pause() {
    on_a_private_bus("inside_logind");
}

#[test]
#[ignore = "run by the test above, on a bus of its own"]
fn inside_logind() {
    if !is_inside() {
        return;
    }
    let (_serving, granted) = login("sleep:idle");
    assert_eq!(
        awake::probe(),
        Ok("the machine stays awake while it plays: logind, sleep and idle".to_owned())
    );
    until_let_go(granted.recv_timeout(PATIENCE).expect("it was asked").1);
    let awake = Awake::begin();
    let (what, held) = granted.recv_timeout(PATIENCE).expect("it is asked");
    assert_eq!(what, "sleep:idle");
    awake.take(&Event::Paused);
    awake.take(&Event::Resumed);
    drop(awake);
    until_let_go(held);
    assert!(granted.is_empty());
}

#[test]
fn less_is_taken_where_more_is_refused() {
    on_a_private_bus("inside_refused");
}

#[test]
#[ignore = "run by the test above, on a bus of its own"]
fn inside_refused() {
    if !is_inside() {
        return;
    }
    let (_serving, granted) = login("idle");
    let _awake = Awake::begin();
    assert_eq!(granted.recv_timeout(PATIENCE).expect("it is asked").0, "idle");
}

struct Saver(Sender<String>);

#[zbus::interface(name = "org.freedesktop.ScreenSaver")]
impl Saver {
    fn inhibit(&self, who: &str, _why: &str) -> u32 {
        let _ = self.0.send(who.to_owned());
        1
    }
}

#[test]
fn without_logind_the_screen_saver_is_asked() {
    on_a_private_bus("inside_screen_saver");
}

#[test]
#[ignore = "run by the test above, on a bus of its own"]
fn inside_screen_saver() {
    if !is_inside() {
        return;
    }
    // Nobody is there at first.
    let told = awake::probe().expect_err("nobody grants it");
    assert!(told.contains("logind: ") && told.contains("screen saver: "), "{told}");
    let (sender, told) = crossbeam_channel::unbounded();
    let serve = async {
        connection::Builder::session()
            .name("org.freedesktop.ScreenSaver")
            .serve_at("/org/freedesktop/ScreenSaver", Saver(sender))
            .build()
            .await
    };
    let _serving = future::block_on(serve).expect("the bus is our own");
    let _awake = Awake::begin();
    assert_eq!(told.recv_timeout(PATIENCE), Ok("Floorcoach".to_owned()));
}

#[test]
fn without_a_bus_nothing_is_said_and_nothing_waits() {
    let this = std::env::current_exe().expect("a test has a path");
    let status = Process::new(this)
        .args(["--exact", "inside_without_a_bus", "--ignored"])
        .env(INSIDE, "1")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .status()
        .expect("a test can be run");
    assert!(status.success());
}

#[test]
#[ignore = "run by the test above, with another environment"]
fn inside_without_a_bus() {
    if !is_inside() {
        return;
    }
    assert!(awake::probe().is_err_and(|told| told.contains("may fall asleep")));
    let awake = Awake::begin();
    awake.take(&Event::Paused);
    awake.take(&Event::Resumed);
}
