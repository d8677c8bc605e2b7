//! One block of a plan as beats: an introduction, a repetition, a side change, a rest …

use super::{Beat, Content, Gate, Guidance, Mark, MarkCue, Place, Plan, Section, Side, phrase};
use crate::cue::Sound;
use crate::routine::{Action, Exercise, Phase, Sides, Work};
use crate::time::Millis;

/// Between two sentences that belong together, and between two that do not.
const BREATH: Millis = Millis::new(350);
const PARAGRAPH: Millis = Millis::new(700);
/// Without it "Two. Lift …" is heard as "to lift".
const AFTER_COUNT: Millis = Millis::new(250);
/// Ticks lead into the work for so long.
const LEAD_IN: Millis = Millis::from_secs(3);
const SECOND: Millis = Millis::from_secs(1);
/// A shorter time to set up has no room for words that tell of it.
const WORTH_TELLING: Millis = Millis::from_secs(5);

pub fn block(plan: &Plan, section: Section, block: u32) -> Option<Vec<Beat>> {
    match section {
        Section::Opening => (block == 0).then(|| opening(plan)),
        Section::Transition(next) => (block == 0).then(|| transition(plan, next)),
        Section::Closing => (block == 0).then(|| closing(plan)),
        Section::Exercise(index) => {
            let exercise = plan.exercises.get(index)?;
            let part = Part::of(exercise, block)?;
            let mut writer = Writer::new(plan.guidance, Some(index));
            match part {
                Part::Introduction => introduction(plan, index, exercise, &mut writer),
                Part::Rep { set, rep, side } => repetition(exercise, set, rep, side, &mut writer),
                Part::Timed { set, side } => timed(exercise, set, side, &mut writer),
                Part::SideChange { set } => side_change(plan, set, &mut writer),
                Part::SetRest { next } => set_rest(plan, exercise, next, &mut writer),
            }
            Some(writer.beats)
        }
    }
}

/// What the n-th block of an exercise is. Sets and repetitions count from 1.
enum Part {
    Introduction,
    Rep { set: u32, rep: u32, side: Option<Side> },
    Timed { set: u32, side: Option<Side> },
    SideChange { set: u32 },
    SetRest { next: u32 },
}

impl Part {
    /// By arithmetic, not by listing: a thousand sets of a thousand repetitions take no memory.
    fn of(exercise: &Exercise, block: u32) -> Option<Self> {
        let Some(block) = block.checked_sub(1) else {
            return Some(Self::Introduction);
        };
        let reps = match exercise.work {
            Work::Reps { count, .. } => count,
            Work::Timed(_) => 1,
        };
        let in_set = match exercise.sides {
            Sides::Each => 2 * reps + 1,
            Sides::None | Sides::Alternate => reps,
        };
        // Each set is followed by a rest, but for the last.
        let (set, within) = (block / (in_set + 1) + 1, block % (in_set + 1));
        if set > exercise.sets || (within == in_set && set == exercise.sets) {
            return None;
        }
        if within == in_set {
            return Some(Self::SetRest { next: set + 1 });
        }
        let (side, rep) = match exercise.sides {
            Sides::None | Sides::Alternate => (None, within + 1),
            Sides::Each if within < reps => (Some(Side::Left), within + 1),
            Sides::Each if within == reps => return Some(Self::SideChange { set }),
            Sides::Each => (Some(Side::Right), within - reps),
        };
        Some(match exercise.work {
            Work::Reps { .. } => Self::Rep { set, rep, side },
            Work::Timed(_) => Self::Timed { set, side },
        })
    }
}

/// Collects the beats of one block at a place that changes as it goes.
struct Writer {
    guidance: Guidance,
    place: Place,
    beats: Vec<Beat>,
}

impl Writer {
    fn new(guidance: Guidance, exercise: Option<usize>) -> Self {
        let place = Place { exercise, set: None, rep: None, side: None, phase: "" };
        Self { guidance, place, beats: Vec::new() }
    }

    fn push(&mut self, phase: &'static str, content: Content) {
        let empty = match &content {
            Content::Say(words) => words.is_empty(),
            Content::Pause(lasts) | Content::Stretched(_, lasts) => *lasts == Millis::ZERO,
            Content::Slot { says, at_least } => says.is_empty() && *at_least == Millis::ZERO,
            Content::Grid { lasts, .. } => *lasts == Millis::ZERO,
            Content::Sound(_) | Content::Gate(_) => false,
        };
        if !empty {
            self.beats.push(Beat { place: Place { phase, ..self.place }, content });
        }
    }

    fn sound(&mut self, phase: &'static str, sound: Sound) {
        self.push(phase, Content::Sound(sound));
    }

    fn say(&mut self, phase: &'static str, words: impl Into<String>) {
        self.push(phase, Content::Say(words.into()));
    }

    fn pause(&mut self, phase: &'static str, lasts: Millis) {
        self.push(phase, Content::Pause(lasts));
    }

    fn paragraphs(&mut self, phase: &'static str, paragraphs: &[String]) {
        for words in paragraphs.iter().flat_map(|paragraph| phrase::sentences(paragraph)) {
            self.say(phase, words);
            self.pause(phase, BREATH);
        }
    }

    fn at_least(&self, guidance: Guidance) -> bool {
        self.guidance >= guidance
    }
}

fn opening(plan: &Plan) -> Vec<Beat> {
    const PHASE: &str = "opening";
    let mut writer = Writer::new(plan.guidance, None);
    writer.say(PHASE, phrase::sentence(&plan.title));
    writer.pause(PHASE, PARAGRAPH);
    if writer.at_least(Guidance::Brief) {
        writer.say(PHASE, phrase::exercise_count(plan.exercises.len()));
        let equipment = plan.equipment();
        if !equipment.is_empty() {
            writer.pause(PHASE, BREATH);
            writer.say(PHASE, phrase::equipment(&equipment));
        }
        writer.pause(PHASE, PARAGRAPH);
    }
    if writer.at_least(Guidance::Full) {
        writer.paragraphs(PHASE, &plan.opening);
    }
    if writer.at_least(Guidance::Brief)
        && let Some(first) = plan.exercises.first()
    {
        writer.say(PHASE, phrase::start_in(first.position));
        writer.pause(PHASE, PARAGRAPH);
    }
    writer.beats
}

fn closing(plan: &Plan) -> Vec<Beat> {
    const PHASE: &str = "closing";
    let mut writer = Writer::new(plan.guidance, None);
    writer.sound(PHASE, Sound::Finish);
    if writer.at_least(Guidance::Brief) {
        writer.say(PHASE, phrase::FINISHED);
        writer.pause(PHASE, BREATH);
    }
    if writer.at_least(Guidance::Full) {
        writer.paragraphs(PHASE, &plan.closing);
    }
    writer.beats
}

fn transition(plan: &Plan, next: usize) -> Vec<Beat> {
    // The rest still belongs to the exercise that has just been done: chapters begin at its successor's chime.
    let mut writer = Writer::new(plan.guidance, next.checked_sub(1));
    let (Some(before), Some(after)) =
        (next.checked_sub(1).and_then(|index| plan.exercises.get(index)), plan.exercises.get(next))
    else {
        return writer.beats;
    };
    let speaks = writer.at_least(Guidance::Brief);
    let change = phrase::position_change(before.position, after.position).to_owned();
    let moves = before.position != after.position && plan.pace.position_change > Millis::ZERO;
    let mut says = Vec::new();
    if speaks {
        says.extend([phrase::REST.to_owned(), phrase::next(&after.name)]);
        let fresh: Vec<&str> =
            after.needs.iter().filter(|need| !before.needs.contains(need)).map(String::as_str).collect();
        if !fresh.is_empty() {
            says.push(phrase::equipment(&fresh));
        }
        if !moves {
            says.push(change.clone());
        }
    }
    writer.push("rest", Content::Slot { says, at_least: plan.pace.rest });
    if moves {
        let says = if speaks { vec![change] } else { Vec::new() };
        writer.push("position-change", Content::Slot { says, at_least: plan.pace.position_change });
    }
    writer.beats
}

fn introduction(plan: &Plan, index: usize, exercise: &Exercise, writer: &mut Writer) {
    writer.sound("announcement", Sound::Exercise);
    writer.say("announcement", phrase::sentence(&exercise.name));
    if writer.at_least(Guidance::Brief) {
        writer.pause("announcement", BREATH);
        writer.say("announcement", phrase::coming(exercise));
    }
    writer.pause("announcement", PARAGRAPH);
    // Instructions are given once, for the side that comes first.
    let first = (exercise.sides != Sides::None).then_some(Side::Left);
    let told = |text: &String| phrase::fill(text, first);
    if writer.at_least(Guidance::Full) {
        let instructions: Vec<String> = exercise.instructions.iter().map(told).collect();
        writer.paragraphs("instructions", &instructions);
    } else if writer.at_least(Guidance::Brief)
        && let Some(cue) = &exercise.cue
    {
        writer.paragraphs("instructions", &[told(cue)]);
    }
    if plan.waits(index) {
        writer.push("ready", Content::Gate(gate(plan.pace.ready, writer.guidance)));
    }
    if writer.at_least(Guidance::Brief) {
        if exercise.sides == Sides::Each {
            writer.place.side = Some(Side::Left);
            writer.say("side-change", phrase::side_call(Side::Left));
            writer.pause("side-change", BREATH);
            writer.place.side = None;
        }
        writer.say("get-ready", phrase::GET_READY);
    }
    lead_in("get-ready", plan.pace.get_ready, writer);
}

fn gate(lasts: Millis, guidance: Guidance) -> Gate {
    let told = guidance >= Guidance::Brief && lasts >= WORTH_TELLING;
    Gate {
        asks: if guidance >= Guidance::Brief { phrase::READY } else { phrase::READY_BRIEFLY }.to_owned(),
        reminds: phrase::STILL_WAITING.to_owned(),
        says: if told { phrase::set_up(lasts) } else { String::new() },
        lasts,
    }
}

/// Quiet, with ticks in its last three seconds.
fn lead_in(phase: &'static str, lasts: Millis, writer: &mut Writer) {
    let marks = (0..lasts.get().min(LEAD_IN.get()) / SECOND.get())
        .rev()
        .map(|left| {
            let at = lasts.saturating_sub(Millis::from_secs(left + 1));
            let sound = if left == 0 { Sound::TickHigh } else { Sound::Tick };
            Mark { at, cue: MarkCue::Sound(sound) }
        })
        .collect();
    writer.push(phase, Content::Grid { lasts, marks });
}

fn repetition(exercise: &Exercise, set: u32, rep: u32, side: Option<Side>, writer: &mut Writer) {
    let Work::Reps { count, phases } = &exercise.work else {
        return;
    };
    writer.place = Place { set: Some(set), rep: Some(rep), side, ..writer.place };
    let sides = match exercise.sides {
        Sides::Alternate => vec![Some(Side::Left), Some(Side::Right)],
        Sides::None | Sides::Each => vec![side],
    };
    for (turn, side) in sides.into_iter().enumerate() {
        writer.place.side = side;
        if turn == 0 {
            counts(rep, *count, writer);
        } else {
            writer.sound("side-change", Sound::Switch);
        }
        if exercise.sides == Sides::Alternate
            && let Some(side) = side
        {
            // At full guidance the author's own words usually name the side.
            let told = writer.at_least(Guidance::Full)
                && phases.iter().any(|phase| phrase::tells_side(spoken_words(phase, set, rep)));
            if !told && writer.at_least(Guidance::Brief) {
                writer.say("side-change", phrase::side_call(side));
            }
        }
        for phase in phases {
            perform(phase, spoken_words(phase, set, rep), writer);
        }
    }
    writer.sound("repetition-end", Sound::Rep);
}

fn counts(rep: u32, count: u32, writer: &mut Writer) {
    if !writer.at_least(Guidance::Brief) {
        return;
    }
    writer.say("count", phrase::count(rep));
    writer.pause("count", AFTER_COUNT);
    if count >= 4 && rep == count.div_ceil(2) + 1 {
        writer.say("count", phrase::HALFWAY);
        writer.pause("count", AFTER_COUNT);
    }
    if count >= 2 && rep == count {
        writer.say("count", phrase::LAST_ONE);
        writer.pause("count", AFTER_COUNT);
    }
}

/// Full words the first time, brief ones later.
fn spoken_words(phase: &Phase, set: u32, rep: u32) -> &str {
    if set == 1 && rep == 1 { &phase.say } else { &phase.brief }
}

fn perform(phase: &Phase, words: &str, writer: &mut Writer) {
    let words =
        if writer.at_least(Guidance::Full) { phrase::fill(words, writer.place.side) } else { String::new() };
    match phase.action {
        Action::Hold(lasts) => {
            writer.say("hold", words);
            writer.push("hold", Content::Grid { lasts, marks: hold_marks(lasts) });
            writer.sound("hold", Sound::HoldEnd);
        }
        // Without words a tick tells when it is time to move.
        Action::Move(lasts) if words.is_empty() => {
            let marks = vec![Mark { at: Millis::ZERO, cue: MarkCue::Sound(Sound::Tick) }];
            writer.push("move", Content::Grid { lasts, marks });
        }
        Action::Move(lasts) => {
            writer.push("move", Content::Slot { says: vec![words], at_least: lasts });
        }
        Action::BreatheIn(lasts) => {
            writer.say("breathe-in", words);
            writer.push("breathe-in", Content::Stretched(Sound::BreatheIn, lasts));
        }
        Action::BreatheOut(lasts) => {
            writer.say("breathe-out", words);
            writer.push("breathe-out", Content::Stretched(Sound::BreatheOut, lasts));
        }
    }
}

/// The start chime, and a tick on every whole second strictly inside; the last three seconds are higher.
fn hold_marks(lasts: Millis) -> Vec<Mark> {
    let start = Mark { at: Millis::ZERO, cue: MarkCue::Sound(Sound::HoldStart) };
    let ticks = (1..=lasts.get() / SECOND.get()).map(Millis::from_secs).filter(|at| *at < lasts).map(|at| {
        let last_three = lasts.saturating_sub(at) <= LEAD_IN;
        let sound = if last_three { Sound::TickHigh } else { Sound::Tick };
        Mark { at, cue: MarkCue::Sound(sound) }
    });
    std::iter::once(start).chain(ticks).collect()
}

fn timed(exercise: &Exercise, set: u32, side: Option<Side>, writer: &mut Writer) {
    let Work::Timed(lasts) = exercise.work else {
        return;
    };
    writer.place = Place { set: Some(set), side, ..writer.place };
    let mut marks = vec![Mark { at: Millis::ZERO, cue: MarkCue::Sound(Sound::HoldStart) }];
    if writer.at_least(Guidance::Brief) {
        marks.extend(time_calls(lasts));
    }
    let ticks = (1..=3_u64).rev().map(Millis::from_secs).filter(|left| *left < lasts);
    marks.extend(ticks.map(|left| Mark { at: lasts - left, cue: MarkCue::Sound(Sound::TickHigh) }));
    writer.push("timed", Content::Grid { lasts, marks });
    writer.sound("timed", Sound::HoldEnd);
}

/// Calls at half time and for the last thirty and ten seconds; calls that would crowd each other are dropped
/// or, at the very same time, joined.
fn time_calls(lasts: Millis) -> Vec<Mark> {
    const CROWDED: Millis = Millis::from_secs(5);
    let half = Millis::new(lasts.get() / 2);
    let mut calls: Vec<(Millis, String)> = Vec::new();
    for left in [30, 10].map(Millis::from_secs) {
        if lasts >= left + left {
            calls.push((lasts - left, phrase::time_left(left)));
        }
    }
    match calls.iter_mut().find(|(at, _)| at.get().abs_diff(half.get()) < CROWDED.get()) {
        Some((at, words)) if *at == half => *words = format!("{} {words}", phrase::HALFWAY),
        Some(_) => {}
        None if lasts >= CROWDED + CROWDED => calls.push((half, phrase::HALFWAY.to_owned())),
        None => {}
    }
    calls.sort();
    calls.into_iter().map(|(at, words)| Mark { at, cue: MarkCue::Say(words) }).collect()
}

fn side_change(plan: &Plan, set: u32, writer: &mut Writer) {
    writer.place = Place { set: Some(set), side: Some(Side::Right), ..writer.place };
    writer.sound("side-change", Sound::Switch);
    let says = match writer.at_least(Guidance::Brief) {
        true => vec![phrase::side_call(Side::Right)],
        false => Vec::new(),
    };
    writer.push("side-change", Content::Slot { says, at_least: plan.pace.switch });
}

fn set_rest(plan: &Plan, exercise: &Exercise, next: u32, writer: &mut Writer) {
    let each = exercise.sides == Sides::Each;
    writer.place = Place { set: Some(next), side: each.then_some(Side::Left), ..writer.place };
    let mut says = Vec::new();
    if writer.at_least(Guidance::Brief) {
        says.extend([phrase::REST.to_owned(), phrase::next_set(next, exercise.sets)]);
        if each {
            says.push(phrase::side_call(Side::Left));
        }
    }
    let rest = plan.pace.set_rest;
    let lead = if rest >= LEAD_IN { LEAD_IN } else { Millis::ZERO };
    writer.push("set-rest", Content::Slot { says, at_least: rest.saturating_sub(lead) });
    lead_in("set-rest", lead, writer);
}
