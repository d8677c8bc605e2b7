//! From what a session tells to what is noted. Pure: the time comes with each event.

use super::Outcome;
use crate::control::{Ending, Event, Now};
use crate::time::Millis;

/// Events come by this much too late or too early at the most.
const LATE: Millis = Millis::new(300);

/// Something to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An exercise has begun, counted from 0: the place to be kept.
    Began(usize),
    Ended {
        exercise: usize,
        outcome: Outcome,
        /// Spent in it, without pauses.
        lasted: Millis,
    },
    /// The routine is over: there is no place any more.
    Finished,
}

/// Listens to one session.
#[derive(Debug, Default)]
pub struct Diary {
    now: Option<Now>,
    /// How the present exercise ended, where the session has told it.
    told: Option<Outcome>,
    lasted: Millis,
    /// Of the present beat.
    beat: Millis,
    /// When the clock of the exercise was last looked at, and whether it runs.
    looked: Millis,
    runs: bool,
}

impl Diary {
    /// Takes what was told at `at`, by a clock that begins anywhere and does not go back.
    pub fn take(&mut self, event: &Event, at: Millis) -> Vec<Note> {
        if self.runs {
            self.lasted += at.saturating_sub(self.looked);
            self.beat += at.saturating_sub(self.looked);
        }
        self.looked = at;
        match event {
            Event::Now(now) => {
                self.runs = true;
                self.go_on(now)
            }
            Event::Ended { exercise, ending, .. } if Some(*exercise) == self.exercise() => {
                self.told = Some(match ending {
                    Ending::Done => Outcome::Done,
                    Ending::Skipped => Outcome::Skipped,
                    Ending::Hurt => Outcome::Hurt,
                });
                Vec::new()
            }
            Event::Paused | Event::Waiting | Event::SoundLost(_) => {
                self.runs = false;
                Vec::new()
            }
            Event::Resumed | Event::SoundBack => {
                self.runs = true;
                Vec::new()
            }
            Event::Finished => {
                let ended = self.end(Outcome::Done);
                ended.into_iter().chain([Note::Finished]).collect()
            }
            Event::Stopped { .. } | Event::Failed(_) | Event::DeviceLost(_) => {
                self.end(Outcome::Stopped).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn go_on(&mut self, now: &Now) -> Vec<Note> {
        let before = self.exercise();
        let mut notes = Vec::new();
        if now.exercise != before {
            let outcome = self.now.as_ref().map_or(Outcome::Done, |before| outcome_after(before, self.beat));
            notes.extend(self.end(outcome));
            self.lasted = Millis::ZERO;
            notes.extend(now.exercise.map(Note::Began));
        }
        self.now = Some(now.clone());
        self.beat = Millis::ZERO;
        notes
    }

    fn exercise(&self) -> Option<usize> {
        self.now.as_ref()?.exercise
    }

    fn end(&mut self, outcome: Outcome) -> Option<Note> {
        let outcome = self.told.take().unwrap_or(outcome);
        let exercise = self.now.take()?.exercise?;
        Some(Note::Ended { exercise, outcome, lasted: self.lasted })
    }
}

/// How an exercise ended whose last beat was `last`, of which so much was heard: a skip breaks it off.
fn outcome_after(last: &Now, heard: Millis) -> Outcome {
    let whole = (last.end.saturating_sub(last.position)).millis();
    if heard + LATE >= whole { Outcome::Done } else { Outcome::Skipped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Frames;

    fn now(exercise: Option<usize>, from: u64, to: u64) -> Event {
        let (position, end) = (Millis::from_secs(from).frames(), Millis::from_secs(to).frames());
        Event::Now(Now { exercise, position, end, ..Now::default() })
    }

    fn told(events: &[(u64, Event)]) -> Vec<Note> {
        let mut diary = Diary::default();
        events.iter().flat_map(|(at, event)| diary.take(event, Millis::from_secs(*at))).collect()
    }

    fn ended(exercise: usize, outcome: Outcome, seconds: u64) -> Note {
        Note::Ended { exercise, outcome, lasted: Millis::from_secs(seconds) }
    }

    #[test]
    fn done_and_skipped_are_told_apart_and_pauses_do_not_count() {
        let notes = told(&[
            (0, now(None, 0, 10)),
            (10, now(Some(0), 10, 20)),
            (14, Event::Paused),
            (99, Event::Resumed),
            (99, now(Some(0), 10, 20)),
            (109, now(None, 20, 30)),
            (119, now(Some(1), 30, 40)),
            (122, now(Some(2), 50, 60)),
            (132, Event::Finished),
        ]);
        let wanted = [
            Note::Began(0),
            ended(0, Outcome::Done, 14),
            Note::Began(1),
            ended(1, Outcome::Skipped, 3),
            Note::Began(2),
            ended(2, Outcome::Done, 10),
            Note::Finished,
        ];
        assert_eq!(notes, wanted);
    }

    #[test]
    fn what_the_session_tells_of_the_end_holds() {
        let ending = Ending::Hurt;
        let hurt = Event::Ended { exercise: 0, id: "bridge".to_owned(), ending, frames: Frames::ZERO };
        let notes =
            told(&[(0, now(Some(0), 0, 10)), (10, hurt), (10, now(Some(1), 20, 30)), (13, Event::Finished)]);
        let [began, then] = [Note::Began(0), Note::Began(1)];
        assert_eq!(
            notes,
            [began, ended(0, Outcome::Hurt, 10), then, ended(1, Outcome::Done, 3), Note::Finished]
        );
    }

    #[test]
    fn what_is_broken_off_is_stopped_and_keeps_its_place() {
        let notes = told(&[
            (0, now(Some(0), 0, 10)),
            (4, Event::SoundLost("gone".to_owned())),
            (64, Event::DeviceLost("gone".to_owned())),
        ]);
        assert_eq!(notes, [Note::Began(0), ended(0, Outcome::Stopped, 4)]);
    }

    #[test]
    fn between_exercises_there_is_nothing_to_be_broken_off() {
        let notes = told(&[(0, now(None, 0, 10)), (5, Event::Stopped { position: Frames::ZERO })]);
        assert_eq!(notes, []);
    }
}
