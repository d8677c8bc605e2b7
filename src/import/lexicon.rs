//! The shape of a language's tables, and quick look-up of its words.

use std::collections::HashMap as Map;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a: words are short, and the tables are our own, so that nobody can make them collide.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type HashMap<K, V> = Map<K, V, BuildHasherDefault<Fnv>>;

/// What a word can be, as bits: most words are several things ("back" is a part of the body and a direction).
pub mod tag {
    macro_rules! tags {
        ($($name:ident)*) => { tags!(@ 0u128, $($name)*); };
        (@ $at:expr, $name:ident $($rest:ident)*) => {
            pub const $name: u128 = 1 << ($at);
            tags!(@ $at + 1, $($rest)*);
        };
        (@ $at:expr,) => {};
    }
    tags! {
        HOLD REST SETUP MOVE RETURN REPEAT CONTINUE SWITCH IN OUT BREATHE TIP
        NAME PART SIDE LEFT RIGHT EACH BOTH OTHER FUNCTION YOU ADVERB FILLER
        SECONDS COUNT MINUTES HOURS TIMES REPS SETS BREATHS OTHER_UNIT PERIOD PER RANGE ABOUT ONCE SEVERAL
        TEMPO BETWEEN ONE THEN LIE MODAL KINDS DESCRIBES NUMBER GERUND WEAK LEADING COPULA
        SECOND DEFINES WHOLE
    }
    /// Any verb that an instruction can begin with.
    pub const VERB: u128 =
        HOLD | REST | SETUP | MOVE | RETURN | REPEAT | CONTINUE | SWITCH | IN | OUT | BREATHE | TIP;
    /// Verbs that move or place the body.
    pub const PHYSICAL: u128 = SETUP | MOVE | RETURN | IN | OUT | BREATHE;
}

/// What a label or the heading of a column announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Name,
    HowTo,
    /// Amounts of any kind.
    Dose,
    Sets,
    Reps,
    Hold,
    Duration,
    Rest,
    Frequency,
    Needs,
    /// Benefits, cautions, variations: not part of the exercise as it is done.
    Aside,
    /// A line that is of no interest by itself, such as the credit of a picture.
    Nothing,
}

/// All that is known about a language. Lists of words are separated by spaces; phrases are compared word by word.
pub struct Language {
    /// BCP 47.
    pub code: &'static str,
    pub numbers: &'static [(&'static str, f64)],
    pub words: &'static [(u128, &'static str)],
    /// Words that also have a form made by `ing`.
    pub verbs: &'static [(u128, &'static str)],
    pub ing: fn(&str) -> String,
    /// What announces an amount to be reached later.
    pub goal: &'static [&'static str],
    pub positions: &'static [(&'static str, &'static str)],
    pub equipment: &'static [(&'static str, &'static str)],
    pub labels: &'static [(&'static str, Role)],
    /// In a heading: what follows is no exercise.
    pub no_exercise: &'static [&'static str],
    pub kinds_of_page: &'static [&'static str],
    pub ordinal_words: &'static [&'static str],
    pub step_words: &'static [&'static str],
    /// In running text: the name of an exercise follows.
    pub introductions: &'static [&'static str],
    /// The same, but only at the start of a sentence and before an article.
    pub weak_introductions: &'static [&'static str],
    pub articles: &'static [&'static str],
    /// An amount that is meant for every exercise, wherever it stands.
    pub everywhere: &'static [&'static str],
    /// The same, but only outside of an exercise: within one, "each position" is one of its own.
    pub everywhere_outside: &'static [&'static str],
    /// The sides take turns.
    pub alternating: &'static [&'static str],
    /// The same, where "each leg" or the like stands before it.
    pub taking_turns: &'static [&'static str],
    /// What a sentence speaks of that is no movement: medicine, cold packs.
    pub remedies: &'static [&'static str],
    /// In names: parts of words that tell of exercises that keep moving, and of those that keep still.
    pub moving: &'static [&'static str],
    pub still: &'static [&'static str],
    /// Names that are about several exercises.
    pub several: &'static [&'static str],
    /// In the captions of pictures.
    pub captions: &'static [&'static str],
    pub columns: &'static [(&'static str, Role)],
    pub abbreviations: &'static [&'static str],
    /// Where a sentence may be cut to make its brief form.
    pub truncate_brief: &'static [&'static str],
}

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
    words: HashMap<String, (u128, f64)>,
    positions: Phrases<&'static str>,
    equipment: Phrases<&'static str>,
    labels: HashMap<&'static str, Role>,
    columns: HashMap<&'static str, Role>,
    no_exercise: Phrases<()>,
    everywhere: Phrases<()>,
    everywhere_outside: Phrases<()>,
    remedies: Phrases<()>,
    cues: Phrases<Cue>,
    introductions: Phrases<Introduction>,
    several: Phrases<()>,
    captions: Phrases<()>,
}

/// No word of the tables is longer.
const LONGEST_WORD: usize = 24;

impl Lexicon {
    pub fn new(language: &'static Language) -> Self {
        let mut words: HashMap<String, (u128, f64)> = HashMap::default();
        let mut add = |word: String, tags: u128, number: f64| {
            let entry = words.entry(word).or_insert((0, 0.0));
            entry.0 |= tags;
            if tags & tag::NUMBER != 0 {
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
        for (word, number) in language.numbers {
            add((*word).to_owned(), tag::NUMBER, *number);
        }
        Self {
            language,
            words,
            positions: Phrases::new(language.positions.iter().copied()),
            equipment: Phrases::new(language.equipment.iter().copied()),
            labels: language.labels.iter().copied().collect(),
            columns: language.columns.iter().copied().collect(),
            no_exercise: Phrases::new(language.no_exercise.iter().map(|phrase| (*phrase, ()))),
            everywhere: Phrases::new(language.everywhere.iter().map(|phrase| (*phrase, ()))),
            everywhere_outside: Phrases::new(language.everywhere_outside.iter().map(|phrase| (*phrase, ()))),
            cues: Phrases::new(cues(language)),
            introductions: Phrases::new(introductions(language)),
            remedies: Phrases::new(language.remedies.iter().map(|phrase| (*phrase, ()))),
            several: Phrases::new(language.several.iter().map(|phrase| (*phrase, ()))),
            captions: Phrases::new(language.captions.iter().map(|phrase| (*phrase, ()))),
        }
    }

    /// The tags of `word` in any case, and its number where it is one.
    pub fn word(&self, word: &str) -> (u128, f64) {
        if word.len() > LONGEST_WORD {
            return (0, 0.0);
        }
        let mut lower = [0_u8; LONGEST_WORD];
        let lower = lowered(word, &mut lower).unwrap_or("");
        match self.words.get(lower) {
            Some(found) => *found,
            None if lower.contains('’') => {
                self.words.get(lower.replace('’', "'").as_str()).copied().unwrap_or((0, 0.0))
            }
            None => (0, 0.0),
        }
    }

    pub fn label(&self, text: &str) -> Option<Role> {
        self.labels.get(plain(text).as_str()).copied()
    }

    pub fn column(&self, text: &str) -> Option<Role> {
        self.columns.get(plain(text).as_str()).copied()
    }

    /// The position that is named first in `text`; of two that begin at the same word, the longer phrase.
    pub fn position(&self, text: &str) -> Option<&'static str> {
        self.positions.first(text)
    }

    pub fn equipment(&self, text: &str) -> Vec<&'static str> {
        self.equipment.all(text)
    }

    pub fn is_no_exercise(&self, heading: &str) -> bool {
        self.no_exercise.first(heading).is_some()
    }

    /// Whether the line is the caption of a picture.
    pub fn is_caption(&self, text: &str) -> bool {
        text.len() < 160 && self.captions.first(text).is_some()
    }

    /// Whether the sentence is about all exercises, even where it stands below one.
    pub fn is_everywhere(&self, text: &str) -> bool {
        self.everywhere.first(text).is_some()
    }

    /// Whether the sentence, which stands outside of any exercise, is about all of them.
    pub fn is_everywhere_outside(&self, text: &str) -> bool {
        self.is_everywhere(text) || self.everywhere_outside.first(text).is_some()
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

    pub fn is_remedy(&self, text: &str) -> bool {
        self.remedies.first(text).is_some()
    }

    /// Whether an exercise of this name keeps moving.
    pub fn moves(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.language.moving.iter().any(|part| name.contains(part))
    }

    /// Whether an exercise of this name is held.
    pub fn is_still(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.language.still.iter().any(|part| name.contains(part))
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

/// `word` in lower case, in `place`; `None` if it is longer than any that is known.
fn lowered<'p>(word: &str, place: &'p mut [u8; LONGEST_WORD]) -> Option<&'p str> {
    let lower = place.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok()
}

/// The words of a text as phrases are made of them, with their places in bytes: hyphens and apostrophes are part of them.
#[derive(Clone, Copy)]
struct PhraseWords<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for PhraseWords<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let inner = |at: usize| match self.text.as_bytes().get(at)? {
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'\'' | b'-' | b'&') => Some((true, 1)),
            byte if byte.is_ascii() => Some((false, 1)),
            _ => {
                let c = self.text.get(at..)?.chars().next()?;
                Some((c.is_alphanumeric(), c.len_utf8()))
            }
        };
        let mut start = self.at;
        while let (false, length) = inner(start)? {
            start += length;
        }
        let mut end = start;
        while let Some((true, length)) = inner(end) {
            end += length;
        }
        self.at = end;
        Some((start, self.text.get(start..end)?))
    }
}

/// Phrases by their first word.
struct Phrases<T> {
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>>,
}

impl<T: Copy> Phrases<T> {
    fn new(list: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<&'static str, Vec<(Vec<&'static str>, T)>> = HashMap::default();
        for (phrase, meaning) in list {
            let words: Vec<&'static str> = phrase.split(' ').collect();
            if let Some(first) = words.first() {
                by_first.entry(first).or_default().push((words, meaning));
            }
        }
        for list in by_first.values_mut() {
            // Longer ones first: "on your side" before "on".
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    fn matches(&self, text: &str, mut each: impl FnMut(usize, T) -> bool) {
        let mut words = PhraseWords { text, at: 0 };
        while let Some((place, word)) = words.next() {
            let mut lower = [0_u8; LONGEST_WORD];
            let Some(list) = lowered(word, &mut lower).and_then(|word| self.by_first.get(word)) else {
                continue;
            };
            let found = list.iter().find(|(phrase, _)| {
                let mut rest = words;
                let mut others = phrase.iter().skip(1);
                others.all(|word| rest.next().is_some_and(|(_, here)| here.eq_ignore_ascii_case(word)))
            });
            if let Some((_, meaning)) = found
                && each(place, *meaning)
            {
                return;
            }
        }
    }

    fn first(&self, text: &str) -> Option<T> {
        let mut found = None;
        self.matches(text, |_, meaning| {
            found = Some(meaning);
            true
        });
        found
    }

    fn all(&self, text: &str) -> Vec<T> {
        let mut found = Vec::new();
        self.matches(text, |_, meaning| {
            found.push(meaning);
            false
        });
        found
    }
}
