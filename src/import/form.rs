//! What the form of a section tells, whatever its words are: a name in bold with amounts, a stretch of time.

use super::lexicon::{Lexicon, tag};
use super::reading::states_dose;
use super::section::Section;
use super::title::SetOff;
use super::token::{Kind, Token, beginning, tokens};

/// A name in bold, and right behind it how much.
pub fn is_formed(section: &Section, lexicon: &Lexicon) -> bool {
    let Some(head) = section.head.as_ref().filter(|head| head.set_off == Some(SetOff::Bold)) else {
        return false;
    };
    let start = beginning(&head.inline, 60);
    let words = tokens(start, lexicon);
    let told = words.iter().position(|t| t.kind == Kind::Word && !t.is(tag::SETS | tag::REPS | tag::HOLD));
    let counted = words.iter().position(|t| t.number > 0.0);
    counted.is_some_and(|counted| told.is_none_or(|told| counted < told)) && states_dose(start, &words)
}

/// "First 72 hours", "Weeks 2 to 6": a stretch of time, no exercise.
pub fn is_period(name: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(name, lexicon);
    let time = |t: &Token<'_>| {
        t.is(tag::PERIOD | tag::HOURS) || t.is(tag::OTHER_UNIT) && !t.is(tag::PART | tag::KINDS)
    };
    words.iter().any(time)
        && words.iter().any(|t| t.number > 0.0)
        && words.iter().all(|t| {
            time(t)
                || t.kind != Kind::Word
                || t.number > 0.0
                || t.is(tag::RANGE | tag::ADVERB | tag::FUNCTION | tag::FILLER | tag::LEADING)
        })
}
