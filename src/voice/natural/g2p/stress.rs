//! Stress marks of a phoneme string.

/// Before the syllable that carries the word.
pub const PRIMARY: char = 'ˈ';
/// Before a weaker stressed syllable.
pub const SECONDARY: char = 'ˌ';

/// Vowels and diphthongs of the voice's alphabet.
pub fn is_vowel(c: char) -> bool {
    "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ".contains(c)
}

/// Consonants of the voice's alphabet.
pub fn is_consonant(c: char) -> bool {
    "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ".contains(c)
}

fn is_mark(c: char) -> bool {
    c == PRIMARY || c == SECONDARY
}

/// Makes the primary stress secondary and drops the secondary ones; without a primary stress nothing changes.
pub fn weaken(phonemes: String) -> String {
    if !phonemes.contains(PRIMARY) {
        return phonemes;
    }
    phonemes.chars().filter(|&c| c != SECONDARY).map(|c| if c == PRIMARY { SECONDARY } else { c }).collect()
}

/// Gives a word without any stress a secondary one: function words that a capital or an ending makes heavier.
pub fn lift(phonemes: String) -> String {
    mark(phonemes, SECONDARY)
}

/// Gives a word its full stress: one in capitals is meant to be heard.
pub fn shout(phonemes: String) -> String {
    if phonemes.contains(SECONDARY) && !phonemes.contains(PRIMARY) {
        return phonemes.replace(SECONDARY, "ˈ");
    }
    mark(phonemes, PRIMARY)
}

/// Letter names one after another ("TV"): all weak but the last.
pub fn spell(letters: &str) -> String {
    let weak = lift(weaken(letters.to_owned()));
    match weak.rfind(SECONDARY) {
        Some(last) => format!("{}{PRIMARY}{}", &weak[..last], &weak[last + SECONDARY.len_utf8()..]),
        None => weak,
    }
}

/// Marks stand right before a vowel in this alphabet.
fn mark(phonemes: String, with: char) -> String {
    if phonemes.contains(is_mark) {
        return phonemes;
    }
    match phonemes.find(is_vowel) {
        Some(vowel) => format!("{}{with}{}", &phonemes[..vowel], &phonemes[vowel..]),
        None => phonemes,
    }
}

/// Of the parts of a compound, weakens the lighter half when most of them are stressed, so that one word is heard.
pub fn balance(parts: &mut [(usize, &mut String)]) {
    if let [(1, _), (_, second)] = parts {
        // A single letter leads ("T-shirt"): it keeps the stress.
        **second = weaken(std::mem::take(*second));
        return;
    }
    let stressed = parts.iter().filter(|(_, p)| p.contains(PRIMARY)).count();
    if parts.len() < 2 || stressed <= parts.len().div_ceil(2) {
        return;
    }
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| (parts[i].1.contains(PRIMARY), weight(parts[i].1), i));
    for &i in &order[..parts.len() / 2] {
        *parts[i].1 = weaken(std::mem::take(parts[i].1));
    }
}

/// Length of a word to the ear: diphthongs and affricates count twice.
fn weight(phonemes: &str) -> usize {
    phonemes.chars().map(|c| if "AIOQWYʤʧ".contains(c) { 2 } else { 1 }).sum()
}
