//! A routine of ten thousand exercises renders in the same memory as a few of its exercises.
#![cfg(unix)]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;

const EXERCISES: usize = 10_000;
const MIB: u64 = 1 << 20;

/// What may come on top: the three minutes of speech that are kept at hand (`voice::pool::DEFAULT_MEMORY`), and a little
/// for every phrase: its length, and its caption, which is written into the file last.
const ALLOWED: u64 = 32 * MIB + 24 * MIB;

/// Every exercise has words of its own, and takes a second.
fn routine() -> String {
    let mut text = String::from("title = \"Long\"\n[pace]\nget-ready = \"0s\"\nrest = \"0s\"\n");
    for number in 0..EXERCISES {
        let letters = [17_576, 676, 26, 1].map(|place| char::from(b'a' + (number / place % 26) as u8));
        let name: String = letters.iter().collect();
        let _ = writeln!(
            text,
            "[[exercise]]\nid = \"e{number}\"\nname = \"{name}\"\nposition = \"sitting\"\nreps = 1\nrep = [{{ move = \"100ms\" }}]"
        );
    }
    text
}

/// Sounds of 10 ms keep the file small.
fn sounds(folder: &Path) {
    std::fs::create_dir(folder).expect("it is writable");
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    for name in ["exercise", "rep", "tick", "tick-high"] {
        let path = folder.join(format!("{name}.wav"));
        let mut wav = hound::WavWriter::create(path, spec).expect("it is writable");
        (0..480).for_each(|at| wav.write_sample((at % 48 * 100) as i16).expect("it is writable"));
        wav.finalize().expect("it is writable");
    }
}

/// The most memory that rendering took, in bytes, and the number of frames.
fn render(home: &Path, from: &str) -> (u64, u32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcoach"));
    command.env_clear().current_dir(home).env("HOME", home);
    command.args(["render", "long.toml", "-o", "out.wav", "--from", from, "--sounds", "sounds"]);
    command.args(["--voice", "fake", "--guidance", "minimal", "--speed", "2"]);
    let mut child = command.stdin(Stdio::null()).spawn().expect("the program starts");
    let ended = child.wait4().expect("it is ours");
    assert!(ended.status.success());
    let out = home.join("out.wav");
    let frames = hound::WavReader::open(&out).expect("a WAV file").duration();
    std::fs::remove_file(out).expect("it is ours");
    (ended.rusage.maxrss, frames)
}

#[test]
fn memory_does_not_grow_with_the_length() {
    // The file is nearly a gigabyte: better on the disk that has the build than in a temporary folder in memory.
    let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    std::fs::write(home.path().join("long.toml"), routine()).expect("it is writable");
    sounds(&home.path().join("sounds"));
    let (little, few) = render(home.path(), "e9990");
    let (much, many) = render(home.path(), "e0");
    eprintln!("{many} frames took {} MiB, {few} frames {} MiB", much / MIB, little / MIB);
    assert!(many / few > 500, "{many} {few}");
    assert!(much < little + ALLOWED, "{much} bytes instead of {little}");
}
