//! `resume`: on with the exercise in which the last session was left.

use super::args::{GuidanceArg, Score};
use super::places::Places;
use super::settings::Settings;
use super::{Failure, play, warn};
use crate::journal::Place;
use crate::library::Library;

pub fn run(library: &Library, mut score: Score, no_log: bool, places: Places) -> Result<(), Failure> {
    let kept = match &places.place {
        Some(path) => Place::read(path).map_err(Failure::failed)?,
        None => None,
    };
    let Some(place) = kept else {
        return Err(Failure::failed(
            "there is nothing to resume: no routine was left unfinished; `floorcoach play` begins one",
        ));
    };
    // What is typed comes before what was.
    if !score.short && !score.full {
        (score.short, score.full) = (place.length == "short", place.length != "short");
    }
    score.guidance = score.guidance.or(match place.guidance.as_str() {
        "minimal" => Some(GuidanceArg::Minimal),
        "brief" => Some(GuidanceArg::Brief),
        _ => Some(GuidanceArg::Full),
    });
    let from = score.from.get_or_insert(place.exercise);
    warn(&format!("on with {from} of {}", place.routine));
    let mut settings = Settings::new(score, places)?;
    settings.notes = settings.notes.filter(|_| !no_log);
    let found = library.find(&place.routine).map_err(Failure::failed)?;
    play::begin(&found, &settings)
}
