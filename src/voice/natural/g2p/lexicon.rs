//! The dictionary: words with their phonemes, and heteronyms with one reading per part of speech.

use super::compile::{Accent, HETERONYM, KINDS, SILVER, SPELLED, Section};
use super::data::{Bytes, Data, DataError, Index};

/// Both dictionaries of the package, merged; a word costs one or two walks through the index.
#[derive(Debug)]
pub struct Lexicon {
    words: Index,
    readings: Bytes,
    alphabet: Vec<char>,
    /// Whose English the readings are.
    pub accent: Accent,
}

/// What the dictionary holds on a word.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// From the hand-checked dictionary, which overrules guesses such as "a name is spelled".
    pub gold: bool,
    bytes: &'a [u8],
}

/// How a word is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As these phonemes.
    Said(String),
    /// As the names of its letters.
    Spelled,
}

impl Lexicon {
    /// Opens the dictionary in compact data.
    ///
    /// # Errors
    /// When a section is unreadable.
    pub fn new(data: &Data) -> Result<Self, DataError> {
        Ok(Self {
            words: data.index(Section::Words)?,
            readings: data.section(Section::Readings),
            alphabet: data.text(Section::Alphabet)?.chars().collect(),
            accent: data.accent,
        })
    }

    /// The entry of a word, which answers to "Word" and "word" alike unless both have entries of their own.
    pub fn entry(&self, word: &str) -> Option<Entry<'_>> {
        let exact = self.exact(word);
        if exact.is_some_and(|e| e.gold) {
            return exact;
        }
        let other = other_case(word).and_then(|w| self.exact(&w));
        if other.is_some_and(|e| e.gold) { other } else { exact.or(other) }
    }

    /// The entry of a word if it is hand-checked.
    pub fn gold(&self, word: &str) -> Option<Entry<'_>> {
        self.entry(word).filter(|e| e.gold)
    }

    fn exact(&self, word: &str) -> Option<Entry<'_>> {
        let offset = usize::try_from(self.words.get(word)?).ok()?;
        let bytes = self.readings.as_ref().get(offset..)?;
        Some(Entry { gold: bytes.first()? & SILVER == 0, bytes })
    }

    /// The reading for a Penn Treebank tag (`""`: unknown), or before a pause ("what for?").
    pub fn reading(&self, entry: Entry, tag: &str, before_pause: bool) -> Option<Reading> {
        let (&head, rest) = entry.bytes.split_first()?;
        let length = head & !SILVER;
        if length != HETERONYM {
            return Some(Reading::Said(self.decode(rest.get(..length.into())?)));
        }
        let by_kind = kinds(rest);
        let of = |kind: &str| by_kind.iter().find(|(k, _)| *k == kind).map(|&(_, codes)| codes);
        let pause = if before_pause { of("None") } else { None };
        let codes = pause.or_else(|| of(tag)).or_else(|| of(coarse(tag))).or_else(|| of("DEFAULT"))?;
        Some(codes.map_or(Reading::Spelled, |codes| Reading::Said(self.decode(codes))))
    }

    /// Whether the word is read differently as a verb than as something else.
    pub fn verb_differs(&self, entry: Entry) -> bool {
        match entry.bytes.split_first() {
            Some((head, rest)) if head & !SILVER == HETERONYM => {
                kinds(rest).iter().any(|(kind, _)| matches!(*kind, "VERB" | "NOUN" | "ADJ"))
            }
            _ => false,
        }
    }

    fn decode(&self, codes: &[u8]) -> String {
        codes.iter().filter_map(|&code| self.alphabet.get(usize::from(code))).collect()
    }
}

/// Readings of a heteronym: kind, phonemes (none: spelled).
fn kinds(bytes: &[u8]) -> Vec<(&'static str, Option<&[u8]>)> {
    let mut found = Vec::new();
    let Some((&count, mut rest)) = bytes.split_first() else {
        return found;
    };
    for _ in 0..count {
        let [kind, length, tail @ ..] = rest else {
            break;
        };
        let length = if *length == SPELLED { None } else { Some(usize::from(*length)) };
        let Some((codes, tail)) = tail.split_at_checked(length.unwrap_or(0)) else {
            break;
        };
        if let Some(kind) = KINDS.get(usize::from(*kind)) {
            found.push((*kind, length.map(|_| codes)));
        }
        rest = tail;
    }
    found
}

/// The part of speech that a tag belongs to, as the dictionary names it; other tags stand for themselves.
pub fn coarse(tag: &str) -> &str {
    match tag.get(..2) {
        Some("VB") => "VERB",
        Some("NN") => "NOUN",
        Some("RB") => "ADV",
        Some("JJ") => "ADJ",
        _ => tag,
    }
}

/// "word" for "Word" and the reverse; none for words of one letter or of mixed case.
fn other_case(word: &str) -> Option<String> {
    let mut chars = word.chars();
    let first = chars.next()?;
    let rest = chars.as_str();
    if rest.is_empty() || rest.chars().any(char::is_uppercase) {
        return None;
    }
    let turned: String =
        if first.is_uppercase() { first.to_lowercase().collect() } else { first.to_uppercase().collect() };
    (!turned.starts_with(first)).then(|| turned + rest)
}
