//! Lines that were broken to fit a page: which go on with the line before, and how they are joined.

use std::collections::HashSet;

/// How the lines of a document were broken to fit a page.
pub struct Wrapping {
    /// The width to which they were broken, if they were.
    width: Option<usize>,
    /// A line that begins in lower case stands out, so that it tells something.
    lower_is_rare: bool,
}

impl Wrapping {
    pub fn of(lines: &[&str]) -> Self {
        let letters = lines.iter().filter_map(|line| line.chars().next()).filter(|c| c.is_alphabetic());
        let (lower, all) =
            letters.fold((0, 0), |(lower, all), c| (lower + usize::from(c.is_lowercase()), all + 1));
        // Of lines that were broken some begin in the middle of a sentence; those of a list do not.
        let shouted = !lines.iter().any(|line| line.contains(char::is_lowercase));
        let width = wrapped_at(lines).filter(|_| shouted || lower * 12 >= all);
        Self { width, lower_is_rare: lower * 2 <= all }
    }

    /// Whether `line` goes on with what the line `before` it began.
    pub fn joins(&self, before: &str, line: &str) -> bool {
        let ends = before.ends_with(['.', '!', '?', ':', ';', '…']);
        let lower = line.starts_with(|c: char| c.is_lowercase());
        if lower && !ends && self.lower_is_rare {
            return true;
        }
        let Some(width) = self.width else {
            return false;
        };
        // A remark that is set apart ends its line.
        if before.contains("     (") && !lower {
            return false;
        }
        let first = line.split_whitespace().next().map_or(0, |word| word.chars().count());
        let length = before.chars().count();
        let full = (length + 1 + first) * 100 >= width * 88;
        // After a full stop at the end of a full line a title may follow.
        let title = ends && !line.ends_with(['.', '!', '?', ',', ';']) && line.chars().count() * 2 < width;
        full && !title || lower && !ends && length * 2 >= width
    }
}

fn wrapped_at(lines: &[&str]) -> Option<usize> {
    const WIDEST: usize = 130;
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.chars().take(WIDEST * 2).count()).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 95 / 100)?;
    let near = lengths.iter().filter(|length| **length * 4 >= width * 3).count();
    let longest = *lengths.last()?;
    let capped = (34..=WIDEST).contains(&width) && longest <= width + width / 3;
    (capped && near * 4 >= lengths.len()).then_some(width)
}

pub fn is_broken_word(before: &str, line: &str) -> bool {
    let mut end = before.chars().rev();
    end.next() == Some('-')
        && end.next().is_some_and(char::is_alphabetic)
        && line.starts_with(|c: char| c.is_lowercase())
}

/// Joins "exer-" and "cise"; the hyphen stays unless the whole word occurs elsewhere.
pub fn mend(text: &mut String, line: &str, known: &HashSet<&str>) {
    let last = text.trim_end_matches('-').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if known.contains(format!("{last}{first}").as_str()) {
        text.pop();
    }
    text.push_str(line);
}
