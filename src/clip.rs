//! A piece of sound: mono `f32` samples at the mix rate, shared without copying.

use std::sync::Arc;

use crate::time::{Frames, Millis};

/// Mono samples in −1 … 1 at [`MIX_RATE`](crate::time::MIX_RATE). Cloning shares the samples.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip(Arc<[f32]>);

impl Clip {
    pub fn new(samples: impl Into<Arc<[f32]>>) -> Self {
        Self(samples.into())
    }

    pub fn samples(&self) -> &[f32] {
        &self.0
    }

    pub fn frames(&self) -> Frames {
        Frames::new(self.0.len() as u64)
    }

    /// The largest absolute sample; 0 for an empty clip.
    pub fn peak(&self) -> f32 {
        self.0.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    /// Every sample times `factor`.
    pub fn scaled(&self, factor: f32) -> Self {
        Self(self.0.iter().map(|sample| sample * factor).collect())
    }

    /// Without the near-silence at both ends: what is left starts `keep` before the first sample above
    /// `threshold` and ends `keep` after the last one. A clip that is silent throughout becomes empty.
    ///
    /// Timing is the plan's business: a voice that pads its words would make every count late.
    pub fn trimmed(&self, threshold: f32, keep: Millis) -> Self {
        let loud = |sample: &f32| sample.abs() > threshold;
        let (Some(first), Some(last)) = (self.0.iter().position(loud), self.0.iter().rposition(loud)) else {
            return Self::new([]);
        };
        let keep = usize::try_from(keep.frames().get()).unwrap_or(usize::MAX);
        let end = last.saturating_add(1).saturating_add(keep).min(self.0.len());
        Self::new(&self.0[first.saturating_sub(keep)..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trimming_keeps_a_margin_and_the_sound() {
        let mut samples = vec![0.0; 1_000];
        samples[400] = 0.5;
        samples[600] = -0.5;
        let clip = Clip::new(samples).trimmed(0.01, Millis::new(1));
        assert_eq!(clip.frames(), Frames::new(48 + 201 + 48));
        assert_eq!(clip.samples()[48], 0.5);
    }

    #[test]
    fn silence_trims_to_nothing_and_empty_stays_empty() {
        assert_eq!(Clip::new(vec![0.0; 10]).trimmed(0.1, Millis::new(5)).frames(), Frames::ZERO);
        assert_eq!(Clip::new([]).trimmed(0.1, Millis::new(5)).peak(), 0.0);
    }
}
