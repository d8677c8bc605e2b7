//! The progress line: what now, which repetition, which side, how long still, what next.

use std::time::Instant;

use unicode_width::UnicodeWidthStr;

use crate::control::{Event, Now};
use crate::time::{Frames, Millis};

/// What is known for the line.
#[derive(Debug)]
pub struct View {
    now: Option<Now>,
    /// When `now` was told: in between, the clock on the wall goes on.
    since: Instant,
    total: Option<Frames>,
    paused: bool,
    waiting: bool,
    decibels: i32,
}

impl View {
    pub fn new() -> Self {
        Self { now: None, since: Instant::now(), total: None, paused: false, waiting: false, decibels: 0 }
    }

    /// Takes in what a session tells.
    pub fn take(&mut self, event: Event) {
        match event {
            Event::Now(now) => {
                self.now = Some(now);
                self.since = Instant::now();
                self.waiting = false;
            }
            Event::Total { frames, .. } => self.total = Some(frames),
            Event::Paused => self.paused = true,
            Event::Resumed => {
                self.paused = false;
                self.since = Instant::now();
            }
            Event::Waiting | Event::SoundLost(_) => self.waiting = true,
            Event::SoundBack => {
                self.waiting = false;
                self.since = Instant::now();
            }
            Event::Volume { decibels } => self.decibels = decibels,
            Event::Notice(_)
            | Event::Ended { .. }
            | Event::Failed(_)
            | Event::DeviceLost(_)
            | Event::Finished
            | Event::Stopped { .. } => {}
        }
    }

    /// The line, in no more than so many columns.
    pub fn line(&self, columns: usize) -> String {
        self.line_after(
            Millis::new(u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)),
            columns,
        )
    }

    /// The line so long after the last beat began.
    fn line_after(&self, elapsed: Millis, columns: usize) -> String {
        let Some(now) = &self.now else {
            return fitted(vec!["Getting ready …".to_owned()], columns);
        };
        let state = match (self.paused, self.waiting) {
            (true, _) => "⏸ ",
            (false, true) => "… ",
            (false, false) if now.phase == "ready" => "⏸ ",
            (false, false) => "▶ ",
        };
        let what = now.name.as_deref().unwrap_or(now.phase);
        let mut parts = vec![format!("{state}{what}")];
        if let (Some(rep), true) = (now.rep, now.reps > 0) {
            parts.push(format!("{rep}/{}", now.reps));
        }
        parts.extend(now.side.map(str::to_owned));
        if let Some(total) = self.total {
            let stands = self.paused || self.waiting || now.phase == "ready";
            let elapsed = match stands {
                true => Frames::ZERO,
                false => elapsed.min(crate::time::LONGEST).frames(),
            };
            let position = (now.position + elapsed).min(now.end);
            let seconds = (total.saturating_sub(position).millis().get() + 500) / 1_000;
            parts.push(format!("−{}:{:02}", seconds / 60, seconds % 60));
        }
        if now.name.is_some() {
            // A gate asks for what it waits for.
            parts.push(match now.phase {
                "ready" => "press space when you are ready".to_owned(),
                phase => phase.replace('-', " "),
            });
        }
        if self.decibels != 0 {
            parts.push(format!("{:+} dB", self.decibels));
        }
        parts.extend(now.next.as_ref().map(|next| format!("next: {next}")));
        fitted(parts, columns)
    }
}

/// As many parts as fit; the first one is shortened if even that does not.
fn fitted(parts: Vec<String>, columns: usize) -> String {
    const BETWEEN: &str = "  ";
    // The last column stays free: writing it wraps the line on some terminals.
    let columns = columns.saturating_sub(1);
    let mut line = String::new();
    for (nth, part) in parts.into_iter().enumerate() {
        if nth == 0 {
            line = shortened(part, columns);
        } else if line.width() + BETWEEN.width() + part.width() <= columns {
            line.push_str(BETWEEN);
            line.push_str(&part);
        } else {
            break;
        }
    }
    line
}

fn shortened(mut text: String, columns: usize) -> String {
    if text.width() <= columns {
        return text;
    }
    while text.width() + 1 > columns {
        if text.pop().is_none() {
            return String::new();
        }
    }
    text.push('…');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> View {
        let mut view = View::new();
        view.take(Event::Now(Now {
            exercise: Some(1),
            name: Some("Bird dog".to_owned()),
            set: Some(1),
            rep: Some(3),
            reps: 10,
            side: Some("left"),
            phase: "hold",
            position: Millis::from_secs(60).frames(),
            end: Millis::from_secs(65).frames(),
            next: Some("Bridge".to_owned()),
        }));
        view.take(Event::Total { frames: Millis::from_secs(200).frames(), exercises: 3 });
        view
    }

    #[test]
    fn tells_what_there_is_to_know() {
        assert_eq!(
            view().line_after(Millis::from_secs(2), 80),
            "▶ Bird dog  3/10  left  −2:18  hold  next: Bridge"
        );
        let mut view = view();
        view.take(Event::Paused);
        view.take(Event::Volume { decibels: -3 });
        assert_eq!(
            view.line_after(Millis::from_secs(50), 80),
            "⏸ Bird dog  3/10  left  −2:20  hold  -3 dB  next: Bridge"
        );
    }

    #[test]
    fn time_does_not_run_past_the_beat() {
        assert!(view().line_after(Millis::from_secs(3_600), 80).contains("−2:15"));
    }

    #[test]
    fn fits_any_width() {
        for columns in 0..80 {
            let line = view().line_after(Millis::ZERO, columns);
            assert!(line.width() <= columns.saturating_sub(1), "{columns}: {line}");
        }
        assert_eq!(view().line_after(Millis::ZERO, 10), "▶ Bird d…");
        assert_eq!(view().line_after(Millis::ZERO, 30), "▶ Bird dog  3/10  left  −2:20");
    }
}
