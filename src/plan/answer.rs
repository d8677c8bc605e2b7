//! What is said in answer to a command: where the listener is, and where it goes on.
//!
//! Several short sentences rather than a long one: the first can be heard while the next is being made.

use super::{Content, Cursor, Guidance, Place, Plan, Section, phrase};
use crate::routine::Exercise;
use crate::time::Millis;

impl Plan {
    /// In answer to a pause.
    pub fn tells_paused(&self) -> String {
        phrase::PAUSED.to_owned()
    }

    /// In answer to pain.
    pub fn tells_hurt(&self) -> String {
        if self.speaks() { phrase::HURTS } else { phrase::HURTS_BRIEFLY }.to_owned()
    }

    /// The way to an exercise, where nothing else would tell it.
    pub fn tells_next(&self, to: Section) -> Option<String> {
        match to {
            Section::Transition(index) if !self.speaks() => {
                self.exercises.get(index).map(|exercise| phrase::next(&exercise.name))
            }
            _ => None,
        }
    }

    /// Where it goes on after a pause: "Back to bird dog, repetition four, left side."
    pub fn tells_back(&self, at: Cursor) -> String {
        let (exercise, place) = match self.there(at) {
            Some(there) if there.1.phase != "set-rest" => there,
            Some(_) => return phrase::BACK_TO_REST.to_owned(),
            None if matches!(at.section, Section::Transition(_)) => return phrase::BACK_TO_REST.to_owned(),
            None => return phrase::GOING_ON.to_owned(),
        };
        let parts = self.parts(exercise, place, false);
        match self.speaks() || parts.is_empty() {
            true => phrase::back_to(&exercise.name, &parts),
            false => phrase::together(&parts),
        }
    }

    /// Where it is, and how long it still takes: "Exercise three of seven: bird dog." "Repetition four of ten, left side."
    /// "About six minutes left."
    pub fn tells_where(&self, at: Cursor, left: Option<Millis>) -> Vec<String> {
        let mut says: Vec<String> = self.tells_exercise(at.section).into_iter().collect();
        if let Some((exercise, place)) = self.there(at) {
            match (place.phase, place.set) {
                ("set-rest", Some(set)) => says.push(phrase::rest_before_set(set, exercise.sets)),
                _ => says.push(phrase::together(&self.parts(exercise, place, true))),
            }
        }
        says.extend(left.map(phrase::about_left));
        says.retain(|words| !words.is_empty());
        says
    }

    /// The first sentence of [`Self::tells_where`], which is the same throughout a section.
    pub fn tells_exercise(&self, section: Section) -> Option<String> {
        let of = count(self.exercises.len());
        let name = |index: usize| self.exercises.get(index).map(|exercise| exercise.name.as_str());
        match section {
            Section::Opening => Some(phrase::AT_THE_OPENING.to_owned()),
            Section::Closing => Some(phrase::AT_THE_CLOSING.to_owned()),
            Section::Exercise(index) => {
                name(index).map(|name| phrase::exercise_of(count(index + 1), of, name))
            }
            Section::Transition(index) => {
                name(index).map(|name| phrase::rest_before(count(index + 1), of, name))
            }
        }
    }

    /// Whether a beat is work that one cannot jump into: it wants to be led into by ticks.
    pub fn is_work(&self, at: Cursor) -> bool {
        const WORK: [&str; 5] = ["hold", "timed", "move", "breathe-in", "breathe-out"];
        self.beat(at).is_some_and(|beat| {
            let lasts =
                matches!(beat.content, Content::Grid { .. } | Content::Slot { .. } | Content::Stretched(..));
            lasts && WORK.contains(&beat.place.phase)
        })
    }

    fn speaks(&self) -> bool {
        self.guidance >= Guidance::Brief
    }

    /// The exercise that is being done at a place, and the place in it.
    fn there(&self, at: Cursor) -> Option<(&Exercise, Place)> {
        let Section::Exercise(index) = at.section else {
            return None;
        };
        Some((self.exercises.get(index)?, self.beat(at)?.place))
    }

    /// Set, repetition and side, as far as there is more than one of each.
    fn parts(&self, exercise: &Exercise, place: Place, of: bool) -> Vec<String> {
        let reps = place.exercise.and_then(|index| self.reps(index));
        let set = place.set.filter(|_| exercise.sets > 1);
        let set = set.map(|set| phrase::number_of("set", set, of.then_some(exercise.sets)));
        let rep = place.rep.map(|rep| phrase::number_of("repetition", rep, reps.filter(|_| of)));
        [set, rep, place.side.map(phrase::side_of)].into_iter().flatten().collect()
    }
}

/// No routine has so many exercises that this cuts.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
