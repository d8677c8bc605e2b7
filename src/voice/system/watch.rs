//! What has become of the voice: speaking, done, or lost. Pure: reports and time are told to it.

use super::line::Report;
use crate::time::Millis;

/// A helper of which nothing has been heard for so long hangs. It tells five times a second that its engine answers.
pub const SILENT: Millis = Millis::new(1_200);
/// So long may the engine take from an order to its first sound.
pub const BEGIN: Millis = Millis::new(1_500);
/// Between two looks no more time than this counts: the whole machine may have been asleep or busy.
const LONGEST_LOOK: Millis = Millis::new(250);

/// What there is to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was asked for, or it has been said.
    Quiet,
    Speaking,
    /// No end was told in the time that the words can take: what may still be heard has to be stopped.
    Overdue,
    /// For good, and what happened.
    Lost(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Quiet,
    Saying {
        turn: u64,
        bound: Millis,
        since: Millis,
        /// It has been heard: told by an event, or seen.
        began: bool,
    },
    Lost(String),
}

/// The state machine, from the moment when the voice is ready.
#[derive(Debug)]
pub struct Watch {
    state: State,
    /// Since the last report.
    silent: Millis,
    /// The engine tells when words begin and end: it need not be looked at.
    tells: bool,
}

impl Default for Watch {
    fn default() -> Self {
        Self { state: State::Quiet, silent: Millis::ZERO, tells: false }
    }
}

impl Watch {
    /// Words have been ordered that take no longer than `bound`.
    pub fn say(&mut self, turn: u64, bound: Millis) {
        if !matches!(self.state, State::Lost(_)) {
            self.state = State::Saying { turn, bound, since: Millis::ZERO, began: false };
        }
    }

    /// What was ordered is not waited for any more.
    pub fn hush(&mut self) {
        if matches!(self.state, State::Saying { .. }) {
            self.state = State::Quiet;
        }
    }

    /// Takes in what the helper tells.
    pub fn take(&mut self, report: &Report) {
        self.silent = Millis::ZERO;
        self.tells |= matches!(report, Report::Began(_) | Report::Ended(_));
        match (report, &mut self.state) {
            (_, State::Lost(_)) => {}
            (Report::Gone, state) => *state = State::Lost("has died".to_owned()),
            (Report::Failed(why), state) => *state = State::Lost(format!("fails ({why})")),
            (Report::Began(of), State::Saying { turn, began, .. }) if of == turn => *began = true,
            (Report::Ended(of), State::Saying { turn, .. }) if of == turn => self.state = State::Quiet,
            // Where an engine tells neither, it can be seen. Elsewhere this could be the rest of what was stopped.
            (Report::Alive { .. }, _) if self.tells => {}
            (Report::Alive { speaking: true }, State::Saying { began, .. }) => *began = true,
            (Report::Alive { speaking: false }, State::Saying { began: true, .. }) => {
                self.state = State::Quiet;
            }
            _ => {}
        }
    }

    /// So much time has passed; what follows from it.
    pub fn look(&mut self, passed: Millis) -> Verdict {
        let passed = passed.min(LONGEST_LOOK);
        self.silent += passed;
        let silent = self.silent > SILENT;
        match &mut self.state {
            State::Lost(why) => return Verdict::Lost(why.clone()),
            State::Quiet if !silent => return Verdict::Quiet,
            State::Saying { since, began, bound, .. } if !silent => {
                *since += passed;
                if since > bound {
                    self.state = State::Quiet;
                    return Verdict::Overdue;
                }
                if *began || *since <= BEGIN {
                    return Verdict::Speaking;
                }
                self.state = State::Lost("takes words and says nothing".to_owned());
            }
            State::Quiet | State::Saying { .. } => {
                self.state = State::Lost("does not answer".to_owned());
            }
        }
        self.look(Millis::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURN: Millis = Millis::new(20);
    const LONG: Millis = Millis::from_secs(10);

    fn saying() -> Watch {
        let mut watch = Watch::default();
        watch.say(1, LONG);
        watch
    }

    /// Looks until something changes, the engine answering as it does five times a second; how long that took.
    fn until_changed(watch: &mut Watch, alive: Option<bool>) -> (Millis, Verdict) {
        let mut passed = Millis::ZERO;
        let first = watch.look(Millis::ZERO);
        for look in 1..10_000_u64 {
            if let Some(speaking) = alive.filter(|_| look % 10 == 0) {
                watch.take(&Report::Alive { speaking });
            }
            passed += TURN;
            let verdict = watch.look(TURN);
            if verdict != first {
                return (passed, verdict);
            }
        }
        panic!("nothing changes");
    }

    fn lost(why: &str) -> Verdict {
        Verdict::Lost(why.to_owned())
    }

    #[test]
    fn a_sentence_ends_with_its_own_end() {
        let mut watch = saying();
        watch.take(&Report::Taken(1));
        watch.take(&Report::Began(1));
        assert_eq!(watch.look(TURN), Verdict::Speaking);
        watch.take(&Report::Ended(0));
        assert_eq!(watch.look(TURN), Verdict::Speaking);
        watch.take(&Report::Ended(1));
        assert_eq!(watch.look(TURN), Verdict::Quiet);
    }

    #[test]
    fn the_end_of_what_was_stopped_ends_nothing_else() {
        let mut watch = saying();
        watch.take(&Report::Began(1));
        watch.hush();
        assert_eq!(watch.look(TURN), Verdict::Quiet);
        watch.say(2, LONG);
        watch.take(&Report::Ended(1));
        watch.take(&Report::Began(1));
        assert_eq!(watch.look(TURN), Verdict::Speaking);
        watch.take(&Report::Ended(2));
        assert_eq!(watch.look(TURN), Verdict::Quiet);
    }

    #[test]
    fn without_an_end_the_bound_ends_it() {
        let mut watch = saying();
        watch.take(&Report::Began(1));
        assert_eq!(until_changed(&mut watch, Some(true)), (LONG + TURN, Verdict::Overdue));
        assert_eq!(watch.look(TURN), Verdict::Quiet);
    }

    #[test]
    fn an_engine_that_tells_nothing_is_watched() {
        let mut watch = saying();
        watch.take(&Report::Taken(1));
        // Not begun yet is no end.
        watch.take(&Report::Alive { speaking: false });
        assert_eq!(watch.look(TURN), Verdict::Speaking);
        watch.take(&Report::Alive { speaking: true });
        assert_eq!(watch.look(TURN), Verdict::Speaking);
        watch.take(&Report::Alive { speaking: false });
        assert_eq!(watch.look(TURN), Verdict::Quiet);
    }

    #[test]
    fn a_hang_is_noticed_in_time_whenever_it_begins() {
        // In the order itself: nothing is ever told again.
        let (passed, verdict) = until_changed(&mut saying(), None);
        assert_eq!((passed, verdict), (SILENT + TURN, lost("does not answer")));
        // In mid-sentence.
        let mut watch = saying();
        watch.take(&Report::Began(1));
        assert_eq!(until_changed(&mut watch, None).0, SILENT + TURN);
        // While nothing is said: it is known when it is needed.
        let mut watch = Watch::default();
        assert_eq!(until_changed(&mut watch, None).1, lost("does not answer"));
        watch.say(1, LONG);
        assert_eq!(watch.look(TURN), lost("does not answer"));
        assert!(SILENT.get() < 2_000 && BEGIN.get() < 2_000);
    }

    #[test]
    fn an_engine_that_answers_but_says_nothing_is_lost() {
        let (passed, verdict) = until_changed(&mut saying(), Some(false));
        assert_eq!((passed, verdict), (BEGIN + TURN, lost("takes words and says nothing")));
    }

    #[test]
    fn death_and_errors_are_the_end_at_once_and_for_good() {
        let mut watch = saying();
        watch.take(&Report::Began(1));
        watch.take(&Report::Gone);
        assert_eq!(watch.look(Millis::ZERO), lost("has died"));
        watch.take(&Report::Ended(1));
        watch.hush();
        watch.say(2, LONG);
        assert_eq!(watch.look(TURN), lost("has died"));
        let mut watch = saying();
        watch.take(&Report::Failed("broken pipe".to_owned()));
        assert_eq!(watch.look(TURN), lost("fails (broken pipe)"));
    }

    #[test]
    fn a_machine_that_slept_is_given_time_to_answer() {
        let mut watch = saying();
        watch.take(&Report::Began(1));
        assert_eq!(watch.look(Millis::from_secs(3_600)), Verdict::Speaking);
        watch.take(&Report::Alive { speaking: true });
        assert_eq!(watch.look(TURN), Verdict::Speaking);
    }
}
