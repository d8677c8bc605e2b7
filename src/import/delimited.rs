//! Tables in plain text whose cells are parted by a sign: "Exercise, Seconds", "20 | Squats".

use super::lexicon::Lexicon;

/// Fewer lines are parted by chance.
const FEWEST: usize = 3;

/// The sign that parts the cells of a text with such a table, and how often a line of it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimited {
    sign: char,
    count: usize,
}

impl Delimited {
    /// A comma parts cells only below a line of headings that are known; most lines with a bar or tab are rows anyway.
    pub fn of(text: &str, lexicon: &Lexicon) -> Option<Self> {
        let heading = text.lines().find(|line| !line.trim().is_empty())?;
        let columns = |sign: char| heading.split(sign).filter(|cell| lexicon.column(cell).is_some()).count();
        let headed = [',', ';'].into_iter().find(|sign| {
            let cells = heading.split(*sign).count();
            heading.len() < 200 && cells >= 2 && columns(*sign) >= 2 && columns(*sign) * 2 >= cells
        });
        if let Some(sign) = headed {
            return Some(Self { sign, count: heading.matches(sign).count() });
        }
        ['|', '\t'].into_iter().map(|sign| Self { sign, count: 1 }).find(|table| {
            let filled = || text.lines().filter(|line| !line.trim().is_empty());
            let rows = filled().filter(|line| table.cells(line).is_some()).count();
            rows >= FEWEST && rows * 2 >= filled().count()
        })
    }

    /// The cells of a line, if it is a row.
    pub fn cells(self, line: &str) -> Option<Vec<String>> {
        let line = line.trim();
        let fits = line.matches(self.sign).count() == self.count
            && line.split(self.sign).all(|cell| !cell.trim().is_empty());
        fits.then(|| line.split(self.sign).map(|cell| cell.trim().to_owned()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    #[test]
    fn rows_are_parted_where_most_lines_or_the_headings_tell_so() {
        let of = |text: &str| Delimited::of(text, english_lexicon());
        let list = of("Exercise,Sets,Reps\nPlank,3,1\nBridge,2,8").expect("it has headings");
        assert_eq!(list.cells("Plank, 3, 1"), Some(vec!["Plank".into(), "3".into(), "1".into()]));
        assert_eq!(list.cells("Well done, everybody"), None);
        assert!(of("Today\n20 | Squats\n10 | Lunges\n5 | Burpees").is_some());
        assert_eq!(of("Bend, then stretch.\nRest, then go on.\nBreathe, please."), None);
    }
}
