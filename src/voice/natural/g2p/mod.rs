//! English text -> the phonemes that the natural voice reads: tokens, parts of speech, words, compounds.
//!
//! A word is looked up in the dictionary, else derived from one there, else spelled by a small network, else said
//! letter by letter. Nothing here fails at run time: a sentence always has a sound.

use std::borrow::Cow;

use crate::voice::spoken::spoken;

mod compile;
mod data;
mod endings;
mod lexicon;
mod rules;
mod speller;
mod stress;
mod subwords;
mod tagger;
#[cfg(test)]
mod tests;
mod tokens;

pub use compile::{Accent, CompileError, FILES, Sources, compile, compile_folder};
pub use data::DataError;

use data::Data;
use lexicon::Lexicon;
use rules::{Context, Reader, is_pause};
use speller::Speller;
use stress::balance;
use tagger::Tagger;
use tokens::{Token, Tokenizer};

/// Marks that join the parts of a word or stand at its ends, and are not heard.
const SILENT: &str = "',-._‘’/";

/// Parts of a compound that are looked up together at most, so that a page without spaces costs no minutes.
const LONGEST: usize = 16;

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Text to phonemes for one accent. Opening takes microseconds, a sentence a tenth of a millisecond.
pub struct Phonemizer {
    tokenizer: Tokenizer,
    tagger: Tagger,
    lexicon: Lexicon,
    speller: Option<Speller>,
}

/// A part of a token: a word, a mark, a half of a compound.
#[derive(Clone, Debug)]
struct Part<'t> {
    text: &'t str,
    tag: &'t str,
    space: bool,
    /// Found out so far; a silent part has none of them: `""`.
    phonemes: Option<String>,
}

impl Phonemizer {
    /// Opens compact pronunciation data (see [`compile()`]) and, for unknown words, the bytes of `oov.onnx`.
    ///
    /// # Errors
    /// When the data is damaged or of another version.
    pub fn new(data: Cow<'static, [u8]>, speller: Option<Cow<'static, [u8]>>) -> Result<Self, DataError> {
        let data = Data::new(data)?;
        Ok(Self {
            tokenizer: Tokenizer::new(&data)?,
            tagger: Tagger::new(&data)?,
            lexicon: Lexicon::new(&data)?,
            speller: speller.map(|onnx| Speller::new(&data, onnx)).transpose()?,
        })
    }

    /// The phonemes of a sentence or a fragment of one, with its punctuation marks.
    pub fn phonemes(&self, sentence: &str) -> String {
        let sentence = sentence.replace(['‘', '’'], "'");
        let mut tokens = self.tokenizer.tokens(&sentence);
        part_tens(&mut tokens);
        let tags = self.tags(&tokens);
        let mut parts: Vec<Part> = Vec::with_capacity(tokens.len());
        for (token, tag) in tokens.iter().zip(tags) {
            split_token(token, tag, &mut parts);
        }
        self.read(&mut parts);
        let mut out = String::with_capacity(sentence.len() * 2);
        for part in &parts {
            out.push_str(part.phonemes.as_deref().unwrap_or_default());
            if part.space {
                out.push(' ');
            }
        }
        if !out.trim_end().ends_with(is_pause) {
            // "…, legs, etc." ends a sentence although its point belongs to the abbreviation.
            out.extend(sentence.trim_end().chars().next_back().filter(|c| matches!(c, '.' | '!' | '?')));
        }
        // The voice's names for the tapped t of "sitting" and the glottal one of "button".
        out.trim().replace('ɾ', "T").replace('ʔ', "t")
    }

    /// Tags of the tokens. The tagger learned from prose, where few sentences start with a command; instructions do
    /// ("Close your eyes"), so a word that can be one is a verb before the words that go on after it.
    fn tags(&self, tokens: &[Token]) -> Vec<&str> {
        let mut tags = self.tagger.tag(tokens);
        for i in 0..tokens.len().saturating_sub(1) {
            let opens = i == 0 || tokens[i - 1].text.chars().all(|c| ".!?:;—".contains(c));
            let (word, next) = (tokens[i].text, tokens[i + 1].text);
            let goes_on = match tags[i + 1] {
                "DT" | "PDT" | "PRP" | "PRP$" | "CD" | "RP" | "RB" | "WP" | "WRB" | "EX" => true,
                "TO" => !word.eq_ignore_ascii_case("close"),
                // "Alternate sides", "separate from the wall", but "perfect for beginners", "moderate weights".
                "NNS" | "IN" => {
                    word.ends_with("ate") && !word.eq_ignore_ascii_case("moderate") && next != "of"
                }
                _ => false,
            };
            if opens && goes_on && !tags[i].starts_with("VB") && word.chars().any(char::is_lowercase) {
                let verb = self.lexicon.entry(word).is_some_and(|e| self.lexicon.verb_differs(e));
                tags[i] = if verb { "VB" } else { tags[i] };
            }
        }
        tags
    }

    /// Reads the parts from the last to the first, since some words depend on the sound after them.
    fn read(&self, parts: &mut [Part]) {
        let mut context = Context::default();
        let mut end = parts.len();
        while end > 0 {
            let mut start = end - 1;
            if parts[start].phonemes.is_none() {
                while start > 0 && parts[start - 1].phonemes.is_none() && !parts[start - 1].space {
                    start -= 1;
                }
                context = self.read_word(&mut parts[start..end], context);
            } else if let Some(phonemes) = &parts[start].phonemes {
                context = context.before(parts[start].text, parts[start].tag, phonemes);
            }
            end = start;
        }
    }

    /// Reads parts that are written together: the longest tails that are known, or the whole by its spelling.
    fn read_word(&self, parts: &mut [Part], mut context: Context) -> Context {
        let reader = Reader::new(&self.lexicon);
        let mut right = parts.len();
        while right > 0 {
            let tail = (right.saturating_sub(LONGEST)..right).find_map(|left| {
                let (text, tag) = merged(&parts[left..right]);
                let phonemes = reader.word(&text, tag, context).or_else(|| self.number(&text))?;
                Some((left, context.before(&text, tag, &phonemes), phonemes))
            });
            if let Some((left, before, phonemes)) = tail {
                parts[left..right].iter_mut().for_each(|p| p.phonemes = Some(String::new()));
                parts[left].phonemes = Some(phonemes);
                (right, context) = (left, before);
                continue;
            }
            right -= 1;
            if parts.len() > 1 && is_silent(parts[right].text) {
                parts[right].phonemes = Some(String::new());
                continue;
            }
            let (text, tag) = merged(parts);
            let phonemes = self.spelled(&text);
            if parts.len() == 1 {
                context = context.before(&text, tag, &phonemes);
            }
            parts.iter_mut().for_each(|p| p.phonemes = Some(String::new()));
            parts[0].phonemes = Some(phonemes);
            return context;
        }
        join(parts);
        context
    }

    /// Digits that nobody turned into words before.
    fn number(&self, text: &str) -> Option<String> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let words = spoken(text);
        let reader = Reader::new(&self.lexicon);
        let read: Option<Vec<String>> =
            words.split([' ', '-']).map(|word| reader.word(word, "CD", Context::default())).collect();
        read.map(|words| words.join(" "))
    }

    /// A word that no rule knows: its letters through the network or by their names, its digits as numbers.
    fn spelled(&self, text: &str) -> String {
        let said = subwords::runs(text).into_iter().filter_map(|run| {
            if run.starts_with(|c: char| c.is_ascii_digit()) {
                return self.number(run);
            }
            let by_network = || self.speller.as_ref()?.spell(run);
            by_network().or_else(|| Reader::new(&self.lexicon).letters(run))
        });
        said.collect::<Vec<_>>().join(" ")
    }
}

/// Parts of a token: marks get their sound at once, words are cut where their writing changes ("McGill", "B12").
fn split_token<'t>(token: &Token<'t>, tag: &'t str, parts: &mut Vec<Part<'t>>) {
    let first = parts.len();
    for text in subwords::split(token.text) {
        let lettered = text.chars().all(|c| c.is_ascii_alphabetic());
        let marks = |marks: &str| text.chars().filter(|&c| marks.contains(c)).collect::<String>();
        let phonemes = match tag {
            ":" if matches!(text, "-" | "–") => Some("—".into()),
            _ if lettered => None,
            "-LRB-" => Some("(".into()),
            "-RRB-" => Some(")".into()),
            "``" => Some("“".into()),
            "\"\"" | "''" => Some("”".into()),
            "." | "," | ":" | "$" | "#" | "NFP" => Some(marks(";:,.!?—…\"“”")),
            _ => None,
        };
        parts.push(Part { text, tag, space: false, phonemes });
    }
    if let Some(last) = parts[first..].last_mut() {
        last.space = token.space;
    } else if let Some(last) = parts.last_mut() {
        last.space |= token.space;
    }
}

/// "twenty-five" and "ninety-degree" are two words to the voice: as a compound the half that counts would be weak.
fn part_tens(tokens: &mut Vec<Token>) {
    let mut i = 0;
    while let [tens, hyphen, _, ..] = &tokens[i.min(tokens.len())..] {
        let number = TENS.iter().any(|word| tens.text.eq_ignore_ascii_case(word));
        if number && hyphen.text == "-" && !tens.space && !hyphen.space {
            tokens[i].space = true;
            tokens.remove(i + 1);
        }
        i += 1;
    }
}

fn is_silent(text: &str) -> bool {
    text.chars().all(|c| SILENT.contains(c))
}

/// Parts as one word: their text, and the tag of the part that weighs most in capitals and letters.
fn merged<'t>(parts: &[Part<'t>]) -> (Cow<'t, str>, &'t str) {
    if let [part] = parts {
        return (part.text.into(), part.tag);
    }
    let weight = |p: &Part| p.text.chars().map(|c| if c.is_uppercase() { 2 } else { 1 }).sum::<usize>();
    let mut tag = "";
    let mut most = 0;
    for part in parts {
        if weight(part) > most {
            (tag, most) = (part.tag, weight(part));
        }
    }
    (parts.iter().map(|p| p.text).collect::<String>().into(), tag)
}

/// Joins what was read apart: with spaces where the kinds of signs differ ("B 12"), else as one word whose parts
/// share the stress ("all-fours").
fn join(parts: &mut [Part]) {
    let kinds = |c: char| {
        if c.is_alphabetic() {
            1
        } else if c.is_ascii_digit() {
            2
        } else {
            4
        }
    };
    let signs = parts.iter().flat_map(|p| p.text.chars());
    let mixed =
        signs.clone().filter(|c| !SILENT.contains(*c)).fold(0u8, |seen, c| seen | kinds(c)).count_ones() > 1;
    if mixed || signs.into_iter().any(|c| c == '/') {
        let mut heard = false;
        for part in parts.iter_mut() {
            if let Some(phonemes) = part.phonemes.as_mut().filter(|p| !p.is_empty()) {
                if heard {
                    phonemes.insert(0, ' ');
                }
                heard = true;
            }
        }
        return;
    }
    let mut heard: Vec<(usize, &mut String)> = Vec::new();
    for part in parts {
        let length = part.text.chars().count();
        heard.extend(part.phonemes.as_mut().filter(|p| !p.is_empty()).map(|p| (length, p)));
    }
    balance(&mut heard);
}
