//! Lists: which of their items are names of exercises, and which are steps of one.

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::name;
use super::reading;
use super::sentence::traits;
use super::title::{Head, SetOff};
use super::token::{self, beginning, tokens};

/// So many blocks from `at` on are items of the same list.
fn run(blocks: &[Block], at: usize) -> usize {
    let mark = |block: &Block| match block.kind {
        Kind::Item { ordinal, depth, mark } => Some((ordinal.is_some(), depth, mark)),
        _ => None,
    };
    let Some(kind) = blocks.get(at).and_then(mark) else { return 0 };
    blocks.iter().skip(at).take_while(|block| mark(block) == Some(kind)).count()
}

/// Right below a head stand the steps of one exercise: where few of them look like a name, none is one.
pub fn steps(blocks: &[Block], heads: &mut [Option<Head>]) {
    let mut at = 0;
    while at < blocks.len() {
        let length = run(blocks, at);
        let below = at.checked_sub(1).and_then(|above| heads.get(above)).is_some_and(Option::is_some);
        // Below "1. Arm circles" stand bullets that tell how.
        let counted = at.checked_sub(1).and_then(|above| heads.get(above)?.as_ref()).is_some_and(|head| {
            head.numbered && head.named && blocks.get(at).is_some_and(|block| block.ordinal().is_none())
        });
        if let Some(items) = heads.get_mut(at..at + length)
            && (length > 2 || length > 1 && counted)
            && below
            && items.first().is_some_and(Option::is_none)
            && items.iter().flatten().count() * 2 < length + usize::from(counted)
        {
            items.iter_mut().for_each(|head| *head = None);
        }
        at += length.max(1);
    }
}

/// A heading with nothing but smaller headings, or a list of names, below it is about all of them: "Neck (5 minutes)".
pub fn groups(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    for at in 0..heads.len() {
        let below = |steps: usize| heads.get(at + steps).is_some_and(Option::is_some);
        let introduced = introduces(blocks, heads, at);
        let next = blocks.get(at + 1).map(|block| &block.kind);
        let smaller = |level: u8| matches!(next, Some(Kind::Heading(below)) if level < *below);
        let names =
            (below(1) && below(2) || numbered(blocks, heads, at)) && matches!(next, Some(Kind::Item { .. }));
        let level = heads.get(at).and_then(Option::as_ref).and_then(|head| head.level);
        if level.is_some_and(|level| smaller(level) || names || introduced)
            && let Some(Some(head)) = heads.get_mut(at)
        {
            (head.inline, head.numbered, head.named, head.several) = (String::new(), false, false, true);
            // "Evening (6 stretches)": what it is about may stand in the brackets.
            if introduced {
                head.name = name::tidy(blocks.get(at).map_or("", |block| &block.text), lexicon);
            }
        }
    }
}

/// Right below the heading, and before any other, names with numbers, each with what to do below it.
fn numbered(blocks: &[Block], heads: &[Option<Head>], at: usize) -> bool {
    let heading = |at: usize| matches!(blocks.get(at).map(|block| &block.kind), Some(Kind::Heading(_)));
    let name = |at: usize| {
        let item = blocks.get(at).is_some_and(|block| block.ordinal().is_some());
        item && heads.get(at).and_then(Option::as_ref).is_some_and(|head| head.named && !head.several)
    };
    let own = heads.get(at).and_then(Option::as_ref).is_some_and(|head| !head.numbered);
    let below = (at + 1..blocks.len().min(at + 40)).take_while(|at| !heading(*at));
    own && heading(at) && name(at + 1) && below.filter(|at| name(*at)).take(2).count() == 2
}

/// "Office stretches (5 minutes)", a paragraph about them, and then smaller headings with the numbers 1 and 2.
fn introduces(blocks: &[Block], heads: &[Option<Head>], at: usize) -> bool {
    let level = |at: usize| match blocks.get(at).map(|block| &block.kind) {
        Some(Kind::Heading(level)) => Some(*level),
        _ => None,
    };
    let head = |at: usize| heads.get(at).and_then(Option::as_ref);
    let Some(own) = level(at).filter(|_| head(at).is_some_and(|head| !head.numbered)) else { return false };
    // A few paragraphs may stand between.
    let mut below = (at + 1..blocks.len().min(at + 40)).filter_map(|at| Some((at, level(at)?)));
    let Some((first, deeper)) = below.next() else { return false };
    // Below the name there may be smaller headings about the exercise.
    let Some((second, other)) = below.find(|(_, level)| *level <= deeper) else { return false };
    let name = |at: usize| head(at).is_some_and(|head| head.numbered && !head.name.is_empty());
    first <= at + 6 && deeper > own && other == deeper && name(first) && name(second)
}

/// "Hold every stretch for 30 seconds" or "Warm up (5 minutes)", and below it a list of nothing but names: each of them
/// is an exercise.
pub fn listed(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let mut at = 0;
    while at < blocks.len() {
        let length = run(blocks, at);
        let items = blocks.get(at..at + length).unwrap_or(&[]);
        let told = |before: &Block| {
            let all = || lexicon.is_everywhere_outside(&before.text) || is_circuit(&before.text, lexicon);
            before.text.len() < 600 && all() && traits(&before.text, lexicon).dose
        };
        let before = blocks.get(at.saturating_sub(2)..at).unwrap_or(&[]);
        // What stands above a heading is not about what stands below it.
        let headed = before.last().is_some_and(|block| matches!(block.kind, Kind::Heading(_)));
        let told = length > 2 && before.iter().skip(usize::from(headed && before.len() > 1)).any(told);
        let names: Vec<Option<Head>> =
            if told { items.iter().map(|item| bare(item, lexicon)).collect() } else { Vec::new() };
        let names = if told && names.iter().flatten().count() * 3 < length * 2 && is_each(before, lexicon) {
            items.iter().map(|item| described(item, lexicon)).collect()
        } else {
            names
        };
        if names.iter().flatten().count() * 3 >= length * 2 && !names.is_empty() {
            for ((place, name), item) in heads.iter_mut().skip(at).zip(names).zip(items) {
                *place = name.or(place.take()).or_else(|| among(item, lexicon));
            }
        }
        at += length.max(1);
    }
}

/// Whether it is said of each of several that they are held so long: steps of one exercise are not.
fn is_each(before: &[Block], lexicon: &Lexicon) -> bool {
    before.iter().any(|block| {
        let all = |text: &str| lexicon.is_everywhere_outside(text) && traits(text, lexicon).dose;
        !block.is_item()
            && token::sentences(&block.text, lexicon).into_iter().any(|range| {
                let text = block.text.get(range).unwrap_or("");
                all(text)
                    && tokens(text, lexicon)
                        .iter()
                        .any(|t| lexicon.language.held.iter().any(|word| t.says(word)))
            })
    })
}

/// A position that has no name, as pictures are captioned: "Arms overhead, palms up". All of it is the name.
fn described(item: &Block, lexicon: &Lexicon) -> Option<Head> {
    let seen = traits(&item.text, lexicon);
    let words = tokens(beginning(&item.text, 120), lexicon);
    let placed = words.iter().any(|t| t.is(tag::PART));
    let fits = item.ordinal().is_some()
        && item.text.len() <= 120
        && placed
        && !seen.dose
        && !item.text.ends_with('.');
    fits.then(|| Head::of(name::tidy(&item.text, lexicon), item.line, true, true))
}

/// "Circuit (3 rounds, 30 seconds each)" and a deeper list of exercises: how much is told once, for each of them.
pub fn circuits(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let depth = |block: &Block| if let Kind::Item { depth, .. } = block.kind { depth } else { 0 };
    for at in 0..heads.len() {
        let next = blocks.get(at + 1).filter(|next| next.is_item()).map(depth);
        let above = |block: &Block| next.is_some_and(|next| next > depth(block));
        let short =
            |block: &&Block| above(block) && block.text.len() < 200 && is_circuit(&block.text, lexicon);
        let Some(block) = blocks.get(at).filter(short) else { continue };
        let deeper = |steps: &usize| {
            blocks.get(at + steps).is_some_and(|next| next.is_item() && depth(next) > depth(block))
        };
        let below = (1..)
            .take_while(deeper)
            .filter(|steps| heads.get(at + steps).is_some_and(Option::is_some))
            .count();
        let mut parts = name::split(&block.text, lexicon);
        // "2x through (25 min)"
        let through =
            reading::read(&block.text, block.line, None, lexicon).circuit && !lexicon.is_several(&block.text);
        if through {
            (parts.name, parts.rest) = (name::tidy(&block.text, lexicon), block.text.clone());
        }
        let words = tokens(&parts.rest, lexicon);
        let each = through || words.iter().any(|t| t.is(tag::SETS) || t.is(tag::EACH) && !t.is(tag::RATE));
        if below >= 2 && each && traits(&parts.rest, lexicon).dose && !parts.name.is_empty() {
            let head = Head {
                several: true,
                circuit: true,
                listed: false,
                ..Head::of(parts.name, block.line, false, false)
            };
            let level = if let Kind::Heading(level) = block.kind { Some(level) } else { None };
            if let Some(place) = heads.get_mut(at) {
                *place = Some(Head { inline: parts.rest, level, ..head });
            }
        }
    }
}

/// "Leg circuit", "Main part (3 rounds)"
fn is_circuit(text: &str, lexicon: &Lexicon) -> bool {
    let rounds = || {
        tokens(text, lexicon)
            .windows(2)
            .any(|pair| matches!(pair, [n, t] if n.number > 0.0 && t.is(tag::ROUNDS)))
            || reading::read(beginning(text, 60), 0, None, lexicon).circuit
    };
    lexicon.is_several(text) || !text.ends_with('.') && rounds()
}

/// Between items that are a name and how much, another that is written so: "Heel slides – 2 x 10", "Prone hang – 5 min".
pub fn dosed(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let mut at = 0;
    while at < blocks.len() {
        let length = run(blocks, at);
        let items = blocks.get(at..at + length).unwrap_or(&[]);
        let told = |head: &&Head| !head.inline.is_empty() && traits(&head.inline, lexicon).dose;
        let found = || heads.iter().skip(at).take(length).flatten().filter(told);
        if length > 2 && found().filter(|head| head.named).count() > 1 && found().count() * 2 >= length {
            for (place, item) in heads.iter_mut().skip(at).zip(items) {
                let start = item.text.split([':', '–', '—']).next().unwrap_or("");
                let start = start.split(" - ").next().unwrap_or("");
                let remedy = lexicon.is_remedy(start) || lexicon.is_no_exercise(start);
                match place {
                    Some(_) if remedy => {}
                    Some(head) => head.named |= told(&&*head),
                    None if !remedy => *place = dashed(item, lexicon),
                    None => {}
                }
            }
        }
        at += length.max(1);
    }
}

/// A few words that tell nothing to do, a dash, and a number right behind it: "Ankle pumps – 20 every hour".
fn dashed(item: &Block, lexicon: &Lexicon) -> Option<Head> {
    let sign = [" – ", " - ", " — ", ": "].into_iter().find(|sign| item.text.contains(sign))?;
    let (name, rest) = item.text.split_once(sign)?;
    // "Leg curls (no weight until week 6): 2 x 10", "Step-downs, from a low step: 3 x 8": what stands behind the comma or in
    // brackets tells more about it.
    let (whole, outside) = (traits(name, lexicon), name.split([',', '(']).next().unwrap_or(name));
    let seen = traits(outside, lexicon);
    let short = whole.words <= name::LONGEST && !whole.dose && !whole.you;
    let counted = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let fits = (1..=5).contains(&seen.words) && !seen.dose && !seen.stops && !seen.function && !seen.you;
    let named = (seen.verb.is_none() || seen.last_is_name) && label(name, lexicon).is_none();
    (counted && fits && named && short).then(|| Head {
        inline: rest.to_owned(),
        set_off: Some(SetOff::LeadIn),
        listed: false,
        ..Head::of(name::tidy(name, lexicon), item.line, item.ordinal().is_some(), true)
    })
}

/// Between items that are a name in bold and how much, one that is only a name in bold.
pub fn formed(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let mut at = 0;
    while at < blocks.len() {
        let length = run(blocks, at);
        let items = blocks.get(at..at + length).unwrap_or(&[]);
        let bold = |head: &&Head| head.set_off == Some(SetOff::Bold) && !head.inline.is_empty();
        let found = heads.iter().skip(at).take(length).flatten().filter(bold).count();
        if length > 2 && found * 3 >= length * 2 {
            for (place, item) in heads.iter_mut().skip(at).zip(items) {
                if place.is_none() && item.is_bold() {
                    *place = among(item, lexicon);
                } else if place.is_none() && item.bold > 0 {
                    *place = among_dosed(item, lexicon);
                }
            }
        }
        at += length.max(1);
    }
    variants(blocks, heads, lexicon);
}

/// Below a name in bold that has its amounts, deeper items tell how it can be done: "Overhead: stretch your arms".
fn variants(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let mut dosed: Option<u16> = None;
    for (block, place) in blocks.iter().zip(heads) {
        let Kind::Item { depth, .. } = block.kind else {
            dosed = None;
            continue;
        };
        if dosed.is_some_and(|above| depth > above) {
            if place.as_ref().is_some_and(|head| head.set_off == Some(SetOff::LeadIn)) {
                *place = None;
            }
            continue;
        }
        let bold = place.as_ref().filter(|head| head.set_off == Some(SetOff::Bold));
        dosed = bold.filter(|head| traits(&head.inline, lexicon).dose).map(|_| depth);
    }
}

/// Between names, a few words that tell nothing to do are one, too.
fn among(item: &Block, lexicon: &Lexicon) -> Option<Head> {
    let seen = traits(&item.text, lexicon);
    let fits =
        (1..=4).contains(&seen.words) && !seen.dose && !seen.stops && seen.verb.is_none() && !seen.function;
    let name = name::tidy(&item.text, lexicon);
    fits.then(|| Head::of(name, item.line, item.ordinal().is_some(), true))
}

fn only_amounts(text: &str, lexicon: &Lexicon) -> bool {
    let seen = traits(text, lexicon);
    seen.dose && seen.words <= 8 && seen.verb.is_none()
}

/// The same with how much behind it, even if it sounds like something to do: "**Look behind you** (10 s)".
fn among_dosed(item: &Block, lexicon: &Lexicon) -> Option<Head> {
    let (name, rest) = item.text.split_at_checked(item.bold)?;
    let seen = traits(name, lexicon);
    let fits = (1..=6).contains(&seen.words) && !seen.dose && !seen.stops && !seen.function;
    let no_name =
        seen.verb.is_some_and(|verb| verb & (tag::REST | tag::REPEAT) != 0) || label(name, lexicon).is_some();
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    (fits && !no_name && traits(rest, lexicon).dose).then(|| Head {
        inline: rest.to_owned(),
        set_off: Some(SetOff::Bold),
        ..Head::of(name::tidy(name, lexicon), item.line, item.ordinal().is_some(), true)
    })
}

/// An item that is a name and, in brackets, more about it.
fn bare(item: &Block, lexicon: &Lexicon) -> Option<Head> {
    // "Cobra (Bhujangasana) – 2 minutes": a few words that tell neither how nor how much are part of the name.
    let other_name = |rest: &&str| {
        let within = rest.split(')').next().unwrap_or(rest);
        let seen = traits(within, lexicon);
        seen.words <= 4 && !seen.dose && !seen.function && seen.verb.is_none()
    };
    let bracket = item.text.split_once(" (").filter(|(_, rest)| !other_name(rest));
    let (name, inline) = match bracket {
        Some((name, rest)) => (name, rest.trim_end_matches(['.', ')'])),
        None => (item.text.trim_end_matches('.'), ""),
    };
    let parts = name::split(name, lexicon);
    let seen = traits(&parts.name, lexicon);
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name && !seen.name;
    let fits = seen.name && seen.words <= 9 && !seen.you && !seen.function && !seen.dose && !instructs;
    // "Kettlebell swings @ 15 kg", "Knee raises – 3 x 12"
    let noun = seen.verb.is_none() || seen.last_is_name;
    let more =
        parts.rest.is_empty() || noun && (parts.rest.starts_with('@') || only_amounts(&parts.rest, lexicon));
    (fits && more && !parts.name.is_empty()).then(|| Head {
        inline: format!("{} {inline}", parts.rest).trim().to_owned(),
        ..Head::of(parts.name, item.line, item.ordinal().is_some(), true)
    })
}
