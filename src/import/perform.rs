//! What an exercise says → how it is done: instructions, the phases of a repetition, counts and times.

use super::clause::{Clause, Part, clauses};
use super::dose::Sides;
use super::exercise::Exercise;
use super::lexicon::{Lexicon, tag};
use super::reading::Stated;
use super::side::Mirror;
use super::token::{Kind, tokens};
use crate::time::Millis;

/// A breath in and out, where holds are counted in breaths.
pub const BREATH: Millis = Millis::from_secs(5);
const BREATH_PHASE: Millis = Millis::from_secs(3);
const DEFAULT_REPS: u32 = 10;
/// Holds of this length are done once unless the text says more.
const LONG_HOLD: Millis = Millis::from_secs(15);
/// More phases than these would be an explanation, not a repetition.
const MOST_PHASES: usize = 5;
/// Longer words are explained before, not said while moving.
const LONGEST_SAY: usize = 220;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Hold(Millis),
    Move(Millis),
    In(Millis),
    Out(Millis),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    pub say: String,
    pub brief: String,
    pub action: Action,
    /// A remark behind it in the file.
    pub remark: Option<String>,
}

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
fn range(stated: &Stated, show: impl Fn(u32) -> String) -> Option<String> {
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
                && !limb.says("side") && !limb.says("direction") && !limb.says("way"))
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

/// The phases of one repetition, and which clauses they use.
fn phases(
    exercise: &Exercise,
    clauses: &[Clause],
    hold: Option<&Remarked<Millis>>,
    ambitious: bool,
    mirror: &Mirror,
    lexicon: &Lexicon,
) -> (Vec<Phase>, Vec<usize>) {
    let mut used: Vec<usize> = zone(clauses, hold.is_some());
    let mut phases: Vec<Phase> = Vec::new();
    let mut held = false;
    for at in &used {
        let Some(clause) = clauses.get(*at) else { continue };
        let say = spoken(&clause.text, mirror);
        let brief = brief(&say, lexicon);
        let mut phase =
            |action| phases.push(Phase { say: say.clone(), brief: brief.clone(), action, remark: None });
        let stated = clause.hold.as_ref().map(|stated| if ambitious { stated.high } else { stated.low });
        match clause.part {
            Part::In => phase(Action::In(BREATH_PHASE)),
            Part::Out => phase(Action::Out(BREATH_PHASE)),
            Part::Hold => {
                let own = if held { stated.map(|n| Millis::new(n.into())) } else { None };
                if let Some(lasts) = own.or(hold.map(|hold| hold.value)).filter(|_| !held || own.is_some()) {
                    attach(&mut phases, lasts, hold.and_then(|hold| hold.remark.clone()).filter(|_| !held));
                    held = true;
                }
            }
            Part::Move if stated.is_some() && !held => {
                if let Some(hold) = hold {
                    phases.push(Phase {
                        say,
                        brief,
                        action: Action::Hold(hold.value),
                        remark: hold.remark.clone(),
                    });
                    held = true;
                }
            }
            _ => {
                let lasts = moving(&say);
                phase(Action::Move(lasts));
            }
        }
    }
    if let Some(hold) = hold
        && !held
    {
        attach(&mut phases, hold.value, hold.remark.clone());
    }
    let ours = |words: &str, lasts| Phase {
        say: words.to_owned(),
        brief: words.to_owned(),
        action: Action::Move(lasts),
        remark: Some("our words: the text has none for this".to_owned()),
    };
    if phases.is_empty() {
        phases.push(ours("Do the movement", Millis::from_secs(4)));
        used.clear();
    }
    let many = exercise.dose.reps.as_ref().is_none_or(|reps| reps.high > 1);
    if let (Some(Phase { action: Action::Hold(lasts), .. }), true) = (phases.last(), many)
        && (*lasts < LONG_HOLD || exercise.dose.reps.is_some())
    {
        phases.push(ours("And relax", Millis::from_secs(2)));
    }
    if let Some(stated) = &exercise.dose.pause {
        let lasts = Millis::new(if ambitious { stated.low } else { stated.high }.into());
        let remark = range(stated, |n| Millis::new(n.into()).to_string());
        phases.push(Phase {
            say: "Rest".to_owned(),
            brief: "Rest".to_owned(),
            action: Action::Move(lasts),
            remark,
        });
    }
    (phases, used)
}

/// The hold belongs to the movement that leads into it; after a breath it stands by itself.
fn attach(phases: &mut Vec<Phase>, lasts: Millis, remark: Option<String>) {
    if let Some(phase) = phases.last_mut()
        && matches!(phase.action, Action::Move(_))
    {
        phase.action = Action::Hold(lasts);
        phase.remark = remark;
        return;
    }
    phases.push(Phase {
        say: "Hold".to_owned(),
        brief: "Hold".to_owned(),
        action: Action::Hold(lasts),
        remark,
    });
}

/// The clauses that make up a repetition: the movements that lead to the hold, the hold, and the way back; without a
/// hold the last movements before the count.
fn zone(clauses: &[Clause], holds: bool) -> Vec<usize> {
    let moving = |clause: &Clause| {
        matches!(clause.part, Part::Move | Part::Return | Part::In | Part::Out)
            && clause.text.len() <= LONGEST_SAY
    };
    let hold_at = clauses
        .iter()
        .position(|clause| clause.part == Part::Hold || clause.part == Part::Move && clause.hold.is_some());
    let end = match hold_at.filter(|_| holds) {
        Some(at) => at,
        None => {
            let last = clauses.iter().rposition(moving);
            let counted =
                clauses.iter().position(|clause| clause.part == Part::Count).unwrap_or(clauses.len());
            let before = clauses.iter().take(counted).rposition(moving);
            match before.or(last) {
                Some(at) => at,
                None => return Vec::new(),
            }
        }
    };
    let mut used = Vec::new();
    // Backwards over movements; advice between them does not part them.
    let most = if hold_at.is_some() && holds { 2 } else { MOST_PHASES };
    let mut at = end;
    if clauses.get(end).is_some_and(moving) {
        used.push(end);
    }
    while let Some(before) = at.checked_sub(1) {
        let Some(clause) = clauses.get(before) else { break };
        match clause.part {
            _ if moving(clause) => {
                let breath = matches!(clause.part, Part::In | Part::Out);
                if used.len() >= most && !breath || used.len() >= MOST_PHASES {
                    break;
                }
                used.push(before);
            }
            Part::Advice => {}
            _ => break,
        }
        at = before;
    }
    used.reverse();
    if holds && hold_at.is_some() {
        if !used.contains(&end) {
            used.push(end);
        }
        for (at, clause) in clauses.iter().enumerate().skip(end + 1) {
            let fits = moving(clause) || clause.part == Part::Hold && clause.hold.is_some();
            if fits && used.len() < MOST_PHASES {
                used.push(at);
            } else if clause.part != Part::Advice {
                break;
            }
        }
    } else {
        let back =
            clauses.iter().enumerate().skip(end + 1).take_while(|(_, clause)| clause.part == Part::Return);
        used.extend(back.map(|(at, _)| at));
    }
    used
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

fn spoken(text: &str, mirror: &Mirror) -> String {
    let text = mirror.fill(&clean(text));
    capital(text.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | ' ' | '!')))
}

/// Without what would disturb a text of a routine.
pub fn clean(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '{' | '}' | '*'))
        .collect();
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > 1_800 {
        text = text.chars().take(1_800).collect();
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The movement in a few words: without adverbs before it and asides behind it.
pub fn brief(say: &str, lexicon: &Lexicon) -> String {
    let words = tokens(say, lexicon);
    let skip =
        words.iter().take_while(|t| t.kind == Kind::Comma || t.is(tag::ADVERB) && !t.is(tag::VERB)).count();
    // "Keeping your feet together, raise your knee": the knee matters.
    let comma = words.iter().position(|t| t.kind == Kind::Comma).filter(|at| at + 2 < words.len());
    let leads = words.get(skip).is_some_and(|t| t.is(tag::LEADING | tag::GERUND));
    let skip = comma.filter(|_| leads).map_or(skip, |at| {
        at + 1 + words.iter().skip(at + 1).take_while(|t| t.is(tag::ADVERB) && !t.is(tag::VERB)).count()
    });
    let mut end = words.len();
    for (at, token) in words.iter().enumerate().skip(skip + 2) {
        let brace = words.get(at + 1).is_some_and(|t| t.text == "{");
        let cuts = token.kind == Kind::Comma
            || token.kind == Kind::Open
            || token.kind == Kind::Dash && !token.close
            || lexicon.language.truncate_brief.iter().any(|word| token.says(word))
                && !brace
                && at >= skip + 3;
        if cuts {
            end = at;
            break;
        }
    }
    let start = words.get(skip).map_or(0, |t| t.start);
    let stop = end.checked_sub(1).and_then(|at| words.get(at)).map_or(say.len(), |t| t.end());
    let text = say.get(start..stop).filter(|text| text.chars().any(char::is_alphabetic)).unwrap_or(say);
    // A cut must not part "{side}" from its braces.
    if text.matches('{').count() == text.matches('}').count() { capital(text.trim()) } else { say.to_owned() }
}

/// One line for those who know the exercise: its movements in brief.
fn cue(clauses: &[Clause], mirror: &Mirror, lexicon: &Lexicon) -> Option<String> {
    let moves: Vec<String> = clauses
        .iter()
        .filter(|clause| {
            matches!(clause.part, Part::Move | Part::In | Part::Out) && clause.text.len() <= LONGEST_SAY
        })
        .map(|clause| brief(&spoken(&clause.text, mirror), lexicon))
        .collect();
    let last = moves.iter().rev().take(2).rev();
    let text = last.cloned().collect::<Vec<_>>().join(". ");
    (!text.is_empty()).then(|| format!("{text}."))
}

/// Time enough to say it and to do it.
fn moving(say: &str) -> Millis {
    let letters = say.chars().filter(|c| c.is_alphabetic()).count() as u64;
    let words = say.split_whitespace().count() as u64;
    // A calm voice needs about 60 ms a letter; a little more, so that it is done before the next begins.
    let spoken = letters * 66 + words * 75;
    Millis::from_secs(spoken.div_ceil(1_000).clamp(2, 15))
}
