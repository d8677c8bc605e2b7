//! A render that is ended in the middle, by every way there is, leaves nothing half and the old file as it was.
//!
//! Nothing here depends on speed: the voice is a script that speaks every phrase but the last one, for which it waits
//! until the test ends. So the program is in the middle for as long as the test likes.
#![cfg(target_os = "linux")]

use std::fs::{self, File, OpenOptions};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::home::Home;

/// A machine with a voice that stops in the middle, and a run that speaks by it.
struct Stuck {
    home: Home,
    child: Child,
    /// As long as this is open, the voice does not end.
    gate: Option<File>,
}

impl Stuck {
    /// Starts rendering onto an old file, and comes back when the voice is waiting and bytes were written: before they
    /// are, a rendering to a loudness waits for every word.
    fn rendering() -> Self {
        let stuck =
            Self::new(&["render", "one.toml", "--no-cache", "--loudness", "off", "--force", "-o", "old.wav"]);
        while stuck.written() < 100_000 {
            std::thread::yield_now();
        }
        stuck
    }

    /// Comes back when the voice is waiting.
    fn new(arguments: &[&str]) -> Self {
        let home = Home::new();
        home.write("old.wav", "old");
        let last = "closing = [\"Wait here.\"]";
        home.write(
            "one.toml",
            crate::home::ROUTINE.replace("[[exercise]]", &format!("{last}\n[[exercise]]")),
        );
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 48_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut wav =
            hound::WavWriter::create(home.work().join("../word.wav"), spec).expect("it is writable");
        (0..48_000).for_each(|at| wav.write_sample((at % 100 * 100) as i16).expect("it is writable"));
        wav.finalize().expect("it is writable");
        let [gate, ready] = ["../gate", "../ready"].map(|name| home.work().join(name));
        let made = Command::new("mkfifo").args([&gate, &ready]).status();
        assert!(made.expect("every Unix has it").success());
        home.config(
            r#"voice = "command"
[command]
time-limit = 3600
argv = ["sh", "-c", "read words; case $words in Wait*) echo > ../ready; exec cat ../gate;; *) exec cat ../word.wav;; esac"]
"#,
        );
        // Open for both: neither this nor the voice's opening waits for the other.
        let gate = OpenOptions::new().read(true).write(true).open(gate).expect("a pipe");
        let mut command = home.floorcoach(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().expect("the program starts");
        let stuck = Self { home, child, gate: Some(gate) };
        // Opening it waits for the voice to do the same.
        fs::read(ready).expect("a pipe");
        stuck
    }

    /// How many bytes there are in the file that has no name yet.
    fn written(&self) -> u64 {
        let open = PathBuf::from(format!("/proc/{}/fd", self.child.id()));
        let files = fs::read_dir(open).expect("the program runs").flatten();
        let nameless =
            files.filter(|file| fs::read_link(file.path()).is_ok_and(|to| to.starts_with(self.home.work())));
        nameless.filter_map(|file| fs::metadata(file.path()).ok()).map(|about| about.len()).max().unwrap_or(0)
    }

    fn signal(&self, signal: Signal) {
        let process = Pid::from_child(&self.child);
        kill_process(process, signal).expect("the program runs");
    }

    /// The end of the program, and what it said. The folder has to be as it was.
    fn ended(mut self) -> (ExitStatus, String) {
        let mut said = String::new();
        let mut stderr = self.child.stderr.take().expect("it is piped");
        let status = self.child.wait().expect("it is ours");
        std::io::Read::read_to_string(&mut stderr, &mut said).expect("it is text");
        // Before anything can fail: the voice must not outlive the test.
        drop(self.gate.take());
        assert_eq!(fs::read(self.home.work().join("old.wav")).expect("still there"), b"old");
        assert_eq!(Home::names(&self.home.work()), ["old.wav", "one.toml"]);
        assert_eq!(Home::names(&self.home.work().join("../tmp")), Vec::<String>::new());
        (status, said)
    }
}

impl Drop for Stuck {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn ctrl_c_ends_a_render_even_while_the_voice_is_stuck() {
    let listening = Stuck::new(&["render", "one.toml", "--no-cache", "--force", "-o", "old.wav"]);
    for stuck in [Stuck::rendering(), listening] {
        stuck.signal(Signal::INT);
        let (status, said) = stuck.ended();
        assert_eq!((status.code(), said.as_str()), (Some(130), "error: interrupted; nothing was written\n"));
    }
}

#[test]
fn ctrl_c_ends_a_table_that_waits_for_the_voice() {
    for arguments in [&["show", "one.toml", "--no-cache"][..], &["show", "one.toml", "--no-cache", "--json"]]
    {
        let stuck = Stuck::new(arguments);
        stuck.signal(Signal::INT);
        let (status, said) = stuck.ended();
        assert_eq!((status.code(), said.as_str()), (Some(130), ""));
    }
}

/// The folder that was made for the parts is gone with them.
#[test]
fn ctrl_c_leaves_none_of_many_files() {
    let stuck = Stuck::new(&[
        "render",
        "one.toml",
        "--no-cache",
        "--loudness",
        "off",
        "--split",
        "--format",
        "wav",
        "-o",
        "parts",
    ]);
    stuck.signal(Signal::INT);
    let (status, said) = stuck.ended();
    assert_eq!((status.code(), said.as_str()), (Some(130), "error: interrupted; nothing was written\n"));
}

#[test]
fn a_request_to_terminate_does_the_same() {
    let stuck = Stuck::rendering();
    stuck.signal(Signal::TERM);
    assert_eq!(stuck.ended().0.code(), Some(130));
}

#[test]
fn a_killed_render_leaves_nothing() {
    use std::os::unix::process::ExitStatusExt;
    let stuck = Stuck::rendering();
    stuck.signal(Signal::KILL);
    let (status, said) = stuck.ended();
    assert_eq!((status.signal(), said.as_str()), (Some(9), ""));
}

/// Whenever it is killed, there is the old file or the whole new one. Beside it there is nothing, unless it died in
/// the instant between giving the new file a name and putting it in the old one's place: then it is there, whole.
#[test]
fn a_render_killed_at_any_point_leaves_one_whole_file() {
    let home = Home::new();
    let render = ["render", "desk-break", "--voice", "fake", "--no-cache", "--force", "-o", "old.wav"];
    assert_eq!(home.run(&render).code, Some(0));
    let whole = fs::read(home.work().join("old.wav")).expect("it was written");
    for point in 0..12 {
        home.write("old.wav", "old");
        let mut command = home.floorcoach(&render);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        (0..point * point * 200).for_each(|_| std::thread::yield_now());
        let _ = child.kill();
        child.wait().expect("it is ours");
        let left = fs::read(home.work().join("old.wav")).expect("one of them is there");
        assert!(left == b"old" || left == whole, "{} bytes at point {point}", left.len());
        for name in Home::names(&home.work()).iter().filter(|name| *name != "old.wav") {
            assert!(name.starts_with(".old.wav."), "`{name}` at point {point}");
            let path = home.work().join(name);
            assert!(
                left == b"old" && fs::read(&path).expect("it is there") == whole,
                "`{name}` is not whole"
            );
            fs::remove_file(path).expect("it is ours");
        }
    }
}
