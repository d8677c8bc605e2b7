//! Running text whose author sets names apart by nothing but capitals: "Come on to your hands and knees for Tiger, …".

use super::lexicon::{Lexicon, tag};
use super::name::tidy;
use super::prose::{Found, piece};
use super::section::Section;
use super::sentence::traits;
use super::token::{Kind, Token, sentences, tokens};

/// So many must be plainly of exercises, or the capitals mean something else.
const FEWEST: usize = 3;
const LONGEST: usize = 4;

/// A name and where it stands in its sentence.
struct Name {
    text: String,
    start: usize,
    end: usize,
    /// One of its words is typical of names of exercises.
    sure: bool,
}

/// The exercises in the text of a section, from one name in capitals to the next.
pub fn split(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut sure = 0;
    for part in &section.parts {
        for range in sentences(&part.text, lexicon) {
            let Some(text) = part.text.get(range) else { continue };
            let mut from = 0;
            // Most sentences have their only capital in front, and need no closer look.
            let inner =
                text.as_bytes().windows(2).any(|pair| matches!(pair, [b' ', c] if c.is_ascii_uppercase()));
            if !inner {
                add(&mut all, part, Some(text));
                continue;
            }
            for name in names(text, lexicon) {
                add(&mut all, part, text.get(from..name.start));
                sure += usize::from(name.sure);
                from = name.end;
                all.push((name.text, Vec::new(), false));
            }
            add(&mut all, part, text.get(from..));
        }
    }
    if sure < FEWEST {
        return Vec::new();
    }
    // What is only mentioned has nothing to do with it.
    all.retain(|(_, parts, _)| {
        parts.iter().any(|part| {
            let seen = traits(&part.text, lexicon);
            seen.physical || seen.dose || seen.verb.is_some_and(|verb| verb & tag::HOLD != 0)
        })
    });
    if all.len() < FEWEST { Vec::new() } else { all }
}

fn add(all: &mut [Found], part: &super::section::Part, text: Option<&str>) {
    let text = text.unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if let Some((_, parts, _)) = all.last_mut()
        && !text.is_empty()
    {
        parts.push(piece(part, text));
    }
}

/// Capitals in the middle of a sentence, behind a word that leads to where one comes: "for", "into", "now".
fn names(text: &str, lexicon: &Lexicon) -> Vec<Name> {
    let words = tokens(text, lexicon);
    let capital = |t: &Token<'_>| t.kind == Kind::Word && t.text.starts_with(char::is_uppercase);
    let mut found = Vec::new();
    let mut at = 1;
    while let Some(first) = words.get(at) {
        let length = words.iter().skip(at).take_while(|t| capital(t)).count();
        let before = words.get(at - 1);
        let leads = before.is_some_and(|t| {
            t.kind == Kind::Comma || t.is(tag::LEADING | tag::NOW) && !t.is(tag::ON | tag::AT | tag::AFTER)
        });
        let run = words.get(at..at + length).unwrap_or(&[]);
        let sure = run.iter().any(|t| t.is(tag::NAME));
        // "on Thursday 2 November", "with Anna's class", "from BBC"
        let counted = words.get(at + length).is_some_and(|t| t.number > 0.0);
        let plain = run.iter().all(|t| t.text.contains(char::is_lowercase) && !t.is(tag::YOU));
        let comma = before.is_some_and(|t| t.kind == Kind::Comma);
        // "with Anna" meets somebody, "for Tiger" does something.
        let alone = length == 1 && !before.is_some_and(|t| t.is(tag::FOR));
        if (1..=LONGEST).contains(&length) && leads && plain && !counted && (sure || !comma && !alone) {
            let end = run.last().map_or(first.end(), Token::end);
            let name = tidy(text.get(first.start..end).unwrap_or(""), lexicon);
            found.push(Name { text: name, start: first.start, end, sure });
        }
        at += length.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn found(text: &str) -> Vec<String> {
        names(text, english_lexicon()).into_iter().map(|name| name.text).collect()
    }

    #[test]
    fn names_stand_where_one_is_led_to() {
        assert_eq!(found("From there come up for Tiger, six times"), ["Tiger"]);
        assert_eq!(found("Sit back into Child's Pose and wait"), ["Child's Pose"]);
        assert_eq!(found("There is no class on Thursday 2 November"), Vec::<String>::new());
        assert_eq!(found("Now Legs Up The Wall: stay for a minute"), ["Legs Up The Wall"]);
    }
}
