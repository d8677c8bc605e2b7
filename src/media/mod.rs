//! The system's media keys and its media panel: what is shown there, and the commands that come from there.
//!
//! The system is an edge: [`Panel`]. Whatever becomes of it, playing goes on: no desktop, no bus and a bus that hangs all
//! mean that there are no media keys, and nothing else.

#[cfg(all(feature = "media-keys", target_os = "linux"))]
#[path = "mpris.rs"]
mod system;
#[cfg(all(feature = "media-keys", any(target_os = "macos", windows)))]
#[path = "desktop.rs"]
mod system;
#[cfg(not(all(feature = "media-keys", any(target_os = "linux", target_os = "macos", windows))))]
#[path = "nobody.rs"]
mod system;

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender};

use crate::control::{Command, Event, Now};
use crate::time::{LONGEST, Millis};

/// How often the panel is told the time. Between, it counts by itself.
const REFRESH: Duration = Duration::from_millis(250);

/// What a panel shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The routine.
    pub album: String,
    /// The exercise, or what is between exercises.
    pub title: String,
    /// Changes with the title.
    pub track: u32,
    /// Of the whole routine, as soon as it is known.
    pub length: Option<Millis>,
    pub playing: bool,
    /// 1 is as it was made.
    pub volume: f64,
}

/// Where it is shown.
pub trait Panel {
    fn show(&mut self, shown: &Shown);

    /// Where in the whole routine it is; `jumped` where it did not come there by itself.
    fn position(&mut self, position: Millis, jumped: bool);

    /// Called many times a second, for those that bring commands only then.
    fn turn(&mut self) {}
}

/// Keeps a panel up to date, and brings the commands that are given there.
pub struct Media<P> {
    panel: Option<P>,
    commands: Receiver<Command>,
    shown: Shown,
    now: Option<Now>,
    /// When `now` was told, and when the panel was told the time.
    since: Instant,
    refreshed: Option<Instant>,
    position: Millis,
}

/// A panel of the running system.
pub use system::System;

impl Media<System> {
    /// Announces a routine to the desktop: never blocks and never fails. macOS speaks to the main thread alone, so this is to be
    /// called there and the panel to be kept there.
    pub fn connect(routine: &str, now: Instant) -> Self {
        Self::over(routine, now, System::start)
    }
}

impl<P: Panel> Media<P> {
    /// The same over any panel; `open` is given the way back for commands.
    pub fn over(routine: &str, now: Instant, open: impl FnOnce(Sender<Command>) -> Option<P>) -> Self {
        let (sender, commands) = crossbeam_channel::unbounded();
        let shown = Shown {
            album: routine.to_owned(),
            title: routine.to_owned(),
            track: 0,
            length: None,
            playing: true,
            volume: 1.0,
        };
        let mut panel = open(sender);
        if let Some(panel) = &mut panel {
            panel.show(&shown);
        }
        Self { panel, commands, shown, now: None, since: now, refreshed: None, position: Millis::ZERO }
    }

    /// The commands that came since the last call.
    pub fn commands(&self) -> impl Iterator<Item = Command> {
        self.commands.try_iter()
    }

    /// Takes in what a session tells.
    pub fn take(&mut self, event: &Event, at: Instant) {
        let mut shown = self.shown.clone();
        match event {
            Event::Now(now) => {
                // What comes after what was heard comes by itself.
                let jumped = self.now.as_ref().is_some_and(|before| now.position != before.end);
                shown.title = title(now, &shown.album);
                shown.playing = now.phase != "ready";
                self.now = Some(now.clone());
                self.since = at;
                self.tell_position(at, jumped);
            }
            Event::Total { frames, .. } => shown.length = Some(frames.millis()),
            Event::Paused => {
                shown.playing = false;
                self.tell_position(at, false);
            }
            Event::Resumed => {
                shown.playing = true;
                self.since = at;
                self.tell_position(at, true);
            }
            Event::Volume { decibels } => shown.volume = 10_f64.powf(f64::from(*decibels) / 20.0),
            Event::Finished | Event::Stopped { .. } => shown.playing = false,
            _ => return,
        }
        if shown.title != self.shown.title {
            shown.track += 1;
        }
        if shown != self.shown {
            self.shown = shown;
            if let Some(panel) = &mut self.panel {
                panel.show(&self.shown);
            }
        }
    }

    /// To be called every few hundredths of a second: some systems bring their commands then. Tells the panel the time now and then.
    pub fn turn(&mut self, at: Instant) {
        if let Some(panel) = &mut self.panel {
            panel.turn();
        }
        let due = self.refreshed.is_none_or(|before| at.saturating_duration_since(before) >= REFRESH);
        if self.shown.playing && due {
            self.tell_position(at, false);
        }
    }

    fn tell_position(&mut self, at: Instant, jumped: bool) {
        let Some(now) = &self.now else { return };
        self.refreshed = Some(at);
        let elapsed = at.saturating_duration_since(self.since).as_millis();
        let elapsed = Millis::new(u64::try_from(elapsed).unwrap_or(u64::MAX)).min(LONGEST);
        self.position = (now.position.millis() + elapsed).min(now.end.millis());
        if let Some(panel) = &mut self.panel {
            panel.position(self.position, jumped);
        }
    }
}

fn title(now: &Now, routine: &str) -> String {
    match (&now.name, &now.next) {
        (_, Some(next)) if ["rest", "position-change"].contains(&now.phase) => format!("Rest, next: {next}"),
        (Some(name), _) => name.clone(),
        (None, _) => routine.to_owned(),
    }
}

/// The decibels of a panel's volume; silence is as quiet as it gets.
#[cfg_attr(not(feature = "media-keys"), allow(dead_code, reason = "only panels have a volume"))]
fn decibels(volume: f64) -> i32 {
    const QUIETEST: f64 = -60.0;
    (20.0 * volume.max(0.0).log10()).clamp(QUIETEST, -QUIETEST).round() as i32
}

/// Whether there are media keys, and through what; otherwise why not. Takes two seconds at the most.
///
/// # Errors
/// What is missing.
pub fn probe() -> Result<String, String> {
    system::probe()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Fake {
        shown: Vec<Shown>,
        positions: Vec<(u64, bool)>,
    }

    impl Panel for Fake {
        fn show(&mut self, shown: &Shown) {
            self.shown.push(shown.clone());
        }

        fn position(&mut self, position: Millis, jumped: bool) {
            self.positions.push((position.get(), jumped));
        }
    }

    fn media(start: Instant) -> (Media<Fake>, Sender<Command>) {
        let mut way_back = None;
        let media = Media::over("Back", start, |commands| {
            way_back = Some(commands);
            Some(Fake::default())
        });
        (media, way_back.expect("a panel was opened"))
    }

    fn now(name: Option<&str>, phase: &'static str, from: u64, to: u64) -> Event {
        Event::Now(Now {
            name: name.map(str::to_owned),
            phase,
            position: Millis::from_secs(from).frames(),
            end: Millis::from_secs(to).frames(),
            next: Some("Bridge".to_owned()),
            ..Now::default()
        })
    }

    #[test]
    fn a_panel_shows_routine_exercise_state_and_time() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let (mut media, _) = media(start);
        for (event, millis) in [
            (now(None, "opening", 0, 5), 0),
            (Event::Total { frames: Millis::from_secs(300).frames(), exercises: 2 }, 10),
            (now(Some("Dog"), "hold", 5, 10), 5_000),
            (Event::Paused, 6_000),
            (Event::Resumed, 60_000),
            (now(Some("Dog"), "hold", 5, 10), 64_000),
            (Event::Volume { decibels: -6 }, 64_000),
            (now(Some("Dog"), "rest", 10, 20), 69_000),
            (now(Some("Bridge"), "ready", 20, 35), 79_000),
            (now(Some("Bridge"), "hold", 35, 40), 99_000),
            (Event::Finished, 100_000),
        ] {
            media.take(&event, at(millis));
        }
        let panel = media.panel.take().expect("it is there");
        let titles: Vec<(&str, bool)> =
            panel.shown.iter().map(|shown| (shown.title.as_str(), shown.playing)).collect();
        assert_eq!(
            titles,
            [
                ("Back", true),
                ("Back", true),
                ("Dog", true),
                ("Dog", false),
                ("Dog", true),
                ("Dog", true),
                ("Rest, next: Bridge", true),
                ("Bridge", false),
                ("Bridge", true),
                ("Bridge", false),
            ]
        );
        let last = panel.shown.last().expect("something was shown");
        assert_eq!((last.album.as_str(), last.length, last.track), ("Back", Some(Millis::from_secs(300)), 3));
        assert!((last.volume - 0.501).abs() < 0.001);
        let jumps: Vec<bool> = panel.positions.iter().map(|(_, jumped)| *jumped).collect();
        assert_eq!(jumps, [false, false, false, true, true, false, false, false]);
        assert_eq!(panel.positions[2], (6_000, false));
    }

    #[test]
    fn the_time_is_told_now_and_then_and_stands_still_in_a_pause() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let (mut media, _) = media(start);
        media.take(&now(Some("Dog"), "hold", 0, 5), start);
        (0..1_000).for_each(|turn| media.turn(at(turn)));
        media.take(&Event::Paused, at(1_000));
        (1_000..9_000).for_each(|turn| media.turn(at(turn)));
        let panel = media.panel.take().expect("it is there");
        let told: Vec<u64> = panel.positions.iter().map(|(millis, _)| *millis).collect();
        assert_eq!(told, [0, 250, 500, 750, 1_000]);
    }

    #[test]
    fn commands_come_back_and_volumes_are_decibels() {
        let (media, sender) = media(Instant::now());
        for command in [Command::Next, Command::TogglePause] {
            sender.send(command).expect("somebody listens");
        }
        assert_eq!(media.commands().collect::<Vec<_>>(), [Command::Next, Command::TogglePause]);
        assert_eq!([1.0, 0.5, 2.0, 0.0, -1.0, f64::NAN].map(decibels), [0, -6, 6, -60, -60, -60]);
    }
}
