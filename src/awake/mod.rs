//! Keeps the machine from falling asleep while it plays, and lets it when there has been a pause for a while.
//!
//! The system is an edge: whatever can be held. On Linux that is an inhibitor of the desktop's, elsewhere one of the
//! `keepawake` crate.

#[cfg(all(feature = "stay-awake", target_os = "linux"))]
#[path = "desktop.rs"]
mod system;
#[cfg(all(feature = "stay-awake", any(target_os = "macos", windows)))]
#[path = "power.rs"]
mod system;
#[cfg(not(all(feature = "stay-awake", any(target_os = "linux", target_os = "macos", windows))))]
#[path = "nobody.rs"]
mod system;

use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use crate::control::Event;

/// A pause of so long is no pause any more.
const PAUSE: Duration = Duration::from_secs(5 * 60);
/// Why the machine may not sleep, as its desktop shows it.
#[cfg(feature = "stay-awake")]
const REASON: &str = "An exercise routine is being played";
/// So long may a desktop take to answer `doctor`.
const PATIENCE: Duration = Duration::from_secs(3);

/// As long as this lives and plays, the machine stays awake, if there is somebody who can be asked for it.
pub struct Awake(Sender<bool>);

impl Awake {
    /// On a thread of its own, since a desktop may take long to answer. What cannot be done is no reason to say anything:
    /// where nobody can be asked there mostly is nobody either who would let the machine sleep.
    pub fn begin() -> Self {
        Self::over(PAUSE, || system::hold().ok())
    }

    /// The same over anything that can be held: let go after a pause of `pause`.
    pub fn over<T>(pause: Duration, hold: impl Fn() -> Option<T> + Send + 'static) -> Self {
        let (plays_in, plays) = crossbeam_channel::unbounded();
        // Without the thread nothing is kept awake; playing goes on.
        let _ = thread::Builder::new().name("awake".to_owned()).spawn(move || keep(&plays, pause, hold));
        Self(plays_in)
    }

    /// Takes what the session tells. A gate is a pause: whoever has gone away has left it waiting.
    pub fn take(&self, event: &Event) {
        let plays = match event {
            Event::Paused => false,
            Event::Resumed => true,
            Event::Now(now) => now.phase != "ready",
            _ => return,
        };
        let _ = self.0.send(plays);
    }
}

/// Holds for a moment, and tells who has granted it.
///
/// # Errors
/// Why nobody does, and what follows from that.
pub fn probe() -> Result<String, String> {
    let (sender, answer) = crossbeam_channel::bounded(1);
    let ask = move || drop(sender.send(system::hold().map(|held| held.by().to_owned())));
    let started = thread::Builder::new().name("awake".to_owned()).spawn(ask);
    let why = match started.map_err(|error| error.to_string()).map(|_| answer.recv_timeout(PATIENCE)) {
        Ok(Ok(Ok(by))) => return Ok(format!("the machine stays awake while it plays: {by}")),
        Ok(Ok(Err(why))) | Err(why) => why,
        Ok(Err(_)) => "the desktop does not answer".to_owned(),
    };
    Err(format!("the machine may fall asleep while it plays ({why}); see its settings for saving power"))
}

/// Holds something of `hold`'s from the beginning on, lets it go in a pause of `pause`, and holds it again after that.
fn keep<T>(plays: &Receiver<bool>, pause: Duration, hold: impl Fn() -> Option<T>) {
    let mut held = hold();
    let mut paused = false;
    loop {
        let next = match paused && held.is_some() {
            true => plays.recv_timeout(pause),
            false => plays.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match next {
            Ok(true) => {
                // Only after a pause: where it was refused, each beat would ask again.
                if paused && held.is_none() {
                    held = hold();
                }
                paused = false;
            }
            Ok(false) => paused = true,
            Err(RecvTimeoutError::Timeout) => held = None,
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Now;

    struct Held(Sender<&'static str>);

    impl Drop for Held {
        fn drop(&mut self) {
            let _ = self.0.send("let go");
        }
    }

    fn held(pause: Duration) -> (Awake, Receiver<&'static str>) {
        let (told_in, told) = crossbeam_channel::unbounded();
        let hold = move || {
            let _ = told_in.send("held");
            Some(Held(told_in.clone()))
        };
        (Awake::over(pause, hold), told)
    }

    #[test]
    fn a_pause_lets_go_and_going_on_holds_again() {
        let (awake, told) = held(Duration::ZERO);
        assert_eq!(told.recv(), Ok("held"));
        awake.take(&Event::Paused);
        assert_eq!(told.recv(), Ok("let go"));
        awake.take(&Event::Resumed);
        assert_eq!(told.recv(), Ok("held"));
        let gate = Now { phase: "ready", ..Now::default() };
        awake.take(&Event::Now(gate));
        assert_eq!(told.recv(), Ok("let go"));
        awake.take(&Event::Now(Now::default()));
        assert_eq!(told.recv(), Ok("held"));
        drop(awake);
        assert_eq!(told.recv(), Ok("let go"));
        assert!(told.recv().is_err());
    }

    #[test]
    fn a_short_pause_lets_nothing_go() {
        let (awake, told) = held(Duration::from_secs(3_600));
        for event in [Event::Paused, Event::Resumed, Event::Now(Now::default())] {
            awake.take(&event);
        }
        drop(awake);
        assert_eq!(told.iter().collect::<Vec<_>>(), ["held", "let go"]);
    }

    #[test]
    fn nobody_is_asked_twice_without_a_pause_between() {
        let (told_in, told) = crossbeam_channel::unbounded();
        let refuse = move || {
            let _ = told_in.send("refused");
            None::<()>
        };
        let awake = Awake::over(Duration::ZERO, refuse);
        for event in [Event::Now(Now::default()), Event::Paused, Event::Resumed, Event::Now(Now::default())] {
            awake.take(&event);
        }
        drop(awake);
        assert_eq!(told.iter().count(), 2);
    }
}
