//! Lists that are nothing but exercises, one a line, with how much or without: "2 min forward fold", "Plank, 30 s", "Cat cow".
//! Their lines are judged together: where most are certainly exercises, the others are, too.

use std::collections::HashSet;

use super::amount::{Amount, What, amounts};
use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::{Lexicon, Role, tag};
use super::name::{self, tidy};
use super::sentence::traits;
use super::title::Head;
use super::token::{self, Token, sentences, tokens};

/// Fewer lines are no list.
const FEWEST: usize = 3;
/// Longer lines, in bytes, tell more than a name and how much.
const LONGEST: usize = 100;
/// So many blocks of a list are looked at.
const LONGEST_LIST: usize = 2_000;

/// Which lists are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lists {
    /// Those that tell how much of nearly each.
    Dosed,
    /// Those of bare names as well: only where a page tells nothing better.
    Bare,
}

/// A line read as the name of an exercise.
struct Entry {
    at: usize,
    name: String,
    /// How much of it, and what else stands behind the name.
    rest: String,
    dosed: bool,
    /// One of its words is typical of names.
    certain: bool,
    /// The last is.
    ends: bool,
    /// "Bend your knees": it could as well be a step of an exercise.
    telling: bool,
}

/// Makes the lines of such lists heads.
pub fn mark(blocks: &[Block], heads: &mut [Option<Head>], lists: Lists, lexicon: &Lexicon) {
    let found = found(blocks, Some(heads), lists, lexicon);
    let begins: HashSet<usize> = found.iter().filter_map(|list| Some(list.first()?.at)).collect();
    // What stands right above is about all of them: "Morning list".
    for above in begins.iter().filter_map(|at| at.checked_sub(1)) {
        if let Some(head) =
            heads.get_mut(above).and_then(Option::as_mut).filter(|head| head.inline.is_empty())
        {
            (head.several, head.named, head.numbered) = (true, false, false);
        }
    }
    for entry in found.into_iter().flatten() {
        let (Some(place), Some(block)) = (heads.get_mut(entry.at), blocks.get(entry.at)) else { continue };
        // "Mobility", and deeper the exercises for it.
        if !entry.dosed && begins.contains(&(entry.at + 1)) {
            if let Some(head) = place {
                (head.several, head.named) = (true, false);
            }
            continue;
        }
        if let Some(head) = place.as_mut().filter(|head| !entry.dosed || !head.inline.is_empty()) {
            (head.listed, head.named) = (true, true);
            if head.inline.is_empty() {
                head.name = tidy(&entry.name, lexicon);
            }
            continue;
        }
        let head = Head::of(tidy(&entry.name, lexicon), block.line, block.ordinal().is_some(), true);
        *place = Some(Head { inline: entry.rest, ..head });
    }
}

/// How many lines would be taken with the lists of bare names.
pub fn count(blocks: &[Block], lexicon: &Lexicon) -> usize {
    found(blocks, None, Lists::Bare, lexicon).iter().map(Vec::len).sum()
}

fn found(
    blocks: &[Block],
    heads: Option<&[Option<Head>]>,
    lists: Lists,
    lexicon: &Lexicon,
) -> Vec<Vec<Entry>> {
    let mut all = Vec::new();
    for at in 0..blocks.len() {
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        if blocks.get(at).is_none_or(|block| !begins(block, before, blocks.get(at + 1))) {
            continue;
        }
        let places = run(blocks, at);
        if places.len() >= FEWEST && !is_about_one(blocks, heads, at, lexicon) {
            let mut entries: Vec<Entry> =
                places.iter().filter_map(|at| entry(*at, &blocks.get(*at)?.text, lexicon)).collect();
            if is_roll(&entries, places.len(), lists) {
                // The first line may be what the list is called.
                let dosed = entries.iter().any(|entry| entry.dosed);
                if entries.first().is_some_and(|first| dosed && !first.dosed && !first.certain) {
                    entries.remove(0);
                }
                let amounts = entries.iter().filter(|entry| entry.dosed).count() * 3 >= entries.len() * 2;
                entries.retain(|entry| is_sure(entry, amounts && lists == Lists::Dosed));
                all.push(entries);
            }
        }
    }
    all
}

/// What the lines of one list have in common: how deep they stand, whether they are numbered, and their sign.
fn list(block: &Block) -> Option<(u16, bool, char)> {
    match block.kind {
        Kind::Item { ordinal, depth, mark } => Some((depth, ordinal.is_some(), mark)),
        _ => None,
    }
}

/// A short line of its own that ends like no sentence.
fn is_line(block: &Block) -> bool {
    block.kind == Kind::Paragraph
        && block.text.len() <= LONGEST
        && !block.text.starts_with('[')
        && !block.text.ends_with(['.', ':', '!', '?', ',', ';'])
}

/// Whether a list begins with the block.
fn begins(block: &Block, before: Option<&Block>, next: Option<&Block>) -> bool {
    match list(block) {
        Some(own) => {
            before.and_then(list).is_none_or(|above| above.0 < own.0 || above.0 == own.0 && above != own)
        }
        None => is_line(block) && (before.is_none_or(|before| !is_line(before)) || is_first(block, next)),
    }
}

/// An empty line above it and none below part the line from those above: what stands there may be a heading.
fn is_first(block: &Block, next: Option<&Block>) -> bool {
    block.gap && next.is_some_and(|next| is_line(next) && !next.gap)
}

/// The lines of the list that begins at `at`, without what stands deeper.
fn run(blocks: &[Block], at: usize) -> Vec<usize> {
    let first = blocks.get(at).and_then(list);
    let rest = || blocks.iter().enumerate().skip(at).take(LONGEST_LIST);
    // Empty lines part all lines of a list or none.
    let spaced = blocks.get(at + 1).is_some_and(|block| block.gap);
    let goes_on = |place: usize, block: &Block| match (first, list(block)) {
        (Some(first), Some(own)) => own == first || own.0 > first.0,
        (None, None) if place > at && is_first(block, blocks.get(place + 1)) => false,
        (None, None) => is_line(block) && (place == at || spaced || !block.gap),
        _ => false,
    };
    let listed = rest().take_while(|(place, block)| goes_on(*place, block));
    listed.filter(|(_, block)| list(block) == first).map(|(place, _)| place).collect()
}

/// What stands right above tells that these are steps, muscles or variants of one exercise.
fn is_about_one(blocks: &[Block], heads: Option<&[Option<Head>]>, at: usize, lexicon: &Lexicon) -> bool {
    let Some(above) = at.checked_sub(1).and_then(|at| blocks.get(at)) else { return false };
    let role = label(&above.text, lexicon).filter(|role| !matches!(role, Role::Name | Role::Dose));
    let head = heads.and_then(|heads| heads.get(at - 1)?.as_ref());
    let one =
        head.is_some_and(|head| head.named && !head.several && head.level.is_some_and(|level| level > 1));
    role.is_some() || one || lexicon.is_no_exercise(&above.text) && matches!(above.kind, Kind::Heading(_))
}

/// Among amounts, a line without any is an exercise only if it is called like one: "Elevation above heart level" is none.
fn is_sure(entry: &Entry, dosed: bool) -> bool {
    entry.dosed || !dosed || entry.ends
}

fn is_roll(entries: &[Entry], lines: usize, lists: Lists) -> bool {
    let so_many = |fits: fn(&Entry) -> bool| entries.iter().filter(|entry| fits(entry)).count();
    let dosed = so_many(|entry| entry.dosed) * 3 >= lines * 2;
    let certain = so_many(|entry| entry.certain);
    entries.len() * 5 >= lines * 4
        && so_many(|entry| entry.telling) * 5 <= lines
        && (dosed && certain * 4 >= lines || lists == Lists::Bare && certain * 2 >= lines)
}

fn entry(at: usize, text: &str, lexicon: &Lexicon) -> Option<Entry> {
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    // "Floor twist; 45": of what, nobody says.
    let digits = |text: &str| text.trim().bytes().all(|b| b.is_ascii_digit());
    let text = text.rsplit_once([',', ';']).filter(|(_, last)| digits(last)).map_or(text, |(name, _)| name);
    let all = sentences(text, lexicon);
    let first = all.first().and_then(|first| text.get(first.clone())).unwrap_or(text);
    if first.len() > LONGEST || text.contains("://") {
        return None;
    }
    // "3 x 10 good mornings, with a pause. No weight"
    let counted_first = counted(first.trim_end_matches('.'), &tokens(first, lexicon)).is_some();
    if all.len() > 1 && !counted_first {
        return None;
    }
    let text = if all.len() > 1 { first.trim_end_matches('.') } else { text };
    let words = tokens(text, lexicon);
    let (name, rest) = counted(text, &words).unwrap_or_else(|| {
        let parts = name::split(text, lexicon);
        (parts.name, parts.rest)
    });
    // "Toy soldiers (alternating)"
    let turns =
        |inside: &str| tokens(inside, lexicon).iter().all(|t| t.is(tag::ALTERNATE | tag::EACH | tag::SIDE));
    let manner = name.rsplit_once(" (").and_then(|(name, inside)| Some((name, inside.strip_suffix(')')?)));
    let (name, rest) = match manner.filter(|(_, inside)| turns(inside)) {
        Some((name, inside)) => (name.to_owned(), format!("{inside}. {rest}").trim().to_owned()),
        None => (name, rest),
    };
    let (name, rest) = if rest.is_empty() { behind(&name).unwrap_or((name, rest)) } else { (name, rest) };
    let seen = traits(&name, lexicon);
    let dosed = traits(&rest, lexicon).dose;
    let fits = (1..=8).contains(&seen.words)
        && !(seen.dose || seen.you || seen.pointing || seen.open)
        && (rest.is_empty() || dosed || traits(&rest, lexicon).words <= 5)
        && !name.ends_with([':', '?', '!'])
        && label(&name, lexicon).is_none()
        && !lexicon.is_no_exercise(&name)
        && !lexicon.is_several(&name)
        && !lexicon.is_remedy(&name);
    let telling = tokens(&name, lexicon).iter().any(|t| t.is(tag::POSSESSIVE | tag::DEFINITE));
    fits.then_some(Entry { at, name, rest, dosed, certain: seen.name, ends: seen.last_is_name, telling })
}

/// "Mountain climbers - 10", "foam roll calves – 10 passes": what is counted is not told, or is a way to do it once.
fn behind(text: &str) -> Option<(String, String)> {
    let (name, count) = [" - ", " – ", " — ", ": "].into_iter().find_map(|sign| text.rsplit_once(sign))?;
    let (number, unit) = count.trim().split_once(' ').unwrap_or((count.trim(), ""));
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let counted =
        digits > 0 && digits <= 5 && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–'));
    let fits = counted && unit.chars().all(char::is_alphabetic);
    fits.then(|| (name.trim().to_owned(), format!("{number}x")))
}

/// "60 calf raises", "2min seated straddle": the amount stands before the name, with no sign between.
fn counted(text: &str, words: &[Token<'_>]) -> Option<(String, String)> {
    let found = amounts(words);
    let first = found
        .first()
        .filter(|a: &&Amount| a.from == 0 && a.low > 0 && !matches!(a.what, What::Other | What::Frequency))?;
    let skipped = |t: &&Token<'_>| {
        t.is(tag::OF | tag::HOLD_NOUN)
            || matches!(
                t.kind,
                token::Kind::Dash | token::Kind::Colon | token::Kind::Cross | token::Kind::Other
            )
    };
    let from = first.to + words.iter().skip(first.to).take_while(skipped).count();
    let ends = |at: usize, t: &Token<'_>| {
        matches!(t.kind, token::Kind::Open | token::Kind::Comma | token::Kind::Colon)
            || t.kind == token::Kind::Dash && !t.close
            || found.iter().any(|a| a.from == at && a.what != What::Bare)
    };
    let end = words.iter().enumerate().skip(from + 1).find(|(at, t)| ends(*at, t)).map(|(at, _)| at);
    let start = words.get(from)?.start;
    let end = end.and_then(|at| words.get(at)).map_or(text.len(), |t| t.start);
    let dose = text.get(..start)?.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '″'));
    let dose = if first.what == What::Bare { format!("{dose}x") } else { format!("{dose}.") };
    let more = text.get(end..)?.trim_matches(|c: char| matches!(c, ',' | ':' | '-' | '–' | '—' | ' '));
    Some((text.get(start..end)?.trim().to_owned(), format!("{dose} {more}").trim().to_owned()))
}
