//! How well articles are understood: each in `articles/` against what a reader sees in it, counted per field.
//!
//! Beside an article stands what it says, one exercise a line: `Name | hold=5 reps=8-12 sets=3 sides=each duration=60`,
//! times in seconds. What the text does not state must not be found either.

mod files;
mod odd;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use floorcoach::import::{Format, Imported, Sides, Stated, import};
use floorcoach::routine::slug;

/// At least so much of each field must be right.
const WANTED: f64 = 0.95;
const FIELDS: [&str; 6] = ["name", "hold", "reps", "sets", "sides", "duration"];

#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    /// Found, but not in the article.
    wrong: u32,
    /// In the article, but not found.
    missed: u32,
}

impl Tally {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
}

/// The fields of one exercise, as text.
type Facts = BTreeMap<String, String>;

pub fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/articles");
    let files =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("readable").path());
    let mut all: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|ending| ending != "expect")).collect();
    all.sort();
    all
}

pub fn read(path: &Path) -> Imported {
    let format = match path.extension().and_then(|ending| ending.to_str()) {
        Some("html") => Some(Format::Html),
        Some("md") => Some(Format::Markdown),
        _ => None,
    };
    let bytes = fs::read(path).expect("the article is readable");
    let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
    import(&bytes, &name, format).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn expected(path: &Path) -> Vec<(String, Facts)> {
    let text =
        fs::read_to_string(path.with_extension("expect")).expect("each article has its facts beside it");
    let line = |line: &str| {
        let (name, facts) = line.split_once('|').expect("a bar behind the name");
        let facts = facts.split_whitespace().filter_map(|fact| fact.split_once('='));
        (slug(name.trim()), facts.map(|(field, value)| (field.to_owned(), value.to_owned())).collect())
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(line).collect()
}

fn found(imported: &Imported) -> Vec<(String, Facts)> {
    let range = |stated: &Stated, unit: f64| {
        let (low, high) = (f64::from(stated.low) / unit, f64::from(stated.high) / unit);
        if low == high { format!("{low}") } else { format!("{low}-{high}") }
    };
    let facts = |exercise: &floorcoach::import::Exercise| {
        let dose = &exercise.dose;
        let mut facts = Facts::new();
        for (field, stated, unit) in [
            ("hold", &dose.hold, 1_000.0),
            ("reps", &dose.reps, 1.0),
            ("sets", &dose.sets, 1.0),
            ("duration", &dose.duration, 1_000.0),
        ] {
            if let Some(stated) = stated.as_ref().filter(|stated| !stated.vague) {
                facts.insert(field.to_owned(), range(stated, unit));
            }
        }
        let sides = dose.sides.map(|sides| match sides {
            Sides::Each => "each",
            Sides::Alternate => "alternate",
        });
        facts.extend(sides.map(|sides| ("sides".to_owned(), sides.to_owned())));
        facts
    };
    imported.exercises.iter().map(|exercise| (slug(&exercise.name), facts(exercise))).collect()
}

#[test]
fn articles_are_understood() {
    let mut tallies = [Tally::default(); 6];
    let mut told = String::new();
    for path in articles() {
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let (wanted, got) = (expected(&path), found(&read(&path)));
        let mut open = got.clone();
        for (title, facts) in &wanted {
            let at = open.iter().position(|(found, _)| found == title);
            let mine = at.map(|at| open.remove(at).1);
            count(&mut tallies[0], Some(title), at.map(|_| title), || format!("{name}: {title}"), &mut told);
            for (tally, field) in tallies.iter_mut().zip(FIELDS).skip(1) {
                let mine = mine.as_ref().and_then(|mine| mine.get(field));
                count(tally, facts.get(field), mine, || format!("{name}: {title}: {field}"), &mut told);
            }
        }
        for (title, facts) in &open {
            count(&mut tallies[0], None, Some(title), || format!("{name}: no exercise"), &mut told);
            for (tally, field) in tallies.iter_mut().zip(FIELDS).skip(1) {
                count(tally, None, facts.get(field), || format!("{name}: {title}: {field}"), &mut told);
            }
        }
    }
    let mut table = String::from("field      right  wrong missed  precision  recall\n");
    for (tally, field) in tallies.iter().zip(FIELDS) {
        let Tally { right, wrong, missed } = *tally;
        let (precision, recall) = (100.0 * tally.precision(), 100.0 * tally.recall());
        let _ =
            writeln!(table, "{field:<9} {right:>6} {wrong:>6} {missed:>6} {precision:>9.1}% {recall:>6.1}%");
    }
    println!("{told}{table}");
    let enough = tallies.iter().all(|tally| tally.precision() >= WANTED && tally.recall() >= WANTED);
    assert!(enough, "less than {WANTED} of a field is right:\n{told}{table}");
}

fn count(
    tally: &mut Tally,
    wanted: Option<&String>,
    got: Option<&String>,
    what: impl Fn() -> String,
    told: &mut String,
) {
    if wanted == got {
        tally.right += u32::from(wanted.is_some());
        return;
    }
    tally.missed += u32::from(wanted.is_some());
    tally.wrong += u32::from(got.is_some());
    let show = |value: Option<&String>| value.map_or("nothing".to_owned(), |value| format!("`{value}`"));
    let _ = writeln!(told, "{}: expected {}, found {}", what(), show(wanted), show(got));
}
