//! What the headings of a page are for: pages that give every exercise the largest heading, and headings that stand below
//! each of them and only announce its text, such as "About the pose".

use std::collections::HashMap;

use super::block::{Block, Document, Kind};
use super::label::label;
use super::lexicon::Lexicon;
use super::sentence::traits;

/// Fewer are no habit of a page.
const FEWEST: usize = 3;

pub fn settle(document: &mut Document, lexicon: &Lexicon) {
    lower(document);
    drop_repeated(&mut document.blocks, lexicon);
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
