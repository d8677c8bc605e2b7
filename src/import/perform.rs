//! What an exercise says → how it is done: instructions, the phases of a repetition, counts and times.

use super::clause::{Clause, Part, clauses};
use super::dose::Sides;
use super::exercise::Exercise;
use super::lexicon::{Lexicon, tag};
use super::phases::{Action, Phase, phases};
use super::reading::Stated;
use super::side::Mirror;
use super::token::{Kind, tokens};
use super::words::{capital, clean, cue};
use crate::time::Millis;

/// A breath in and out, where holds are counted in breaths.
pub const BREATH: Millis = Millis::from_secs(5);
const DEFAULT_REPS: u32 = 10;
/// Holds of this length are done once unless the text says more.
pub const LONG_HOLD: Millis = Millis::from_secs(15);

/// A value, and where it comes from in the words of a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarked<T> {
    pub value: T,
    pub remark: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    Reps { count: Remarked<u32>, phases: Vec<Phase> },
    Timed(Remarked<Millis>),
}

/// An exercise as it goes into the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Performance {
    pub instructions: Vec<String>,
    pub cue: Option<String>,
    pub sides: Remarked<Option<Sides>>,
    pub sets: Option<Remarked<u32>>,
    pub work: Work,
}

/// How the exercise is done; of ranges the lower end, or the upper if `ambitious`.
pub fn perform(exercise: &Exercise, ambitious: bool, lexicon: &Lexicon) -> Performance {
    let clauses: Vec<Clause> = exercise
        .sentences
        .iter()
        .enumerate()
        .flat_map(|(index, sentence)| clauses(sentence, index, lexicon))
        .collect();
    let dose = &exercise.dose;
    let pick = |stated: &Stated| if ambitious { stated.high } else { stated.low };
    let sides = sides(exercise, lexicon);
    let mirror =
        Mirror::new(exercise.sentences.iter().map(|s| s.text.as_str()), sides.value.is_some(), lexicon);
    let sets = dose
        .sets
        .as_ref()
        .map(|stated| Remarked { value: pick(stated), remark: range(stated, |n| n.to_string()) });
    let timed = dose.duration.as_ref().filter(|_| dose.reps.is_none() && dose.hold.is_none());
    if let Some(stated) = timed {
        let value = Millis::new(pick(stated).into());
        let work =
            Work::Timed(Remarked { value, remark: range(stated, |n| Millis::new(n.into()).to_string()) });
        let instructions = told(exercise, &clauses, &[], &mirror, lexicon);
        let cue = cue(&clauses, &mirror, lexicon);
        // Timed exercises cannot alternate in the middle of their time.
        let sides = Remarked { value: sides.value.map(|_| Sides::Each), ..sides };
        return Performance { instructions, cue, sides, sets, work };
    }
    let hold = hold(exercise, ambitious);
    let (phases, used) = phases(exercise, &clauses, hold.as_ref(), ambitious, &mirror, lexicon);
    let instructions = told(exercise, &clauses, &used, &mirror, lexicon);
    let cue = cue(&clauses, &mirror, lexicon);
    let count = count(exercise, hold.as_ref(), &phases, ambitious);
    Performance { instructions, cue, sides, sets, work: Work::Reps { count, phases } }
}

/// `# the text says 8 to 12`, if it is a range.
pub fn range(stated: &Stated, show: impl Fn(u32) -> String) -> Option<String> {
    let told = match () {
        () if stated.vague => Some(format!("the text says “{}”: the number is our guess", stated.words)),
        () if stated.low != stated.high => {
            Some(format!("the text says {} to {}", show(stated.low), show(stated.high)))
        }
        () => None,
    };
    let everywhere = stated.everywhere.then(|| format!("line {} says it for all exercises", stated.line));
    match (told, everywhere) {
        (Some(told), Some(everywhere)) => Some(format!("{told}; {everywhere}")),
        (told, everywhere) => told.or(everywhere),
    }
}

fn hold(exercise: &Exercise, ambitious: bool) -> Option<Remarked<Millis>> {
    let pick = |stated: &Stated| if ambitious { stated.high } else { stated.low };
    if let Some(stated) = &exercise.dose.hold {
        let value = Millis::new(pick(stated).into());
        return Some(Remarked { value, remark: range(stated, |n| Millis::new(n.into()).to_string()) });
    }
    let stated = exercise.dose.breaths.as_ref()?;
    let value = Millis::new(u64::from(pick(stated)) * BREATH.get());
    let remark = format!("the text says “{}”: {BREATH} for each breath is our guess", stated.words);
    Some(Remarked { value, remark: Some(remark) })
}

fn count(
    exercise: &Exercise,
    hold: Option<&Remarked<Millis>>,
    phases: &[Phase],
    ambitious: bool,
) -> Remarked<u32> {
    if let Some(stated) = &exercise.dose.reps {
        let value = if ambitious { stated.high } else { stated.low };
        return Remarked { value, remark: range(stated, |n| n.to_string()) };
    }
    let breathes = phases.iter().any(|phase| matches!(phase.action, Action::In(_) | Action::Out(_)));
    if let (Some(stated), true) = (&exercise.dose.breaths, breathes && hold.is_none()) {
        return Remarked { value: stated.low, remark: None };
    }
    match hold {
        Some(hold) if hold.value >= LONG_HOLD => Remarked {
            value: 1,
            remark: Some("no count in the text: once is our default for long holds".to_owned()),
        },
        _ => Remarked {
            value: DEFAULT_REPS,
            remark: Some(format!("no count in the text: {DEFAULT_REPS} is our default")),
        },
    }
}

/// The sides that the text states; one that only speaks of "one leg" has two all the same.
fn sides(exercise: &Exercise, lexicon: &Lexicon) -> Remarked<Option<Sides>> {
    if exercise.dose.sides.is_some() {
        let everywhere = exercise.dose.sides_everywhere;
        let remark = everywhere.then(|| "the text says it for all exercises".to_owned());
        return Remarked { value: exercise.dose.sides, remark };
    }
    for sentence in &exercise.sentences {
        let words = tokens(&sentence.text, lexicon);
        let one = words.windows(2).find(|pair| {
            matches!(pair, [one, limb] if (one.is(tag::ONE) && limb.is(tag::SIDE) || one.is(tag::LEFT | tag::RIGHT) && limb.is(tag::PART))
                && !limb.is(tag::WAY))
        });
        if let Some([first, second]) = one
            && sentence.verb.is_some()
        {
            let remark =
                format!("the text says “{} {}” and nothing of the other side", first.text, second.text);
            return Remarked { value: Some(Sides::Each), remark: Some(remark) };
        }
    }
    Remarked { value: None, remark: None }
}

/// The sentences that no phase says, in the author's order. Of a sentence that is used in part the rest is told.
fn told(
    exercise: &Exercise,
    clauses: &[Clause],
    used: &[usize],
    mirror: &Mirror,
    lexicon: &Lexicon,
) -> Vec<String> {
    let mut all = Vec::new();
    for (index, sentence) in exercise.sentences.iter().enumerate() {
        let own: Vec<(usize, &Clause)> =
            clauses.iter().enumerate().filter(|(_, clause)| clause.sentence == index).collect();
        let touched = own
            .iter()
            .any(|(at, clause)| used.contains(at) || matches!(clause.part, Part::Count | Part::Hold));
        if !touched {
            all.push(mirror.fill(&clean(&sentence.text)));
            continue;
        }
        for (at, clause) in own {
            if !used.contains(&at) && !matches!(clause.part, Part::Count | Part::Hold) {
                all.push(mirror.fill(&capital(&clean(&clause.text))));
            }
        }
    }
    let says =
        |text: &String| tokens(text, lexicon).iter().any(|t| t.kind == Kind::Word && !t.is(tag::ADVERB));
    all.retain(says);
    all
}
