//! Explains durations that are none, and finds out what they were meant to be.

use std::ops::Range;

use super::problem::Problem;
use super::suggest::quoted;
use crate::time::{DurationError as Why, Millis};

/// What is wrong with the duration `text` of `key`, written at `span`, and how to write what was meant.
pub(super) fn bad_duration(key: &str, text: &str, span: Range<usize>, owner: &str) -> Problem {
    let shown = match text.trim() {
        "" => "empty".to_owned(),
        text => quoted(text),
    };
    let (label, help) = match text.parse::<Millis>() {
        Err(Why::NoUnit(_)) => {
            let number = text.trim();
            (
                "the unit is missing",
                format!("write `\"{number}s\"` for seconds or `\"{number}m\"` for minutes"),
            )
        }
        Err(Why::TooFine(_)) => ("finer than a thousandth of a second", "write fewer digits".to_owned()),
        Err(Why::TooLong(_)) => ("longer than a day", "write a shorter time".to_owned()),
        Ok(_) | Err(Why::Syntax(_)) => {
            let help = match spelled_out(text) {
                Some(short) => format!("write `\"{short}\"`"),
                None => "write it like `\"5s\"`, `\"1.5s\"`, `\"2m30s\"` or `\"500ms\"`".to_owned(),
            };
            ("not a duration", help)
        }
    };
    Problem::new(span, format!("`{key}` of {owner} is {shown}")).label(label).help(help)
}

/// `2 minutes 30 seconds` or `2:30` the way we write it, if that is what `text` says.
fn spelled_out(text: &str) -> Option<String> {
    if text.len() > 60 {
        return None;
    }
    if let Some((minutes, seconds)) = text.trim().split_once(':') {
        let clock = format!("{minutes}m{seconds}s");
        return (seconds.len() == 2 && clock.parse::<Millis>().is_ok()).then_some(clock);
    }
    let mut short = String::new();
    for word in text.to_lowercase().replace(',', ".").split_whitespace() {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        short += &word[..word.len() - unit.len()];
        short += match unit {
            "" => "",
            "h" | "hour" | "hours" => "h",
            "m" | "min" | "mins" | "minute" | "minutes" => "m",
            "s" | "sec" | "secs" | "second" | "seconds" => "s",
            "and" => "",
            _ => return None,
        };
    }
    short.parse::<Millis>().ok().map(|_| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everyday_words_are_understood() {
        for (text, short) in [
            ("3 seconds", Some("3s")),
            ("1 minute and 30 seconds", Some("1m30s")),
            ("1,5 sec", Some("1.5s")),
            ("1:30", Some("1m30s")),
            ("1:3", None),
            ("a while", None),
            ("", None),
        ] {
            assert_eq!(spelled_out(text).as_deref(), short, "{text}");
        }
    }
}
