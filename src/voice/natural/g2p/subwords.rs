//! Cuts a token where its writing changes: at camel case, between letters and digits, at apostrophes and hyphens.

/// The pieces of a token that are read or are marks, in order. Apostrophes stay in words ("don't").
pub fn split(token: &str) -> Vec<&str> {
    if token.bytes().all(|b| b.is_ascii_lowercase()) {
        return if token.is_empty() { Vec::new() } else { vec![token] };
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(first) = token[at..].chars().next() {
        let rest = &token[at..];
        let length = match first {
            _ if is_quote(first) => quotes(rest, at == 0),
            _ if first.is_ascii_digit() || ".,".contains(first) && digits(rest) > 0 => digits(rest),
            '-' if at == 0 && digits(&rest[1..]) > 0 => 1 + digits(&rest[1..]),
            '-' | '_' => run(rest, |c| c == '-' || c == '_'),
            _ if first.is_alphabetic() => letters(rest),
            _ => first.len_utf8(),
        };
        if length == 0 {
            // A lone apostrophe inside a token joins nothing and is dropped.
            at += first.len_utf8();
            continue;
        }
        pieces.push(&token[at..at + length]);
        at += length;
    }
    pieces
}

/// Runs of letters and of digits, without the marks between them.
pub fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_alphabetic() {
            run(rest, |c| c.is_alphabetic() || is_quote(c))
        } else {
            digits(rest).max(if first.is_ascii_digit() { 1 } else { 0 })
        };
        if length > 0 {
            runs.push(rest[..length].trim_end_matches(is_quote));
        }
        at += length.max(first.len_utf8());
    }
    runs
}

fn is_quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’')
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Apostrophes count at the start, at the end and in groups.
fn quotes(text: &str, first: bool) -> usize {
    let length = run(text, is_quote);
    let several = text[..length].chars().nth(1).is_some();
    if first || several || length == text.len() { length } else { 0 }
}

/// Length of a number with its commas and points: every mark is followed by a digit.
fn digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
        end += 1;
    }
    end
}

/// Length of a word, which ends where camel case starts a new one.
fn letters(text: &str) -> usize {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let letter = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_alphabetic());
    let upper = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_uppercase());
    let lower = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_lowercase());
    let byte = |i: usize| chars.get(i).map_or(text.len(), |(at, _)| *at);
    if upper(0) && upper(1) && lower(2) {
        return byte(1);
    }
    let mut i = 0;
    while letter(i) {
        if lower(i) && upper(i + 1) {
            return byte(i + 1);
        }
        i += 1;
    }
    while chars.get(i).is_some_and(|(_, c)| is_quote(*c)) && letter(i + 1) {
        i += 2;
    }
    byte(i)
}
