//! What a sentence states: its amounts, each with what it is for, and its sides.

use super::amount::{Amount, What, amounts};
use super::lexicon::{Cues, Lexicon, Role, tag};
use super::mark::{Mark, marks};
use super::purpose::{defines, field};
use super::token::{Kind, Token, tokens};

/// What a stated amount belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// In milliseconds.
    Hold,
    /// A hold that is counted in breaths.
    Breaths,
    Reps,
    Sets,
    /// Between sets, in milliseconds.
    Rest,
    /// Between repetitions, in milliseconds.
    Pause,
    /// In milliseconds.
    Duration,
    /// A time of which the sentence does not tell what it is for, in milliseconds.
    Time,
    /// How often a day or week the exercise is done.
    Frequency,
}

/// An amount as the text states it; `low` and `high` are equal unless it is a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub low: u32,
    pub high: u32,
    pub line: u32,
    pub words: String,
    /// "several": the number is ours.
    pub vague: bool,
    /// Said once for all exercises, elsewhere in the text.
    pub everywhere: bool,
}

/// The amounts and sides of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    pub stated: Vec<(Field, Stated)>,
    /// Parallel to `stated`: an amount to be reached later.
    pub goals: Vec<bool>,
    pub marks: Vec<Mark>,
    /// The tag of the first side that is named as a direction.
    pub side: Option<u128>,
    /// The tags of all sides that are named, be they directions or limbs.
    pub named: u128,
    /// "That's one rep": all that was told before is one.
    pub one_rep: bool,
    /// Words such as "sequence" or "circuit": what is repeated is more than one repetition.
    pub whole: bool,
    /// It speaks of a circuit: what is repeated is all of it.
    pub circuit: bool,
    /// Its sets are called rounds, which can be repetitions as well.
    pub rounds: bool,
    /// "3 x 30 s": a time stands behind a sign that multiplies.
    pub multiplied: bool,
    /// "(2 min)"
    pub bracketed: bool,
}

impl Reading {
    pub fn get(&self, field: Field) -> Option<&Stated> {
        self.stated.iter().find(|(found, _)| *found == field).map(|(_, stated)| stated)
    }

    /// Whether it says how much to do, and not only how often a week.
    pub fn is_dose(&self) -> bool {
        self.stated.iter().any(|(field, _)| *field != Field::Frequency)
    }
}

/// Nobody holds for longer, in milliseconds.
const LONGEST_HOLD: u32 = 1_200_000;

/// In tokens.
const LONGEST_SENTENCE: usize = 600;

/// Reads one sentence, row cell or label. `label` is what a heading or label before it announces.
pub fn read(text: &str, line: u32, label: Option<Role>, lexicon: &Lexicon) -> Reading {
    read_tokens(text, &tokens(text, lexicon), line, label, lexicon)
}

/// [`read`], of a text whose tokens are known.
pub fn read_tokens(
    text: &str,
    tokens: &[Token<'_>],
    line: u32,
    label: Option<Role>,
    lexicon: &Lexicon,
) -> Reading {
    // More words than these are no sentence, and what they count is no dose.
    let tokens = tokens.get(..LONGEST_SENTENCE).unwrap_or(tokens);
    let sides = tag::EACH
        | tag::BOTH
        | tag::OTHER
        | tag::SWITCH
        | tag::LEFT
        | tag::RIGHT
        | tag::SECOND
        | tag::ALTERNATE
        | tag::CONDITION;
    // Most sentences speak neither of amounts nor of sides.
    if tokens.len() > 4 && !tokens.iter().any(|t| counts(t) || t.is(sides)) && label != Some(Role::Sides) {
        return Reading::default();
    }
    let found = amounts(tokens);
    let cues = lexicon.cues(text);
    let mut reading = stated(text, tokens, &found, line, label, &cues);
    let mut sides = marks(tokens, &found);
    // "Hold for 10 seconds, switching sides" changes them once.
    let changes = |place: &usize| {
        let held = reading.get(Field::Hold).is_some() || reading.get(Field::Breaths).is_some();
        let word = tokens.iter().find(|t| t.start >= *place);
        held && word.is_some_and(|t| t.is(tag::SWITCH) && t.is(tag::GERUND))
    };
    // "Look near and far alternately" is about no sides.
    let sided = tokens.len() <= 4
        || tokens
            .iter()
            .any(|t| t.is(tag::SIDE | tag::PART | tag::LEFT | tag::RIGHT | tag::EACH | tag::BOTH));
    let alternating = cues.alternating.filter(|place| sided && !each_of_many(tokens) && !changes(place));
    if let Some(place) = alternating.or_else(|| cues.in_turn.filter(|place| each_before(tokens, *place))) {
        sides.push((tokens.iter().take_while(|t| t.start < place).count(), Mark::Alternate));
    }
    if label == Some(Role::Sides) && sides.is_empty() {
        let has = |tags| tokens.iter().any(|t| t.is(tags));
        if has(tag::BOTH | tag::EACH | tag::AGAIN | tag::SWITCH | tag::SAME)
            || has(tag::LEFT) && has(tag::RIGHT)
        {
            sides.push((0, Mark::Each));
        }
    }
    reading.marks = sides.into_iter().map(|(_, mark)| mark).collect();
    let direction = |at: usize, token: &Token<'_>| {
        token.is(tag::LEFT | tag::RIGHT) && !tokens.get(at + 1).is_some_and(|next| next.is(tag::PART))
    };
    let side = tokens.iter().enumerate().find(|(at, token)| direction(*at, token));
    reading.side = side.map(|(_, token)| token.tags & (tag::LEFT | tag::RIGHT));
    let named = |token: &Token<'_>| token.tags & (tag::LEFT | tag::RIGHT);
    reading.named = tokens.iter().fold(0, |all, token| all | named(token));
    reading.one_rep = found.iter().any(|amount| amount.what == What::Times && defines(tokens, amount));
    // "2x through", but "twice through with each foot" is of one exercise.
    let through = |amount: &Amount| {
        let is = |at: usize, tags: u128| tokens.get(at).is_some_and(|t| t.is(tags));
        amount.what == What::Times
            && !is(amount.from, tag::ONCE)
            && is(amount.to, tag::THROUGH)
            && is(amount.to, tag::THROUGHOUT)
            && tokens.get(amount.to + 1).is_none_or(|t| t.kind != Kind::Word)
    };
    reading.circuit =
        tokens.iter().any(|token| token.is(tag::WHOLE) && token.is(tag::SETS)) || found.iter().any(through);
    // "10 to the left and 10 to the right. Do that 3 times."
    let that = |pair: &[Token<'_>]| matches!(pair, [a, b] if a.is(tag::REPEAT) && b.is(tag::POINTING));
    reading.whole = tokens.iter().any(|token| token.is(tag::WHOLE)) || tokens.windows(2).take(3).any(that);
    reading
}

/// Whether the words say how much to do, and not only how often a week.
pub fn states_dose(text: &str, tokens: &[Token<'_>]) -> bool {
    let tokens = tokens.get(..LONGEST_SENTENCE).unwrap_or(tokens);
    tokens.iter().any(counts) && stated(text, tokens, &amounts(tokens), 0, None, &Cues::default()).is_dose()
}

/// Without such a word there is no amount.
fn counts(token: &Token<'_>) -> bool {
    let words = tag::ONCE | tag::SEVERAL | tag::SECONDS | tag::MINUTES | tag::SETS;
    token.number > 0.0 || token.is(words)
}

/// "Start with 5 and", "begin at 8,"
fn starts(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let at = |steps: usize| amount.from.checked_sub(steps).and_then(|at| tokens.get(at));
    let led = at(1).is_some_and(|t| t.is(tag::LEADING))
        && at(2).is_some_and(|t| t.is(tag::SETUP) && t.is(tag::WEAK));
    led && tokens.get(amount.to).is_none_or(|t| t.kind != Kind::Word || t.is(tag::AND) || t.is(tag::THEN))
}

/// "each finger": of fingers and toes there are more than two.
pub fn each_of_many(tokens: &[Token<'_>]) -> bool {
    let many = |part: &Token<'_>| part.is(tag::PART) && !part.is(tag::SIDE);
    tokens.windows(2).any(|pair| matches!(pair, [each, part] if each.is(tag::EACH) && many(part)))
}

/// "each knee", before `place`.
fn each_before(tokens: &[Token<'_>], place: usize) -> bool {
    let mut before = tokens.windows(2).take_while(|pair| pair.iter().all(|t| t.start < place));
    before.any(|pair| matches!(pair, [each, limb] if each.is(tag::EACH) && limb.is(tag::SIDE)))
}

/// The amounts, each with what it is for.
fn stated(
    text: &str,
    tokens: &[Token<'_>],
    found: &[Amount],
    line: u32,
    label: Option<Role>,
    cues: &Cues,
) -> Reading {
    let mut reading = Reading::default();
    for (index, amount) in found.iter().enumerate() {
        let crossed = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
        reading.multiplied |= amount.what == What::Time && crossed.is_some_and(|t| t.kind == Kind::Cross);
        reading.bracketed |= amount.what == What::Time && crossed.is_some_and(|t| t.kind == Kind::Open);
        let before = index.checked_sub(1).and_then(|index| found.get(index));
        let start = tokens.get(amount.from).map_or(0, |token| token.start);
        let later = cues.goal.is_some_and(|goal| start >= goal);
        let found = field(tokens, amount, before, label, &reading);
        // "Start with five repetitions and build up to ten"
        let same =
            reading.stated.last().map(|(field, _)| *field).filter(|_| later && amount.what == What::Bare);
        // "Start with 5 and work your way up to 15": what grows are repetitions.
        let grows =
            amount.what == What::Bare && starts(tokens, amount) && cues.goal.is_some_and(|goal| start < goal);
        let Some(field) = found.or(same).or(grows.then_some(Field::Reps)) else { continue };
        let end = tokens.get(amount.to.saturating_sub(1)).map_or(start, Token::end);
        let factor = match (field, amount.what) {
            (Field::Hold | Field::Duration | Field::Time | Field::Rest, What::Bare) => 1_000,
            _ => 1,
        };
        // "3 sets, rest 3 min"
        let in_sets = field == Field::Pause && reading.get(Field::Sets).is_some();
        let field = if in_sets { Field::Rest } else { field };
        let more = u32::from(amount.more && field == Field::Reps && amount.high <= 5);
        let stated = Stated {
            low: amount.low.saturating_mul(factor) + more,
            high: amount.high.saturating_mul(factor) + more,
            line,
            words: text.get(start..end).unwrap_or("").to_owned(),
            vague: amount.vague,
            everywhere: false,
        };
        // Nothing is done zero times, and what is beyond all measure is something else.
        let most = match field {
            Field::Reps | Field::Sets => 1..=500,
            Field::Breaths | Field::Frequency => 1..=100,
            Field::Hold | Field::Pause => 1_000..=LONGEST_HOLD,
            _ => 1_000..=7_200_000,
        };
        if !most.contains(&stated.low) || !most.contains(&stated.high) {
            continue;
        }
        // "3 x 10 (5 per side)": so many of the ten.
        let halves = |there: &Stated| there.low == stated.low * 2 && there.high == stated.high * 2;
        let open = crossed.is_some_and(|t| t.kind == Kind::Open);
        let sided =
            tokens.get(amount.to).is_some_and(|t| t.is(tag::EACH | tag::PER) || t.kind == Kind::Slash);
        if field == Field::Reps
            && open
            && sided
            && let Some((_, there)) =
                reading.stated.iter_mut().find(|(field, there)| *field == Field::Reps && halves(there))
        {
            *there = stated;
            continue;
        }
        let unit = tokens.get(amount.to.saturating_sub(1));
        let called = label != Some(Role::Sets) && unit.is_some_and(|t| t.is(tag::ROUNDS));
        reading.rounds |= field == Field::Sets && called;
        reading.stated.push((field, stated));
        reading.goals.push(later);
    }
    reading
}
