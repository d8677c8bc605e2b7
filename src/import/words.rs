//! The author's words as they are said: whole, in brief, and as a cue.

use super::clause::{Clause, Part};
use super::lexicon::{Lexicon, tag};
use super::side::Mirror;
use super::token::{Kind, tokens};
use crate::time::Millis;

/// Longer words are explained before, not said while moving.
pub const LONGEST_SAY: usize = 220;

pub fn spoken(text: &str, mirror: &Mirror) -> String {
    let text = mirror.fill(&clean(text));
    capital(text.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | ' ' | '!')))
}

/// Without what would disturb a text of a routine.
pub fn clean(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '{' | '}' | '*'))
        .collect();
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 1_800 {
        text = text.chars().take(1_800).collect();
    }
    text
}

pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The movement in a few words: without adverbs before it and asides behind it.
pub fn brief(say: &str, lexicon: &Lexicon) -> String {
    let words = tokens(say, lexicon);
    let skip =
        words.iter().take_while(|t| t.kind == Kind::Comma || t.is(tag::ADVERB) && !t.is(tag::VERB)).count();
    // "Keeping your feet together, raise your knee": the knee matters.
    let comma = words.iter().position(|t| t.kind == Kind::Comma).filter(|at| at + 2 < words.len());
    let leads = words.get(skip).is_some_and(|t| t.is(tag::LEADING | tag::GERUND));
    let skip = comma.filter(|_| leads).map_or(skip, |at| {
        at + 1 + words.iter().skip(at + 1).take_while(|t| t.is(tag::ADVERB) && !t.is(tag::VERB)).count()
    });
    let mut end = words.len();
    for (at, token) in words.iter().enumerate().skip(skip + 2) {
        let brace = words.get(at + 1).is_some_and(|t| t.text == "{");
        let cuts = token.kind == Kind::Comma
            || token.kind == Kind::Open
            || token.kind == Kind::Dash && !token.close
            || lexicon.language.truncate_brief.iter().any(|word| token.says(word))
                && !brace
                && at >= skip + 3;
        if cuts {
            end = at;
            break;
        }
    }
    let start = words.get(skip).map_or(0, |t| t.start);
    let stop = end.checked_sub(1).and_then(|at| words.get(at)).map_or(say.len(), |t| t.end());
    let text = say.get(start..stop).filter(|text| text.chars().any(char::is_alphabetic)).unwrap_or(say);
    // A cut must not part "{side}" from its braces.
    if text.matches('{').count() == text.matches('}').count() { capital(text.trim()) } else { say.to_owned() }
}

/// One line for those who know the exercise: its movements in brief.
pub fn cue(clauses: &[Clause], mirror: &Mirror, lexicon: &Lexicon) -> Option<String> {
    let moves: Vec<String> = clauses
        .iter()
        .filter(|clause| {
            matches!(clause.part, Part::Move | Part::In | Part::Out) && clause.text.len() <= LONGEST_SAY
        })
        .map(|clause| brief(&spoken(&clause.text, mirror), lexicon))
        .collect();
    let last = moves.iter().rev().take(2).rev();
    let text = last.cloned().collect::<Vec<_>>().join(". ");
    (!text.is_empty()).then(|| format!("{text}."))
}

/// Time enough to say it and to do it.
pub fn moving(say: &str) -> Millis {
    let letters = say.chars().filter(|c| c.is_alphabetic()).count() as u64;
    let words = say.split_whitespace().count() as u64;
    // A calm voice needs about 60 ms a letter; a little more, so that it is done before the next begins.
    let spoken = letters * 66 + words * 75;
    Millis::from_secs(spoken.div_ceil(1_000).clamp(2, 15))
}
