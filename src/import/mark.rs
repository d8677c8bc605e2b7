//! Where a sentence speaks of sides: "on each side", "switch legs", "left, then right".

use super::amount::{Amount, What};
use super::lexicon::tag;
use super::token::{Kind, Token};

/// How a sentence speaks of sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// "on each side"
    Each,
    /// "in each direction": of circles that is no side.
    Ways,
    /// "repeat on the other side", "switch legs"
    Other,
    /// "alternate legs", "left, then right"
    Alternate,
    /// "then turn to the right", by the tag of the side: what it means depends on the sentence before.
    Then(u128),
}

/// Where in the sentence something tells of sides.
pub fn marks(tokens: &[Token<'_>], found: &[Amount]) -> Vec<(usize, Mark)> {
    let mut all = Vec::new();
    let mut verb = false;
    let mut seen_side = None::<(u128, bool)>;
    let mut side_at = 0;
    if let Some(place) = taking_turns(tokens) {
        all.push((place, Mark::Alternate));
    }
    if are_both_sides(tokens) {
        all.push((0, Mark::Each));
    }
    // "8 reps, 25 lbs per hand" tells a load.
    let loaded = |at: usize| found.iter().any(|a| a.what == What::Other && a.to == at);
    let amount_before = |at: usize, within: usize| {
        found.iter().any(|a| a.what != What::Other && a.to <= at && at - a.to <= within) && !loaded(at)
    };
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let noun = |t: &Token<'_>| t.is(tag::SIDE);
        // "each side", "each of your legs", "the other side"
        let named = (1..=2).filter_map(|step| tokens.get(at + step)).take_while(|t| t.kind == Kind::Word);
        let named = named.into_iter().find(|t| noun(t));
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        if token.is(tag::EACH | tag::BOTH) && named.is_some() {
            // "Bring one or both knees to your chest", "both arms together", "at each arm position"
            let or = before.is_some_and(|t| t.is(tag::RANGE) && !t.is(tag::TO));
            let behind = tokens.iter().find(|t| t.start > named.map_or(0, |t| t.start));
            let together = behind.is_some_and(|t| t.is(tag::TOGETHER | tag::HELD_NOUN | tag::OTHER_UNIT));
            let direction = named.is_some_and(|t| t.is(tag::TURN));
            if or || together {
                continue;
            }
            let way = named.is_some_and(|t| t.is(tag::WAY));
            let loose = token.is(tag::EACH)
                && !found.is_empty()
                && (way || !before.is_some_and(|t| t.is(tag::LOCATES)));
            let of =
                next.is_some_and(|t| t.is(tag::SIDE)) && tokens.get(at + 2).is_some_and(|t| t.is(tag::OF));
            let counted =
                amount_before(at, 4) || verb && (way || before.is_some_and(|t| t.is(tag::DONE_ON))) || loose;
            if counted && !of && !loaded(at) {
                all.push((at, if direction { Mark::Ways } else { Mark::Each }));
            }
        } else if amount_before(at, 0)
            && (token.is(tag::EACH) && next.is_none_or(|t| t.kind != Kind::Word)
                || token.is(tag::INDEFINITE) && next.is_some_and(noun)
                || token.kind == Kind::Slash && next.is_some_and(|t| t.is(tag::SIDE)))
        {
            all.push((at, Mark::Each));
        } else if token.is(tag::OTHER) || token.is(tag::SECOND) && next.is_some_and(noun) {
            let ends = next.is_none_or(|t| !matches!(t.kind, Kind::Word | Kind::Number));
            // "Then the other leg", but not "then hook your other foot around the ankle".
            let side_ends = tokens.get(at + 2).is_none_or(|t| t.kind != Kind::Word);
            let then =
                tokens.iter().take(at).any(|t| t.is(tag::THEN) || t.is(tag::NOW)) && (side_ends || ends);
            let same = then || tokens.iter().take(at).any(|t| t.is(tag::SAME));
            // "15 on this side, 15 on the other"
            let ways = || tokens.iter().any(|t| t.is(tag::TURN));
            let counted = !token.is(tag::OPPOSITE) && amount_before(at, 2) && !ways();
            if (verb || counted || same && !token.is(tag::OPPOSITE)) && (named.is_some() || ends) {
                all.push((at, Mark::Other));
            }
        }
        // "Repeat with the good leg"
        if token.is(tag::CONDITION) && next.is_some_and(noun) && repeated(tokens, at) {
            all.push((at, Mark::Other));
        }
        if token.is(tag::SWITCH) {
            // "Change legs each time"
            let turns = tokens.windows(2).skip(at).take(4);
            let each_time = turns
                .into_iter()
                .any(|pair| matches!(pair, [a, b] if a.is(tag::EACH) && b.is(tag::TIME_NOUN | tag::REPS)));
            let alternates = token.is(tag::ALTERNATE) || each_time && tokens.iter().any(noun);
            let turns = next.is_some_and(|t| t.is(tag::TURN));
            let sided = !turns
                && tokens.iter().skip(at + 1).take(3).any(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT));
            // "Alternate between the two poses"
            let between = next.is_some_and(|t| t.is(tag::BETWEEN)) && !sided;
            if alternates && !between {
                all.push((at, Mark::Alternate));
            } else if sided
                || !alternates
                    && next.is_none_or(|t| t.kind != Kind::Word || t.is(tag::AND | tag::AFTER | tag::OVER))
            {
                all.push((at, Mark::Other));
            }
        }
        if token.is(tag::LEFT | tag::RIGHT) {
            let side = token.tags & (tag::LEFT | tag::RIGHT);
            // "Sit on your left hand, then tilt your head to the right" is one movement.
            let limb = next.is_some_and(|t| t.is(tag::PART));
            if seen_side.is_some_and(|(seen, of_limb)| seen != side && of_limb == limb) {
                let between = tokens.get(side_at..at).unwrap_or(&[]);
                // "10 on the left, then 10 on the right": one side after the other.
                let counted = found
                    .iter()
                    .any(|a| a.from > side_at && a.to <= at && matches!(a.what, What::Bare | What::Times));
                if between.iter().any(|t| t.is(tag::THEN)) {
                    all.push((at, if counted { Mark::Each } else { Mark::Alternate }));
                }
            } else if verb
                && seen_side.is_none()
                && before.is_some_and(|t| t.is(tag::LEADS_SIDE))
                && repeated(tokens, at)
            {
                all.push((at, Mark::Other));
            } else if seen_side.is_none()
                && next.is_none_or(|t| !t.is(tag::PART))
                && tokens.get(..at).unwrap_or(&[]).iter().any(|t| t.is(tag::THEN))
            {
                all.push((at, Mark::Then(side)));
            }
            (seen_side, side_at) = (Some((side, limb)), at);
        }
        // "Try an overhead stretch", "while you do that": these repeat nothing on another side.
        let tried = token.is(tag::ATTEMPT) && next.is_some_and(|t| t.is(tag::INDEFINITE) || t.is(tag::TO));
        let told = before.is_some_and(|t| t.is(tag::YOU)) && next.is_some_and(|t| t.is(tag::POINTING));
        verb |= token.is(tag::REPEAT | tag::SWITCH) && !tried && !told || token.is(tag::SAME);
    }
    all
}

/// "Knees up: left, right, left, right"
fn taking_turns(tokens: &[Token<'_>]) -> Option<usize> {
    let sides: Vec<(usize, u128)> = tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.is(tag::LEFT | tag::RIGHT))
        .map(|(at, t)| (at, t.tags & (tag::LEFT | tag::RIGHT)))
        .collect();
    let turns = |three: &&[(usize, u128)]| matches!(three, [(a, one), (b, two), (c, three)] if one == three && one != two && b - a <= 2 && c - b <= 2);
    sides.windows(3).find(turns).and_then(|three| three.first()).map(|(at, _)| *at)
}

/// "Each side.", "Both legs", "R and L": a sentence that is all about sides.
fn are_both_sides(tokens: &[Token<'_>]) -> bool {
    let words: Vec<&Token<'_>> = tokens.iter().filter(|t| t.kind == Kind::Word).collect();
    let left = |t: &&&Token<'_>| t.is(tag::LEFT);
    let right = |t: &&&Token<'_>| t.is(tag::RIGHT);
    let each = words.first().is_some_and(|t| t.is(tag::EACH | tag::BOTH));
    let sides = |t: &&Token<'_>| t.is(tag::SIDE) && !t.is(tag::TURN);
    match words.as_slice() {
        [_, side] if each => sides(side),
        [one, and, other] if and.is(tag::AND) => left(&one) && right(&other) || right(&one) && left(&other),
        _ => false,
    }
}

/// "Repeat on the left", "do the same with the right leg": what is repeated stands right before the side.
fn repeated(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at.saturating_sub(7)..at)
        .unwrap_or(&[])
        .iter()
        .any(|t| t.is(tag::AGAIN) || t.is(tag::SAME) || t.is(tag::SWITCH))
}
