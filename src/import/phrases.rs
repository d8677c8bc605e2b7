//! Quick look-up of words, and of phrases in running text.

use std::collections::HashMap as Map;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a: words are short, and the tables are our own, so that nobody can make them collide.
#[derive(Clone, Copy)]
pub struct Fnv(u64);

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

pub type HashMap<K, V> = Map<K, V, BuildHasherDefault<Fnv>>;

/// No word of the tables is longer.
pub const LONGEST_WORD: usize = 24;

/// `word` in lower case, in `place`; `None` if it is longer than any that is known.
pub fn lowered<'p>(word: &str, place: &'p mut [u8; LONGEST_WORD]) -> Option<&'p [u8]> {
    let lower = place.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    Some(lower)
}

/// The words of a text as phrases are made of them, with their places in bytes: hyphens and apostrophes are part of them.
#[derive(Clone, Copy)]
struct PhraseWords<'t> {
    text: &'t str,
    at: usize,
}

/// Phrases by their first word.
pub struct Phrases<T> {
    by_first: HashMap<&'static [u8], Vec<(Vec<&'static str>, T)>>,
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

impl<T: Copy> Phrases<T> {
    pub fn new(list: impl Iterator<Item = (&'static str, T)>) -> Self {
        let mut by_first: HashMap<&'static [u8], Vec<(Vec<&'static str>, T)>> = HashMap::default();
        for (phrase, meaning) in list {
            let words: Vec<&'static str> = phrase.split(' ').collect();
            if let Some(first) = words.first() {
                by_first.entry(first.as_bytes()).or_default().push((words, meaning));
            }
        }
        for list in by_first.values_mut() {
            // Longer ones first: "on your side" before "on".
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    pub fn matches(&self, text: &str, mut each: impl FnMut(usize, T) -> bool) {
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

    pub fn first(&self, text: &str) -> Option<T> {
        let mut found = None;
        self.matches(text, |_, meaning| {
            found = Some(meaning);
            true
        });
        found
    }

    pub fn all(&self, text: &str) -> Vec<T> {
        let mut found = Vec::new();
        self.matches(text, |_, meaning| {
            found.push(meaning);
            false
        });
        found
    }
}
