//! Walks a routine file from top to bottom and builds the [`Routine`], collecting every problem on the way.

use std::ops::Range;

use toml::de::DeValue;

use super::check;
use super::exercise::exercise;
use super::keys;
use super::kind::foreign;
use super::placeholder::Placeholders;
use super::problem::{Problem, Problems};
use super::section::{Findings, Section, Zero, kind};
use super::suggest::quoted;
use super::syntax;
use super::{Exercise, Pace, Routine};

/// The largest file that is read: 4 MiB, some two hundred bytes for each of [`MOST_EXERCISES`].
pub const LARGEST_FILE: usize = 4 * 1024 * 1024;

/// The most exercises of a routine.
pub const MOST_EXERCISES: usize = 20_000;

/// What became of a routine file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// There unless there are errors.
    pub routine: Option<Routine>,
    /// Errors and notes; only notes where there is a routine.
    pub problems: Problems,
}

/// Reads the routine in `text`; `origin` is the file's name for the messages.
///
/// # Errors
/// Everything that is wrong with the file, in the order of its lines.
pub fn parse(text: &str, origin: &str) -> Result<Routine, Problems> {
    let examined = examine(text, origin);
    examined.routine.ok_or(examined.problems)
}

/// Reads the routine in a file's `bytes`, which may turn out to be no text at all.
///
/// # Errors
/// As [`parse`], and for files of other kinds.
pub fn parse_bytes(bytes: &[u8], origin: &str) -> Result<Routine, Problems> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text, origin),
        Err(_) => Err(Problems::new(origin, "", other_kind(bytes, origin).into_iter().collect(), 0)),
    }
}

/// Like [`parse`], and tells of what is allowed but hardly meant, too.
pub fn examine(text: &str, origin: &str) -> Examined {
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(problem) = unreadable(source, origin) {
        return Examined { routine: None, problems: Problems::new(origin, "", vec![problem], 0) };
    }
    let read = syntax::read(source);
    let mut found = Findings { source, list: Vec::new(), left_off: 0 };
    let root = Section {
        table: read.table.get_ref(),
        span: read
            .table
            .get_ref()
            .keys()
            .map(|key| key.span().start)
            .min()
            .map_or(0..0, |start| start..start),
        name: "the routine".to_owned(),
        keys: keys::ROUTINE,
    };
    let routine = routine(&root, &mut found);
    if !read.problems.is_empty() {
        // What the walk says about lines that could not be read is about their remains.
        let trusted_to = read.trusted_to.unwrap_or(usize::MAX);
        let broken: Vec<Range<usize>> =
            read.problems.iter().map(|problem| line_of(source, problem.span.start)).collect();
        found.list.retain(|problem| {
            let touched =
                broken.iter().any(|line| line.start <= problem.span.end && problem.span.start <= line.end);
            !problem.absence && problem.span.end < trusted_to && !touched
        });
        found.list.extend(read.problems);
    }
    let problems = Problems::new(origin, source, found.list, found.left_off);
    let routine = routine.filter(|_| !problems.has_errors());
    Examined { routine, problems }
}

/// What is wrong with a file that is not even looked into.
fn unreadable(source: &str, origin: &str) -> Option<Problem> {
    if source.trim().is_empty() {
        let problem = Problem::new(0..0, format!("{} is empty", quoted(origin)));
        return Some(problem.help("`floorcoach new NAME` writes a routine to start from"));
    }
    if let Some(problem) = other_kind(source.as_bytes(), origin) {
        return Some(problem);
    }
    (source.len() > LARGEST_FILE).then(|| {
        let message = format!("{} is too large for a routine: {} bytes", quoted(origin), source.len());
        Problem::new(0..0, message).help(format!("a routine file has at most {LARGEST_FILE} bytes"))
    })
}

fn other_kind(bytes: &[u8], origin: &str) -> Option<Problem> {
    let foreign = foreign(bytes)?;
    Some(Problem::new(0..0, format!("{} {}", quoted(origin), foreign.is)).help(foreign.help))
}

fn line_of(source: &str, at: usize) -> Range<usize> {
    let at = at.min(source.len());
    let bytes = source.as_bytes();
    let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |length| at + length);
    start..end
}

fn routine(root: &Section<'_>, found: &mut Findings<'_>) -> Option<Routine> {
    root.unknown_keys(found);
    let title = root.text("title", Placeholders::Never, found);
    if root.get("title").is_none() {
        root.missing("title", "write `title = \"…\"` at the top", found);
    }
    let language = root.text("language", Placeholders::Never, found);
    if let (Some(language), Some(value)) = (&language, root.get("language")) {
        check::language(language, value.span(), found);
    }
    let summary = root.words("summary", Placeholders::Never, found).unwrap_or_default();
    let source = root.text("source", Placeholders::Never, found);
    let opening = root.texts("opening", Placeholders::Never, found);
    let closing = root.texts("closing", Placeholders::Never, found);
    let pace = pace(root, found);
    let exercises = exercises(root, &pace, found);
    Some(Routine {
        title: title?,
        summary,
        source,
        language: language.unwrap_or_else(|| "en".to_owned()),
        opening,
        closing,
        pace,
        exercises,
    })
}

fn pace(root: &Section<'_>, found: &mut Findings<'_>) -> Pace {
    let mut pace = Pace::default();
    if let Some(section) = root.table("pace", keys::PACE, found) {
        section.unknown_keys(found);
        for (key, time) in [
            ("get-ready", &mut pace.get_ready),
            ("switch", &mut pace.switch),
            ("rest", &mut pace.rest),
            ("set-rest", &mut pace.set_rest),
            ("position-change", &mut pace.position_change),
            ("ready", &mut pace.ready),
        ] {
            *time = section.duration(key, Zero::Allowed, found).unwrap_or(*time);
        }
    }
    pace
}

fn exercises(root: &Section<'_>, pace: &Pace, found: &mut Findings<'_>) -> Vec<Exercise> {
    const EXAMPLE: &str = "begin each exercise with a line `[[exercise]]`";

    let Some(value) = root.get("exercise") else {
        if root.meant("exercise") {
            return Vec::new();
        }
        let end = found.source.trim_end().len();
        let absence = Problem::new(end..end, "the routine has no exercises").label("no exercise up to here");
        found.add(absence.help(EXAMPLE).absence());
        return Vec::new();
    };
    let list = match value.get_ref() {
        DeValue::Array(list) if !list.is_empty() => list,
        DeValue::Array(_) => {
            let empty = Problem::new(value.span(), "the routine has no exercises").label("an empty list");
            found.add(empty.help(EXAMPLE));
            return Vec::new();
        }
        DeValue::Table(_) => {
            let single = Problem::new(value.span(), "an exercise needs double square brackets");
            found.add(
                single.label("single brackets").help("write `[[exercise]]` at the start of every exercise"),
            );
            return Vec::new();
        }
        other => {
            let message = format!("`exercise` must be a list of exercises, not {}", kind(other));
            found.add(Problem::new(value.span(), message).label("not an exercise").help(EXAMPLE));
            return Vec::new();
        }
    };
    if list.len() > MOST_EXERCISES {
        let message = format!("the routine has {} exercises", list.len());
        found.add(Problem::new(value.span(), message).label(format!("at most {MOST_EXERCISES} are allowed")));
        return Vec::new();
    }
    let mut ids = check::Ids::default();
    let mut exercises = Vec::new();
    let mut skipped = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let DeValue::Table(table) = value.get_ref() else {
            let message = format!("exercise {} is {}", index + 1, kind(value.get_ref()));
            found.add(Problem::new(value.span(), message).label("expected an exercise").help(EXAMPLE));
            continue;
        };
        let named = ["id", "name"].iter().find_map(|key| match table.get(*key)?.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(quoted(text)),
            _ => None,
        });
        let name = format!("exercise {}", named.unwrap_or_else(|| (index + 1).to_string()));
        let section = Section { table, span: value.span(), name, keys: keys::EXERCISE };
        if let Some(DeValue::String(word)) = section.get("short").map(|value| value.get_ref())
            && word == "skip"
        {
            skipped.push(section.key_span("short"));
        }
        ids.note(&section, found);
        if let Some(exercise) = exercise(&section, found) {
            exercises.push((index, exercise));
        }
    }
    let ids = ids.assign();
    if skipped.len() == list.len() {
        check::all_skipped(&skipped, found);
    }
    for (index, exercise) in &mut exercises {
        exercise.id = ids.get(*index).cloned().unwrap_or_default();
    }
    let exercises: Vec<Exercise> = exercises.into_iter().map(|(_, exercise)| exercise).collect();
    check::length(&exercises, pace, value.span(), found);
    exercises
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Phase, Position, Short, Sides, Work};
    use super::*;
    use crate::time::Millis;

    fn read(text: &str) -> Routine {
        parse(text, "a.toml").unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn every_key_arrives() {
        let routine = read(
            r#"
            title = "Back"
            summary = "Short."
            source = "A sheet"
            language = "de-AT"
            opening = ["Slowly."]
            closing = ["Bye."]
            pace = { get-ready = "1s", switch = "2s", rest = "3s", set-rest = "4s", position-change = "5s", ready = "6s" }
            [[exercise]]
            id = "dog"
            name = "Bird dog"
            position = "all-fours"
            needs = ["mat"]
            instructions = ["Kneel."]
            cue = "Still."
            sides = "alternate"
            reps = 10
            sets = 2
            rep = [
              { say = "Extend your {side} arm", brief = "{side}", hold = "5s" },
              { say = "Lower", move = "2s" },
              { breathe-in = "4s" },
              { brief = "", breathe-out = "6s" },
            ]
            ready = "wait"
            short = { reps = 4, sets = 1 }
            "#,
        );
        let phase = |say: &str, brief: &str, action| Phase { say: say.into(), brief: brief.into(), action };
        let seconds = Millis::from_secs;
        let exercise = Exercise {
            id: "dog".into(),
            name: "Bird dog".into(),
            position: Position::AllFours,
            needs: vec!["mat".into()],
            instructions: vec!["Kneel.".into()],
            cue: Some("Still.".into()),
            sides: Sides::Alternate,
            sets: 2,
            work: Work::Reps {
                count: 10,
                phases: vec![
                    phase("Extend your {side} arm", "{side}", Action::Hold(seconds(5))),
                    phase("Lower", "Lower", Action::Move(seconds(2))),
                    phase("", "", Action::BreatheIn(seconds(4))),
                    phase("", "", Action::BreatheOut(seconds(6))),
                ],
            },
            waits: true,
            short: Short::Change { reps: Some(4), sets: Some(1), duration: None },
        };
        let whole = Routine {
            title: "Back".into(),
            summary: "Short.".into(),
            source: Some("A sheet".into()),
            language: "de-AT".into(),
            opening: vec!["Slowly.".into()],
            closing: vec!["Bye.".into()],
            pace: Pace {
                get_ready: seconds(1),
                switch: seconds(2),
                rest: seconds(3),
                set_rest: seconds(4),
                position_change: seconds(5),
                ready: seconds(6),
            },
            exercises: vec![exercise],
        };
        assert_eq!(routine, whole);
    }

    const POSE: &str = "[[exercise]]\nname = \"Child's pose\"\nposition = \"prone\"\nduration = \"1m\"\n";

    #[test]
    fn little_has_to_be_written() {
        let routine = read(&format!("title = \"x\"\n{POSE}"));
        assert_eq!((routine.language.as_str(), routine.pace), ("en", Pace::default()));
        assert_eq!((routine.summary.as_str(), routine.source), ("", None));
        let pose = &routine.exercises[0];
        assert_eq!((pose.id.as_str(), pose.sets, pose.sides), ("childs-pose", 1, Sides::None));
        assert_eq!((pose.short, &pose.work), (Short::Same, &Work::Timed(Millis::from_secs(60))));
    }

    #[test]
    fn ids_made_from_names_give_way_to_given_ones() {
        let given = POSE.replace("name", "id = \"childs-pose-2\"\nname");
        let routine = read(&format!("title = \"x\"\n{POSE}{POSE}{given}{POSE}"));
        let ids: Vec<&str> = routine.exercises.iter().map(|exercise| exercise.id.as_str()).collect();
        assert_eq!(ids, ["childs-pose", "childs-pose-3", "childs-pose-2", "childs-pose-4"]);
    }

    #[test]
    fn a_text_over_several_lines_becomes_one() {
        let routine = read(&format!("title = \"\"\"\r\n  Upper\tback,\r\n  slowly \"\"\"\n{POSE}"));
        assert_eq!(routine.title, "Upper back, slowly");
    }

    #[test]
    fn notes_do_not_refuse_a_routine() {
        let examined = examine(&format!("title = \"x\"\n{POSE}short = {{ duration = \"1m\" }}\n"), "a.toml");
        assert!(examined.routine.is_some() && !examined.problems.has_errors());
        assert_eq!(
            examined.problems.to_string(),
            "note: `short` of exercise `Child's pose` does not make `duration` less
 --> a.toml:6:11
  |
6 | short = { duration = \"1m\" }
  |           ^^^^^^^^ the full exercise has 1m
  |
  = help: write less, or remove it"
        );
    }
}
