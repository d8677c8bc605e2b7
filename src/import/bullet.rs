//! Bullets and numbers in front of lines: "3.", "(3)", "①", "a)", "•", and the digits of emoji.

use super::block::{Block, Kind};

/// Takes the number or bullet from the text of a block that has none yet: pages write "1." and "•" themselves, too.
pub fn bare_item(block: &mut Block) {
    let strip = |block: &mut Block, rest: String, kind: Option<Kind>| {
        block.bold = block.bold.saturating_sub(block.text.len() - rest.len());
        block.text = rest;
        if let Some(kind) = kind {
            block.kind = kind;
        }
    };
    match block.kind {
        Kind::Paragraph | Kind::Item { ordinal: None, .. } => {
            if let Some((ordinal, rest)) = numbered(&block.text) {
                let (rest, item) =
                    (rest.to_owned(), Kind::Item { ordinal: Some(ordinal), depth: 1, mark: '1' });
                strip(block, rest, Some(item));
            } else if let Some((mark, rest)) = bulleted(&block.text) {
                let item = Kind::Item { ordinal: None, depth: 1, mark };
                let kind = (block.kind == Kind::Paragraph).then_some(item);
                strip(block, rest.to_owned(), kind);
            }
        }
        _ => {}
    }
}

/// `3.`, `3)`, `(3)`, `#3`, `3 -`, and the digits of emoji.
pub fn numbered(line: &str) -> Option<(u32, &str)> {
    if let Some(signed) = lettered(line).or_else(|| circled(line)) {
        return Some(signed);
    }
    let open = line.strip_prefix(['(', '#']).unwrap_or(line);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (number, rest) = open.split_at(digits);
    // "2b. Hip abduction"
    let lettered = rest.starts_with(|c: char| c.is_ascii_lowercase())
        && rest.get(1..).is_some_and(|rest| rest.starts_with(['.', ')']));
    let rest = if lettered { rest.get(1..).unwrap_or(rest) } else { rest };
    let rest = rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    let keycap = open.get(digits..).is_some_and(|after| after.starts_with(['\u{fe0f}', '\u{20e3}']));
    // What is left of a numbered circle: "2Heel raise".
    let mut letters = rest.chars();
    let glued =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    if glued && rest.contains(' ') && open.len() == line.len() {
        return number.parse().ok().map(|number| (number, rest));
    }
    // A comma, as the reading of a scanned page makes of a stop: "5, QUAD SET".
    let shouted =
        |rest: &str| rest.strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    // "2:15 Chin tucks" tells where in a film.
    if rest.starts_with(':')
        && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let stop = rest.strip_prefix(['.', ')', ':']).or(rest.strip_prefix(',').filter(|_| shouted(rest)));
    let after = stop.or_else(|| {
        let dashed = [" - ", " – ", " — "].iter().find_map(|dash| rest.strip_prefix(dash));
        dashed.or(if keycap || open.len() < line.len() { Some(rest) } else { None })
    })?;
    // "1.5 minutes" is no number of an item.
    let spaced =
        after.starts_with(char::is_whitespace) || after.chars().next().is_some_and(char::is_alphabetic);
    let text = after.trim_start();
    (spaced && !text.is_empty()).then(|| number.parse().ok().map(|number| (number, text)))?
}

/// `①` and `❶`: numbers that are one sign (Unicode, Enclosed Alphanumerics and Dingbats).
fn circled(line: &str) -> Option<(u32, &str)> {
    let first = line.chars().next()?;
    let one = ['①', '⑴', '⒈', '⓵', '❶', '➀', '➊'].into_iter().find(|one| {
        let last = if matches!(one, '①' | '⑴' | '⒈') { 20 } else { 10 };
        (u32::from(*one)..u32::from(*one) + last).contains(&u32::from(first))
    })?;
    let rest = line.get(first.len_utf8()..)?.trim_start_matches(['.', ')', ':']).trim_start();
    (!rest.is_empty()).then_some((u32::from(first) - u32::from(one) + 1, rest))
}

/// `A.` and `b)`: the steps of one exercise, or exercises.
fn lettered(line: &str) -> Option<(u32, &str)> {
    let first = line.bytes().next().filter(u8::is_ascii_alphabetic)?.to_ascii_lowercase();
    let number = u32::from(first - b'a') + 1;
    let rest = line.get(1..)?.strip_prefix(['.', ')'])?;
    // Later letters are initials rather than numbers.
    (number <= 10 && rest.starts_with(' ')).then(|| (number, rest.trim_start()))
}

/// Any sign that is no letter, digit, quotation mark or bracket, and a lone `o`.
pub fn bulleted(line: &str) -> Option<(char, &str)> {
    let first = line.chars().next()?;
    let lone_o = matches!(first, 'o') && line.starts_with("o ");
    let sign = !first.is_alphanumeric()
        && !matches!(first, '"' | '“' | '‘' | '\'' | '(' | '[' | '$' | '£' | '@' | '<' | '½' | '¼' | '¾');
    if !sign && !lone_o {
        return None;
    }
    let rest = if lone_o { line.get(1..).unwrap_or("") } else { line };
    let rest =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '(' | '[' | '½'));
    (!rest.is_empty()).then_some((first, rest))
}
