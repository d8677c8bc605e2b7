//! Words that lost the spaces between them, as the text taken out of some PDF documents has: "Lieonyourback" becomes
//! "Lie on your back" again, as far as its words are known.

use std::borrow::Cow;
use std::collections::HashSet;

use super::lexicon::Lexicon;

/// Longer texts are no handouts, and are left as they are.
const LONGEST: usize = 1 << 18;
/// Hardly any word has more letters.
const LONGEST_WORD: usize = 15;
/// A run of more letters is not looked into.
const LONGEST_RUN: usize = 400;
/// Neither words nor what is unknown between them are longer, in bytes.
const LONGEST_PIECE: usize = 30;

/// `text` with spaces between its words, if most of them are lost; its lines stay the same.
pub fn unglued<'t>(text: &'t str, lexicon: &Lexicon) -> Cow<'t, str> {
    if text.len() > LONGEST || !is_glued(text) {
        return Cow::Borrowed(text);
    }
    let known = lexicon.vocabulary();
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for line in text.split_inclusive('\n') {
        // Headings that somebody added have their spaces.
        let (letters, pieces) = (line.trim().len(), line.split_whitespace().count());
        if pieces > 1 && letters < pieces * LONGEST_WORD {
            out.push_str(line);
            continue;
        }
        for piece in line.split_inclusive(char::is_whitespace) {
            // Addresses have no spaces to lose.
            let address = piece.contains("www.") || piece.contains("://") || piece.contains('@');
            if address { out.push_str(piece) } else { part(piece, &known, &mut out) }
        }
    }
    Cow::Owned(out)
}

/// More than a third of the letters stand in runs that are too long for words.
fn is_glued(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_alphabetic()).map(str::len);
    let (long, all) = runs.fold((0, 0), |(long, all), length| {
        (long + if length > LONGEST_WORD { length } else { 0 }, all + length)
    });
    long * 3 > all && all > 200
}

/// Parts signs and numbers from the words behind them, and words from each other.
fn part(piece: &str, known: &HashSet<&str>, out: &mut String) {
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        if !first.is_alphabetic() {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            continue;
        }
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        let parted = match out.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | '”') => true,
            // "3sets", but "2x".
            Some(last) => last.is_ascii_digit() && end > 1,
            None => false,
        };
        if parted {
            out.push(' ');
        }
        spaced(run, known, out);
        // "raise(SLR)", "with10-second"
        if after.starts_with('(') || end > 1 && after.starts_with(|c: char| c.is_ascii_digit()) {
            out.push(' ');
        }
        rest = after;
    }
}

/// A run of letters, parted where a capital follows a small letter and where known words meet.
fn spaced(run: &str, known: &HashSet<&str>, out: &mut String) {
    let mut start = 0;
    let mut small = false;
    let mut pieces = Vec::new();
    for (at, c) in run.char_indices() {
        if small && c.is_uppercase() {
            pieces.push(start..at);
            start = at;
        }
        small = c.is_lowercase();
    }
    pieces.push(start..run.len());
    for (nth, range) in pieces.into_iter().enumerate() {
        let piece = run.get(range).unwrap_or("");
        if nth > 0 {
            out.push(' ');
        }
        let mut from = 0;
        for end in words(piece, known) {
            if from > 0 {
                out.push(' ');
            }
            out.push_str(piece.get(from..end).unwrap_or(""));
            from = end;
        }
    }
}

/// Where the words of `piece` end: the fewest known words that make it up, with as little as possible between them.
fn words(piece: &str, known: &HashSet<&str>) -> Vec<usize> {
    const KNOWN: usize = 10;
    const UNKNOWN: usize = 20;
    const LETTER: usize = 5;
    let lower = piece.to_ascii_lowercase();
    let ends: Vec<usize> = piece.char_indices().map(|(at, _)| at).skip(1).chain([piece.len()]).collect();
    if piece.len() > LONGEST_RUN || known.contains(lower.as_str()) {
        return vec![piece.len()];
    }
    // Per place in bytes: the cost of all before it, and where its last word begins.
    let mut best: Vec<Option<(usize, usize)>> = vec![None; piece.len() + 1];
    if let Some(first) = best.first_mut() {
        *first = Some((0, 0));
    }
    for end in &ends {
        let near = ends.partition_point(|start| start + LONGEST_PIECE < *end);
        let starts = ends.iter().skip(near).copied().take_while(|start| start < end);
        let starts = starts.chain((*end <= LONGEST_PIECE).then_some(0));
        let choice = |start: usize| {
            let (cost, _) = (*best.get(start)?)?;
            let word = lower.get(start..*end)?;
            // Short words are many, and stand inside of others.
            let known = known.contains(word).then_some(KNOWN + 4 * usize::from(word.len() < 3));
            Some((cost + known.unwrap_or(UNKNOWN + LETTER * word.len()), start))
        };
        let found = starts.filter_map(choice).min();
        if let Some(place) = best.get_mut(*end) {
            *place = found;
        }
    }
    let mut cuts = vec![piece.len()];
    while let Some((_, start)) = cuts.last().and_then(|end| *best.get(*end)?) {
        if start == 0 {
            break;
        }
        cuts.push(start);
    }
    cuts.reverse();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn mended(text: &str) -> String {
        let mut out = String::new();
        part(text, &english_lexicon().vocabulary(), &mut out);
        out
    }

    #[test]
    fn lost_spaces_come_back() {
        assert_eq!(mended("Lieonyourback,withbothkneesbent."), "Lie on your back, with both knees bent.");
        assert_eq!(mended("SideLyingLegRaise(SLR)"), "Side Lying Leg Raise (SLR)");
        assert_eq!(mended("Reps:2setsof12,5-secondhold,2x/day"), "Reps:2 sets of 12,5-second hold,2x/day");
        assert_eq!(mended("Gastrocnemius"), "Gastrocnemius");
    }

    #[test]
    fn a_text_with_its_spaces_stays_as_it_is() {
        let text = "Lie on your back and lift your hips. Hold for 5 seconds.\n".repeat(9);
        assert!(matches!(unglued(&text, english_lexicon()), Cow::Borrowed(_)));
        let glued = text.replace(' ', "");
        let mended = unglued(&glued, english_lexicon()).into_owned();
        assert_eq!(mended.lines().count(), 9);
        assert!(mended.starts_with("Lie on your back and lift your hips. Hold for 5 seconds."));
    }
}
