//! What the headings of a page are for: pages that give every exercise the largest heading, headings that stand below
//! each of them and only announce its text, such as "About the pose", and headings that are text themselves.

use std::collections::HashMap;

use super::block::{Block, Document, Kind};
use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::sentence::traits;
use super::token::{beginning, sentences, tokens};

/// Fewer are no habit of a page.
const FEWEST: usize = 3;

pub fn settle(document: &mut Document, lexicon: &Lexicon) {
    lower(document);
    told(&mut document.blocks, lexicon);
    drop_repeated(&mut document.blocks, lexicon);
}

/// No title has so many words and a full stop among them.
const LONGEST_TITLE: usize = 20;

/// Headings that are text: whole paragraphs set in large letters, and what leads to the steps right below the name of an
/// exercise, "To stretch your calf:".
fn told(blocks: &mut [Block], lexicon: &Lexicon) {
    let mut above: Option<usize> = None;
    for at in 0..blocks.len() {
        let before = above.and_then(|above| blocks.get(above));
        let told = blocks.get(at).is_some_and(|block| {
            matches!(block.kind, Kind::Heading(_))
                && (is_paragraph(&block.text, lexicon)
                    || before.is_some_and(|before| leads_to_steps(before, block, lexicon)))
        });
        if let Some(block) = blocks.get_mut(at) {
            if told {
                block.kind = Kind::Paragraph;
                block.bold = 0;
            }
            above = matches!(block.kind, Kind::Heading(_)).then_some(at);
        }
    }
}

/// "To do this exercise, lie on your back. Then lift your hips …"
fn is_paragraph(text: &str, lexicon: &Lexicon) -> bool {
    let words = text.split_whitespace().count();
    words > LONGEST_TITLE && text.ends_with('.') && sentences(beginning(text, 600), lexicon).len() > 1
}

/// Whether the heading `block`, as large as the name right above it or smaller, only leads to what is to be done.
fn leads_to_steps(before: &Block, block: &Block, lexicon: &Lexicon) -> bool {
    let (Kind::Heading(larger), Kind::Heading(level)) = (&before.kind, &block.kind) else { return false };
    let name = traits(&before.text, lexicon);
    let below = level >= larger && *larger > 1 && name.name && !lexicon.is_several(&before.text);
    let words = tokens(beginning(&block.text, 200), lexicon);
    let begins = words.first().is_some_and(|t| t.is(tag::VERB | tag::YOU | tag::TO));
    below && block.text.ends_with(':') && words.len() > 4 && begins && label(&block.text, lexicon).is_none()
}

/// The largest heading is the title of a page, unless there are several of that size.
fn lower(document: &mut Document) {
    let top = |block: &&Block| block.kind == Kind::Heading(1);
    if document.blocks.iter().filter(top).count() < FEWEST {
        return;
    }
    document.top = 2;
    for block in &mut document.blocks {
        if let Kind::Heading(level) = &mut block.kind {
            *level = level.saturating_add(1);
        }
    }
}

/// Drops the heading that stands again and again below others, if it is the only one that does and no label that is known.
fn drop_repeated(blocks: &mut Vec<Block>, lexicon: &Lexicon) {
    // Per text: how often it stands below another larger heading.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut above: Vec<u8> = Vec::new();
    let mut alone = true;
    for block in blocks.iter() {
        let Kind::Heading(level) = block.kind else { continue };
        while above.last().is_some_and(|last| *last >= level) {
            above.pop();
        }
        if above.last().is_some_and(|last| *last > 1) && label(&block.text, lexicon).is_none() {
            *seen.entry(block.text.to_lowercase()).or_default() += 1;
            alone &= seen.len() == 1;
        }
        above.push(level);
    }
    let Some((text, times)) = seen.into_iter().next().filter(|_| alone) else { return };
    if times < FEWEST || lexicon.is_several(&text) || traits(&text, lexicon).dose {
        return;
    }
    let mut gap = false;
    blocks.retain_mut(|block| {
        block.gap |= std::mem::take(&mut gap);
        gap = matches!(block.kind, Kind::Heading(_)) && block.text.to_lowercase() == text;
        !gap
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn settled(headings: &[(u8, &str)]) -> Vec<(u8, String)> {
        let block =
            |(level, text): &(u8, &str)| Block::new(1, Kind::Heading(*level), (*text).to_owned(), true);
        let mut document = Document { blocks: headings.iter().map(block).collect(), ..Document::default() };
        settle(&mut document, english_lexicon());
        let level = |block: &Block| if let Kind::Heading(level) = block.kind { level } else { 0 };
        document.blocks.iter().map(|block| (level(block), block.text.clone())).collect()
    }

    #[test]
    fn what_stands_below_every_name_is_a_label() {
        let page = [(1, "Boat"), (2, "The pose"), (1, "Tree"), (2, "The pose"), (1, "Crow"), (2, "The pose")];
        let names: Vec<String> = settled(&page).into_iter().map(|(_, text)| text).collect();
        assert_eq!(names, ["Boat", "Tree", "Crow"]);
    }

    #[test]
    fn different_headings_below_others_stay() {
        let page =
            [(1, "Page"), (2, "Day 1"), (3, "Squat"), (2, "Day 2"), (3, "Lunge"), (2, "Day 3"), (3, "Squat")];
        assert_eq!(settled(&page).len(), 7);
    }
}
