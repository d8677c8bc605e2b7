//! The rules between the parts of a routine: what each part alone cannot know.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::keys;
use super::problem::Problem;
use super::section::{Findings, Section};
use super::suggest::{is_id_letter, quoted, slug};
use super::{Action, Exercise, Pace, Phase, Short, Sides, Work};
use crate::time::{LONGEST, Millis};
use toml::de::DeValue;

/// The most phases in all repetitions of a routine together; a day has 86 400 seconds.
const MOST_PHASES: u64 = 200_000;

const ACTIONS: [&str; 4] = ["hold", "move", "breathe-in", "breathe-out"];

/// Languages people name in words.
const LANGUAGES: &[(&str, &str)] = &[
    ("english", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("spanish", "es"),
    ("español", "es"),
    ("italian", "it"),
    ("italiano", "it"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("portuguese", "pt"),
    ("português", "pt"),
];

/// Whether `tag` has the form of a language tag (BCP 47): a code of two or three letters, then subtags.
pub(super) fn language(tag: &str, span: Range<usize>, found: &mut Findings<'_>) {
    let mut parts = tag.split('-');
    let code = parts.next().unwrap_or_default();
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let well_formed = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphabetic());
    if well_formed && parts.all(subtag) {
        return;
    }
    let named = tag.to_lowercase();
    let meant = LANGUAGES.iter().find(|(name, _)| *name == named).map(|(_, code)| (*code).to_owned());
    let meant = meant.or_else(|| tag.contains('_').then(|| tag.replace('_', "-")));
    let help = match meant {
        Some(meant) => format!("write `language = {}`", quoted(&format!("\"{meant}\"")).trim_matches('`')),
        None => "write a language code such as `en`, `de` or `pt-BR`".to_owned(),
    };
    found.add(
        Problem::new(span, format!("{} is not a language code", quoted(tag)))
            .label("expected a code such as `en`")
            .help(help),
    );
}

/// The ids of a routine's exercises, in their order: given ones must differ, the others are made from names.
#[derive(Default)]
pub(super) struct Ids {
    /// Per exercise: the given id, or one made from its name.
    list: Vec<Result<String, String>>,
    first: HashMap<String, Range<usize>>,
}

impl Ids {
    pub fn note(&mut self, section: &Section<'_>, found: &mut Findings<'_>) {
        let text = |key| match section.get(key).map(|value| value.get_ref()) {
            Some(DeValue::String(text)) => Some(text.as_ref()),
            _ => None,
        };
        let made = text("name").map(slug).unwrap_or_default();
        let Some(value) = section.get("id") else {
            if made.is_empty() && text("name").is_some_and(|name| !name.trim().is_empty()) {
                let help = "write `id = \"…\"` with a short name of letters, digits and hyphens";
                section.missing("id", help, found);
            }
            self.list.push(Err(made));
            return;
        };
        let id = section.text("id", super::placeholder::Placeholders::Never, found);
        let id = id.filter(|id| valid(id, value.span(), &made, found));
        if let Some(id) = &id {
            match self.first.get(id) {
                Some(first) => found.add(
                    Problem::new(value.span(), format!("two exercises have the id {}", quoted(id)))
                        .label("the second one")
                        .help("give one of them another id")
                        .also(first.clone(), "the first one"),
                ),
                None => drop(self.first.insert(id.clone(), value.span())),
            }
        }
        self.list.push(id.ok_or(made));
    }

    /// The id of each exercise; a name that comes again gets a number: `bridge`, `bridge-2`.
    pub fn assign(self) -> Vec<String> {
        let mut used: HashSet<String> = self.first.into_keys().collect();
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut assigned = Vec::with_capacity(self.list.len());
        for id in self.list {
            assigned.push(id.unwrap_or_else(|made| {
                let count = times.entry(made.clone()).or_insert(0);
                loop {
                    *count += 1;
                    let id = if *count == 1 { made.clone() } else { format!("{made}-{count}") };
                    if used.insert(id.clone()) {
                        return id;
                    }
                }
            }));
        }
        assigned
    }
}

fn valid(id: &str, span: Range<usize>, made: &str, found: &mut Findings<'_>) -> bool {
    const LONGEST_ID: usize = 60;

    let letters = id.chars().all(|c| is_id_letter(c) || c == '-') && id.chars().any(is_id_letter);
    if letters && id.chars().count() <= LONGEST_ID {
        return true;
    }
    let better = match slug(id) {
        slug if slug.is_empty() => made.to_owned(),
        slug => slug,
    };
    let label = if letters { "at most 60 characters" } else { "only lower-case letters, digits and hyphens" };
    let problem = Problem::new(span, format!("{} cannot be an id", quoted(id))).label(label);
    found.add(match better.as_str() {
        "" => problem.help("write a short name such as `id = \"bird-dog\"`"),
        better => problem.help(format!("write `id = \"{better}\"`")),
    });
    false
}

/// An exercise is repeated or timed, and needs all that belongs to the one and nothing of the other.
pub(super) fn one_kind_of_work(section: &Section<'_>, sides: Option<Sides>, found: &mut Findings<'_>) {
    let name = &section.name;
    let has = |key| section.get(key).is_some();
    match (has("duration"), has("reps"), has("rep")) {
        (true, false, false) | (false, true, true) => {}
        (true, reps, _) => {
            let other = if reps { "reps" } else { "rep" };
            found.add(
                Problem::new(section.key_span("duration"), format!("{name} is both timed and repeated"))
                    .label("makes it timed")
                    .also(section.key_span(other), "makes it repeated")
                    .help("keep either `duration`, or `reps` and `rep`"),
            );
        }
        // A misspelt key has been reported already; that it is missing follows from it.
        _ if ["duration", "reps", "rep"].iter().any(|key| section.meant(key)) => {}
        (false, false, false) => found.add(
            Problem::new(section.span.clone(), format!("{name} does not say how much to do"))
                .label("neither `reps` nor `duration`")
                .help(
                    "write `duration = \"1m\"`, or `reps = 10` together with \
                     `rep = [{ say = \"Lift\", hold = \"5s\" }]`",
                )
                .absence(),
        ),
        (false, true, false) => found.add(
            Problem::new(section.key_span("reps"), format!("{name} does not say what one repetition is"))
                .label("`rep` is missing")
                .help("add `rep = [{ say = \"Lift\", hold = \"5s\" }, { say = \"Lower\", move = \"2s\" }]`")
                .absence(),
        ),
        (false, false, true) => found.add(
            Problem::new(section.key_span("rep"), format!("{name} does not say how many repetitions"))
                .label("`reps` is missing")
                .help("add `reps = 10`")
                .absence(),
        ),
    }
    if has("duration") && !has("reps") && sides == Some(Sides::Alternate) {
        found.add(
            Problem::new(section.key_span("sides"), format!("{name} is timed and cannot alternate sides"))
                .label("no repetitions to alternate")
                .also(section.key_span("duration"), "makes it timed")
                .help("write `sides = \"each\"`: the time is then kept once on each side"),
        );
    }
}

/// Whether a phase has exactly one action.
pub(super) fn one_action(section: &Section<'_>, found: &mut Findings<'_>) -> Option<()> {
    let mut given: Vec<(Range<usize>, &str)> = ACTIONS
        .iter()
        .filter(|key| section.get(key).is_some())
        .map(|key| (section.key_span(key), *key))
        .collect();
    given.sort_by_key(|(span, _)| span.start);
    match given.as_slice() {
        [_] => Some(()),
        [] if ACTIONS.iter().any(|key| section.meant(key)) => None,
        [] => {
            found.add(
                Problem::new(section.span.clone(), format!("{} does not say what to do", section.name))
                    .label("no `hold`, `move`, `breathe-in` or `breathe-out`")
                    .help("add one of them with its time, such as `hold = \"5s\"` or `move = \"2s\"`")
                    .absence(),
            );
            None
        }
        [(first, one), (second, other), ..] => {
            found.add(
                Problem::new(second.clone(), format!("{} has both `{one}` and `{other}`", section.name))
                    .label("the second action")
                    .also(first.clone(), "the first action")
                    .help("make two phases of it: `{ … }, { … }`"),
            );
            None
        }
    }
}

/// A phase that is allowed, but does nothing.
pub(super) fn phase(phase: &Phase, section: &Section<'_>, found: &mut Findings<'_>) {
    if phase.action == Action::Move(Millis::ZERO) && phase.say.is_empty() && phase.brief.is_empty() {
        found.add(
            Problem::new(section.span.clone(), format!("{} does nothing", section.name))
                .label("no words and no time")
                .help("give it words or time, or remove it")
                .note(),
        );
    }
}

/// Whether `short` changes what the exercise has, and makes it shorter.
pub(super) fn short(exercise: &Exercise, section: &Section<'_>, found: &mut Findings<'_>) {
    let Short::Change { reps, sets, duration } = exercise.short else { return };
    let Some(DeValue::Table(table)) = section.get("short").map(|value| value.get_ref()) else { return };
    let given = Section { table, span: section.span.clone(), name: String::new(), keys: keys::SHORT };
    let (full_reps, full_duration) = match exercise.work {
        Work::Reps { count, .. } => (Some(count), None),
        Work::Timed(duration) => (None, Some(duration)),
    };
    let misfit = |key: &str, has: &str, instead: &str| {
        Problem::new(
            given.key_span(key),
            format!("`short` of {} sets `{key}`, which the exercise does not have", section.name),
        )
        .label(format!("the exercise has {has}"))
        .help(format!("write `short = {{ {instead} }}`"))
    };
    if reps.is_some() && full_reps.is_none() {
        found.add(misfit("reps", "a `duration`", "duration = \"30s\""));
    }
    if duration.is_some() && full_duration.is_none() {
        found.add(misfit("duration", "`reps`", "reps = 4"));
    }
    let mut longer = |key: &str, full: String| {
        found.add(
            Problem::new(
                given.key_span(key),
                format!("`short` of {} does not make `{key}` less", section.name),
            )
            .label(format!("the full exercise has {full}"))
            .help("write less, or remove it")
            .note(),
        );
    };
    if let (Some(reps), Some(full)) = (reps, full_reps)
        && reps >= full
    {
        longer("reps", full.to_string());
    }
    if sets.is_some_and(|sets| sets >= exercise.sets) {
        longer("sets", exercise.sets.to_string());
    }
    if let (Some(duration), Some(full)) = (duration, full_duration)
        && duration >= full
    {
        longer("duration", full.to_string());
    }
}

/// A short form without any exercise.
pub(super) fn all_skipped(places: &[Range<usize>], found: &mut Findings<'_>) {
    let Some(first) = places.first() else { return };
    found.add(
        Problem::new(first.clone(), "the short form leaves out every exercise")
            .label("here and in all the others")
            .help("remove `short = \"skip\"` from at least one exercise"),
    );
}

/// Whether the routine is done within a day: more is a slip, and would not fit into memory as a plan.
pub(super) fn length(exercises: &[Exercise], pace: &Pace, span: Range<usize>, found: &mut Findings<'_>) {
    let (mut time, mut phases) = (0_u128, 0_u64);
    for exercise in exercises {
        let times = u64::from(exercise.sets) * if exercise.sides == Sides::None { 1 } else { 2 };
        let once = match &exercise.work {
            Work::Timed(duration) => {
                phases += times;
                u128::from(duration.get())
            }
            Work::Reps { count, phases: list } => {
                phases = phases.saturating_add((times * u64::from(*count)).saturating_mul(list.len() as u64));
                let once: u128 = list.iter().map(|phase| u128::from(duration(phase.action).get())).sum();
                once * u128::from(*count)
            }
        };
        time += once * u128::from(times);
        time += u128::from(pace.set_rest.get()) * u128::from(exercise.sets - 1);
        time += u128::from(pace.rest.get());
        time += if exercise.waits { u128::from(pace.ready.get()) } else { 0 };
    }
    let help = "check `reps`, `sets` and the times, or make several routines of it";
    if time > u128::from(LONGEST.get()) {
        let hours = time / 3_600_000;
        let problem = Problem::new(span, format!("the routine takes more than a day: {hours} hours"));
        found.add(problem.label("all exercises together").help(help));
    } else if phases > MOST_PHASES {
        let problem = Problem::new(span, format!("the routine has {phases} phases in all its repetitions"));
        found.add(problem.label(format!("at most {MOST_PHASES} are allowed")).help(help));
    }
}

fn duration(action: Action) -> Millis {
    match action {
        Action::Hold(time) | Action::Move(time) | Action::BreatheIn(time) | Action::BreatheOut(time) => time,
    }
}
