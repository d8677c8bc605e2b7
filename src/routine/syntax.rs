//! Puts the complaints of the TOML parser into words for people who do not know TOML.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::keys;
use super::problem::Problem;
use super::section::Value;
use super::suggest::quoted;

/// Files above this size are searched for their first syntax error only: all of them could be millions.
const ALL_ERRORS_UP_TO: usize = 256 * 1024;

/// What could be read of a file, and why the rest could not.
pub(super) struct Read<'s> {
    pub table: toml::Spanned<DeTable<'s>>,
    pub problems: Vec<Problem>,
    /// What the table holds from behind this byte was put there by a missing bracket.
    pub trusted_to: Option<usize>,
}

pub(super) fn read(source: &str) -> Read<'_> {
    let (table, errors) = if source.len() > ALL_ERRORS_UP_TO {
        match DeTable::parse(source) {
            Ok(table) => (table, Vec::new()),
            Err(error) => (toml::Spanned::new(0..0, DeTable::new()), vec![error]),
        }
    } else {
        DeTable::parse_recoverable(source)
    };
    if !errors.is_empty() && !looks_like_a_routine(source) {
        let first = source.len() - source.trim_start().len();
        let problem = Problem::new(first..first, "this is not a routine file")
            .label("no `title = \"…\"` and no `[[exercise]]` anywhere")
            .help("`floorcoach new NAME` writes a routine to start from");
        return Read { table, problems: vec![problem], trusted_to: Some(0) };
    }
    // Past an unclosed bracket only the first place is meaningful, the rest follows from it.
    let lost = errors.iter().any(|error| matches!(trouble(error), Trouble::Lost));
    let bracketed = errors.iter().filter(|error| lost && !matches!(trouble(error), Trouble::Local));
    let lost_from = bracketed.map(|error| start_of(error, source)).min();
    let spelled = |error: &Error| error.span().and_then(|span| source.get(span)).unwrap_or_default();
    let is_repeated_key = |error: &Error| error.message() == "duplicate key";
    let repeated_exercise = errors.iter().any(|error| is_repeated_key(error) && spelled(error) == "exercise");
    let mut telling: Vec<&Error> = errors
        .iter()
        .filter(|error| !(repeated_exercise && is_repeated_key(error) && spelled(error) != "exercise"))
        .filter(|error| lost_from.is_none_or(|lost_from| start_of(error, source) <= lost_from))
        .collect();
    telling.sort_by_key(|error| start_of(error, source));
    // A second complaint about one line is mostly about the first one's remains.
    let mut line_end = None;
    telling.retain(|error| {
        let start = start_of(error, source);
        let again = line_end.is_some_and(|line_end| start <= line_end);
        if !again {
            let rest = source.as_bytes().get(start..).unwrap_or_default();
            line_end = Some(start + rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len()));
        }
        !again
    });
    let mut problems: Vec<Problem> = telling.into_iter().map(|error| problem(error, source)).collect();
    if let Some(lost_from) = lost_from
        && let Some(opening) = opening(table.get_ref(), lost_from)
        && let Some(problem) = problems.iter_mut().find(|problem| problem.span.start == lost_from)
        && source.get(opening..lost_from).is_some_and(|between| between.contains('\n'))
    {
        problem.also = Some((opening..opening + 1, "it belongs to what begins here".to_owned()));
    }
    let header = errors
        .iter()
        .filter(|error| is_header(error))
        .filter_map(|error| error.span())
        .map(|span| span.start);
    Read { table, problems, trusted_to: header.chain(lost_from).min() }
}

fn is_header(error: &Error) -> bool {
    ["unclosed table", "unclosed array table", "missing table open"]
        .iter()
        .any(|start| error.message().starts_with(start))
}

/// Where the innermost list or group in braces begins that goes on at `place`.
fn opening(table: &DeTable<'_>, place: usize) -> Option<usize> {
    table.values().filter_map(|value| opening_of(value, place)).max()
}

fn opening_of(value: &Value<'_>, place: usize) -> Option<usize> {
    let span = value.span();
    let own = (span.start < place && place <= span.end).then_some(span.start);
    let inner = match value.get_ref() {
        DeValue::Array(list) => list.iter().filter_map(|value| opening_of(value, place)).max(),
        DeValue::Table(table) => opening(table, place),
        _ => return None,
    };
    inner.or(own)
}

fn looks_like_a_routine(source: &str) -> bool {
    source.lines().any(|line| {
        let line = line.trim_start();
        let word_end = line.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(line.len());
        let (word, rest) = line.split_at(word_end);
        line.starts_with('[') || (rest.trim_start().starts_with(['=', ':']) && keys::home(word).is_some())
    })
}

enum Trouble {
    /// Concerns its own line only.
    Local,
    /// Inside a list or a group in braces.
    Bracketed,
    /// The end of a list or group was not found.
    Lost,
}

fn start_of(error: &Error, source: &str) -> usize {
    error.span().map_or(source.len(), |span| span.start)
}

fn trouble(error: &Error) -> Trouble {
    let is = |parts: &[&str]| parts.iter().any(|part| error.message().contains(part));
    if is(&["unclosed array,", "unclosed inline table", "cannot recurse", "unexpected `=` in array"]) {
        Trouble::Lost
    } else if is(&["array", "inline table", "between key-value pairs"]) && !is_header(error) {
        Trouble::Bracketed
    } else {
        Trouble::Local
    }
}

/// Message, label and help for an error, by what the parser calls it.
fn problem(error: &Error, source: &str) -> Problem {
    let span = error.span().unwrap_or(source.len()..source.len());
    let found = source.get(span.clone()).unwrap_or_default();
    let line_start = source.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = source.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let next = source.get(span.start..).and_then(|rest| rest.chars().next());
    let new = |span: Range<usize>, message: &str, label: &str, help: &str| {
        Problem::new(span, message).label(label).help(help)
    };
    if let Some(problem) = curly_quotes(found, line, line_start) {
        return problem;
    }
    let message = error.message();
    let is = |start: &str| message.starts_with(start);
    if is("string values must be quoted")
        || is("invalid float")
        || is("invalid integer")
        || is("invalid boolean")
    {
        if found.is_empty() {
            return new(
                span,
                "a value is missing",
                "nothing behind the `=`",
                "write a value, or remove the line",
            );
        }
        let help = format!("write `\"{}\"`", quoted(found).trim_matches('`'));
        return Problem::new(span, "the quotes are missing")
            .label("texts and times stand in quotes")
            .help(help);
    }
    if is("unexpected leading zero") {
        return new(span, "a number begins with a zero", "not needed", "leave the zero out");
    }
    if is("duplicate key") && found == "exercise" {
        return new(
            span,
            "there is a second `[exercise]`",
            "an exercise starts with double brackets",
            "write `[[exercise]]` at the start of every exercise",
        );
    }
    if is("duplicate key") {
        let message = format!("{} is given twice", quoted(found));
        return new(span, &message, "the second one", "keep one of them");
    }
    if is("cannot extend value") {
        let message = format!("{} is given twice in two ways", quoted(found));
        return new(span, &message, "it already has a value", "keep one of them");
    }
    if is("invalid multi-line") && found.is_empty() {
        let quotes = if message.contains("literal") { "'''" } else { "\"\"\"" };
        let start = source.rfind(quotes).unwrap_or(span.start);
        let help = format!("put `{quotes}` where the text ends");
        return Problem::new(start..start + 3, "a text is not closed").label("it begins here").help(help);
    }
    if (is("invalid basic string") || is("invalid literal string")) && found.is_empty() {
        let help = "a text ends on its line with the same quote it begins with; write `\"\"\"` on both ends of a longer one";
        return new(span, "a text is not closed", "the closing quote is missing", help);
    }
    if message.contains("string") || is("invalid comment") {
        let help = "type the text again instead of pasting it";
        return new(span, "an unprintable character", "this cannot be read", help);
    }
    if is("missing escaped value") {
        let help = "write `\\\\` for a backslash, or put the text in single quotes";
        return new(span, "a backslash in a text", "a lone `\\` is not allowed", help);
    }
    if is("unclosed table") || is("unclosed array table") {
        let closing = if message.contains("]]") || line.trim_start().starts_with("[[") { "]]" } else { "]" };
        let help = format!("end the line with `{closing}`");
        return Problem::new(span, "a closing bracket is missing")
            .label(format!("`{closing}` expected"))
            .help(help);
    }
    if is("cannot recurse") {
        let help = "a routine needs lists of groups, `[ { … }, { … } ]`, and nothing deeper";
        return new(span, "brackets within brackets within brackets", "too deep", help);
    }
    if is("extra comma") {
        return new(span, "there is a comma too many", "nothing stands before it", "remove it");
    }
    if message.contains("inline table") || message.contains("between key-value pairs") {
        let help =
            "inside braces write `key = value` pairs with a comma between them, and close them with `}`";
        return new(span, "something is missing inside braces", "a `,` or `}` is missing before this", help);
    }
    if message.contains("array") && !message.contains("table") {
        let help = "separate the parts of a list with commas, and close it with `]`";
        return new(span, "something is missing in a list", "a `,` or `]` is missing before this", help);
    }
    if is("key with no value") || is("missing value for key") || is("invalid unquoted key") {
        let colon = line.find([':', '=']).filter(|&at| line.as_bytes().get(at) == Some(&b':'));
        if let Some(at) = colon {
            let at = line_start + at;
            return new(
                at..at + 1,
                "a colon instead of an equals sign",
                "write `=` here",
                "keys are written `key = value`",
            );
        }
        let from = line_start + line.len() - line.trim_start().len();
        let help = "write `key = value`, or put `#` in front if the line is a remark";
        return new(
            from..line_start + line.trim_end().len(),
            "a line that is no `key = value`",
            "no `=` here",
            help,
        );
    }
    if is("unexpected key or value") {
        let quotes = line.matches('"').count() > 2 || line.matches('\'').count() > 2;
        let help = if quotes {
            "for a quote inside a text write `\\\"`, or put the whole text between `'''` and `'''`"
        } else {
            "write one `key = value` on a line, and `#` before a remark"
        };
        return new(span, "something is left over behind a value", "the value ended before this", help);
    }
    if is("carriage return") {
        let help = "save the file with the line ends `LF` or `CRLF`";
        return new(span, "line ends of a kind that is not understood", "here", help);
    }
    let label = match next {
        Some(next) if !next.is_control() => format!("at this `{next}`"),
        _ => "here".to_owned(),
    };
    Problem::new(span, format!("this cannot be read: {message}"))
        .label(label)
        .help("write `key = value`; texts and times stand in quotes")
}

/// Word processors make “curly” quotes of straight ones.
fn curly_quotes(found: &str, line: &str, line_start: usize) -> Option<Problem> {
    const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];
    // Apostrophes inside a well-quoted text are no mistake, so look at where a value begins.
    let value = line.split_once('=').map_or(line, |(_, value)| value).trim_start_matches([' ', '\t', '[']);
    if !found.starts_with(CURLY) && !value.starts_with(CURLY) {
        return None;
    }
    let at = line_start + line.find(CURLY)?;
    let width = line.get(at - line_start..)?.chars().next()?.len_utf8();
    Some(
        Problem::new(at..at + width, "a curly quote")
            .label("a straight `\"` is needed")
            .help("word processors make quotes curly; use a plain text editor, and type the quotes again"),
    )
}
