//! Reads one `[[exercise]]`: its texts, its repetitions or time, and its short form.

use toml::de::DeValue;

use super::check;
use super::keys;
use super::placeholder::Placeholders;
use super::problem::Problem;
use super::section::{Findings, Section, Value, Zero, kind};
use super::suggest::quoted;
use super::{Action, Exercise, Phase, Position, Short, Sides, Work};
use crate::time::Millis;

/// Nobody breathes more slowly than this.
const LONGEST_BREATH: Millis = Millis::from_secs(60);

/// Repetitions and sets are at most this many.
pub const MOST_TIMES: u32 = 1_000;

const POSITIONS: &[(&str, Position)] = &[
    ("standing", Position::Standing),
    ("sitting", Position::Sitting),
    ("kneeling", Position::Kneeling),
    ("all-fours", Position::AllFours),
    ("supine", Position::Supine),
    ("prone", Position::Prone),
    ("side", Position::Side),
];
const POSITIONS_HELP: &str = "on the back is `supine`, face down `prone`, on one side `side`, on hands and knees \
                              `all-fours`; and there are `standing`, `sitting` and `kneeling`";
const SIDES_HELP: &str = "`each` does all repetitions left, then right; `alternate` left, right, left, right; \
                          `none` has no sides";
const SIDES: &[(&str, Sides)] =
    &[("none", Sides::None), ("each", Sides::Each), ("alternate", Sides::Alternate)];

const READY: &[(&str, bool)] = &[("go", false), ("wait", true)];
const READY_HELP: &str =
    "`wait` waits after the instructions until the listener is ready; `go` goes on at once";

/// The exercise without its id, or `None` where something needed is wrong.
pub(super) fn exercise(section: &Section<'_>, found: &mut Findings<'_>) -> Option<Exercise> {
    section.unknown_keys(found);
    let name = section.text("name", Placeholders::Never, found);
    if section.get("name").is_none() {
        section.missing("name", "write `name = \"…\"`: it is announced before the exercise", found);
    }
    let position = section.choice("position", POSITIONS, POSITIONS_HELP, found);
    if section.get("position").is_none() {
        section.missing("position", &format!("write `position = \"…\"`: {POSITIONS_HELP}"), found);
    }
    let sides = match section.get("sides") {
        Some(_) => section.choice("sides", SIDES, SIDES_HELP, found),
        None => Some(Sides::None),
    };
    let spoken = match sides {
        Some(Sides::None) => Placeholders::WithoutSides,
        _ => Placeholders::Allowed,
    };
    let needs = section.texts("needs", Placeholders::Never, found);
    let instructions = section.texts("instructions", spoken, found);
    let cue = section.text("cue", spoken, found);
    let sets = match section.get("sets") {
        Some(_) => section.count("sets", 1..=MOST_TIMES, found),
        None => Some(1),
    };
    let work = work(section, sides, spoken, found);
    let waits = match section.get("ready") {
        Some(_) => section.choice("ready", READY, READY_HELP, found),
        None => Some(false),
    };
    let short = short(section, found);
    let exercise = Exercise {
        id: String::new(),
        name: name?,
        position: position?,
        needs,
        instructions,
        cue,
        sides: sides?,
        sets: sets?,
        work: work?,
        waits: waits?,
        short: short?,
    };
    check::short(&exercise, section, found);
    Some(exercise)
}

fn work(
    section: &Section<'_>,
    sides: Option<Sides>,
    spoken: Placeholders,
    found: &mut Findings<'_>,
) -> Option<Work> {
    check::one_kind_of_work(section, sides, found);
    let count = section.count("reps", 1..=MOST_TIMES, found);
    let phases = phases(section, spoken, found);
    let duration = section.duration("duration", Zero::Refused, found);
    match (section.get("duration"), section.get("reps"), section.get("rep")) {
        (Some(_), None, None) => duration.map(Work::Timed),
        (None, Some(_), Some(_)) => Some(Work::Reps { count: count?, phases: phases? }),
        _ => None,
    }
}

fn phases(section: &Section<'_>, spoken: Placeholders, found: &mut Findings<'_>) -> Option<Vec<Phase>> {
    let list = section.list("rep", "a list of phases", found)?;
    if list.is_empty() {
        found.add(
            Problem::new(section.get("rep")?.span(), format!("`rep` of {} is empty", section.name))
                .label("a repetition needs at least one phase")
                .help("write `rep = [{ say = \"Lift\", hold = \"5s\" }]`"),
        );
    }
    let mut phases = Vec::new();
    for (index, value) in list.iter().enumerate() {
        phases.push(phase(value, index, section, spoken, found));
    }
    phases.into_iter().collect()
}

fn phase(
    value: &Value<'_>,
    index: usize,
    exercise: &Section<'_>,
    spoken: Placeholders,
    found: &mut Findings<'_>,
) -> Option<Phase> {
    let name = format!("phase {} of {}", index + 1, exercise.name);
    let DeValue::Table(table) = value.get_ref() else {
        found.add(
            Problem::new(value.span(), format!("{name} must be in braces, not {}", kind(value.get_ref())))
                .label("expected `{ … }`")
                .help("write a phase like `{ say = \"Lift\", hold = \"5s\" }`"),
        );
        return None;
    };
    let section = Section { table, span: value.span(), name, keys: keys::PHASE };
    section.unknown_keys(found);
    let say = match section.get("say") {
        Some(_) => section.words("say", spoken, found),
        None => Some(String::new()),
    };
    let brief = match section.get("brief") {
        Some(_) => section.words("brief", spoken, found),
        None => say.clone(),
    };
    let action = action(&section, found);
    let phase = Phase { say: say?, brief: brief?, action: action? };
    check::phase(&phase, &section, found);
    Some(phase)
}

fn action(section: &Section<'_>, found: &mut Findings<'_>) -> Option<Action> {
    let hold = section.duration("hold", Zero::Refused, found).map(Action::Hold);
    let movement = section.duration("move", Zero::Allowed, found).map(Action::Move);
    let breathe_in = breath("breathe-in", section, found).map(Action::BreatheIn);
    let breathe_out = breath("breathe-out", section, found).map(Action::BreatheOut);
    check::one_action(section, found)?;
    hold.or(movement).or(breathe_in).or(breathe_out)
}

/// A breath takes no longer than [`LONGEST_BREATH`]: its tone is made in one piece.
fn breath(key: &str, section: &Section<'_>, found: &mut Findings<'_>) -> Option<Millis> {
    let lasts = section.duration(key, Zero::Refused, found)?;
    if lasts > LONGEST_BREATH {
        let span = section.get(key).map_or_else(|| section.key_span(key), |value| value.span());
        found.add(
            Problem::new(span, format!("`{key}` of {} lasts longer than a breath", section.name))
                .label(format!("must be {LONGEST_BREATH} or shorter"))
                .help("for more time without words, add a phase with `move` or `hold`"),
        );
        return None;
    }
    Some(lasts)
}

/// What `short` says; [`check::short`] looks whether it fits the exercise.
fn short(section: &Section<'_>, found: &mut Findings<'_>) -> Option<Short> {
    let Some(value) = section.get("short") else { return Some(Short::Same) };
    let DeValue::Table(table) = value.get_ref() else {
        if matches!(value.get_ref(), DeValue::String(word) if word == "skip") {
            return Some(Short::Skip);
        }
        let shown = match value.get_ref() {
            DeValue::String(text) => quoted(text),
            other => kind(other).to_owned(),
        };
        found.add(
            Problem::new(value.span(), format!("`short` of {} cannot be {shown}", section.name))
                .label("expected `\"skip\"` or `{ … }`")
                .help(
                    "write `short = \"skip\"` to leave the exercise out, or what changes: `short = { reps = 4 }`",
                ),
        );
        return None;
    };
    let short = Section {
        table,
        span: value.span(),
        name: format!("`short` of {}", section.name),
        keys: keys::SHORT,
    };
    short.unknown_keys(found);
    if table.is_empty() {
        found.add(
            Problem::new(value.span(), format!("`short` of {} changes nothing", section.name))
                .label("empty")
                .help("write what changes, such as `short = { reps = 4 }`, or remove it"),
        );
    }
    let before = found.list.len() + found.left_off;
    let reps = short.count("reps", 1..=MOST_TIMES, found);
    let sets = short.count("sets", 1..=MOST_TIMES, found);
    let duration = short.duration("duration", Zero::Refused, found);
    (found.list.len() + found.left_off == before).then_some(Short::Change { reps, sets, duration })
}
