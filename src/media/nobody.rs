//! No media keys: on a system without them, or left out when the program was built.

use crossbeam_channel::Sender;

use super::{Panel, Shown};
use crate::control::Command;
use crate::time::Millis;

/// There is none.
pub enum System {}

impl System {
    /// Nothing, ever.
    pub fn start(_: Sender<Command>) -> Option<Self> {
        None
    }
}

impl Panel for System {
    fn show(&mut self, _: &Shown) {}

    fn position(&mut self, _: Millis, _: bool) {}
}

/// Why there are none.
pub fn probe() -> Result<String, String> {
    Err(if cfg!(feature = "media-keys") {
        "media keys are not supported on this system; the keys of the terminal work"
    } else {
        "this floorcoach was built without media keys; build it with `--features media-keys`"
    }
    .to_owned())
}
