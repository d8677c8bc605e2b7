//! Messages that were sent by telephone and saved as text: when each was sent, and by whom, is no part of what it says.

/// So many lines with the time and the sender in front make a chat.
const FEWEST: usize = 3;
/// What stands before a message is no longer than this.
const LONGEST_STAMP: usize = 90;

/// Whether the lines of `text` are messages of a chat.
pub fn is_chat(text: &str) -> bool {
    text.lines().take(2_000).filter(|line| message(line).is_some()).take(FEWEST).count() == FEWEST
}

/// The message behind "[12/03/2025, 17:43] Kim: " or "12/03/2025, 17:43 - Kim: ".
pub fn message(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['\u{200e}', '\u{feff}', ' ', '\u{202f}']);
    let bracket = line.starts_with('[');
    if !bracket && !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let line = line.trim_start_matches('[');
    let (stamp, rest) = if bracket { line.split_once(']')? } else { line.split_once(" - ")? };
    let (sender, text) = rest.split_once(": ")?;
    let near = stamp.len() + sender.len() < LONGEST_STAMP;
    (near && is_moment(stamp) && !sender.trim().is_empty()).then(|| text.trim_start())
}

/// "12/03/2025, 17:43", "2025-03-12 5:43:10 PM"
fn is_moment(stamp: &str) -> bool {
    let words: Vec<&str> = stamp.split([' ', ',', '\u{202f}']).filter(|word| !word.is_empty()).collect();
    let digits = |word: &str, signs: &[char], least: usize| {
        let parts: Vec<&str> = word.split(signs).collect();
        let number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        parts.len() >= least && parts.iter().all(number)
    };
    let date = words.iter().any(|word| digits(word, &['/', '.', '-'], 3));
    let time = words.iter().any(|word| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits(word, &[':', '.'], 2)
    });
    words.len() <= 4 && date && time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_wrote_when_is_taken_off() {
        assert_eq!(message("[12/03/2025, 17:43] Kim B: 1) Bridge"), Some("1) Bridge"));
        assert_eq!(message("12.03.25, 5:43 pm - Kim: Hold it"), Some("Hold it"));
        assert_eq!(message("[2025-03-12 17:43:09] Kim: Hold it"), Some("Hold it"));
        assert_eq!(message("[optional] Bridge: lift your hips"), None);
        assert_eq!(message("3 - Bridge: lift your hips"), None);
        assert_eq!(message("12 - 17:30: Bridge: lift your hips"), None);
    }
}
