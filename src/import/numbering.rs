//! Numbers before names without a sign between: `1 Low lunge`, `[2] Pigeon`, `3/8 Frog`. They are told from counts by
//! coming one after the other.

use super::block::{Block, Kind};
use super::lexicon::Lexicon;
use super::sentence::traits;

/// Fewer of them are chance.
const FEWEST: usize = 3;

/// Gives such blocks the sign that other numbers have.
pub fn mark(blocks: &mut [Block], lexicon: &Lexicon) {
    let mut found: Vec<(usize, u32, String)> = Vec::new();
    let mut last = 0;
    for (at, block) in blocks.iter().enumerate() {
        let plain = matches!(block.kind, Kind::Heading(_) | Kind::Paragraph);
        let Some((number, rest)) = plain.then_some(block.text.as_str()).and_then(numbered) else {
            continue;
        };
        // Steps of each exercise begin at 1 again.
        // "7 knee bends" behind number 6 is no count.
        let goes_on = last > 1 && number == last + 1;
        if goes_on || (number == 1 || number == last + 1) && !traits(&block.text, lexicon).dose {
            found.push((at, number, rest.to_owned()));
            last = number;
        }
    }
    if found.iter().filter(|(_, number, _)| *number > 1).count() + 1 < FEWEST {
        return;
    }
    for (at, number, rest) in found {
        let Some(block) = blocks.get_mut(at) else { continue };
        if block.kind == Kind::Paragraph {
            block.bold = block.bold.saturating_sub(block.text.len() - rest.len());
            block.kind = Kind::Item { ordinal: Some(number), depth: 1, mark: '1' };
            block.text = rest;
        } else {
            block.text = format!("{number}. {rest}");
        }
    }
}

/// The number and the short text behind it that begins with a capital.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let open = text.strip_prefix('[').unwrap_or(text);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) =
        open.split_at_checked(digits).filter(|_| (1..=2).contains(&digits) && text.len() <= 90)?;
    let number: u32 = number.parse().ok()?;
    let rest =
        if open.len() < text.len() { rest.strip_prefix(']')? } else { of_all(rest, number).unwrap_or(rest) };
    let rest = rest.strip_prefix(' ')?.trim_start();
    rest.starts_with(char::is_uppercase).then_some((number, rest))
}

/// Behind "/8" of "3/8": how many there are.
fn of_all(text: &str, number: u32) -> Option<&str> {
    let all = text.strip_prefix('/')?;
    let digits = all.bytes().take_while(u8::is_ascii_digit).count();
    let (all, rest) = all.split_at_checked(digits)?;
    (number..=50).contains(&all.parse().ok()?).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn marked(lines: &[&str]) -> Vec<String> {
        let block = |text: &&str| Block::new(1, Kind::Heading(2), (*text).to_owned(), true);
        let mut blocks: Vec<Block> = lines.iter().map(block).collect();
        mark(&mut blocks, english_lexicon());
        blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn numbers_in_a_row_number_and_others_count() {
        assert_eq!(marked(&["1 Low lunge", "2 Pigeon", "3 Frog"]), ["1. Low lunge", "2. Pigeon", "3. Frog"]);
        assert_eq!(marked(&["1/3 Lunge", "2/3 Pigeon", "3/3 Frog"]), ["1. Lunge", "2. Pigeon", "3. Frog"]);
        let counts = ["50 Jumping jacks", "20 Squats", "10 Push-ups"];
        assert_eq!(marked(&counts), counts);
    }
}
