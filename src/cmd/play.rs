//! `play`: a routine through the sound output.

use std::sync::Arc;

use super::live::{self, Outcome};
use super::settings::Settings;
use super::studio::{Live, Studio};
use super::{Failure, interrupt, show};
use crate::plan::{Cursor, Plan};
use crate::play::{Session, device};

pub fn run(plan: Arc<Plan>, from: Cursor, settings: &Settings) -> Result<(), Failure> {
    let interrupted = interrupt::watch()?;
    // The voice begins to work while the output is being opened.
    let mut studio = Studio::open(settings, &plan, from)?;
    studio.look_ahead();
    let routine = plan.title().to_owned();
    let output = device::default_output().map_err(Failure::failed)?;
    let session = Session::start(plan, from, Live(studio), output).map_err(Failure::failed)?;
    match live::run(session, &routine, &interrupted).map_err(Failure::failed)? {
        Outcome::Finished | Outcome::Quit => Ok(()),
        Outcome::Interrupted => Err(Failure::Interrupted(String::new())),
        Outcome::Failed(why) => Err(Failure::Failed(why)),
    }
}

/// Opens the sound output and closes it again.
pub fn probe() -> Result<(), Failure> {
    show::print(&format!("{}\n", device::probe().map_err(Failure::failed)?))
}
