//! The parts of a section → sentences, and what they state together.

use super::dose::Dose;
use super::exercise::{LeftOut, Sentence};
use super::lexicon::{Lexicon, Role, tag};
use super::mark::Mark;
use super::reading::{each_of_many, read_tokens};
use super::section::Part;
use super::sentence::{instruction, is_physical};
use super::token::{sentences, tokens};

/// The sentences of the parts that belong to the exercise as it is done, and its dose.
pub struct Read {
    pub sentences: Vec<Sentence>,
    pub dose: Dose,
    pub needs: Vec<String>,
    pub physical: usize,
    /// So many of its sentences tell to move, be it the body or something else.
    pub verbs: usize,
    pub asides: Vec<LeftOut>,
    /// What is said for all exercises.
    pub everywhere: Dose,
}

pub fn read_parts(parts: &[Part], lexicon: &Lexicon) -> Read {
    let mut all = Read {
        everywhere: Dose::default(),
        sentences: Vec::new(),
        dose: Dose::default(),
        needs: Vec::new(),
        physical: 0,
        verbs: 0,
        asides: Vec::new(),
    };
    let mut fingers = false;
    for part in parts {
        match part.role {
            Some(Role::Nothing) => continue,
            Some(Role::Aside) => {
                let left = LeftOut {
                    line: part.line,
                    text: part.text.clone(),
                    why: "not part of the exercise itself",
                };
                all.asides.push(left);
                continue;
            }
            Some(Role::Needs) => {
                all.needs.extend(lexicon.equipment(&part.text).into_iter().map(str::to_owned));
                continue;
            }
            _ => {}
        }
        let amount_only = matches!(
            part.role,
            Some(
                Role::Dose
                    | Role::Sets
                    | Role::Reps
                    | Role::Hold
                    | Role::Duration
                    | Role::Rest
                    | Role::Sides
                    | Role::Frequency
            )
        );
        for range in sentences(&part.text, lexicon) {
            let Some(text) = part.text.get(range) else { continue };
            if is_menu(text) {
                continue;
            }
            let words = tokens(text, lexicon);
            let mut reading = read_tokens(text, &words, part.line, part.role, lexicon);
            let physical = !amount_only && is_physical(text, &words, lexicon);
            let told = reading.is_dose() || !reading.marks.is_empty();
            // "Ten of them, and you can do these anywhere" is about this one.
            let later = |place: usize| {
                let start = text.get(..place).unwrap_or("");
                start.contains(',')
                    && reading.is_dose()
                    && reading.stated.iter().all(|(_, stated)| start.contains(&stated.words))
            };
            let everywhere = || lexicon.everywhere_at(text).is_some_and(|place| !later(place));
            if told && !amount_only && everywhere() {
                all.everywhere.add(&reading);
                continue;
            }
            let physical = physical && !lexicon.is_remedy(text);
            all.physical += usize::from(physical);
            // "Bend each finger. 5 times each": of fingers there are more than two.
            if !words.iter().any(|t| t.is(tag::SIDE)) && fingers {
                reading.marks.retain(|mark| *mark != Mark::Each);
            }
            fingers |= each_of_many(&words);
            // "Use an ice pack for 10 minutes" is not held.
            if physical || !told || !lexicon.is_remedy(text) {
                all.dose.add(&reading);
            }
            let verb = if amount_only { None } else { instruction(&words) };
            all.verbs +=
                usize::from(verb.is_some_and(|verb| verb & tag::PHYSICAL != 0 && verb & tag::WEAK == 0));
            all.sentences.push(Sentence {
                text: text.to_owned(),
                line: part.line,
                reading,
                verb,
                physical,
                describes: words.iter().any(|t| t.is(tag::BEING)),
            });
        }
    }
    all
}

/// "Home » Movement » Week 9": where on a site the page is, or where else to go.
fn is_menu(text: &str) -> bool {
    [" · ", " » ", " › ", " | "].iter().any(|sign| text.matches(sign).nth(1).is_some())
}
