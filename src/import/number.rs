//! Numbers and ranges among tokens: `10`, "ten", "8 to 12", "twenty-five", `1 ½`.

use super::lexicon::tag;
use super::token::{Kind, Token};

pub struct Number {
    pub low: f64,
    pub high: f64,
    /// The token behind it.
    pub next: usize,
}

/// A number or a range at `at`: `10`, `ten`, `8 to 12`, `between 8 and 12`, `twenty-five`, `1 ½`.
pub fn number(tokens: &[Token<'_>], at: usize) -> Option<Number> {
    let first = tokens.get(at)?;
    if first.is(tag::BETWEEN) {
        let low = single(tokens, at + 1)?;
        let joint = tokens.get(low.next)?;
        if !(joint.is(tag::AND) || joint.kind == Kind::Dash || joint.is(tag::RANGE)) {
            return None;
        }
        let high = single(tokens, low.next + 1)?;
        return Some(Number { low: low.low, high: high.high.max(low.low), next: high.next });
    }
    let low = single(tokens, at)?;
    let Some(joint) = tokens.get(low.next) else { return Some(low) };
    let ranges = joint.kind == Kind::Dash || joint.is(tag::RANGE);
    // "5- to 10-second holds"
    let second_at = match tokens.get(low.next + 1) {
        Some(word) if joint.kind == Kind::Dash && word.is(tag::RANGE) => low.next + 2,
        _ => low.next + 1,
    };
    if ranges
        && let Some(high) = single(tokens, second_at)
        && high.high > low.low
        && !(high.high > 100.0 && low.low < 20.0)
    {
        return Some(Number { low: low.low, high: high.high, next: high.next });
    }
    Some(low)
}

pub fn number_or_article(tokens: &[Token<'_>], at: usize) -> Option<Number> {
    match tokens.get(at) {
        Some(token) if token.is(tag::INDEFINITE) || token.is(tag::ONE) => {
            Some(Number { low: 1.0, high: 1.0, next: at + 1 })
        }
        _ => number(tokens, at),
    }
}

fn single(tokens: &[Token<'_>], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    let exact = |value: f64, next| Some(Number { low: value, high: value, next });
    if token.kind == Kind::Number {
        // "10+"; "1st" and "2nd" are no amounts.
        let next = tokens.get(at + 1);
        if next.is_some_and(|t| t.close && t.is(tag::ORDINAL_ENDING)) {
            return None;
        }
        if let Some(half) = next.filter(|t| t.kind == Kind::Number && t.number < 1.0) {
            return exact(token.number + half.number, at + 2);
        }
        if next.is_some_and(|t| t.text == "+") {
            return exact(token.number, at + 2);
        }
        return exact(token.number, at + 1);
    }
    if token.kind != Kind::Word || !token.is(tag::NUMBER) {
        return None;
    }
    let value = token.number;
    let (mut total, mut next) = (value, at + 1);
    if (20.0..100.0).contains(&value) {
        let dash = tokens.get(next).is_some_and(|t| t.kind == Kind::Dash && t.close);
        let ones = tokens.get(next + usize::from(dash));
        if let Some(ones) = ones.filter(|t| t.is(tag::NUMBER) && (1.0..10.0).contains(&t.number)) {
            (total, next) = (value + ones.number, next + usize::from(dash) + 1);
        }
    }
    // "one and a half minutes"
    if tokens.get(next).is_some_and(|t| t.is(tag::AND))
        && tokens.get(next + 1).is_some_and(|t| t.is(tag::INDEFINITE))
        && tokens.get(next + 2).is_some_and(|t| (t.number - 0.5).abs() < 0.01)
    {
        return exact(total + 0.5, next + 3);
    }
    // "half a minute"
    if value < 1.0 && tokens.get(next).is_some_and(|t| t.is(tag::INDEFINITE)) {
        next += 1;
    }
    exact(total, next)
}

pub fn whole(value: f64) -> u32 {
    value.round().clamp(0.0, 1e9) as u32
}
