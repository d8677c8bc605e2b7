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
            let then = words.iter().skip(1).filter(|t| t.is(tag::THEN)).map(|t| t.start).collect();
            let links = links(text, then, lexicon).or_else(|| links(text, commas(&words), lexicon));
            let found = |(name, link): (String, &str)| (name, vec![piece(part, link)], false);
            all.extend(links.unwrap_or_default().into_iter().map(found));
        }
    }
    all
}

/// Names and what is told of each, where a sentence is parted at `ends`. A link without a name goes on with the one before:
/// "wall slides 3 x 10, slowly, …".
fn links<'t>(text: &'t str, mut ends: Vec<usize>, lexicon: &Lexicon) -> Option<Vec<(String, &'t str)>> {
    if ends.len() + 1 < FEWEST {
        return None;
    }
    ends.push(text.len());
    let mut found: Vec<(String, usize, usize)> = Vec::new();
    let mut from = 0;
    let mut unnamed = 0;
    for end in ends {
        let link = text.get(from..end).unwrap_or("");
        let start = from + (link.len() - link.trim_start_matches(|c: char| !c.is_alphanumeric()).len());
        match name(text.get(start..end).unwrap_or(""), lexicon) {
            // The verb in front tells whether it is held.
            Some((name, at)) => found.push((name, if at.1 { start } else { start + at.0 }, end)),
            None => {
                unnamed += 1;
                let last = found.last_mut()?;
                last.2 = end;
            }
        }
        from = end;
    }
    let piece = |(name, start, end): (String, usize, usize)| {
        let link = text.get(start..end).unwrap_or("");
        (name, link.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'))
    };
    (found.len() >= FEWEST && unnamed * 3 <= found.len()).then(|| found.into_iter().map(piece).collect())
}

/// The commas outside of brackets.
fn commas(words: &[Token<'_>]) -> Vec<usize> {
    let mut depth = 0_i32;
    let mut places = Vec::new();
    for word in words {
        match word.kind {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            Kind::Comma if depth <= 0 => places.push(word.start),
            _ => {}
        }
    }
    places
}

/// The name in a link, where the link begins without what leads to it, and whether that says to hold.
fn name(link: &str, lexicon: &Lexicon) -> Option<(String, (usize, bool))> {
    // "My morning: a calf stretch", "What I do is a calf stretch"
    let all = tokens(link, lexicon);
    let dose = all.iter().position(|t| t.number > 0.0).unwrap_or(all.len());
    let being = all.iter().take(dose).rposition(|t| t.is(tag::COPULA)).and_then(|at| all.get(at + 1));
    let lead = link.find(": ").map(|at| at + 2).or(being.map(|t| t.start)).unwrap_or(0);
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
    // "Figure 4 stretch"
    let inner = |at: usize| words.get(at + 1).is_some_and(|next| next.is(tag::NAME) && !next.close);
    let goes_on = |(at, t): &(usize, &Token<'_>)| {
        let word = t.kind == Kind::Word && t.number == 0.0 || t.kind == Kind::Dash && t.close;
        (word || t.number > 0.0 && inner(*at)) && !t.is(tag::ENDS_NAME | tag::YOU)
    };
    let run = words.iter().enumerate().skip(at).take_while(goes_on);
    // "Shoulder squeezes holding 5 secs": the name ends with the word that is one.
    let run = words.get(at..at + run.count())?;
    let end = at + run.iter().rposition(|t| t.is(tag::NAME))? + 1;
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
        let text = "She gave me: pendulums (1 min, twice a day), wall slides x10, chin tucks holding 5 secs x 8, and a calf stretch 30 secs x2.";
        assert_eq!(names(text), ["Pendulums", "Wall slides", "Chin tucks", "Calf stretch"]);
    }

    #[test]
    fn the_steps_of_one_movement_are_no_chain() {
        assert!(names("Lift your arm, then turn it out, then hold for 5 seconds, then lower it.").is_empty());
        assert!(names("Do 10 squats, then 10 lunges.").is_empty());
    }
}
