//! Time as typed integers: milliseconds in a routine and its plan, frames once placed on the sample clock.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};
use std::str::FromStr;

use thiserror::Error;

/// Frames per second of everything that is mixed, played and rendered.
///
/// 48 000 is a multiple of 1 000, so every whole millisecond is a whole number of frames and no
/// duration of a routine is ever rounded.
pub const MIX_RATE: u32 = 48_000;

const FRAMES_PER_MILLI: u64 = MIX_RATE as u64 / 1_000;

/// The longest duration a routine may name: one day. It keeps every later sum far from overflow.
pub const LONGEST: Millis = Millis::from_secs(24 * 60 * 60);

/// A duration in whole milliseconds, as routines and plans tell time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(u64);

impl Millis {
    pub const ZERO: Self = Self(0);

    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds * 1_000)
    }

    pub const fn get(self) -> u64 {
        self.0
    }

    /// The same length on the sample clock; exact.
    pub const fn frames(self) -> Frames {
        Frames(self.0 * FRAMES_PER_MILLI)
    }

    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// A length, or a place on the sample clock, in frames at [`MIX_RATE`] (one mono sample each).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frames(u64);

impl Frames {
    pub const ZERO: Self = Self(0);

    pub const fn new(frames: u64) -> Self {
        Self(frames)
    }

    pub const fn get(self) -> u64 {
        self.0
    }

    /// The nearest whole millisecond.
    pub const fn millis(self) -> Millis {
        Millis((self.0 + FRAMES_PER_MILLI / 2) / FRAMES_PER_MILLI)
    }

    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

macro_rules! additive {
    ($type:ident) => {
        impl Add for $type {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }
        impl Sub for $type {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }
        impl AddAssign for $type {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }
        impl Sum for $type {
            fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
                parts.fold(Self::ZERO, Add::add)
            }
        }
    };
}
additive!(Millis);
additive!(Frames);

/// Written the way routines write it: `2m30s`, `5s`, `1.5s`, `250ms`.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes) = (self.0 / 3_600_000, self.0 / 60_000 % 60);
        let (seconds, millis) = (self.0 / 1_000 % 60, self.0 % 1_000);
        if self.0 < 1_000 && self.0 > 0 {
            return write!(f, "{millis}ms");
        }
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        if millis > 0 {
            let fraction = format!("{millis:03}");
            write!(f, "{seconds}.{}s", fraction.trim_end_matches('0'))
        } else if seconds > 0 || self.0 == 0 {
            write!(f, "{seconds}s")
        } else {
            Ok(())
        }
    }
}

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DurationError {
    #[error("`{0}` is not a duration; write it like `5s`, `1.5s`, `2m30s` or `500ms`")]
    Syntax(String),
    #[error("`{0}` names no unit; write `{0}s` for seconds or `{0}m` for minutes")]
    NoUnit(String),
    #[error("`{0}` is finer than a millisecond")]
    TooFine(String),
    #[error("`{0}` is longer than a day")]
    TooLong(String),
}

impl FromStr for Millis {
    type Err = DurationError;

    /// Reads `5s`, `1.5s`, `2m30s`, `1h`, `500ms`: a number and a unit (`h`, `m`, `s`, `ms`), repeated from
    /// the largest unit down. Spaces around the parts are allowed.
    fn from_str(text: &str) -> Result<Self, DurationError> {
        let shown = || text.trim().to_owned();
        let syntax = || DurationError::Syntax(shown());
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(syntax());
        }
        let mut total: u64 = 0;
        let mut smaller_than = u64::MAX;
        while !rest.is_empty() {
            let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(|| match total {
                0 => DurationError::NoUnit(shown()),
                _ => syntax(),
            })?;
            let (number, after) = rest.split_at(digits);
            let after = after.trim_start();
            let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
            let (unit, after) = after.split_at(letters);
            let unit = match unit {
                "h" => 3_600_000,
                "m" | "min" => 60_000,
                "s" | "sec" => 1_000,
                "ms" => 1,
                _ => return Err(syntax()),
            };
            if unit >= smaller_than {
                return Err(syntax());
            }
            smaller_than = unit;
            let part = decimal_times(number, unit).map_err(|problem| match problem {
                Decimal::Malformed => syntax(),
                Decimal::TooFine => DurationError::TooFine(shown()),
                Decimal::TooLarge => DurationError::TooLong(shown()),
            })?;
            total = total.saturating_add(part);
            rest = after.trim_start();
        }
        if total > LONGEST.0 {
            return Err(DurationError::TooLong(shown()));
        }
        Ok(Self(total))
    }
}

enum Decimal {
    Malformed,
    TooFine,
    TooLarge,
}

/// `number × unit` in integers, so that `0.1s` is exactly 100 ms.
fn decimal_times(number: &str, unit: u64) -> Result<u64, Decimal> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || fraction.contains('.') || (number.contains('.') && fraction.is_empty()) {
        return Err(Decimal::Malformed);
    }
    let whole: u64 = whole.parse().map_err(|_| Decimal::TooLarge)?;
    let mut total = whole.checked_mul(unit).ok_or(Decimal::TooLarge)?;
    if !fraction.is_empty() {
        let scale = u32::try_from(fraction.len())
            .ok()
            .and_then(|digits| 10_u64.checked_pow(digits))
            .ok_or(Decimal::TooFine)?;
        let parts = fraction
            .parse::<u64>()
            .ok()
            .and_then(|fraction| fraction.checked_mul(unit))
            .ok_or(Decimal::TooFine)?;
        if parts % scale != 0 {
            return Err(Decimal::TooFine);
        }
        total = total.checked_add(parts / scale).ok_or(Decimal::TooLarge)?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for (text, millis) in [
            ("5s", 5_000),
            ("2m30s", 150_000),
            ("2m 30s", 150_000),
            ("1.5s", 1_500),
            ("0.1s", 100),
            ("500ms", 500),
            ("1h", 3_600_000),
            (" 10 s ", 10_000),
            ("1.5min", 90_000),
            ("0s", 0),
        ] {
            assert_eq!(text.parse(), Ok(Millis::new(millis)), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_the_rest() {
        let error = |text: &str| text.parse::<Millis>().expect_err(text).to_string();
        assert_eq!(error("5"), "`5` names no unit; write `5s` for seconds or `5m` for minutes");
        assert_eq!(error("25h"), "`25h` is longer than a day");
        assert_eq!(error("0.0001s"), "`0.0001s` is finer than a millisecond");
        for text in ["", "s", "-5s", "5x", "30s2m", "5s5s", "1..5s", "5.s", ".5s", "5s 3"] {
            assert_eq!(text.parse::<Millis>(), Err(DurationError::Syntax(text.into())), "{text}");
        }
        assert_eq!(
            "99999999999999999999s".parse::<Millis>(),
            Err(DurationError::TooLong("99999999999999999999s".into()))
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        for millis in [0, 1, 999, 1_000, 1_500, 60_000, 61_001, 150_000, 3_600_000, 86_400_000] {
            let written = Millis::new(millis).to_string();
            assert_eq!(written.parse(), Ok(Millis::new(millis)), "{written}");
        }
    }

    #[test]
    fn a_millisecond_is_a_whole_number_of_frames() {
        assert_eq!(Millis::new(1).frames(), Frames::new(48));
        assert_eq!(Millis::from_secs(5).frames(), Frames::new(240_000));
        assert_eq!(Frames::new(240_000).millis(), Millis::from_secs(5));
    }
}
