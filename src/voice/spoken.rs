//! Written English -> the words a person would say, for every voice: "2×10 s/side" -> "two times ten seconds per side".
//!
//! Text that is already words passes through, so saying it twice changes nothing.

mod amounts;
mod quantity;
mod tables;
#[cfg(test)]
mod tests;
mod units;

use amounts::{amount, per};
use tables::{ABBREVIATIONS, BEFORE_NUMBER, DOMAINS, FRACTIONS, PAUSE, SIGNS, TITLES};

/// Passes after which the text is taken as it is: some replacements uncover others, such as a number in an address.
const PASSES: usize = 6;

/// The words to say for a text. Never fails: what has no name is left out.
pub fn spoken(text: &str) -> String {
    let mut said = tidy(&pass(text));
    for _ in 1..PASSES {
        let again = tidy(&pass(&said));
        if again == said {
            break;
        }
        said = again;
    }
    said
}

fn pass(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (words, length) = step(text, at, c, &out);
        out.push_str(&words);
        at += length.max(1);
    }
    out
}

/// What is said at one place of a text, and the bytes it stands for.
fn step(text: &str, at: usize, c: char, out: &str) -> (String, usize) {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let starts = !before.is_some_and(char::is_alphanumeric);
    let number = |c: char| c.is_ascii_digit() || FRACTIONS.iter().any(|(sign, ..)| *sign == c);
    if starts && c.is_alphanumeric() || number(c) || "$€£.".contains(c) {
        // Once a chunk: an address is scanned to its end.
        let opens = before.is_none_or(|b| b.is_whitespace() || "()<>\"“”".contains(b));
        let address_here = if opens { address(rest) } else { None };
        let found = address_here.or_else(|| starts.then(|| abbreviation(rest)).flatten());
        let amount_here = || (c != '.' || starts).then(|| amount(rest)).flatten();
        if let Some((mut words, mut length)) = found.or_else(amount_here) {
            if rest[..length].ends_with('"') && out.matches('"').count() % 2 == 1 {
                // The end of a quotation, no inches.
                (words, length) = amount(&rest[..length - 1]).unwrap_or((words, length));
            }
            return (spaced(out, &words, &rest[length..]), length);
        }
        if starts && matches!(c, 'x' | 'X') && rest[1..].trim_start().starts_with(number) {
            return (times(out).into(), 1);
        }
    }
    if starts {
        let sign = BEFORE_NUMBER.iter().find(|(sign, _)| {
            rest.strip_prefix(sign).is_some_and(|tail| {
                let tail = if "-−+#".contains(sign) { tail } else { tail.trim_start() };
                tail.starts_with(number)
            })
        });
        if let Some((sign, name)) = sign {
            let name = if *sign == "×" { times(out) } else { name };
            return (spaced(out, name, ""), sign.len());
        }
    }
    sign(text, at, c)
}

/// The sign in "3 sets × 10", "squats × 10".
fn times(out: &str) -> &'static str {
    let said = out.trim_end();
    if said.ends_with("sets") || said.ends_with("rounds") { "of " } else { "times " }
}

/// Marks, signs and plain letters.
fn sign(text: &str, at: usize, c: char) -> (String, usize) {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let after = rest[c.len_utf8()..].chars().next();
    let letters = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
    let apart = |c: char| c.is_whitespace() || c == '-';
    let dots = rest.len() - rest.trim_start_matches('.').len();
    let mut tail = rest.chars().skip(1);
    // "T1-T12", levels of the spine.
    let spinal = before.is_some_and(|b| b.is_ascii_digit())
        && tail.next().is_some_and(|c| c.is_ascii_uppercase())
        && tail.next().is_some_and(|c| c.is_ascii_digit());
    let said = match c {
        '.' if dots > 1 => return ("…".into(), dots),
        '–' | '-' if spinal => " to ",
        '–' | '-'
            if letters
                || c == '-'
                    && after.is_some_and(char::is_alphanumeric)
                    && before.is_some_and(char::is_alphanumeric) =>
        {
            "-"
        }
        '–' => PAUSE,
        // A dash between spaces or a double one is a pause, "one- or two-sided" is not.
        '-' if before.is_none_or(apart) && after.is_none_or(apart) => PAUSE,
        '/' if before == Some('-') => " or ",
        '/' if letters && per(rest).is_some() && before == Some('s') => " per ",
        '/' if letters => " or ",
        '/' if before.is_some_and(char::is_whitespace) => PAUSE,
        '\n' | '\r' => " \n",
        _ if c.is_alphanumeric() && !c.is_numeric()
            || ('\u{300}'..'\u{370}').contains(&c)
            || c.is_ascii_digit() =>
        {
            return (c.into(), c.len_utf8());
        }
        _ if ".,;:!?…'\"()".contains(c) => return (c.into(), c.len_utf8()),
        _ => SIGNS.iter().find(|(sign, _)| *sign == c).map_or(" ", |(_, name)| name),
    };
    (said.into(), c.len_utf8())
}

/// Keeps words apart from the letters around them.
fn spaced(out: &str, words: &str, after: &str) -> String {
    let front = if out.ends_with(char::is_alphanumeric) { " " } else { "" };
    let back = if words.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric) {
        " "
    } else {
        ""
    };
    format!("{front}{words}{back}")
}

/// The meaning of the abbreviation that a text begins with.
fn abbreviation(rest: &str) -> Option<(String, usize)> {
    let (written, said) = ABBREVIATIONS.iter().find(|(written, _)| {
        let Some((start, tail)) = rest.split_at_checked(written.len()) else {
            return false;
        };
        let exact = written.chars().any(char::is_uppercase);
        let same = if exact { start == *written } else { start.eq_ignore_ascii_case(written) };
        let word = written.ends_with(char::is_alphanumeric);
        same && !(word && tail.starts_with(|c: char| c.is_alphanumeric() || c == '\''))
    })?;
    let tail = &rest[written.len()..];
    let next = tail.trim_start();
    if *written == "no." {
        // "No. 3" is a number, "no." an answer.
        return next.starts_with(|c: char| c.is_ascii_digit()).then(|| ("number ".into(), written.len()));
    }
    let sentence_ends = next.is_empty() || tail != next && next.starts_with(char::is_uppercase);
    let stop = written.ends_with('.') && !said.ends_with('.') && sentence_ends && !TITLES.contains(written);
    let space = if !stop && next.starts_with(char::is_alphanumeric) && tail == next { " " } else { "" };
    Some((format!("{said}{}{space}", if stop { "." } else { "" }), written.len()))
}

/// The web or mail address that a text begins with: only its name is worth saying.
fn address(rest: &str) -> Option<(String, usize)> {
    let chunk =
        &rest[..rest.find(|c: char| c.is_whitespace() || "()<>\"“”".contains(c)).unwrap_or(rest.len())];
    let chunk = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let bare = chunk.split_once("://").map_or(chunk, |(scheme, tail)| {
        if scheme.chars().all(|c| c.is_ascii_alphabetic()) { tail } else { "" }
    });
    let home = bare.strip_prefix("www.").unwrap_or(bare);
    let name = home[..home.find(['/', '?', '#', ':']).unwrap_or(home.len())].trim_end_matches('.');
    let labels: Vec<&str> = name.split(['.', '@']).collect();
    let plain =
        labels.iter().all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)));
    let marked = home.len() < chunk.len();
    let domain = labels.len() > 1 && labels.last().is_some_and(|l| DOMAINS.contains(l));
    (plain && (domain || marked)).then(|| {
        let said = name.replace('.', " dot ").replace('@', " at ").replace(['-', '_'], " dash ");
        (said, chunk.len())
    })
}

/// Settles white space and punctuation: single spaces, no mark twice, a comma for a pause that has none.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pause = false;
    let mut space = false;
    for c in text.chars() {
        let last = out.chars().next_back();
        match c {
            '\u{1}' => pause = true,
            '\n' if last.is_some_and(char::is_alphanumeric) => pause = true,
            _ if c.is_whitespace() || c.is_control() => space = true,
            ',' | ';' | ':' | '.' | '!' | '?' | '…' => {
                let settled = last.is_none_or(|l| l == '(' || l == c || c == ',' && (l == ';' || l == ':'));
                if settled {
                    space = true;
                    continue;
                }
                if last == Some(',') && c != ',' {
                    out.pop();
                }
                out.push(c);
                (pause, space) = (false, false);
            }
            _ => {
                let heard = last.is_some_and(|l| l != '(');
                if pause && heard && c != ')' && !last.is_some_and(|l| ",;:.!?…".contains(l)) {
                    out.push(',');
                    space = true;
                }
                if (space || pause) && heard && c != ')' {
                    out.push(' ');
                }
                (pause, space) = (false, false);
                out.push(c);
            }
        }
    }
    while out.ends_with([',', ' ']) {
        out.pop();
    }
    out
}
