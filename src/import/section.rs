//! Blocks → sections: a head, and the parts below it with what their labels announce.

use super::block::{Block, Document, Kind};
use super::label::{heading_label, label, lead_label};
use super::lexicon::{Lexicon, Role, tag};
use super::list;
use super::name;
use super::neighbours::{self, neighbours};
use super::pairs;
use super::roll::{self, Lists};
use super::sentence::traits;
use super::stillness;
use super::table;
use super::title::{Head, SetOff, Style, head};

/// One block below a head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub line: u32,
    pub text: String,
    /// What its own label, or the one above it, announces.
    pub role: Option<Role>,
    /// An item of a numbered list.
    pub numbered: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// `None` for what stands before the first head.
    pub head: Option<Head>,
    pub parts: Vec<Part>,
    /// From a table: the cells tell all there is.
    pub tabled: bool,
    /// The heading above that is about several exercises: "Neck stretches".
    pub group: String,
    /// Without such a heading, the page is about what is held.
    pub still: bool,
    /// What that heading says to do of each: "3 rounds, 30 seconds each".
    pub shared: String,
    /// How many bytes of text its parts have.
    length: usize,
    /// Where it is cut off, being far too long for an exercise.
    pub cut: Option<u32>,
    /// Its head is an item of a list, and no paragraph stands below it.
    item: bool,
}

/// Below the name of one exercise no more bytes are read: it would take an hour to say them.
const LONGEST_EXERCISE: usize = 10_000;
/// Running text that may tell of several exercises.
const LONGEST_TEXT: usize = 200_000;

impl Section {
    /// A row of a table.
    pub fn tabled(head: Head, group: String) -> Self {
        Self { head: Some(head), tabled: true, group, ..Self::default() }
    }

    pub fn push(&mut self, mut part: Part) {
        if self.cut.is_some() {
            return;
        }
        let one = self.head.as_ref().is_some_and(|head| !head.several && head.level != Some(1));
        let longest = if one { LONGEST_EXERCISE } else { LONGEST_TEXT };
        let room = longest.saturating_sub(self.length);
        if part.text.len() > room {
            self.cut = Some(part.line);
            part.text.truncate(part.text.floor_char_boundary(room));
        }
        self.length += part.text.len();
        if !part.text.is_empty() {
            self.parts.push(part);
        }
    }

    pub fn line(&self) -> u32 {
        self.head.as_ref().map_or_else(|| self.parts.first().map_or(1, |part| part.line), |head| head.line)
    }

    pub fn name(&self) -> &str {
        self.head.as_ref().map_or("", |head| head.name.as_str())
    }
}

pub fn sections(document: &Document, lists: Lists, lexicon: &Lexicon) -> Vec<Section> {
    let blocks = &document.blocks;
    let style = style(blocks);
    let at = |index: usize| blocks.get(index);
    let mut heads: Vec<Option<Head>> = (0..blocks.len())
        .map(|index| head(at(index)?, index.checked_sub(1).and_then(at), at(index + 1), &style, lexicon))
        .collect();
    alike(blocks, &mut heads, lexicon);
    list::steps(blocks, &mut heads);
    list::groups(blocks, &mut heads, lexicon);
    list::listed(blocks, &mut heads, lexicon);
    list::circuits(blocks, &mut heads, lexicon);
    pairs::pairs(blocks, &mut heads, lexicon);
    list::dosed(blocks, &mut heads, lexicon);
    list::formed(blocks, &mut heads, lexicon);
    neighbours(blocks, &mut heads, lexicon);
    neighbours::lines(blocks, &mut heads, lexicon);
    roll::mark(blocks, &mut heads, lists, lexicon);
    halves(blocks, &mut heads);
    variant(blocks, &mut heads, lexicon);
    let mut all = vec![Section::default()];
    let mut role = None;
    let mut columns: Option<table::Columns> = None;
    // A page about stretching is about holding, until a heading speaks of something else.
    let page = blocks.iter().find(|block| block.kind == Kind::Heading(1));
    let still_page = page.is_some_and(|page| lexicon.is_still_group(&page.text));
    let mut group = String::new();
    let mut shared = String::new();
    let mut next_at = 0;
    while let Some(block) = blocks.get(next_at) {
        let at = next_at;
        next_at += 1;
        if let Kind::Row(cells) = &block.kind {
            table::row(cells, block, &mut columns, &mut all, lexicon);
            continue;
        }
        columns = None;
        let next = blocks.get(at + 1);
        if lexicon.is_caption(&block.text) {
            continue;
        }
        if let Some(announced) = standing_label(block, &all, lexicon) {
            role = Some(announced).filter(|role| *role != Role::Nothing);
            role = role.map(|role| if role == Role::Aim { Role::Aside } else { role });
            continue;
        }
        let Some(mut found) = heads.get_mut(at).and_then(Option::take) else {
            // The paragraph below a list of names is not about the last of them.
            let listed = all.last().and_then(|section| section.head.as_ref()).is_some_and(|head| head.listed);
            let told = |section: &Section| section.item && !section.parts.is_empty();
            let items = all.iter().rev().take(2).filter(|section| told(section)).count() == 2;
            if (listed || items) && block.gap && !block.is_item() {
                all.push(Section::default());
            }
            if let Some(last) = all.last_mut() {
                last.item &= block.is_item();
                last.push(part(block, role, lexicon));
            }
            continue;
        };
        role = None;
        // "Exercise 3", and its name on the next line.
        if found.name.is_empty()
            && let Some(next) = next
            && let Some(name) = bare_name(next, lexicon)
        {
            found.named = traits(&name.name, lexicon).name;
            (found.name, found.inline) = (name.name, name.rest);
            next_at += 1;
        } else if found.name.is_empty() && next.is_some_and(|next| traits(&next.text, lexicon).physical) {
            // The number is all the name there is.
            found.name = name::tidy(&block.text, lexicon);
            found.named = true;
        }
        if found.several || found.level.is_some_and(|level| level > 1) {
            shared = if found.circuit { std::mem::take(&mut found.inline) } else { String::new() };
        }
        if found.several {
            group.clone_from(&found.name);
        }
        let still = still_page && group.is_empty() || is_counted_still(block, &found, lexicon);
        let mut section = Section {
            head: Some(found),
            group: group.clone(),
            shared: shared.clone(),
            still,
            item: block.is_item(),
            ..Section::default()
        };
        if let Some(head) = &section.head
            && !head.inline.is_empty()
        {
            let text = head.inline.clone();
            section.push(Part { line: block.line, text, role: None, numbered: false });
        }
        all.push(section);
    }
    stillness::settle(&mut all, lexicon);
    all.retain(|section| section.head.is_some() || !section.parts.is_empty() || section.cut.is_some());
    all
}

/// "Stretch 2 of 6: Chest"
fn is_counted_still(block: &Block, head: &Head, lexicon: &Lexicon) -> bool {
    let first = block.text.split_whitespace().next().unwrap_or("");
    head.numbered && !block.text.eq_ignore_ascii_case(&head.name) && lexicon.is_still_group(first)
}

/// Where the exercises are numbered, or have real headings, a plain line that does not even speak of one is no head.
fn alike(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let marked = |head: &&Head| head.numbered || head.level.is_some_and(|level| level > 1);
    if heads.iter().flatten().filter(marked).count() < 3 {
        return;
    }
    // Unless names are set off in bold.
    let bold = |head: &&Head| head.set_off == Some(SetOff::Bold);
    let bold_names = heads.iter().flatten().filter(|head| bold(head) && head.named).count() > 1;
    // Amounts with their label right below it are of an exercise.
    let dosed = |at: usize| {
        let below = blocks.get(at + 1).and_then(|next| lead_label(&next.text, lexicon));
        below.is_some_and(|(role, _)| {
            matches!(role, Role::Dose | Role::Sets | Role::Reps | Role::Hold | Role::Duration)
        })
    };
    // "Neck rolls – 10 reps" and then "Sun salutations – 5 rounds": what is written like a name above is one.
    let mut beside = None::<usize>;
    for (at, place) in heads.iter_mut().enumerate() {
        let told = place.as_ref().is_some_and(|head| {
            head.set_off == Some(SetOff::LeadIn) && !head.several && traits(&head.inline, lexicon).dose
        });
        let follows = told && beside.is_some_and(|above| above + 1 == at);
        if told && (follows || place.as_ref().is_some_and(|head| head.named)) {
            beside = Some(at);
        }
        let stays = place.as_ref().is_none_or(|head| {
            marked(&head)
                || follows
                || dosed(at)
                || head.named
                || head.level.is_some()
                || bold_names && bold(&head)
                || lexicon.is_no_exercise(&head.name)
                || head.asked
        });
        if !stays {
            *place = None;
        }
    }
}

/// "Prayer pose: …" below "2. Prayer pose and reverse prayer" is one half of it, and no exercise of its own.
fn halves(blocks: &[Block], heads: &mut [Option<Head>]) {
    let mut above = String::new();
    for (block, place) in blocks.iter().zip(heads) {
        let Some(head) = place else { continue };
        if let Kind::Heading(_) = block.kind {
            above = if head.numbered && !head.several { head.name.to_lowercase() } else { String::new() };
        } else if matches!(head.set_off, Some(SetOff::LeadIn | SetOff::Bold))
            && above.len() > head.name.len()
            && above.contains(&head.name.to_lowercase())
        {
            *place = None;
        }
    }
}

/// "2. Piriformis stretch", and right below it nothing but "Seated piriformis stretch:": the way it is done, and no other
/// exercise.
fn variant(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    for at in 0..heads.len() {
        let Some(Some(head)) = heads.get(at) else { continue };
        let Some(Kind::Heading(level)) = blocks.get(at).map(|block| &block.kind) else { continue };
        let Some(Some(below)) = heads.get(at + 1) else { continue };
        let heading = |at: usize| matches!(blocks.get(at).map(|block| &block.kind), Some(Kind::Heading(_)));
        let mut others = (at + 2..heads.len()).take_while(|at| !heading(*at));
        let alone = !heading(at + 1) && others.all(|at| heads.get(at).is_none_or(Option::is_none));
        let named = head.named && !head.several && *level > 1;
        let same = head.numbered || within(&head.name, &below.name, lexicon);
        let plain = below.inline.is_empty() && !below.numbered;
        if alone
            && named
            && same
            && plain
            && let Some(place) = heads.get_mut(at + 1)
        {
            *place = None;
        }
    }
}

/// Whether all that one name says is in the other.
fn within(name: &str, other: &str, lexicon: &Lexicon) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
        words.filter(|word| lexicon.word(word).0 & tag::FUNCTION == 0).map(str::to_lowercase).collect()
    };
    let other = words(other);
    words(name).iter().all(|word| other.contains(word))
}

/// Drops captions: a short line below a title that says the same in other words, as the text of a picture does.
pub fn drop_captions(blocks: &mut Vec<Block>, lexicon: &Lexicon) {
    let short = |block: &Block| {
        matches!(block.kind, Kind::Paragraph)
            && block.text.len() < 60
            && !block.text.ends_with([':', ',', '!', '?'])
            && (!block.text.ends_with('.') || traits(&block.text, lexicon).verb.is_none())
    };
    let mut title: Option<String> = None;
    let mut last = String::new();
    blocks.retain(|block| {
        // "4. Heel drag", and below it "Heel drag".
        let twice =
            block.kind == Kind::Paragraph && !last.is_empty() && block.text.eq_ignore_ascii_case(&last);
        last.clone_from(&block.text);
        if twice && short(block) {
            return false;
        }
        if !short(block) {
            title = None;
            return true;
        }
        let caption =
            title.as_deref().is_some_and(|title| block.gap && same_words(title, &block.text, lexicon));
        if !caption {
            title = Some(block.text.clone());
        }
        !caption
    });
}

/// Most words of one begin like those of the other: "Hip flexor stretch", "Hip Flex Stretch".
fn same_words(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    let stems = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let telling = words.filter(|word| word.len() > 2 && lexicon.word(word).0 & tag::FUNCTION == 0);
        telling.map(|word| word.chars().take(3).flat_map(char::to_lowercase).collect()).collect()
    };
    let (one, other) = (stems(one), stems(other));
    let same = one.iter().filter(|stem| other.contains(stem)).count();
    same >= 2 && same * 3 >= one.len().min(other.len()) * 2
}

fn style(blocks: &[Block]) -> Style {
    // The first block always has a gap before it.
    let gaps = blocks.iter().skip(1).filter(|block| block.gap).count() * 8 > blocks.len() && blocks.len() > 3;
    let upper = |block: &&Block| !block.text.contains(char::is_lowercase);
    Style { gaps, upper: blocks.iter().filter(upper).count() * 2 > blocks.len() }
}

/// The name below a mere number, on a line of its own.
fn bare_name(block: &Block, lexicon: &Lexicon) -> Option<name::Split> {
    if block.text.len() > 90 || label(&block.text, lexicon).is_some() || matches!(block.kind, Kind::Row(_)) {
        return None;
    }
    let parts = name::split(&block.text, lexicon);
    let seen = traits(&parts.name, lexicon);
    let fits = (1..=8).contains(&seen.words)
        && !seen.you
        && !parts.name.ends_with('.')
        && !block.text.ends_with('.');
    (fits && (seen.verb.is_none() || seen.name)).then_some(parts)
}

/// A label that is all of its block; what follows belongs to it. A heading as large as those of the exercises is one only
/// where it tells how to do, or how much of, the exercise right above it.
fn standing_label(block: &Block, all: &[Section], lexicon: &Lexicon) -> Option<Role> {
    if let Kind::Heading(level) = block.kind {
        let head = all.last().and_then(|section| section.head.as_ref())?;
        let short = !head.several && traits(&head.name, lexicon).words <= name::LONGEST;
        let named = if short { head.name.as_str() } else { "" };
        let role = heading_label(&block.text, named, lexicon)?;
        let tells = matches!(role, Role::HowTo | Role::Dose | Role::Sets | Role::Reps | Role::Duration);
        let one = (head.named || head.numbered) && !head.several && !lexicon.is_no_exercise(&head.name);
        let above = head.level?;
        return (level > above || level == above && tells && one).then_some(role);
    }
    let role = label(&block.text, lexicon)?;
    // Before the first head, "Exercises" is a heading of its own.
    let inside = all.last().is_some_and(|section| section.head.is_some());
    (inside && role != Role::Name).then_some(role)
}

fn part(block: &Block, role: Option<Role>, lexicon: &Lexicon) -> Part {
    let (role, text) = match lead_label(&block.text, lexicon) {
        Some((Role::Aim, rest)) if traits(rest, lexicon).dose => (Some(Role::HowTo), rest),
        Some((Role::Aim, rest)) => (Some(Role::Aside), rest),
        Some((own, rest)) => (Some(own), rest),
        None => (role, block.text.as_str()),
    };
    Part { line: block.line, text: text.to_owned(), role, numbered: block.ordinal().is_some() }
}
