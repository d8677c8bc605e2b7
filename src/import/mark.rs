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
    /// "alternate legs"
    Alternate,
    /// "left, then right": they take turns, unless it is said how often each of them is done.
    Turns,
    /// "then turn to the right", by the tag of the side: what it means depends on the sentence before.
    Then(u128),
}

/// Where in the sentence something tells of sides.
pub fn marks(tokens: &[Token<'_>], found: &[Amount]) -> Vec<(usize, Mark)> {
    let mut all = Vec::new();
    if let Some(place) = taking_turns(tokens) {
        all.push((place, Mark::Alternate));
    }
    if are_both_sides(tokens) {
        all.push((0, Mark::Each));
    }
    let mut reader = Reader { tokens, found, repeats: false, side: None };
    for (at, token) in tokens.iter().enumerate() {
        let mark = if token.is(tag::EACH | tag::BOTH) && reader.named(at).is_some() {
            reader.each(at)
        } else {
            reader.each_of_amount(at).or_else(|| reader.other(at))
        };
        all.extend(mark.map(|mark| (at, mark)));
        let told = [reader.other_condition(at), reader.switched(at), reader.direction(at)];
        all.extend(told.into_iter().flatten().map(|mark| (at, mark)));
        reader.repeats |= reader.repeats_at(at);
    }
    all
}

/// A direction that has been named: its tag, whether it is that of a limb, and where it stands.
#[derive(Clone, Copy)]
struct Direction {
    side: u128,
    limb: bool,
    at: usize,
}

/// Reads a sentence from its start.
struct Reader<'a, 't> {
    tokens: &'a [Token<'t>],
    found: &'a [Amount],
    /// Something is repeated in what has been read.
    repeats: bool,
    /// The last direction named.
    side: Option<Direction>,
}

impl<'a, 't> Reader<'a, 't> {
    fn get(&self, at: usize) -> Option<&'a Token<'t>> {
        self.tokens.get(at)
    }

    fn is(&self, at: usize, tags: u128) -> bool {
        self.get(at).is_some_and(|t| t.is(tags))
    }

    fn before(&self, at: usize) -> Option<&'a Token<'t>> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    fn already(&self, at: usize, tags: u128) -> bool {
        self.tokens.iter().take(at).any(|t| t.is(tags))
    }

    fn anywhere(&self, tags: u128) -> bool {
        self.tokens.iter().any(|t| t.is(tags))
    }

    /// The side that the word at `at` is about: "each side", "each of your legs", "the other side".
    fn named(&self, at: usize) -> Option<&'a Token<'t>> {
        let behind = (1..=2).filter_map(|step| self.get(at + step));
        behind.take_while(|t| t.kind == Kind::Word).find(|t| t.is(tag::SIDE))
    }

    /// "8 reps, 25 lbs per hand" tells a load.
    fn loaded(&self, at: usize) -> bool {
        self.found.iter().any(|a| a.what == What::Other && a.to == at)
    }

    /// Whether something is counted in the last few words before `at`.
    fn counted(&self, at: usize, within: usize) -> bool {
        let near = |a: &Amount| a.what != What::Other && a.to <= at && at - a.to <= within;
        self.found.iter().any(near) && !self.loaded(at)
    }

    /// "on each side", "with both legs": nothing where both do it at once.
    fn each(&self, at: usize) -> Option<Mark> {
        let named = self.named(at)?;
        let before = self.before(at);
        // "Bring one or both knees to your chest", "both arms together", "at each arm position"
        let or = before.is_some_and(|t| t.is(tag::RANGE) && !t.is(tag::TO));
        let behind = self.tokens.iter().find(|t| t.start > named.start);
        let together = behind.is_some_and(|t| t.is(tag::TOGETHER | tag::HELD_NOUN | tag::OTHER_UNIT));
        let way = named.is(tag::WAY);
        let loose = self.is(at, tag::EACH)
            && !self.found.is_empty()
            && (way || !before.is_some_and(|t| t.is(tag::LOCATES)));
        let of = self.is(at + 1, tag::SIDE) && self.is(at + 2, tag::OF);
        let done = self.repeats && (way || before.is_some_and(|t| t.is(tag::DONE_ON)));
        let counted = self.counted(at, 4) || done || loose;
        let mark = if named.is(tag::TURN) { Mark::Ways } else { Mark::Each };
        (counted && !or && !together && !of && !self.loaded(at)).then_some(mark)
    }

    /// "10 each", "10 a side", "10/side"
    fn each_of_amount(&self, at: usize) -> Option<Mark> {
        let ends = self.get(at + 1).is_none_or(|t| t.kind != Kind::Word);
        let slash = self.get(at).is_some_and(|t| t.kind == Kind::Slash);
        let closed = self.is(at, tag::SIDE) && self.get(at + 1).is_some_and(|t| t.kind == Kind::Close);
        let each = self.is(at, tag::EACH) && ends
            // "(50 side)"
            || closed && at > 1 && self.get(at - 2).is_some_and(|t| t.kind == Kind::Open)
            || self.is(at + 1, tag::SIDE) && (self.is(at, tag::INDEFINITE) || slash);
        (each && self.counted(at, 0)).then_some(Mark::Each)
    }

    /// "repeat on the other side", "15 on this side, 15 on the other"
    fn other(&self, at: usize) -> Option<Mark> {
        let (token, next) = (self.get(at)?, self.get(at + 1));
        let second = token.is(tag::SECOND) && self.is(at + 1, tag::SIDE);
        if !token.is(tag::OTHER) && !second {
            return None;
        }
        let ends = next.is_none_or(|t| !matches!(t.kind, Kind::Word | Kind::Number));
        // "Then the other leg", but not "then hook your other foot around the ankle".
        let side_ends = self.get(at + 2).is_none_or(|t| t.kind != Kind::Word);
        let then = (self.already(at, tag::THEN) || self.already(at, tag::NOW)) && (side_ends || ends);
        let same = then || self.already(at, tag::SAME);
        let counted = self.counted(at, 2) && !self.anywhere(tag::TURN);
        let again = self.repeats || self.repeats_behind(at) || (counted || same) && !token.is(tag::OPPOSITE);
        (again && (ends || self.named(at).is_some())).then_some(Mark::Other)
    }

    /// "Turn to the other side and repeat": nothing else stands behind it.
    fn repeats_behind(&self, at: usize) -> bool {
        let ends = self.get(at + 4).is_none_or(|t| t.kind != Kind::Word);
        self.is(at + 2, tag::AND) && self.is(at + 3, tag::AGAIN) && ends
    }

    /// "Repeat with the good leg"
    fn other_condition(&self, at: usize) -> Option<Mark> {
        let named = self.is(at, tag::CONDITION) && self.is(at + 1, tag::SIDE);
        (named && repeated(self.tokens, at)).then_some(Mark::Other)
    }

    /// "Switch sides", "alternate legs"
    fn switched(&self, at: usize) -> Option<Mark> {
        let token = self.get(at).filter(|t| t.is(tag::SWITCH))?;
        let next = self.get(at + 1);
        // "Change legs each time"
        let each_time = self
            .tokens
            .windows(2)
            .skip(at)
            .take(4)
            .any(|pair| matches!(pair, [a, b] if a.is(tag::EACH) && b.is(tag::TIME_NOUN | tag::REPS)));
        let alternates = token.is(tag::ALTERNATE) || each_time && self.anywhere(tag::SIDE);
        let mut behind = self.tokens.iter().skip(at + 1).take(3);
        let sided = !self.is(at + 1, tag::TURN) && behind.any(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT));
        // "Alternate between the two poses"
        let between = self.is(at + 1, tag::BETWEEN) && !sided;
        // "10 seconds to change over"
        let pause = self.before(at).is_some_and(|t| t.is(tag::TO)) && self.is(at + 1, tag::OVER);
        let ends = next.is_none_or(|t| t.kind != Kind::Word || t.is(tag::AND | tag::AFTER | tag::OVER));
        match alternates {
            _ if pause => None,
            true if !between => Some(Mark::Alternate),
            true => sided.then_some(Mark::Other),
            false => (sided || ends).then_some(Mark::Other),
        }
    }

    /// "left …, then right", "repeat on the left"
    fn direction(&mut self, at: usize) -> Option<Mark> {
        let token = self.get(at).filter(|t| t.is(tag::LEFT | tag::RIGHT))?;
        let side = token.tags & (tag::LEFT | tag::RIGHT);
        let limb = self.is(at + 1, tag::PART);
        let seen = self.side.replace(Direction { side, limb, at });
        let Some(seen) = seen else {
            let led = self.before(at).is_some_and(|t| t.is(tag::LEADS_SIDE));
            return match () {
                () if self.repeats && led && repeated(self.tokens, at) => Some(Mark::Other),
                () if !limb && self.already(at, tag::THEN) => Some(Mark::Then(side)),
                () => None,
            };
        };
        // "Sit on your left hand, then tilt your head to the right" is one movement.
        if seen.side == side || seen.limb != limb {
            return None;
        }
        let then = self.tokens.get(seen.at..at).unwrap_or(&[]).iter().any(|t| t.is(tag::THEN));
        // "10 on the left, then 10 on the right": one side after the other.
        let between = |a: &&Amount| a.from > seen.at && a.to <= at;
        let counts = |a: &Amount| matches!(a.what, What::Bare | What::Times | What::Time);
        let counted = self.found.iter().filter(between).any(counts);
        // "30 s left, 30 s right", "10 steps to the left and 10 to the right"
        let each = counted && self.found.iter().any(|a| counts(a) && a.to <= seen.at && seen.at - a.to <= 3);
        match () {
            () if counted && then || each => Some(Mark::Each),
            () if then => Some(Mark::Turns),
            () => None,
        }
    }

    /// Whether the word at `at` tells to do something again.
    fn repeats_at(&self, at: usize) -> bool {
        // "Try an overhead stretch", "while you do that": these repeat nothing on another side.
        let tried = self.is(at, tag::ATTEMPT) && self.is(at + 1, tag::INDEFINITE | tag::TO);
        let told = self.before(at).is_some_and(|t| t.is(tag::YOU)) && self.is(at + 1, tag::POINTING);
        self.is(at, tag::REPEAT | tag::SWITCH) && !tried && !told || self.is(at, tag::SAME)
    }
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
