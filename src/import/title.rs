//! Titles: how lines that name an exercise are told from instructions.

use super::block::{Block, Kind};
use super::bold::{Bold, in_bold};
use super::label::{label, lead_label};
use super::lead::{glued, has_inner_capital, lead_in, named_sentence, noun_phrase};
use super::lexicon::{Lexicon, Role, tag};
use super::name::{LONGEST, Split, after_ordinal, only_number, split, tidy};
use super::remark::is_remark;
use super::sentence::{Traits, traits};
use super::token::{self, Token, beginning, tokens};

/// The start of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Empty where there is only a number: "Exercise 3".
    pub name: String,
    pub line: u32,
    /// What stands behind the name in the same block, and where its amounts begin.
    pub inline: String,
    /// Marked up as a heading, with its level.
    pub level: Option<u8>,
    /// Numbered as an exercise: "Exercise 3: …", "3. …".
    pub numbered: bool,
    /// Its own words speak of an exercise.
    pub named: bool,
    /// How it is set off from the text, if it is.
    pub set_off: Option<SetOff>,
    /// One of a list of names; what to do is told for all of them.
    pub listed: bool,
    /// It speaks of more than one: "Neck exercises".
    pub several: bool,
    /// Its amounts are for each of those below it.
    pub circuit: bool,
    /// It is a question.
    pub asked: bool,
}

impl Head {
    /// One of a list or table of names.
    pub fn of(name: String, line: u32, numbered: bool, named: bool) -> Self {
        Self {
            name,
            line,
            inline: String::new(),
            level: None,
            numbered,
            named,
            set_off: None,
            listed: true,
            several: false,
            circuit: false,
            asked: false,
        }
    }
}

/// How a head is set off: exercises of one text are alike in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOff {
    Heading(u8),
    Bold,
    /// "Grip: squeeze a ball"
    LeadIn,
    /// By being a line of its own.
    Line,
}

/// Whether `block` begins a section, judged with the blocks around it.
pub fn head(
    block: &Block,
    before: Option<&Block>,
    next: Option<&Block>,
    style: &Style,
    lexicon: &Lexicon,
) -> Option<Head> {
    let numbered = block.ordinal().is_some();
    let phrase = || noun_phrase(block, lexicon).map(|parts| begun(block, parts, numbered, true, lexicon));
    match block.kind {
        Kind::Heading(_) => return Some(heading(block, lexicon)),
        Kind::Row(_) => return None,
        _ if is_plainly_text(block) => return phrase(),
        _ if is_remark(block, before, next, lexicon) => return None,
        _ => {}
    }
    match in_bold(block, next, lexicon) {
        Bold::Name(head) => return Some(*head),
        Bold::Other => return None,
        Bold::Unclear => {}
    }
    if let Some((Role::Name, rest)) = lead_label(&block.text, lexicon) {
        let parts = split(rest, lexicon);
        let named = traits(&parts.name, lexicon).name;
        // "Name: …" may be that of somebody, "Exercise: …" is not.
        let exercise = tokens(&block.text, lexicon).first().is_some_and(|t| t.is(tag::EXERCISE));
        let fits = !parts.name.is_empty() && parts.name.len() < 80 && (named || exercise);
        return fits.then(|| begun(block, parts, true, named, lexicon));
    }
    if is_told(block, before, next, lexicon) || is_place_alone(&block.text, lexicon) {
        return None;
    }
    if is_other_heading(block, lexicon) {
        let name = tidy(&block.text, lexicon);
        let parts = Split { name, rest: String::new(), numbered: false, counted: false };
        return Some(begun(block, parts, false, false, lexicon));
    }
    if starts_with_unit(&block.text, lexicon) {
        return None;
    }
    let parts = split(&block.text, lexicon);
    let seen = traits(&parts.name, lexicon);
    // "Exercise 4 – Winging it": what is counted as an exercise is one, whatever it is called.
    let called =
        || parts.numbered && is_counted(&block.text, lexicon) && seen.words <= LONGEST && !seen.stops;
    if parts.rest.is_empty() && !parts.name.is_empty() && called() {
        return Some(begun(block, parts, true, seen.name, lexicon));
    }
    if parts.numbered
        && (is_only_number(&block.text, lexicon)
            || parts.rest.is_empty() && (parts.name.is_empty() || is_title(&seen, &parts.name, true)))
    {
        let named = seen.name && !is_only_number(&block.text, lexicon);
        return Some(begun(block, parts, true, named, lexicon));
    }
    if parts.name.is_empty() || counts_moves(block, &parts, lexicon) {
        return None;
    }
    let named = named_sentence(block, before, next, lexicon).or_else(|| glued(block, lexicon));
    if let Some(parts) = named {
        return Some(begun(block, parts, numbered, true, lexicon));
    }
    // "Every other day for 3 weeks. For each exercise, complete …"
    let sentences = parts.name.split_once(". ").is_some_and(|(first, _)| first.contains(' '));
    if !parts.rest.is_empty() && !sentences {
        let led = lead_in(block, next, parts, &seen, lexicon);
        return led.map(|parts| begun(block, parts, numbered, seen.name, lexicon)).or_else(phrase);
    }
    phrase().or_else(|| {
        let score = score(block, before, next, &seen, style, lexicon);
        (score >= 3).then(|| begun(block, parts, numbered, seen.name, lexicon))
    })
}

/// The head that `block` is, with its name and what follows it.
pub fn begun(block: &Block, split: Split, numbered: bool, named: bool, lexicon: &Lexicon) -> Head {
    let level = if let Kind::Heading(level) = block.kind { Some(level) } else { None };
    Head {
        line: block.line,
        set_off: match level {
            Some(level) => (level > 1).then_some(SetOff::Heading(level)),
            None if block.bold > 0 => Some(SetOff::Bold),
            None if !split.rest.is_empty() => Some(SetOff::LeadIn),
            None => Some(SetOff::Line),
        },
        several: lexicon.is_several(&split.name),
        name: split.name,
        inline: split.rest,
        level,
        numbered: numbered || split.numbered,
        named,
        listed: false,
        circuit: false,
        asked: block.text.trim_end().ends_with('?'),
    }
}

fn heading(block: &Block, lexicon: &Lexicon) -> Head {
    let split = split(exercise_in(&block.text, lexicon), lexicon);
    let named = traits(&split.name, lexicon).name;
    begun(block, split, false, named, lexicon)
}

/// "10 slow rocks, twice a day" below what to do tells how often, and names nothing new.
pub fn counts_moves(block: &Block, parts: &Split, lexicon: &Lexicon) -> bool {
    let words = || tokens(&parts.name, lexicon);
    parts.counted
        && !block.is_item()
        && words().iter().filter(|t| !t.is(tag::FILLER | tag::ADVERB)).count() < 2
}

/// A line that tells something of what stands above: a label, a long text, or what the exercise above is good for.
fn is_told(block: &Block, before: Option<&Block>, next: Option<&Block>, lexicon: &Lexicon) -> bool {
    let text = block.text.as_str();
    // An address and amounts in one paragraph: "https://…/watch?v=4xT Sets: 2".
    if token::is_address(text) || text.len() < 160 && text.contains("://") {
        return true;
    }
    let long = text.len() > 4_000 && !text.get(..120).is_some_and(|t| t.contains(':'));
    if long || label(text, lexicon).is_some() || lead_label(text, lexicon).is_some() {
        return true;
    }
    let below = before.is_some_and(|before| {
        matches!(before.kind, Kind::Heading(level) if level > 1)
            && !lexicon.is_several(&before.text)
            && (traits(&before.text, lexicon).name || next.is_some_and(|n| label(&n.text, lexicon).is_some()))
    });
    below && matches!(block.kind, Kind::Paragraph)
}

/// "Exercise 4 – …", "Stretch #2: …"
fn is_counted(text: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(beginning(text, 40), lexicon);
    let kind = words.first().is_some_and(|t| lexicon.language.ordinal_words.iter().any(|word| t.says(word)));
    kind && words.iter().skip(1).take(2).any(|t| t.number > 0.0)
}

/// "Sit or stand.", "Sitting.": where to begin. Without the stop, "Standing" may head exercises that are done so.
fn is_place_alone(text: &str, lexicon: &Lexicon) -> bool {
    let words = || tokens(beginning(text, 60), lexicon);
    let placed =
        |t: &Token<'_>| t.is(tag::LIE) || t.is(tag::RANGE) && !t.is(tag::TO) || t.kind != token::Kind::Word;
    text.len() < 40 && text.ends_with('.') && words().iter().all(placed)
}

/// "Exercise 3": the number is all the name there is.
fn is_only_number(text: &str, lexicon: &Lexicon) -> bool {
    let tokens = tokens(text, lexicon);
    only_number(text, &tokens, after_ordinal(&tokens, lexicon).0, lexicon).is_some()
}

/// What of a heading names the exercise: without the way to the page, "Exercises / Bridge", and without the label behind it,
/// "Bridge instructions".
fn exercise_in<'t>(text: &'t str, lexicon: &Lexicon) -> &'t str {
    let start = beginning(text, 120);
    let ways = [" / ", " > ", " » ", " › "];
    let behind = ways.iter().find_map(|way| {
        let (before, last) = start.rsplit_once(way)?;
        let one = !lexicon.is_several(last) && traits(last, lexicon).name;
        (start.len() == text.len() && one && before.split(way).all(|part| lexicon.is_several(part)))
            .then_some(last)
    });
    let text = behind.unwrap_or(text).trim();
    let text = behind_how(text, lexicon).unwrap_or(text);
    let cut = text.rsplit_once(' ').filter(|(name, last)| {
        let seen = traits(name, lexicon);
        lexicon.is_label_behind(last) && seen.last_is_name && seen.words > 1 && !lexicon.is_several(name)
    });
    cut.map_or(text, |(name, _)| name)
}

/// "How to perform the wall sit": what is told how to do, if it is the name of one exercise.
fn behind_how<'t>(text: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let mut spaces = text.match_indices(' ').map(|(at, _)| at).skip(2).take(2);
    let at = spaces.find(|at| text.get(..*at).is_some_and(|how| label(how, lexicon) == Some(Role::HowTo)))?;
    let name = text.get(at..)?.trim();
    let seen = traits(name, lexicon);
    let one = seen.last_is_name && seen.words <= LONGEST && !seen.pointing && !lexicon.is_several(name);
    (one && seen.verb.is_none_or(|verb| verb & tag::GERUND != 0 || seen.name)).then_some(name)
}

/// "When should I see a doctor?", "Tips for everyday life": a heading, but of no exercise.
fn is_other_heading(block: &Block, lexicon: &Lexicon) -> bool {
    let text = block.text.as_str();
    let labelled = || lead_label(text, lexicon).is_some();
    if !block.gap
        || block.is_item()
        || text.len() > 110
        || labelled()
        || text.ends_with(['.', ',', ';', ':', '!'])
    {
        return false;
    }
    let seen = traits(text, lexicon);
    let refused = lexicon.is_no_exercise(text) && (seen.verb.is_none() || text.ends_with('?'));
    seen.words <= 14 && !seen.dose && !seen.physical && (refused || text.ends_with('?'))
}

/// A sentence that nothing in its first words sets a name apart in. Most of a long text is that, and needs no closer look.
fn is_plainly_text(block: &Block) -> bool {
    let text = block.text.as_bytes();
    let start = text.get(..text.len().min(100)).unwrap_or(text);
    let long = text.len() > 120 || text.len() > 60 && text.last().is_some_and(|last| b".,;".contains(last));
    let signs = start.iter().any(|b| matches!(b, b':' | b')' | b'|'))
        || start.windows(3).any(|w| w == b" - " || w.starts_with(&[0xe2, 0x80]));
    let stop = start.windows(2).take(60).any(|pair| pair == b". ");
    long && block.bold == 0 && !signs && !stop && !has_inner_capital(start)
}

/// "Reps 10, Sets 3": amounts, and no name before them.
fn starts_with_unit(text: &str, lexicon: &Lexicon) -> bool {
    let unit = tag::SETS | tag::REPS | tag::HOLD | tag::REST | tag::REPEAT;
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    lexicon.word(first).0 & unit != 0
        && tokens(beginning(text, 60), lexicon).iter().skip(1).take(3).any(|t| t.number > 0.0)
}

/// What is usual in the document.
pub struct Style {
    /// Empty lines part its paragraphs.
    pub gaps: bool,
    /// Most of it is in capitals.
    pub upper: bool,
}

/// Whether the words could be a title at all.
pub fn is_title(seen: &Traits, text: &str, numbered: bool) -> bool {
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name && !numbered;
    seen.words > 0
        && seen.words <= LONGEST
        && (!seen.you || numbered)
        && !seen.function
        && !seen.pointing
        && !seen.open
        && (!instructs || seen.name)
        && !text.trim_end().ends_with([',', ';', '?'])
}

fn score(
    block: &Block,
    before: Option<&Block>,
    next: Option<&Block>,
    seen: &Traits,
    style: &Style,
    lexicon: &Lexicon,
) -> i32 {
    let text = block.text.as_str();
    let stop = text.ends_with(['.', ',', ';', '?']) && !(text.ends_with('.') && seen.words <= 4 && seen.name);
    if stop
        || seen.words == 0
        || seen.words > LONGEST + 2
        || seen.dose
        || seen.you
        || seen.function
        || seen.pointing
    {
        return 0;
    }
    let Some(next) = next else { return 0 };
    // The items of one list are alike: a title has something else below it.
    let sibling = match (&block.kind, &next.kind) {
        (Kind::Item { ordinal, depth, mark }, Kind::Item { ordinal: other, depth: deeper, mark: sign }) => {
            ordinal.is_some() == other.is_some() && deeper <= depth && mark == sign
        }
        _ => false,
    };
    if sibling || matches!(next.kind, Kind::Heading(_)) && !block.gap {
        return 0;
    }
    let follows = traits(&next.text, lexicon);
    let body = follows.verb.is_some() || follows.dose || (next.is_item() && !block.is_item());
    let described = follows.words > 8 && follows.stops;
    let labelled = label(&next.text, lexicon).is_some() || lead_label(&next.text, lexicon).is_some();
    // Below the last item of a list a line without a bullet begins something else.
    let stands_out = next.gap || seen.titled && seen.words <= 5;
    let ends_list = before.is_some_and(Block::is_item) && !block.is_item() && stands_out;
    let first = block.gap || ends_list || before.is_none_or(|before| matches!(before.kind, Kind::Heading(_)));
    let mut score = 0;
    score += if seen.name { 2 } else { 0 };
    score += if first { 1 } else { 0 };
    score += if labelled {
        3
    } else if body {
        2
    } else if described {
        1
    } else {
        -1
    };
    score += i32::from((seen.titled || seen.upper) && !style.upper);
    score += if block.ordinal().is_some() { 2 } else { 0 };
    score += i32::from(seen.words <= 4);
    score -= if seen.words > 7 && !labelled { 2 } else { 0 };
    score -= if !first && style.gaps { 2 } else { 0 };
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0);
    score -= if instructs && !seen.last_is_name { 3 } else { i32::from(instructs && !seen.titled && !first) };
    score -= if seen.part_first && !seen.name { 2 - i32::from(block.gap) } else { 0 };
    score -= if block.is_item() && block.ordinal().is_none() && !body { 2 } else { 0 };
    score
}
