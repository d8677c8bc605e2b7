//! Names between names: a paragraph or item whose first words are set off like those of most heads of the text, "**Toe
//! spreads** – no socks on", begins an exercise, too, whatever it says.

use std::collections::HashMap;

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::name;
use super::sentence::traits;
use super::title::{Head, SetOff};
use super::token::tokens;

/// So many heads make a habit of a text.
const HABIT: usize = 4;
/// Such a name has no more words, and no more bytes.
const LONGEST: usize = 5;
const LONGEST_BYTES: usize = 50;
/// So many blocks at most lie between one and the next.
const NEAR: usize = 4;

/// How the first words of a block are set off from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Lead {
    bold: bool,
    dash: bool,
    item: bool,
    numbered: bool,
}

/// The first words of a block and what follows them, if a sign stands between.
fn lead(block: &Block) -> Option<(Lead, &str, &str)> {
    if !matches!(block.kind, Kind::Paragraph | Kind::Item { .. }) {
        return None;
    }
    let text = block.text.as_str();
    let signs = [": ", " - ", " – ", " — "];
    let (at, sign) = signs.iter().filter_map(|sign| Some((text.find(sign)?, *sign))).min()?;
    let (first, rest) = (text.get(..at)?, text.get(at + sign.len()..)?);
    // The colon may be as bold as the name.
    let bold = block.bold > 0 && (at..=at + 1).contains(&block.bold);
    let plain = block.bold == 0;
    let lead = Lead { bold, dash: sign != ": ", item: block.is_item(), numbered: block.ordinal().is_some() };
    ((bold || plain) && first.len() <= LONGEST_BYTES).then_some((lead, first, rest))
}

/// Makes heads of the blocks that are set off like most heads.
pub fn neighbours(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let leads: Vec<(usize, Lead, &str, &str)> = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| lead(block).map(|(lead, first, rest)| (at, lead, first, rest)))
        .collect();
    let is_head = |heads: &[Option<Head>], at: usize| {
        let head = heads.get(at).and_then(Option::as_ref);
        head.is_some_and(|head| !head.several && matches!(head.set_off, Some(SetOff::Bold | SetOff::LeadIn)))
    };
    // Of each kind, how many are heads, and how many there are.
    let mut counts: HashMap<Lead, (usize, usize)> = HashMap::new();
    for (at, lead, ..) in &leads {
        let count = counts.entry(*lead).or_default();
        count.0 += usize::from(is_head(heads, *at));
        count.1 += 1;
    }
    for (nth, (at, lead, first, rest)) in leads.iter().enumerate() {
        let usual = counts.get(lead).is_some_and(|(heads, all)| *heads >= HABIT && heads * 3 >= all * 2);
        if !usual || heads.get(*at).is_none_or(Option::is_some) {
            continue;
        }
        let beside =
            [nth.checked_sub(1), Some(nth + 1)].into_iter().flatten().filter_map(|nth| leads.get(nth));
        let near = beside.filter(|(other, kind, ..)| kind == lead && other.abs_diff(*at) <= NEAR);
        let near = near.into_iter().any(|(other, ..)| is_head(heads, *other));
        let named = blocks.get(*at).filter(|_| near).and_then(|block| named(block, first, rest, lexicon));
        if let Some(place) = heads.get_mut(*at)
            && let Some(head) = named
        {
            *place = Some(head);
        }
    }
}

/// Makes heads of short lines that stand between two lines of the same kind which are, each above what to do: "Crossover".
pub fn lines(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let short = |at: usize| {
        blocks.get(at).filter(|block| {
            block.kind == Kind::Paragraph && block.bold == 0 && block.text.len() <= LONGEST_BYTES
        })
    };
    let is_head = |heads: &[Option<Head>], at: usize| {
        heads.get(at).and_then(Option::as_ref).is_some_and(|head| !head.several && head.inline.is_empty())
    };
    for at in 0..blocks.len() {
        let Some(block) = short(at).filter(|_| heads.get(at).is_some_and(Option::is_none)) else { continue };
        let told = blocks.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Paragraph
                && next.text.len() > LONGEST_BYTES
                && traits(&next.text, lexicon).physical
        });
        let above = (at.saturating_sub(NEAR)..at).rev().find(|at| short(*at).is_some());
        let beside = above.is_some_and(|above| above + 1 < at && is_head(heads, above));
        let seen = traits(&block.text, lexicon);
        let head = could_be(block, &block.text, "", lexicon).filter(|_| told && beside && !seen.stops);
        if let Some(place) = heads.get_mut(at)
            && let Some(head) = head
        {
            *place = Some(Head { set_off: Some(SetOff::Line), ..head });
        }
    }
}

/// The head that the block is, if its first words can be a name.
fn named(block: &Block, first: &str, rest: &str, lexicon: &Lexicon) -> Option<Head> {
    let seen = traits(first, lexicon);
    let alike = seen.titled || seen.name || tokens(first, lexicon).iter().any(|t| t.is(tag::PART));
    could_be(block, first, rest, lexicon).filter(|_| alike)
}

/// The same of a line by itself, which stands out anyway.
fn could_be(block: &Block, first: &str, rest: &str, lexicon: &Lexicon) -> Option<Head> {
    let seen = traits(first, lexicon);
    let instructs = seen.verb.is_some_and(|verb| verb & (tag::GERUND | tag::NAME) == 0);
    let fits = (1..=LONGEST).contains(&seen.words)
        && !(seen.you || seen.function || seen.pointing || seen.open || seen.dose || seen.stops)
        && (!instructs || seen.titled || seen.last_is_name);
    let other = label(first, lexicon).is_some()
        || lexicon.is_remedy(first)
        || lexicon.is_no_exercise(first)
        || lexicon.is_remark(first);
    (fits && !other).then(|| Head {
        inline: rest.trim().to_owned(),
        set_off: Some(if block.bold > 0 { SetOff::Bold } else { SetOff::LeadIn }),
        listed: false,
        ..Head::of(name::tidy(first, lexicon), block.line, block.ordinal().is_some(), seen.name)
    })
}
