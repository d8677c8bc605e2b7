//! What an amount is for, from the words around it.

use super::amount::{Amount, What};
use super::dose::LONGEST_POSE;
use super::lexicon::{Role, tag};
use super::reading::{Field, Reading};
use super::token::{Kind, Token};

/// What the amount is for, from the words around it.
pub fn field(
    tokens: &[Token<'_>],
    amount: &Amount,
    before: Option<&Amount>,
    label: Option<Role>,
    reading: &Reading,
) -> Option<Field> {
    let counted = reading.get(Field::Reps).is_some();
    // "That's one rep" tells what one is, not how many to do.
    let before_it = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    let defines = amount.high == 1 && before_it.is_some_and(|t| t.is(tag::DEFINES));
    match amount.what {
        What::Other => None,
        What::Times | What::Sets if defines => None,
        // "Repetitions: 3 times daily" counts repetitions all the same.
        What::Frequency if label == Some(Role::Reps) && !counted && !reading.is_dose() => Some(Field::Reps),
        What::Frequency => Some(Field::Frequency),
        What::Sets => Some(Field::Sets),
        What::Breaths => Some(Field::Breaths),
        What::Times
            if label == Some(Role::Frequency)
                && !tokens.get(amount.to.saturating_sub(1)).is_some_and(|t| t.is(tag::REPS)) =>
        {
            Some(Field::Frequency)
        }
        What::Times if label == Some(Role::Sets) => Some(Field::Sets),
        What::Times => {
            let reps = tokens.get(amount.to.saturating_sub(1)).is_some_and(|t| t.is(tag::REPS));
            let once =
                amount.to == amount.from + 1 && tokens.get(amount.from).is_some_and(|t| t.is(tag::ONCE));
            if once && !repeats(tokens, amount) {
                return None;
            }
            // "10 reps, 3 times"
            let near = before.is_some_and(|before| amount.from <= before.to + 3);
            if counted && near && !reps && amount.high <= 6 && reading.get(Field::Sets).is_none() {
                return Some(Field::Sets);
            }
            Some(Field::Reps)
        }
        What::Bare => bare(tokens, amount, before, label),
        What::Time => time(tokens, amount, label),
    }
}

/// "once" and "twice" count repetitions only where something is repeated: "once you feel a stretch".
fn repeats(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let before = tokens.get(..amount.from).unwrap_or(&[]);
    // "Once through with each foot", "Twice on each side"
    if amount.from == 0 && tokens.get(amount.to).is_some_and(|t| t.is(tag::THROUGH)) {
        return true;
    }
    // "once each side"
    let sided = tokens.get(amount.to).is_some_and(|t| t.is(tag::EACH | tag::PER))
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SIDE));
    if sided {
        return true;
    }
    // "as if to do all at once"
    if before.last().is_some_and(|t| t.is(tag::AT)) {
        return false;
    }
    let clause_ends = tokens
        .get(amount.to)
        .is_none_or(|t| t.kind != Kind::Word || t.is(tag::EACH | tag::PER) || t.is(tag::ENDS_COUNT));
    clause_ends && before.iter().any(|t| t.is(tag::REPEAT | tag::MOVE | tag::SWITCH))
}

fn bare(
    tokens: &[Token<'_>],
    amount: &Amount,
    before: Option<&Amount>,
    label: Option<Role>,
) -> Option<Field> {
    // "Do this one anywhere"
    let before_it = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    let pronoun = tokens.get(amount.from).is_some_and(|t| t.is(tag::ONE))
        && before_it.is_some_and(|t| t.is(tag::POINTING | tag::DEFINITE | tag::EACH));
    if pronoun {
        return None;
    }
    // "Sets: 3 Reps: 10": the word right before it says more than the label of the line.
    let colon =
        amount.from.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == Kind::Colon);
    if let Some(word) = amount.from.checked_sub(2).and_then(|at| tokens.get(at)).filter(|_| colon) {
        match () {
            () if word.is(tag::SETS) => return Some(Field::Sets),
            () if word.is(tag::REPS) => return Some(Field::Reps),
            () if word.is(tag::HOLD) => return Some(Field::Hold),
            () => {}
        }
    }
    // "3 sets of 10"
    let of = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    if of.is_some_and(|t| t.is(tag::OF) || t.kind == Kind::Dash || t.kind == Kind::Comma || t.is(tag::AT))
        && before.is_some_and(|before| before.what == What::Sets && before.to + 1 == amount.from)
    {
        return Some(Field::Reps);
    }
    let labelled = match label {
        Some(Role::Sets) => Some(Field::Sets),
        Some(Role::Reps | Role::Dose) => Some(Field::Reps),
        Some(Role::Hold) => Some(Field::Hold),
        Some(Role::Duration) => Some(Field::Time),
        Some(Role::Rest) => Some(Field::Rest),
        Some(Role::Frequency) => Some(Field::Frequency),
        _ => None,
    };
    if labelled.is_some() {
        return labelled;
    }
    let mut at = amount.from;
    while let Some(token) = at.checked_sub(1).and_then(|at| tokens.get(at)) {
        if token.is(tag::COUNT) {
            // "Up on a count of two" is a pace.
            let back = tokens.get(..at.saturating_sub(1)).unwrap_or(&[]).iter().rev().take(6);
            let pace = back.clone().find(|t| !t.is(tag::FILLER)).is_some_and(|t| t.is(tag::ON));
            return (!pace || back.into_iter().any(|t| t.is(tag::HOLD))).then_some(Field::Hold);
        }
        let skipped = matches!(token.kind, Kind::Colon | Kind::Dash | Kind::Cross | Kind::Close)
            || token.is(tag::ABOUT)
            || token.is(tag::BEFORE_COUNT);
        if !skipped || amount.from - at > 4 {
            break;
        }
        at -= 1;
    }
    let after = tokens.get(amount.to);
    // "Do 10 of these", "15 on this side"
    let of_these = after.is_some_and(|t| t.is(tag::OF))
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::POINTING | tag::ONES));
    // "Ten quick ones"
    let ones = after.is_some_and(|t| t.is(tag::FILLER))
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::ONES));
    let sided = after.is_some_and(|t| t.is(tag::DONE_ON | tag::INSIDE))
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::DETERMINER | tag::POINTING | tag::ONE))
        && tokens.get(amount.to + 2).is_some_and(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT | tag::OTHER));
    // "6/side"
    let slashed = after.is_some_and(|t| t.kind == Kind::Slash)
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SIDE));
    if of_these || slashed || sided || ones && amount.high > 1 {
        return Some(Field::Reps);
    }
    // "12 altogether", "16 turns in total"
    let mut behind = tokens.get(amount.to..).unwrap_or(&[]).windows(2).take(3);
    let in_all =
        behind.any(|pair| matches!(pair, [a, b] if a.is(tag::INSIDE | tag::INDEFINITE) && b.is(tag::IN_ALL)));
    if in_all || tokens.iter().skip(amount.to).take(3).any(|t| t.is(tag::TOTAL)) {
        return Some(Field::Reps);
    }
    // "10 right, then 10 left"
    let ends = tokens.get(amount.to + 1).is_none_or(|t| t.kind != Kind::Word || t.is(tag::THEN | tag::AND));
    if after.is_some_and(|t| t.is(tag::LEFT | tag::RIGHT | tag::TURN)) && ends {
        return Some(Field::Reps);
    }
    // "5 each way"
    let each =
        after.is_some_and(|t| t.is(tag::EACH)) && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SIDE));
    if each && at == 0 || is_count_of_moves(tokens, amount) {
        return Some(Field::Reps);
    }
    let word = at.checked_sub(1).and_then(|at| tokens.get(at))?;
    // "Do 10 squats", but not "do 3 different exercises", which has a unit.
    let counts = word.is(tag::REPEAT) && !word.is(tag::ATTEMPT);
    let close = amount.from - at <= 1;
    match word {
        _ if word.is(tag::SETS) => Some(Field::Sets),
        _ if word.is(tag::REPS) => Some(Field::Reps),
        _ if word.is(tag::COUNT) => Some(Field::Hold),
        _ if word.is(tag::HOLD)
            && word.kind == Kind::Word
            && after.is_none_or(|t| {
                t.kind != Kind::Word
                    || t.is(tag::RETURN | tag::EACH | tag::THEN)
                    || t.is(tag::AND)
                    || t.is(tag::ON)
            }) =>
        {
            Some(Field::Hold)
        }
        _ if counts && (close || after.is_none_or(|t| t.kind != Kind::Word)) => Some(Field::Reps),
        _ if each => Some(Field::Reps),
        _ => None,
    }
}

/// "draw ten slow circles", "do five rolls", "10 steps each way"
fn is_count_of_moves(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let mut at = amount.to;
    // "5 cross-steps"
    if tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Dash && t.close) {
        at += 2;
    }
    let skip = at + 2;
    while at < skip
        && tokens.get(at).is_some_and(|t| {
            t.is(tag::FILLER | tag::ADVERB) || t.is(tag::PART | tag::SIDE) && !t.is(tag::NAME)
        })
    {
        at += 1;
    }
    let Some(moves) = tokens.get(at).filter(|t| t.kind == Kind::Word) else { return false };
    let each = tokens.get(at + 1).is_some_and(|t| t.is(tag::EACH))
        && tokens.get(at + 2).is_some_and(|t| t.is(tag::SIDE));
    // "Perform up to 5 steps", "do at least 10 rolls"
    let back = tokens.get(..amount.from).unwrap_or(&[]).iter().rev();
    let verb = back.take(4).find(|t| !(t.is(tag::ABOUT | tag::AT) || t.is(tag::TO)));
    // "Make 5 circles", but "take two steps back" only finds the place.
    let done = verb.is_some_and(|t| {
        t.is(tag::REPEAT) || t.is(tag::MOVE | tag::WEAK) && (amount.low >= 5 || !t.is(tag::WEAK))
    });
    // "10 flicks, a short break"
    let ends = tokens.get(at + 1).is_none_or(|t| {
        let way = tag::LEFT | tag::RIGHT | tag::TURN;
        t.kind != Kind::Word || t.is(tag::DONE_ON | tag::INSIDE | tag::AND | way)
    });
    let alone = amount.from == 0 && ends;
    // "Half knee bends" are not half of something.
    let whole = tokens.get(amount.from).is_some_and(|t| t.number >= 1.0);
    each || (done || alone) && whole && moves.is(tag::NAME) && moves.text.ends_with(['s', 'S'])
}

/// What a time is for: the words right behind it, or the nearest verb before it.
fn time(tokens: &[Token<'_>], amount: &Amount, label: Option<Role>) -> Option<Field> {
    match label {
        Some(Role::Hold) => return Some(Field::Hold),
        // Poses are held as long as they last: what it is for is settled with the rest of the text.
        Some(Role::Duration) => {
            let held = tokens.iter().take(amount.from).any(|t| t.is(tag::HOLD));
            let short = amount.high <= LONGEST_POSE;
            return Some(if held {
                Field::Hold
            } else if short {
                Field::Time
            } else {
                Field::Duration
            });
        }
        Some(Role::Rest) => return Some(Field::Rest),
        Some(Role::Frequency) => return None,
        _ => {}
    }
    let rest = |at: usize| {
        let between = tokens.iter().skip(at.saturating_sub(6)).take(16).position(|t| t.is(tag::BETWEEN));
        let what = between.and_then(|place| tokens.get(at.saturating_sub(6) + place + 1..));
        let sets =
            what.is_some_and(|what| what.iter().take(3).any(|t| t.is(tag::SETS) || t.is(tag::EXERCISES)));
        if sets { Field::Rest } else { Field::Pause }
    };
    // "10-second hold", "30 seconds rest"
    let mut next = amount.to;
    while tokens.get(next).is_some_and(|t| t.kind == Kind::Dash || t.is(tag::OF) || t.is(tag::FILLER)) {
        next += 1;
    }
    if let Some(word) = tokens.get(next).filter(|_| next < amount.to + 3) {
        if word.is(tag::HOLD) || word.is(tag::HELD_NOUN) {
            return Some(Field::Hold);
        }
        if (word.is(tag::REST) || word.is(tag::BREAK)) && !word.is(tag::RECOVER) {
            return Some(rest(amount.from));
        }
    }
    if is_pace(tokens, amount) {
        return None;
    }
    let back = tokens.get(..amount.from).unwrap_or(&[]);
    // "every 30 seconds", "over 3 seconds", "takes 2 seconds", "for the first 10 seconds"
    let just =
        back.iter().rev().find(|t| t.kind == Kind::Word && !t.is(tag::ABOUT | tag::FILLER) && !t.is(tag::OF));
    if just.is_some_and(|t| t.is(tag::TEMPO) || t.is(tag::NO_LENGTH)) {
        return None;
    }
    // "until 5 seconds are possible" is for later.
    let reached = back.last().is_some_and(|t| t.is(tag::UNTIL))
        && tokens.get(amount.to).is_some_and(|t| t.is(tag::BEING));
    if reached {
        return None;
    }
    // "15-20 minutes each session" is about the whole of it.
    let session = tokens.get(amount.to).is_some_and(|t| t.is(tag::EACH | tag::PER))
        && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SESSION));
    if session {
        return None;
    }
    // "Be still for half a minute"
    let motionless =
        back.iter().rev().find(|t| t.kind == Kind::Word && !t.is(tag::FOR | tag::ABOUT | tag::FILLER));
    if motionless.is_some_and(|t| t.is(tag::MOTIONLESS)) {
        return Some(Field::Hold);
    }
    for (at, word) in back.iter().enumerate().rev() {
        if word.kind != Kind::Word {
            continue;
        }
        if word.is(tag::HOLD) {
            return Some(Field::Hold);
        }
        let noun = at.checked_sub(1).and_then(|at| back.get(at)).is_some_and(|t| t.is(tag::DETERMINER));
        if word.is(tag::REST) && !noun {
            let here = back.get(at + 1).is_some_and(|t| t.is(tag::INSIDE) || t.is(tag::HERE));
            return Some(if here { Field::Hold } else { rest(amount.from) });
        }
        if noun || word.is(tag::ADVERB) && !word.is(tag::HOLD) {
            continue;
        }
        if word.is(tag::CONTINUE | tag::SWITCH) {
            let after = just.is_some_and(|t| t.is(tag::AFTER));
            return Some(if after { Field::Hold } else { Field::Duration });
        }
        // "Do: 30 seconds" says nothing about moving.
        if word.is(tag::DO) && back.get(at + 1).is_none_or(|t| t.kind == Kind::Colon) {
            return Some(Field::Time);
        }
        if word.is(tag::REPEAT) {
            return Some(Field::Duration);
        }
        if word.is(tag::RETURN) {
            return None;
        }
        // "(inhaling for 3 seconds)" is a pace.
        if word.is(tag::IN | tag::OUT) {
            return None;
        }
        // "Breathe in for 5 seconds and out for 8"
        if word.is(tag::BREATHE) && back.get(at + 1).is_some_and(|t| t.is(tag::INSIDE | tag::OUTSIDE)) {
            return None;
        }
        // "Keep squeezing for a minute", "keep alternating, moving slowly, for 60 seconds"
        let moving = |t: &Token<'_>| {
            t.is(tag::GOING)
                || t.is(tag::GERUND)
                    && t.is(tag::MOVE | tag::SWITCH)
                    && !t.is(tag::HOLD | tag::BREATHE | tag::IN | tag::OUT | tag::TIP)
        };
        let kept = at.checked_sub(1).and_then(|at| back.get(at)).is_some_and(|t| t.is(tag::KEEP));
        if word.is(tag::GOING)
            || word.is(tag::KEEP) && back.get(at + 1).is_some_and(moving)
            || kept && moving(word)
        {
            return Some(Field::Duration);
        }
        // "Keep this up for two minutes"
        let goes_on =
            word.is(tag::KEEP) && back.iter().skip(at + 1).take(3).any(|t| t.is(tag::UP | tag::GOING));
        if goes_on {
            return Some(Field::Duration);
        }
        if word.is(tag::MOVE | tag::SETUP | tag::BREATHE) || word.is(tag::KEEP) || word.is(tag::KEEPING) {
            let stays = just.is_some_and(|t| t.is(tag::FOR) || t.is(tag::AFTER));
            return Some(if stays || word.is(tag::KEEP) { Field::Hold } else { Field::Time });
        }
    }
    Some(Field::Time)
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
