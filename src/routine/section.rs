//! Reads one table of a routine file key by key, and notes whatever is wrong with each value.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::duration::bad_duration;
use super::keys;
use super::placeholder::{self, Placeholders};
use super::problem::Problem;
use super::suggest::{alternatives, nearest, quoted};
use crate::time::Millis;

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// The most characters of one text: some two minutes of speech.
pub(super) const LONGEST_TEXT: usize = 2_000;

/// Problems kept; more are only counted.
const KEPT: usize = 1_000;

/// The problems found so far, and the file they are in.
pub(super) struct Findings<'s> {
    pub source: &'s str,
    pub list: Vec<Problem>,
    /// Found but not kept.
    pub left_off: usize,
}

impl Findings<'_> {
    pub fn add(&mut self, problem: Problem) {
        if self.list.len() < KEPT {
            self.list.push(problem);
        } else {
            self.left_off += 1;
        }
    }

    /// The text that `value` holds, on one line: line breaks and runs of spaces become one space.
    ///
    /// `key` and `owner` are for the messages: `cue`, "exercise `bridge`".
    pub fn text(
        &mut self,
        key: &str,
        value: &Value<'_>,
        allowed: Placeholders,
        owner: &str,
    ) -> Option<String> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(key, value, "a text", owner);
            return None;
        };
        let span = value.span();
        let before = self.list.len() + self.left_off;
        let raw = self.source.get(span.clone()).unwrap_or_default();
        if let Some(odd) = text.chars().find(|c| c.is_control() && !c.is_whitespace()) {
            self.add(
                Problem::new(span.clone(), format!("an unprintable character in `{key}` of {owner}"))
                    .label(format!("contains the character U+{:04X}", u32::from(odd)))
                    .help(if raw.contains('\\') {
                        "a `\\` and the letter behind it stand for such a character; write `\\\\` for a backslash"
                    } else {
                        "type the text again instead of pasting it"
                    }),
            );
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = words.chars().count();
        if length > LONGEST_TEXT {
            self.add(
                Problem::new(span.clone(), format!("`{key}` of {owner} has {length} characters"))
                    .label(format!("at most {LONGEST_TEXT} are allowed"))
                    .help("say it shorter, or spread it over several texts"),
            );
        }
        if length <= LONGEST_TEXT {
            let mut braces = Vec::new();
            placeholder::check(&words, raw, &span, allowed, owner, &mut braces);
            braces.into_iter().for_each(|problem| self.add(problem));
        }
        (self.list.len() + self.left_off == before).then_some(words)
    }

    fn wrong_type(&mut self, key: &str, value: &Value<'_>, expected: &str, owner: &str) {
        let found = kind(value.get_ref());
        let raw = self.source.get(value.span()).unwrap_or_default();
        let mut problem =
            Problem::new(value.span(), format!("`{key}` of {owner} must be {expected}, not {found}"))
                .label(format!("expected {expected}, found {found}"));
        let short = raw.len() <= 60 && !raw.contains('\n');
        let help = match (expected, value.get_ref()) {
            ("a text" | "a duration", DeValue::Array(_) | DeValue::Table(_)) => {
                Some("write one text in quotes".to_owned())
            }
            ("a text", _) if short => Some(format!("put it in quotes: `\"{raw}\"`")),
            ("a duration", DeValue::Integer(_) | DeValue::Float(_)) if short => {
                Some(format!("give the unit and put it in quotes: `{key} = \"{raw}s\"`"))
            }
            ("a whole number", DeValue::String(text)) if text.parse::<u32>().is_ok() => {
                Some(format!("write it without quotes: `{key} = {text}`"))
            }
            ("a whole number", _) => Some(whole_number(key)),
            ("a list of texts", DeValue::String(_)) | ("a list of phases", DeValue::Table(_)) if short => {
                Some(format!("put it in square brackets: `{key} = [{raw}]`"))
            }
            ("a group of keys", _) => {
                Some(format!("write `[{key}]` on a line of its own, and what belongs to it below"))
            }
            _ => None,
        };
        problem.help = help;
        self.add(problem);
    }
}

/// What a value is, in everyday words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time of day",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a group of keys",
    }
}

/// One table: the whole file, `[pace]`, an `[[exercise]]`, a phase of a repetition, a `short`.
pub(super) struct Section<'t> {
    pub table: &'t DeTable<'t>,
    /// Where it begins: what is missing in it is reported there.
    pub span: Range<usize>,
    /// As messages name it: "exercise `bird-dog`".
    pub name: String,
    /// All keys it can have.
    pub keys: &'static [&'static str],
}

impl<'t> Section<'t> {
    pub fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.table.get(key)
    }

    /// Where the key itself is written.
    pub fn key_span(&self, key: &str) -> Range<usize> {
        self.table.get_key_value(key).map_or_else(|| self.span.clone(), |(key, _)| key.span())
    }

    /// Whether a key is there that was probably meant to be `key`.
    pub fn meant(&self, key: &str) -> bool {
        let unknown = self.table.keys().filter(|word| !self.keys.contains(&word.get_ref().as_ref()));
        unknown.take(100).any(|word| {
            keys::home(word.get_ref()).is_none() && nearest(word.get_ref(), self.keys) == Some(key)
        })
    }

    /// Notes every key that it cannot have, and what was probably meant.
    pub fn unknown_keys(&self, found: &mut Findings<'_>) {
        let known = self.keys;
        for key in self.table.keys() {
            let word: &str = key.get_ref();
            if known.contains(&word) {
                continue;
            }
            if found.list.len() >= KEPT {
                found.left_off += 1;
                continue;
            }
            let (label, help) = if let Some(home) = keys::home(word) {
                (format!("belongs to {}", home.what), format!("move it {}", home.place))
            } else if let Some(meant) = nearest(word, known) {
                ("not a key of a routine".to_owned(), format!("did you mean `{meant}`?"))
            } else if let Some((meant, home)) = keys::nearest_anywhere(word) {
                let label = "not a key of a routine".to_owned();
                (
                    label,
                    format!("did you mean `{meant}`? That belongs to {}: move it {}", home.what, home.place),
                )
            } else {
                ("not a key of a routine".to_owned(), format!("the keys here are {}", alternatives(known)))
            };
            let message = format!("unknown key {} in {}", quoted(word), self.name);
            found.add(Problem::new(key.span(), message).label(label).help(help));
        }
    }

    /// Notes that `key` is not there, unless it is only misspelt.
    pub fn missing(&self, key: &str, help: &str, found: &mut Findings<'_>) {
        if self.meant(key) {
            return;
        }
        found.add(
            Problem::new(self.span.clone(), format!("{} has no `{key}`", self.name))
                .label(format!("`{key}` is missing"))
                .help(help)
                .absence(),
        );
    }

    /// A text that must not be empty where it is given.
    pub fn text(&self, key: &str, allowed: Placeholders, found: &mut Findings<'_>) -> Option<String> {
        let value = self.get(key)?;
        let words = found.text(key, value, allowed, &self.name)?;
        if words.is_empty() {
            found.add(
                Problem::new(value.span(), format!("`{key}` of {} is empty", self.name))
                    .label("no words here")
                    .help(match key {
                        "title" | "name" => "write a few words".to_owned(),
                        _ => format!("write something, or remove `{key}`"),
                    }),
            );
            return None;
        }
        Some(words)
    }

    /// A text that may be empty.
    pub fn words(&self, key: &str, allowed: Placeholders, found: &mut Findings<'_>) -> Option<String> {
        found.text(key, self.get(key)?, allowed, &self.name)
    }

    /// A list of texts; empty where the key is absent.
    pub fn texts(&self, key: &str, allowed: Placeholders, found: &mut Findings<'_>) -> Vec<String> {
        let Some(list) = self.list(key, "a list of texts", found) else { return Vec::new() };
        let mut texts = Vec::new();
        for value in list.iter() {
            match found.text(key, value, allowed, &self.name) {
                Some(words) if words.is_empty() => found.add(
                    Problem::new(value.span(), format!("an empty text in `{key}` of {}", self.name))
                        .label("no words here")
                        .help("write something or remove it"),
                ),
                Some(words) => texts.push(words),
                None => {}
            }
        }
        texts
    }

    pub fn list(&self, key: &str, expected: &str, found: &mut Findings<'_>) -> Option<&'t DeArray<'t>> {
        let value = self.get(key)?;
        let DeValue::Array(list) = value.get_ref() else {
            found.wrong_type(key, value, expected, &self.name);
            return None;
        };
        Some(list)
    }

    /// The table under `key`, which can have `keys`.
    pub fn table(
        &self,
        key: &str,
        keys: &'static [&'static str],
        found: &mut Findings<'_>,
    ) -> Option<Section<'t>> {
        let value = self.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            found.wrong_type(key, value, "a group of keys", &self.name);
            return None;
        };
        Some(Section { table, span: value.span(), name: format!("`{key}`"), keys })
    }

    /// A whole number within `range`.
    pub fn count(&self, key: &str, range: RangeInclusive<u32>, found: &mut Findings<'_>) -> Option<u32> {
        let value = self.get(key)?;
        let DeValue::Integer(number) = value.get_ref() else {
            found.wrong_type(key, value, "a whole number", &self.name);
            return None;
        };
        let count = i64::from_str_radix(number.as_str(), number.radix()).ok();
        let count = count.and_then(|count| u32::try_from(count).ok()).filter(|count| range.contains(count));
        if count.is_none() {
            let (low, high) = range.into_inner();
            let message = format!("`{key}` of {} is {}", self.name, number.as_str());
            found.add(
                Problem::new(value.span(), message)
                    .label(format!("must be from {low} to {high}"))
                    .help(whole_number(key)),
            );
        }
        count
    }

    /// A duration; zero is refused unless `zero` says what it means.
    pub fn duration(&self, key: &str, zero: Zero, found: &mut Findings<'_>) -> Option<Millis> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else {
            found.wrong_type(key, value, "a duration", &self.name);
            return None;
        };
        match text.parse::<Millis>() {
            Ok(Millis::ZERO) if zero == Zero::Refused => {
                found.add(
                    Problem::new(value.span(), format!("`{key}` of {} lasts no time at all", self.name))
                        .label("must be longer than zero")
                        .help(format!("write how long it lasts, such as `{key} = \"5s\"`")),
                );
                None
            }
            Ok(duration) => Some(duration),
            Err(_) => {
                found.add(bad_duration(key, text, value.span(), &self.name));
                None
            }
        }
    }

    /// One of a few words; `help` explains them to those whose word is not even similar.
    pub fn choice<T: Copy>(
        &self,
        key: &str,
        words: &[(&'static str, T)],
        help: &str,
        found: &mut Findings<'_>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.as_ref(),
            _ => found.source.get(value.span()).unwrap_or_default(),
        };
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let meant = nearest(text, &known).map(|meant| format!("did you mean `{key} = \"{meant}\"`?"));
        found.add(
            Problem::new(value.span(), format!("`{key}` of {} cannot be {}", self.name, quoted(text)))
                .label(format!("expected {}", alternatives(&known)))
                .help(meant.unwrap_or_else(|| help.to_owned())),
        );
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zero {
    Allowed,
    Refused,
}

/// The help for a key that wants a number.
fn whole_number(key: &str) -> String {
    let example = if key == "sets" { 2 } else { 10 };
    format!("write a whole number such as `{key} = {example}`")
}
