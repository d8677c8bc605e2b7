//! What the sentences of an exercise state together about how much to do.

use super::lexicon::tag;
use super::mark::Mark;
use super::reading::{Field, Reading, Stated};

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
    multiplied: bool,
    /// A time stands in brackets.
    bracketed: bool,
    /// Its sets were called rounds.
    rounds: bool,
    /// One side is told after the other: "turn to the left. Then turn to the right".
    turns: bool,
    /// That they take turns is only told by "left, then right".
    told_in_turn: bool,
    /// "on each side" is said in so many words.
    each_side: bool,
    /// Of sides nothing is said but "in each direction".
    ways: bool,
    /// The tags of the sides that have been named.
    sides_named: u128,
    /// The tag of the side that was named first.
    side: Option<u128>,
}

/// What takes less is a repetition and no set, in milliseconds.
const SHORTEST_SET: u32 = 20_000;
/// What is done more often is repeated, and not done in sets.
const MOST_SETS: u32 = 5;

/// Nothing is held for longer unless the text says so, in milliseconds.
pub const LONGEST_POSE: u32 = 600_000;

/// A hold that is longer is not repeated unless the text says so of this very exercise, in milliseconds.
const LONGEST_REPEATED: u32 = 60_000;

/// One repetition takes no longer, in milliseconds.
const LONGEST_REP: u32 = 15_000;

impl Dose {
    /// Adds what a sentence states; what an earlier one stated stands, but goals widen it.
    pub fn add(&mut self, reading: &Reading) {
        let had_reps = self.reps.is_some();
        for ((field, stated), goal) in reading.stated.iter().zip(&reading.goals) {
            let mut field = *field;
            // "Do it 10 times, rest for a minute, and repeat three times"
            let again = had_reps && field == Field::Reps && self.sets.is_none();
            let circuit = reading.circuit && field == Field::Reps && self.sets.is_none() && stated.high <= 6;
            if circuit {
                field = Field::Sets;
            }
            if again
                && (reading.whole || self.rest.is_some() || self.pause.is_some())
                && !goal
                && stated.high <= 6
            {
                field = Field::Sets;
            }
            // "Do 8 rounds. That is one set. Do 2 sets": what was called a round is a repetition.
            if field == Field::Sets && self.rounds && !reading.rounds && self.reps.is_none() {
                self.reps = self.sets.take();
                self.rounds = false;
            }
            // "Hold for 3 seconds; build up to 10 seconds"
            if *goal && field == Field::Time && self.hold.is_some() && self.time.is_none() {
                field = Field::Hold;
            }
            self.rounds |= field == Field::Sets && self.sets.is_none() && reading.rounds;
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
        let each_before = self.each_side;
        for mark in &reading.marks {
            let side = match mark {
                Mark::Each => {
                    self.each_side = true;
                    self.ways = false;
                    if self.sides.is_some() && !std::mem::take(&mut self.told_in_turn) {
                        continue;
                    }
                    Sides::Each
                }
                Mark::Turns if self.each_side => continue,
                Mark::Turns => {
                    self.ways = false;
                    self.told_in_turn = self.sides != Some(Sides::Alternate);
                    Sides::Alternate
                }
                Mark::Ways => {
                    self.ways |= self.sides.is_none();
                    if self.sides.is_some() {
                        continue;
                    }
                    Sides::Each
                }
                Mark::Other if self.sides == Some(Sides::Alternate) => continue,
                Mark::Other => {
                    self.ways = false;
                    Sides::Each
                }
                // "10 on each side. … Change legs in turn"; but "15 each way, alternating" is one statement.
                Mark::Alternate if each_before => continue,
                Mark::Alternate => {
                    self.ways = false;
                    Sides::Alternate
                }
                // "Take 12 steps to the right. Then take 12 to the left."
                Mark::Then(side) if self.side.is_some_and(|seen| seen != *side) => {
                    if reading.get(Field::Reps).is_none() {
                        self.turns = true;
                    }
                    Sides::Each
                }
                Mark::Then(_) => continue,
            };
            self.sides = Some(side);
        }
        self.sides_named |= reading.named;
        // "Lift the right knee, put it down, then lift the left. That's one rep."
        if reading.one_rep && (self.sides_named == tag::LEFT | tag::RIGHT || self.sides == Some(Sides::Each))
        {
            self.sides = Some(Sides::Alternate);
            self.told_in_turn = false;
        }
        self.side = self.side.or(reading.side);
        self.multiplied |= reading.multiplied;
        self.bracketed |= reading.bracketed;
    }

    /// Settles what depends on the whole text. `holds` tells whether a time without a verb is a hold, `stretch` whether
    /// it is one that is repeated, and `isometric` whether holding is all there is to it.
    pub fn settle(&mut self, holds: bool, stretch: bool, isometric: bool) {
        let counted = [&self.reps, &self.hold, &self.breaths, &self.duration, &self.time];
        let few = self.sets.as_ref().is_some_and(|sets| sets.high <= 3);
        if self.rounds && !few && counted.iter().all(|stated| stated.is_none()) {
            self.reps = self.sets.take();
        }
        // "Plank 3 x 45 s" are three sets; "chin tuck 10 x 5 s" and "calf stretch 3 x 30 s" are repeated.
        let shortest = if isometric { SHORTEST_SET / 2 } else { SHORTEST_SET };
        let time = self.time.as_ref().or(self.hold.as_ref()).filter(|time| time.low >= shortest);
        let few = self.reps.as_ref().is_some_and(|reps| reps.high <= MOST_SETS);
        if self.multiplied && !stretch && few && self.sets.is_none() && time.is_some() {
            self.sets = self.reps.take();
        }
        // "Rest for 5 to 10 minutes" is all there is to the corpse pose.
        let nothing = [&self.reps, &self.hold, &self.breaths, &self.duration, &self.time]
            .iter()
            .all(|stated| stated.is_none());
        if nothing && holds && self.pause.as_ref().is_some_and(|pause| pause.low >= LONGEST_REPEATED) {
            self.hold = self.pause.take();
        }
        // "It takes half an hour", beside what each repetition takes.
        let idle = |time: &Stated| time.low > LONGEST_POSE && (self.hold.is_some() || self.reps.is_some());
        if let Some(time) = self.time.take().filter(|time| !idle(time)) {
            // "Arm raises (2 minutes). … Repeat three times": the brackets tell how long all of it takes.
            let whole =
                self.bracketed && self.reps.is_some() && time.low >= LONGEST_REPEATED && !self.multiplied;
            let hold = (self.reps.is_some() || holds) && !whole && time.low <= LONGEST_POSE;
            let place = if hold { &mut self.hold } else { &mut self.duration };
            if place.is_none() && (self.duration.is_none() || self.hold.is_none()) {
                let place = if hold { &mut self.hold } else { &mut self.duration };
                *place = Some(time);
            }
        }
        // "Do this for 3 seconds, then release. Repeat 10 times": what is done 10 times is held for so short a time.
        let short = self.duration.as_ref().is_some_and(|time| time.high <= LONGEST_REP);
        if short && self.hold.is_none() && self.reps.is_some() {
            self.hold = self.duration.take();
        }
        // "Turn to the left. Then turn to the right. Repeat 5 times" takes turns; "5 times on each side" does not say so.
        if self.sides == Some(Sides::Each) && self.turns && !self.each_side {
            self.sides = Some(Sides::Alternate);
        }
    }

    /// What circles goes one way and then the other: "in each direction" tells of no sides.
    pub fn circles(&mut self) {
        if self.ways {
            self.sides = None;
        }
    }

    /// What is stated once for all exercises, where this one states nothing itself; a hold only if it `holds`. A time
    /// without a verb is a hold where the exercise is `still`.
    pub fn fill(&mut self, general: &Self, holds: bool, still: bool) {
        let from =
            |stated: &Option<Stated>| stated.clone().map(|stated| Stated { everywhere: true, ..stated });
        // What is held for minutes is done once.
        let long = self.hold.as_ref().is_some_and(|hold| hold.low >= LONGEST_REPEATED);
        if self.reps.is_none() && self.duration.is_none() && !long {
            self.reps = from(&general.reps);
        }
        if self.sets.is_none() && self.duration.is_none() {
            self.sets = from(&general.sets);
        }
        if holds && self.hold.is_none() && self.duration.is_none() && self.breaths.is_none() {
            self.hold = from(&general.hold);
        }
        let timed =
            self.hold.is_some() || self.breaths.is_some() || self.reps.is_some() || self.duration.is_some();
        if !timed {
            let time = from(&general.duration).or_else(|| from(&general.time));
            if holds && still {
                self.hold = time;
            } else {
                self.duration = time;
            }
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
