//! Pages about one exercise: its name is their title, one heading tells how to do it, and the others tell why, for whom, and
//! what goes wrong.

use super::block::{Block, Document, Kind};
use super::label::{heading_label, label};
use super::lexicon::{Lexicon, Role, tag};
use super::name::split;
use super::sentence::traits;

/// So many headings of its size with names of exercises are those of several.
const SEVERAL: usize = 2;

/// Leaves of such a page what stands above its first heading, and what tells how to do the exercise.
pub fn settle(document: &mut Document, lexicon: &Lexicon) {
    let Some(how) = how_to(&document.blocks, lexicon) else { return };
    let mut kept: Option<bool> = None;
    let mut dropped = Vec::new();
    document.blocks.retain_mut(|block| {
        if let Kind::Heading(level) = block.kind
            && level > 1
        {
            if block.line == how.line {
                kept = Some(true);
                return false;
            }
            if level <= how.level || kept != Some(true) {
                kept = Some(false);
                dropped.push((block.line, block.text.clone()));
            } else if is_step(&block.text, lexicon) {
                block.kind = Kind::Paragraph;
                block.text.push('.');
            } else {
                return false;
            }
        }
        if kept == Some(true) {
            block.bold = 0;
        }
        kept != Some(false)
    });
    document.dropped.extend(dropped);
}

/// "2. Tuck your pelvis under" is a step; "Hold and breathe" and "The set-up" only name those below.
fn is_step(heading: &str, lexicon: &Lexicon) -> bool {
    let seen = traits(heading, lexicon);
    seen.verb.is_some() && (seen.you || seen.words > 4)
}

/// The heading that tells how to do the exercise of the page.
struct HowTo {
    line: u32,
    level: u8,
}

fn how_to(blocks: &[Block], lexicon: &Lexicon) -> Option<HowTo> {
    let level = |block: &Block| if let Kind::Heading(level) = block.kind { Some(level) } else { None };
    let mut titles = blocks.iter().filter(|block| level(block) == Some(1));
    let (Some(title), None) = (titles.next(), titles.next()) else { return None };
    let name = split(&title.text, lexicon).name;
    let seen = traits(&name, lexicon);
    if !seen.name
        || seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name
        || seen.words > 8
        || lexicon.is_several(&title.text)
        || title.text.ends_with('?')
    {
        return None;
    }
    let smaller =
        || blocks.iter().filter_map(|block| Some((block, level(block).filter(|level| *level > 1)?)));
    let named = |text: &str| {
        let seen = traits(&split(text, lexicon).name, lexicon);
        seen.last_is_name && !lexicon.is_several(text) && heading_label(text, &name, lexicon).is_none()
    };
    // "How to do the bridge" names it by itself.
    let told = |block: &Block| label(&block.text, lexicon) == Some(Role::HowTo);
    // "Set-up" below it is part of it.
    let level = smaller().filter(|(block, _)| told(block)).map(|(_, level)| level).min()?;
    let mut hows = smaller().filter(|(block, own)| *own == level && told(block));
    let (Some((how, _)), None) = (hows.next(), hows.next()) else { return None };
    let several = smaller().filter(|(block, own)| *own <= level && named(&block.text)).count() >= SEVERAL;
    (!several).then_some(HowTo { line: how.line, level })
}
