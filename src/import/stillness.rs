//! Which sections stand among what is held: a bare time is then how long, and not how long to move.

use super::lexicon::{Lexicon, tag};
use super::section::Section;
use super::token::tokens;

/// Fewer names are no habit of a list.
const FEWEST: usize = 3;

/// Marks the exercises below a heading about stretching that has smaller headings, "Stretching › Upper body", and those in
/// a list of which at least half are held by their name: "Pigeon pose 2 min, Pike 1 min, Butterfly 1 min".
pub fn settle(sections: &mut [Section], lexicon: &Lexicon) {
    let mut stretching: Option<u8> = None;
    for section in sections.iter_mut() {
        if let Some(head) = &section.head
            && let Some(level) = head.level
        {
            if stretching.is_some_and(|above| level <= above || !is_neutral(&head.name, lexicon)) {
                stretching = None;
            }
            if lexicon.is_still_group(&head.name) {
                stretching = Some(level);
            }
        }
        section.still |= stretching.is_some() && !is_group(section);
    }
    for list in sections.chunk_by_mut(|one, other| one.group == other.group && !is_group(other)) {
        let names = || list.iter().filter(|section| section.head.is_some() && !is_group(section));
        let held = |section: &&Section| {
            let name = section.name();
            lexicon.is_still(name) && !lexicon.is_isometric(name) && !lexicon.moves(name)
        };
        let most = names().count() >= FEWEST && names().filter(held).count() * 2 >= names().count();
        if most {
            // "Kneecap glides" are several, and not held.
            let several = |section: &Section| (lexicon.language.plural)(section.name());
            let alike = list.iter_mut().filter(|section| !is_group(section) && !several(section));
            alike.for_each(|section| section.still = true);
        }
    }
}

fn is_group(section: &Section) -> bool {
    section.head.as_ref().is_some_and(|head| head.several)
}

/// "Upper body", "2x through": a heading that does not speak of another kind of exercises.
fn is_neutral(heading: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(heading, lexicon);
    words.iter().any(|t| t.is(tag::PART) || t.number > 0.0) && !lexicon.is_several(heading)
}
