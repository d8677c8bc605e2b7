//! What else can happen while it plays: a program that is killed, a minute without any device, a desktop that presses every
//! button, and somebody who wants to hear whether there is sound at all.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::bus::Bus;
use crate::follow::Follow;
use crate::server::{self, Server};
use crate::{Form, Room, attempt, form};

#[test]
fn a_killed_program_keeps_its_place() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || {
        let room = Room::new(&["rig.toml", "--from", "plank"]);
        let server = Server::start(room.path());
        let (mut child, lines) = room.play(&server);
        let place = room.path().join("floorcoach/place.json");
        server::until("the place is kept", || place.exists());
        child.kill().expect("it still plays");
        child.wait().expect("it ends");
        drop(lines);
        assert!(std::fs::read_to_string(&place).expect("it is there").contains(r#""exercise":"plank""#));
        let room = Room { routine: Vec::new(), ..room };
        let (mut child, lines) = room.act("resume", &server);
        let said = lines.iter().find(|(_, line)| line.contains("on with plank"));
        assert!(said.is_some());
        assert!(child.wait().expect("it ends").success());
        let log = std::fs::read_to_string(room.path().join("floorcoach/sessions.jsonl")).expect("a log");
        assert!(log.contains(r#""exercise":"plank","outcome":"done""#), "{log}");
        assert!(!place.exists(), "the routine is over");
    });
}

#[test]
fn a_minute_without_any_device_ends_it_and_keeps_the_place() {
    let Some((form, _one)) = form() else { return };
    if form == Form::Short {
        return eprintln!("*** SKIPPED: a minute without a device is part of the full form alone ***");
    }
    let room = Room::new(&["rig.toml", "--from", "plank"]);
    let server = Server::start(room.path());
    let (mut child, lines) = room.play(&server);
    std::thread::sleep(Duration::from_secs(3));
    server.kill();
    let since = Instant::now();
    let status = child.wait().expect("it ends");
    let after = since.elapsed();
    println!("ended {:.1} s after the last device", after.as_secs_f64());
    assert_eq!(status.code(), Some(1));
    assert!((Duration::from_secs(60)..Duration::from_secs(64)).contains(&after), "{after:?}");
    let said: Vec<String> = lines.iter().map(|(_, line)| line).collect();
    let last = said.last().expect("it says why");
    assert!(last.contains("no sound output for a minute") && last.contains("floorcoach resume"), "{said:?}");
    let place =
        std::fs::read_to_string(room.path().join("floorcoach/place.json")).expect("the place is kept");
    assert!(place.contains(r#""exercise":"plank""#), "{place}");
}

/// Puts what plays on the default output there by hand, so that the server leaves it there: it counts only while another is the
/// default one. Done before there is anything to hear, and faster than the program looks.
fn pin(server: &Server) {
    let streams = || server.pactl(&["list", "short", "sink-inputs"]);
    server::until("it plays", || !streams().is_empty());
    server.pactl(&["set-default-sink", "other"]);
    for stream in streams().lines() {
        server.pactl(&["move-sink-input", stream.split('\t').next().unwrap_or_default(), "rig"]);
    }
    server.pactl(&["set-default-sink", "rig"]);
}

/// A second output becomes the default one while it plays, and the server moves the stream there or, where it was told to, leaves it.
fn another_default_output(left_behind: bool) {
    let room = Room::new(&["rig.toml", "--from", "plank"]);
    let mut follow = Follow::new(room.rendered());
    let mut server = Server::start(room.path());
    server.add_output("other");
    let (mut child, lines) = room.play(&server);
    if left_behind {
        pin(&server);
    }
    std::thread::sleep(Duration::from_secs(4));
    server.pactl(&["set-default-sink", "other"]);
    let since = Instant::now();
    let back = |(at, line): &(Instant, String)| *at >= since && line.contains("the sound is back");
    if left_behind {
        let back = lines.iter().find(back).expect("it is back");
        println!("on the other output after {} ms", back.0.duration_since(since).as_millis());
    }
    let sinks = server.pactl(&["list", "short", "sinks"]);
    let number = sinks.lines().find(|line| line.contains("other")).and_then(|line| line.split('\t').next());
    let on = |line: &str| line.split('\t').nth(1).map(str::to_owned);
    server::until("all of it is on the other output", || {
        let streams = server.pactl(&["list", "short", "sink-inputs"]);
        !streams.is_empty() && streams.lines().all(|line| on(line).as_deref() == number)
    });
    assert!(child.wait().expect("it ends").success());
    assert!(!lines.iter().any(|line| back(&line)), "it was moved and needed no more");
    server.kill_all().iter().for_each(|heard| follow.hear(heard));
    println!("{}", follow.report());
    assert!(follow.is_whole(), "the end is missing");
    let lost: usize = follow.lost().iter().map(|(_, frames)| frames / 48).sum();
    assert!(lost <= 25 && follow.longest_again_ms() <= 250, "{}", follow.report());
}

#[test]
fn another_default_output_is_played_on_from_the_same_place() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || another_default_output(true));
}

#[test]
fn a_stream_that_the_server_has_moved_is_left_alone() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || another_default_output(false));
}

#[test]
fn by_ear_a_sentence_a_tick_and_a_chime_are_heard_one_after_the_other() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || {
        let room = Room { routine: Vec::new(), ..Room::new(&[]) };
        let server = Server::start(room.path());
        let mut command = room.bare("doctor");
        command.args(["--voice", "fake", "--by-ear"]);
        command.env("PULSE_SERVER", server.address()).env("PULSE_COOKIE", server.cookie());
        let status = command.stdout(Stdio::null()).status().expect("it starts");
        assert!(status.success());
        std::thread::sleep(Duration::from_millis(500));
        let heard = server.kill();
        // Between them is half a second; between the words of the sentence less than a tenth.
        let quiet = 48 * 300;
        let mut sounds: Vec<(usize, usize)> = Vec::new();
        for at in heard.iter().enumerate().filter(|(_, sample)| sample.abs() > 30).map(|(at, _)| at) {
            match sounds.last_mut().filter(|(_, end)| at - *end < quiet) {
                Some((_, end)) => *end = at,
                None => sounds.push((at, at)),
            }
        }
        let lasted: Vec<usize> = sounds.iter().map(|(start, end)| (end - start) / 48).collect();
        println!("sounds of {lasted:?} ms");
        assert_eq!(lasted.len(), 3, "{lasted:?}");
        assert!(lasted[0] > 1_000 && lasted[1] < 200, "{lasted:?}");
    });
}

#[test]
fn a_desktop_presses_a_hundred_buttons_and_it_still_comes_to_its_end() {
    let Some((form, _one)) = form() else { return };
    if ["dbus-daemon", "playerctl"].into_iter().any(|name| which::which(name).is_err()) {
        return eprintln!("*** SKIPPED: a hundred buttons need dbus-daemon and playerctl ***");
    }
    attempt(form, || {
        let room = Room::new(&["rig.toml"]);
        let loudest = |samples: &[i16]| samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0);
        let file = loudest(&room.rendered());
        let (bus, server) = (Bus::start(), Server::start(room.path()));
        let mut command = room.command("play");
        command.env("PULSE_SERVER", server.address()).env("PULSE_COOKIE", server.cookie());
        let mut child = command.env("DBUS_SESSION_BUS_ADDRESS", bus.address()).spawn().expect("it starts");
        server::until("the desktop sees it", || bus.playerctl("status").is_some());
        let mut random = fastrand::Rng::with_seed(1);
        let mut back = false;
        let mut obeyed = 0;
        for _ in 0..100 {
            // Forwards only behind backwards, so that the end is not reached too soon.
            let buttons = ["play", "pause", "play-pause", "next", "previous", "previous", "stop"];
            let button = match buttons[random.usize(..buttons.len())] {
                "next" if !back => "previous",
                button => button,
            };
            back = button == "previous" || back && button != "next";
            obeyed += u32::from(bus.playerctl(button).is_some());
            std::thread::sleep(Duration::from_millis(random.u64(..200)));
            assert_eq!(
                child.try_wait().expect("it can be asked"),
                None,
                "it has ended after {obeyed} commands"
            );
        }
        assert_eq!(obeyed, 100);
        // On to the end, whatever it is doing now.
        let since = Instant::now();
        while child.try_wait().expect("it can be asked").is_none() {
            assert!(since.elapsed() < Duration::from_secs(60), "it does not end");
            let _ = bus.playerctl("next");
            std::thread::sleep(Duration::from_millis(500));
        }
        assert!(child.wait().expect("it ends").success());
        std::thread::sleep(Duration::from_millis(500));
        let heard = loudest(&server.kill());
        println!("the loudest sample: {heard}; in the file {file}");
        // Two phrases at once would be louder than any one.
        assert!(
            heard > file / 2 && u32::from(heard) < u32::from(file) * 3 / 2,
            "{heard}, in the file {file}"
        );
    });
}
