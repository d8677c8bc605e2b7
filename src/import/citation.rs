//! Entries of bibliographies, told by their form: "Moss A, Hale TB. Hips in motion. J Gait. 2014;22(3):118-25."

use super::block::Block;
use super::lexicon::Lexicon;
use super::token::beginning;

/// Longer paragraphs tell something themselves.
const LONGEST: usize = 500;

/// Drops the entries: whatever exercise the title of a book or study names, it tells nobody to do it.
pub fn drop(blocks: &mut Vec<Block>, lexicon: &Lexicon) {
    blocks.retain(|block| !is_citation(&block.text, lexicon));
}

fn is_citation(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let cites = || {
        let text = text.to_lowercase();
        lexicon.language.citing.iter().any(|phrase| text.contains(phrase))
    };
    has_volume(text)
        || begins_with_author(text, lexicon) && (has_year(text) || cites())
        || text.contains("://") && cites()
}

/// "2014;22", "2014 Mar;22(3)": the year of a journal and its volume.
fn has_volume(text: &str) -> bool {
    text.match_indices(';').any(|(at, _)| {
        let (before, after) = text.split_at_checked(at).unwrap_or(("", ""));
        let number =
            after.get(1..).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        let words = before.rsplit(' ').take(3);
        number && words.into_iter().any(|word| is_year(word.trim_matches(|c: char| !c.is_ascii_digit())))
    })
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(is_year)
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|b| b.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

/// A surname and initials: "Moss A, Hale TB", "Moss, A. T.", "↑ Moss A et al".
fn begins_with_author(text: &str, lexicon: &Lexicon) -> bool {
    let text = beginning(text, 80).trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut words = text.splitn(3, ' ');
    let (Some(surname), Some(initials)) = (words.next(), words.next()) else { return false };
    let rest = words.next().unwrap_or("");
    let named = surname.trim_end_matches(',');
    let capital = named.starts_with(char::is_uppercase) && named.contains(char::is_lowercase);
    let letters = initials.trim_end_matches([',', '.', ';', ':']);
    let short = (1..=3).contains(&letters.chars().filter(|c| *c != '.' && *c != '-').count());
    let upper = letters.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-'));
    let ends = initials.len() > letters.len()
        || lexicon.language.citing.iter().any(|phrase| rest.starts_with(phrase));
    capital
        && named.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
        && short
        && upper
        && ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn is(text: &str) -> bool {
        is_citation(text, english_lexicon())
    }

    #[test]
    fn entries_are_told_by_authors_years_and_volumes() {
        assert!(is("Moss A, Hale TB. Hip bridges and squats: a trial. J Gait Res. 2014;22(3):118-25."));
        assert!(is("↑ Quill R et al. Do side planks help? Spine Rep. 2019."));
        assert!(is("Moss, A. T. (2011). Stretching at work. Harbour Press."));
        assert!(is("Posture for all. Available from: https://posture.example/page [last accessed 3/4/2020]"));
    }

    #[test]
    fn exercises_are_no_entries() {
        assert!(!is("Clam. Lie on your side; 20 times."));
        assert!(!is("Vitamin D. Lie in the sun."));
        assert!(!is("Position A, feet together. Hold for 20 seconds."));
        assert!(!is("Side bend (see https://bend.example/20): lean over, 10 times."));
        assert!(!is("Squats (Moss et al. 2014): bend your knees, 10 times."));
    }
}
