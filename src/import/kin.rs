//! Sections that tell neither what to do nor how much, but are set off like the exercises around them: "**Toe spreads** – my
//! favourite" between names in bold that instruct.

use std::collections::HashMap;

use super::gather::Read;
use super::lexicon::{Lexicon, tag};
use super::section::Section;
use super::sentence::traits;
use super::title::SetOff;
use super::token::{Kind, tokens};

/// How many exercises make a form the form of exercises, whatever one of that form says.
const ENOUGH: usize = 3;
/// The words of such a name.
const LONGEST: usize = 6;

/// What is set off in the same way, below the same heading about several.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Form {
    set_off: SetOff,
    group: String,
}

impl Form {
    pub fn of(section: &Section) -> Option<Self> {
        let head = section.head.as_ref().filter(|head| !head.several)?;
        let set_off = head.set_off.filter(|set_off| *set_off != SetOff::Line)?;
        Some(Self { set_off, group: section.group.clone() })
    }
}

/// A section of which it is not known yet whether it is an exercise.
pub struct Waiting {
    form: Form,
    /// Which of the sections.
    pub nth: usize,
    pub read: Read,
}

/// The forms of a text, and what waits until they are known.
#[derive(Default)]
pub struct Kin {
    exercises: HashMap<Form, usize>,
    waiting: Vec<Waiting>,
    /// How many of each form wait.
    missing: HashMap<Form, usize>,
}

impl Kin {
    /// Counts a section that is an exercise.
    pub fn count(&mut self, section: &Section) {
        if let Some(form) = Form::of(section) {
            *self.exercises.entry(form).or_default() += 1;
        }
    }

    /// Keeps a section that could be one by its name; gives the reading back otherwise.
    pub fn keep(&mut self, section: &Section, nth: usize, read: Read, lexicon: &Lexicon) -> Option<Read> {
        let Some(form) = Form::of(section).filter(|_| could_be(section, lexicon)) else { return Some(read) };
        *self.missing.entry(form.clone()).or_default() += 1;
        self.waiting.push(Waiting { form, nth, read });
        None
    }

    /// All that waited, each with whether its form is that of exercises.
    pub fn settled(self) -> impl Iterator<Item = (Waiting, bool)> {
        let Self { exercises, waiting, missing } = self;
        waiting.into_iter().map(move |waiting| {
            let count = |of: &HashMap<Form, usize>| of.get(&waiting.form).copied().unwrap_or_default();
            let (sure, unsure) = (count(&exercises), count(&missing));
            let usual = sure >= ENOUGH && sure >= unsure || sure + 1 >= ENOUGH && sure >= 2 * unsure;
            (waiting, usual)
        })
    }
}

/// Whether the section is called like one exercise and tells anything about it.
fn could_be(section: &Section, lexicon: &Lexicon) -> bool {
    let name = section.name();
    let outside = name.split(" (").next().unwrap_or(name);
    let seen = traits(outside, lexicon);
    let words = tokens(outside, lexicon);
    let last = words.iter().rfind(|t| t.kind == Kind::Word);
    // "Toe Spreads"
    let moved = seen.titled && seen.words <= 4 && words.iter().any(|t| t.is(tag::PART));
    let told = section.parts.iter().any(|part| !part.text.is_empty());
    // "Water exercise" is a kind of them.
    told && (last.is_some_and(|last| last.is(tag::NAME)) || moved)
        && seen.words <= LONGEST
        && !(seen.you || seen.function || seen.pointing || seen.dose)
        && !lexicon.is_several(name)
}
