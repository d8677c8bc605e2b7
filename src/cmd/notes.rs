//! A session's own notes: the log of what was done, and the place where it was left.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use super::order::length_name;
use super::settings::{Notes, Settings};
use super::warn;
use crate::control::Event;
use crate::journal::{Diary, Entry, Journal, Note, Place};
use crate::library::{Found, Origin};
use crate::plan::{Guidance, Plan};
use crate::time::Millis;

/// Listens to a session and writes down what has to be.
pub struct Keeping {
    to: Notes,
    plan: Arc<Plan>,
    diary: Diary,
    since: Instant,
    began: Timestamp,
    /// What to ask for when it is resumed; a routine from standard input cannot be.
    routine: Option<String>,
    name: String,
    length: String,
    guidance: String,
    /// One complaint is enough.
    told: bool,
}

impl Keeping {
    /// `None` where nothing is to be noted.
    pub fn new(settings: &Settings, found: &Found, plan: &Arc<Plan>) -> Option<Self> {
        Some(Self {
            to: settings.notes.clone()?,
            plan: Arc::clone(plan),
            diary: Diary::default(),
            since: Instant::now(),
            began: now(),
            routine: match &found.origin {
                Origin::BuiltIn => Some(found.name.clone()),
                Origin::File(path) => std::path::absolute(path).ok().map(|path| path.display().to_string()),
                Origin::Stdin => None,
            },
            name: found.name.clone(),
            length: length_name(settings.options.length).to_owned(),
            guidance: guidance_name(settings.options.guidance).to_owned(),
            told: false,
        })
    }

    /// Takes what the session tells.
    pub fn take(&mut self, event: &Event) {
        let at = Millis::new(u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX));
        for note in self.diary.take(event, at) {
            let outcome = match note {
                Note::Began(exercise) => self.keep_place(exercise),
                Note::Ended { exercise, outcome, lasted } => {
                    let entry = self.plan.exercises().get(exercise).map(|exercise| Entry {
                        when: now(),
                        session: self.began,
                        routine: self.name.clone(),
                        length: self.length.clone(),
                        exercise: exercise.id.clone(),
                        outcome,
                        seconds: (lasted.get() + 500) / 1_000,
                    });
                    let journal = Journal::new(self.to.log.clone());
                    entry.map_or(Ok(()), |entry| journal.append(&entry)).map_err(|error| error.to_string())
                }
                Note::Finished => Place::forget(&self.to.place).map_err(|error| error.to_string()),
            };
            if let Err(why) = outcome
                && !std::mem::replace(&mut self.told, true)
            {
                // No reason to stop the exercise.
                warn(&why);
            }
        }
    }

    fn keep_place(&self, exercise: usize) -> Result<(), String> {
        let (Some(routine), Some(exercise)) = (&self.routine, self.plan.exercises().get(exercise)) else {
            return Ok(());
        };
        let place = Place {
            when: now(),
            routine: routine.clone(),
            length: self.length.clone(),
            guidance: self.guidance.clone(),
            exercise: exercise.id.clone(),
            name: exercise.name.clone(),
        };
        place.write(&self.to.place).map_err(|error| error.to_string())
    }
}

/// Tells of a place that was kept, if there is one.
pub fn offer(place: &Path) {
    if let Ok(Some(place)) = Place::read(place) {
        warn(&format!("you stopped at {}; `floorcoach resume` goes on there", place.name));
    }
}

/// To the second: nobody needs more.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// As on the command line.
const fn guidance_name(guidance: Guidance) -> &'static str {
    match guidance {
        Guidance::Full => "full",
        Guidance::Brief => "brief",
        Guidance::Minimal => "minimal",
    }
}
