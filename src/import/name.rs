//! What of a title is the name of the exercise: numbers and amounts around it are taken off.

use super::amount::{Amount, What, amounts};
use super::counter::behind_counter;
use super::lexicon::{Lexicon, tag};
use super::remark::behind_name;
use super::sentence::{instruction, traits};
use super::separator::separator;
use super::token::{self, Kind, Token, beginning, tokens};

/// The longest name of an exercise, in words.
pub const LONGEST: usize = 9;

/// A name and what follows it.
pub struct Split {
    pub name: String,
    pub rest: String,
    /// "Exercise 3" stood before it.
    pub numbered: bool,
    /// Its amounts stood before it, without a sign between: "10 squats".
    pub counted: bool,
}

/// Takes "Exercise #3:", amounts and signs off a title.
pub fn split(text: &str, lexicon: &Lexicon) -> Split {
    let text = text.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '(' | ')' | '"' | '“' | '”' | '½' | '″')
    });
    // Names stand at the start, however long the paragraph is.
    let tokens = tokens(beginning(text, 600), lexicon);
    if let Some(rest) = behind_counter(text, &tokens, lexicon).and_then(|at| text.get(at..)) {
        let parts = split(rest, lexicon);
        let named = traits(&parts.name, lexicon).name;
        return Split { numbered: parts.numbered || named, ..parts };
    }
    let (from, numbered) = after_ordinal(&tokens, lexicon);
    if let Some(split) = only_number(text, &tokens, from, lexicon) {
        return split;
    }
    let Some(first) = tokens.get(from) else {
        return Split { name: String::new(), rest: String::new(), numbered, counted: false };
    };
    let body = tokens.get(from..).unwrap_or(&[]);
    let start = first.start;
    let found = amounts(body);
    if let Some(split) = behind_dose(text, body, &found, numbered, lexicon) {
        return split;
    }
    let parted = separator(text, body, lexicon).unwrap_or((text.len(), text.len()));
    let places = [
        long_remark(text, body, lexicon),
        beginning_later(body),
        behind_name(text, body, lexicon),
        load(body),
        amounts_behind(body, &found),
    ];
    // The first of them ends the name.
    let (mut cut, mut rest_at) = places
        .into_iter()
        .flatten()
        .fold(parted, |first, other| if other.0 < first.0 { other } else { first });
    // "Lateral lunges each side"
    let named: Vec<&Token<'_>> = body.iter().take_while(|t| t.start < cut).collect();
    if let [_, .., each, side] = named.as_slice()
        && each.is(tag::EACH)
        && side.is(tag::SIDE)
    {
        (cut, rest_at) = (each.start, each.start);
    }
    let name = text.get(start..cut).unwrap_or("");
    let rest = text.get(rest_at..).unwrap_or("").trim_start_matches([',', ';', ' ']).trim();
    Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered, counted: false }
}

/// Where a name ends and where what follows it begins, in bytes.
type Cut = (usize, usize);

/// "Head lift (not in the first weeks after the operation)": so long a remark is no part of the name.
fn long_remark(text: &str, body: &[Token<'_>], lexicon: &Lexicon) -> Option<Cut> {
    body.last().filter(|t| t.kind == Kind::Close)?;
    let open = body.iter().skip(1).position(|t| t.kind == Kind::Open)? + 1;
    let words = body.iter().skip(open).filter(|t| matches!(t.kind, Kind::Word | Kind::Number)).count();
    let place = body.get(open)?.start;
    let seen = traits(text.get(first_start(body)..place).unwrap_or(""), lexicon);
    (words > 4 && (seen.verb.is_none() || seen.last_is_name)).then_some((place, place))
}

/// "Seated heel raises (after week 4), 3 x 15": from when on is no part of the name.
fn beginning_later(body: &[Token<'_>]) -> Option<Cut> {
    let open = body.iter().skip(1).position(|t| t.kind == Kind::Open)? + 1;
    let inside = body.iter().skip(open + 1).take_while(|t| t.kind != Kind::Close);
    let place = body.get(open)?.start;
    let period = |t: &Token<'_>| t.is(tag::PERIOD) && !t.is(tag::SESSION | tag::SIDE);
    let inside: Vec<&Token<'_>> = inside.take(4).collect();
    // "(no weight until week 6)" tells how it is done.
    (inside.len() <= 3 && inside.into_iter().any(period)).then_some((place, place))
}

/// "Kettlebell swings @ 15 lbs"
fn load(body: &[Token<'_>]) -> Option<Cut> {
    body.iter().skip(1).find(|t| t.text == "@").map(|t| (t.start, t.start))
}

/// Amounts behind the name: "Bridge – hold 10 s", "Clamshells 2 x 15".
fn amounts_behind(body: &[Token<'_>], found: &[Amount]) -> Option<Cut> {
    let amount = found.iter().find(|a| {
        counts_moves(body, a)
            || matches!(a.what, What::Time | What::Times | What::Sets | What::Breaths | What::Frequency)
    })?;
    let mut at = amount.from;
    // "Warm up – 5 minutes" and "Squat hold: 1 minute", but "Squats up to 10 times".
    let mut parted = false;
    while let Some(before) = at.checked_sub(1).and_then(|at| body.get(at)) {
        let part = before.kind != Kind::Word
            || before.is(tag::HOLD | tag::REPEAT | tag::ABOUT) && at > 1 && !parted
            || before.is(tag::FOR)
            || before.is(tag::DO)
            || before.is(tag::SETS | tag::REPS);
        // "Cobra (Bhujangasana) – 2 minutes": what is in brackets before the amounts is part of the name, and so is "sets" in
        // "Quad sets – 10 times".
        let closed = before.kind == Kind::Close && !closes_manner(body.get(..at).unwrap_or(&[]));
        let sets =
            parted && before.is(tag::SETS) && at > 1 && body.get(at - 2).is_some_and(|t| t.is(tag::PART));
        if !part || closed || sets || before.kind == Kind::Number {
            break;
        }
        at -= 1;
        parted |= before.kind != Kind::Word;
        // "Warm up (5 minutes)": what stands before the bracket is all name.
        if before.kind == Kind::Open {
            break;
        }
    }
    // "The 5-minute reset"
    let empty = body.get(..at)?.iter().all(|t| t.is(tag::DEFINITE | tag::INDEFINITE | tag::POSSESSIVE));
    let place = body.get(at).filter(|_| at > 0 && !empty)?.start;
    Some((place, place))
}

/// "Monster walks 10 steps each way", "Leg swings, 15 each leg", "Side steps 10 steps left"
fn counts_moves(body: &[Token<'_>], amount: &Amount) -> bool {
    let after = body.get(amount.to);
    let second = body.get(amount.to + 1);
    let each = |t: Option<&Token<'_>>| t.is_some_and(|t| t.is(tag::EACH) || t.kind == Kind::Cross);
    let mut before = body.get(..amount.from).unwrap_or(&[]).iter().rev();
    let named = amount.from > 1 && before.find(|t| t.kind != Kind::Comma).is_some_and(|t| t.is(tag::NAME));
    let way = named
        && after.is_some_and(|t| t.is(tag::NAME))
        && second.is_some_and(|t| t.is(tag::LEFT | tag::RIGHT | tag::TURN));
    let inside = amount.from.checked_sub(1).and_then(|at| body.get(at)).is_some_and(|t| t.text == "(");
    // "Bird dog 8/side"
    let slashed = after.is_some_and(|t| t.kind == Kind::Slash) && second.is_some_and(|t| t.is(tag::SIDE));
    // "(50 side)", "(8 total)", "(5, light weight)"
    let told = |t: &Token<'_>| t.is(tag::SIDE | tag::TOTAL) || t.kind == Kind::Comma;
    let sided = inside && after.is_some_and(told) || slashed;
    amount.what == What::Bare && amount.from > 0 && (each(after) || each(second) || way || sided)
}

/// Whether the brackets at the end only say in which manner: "Calf raise (slowly)".
fn closes_manner(words: &[Token<'_>]) -> bool {
    let inside = words.iter().rev().skip(1).take_while(|t| t.kind != Kind::Open);
    inside.take(4).all(|t| t.is(tag::ADVERB))
}

/// "Stretch 1: Interlace your fingers, …": the number is all the name there is.
pub fn only_number(text: &str, tokens: &[Token<'_>], from: usize, lexicon: &Lexicon) -> Option<Split> {
    let kind = tokens.first().filter(|t| lexicon.language.ordinal_words.iter().any(|word| t.says(word)))?;
    let first = tokens.get(from).filter(|_| (2..=4).contains(&from))?;
    let rest = text.get(first.start..)?;
    let sentence = token::sentences(rest, lexicon).into_iter().next()?;
    let words = tokens.get(from..)?.iter().take_while(|t| t.start < first.start + sentence.end);
    let words: Vec<Token<'_>> = words.copied().collect();
    // "Exercise 1: Shoulder circles – roll them …" has a name.
    let parted = separator(rest, &words, lexicon).is_some();
    let told = instruction(&words).is_some() && words.len() > 5 && !parted;
    let name = text.get(kind.start..tokens.get(from - 1)?.start)?;
    told.then(|| Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered: true, counted: false })
}

/// "10 reps – Chin tucks", "30 seconds per side: side bend": the amounts stand before the name.
fn behind_dose(
    text: &str,
    body: &[Token<'_>],
    found: &[Amount],
    numbered: bool,
    lexicon: &Lexicon,
) -> Option<Split> {
    let first = found
        .first()
        .filter(|a| a.from == 0 && a.what != What::Other && a.what != What::Frequency && a.low > 0)?;
    let mut at = first.to;
    // "5 each way", "2 x 8", "30 sec hold per side"
    while let Some(token) = body.get(at) {
        let inside = found.iter().any(|a| (a.from..a.to).contains(&at));
        // "5 each leg – …", but "10 heel raises" begins with a limb.
        let before = at.checked_sub(1).and_then(|at| body.get(at));
        let sided = token.is(tag::SIDE) && before.is_some_and(|t| t.is(tag::EACH | tag::PER | tag::BOTH));
        let dosed = inside
            || sided
            || token.is(tag::EACH | tag::PER | tag::HOLD | tag::SETS | tag::REPS | tag::BOTH)
            || matches!(token.kind, Kind::Cross | Kind::Comma | Kind::Slash)
            || token.is(tag::OF)
            || token.is(tag::ON);
        if !dosed || token.kind == Kind::Colon {
            break;
        }
        at += 1;
    }
    let parted = body
        .get(at)
        .is_some_and(|t| t.kind == Kind::Colon || t.kind == Kind::Dash && (!t.close || t.text == "—"));
    let start = body.get(at + usize::from(parted))?.start;
    let dose = text.get(first_start(body)..body.get(at)?.start)?.trim();
    let after = split(text.get(start..)?, lexicon);
    // "40 s on, 20 s off", "20 minutes full body workout"
    let words = tokens(&after.name, lexicon);
    if words.first().is_some_and(|t| t.is(tag::ON | tag::OFF)) || words.iter().any(|t| t.is(tag::ROUTINE)) {
        return None;
    }
    let seen = traits(&after.name, lexicon);
    let named = seen.name && !seen.you && !seen.function && seen.words <= 5;
    // Without a sign between them, only what is certainly a name is one: "10 chin tucks", not "10 minutes before bed".
    let fits = if parted {
        (1..=LONGEST).contains(&seen.words)
            && (seen.name || seen.verb.is_none())
            && !seen.you
            && !seen.function
    } else {
        let joined = body.get(at).is_some_and(|t| t.close || t.kind == Kind::Dash);
        let digits = body.first().is_some_and(|t| t.kind == Kind::Number);
        // "3x5-8 Row progression" can hardly be anything else.
        let sure = seen.last_is_name || first.what == What::Sets;
        // "5 stretch circuit: 2 rounds" says how many there are.
        let many = first.what == What::Bare && lexicon.is_several(text);
        named && sure && digits && !joined && !many && !lexicon.is_several(&after.name)
    };
    // By itself the number would say nothing.
    let alone = first.what == What::Bare && first.to == at;
    let dose = if alone { format!("{dose}x") } else { format!("{dose}.") };
    fits.then(|| Split {
        name: after.name,
        rest: format!("{dose} {}", after.rest).trim().to_owned(),
        numbered: numbered || first.what == What::Sets,
        counted: !parted,
    })
}

fn first_start(body: &[Token<'_>]) -> usize {
    body.first().map_or(0, |token| token.start)
}

/// Behind "Exercise #3:", "Upper back exercise 3 –", "Slide 2 of 5".
pub fn after_ordinal(tokens: &[Token<'_>], lexicon: &Lexicon) -> (usize, bool) {
    // "3. Bridge", "#3 Bridge"
    let number = tokens.iter().position(|t| t.kind != Kind::Other).unwrap_or(0);
    if let [first, sign, _, ..] = tokens.get(number..).unwrap_or(&[])
        && first.kind == Kind::Number
        && first.number.fract() == 0.0
        && (matches!(sign.text, "." | ")" | ":") && sign.close
            || matches!(sign.kind, Kind::Dash) && !sign.close
            || number > 0)
    {
        return (number + 1 + usize::from(sign.kind != Kind::Word), true);
    }
    // "A1. Rows", "C) Plank": letters count, too.
    if let Some(first) = tokens.first().filter(|t| t.text.len() == 1 && ("A"..="H").contains(&t.text)) {
        let digit = usize::from(tokens.get(1).is_some_and(|t| t.kind == Kind::Number && t.close));
        let sign = tokens.get(1 + digit);
        let stop = sign.is_some_and(|t| matches!(t.text, "." | ")" | ":") && t.close);
        let dash = digit > 0 && sign.is_some_and(|t| t.kind == Kind::Dash && !t.close);
        let follows = tokens.get(2 + digit).is_some_and(|t| !t.close && t.kind == Kind::Word);
        if first.kind == Kind::Word && (stop || dash) && follows {
            return (2 + digit, true);
        }
    }
    // "Core countdown #4: Side plank"
    for (at, sign) in tokens.iter().enumerate().take(8) {
        let number = tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Number && t.number.fract() == 0.0);
        let parted = tokens.get(at + 2).is_some_and(|t| matches!(t.kind, Kind::Colon | Kind::Dash));
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
        let counted = number.kind == Kind::Number && number.number.fract() == 0.0 || number.is(tag::NUMBER);
        // "Stretch A", but not "stretch w/ strap".
        let slashed = tokens.get(next + 1).is_some_and(|t| t.kind == Kind::Slash);
        let letter =
            number.text.len() == 1 && number.text.starts_with(|c: char| c.is_ascii_uppercase()) && !slashed;
        if !counted && !letter {
            continue;
        }
        next += 1;
        if tokens.get(next).is_some_and(|t| t.is(tag::OF) || t.text == "/")
            && tokens.get(next + 1).is_some_and(|t| t.number > 0.0)
        {
            next += 2;
        }
        let Some(after) = tokens.get(next) else { return (next, true) };
        let parted = after.kind != Kind::Word;
        if parted && !matches!(after.kind, Kind::Number | Kind::Cross) {
            while tokens.get(next).is_some_and(|t| t.kind != Kind::Word && t.kind != Kind::Number) {
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

/// Without signs around it and "the" before it, and not in capitals.
pub fn tidy(name: &str, lexicon: &Lexicon) -> String {
    let mut name =
        name.trim().trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '½')).trim();
    if name.matches('(').count() > name.matches(')').count() {
        name = name.rsplit_once('(').map_or(name, |(before, _)| before.trim());
    }
    if let Some((first, rest)) = name.split_once(' ')
        && lexicon.language.name_articles.iter().any(|article| first.eq_ignore_ascii_case(article))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn parted(text: &str) -> (String, String) {
        let split = split(text, english_lexicon());
        (split.name, split.rest)
    }

    fn both(name: &str, rest: &str) -> (String, String) {
        (name.to_owned(), rest.to_owned())
    }

    #[test]
    fn numbers_before_and_amounts_behind_are_taken_off() {
        assert_eq!(parted("Exercise #3: The Bridge"), both("Bridge", ""));
        assert_eq!(parted("Bridge pose – hold 10 s"), both("Bridge pose", "hold 10 s"));
        assert_eq!(parted("Clamshells 2x15 each side"), both("Clamshells", "2x15 each side"));
        assert_eq!(parted("WALL SLIDES"), both("Wall slides", ""));
    }

    #[test]
    fn amounts_may_stand_before_the_name() {
        assert_eq!(parted("10 reps – Chin tucks"), both("Chin tucks", "10 reps."));
        assert_eq!(parted("10 chin tucks"), both("Chin tucks", "10x"));
        assert_eq!(parted("10 heel raises"), both("Heel raises", "10x"));
        // But a number can be part of the name.
        assert_eq!(parted("One leg stand"), both("One leg stand", ""));
        assert_eq!(parted("Five-minute desk stretches").0, "Five-minute desk stretches");
    }
}
