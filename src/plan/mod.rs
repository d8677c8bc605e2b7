//! From a routine and options to beats: what is heard, in order, before anything is measured.
//!
//! A plan is expanded block by block (an introduction, one repetition, one rest …), so a routine of any
//! length needs no more memory than its own text. Nothing here knows a file, a clock or a thread, and
//! nothing can fail: the routine has been checked.

mod expand;
mod phrase;

use std::fmt;
use std::ops::Deref;

use crate::cue::Sound;
use crate::routine::{Exercise, Pace, Routine, Short, Work};
use crate::time::Millis;

pub use phrase::sentences;

/// Which form of the routine is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Length {
    #[default]
    Full,
    Short,
}

/// How much is said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Guidance {
    /// Names and sounds.
    Minimal,
    /// Name, cue line and counts.
    Brief,
    #[default]
    Full,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    pub length: Length,
    pub guidance: Guidance,
    /// Quiet before the first beat, so that a speaker that has to wake up eats no words.
    pub quiet_head: Millis,
    /// An inaudible tone under everything, so that a speaker that sleeps in silence stays awake.
    pub keep_awake: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Left,
    Right,
}

impl Side {
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// Where in the routine a beat belongs. Exercises are counted from 0; sets and repetitions from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub exercise: Option<usize>,
    pub set: Option<u32>,
    pub rep: Option<u32>,
    pub side: Option<Side>,
    /// What is going on: `hold`, `move`, `rest`, `instructions` …
    pub phase: &'static str,
}

/// The smallest thing that is begun again after an interruption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    pub place: Place,
    pub content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// One sentence.
    Say(String),
    /// A sound, whole.
    Sound(Sound),
    Pause(Millis),
    /// Sentences one after another, then quiet until the whole has lasted `at_least`. Longer words stretch it.
    Slot {
        says: Vec<String>,
        at_least: Millis,
    },
    /// Exactly this long, with sounds and words at given times in it.
    Grid {
        lasts: Millis,
        marks: Vec<Mark>,
    },
    /// A sound stretched to exactly this length.
    Stretched(Sound, Millis),
}

/// Something that is due at a time counted from the start of its grid. Marks are in order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub at: Millis,
    pub cue: MarkCue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkCue {
    Sound(Sound),
    Say(String),
}

impl Beat {
    /// Every text that has to be spoken for this beat, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let (one, slot, marks) = match &self.content {
            Content::Say(words) => (Some(words), None, None),
            Content::Slot { says, .. } => (None, Some(says), None),
            Content::Grid { marks, .. } => (None, None, Some(marks)),
            Content::Sound(_) | Content::Pause(_) | Content::Stretched(..) => (None, None, None),
        };
        let marked = marks.into_iter().flatten().filter_map(|mark| match &mark.cue {
            MarkCue::Say(words) => Some(words.as_str()),
            MarkCue::Sound(_) => None,
        });
        one.into_iter().chain(slot.into_iter().flatten()).map(String::as_str).chain(marked)
    }
}

/// The large parts of a plan, in the order in which they are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Opening,
    /// The way from the exercise before to this one: rest, announcement, change of position.
    Transition(usize),
    Exercise(usize),
    Closing,
}

/// A place in a plan: the next beat to be heard. `block` and `beat` count from 0 within their section and block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub section: Section,
    pub block: u32,
    pub beat: u32,
}

impl Cursor {
    pub const fn start_of(section: Section) -> Self {
        Self { section, block: 0, beat: 0 }
    }
}

/// A routine with the options applied: which exercises, how often, and how much is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    title: String,
    source: Option<String>,
    language: String,
    opening: Vec<String>,
    closing: Vec<String>,
    pace: Pace,
    guidance: Guidance,
    quiet_head: Millis,
    keep_awake: bool,
    exercises: Vec<Exercise>,
}

impl Plan {
    pub fn new(routine: &Routine, options: Options) -> Self {
        let exercises = match options.length {
            Length::Full => routine.exercises.clone(),
            Length::Short => routine.exercises.iter().filter_map(shortened).collect(),
        };
        Self {
            title: routine.title.clone(),
            source: routine.source.clone(),
            language: routine.language.clone(),
            opening: routine.opening.clone(),
            closing: routine.closing.clone(),
            pace: routine.pace,
            guidance: options.guidance,
            quiet_head: options.quiet_head,
            keep_awake: options.keep_awake,
            exercises,
        }
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// Where the routine comes from, if its author tells.
    pub fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    /// BCP 47 tag of the author's words.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// How long it is quiet before the first beat that is heard, wherever in the plan that is.
    pub fn quiet_head(&self) -> Millis {
        self.quiet_head
    }

    /// Whether the mix has an inaudible tone under everything.
    pub fn keep_awake(&self) -> bool {
        self.keep_awake
    }

    /// The exercises as they will be done.
    pub fn exercises(&self) -> &[Exercise] {
        &self.exercises
    }

    /// The repetitions of a set of an exercise, per side; `None` where its work is a stretch of time.
    pub fn reps(&self, exercise: usize) -> Option<u32> {
        match self.exercises.get(exercise)?.work {
            Work::Reps { count, .. } => Some(count),
            Work::Timed(_) => None,
        }
    }

    /// Equipment in the order in which it is first needed, each once.
    pub fn equipment(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for need in self.exercises.iter().flat_map(|exercise| &exercise.needs) {
            if !all.contains(&need.as_str()) {
                all.push(need);
            }
        }
        all
    }

    pub fn start(&self) -> Cursor {
        Cursor::start_of(Section::Opening)
    }

    /// The section after this one; `None` after the closing.
    pub fn section_after(&self, section: Section) -> Option<Section> {
        let exercise = |index: usize| match index {
            0 => Section::Exercise(0),
            _ => Section::Transition(index),
        };
        match section {
            Section::Opening if self.exercises.is_empty() => Some(Section::Closing),
            Section::Opening => Some(exercise(0)),
            Section::Transition(index) => Some(Section::Exercise(index)),
            Section::Exercise(index) if index + 1 < self.exercises.len() => Some(exercise(index + 1)),
            Section::Exercise(_) => Some(Section::Closing),
            Section::Closing => None,
        }
    }

    /// The beats of one block; `None` when the section has no such block.
    pub fn block(&self, section: Section, block: u32) -> Option<Vec<Beat>> {
        expand::block(self, section, block)
    }
}

/// The exercise as `--short` wants it, `None` when it is left out.
fn shortened(exercise: &Exercise) -> Option<Exercise> {
    let mut exercise = exercise.clone();
    match exercise.short {
        Short::Same => {}
        Short::Skip => return None,
        Short::Change { reps, sets, duration } => {
            exercise.sets = sets.unwrap_or(exercise.sets);
            match &mut exercise.work {
                Work::Reps { count, .. } => *count = reps.unwrap_or(*count),
                Work::Timed(lasts) => *lasts = duration.unwrap_or(*lasts),
            }
        }
    }
    Some(exercise)
}

/// Every beat of a plan from a place on, with its cursor, expanded as it is asked for.
///
/// `P` is whatever holds the plan: a reference, or an `Arc` where the walk outlives its maker.
#[derive(Debug, Clone)]
pub struct Beats<P> {
    plan: P,
    cursor: Option<Cursor>,
    block: Option<Vec<Beat>>,
}

impl<P: Deref<Target = Plan>> Beats<P> {
    pub fn new(plan: P, from: Cursor) -> Self {
        Self { plan, cursor: Some(from), block: None }
    }
}

impl<P: Deref<Target = Plan>> Iterator for Beats<P> {
    type Item = (Cursor, Beat);

    fn next(&mut self) -> Option<(Cursor, Beat)> {
        loop {
            let cursor = self.cursor?;
            if self.block.is_none() {
                self.block = self.plan.block(cursor.section, cursor.block);
            }
            let Some(beats) = &self.block else {
                self.cursor = self.plan.section_after(cursor.section).map(Cursor::start_of);
                continue;
            };
            if let Some(beat) = beats.get(cursor.beat as usize) {
                let beat = beat.clone();
                self.cursor = Some(Cursor { beat: cursor.beat + 1, ..cursor });
                return Some((cursor, beat));
            }
            self.block = None;
            self.cursor = Some(Cursor { block: cursor.block + 1, beat: 0, ..cursor });
        }
    }
}

/// One beat a line, as snapshots compare them.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = None;
        for (cursor, beat) in Beats::new(self, self.start()) {
            if section != Some(cursor.section) {
                section = Some(cursor.section);
                match cursor.section {
                    Section::Opening => writeln!(f, "# {} (opening)", self.title)?,
                    Section::Closing => writeln!(f, "# closing")?,
                    Section::Transition(_) => {}
                    Section::Exercise(index) => writeln!(f, "# {}", self.exercises[index].name)?,
                }
            }
            writeln!(f, "{beat}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<16}", self.place.phase)?;
        let number = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
        let side = self.place.side.map_or("", Side::name);
        write!(f, "{:>2} {:>3} {side:<6}", number(self.place.set), number(self.place.rep))?;
        match &self.content {
            Content::Say(words) => write!(f, "“{words}”"),
            Content::Sound(sound) => write!(f, "♪ {sound}"),
            Content::Pause(lasts) => write!(f, "… {lasts}"),
            Content::Stretched(sound, lasts) => write!(f, "♪ {sound} for {lasts}"),
            Content::Slot { says, at_least } => {
                write!(f, "≥ {at_least}:")?;
                says.iter().try_for_each(|words| write!(f, " “{words}”"))
            }
            Content::Grid { lasts, marks } => {
                write!(f, "= {lasts}:")?;
                marks.iter().try_for_each(|mark| match &mark.cue {
                    MarkCue::Sound(sound) => write!(f, " {} ♪ {sound}", mark.at),
                    MarkCue::Say(words) => write!(f, " {} “{words}”", mark.at),
                })
            }
        }
    }
}
