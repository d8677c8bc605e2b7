//! Sections → exercises: which of them are some, what their sentences say, and what is left out, with the reason.

use super::chain;
use super::doing;
use super::dose::{Dose, Sides};
use super::gather::{Read, read_parts};
use super::general::General;
use super::held::still;
use super::judge::Habits;
use super::kin::Kin;
use super::lexicon::{Lexicon, tag};
use super::prose;
use super::reading::{self, Field, Reading, Stated};
use super::section::Section;
use super::token::{beginning, tokens};
use super::twins;

/// One sentence of an exercise, in the author's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    pub text: String,
    pub line: u32,
    pub reading: Reading,
    /// The tags of the verb it instructs with.
    pub verb: Option<u128>,
    pub physical: bool,
    /// It says what something is.
    pub describes: bool,
}

/// How sure it is that this is an exercise, with these amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    Unsure,
    Fairly,
    Sure,
}

/// An exercise as the text states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exercise {
    pub name: String,
    /// The name is ours: the text has none.
    pub unnamed: bool,
    pub line: u32,
    pub dose: Dose,
    pub sentences: Vec<Sentence>,
    /// Equipment that the text names.
    pub needs: Vec<String>,
    pub position: Option<&'static str>,
    /// What is unusual or was assumed, for a comment.
    pub notes: Vec<String>,
    /// Nothing in it keeps moving: a time without a verb is a hold.
    pub still: bool,
    pub sure: Sure,
}

impl Exercise {
    /// Whether the text states how often, or how long, it is done.
    pub fn is_counted(&self) -> bool {
        self.dose.reps.is_some() || self.dose.duration.is_some()
    }

    /// Sets the repetitions to what somebody answered.
    pub fn count(&mut self, reps: u32) {
        let words = format!("{reps} (your answer)");
        self.dose.reps =
            Some(Stated { low: reps, high: reps, line: self.line, words, vague: false, everywhere: false });
    }
}

/// Text that became no part of the routine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub line: u32,
    pub text: String,
    pub why: &'static str,
}

#[derive(Default)]
pub struct Outcome {
    /// There are more exercises than were asked for.
    pub more: bool,
    pub exercises: Vec<Exercise>,
    pub left_out: Vec<LeftOut>,
    habits: Habits,
}

/// The exercises among `sections`; it stops looking once there are more than `most`.
pub fn exercises(sections: &[Section], most: usize, lexicon: &Lexicon) -> Outcome {
    let mut outcome = Outcome { habits: Habits::of(sections, lexicon), ..Outcome::default() };
    let mut general = General::default();
    let mut kin = Kin::default();
    for (nth, section) in sections.iter().enumerate() {
        if let Some(line) = section.cut {
            let text = section.parts.first().map_or("", |part| part.text.as_str());
            let text = if section.name().is_empty() { beginning(text, 80) } else { section.name() };
            let why = "too long for an exercise: not read to its end";
            outcome.left_out.push(LeftOut { line, text: text.to_owned(), why });
        }
        general.enter(section, &mut outcome.exercises, lexicon);
        let known = outcome.exercises.len();
        let unsure = one(section, sections.get(nth + 1), &mut general, &mut outcome, lexicon);
        if outcome.exercises.len() == known + 1 {
            kin.count(section);
        }
        let refused = unsure.and_then(|read| kin.keep(section, nth, read, lexicon));
        if let Some(read) = refused {
            leave(section, &read, false, &mut outcome);
        }
        // A catalogue is refused however long it is.
        if outcome.exercises.len() > most {
            outcome.more = true;
            return outcome;
        }
    }
    general.close(&mut outcome.exercises, lexicon);
    late(kin, sections, &mut outcome, lexicon);
    if outcome.exercises.is_empty() {
        alone(sections, &mut outcome, lexicon);
    }
    let mut merged = twins::join(std::mem::take(&mut outcome.exercises));
    for exercise in &mut merged {
        general.complete(exercise, lexicon);
    }
    outcome.exercises = merged;
    outcome
}

/// Those that only their form tells to be exercises.
fn late(kin: Kin, sections: &[Section], outcome: &mut Outcome, lexicon: &Lexicon) {
    let known = outcome.exercises.len();
    for (waiting, usual) in kin.settled() {
        let Some(section) = sections.get(waiting.nth) else { continue };
        if usual {
            let (name, line) = (section.name().to_owned(), section.line());
            let title = Title { name, unnamed: false, line, section, sure: Sure::Unsure };
            push(title, waiting.read, outcome, lexicon);
        } else {
            leave(section, &waiting.read, false, outcome);
        }
    }
    if outcome.exercises.len() > known {
        outcome.exercises.sort_by_key(|exercise| exercise.line);
    }
}

/// A text that sets no name apart, but tells what to do and how much, is one exercise: named by its first line, or by us.
fn alone(sections: &[Section], outcome: &mut Outcome, lexicon: &Lexicon) {
    let read = sections.iter().map(|section| (section, read_parts(&section.parts, lexicon)));
    let mut fit = read
        .filter(|(section, read)| section.head.is_none() && read.physical >= 2 && read.dose.amounts() > 0);
    let (Some((section, read)), None) = (fit.next(), fit.next()) else { return };
    let title = section.parts.first().map(|part| part.text.trim_end_matches([':', '.', '!']).to_owned());
    let title = title.filter(|title| title.len() < 60 && !title.contains(". ") && !title.ends_with('?'));
    let text: String = section.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
    let unnamed = title.is_none();
    let name = title.unwrap_or_else(|| prose::made_up(&text, lexicon));
    let line = section.line();
    outcome.left_out.retain(|left| left.line != line);
    let title = Title { name, unnamed, line, section, sure: Sure::Unsure };
    push(title, read, outcome, lexicon);
}

/// Takes the section as an exercise, or as several, or leaves it out; gives back what was read of one that may still be an
/// exercise by its form.
fn one(
    section: &Section,
    next: Option<&Section>,
    general: &mut General,
    outcome: &mut Outcome,
    lexicon: &Lexicon,
) -> Option<Read> {
    let read = read_parts(&section.parts, lexicon);
    general.widen(&read.everywhere);
    let verdict = outcome.habits.judge(section, &read, lexicon);
    let name = section.name().to_owned();
    let row = if verdict.open { doing::split(section, lexicon) } else { Vec::new() };
    let fewest = doing::FEWEST + usize::from(verdict.named && !verdict.several);
    if row.len() >= fewest && chain::split(section, lexicon).is_empty() {
        push_all(row, section, outcome, lexicon);
        return None;
    }
    if verdict.may_be_parted(section, &read) {
        let found = prose::split(section, lexicon);
        let one = name.is_empty() || !verdict.alone || verdict.several;
        if found.len() >= 2 || found.len() == 1 && one {
            push_all(found, section, outcome, lexicon);
            return None;
        }
    }
    if !verdict.alone {
        general.note(section, &read, next, outcome.exercises.len(), lexicon);
        if verdict.refused || verdict.aside {
            leave(section, &read, verdict.refused, outcome);
            return None;
        }
        return Some(read);
    }
    outcome.habits.learn(section, &verdict, &read);
    let sure = verdict.sure(section, &read);
    let title = Title { name, unnamed: false, line: section.line(), section, sure };
    push(title, read, outcome, lexicon);
    None
}

/// The exercises that the running text of a section was parted into.
fn push_all(found: Vec<prose::Found>, section: &Section, outcome: &mut Outcome, lexicon: &Lexicon) {
    for (name, parts, unnamed) in found {
        let read = read_parts(&parts, lexicon);
        let line = parts.first().map_or(section.line(), |part| part.line);
        let sure = if unnamed { Sure::Unsure } else { Sure::Fairly };
        push(Title { name, unnamed, line, section, sure }, read, outcome, lexicon);
    }
}

/// What an exercise is called, and where it stands.
struct Title<'s> {
    name: String,
    unnamed: bool,
    line: u32,
    section: &'s Section,
    sure: Sure,
}

fn push(title: Title<'_>, read: Read, outcome: &mut Outcome, lexicon: &Lexicon) {
    let Title { name, unnamed, line, section, sure } = title;
    let group = section.group.as_str();
    let Read { sentences, mut dose, mut needs, asides, .. } = read;
    outcome.left_out.extend(asides);
    let all_text: String = sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
    let still = still(&name, section, &sentences, &all_text, lexicon);
    let stretch = lexicon.is_still_group(&name) || lexicon.is_still_group(group);
    if lexicon.circles(&name) || lexicon.circles(&all_text) {
        dose.circles();
    }
    dose.settle(still, stretch, lexicon.is_isometric(&name));
    dose.sides = sides_of_name(&name, dose.sides, lexicon);
    if lexicon.breathes(&name) && dose.reps.is_none() && dose.hold.is_none() && dose.duration.is_none() {
        dose.reps = dose.breaths.clone().filter(|breaths| !breaths.vague);
    }
    // "Lift one knee and then the other for a minute": marching is not held.
    let held = || tokens(&all_text, lexicon).iter().any(|t| t.is(tag::HOLD));
    if lexicon.moves(&name) && dose.reps.is_none() && dose.duration.is_none() && !held() {
        dose.duration = dose.hold.take();
    } else if lexicon.moves(&name) && dose.duration.is_some() && !held() {
        // How long one way takes, beside how long all of it does.
        dose.hold = None;
    }
    if !section.shared.is_empty() {
        let mut shared = Dose::default();
        shared.add(&reading::read(&section.shared, line, None, lexicon));
        // "30 seconds each" is said of the exercises, unless sides are named.
        if !tokens(&section.shared, lexicon).iter().any(|t| t.is(tag::SIDE)) {
            shared.sides = None;
        }
        dose.fill(&shared, !lexicon.moves(&name), still);
    }
    for thing in lexicon.equipment(&all_text) {
        needs.push(thing.to_owned());
    }
    let mut seen = Vec::new();
    needs.retain(|thing| {
        let fresh = !seen.contains(thing);
        seen.push(thing.clone());
        fresh
    });
    let instructive: Vec<&Sentence> = sentences.iter().filter(|s| s.verb.is_some()).collect();
    let position = instructive
        .iter()
        .find_map(|s| lexicon.position(&s.text))
        .or_else(|| sentences.iter().find_map(|s| lexicon.position(&s.text)))
        .or_else(|| lexicon.position(&name));
    let last =
        sentences.iter().rposition(|s| s.reading.is_dose() || !s.reading.marks.is_empty() || s.physical);
    let end = last.map_or(sentences.len(), |at| at + 1);
    let after = |at: usize, s: &Sentence| {
        at < end || s.verb.is_some() && tokens(&s.text, lexicon).iter().any(|t| t.is(tag::PART))
    };
    let (mut kept, mut described) = (Vec::new(), Vec::new());
    for (at, sentence) in sentences.into_iter().enumerate() {
        if is_kept(&sentence) && after(at, &sentence) {
            kept.push(sentence);
        } else {
            described.push(sentence);
        }
    }
    for sentence in described {
        outcome.left_out.push(LeftOut {
            line: sentence.line,
            text: sentence.text,
            why: "describes, and tells nothing to do",
        });
    }
    outcome.exercises.push(Exercise {
        name,
        unnamed,
        line,
        dose,
        sentences: kept,
        needs,
        position,
        notes: Vec::new(),
        still,
        sure,
    });
}

/// "Alternating knee lifts" take turns, also where it is told how often each leg is lifted.
fn sides_of_name(name: &str, told: Option<Sides>, lexicon: &Lexicon) -> Option<Sides> {
    let words = tokens(name, lexicon);
    let limb = || told.is_some() || words.iter().any(|t| t.is(tag::SIDE));
    let alternates = words.iter().any(|t| t.is(tag::ALTERNATE)) && limb();
    if alternates { Some(Sides::Alternate) } else { told }
}

/// Instructions, advice and amounts stay; what only describes goes.
fn is_kept(sentence: &Sentence) -> bool {
    sentence.verb.is_some()
        || sentence.reading.is_dose()
        || !sentence.reading.marks.is_empty()
        || sentence.reading.get(Field::Frequency).is_some()
        || sentence.text.len() < 60 && !sentence.describes
}

fn leave(section: &Section, read: &Read, refused: bool, outcome: &mut Outcome) {
    let name = section.name();
    let text = match name {
        "" => section.parts.first().map_or("", |part| part.text.as_str()),
        name => name,
    };
    if text.is_empty() {
        return;
    }
    let why = match () {
        () if refused => "about exercising, no exercise",
        () if section.parts.is_empty() => "a heading without instructions below it",
        () if read.physical == 0 && read.dose.is_empty() => "neither instructions nor amounts",
        () if read.physical == 0 => "amounts, but no movement",
        () => "no exercise is named",
    };
    outcome.left_out.push(LeftOut { line: section.line(), text: text.to_owned(), why });
}
