//! `show`: what a routine consists of, and when: as a table, or every cue as JSON.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ContentArrangement, LineStyle, Table, TableStyle, presets,
};
use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::settings::Settings;
use super::studio::Patient;
use super::{Failure, clock, exercises};
use crate::plan::{Cursor, Plan, Side};
use crate::plan::{Guidance, Length};
use crate::routine::{Action, Exercise, Sides, Work};
use crate::time::{Frames, MIX_RATE};
use crate::timeline::{Chapter, Cue, Survey, Walk, What};
use crate::voice::{VoiceError, system};

/// Columns, and a line under the heading.
const STYLE: TableStyle = presets::NOTHING.header_separator(LineStyle::new('─', '─', '─', '─'));

/// Words that were longer than their slot, told once however often they are said.
type Overruns = BTreeSet<(usize, String, Frames)>;

pub fn table(plan: Arc<Plan>, from: Cursor, settings: &Settings) -> Result<(), Failure> {
    let mut clips = Patient::open(settings, &plan, from)?;
    let (survey, overruns) = survey(&plan, from, &mut clips).map_err(failure)?;
    super::warn_all(clips.0.pool());

    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        // Piped into a file or a pager, a table has no width to be squeezed into.
        table.force_no_tty();
    }
    let head = |text: &str| Cell::new(text).add_attribute(Attribute::Bold);
    table.set_header(["start", "exercise", "work", "side", "lasts"].map(head));
    for chapter in &survey.chapters {
        let exercise = chapter.exercise.and_then(|index| plan.exercises().get(index));
        let (work, sides) = exercise.map_or_else(Default::default, |e| (work(e), sides(e)));
        let name = match exercise {
            Some(_) => Cell::new(&chapter.title).fg(Color::Cyan),
            None => Cell::new(&chapter.title).fg(Color::DarkGrey),
        };
        table.add_row([
            right(clock(chapter.start)),
            name,
            Cell::new(work),
            Cell::new(sides),
            right(clock(chapter.end - chapter.start)),
        ]);
    }
    let form = match settings.options.length {
        Length::Full => "full",
        Length::Short => "short",
    };
    let guidance = match settings.options.guidance {
        Guidance::Full => "",
        Guidance::Brief => ", brief guidance",
        Guidance::Minimal => ", minimal guidance",
    };
    let table = table.trim_fmt();
    let mut text = format!("{} ({form}{guidance})\n{table}\n", plan.title());
    // Of what is shown: `--from` may have left some behind.
    let count = survey.chapters.iter().filter(|chapter| chapter.exercise.is_some()).count();
    text += &format!("Total: {}, {}\n", clock(survey.frames), exercises(count));
    if clips.0.aloud().is_some() {
        text += "The system's voice speaks aloud: the times are estimates, but those of holds.\n";
    }
    let equipment = plan.equipment();
    if !equipment.is_empty() {
        text += &format!("Equipment: {}\n", equipment.join(", "));
    }
    let waits = survey.chapters.iter().filter_map(|chapter| chapter.exercise);
    let waits: Vec<&str> =
        waits.filter(|index| plan.waits(*index)).map(|index| plan.exercises()[index].name.as_str()).collect();
    if !waits.is_empty() {
        let all = if waits.len() == count { "every exercise".to_owned() } else { waits.join(", ") };
        text += &format!("Waits until you are ready ({} in a file): {all}\n", plan.time_to_set_up());
    }
    if !overruns.is_empty() {
        text += "Words longer than their slot (the slot is stretched, no hold is):\n";
        for (exercise, words, by) in &overruns {
            let id = plan.exercises().get(*exercise).map_or("", |exercise| &exercise.id);
            text += &format!("  {id}: “{words}” by {:.1} s\n", by.millis().get() as f64 / 1_000.0);
        }
    }
    print(&text)
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// "10 × 5s hold", "2 × 12 repetitions", "2m30s".
fn work(exercise: &Exercise) -> String {
    let sets = if exercise.sets > 1 { format!("{} × ", exercise.sets) } else { String::new() };
    match &exercise.work {
        Work::Timed(lasts) => format!("{sets}{lasts}"),
        Work::Reps { count, phases } => {
            let holds: Vec<String> = phases
                .iter()
                .filter_map(|phase| match phase.action {
                    Action::Hold(lasts) => Some(format!("{lasts} hold")),
                    _ => None,
                })
                .collect();
            match holds.as_slice() {
                [] if *count == 1 => format!("{sets}1 repetition"),
                [] => format!("{sets}{count} repetitions"),
                holds => format!("{sets}{count} × {}", holds.join(" + ")),
            }
        }
    }
}

fn sides(exercise: &Exercise) -> &'static str {
    match exercise.sides {
        Sides::None => "",
        Sides::Each => "left, then right",
        Sides::Alternate => "left and right in turn",
    }
}

fn failure(error: VoiceError) -> Failure {
    match error {
        // Only an interrupt does that.
        VoiceError::Stopped => Failure::Interrupted(String::new()),
        other => Failure::failed(other),
    }
}

fn survey(plan: &Arc<Plan>, from: Cursor, clips: &mut Patient) -> Result<(Survey, Overruns), VoiceError> {
    let (mut survey, mut overruns) = (Survey::default(), Overruns::new());
    let (mut walk, mut cues) = (Walk::begin(Arc::clone(plan), from), Vec::new());
    while let Some(step) = walk.step(clips, &mut cues)? {
        survey.add(plan, &step);
        let words = cues.drain(..).filter_map(|cue| match cue.what {
            What::Speech(words) => Some(words),
            _ => None,
        });
        let words = words.collect::<Vec<_>>().join(" ");
        if step.overrun > Frames::ZERO
            && let Some(exercise) = step.place.exercise
        {
            overruns.insert((exercise, words, step.overrun));
        }
    }
    Ok((survey, overruns))
}

/// The whole timeline. `frame` and `frames` are at `sample_rate`; cues tile the timeline without a gap.
pub fn json(name: &str, plan: Arc<Plan>, from: Cursor, settings: &Settings) -> Result<(), Failure> {
    let mut clips = Patient::open(settings, &plan, from)?;
    // Two walks, so that no cue has to be kept: the first one learns the length and the chapters.
    let (survey, _) = survey(&plan, from, &mut clips).map_err(failure)?;
    super::warn_all(clips.0.pool());
    let score = Score {
        routine: name,
        length: match settings.options.length {
            Length::Full => "full",
            Length::Short => "short",
        },
        voice: match clips.0.aloud() {
            Some(_) => system::NAME.to_owned(),
            None => clips.0.voice().to_owned(),
        },
        estimated: clips.0.aloud().is_some(),
        sample_rate: MIX_RATE,
        frames: survey.frames.get(),
        duration_ms: survey.frames.millis().get(),
        chapters: survey.chapters.iter().map(ChapterRow::new).collect(),
        cues: Cues { plan: &plan, from, clips: clips.into() },
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = serde_json::to_writer(&mut out, &score).map_err(io::Error::from);
    finish(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
}

/// A reader that has seen enough (`show … | head`) is no failure.
fn finish(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|error| Failure::failed(format!("cannot write the output: {error}"))),
    }
}

/// Prints, and takes a closed pipe for the end.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    finish(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

#[derive(Serialize)]
struct Score<'a> {
    routine: &'a str,
    length: &'static str,
    voice: String,
    /// The system's voice has no lengths before it has spoken: words last about as long as told here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    estimated: bool,
    sample_rate: u32,
    frames: u64,
    duration_ms: u64,
    chapters: Vec<ChapterRow<'a>>,
    cues: Cues<'a>,
}

#[derive(Serialize)]
struct ChapterRow<'a> {
    title: &'a str,
    start_ms: u64,
    end_ms: u64,
}

impl<'a> ChapterRow<'a> {
    fn new(chapter: &'a Chapter) -> Self {
        let (start_ms, end_ms) = (chapter.start.millis().get(), chapter.end.millis().get());
        Self { title: &chapter.title, start_ms, end_ms }
    }
}

#[derive(Serialize)]
struct CueRow<'a> {
    frame: u64,
    frames: u64,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exercise: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rep: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    phase: &'static str,
}

impl<'a> CueRow<'a> {
    fn new(cue: &'a Cue, plan: &'a Plan) -> Self {
        let (kind, sound, text) = match &cue.what {
            What::Speech(words) => ("speech", None, Some(words.as_str())),
            What::Sound { sound, .. } => ("sound", Some(sound.name()), None),
            What::Pause => ("pause", None, None),
            What::Gate => ("gate", None, None),
        };
        let exercise = cue.place.exercise.and_then(|index| plan.exercises().get(index));
        Self {
            frame: cue.at.get(),
            frames: cue.frames.get(),
            kind,
            sound,
            text,
            exercise: exercise.map(|exercise| exercise.id.as_str()),
            set: cue.place.set,
            rep: cue.place.rep,
            side: cue.place.side.map(Side::name),
            phase: cue.place.phase,
        }
    }
}

/// Serialises the cues one by one as they are placed.
struct Cues<'a> {
    plan: &'a Arc<Plan>,
    from: Cursor,
    clips: std::cell::RefCell<Patient>,
}

impl Serialize for Cues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let (mut walk, mut cues) = (Walk::begin(&**self.plan, self.from), Vec::new());
        let mut clips = self.clips.borrow_mut();
        while walk.step(&mut *clips, &mut cues).map_err(serde::ser::Error::custom)?.is_some() {
            for cue in cues.drain(..) {
                list.serialize_element(&CueRow::new(&cue, self.plan))?;
            }
        }
        list.end()
    }
}
