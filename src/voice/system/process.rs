//! The helper as a process of its own: this program, started once more.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::line::{Order, Report};
use super::mouth::Helper;
use super::{Manner, missing};
use crate::time::Millis;
use crate::voice::VoiceError;

/// So long may it take to fall silent and end by itself.
const END: Duration = Duration::from_millis(300);

/// A running helper; it falls silent and ends with this.
pub struct Process {
    child: Child,
    orders: Option<ChildStdin>,
    reports: Receiver<Report>,
    gone: bool,
}

impl Process {
    /// Starts it. `program` gets the arguments that [`super::helper::arguments`] makes of `manner` after `first`.
    ///
    /// # Errors
    /// When the system starts no process or thread.
    pub fn start(mut program: Command, manner: &Manner) -> Result<Self, VoiceError> {
        program.args(super::helper::arguments(manner));
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        // Ctrl-C is for the program: the helper would die without falling silent.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut program, 0);
        let mut child = program.spawn().map_err(|error| missing(error.to_string()))?;
        let (told, reports) = crossbeam_channel::unbounded();
        let (orders, lines) = (child.stdin.take(), child.stdout.take());
        let read = move || {
            for line in lines.into_iter().flat_map(|lines| BufReader::new(lines).lines()) {
                let Ok(line) = line else { break };
                if let Some(report) = Report::read(&line)
                    && told.send(report).is_err()
                {
                    break;
                }
            }
            let _ = told.send(Report::Gone);
        };
        let reader = thread::Builder::new().name("system voice".to_owned()).spawn(read);
        let mut process = Self { child, orders, reports, gone: false };
        if let Err(error) = reader {
            process.kill();
            return Err(missing(error.to_string()));
        }
        Ok(process)
    }
}

impl Helper for Process {
    fn order(&mut self, order: &Order) {
        // Far smaller than the pipe's buffer, and the helper has a thread that does nothing but read: this does not block.
        let sent = self.orders.as_mut().map(|orders| writeln!(orders, "{}", order.to_line()));
        self.gone |= !matches!(sent, Some(Ok(())));
    }

    fn report(&mut self) -> Option<Report> {
        let next = self.reports.try_recv().ok();
        next.or_else(|| self.gone.then_some(Report::Gone))
    }

    fn wait(&mut self, patience: Millis) -> Option<Report> {
        self.reports.recv_timeout(Duration::from_millis(patience.get())).ok()
    }

    fn kill(&mut self) {
        self.gone = true;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The end of its orders is an order: it stops what is being said, and ends.
        self.orders = None;
        let since = Instant::now();
        while since.elapsed() < END {
            match self.child.try_wait() {
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                _ => return,
            }
        }
        self.kill();
    }
}
