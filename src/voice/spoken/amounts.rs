//! Numbers of a text with what belongs to them: ranges, sets, fractions, clock times, units.

use super::quantity::{Form, Quantity, quantity, run, written_part};
use super::tables::{CURRENCIES, PER};
use super::units::{self, Kind, article};
use crate::number::{cardinal, ordinal, whole};

/// Words for the amount that a text begins with, and the bytes it takes.
pub fn amount(rest: &str) -> Option<(String, usize)> {
    if let Some((_, one, many)) = CURRENCIES.iter().find(|(sign, ..)| rest.starts_with(*sign)) {
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let money = quantity(&rest[sign..])?;
        let name = if money.words == "one" { one } else { many };
        return Some((format!("{} {name}", money.words), sign + money.length));
    }
    if let Some(found) = clock(rest).or_else(|| chain(rest)).or_else(|| out_of(rest)) {
        return Some(found);
    }
    let first = quantity(rest)?;
    if first.form == Form::Whole {
        if let Some(length) = suffix(&rest[first.length..], &["st", "nd", "rd", "th"]) {
            let n = rest[..first.length].replace(',', "").parse().ok()?;
            return Some((ordinal(n), first.length + length));
        }
        if let Some((word, length)) = half_of_day(&rest[first.length..]) {
            return Some((format!("{} {word}", first.words), first.length + length));
        }
    }
    let mut words = first.words.clone();
    let mut length = first.length;
    let mut last = first;
    while let Some((joint, second)) = joint(&rest[length..]) {
        let kind = units::find(&rest[length + joint.length + second.length..]).map(|found| found.unit.kind);
        words = format!("{words} {} {}", joint.name(kind), second.words);
        length += joint.length + second.length;
        last = second;
    }
    let (words, more) = with_unit(words, &last, &rest[length..]);
    length += more;
    let per = per(&rest[length..]).map(|(noun, more)| (format!("{words} per {noun}"), length + more));
    Some(per.unwrap_or((words, length)))
}

/// "ten" + "s" -> "ten seconds".
fn with_unit(words: String, last: &Quantity, rest: &str) -> (String, usize) {
    let alone = words == last.words;
    if let Some(length) = suffix(rest, &["x", "X", "×"]) {
        let times = match words.as_str() {
            "one" => "once".into(),
            "two" => "twice".into(),
            _ => format!("{words} times"),
        };
        return (times, length);
    }
    if rest.starts_with('+') && !rest[1..].starts_with(|c: char| c.is_alphanumeric()) {
        return (words + " plus", 1);
    }
    let Some(found) = units::find(rest) else {
        return duration(&words, rest).unwrap_or((words, 0));
    };
    let unit = found.unit;
    let said = match last.form {
        _ if found.quality && rest.starts_with(['-', '‑']) => format!("{words}-{}", unit.one),
        _ if found.quality => format!("{words} {}", unit.one),
        _ if unit.one == unit.many => format!("{words} {}", unit.one),
        Form::Part(1, 2) if alone => format!("half {} {}", article(unit), unit.one),
        Form::Part(..) if alone => format!("{words} of {} {}", article(unit), unit.one),
        _ if last.words == "one" => format!("{words} {}", unit.one),
        _ => format!("{words} {}", unit.many),
    };
    (said, found.length)
}

/// "2m30s", "1h30", "5'10\"": between two numbers a letter is the larger of two units.
fn duration(words: &str, rest: &str) -> Option<(String, usize)> {
    let larger = [
        ("h", "hour", "hours"),
        ("min", "minute", "minutes"),
        ("m", "minute", "minutes"),
        ("'", "foot", "feet"),
    ];
    let digits = |written: &str| rest.strip_prefix(written).map_or(0, run);
    let (written, one, many) = larger.into_iter().find(|(written, ..)| digits(written) > 0)?;
    let said = format!("{words} {}", if words == "one" { one } else { many });
    let length = written.len() + digits(written);
    if written == "h" && suffix(&rest[length..], &["m"]).is_some() {
        let minutes = whole(&rest[written.len()..length]);
        return Some((format!("{said} {minutes} minutes"), length + 1));
    }
    Some((said + " ", written.len()))
}

/// What joins two numbers.
struct Joint {
    length: usize,
    times: bool,
}

impl Joint {
    /// A therapist's "3 × 12" is three sets of twelve; with seconds it is a number of holds, with a length an area.
    fn name(&self, kind: Option<Kind>) -> &'static str {
        match kind {
            _ if !self.times => "to",
            Some(Kind::Time) => "times",
            Some(Kind::Length) => "by",
            _ => "sets of",
        }
    }
}

/// "-10" of "8-10", " x 12" of "3 x 12".
fn joint(rest: &str) -> Option<(Joint, Quantity)> {
    let inner = rest.trim_start_matches([' ', '\u{a0}']);
    let sign = inner.chars().next()?;
    let times = matches!(sign, 'x' | 'X' | '×');
    if !times && !matches!(sign, '-' | '–' | '—' | '‑' | '−') {
        return None;
    }
    let tail = inner[sign.len_utf8()..].trim_start_matches([' ', '\u{a0}']);
    let second = quantity(tail)?;
    Some((Joint { length: rest.len() - tail.len(), times }, second))
}

/// "7/10" on a scale: seven out of ten.
fn out_of(rest: &str) -> Option<(String, usize)> {
    let n = run(rest);
    let below = rest[n..].strip_prefix('/')?;
    let d = run(below);
    if n == 0 || d == 0 || written_part(rest).is_some() {
        return None;
    }
    let (top, bottom) = (&rest[..n], &below[..d]);
    let name = match (top.parse::<u64>(), bottom.parse::<u64>()) {
        (Ok(24), Ok(7)) => "",
        (Ok(top), Ok(bottom)) if top > bottom => " over",
        _ => " out of",
    };
    Some((format!("{}{name} {}", whole(top), whole(bottom)), n + 1 + d))
}

/// Three and more numbers in a row ("3-1-3", "1.2.3", "2025-10-12"): one after another.
fn chain(rest: &str) -> Option<(String, usize)> {
    let mut words = Vec::new();
    let mut length = 0;
    let mut mark = None;
    loop {
        let n = run(&rest[length..]);
        if n == 0 {
            return None;
        }
        words.push(whole(&rest[length..length + n]));
        length += n;
        let next =
            rest[length..].chars().next().filter(|c| "-/.:–".contains(*c) && mark.is_none_or(|m| m == *c));
        let next = next.filter(|c| rest[length + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit()));
        let Some(next) = next else { break };
        mark = Some(next);
        length += next.len_utf8();
    }
    (words.len() > 2).then(|| (words.join(" "), length))
}

/// "7:30", "14:05", "1:30 min"; "2:1" is a ratio.
fn clock(rest: &str) -> Option<(String, usize)> {
    let n = run(rest);
    let after = rest[n..].strip_prefix(':')?;
    let m = run(after);
    let tail = &after[m..];
    let more = tail.strip_prefix(':').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    if n == 0 || m == 0 || more {
        return None;
    }
    let (hours, minutes): (u64, u64) = (rest[..n].parse().ok()?, after[..m].parse().ok()?);
    let length = n + 1 + m;
    if m != 2 || minutes > 59 || n > 2 {
        return Some((format!("{} to {}", whole(&rest[..n]), whole(&after[..m])), length));
    }
    if let Some(found) = units::find(tail).filter(|found| matches!(found.unit.one, "minute" | "hour")) {
        let below = if found.unit.one == "hour" { "minutes" } else { "seconds" };
        let unit = if hours == 1 { found.unit.one } else { found.unit.many };
        return Some((
            format!("{} {unit} {} {below}", cardinal(hours), cardinal(minutes)),
            length + found.length,
        ));
    }
    let half = half_of_day(tail);
    let minutes = match minutes {
        0 if half.is_some() => String::new(),
        0 => " o'clock".into(),
        1..10 => format!(" oh {}", cardinal(minutes)),
        _ => format!(" {}", cardinal(minutes)),
    };
    let words = format!("{}{minutes}", cardinal(hours));
    Some(half.map_or((words.clone(), length), |(half, more)| (format!("{words} {half}"), length + more)))
}

/// " a.m." and " PM" after a time of day.
fn half_of_day(rest: &str) -> Option<(&'static str, usize)> {
    let inner = rest.trim_start_matches([' ', '\u{a0}']);
    let forms = [("a.m.", "a.m."), ("p.m.", "p.m."), ("am", "a.m."), ("pm", "p.m.")];
    let (written, said) = forms.into_iter().find(|(written, _)| {
        let start = inner.get(..written.len());
        let ended = inner.get(written.len()..).is_some_and(|t| !t.starts_with(char::is_alphanumeric));
        start.is_some_and(|s| s.eq_ignore_ascii_case(written)) && ended
    })?;
    // "at 7 am." ends with one point, not two.
    let point = usize::from(inner[written.len()..].starts_with('.') && !written.ends_with('.'));
    Some((said, rest.len() - inner.len() + written.len() + point))
}

/// "/side" of "10/side": what is counted by, bytes.
pub fn per(rest: &str) -> Option<(&'static str, usize)> {
    let body = rest.strip_prefix('/')?;
    let word = &body[..body.find(|c: char| !c.is_alphabetic()).unwrap_or(body.len())];
    PER.iter().find(|(written, _)| *written == word).map(|(_, said)| (*said, 1 + word.len()))
}

fn suffix(rest: &str, forms: &[&str]) -> Option<usize> {
    let ended =
        |form: &&&str| rest.strip_prefix(**form).is_some_and(|t| !t.starts_with(char::is_alphanumeric));
    forms.iter().find(ended).map(|form| form.len())
}
