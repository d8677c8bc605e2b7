//! The tables of a language, ready for look-up.

use std::collections::HashSet;

pub use super::language::{Language, Role, tag};
use super::phrases::{HashMap, LONGEST_WORD, Phrases, lowered};

/// What phrases in a sentence announce, with their places in bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cues {
    /// What follows is to be reached later.
    pub goal: Option<usize>,
    /// The sides take turns.
    pub alternating: Option<usize>,
    /// What stands before it takes turns: "each knee … in turn".
    pub in_turn: Option<usize>,
}

/// Words that introduce the name of an exercise: "next comes".
#[derive(Debug, Clone, Copy)]
pub struct Introduction {
    /// How many there are.
    pub words: usize,
    /// Only at the start of a sentence and before an article.
    pub weak: bool,
}

fn introductions(language: &'static Language) -> impl Iterator<Item = (&'static str, Introduction)> {
    let told = |weak| {
        move |phrase: &&'static str| (*phrase, Introduction { words: phrase.split(' ').count(), weak })
    };
    let strong = language.introductions.iter().map(told(false));
    strong.chain(language.weak_introductions.iter().map(told(true)))
}

#[derive(Clone, Copy)]
enum Cue {
    Goal,
    Alternating,
    InTurn,
}

/// A language ready for look-up.
pub struct Lexicon {
    pub language: &'static Language,
    words: HashMap<Vec<u8>, (u128, f64)>,
    positions: Phrases<&'static str>,
    equipment: Phrases<&'static str>,
    labels: HashMap<&'static str, Role>,
    columns: HashMap<&'static str, Role>,
    no_exercise: Phrases<()>,
    none_below: Phrases<()>,
    everywhere: Phrases<()>,
    everywhere_outside: Phrases<()>,
    remedies: Phrases<()>,
    cues: Phrases<Cue>,
    introductions: Phrases<Introduction>,
    doing: Phrases<usize>,
    several: Phrases<()>,
    captions: Phrases<()>,
    remarks: Phrases<()>,
    foreign: HashSet<&'static str>,
}

impl Lexicon {
    pub fn new(language: &'static Language) -> Self {
        let mut words: HashMap<Vec<u8>, (u128, f64)> = HashMap::default();
        let mut add = |word: String, tags: u128, number: f64| {
            let entry = words.entry(word.into_bytes()).or_insert((0, 0.0));
            entry.0 |= tags;
            if number != 0.0 {
                entry.1 = number;
            }
        };
        for (tags, list) in language.words {
            list.split_whitespace().for_each(|word| add(word.to_owned(), *tags, 0.0));
        }
        for (tags, list) in language.verbs {
            for verb in list.split_whitespace() {
                add(verb.to_owned(), *tags, 0.0);
                add((language.ing)(verb), *tags | tag::GERUND, 0.0);
            }
        }
        for (tags, list) in [(tag::NUMBER, language.numbers), (tag::ONCE, language.times)] {
            list.iter().for_each(|(word, number)| add((*word).to_owned(), tags, *number));
        }
        Self {
            language,
            words,
            positions: Phrases::new(language.positions.iter().copied()),
            equipment: Phrases::new(language.equipment.iter().copied()),
            labels: language.labels.iter().copied().collect(),
            columns: language.columns.iter().copied().collect(),
            no_exercise: Phrases::new(language.no_exercise.iter().map(|phrase| (*phrase, ()))),
            none_below: Phrases::new(language.none_below.iter().map(|phrase| (*phrase, ()))),
            everywhere: Phrases::new(language.everywhere.iter().map(|phrase| (*phrase, ()))),
            everywhere_outside: Phrases::new(language.everywhere_outside.iter().map(|phrase| (*phrase, ()))),
            cues: Phrases::new(cues(language)),
            introductions: Phrases::new(introductions(language)),
            doing: Phrases::new(language.doing.iter().map(|phrase| (*phrase, phrase.split(' ').count()))),
            remedies: Phrases::new(language.remedies.iter().map(|phrase| (*phrase, ()))),
            several: Phrases::new(language.several.iter().map(|phrase| (*phrase, ()))),
            foreign: language.foreign.split_whitespace().collect(),
            remarks: Phrases::new(language.remarks.iter().map(|phrase| (*phrase, ()))),
            captions: Phrases::new(language.captions.iter().map(|phrase| (*phrase, ()))),
        }
    }

    /// The tags of `word` in any case, and its number where it is one.
    pub fn word(&self, word: &str) -> (u128, f64) {
        if word.len() > LONGEST_WORD {
            return (0, 0.0);
        }
        let mut lower = [0_u8; LONGEST_WORD];
        let lower = lowered(word, &mut lower).unwrap_or(&[]);
        match self.words.get(lower) {
            Some(found) => *found,
            None if word.contains('’') => self.word(&word.replace('’', "'")),
            None if self.language.name_endings.iter().any(|ending| lower.ends_with(ending.as_bytes())) => {
                (tag::NAME, 0.0)
            }
            None => (0, 0.0),
        }
    }

    /// All words that are known, to find where words end that have no spaces between them.
    pub fn vocabulary(&self) -> HashSet<&str> {
        let phrases =
            self.language.positions.iter().chain(self.language.equipment).map(|(phrase, _)| *phrase);
        let phrases = phrases.flat_map(|phrase| phrase.split([' ', '-'])).filter(|word| word.len() > 2);
        let words =
            self.words.keys().filter_map(|word| std::str::from_utf8(word).ok()).filter(|word| word.len() > 2);
        phrases.chain(words).chain(self.language.common.split_whitespace()).collect()
    }

    pub fn label(&self, text: &str) -> Option<Role> {
        self.labels.get(plain(text).as_str()).copied()
    }

    /// Whether the word may stand behind the name of an exercise, as its label: "Bridge instructions".
    pub fn is_label_behind(&self, word: &str) -> bool {
        self.language.labels_behind.contains(&plain(word).as_str())
    }

    pub fn column(&self, text: &str) -> Option<Role> {
        let plain = plain(text);
        self.columns
            .get(plain.as_str())
            .or_else(|| self.columns.get(plain.replace(" / ", "/").as_str()))
            .copied()
    }

    /// The position that is named first in `text`; of two that begin at the same word, the longer phrase.
    pub fn position(&self, text: &str) -> Option<&'static str> {
        self.positions.first(text)
    }

    pub fn equipment(&self, text: &str) -> Vec<&'static str> {
        self.equipment.all(text)
    }

    pub fn is_no_exercise(&self, heading: &str) -> bool {
        let by = self
            .language
            .bylines
            .iter()
            .any(|sign| heading.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign)));
        by || self.no_exercise.first(heading).is_some()
    }

    /// Whether nothing below such a heading is an exercise.
    pub fn has_none_below(&self, heading: &str) -> bool {
        self.none_below.first(heading).is_some() && !self.is_several(heading)
    }

    /// Whether the line is the caption of a picture.
    pub fn is_caption(&self, text: &str) -> bool {
        text.len() < 160 && self.captions.first(text).is_some()
    }

    /// Whether the text begins like a remark about an exercise, as no name does.
    pub fn is_remark(&self, text: &str) -> bool {
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut found = false;
        self.remarks.matches(text, |place, ()| {
            found = place == 0;
            true
        });
        found
    }

    /// Whether the word, in lower case, is of other work, such as cooking.
    pub fn is_foreign(&self, word: &str) -> bool {
        self.foreign.contains(word)
    }

    /// Where the sentence says that it is about all exercises, even where it stands below one.
    pub fn everywhere_at(&self, text: &str) -> Option<usize> {
        let mut found = None;
        self.everywhere.matches(text, |place, ()| {
            found = Some(place);
            true
        });
        found
    }

    /// Whether the sentence, which stands outside of any exercise, is about all of them.
    pub fn is_everywhere_outside(&self, text: &str) -> bool {
        self.everywhere_at(text).is_some() || self.everywhere_outside.first(text).is_some()
    }

    /// What the phrases of a sentence announce.
    pub fn cues(&self, text: &str) -> Cues {
        let mut cues = Cues::default();
        self.cues.matches(text, |place, cue| {
            let cue = match cue {
                Cue::Goal => &mut cues.goal,
                Cue::Alternating => &mut cues.alternating,
                Cue::InTurn => &mut cues.in_turn,
            };
            cue.get_or_insert(place);
            false
        });
        cues
    }

    /// Calls `each` with the place in bytes of every introduction, until it is satisfied.
    pub fn introductions(&self, text: &str, each: impl FnMut(usize, Introduction) -> bool) {
        self.introductions.matches(text, each);
    }

    /// Calls `each` with the place in bytes of every verb of doing and the number of its words, until it is satisfied.
    pub fn doings(&self, text: &str, each: impl FnMut(usize, usize) -> bool) {
        self.doing.matches(text, each);
    }

    /// Whether the clause leads back to where the movement began.
    pub fn goes_back(&self, text: &str) -> bool {
        let text = text.to_ascii_lowercase();
        self.language.back.iter().any(|phrase| text.contains(phrase))
    }

    pub fn is_remedy(&self, text: &str) -> bool {
        self.remedies.first(text).is_some()
    }

    /// Whether an exercise of this name keeps moving.
    pub fn moves(&self, name: &str) -> bool {
        let mut name = name.to_lowercase();
        // "Over a rolled towel"
        for part in self.language.not_moving {
            name = name.replace(part, "");
        }
        self.language.moving.iter().any(|part| name.contains(part)) || self.leads_on(&name)
    }

    /// Whether the name or text tells of going round.
    pub fn circles(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.language.circling.iter().any(|part| text.contains(part))
    }

    /// "Forward fold to mountain pose" goes from one to the other; "knee to chest stretch" does not.
    fn leads_on(&self, name: &str) -> bool {
        let named = |text: &str| text.split(' ').any(|word| self.word(word).0 & tag::NAME != 0);
        let pair = self.language.leading_on.iter().find_map(|sign| name.split_once(sign));
        pair.is_some_and(|(one, other)| named(one) && named(other))
    }

    /// Whether an exercise of this name is all breathing: its breaths are its repetitions.
    pub fn breathes(&self, name: &str) -> bool {
        name.split(|c: char| !c.is_alphanumeric())
            .any(|word| self.word(word).0 & (tag::BREATHS | tag::BREATHE) != 0)
    }

    /// Whether an exercise of this name is held.
    pub fn is_still(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.language.still.iter().any(|part| name.contains(part))
    }

    /// Whether such an exercise is nothing but a hold: "plank".
    pub fn is_isometric(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.language.isometric.iter().any(|part| name.contains(part))
    }

    /// Whether what stands below such a heading is held.
    pub fn is_still_group(&self, heading: &str) -> bool {
        let heading = heading.to_lowercase();
        self.language.still_groups.iter().any(|part| heading.contains(part))
    }

    /// "Neck exercises" is about several.
    pub fn is_several(&self, name: &str) -> bool {
        self.several.first(name).is_some()
    }
}

fn cues(language: &'static Language) -> impl Iterator<Item = (&'static str, Cue)> {
    let goals = language.goal.iter().map(|phrase| (*phrase, Cue::Goal));
    let alternating = language.alternating.iter().map(|phrase| (*phrase, Cue::Alternating));
    let in_turn = language.taking_turns.iter().map(|phrase| (*phrase, Cue::InTurn));
    goals.chain(alternating).chain(in_turn)
}

/// Lower case, straight apostrophes, no punctuation around it.
pub fn plain(text: &str) -> String {
    // No label is longer.
    if text.len() > 60 {
        return String::new();
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '(' && c != ')').trim();
    let words: Vec<String> =
        text.split_whitespace().map(|word| word.to_lowercase().replace('’', "'")).collect();
    words.join(" ")
}
