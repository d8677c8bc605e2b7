//! A device that is cranked by hand: no hardware, no time. For tests.

use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};

use super::keeper::Loss;
use super::{DeviceError, Output};
use crate::play::source::{Meter, Source};
use crate::time::{Frames, Millis};

/// Takes samples exactly when it is told to.
#[derive(Debug)]
pub struct Crank {
    source: Source,
    buffer: Vec<f32>,
}

impl Crank {
    pub fn new(source: Source) -> Self {
        Self { source, buffer: Vec::new() }
    }

    /// The next `frames` samples.
    pub fn crank(&mut self, frames: usize) -> &[f32] {
        self.buffer.resize(frames, 0.0);
        self.source.fill(&mut self.buffer);
        &self.buffer
    }

    pub fn clock(&self) -> Frames {
        self.source.meter().clock()
    }

    pub fn meter(&self) -> Arc<Meter> {
        self.source.meter()
    }
}

/// An output whose device comes out at the other end, to be cranked.
#[derive(Debug)]
pub struct NullOutput {
    devices: Sender<Crank>,
}

/// An output, and where its crank will come out once a session has started it.
pub fn null() -> (NullOutput, Receiver<Crank>) {
    let (devices, cranks) = crossbeam_channel::bounded(1);
    (NullOutput { devices }, cranks)
}

impl Output for NullOutput {
    fn pre_roll(&self) -> Millis {
        Millis::ZERO
    }

    fn has_a_pace(&self) -> bool {
        false
    }

    fn start(&mut self, source: Source) -> Result<(), DeviceError> {
        self.devices
            .send(Crank::new(source))
            .map_err(|_| DeviceError::Missing("nobody holds the crank".to_owned()))
    }

    fn check(&mut self) -> Result<(), Loss> {
        Ok(())
    }

    fn stop(&mut self, _heard: bool) {}
}
