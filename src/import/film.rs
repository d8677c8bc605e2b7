//! Where in a film something is shown: "0:41 Calf raises", "1:05 - Lunges". It counts nothing.

use super::block::Block;

/// Fewer lines with a time in front are no table of a film.
const FEWEST: usize = 3;

/// Takes such times off the blocks that begin with them, where they grow from one to the next.
pub fn unstamp(blocks: &mut [Block]) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    for (at, block) in blocks.iter().enumerate() {
        let Some((seconds, length)) = stamp(&block.text) else { continue };
        if last.is_some_and(|last| seconds <= last) {
            return;
        }
        last = Some(seconds);
        found.push((at, length));
    }
    if found.len() < FEWEST {
        return;
    }
    for (at, length) in found {
        let Some(block) = blocks.get_mut(at) else { continue };
        block.bold = block.bold.saturating_sub(length);
        block.text = block.text.get(length..).unwrap_or("").to_owned();
    }
}

/// "1:02:30 – ", "(0:41) ": the seconds, and how many bytes they take with the signs behind them.
fn stamp(text: &str) -> Option<(u32, usize)> {
    let open = text.trim_start_matches(['(', '[']);
    let end = open.find(|c: char| !c.is_ascii_digit() && c != ':')?;
    let (clock, rest) = open.split_at_checked(end)?;
    let mut seconds = 0_u32;
    let mut parts = 0;
    for part in clock.split(':') {
        let fits = (1..=2).contains(&part.len()) && (parts == 0 || part.len() == 2);
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok().filter(|_| fits)?)?;
        parts += 1;
    }
    let rest = rest.trim_start_matches([' ', '-', '–', '—', ')', ']', ':', '|']);
    let named = rest.starts_with(char::is_alphabetic);
    ((2..=3).contains(&parts) && named).then_some((seconds, text.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::Kind;

    fn unstamped(lines: &[&str]) -> Vec<String> {
        let block = |text: &&str| Block::new(1, Kind::Paragraph, (*text).to_owned(), true);
        let mut blocks: Vec<Block> = lines.iter().map(block).collect();
        unstamp(&mut blocks);
        blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn times_that_grow_are_places_in_a_film() {
        let film = ["0:00 Hello", "0:41 - Calf raises", "(10:05) Lunges", "1:02:30 Goodbye"];
        assert_eq!(unstamped(&film), ["Hello", "Calf raises", "Lunges", "Goodbye"]);
    }

    #[test]
    fn other_times_stay() {
        let lasting = ["1:00 Plank", "0:30 Side plank", "1:00 Bridge"];
        assert_eq!(unstamped(&lasting), lasting);
        let few = ["0:20 Plank", "0:30 Side plank"];
        assert_eq!(unstamped(&few), few);
    }
}
