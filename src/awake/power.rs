//! macOS and Windows: a power assertion.

use keepawake::{Builder, KeepAwake};

use super::REASON;

/// What keeps the machine awake until it is dropped.
pub struct Held(#[expect(dead_code, reason = "held")] KeepAwake);

impl Held {
    /// Who has granted it.
    pub const fn by(&self) -> &'static str {
        "the system, sleep and idle"
    }
}

/// Asks for it.
///
/// # Errors
/// Why it is not granted.
pub fn hold() -> Result<Held, String> {
    // The display may go dark: nobody looks at it.
    let mut builder = Builder::default();
    builder.idle(true).sleep(true).reason(REASON).app_name("Floorcoach").app_reverse_domain("floorcoach");
    builder.create().map(Held).map_err(|error| error.to_string())
}
