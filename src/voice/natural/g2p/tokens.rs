//! Splits a sentence as the tagger's training text was split: words, contractions' halves, punctuation marks.

use super::compile::Section;
use super::data::{Data, DataError, Index};

const PUNCTUATION: &str = "…,:;!?¿¡()[]{}<>_#*&。？！，、；：～·";
const QUOTES: &str = "'\"”“`‘´’‚,„»«「」『』（）〔〕【】《》〈〉";
const ICONS: &str = "™®©°§¶†‡•";
const CURRENCIES: &str = "$£€¥฿₽₹₩₪₺₴₦₫₱₲₵₸₼₾₿";
const UNITS: [&str; 37] = [
    "km", "km²", "km³", "m", "m²", "m³", "dm", "cm", "cm²", "cm³", "mm", "mm²", "mm³", "ha", "µm", "nm",
    "yd", "in", "ft", "kg", "g", "mg", "µg", "t", "lb", "oz", "m/s", "km/h", "mph", "hPa", "Pa", "mbar",
    "mb", "MB", "kb", "GB", "%",
];

/// A piece of the sentence, and whether white space follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The piece as written.
    pub text: &'t str,
    /// White space follows.
    pub space: bool,
}

impl AsRef<str> for Token<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

/// The tokenizer with its list of contractions and abbreviations ("don't", "e.g.").
#[derive(Debug)]
pub struct Tokenizer {
    splits: Index,
}

impl Tokenizer {
    /// Opens the list in compact data.
    ///
    /// # Errors
    /// When it is unreadable.
    pub fn new(data: &Data) -> Result<Self, DataError> {
        Ok(Self { splits: data.index(Section::Splits)? })
    }

    /// The tokens of a sentence, in order.
    pub fn tokens<'t>(&self, sentence: &'t str) -> Vec<Token<'t>> {
        let mut tokens: Vec<Token> = Vec::new();
        for chunk in sentence.split_whitespace() {
            if let Some(last) = tokens.last_mut() {
                last.space = true;
            }
            tokens.extend(self.chunk(chunk).into_iter().map(|text| Token { text, space: false }));
        }
        tokens
    }

    /// Peels marks off both ends until a known contraction or a bare word is left, then splits that inside.
    fn chunk<'t>(&self, chunk: &'t str) -> Vec<&'t str> {
        let (mut front, mut back) = (Vec::new(), Vec::new());
        let mut rest = chunk;
        while !rest.is_empty() && !self.is_special(rest) {
            let (mark, tail) = rest.split_at(prefix(rest));
            if !mark.is_empty() && self.is_special(tail) {
                front.push(mark);
                rest = tail;
                break;
            }
            let cut = tail.len() - suffix(tail);
            let (middle, end) = tail.split_at(cut);
            if !end.is_empty() && self.is_special(&rest[..mark.len() + cut]) {
                back.push(end);
                rest = &rest[..mark.len() + cut];
                break;
            }
            if mark.is_empty() && end.is_empty() {
                break;
            }
            front.extend(Some(mark).filter(|m| !m.is_empty()));
            back.extend(Some(end).filter(|e| !e.is_empty()));
            rest = middle;
        }
        let mut pieces = front;
        match self.special(rest) {
            Some(split) => pieces.extend(split),
            None => inside(rest, &mut pieces),
        }
        pieces.extend(back.into_iter().rev());
        self.rejoin(chunk, pieces)
    }

    /// Neighbours that together are a known abbreviation become one again: "Sept", "." -> "Sept.".
    fn rejoin<'t>(&self, chunk: &'t str, pieces: Vec<&'t str>) -> Vec<&'t str> {
        let (mut out, mut i, mut at) = (Vec::new(), 0, 0);
        if pieces.len() < 2 {
            return pieces;
        }
        while i < pieces.len() {
            let known = [3, 2].into_iter().filter(|n| i + n <= pieces.len()).find_map(|n| {
                let length: usize = pieces[i..i + n].iter().map(|p| p.len()).sum();
                Some((n, length, self.special(chunk.get(at..at + length)?)?))
            });
            let (count, length) = match known {
                Some((count, length, split)) => {
                    out.extend(split);
                    (count, length)
                }
                None => {
                    out.push(pieces[i]);
                    (1, pieces[i].len())
                }
            };
            i += count;
            at += length;
        }
        out
    }

    fn is_special(&self, text: &str) -> bool {
        !text.is_empty() && self.splits.contains_key(text)
    }

    fn special<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut lengths = self.splits.get(text).filter(|_| !text.is_empty())?;
        let mut pieces = Vec::new();
        let mut rest = text;
        while lengths > 0 {
            let (piece, tail) = rest.split_at_checked((lengths & 255) as usize)?;
            pieces.push(piece);
            rest = tail;
            lengths >>= 8;
        }
        Some(pieces)
    }
}

/// Bytes of a mark that may lead a word.
fn prefix(text: &str) -> usize {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return 0 };
    let next = chars.next();
    match first {
        '.' => Some(text.len() - text.trim_start_matches('.').len()).filter(|&n| n > 1).unwrap_or(0),
        '+' if !next.is_some_and(|c| c.is_ascii_digit()) => 1,
        _ if "%=—–".contains(first) || is_mark(first) || CURRENCIES.contains(first) => first.len_utf8(),
        _ => ["US$", "C$", "A$"].iter().find(|c| text.starts_with(**c)).map_or(0, |c| c.len()),
    }
}

/// Bytes of a mark, possessive or unit that may end a word.
fn suffix(text: &str) -> usize {
    let Some(last) = text.chars().next_back() else {
        return 0;
    };
    let dots = text.len() - text.trim_end_matches('.').len();
    if dots > 1 {
        return dots;
    }
    if let Some(end) = ["'s", "'S", "’s", "’S"].iter().find(|s| text.ends_with(**s)) {
        return end.len();
    }
    let unit = UNITS.iter().filter(|unit| {
        text.strip_suffix(**unit).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    });
    if let Some(length) = unit.map(|u| u.len()).max() {
        return length;
    }
    if is_mark(last) || "—–".contains(last) {
        return last.len_utf8();
    }
    let before = &text[..text.len() - last.len_utf8()];
    let mut behind = before.chars().rev();
    let (one, two) = (behind.next(), behind.next());
    let after_digit = one.is_some_and(|c| c.is_ascii_digit());
    let ends = match last {
        '+' => after_digit,
        '.' => match one {
            Some(c)
                if c.is_ascii_digit()
                    || is_lower(c)
                    || "%²-+".contains(c)
                    || is_mark(c) && !ICONS.contains(c) =>
            {
                true
            }
            Some(c) if is_upper(c) => two.is_some_and(|t| is_upper(t) || t == '°' && "FCK".contains(c)),
            _ => false,
        },
        c => CURRENCIES.contains(c) && after_digit,
    };
    if ends { last.len_utf8() } else { 0 }
}

/// Splits a bare word at the marks inside it, such as the hyphen of a compound.
fn inside<'t>(word: &'t str, pieces: &mut Vec<&'t str>) {
    let (mut start, mut i) = (0, 0);
    while i < word.len() {
        let length = infix(word, i);
        if length > 0 && i > 0 {
            if i > start {
                pieces.push(&word[start..i]);
            }
            pieces.push(&word[i..i + length]);
            start = i + length;
        }
        i += length.max(word[i..].chars().next().map_or(1, char::len_utf8));
    }
    if start < word.len() {
        pieces.push(&word[start..]);
    }
}

/// Bytes of a mark at `at` that splits the word there.
fn infix(word: &str, at: usize) -> usize {
    let rest = &word[at..];
    let (Some(mark), before) = (rest.chars().next(), word[..at].chars().next_back()) else {
        return 0;
    };
    let dots = rest.len() - rest.trim_start_matches('.').len();
    if dots > 1 {
        return dots;
    }
    if mark == '…' || ICONS.contains(mark) {
        return mark.len_utf8();
    }
    let (Some(before), Some(after)) = (before, rest[mark.len_utf8()..].chars().next()) else {
        return 0;
    };
    let between = match mark {
        '+' | '-' | '*' | '^' if before.is_ascii_digit() && (after.is_ascii_digit() || after == '-') => true,
        '.' => (is_lower(before) || QUOTES.contains(before)) && (is_upper(after) || QUOTES.contains(after)),
        ',' => before.is_alphabetic() && after.is_alphabetic(),
        ':' | '<' | '>' | '=' | '/' => before.is_alphanumeric() && after.is_alphabetic(),
        _ => false,
    };
    if between {
        return mark.len_utf8();
    }
    let dash = ["---", "--", "-", "——", "—", "–", "~"]
        .into_iter()
        .find(|dash| rest.strip_prefix(dash).is_some_and(|tail| tail.starts_with(char::is_alphabetic)));
    dash.filter(|_| before.is_alphanumeric()).map_or(0, str::len)
}

fn is_mark(c: char) -> bool {
    PUNCTUATION.contains(c) || QUOTES.contains(c) || ICONS.contains(c)
}

fn is_lower(c: char) -> bool {
    c.is_ascii_lowercase() || ('ß'..='ÿ').contains(&c) && c != '÷'
}

fn is_upper(c: char) -> bool {
    c.is_ascii_uppercase() || ('À'..='Þ').contains(&c) && c != '×'
}
