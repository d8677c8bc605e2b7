//! What a page says once for several exercises: for all of them, or for those below one heading.

use super::dose::Dose;
use super::exercise::Exercise;
use super::gather::Read;
use super::lexicon::{Lexicon, tag};
use super::reading::Field;
use super::section::Section;

/// What has been said so far.
#[derive(Default)]
pub struct General {
    page: Dose,
    group: Option<Group>,
}

/// What is said below a heading for those below smaller ones: "Complete 2 sets of the following".
struct Group {
    level: u8,
    dose: Dose,
    /// The first exercise below it.
    first: usize,
}

impl General {
    /// Begins a section: a heading as large as that of the group ends it, and its exercises are given what was said.
    pub fn enter(&mut self, section: &Section, exercises: &mut [Exercise], lexicon: &Lexicon) {
        let level = section.head.as_ref().and_then(|head| head.level);
        if level.zip(self.group.as_ref()).is_some_and(|(level, group)| level <= group.level) {
            self.close(exercises, lexicon);
        }
    }

    /// Ends the last group.
    pub fn close(&mut self, exercises: &mut [Exercise], lexicon: &Lexicon) {
        if let Some(group) = self.group.take() {
            exercises.iter_mut().skip(group.first).for_each(|exercise| fill(exercise, &group.dose, lexicon));
        }
    }

    /// Gives an exercise what was said for all.
    pub fn complete(&self, exercise: &mut Exercise, lexicon: &Lexicon) {
        fill(exercise, &self.page, lexicon);
    }

    /// Within an exercise: "do all of these exercises ten times".
    pub fn widen(&mut self, dose: &Dose) {
        self.page.widen(dose);
    }

    /// Takes what a section that is no exercise says of others; `next` is the one below it, and `known` how many exercises
    /// there are so far.
    pub fn note(
        &mut self,
        section: &Section,
        read: &Read,
        next: Option<&Section>,
        known: usize,
        lexicon: &Lexicon,
    ) {
        let level = |section: &Section| section.head.as_ref().and_then(|head| head.level);
        let own = level(section).filter(|level| *level > 1);
        let below =
            next.is_some_and(|next| next.head.is_some() && level(next).is_none_or(|next| Some(next) > own));
        match own.filter(|_| below) {
            None => say(read, &mut self.page, lexicon),
            Some(level) => {
                let mut dose = Dose::default();
                say(read, &mut dose, lexicon);
                if !dose.is_empty() {
                    self.group = Some(Group { level, dose, first: known });
                }
            }
        }
    }
}

fn fill(exercise: &mut Exercise, dose: &Dose, lexicon: &Lexicon) {
    exercise.dose.fill(dose, !lexicon.moves(&exercise.name), exercise.still);
}

/// "Repeat each exercise ten times" holds for all that say nothing themselves.
fn say(read: &Read, dose: &mut Dose, lexicon: &Lexicon) {
    let mut line = None;
    for sentence in &read.sentences {
        // "Hold each one for a second. Do 20 repetitions": what the paragraph says then is about all of them, too.
        let goes_on = line == Some(sentence.line)
            && !sentence.physical
            && sentence
                .verb
                .is_some_and(|verb| verb & (tag::REPEAT | tag::HOLD | tag::REST | tag::WEAK) != 0);
        // "40 s on, 20 s off, 3 rounds"
        let interval = sentence.text.len() < 60
            && sentence.reading.get(Field::Duration).is_some()
            && sentence.reading.get(Field::Rest).is_some();
        let all = goes_on || interval || lexicon.is_everywhere_outside(&sentence.text);
        if sentence.reading.is_dose() && all {
            dose.add(&sentence.reading);
            line = Some(sentence.line);
        }
        // "Do the exercises twice a day. Start with 5 repetitions and build up to 10."
        if sentence.reading.get(Field::Frequency).is_some() && lexicon.is_everywhere_outside(&sentence.text) {
            line = Some(sentence.line);
        }
    }
}
