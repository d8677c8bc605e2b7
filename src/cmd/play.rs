//! `play`: a routine through the sound output.

use std::sync::Arc;

use super::args::Score;
use super::live::{self, Outcome};
use super::notes::{self, Keeping};
use super::performer::Live;
use super::places::Places;
use super::settings::Settings;
use super::studio::Studio;
use super::{Failure, colours, interrupt, show};
use crate::awake::Awake;
use crate::library::{Found, Library};
use crate::plan::{Cursor, Plan};
use crate::play::{Session, device};

/// Finds a routine and plays it from its beginning or from `--from`.
pub fn run(
    library: &Library,
    routine: &str,
    score: Score,
    no_log: bool,
    places: Places,
) -> Result<(), Failure> {
    let mut settings = Settings::new(score, places)?;
    settings.notes = settings.notes.filter(|_| !no_log);
    let found = library.find(routine).map_err(Failure::failed)?;
    if let (Some(kept), None) = (&settings.notes, &settings.from) {
        notes::offer(&kept.place);
    }
    begin(&found, &settings)
}

/// Plays what was found.
pub fn begin(found: &Found, settings: &Settings) -> Result<(), Failure> {
    let routine = found.routine().map_err(|problems| Failure::failed(problems.render(colours())))?;
    let plan = Arc::new(Plan::new(&routine, settings.options));
    let from = settings.start(&plan)?;
    let mut keeping = Keeping::new(settings, found, &plan);
    let awake = Awake::begin();
    perform(plan, from, settings, |event| {
        awake.take(event);
        if let Some(keeping) = &mut keeping {
            keeping.take(event);
        }
    })
}

fn perform(
    plan: Arc<Plan>,
    from: Cursor,
    settings: &Settings,
    listen: impl FnMut(&crate::control::Event),
) -> Result<(), Failure> {
    let interrupted = interrupt::watch()?;
    // The voice begins to work while the output is being opened.
    let mut studio = Studio::open(settings, &plan, from)?;
    studio.look_ahead();
    let routine = plan.title().to_owned();
    let output = device::default_output().map_err(Failure::failed)?;
    let live = Live::new(studio, settings, plan.language())?;
    let session = Session::start(plan, from, live, output).map_err(Failure::failed)?;
    match live::run(session, &routine, &interrupted, listen).map_err(Failure::failed)? {
        Outcome::Finished | Outcome::Quit => Ok(()),
        Outcome::Interrupted => Err(Failure::Interrupted(String::new())),
        Outcome::Failed(why) => Err(Failure::Failed(why)),
    }
}

/// Opens the sound output and closes it again.
pub fn probe() -> Result<(), Failure> {
    show::print(&format!("{}\n", device::probe().map_err(Failure::failed)?))
}
