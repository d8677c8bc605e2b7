//! Amounts in a sentence: numbers, ranges and units, before it is known what they are for.

use super::lexicon::tag;
use super::number::{Number, number, number_or_article, whole};
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

fn one(tokens: &[Token<'_>], at: usize, found: &mut Vec<Amount>) -> Option<usize> {
    let token = tokens.get(at)?;
    let amount = |what, low: f64, high: f64, to| Amount {
        what,
        low: whole(low),
        high: whole(high.max(low)),
        from: at,
        to,
        vague: false,
        more: false,
    };
    // "x 10", where no number stands before it.
    if token.kind == Kind::Cross {
        let number = number(tokens, at + 1)?;
        let mut times = amount(What::Times, number.low, number.high, number.next);
        if let Some((what, factor, next)) = unit(tokens, number.next) {
            times = amount(what, number.low * factor, number.high * factor, next);
        }
        found.push(times);
        return Some(times.to);
    }
    if token.is(tag::ONCE) {
        let count = match token.text.to_ascii_lowercase().as_str() {
            "once" => 1.0,
            "twice" => 2.0,
            _ => 3.0,
        };
        let mut to = at + 1;
        let mut high = count;
        // "once or twice"
        if tokens.get(to).is_some_and(|t| t.is(tag::RANGE))
            && tokens.get(to + 1).is_some_and(|t| t.is(tag::ONCE))
        {
            (high, to) = (count + 1.0, to + 2);
        }
        let (what, to) = frequency(tokens, to, true).map_or((What::Times, to), |to| (What::Frequency, to));
        // "repeat twice more"
        let more = what == What::Times && tokens.get(to).is_some_and(|t| t.is(tag::MORE));
        found.push(Amount { more, ..amount(what, count, high, to) });
        return Some(to);
    }
    // "have a rest, and do a second set of 8"
    if token.is(tag::SECOND)
        && tokens.get(at + 1).is_some_and(|t| t.is(tag::SETS) && !t.text.ends_with(['s', 'S']))
    {
        found.push(amount(What::Sets, 2.0, 2.0, at + 2));
        return Some(at + 2);
    }
    if token.is(tag::SEVERAL) {
        let mut unit_at = at + 1;
        while tokens.get(unit_at).is_some_and(|t| t.is(tag::FILLER) || t.is(tag::OF)) && unit_at < at + 4 {
            unit_at += 1;
        }
        let (what, factor, to) = unit(tokens, unit_at)?;
        let what = match frequency(tokens, to, true) {
            Some(_) => What::Frequency,
            None => what,
        };
        let count = if token.is(tag::COUPLE) { 2.0 } else { 3.0 };
        let mut vague = amount(what, count * factor, count * factor, to);
        vague.vague = true;
        found.push(vague);
        return Some(to);
    }
    // "a minute", "a set of 10"; but "a second time" is no time.
    let article = token.kind == Kind::Word && token.is(tag::INDEFINITE);
    if article {
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
        if let Some(two) =
            two.filter(|two| two.low == 2.0 && two.high == 2.0 && unit(tokens, two.next).is_none())
        {
            found.push(amount(what, factor, 2.0 * factor, two.next));
            return Some(two.next);
        }
        // "twice a minute", "every half a minute" never come up; "once a day" has been taken as a whole.
        found.push(amount(what, factor, factor, to));
        return Some(to);
    }
    if let Some((counts, to)) = falling(tokens, at) {
        let (low, high) =
            counts.iter().fold((f64::MAX, 0.0), |(low, high), n| (f64::min(low, *n), f64::max(high, *n)));
        found.push(amount(What::Sets, counts.len() as f64, counts.len() as f64, at));
        found.push(amount(What::Times, low, high, to));
        return Some(to);
    }
    let number = number(tokens, at)?;
    Some(with_unit(tokens, at, number, found))
}

/// "12, 10, 8 reps", "15/12/10/8": the repetitions of one set after the other, and where they end.
fn falling(tokens: &[Token<'_>], at: usize) -> Option<(Vec<f64>, usize)> {
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
    (fits && (named || alone)).then_some((counts, to + usize::from(named)))
}

/// What follows the number decides what it counts.
fn with_unit(tokens: &[Token<'_>], at: usize, number: Number, found: &mut Vec<Amount>) -> usize {
    let amount = |what, low: f64, high: f64, to| Amount {
        what,
        low: whole(low),
        high: whole(high.max(low)),
        from: at,
        to,
        vague: false,
        more: false,
    };
    let mut next = number.next;
    // "90/90 hip switches" has its name from two angles.
    let ratio = tokens.get(next).is_some_and(|t| t.kind == Kind::Slash && t.close)
        && tokens.get(next + 1).is_some_and(|t| t.kind == Kind::Number && t.close);
    if ratio {
        return next + 2;
    }
    // "10-second", "20 – 30 sec"
    if tokens.get(next).is_some_and(|t| t.kind == Kind::Dash && t.close) && unit(tokens, next + 1).is_some() {
        next += 1;
    }
    let mut more = false;
    let mut skipped = next;
    while skipped < next + 3 && tokens.get(skipped).is_some_and(|t| t.is(tag::FILLER | tag::ADVERB)) {
        more |= tokens.get(skipped).is_some_and(|t| t.is(tag::MORE));
        skipped += 1;
        if unit(tokens, skipped).is_some() {
            break;
        }
    }
    if unit(tokens, next).is_none() && unit(tokens, skipped).is_some() {
        next = skipped;
    }
    // "in your 30s" tells an age.
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let decade = number.low >= 20.0
        && number.low % 10.0 == 0.0
        && before.is_some_and(|t| t.is(tag::DETERMINER | tag::POSSESSIVE) && !t.is(tag::EACH | tag::OF))
        && tokens.get(number.next).is_some_and(|t| t.close && t.text.len() == 1 && t.is(tag::SECONDS));
    if decade {
        found.push(amount(What::Other, number.low, number.high, number.next + 1));
        return number.next + 1;
    }
    if let Some((what, factor, after)) = unit(tokens, next) {
        let (mut low, mut high, mut to) = (number.low * factor, number.high * factor, after);
        if what == What::Time {
            (low, high, to) = longer_time(tokens, low, high, to);
        }
        let mut what = what;
        // "2 reps / second" is a pace.
        let second = tokens.get(to + 1).is_some_and(|t| t.is(tag::SECONDS | tag::MINUTES));
        if what == What::Times
            && second
            && tokens.get(to).is_some_and(|t| t.kind == Kind::Slash || t.is(tag::PER))
        {
            what = What::Other;
        }
        // "the 7-minute workout" tells how long all of it takes.
        if what == What::Time && tokens.get(to).is_some_and(|t| t.is(tag::ROUTINE)) {
            what = What::Other;
        }
        if let Some(after) =
            frequency(tokens, to, what == What::Times).filter(|_| what != What::Sets && what != What::Breaths)
        {
            // Whole minutes a day are no hold, and "5 reps a day" hardly a count.
            let each = tokens.get(to).is_some_and(|t| t.is(tag::EACH) && !t.is(tag::RATE));
            // "for 2 minutes every hour" says how long one goes on.
            let hourly = what == What::Time && tokens.get(to + 1).is_some_and(|t| t.is(tag::HOURS));
            let counted = tokens.get(next).is_some_and(|t| t.is(tag::REPS))
                || what == What::Times && low >= if each { 5.0 } else { 8.0 };
            if !counted && !hourly {
                (what, to) = (What::Frequency, after);
            }
        }
        let mut one = amount(what, low, high, to);
        one.more = more;
        found.push(one);
        return to;
    }
    if tokens.get(next).is_some_and(|t| t.kind == Kind::Cross) {
        return product(tokens, at, &number, next, found);
    }
    // "10/day"
    if tokens.get(number.next).is_some_and(|t| t.kind == Kind::Slash)
        && let Some(after) = frequency(tokens, number.next, false)
    {
        found.push(amount(What::Frequency, number.low, number.high, after));
        return after;
    }
    // "20 every hour": nobody begins so often, so they are repetitions.
    let hourly = tokens.get(number.next).is_some_and(|t| t.is(tag::EACH | tag::PER))
        && tokens.get(number.next + 1).is_some_and(|t| t.is(tag::HOURS));
    let what = if hourly && number.low >= 8.0 { What::Times } else { What::Bare };
    found.push(amount(what, number.low, number.high, number.next));
    number.next
}

/// "3 x 12", "3 × 30 seconds", "10x", "3x/day".
fn product(tokens: &[Token<'_>], at: usize, first: &Number, cross: usize, found: &mut Vec<Amount>) -> usize {
    let count = |what, to| Amount {
        what,
        low: whole(first.low),
        high: whole(first.high),
        from: at,
        to,
        vague: false,
        more: false,
    };
    if let Some(to) = frequency(tokens, cross + 1, true) {
        found.push(count(What::Frequency, to));
        return to;
    }
    let Some(second) = number(tokens, cross + 1) else {
        found.push(count(What::Times, cross + 1));
        return cross + 1;
    };
    let after = found.len() + 1;
    let to = with_unit(tokens, cross + 1, second, found);
    let Some(last) = found.get_mut(after - 1) else { return to };
    let first_is = match last.what {
        // "3 x 30 seconds" is three holds of half a minute.
        What::Time | What::Breaths => What::Times,
        What::Sets => What::Times,
        _ => What::Sets,
    };
    if last.what == What::Bare {
        last.what = What::Times;
    }
    // "10 x 3": sets are few, and come first only where both are.
    let few = last.high <= 5 && first.low >= 8.0;
    let first_is = if few && last.what == What::Times && first_is == What::Sets {
        last.what = What::Sets;
        What::Times
    } else {
        first_is
    };
    found.insert(after - 1, count(first_is, cross));
    to
}

/// `30 seconds to 1 minute`, `1 minute 30 seconds`, `1 minute and a half`.
fn longer_time(tokens: &[Token<'_>], low: f64, high: f64, to: usize) -> (f64, f64, usize) {
    let Some(joint) = tokens.get(to) else { return (low, high, to) };
    let joins = joint.is(tag::AND) || joint.kind == Kind::Comma;
    let from = if joins { to + 1 } else { to };
    let ranges = joint.kind == Kind::Dash || joint.is(tag::RANGE);
    if ranges {
        if let Some(more) = number_or_article(tokens, to + 1)
            && let Some((What::Time, factor, after)) = unit(tokens, skip_dash(tokens, more.next))
            && more.high * factor > low
        {
            return (low, more.high * factor, after);
        }
        return (low, high, to);
    }
    if let Some(more) = number(tokens, from)
        && let Some((What::Time, factor, after)) = unit(tokens, more.next)
        && more.high * factor < low
        && factor < low
        && joint.kind != Kind::Comma
    {
        return (low + more.low * factor, high + more.high * factor, after);
    }
    (low, high, to)
}

fn skip_dash(tokens: &[Token<'_>], at: usize) -> usize {
    at + usize::from(tokens.get(at).is_some_and(|t| t.kind == Kind::Dash && t.close))
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
