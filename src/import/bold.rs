//! Names set off in bold at the start of a block: "**Bridge** – lie on your back".

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::Lexicon;
use super::name::split;
use super::sentence::traits;
use super::title::{Head, begun, counts_moves, is_title};

/// What stands in bold at the start of a block.
pub enum Bold {
    Name(Box<Head>),
    /// A label, or amounts.
    Other,
    /// Nothing that is sure: what else stands there decides.
    Unclear,
}

/// Judges what is bold at the start of `block`, by it and by what follows.
pub fn in_bold(block: &Block, next: Option<&Block>, lexicon: &Lexicon) -> Bold {
    if !(3..=90).contains(&block.bold) {
        return Bold::Unclear;
    }
    let numbered = block.ordinal().is_some();
    let (bold, rest) = block.text.split_at_checked(block.bold).unwrap_or((&block.text, ""));
    if label(bold, lexicon).is_some() {
        return Bold::Other;
    }
    let seen = traits(bold.trim_end_matches([':', '.']), lexicon);
    // "**Stand tall** with your feet apart": a sentence whose beginning is stressed.
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    if goes_on && seen.verb.is_some() && (seen.you || !seen.last_is_name) {
        return Bold::Other;
    }
    let rest = rest.trim_start_matches([':', '.', '–', '—', '-', ' ']);
    // "**Sleeper stretch** (back of the shoulder)", "**Boat pose** (*Navasana*):", and what to do below
    let remark = is_bracketed(rest) && !traits(rest, lexicon).dose;
    let rest = if remark { "" } else { rest };
    let alone = block.is_bold() || remark;
    let whole = alone && seen.words <= 6;
    let mut parts = split(bold, lexicon);
    // "Sets of 10" names nothing, but "Rest & relax (2 min)" does.
    let apart = || bold.contains('(') && traits(&parts.name, lexicon).words > 1;
    let amount = seen.dose && seen.words < 4 && !apart();
    if amount || !is_title(&seen, bold, numbered || whole) {
        return Bold::Unclear;
    }
    if traits(&parts.name, lexicon).open || counts_moves(block, &parts, lexicon) {
        return Bold::Other;
    }
    parts.rest = format!("{} {rest}", parts.rest).trim().to_owned();
    let follows = traits(&parts.rest, lexicon);
    let next_is_body = next.is_some_and(|next| !matches!(next.kind, Kind::Heading(_)));
    let body =
        follows.verb.is_some() || follows.dose || alone && next_is_body || follows.words > 5 && seen.name;
    if body && !parts.name.is_empty() {
        Bold::Name(Box::new(begun(block, parts, numbered, seen.name, lexicon)))
    } else {
        Bold::Unclear
    }
}

/// "(back of the shoulder)", and nothing else.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', '.']);
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    inside.is_some_and(|inside| !inside.contains([')', ':']))
}
