//! A plan played live: a scheduler thread walks ahead, an audio thread owns the device, one source mixes.
//!
//! ```text
//! commands ─► scheduler thread ─cue events, bounded─► audio thread ─ring─► source, in the device's callback
//!             events ◄─┘ ▲───────────── clock, epoch, volume: atomics ──────────────▲
//! ```

mod ahead;
mod aloud;
pub mod device;
pub mod keeper;
mod line;
pub mod null;
mod open;
mod outlook;
mod placed;
pub mod recovery;
pub mod reply;
pub mod scheduler;
pub mod source;
mod spot;
mod tally;
mod words;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use thiserror::Error;

use self::keeper::{Keeper, Loss, Trouble, Welcome};
use self::line::Line;
use self::recovery::Passed;
use self::scheduler::Scheduler;
use self::source::{CueEvent, Shared, Source};
use crate::control::{Command, Event};
use crate::cue::Sound;
use crate::plan::{Cursor, Plan};
use crate::time::Millis;
use crate::timeline::{Background, Clips, Missing};

/// How often the scheduler looks at the clock.
const PUMP: Duration = Duration::from_millis(20);
/// Between two looks at a device no more time than this counts: the whole process may have been asleep.
const LONGEST_LOOK: Duration = Duration::from_millis(250);
/// How often the audio thread frees spent clips and looks after its device.
const TEND: Duration = Duration::from_millis(50);
/// Cue events between the two threads.
const CUES: usize = 64;

/// Where samples go. Made by the caller, used by the audio thread alone.
pub trait Output: Send {
    /// Silence that the device needs before the first sound, because it may lose its beginning.
    fn pre_roll(&self) -> Millis;

    /// Whether it takes samples by itself: then it is lost when it stands still.
    fn has_a_pace(&self) -> bool {
        true
    }

    /// When it is lost, another device is looked for so long.
    fn patience(&self) -> Millis {
        recovery::PATIENCE
    }

    /// Begins to pull samples from `source`, in realtime.
    ///
    /// # Errors
    /// When there is no device, or it cannot be used; nothing goes on then.
    fn start(&mut self, source: Source) -> Result<(), DeviceError>;

    /// Begins again with another source after the device was lost, so long ago. Returns within seconds.
    ///
    /// # Errors
    /// When there is none now; another attempt will follow.
    fn restart(&mut self, source: Source, _lost: Millis) -> Result<(), DeviceError> {
        self.start(source)
    }

    /// Whether the device has not said that it is gone. One that stands still is found by its source's meter.
    ///
    /// # Errors
    /// What has become of it.
    fn check(&mut self) -> Result<(), Loss>;

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
        mut clips: C,
        output: impl Output + 'static,
    ) -> Result<Self, DeviceError>
    where
        C: Clips<Error = Missing> + Send + 'static,
    {
        let (shared, background) = (Arc::<Shared>::default(), Background::of(&plan));
        let aside = clips.sound_clip(Sound::Volume);
        let (commands, commands_out) = crossbeam_channel::unbounded();
        let (events_in, events) = crossbeam_channel::unbounded();
        let (cues_in, cues) = crossbeam_channel::bounded(CUES);
        let (started_in, started) = crossbeam_channel::bounded(1);
        // What becomes of the device; closes when the audio thread ends, in whichever way.
        let (trouble_in, trouble) = crossbeam_channel::unbounded();
        let (welcome, welcomes) = crossbeam_channel::unbounded();

        let line = Line::new(Arc::clone(&shared), cues_in, commands_out, events_in.clone(), trouble, welcome);
        let mut session = Self { commands: Some(commands), events, threads: Vec::new() };
        let failures = events_in.clone();
        session.spawn("scheduler", failures, move || {
            line.run(Scheduler::new(plan, from, clips));
        })?;
        session.spawn("audio", events_in, move || {
            let keeper = match Keeper::start(output, shared, background, aside) {
                Ok(keeper) => keeper,
                Err(error) => return drop(started_in.send(Err(error))),
            };
            let _ = started_in.send(Ok(()));
            tend(keeper, &cues, &welcomes, &trouble_in);
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

/// The audio thread.
fn tend(
    mut keeper: Keeper<impl Output>,
    cues: &Receiver<CueEvent>,
    welcomes: &Receiver<Welcome>,
    trouble: &Sender<Trouble>,
) {
    let mut lap = Lap::new();
    loop {
        welcomes.try_iter().for_each(|welcome| keeper.prepare(welcome));
        if let Some(told) = keeper.turn(lap.next()) {
            let gone = matches!(told, Trouble::Gone(_));
            let _ = trouble.send(told);
            if gone {
                break;
            }
        }
        if !keeper.has_room() {
            std::thread::sleep(PUMP);
            continue;
        }
        match cues.recv_timeout(TEND) {
            Ok(cue) => keeper.send(cue),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    keeper.stop();
}

/// The time between two looks.
struct Lap {
    awake: Instant,
    wall: SystemTime,
}

impl Lap {
    fn new() -> Self {
        Self { awake: Instant::now(), wall: SystemTime::now() }
    }

    fn next(&mut self) -> Passed {
        let now = Self::new();
        let awake = (now.awake - self.awake).min(LONGEST_LOOK);
        // A clock that has been set back tells nothing.
        let wall = now.wall.duration_since(self.wall).unwrap_or(awake).max(awake);
        *self = now;
        let millis = |time: Duration| Millis::new(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        Passed { awake: millis(awake), wall: millis(wall) }
    }
}
