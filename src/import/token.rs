//! Sentences, and the words, numbers and signs in them.

use std::ops::Range;

use super::lexicon::{Lexicon, tag};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Word,
    /// In digits; spelled numbers are words tagged [`tag::NUMBER`].
    Number,
    /// A hyphen or a dash of any length.
    Dash,
    /// `x`, `×` or `*` that multiplies.
    Cross,
    Comma,
    Colon,
    /// `"` or `″` right behind a number.
    Prime,
    Slash,
    Open,
    Close,
    Other,
}

#[derive(Debug, Clone, Copy)]
pub struct Token<'t> {
    pub text: &'t str,
    /// In bytes, from the start of the text.
    pub start: usize,
    pub kind: Kind,
    pub tags: u128,
    /// Of numbers in digits and in words.
    pub number: f64,
    /// No space between the token before and this one.
    pub close: bool,
}

impl Token<'_> {
    pub fn is(&self, tags: u128) -> bool {
        self.tags & tags != 0
    }

    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn says(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// Numbers above this are no amounts; they may be years or telephone numbers.
const LARGEST: f64 = 10_000.0;

/// The first `bytes` of `text`, or a little less: characters stay whole.
pub fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// The tokens of `text`, in one pass.
pub fn tokens<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<Token<'t>> {
    let mut all: Vec<Token<'t>> = Vec::new();
    let mut rest = text;
    let mut start = 0;
    let mut close = false;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            // Forms have lines to write on: "Reps: _10_".
            c if c.is_whitespace() || c == '_' => {
                close = false;
                start += c.len_utf8();
                rest = text.get(start..).unwrap_or("");
                continue;
            }
            c if c.is_ascii_digit() => number_length(rest),
            'h' | 'w' if is_address(rest) => rest.find([' ', ')', ']', '>']).unwrap_or(rest.len()),
            c if c.is_alphabetic() => word_length(rest),
            '\'' if rest.starts_with("''") => 2,
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        let mut token =
            Token { text: piece, start, kind: Kind::Other, tags: 0, number: 0.0, close: close && start > 0 };
        let before = all.last().map(|token| token.kind);
        classify(&mut token, first, before, after, lexicon);
        all.push(token);
        start += length;
        rest = after;
        close = true;
    }
    all
}

/// What "watch?v=4xT" and the like count is no amount.
pub fn is_address(text: &str) -> bool {
    ["https://", "http://", "www."].iter().any(|start| text.starts_with(start))
}

fn classify(token: &mut Token<'_>, first: char, before: Option<Kind>, after: &str, lexicon: &Lexicon) {
    let after_number = before == Some(Kind::Number);
    let number_follows = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    token.kind = match first {
        'h' | 'w' if is_address(token.text) => Kind::Other,
        '½' | '¼' | '¾' => {
            token.number = lexicon.word(token.text).1;
            Kind::Number
        }
        c if c.is_ascii_digit() => {
            token.number = value(token.text);
            Kind::Number
        }
        'x' | 'X' if token.text.len() == 1 && (after_number || number_follows) => Kind::Cross,
        '×' | '✕' | '✖' | '⨯' => Kind::Cross,
        '*' if after_number && number_follows => Kind::Cross,
        c if c.is_alphabetic() => {
            (token.tags, token.number) = lexicon.word(token.text);
            Kind::Word
        }
        '-' | '–' | '—' | '−' | '‐' | '‑' | '‒' | '―' | '~' => Kind::Dash,
        ',' | ';' => Kind::Comma,
        ':' | '=' | '|' => Kind::Colon,
        '"' | '″' | '”' | '\'' if after_number && token.close && token.text != "'" => Kind::Prime,
        '/' => Kind::Slash,
        '(' | '[' => Kind::Open,
        ')' | ']' => Kind::Close,
        _ => Kind::Other,
    };
}

/// Digits, a decimal fraction, and a fraction sign or a simple fraction behind them.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while digit(at) {
        at += 1;
    }
    for fraction in ["1/2", "1/4", "3/4", "1/3", "2/3"] {
        if text.starts_with(fraction) && !digit(3) {
            return 3;
        }
    }
    if bytes.get(at).is_some_and(|b| matches!(b, b'.' | b',')) && digit(at + 1) {
        let point = at;
        at += 1;
        while digit(at) {
            at += 1;
        }
        // "1,000" and "1.5", but in "10,12" the comma parts two numbers.
        if bytes.get(point) == Some(&b',') && at - point != 4 {
            at = point;
        }
    }
    at + ['½', '¼', '¾']
        .iter()
        .find(|c| text.get(at..).is_some_and(|rest| rest.starts_with(**c)))
        .map_or(0, |c| c.len_utf8())
}

fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let inner = matches!(c, '\'' | '’') && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if !c.is_alphabetic() && !inner {
            return at;
        }
        // "x10" is a sign and a number.
        if at == 0 && matches!(c, 'x' | 'X') && letters.peek().is_some_and(|(_, next)| next.is_ascii_digit())
        {
            return 1;
        }
        end = at + c.len_utf8();
    }
    end
}

fn value(text: &str) -> f64 {
    let (text, half) = match text.chars().next_back() {
        Some('½') => (text.trim_end_matches('½'), 0.5),
        Some('¼') => (text.trim_end_matches('¼'), 0.25),
        Some('¾') => (text.trim_end_matches('¾'), 0.75),
        _ => (text, 0.0),
    };
    if let Some((above, below)) = text.split_once('/') {
        return above.parse::<f64>().unwrap_or(0.0) / below.parse::<f64>().unwrap_or(1.0);
    }
    (text.replace(',', "").parse::<f64>().unwrap_or(LARGEST) + half).min(LARGEST)
}

/// Where the sentences of `text` are, without the spaces around them.
pub fn sentences(text: &str, lexicon: &Lexicon) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut start, mut word) = (0, 0);
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if c.is_whitespace() {
            word = at + c.len_utf8();
        }
        if !matches!(c, '.' | '!' | '?' | ';' | '…') {
            continue;
        }
        let end = at + c.len_utf8();
        let quote = letters.peek().is_some_and(|(_, next)| matches!(next, '"' | '”' | '’' | '\'' | ')'));
        if quote {
            letters.next();
        }
        let followed = letters.peek().map(|(_, next)| *next);
        if followed.is_some_and(|next| !next.is_whitespace()) {
            continue;
        }
        let last = text.get(word..at).unwrap_or("").trim_start_matches(['(', '"', '“']);
        let abbreviated = c == '.' && {
            let next = text.get(end..).unwrap_or("").trim_start().chars().next();
            let known = lexicon.language.abbreviations.iter().any(|known| known.eq_ignore_ascii_case(last));
            known && next.is_some_and(|next| !next.is_uppercase() || last.len() <= 2)
        };
        // "1." and "2." number what follows.
        let ordinal =
            c == '.' && word <= start && !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
        if abbreviated || ordinal {
            continue;
        }
        let end = letters.peek().map_or(text.len(), |(at, _)| *at);
        push_trimmed(text, start..end, &mut all);
        start = end;
    }
    push_trimmed(text, start..text.len(), &mut all);
    all
}

fn push_trimmed(text: &str, range: Range<usize>, all: &mut Vec<Range<usize>>) {
    let piece = text.get(range.clone()).unwrap_or("");
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    if piece.chars().any(char::is_alphanumeric) {
        all.push(start..end);
    }
}

/// The first token that is no adverb or connective, so that "Then, slowly lower" begins with "lower".
pub fn skip_adverbs<'a, 't>(tokens: &'a [Token<'t>]) -> &'a [Token<'t>] {
    let skipped = tokens
        .iter()
        .take_while(|token| {
            token.kind != Kind::Word || (token.is(tag::ADVERB) && !token.is(tag::SETUP | tag::MOVE))
        })
        .count();
    tokens.get(skipped..).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn parts(text: &str) -> Vec<&str> {
        sentences(text, english_lexicon()).into_iter().filter_map(|range| text.get(range)).collect()
    }

    fn kinds(text: &str) -> Vec<Kind> {
        tokens(text, english_lexicon()).iter().map(|token| token.kind).collect()
    }

    #[test]
    fn a_stop_ends_a_sentence_but_for_abbreviations_and_numbers() {
        assert_eq!(parts("Hold. Let go!  And rest"), ["Hold.", "Let go!", "And rest"]);
        assert_eq!(parts("Hold for approx. ten seconds."), ["Hold for approx. ten seconds."]);
        assert_eq!(parts("Hold 1.5 minutes."), ["Hold 1.5 minutes."]);
        assert_eq!(parts("1. Lift your leg."), ["1. Lift your leg."]);
        assert_eq!(parts("Do 10 reps. Rest."), ["Do 10 reps.", "Rest."]);
        assert_eq!(parts(" … "), Vec::<&str>::new());
    }

    #[test]
    fn signs_are_told_by_what_is_beside_them() {
        assert_eq!(kinds("10\""), [Kind::Number, Kind::Prime]);
        assert_eq!(kinds("x10"), [Kind::Cross, Kind::Number]);
        assert_eq!(kinds("x-ray"), [Kind::Word, Kind::Dash, Kind::Word]);
        assert_eq!(kinds("3*12"), [Kind::Number, Kind::Cross, Kind::Number]);
    }

    #[test]
    fn numbers_have_fractions_and_thousands() {
        let number = |text: &str| tokens(text, english_lexicon()).first().map(|token| token.number);
        assert_eq!(number("1½"), Some(1.5));
        assert_eq!(number("3/4"), Some(0.75));
        assert_eq!(number("1,000"), Some(1_000.0));
        assert_eq!(number("10,12"), Some(10.0));
        assert_eq!(number("99999999999999999999"), Some(LARGEST));
    }

    #[test]
    fn a_beginning_is_cut_between_characters() {
        assert_eq!(beginning("naïve", 3), "na");
        assert_eq!(beginning("naïve", 4), "naï");
        assert_eq!(beginning("naïve", 100), "naïve");
    }
}
