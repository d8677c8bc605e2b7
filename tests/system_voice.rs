//! The system's voice for real: speech-dispatcher with espeak-ng on a sound server of its own, killed, stopped and missing.
//!
//! Needs `speech-dispatcher`, its espeak-ng module and PulseAudio; where they are missing it says so and is left out, unless
//! `FLOORCOACH_SYSTEM_VOICE` is `required`, as in `make system-voice`.

#![cfg(all(feature = "system-voice", target_os = "linux"))]

#[allow(dead_code, reason = "shared with the rig")]
#[path = "rig/bus.rs"]
mod bus;
#[allow(dead_code, reason = "shared with the rig")]
#[path = "rig/server.rs"]
mod server;
#[allow(dead_code, reason = "shared with the tests of the live path")]
#[path = "live/toy.rs"]
mod toy;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use floorcoach::clip::Clip;
use floorcoach::control::{Command as Asked, Event};
use floorcoach::cue::Sound;
use floorcoach::plan::{Options, Plan};
use floorcoach::play::Session;
use floorcoach::play::null::null;
use floorcoach::time::Frames;
use floorcoach::timeline::{Clips, Lengths, Missing, Said};
use floorcoach::voice::system::{self, Manner, Mouth, Process, Saying};
use floorcoach::voice::{Speed, VoiceError};

use server::{Server, until};
use toy::Toy;

const LONG: &str = "This is a long sentence, which takes a good while to say, so that a lot can happen to whoever says it, \
                    such as a sudden death or a deep sleep, and none of it may keep you waiting on the floor.";
/// From the failure to the other voice.
const TAKEOVER: Duration = Duration::from_secs(2);

/// One rig at a time: what is measured is how soon something happens.
static ONE: Mutex<()> = Mutex::new(());

/// The daemon on a sound server of its own.
struct Rig {
    folder: tempfile::TempDir,
    server: Option<Server>,
    daemon: Child,
    _one: MutexGuard<'static, ()>,
}

impl Rig {
    /// `None` where the programs are missing and need not be there.
    fn start() -> Option<Self> {
        let missing: Vec<&str> = ["speech-dispatcher", "pulseaudio", "parecord", "pactl"]
            .into_iter()
            .filter(|tool| Command::new(tool).arg("--version").output().is_err())
            .collect();
        if !missing.is_empty() {
            let required =
                std::env::var_os("FLOORCOACH_SYSTEM_VOICE").is_some_and(|value| value == "required");
            assert!(!required, "missing: {}", missing.join(", "));
            eprintln!(
                "SKIPPED: the system's voice is not tested, because there is no {}",
                missing.join(" and no ")
            );
            return None;
        }
        let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = tempfile::tempdir().expect("it is writable");
        let server = Server::start(folder.path());
        let conf = folder.path().join("conf");
        let log = folder.path().join("log");
        for made in [&conf.join("modules"), &log] {
            fs::create_dir_all(made).expect("it is writable");
        }
        let settings = [
            "LogLevel 1",
            "AudioOutputMethod \"pulse\"",
            "DefaultLanguage \"en-US\"",
            "AddModule \"espeak-ng\" \"sd_espeak-ng\" \"espeak-ng.conf\"",
            "DefaultModule espeak-ng",
        ];
        fs::write(conf.join("speechd.conf"), settings.join("\n")).expect("it is writable");
        fs::write(conf.join("modules/espeak-ng.conf"), "").expect("it is writable");
        let daemon = Command::new("speech-dispatcher")
            .args(["-s", "-t", "0", "-c", "unix_socket", "-S"])
            .arg(socket(folder.path()))
            .arg("-P")
            .arg(folder.path().join("pid"))
            .arg("-C")
            .arg(&conf)
            .arg("-L")
            .arg(&log)
            .env("PULSE_SERVER", server.address())
            .env("PULSE_COOKIE", server.cookie())
            .env("HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it was there a moment ago");
        until("the daemon listens", || socket(folder.path()).exists());
        Some(Self { folder, server: Some(server), daemon, _one: one })
    }

    fn open(&self, name: Option<&str>) -> Result<Mouth, VoiceError> {
        open(self.folder.path(), name)
    }

    /// Ends it; what was heard.
    fn finish(mut self) -> Vec<i16> {
        self.signal("-KILL");
        self.server.take().map(Server::kill).unwrap_or_default()
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(name).arg(self.daemon.id().to_string()).status();
        assert!(sent.expect("there is `kill`").success());
    }
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("speechd.sock")
}

fn open(folder: &Path, name: Option<&str>) -> Result<Mouth, VoiceError> {
    let name = name.map(str::to_owned);
    let manner = Manner { name, language: "en".to_owned(), speed: Speed::NORMAL, pitch: 0, volume: 1.0 };
    let mut helper = Command::new(env!("CARGO_BIN_EXE_floorcoach"));
    helper.arg("system-voice").env("HOME", folder).env("XDG_RUNTIME_DIR", folder);
    helper.env("SPEECHD_ADDRESS", format!("unix_socket:{}", socket(folder).display()));
    Mouth::open(Box::new(Process::start(helper, &manner)?), manner)
}

/// Waits until the words are over; how long that took.
fn heard(mouth: &mut Mouth) -> Duration {
    let since = Instant::now();
    loop {
        match mouth.said() {
            Saying::Still => thread::sleep(Duration::from_millis(5)),
            Saying::Done => return since.elapsed(),
            Saying::Lost(why) => panic!("{why}"),
        }
    }
}

#[test]
fn sentences_are_heard_and_end_with_the_engines_own_event() {
    let Some(rig) = Rig::start() else { return };
    let mut mouth = rig.open(None).expect("it is there");
    for words in ["Left side.", "Come down onto all fours, slowly."] {
        mouth.say(words);
        let lasted = heard(&mut mouth);
        eprintln!("`{words}` lasted {} ms", lasted.as_millis());
        // The bound is what ends it without an event.
        assert!(lasted > Duration::from_millis(300));
        assert!(lasted < Duration::from_millis(system::bound(words, Speed::NORMAL).get() / 2));
    }
    // What is stopped is over at once, and the next words are not taken for it.
    mouth.say(LONG);
    thread::sleep(Duration::from_millis(500));
    mouth.hush();
    assert_eq!(mouth.said(), Saying::Done);
    mouth.say("Paused.");
    let lasted = heard(&mut mouth);
    eprintln!("`Paused.` after a stop lasted {} ms", lasted.as_millis());
    assert!(lasted > Duration::from_millis(300) && lasted < Duration::from_secs(2));
    drop(mouth);
    let loudest = rig.finish().into_iter().map(i16::unsigned_abs).max().unwrap_or(0);
    assert!(loudest > 1_000, "nothing was heard: {loudest}");
}

#[test]
fn voices_are_found_by_name_and_the_nearest_are_told() {
    let Some(rig) = Rig::start() else { return };
    let mut mouth = rig.open(Some("english (scotland)")).expect("espeak-ng has it");
    assert_eq!(mouth.name(), "speech-dispatcher, English (Scotland)");
    mouth.say("Left side.");
    heard(&mut mouth);
    let error = rig.open(Some("Englisch (Scotland)")).err().expect("there is none").to_string();
    assert!(error.contains("`English (Scotland)`"), "{error}");
}

#[test]
fn without_a_service_that_is_told_in_time() {
    let folder = tempfile::tempdir().expect("it is writable");
    let since = Instant::now();
    let error = open(folder.path(), None).err().expect("there is none").to_string();
    eprintln!("no daemon: told after {} ms: {error}", since.elapsed().as_millis());
    assert!(error.contains("speech-dispatcher is not there"), "{error}");
    assert!(since.elapsed() < TAKEOVER + Duration::from_millis(200));
}

#[test]
fn a_service_that_hangs_from_the_start_is_told_in_time() {
    let Some(rig) = Rig::start() else { return };
    rig.signal("-STOP");
    let since = Instant::now();
    let error = rig.open(None).err().expect("it hangs").to_string();
    eprintln!("daemon stopped before: told after {} ms", since.elapsed().as_millis());
    assert!(error.contains("does not answer"), "{error}");
    assert!(since.elapsed() < TAKEOVER + Duration::from_millis(200));
}

#[test]
fn killed_in_mid_sentence_another_voice_says_it_again() {
    taken_over("-KILL");
}

#[test]
fn stopped_in_mid_sentence_another_voice_says_it_again() {
    taken_over("-STOP");
}

/// What is said aloud, and when it was begun.
type Log = Arc<Mutex<Vec<(String, Instant)>>>;

/// The real voice, with the toy's in reserve.
struct Double {
    mouth: Option<Mouth>,
    toy: Toy<()>,
    log: Log,
}

impl Lengths for Double {
    type Error = Missing;

    fn speech(&mut self, words: &str) -> Result<Frames, Missing> {
        match self.mouth {
            Some(_) => Ok(system::estimate(words, Speed::NORMAL)),
            None => self.toy.speech(words),
        }
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        self.toy.sound(sound)
    }
}

impl Clips for Double {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Missing> {
        if self.mouth.is_some() { Err(Missing::Aloud) } else { self.toy.speech_clip(words) }
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        self.toy.sound_clip(sound)
    }

    fn stretched_clip(&mut self, sound: Sound, frames: Frames) -> Clip {
        self.toy.stretched_clip(sound, frames)
    }

    fn say(&mut self, words: &str) {
        if let Some(mouth) = &mut self.mouth {
            self.log.lock().expect("no panics").push((words.to_owned(), Instant::now()));
            mouth.say(words);
        }
    }

    fn hush(&mut self) {
        if let Some(mouth) = &mut self.mouth {
            mouth.hush();
        }
    }

    fn said(&mut self) -> Said {
        match self.mouth.as_mut().map(Mouth::said) {
            Some(Saying::Still) => Said::NotYet,
            Some(Saying::Done) | None => Said::Done,
            Some(Saying::Lost(why)) => {
                self.mouth = None;
                Said::Lost(why)
            }
        }
    }
}

fn taken_over(signal: &str) {
    let Some(rig) = Rig::start() else { return };
    let routine = floorcoach::routine::Routine { opening: vec![LONG.to_owned()], ..toy::routine() };
    let plan = Arc::new(Plan::new(&routine, Options::default()));
    let (log, over) = (Log::default(), AtomicBool::new(false));
    let double = Double {
        mouth: Some(rig.open(None).expect("it is there")),
        toy: Toy::<()>::default(),
        log: Arc::clone(&log),
    };
    // In the toy's voice each sentence is a tone of its own.
    let again = Toy::<()>::default().speech_clip(LONG).expect("the toy has every clip").samples()[0];
    let (output, cranks) = null();
    let session = Session::start(plan.clone(), plan.start(), double, output).expect("it starts");
    let mut crank = cranks.recv().expect("the device was started");
    let (again_in, heard_again) = crossbeam_channel::bounded(1);
    thread::scope(|scope| {
        let over = &over;
        // A device that goes by the clock.
        scope.spawn(move || {
            let (since, mut taken) = (Instant::now(), 0);
            while !over.load(Ordering::Acquire) {
                while taken < since.elapsed().as_millis() * 48 {
                    if crank.crank(480).contains(&again) {
                        let _ = again_in.try_send(Instant::now());
                    }
                    taken += 480;
                }
                thread::sleep(Duration::from_millis(5));
            }
        });
        until("the sentence is being said", || {
            log.lock().expect("no panics").iter().any(|(words, _)| words == LONG)
        });
        thread::sleep(Duration::from_secs(1));
        rig.signal(signal);
        let failed = Instant::now();
        let taken = heard_again.recv_timeout(Duration::from_secs(20));
        over.store(taken.is_err(), Ordering::Release);
        let after = taken.expect("it is said again") - failed;
        eprintln!("{signal} in mid-sentence: said again after {} ms", after.as_millis());
        thread::sleep(Duration::from_millis(100));
        session.send(Asked::Stop);
        let notices: Vec<String> = session
            .events()
            .iter()
            .filter_map(|event| match event {
                Event::Notice(why) => Some(why),
                _ => None,
            })
            .collect();
        over.store(true, Ordering::Release);
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert!(after < TAKEOVER, "{after:?}");
        session.finish();
    });
}
