//! `check`: every problem of routine files at once.

use super::{Failure, colours, complain, exercises, show, tell, warn};
use crate::cue::Sound;
use crate::library::{Found, Library};
use crate::plan::{Options, Plan};
use crate::routine::{Routine, examine};
use crate::time::Frames;
use crate::timeline::{Lengths, Walk, What};
use crate::voice::{Speed, fake};

pub fn run(files: &[String], library: &Library) -> Result<(), Failure> {
    let mut all_good = true;
    for file in files {
        let checked = library.find(file).map_err(|error| error.to_string()).and_then(|found| {
            let routine = found.routine().map_err(|problems| problems.render(colours()))?;
            Ok((found, routine))
        });
        match checked {
            Ok((found, routine)) => report(&found, &routine)?,
            Err(message) => {
                all_good = false;
                complain(&message);
            }
        }
    }
    // Everything has been said already.
    if all_good { Ok(()) } else { Err(Failure::Failed(String::new())) }
}

fn report(found: &Found, routine: &Routine) -> Result<(), Failure> {
    let notes = examine(&String::from_utf8_lossy(&found.bytes), &found.label()).problems;
    if !notes.is_empty() {
        tell(&notes.render(colours()));
    }
    for overrun in overruns(routine) {
        warn(&format!("{}: {overrun}", found.label()));
    }
    let exercises = exercises(routine.exercises.len());
    show::print(&format!("{}: no problems, {exercises}\n", found.label()))
}

/// Words that will hardly fit their slot. Judged by estimated lengths, so that a check needs no voice.
fn overruns(routine: &Routine) -> Vec<String> {
    let plan = Plan::new(routine, Options::default());
    let (mut walk, mut cues) = (Walk::new(&plan, plan.start(), Frames::ZERO), Vec::new());
    let mut told: Vec<String> = Vec::new();
    while let Ok(Some(step)) = walk.step(&mut Estimate, &mut cues) {
        let words: Vec<String> = cues
            .drain(..)
            .filter_map(|cue| match cue.what {
                What::Speech(words) => Some(words),
                _ => None,
            })
            .collect();
        if step.overrun > Frames::ZERO {
            let id = step.place.exercise.and_then(|index| plan.exercises().get(index)).map_or("", |e| &e.id);
            let line = format!(
                "exercise `{id}`: “{}” takes about {:.1} s longer than the time given to it, which will be stretched",
                words.join(" "),
                step.overrun.millis().get() as f64 / 1_000.0
            );
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
    told
}

/// Lengths of words guessed from their letters.
struct Estimate;

impl Lengths for Estimate {
    type Error = std::convert::Infallible;

    fn speech(&mut self, words: &str) -> Result<Frames, Self::Error> {
        Ok(fake::estimate(words, Speed::NORMAL))
    }

    fn sound(&mut self, _: Sound) -> Frames {
        Frames::ZERO
    }
}
