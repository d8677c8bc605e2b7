//! Labels: lines that announce what stands behind them, such as "How to do it:" and "Reps".

use super::lexicon::{Lexicon, Role, plain, tag};
use super::token::{self, Token, beginning, tokens};

/// What the line announces, if it is nothing but a label: "How to do it:", "Benefits".
pub fn label(text: &str, lexicon: &Lexicon) -> Option<Role> {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    let whole = plain(text);
    let step = whole.split_once(' ').is_some_and(|(first, number)| {
        lexicon.language.step_words.contains(&first) && number.bytes().all(|b| b.is_ascii_digit())
    });
    if step {
        return Some(Role::HowTo);
    }
    lexicon.label(text).or_else(|| amounts_label(text, lexicon))
}

/// What a heading below the name of an exercise announces; it may name that exercise again, or point to it: "How to perform
/// the bridge", "Here is how you do this exercise".
pub fn heading_label(text: &str, name: &str, lexicon: &Lexicon) -> Option<Role> {
    // "The movement (second half)"
    let outside =
        text.split_once(" (").filter(|(_, rest)| rest.ends_with(')')).map_or(text, |(text, _)| text);
    let article =
        |word: &str| lexicon.language.name_articles.iter().any(|known| word.eq_ignore_ascii_case(known));
    let outside =
        outside.split_once(' ').filter(|(first, _)| article(first)).map_or(outside, |(_, rest)| rest);
    label(outside, lexicon).or_else(|| {
        let parts = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
            words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
        };
        let (all, name) = (parts(beginning(text, 90)), parts(name));
        let pointing = lexicon.language.heading_pointers;
        let kept = |word: &&String| !name.contains(word) && !pointing.contains(&word.as_str());
        let rest: Vec<&str> = all.iter().filter(kept).map(String::as_str).collect();
        let shorter = !rest.is_empty() && rest.len() < all.len() && text.len() <= 90;
        lexicon.label(&rest.join(" ")).filter(|role| shorter && *role == Role::HowTo)
    })
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
            || t.is(tag::LABELLING)
    };
    let has = |tags| words.iter().any(|t| t.is(tags));
    let hold = words.iter().any(|t| t.is(tag::HOLD_NOUN));
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
    // Most lines have none of these.
    let parted = start.bytes().any(|b| matches!(b, b':' | b'=' | b'-' | 0xe2)) || start.contains("   ");
    // The last is the column of a form: "Repetitions     2 sets of 10".
    for sign in [":", " – ", " - ", " — ", " = ", "   "].into_iter().filter(|_| parted) {
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

/// The label that stands in a column to the right, with its amount on the next line: "Towel curls      Repetitions".
pub fn column_label<'t>(line: &'t str, lexicon: &Lexicon) -> Option<&'t str> {
    let (_, last) = line.rsplit_once("   ").filter(|(name, _)| name.contains(char::is_alphabetic))?;
    is_amount_label(last, lexicon).then(|| last.trim())
}

/// "Repetitions", "Sets", "How often"
pub fn is_amount_label(text: &str, lexicon: &Lexicon) -> bool {
    let amounts = [Role::Reps, Role::Sets, Role::Hold, Role::Duration, Role::Frequency];
    label(text, lexicon).is_some_and(|role| amounts.contains(&role))
}
