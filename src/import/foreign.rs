//! Pages about other work that is told in steps, too: "Knead the dough for 10 minutes" is no exercise of a routine.

use std::collections::HashSet;

use super::block::{Block, Kind};
use super::lexicon::{Lexicon, tag};

/// Fewer different words of other work may stand on any page: a tin to lift, an oven to hold on to.
const FEWEST: usize = 4;
/// So much of a page tells what it is about, in bytes.
const LOOKED_AT: usize = 50_000;

/// Whether the page speaks rather of other work than of the body and of exercises.
pub fn is_other_work(blocks: &[Block], lexicon: &Lexicon) -> bool {
    let (mut other, mut own, mut length) = (0_usize, 0_usize, 0);
    let mut different = HashSet::new();
    for block in blocks {
        let cells: &[String] =
            if let Kind::Row(cells) = &block.kind { cells } else { std::slice::from_ref(&block.text) };
        for word in cells.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
            let word = word.to_lowercase();
            if lexicon.is_foreign(&word) {
                other += 1;
                different.insert(word);
            } else {
                // "Push", "turn" and "roll" are of any work.
                let tags = lexicon.word(&word).0;
                own += usize::from(tags & (tag::PART | tag::NAME) != 0 && tags & tag::VERB == 0);
            }
        }
        length += block.text.len();
        if length > LOOKED_AT {
            break;
        }
    }
    different.len() >= FEWEST && other > own
}
