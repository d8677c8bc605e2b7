//! The inside of the helper process: takes orders from standard input, speaks, and tells what becomes of it.

use std::io::{self, BufRead, Write};
use std::mem::ManuallyDrop;
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::line::{Order, Report};
use super::{Manner, engine};

/// How often the engine is asked whether it is still there.
const ASK: Duration = Duration::from_millis(200);

/// The engine, on the one thread that may use it. Every method may block for ever.
pub trait Engine {
    /// Begins to speak. What becomes of the words is told by whoever made this, by their number.
    ///
    /// # Errors
    /// When the engine cannot be used any more.
    fn speak(&mut self, words: &str) -> Result<Option<u64>, String>;

    /// Falls silent.
    fn stop(&mut self);

    /// Whether it speaks.
    ///
    /// # Errors
    /// When its service is gone.
    fn check(&mut self) -> Result<bool, String>;
}

/// What an engine tells of its own accord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Began(u64),
    Ended(u64),
}

/// What the helper's process is started with, after the name of its command.
pub fn arguments(manner: &Manner) -> Vec<String> {
    let Manner { name, language, speed, pitch, volume } = manner;
    let given = [
        format!("--language={language}"),
        format!("--speed={speed}"),
        format!("--pitch={pitch}"),
        format!("--volume={volume}"),
    ];
    given.into_iter().chain(name.as_ref().map(|name| format!("--name={name}"))).collect()
}

/// The whole life of the helper; whether it ended because it was told to.
pub fn run(manner: &Manner) -> bool {
    let (told_in, told) = crossbeam_channel::unbounded();
    let (orders_in, orders) = crossbeam_channel::unbounded();
    let read = move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if let Some(order) = Order::read(&line)
                && orders_in.send(order).is_err()
            {
                return;
            }
        }
    };
    let tell = |report: &Report| {
        // Nobody listens any more: the end of the orders will tell.
        let mut out = io::stdout().lock();
        let _ = writeln!(out, "{}", report.to_line()).and_then(|()| out.flush());
    };
    if let Err(error) = thread::Builder::new().name("orders".to_owned()).spawn(read) {
        tell(&Report::Failed(error.to_string()));
        return false;
    }
    match engine::open(manner, told_in, tell) {
        Ok((name, engine)) => {
            tell(&Report::Ready(name));
            // Its destructor races with the library's own threads; the end of the process takes all of it.
            serve(&mut *ManuallyDrop::new(engine), &orders, &told, tell)
        }
        Err(report) => {
            tell(&report);
            false
        }
    }
}

/// Carries out orders until there are no more, or the engine fails: then false.
fn serve(
    engine: &mut impl Engine,
    orders: &Receiver<Order>,
    told: &Receiver<Told>,
    tell: impl Fn(&Report),
) -> bool {
    // The turns that were spoken, by the engine's numbers: an event may come before the number is known.
    let mut spoken: Option<(u64, u64)> = None;
    let mut early: Vec<Told> = Vec::new();
    loop {
        for event in early.drain(..).chain(told.try_iter()) {
            tell_turn(event, spoken, &tell);
        }
        let order = crossbeam_channel::select! {
            recv(orders) -> order => order.map_err(|_| RecvTimeoutError::Disconnected),
            recv(told) -> event => {
                early.extend(event);
                continue;
            }
            default(ASK) => Err(RecvTimeoutError::Timeout),
        };
        let done = match order {
            Ok(Order::Speak { turn, words }) => engine.speak(&words).map(|number| {
                spoken = number.map(|number| (number, turn));
                tell(&Report::Taken(turn));
            }),
            Ok(Order::Stop) => {
                engine.stop();
                Ok(())
            }
            Err(RecvTimeoutError::Timeout) => {
                engine.check().map(|speaking| tell(&Report::Alive { speaking }))
            }
            Err(RecvTimeoutError::Disconnected) => {
                engine.stop();
                return true;
            }
        };
        if let Err(why) = done {
            tell(&Report::Failed(why));
            return false;
        }
    }
}

fn tell_turn(event: Told, spoken: Option<(u64, u64)>, tell: impl Fn(&Report)) {
    match (event, spoken) {
        (Told::Began(of), Some((number, turn))) if of == number => tell(&Report::Began(turn)),
        (Told::Ended(of), Some((number, turn))) if of == number => tell(&Report::Ended(turn)),
        // Of what was stopped.
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::Speed;
    use crossbeam_channel::Sender;
    use std::cell::RefCell;

    /// Tells the beginning before it has given the number, as real ones may.
    struct Fake {
        told: Sender<Told>,
        done: Vec<String>,
        number: u64,
        fails: bool,
    }

    impl Engine for Fake {
        fn speak(&mut self, words: &str) -> Result<Option<u64>, String> {
            if self.fails {
                return Err("broken pipe".to_owned());
            }
            self.number += 1;
            self.done.push(words.to_owned());
            for event in [Told::Began(self.number), Told::Ended(self.number)] {
                let _ = self.told.send(event);
            }
            Ok(Some(self.number))
        }

        fn stop(&mut self) {
            self.done.push("stop".to_owned());
        }

        fn check(&mut self) -> Result<bool, String> {
            Ok(false)
        }
    }

    fn served(orders: &[Order], fails: bool) -> (Vec<String>, Vec<Report>) {
        let (told_in, told) = crossbeam_channel::unbounded();
        let (orders_in, orders_out) = crossbeam_channel::unbounded();
        orders.iter().for_each(|order| orders_in.send(order.clone()).expect("it is open"));
        drop(orders_in);
        let mut engine = Fake { told: told_in, done: Vec::new(), number: 40, fails };
        let reports = RefCell::new(Vec::new());
        serve(&mut engine, &orders_out, &told, |report| reports.borrow_mut().push(report.clone()));
        (engine.done, reports.into_inner())
    }

    #[test]
    fn orders_are_carried_out_and_told_by_their_turn() {
        let speak = Order::Speak { turn: 7, words: "Left side.".to_owned() };
        let (done, reports) = served(&[Order::Stop, speak], false);
        assert_eq!(done, ["stop", "Left side.", "stop"]);
        assert_eq!(reports.first(), Some(&Report::Taken(7)));
        // The orders may end before every event was told; what is told is of that turn.
        assert!(reports[1..].iter().all(|report| [Report::Began(7), Report::Ended(7)].contains(report)));
    }

    #[test]
    fn events_of_what_was_stopped_are_not_told() {
        let reports = RefCell::new(Vec::new());
        let tell = |report: &Report| reports.borrow_mut().push(report.clone());
        for event in [Told::Ended(1), Told::Began(2), Told::Ended(2)] {
            tell_turn(event, Some((2, 9)), tell);
        }
        tell_turn(Told::Ended(3), None, tell);
        assert_eq!(reports.into_inner(), [Report::Began(9), Report::Ended(9)]);
    }

    #[test]
    fn an_engine_that_fails_ends_the_helper() {
        let speak = Order::Speak { turn: 7, words: "Left side.".to_owned() };
        let (_, reports) = served(&[speak, Order::Stop], true);
        assert_eq!(reports, [Report::Failed("broken pipe".to_owned())]);
    }

    #[test]
    fn how_it_speaks_is_on_its_command_line() {
        let speed: Speed = "1.25".parse().expect("a speed");
        let name = Some("Alex".to_owned());
        let manner = Manner { name, language: "en".to_owned(), speed, pitch: -20, volume: 0.5 };
        assert_eq!(
            arguments(&manner),
            ["--language=en", "--speed=1.25", "--pitch=-20", "--volume=0.5", "--name=Alex"]
        );
    }
}
