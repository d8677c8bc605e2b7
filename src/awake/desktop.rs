//! Linux: an inhibitor of logind's (<https://systemd.io/INHIBITOR_LOCKS/>) or, where it gives none, of the desktop's own
//! screen saver (<https://specifications.freedesktop.org/idle-inhibit-spec/latest/>).

use futures_lite::future;
use zbus::{Connection, OwnedFd};

use super::REASON;

const WHO: &str = "Floorcoach";

/// What keeps the machine awake. Letting it go is closing it: nothing has to be answered.
pub enum Held {
    /// Open as long as the machine must not sleep.
    Logind(#[expect(dead_code, reason = "held")] OwnedFd, &'static str),
    /// The connection that has asked: a screen saver forgets whoever has gone.
    ScreenSaver(#[expect(dead_code, reason = "held")] Connection),
}

impl Held {
    /// Who has granted it.
    pub const fn by(&self) -> &'static str {
        match self {
            Self::Logind(_, by) => by,
            Self::ScreenSaver(_) => "the desktop's screen saver, on the session bus",
        }
    }
}

/// Asks for it. Blocks until there is an answer.
///
/// # Errors
/// Why nobody grants it.
pub fn hold() -> Result<Held, String> {
    future::block_on(async {
        let refused = match logind().await {
            Ok(held) => return Ok(held),
            Err(refused) => refused,
        };
        screen_saver().await.map_err(|error| format!("logind: {refused}; screen saver: {error}"))
    })
}

async fn logind() -> zbus::Result<Held> {
    let bus = Connection::system().await?;
    // Without a session of one's own (a remote one, a service) sleep may not be forbidden, but idling may.
    match inhibitor(&bus, "sleep:idle").await {
        Ok(held) => Ok(Held::Logind(held, "logind, sleep and idle")),
        Err(zbus::Error::MethodError(..) | zbus::Error::FDO(_)) => {
            Ok(Held::Logind(inhibitor(&bus, "idle").await?, "logind, idle alone"))
        }
        Err(error) => Err(error),
    }
}

async fn inhibitor(bus: &Connection, what: &str) -> zbus::Result<OwnedFd> {
    let answer = bus
        .call_method(
            Some("org.freedesktop.login1"),
            "/org/freedesktop/login1",
            Some("org.freedesktop.login1.Manager"),
            "Inhibit",
            &(what, WHO, REASON, "block"),
        )
        .await?;
    answer.body().deserialize()
}

async fn screen_saver() -> zbus::Result<Held> {
    let bus = Connection::session().await?;
    bus.call_method(
        Some("org.freedesktop.ScreenSaver"),
        "/org/freedesktop/ScreenSaver",
        Some("org.freedesktop.ScreenSaver"),
        "Inhibit",
        &(WHO, REASON),
    )
    .await?;
    Ok(Held::ScreenSaver(bus))
}
