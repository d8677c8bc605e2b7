//! Runs a program once: text in, bytes out, never longer and never more than allowed, and nothing of it left
//! behind.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, at, never, select};
use shared_child::SharedChild;

/// How much of what a program says about itself goes into a message.
const STDERR_LINES: usize = 3;
const STDERR_BYTES: usize = 4_096;
/// How long the pipes of a killed program are waited for. They close at once unless something it started has
/// left its process group and still holds them; then their threads end with that.
const GRACE: Duration = Duration::from_secs(1);

/// What to run and within which bounds.
pub struct Run<'a> {
    pub program: &'a Path,
    pub arguments: Vec<OsString>,
    pub input: String,
    /// False: standard output is thrown away.
    pub keep_output: bool,
    /// The most bytes of standard output.
    pub limit: u64,
    pub timeout: Duration,
    pub cancel: &'a Cancel,
}

/// What a program that succeeded left.
#[derive(Debug)]
pub struct Finished {
    pub output: Vec<u8>,
    /// Its last lines.
    pub stderr: String,
}

#[derive(Debug)]
pub enum Failure {
    Start(io::Error),
    Exit {
        code: i32,
        stderr: String,
    },
    #[cfg_attr(not(unix), allow(dead_code, reason = "only Unix has signals"))]
    Killed {
        signal: i32,
        stderr: String,
    },
    Timeout {
        stderr: String,
    },
    TooMuch,
    Cancelled,
}

/// Ends all runs it was given to, now and later.
///
/// Nothing is ever sent: the message is that the sender is gone.
#[derive(Debug, Clone)]
pub struct Cancel {
    sender: Arc<Mutex<Option<Sender<()>>>>,
    receiver: Receiver<()>,
}

impl Default for Cancel {
    fn default() -> Self {
        let (sender, receiver) = crossbeam_channel::bounded(0);
        Self { sender: Arc::new(Mutex::new(Some(sender))), receiver }
    }
}

impl Cancel {
    pub fn cancel(&self) {
        *self.sender.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What the threads around a running program report; each of them once, as the last thing it does.
enum Report {
    Exited(io::Result<ExitStatus>),
    Output(Option<Vec<u8>>),
    Stderr(String),
}

/// Runs the program to its end.
///
/// Its input is written, its outputs are read and its end is awaited on threads of their own, so that no
/// order in which a program does these things can make it, or us, wait for ever.
///
/// # Errors
/// Every way in which it did not succeed. It has then been killed, with whatever it started.
pub fn run(run: Run<'_>) -> Result<Finished, Failure> {
    // A time limit beyond the end of the clock is none.
    let deadline = Instant::now().checked_add(run.timeout).map_or_else(never, at);
    let mut command = Command::new(run.program);
    command
        .args(&run.arguments)
        .stdin(Stdio::piped())
        .stdout(if run.keep_output { Stdio::piped() } else { Stdio::null() })
        .stderr(Stdio::piped());
    // A process group of its own: a wrapper script is killed together with the program it runs, and Ctrl-C
    // reaches us alone.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let child = Arc::new(SharedChild::spawn(&mut command).map_err(Failure::Start)?);

    let (report, reports) = crossbeam_channel::unbounded();
    let started = start_threads(&child, run.input, run.limit, &report);
    if let Err(error) = started {
        kill(&child);
        // It is a child of ours until it has been waited for.
        let _ = child.wait();
        return Err(Failure::Start(error));
    }

    let mut seen = Seen::default();
    let stopped = seen.collect(&reports, deadline, &run.cancel.receiver);
    if stopped.is_some() {
        kill(&child);
        let _ = seen.collect(&reports, crossbeam_channel::after(GRACE), &never());
    }
    let stderr = seen.stderr.unwrap_or_default();
    match stopped {
        Some(Stopped::Deadline) => Err(Failure::Timeout { stderr }),
        Some(Stopped::Cancelled) => Err(Failure::Cancelled),
        Some(Stopped::TooMuch) => Err(Failure::TooMuch),
        None => {
            let status = seen.exited.unwrap_or_else(|| Err(io::Error::other("its end was not seen")));
            judge(status.map_err(Failure::Start)?, seen.output.unwrap_or_default(), stderr)
        }
    }
}

fn start_threads(
    child: &Arc<SharedChild>,
    input: String,
    limit: u64,
    report: &Sender<Report>,
) -> io::Result<()> {
    let spawn = |work: Box<dyn FnOnce() + Send>| {
        thread::Builder::new().name("voice command".into()).spawn(work).map(drop)
    };
    // Sending fails only when nobody waits any more.
    let waited = (Arc::clone(child), report.clone());
    spawn(Box::new(move || drop(waited.1.send(Report::Exited(waited.0.wait())))))?;
    if let Some(mut stdin) = child.take_stdin() {
        // A program that does not want all of its input closes the pipe; its exit code says whether that was
        // well.
        spawn(Box::new(move || drop(stdin.write_all(input.as_bytes()))))?;
    }
    match child.take_stdout() {
        Some(stdout) => {
            let report = report.clone();
            spawn(Box::new(move || drop(report.send(Report::Output(read_at_most(stdout, limit))))))?;
        }
        None => drop(report.send(Report::Output(Some(Vec::new())))),
    }
    if let Some(stderr) = child.take_stderr() {
        let report = report.clone();
        spawn(Box::new(move || drop(report.send(Report::Stderr(last_lines(stderr))))))?;
    }
    Ok(())
}

#[derive(Default)]
struct Seen {
    exited: Option<io::Result<ExitStatus>>,
    output: Option<Vec<u8>>,
    stderr: Option<String>,
}

enum Stopped {
    Deadline,
    Cancelled,
    TooMuch,
}

impl Seen {
    /// Gathers reports until all are in, or until something ends the run before.
    fn collect(
        &mut self,
        reports: &Receiver<Report>,
        deadline: Receiver<Instant>,
        cancel: &Receiver<()>,
    ) -> Option<Stopped> {
        while self.exited.is_none() || self.output.is_none() || self.stderr.is_none() {
            select! {
                recv(reports) -> report => match report {
                    Ok(Report::Exited(status)) => self.exited = Some(status),
                    Ok(Report::Output(Some(bytes))) => self.output = Some(bytes),
                    Ok(Report::Output(None)) => {
                        self.output = Some(Vec::new());
                        return Some(Stopped::TooMuch);
                    }
                    Ok(Report::Stderr(text)) => self.stderr = Some(text),
                    Err(_) => return Some(Stopped::Cancelled),
                },
                recv(deadline) -> _ => return Some(Stopped::Deadline),
                recv(cancel) -> _ => return Some(Stopped::Cancelled),
            }
        }
        None
    }
}

fn kill(child: &SharedChild) {
    // The group may outlive its first program, whose id stays its name for as long.
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

fn judge(status: ExitStatus, output: Vec<u8>, stderr: String) -> Result<Finished, Failure> {
    if status.success() {
        return Ok(Finished { output, stderr });
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return Err(Failure::Killed { signal, stderr });
    }
    Err(Failure::Exit { code: status.code().unwrap_or(-1), stderr })
}

/// All of it, or nothing when it is more than `limit`.
fn read_at_most(from: impl Read, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // A broken pipe ends the output as its end does; the WAV tells whether it is whole.
    let _ = from.take(limit + 1).read_to_end(&mut bytes);
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// Reads to the end and keeps the last lines, on one line.
fn last_lines(mut from: impl Read) -> String {
    let mut kept = Vec::new();
    let mut piece = [0; STDERR_BYTES];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        kept.extend_from_slice(&piece[..length]);
        kept.drain(..kept.len().saturating_sub(STDERR_BYTES));
    }
    let text = String::from_utf8_lossy(&kept);
    let mut lines: Vec<&str> =
        text.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(STDERR_LINES).collect();
    lines.reverse();
    // A message is shown on a terminal: no escape sequences of others.
    lines.join(" / ").chars().filter(|letter| !letter.is_control()).collect()
}
