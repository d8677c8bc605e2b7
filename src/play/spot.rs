//! Places in the plan that can be come back to.

use std::ops::Deref;

use super::outlook::Outlook;
use crate::plan::{Cursor, Plan};
use crate::time::Frames;

/// A place in the plan that can be come back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub cursor: Cursor,
    /// Of the beat and of its block, in the routine's timeline.
    pub position: Frames,
    pub block_position: Frames,
    /// Where its section was taken to begin when this was placed; a guess if it had not been measured yet.
    pub section_position: Frames,
    /// The device's frame at which this section was begun, if it was begun at its beginning.
    pub section_began: Option<Frames>,
}

/// What an interruption interrupts. While instructions are repeated, `back` is where their exercise goes on.
#[derive(Debug, Clone, Copy)]
pub struct Heard {
    pub spot: Spot,
    pub back: Option<Spot>,
}

impl Spot {
    pub const fn at(cursor: Cursor, position: Frames) -> Self {
        Self { cursor, position, block_position: position, section_position: position, section_began: None }
    }

    /// Past the beat that it is at, which lasts so long.
    pub fn after(self, lasts: Frames) -> Self {
        let cursor = Cursor { beat: self.cursor.beat + 1, ..self.cursor };
        Self { cursor, position: self.position + lasts, section_began: None, ..self }
    }

    /// The beginning of the block that it is in.
    pub const fn block_start(self) -> Self {
        Self {
            cursor: Cursor { beat: 0, ..self.cursor },
            position: self.block_position,
            section_began: None,
            ..self
        }
    }

    /// The spot of the beat that follows, which is the one at `cursor`. Where a section begins, its position is
    /// looked up: after a skip into the unknown it was a guess.
    pub fn with<P: Deref<Target = Plan>>(self, cursor: Cursor, outlook: &Outlook<P>) -> Self {
        let mut spot = Self { cursor, ..self };
        if cursor == Cursor::start_of(cursor.section) {
            spot.position = outlook.start_of(cursor.section).unwrap_or(self.position);
            spot.section_position = spot.position;
        }
        if cursor.section != self.cursor.section {
            spot.section_began = None;
        }
        if cursor.beat == 0 {
            spot.block_position = spot.position;
        }
        spot
    }
}
