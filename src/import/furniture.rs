//! What pages and mails put around a text: page numbers, lines that run through all pages, quoted mails and signatures.

use std::collections::{HashMap, HashSet};

use super::lexicon::Lexicon;

/// "Page 3 of 8", "- 3 -", "3/8".
pub fn is_page_number(line: &str, lexicon: &Lexicon) -> bool {
    if line.len() > 40 {
        return false;
    }
    let words: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [first, rest @ ..]
            if lexicon.language.kinds_of_page.iter().any(|page| first.eq_ignore_ascii_case(page)) =>
        {
            !rest.is_empty()
                && rest.iter().all(|word| {
                    number(word) || lexicon.language.of_pages.iter().any(|of| word.eq_ignore_ascii_case(of))
                })
        }
        [one] => number(one),
        [one, two] => number(one) && number(two) && line.contains('/'),
        _ => false,
    }
}

/// "Slide 2 of 5" and nothing else.
pub fn is_counter(line: &str, lexicon: &Lexicon) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let language = lexicon.language;
    let says = |list: &[&str], word: &str| list.iter().any(|one| word.eq_ignore_ascii_case(one));
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    matches!(words.as_slice(), [what, one, of, all]
        if says(language.ordinal_words, what) && number(one) && says(language.of_pages, of) && number(all))
}

/// The word that a copied page has in front of its lines instead of a sign: "Arrow Lift your leg", "Arrow Lower it again".
pub fn icon<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    const LOOKED_AT: usize = 2_000;
    const FEWEST: usize = 5;
    let mut seen: HashMap<&str, HashSet<&str>> = HashMap::new();
    let words = text.lines().take(LOOKED_AT).filter_map(|line| line.trim().split_once(' '));
    for (word, rest) in words {
        // What means something begins sentences for its own sake.
        let sign =
            word.len() > 2 && word.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase);
        if sign && rest.starts_with(char::is_uppercase) && lexicon.word(word).0 == 0 {
            seen.entry(word).or_default().insert(rest.split(' ').next().unwrap_or(rest));
        }
    }
    let often = seen.into_iter().filter(|(_, lines)| lines.len() >= FEWEST);
    often.max_by_key(|(word, lines)| (lines.len(), *word)).map(|(word, _)| word)
}

/// "© Some firm": whose the picture above or the page is.
pub fn is_ownership(line: &str) -> bool {
    line.len() < 160 && line.starts_with('©')
}

/// Lines that stand on every page, with its number far to the right or left: "Staying well – part 4        7".
pub struct Running<'t>(HashMap<&'t str, (u32, u32)>);

impl<'t> Running<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut seen: HashMap<&str, (u32, u32)> = HashMap::new();
        for (words, number) in text.lines().filter_map(|line| paged(line.trim())) {
            let (times, last) = seen.entry(words).or_insert((0, 0));
            if number > *last {
                (*times, *last) = (*times + 1, number);
            }
        }
        seen.retain(|_, (times, _)| *times >= 3);
        Self(seen)
    }

    pub fn has(&self, line: &str) -> bool {
        !self.0.is_empty() && paged(line).is_some_and(|(words, _)| self.0.contains_key(words))
    }
}

/// The words of a line and the number that is set apart from them.
fn paged(line: &str) -> Option<(&str, u32)> {
    let apart = |text: &str| text.ends_with("  ") || text.ends_with('\t');
    if line.len() > 200 {
        return None;
    }
    let end = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - end.len();
    if (1..=3).contains(&digits) && apart(end) && end.contains(char::is_alphabetic) {
        return Some((end.trim(), line.get(end.len()..)?.parse().ok()?));
    }
    let start = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - start.len();
    let parted = start.starts_with("  ") || start.starts_with('\t');
    ((1..=3).contains(&digits) && parted && start.contains(char::is_alphabetic))
        .then(|| Some((start.trim(), line.get(..digits)?.parse().ok()?)))?
}

/// A mail that is answered stands below the answer, with signs before its lines; a signature below two dashes.
#[derive(Default)]
pub struct Quoted {
    /// What came last was said to be quoted.
    announced: bool,
    signed: bool,
}

impl Quoted {
    /// Whether the line is one of those.
    pub fn takes(&mut self, raw: &str, line: &str, lexicon: &Lexicon) -> bool {
        if line.is_empty() {
            return self.signed;
        }
        let quoted = line.starts_with('>');
        self.announced = quoted && self.announced
            || line.len() < 120 && lexicon.language.quoted.iter().any(|word| line.ends_with(word));
        self.signed = !quoted && (self.signed || matches!(raw.trim_end_matches('\r'), "-- " | "--"));
        self.signed || quoted && self.announced
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    #[test]
    fn a_line_with_the_number_of_its_page_runs_through_all() {
        let text = "Staying well      2\nSoldiers\nStaying well      3\nRepeat 10\nStaying well      4";
        let running = Running::of(text);
        assert!(running.has("Staying well      5"));
        assert!(!running.has("Soldiers"));
        // "Reps 8", "Reps 10", "Reps 12" count.
        assert!(!Running::of("Reps 8\nReps 10\nReps 12").has("Reps 10"));
    }

    #[test]
    fn quoted_mails_and_signatures_are_taken_and_other_quotes_are_not() {
        let mut quoted = Quoted::default();
        let mut takes = |line: &str| quoted.takes(line, line.trim(), english_lexicon());
        assert!(!takes("> Lift your leg"));
        assert!(!takes("On Monday Jo wrote:"));
        assert!(takes("> was it 30 times?"));
        assert!(!takes("No, 10 times."));
        assert!(takes("-- "));
        assert!(takes("Open 8 to 18"));
    }
}
