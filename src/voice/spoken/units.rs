//! Units behind a number, and what they are called there.

use super::tables::{AFTER_DEGREE, AFTER_INCHES, GLUED, UNITS, Unit};

/// What a unit measures; decides how "3 × 10" is said before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Seconds to weeks.
    Time,
    /// Inches to miles.
    Length,
    /// Weights, angles and the rest.
    Other,
}

/// A unit found in a text.
pub struct Found {
    /// Its row in the table.
    pub unit: &'static Unit,
    /// Bytes it takes, with the space or hyphen before it.
    pub length: usize,
    /// Written as a quality of the next word: "10-second hold", "90° bend".
    pub quality: bool,
}

/// The unit that a text begins with, after a number.
pub fn find(rest: &str) -> Option<Found> {
    let hyphen = rest.starts_with(['-', '‑']);
    let gap = rest.find(|c: char| !(c == ' ' || c == '\u{a0}' || c == '\u{202f}')).unwrap_or(rest.len());
    let gap = if hyphen { rest.chars().next().map_or(0, char::len_utf8) } else { gap };
    let body = &rest[gap..];
    let candidates = UNITS.iter().flat_map(|unit| unit.written.iter().map(move |written| (*written, unit)));
    let fits = candidates.filter(|(written, _)| {
        let Some(tail) = body.strip_prefix(written) else {
            return false;
        };
        let next = tail.chars().next();
        let letters = written.ends_with(|c: char| c.is_alphanumeric());
        let ended = !letters || !next.is_some_and(|c| c.is_alphanumeric() || c == '\'' || c == '’');
        let inches = *written == "in"
            && (next.is_none_or(|c| ".,;)".contains(c)) || AFTER_INCHES.contains(&first_word(tail)));
        ended && (gap == 0 || hyphen || inches || !GLUED.contains(written))
    });
    let (written, unit) = fits.max_by_key(|(written, _)| written.len())?;
    let mut length = gap + written.len();
    let tail = &rest[length..];
    let goes_on = |c: char| c.is_lowercase() || c.is_ascii_digit() || ",;:)".contains(c);
    // "5 sec. rest": the point belongs to the unit unless a sentence ends there.
    if tail.strip_prefix('.').is_some_and(|t| t.trim_start().starts_with(goes_on)) {
        length += 1;
    }
    let angle = unit.one == "degree" && AFTER_DEGREE.iter().any(|noun| first_word(tail) == *noun);
    Some(Found { unit, length, quality: hyphen || angle })
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len())]
}

/// "a" or "an" before a unit.
pub fn article(unit: &Unit) -> &'static str {
    if unit.one.starts_with(['i', 'o']) || unit.one.starts_with("hour") { "an" } else { "a" }
}
