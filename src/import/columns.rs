//! Text in two columns, as a printed page leaves it: names to the left, and beside them what to do, over several lines.

use std::collections::HashMap;

/// Fewer lines are no columns, but chance.
const FEWEST: usize = 3;

/// The lines of `text` with their numbers from 1; of two columns first the left, then what stands beside it.
pub fn lines(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let column = column(text);
    (1_u32..).zip(text.split('\n')).flat_map(move |(number, line)| {
        let both = column.and_then(|column| parted(line).filter(|(_, _, at)| *at == column));
        // An empty line parts what has nothing to do with each other.
        let pieces = match both {
            Some((left, right, _)) => [Some(""), Some(left), Some(right)],
            None => [Some(line), None, None],
        };
        pieces.into_iter().flatten().map(move |piece| (number, piece))
    })
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
    // "[image]" is the place of a picture, and no column.
    let picture = left.trim().starts_with('[') && left.trim().ends_with(']');
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
        assert_eq!(lines("One\nTwo").count(), 2);
    }
}
