//! A beat with all that is known of it is put where it will be heard.

use std::ops::Deref;

use super::{Ahead, LEAD_IN, SECOND};
use crate::clip::Clip;
use crate::plan::{Cursor, Plan};
use crate::play::aloud::SETTLE;
use crate::play::open::Open;
use crate::play::outlook::Outlook;
use crate::play::placed::{FOREVER, Placed};
use crate::play::spot::{Heard, Spot};
use crate::play::words::{NotYet, Words};
use crate::time::Frames;
use crate::timeline::{self, Clips, Missing, Step, Walk};

impl<P: Deref<Target = Plan> + Clone> Ahead<P> {
    /// Puts a beat where it will be heard, with everything up to its first words.
    pub(super) fn open<C>(
        &mut self,
        step: Step,
        mut walk: Walk<P>,
        clock: Frames,
        words: &mut Words<C>,
        outlook: &Outlook<P>,
    ) where
        C: Clips<Error = Missing>,
    {
        let done = self.fetched;
        let start = self.begin(step, clock, words);
        walk.delay_until(start);
        self.end = start;
        self.keep(step, start, FOREVER, outlook);
        self.open = Some(Open::new(walk, start, done));
    }

    /// Goes on with a beat that is open: to its next words, and at last to its end.
    pub(super) fn go_on<C>(&mut self, clock: Frames, words: &mut Words<C>) -> Result<(), NotYet>
    where
        C: Clips<Error = Missing>,
    {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        let (walk, lasts) = open.go_on(clock, words, &mut self.utterance, &mut self.upcoming)?;
        (self.walk, self.open) = (walk, None);
        self.end = self.walk.at();
        if let Some(placed) = self.placed.back_mut() {
            (placed.end, placed.lasts) = (self.end, lasts);
            let spot = placed.heard.spot;
            self.next = Spot { position: spot.position + lasts, ..spot };
        }
        Ok(())
    }

    /// Puts a beat where it will be heard: where the walk has it or, if that is too soon by now, later as a whole.
    pub(super) fn settle<C>(&mut self, step: Step, clock: Frames, words: &mut Words<C>, outlook: &Outlook<P>)
    where
        C: Clips<Error = Missing>,
    {
        let start = self.begin(step, clock, words);
        let end = start + (step.end - step.start);
        self.walk.delay_until(end);
        self.end = end;
        self.keep(step, start, end, outlook);
    }

    /// Sends what is ready of a beat; where it begins.
    fn begin<C>(&mut self, step: Step, clock: Frames, words: &mut Words<C>) -> Frames
    where
        C: Clips<Error = Missing>,
    {
        // Frame 0 waits for its event, so the first beat cannot come too late.
        let earliest = match self.fresh && clock == Frames::ZERO {
            true => Frames::ZERO,
            false => clock + SETTLE,
        };
        let mut start = step.start.max(earliest);
        if std::mem::take(&mut self.lead_in) {
            for sound in LEAD_IN {
                let clip = words.sound_clip(sound);
                self.sound(start, clip.frames().min(SECOND), clip);
                start += SECOND;
            }
        }
        let starts_with_a_clip = self.ready.first().is_some_and(|event| event.at == step.start);
        if start == Frames::ZERO && !starts_with_a_clip {
            // A routine that begins quietly still needs an event that starts the device's clock.
            self.sound(start, Frames::ZERO, Clip::new([]));
        }
        let shift = start - step.start;
        self.upcoming
            .extend(self.ready.drain(..).map(|event| timeline::Event { at: event.at + shift, ..event }));
        self.drop_pending();
        start
    }

    /// Remembers where a beat is heard. It may end later than that is planned for.
    fn keep(&mut self, step: Step, start: Frames, end: Frames, outlook: &Outlook<P>) {
        let lasts = step.end - step.start;
        let mut spot = self.next.with(step.cursor, outlook);
        if step.cursor == Cursor::start_of(step.cursor.section) {
            spot.section_began = Some(start);
        }
        self.next = Spot { position: spot.position + lasts, ..spot };
        self.placed.push_back(Placed {
            heard: Heard { spot, back: self.back },
            place: step.place,
            start,
            end,
            lasts,
            told: false,
        });
    }

    pub(super) fn sound(&mut self, at: Frames, frames: Frames, clip: Clip) {
        self.upcoming.push_back(timeline::Event { at, frames, clip });
    }
}
