//! The voice as the program sees it: told what to say, asked what has become of it. Never blocks.

use std::time::Instant;

use super::line::{Order, Report};
use super::watch::{Verdict, Watch};
use super::{Manner, bound, missing};
use crate::time::Millis;
use crate::voice::VoiceError;

/// Whoever takes orders: a process, or a fake. Nothing of it blocks.
pub trait Helper: Send {
    /// Hands on an order. What cannot be handed on is told as [`Report::Gone`].
    fn order(&mut self, order: &Order);

    /// The next thing that it has told; [`Report::Gone`] at the end.
    fn report(&mut self) -> Option<Report>;

    /// Waits for the next report, for so long at the most.
    fn wait(&mut self, patience: Millis) -> Option<Report>;

    /// Ends it at once, however deeply it hangs.
    fn kill(&mut self);
}

/// What has become of the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    Still,
    Done,
    /// They have to be said by somebody else, and all others as well. What the voice does: "does not answer".
    Lost(String),
}

/// A helper that is being watched.
pub struct Mouth {
    helper: Box<dyn Helper>,
    watch: Watch,
    manner: Manner,
    /// What the voice is, for people.
    name: String,
    turn: u64,
    looked: Instant,
}

/// The service may have to be started, which takes 0.8 s.
const OPENING: Millis = Millis::new(1_600);
/// Some systems have thousands of voices.
const LOOKING: Millis = Millis::from_secs(6);

impl Mouth {
    /// Waits until the helper's voice is there.
    ///
    /// # Errors
    /// Why it is not there: [`VoiceError::UnknownSystemVoice`] with the nearest names, else [`VoiceError::System`].
    pub fn open(mut helper: Box<dyn Helper>, manner: Manner) -> Result<Self, VoiceError> {
        let mut patience = OPENING;
        loop {
            let failed = match helper.wait(patience) {
                Some(Report::Ready(name)) => {
                    let (watch, looked) = (Watch::default(), Instant::now());
                    return Ok(Self { helper, watch, manner, name, turn: 0, looked });
                }
                Some(Report::Looking) => {
                    patience = LOOKING;
                    continue;
                }
                Some(Report::Unknown(near)) => VoiceError::UnknownSystemVoice {
                    name: manner.name.unwrap_or_default(),
                    near: near.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
                },
                Some(Report::Failed(why)) => missing(why),
                Some(Report::Gone) => missing("it has died while it was being opened"),
                Some(_) => continue,
                None => missing("its service does not answer"),
            };
            helper.kill();
            return Err(failed);
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Begins to say words, which nothing else may be said during.
    pub fn say(&mut self, words: &str) {
        self.turn += 1;
        self.watch.say(self.turn, bound(words, self.manner.speed));
        self.looked = Instant::now();
        self.helper.order(&Order::Speak { turn: self.turn, words: words.to_owned() });
    }

    /// Ends what is being said.
    pub fn hush(&mut self) {
        self.watch.hush();
        self.helper.order(&Order::Stop);
    }

    /// What has become of the words. To be asked every few hundredths of a second.
    pub fn said(&mut self) -> Saying {
        let now = Instant::now();
        let passed = now.duration_since(std::mem::replace(&mut self.looked, now)).as_millis();
        self.look(Millis::new(u64::try_from(passed).unwrap_or(u64::MAX)))
    }

    fn look(&mut self, passed: Millis) -> Saying {
        while let Some(report) = self.helper.report() {
            self.watch.take(&report);
            if report == Report::Gone {
                break;
            }
        }
        match self.watch.look(passed) {
            Verdict::Speaking => Saying::Still,
            Verdict::Quiet => Saying::Done,
            Verdict::Overdue => {
                self.helper.order(&Order::Stop);
                Saying::Done
            }
            Verdict::Lost(why) => {
                // It must not wake up again and speak into what comes instead.
                self.helper.kill();
                Saying::Lost(why)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Speed;
    use std::collections::VecDeque;
    use std::sync::{Arc, Mutex, MutexGuard};

    #[derive(Default)]
    struct Played {
        orders: Vec<Order>,
        reports: VecDeque<Report>,
        killed: bool,
    }

    #[derive(Clone, Default)]
    struct Fake(Arc<Mutex<Played>>);

    impl Fake {
        fn played(&self) -> MutexGuard<'_, Played> {
            self.0.lock().expect("no test panics in it")
        }

        fn tells(&self, report: Report) {
            self.played().reports.push_back(report);
        }
    }

    impl Helper for Fake {
        fn order(&mut self, order: &Order) {
            self.played().orders.push(order.clone());
        }

        fn report(&mut self) -> Option<Report> {
            self.played().reports.pop_front()
        }

        fn wait(&mut self, _: Millis) -> Option<Report> {
            self.report()
        }

        fn kill(&mut self) {
            self.played().killed = true;
        }
    }

    fn manner() -> Manner {
        let name = Some("Alec".to_owned());
        Manner { name, language: "en".to_owned(), speed: Speed::NORMAL, pitch: 0, volume: 1.0 }
    }

    fn open(fake: &Fake) -> Result<Mouth, VoiceError> {
        Mouth::open(Box::new(fake.clone()), manner())
    }

    fn opened() -> (Fake, Mouth) {
        let fake = Fake::default();
        fake.tells(Report::Ready("a fake".to_owned()));
        let mouth = open(&fake).expect("it is ready");
        (fake, mouth)
    }

    #[test]
    fn why_there_is_none_is_told_with_what_to_do() {
        for (reports, told) in [
            (vec![], "its service does not answer"),
            (vec![Report::Looking, Report::Gone], "it has died while"),
            (vec![Report::Failed("no speech-dispatcher".to_owned())], "no speech-dispatcher"),
            (
                vec![Report::Looking, Report::Unknown(vec!["Alex".to_owned(), "Alice".to_owned()])],
                "no voice `Alec`; the nearest are `Alex`, `Alice`",
            ),
        ] {
            let fake = Fake::default();
            reports.into_iter().for_each(|report| fake.tells(report));
            let error = open(&fake).err().expect("it is not ready").to_string();
            assert!(error.contains(told), "{error}");
            assert!(fake.played().killed);
        }
    }

    #[test]
    fn words_are_ordered_and_end() {
        let (fake, mut mouth) = opened();
        assert_eq!(mouth.name(), "a fake");
        assert_eq!(mouth.look(Millis::ZERO), Saying::Done);
        mouth.say("Left side.");
        assert_eq!(mouth.look(Millis::new(20)), Saying::Still);
        [Report::Taken(1), Report::Began(1)].into_iter().for_each(|report| fake.tells(report));
        assert_eq!(mouth.look(Millis::new(20)), Saying::Still);
        fake.tells(Report::Ended(1));
        assert_eq!(mouth.look(Millis::new(20)), Saying::Done);
        assert_eq!(fake.played().orders, [Order::Speak { turn: 1, words: "Left side.".to_owned() }]);
    }

    #[test]
    fn what_is_hushed_is_stopped_and_what_is_overdue_as_well() {
        let (fake, mut mouth) = opened();
        mouth.say("Left side.");
        mouth.hush();
        assert_eq!(mouth.look(Millis::new(20)), Saying::Done);
        assert_eq!(fake.played().orders.pop(), Some(Order::Stop));
        mouth.say("Left side.");
        fake.tells(Report::Began(2));
        let mut looks = 0;
        while mouth.look(Millis::new(100)) == Saying::Still {
            fake.tells(Report::Alive { speaking: true });
            looks += 1;
        }
        assert!(looks > 20, "{looks}");
        assert_eq!(fake.played().orders.pop(), Some(Order::Stop));
        assert!(!fake.played().killed);
    }

    #[test]
    fn a_lost_helper_is_killed() {
        let (fake, mut mouth) = opened();
        mouth.say("Left side.");
        fake.tells(Report::Began(1));
        fake.tells(Report::Gone);
        assert_eq!(mouth.look(Millis::new(20)), Saying::Lost("has died".to_owned()));
        assert!(fake.played().killed);
        let (fake, mut mouth) = opened();
        mouth.say("Left side.");
        while mouth.look(Millis::new(100)) == Saying::Still {}
        assert!(matches!(mouth.look(Millis::ZERO), Saying::Lost(_)) && fake.played().killed);
    }
}
