//! Amounts in a sentence: numbers, ranges and units, before it is known what they are for.

use super::lexicon::tag;
use super::number::{number, whole};
use super::quantity::quantity;
use super::token::{Kind, Token};
use super::unit::{frequency, unit};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// In milliseconds.
    Time,
    /// "10 times", "10 reps".
    Times,
    Sets,
    Breaths,
    /// "twice a day": how often the whole is done.
    Frequency,
    /// A number without a unit.
    Bare,
    /// Degrees, inches, weeks …
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    pub what: What,
    pub low: u32,
    pub high: u32,
    /// The tokens it is written with.
    pub from: usize,
    pub to: usize,
    /// "several breaths": there is no number.
    pub vague: bool,
    /// "repeat two more times".
    pub more: bool,
}

impl Amount {
    pub fn new(what: What, low: f64, high: f64, from: usize, to: usize) -> Self {
        Self { what, low: whole(low), high: whole(high.max(low)), from, to, vague: false, more: false }
    }
}

/// All amounts among `tokens`, in order.
pub fn amounts(tokens: &[Token<'_>]) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match one(tokens, at, &mut found) {
            Some(next) if next > at => at = next,
            _ => at += 1,
        }
    }
    found
}

/// Reads what begins at `at`, and tells where it ends.
fn one(tokens: &[Token<'_>], at: usize, found: &mut Vec<Amount>) -> Option<usize> {
    let token = tokens.get(at)?;
    if let Some([sets, times]) = falling(tokens, at) {
        found.extend([sets, times]);
        return Some(times.to);
    }
    if is_one_of(tokens, at) {
        return Some(at + 2);
    }
    let word = match () {
        () if token.kind == Kind::Cross => times(tokens, at),
        () if token.is(tag::ONCE) => once(tokens, at),
        () if is_second_set(tokens, at) => Some(Amount::new(What::Sets, 2.0, 2.0, at, at + 2)),
        () if token.is(tag::SEVERAL) => several(tokens, at),
        () if token.kind == Kind::Word && token.is(tag::INDEFINITE) => article(tokens, at),
        () => return Some(quantity(tokens, at, number(tokens, at)?, found)),
    }?;
    found.push(word);
    Some(word.to)
}

/// "Maybe one of these exercises helps you" counts nothing.
fn is_one_of(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |at: usize, tags: u128| tokens.get(at).is_some_and(|t| t.is(tags));
    let one = tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.number == 1.0 && t.is(tag::NUMBER));
    one && is(at + 1, tag::OF) && is(at + 2, tag::DEFINITE | tag::THIS | tag::ONES | tag::POSSESSIVE)
}

/// "x 10", where no number stands before it.
fn times(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let number = number(tokens, at + 1)?;
    let (what, factor, to) = unit(tokens, number.next).unwrap_or((What::Times, 1.0, number.next));
    Some(Amount::new(what, number.low * factor, number.high * factor, at, to))
}

/// "once", "once or twice", "twice a day"
fn once(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let count = tokens.get(at)?.number;
    let is = |at: usize, tags: u128| tokens.get(at).is_some_and(|t| t.is(tags));
    let range = is(at + 1, tag::RANGE) && is(at + 2, tag::ONCE);
    let (high, to) = if range { (count + 1.0, at + 3) } else { (count, at + 1) };
    let (what, to) = frequency(tokens, to, true).map_or((What::Times, to), |to| (What::Frequency, to));
    // "repeat twice more"
    let more = what == What::Times && is(to, tag::MORE);
    Some(Amount { more, ..Amount::new(what, count, high, at, to) })
}

/// "have a rest, and do a second set of 8"
fn is_second_set(tokens: &[Token<'_>], at: usize) -> bool {
    let set = |t: &Token<'_>| t.is(tag::SETS) && !t.text.ends_with(['s', 'S']);
    tokens.get(at).is_some_and(|t| t.is(tag::SECOND)) && tokens.get(at + 1).is_some_and(set)
}

/// "several breaths", "a couple of minutes"
fn several(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let skipped = |t: &&Token<'_>| t.is(tag::FILLER) || t.is(tag::OF);
    let unit_at = at + 1 + tokens.iter().skip(at + 1).take(3).take_while(skipped).count();
    let (what, factor, to) = unit(tokens, unit_at)?;
    let what = if frequency(tokens, to, true).is_some() { What::Frequency } else { what };
    let count = if tokens.get(at)?.is(tag::COUPLE) { 2.0 } else { 3.0 };
    Some(Amount { vague: true, ..Amount::new(what, count * factor, count * factor, at, to) })
}

/// "a minute", "a set of 10"; but "a second time" is no time.
fn article(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let next = tokens.get(at + 1)?;
    let lasting = at.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.is(tag::FOR));
    let exact = next.is(tag::MINUTES | tag::HOURS | tag::SETS)
        || next.is(tag::SECOND) && lasting
        || next.is(tag::FILLER) && !next.is(tag::SECOND);
    let (what, factor, to) = unit(tokens, at + 1).filter(|_| exact)?;
    if !matches!(what, What::Time | What::Sets) {
        return None;
    }
    // "a second or two"
    let two = tokens.get(to).is_some_and(|t| t.is(tag::RANGE)).then(|| number(tokens, to + 1)).flatten();
    let two = two.filter(|two| two.low == 2.0 && two.high == 2.0 && unit(tokens, two.next).is_none());
    // "twice a minute", "every half a minute" never come up; "once a day" has been taken as a whole.
    let (high, to) = two.map_or((factor, to), |two| (2.0 * factor, two.next));
    Some(Amount::new(what, factor, high, at, to))
}

/// "12, 10, 8 reps", "15/12/10/8": the repetitions of one set after the other.
fn falling(tokens: &[Token<'_>], at: usize) -> Option<[Amount; 2]> {
    let count = |at: usize| tokens.get(at).filter(|t| t.kind == Kind::Number && t.number.fract() == 0.0);
    let parts = |t: &Token<'_>| matches!(t.kind, Kind::Comma | Kind::Slash | Kind::Dash);
    let mut counts = vec![count(at)?.number];
    let mut to = at + 1;
    let sign = tokens.get(to).filter(|t| parts(t))?.kind;
    while tokens.get(to).is_some_and(|t| t.kind == sign)
        && let Some(next) = count(to + 1)
    {
        counts.push(next.number);
        to += 2;
    }
    let named = tokens.get(to).is_some_and(|t| t.is(tag::REPS));
    // By themselves, as in the cell of a table, they fall.
    let alone = at == 0 && to == tokens.len() && counts.is_sorted_by(|one, next| one >= next);
    let fits = (3..=8).contains(&counts.len()) && counts.iter().all(|n| (1.0..=50.0).contains(n));
    let to = to + usize::from(named);
    let (low, high) =
        counts.iter().fold((f64::MAX, 0.0), |(low, high), n| (f64::min(low, *n), f64::max(high, *n)));
    let sets = counts.len() as f64;
    (fits && (named || alone))
        .then(|| [Amount::new(What::Sets, sets, sets, at, at), Amount::new(What::Times, low, high, at, to)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;
    use crate::import::token::tokens;

    fn read(text: &str) -> Vec<(What, u32, u32)> {
        let found = amounts(&tokens(text, english_lexicon()));
        found.iter().map(|amount| (amount.what, amount.low, amount.high)).collect()
    }

    #[test]
    fn ranges_are_read_in_words_in_digits_and_over_units() {
        assert_eq!(read("eight to twelve times"), [(What::Times, 8, 12)]);
        assert_eq!(read("20–30 sec"), [(What::Time, 20_000, 30_000)]);
        assert_eq!(read("30 seconds to 1 minute"), [(What::Time, 30_000, 60_000)]);
        assert_eq!(read("between 8 and 12 repetitions"), [(What::Times, 8, 12)]);
        assert_eq!(read("one and a half minutes"), [(What::Time, 90_000, 90_000)]);
        assert_eq!(read("half a minute"), [(What::Time, 30_000, 30_000)]);
    }

    #[test]
    fn products_are_sets_of_repetitions_and_repeated_holds() {
        assert_eq!(read("3 x 12"), [(What::Sets, 3, 3), (What::Times, 12, 12)]);
        assert_eq!(read("2 × 45 sec"), [(What::Times, 2, 2), (What::Time, 45_000, 45_000)]);
        assert_eq!(read("10 x 3"), [(What::Times, 10, 10), (What::Sets, 3, 3)]);
        assert_eq!(read("3x/day"), [(What::Frequency, 3, 3)]);
    }

    #[test]
    fn how_often_a_day_is_no_count_unless_it_is_too_often_for_that() {
        assert_eq!(read("twice a day"), [(What::Frequency, 2, 2)]);
        assert_eq!(read("4 times daily"), [(What::Frequency, 4, 4)]);
        assert_eq!(read("1-2/day"), [(What::Frequency, 1, 2)]);
        assert_eq!(read("20 times every hour"), [(What::Times, 20, 20)]);
    }

    #[test]
    fn ordinals_count_nothing_but_sets() {
        assert_eq!(read("the 2nd exercise"), []);
        assert_eq!(read("a second time"), []);
        assert_eq!(read("do a second set of 8"), [(What::Sets, 2, 2), (What::Bare, 8, 8)]);
    }
}
