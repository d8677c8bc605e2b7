//! What a time in a sentence is for: a hold, a rest, a duration, or only a pace.

use super::amount::Amount;
use super::dose::LONGEST_POSE;
use super::lexicon::{Role, tag};
use super::reading::Field;
use super::token::{Kind, Token};

/// What the time `amount` is for: its label, the words right behind it, or the nearest verb before it.
pub fn length(tokens: &[Token<'_>], amount: &Amount, label: Option<Role>) -> Option<Field> {
    match label {
        Some(Role::Hold) => return Some(Field::Hold),
        Some(Role::Duration) => return Some(lasting(tokens, amount)),
        Some(Role::Rest) => return Some(Field::Rest),
        Some(Role::Frequency) => return None,
        _ => {}
    }
    if let Some(field) = interval(tokens, amount) {
        return Some(field);
    }
    if let Some(field) = named_behind(tokens, amount) {
        return Some(field);
    }
    if is_pace(tokens, amount) || is_no_length(tokens, amount) {
        return None;
    }
    let back = tokens.get(..amount.from).unwrap_or(&[]);
    // "Be still for half a minute"
    let motionless =
        back.iter().rev().find(|t| t.kind == Kind::Word && !t.is(tag::FOR | tag::ABOUT | tag::FILLER));
    if motionless.is_some_and(|t| t.is(tag::MOTIONLESS)) {
        return Some(Field::Hold);
    }
    let told = (0..back.len()).rev().find_map(|at| match verb(tokens, amount, at) {
        Verb::Tells(field) => Some(Some(field)),
        Verb::Pace => Some(None),
        Verb::Other => None,
    });
    told.unwrap_or(Some(Field::Time))
}

/// Below a label such as "Duration". Poses are held as long as they last: what it is for is settled with the rest of the text.
fn lasting(tokens: &[Token<'_>], amount: &Amount) -> Field {
    let held = tokens.iter().take(amount.from).any(|t| t.is(tag::HOLD));
    let short = amount.high <= LONGEST_POSE;
    match (held, short) {
        (true, _) => Field::Hold,
        (false, true) => Field::Time,
        (false, false) => Field::Duration,
    }
}

/// "40 seconds on, 20 off"
fn interval(tokens: &[Token<'_>], amount: &Amount) -> Option<Field> {
    let word = tokens.get(amount.to)?;
    let off = || tokens.iter().skip(amount.to).any(|t| t.is(tag::OFF));
    match () {
        () if word.is(tag::OFF) => Some(Field::Rest),
        () if word.is(tag::ON) && off() => Some(Field::Duration),
        () => None,
    }
}

/// "10-second hold", "30 seconds rest"
fn named_behind(tokens: &[Token<'_>], amount: &Amount) -> Option<Field> {
    let skipped = |t: &Token<'_>| t.kind == Kind::Dash || t.is(tag::OF) || t.is(tag::FILLER);
    let word = tokens.iter().skip(amount.to).take(3).find(|t| !skipped(t))?;
    match () {
        () if word.is(tag::HOLD | tag::HELD_NOUN) => Some(Field::Hold),
        () if word.is(tag::REST | tag::BREAK) && !word.is(tag::RECOVER) => Some(rest(tokens, amount.from)),
        () => None,
    }
}

/// A rest is between sets where the words around `at` say so, and else between repetitions.
fn rest(tokens: &[Token<'_>], at: usize) -> Field {
    let near = tokens.get(at.saturating_sub(6)..).unwrap_or(&[]);
    let between = near.iter().take(16).position(|t| t.is(tag::BETWEEN));
    let what = between.and_then(|place| near.get(place + 1..)).unwrap_or(&[]);
    let sets = what.iter().take(3).any(|t| t.is(tag::SETS) || t.is(tag::EXERCISES));
    if sets { Field::Rest } else { Field::Pause }
}

/// The last word before the time that is not about how exact it is.
fn just_before<'a, 't>(back: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
    back.iter().rev().find(|t| t.kind == Kind::Word && !t.is(tag::ABOUT | tag::FILLER) && !t.is(tag::OF))
}

/// A time that is not how long something is done.
fn is_no_length(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let back = tokens.get(..amount.from).unwrap_or(&[]);
    let behind = |steps: usize, tags: u128| tokens.get(amount.to + steps).is_some_and(|t| t.is(tags));
    // "every 30 seconds", "over 3 seconds", "takes 2 seconds", "for the first 10 seconds"
    let tempo = just_before(back).is_some_and(|t| t.is(tag::TEMPO) || t.is(tag::NO_LENGTH));
    // "until 5 seconds are possible" is for later.
    let later = back.last().is_some_and(|t| t.is(tag::UNTIL)) && behind(0, tag::BEING);
    // "15-20 minutes each session" is about the whole of it.
    let session = behind(0, tag::EACH | tag::PER) && behind(1, tag::SESSION);
    tempo || later || session
}

/// What a word before a time makes of it.
enum Verb {
    Tells(Field),
    /// How fast to do it.
    Pace,
    /// Nothing: a word before it may.
    Other,
}

fn verb(tokens: &[Token<'_>], amount: &Amount, at: usize) -> Verb {
    let back = tokens.get(..amount.from).unwrap_or(&[]);
    let next = back.get(at + 1);
    let Some(word) = back.get(at).filter(|word| word.kind == Kind::Word) else { return Verb::Other };
    if word.is(tag::HOLD) {
        return Verb::Tells(Field::Hold);
    }
    let noun = at.checked_sub(1).and_then(|at| back.get(at)).is_some_and(|t| t.is(tag::DETERMINER));
    if word.is(tag::REST) && !noun {
        let here = next.is_some_and(|t| t.is(tag::INSIDE | tag::HERE));
        return Verb::Tells(if here { Field::Hold } else { rest(tokens, amount.from) });
    }
    if noun || word.is(tag::ADVERB) {
        return Verb::Other;
    }
    let just = just_before(back);
    if word.is(tag::CONTINUE | tag::SWITCH) {
        let after = just.is_some_and(|t| t.is(tag::AFTER));
        return Verb::Tells(if after { Field::Hold } else { Field::Duration });
    }
    // "Do: 30 seconds" says nothing about moving.
    if word.is(tag::DO) && next.is_none_or(|t| t.kind == Kind::Colon) {
        return Verb::Tells(Field::Time);
    }
    if word.is(tag::REPEAT) {
        return Verb::Tells(Field::Duration);
    }
    // "(inhaling for 3 seconds)", "Breathe in for 5 seconds and out for 8"
    let breath = word.is(tag::BREATHE) && next.is_some_and(|t| t.is(tag::INSIDE | tag::OUTSIDE));
    if word.is(tag::RETURN | tag::IN | tag::OUT) || breath {
        return Verb::Pace;
    }
    if goes_on(back, at) {
        return Verb::Tells(Field::Duration);
    }
    if word.is(tag::MOVE | tag::SETUP | tag::BREATHE | tag::KEEP | tag::KEEPING) {
        let stays = word.is(tag::KEEP) || just.is_some_and(|t| t.is(tag::FOR) || t.is(tag::AFTER));
        return Verb::Tells(if stays { Field::Hold } else { Field::Time });
    }
    Verb::Other
}

/// "Keep squeezing for a minute", "keep alternating, moving slowly, for 60 seconds", "keep this up for two minutes"
fn goes_on(back: &[Token<'_>], at: usize) -> bool {
    let moving = |t: &Token<'_>| {
        t.is(tag::GOING)
            || t.is(tag::GERUND)
                && t.is(tag::MOVE | tag::SWITCH)
                && !t.is(tag::HOLD | tag::BREATHE | tag::IN | tag::OUT | tag::TIP)
    };
    let Some(word) = back.get(at) else { return false };
    let keeps = |at: usize| back.get(at).is_some_and(|t| t.is(tag::KEEP));
    let kept = at.checked_sub(1).is_some_and(keeps);
    let on = || back.iter().skip(at + 1).take(3).any(|t| t.is(tag::UP | tag::GOING));
    word.is(tag::GOING)
        || kept && moving(word)
        || word.is(tag::KEEP) && (back.get(at + 1).is_some_and(moving) || on())
}

/// "2 s per repetition", "3 seconds up, 3 seconds down": how fast to move.
fn is_pace(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let after = tokens.get(amount.to);
    let each = tokens
        .get(amount.to + 1)
        .is_some_and(|t| t.is(tag::REPS | tag::NAME) && !t.is(tag::SIDE | tag::HOLD));
    let labelled = tokens.get(amount.to + 2).is_some_and(|t| t.kind == Kind::Colon);
    if after.is_some_and(|t| t.kind == Kind::Slash || t.is(tag::EACH)) && each && !labelled {
        return true;
    }
    let way = |at: Option<usize>| {
        let token = at.and_then(|at| tokens.get(at))?;
        Some(token.tags & (tag::UP | tag::DOWN)).filter(|way| *way != 0)
    };
    let lasting = amount.from.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.is(tag::FOR));
    let before = amount.from.checked_sub(2).filter(|_| lasting);
    let Some(mine) = way(Some(amount.to)).or_else(|| way(before)) else { return false };
    let other = (tag::UP | tag::DOWN) & !mine;
    tokens.iter().any(|t| t.is(other)) && !tokens.iter().any(|t| t.is(tag::HOLD))
}
