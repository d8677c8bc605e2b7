//! One number as written: whole, decimal, a part such as "3/4" or "½", or mixed.

use super::tables::{FRACTIONS, PARTS};
use crate::number::{cardinal, digits, whole};

/// A number as written.
pub struct Quantity {
    /// As said.
    pub words: String,
    /// Bytes of the text.
    pub length: usize,
    /// How it is written.
    pub form: Form,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "12"
    Whole,
    /// "2.5"
    Decimal,
    /// "3/4": numerator, denominator.
    Part(u64, u64),
    /// "2½"
    Mixed,
}

/// The number that a text begins with.
pub fn quantity(rest: &str) -> Option<Quantity> {
    let made = |words: String, length: usize, form| Some(Quantity { words, length, form });
    let first = rest.chars().next()?;
    if let Some((n, d)) = vulgar(first) {
        return made(part(n, d)?, first.len_utf8(), Form::Part(n, d));
    }
    let length = integer(rest);
    if let Some(decimals) = rest[length..].strip_prefix('.').map(run).filter(|n| *n > 0) {
        let point = &rest[length + 1..length + 1 + decimals];
        let before = if length == 0 { String::new() } else { whole(&rest[..length].replace(',', "")) + " " };
        return made(format!("{before}point {}", digits(point)), length + 1 + decimals, Form::Decimal);
    }
    if length == 0 {
        return None;
    }
    let number = rest[..length].replace(',', "");
    if let Some((n, d, more)) = written_part(rest) {
        return made(part(n, d)?, more, Form::Part(n, d));
    }
    let tail = &rest[length..];
    let gap = usize::from(tail.starts_with(' '));
    let added = match tail[gap..].chars().next().and_then(|c| vulgar(c).map(|p| (p, c.len_utf8()))) {
        Some(((n, d), more)) => Some((n, d, more)),
        None => {
            if gap > 0 {
                written_part(&tail[gap..])
            } else {
                None
            }
        }
    };
    if let Some((n, d, more)) = added {
        let part = if n == 1 { part(n, d)?.replacen("one", "a", 1) } else { part(n, d)? };
        return made(format!("{} and {part}", whole(&number)), length + gap + more, Form::Mixed);
    }
    made(whole(&number), length, Form::Whole)
}

/// "3/4": numerator, denominator, bytes. Only parts that have a name, smaller than a whole.
pub fn written_part(rest: &str) -> Option<(u64, u64, usize)> {
    let n = run(rest);
    let below = rest[n..].strip_prefix(['/', '⁄'])?;
    let d = run(below);
    let ended = !below[d..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let (top, bottom): (u64, u64) = (rest[..n].parse().ok()?, below[..d].parse().ok()?);
    let named = PARTS.iter().any(|(denominator, ..)| *denominator == bottom);
    let length = rest.len() - below.len() + d;
    (ended && named && top > 0 && top < bottom).then_some((top, bottom, length))
}

fn vulgar(c: char) -> Option<(u64, u64)> {
    FRACTIONS.iter().find(|(sign, ..)| *sign == c).map(|&(_, n, d)| (n, d))
}

/// "three quarters" for 3, 4.
fn part(n: u64, d: u64) -> Option<String> {
    let (_, one, many) = PARTS.iter().find(|(denominator, ..)| *denominator == d)?;
    Some(format!("{} {}", cardinal(n), if n == 1 { one } else { many }))
}

/// Digits with commas between groups of three.
fn integer(text: &str) -> usize {
    let mut length = run(text);
    if (1..=3).contains(&length) {
        while text[length..].strip_prefix(',').is_some_and(|group| run(group) == 3) {
            length += 4;
        }
    }
    length
}

/// Bytes of the digits that a text begins with.
pub fn run(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}
