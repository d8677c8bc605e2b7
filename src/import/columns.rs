//! Text in two columns, as a printed page leaves it: names to the left, and beside them what to do, over several lines.

use std::collections::{HashMap, VecDeque};

/// Fewer lines are no columns, but chance.
const FEWEST: usize = 3;
/// A page has fewer lines.
const LONGEST: usize = 200;

/// The lines of `text` with their numbers from 1; of two columns first the left, then what stands beside it.
pub fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let column = column(text);
    let mut source = (1_u32..).zip(text.split('\n'));
    let mut ready: VecDeque<(u32, &str)> = VecDeque::new();
    // Up to which line, and in which column, no part of a block is text in two columns, because the whole is not.
    let mut single = (0, 0);
    std::iter::from_fn(move || {
        if let Some(line) = ready.pop_front() {
            return Some(line);
        }
        let ahead = source.clone();
        let (number, line) = source.next()?;
        let Some((left, right, at)) = parted(line) else { return Some((number, line)) };
        if number >= single.0 || at != single.1 {
            let block = block(ahead.clone().map(|(_, line)| line), at);
            if block.sentences {
                for beside in [false, true] {
                    let pieces = ahead.clone().take(block.length);
                    ready.extend(pieces.map(|(number, line)| (number, cut(line, at, beside))));
                    ready.push_back((number, ""));
                }
                let _ = source.nth(block.length.saturating_sub(2));
                return ready.pop_front();
            }
            single = (number.saturating_add(u32::try_from(block.length).unwrap_or(u32::MAX)), at);
        }
        if column == Some(at) {
            // An empty line parts what has nothing to do with each other.
            ready.extend([(number, left), (number, right)]);
            return Some((number, ""));
        }
        Some((number, line))
    })
}

/// Lines one below the other that a wide gap parts at the same place.
struct Block {
    length: usize,
    /// On both sides stand sentences that run on to the next line.
    sentences: bool,
}

/// The block at the start of `lines`, the first of which is parted at `column`.
fn block<'t>(lines: impl Iterator<Item = &'t str> + Clone, column: usize) -> Block {
    let both = |line| parted(line).filter(|(_, _, start)| *start == column);
    let beside = |line: &str| !line.trim_end().is_empty() && line.chars().take(column).all(|c| c == ' ');
    let narrow = |line: &str| line.trim_end().chars().count() + 3 <= column;
    let runs_on = |open: bool, text: &str| open && text.starts_with(char::is_lowercase);
    let opens = |text: &str| !text.ends_with(['.', '!', '?', ':']);
    let (mut length, mut full) = (0, 0);
    let (mut open, mut run, mut stop) = ((false, false), (false, false), (false, false));
    let mut rest = lines.take(LONGEST);
    let mut at = 0;
    while let Some(line) = rest.next() {
        at += 1;
        if let Some((left, right, _)) = both(line) {
            full += 1;
            run = (run.0 || runs_on(open.0, left), run.1 || runs_on(open.1, right));
            open = (opens(left), opens(right));
            stop = (stop.0 || left.ends_with('.'), stop.1 || right.ends_with('.'));
        } else {
            let left_alone = narrow(line) && rest.clone().take(3).any(|line| both(line).is_some());
            if !beside(line) && !left_alone {
                break;
            }
        }
        if !line.trim_end().is_empty() {
            length = at;
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
        let texts: Vec<&str> = lines(text).map(|(_, line)| line.trim()).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts.get(..3), Some(["Wrist bends", "Lift your hand", "and lower it."].as_slice()));
        let sides = "1. Rotation      2. Hand behind\n\nHold a stick in  Stand and take\nboth hands.      the other wrist.\nHold for ten.    Repeat 5 times.\n\nAfterwards rest a while.";
        let texts: Vec<&str> = lines(sides).map(|(_, line)| line.trim()).filter(|t| !t.is_empty()).collect();
        assert_eq!(texts.get(..3), Some(["1. Rotation", "Hold a stick in", "both hands."].as_slice()));
        assert_eq!(texts.get(4..6), Some(["2. Hand behind", "Stand and take"].as_slice()));
        assert_eq!(lines("One\nTwo").count(), 2);
    }
}
