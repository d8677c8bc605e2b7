//! The media keys and panels of macOS and Windows, through souvlaki.
//!
//! Those systems speak to programs with an event loop: macOS to that of the main thread, Windows to the one of a window, which
//! is never shown. winit turns it, without waiting, whenever the panel is turned.

use std::time::Duration;

use crossbeam_channel::Sender;
use souvlaki::{
    MediaControlEvent, MediaControls, MediaMetadata, MediaPlayback, MediaPosition, PlatformConfig,
};
use winit::event_loop::EventLoop;
use winit::platform::pump_events::EventLoopExtPumpEvents;

use super::{Panel, Shown, decibels};
use crate::control::Command;
use crate::time::Millis;

#[cfg(target_os = "macos")]
#[path = "desktop/macos.rs"]
mod seat;
#[cfg(windows)]
#[path = "desktop/windows.rs"]
mod seat;

/// The system's panel, and the event loop that brings its commands.
pub struct System {
    // Before the seat: it belongs to that window.
    controls: MediaControls,
    seat: seat::Seat,
    events: EventLoop<()>,
    playing: bool,
    position: Duration,
}

impl System {
    /// Nothing where the system offers no event loop or no controls, as in a session over the network.
    pub fn start(commands: Sender<Command>) -> Option<Self> {
        // Without it there are no media keys: that is told by `doctor`, not in the middle of an exercise.
        Self::open(commands).ok()
    }

    fn open(commands: Sender<Command>) -> Result<Self, String> {
        let (mut events, mut seat) = seat::open()?;
        // The first turn is when a window can be made.
        events.pump_app_events(Some(Duration::ZERO), &mut seat);
        let hwnd = seat.window()?;
        let config = PlatformConfig { dbus_name: "floorcoach", display_name: "Floorcoach", hwnd };
        let mut controls = MediaControls::new(config).map_err(|error| error.to_string())?;
        let send = move |event| {
            if let Some(command) = command(&event) {
                // After the end nobody listens.
                let _ = commands.send(command);
            }
        };
        controls.attach(send).map_err(|error| error.to_string())?;
        Ok(Self { controls, seat, events, playing: false, position: Duration::ZERO })
    }

    fn tell(&mut self) {
        let progress = Some(MediaPosition(self.position));
        let playback = match self.playing {
            true => MediaPlayback::Playing { progress },
            false => MediaPlayback::Paused { progress },
        };
        // A panel that takes nothing any more is no reason to stop.
        let _ = self.controls.set_playback(playback);
    }
}

impl Panel for System {
    fn show(&mut self, shown: &Shown) {
        let metadata = MediaMetadata {
            title: Some(&shown.title),
            album: Some(&shown.album),
            artist: Some("Floorcoach"),
            duration: shown.length.map(|length| Duration::from_millis(length.get())),
            cover_url: None,
        };
        let _ = self.controls.set_metadata(metadata);
        self.playing = shown.playing;
        self.tell();
    }

    fn position(&mut self, position: Millis, _: bool) {
        self.position = Duration::from_millis(position.get());
        self.tell();
    }

    fn turn(&mut self) {
        self.events.pump_app_events(Some(Duration::ZERO), &mut self.seat);
    }
}

/// What a button stands for. "Stop" pauses, as on Linux: it may be a slip of the thumb.
fn command(event: &MediaControlEvent) -> Option<Command> {
    Some(match event {
        MediaControlEvent::Toggle => Command::TogglePause,
        MediaControlEvent::Play => Command::Play,
        MediaControlEvent::Pause | MediaControlEvent::Stop => Command::Pause,
        MediaControlEvent::Next => Command::Next,
        MediaControlEvent::Previous => Command::Previous,
        MediaControlEvent::Quit => Command::Quit,
        MediaControlEvent::SetVolume(volume) => Command::SetVolume { decibels: decibels(*volume) },
        // One cannot seek in a routine, and there is nothing to raise.
        _ => return None,
    })
}

/// Whether the system gives controls.
pub fn probe() -> Result<String, String> {
    let (commands, _) = crossbeam_channel::unbounded();
    System::open(commands)
        .map(|_| seat::NAME.to_owned())
        .map_err(|why| format!("no media controls ({why}); the keys of the terminal work"))
}
