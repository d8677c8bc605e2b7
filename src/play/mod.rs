//! A plan played live: a scheduler thread walks ahead, an audio thread owns the device, one source mixes.
//!
//! ```text
//! commands ─► scheduler thread ─cue events, bounded─► audio thread ─ring─► source, in the device's callback
//!             events ◄─┘ ▲───────────── clock, epoch, volume: atomics ──────────────▲
//! ```

mod ahead;
pub mod device;
pub mod null;
mod outlook;
pub mod scheduler;
pub mod source;
mod words;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError};
use thiserror::Error;

use self::scheduler::{Outbox, Scheduler};
use self::source::{CueEvent, Remote, Shared, Source};
use crate::control::{Command, Event};
use crate::plan::{Cursor, Plan};
use crate::time::Millis;
use crate::timeline::{Background, Clips, Missing};

/// How often the scheduler looks at the clock.
const PUMP: Duration = Duration::from_millis(20);
/// How often the audio thread frees spent clips and looks after its device.
const TEND: Duration = Duration::from_millis(50);
/// A device that stands still is not waited for any longer when quitting.
const QUIT: Duration = Duration::from_millis(150);
/// Cue events between the two threads.
const CUES: usize = 64;

/// Where samples go. Made by the caller, used by the audio thread alone.
pub trait Output: Send {
    /// Silence that the device needs before the first sound, because it may lose its beginning.
    fn pre_roll(&self) -> Millis;

    /// Begins to pull samples from `source`, in realtime.
    ///
    /// # Errors
    /// When there is no device, or it cannot be used; nothing goes on then.
    fn start(&mut self, source: Source) -> Result<(), DeviceError>;

    /// Whether the device still takes samples.
    ///
    /// # Errors
    /// What has become of it, as a message.
    fn check(&mut self) -> Result<(), String>;

    /// Ends. With `heard`, what was taken is heard first. Returns within 0.3 s whatever the device does.
    fn stop(&mut self, heard: bool);
}

/// Why nothing can be heard.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeviceError {
    #[error("there is no sound output: {0}; `floorcoach render` writes the routine to a file instead")]
    Missing(String),
    #[error(
        "the sound output `{name}` is busy: {why}; close the program that uses it, or take `floorcoach render` for a file"
    )]
    Busy { name: String, why: String },
    #[error(
        "the sound output `{name}` cannot be used: {why}; `floorcoach render` writes the routine to a file instead"
    )]
    Unusable { name: String, why: String },
    #[error(
        "this floorcoach was built without sound output; `floorcoach render` writes the routine to a file, or build it with `--features playback`"
    )]
    NotBuilt,
    #[error("the system gives no thread for playing: {0}")]
    Thread(String),
}

/// A plan being played.
#[derive(Debug)]
pub struct Session {
    commands: Option<Sender<Command>>,
    events: Receiver<Event>,
    threads: Vec<JoinHandle<()>>,
}

impl Session {
    /// Starts playing `plan` from `from` on `output`.
    ///
    /// # Errors
    /// When the output cannot be started.
    pub fn start<C>(
        plan: Arc<Plan>,
        from: Cursor,
        clips: C,
        output: impl Output + 'static,
    ) -> Result<Self, DeviceError>
    where
        C: Clips<Error = Missing> + Send + 'static,
    {
        let (remote, source) = source::source(output.pre_roll().frames());
        let source = source.over(Background::of(&plan));
        let (commands, commands_out) = crossbeam_channel::unbounded();
        let (events_in, events) = crossbeam_channel::unbounded();
        let (cues_in, cues) = crossbeam_channel::bounded(CUES);
        let (started_in, started) = crossbeam_channel::bounded(1);
        // Carries why the device was lost; closes when the audio thread ends, in whichever way.
        let (lost, audio_ended) = crossbeam_channel::bounded(1);

        let line = Line {
            shared: remote.shared(),
            cues: cues_in,
            commands: commands_out,
            events: events_in.clone(),
            audio_ended,
        };
        let mut session = Self { commands: Some(commands), events, threads: Vec::new() };
        let failures = events_in.clone();
        session.spawn("scheduler", failures, move || {
            line.run(Scheduler::new(plan, from, clips));
        })?;
        session.spawn("audio", events_in, move || {
            tend(output, source, remote, &cues, &started_in, &lost);
        })?;
        match started.recv() {
            Ok(Ok(())) => Ok(session),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(DeviceError::Unusable {
                name: "default".to_owned(),
                why: "the audio thread has ended".to_owned(),
            }),
        }
    }

    /// Asks for something. After the end, nobody listens.
    pub fn send(&self, command: Command) {
        if let Some(commands) = &self.commands {
            let _ = commands.send(command);
        }
    }

    /// What the session tells. Closed when it has ended.
    pub fn events(&self) -> &Receiver<Event> {
        &self.events
    }

    /// Quits if it still plays, and waits for the end.
    pub fn finish(self) {}

    fn spawn(
        &mut self,
        name: &str,
        failures: Sender<Event>,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<(), DeviceError> {
        let what = name.to_owned();
        let guarded = move || {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(work)) {
                let why = panic_message(panic.as_ref());
                let _ = failures.send(Event::Failed(format!("the {what} thread failed: {why}")));
            }
        };
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(guarded)
            .map_err(|error| DeviceError::Thread(error.to_string()))?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The scheduler takes a closed channel for a wish to quit.
        self.commands = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given")
}

/// The scheduler's thread: the state machine and what it is connected to.
struct Line {
    shared: Arc<Shared>,
    cues: Sender<CueEvent>,
    commands: Receiver<Command>,
    events: Sender<Event>,
    audio_ended: Receiver<String>,
}

impl Line {
    fn run<C>(self, mut scheduler: Scheduler<Arc<Plan>, C>)
    where
        C: Clips<Error = Missing>,
    {
        let mut out = Outbox::default();
        let mut quitting: Option<Instant> = None;
        loop {
            scheduler.pump(self.shared.clock(), &mut out);
            if !self.flush(&scheduler, &mut out) {
                return self.tell_loss(self.audio_ended.recv().ok());
            }
            if scheduler.is_over() {
                return;
            }
            if quitting.is_some_and(|since| since.elapsed() > QUIT) {
                scheduler.give_up(self.shared.clock(), &mut out);
                self.flush(&scheduler, &mut out);
                return;
            }
            let command = crossbeam_channel::select! {
                recv(self.commands) -> command => command.unwrap_or(Command::Quit),
                recv(self.audio_ended) -> why => return self.tell_loss(why.ok()),
                default(PUMP) => continue,
            };
            if command == Command::Quit {
                if quitting.is_some() {
                    // The channel is closed: do not spin on it.
                    std::thread::sleep(PUMP / 4);
                }
                quitting.get_or_insert_with(Instant::now);
            }
            scheduler.command(command, self.shared.clock(), &mut out);
        }
    }

    /// From this thread, so that it is the last that is told.
    fn tell_loss(&self, why: Option<String>) {
        if let Some(why) = why {
            let _ = self.events.send(Event::DeviceLost(why));
        }
    }

    /// Whether there still is an audio thread.
    fn flush<C>(&self, scheduler: &Scheduler<Arc<Plan>, C>, out: &mut Outbox) -> bool
    where
        C: Clips<Error = Missing>,
    {
        self.shared.begin_epoch(scheduler.epoch());
        self.shared.set_gain(scheduler.gain());
        for event in out.events.drain(..) {
            let _ = self.events.send(event);
        }
        while let Some(cue) = out.cues.pop_front() {
            match self.cues.try_send(cue) {
                Ok(()) => {}
                Err(TrySendError::Full(cue)) => {
                    out.cues.push_front(cue);
                    break;
                }
                Err(TrySendError::Disconnected(_)) => return false,
            }
        }
        true
    }
}

/// The audio thread: owns the device, feeds its source, frees what has been played.
fn tend(
    mut output: impl Output,
    source: Source,
    mut remote: Remote,
    cues: &Receiver<CueEvent>,
    started: &Sender<Result<(), DeviceError>>,
    lost: &Sender<String>,
) {
    let start = output.start(source);
    let failed = start.is_err();
    let _ = started.send(start);
    if failed {
        return;
    }
    let shared = remote.shared();
    let mut held: Option<CueEvent> = None;
    loop {
        if let Some(cue) = held.take()
            && !shared.is_stale(&cue)
        {
            held = remote.send(cue).err();
        }
        if let Err(why) = output.check() {
            let _ = lost.send(why);
            output.stop(false);
            return;
        }
        remote.reap();
        if held.is_some() {
            std::thread::sleep(PUMP);
            continue;
        }
        match cues.recv_timeout(TEND) {
            Ok(cue) => held = Some(cue),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    output.stop(true);
}
