//! What amounts are for: holds, repetitions, sets, sides, rests, durations and how often.

use super::amount::{Amount, What, amounts};
use super::lexicon::{Lexicon, Role, tag};
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

/// How a sentence speaks of sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// "on each side"
    Each,
    /// "repeat on the other side", "switch legs"
    Other,
    /// "alternate legs", "left, then right"
    Alternate,
    /// "then turn to the right", by the tag of the side: what it means depends on the sentence before.
    Then(u64),
}

/// The amounts and sides of one sentence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    pub stated: Vec<(Field, Stated)>,
    /// Parallel to `stated`: an amount to be reached later.
    goals: Vec<bool>,
    pub marks: Vec<Mark>,
    /// The first side mark stands before the first count of repetitions.
    mark_first: bool,
    /// The tag of the first side that is named as a direction.
    side: Option<u64>,
    /// Words such as "sequence" or "circuit": what is repeated is more than one repetition.
    whole: bool,
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
    let speaks =
        tag::EACH | tag::BOTH | tag::OTHER | tag::SWITCH | tag::LEFT | tag::RIGHT | tag::ONCE | tag::SEVERAL;
    let times = tag::SECONDS | tag::MINUTES | tag::SETS;
    // Most sentences speak neither of amounts nor of sides.
    if !tokens.iter().any(|t| t.number > 0.0 || t.is(speaks | times)) {
        return Reading::default();
    }
    let found = amounts(tokens);
    let goal = if found.is_empty() { None } else { lexicon.goal(text) };
    let mut reading = Reading::default();
    let mut sides = marks(tokens, &found);
    let each = |place: &usize| {
        let before = tokens.windows(2).take_while(|pair| pair.iter().all(|t| t.start < *place));
        before
            .into_iter()
            .any(|pair| matches!(pair, [each, limb] if each.is(tag::EACH) && limb.is(tag::SIDE)))
    };
    if let Some(place) = lexicon.alternates(text).or_else(|| lexicon.in_turn(text).filter(each)) {
        sides.push((tokens.iter().take_while(|t| t.start < place).count(), Mark::Alternate));
    }
    let first_mark = sides.first().map(|(at, _)| *at);
    let mut first_reps = None;
    for (index, amount) in found.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| found.get(index));
        let start = tokens.get(amount.from).map_or(0, |token| token.start);
        let later = goal.is_some_and(|goal| start >= goal);
        let found = field(tokens, amount, before, label, &reading);
        // "Start with five repetitions and build up to ten"
        let same =
            reading.stated.last().map(|(field, _)| *field).filter(|_| later && amount.what == What::Bare);
        let Some(field) = found.or(same) else { continue };
        let end = tokens.get(amount.to.saturating_sub(1)).map_or(start, Token::end);
        let factor = match (field, amount.what) {
            (Field::Hold | Field::Duration | Field::Rest, What::Bare) => 1_000,
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
            _ => 1_000..=7_200_000,
        };
        if !most.contains(&stated.low) || !most.contains(&stated.high) {
            continue;
        }
        if field == Field::Reps && first_reps.is_none() {
            first_reps = Some(amount.from);
        }
        reading.stated.push((field, stated));
        reading.goals.push(later);
    }
    reading.mark_first = match (first_mark, first_reps) {
        (Some(mark), Some(reps)) => mark < reps,
        (mark, _) => mark.is_some(),
    };
    reading.marks = sides.into_iter().map(|(_, mark)| mark).collect();
    let direction = |at: usize, token: &Token<'_>| {
        token.is(tag::LEFT | tag::RIGHT) && !tokens.get(at + 1).is_some_and(|next| next.is(tag::PART))
    };
    reading.side = tokens
        .iter()
        .enumerate()
        .find(|(at, token)| direction(*at, token))
        .map(|(_, token)| token.tags & (tag::LEFT | tag::RIGHT));
    reading.whole = ["sequence", "circuit", "cycle", "whole", "series", "entire"]
        .iter()
        .any(|word| tokens.iter().any(|token| token.says(word)));
    reading
}

/// What the amount is for, from the words around it.
fn field(
    tokens: &[Token<'_>],
    amount: &Amount,
    before: Option<&Amount>,
    label: Option<Role>,
    reading: &Reading,
) -> Option<Field> {
    let counted = reading.get(Field::Reps).is_some();
    // "That's one rep" tells what one is, not how many to do.
    let before_it = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    let defines = amount.high == 1 && before_it.is_some_and(|t| t.is(tag::DEFINES));
    match amount.what {
        What::Other => None,
        What::Times | What::Sets if defines => None,
        // "Repetitions: 3 times daily" counts repetitions all the same.
        What::Frequency if label == Some(Role::Reps) && !counted && reading.get(Field::Sets).is_none() => {
            Some(Field::Reps)
        }
        What::Frequency => Some(Field::Frequency),
        What::Sets => Some(Field::Sets),
        What::Breaths => Some(Field::Breaths),
        What::Times if label == Some(Role::Frequency) => Some(Field::Frequency),
        What::Times if label == Some(Role::Sets) => Some(Field::Sets),
        What::Times => {
            let reps = tokens.get(amount.to.saturating_sub(1)).is_some_and(|t| t.is(tag::REPS));
            let once =
                amount.to == amount.from + 1 && tokens.get(amount.from).is_some_and(|t| t.is(tag::ONCE));
            if once && !repeats(tokens, amount) {
                return None;
            }
            // "10 reps, 3 times"
            let near = before.is_some_and(|before| amount.from <= before.to + 3);
            if counted && near && !reps && amount.high <= 6 && reading.get(Field::Sets).is_none() {
                return Some(Field::Sets);
            }
            Some(Field::Reps)
        }
        What::Bare => bare(tokens, amount, before, label),
        What::Time => time(tokens, amount, label),
    }
}

/// "once" and "twice" count repetitions only where something is repeated: "once you feel a stretch".
fn repeats(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let before = tokens.get(..amount.from).unwrap_or(&[]);
    // "Once through with each foot", "Twice on each side"
    let through = ["through", "on", "with", "for", "per", "each"].iter();
    if amount.from == 0 && through.into_iter().any(|word| tokens.get(amount.to).is_some_and(|t| t.says(word)))
    {
        return true;
    }
    let clause_ends = tokens.get(amount.to).is_none_or(|t| {
        t.kind != Kind::Word
            || t.is(tag::EACH | tag::PER)
            || ["on", "with", "for", "to", "more"].iter().any(|w| t.says(w))
    });
    clause_ends && before.iter().any(|t| t.is(tag::REPEAT | tag::MOVE | tag::SWITCH))
}

fn bare(
    tokens: &[Token<'_>],
    amount: &Amount,
    before: Option<&Amount>,
    label: Option<Role>,
) -> Option<Field> {
    // "Sets: 3 Reps: 10": the word right before it says more than the label of the line.
    let colon =
        amount.from.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == Kind::Colon);
    if let Some(word) = amount.from.checked_sub(2).and_then(|at| tokens.get(at)).filter(|_| colon) {
        match () {
            () if word.is(tag::SETS) => return Some(Field::Sets),
            () if word.is(tag::REPS) => return Some(Field::Reps),
            () if word.is(tag::HOLD) => return Some(Field::Hold),
            () => {}
        }
    }
    let labelled = match label {
        Some(Role::Sets) => Some(Field::Sets),
        Some(Role::Reps | Role::Dose) => Some(Field::Reps),
        Some(Role::Hold) => Some(Field::Hold),
        Some(Role::Duration) => Some(Field::Duration),
        Some(Role::Rest) => Some(Field::Rest),
        Some(Role::Frequency) => Some(Field::Frequency),
        _ => None,
    };
    if labelled.is_some() {
        return labelled;
    }
    // "3 sets of 10"
    let of = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    if of.is_some_and(|t| t.says("of") || t.kind == Kind::Dash || t.kind == Kind::Comma || t.says("at"))
        && before.is_some_and(|before| before.what == What::Sets && before.to + 1 == amount.from)
    {
        return Some(Field::Reps);
    }
    let mut at = amount.from;
    while let Some(token) = at.checked_sub(1).and_then(|at| tokens.get(at)) {
        if token.is(tag::COUNT) {
            return Some(Field::Hold);
        }
        let skipped = matches!(token.kind, Kind::Colon | Kind::Dash | Kind::Cross)
            || token.is(tag::ABOUT)
            || ["for", "of", "to", "this", "exercise", "the", "it", "count"]
                .iter()
                .any(|word| token.says(word));
        if !skipped || amount.from - at > 4 {
            break;
        }
        at -= 1;
    }
    let after = tokens.get(amount.to);
    // "5 each way"
    let each =
        after.is_some_and(|t| t.is(tag::EACH)) && tokens.get(amount.to + 1).is_some_and(|t| t.is(tag::SIDE));
    if each && at == 0 || is_count_of_moves(tokens, amount) {
        return Some(Field::Reps);
    }
    let word = at.checked_sub(1).and_then(|at| tokens.get(at))?;
    // "Do 10 squats", but not "do 3 different exercises", which has a unit.
    let counts = word.is(tag::REPEAT) && !word.says("try") && !word.says("continue");
    let close = amount.from - at <= 1;
    match word {
        _ if word.is(tag::SETS) => Some(Field::Sets),
        _ if word.is(tag::REPS) => Some(Field::Reps),
        _ if word.is(tag::COUNT) => Some(Field::Hold),
        _ if word.is(tag::HOLD)
            && word.kind == Kind::Word
            && after.is_none_or(|t| {
                t.kind != Kind::Word
                    || t.is(tag::RETURN | tag::EACH | tag::THEN)
                    || t.says("and")
                    || t.says("on")
            }) =>
        {
            Some(Field::Hold)
        }
        _ if counts && (close || after.is_none_or(|t| t.kind != Kind::Word)) => Some(Field::Reps),
        _ if each => Some(Field::Reps),
        _ => None,
    }
}

/// "draw ten slow circles", "do five rolls", "10 steps each way"
fn is_count_of_moves(tokens: &[Token<'_>], amount: &Amount) -> bool {
    let mut at = amount.to;
    while at < amount.to + 2
        && tokens
            .get(at)
            .is_some_and(|t| t.is(tag::FILLER | tag::ADVERB) || t.is(tag::PART) && !t.is(tag::NAME))
    {
        at += 1;
    }
    let Some(moves) = tokens.get(at).filter(|t| t.kind == Kind::Word) else { return false };
    let each = tokens.get(at + 1).is_some_and(|t| t.is(tag::EACH))
        && tokens.get(at + 2).is_some_and(|t| t.is(tag::SIDE));
    let verb = amount.from.checked_sub(1).and_then(|at| tokens.get(at));
    // "Make 5 circles", but "take two steps back" only finds the place.
    let done = verb.is_some_and(|t| {
        t.is(tag::REPEAT) || t.is(tag::MOVE | tag::WEAK) && (amount.low >= 5 || !t.is(tag::WEAK))
    });
    each || done && moves.is(tag::NAME) && moves.text.ends_with(['s', 'S'])
}

/// What a time is for: the words right behind it, or the nearest verb before it.
fn time(tokens: &[Token<'_>], amount: &Amount, label: Option<Role>) -> Option<Field> {
    match label {
        Some(Role::Hold) => return Some(Field::Hold),
        Some(Role::Duration) => return Some(Field::Duration),
        Some(Role::Rest) => return Some(Field::Rest),
        Some(Role::Frequency) => return None,
        _ => {}
    }
    let rest = |at: usize| {
        let between = tokens.iter().skip(at.saturating_sub(6)).take(16).position(|t| t.is(tag::BETWEEN));
        let what = between.and_then(|place| tokens.get(at.saturating_sub(6) + place + 1..));
        let sets =
            what.is_some_and(|what| what.iter().take(3).any(|t| t.is(tag::SETS) || t.says("exercises")));
        if sets { Field::Rest } else { Field::Pause }
    };
    // "10-second hold", "30 seconds rest"
    let mut next = amount.to;
    while tokens.get(next).is_some_and(|t| t.kind == Kind::Dash || t.says("of") || t.is(tag::FILLER)) {
        next += 1;
    }
    if let Some(word) = tokens.get(next).filter(|_| next < amount.to + 3) {
        if word.is(tag::HOLD) || word.says("isometric") || word.says("stretch") || word.says("squeeze") {
            return Some(Field::Hold);
        }
        if (word.is(tag::REST) || word.says("break") || word.says("recovery")) && !word.says("recover") {
            return Some(rest(amount.from));
        }
    }
    let back = tokens.get(..amount.from).unwrap_or(&[]);
    // "every 30 seconds", "over 3 seconds", "takes 2 seconds", "for the first 10 seconds"
    let just =
        back.iter().rev().find(|t| t.kind == Kind::Word && !t.is(tag::ABOUT | tag::FILLER) && !t.says("of"));
    if just.is_some_and(|t| {
        t.is(tag::TEMPO)
            || ["every", "within", "in", "takes", "first", "last", "next", "by"]
                .iter()
                .any(|word| t.says(word))
    }) {
        return None;
    }
    for (at, word) in back.iter().enumerate().rev() {
        if word.kind != Kind::Word {
            continue;
        }
        if word.is(tag::HOLD) && !word.says("rest") {
            return Some(Field::Hold);
        }
        let noun = at.checked_sub(1).and_then(|at| back.get(at)).is_some_and(|t| {
            ["the", "this", "that", "a", "of", "your", "each", "every", "these"]
                .iter()
                .any(|word| t.says(word))
        });
        if word.is(tag::REST) && !noun {
            let here = back.get(at + 1).is_some_and(|t| t.says("in") || t.says("here") || t.says("there"));
            return Some(if here { Field::Hold } else { rest(amount.from) });
        }
        if noun || word.is(tag::ADVERB) && !word.is(tag::HOLD) {
            continue;
        }
        if word.is(tag::CONTINUE | tag::SWITCH) {
            let after = just.is_some_and(|t| t.says("after"));
            return Some(if after { Field::Hold } else { Field::Duration });
        }
        if word.is(tag::REPEAT) {
            return Some(Field::Duration);
        }
        if word.is(tag::RETURN) {
            return None;
        }
        // "(inhaling for 3 seconds)" is a pace.
        if word.is(tag::IN | tag::OUT) {
            return None;
        }
        if word.is(tag::MOVE | tag::SETUP | tag::BREATHE) || word.says("keep") || word.says("keeping") {
            let stays = just.is_some_and(|t| t.says("for") || t.says("after"));
            return Some(if stays || word.says("keep") { Field::Hold } else { Field::Time });
        }
    }
    Some(Field::Time)
}

/// Where in the sentence something tells of sides.
fn marks(tokens: &[Token<'_>], found: &[Amount]) -> Vec<(usize, Mark)> {
    let mut all = Vec::new();
    let mut verb = false;
    let mut seen_side = None::<(u64, bool)>;
    let mut side_at = 0;
    let amount_before = |at: usize, within: usize| {
        found.iter().any(|a| a.what != What::Other && a.to <= at && at - a.to <= within)
    };
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let noun = |t: &Token<'_>| t.is(tag::SIDE);
        // "each side", "each of your legs", "the other side"
        let named = (1..=2).filter_map(|step| tokens.get(at + step)).take_while(|t| t.kind == Kind::Word);
        let named = named.into_iter().find(|t| noun(t));
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let says = |t: Option<&Token<'_>>, words: &[&str]| t.is_some_and(|t| words.iter().any(|w| t.says(w)));
        if token.is(tag::EACH | tag::BOTH) && named.is_some() {
            let way = says(named, &["direction", "directions", "way", "side", "sides"]);
            let loose = token.is(tag::EACH)
                && !found.is_empty()
                && (way || !says(before, &["in", "at", "of", "from", "under", "between"]));
            let of = next.is_some_and(|t| t.is(tag::SIDE)) && says(tokens.get(at + 2), &["of"]);
            let counted =
                amount_before(at, 4) || verb && (way || says(before, &["on", "with", "for"])) || loose;
            if counted && !of {
                all.push((at, Mark::Each));
            }
        } else if amount_before(at, 0)
            && (token.is(tag::EACH) && next.is_none_or(|t| t.kind != Kind::Word)
                || token.kind == Kind::Slash && next.is_some_and(|t| t.is(tag::SIDE)))
        {
            all.push((at, Mark::Each));
        } else if token.is(tag::OTHER) || token.is(tag::SECOND) && next.is_some_and(noun) {
            let ends = next.is_none_or(|t| t.kind != Kind::Word);
            // "Then the other leg", but not "then hook your other foot around the ankle".
            let side_ends = tokens.get(at + 2).is_none_or(|t| t.kind != Kind::Word);
            let then = tokens.iter().take(at).any(|t| t.says("then") || t.says("now")) && (side_ends || ends);
            let same = then || tokens.iter().take(at).any(|t| t.says("same"));
            if (verb || same && !token.says("opposite")) && (named.is_some() || ends) {
                all.push((at, Mark::Other));
            }
        }
        if token.is(tag::SWITCH) {
            let alternates = token.text.to_ascii_lowercase().starts_with("alternat");
            let turns = says(next, &["direction", "directions"]);
            let sided = !turns
                && tokens.iter().skip(at + 1).take(3).any(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT));
            if alternates {
                all.push((at, Mark::Alternate));
            } else if sided || next.is_none_or(|t| t.kind != Kind::Word || t.says("and") || t.says("after")) {
                all.push((at, Mark::Other));
            }
        }
        if token.is(tag::LEFT | tag::RIGHT) {
            let side = token.tags & (tag::LEFT | tag::RIGHT);
            // "Sit on your left hand, then tilt your head to the right" is one movement.
            let limb = next.is_some_and(|t| t.is(tag::PART));
            if seen_side.is_some_and(|(seen, of_limb)| seen != side && of_limb == limb) {
                let between = tokens.get(side_at..at).unwrap_or(&[]);
                // "10 on the left, then 10 on the right": one side after the other.
                let counted = found
                    .iter()
                    .any(|a| a.from > side_at && a.to <= at && matches!(a.what, What::Bare | What::Times));
                if between.iter().any(|t| t.is(tag::THEN)) {
                    all.push((at, if counted { Mark::Each } else { Mark::Alternate }));
                }
            } else if verb
                && seen_side.is_none()
                && says(before, &["the", "your", "on", "with"])
                && repeated(tokens, at)
            {
                all.push((at, Mark::Other));
            } else if seen_side.is_none()
                && next.is_none_or(|t| !t.is(tag::PART))
                && tokens.get(..at).unwrap_or(&[]).iter().any(|t| t.is(tag::THEN))
            {
                all.push((at, Mark::Then(side)));
            }
            (seen_side, side_at) = (Some((side, limb)), at);
        }
        verb |= token.is(tag::REPEAT | tag::SWITCH) || token.says("same");
    }
    all
}

/// "Repeat on the left", "do the same with the right leg": what is repeated stands right before the side.
fn repeated(tokens: &[Token<'_>], at: usize) -> bool {
    tokens
        .get(at.saturating_sub(7)..at)
        .unwrap_or(&[])
        .iter()
        .any(|t| t.says("repeat") || t.says("same") || t.is(tag::SWITCH))
}

/// Whether, and how, an exercise is done on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    Each,
    Alternate,
}

/// All that an exercise's text states about how much to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dose {
    pub hold: Option<Stated>,
    pub breaths: Option<Stated>,
    pub reps: Option<Stated>,
    pub sets: Option<Stated>,
    pub rest: Option<Stated>,
    pub pause: Option<Stated>,
    pub duration: Option<Stated>,
    pub time: Option<Stated>,
    pub frequency: Option<Stated>,
    pub sides: Option<Sides>,
    /// The sides are said once for all exercises.
    pub sides_everywhere: bool,
    mark_before_reps: bool,
    /// The tag of the side that was named first.
    side: Option<u64>,
}

impl Dose {
    /// Adds what a sentence states; what an earlier one stated stands, but goals widen it.
    pub fn add(&mut self, reading: &Reading) {
        let had_reps = self.reps.is_some();
        for ((field, stated), goal) in reading.stated.iter().zip(&reading.goals) {
            let mut field = *field;
            // "Do it 10 times, rest for a minute, and repeat three times"
            let again = had_reps && field == Field::Reps && self.sets.is_none();
            if again
                && (reading.whole || self.rest.is_some() || self.pause.is_some())
                && !goal
                && stated.high <= 6
            {
                field = Field::Sets;
            }
            let place = match field {
                Field::Hold => &mut self.hold,
                Field::Breaths => &mut self.breaths,
                Field::Reps => &mut self.reps,
                Field::Sets => &mut self.sets,
                Field::Rest => &mut self.rest,
                Field::Pause => &mut self.pause,
                Field::Duration => &mut self.duration,
                Field::Time => &mut self.time,
                Field::Frequency => &mut self.frequency,
            };
            match place {
                None => *place = Some(stated.clone()),
                Some(there) if *goal && stated.high > there.high => {
                    there.words = format!("{} … {}", there.words, stated.words);
                    there.high = stated.high;
                }
                // A number is better than "several".
                Some(there) if there.vague && !stated.vague => *place = Some(stated.clone()),
                Some(_) => {}
            }
        }
        for mark in &reading.marks {
            let reps_before = had_reps || self.reps.is_some() && !reading.mark_first;
            let side = match mark {
                Mark::Each if self.sides.is_some() => continue,
                Mark::Each => Sides::Each,
                Mark::Other if self.sides == Some(Sides::Alternate) => continue,
                Mark::Other => {
                    self.mark_before_reps = !reps_before;
                    Sides::Each
                }
                Mark::Alternate => Sides::Alternate,
                // "Take 12 steps to the right. Then take 12 to the left."
                Mark::Then(side) if self.side.is_some_and(|seen| seen != *side) => {
                    if reading.get(Field::Reps).is_some() { Sides::Each } else { Sides::Alternate }
                }
                Mark::Then(_) => continue,
            };
            self.sides = Some(side);
        }
        self.side = self.side.or(reading.side);
    }

    /// Settles what depends on the whole text. `holds` tells whether a time without a verb is a hold.
    pub fn settle(&mut self, holds: bool) {
        if let Some(time) = self.time.take() {
            let hold = self.reps.is_some() || holds;
            let place = if hold { &mut self.hold } else { &mut self.duration };
            if place.is_none() && (self.duration.is_none() || self.hold.is_none()) {
                let place = if hold { &mut self.hold } else { &mut self.duration };
                *place = Some(time);
            }
        }
        // "Hold, then the other side. Do this 5 times on each side": the sides take turns.
        if self.sides == Some(Sides::Each) && self.mark_before_reps && self.reps.is_some() {
            self.sides = Some(Sides::Alternate);
        }
    }

    /// What is stated once for all exercises, where this one states nothing itself; a hold only if it `holds`.
    pub fn fill(&mut self, general: &Self, holds: bool) {
        let from =
            |stated: &Option<Stated>| stated.clone().map(|stated| Stated { everywhere: true, ..stated });
        if self.reps.is_none() && self.duration.is_none() {
            self.reps = from(&general.reps);
        }
        if self.sets.is_none() && self.duration.is_none() {
            self.sets = from(&general.sets);
        }
        if holds && self.hold.is_none() && self.duration.is_none() && self.breaths.is_none() {
            self.hold = from(&general.hold);
        }
        if self.rest.is_none() {
            self.rest = from(&general.rest);
        }
        if self.frequency.is_none() {
            self.frequency = from(&general.frequency);
        }
        if self.sides.is_none() && general.sides.is_some() {
            self.sides = general.sides;
            self.sides_everywhere = true;
        }
    }

    /// Takes what `other` states and this does not.
    pub fn widen(&mut self, other: &Self) {
        let places = [
            (&mut self.hold, &other.hold),
            (&mut self.breaths, &other.breaths),
            (&mut self.reps, &other.reps),
            (&mut self.sets, &other.sets),
            (&mut self.rest, &other.rest),
            (&mut self.pause, &other.pause),
            (&mut self.duration, &other.duration),
            (&mut self.time, &other.time),
            (&mut self.frequency, &other.frequency),
        ];
        for (place, stated) in places {
            if place.is_none() {
                place.clone_from(stated);
            }
        }
        self.sides = self.sides.or(other.sides);
    }

    pub fn is_empty(&self) -> bool {
        self.amounts() == 0
    }

    /// How many kinds of amounts there are, without the frequency.
    pub fn amounts(&self) -> usize {
        [&self.hold, &self.breaths, &self.reps, &self.sets, &self.duration, &self.time]
            .iter()
            .filter(|stated| stated.is_some())
            .count()
    }
}
