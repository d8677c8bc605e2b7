//! Sentences in a row that each name an exercise behind a verb of doing, and tell how much: "Add wall slides for 2 sets of
//! 12, and finish with 10 heel raises".

use super::lexicon::{Lexicon, Role, tag};
use super::name::tidy;
use super::prose::{Found, piece};
use super::reading::states_dose;
use super::section::Section;
use super::token::{Kind, Token, sentences, skip_adverbs, tokens};

/// Fewer are the sentences about one exercise.
pub const FEWEST: usize = 2;
/// The words of such a name, with its hyphens.
const LONGEST: usize = 7;

struct Named {
    name: String,
    /// A word of it is typical of names, or it is counted as only exercises are.
    sure: bool,
}

/// The exercises of such sentences, each with the text up to the next; empty where there are fewer than [`FEWEST`].
pub fn split(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut sure = 0;
    for part in &section.parts {
        if matches!(part.role, Some(Role::Aside | Role::Nothing | Role::Needs)) {
            continue;
        }
        for range in sentences(&part.text, lexicon) {
            let text = part.text.get(range).unwrap_or("");
            let begun = beginnings(text, lexicon);
            let first = begun.first().map_or(text.len(), |(place, _)| *place);
            if let Some((_, parts, _)) = all.last_mut()
                && let Some(before) =
                    text.get(..first).filter(|before| before.contains(char::is_alphanumeric))
            {
                parts.push(piece(part, before.trim()));
            }
            for (nth, (place, named)) in begun.iter().enumerate() {
                let end = begun.get(nth + 1).map_or(text.len(), |(next, _)| *next);
                let clause = text.get(*place..end).unwrap_or("");
                sure += usize::from(named.sure);
                all.push((named.name.clone(), vec![piece(part, clause.trim())], false));
            }
        }
    }
    if sure < FEWEST || sure * 2 < all.len() { Vec::new() } else { all }
}

/// Where in the sentence a verb of doing stands before a name with how much, and that name.
fn beginnings(text: &str, lexicon: &Lexicon) -> Vec<(usize, Named)> {
    let mut verbs = Vec::new();
    lexicon.doings(text, |place, words| {
        verbs.push((place, words));
        false
    });
    if verbs.is_empty() {
        return Vec::new();
    }
    let words = tokens(text, lexicon);
    let led = words.len() - skip_adverbs(&words).len();
    let mut all: Vec<(usize, Named)> = Vec::new();
    for (nth, (place, count)) in verbs.iter().enumerate() {
        let at = words.partition_point(|t| t.start < *place);
        let begins = at <= led
            || at.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|t| t.is(tag::AND | tag::THEN));
        let next = verbs.get(nth + 1).map_or(text.len(), |(next, _)| *next);
        let clause = words.get(at..words.partition_point(|t| t.start < next)).unwrap_or(&[]);
        // "start with", "progress to": the verb may have two words.
        let object = clause.get(*count..).unwrap_or(&[]);
        if begins && let Some(name) = name(text, object, lexicon) {
            all.push((*place, name));
        }
    }
    all
}

/// The name that the words begin with, if they tell how much of it.
fn name(text: &str, words: &[Token<'_>], lexicon: &Lexicon) -> Option<Named> {
    let hyphen = |at: usize| {
        let joined = |at: usize| words.get(at).is_some_and(|t| t.close);
        words.get(at).is_some_and(|t| t.kind == Kind::Dash) && joined(at) && joined(at + 1)
    };
    let unit = tag::SETS | tag::REPS | tag::SECONDS | tag::MINUTES;
    // "10", "a 10-second", "3 sets of", but not "half-kneeling"
    let amount = |at: usize, t: &Token<'_>| {
        let part = t.kind == Kind::Word && hyphen(at + 1) && words.get(at + 2).is_none_or(|t| !t.is(unit));
        let counts = t.number > 0.0 || t.is(unit | tag::OF | tag::RANGE | tag::INDEFINITE);
        counts && !part || matches!(t.kind, Kind::Dash | Kind::Cross)
    };
    let from = words.iter().enumerate().take_while(|(at, t)| amount(*at, t)).count();
    let mut end = from;
    while words.get(end).is_some_and(|t| {
        let joins = t.is(tag::AND) && words.get(end + 1).is_some_and(|next| !next.is(tag::VERB));
        (t.kind == Kind::Word && (!t.is(tag::ENDS_NAME | tag::THEN | tag::UNTIL) || joins)) || hyphen(end)
    }) {
        end += 1;
    }
    let phrase = words.get(from..end).filter(|phrase| phrase.len() <= LONGEST)?;
    let (first, last) = (phrase.first()?, phrase.last()?);
    let own = tag::KINDS | tag::EXERCISE | tag::EXERCISES | tag::ADVERB | tag::FILLER;
    let names = phrase.iter().any(|t| !t.is(own | tag::FUNCTION));
    // "The stretch", "each exercise", "your hands", "these": something that was told of before, or no exercise.
    let told =
        first.is(tag::DEFINITE | tag::EACH | tag::THIS | tag::ONES | tag::YOU | tag::POSSESSIVE | tag::BOTH);
    let phrase = text.get(first.start..last.end())?;
    let whole = words.first().zip(words.last()).and_then(|(from, to)| text.get(from.start..to.end()))?;
    let counted = words.iter().take(from).any(|t| t.number > 0.0);
    let fits = names && !told && (counted || states_dose(whole, words)) && !lexicon.is_remedy(phrase);
    let sure = last.is(tag::NAME) || words.iter().any(|t| t.is(tag::SETS | tag::REPS));
    fits.then(|| Named { name: tidy(phrase, lexicon), sure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;
    use crate::import::section::Part;

    fn names(text: &str) -> Vec<String> {
        let part = Part { line: 1, text: text.to_owned(), role: None, numbered: false };
        let mut section = Section::default();
        section.push(part);
        split(&section, english_lexicon()).into_iter().map(|(name, _, _)| name).collect()
    }

    #[test]
    fn each_sentence_is_an_exercise() {
        let text = "Start with arm circles for 20 seconds. Add 12 heel-toe rocks, and perform wall sits for 2 sets of \
                    40 seconds to load the thighs.";
        assert_eq!(names(text), ["Arm circles", "Heel-toe rocks", "Wall sits"]);
    }

    #[test]
    fn what_was_told_before_is_no_new_exercise() {
        assert!(
            names("Hold the stretch for 20 seconds. Do each exercise for 3 sets. Perform 10 reps.")
                .is_empty()
        );
        assert!(names("Hold your leg for 5 seconds. Complete 3 sets of 10 repetitions.").is_empty());
    }
}
