//! What a number counts, by the words behind it, and whether it counts how often a day.

use super::amount::What;
use super::lexicon::tag;
use super::token::{Kind, Token};

/// The unit at `at`: what it counts, its factor, and where it ends.
pub fn unit(tokens: &[Token<'_>], at: usize) -> Option<(What, f64, usize)> {
    let token = tokens.get(at)?;
    let to = at + 1;
    if token.kind == Kind::Prime {
        return Some((What::Time, 1_000.0, to));
    }
    if token.kind != Kind::Word {
        return None;
    }
    // In "Sets: 3 Reps: 10" the word belongs to the number behind it.
    let names_next = tokens.get(to).is_some_and(|t| t.kind == Kind::Colon && t.text != "|")
        && tokens.get(to + 1).is_some_and(|t| t.number > 0.0 || t.is(tag::ABOUT));
    // "half the time" counts nothing.
    let half = token.is(tag::TIME_NOUN)
        && at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.is(tag::DEFINITE));
    if names_next || half {
        return None;
    }
    // "Sets 4 Reps 10 Rest 60sec", "Sets 3 Time 40sec"
    let before = |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at));
    let labels = tag::SETS | tag::REPS | tag::HOLD_NOUN | tag::REST;
    let paired = token.is(labels | tag::TIME_NOUN)
        && before(1).is_some_and(|t| t.kind == Kind::Number)
        && before(2).is_some_and(|t| t.is(labels))
        && tokens.get(to).is_some_and(|t| t.kind == Kind::Number);
    if paired {
        return None;
    }
    let next_is = |tags| tokens.get(to).is_some_and(|t| t.is(tags));
    Some(match token.tags {
        // "a second time" and "the second exercise" count nothing.
        t if t & tag::SECONDS != 0 => (What::Time, 1_000.0, to),
        t if t & tag::MINUTES != 0 => (What::Time, 60_000.0, to),
        t if t & tag::HOURS != 0 => (What::Other, 1.0, to),
        t if t & tag::TIMES != 0 && token.kind == Kind::Word => (What::Times, 1.0, to),
        // "rounds of breath"
        t if t & tag::SETS != 0 && tokens.get(to + 1).is_some_and(|t| t.is(tag::BREATHS)) => {
            (What::Breaths, 1.0, to + 2)
        }
        t if t & tag::SETS != 0 => (What::Sets, 1.0, to),
        t if t & tag::BREATHS != 0 => (What::Breaths, 1.0, to),
        // "2 sets of 5 stretches"
        t if t & tag::KINDS != 0
            && before(2).is_some_and(|t| t.is(tag::OF))
            && before(3).is_some_and(|t| t.is(tag::SETS)) =>
        {
            return None;
        }
        t if t & (tag::OTHER_UNIT | tag::PERIOD) != 0 => (What::Other, 1.0, to),
        _ if next_is(tag::BREATHS) && token.is(tag::FILLER) => (What::Breaths, 1.0, to + 1),
        _ => return None,
    })
}

/// Where "a day", "per week", "/day" or "daily" ends, if one begins at `at`.
pub fn frequency(tokens: &[Token<'_>], at: usize, loose: bool) -> Option<usize> {
    let token = tokens.get(at)?;
    let period = |token: &Token<'_>| token.is(tag::PERIOD) && !token.is(tag::SESSION);
    if period(token) && !token.is(tag::DAYS) {
        return Some(at + 1);
    }
    let joined =
        token.is(tag::PER) || token.kind == Kind::Slash || token.is(tag::EACH) || token.is(tag::INSIDE);
    let mut next = at + 1;
    while joined
        && tokens.get(next).is_some_and(|t| t.is(tag::DEFINITE) || t.is(tag::INDEFINITE) || t.is(tag::OTHER))
    {
        next += 1;
    }
    let follows = tokens.get(next).is_some_and(period);
    // "three times during the day", "throughout the day"
    let during = loose && token.is(tag::THROUGHOUT) && tokens.get(at + 2).is_some_and(period);
    match (joined && follows, during) {
        (true, _) => Some(next + 1),
        (_, true) => Some(at + 3),
        _ => None,
    }
}
