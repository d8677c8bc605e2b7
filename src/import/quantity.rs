//! A number with its unit, or with another that multiplies it: "10 slow reps", "3 x 30 seconds", "1 minute 30".

use super::amount::{Amount, What};
use super::lexicon::tag;
use super::number::{Number, number, number_or_article};
use super::token::{Kind, Token};
use super::unit::{frequency, unit};

/// Reads what `number`, which begins at `at`, counts: what follows decides that. Tells where it ends.
pub fn quantity(tokens: &[Token<'_>], at: usize, number: Number, found: &mut Vec<Amount>) -> usize {
    if let Some(to) = ratio(tokens, &number) {
        return to;
    }
    let odd = clock(tokens, at).or_else(|| decade(tokens, at, &number));
    let one = odd.or_else(|| with_unit(tokens, at, &number));
    if one.is_none() && tokens.get(number.next).is_some_and(|t| t.kind == Kind::Cross) {
        return product(tokens, at, &number, found);
    }
    let one = one.unwrap_or_else(|| without_unit(tokens, at, &number));
    found.push(one);
    one.to
}

/// "90/90 hip switches" has its name from two angles.
fn ratio(tokens: &[Token<'_>], number: &Number) -> Option<usize> {
    let slash = tokens.get(number.next).is_some_and(|t| t.kind == Kind::Slash && t.close);
    let second = tokens.get(number.next + 1).is_some_and(|t| t.kind == Kind::Number && t.close);
    (slash && second).then_some(number.next + 2)
}

/// "1:30" is a time behind a name, and a place in a film or a time of day elsewhere.
fn clock(tokens: &[Token<'_>], at: usize) -> Option<Amount> {
    let [minutes, colon, seconds] = tokens.get(at..at + 3)? else { return None };
    let digits = |t: &Token<'_>| t.kind == Kind::Number && t.text.bytes().all(|b| b.is_ascii_digit());
    let fits = digits(minutes) && colon.kind == Kind::Colon && colon.close && digits(seconds);
    if !fits || !seconds.close || seconds.text.len() != 2 || seconds.number >= 60.0 {
        return None;
    }
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let lasts = before.is_some_and(|t| {
        t.is(tag::HOLD | tag::NAME | tag::FOR)
            || matches!(t.kind, Kind::Cross | Kind::Open | Kind::Close | Kind::Dash) && at > 1
    });
    // "2:00 total", but "2:15 Chin tucks" is a place in a film.
    let alone = at == 0
        && tokens
            .get(at + 3)
            .is_none_or(|t| t.kind != Kind::Word || t.is(tag::TOTAL | tag::EACH | tag::PER | tag::HOLD));
    let lasts = lasts || alone;
    let millis = (minutes.number * 60.0 + seconds.number) * 1_000.0;
    let what = if lasts && minutes.number <= 10.0 { What::Time } else { What::Other };
    Some(Amount::new(what, millis, millis, at, at + 3))
}

/// "in your 30s" tells an age.
fn decade(tokens: &[Token<'_>], at: usize, number: &Number) -> Option<Amount> {
    let before = at.checked_sub(1).and_then(|at| tokens.get(at));
    let owned = before.is_some_and(|t| t.is(tag::DETERMINER | tag::POSSESSIVE) && !t.is(tag::EACH | tag::OF));
    let plural = tokens.get(number.next).is_some_and(|t| t.close && t.text.len() == 1 && t.is(tag::SECONDS));
    let round = number.low >= 20.0 && number.low % 10.0 == 0.0;
    (round && owned && plural).then(|| Amount::new(What::Other, number.low, number.high, at, number.next + 1))
}

/// Where the unit of a number stands, and whether it is so many more.
fn unit_at(tokens: &[Token<'_>], number: &Number) -> (usize, bool) {
    let mut next = number.next;
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
    let behind = unit(tokens, next).is_none() && unit(tokens, skipped).is_some();
    (if behind { skipped } else { next }, more)
}

fn with_unit(tokens: &[Token<'_>], at: usize, number: &Number) -> Option<Amount> {
    let (unit_at, more) = unit_at(tokens, number);
    let (mut what, factor, after) = unit(tokens, unit_at)?;
    let (mut low, mut high, mut to) = (number.low * factor, number.high * factor, after);
    if what == What::Time {
        (low, high, to) = longer_time(tokens, low, high, to);
    }
    let behind = |steps: usize, tags: u128| tokens.get(to + steps).is_some_and(|t| t.is(tags));
    // "2 reps / second" is a pace.
    let slash = tokens.get(to).is_some_and(|t| t.kind == Kind::Slash);
    let pace = (slash || behind(0, tag::PER)) && behind(1, tag::SECONDS | tag::MINUTES);
    // "the 7-minute chair yoga video" tells how long all of it takes.
    let dashed = tokens.get(unit_at.saturating_sub(1)).is_some_and(|t| t.kind == Kind::Dash && t.close);
    let named = |steps: usize| {
        tokens
            .get(to + steps)
            .is_some_and(|t| t.kind == Kind::Word && !t.is(tag::HOLD | tag::REST | tag::EACH))
    };
    let whole_of_it = behind(0, tag::ROUTINE)
        || dashed && (1..4).any(|steps| (0..steps).all(named) && behind(steps, tag::ROUTINE));
    if what == What::Times && pace || what == What::Time && whole_of_it {
        what = What::Other;
    }
    let frequency =
        frequency(tokens, to, what == What::Times).filter(|_| what != What::Sets && what != What::Breaths);
    // Whole minutes a day are no hold, and "5 reps a day" hardly a count.
    let each = behind(0, tag::EACH) && !behind(0, tag::RATE);
    // "for 2 minutes every hour" says how long one goes on, and "4 times every hour" how often then.
    let hourly = matches!(what, What::Time | What::Times) && behind(1, tag::HOURS);
    let counted = tokens.get(unit_at).is_some_and(|t| t.is(tag::REPS))
        || what == What::Times && low >= if each { 5.0 } else { 8.0 };
    if let Some(after) = frequency.filter(|_| !counted && !hourly) {
        (what, to) = (What::Frequency, after);
    }
    Some(Amount { more, ..Amount::new(what, low, high, at, to) })
}

fn without_unit(tokens: &[Token<'_>], at: usize, number: &Number) -> Amount {
    let amount = |what, to| Amount::new(what, number.low, number.high, at, to);
    // "10/day"
    if tokens.get(number.next).is_some_and(|t| t.kind == Kind::Slash)
        && let Some(after) = frequency(tokens, number.next, false)
    {
        return amount(What::Frequency, after);
    }
    // "20 every hour": nobody begins so often, so they are repetitions.
    let hourly = tokens.get(number.next).is_some_and(|t| t.is(tag::EACH | tag::PER))
        && tokens.get(number.next + 1).is_some_and(|t| t.is(tag::HOURS));
    amount(if hourly && number.low >= 8.0 { What::Times } else { What::Bare }, number.next)
}

/// "3 x 12", "3 × 30 seconds", "10x", "3x/day": the sign stands right behind the first number.
fn product(tokens: &[Token<'_>], at: usize, first: &Number, found: &mut Vec<Amount>) -> usize {
    let cross = first.next;
    let count = |what, to| Amount::new(what, first.low, first.high, at, to);
    if let Some(to) = frequency(tokens, cross + 1, true) {
        found.push(count(What::Frequency, to));
        return to;
    }
    let Some(second) = number(tokens, cross + 1) else {
        found.push(count(What::Times, cross + 1));
        return cross + 1;
    };
    let after = found.len() + 1;
    let to = quantity(tokens, cross + 1, second, found);
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
