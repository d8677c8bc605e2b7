//! One sentence that lists several exercises: "10 squats, then 10 lunges on each leg, then a plank for 30 seconds".

use super::lexicon::{Lexicon, tag};
use super::name::tidy;
use super::prose::{Found, piece};
use super::section::Section;
use super::sentence::traits;
use super::token::{Kind, Token, sentences, tokens};

/// Fewer may be the halves of one movement.
const FEWEST: usize = 3;

/// The exercises of such sentences; empty unless every link of a chain is a name with how much.
pub fn split(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut all = Vec::new();
    for part in &section.parts {
        for range in sentences(&part.text, lexicon) {
            let Some(text) = part.text.get(range) else { continue };
            let words = tokens(text, lexicon);
            let mut ends: Vec<usize> =
                words.iter().skip(1).filter(|t| t.is(tag::THEN)).map(|t| t.start).collect();
            if ends.len() + 1 < FEWEST {
                continue;
            }
            ends.push(text.len());
            let mut from = 0;
            let mut links: Vec<Found> = Vec::new();
            for end in &ends {
                let link = text.get(from..*end).unwrap_or("");
                let link = link.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
                from = *end;
                let Some((name, start)) = name(link, lexicon) else { break };
                // The verb in front tells whether it is held.
                let text = if start.1 { link } else { link.get(start.0..).unwrap_or(link) };
                links.push((name, vec![piece(part, text)], false));
            }
            if links.len() == ends.len() {
                all.append(&mut links);
            }
        }
    }
    all
}

/// The name in a link, where the link begins without what leads to it, and whether that says to hold.
fn name(link: &str, lexicon: &Lexicon) -> Option<(String, (usize, bool))> {
    // "My morning: a calf stretch"
    let lead = link.find(": ").map_or(0, |at| at + 2);
    let body = link.get(lead..)?;
    let words = tokens(body, lexicon);
    let leads = |t: &&Token<'_>| {
        t.is(tag::THEN | tag::ADVERB | tag::REPEAT | tag::HOLD | tag::INDEFINITE | tag::DEFINITE)
            && !t.is(tag::NUMBER)
            || t.is(tag::AND)
    };
    let before = words.iter().take_while(leads).count();
    let held = words.get(..before)?.iter().any(|t| t.is(tag::HOLD) && !t.is(tag::REPEAT));
    // "10", "two sets of"
    let counted = words.iter().skip(before).take_while(|t| {
        t.number > 0.0
            || t.is(tag::SETS | tag::REPS | tag::OF | tag::FILLER | tag::RANGE)
            || t.kind == Kind::Dash
    });
    let at = before + counted.count();
    let run = words.iter().skip(at).take_while(|t| {
        (t.kind == Kind::Word || t.kind == Kind::Dash && t.close)
            && t.number == 0.0
            && !t.is(tag::ENDS_NAME | tag::YOU)
    });
    let end = at + run.count();
    let (first, last) = (words.get(at)?, words.get(end.checked_sub(1)?)?);
    let text = body.get(first.start..last.end())?;
    let start = words.get(before).map_or(0, |t| t.start);
    let dosed = traits(body.get(start..)?, lexicon).dose;
    let fits = end > at && end - at <= 4 && last.is(tag::NAME) && dosed;
    fits.then(|| (tidy(text, lexicon), (lead + start, held)))
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
    fn every_link_is_a_name_with_how_much() {
        let text = "Do 10 squats, then 8 lunges on each leg, then hold a plank for 30 seconds.";
        assert_eq!(names(text), ["Squats", "Lunges", "Plank"]);
        let text =
            "Today: a calf stretch for 30 seconds, then ten heel raises, then a wall sit for a minute.";
        assert_eq!(names(text), ["Calf stretch", "Heel raises", "Wall sit"]);
    }

    #[test]
    fn the_steps_of_one_movement_are_no_chain() {
        assert!(names("Lift your arm, then turn it out, then hold for 5 seconds, then lower it.").is_empty());
        assert!(names("Do 10 squats, then 10 lunges.").is_empty());
    }
}
