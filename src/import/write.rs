//! Exercises → a routine file in TOML, with a remark wherever something was assumed.

use std::collections::HashSet;
use std::fmt::Write;

use super::dose::Sides;
use super::exercise::{Exercise, Sure};
use super::language::Language;
use super::perform::{Performance, Work};
use super::phases::{Action, Phase};
use super::words::clean;
use crate::routine::slug;
use crate::time::Millis;

/// What the file is about.
pub struct Heading<'a> {
    pub title: &'a str,
    /// The name of the source, for the reader.
    pub source: &'a str,
    pub language: &'a Language,
    /// The rest between sets, where the text states one.
    pub set_rest: Option<(Millis, Option<String>)>,
}

pub fn toml(heading: &Heading<'_>, exercises: &[(Exercise, Performance)]) -> String {
    let mut out = String::new();
    let title = limited(heading.title, 200);
    let _ = writeln!(
        out,
        "# Made by `floorcoach import` from {}. The words of the exercises are those of its author.",
        comment(heading.source)
    );
    let _ = writeln!(out, "# Look over the lines with a `#`: there something was assumed, or is a choice.\n");
    let _ = writeln!(out, "title    = {}", quoted(&title));
    let _ = writeln!(out, "source   = {}", quoted(&limited(heading.source, 300)));
    let _ = writeln!(out, "language = {}", quoted(heading.language.code));
    let _ = writeln!(out, "\n# Our words, not the author's.");
    let _ = writeln!(out, "opening  = [{}]", quoted(heading.language.said.opening));
    let _ = writeln!(out, "closing  = [{}]", quoted(heading.language.said.closing));
    if let Some((rest, remark)) = &heading.set_rest {
        let _ = writeln!(out, "\n[pace]\nset-rest = \"{rest}\"{}", behind(remark.as_deref()));
    }
    let mut ids = HashSet::new();
    let skipped = exercises.iter().filter(|(exercise, _)| skip(exercise)).count();
    for (number, (exercise, performance)) in (1_usize..).zip(exercises) {
        let id = id(&exercise.name, number, &mut ids);
        one(&mut out, &id, exercise, performance, skipped < exercises.len());
    }
    out
}

fn one(out: &mut String, id: &str, exercise: &Exercise, performance: &Performance, may_skip: bool) {
    let sure = match exercise.sure {
        Sure::Sure => "",
        Sure::Fairly => ", fairly sure",
        Sure::Unsure => ", unsure: is this an exercise?",
    };
    let _ = writeln!(out, "\n[[exercise]] # line {}{sure}", exercise.line);
    let _ = writeln!(out, "id           = {}", quoted(id));
    let unnamed = exercise.unnamed.then_some("the text gives no name");
    let _ = writeln!(out, "name         = {}{}", quoted(&limited(&exercise.name, 200)), behind(unnamed));
    let (position, remark) = match exercise.position {
        Some(position) => (position, None),
        None => ("standing", Some("not in the text")),
    };
    let _ = writeln!(out, "position     = {}{}", quoted(position), behind(remark));
    if !exercise.needs.is_empty() {
        let needs: Vec<String> = exercise.needs.iter().map(|thing| quoted(thing)).collect();
        let _ = writeln!(out, "needs        = [{}]", needs.join(", "));
    }
    if !performance.instructions.is_empty() {
        let _ = writeln!(out, "instructions = [");
        for text in &performance.instructions {
            let _ = writeln!(out, "  {},", quoted(text));
        }
        let _ = writeln!(out, "]");
    }
    if let Some(cue) = &performance.cue {
        let _ = writeln!(out, "cue          = {}", quoted(cue));
    }
    if let Some(sides) = performance.sides.value {
        let word = match sides {
            Sides::Each => "each",
            Sides::Alternate => "alternate",
        };
        let _ = writeln!(out, "sides        = \"{word}\"{}", behind(performance.sides.remark.as_deref()));
    }
    if let Some(sets) = performance.sets.as_ref().filter(|sets| sets.value > 1) {
        let _ = writeln!(out, "sets         = {}{}", sets.value, behind(sets.remark.as_deref()));
    }
    match &performance.work {
        Work::Timed(lasts) => {
            let _ = writeln!(out, "duration     = \"{}\"{}", lasts.value, behind(lasts.remark.as_deref()));
        }
        Work::Reps { count, phases } => {
            let _ = writeln!(out, "reps         = {}{}", count.value, behind(count.remark.as_deref()));
            let _ = writeln!(out, "rep          = [");
            phases.iter().for_each(|written| phase(out, written));
            let _ = writeln!(out, "]");
        }
    }
    if let Some(frequency) = &exercise.dose.frequency {
        let _ = writeln!(out, "# How often, says the text: {}.", comment(&frequency.words));
    }
    for note in &exercise.notes {
        let _ = writeln!(out, "# {}", comment(note));
    }
    short(out, exercise, performance, may_skip);
}

fn phase(out: &mut String, phase: &Phase) {
    let (key, lasts) = match phase.action {
        Action::Hold(lasts) => ("hold", lasts),
        Action::Move(lasts) => ("move", lasts),
        Action::In(lasts) => ("breathe-in", lasts),
        Action::Out(lasts) => ("breathe-out", lasts),
    };
    let brief =
        if phase.brief == phase.say { String::new() } else { format!(", brief = {}", quoted(&phase.brief)) };
    let remark = behind(phase.remark.as_deref());
    let _ = writeln!(out, "  {{ say = {}{brief}, {key} = \"{lasts}\" }},{remark}", quoted(&phase.say));
}

/// What needs more than a chair or a mat is left out of the short form.
fn skip(exercise: &Exercise) -> bool {
    exercise
        .needs
        .iter()
        .any(|thing| !matches!(thing.as_str(), "chair" | "mat" | "towel" | "pillow" | "cushion"))
}

fn short(out: &mut String, exercise: &Exercise, performance: &Performance, may_skip: bool) {
    if may_skip && skip(exercise) {
        let _ = writeln!(out, "short        = \"skip\" # it needs equipment");
        return;
    }
    let mut changes = Vec::new();
    if performance.sets.as_ref().is_some_and(|sets| sets.value > 1) {
        changes.push("sets = 1".to_owned());
    }
    match &performance.work {
        Work::Reps { count, .. } => {
            // Sets have been taken away already.
            let less = if changes.is_empty() { count.value * 2 / 5 } else { count.value * 4 / 5 }.max(1);
            if less < count.value {
                changes.insert(0, format!("reps = {less}"));
            }
        }
        Work::Timed(lasts) => {
            let half = Millis::from_secs((lasts.value.get() / 2_000).max(1));
            if half < lasts.value && lasts.value > Millis::from_secs(20) {
                changes.insert(0, format!("duration = \"{half}\""));
            }
        }
    }
    if changes.is_empty() {
        let _ = writeln!(out, "# In the short form it stays the same: there is nothing to leave out.");
    } else {
        let _ = writeln!(out, "short        = {{ {} }}", changes.join(", "));
    }
}

fn id(name: &str, number: usize, ids: &mut HashSet<String>) -> String {
    let made = match slug(name) {
        slug if slug.is_empty() => format!("exercise-{number}"),
        slug => slug,
    };
    if ids.insert(made.clone()) {
        return made;
    }
    // The number of the exercise is its own, so this one is free unless a name ends in it.
    let mut id = format!("{made}-{number}");
    while !ids.insert(id.clone()) {
        id.push('x');
    }
    id
}

fn quoted(text: &str) -> String {
    toml::Value::String(clean_braces(text)).to_string()
}

/// Braces are kept where they are placeholders.
fn clean_braces(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn limited(text: &str, most: usize) -> String {
    clean(text).chars().take(most).collect()
}

/// A remark behind a value.
fn behind(remark: Option<&str>) -> String {
    remark.map_or_else(String::new, |remark| format!(" # {}", comment(remark)))
}

fn comment(text: &str) -> String {
    clean(text).chars().take(160).collect()
}
