//! Whether the device still plays, when to look for another one, and when to give up. Pure: time is told to it.

use crate::time::{Frames, Millis};

/// A device that has taken nothing for so long is lost: some losses are told by nobody. Busy machines let one wait for
/// up to 0.4 s.
const STALLED: Millis = Millis::from_secs(1);

/// After an outage of more than this the listener is led back in.
const LEAD_IN_AFTER: Millis = Millis::from_secs(2);

/// So long is there looked for a device.
pub const PATIENCE: Millis = Millis::from_secs(60);

/// A gap between two looks that is longer than this was no work: the process or the whole machine stood still.
const ASLEEP: Millis = Millis::from_secs(2);

/// Between attempts: twice as long each time, and no longer than lets the sound be back within a second of the device.
const FIRST_WAIT: Millis = Millis::new(50);
const LONGEST_WAIT: Millis = Millis::new(500);

/// Time between two looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    /// While this program could do something.
    pub awake: Millis,
    /// By the clock on the wall.
    pub wall: Millis,
}

/// What is seen of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It has said that it is gone.
    Gone,
    /// Frames that it has taken in all, and whether the timeline goes on already after what was put before it.
    Taken(Frames, bool),
}

/// What has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// The device is lost: stop it.
    Lost(Cause),
    /// A device that had just been opened is of no use: stop it.
    LostAgain,
    Reopen,
    /// There is sound again.
    Back,
    GiveUp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Told,
    Stalled,
    Asleep,
}

#[derive(Debug)]
enum State {
    Playing {
        stalled: Millis,
    },
    Down {
        wait: Millis,
        next_wait: Millis,
    },
    /// Open again. Nothing has been won before the timeline goes on.
    Proving {
        stalled: Millis,
        next_wait: Millis,
        told: bool,
    },
}

/// The state machine, from the first opening to the end.
#[derive(Debug)]
pub struct Recovery {
    state: State,
    patience: Millis,
    taken: Frames,
    /// Since the sound was gone: by the clock on the wall, and how much of it was spent on looking.
    outage: Millis,
    looked: Millis,
}

impl Recovery {
    /// A device has just been opened for the first time. `patience`: when it is lost, another one is looked for so long.
    pub const fn new(patience: Millis) -> Self {
        Self {
            patience,
            state: State::Playing { stalled: Millis::ZERO },
            taken: Frames::ZERO,
            outage: Millis::ZERO,
            looked: Millis::ZERO,
        }
    }

    /// Whether there is an open device.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Down { .. })
    }

    /// How long there has been no sound.
    pub const fn outage(&self) -> Millis {
        self.outage
    }

    pub fn wants_lead_in(&self) -> bool {
        self.outage > LEAD_IN_AFTER
    }

    /// To be called every few hundredths of a second. `seen` is not looked at while no device is open.
    pub fn look(&mut self, passed: Passed, seen: Seen) -> Verdict {
        let asleep = passed.wall > passed.awake + ASLEEP;
        let (moved, goes_on) = match seen {
            Seen::Gone => (false, false),
            Seen::Taken(taken, goes_on) => (std::mem::replace(&mut self.taken, taken) != taken, goes_on),
        };
        match &mut self.state {
            State::Playing { stalled } => {
                *stalled = if moved { Millis::ZERO } else { *stalled + passed.awake };
                let (cause, outage) = match seen {
                    _ if asleep => (Cause::Asleep, passed.wall),
                    Seen::Gone => (Cause::Told, Millis::ZERO),
                    Seen::Taken(..) if *stalled > STALLED => (Cause::Stalled, *stalled),
                    Seen::Taken(..) => return Verdict::Fine,
                };
                (self.outage, self.looked) = (outage, Millis::ZERO);
                self.state = State::Down { wait: Millis::ZERO, next_wait: FIRST_WAIT };
                Verdict::Lost(cause)
            }
            State::Down { wait, .. } => {
                self.outage += passed.wall;
                self.looked += passed.awake;
                *wait = wait.saturating_sub(passed.awake);
                match *wait {
                    _ if self.looked > self.patience => Verdict::GiveUp,
                    Millis::ZERO => Verdict::Reopen,
                    _ => Verdict::Fine,
                }
            }
            State::Proving { stalled, next_wait, told } => {
                *stalled = if moved { Millis::ZERO } else { *stalled + passed.awake };
                if asleep || seen == Seen::Gone || *stalled > STALLED {
                    self.outage += passed.wall;
                    self.looked += *stalled;
                    self.state = State::Down { wait: *next_wait, next_wait: longer(*next_wait) };
                    return Verdict::LostAgain;
                }
                let back = moved && !std::mem::replace(told, *told || moved);
                if goes_on {
                    self.state = State::Playing { stalled: Millis::ZERO };
                }
                if back { Verdict::Back } else { Verdict::Fine }
            }
        }
    }

    /// An attempt to open has succeeded.
    pub fn opened(&mut self) {
        if let State::Down { next_wait, .. } = self.state {
            self.taken = Frames::ZERO;
            self.state = State::Proving { stalled: Millis::ZERO, next_wait, told: false };
        }
    }

    /// It has failed.
    pub fn failed(&mut self) {
        if let State::Down { wait, next_wait } = &mut self.state {
            *wait = *next_wait;
            *next_wait = longer(*next_wait);
        }
    }
}

fn longer(wait: Millis) -> Millis {
    (wait + wait).min(LONGEST_WAIT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK: Passed = Passed { awake: Millis::new(50), wall: Millis::new(50) };

    fn taken(frames: u64) -> Seen {
        Seen::Taken(Frames::new(frames), true)
    }

    #[test]
    fn a_device_that_stands_still_is_lost_after_a_second() {
        let mut recovery = Recovery::new(PATIENCE);
        assert_eq!(recovery.look(LOOK, taken(10)), Verdict::Fine);
        for _ in 0..20 {
            assert_eq!(recovery.look(LOOK, taken(10)), Verdict::Fine);
        }
        assert_eq!(recovery.look(LOOK, taken(10)), Verdict::Lost(Cause::Stalled));
        assert!(recovery.outage() > STALLED && !recovery.wants_lead_in());
    }

    #[test]
    fn attempts_back_off_to_half_a_second_and_end_after_a_minute() {
        let mut recovery = Recovery::new(PATIENCE);
        assert_eq!(recovery.look(LOOK, Seen::Gone), Verdict::Lost(Cause::Told));
        let mut waits = Vec::new();
        let mut looks = 0_u64;
        loop {
            looks += 1;
            match recovery.look(LOOK, Seen::Gone) {
                Verdict::Reopen => {
                    waits.push(looks);
                    recovery.failed();
                }
                Verdict::GiveUp => break,
                verdict => assert_eq!(verdict, Verdict::Fine),
            }
        }
        // In looks of 50 ms.
        assert_eq!(waits[..8], [1, 2, 4, 8, 16, 26, 36, 46]);
        assert_eq!(looks, 1_201);
        assert!(recovery.wants_lead_in());
    }

    #[test]
    fn it_is_back_with_the_first_samples_and_safe_when_the_timeline_goes_on() {
        let mut recovery = Recovery::new(PATIENCE);
        recovery.look(LOOK, Seen::Gone);
        assert_eq!(recovery.look(LOOK, Seen::Gone), Verdict::Reopen);
        recovery.opened();
        assert_eq!(recovery.look(LOOK, Seen::Taken(Frames::ZERO, false)), Verdict::Fine);
        assert_eq!(recovery.look(LOOK, Seen::Taken(Frames::new(5), false)), Verdict::Back);
        assert_eq!(recovery.look(LOOK, Seen::Taken(Frames::new(9), false)), Verdict::Fine);
        // Lost again before it went on: still the same outage.
        assert_eq!(recovery.look(LOOK, Seen::Gone), Verdict::LostAgain);
        assert_eq!(recovery.look(LOOK, Seen::Gone), Verdict::Reopen);
        recovery.opened();
        assert_eq!(recovery.look(LOOK, taken(3)), Verdict::Back);
        assert_eq!(recovery.look(LOOK, Seen::Gone), Verdict::Lost(Cause::Told));
        assert_eq!(recovery.outage(), Millis::ZERO);
    }

    #[test]
    fn a_device_that_opens_and_never_takes_anything_is_given_up_as_well() {
        let mut recovery = Recovery::new(PATIENCE);
        recovery.look(LOOK, Seen::Gone);
        for _ in 0..2_000 {
            match recovery.look(LOOK, Seen::Taken(Frames::ZERO, false)) {
                Verdict::Reopen => recovery.opened(),
                Verdict::GiveUp => return,
                Verdict::Fine | Verdict::LostAgain => {}
                verdict => panic!("{verdict:?}"),
            }
        }
        panic!("never given up");
    }

    #[test]
    fn sleep_is_an_outage_of_its_whole_length_but_does_not_use_up_the_patience() {
        let mut recovery = Recovery::new(PATIENCE);
        let hour = Passed { awake: Millis::new(50), wall: Millis::from_secs(3_600) };
        assert_eq!(recovery.look(hour, taken(10)), Verdict::Lost(Cause::Asleep));
        assert!(recovery.wants_lead_in());
        assert_eq!(recovery.look(hour, Seen::Gone), Verdict::Reopen);
    }
}
