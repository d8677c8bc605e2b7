//! The scheduler's thread: the state machine and what it is connected to.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, TrySendError};

use super::PUMP;
use super::keeper::{Trouble, Welcome};
use super::scheduler::{Outbox, Scheduler};
use super::source::{CueEvent, Shared};
use crate::control::{Command, Event};
use crate::plan::Plan;
use crate::timeline::{Clips, Missing};

/// A device that stands still is not waited for any longer when quitting.
const QUIT: Duration = Duration::from_millis(400);

/// What the scheduler is connected to.
pub struct Line {
    shared: Arc<Shared>,
    cues: Sender<CueEvent>,
    commands: Receiver<Command>,
    events: Sender<Event>,
    trouble: Receiver<Trouble>,
    welcome: Sender<Welcome>,
}

impl Line {
    pub const fn new(
        shared: Arc<Shared>,
        cues: Sender<CueEvent>,
        commands: Receiver<Command>,
        events: Sender<Event>,
        trouble: Receiver<Trouble>,
        welcome: Sender<Welcome>,
    ) -> Self {
        Self { shared, cues, commands, events, trouble, welcome }
    }

    /// Until the end of the session.
    pub fn run<C>(self, mut scheduler: Scheduler<Arc<Plan>, C>)
    where
        C: Clips<Error = Missing>,
    {
        let mut out = Outbox::default();
        let mut quitting: Option<Instant> = None;
        let mut wants_welcome = false;
        loop {
            scheduler.pump(self.shared.clock(), &mut out);
            if !self.flush(&scheduler, &mut out) {
                return self.tell_end();
            }
            if scheduler.is_over() {
                return;
            }
            if quitting.is_some_and(|since| since.elapsed() > QUIT) {
                scheduler.give_up(self.shared.clock(), &mut out);
                self.flush(&scheduler, &mut out);
                return;
            }
            if wants_welcome && let Some(welcome) = scheduler.welcome() {
                wants_welcome = false;
                let _ = self.welcome.send(welcome);
            }
            let command = crossbeam_channel::select! {
                recv(self.commands) -> command => command.unwrap_or(Command::Stop),
                recv(self.trouble) -> trouble => match trouble {
                    Ok(Trouble::Lost(why)) => {
                        wants_welcome = true;
                        let _ = self.events.send(Event::SoundLost(why));
                        continue;
                    }
                    Ok(Trouble::Back) => {
                        let _ = self.events.send(Event::SoundBack);
                        continue;
                    }
                    Ok(Trouble::Gone(why)) => return drop(self.events.send(Event::DeviceLost(why))),
                    Err(_) => return,
                },
                default(PUMP) => continue,
            };
            if matches!(command, Command::Quit | Command::Stop) {
                if quitting.is_some() {
                    // The channel is closed: do not spin on it.
                    std::thread::sleep(PUMP / 4);
                }
                quitting.get_or_insert_with(Instant::now);
            }
            scheduler.command(command, self.shared.clock(), &mut out);
        }
    }

    /// The audio thread has ended. From this thread, so that it is the last that is told.
    fn tell_end(&self) {
        if let Some(Trouble::Gone(why)) = self.trouble.try_iter().last() {
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
        self.shared.set_paused(scheduler.is_paused());
        self.shared.set_asides(scheduler.asides());
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
