//! Text in two columns, as a printed page leaves it: names to the left, and beside them what to do, over several lines.

use std::collections::HashMap;

/// Fewer lines are no columns, but chance.
const FEWEST: usize = 3;

/// The lines of `text` with their numbers from 1; of two columns first the left, then what stands beside it.
pub fn lines(text: &str) -> Vec<(u32, &str)> {
    let column = column(text);
    let source: Vec<(u32, &str)> = (1_u32..).zip(text.split('\n')).collect();
    let mut all = Vec::with_capacity(source.len());
    let mut at = 0;
    // Where text in one column has been found not to be in two, no part of it is.
    let mut single = (0, 0);
    while let Some((number, line)) = source.get(at) {
        let here = parted(line).map(|(_, _, column)| column);
        let rest = source.get(at..).unwrap_or(&[]);
        let block =
            here.filter(|column| at >= single.0 || *column != single.1).map(|column| block(rest, column));
        if let Some((block, column)) = block.as_ref().zip(here) {
            if block.sentences {
                for right in [false, true] {
                    all.extend(
                        rest.iter()
                            .take(block.length)
                            .map(|(number, line)| (*number, cut(line, column, right))),
                    );
                    all.push((*number, ""));
                }
                at += block.length;
                continue;
            }
            single = (at + block.length, column);
        }
        match column.and_then(|column| parted(line).filter(|(_, _, at)| *at == column)) {
            // An empty line parts what has nothing to do with each other.
            Some((left, right, _)) => all.extend([(*number, ""), (*number, left), (*number, right)]),
            None => all.push((*number, *line)),
        }
        at += 1;
    }
    all
}

/// Lines one below the other that a wide gap parts at the same place.
struct Block {
    length: usize,
    /// On both sides stand sentences that run on to the next line.
    sentences: bool,
}

/// The block at the start of `lines`, the first of which is parted at `column`.
fn block(lines: &[(u32, &str)], column: usize) -> Block {
    let line = |at: usize| lines.get(at).map_or("", |(_, line)| line.trim_end());
    let both = |at: usize| parted(line(at)).filter(|(_, _, start)| *start == column);
    let beside = |at: usize| !line(at).is_empty() && line(at).chars().take(column).all(|c| c == ' ');
    let narrow = |at: usize| line(at).chars().count() + 3 <= column;
    let runs_on = |open: bool, text: &str| open && text.starts_with(char::is_lowercase);
    let opens = |text: &str| !text.ends_with(['.', '!', '?', ':']);
    let (mut length, mut full) = (0, 0);
    let (mut open, mut run, mut stop) = ((false, false), (false, false), (false, false));
    for at in 0..lines.len() {
        if let Some((left, right, _)) = both(at) {
            full += 1;
            run = (run.0 || runs_on(open.0, left), run.1 || runs_on(open.1, right));
            open = (opens(left), opens(right));
            stop = (stop.0 || left.ends_with('.'), stop.1 || right.ends_with('.'));
        } else {
            let left_alone = narrow(at) && (at + 1..at + 4).any(|at| both(at).is_some());
            if !beside(at) && !left_alone {
                break;
            }
        }
        if !line(at).is_empty() {
            length = at + 1;
        }
    }
    Block { length, sentences: full >= FEWEST && run.0 && run.1 && stop.0 && stop.1 }
}

/// What of a line stands in the left or the right of two columns.
fn cut(line: &str, column: usize, right: bool) -> &str {
    let place = line.char_indices().nth(column).map_or(line.len(), |(place, _)| place);
    let (left, beside) = line.split_at_checked(place).unwrap_or((line, ""));
    if right { beside } else { left.trim_end() }
}

/// Where the right column begins, if there are two: some lines fill both, and others only the right one.
fn column(text: &str) -> Option<usize> {
    let mut seen: HashMap<usize, (usize, usize)> = HashMap::new();
    for line in text.lines() {
        if let Some((_, _, at)) = parted(line) {
            seen.entry(at).or_default().0 += 1;
        } else if line.starts_with("   ") {
            let at = line.chars().take_while(|c| *c == ' ').count();
            seen.entry(at).or_default().1 += 1;
        }
    }
    let fits = |(_, (both, right)): &(&usize, &(usize, usize))| *both >= FEWEST && *right >= FEWEST;
    seen.iter().filter(fits).max_by_key(|(at, (both, _))| (*both, **at)).map(|(at, _)| *at)
}

/// What stands left and right of the only wide gap in a line, and where the right part begins, in characters.
fn parted(line: &str) -> Option<(&str, &str, usize)> {
    let gap = line.trim_start().find("   ")? + (line.len() - line.trim_start().len());
    let (left, rest) = line.split_at_checked(gap)?;
    let right = rest.trim();
    // "[image]" and "(picture)" are the places of pictures, and no columns.
    let bracketed = |text: &str, open: char, close: char| text.starts_with(open) && text.ends_with(close);
    let picture = bracketed(left.trim(), '[', ']') || bracketed(right, '(', ')');
    let fits =
        !picture && (2..=60).contains(&left.trim().len()) && right.len() >= 2 && !right.contains("   ");
    let start = rest.len() - rest.trim_start().len();
    fits.then(|| (left.trim(), right, left.chars().count() + start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parted_from_what_stands_beside_them() {
        let text = "Wrist bends    Lift your hand\n               and lower it.\n\nFists          Make a fist\n               and open it.\n\nWaves          Wave\n               ten times.";
        let texts: Vec<&str> =
            lines(text).into_iter().map(|(_, line)| line.trim()).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts.get(..3), Some(["Wrist bends", "Lift your hand", "and lower it."].as_slice()));
        let sides = "1. Rotation      2. Hand behind\n\nHold a stick in  Stand and take\nboth hands.      the other wrist.\nHold for ten.    Repeat 5 times.\n\nAfterwards rest a while.";
        let texts: Vec<&str> =
            lines(sides).into_iter().map(|(_, line)| line.trim()).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts.get(..3), Some(["1. Rotation", "Hold a stick in", "both hands."].as_slice()));
        assert_eq!(texts.get(4..6), Some(["2. Hand behind", "Stand and take"].as_slice()));
        assert_eq!(lines("One\nTwo").len(), 2);
    }
}
