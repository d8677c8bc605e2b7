//! MPRIS, the media interface of Linux desktops, over D-Bus: <https://specifications.freedesktop.org/mpris-spec/latest/>.
//!
//! Everything happens on one thread of its own, so that a bus that is slow or dead is nobody else's trouble.

use std::process;
use std::thread;
use std::time::Duration;

use async_channel::{Receiver, Sender};
use crossbeam_channel::Sender as Commands;
use futures_lite::future;
use mpris_server::zbus::{self, Connection};
use mpris_server::{Metadata, PlaybackStatus, Player, Time, TrackId};

use super::{Panel, Shown, decibels};
use crate::control::Command;
use crate::time::Millis;

/// So long may a bus take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

enum Update {
    Show(Shown),
    Position(Millis, bool),
}

/// The way to the thread that serves the bus. It ends when this is dropped.
pub struct System(Sender<Update>);

impl System {
    /// Nothing where the system gives no thread. A bus that is missing is noticed later, and means silence.
    pub fn start(commands: Commands<Command>) -> Option<Self> {
        let (sender, updates) = async_channel::unbounded();
        let serve = move || {
            // Without a bus there are no media keys: that is told by `doctor`, not in the middle of an exercise.
            let _ = future::block_on(serve(&commands, &updates));
        };
        thread::Builder::new().name("media keys".to_owned()).spawn(serve).ok()?;
        Some(Self(sender))
    }
}

impl Panel for System {
    fn show(&mut self, shown: &Shown) {
        // A thread that has ended listens no more.
        let _ = self.0.try_send(Update::Show(shown.clone()));
    }

    fn position(&mut self, position: Millis, jumped: bool) {
        let _ = self.0.try_send(Update::Position(position, jumped));
    }
}

async fn serve(commands: &Commands<Command>, updates: &Receiver<Update>) -> zbus::Result<()> {
    // Several may play at once: the specification asks for a name of its own for each.
    let name = format!("floorcoach.instance{}", process::id());
    let player = Player::builder(&name)
        .identity("Floorcoach")
        .can_quit(true)
        .can_play(true)
        .can_pause(true)
        .can_go_next(true)
        .can_go_previous(true)
        .can_seek(false)
        .can_control(true)
        .playback_status(PlaybackStatus::Playing)
        .build()
        .await?;
    connect(&player, commands);
    future::or(
        async {
            player.run().await;
            Ok(())
        },
        follow(&player, updates),
    )
    .await
}

/// Every method and property to its command. "Stop" pauses: it may be a slip of the thumb, and there is no way back from an
/// end for someone who lies on the floor.
fn connect(player: &Player, commands: &Commands<Command>) {
    let send = |command: Command| {
        let commands = commands.clone();
        move |_: &Player| {
            // After the end nobody listens.
            let _ = commands.send(command);
        }
    };
    player.connect_play_pause(send(Command::TogglePause));
    player.connect_play(send(Command::Play));
    player.connect_pause(send(Command::Pause));
    player.connect_stop(send(Command::Pause));
    player.connect_next(send(Command::Next));
    player.connect_previous(send(Command::Previous));
    player.connect_quit(send(Command::Quit));
    let commands = commands.clone();
    player.connect_set_volume(move |_, volume| {
        let _ = commands.send(Command::SetVolume { decibels: decibels(volume) });
    });
}

/// Shows what is to be shown until there is nobody who would tell more.
async fn follow(player: &Player, updates: &Receiver<Update>) -> zbus::Result<()> {
    while let Ok(update) = updates.recv().await {
        match update {
            Update::Show(shown) => {
                player.set_metadata(metadata(&shown)).await?;
                let status = if shown.playing { PlaybackStatus::Playing } else { PlaybackStatus::Paused };
                player.set_playback_status(status).await?;
                player.set_volume(shown.volume).await?;
            }
            Update::Position(position, jumped) => {
                player.set_position(time(position));
                if jumped {
                    player.seeked(time(position)).await?;
                }
            }
        }
    }
    Ok(())
}

fn metadata(shown: &Shown) -> Metadata {
    let mut metadata = Metadata::builder()
        .title(shown.title.clone())
        .album(shown.album.clone())
        .artist(["Floorcoach"])
        .trackid(track(shown.track))
        .build();
    metadata.set_length(shown.length.map(time));
    metadata
}

fn track(number: u32) -> TrackId {
    format!("/org/floorcoach/track/{number}").try_into().unwrap_or(TrackId::NO_TRACK)
}

fn time(millis: Millis) -> Time {
    Time::from_millis(i64::try_from(millis.get()).unwrap_or(i64::MAX))
}

/// Connects to the session bus, and tells by which name.
pub fn probe() -> Result<String, String> {
    let (sender, answer) = crossbeam_channel::bounded(1);
    let ask = move || {
        let connection = future::block_on(Connection::session());
        let _ = sender.send(connection.map(|_| ()).map_err(|error| error.to_string()));
    };
    let started = thread::Builder::new().name("media keys".to_owned()).spawn(ask);
    started.map_err(|error| format!("the system gives no thread for media keys: {error}"))?;
    match answer.recv_timeout(PATIENCE) {
        Ok(Ok(())) => Ok("MPRIS, on the session bus".to_owned()),
        Ok(Err(why)) => Err(format!("no session bus ({why}); media keys need a desktop session")),
        Err(_) => Err("the session bus does not answer; media keys need one that does".to_owned()),
    }
}
