//! The endings -s, -ed and -ing: what a word without its ending may be, and how the ending sounds after it.

use super::compile::Accent;

/// An ending that adds a sound to a known word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Plural, third person, possessive.
    S,
    /// Past.
    Ed,
    /// Participle.
    Ing,
}

/// Words that `word` may be made of, the likeliest first.
pub fn stems(word: &str) -> Vec<(Ending, String)> {
    let mut stems = Vec::new();
    let mut add = |ending, end: &str, longer_than: usize, unless: &str, put: &str| {
        if let Some(stem) = word.strip_suffix(end)
            && word.len() > longer_than
            && (unless.is_empty() || !stem.ends_with(unless))
        {
            stems.push((ending, format!("{stem}{put}")));
        }
    };
    add(Ending::S, "s", 2, "s", "");
    add(Ending::S, "'s", 2, "", "");
    add(Ending::S, "es", 4, "i", "");
    add(Ending::S, "ies", 4, "", "y");
    add(Ending::Ed, "d", 3, "d", "");
    add(Ending::Ed, "ed", 4, "e", "");
    add(Ending::Ing, "ing", 5, "", "");
    add(Ending::Ing, "ing", 4, "", "e");
    if let Some(stem) = word.strip_suffix("ing").filter(|stem| stem.len() > 2) {
        // "sitting" -> "sit", "frolicking" -> "frolic".
        let mut end = stem.chars().rev();
        if let (Some(last), before) = (end.next(), end.next())
            && (before == Some(last) && "bcdgklmnprstvxz".contains(last) || stem.ends_with("ck"))
        {
            stems.push((Ending::Ing, stem[..stem.len() - last.len_utf8()].to_owned()));
        }
    }
    stems
}

impl Ending {
    /// The phonemes of a word with this ending, from those of its stem.
    pub fn add(self, stem: String, accent: Accent) -> Option<String> {
        let american = accent == Accent::American;
        // The vowel of -es and -ed after a sound they would melt into.
        let vowel = if american { 'ᵻ' } else { 'ɪ' };
        Some(match (self, stem.chars().next_back()?) {
            (Self::S, 'p' | 't' | 'k' | 'f' | 'θ') => stem + "s",
            (Self::S, 's' | 'z' | 'ʃ' | 'ʒ' | 'ʧ' | 'ʤ') => format!("{stem}{vowel}z"),
            (Self::S, _) => stem + "z",
            (Self::Ed, 'p' | 'k' | 'f' | 'θ' | 'ʃ' | 's' | 'ʧ') => stem + "t",
            (Self::Ed, 't') if american => format!("{}{vowel}d", tapped(stem)),
            (Self::Ed, 't' | 'd') => format!("{stem}{vowel}d"),
            (Self::Ed, _) => stem + "d",
            (Self::Ing, _) if american => tapped(stem) + "ɪŋ",
            // British speech puts an r here that the stem's reading does not show.
            (Self::Ing, 'ə' | 'ː') => return None,
            (Self::Ing, _) => stem + "ɪŋ",
        })
    }
}

/// The American t between vowels: tapped in "sitting", not in "lifting".
fn tapped(stem: String) -> String {
    match stem.strip_suffix('t') {
        Some(before) if before.ends_with(|c| "AIOWYiuæɑəɛɪɹʊʌ".contains(c)) => {
            format!("{before}ɾ")
        }
        _ => stem,
    }
}
