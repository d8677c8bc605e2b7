//! Whether an exercise keeps still, so that a time without a verb is a hold.

use super::exercise::Sentence;
use super::lexicon::{Lexicon, tag};
use super::reading::Field;
use super::section::Section;
use super::token::{Kind, Token, tokens};

/// Whether a time without a verb is a hold: nothing in the exercise keeps moving.
pub fn still(name: &str, section: &Section, sentences: &[Sentence], text: &str, lexicon: &Lexicon) -> bool {
    if lexicon.moves(name) {
        return false;
    }
    if sentences.iter().any(|s| s.reading.get(Field::Hold).is_some()) {
        return true;
    }
    let words = tokens(text, lexicon);
    // "Side reach (alternating)"
    if words.first().is_some_and(|t| t.is(tag::ALTERNATE)) {
        return false;
    }
    // "Swing your legs up a wall" is done once.
    let once = |at: usize| {
        let way = |t: &Token<'_>| t.is(tag::UP | tag::OVER | tag::DOWN);
        let part = words.get(at + 1..at + 3).unwrap_or(&[]).iter().any(|t| t.is(tag::PART));
        part && words.get(at + 2..at + 4).unwrap_or(&[]).iter().any(way)
    };
    if words.iter().enumerate().any(|(at, t)| t.is(tag::REPETITIVE) && !once(at)) {
        return false;
    }
    // "Hold the ball in one hand" holds no position.
    let grips = |at: usize| {
        let thing = words
            .get(at + 2)
            .is_some_and(|t| t.kind == Kind::Word && !t.is(tag::HELD_NOUN | tag::NAME | tag::KINDS));
        thing
            && words.get(at + 1).is_some_and(|t| {
                t.is(tag::DETERMINER | tag::BOTH | tag::INSIDE | tag::ON) && !t.is(tag::THIS)
            })
    };
    let held = words.iter().enumerate().any(|(at, t)| t.is(tag::HOLD) && !grips(at));
    held || lexicon.is_still(name) || section.still || lexicon.is_still_group(&section.group)
}
