//! Clauses → the phases of one repetition.

use super::clause::{Clause, Part};
use super::exercise::Exercise;
use super::lexicon::Lexicon;
use super::perform::{LONG_HOLD, Remarked, range};
use super::side::Mirror;
use super::words::{LONGEST_SAY, brief, moving, spoken};
use crate::time::Millis;

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

/// The phases of one repetition, and which clauses they use.
pub fn phases(
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
                    attach(
                        &mut phases,
                        lexicon.language.said.hold,
                        lasts,
                        hold.and_then(|hold| hold.remark.clone()).filter(|_| !held),
                    );
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
        attach(&mut phases, lexicon.language.said.hold, hold.value, hold.remark.clone());
    }
    let said = &lexicon.language.said;
    let ours = |words, lasts| {
        let remark = "our words: the text has none for this".to_owned();
        phase_of(words, Action::Move(lasts), Some(remark))
    };
    if phases.is_empty() {
        phases.push(ours(said.movement, Millis::from_secs(4)));
        used.clear();
    }
    let many = exercise.dose.reps.as_ref().is_none_or(|reps| reps.high > 1);
    if let (Some(Phase { action: Action::Hold(lasts), .. }), true) = (phases.last(), many)
        && (*lasts < LONG_HOLD || exercise.dose.reps.is_some())
    {
        phases.push(ours(said.relax, Millis::from_secs(2)));
    }
    if let Some(stated) = &exercise.dose.pause {
        let lasts = Millis::new(if ambitious { stated.low } else { stated.high }.into());
        let remark = range(stated, |n| Millis::new(n.into()).to_string());
        phases.push(phase_of(said.rest, Action::Move(lasts), remark));
    }
    (phases, used)
}

/// The hold belongs to the movement that leads into it; after a breath it stands by itself.
fn attach(phases: &mut Vec<Phase>, words: &str, lasts: Millis, remark: Option<String>) {
    if let Some(phase) = phases.last_mut()
        && matches!(phase.action, Action::Move(_))
    {
        phase.action = Action::Hold(lasts);
        phase.remark = remark;
        return;
    }
    phases.push(phase_of(words, Action::Hold(lasts), remark));
}

/// A phase in our words.
fn phase_of(words: &str, action: Action, remark: Option<String>) -> Phase {
    Phase { say: words.to_owned(), brief: words.to_owned(), action, remark }
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

/// More phases than these would be an explanation, not a repetition.
const MOST_PHASES: usize = 5;

const BREATH_PHASE: Millis = Millis::from_secs(3);
