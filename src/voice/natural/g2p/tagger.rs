//! Parts of speech (Penn Treebank tags) by an averaged perceptron: the tag with the greatest sum of feature weights.
//!
//! Worth its megabyte: it tells "close your eyes" from "stay close", "live" from "live", "to use" from "the use".
//! The features and their weights are the voice package's; the tags only choose between readings of a word.

use super::compile::{Section, TEMPLATES, WEIGHT_BIAS};
use super::data::{Bytes, Data, DataError, Index};

/// The tagger of a voice package.
#[derive(Debug)]
pub struct Tagger {
    tags: Vec<String>,
    features: Index,
    weights: Bytes,
    tagged: Index,
}

impl Tagger {
    /// Opens the tagger in compact data.
    ///
    /// # Errors
    /// When a section is unreadable.
    pub fn new(data: &Data) -> Result<Self, DataError> {
        Ok(Self {
            tags: data.text(Section::Tags)?.lines().map(str::to_owned).collect(),
            features: data.index(Section::Features)?,
            weights: data.section(Section::Weights),
            tagged: data.index(Section::Tagged)?,
        })
    }

    /// One tag per token.
    pub fn tag<S: AsRef<str>>(&self, tokens: &[S]) -> Vec<&str> {
        let context = self.context(tokens);
        let (mut previous, mut before_previous) = ("-START-", "-START2-");
        let mut tags = Vec::with_capacity(tokens.len());
        for (i, token) in tokens.iter().enumerate() {
            let known = self.tagged.get(token.as_ref()).unwrap_or(0) >> 1;
            let only = usize::try_from(known).ok().and_then(|tag| self.tags.get(tag.checked_sub(1)?));
            let tag = match only {
                Some(tag) => tag,
                None => self.guess(token.as_ref(), &context[i..i + 5], i == 0, previous, before_previous),
            };
            tags.push(tag);
            (before_previous, previous) = (previous, tag);
        }
        tags
    }

    /// Tokens as the features name them, with two stops at either end. Words that the features do not know stand as
    /// their shape.
    fn context<S: AsRef<str>>(&self, tokens: &[S]) -> Vec<String> {
        let mut context = vec!["-START2-".to_owned(), "-START-".to_owned()];
        context.extend(tokens.iter().map(|token| {
            let name = name(token.as_ref());
            let known = self.tagged.get(&name).is_some_and(|flags| flags & 1 == 1);
            if known { name } else { format!("<{}>", shape(token.as_ref())) }
        }));
        context.extend(["-END-".to_owned(), "-END2-".to_owned()]);
        context
    }

    /// `around`: the two tokens before, the token and the two after, as `context` names them.
    fn guess(&self, word: &str, around: &[String], first: bool, t1: &str, t2: &str) -> &str {
        let [w_2, w_1, w, w1, w2] = around else {
            return "NN";
        };
        let mut score = [0i32; 64];
        let mut key = Vec::with_capacity(32);
        let mut feature = |template: &str, parts: [&str; 3]| {
            key.clear();
            key.extend(TEMPLATES.iter().position(|t| *t == template).map(|i| i as u8));
            parts.iter().for_each(|part| key.extend(part.as_bytes()));
            self.add(&key, &mut score);
        };
        let initial = word.chars().next().map(String::from).unwrap_or_default();
        feature("b", [""; 3]);
        feature(if first { "i0" } else { "i+" }, [""; 3]);
        feature("s3=", [ending(word), "", ""]);
        feature("p1=", [&initial, "", ""]);
        feature("w=", [w, "", ""]);
        feature("sh=", [&shape(word), "", ""]);
        feature("t-1=", [t1, "", ""]);
        feature("t-2=", [t2, "", ""]);
        feature("t-12=", [t1, ",", t2]);
        feature("w-1=", [w_1, "", ""]);
        feature("s3-1=", [ending(w_1), "", ""]);
        feature("w-2=", [w_2, "", ""]);
        feature("w+1=", [w1, "", ""]);
        feature("s3+1=", [ending(w1), "", ""]);
        feature("w+2=", [w2, "", ""]);
        // Of equal scores the last tag wins, as in the training.
        self.tags.iter().zip(score).max_by_key(|(_, score)| *score).map_or("NN", |(tag, _)| tag)
    }

    fn add(&self, feature: &[u8], score: &mut [i32; 64]) {
        let Some(place) = self.features.get(feature) else {
            return;
        };
        let (start, count) = ((place >> 6) as usize * 2, (place & 63) as usize * 2);
        let pairs = self.weights.as_ref().get(start..start + count).unwrap_or_default();
        for pair in pairs.chunks_exact(2) {
            let pair = u16::from_le_bytes([pair[0], pair[1]]);
            score[usize::from(pair >> 10)] += i32::from(pair & 1023) - WEIGHT_BIAS;
        }
    }
}

/// The last three characters.
fn ending(word: &str) -> &str {
    word.char_indices().rev().nth(2).map_or(word, |(i, _)| &word[i..])
}

fn name(word: &str) -> String {
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    if word.contains('-') && !word.starts_with('-') {
        "!HYPHEN".into()
    } else if digits && word.len() == 4 {
        "!YEAR".into()
    } else if word.starts_with(|c: char| c.is_ascii_digit()) {
        "!DIGITS".into()
    } else {
        word.to_lowercase()
    }
}

/// Letters, case and digits of a word, roughly: "Xx" for a capitalised one.
fn shape(word: &str) -> String {
    let letters = word.chars().all(char::is_alphabetic);
    if letters && word.chars().all(char::is_lowercase) {
        "x".into()
    } else if letters && word.chars().all(char::is_uppercase) {
        if word.chars().nth(1).is_some() { "XX".into() } else { "X1".into() }
    } else if letters && word.starts_with(char::is_uppercase) && word.chars().skip(1).all(char::is_lowercase)
    {
        "Xx".into()
    } else if letters {
        "xX".into()
    } else if word.chars().all(|c| c.is_ascii_digit()) {
        "d".into()
    } else {
        word.chars()
            .take(4)
            .map(|c| {
                if c.is_ascii_digit() {
                    'd'
                } else if c.is_alphabetic() {
                    'x'
                } else {
                    c
                }
            })
            .collect()
    }
}
