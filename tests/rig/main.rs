//! What is really heard: the program plays into a sound server of its own, whose output is recorded and compared with the
//! rendered file, sample by sample.
//!
//! Real time passes here, so these tests run only when they are asked for: `make rig` (all of it, 40 minutes) or
//! `make rig RIG=short` (what CI runs). They need `pulseaudio`, `parecord` and `pactl`; one of them `dbus-daemon` and `playerctl`.
//! `make rig SERVER=pipewire` does the same with `pipewire`, `wireplumber` and `pipewire-pulse`.

#![cfg(unix)]

mod bus;
mod failures;
mod follow;
mod server;

use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use tempfile::TempDir;

use follow::Follow;
use server::Server;

/// In the full form one at a time: what is measured is what is heard when.
static ONE: Mutex<()> = Mutex::new(());

/// A minute with words, holds and a pause.
const ROUTINE: &str = r#"title = "Rig"
[pace]
rest = "2s"
[[exercise]]
name = "Bird dog"
position = "all-fours"
instructions = ["Hands and knees."]
sides = "alternate"
reps = 2
rep = [{ say = "Stretch", hold = "2s" }, { say = "Back", move = "1s" }]
[[exercise]]
name = "Plank"
position = "all-fours"
instructions = ["Keep your back long."]
duration = "6s"
"#;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Short,
    Full,
}

/// None where this was not asked for, or is not possible: said aloud, so that it is not taken for success. As long as the
/// second lives no other test runs, in the full form.
fn form() -> Option<(Form, Option<MutexGuard<'static, ()>>)> {
    let wanted = std::env::var("FLOORCOACH_RIG").unwrap_or_default();
    let form = match wanted.as_str() {
        "short" => Form::Short,
        "full" => Form::Full,
        _ => {
            eprintln!("*** SKIPPED: `make rig` measures what is really heard ***");
            return None;
        }
    };
    let missing = server::missing();
    if !missing.is_empty() {
        eprintln!("*** SKIPPED: the rig needs {} ***", missing.join(", "));
        return None;
    }
    let one = || ONE.lock().unwrap_or_else(PoisonError::into_inner);
    Some((form, (form == Form::Full).then(one)))
}

/// Measures once or, in the short form, up to three times: a machine that is shared with others may stand still for a moment.
fn attempt(form: Form, measure: impl Fn()) {
    let times = if form == Form::Short { 3 } else { 1 };
    for nth in 1..=times {
        match catch_unwind(AssertUnwindSafe(&measure)) {
            Ok(()) => return,
            Err(panic) if nth == times => resume_unwind(panic),
            Err(_) => eprintln!("*** attempt {nth} of {times} has failed ***"),
        }
    }
}

/// A home folder with the routine and the file that should be heard.
struct Room {
    folder: TempDir,
    routine: Vec<String>,
}

impl Room {
    fn new(routine: &[&str]) -> Self {
        let folder = tempfile::Builder::new().prefix("floorcoach-rig-").tempdir().expect("a folder");
        std::fs::write(folder.path().join("rig.toml"), ROUTINE).expect("it is writable");
        Self { folder, routine: routine.iter().map(|word| (*word).to_owned()).collect() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = self.bare(verb);
        command.args(&self.routine).args(["--voice", "fake", "--no-cache", "--keep-awake"]);
        command
    }

    /// At home here, with PulseAudio alone.
    fn bare(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcoach"));
        command.current_dir(self.path()).env("HOME", self.path()).env("ALSA_CONFIG_PATH", "nowhere");
        for name in ["CONFIG", "DATA", "CACHE"] {
            command.env(format!("XDG_{name}_HOME"), self.path());
        }
        command.arg(verb).stdin(Stdio::null());
        command
    }

    /// The file, as 16-bit samples.
    fn rendered(&self) -> Vec<i16> {
        let path = self.path().join("rig.wav");
        let done = self.command("render").args(["--loudness", "off", "-o"]).arg(&path).status();
        assert!(done.expect("it starts").success());
        let mut file = hound::WavReader::open(&path).expect("a WAV file");
        file.samples::<i16>().map(|sample| sample.expect("whole")).collect()
    }

    /// Plays on that server; what it says comes line by line, with the time.
    fn play(&self, server: &Server) -> (Child, Receiver<(Instant, String)>) {
        self.act("play", server)
    }

    fn act(&self, verb: &str, server: &Server) -> (Child, Receiver<(Instant, String)>) {
        let mut command = self.command(verb);
        command.env("PULSE_SERVER", server.address()).env("PULSE_COOKIE", server.cookie());
        let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
        let said = BufReader::new(child.stderr.take().expect("it is piped"));
        let (lines_in, lines) = crossbeam_channel::unbounded();
        std::thread::spawn(move || {
            for line in said.lines().map_while(Result::ok) {
                eprintln!("  {line}");
                let _ = lines_in.send((Instant::now(), line));
            }
        });
        (child, lines)
    }
}

/// Threads that do nothing but work, as many as there are cores, until this is dropped.
struct Busy(Arc<AtomicBool>);

impl Busy {
    fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || while !stop.load(Ordering::Relaxed) {});
        }
        Self(stop)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Plays the whole and compares.
fn whole(room: &Room, limit: Option<Duration>) -> Follow {
    let file = room.rendered();
    let server = Server::start(room.path());
    let (mut child, _lines) = room.play(&server);
    match limit {
        None => assert!(child.wait().expect("it ends").success()),
        Some(limit) => {
            std::thread::sleep(limit);
            child.kill().expect("it still plays");
            child.wait().expect("it ends");
        }
    }
    // What has been played is on its way to the recorder.
    std::thread::sleep(Duration::from_millis(500));
    let heard = server.kill();
    let mut follow = Follow::new(file);
    follow.hear(&heard);
    println!("{}", follow.report());
    follow
}

#[test]
fn what_is_heard_is_the_rendered_file() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || {
        let room = match form {
            Form::Short => Room::new(&["rig.toml", "--from", "plank"]),
            Form::Full => Room::new(&["upper-back", "--short"]),
        };
        let follow = whole(&room, None);
        assert!(follow.is_whole(), "the end is missing");
        assert!(follow.is_heard_once());
    });
}

#[test]
fn nothing_underruns_on_a_busy_machine() {
    let Some((form, _one)) = form() else { return };
    // A machine that is shared with others may be too busy for any program.
    if form == Form::Short {
        return eprintln!("*** SKIPPED: ten busy minutes are part of the full form alone ***");
    }
    let _busy = Busy::new();
    let follow = whole(&Room::new(&["upper-back"]), Some(Duration::from_secs(600)));
    assert!(follow.is_heard_once());
    assert!(follow.gaps().is_empty(), "{:?}", follow.gaps());
}

#[test]
fn a_server_that_is_killed_again_and_again_costs_no_cue() {
    let Some((form, _one)) = form() else { return };
    attempt(form, || {
        let (room, times) = match form {
            Form::Short => (Room::new(&["rig.toml", "--from", "plank"]), 2),
            Form::Full => (Room::new(&["upper-back", "--short"]), 10),
        };
        let mut follow = Follow::new(room.rendered());
        let mut server = Server::start(room.path());
        let (mut child, lines) = room.play(&server);
        for nth in 0..times {
            std::thread::sleep(Duration::from_millis(4_000 + 370 * nth));
            let heard = server.kill();
            // Now and then long enough for words and ticks to lead back in.
            std::thread::sleep(Duration::from_millis(if nth % 5 == 4 { 3_000 } else { 300 }));
            server = Server::start(room.path());
            let up = Instant::now();
            // While the program plays on.
            follow.hear(&heard);
            let back = lines
                .iter()
                .find(|(at, line)| *at >= up && line.contains("the sound is back"))
                .expect("the sound comes back");
            let took = back.0.duration_since(up);
            println!("back {} ms after the server", took.as_millis());
            assert!(took < Duration::from_secs(1), "{took:?}");
        }
        assert!(child.wait().expect("it ends").success());
        std::thread::sleep(Duration::from_millis(500));
        follow.hear(&server.kill());
        println!("{}", follow.report());
        assert!(follow.is_whole(), "the end is missing");
        // What the recorder had not yet written when its server was killed.
        assert!(follow.lost().iter().all(|(_, frames)| frames / 48 <= 25), "{}", follow.report());
        assert!(follow.longest_again_ms() <= 250, "{:?}", follow.doubled());
    });
}
