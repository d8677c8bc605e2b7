//! What `import` understood: as a table for people, as JSON for programs.

use comfy_table::{
    Attribute, Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle, presets,
};
use serde::Serialize;

use super::{Failure, exercises};
use crate::import::{Exercise, Imported, LeftOut, Sides, Stated, Sure};
use crate::time::Millis;

/// Columns, and a line under the heading.
const STYLE: TableStyle = presets::NOTHING.header_separator(LineStyle::new('─', '─', '─', '─'));
/// Of what was left out, so many lines are shown; `--json` has them all.
const LEFT_OUT_SHOWN: usize = 12;
const UNKNOWN: &str = "?";

pub fn table(imported: &Imported) -> String {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    let head = |text: &str| Cell::new(text).add_attribute(Attribute::Bold);
    table.set_header(["line", "exercise", "hold", "reps", "sides", "how sure"].map(head));
    for exercise in &imported.exercises {
        let dose = &exercise.dose;
        let work = match (&dose.reps, &dose.duration) {
            (None, Some(lasts)) => time(lasts),
            (None, None) => UNKNOWN.to_owned(),
            (Some(reps), _) => count(reps),
        };
        let sets = dose.sets.as_ref().map_or_else(String::new, |sets| format!("{} × ", count(sets)));
        let hold = match (&dose.hold, &dose.breaths) {
            (Some(hold), _) => time(hold),
            (None, Some(breaths)) => breaths.words.clone(),
            (None, None) => String::new(),
        };
        table.add_row([
            Cell::new(exercise.line).set_alignment(CellAlignment::Right),
            Cell::new(&exercise.name),
            Cell::new(hold),
            Cell::new(format!("{sets}{work}")),
            Cell::new(sides(exercise).unwrap_or("")),
            Cell::new(sure(exercise.sure)),
        ]);
    }
    let mut text =
        format!("{}\n{}\n{}\n", imported.title, table.trim_fmt(), exercises(imported.exercises.len()));
    if !imported.left_out.is_empty() {
        text += "Left out:\n";
        for left in imported.left_out.iter().take(LEFT_OUT_SHOWN) {
            text += &format!("  line {}: “{}” ({})\n", left.line, shortened(&left.text), left.why);
        }
        let more = imported.left_out.len().saturating_sub(LEFT_OUT_SHOWN);
        if more > 0 {
            text += &format!("  … and {more} more; `--json` tells them all\n");
        }
    }
    text
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

fn count(stated: &Stated) -> String {
    range(stated, |n| n.to_string())
}

fn time(stated: &Stated) -> String {
    range(stated, |n| Millis::new(n.into()).to_string())
}

fn range(stated: &Stated, show: impl Fn(u32) -> String) -> String {
    match stated {
        Stated { vague: true, words, .. } => words.clone(),
        Stated { low, high, .. } if low == high => show(*low),
        Stated { low, high, .. } => format!("{}–{}", show(*low), show(*high)),
    }
}

fn sides(exercise: &Exercise) -> Option<&'static str> {
    Some(match exercise.dose.sides? {
        Sides::Each => "each",
        Sides::Alternate => "alternate",
    })
}

fn sure(sure: Sure) -> &'static str {
    match sure {
        Sure::Sure => "sure",
        Sure::Fairly => "fairly sure",
        Sure::Unsure => "unsure",
    }
}

#[derive(Serialize)]
struct Report<'a> {
    title: &'a str,
    source: &'a str,
    exercises: Vec<Row<'a>>,
    left_out: Vec<Left<'a>>,
    /// The routine file.
    toml: &'a str,
}

/// What the text states; `null` where it states nothing. Times are in seconds.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    line: u32,
    sure: &'static str,
    hold: Option<Range<'a>>,
    breaths: Option<Range<'a>>,
    reps: Option<Range<'a>>,
    sets: Option<Range<'a>>,
    sides: Option<&'static str>,
    duration: Option<Range<'a>>,
    rest: Option<Range<'a>>,
    frequency: Option<&'a str>,
    position: Option<&'a str>,
    needs: &'a [String],
}

#[derive(Serialize)]
struct Range<'a> {
    low: f64,
    high: f64,
    /// The words it is stated in.
    text: &'a str,
    line: u32,
    /// "several" and the like: the number is a guess.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    guessed: bool,
}

#[derive(Serialize)]
struct Left<'a> {
    line: u32,
    text: &'a str,
    why: &'a str,
}

/// The same for programs, with the routine file in it.
pub fn json(imported: &Imported, toml: &str) -> Result<String, Failure> {
    let report = Report {
        title: &imported.title,
        source: &imported.source,
        exercises: imported.exercises.iter().map(row).collect(),
        left_out: imported
            .left_out
            .iter()
            .map(|LeftOut { line, text, why }| Left { line: *line, text, why })
            .collect(),
        toml,
    };
    let text = serde_json::to_string_pretty(&report);
    text.map(|text| text + "\n").map_err(|error| Failure::failed(format!("cannot write the report: {error}")))
}

fn row(exercise: &Exercise) -> Row<'_> {
    let dose = &exercise.dose;
    let scaled = |stated: &'_ Option<Stated>, by: f64| {
        stated.as_ref().map(|stated| (f64::from(stated.low) / by, f64::from(stated.high) / by))
    };
    let range = |stated: &'_ Option<Stated>, by: f64| -> Option<(f64, f64)> { scaled(stated, by) };
    fn with<'a>(stated: &'a Option<Stated>, range: Option<(f64, f64)>) -> Option<Range<'a>> {
        let (stated, (low, high)) = (stated.as_ref()?, range?);
        Some(Range { low, high, text: &stated.words, line: stated.line, guessed: stated.vague })
    }
    const MILLIS: f64 = 1_000.0;
    Row {
        name: &exercise.name,
        line: exercise.line,
        sure: sure(exercise.sure),
        hold: with(&dose.hold, range(&dose.hold, MILLIS)),
        breaths: with(&dose.breaths, range(&dose.breaths, 1.0)),
        reps: with(&dose.reps, range(&dose.reps, 1.0)),
        sets: with(&dose.sets, range(&dose.sets, 1.0)),
        sides: sides(exercise),
        duration: with(&dose.duration, range(&dose.duration, MILLIS)),
        rest: with(&dose.rest, range(&dose.rest, MILLIS)),
        frequency: dose.frequency.as_ref().map(|stated| stated.words.as_str()),
        position: exercise.position,
        needs: &exercise.needs,
    }
}
