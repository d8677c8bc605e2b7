//! What an amount is for, from the words around it.

use super::amount::{Amount, What};
use super::length::length;
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
    // "That's one rep", "repeat on the other side for one rep"
    let defines = amount.high == 1 && before_it.is_some_and(|t| t.is(tag::DEFINES | tag::FOR));
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
        What::Time => length(tokens, amount, label),
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

/// What a number without a unit counts.
fn bare(
    tokens: &[Token<'_>],
    amount: &Amount,
    before: Option<&Amount>,
    label: Option<Role>,
) -> Option<Field> {
    let at_distance = |steps: usize| amount.from.checked_sub(steps).and_then(|at| tokens.get(at));
    // "Do this one anywhere"
    let pronoun = tokens.get(amount.from).is_some_and(|t| t.is(tag::ONE))
        && at_distance(1).is_some_and(|t| t.is(tag::POINTING | tag::DEFINITE | tag::EACH));
    if pronoun {
        return None;
    }
    // "Sets: 3 Reps: 10": the word right before it says more than the label of the line.
    let colon = at_distance(1).is_some_and(|t| t.kind == Kind::Colon);
    let word = at_distance(2).filter(|_| colon).and_then(of_word);
    // "3 sets of 10"
    let of = at_distance(1)
        .is_some_and(|t| t.is(tag::OF) || t.kind == Kind::Dash || t.kind == Kind::Comma || t.is(tag::AT));
    let of_set =
        || of && before.is_some_and(|before| before.what == What::Sets && before.to + 1 == amount.from);
    word.or_else(|| of_set().then_some(Field::Reps))
        .or_else(|| labelled(label))
        .or_else(|| counted(tokens, amount))
}

/// "Sets", "Reps", "Hold"
fn of_word(word: &Token<'_>) -> Option<Field> {
    match () {
        () if word.is(tag::SETS) => Some(Field::Sets),
        () if word.is(tag::REPS) => Some(Field::Reps),
        () if word.is(tag::HOLD) => Some(Field::Hold),
        () => None,
    }
}

const fn labelled(label: Option<Role>) -> Option<Field> {
    match label {
        Some(Role::Sets) => Some(Field::Sets),
        Some(Role::Reps | Role::Dose) => Some(Field::Reps),
        Some(Role::Hold) => Some(Field::Hold),
        Some(Role::Duration) => Some(Field::Time),
        Some(Role::Rest) => Some(Field::Rest),
        Some(Role::Frequency) => Some(Field::Frequency),
        _ => None,
    }
}

/// What the words around a number make of it.
fn counted(tokens: &[Token<'_>], amount: &Amount) -> Option<Field> {
    let mut at = amount.from;
    while let Some(token) = at.checked_sub(1).and_then(|at| tokens.get(at)) {
        if token.is(tag::COUNT) {
            return count_of(tokens, at);
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
    // "5 each way"
    let each =
        after.is_some_and(|t| t.is(tag::EACH)) && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SIDE));
    if is_count_behind(tokens, amount) || each && at == 0 || is_count_of_moves(tokens, amount) {
        return Some(Field::Reps);
    }
    let word = at.checked_sub(1).and_then(|at| tokens.get(at))?;
    // "Do 10 squats", but not "do 3 different exercises", which has a unit.
    let counts = word.is(tag::REPEAT) && !word.is(tag::ATTEMPT);
    let close = amount.from - at <= 1;
    let ends = || after.is_none_or(|t| t.kind != Kind::Word);
    let held =
        || ends() || after.is_some_and(|t| t.is(tag::RETURN | tag::EACH | tag::THEN | tag::AND | tag::ON));
    match word {
        _ if word.is(tag::SETS) => Some(Field::Sets),
        _ if word.is(tag::REPS) => Some(Field::Reps),
        _ if word.is(tag::COUNT) => Some(Field::Hold),
        _ if word.is(tag::HOLD) && word.kind == Kind::Word && held() => Some(Field::Hold),
        _ if counts && (close || ends()) || each => Some(Field::Reps),
        _ => None,
    }
}

/// "Hold for a count of five". "Up on a count of two" is a pace.
fn count_of(tokens: &[Token<'_>], at: usize) -> Option<Field> {
    let back = tokens.get(..at.saturating_sub(1)).unwrap_or(&[]).iter().rev().take(6);
    let pace = back.clone().find(|t| !t.is(tag::FILLER)).is_some_and(|t| t.is(tag::ON));
    (!pace || back.into_iter().any(|t| t.is(tag::HOLD))).then_some(Field::Hold)
}

/// The words right behind a number tell that it counts repetitions.
fn is_count_behind(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let after = |steps: usize| tokens.get(amount.to + steps);
    let behind = |steps: usize, tags: u128| after(steps).is_some_and(|t| t.is(tags));
    // "Do 10 of these"
    let of_these = behind(0, tag::OF) && behind(1, tag::POINTING | tag::ONES);
    // "Ten quick ones"
    let ones = behind(0, tag::FILLER) && behind(1, tag::ONES) && amount.high > 1;
    // "15 on this side"
    let sided = behind(0, tag::DONE_ON | tag::INSIDE)
        && behind(1, tag::DETERMINER | tag::POINTING | tag::ONE)
        && behind(2, tag::SIDE | tag::LEFT | tag::RIGHT | tag::OTHER);
    // "6/side"
    let slashed = after(0).is_some_and(|t| t.kind == Kind::Slash) && behind(1, tag::SIDE);
    // "(50 side)", "(5, light weight)"
    let open = amount.from == 1 && tokens.first().is_some_and(|t| t.text == "(");
    let bracketed = behind(0, tag::SIDE) && after(1).is_some_and(|t| t.kind == Kind::Close)
        || open && after(0).is_some_and(|t| t.kind == Kind::Comma);
    // "12 altogether", "16 turns in total"
    let mut pairs = tokens.get(amount.to..).unwrap_or(&[]).windows(2).take(3);
    let in_all =
        pairs.any(|pair| matches!(pair, [a, b] if a.is(tag::INSIDE | tag::INDEFINITE) && b.is(tag::IN_ALL)));
    let total = (0..3).any(|steps| behind(steps, tag::TOTAL));
    // "10 right, then 10 left"
    let ends = after(1).is_none_or(|t| t.kind != Kind::Word || t.is(tag::THEN | tag::AND));
    let directed = behind(0, tag::LEFT | tag::RIGHT | tag::TURN) && ends;
    of_these || ones || sided || slashed || bracketed || in_all || total || directed
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
