//! Ctrl-C and a request to terminate, as a flag that is looked at between steps.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::{Failure, INTERRUPTED};

/// Whether the user wants to stop.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Does `action` on a thread of its own when the first signal comes: for what is being waited for.
///
/// # Errors
/// When the system takes no signal handler, or has no thread.
pub fn on_interrupt(action: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let fault = |error| Failure::failed(format!("cannot watch for Ctrl-C: {error}"));
    let until_signal = until_signal().map_err(fault)?;
    let wait = move || {
        until_signal();
        action();
    };
    // It ends with the process.
    thread::Builder::new().name("interrupt".to_owned()).spawn(wait).map(drop).map_err(fault)
}

/// What returns at the first signal from now on.
#[cfg(unix)]
fn until_signal() -> io::Result<impl FnOnce() + Send + 'static> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    Ok(move || {
        let _ = signals.forever().next();
    })
}

/// The same where a signal can set a flag and nothing more.
#[cfg(not(unix))]
fn until_signal() -> io::Result<impl FnOnce() + Send + 'static> {
    const TURN: std::time::Duration = std::time::Duration::from_millis(20);
    let interrupted = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register(signal, Arc::clone(&interrupted))?;
    }
    Ok(move || {
        while !interrupted.load(Ordering::Relaxed) {
            thread::sleep(TURN);
        }
    })
}

/// Starts watching. The first signal sets the flag; a second one, for the impatient, ends the process at once
/// (files that are being written have no name yet, so nothing half is left behind).
///
/// # Errors
/// When the system takes no signal handler.
pub fn watch() -> Result<Interrupt, Failure> {
    let interrupt = Interrupt::default();
    for signal in [SIGINT, SIGTERM] {
        // In this order: the shutdown looks at the flag before the same signal sets it.
        flag::register_conditional_shutdown(signal, INTERRUPTED.into(), Arc::clone(&interrupt.0))
            .and_then(|_| flag::register(signal, Arc::clone(&interrupt.0)))
            .map_err(|error| Failure::failed(format!("cannot watch for Ctrl-C: {error}")))?;
    }
    Ok(interrupt)
}
