//! Sentences → clauses, each with the part it plays in a repetition.

use super::exercise::Sentence;
use super::lexicon::{Lexicon, tag};
use super::reading::{Field, Stated, read};
use super::sentence::instruction;
use super::token::{Kind as Sign, Token, tokens};

/// What a clause does in an exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Setup,
    Move,
    Return,
    Hold,
    In,
    Out,
    /// "Repeat 10 times", "3 sets", "other side": counted by the program, not said.
    Count,
    /// Advice, and all that has no verb.
    Advice,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    pub text: String,
    pub part: Part,
    /// Of a hold, where it is stated.
    pub hold: Option<Stated>,
    /// The sentence it comes from.
    pub sentence: usize,
}

/// The clauses of `sentence`, which is number `index` of its exercise. A sentence is only cut where one ends a movement
/// and the next begins something else: "lift your hips" stays with "and tighten your stomach".
pub fn clauses(sentence: &Sentence, index: usize, lexicon: &Lexicon) -> Vec<Clause> {
    let text = sentence.text.as_str();
    let words = tokens(text, lexicon);
    let mut cuts: Vec<(usize, usize)> = vec![(0, 0)];
    for at in 1..words.len() {
        let Some(begin) = boundary(&words, at) else { continue };
        let Some(verb) = words.get(begin) else { continue };
        let since = cuts.last().and_then(|(_, token)| words.get(*token..at)).unwrap_or(&[]);
        let ends = breaks(verb, words.get(begin + 1), since);
        if ends && let Some(token) = words.get(at) {
            cuts.push((token.start, begin));
        }
    }
    let mut all = Vec::new();
    for (nth, (start, _)) in cuts.iter().enumerate() {
        let end = cuts.get(nth + 1).map_or(text.len(), |(end, _)| *end);
        let piece = trimmed(text.get(*start..end).unwrap_or(""), lexicon);
        if !piece.is_empty() {
            all.push(clause(piece, sentence, index, lexicon));
        }
    }
    all
}

/// If a clause may begin at `at` (a comma, "and", "then"), the token of its verb.
fn boundary(words: &[Token<'_>], at: usize) -> Option<usize> {
    let joint = words.get(at)?;
    let joins =
        joint.kind == Sign::Comma || joint.is(tag::AND) || joint.is(tag::THEN) || joint.is(tag::BEFORE);
    if !joins {
        return None;
    }
    let mut verb = at + 1;
    while words.get(verb).is_some_and(|t| {
        !t.is(tag::VERB & !tag::TIP) && t.is(tag::ADVERB)
            || t.is(tag::AND)
            || t.is(tag::THEN)
            || t.is(tag::AS)
    }) {
        verb += 1;
    }
    let gerund_follows = joint.is(tag::BEFORE);
    words.get(verb).filter(|t| t.is(tag::VERB) && (gerund_follows || !t.is(tag::GERUND))).map(|_| verb)
}

/// Whether the verb begins another part of the repetition than the words since the last cut.
fn breaks(verb: &Token<'_>, next: Option<&Token<'_>>, since: &[Token<'_>]) -> bool {
    let breath = verb.is(tag::BREATHE) && next.is_some_and(|t| t.is(tag::INSIDE) || t.is(tag::OUTSIDE));
    let held = since.iter().any(|t| t.is(tag::HOLD));
    // "Hold for 5 seconds", but not "hold the back of the chair".
    let holds = verb.is(tag::HOLD) && next.is_none_or(|t| t.kind != Sign::Word || t.is(tag::LASTING));
    verb.is(tag::RETURN | tag::REPEAT | tag::SWITCH | tag::IN | tag::OUT)
        || holds
        || breath
        || verb.is(tag::REST) && next.is_none_or(|t| t.kind != Sign::Word || t.is(tag::FOR) || t.is(tag::AND))
        || held && verb.is(tag::MOVE | tag::SETUP)
}

fn trimmed<'t>(text: &'t str, lexicon: &Lexicon) -> &'t str {
    let mut text = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':' | '–' | '—' | '-'));
    loop {
        let lower = text.to_ascii_lowercase();
        let word = lexicon.language.connectives.iter().find(|word| lower.starts_with(**word));
        match word {
            Some(word) => text = text.get(word.len()..).unwrap_or("").trim_start_matches([',', ' ']),
            None => return text,
        }
    }
}

fn clause(text: &str, sentence: &Sentence, index: usize, lexicon: &Lexicon) -> Clause {
    let words = tokens(text, lexicon);
    let reading = read(text, sentence.line, None, lexicon);
    let hold = reading.get(Field::Hold).or_else(|| reading.get(Field::Breaths)).cloned();
    let verb = instruction(&words).or_else(|| words.first().filter(|t| t.is(tag::VERB)).map(|t| t.tags));
    let back = lexicon.goes_back(text);
    let breath =
        |way: u128| words.windows(2).any(|pair| matches!(pair, [a, b] if a.is(tag::BREATHE) && b.is(way)));
    let tags = verb.unwrap_or(0);
    let counts =
        reading.get(Field::Reps).is_some() || reading.get(Field::Sets).is_some() || !reading.marks.is_empty();
    let part = match () {
        () if reading.get(Field::Pause).is_some() || reading.get(Field::Rest).is_some() => Part::Count,
        () if tags & (tag::REPEAT | tag::SWITCH) != 0
            && (tags & tag::MOVE == 0 || counts)
            && tags & tag::TIP == 0 =>
        {
            Part::Count
        }
        () if verb.is_none() && (counts || reading.is_dose()) && hold.is_none() => Part::Count,
        () if hold.is_some() && tags & (tag::MOVE | tag::SETUP) == 0 => Part::Hold,
        () if tags & tag::HOLD != 0
            && words.len() <= 5
            && !words
                .iter()
                .any(|t| t.is(tag::PART | tag::FUNCTION) && !t.is(tag::FOR) && !t.is(tag::THIS)) =>
        {
            Part::Hold
        }
        () if tags & tag::IN != 0 || breath(tag::INSIDE) && !breath(tag::OUTSIDE) => Part::In,
        () if tags & tag::OUT != 0 || breath(tag::OUTSIDE) && !breath(tag::INSIDE) => Part::Out,
        () if tags & tag::RETURN != 0 || back && tags & (tag::MOVE | tag::SETUP) != 0 => Part::Return,
        () if tags & tag::REST != 0 && words.len() <= 3
            || words.iter().take(3).any(|t| t.is(tag::RELAX)) && words.len() <= 6 =>
        {
            Part::Return
        }
        () if tags & (tag::SETUP | tag::LIE) != 0 && tags & tag::MOVE == 0 => Part::Setup,
        () if tags & tag::MOVE != 0 && tags & tag::TIP == 0 => Part::Move,
        () => Part::Advice,
    };
    Clause { text: text.to_owned(), part, hold, sentence: index }
}
