//! Names of exercises: how they are told from instructions, and what is taken off them.

use super::amount::{Amount, What, amounts};
use super::block::{Block, Kind};
use super::lexicon::{Lexicon, Role, plain, tag};
use super::sentence::{Traits, instruction, traits};
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
}

/// How a head is set off: exercises of one text are alike in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetOff {
    Heading(u8),
    Bold,
    /// "Grip: squeeze a ball"
    LeadIn,
    /// By being a line of its own.
    Line,
}

/// The longest name of an exercise, in words.
const LONGEST: usize = 9;

/// A name and what follows it.
pub struct Split {
    pub name: String,
    pub rest: String,
    /// "Exercise 3" stood before it.
    pub numbered: bool,
}

/// Takes "Exercise #3:", amounts and signs off a title.
pub fn split(text: &str, lexicon: &Lexicon) -> Split {
    let text = text.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '(' | ')' | '"' | '“' | '”' | '½' | '″')
    });
    // Names stand at the start, however long the paragraph is.
    let tokens = tokens(beginning(text, 600), lexicon);
    let (from, numbered) = after_ordinal(&tokens, lexicon);
    if let Some(split) = only_number(text, &tokens, from, lexicon) {
        return split;
    }
    let Some(first) = tokens.get(from) else {
        return Split { name: String::new(), rest: String::new(), numbered };
    };
    let body = tokens.get(from..).unwrap_or(&[]);
    let start = first.start;
    let found = amounts(body);
    if let Some(split) = behind_dose(text, body, &found, numbered, lexicon) {
        return split;
    }
    let mut cut = text.len();
    let mut rest_at = cut;
    if let Some((at, next)) = separator(text, body, lexicon) {
        (cut, rest_at) = (at, next);
    }
    // Amounts behind the name: "Bridge – hold 10 s", "Clamshells 2 x 15".
    // "Monster walks 10 steps each way"
    let moves = |a: &Amount| {
        let after = body.get(a.to + 1);
        a.what == What::Bare
            && a.from > 0
            && after.is_some_and(|t| t.is(tag::EACH) || t.kind == token::Kind::Cross)
    };
    let first_amount = found.iter().find(|a| {
        moves(a) || matches!(a.what, What::Time | What::Times | What::Sets | What::Breaths | What::Frequency)
    });
    if let Some(amount) = first_amount {
        let mut at = amount.from;
        while let Some(before) = at.checked_sub(1).and_then(|at| body.get(at)) {
            let part = before.kind != token::Kind::Word
                || before.is(tag::HOLD | tag::REPEAT | tag::ABOUT) && at > 1
                || before.says("for")
                || before.says("do")
                || before.is(tag::SETS | tag::REPS);
            if !part || before.kind == token::Kind::Number {
                break;
            }
            at -= 1;
        }
        let place = body.get(at).map_or(0, |t| t.start);
        if at > 0 && place < cut {
            (cut, rest_at) = (place, place);
        }
    }
    let name = text.get(start..cut).unwrap_or("");
    let rest = text.get(rest_at..).unwrap_or("").trim();
    Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered }
}

/// "Stretch 1: Interlace your fingers, …": the number is all the name there is.
fn only_number(text: &str, tokens: &[Token<'_>], from: usize, lexicon: &Lexicon) -> Option<Split> {
    let kind = tokens.first().filter(|t| lexicon.language.ordinal_words.iter().any(|word| t.says(word)))?;
    let first = tokens.get(from).filter(|_| (2..=4).contains(&from))?;
    let rest = text.get(first.start..)?;
    let sentence = token::sentences(rest, lexicon).into_iter().next()?;
    let words = tokens.get(from..)?.iter().take_while(|t| t.start < first.start + sentence.end);
    let words: Vec<Token<'_>> = words.copied().collect();
    let told = instruction(&words).is_some() && words.len() > 5;
    let name = text.get(kind.start..tokens.get(from - 1)?.start)?;
    told.then(|| Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered: true })
}

/// "Knee bends Slowly bend your knees": nothing but a capital parts the name from the sentence behind it.
fn glued(block: &Block, lexicon: &Lexicon) -> Option<Split> {
    let text = block.text.as_str();
    if !(block.gap || block.is_item()) || !has_inner_capital(text.as_bytes()) {
        return None;
    }
    let start = beginning(text, 160);
    let words = tokens(start, lexicon);
    let at = words.windows(2).take(10).position(|pair| match pair {
        [before, after] => {
            let lower = before.text.starts_with(char::is_lowercase) || before.kind == token::Kind::Close;
            let word = before.kind == token::Kind::Word || before.kind == token::Kind::Close;
            word && lower
                && !after.close
                && after.kind == token::Kind::Word
                && after.text.starts_with(char::is_uppercase)
        }
        _ => false,
    })? + 1;
    let place = words.get(at)?.start;
    let (name, rest) = text.split_at_checked(place)?;
    let seen = traits(name, lexicon);
    let outside = name.split('(').next().unwrap_or(name);
    let last_is_name = traits(outside, lexicon).last_is_name;
    let fits =
        (1..=LONGEST).contains(&seen.words) && last_is_name && !seen.you && !seen.function && !seen.dose;
    let names = words.get(..at)?.iter().all(|t| {
        matches!(t.kind, token::Kind::Word | token::Kind::Open | token::Kind::Close | token::Kind::Dash)
    });
    (fits && names && first_verb(rest, lexicon).is_some()).then(|| Split {
        name: tidy(name, lexicon),
        rest: rest.to_owned(),
        numbered: false,
    })
}

/// A capital behind a word in lower case, near the start.
fn has_inner_capital(text: &[u8]) -> bool {
    text.windows(3).take(90).any(
        |w| matches!(w, [a, b' ', b] if (a.is_ascii_lowercase() || *a == b')') && b.is_ascii_uppercase() ),
    )
}

/// "10 reps – Chin tucks", "30 seconds per side: side bend": the amounts stand before the name.
fn behind_dose(
    text: &str,
    body: &[Token<'_>],
    found: &[Amount],
    numbered: bool,
    lexicon: &Lexicon,
) -> Option<Split> {
    let first =
        found.first().filter(|a| a.from == 0 && a.what != What::Other && a.what != What::Frequency)?;
    let mut at = first.to;
    // "5 each way", "2 x 8", "30 sec hold per side"
    while let Some(token) = body.get(at) {
        let inside = found.iter().any(|a| (a.from..a.to).contains(&at));
        let dosed = inside
            || token.is(tag::EACH | tag::PER | tag::SIDE | tag::HOLD | tag::SETS | tag::REPS | tag::BOTH)
            || matches!(token.kind, token::Kind::Cross | token::Kind::Comma | token::Kind::Slash)
            || token.says("of")
            || token.says("on");
        if !dosed || token.kind == token::Kind::Colon {
            break;
        }
        at += 1;
    }
    let parted = body.get(at).is_some_and(|t| {
        t.kind == token::Kind::Colon || t.kind == token::Kind::Dash && (!t.close || t.text == "—")
    });
    let start = body.get(at + usize::from(parted))?.start;
    let dose = text.get(first_start(body)..body.get(at)?.start)?.trim();
    let after = split(text.get(start..)?, lexicon);
    let seen = traits(&after.name, lexicon);
    let named = seen.name && !seen.you && !seen.function && seen.words <= 5;
    // Without a sign between them, only what is certainly a name is one: "10 chin tucks", not "10 minutes before bed".
    let fits = if parted {
        (1..=LONGEST).contains(&seen.words)
            && (seen.name || seen.verb.is_none())
            && !seen.you
            && !seen.function
    } else {
        let joined = body.get(at).is_some_and(|t| t.close || t.kind == token::Kind::Dash);
        let digits = body.first().is_some_and(|t| t.kind == token::Kind::Number);
        named && seen.last_is_name && digits && !joined && !lexicon.is_several(&after.name)
    };
    fits.then(|| Split {
        name: after.name,
        rest: format!("{dose}. {}", after.rest).trim().to_owned(),
        numbered,
    })
}

fn first_start(body: &[Token<'_>]) -> usize {
    body.first().map_or(0, |token| token.start)
}

/// Behind "Exercise #3:", "Upper back exercise 3 –", "Slide 2 of 5".
fn after_ordinal(tokens: &[Token<'_>], lexicon: &Lexicon) -> (usize, bool) {
    // "3. Bridge", "#3 Bridge"
    let number = tokens.iter().position(|t| t.kind != token::Kind::Other).unwrap_or(0);
    if let [first, sign, _, ..] = tokens.get(number..).unwrap_or(&[])
        && first.kind == token::Kind::Number
        && first.number.fract() == 0.0
        && (matches!(sign.text, "." | ")" | ":") && sign.close
            || matches!(sign.kind, token::Kind::Dash) && !sign.close
            || number > 0)
    {
        return (number + 1 + usize::from(sign.kind != token::Kind::Word), true);
    }
    // "Core countdown #4: Side plank"
    for (at, sign) in tokens.iter().enumerate().take(8) {
        let number =
            tokens.get(at + 1).is_some_and(|t| t.kind == token::Kind::Number && t.number.fract() == 0.0);
        let parted =
            tokens.get(at + 2).is_some_and(|t| matches!(t.kind, token::Kind::Colon | token::Kind::Dash));
        if sign.text == "#" && number && parted && tokens.len() > at + 3 {
            return (at + 3, true);
        }
    }
    let words = lexicon.language.ordinal_words;
    for (at, token) in tokens.iter().enumerate().take(7) {
        if !words.iter().any(|word| token.says(word)) {
            continue;
        }
        let mut next = at + 1;
        while tokens.get(next).is_some_and(|t| matches!(t.text, "#" | "." | "№")) {
            next += 1;
        }
        let Some(number) = tokens.get(next) else { continue };
        let counted =
            number.kind == token::Kind::Number && number.number.fract() == 0.0 || number.is(tag::NUMBER);
        let letter = number.text.len() == 1 && number.text.starts_with(|c: char| c.is_ascii_uppercase());
        if !counted && !letter {
            continue;
        }
        next += 1;
        if tokens.get(next).is_some_and(|t| t.says("of") || t.text == "/")
            && tokens.get(next + 1).is_some_and(|t| t.number > 0.0)
        {
            next += 2;
        }
        let Some(after) = tokens.get(next) else { return (next, true) };
        let parted = after.kind != token::Kind::Word;
        if parted && !matches!(after.kind, token::Kind::Number | token::Kind::Cross) {
            while tokens
                .get(next)
                .is_some_and(|t| t.kind != token::Kind::Word && t.kind != token::Kind::Number)
            {
                next += 1;
            }
            return (next, true);
        }
        let unit = after.is(tag::SECONDS
            | tag::MINUTES
            | tag::TIMES
            | tag::SETS
            | tag::BREATHS
            | tag::FUNCTION
            | tag::OTHER_UNIT);
        if after.text.starts_with(char::is_uppercase) && !unit && counted {
            return (next, true);
        }
    }
    (0, false)
}

/// Where a colon or a dash parts the name from what follows it.
fn separator(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut words = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            token::Kind::Word => words += 1,
            token::Kind::Colon | token::Kind::Dash if words > 0 => {
                let next = tokens.get(at + 1)?;
                let spaced = !token.close && !next.close || token.text == "—";
                if token.kind == token::Kind::Dash && !spaced {
                    continue;
                }
                let rest = text.get(token.end()..)?.trim();
                let follows = traits(rest, lexicon);
                // "Strengthening in side – lying against a wall" is all name.
                let goes_on = token.kind == token::Kind::Dash && follows.words <= 5;
                let told = follows.verb.is_some_and(|verb| !goes_on || verb & tag::GERUND == 0);
                let body = told || follows.dose || follows.words > 5;
                if words <= LONGEST && body {
                    return Some((token.start, token.end()));
                }
                if token.kind == token::Kind::Colon {
                    return None;
                }
            }
            _ => {}
        }
        if words > LONGEST {
            return None;
        }
    }
    None
}

/// Without signs around it and "the" before it, and not in capitals.
fn tidy(name: &str, lexicon: &Lexicon) -> String {
    let mut name =
        name.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '½')).trim();
    if name.matches('(').count() > name.matches(')').count() {
        name = name.rsplit_once('(').map_or(name, |(before, _)| before.trim());
    }
    if let Some((first, rest)) = name.split_once(' ')
        && ["the", "a", "an"].iter().any(|article| first.eq_ignore_ascii_case(article))
        && lexicon.language.articles.iter().any(|article| first.eq_ignore_ascii_case(article))
    {
        name = rest.trim();
    }
    let shouted = !name.contains(char::is_lowercase) && name.chars().filter(|c| c.is_uppercase()).count() > 3;
    let name: String = if shouted { name.to_lowercase() } else { name.to_owned() };
    let mut letters = name.chars();
    let capital = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    let name = capital.unwrap_or_default().replace(['{', '}'], "");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `block` begins a section, judged with the blocks around it.
pub fn head(
    block: &Block,
    before: Option<&Block>,
    next: Option<&Block>,
    style: &Style,
    lexicon: &Lexicon,
) -> Option<Head> {
    let text = block.text.as_str();
    let line = block.line;
    let head = |split: Split, level: Option<u8>, numbered, named| Head {
        name: split.name,
        line,
        set_off: match level {
            Some(level) => Some(SetOff::Heading(level)).filter(|_| level > 1),
            None if block.bold > 0 => Some(SetOff::Bold),
            None if !split.rest.is_empty() => Some(SetOff::LeadIn),
            None => Some(SetOff::Line).filter(|_| block.gap),
        },
        inline: split.rest,
        level,
        numbered: numbered || split.numbered,
        named,
        listed: false,
    };
    if let Kind::Heading(level) = block.kind {
        let split = split(text, lexicon);
        let named = traits(&split.name, lexicon).name;
        return Some(head(split, Some(level), false, named));
    }
    if matches!(block.kind, Kind::Row(_)) || is_plainly_text(block) {
        return None;
    }
    let numbered = block.ordinal().is_some();
    // A name set off in bold before its text.
    if block.bold >= 3 && block.bold <= 90 {
        let (bold, rest) = text.split_at_checked(block.bold).unwrap_or((text, ""));
        let seen = traits(bold.trim_end_matches([':', '.']), lexicon);
        let role = label(bold, lexicon);
        let whole = block.is_bold() && seen.words <= 6;
        if role.is_none() && is_title(&seen, bold, numbered || whole) && !(seen.dose && seen.words < 4) {
            let mut parts = split(bold, lexicon);
            parts.rest =
                format!("{} {}", parts.rest, rest.trim_start_matches([':', '.', '–', '—', '-', ' ']))
                    .trim()
                    .to_owned();
            let follows = traits(&parts.rest, lexicon);
            let next_is_body = next.is_some_and(|next| !matches!(next.kind, Kind::Heading(_)));
            let body = follows.verb.is_some()
                || follows.dose
                || block.is_bold() && next_is_body
                || follows.words > 5 && seen.name;
            if body && !parts.name.is_empty() {
                return Some(head(parts, None, numbered, seen.name));
            }
        }
        if role.is_some() {
            return None;
        }
    }
    if let Some((Role::Name, rest)) = lead_label(text, lexicon) {
        let parts = split(rest, lexicon);
        let named = traits(&parts.name, lexicon).name;
        return (!parts.name.is_empty() && parts.name.len() < 80).then(|| head(parts, None, true, named));
    }
    if label(text, lexicon).is_some()
        || text.len() > 4_000 && !text.get(..120).is_some_and(|t| t.contains(':'))
    {
        return None;
    }
    if is_other_heading(block, lexicon) {
        let split = Split { name: tidy(text, lexicon), rest: String::new(), numbered: false };
        return Some(head(split, None, false, false));
    }
    if starts_with_unit(text, lexicon) {
        return None;
    }
    let parts = split(text, lexicon);
    let seen = traits(&parts.name, lexicon);
    if parts.numbered
        && only_number(
            text,
            &tokens(text, lexicon),
            after_ordinal(&tokens(text, lexicon), lexicon).0,
            lexicon,
        )
        .is_some()
    {
        return Some(head(parts, None, true, false));
    }
    if parts.numbered
        && parts.rest.is_empty()
        && (parts.name.is_empty() || is_title(&seen, &parts.name, true))
    {
        return Some(head(parts, None, true, seen.name));
    }
    if parts.name.is_empty() {
        return None;
    }
    if let Some(parts) = named_sentence(block, before, lexicon) {
        return Some(head(parts, None, numbered, true));
    }
    if let Some(parts) = glued(block, lexicon) {
        return Some(head(parts, None, numbered, true));
    }
    if !parts.rest.is_empty() {
        return lead_in(block, next, parts, &seen, lexicon)
            .map(|parts| head(parts, None, numbered, seen.name));
    }
    let score = score(block, before, next, &seen, style, lexicon);
    (score >= 3).then(|| head(parts, None, numbered, seen.name))
}

/// "When should I see a doctor?", "Tips for everyday life": a heading, but of no exercise.
fn is_other_heading(block: &Block, lexicon: &Lexicon) -> bool {
    let text = block.text.as_str();
    if !block.gap || block.is_item() || text.len() > 110 || text.ends_with(['.', ',', ';', ':', '!']) {
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
    let long = text.len() > 120 || text.len() > 60 && text.ends_with(b".");
    let signs = start.iter().any(|b| matches!(b, b':' | b')' | b'|'))
        || start.windows(3).any(|w| w == b" - " || w.starts_with(&[0xe2, 0x80]));
    let stop = start.windows(2).take(60).any(|pair| pair == b". ");
    long && block.bold == 0 && !signs && !stop && !has_inner_capital(start)
}

/// "Reps 10, Sets 3": amounts, and no name before them.
fn starts_with_unit(text: &str, lexicon: &Lexicon) -> bool {
    let start = beginning(text, 60);
    let words = tokens(start, lexicon);
    let unit =
        words.first().is_some_and(|t| t.is(tag::SETS | tag::REPS | tag::HOLD | tag::REST | tag::REPEAT));
    unit && words.iter().skip(1).take(3).any(|t| t.number > 0.0)
}

/// "Name: what to do", "Name – 3 x 10".
fn lead_in(
    block: &Block,
    next: Option<&Block>,
    parts: Split,
    seen: &Traits,
    lexicon: &Lexicon,
) -> Option<Split> {
    // One word before a colon is a name, even where it could be a verb: "Grip: squeeze a ball".
    let alone = seen.words == 1 && block.is_item();
    if block.text.starts_with(['“', '"'])
        || label(&parts.name, lexicon).is_some()
        || !is_title(seen, &parts.name, block.ordinal().is_some() || alone)
    {
        return None;
    }
    let follows = Traits { verb: first_verb(&parts.rest, lexicon), ..traits(&parts.rest, lexicon) };
    let only_amounts = follows.dose && follows.words <= 14 && !follows.physical;
    if seen
        .verb
        .is_some_and(|verb| verb & (tag::REPEAT | tag::SWITCH | tag::TIP | tag::REST | tag::HOLD) != 0)
        || seen.pointing
    {
        return None;
    }
    let starts_body = || {
        let next = next.map(|next| traits(&next.text, lexicon));
        next.is_some_and(|next| next.verb.is_some() || next.dose)
    };
    match () {
        // "Lift your leg 10 times" is no name with an amount.
        () if only_amounts && seen.verb.is_some() && !seen.last_is_name && !alone => None,
        () if only_amounts && (seen.name || seen.titled || block.is_item() || starts_body()) => Some(parts),
        () if follows.physical || follows.verb.is_some() && seen.name => Some(parts),
        () if block.is_item() && follows.verb.is_some() && follows.dose && seen.words <= 4 => Some(parts),
        () if follows.words > 5 && seen.name && block.gap && starts_body() => Some(parts),
        () => None,
    }
}

/// The verb of the first of some sentences that instruct.
fn first_verb(text: &str, lexicon: &Lexicon) -> Option<u128> {
    let start = beginning(text, 600);
    let text = start;
    let mut found = token::sentences(text, lexicon).into_iter().take(4);
    found.find_map(|range| instruction(&tokens(text.get(range)?, lexicon)))
}

/// "Bridge. Lie on your back …"
fn named_sentence(block: &Block, before: Option<&Block>, lexicon: &Lexicon) -> Option<Split> {
    // Right below the heading of one exercise no other begins.
    let below = before.is_some_and(|before| {
        let heads = matches!(before.kind, Kind::Heading(level) if level > 1) || before.is_bold();
        heads && !lexicon.is_several(&before.text) && traits(&before.text, lexicon).name
    });
    if below && !block.is_item() {
        return None;
    }
    let (name, rest) = block.text.split_once(". ").or_else(|| block.text.split_once(") "))?;
    let closing = block.text.get(name.len()..).is_some_and(|rest| rest.starts_with(')'));
    let name = if closing { name.split_once(" (")?.0 } else { name };
    let seen = traits(name, lexicon);
    let fits = (1..=5).contains(&seen.words) && seen.name && !seen.you && !seen.function && !seen.dose;
    // "Start with the bridge." and "Next comes the bridge." are sentences.
    let words = tokens(name, lexicon);
    let sentence = words.first().is_some_and(|t| t.is(tag::ADVERB | tag::REPEAT | tag::HOLD))
        || words.first().is_some_and(|t| t.is(tag::LIE)) && words.get(1).is_some_and(|t| t.is(tag::RANGE))
        || words.iter().skip(1).any(|t| lexicon.language.articles.iter().any(|article| t.says(article)));
    let verb = seen.verb.is_none() || seen.last_is_name;
    if !fits || !verb || sentence {
        return None;
    }
    let follows = traits(rest, lexicon);
    // "Levator stretch. Same thing, but look down."
    let told = follows.verb.is_some() || block.is_item() && (follows.dose || follows.words > 3);
    told.then(|| Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered: false })
}

/// What is usual in the document.
pub struct Style {
    /// Empty lines part its paragraphs.
    pub gaps: bool,
    /// Most of it is in capitals.
    pub upper: bool,
}

/// Whether the words could be a title at all.
fn is_title(seen: &Traits, text: &str, numbered: bool) -> bool {
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name && !numbered;
    seen.words > 0
        && seen.words <= LONGEST
        && (!seen.you || numbered)
        && !seen.function
        && !seen.pointing
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
    let ends_list = before.is_some_and(Block::is_item) && !block.is_item() && next.gap;
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

/// What the line announces, if it is nothing but a label: "How to do it:", "Benefits".
pub fn label(text: &str, lexicon: &Lexicon) -> Option<Role> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    let step = plain(text).strip_prefix("step ").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    if step {
        return Some(Role::HowTo);
    }
    lexicon.label(text).or_else(|| amounts_label(text, lexicon))
}

/// "Sets/reps", "Number of repetitions", "Hold (seconds)": nothing but units.
fn amounts_label(text: &str, lexicon: &Lexicon) -> Option<Role> {
    if text.len() > 40 {
        return None;
    }
    let words = tokens(text, lexicon);
    if words.iter().any(|t| t.kind == token::Kind::Number || t.is(tag::NUMBER)) {
        return None;
    }
    let words: Vec<&Token<'_>> = words.iter().filter(|t| t.kind == token::Kind::Word).collect();
    let unit = |t: &&&Token<'_>| {
        t.is(tag::SETS | tag::REPS | tag::SECONDS | tag::MINUTES | tag::PER | tag::EACH)
            || ["and", "of", "number", "hold", "time", "side"].iter().any(|w| t.says(w))
    };
    let has = |tags| words.iter().any(|t| t.is(tags));
    let hold = words.iter().any(|t| t.says("hold"));
    if words.is_empty() || words.iter().filter(unit).count() < words.len() {
        return None;
    }
    match (has(tag::SETS), has(tag::REPS), hold) {
        (true, false, false) => Some(Role::Sets),
        (false, true, false) => Some(Role::Reps),
        (false, false, true) => Some(Role::Hold),
        (false, false, false) => None,
        _ => Some(Role::Dose),
    }
}

/// The label at the start of a text and what stands behind it: "Reps: 10", "Equipment needed – a chair".
pub fn lead_label<'t>(text: &'t str, lexicon: &Lexicon) -> Option<(Role, &'t str)> {
    let start = beginning(text, 48);
    for sign in [":", " – ", " - ", " — ", " = "] {
        if let Some((before, _)) = start.split_once(sign)
            && before.len() <= 40
            && let Some(role) = label(before, lexicon)
        {
            return Some((role, text.get(before.len() + sign.len()..).unwrap_or("").trim()));
        }
    }
    // "Step 2 Lift your hips"
    let words = lexicon.language.step_words;
    let (first, rest) = text.split_once(' ')?;
    let (number, rest) = rest.split_once(' ')?;
    let number = number.trim_end_matches([':', '.', ')', '-', '–']);
    let step = words.iter().any(|word| first.eq_ignore_ascii_case(word))
        && number.bytes().all(|b| b.is_ascii_digit());
    step.then(|| (Role::HowTo, rest.trim_start_matches([':', '-', '–', ' '])))
}
