//! A short sound beside what is heard: it answers a change of volume, which must interrupt nothing.

use crate::clip::Clip;
use crate::time::{Frames, Millis};

/// So much quieter is what is heard meanwhile (−20 dB): as no clip goes beyond −1 dBFS, the two together stay below full
/// scale.
pub const BENEATH: f32 = 0.1;
/// From one loudness to the other it takes so long.
const RAMP: Frames = Millis::new(5).frames();

/// The sound, and how far it has come.
#[derive(Debug)]
pub struct Aside {
    clip: Clip,
    /// Its next sample, while it sounds.
    next: Option<usize>,
    /// How often it had been asked for when this was looked at last.
    asked: u64,
    factor: f32,
}

impl Aside {
    /// Silent until it is asked for more often than `asked` times.
    pub const fn new(clip: Clip, asked: u64) -> Self {
        Self { clip, next: None, asked, factor: 1.0 }
    }

    /// Mixes it into what is heard. `asked`: how often it has been asked for by now; one that still sounds answers for all.
    /// Realtime-safe: yes.
    pub fn fill(&mut self, asked: u64, out: &mut [f32]) {
        const STEP: f32 = (1.0 - BENEATH) / RAMP.get() as f32;
        if std::mem::replace(&mut self.asked, asked) != asked {
            self.next.get_or_insert(0);
        }
        for sample in out {
            if self.next.is_none() && self.factor == 1.0 {
                return;
            }
            let here = self.next.and_then(|next| self.clip.samples().get(next).copied());
            self.next = self.next.filter(|_| here.is_some()).map(|next| next + 1);
            self.factor = match here {
                Some(_) => (self.factor - STEP).max(BENEATH),
                None => (self.factor + STEP).min(1.0),
            };
            *sample = (*sample * self.factor + here.unwrap_or(0.0)).clamp(-1.0, 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(aside: &mut Aside, asked: u64, frames: usize) -> Vec<f32> {
        let mut out = vec![0.5; frames];
        aside.fill(asked, &mut out);
        out
    }

    #[test]
    fn it_sounds_once_for_each_time_and_leaves_the_rest_as_it_was() {
        let mut aside = Aside::new(Clip::new(vec![0.25; 1_000]), 7);
        assert_eq!(filled(&mut aside, 7, 100), [0.5; 100]);
        let out = filled(&mut aside, 8, 2_000);
        // Beneath it the rest is at a tenth, and comes back without a jump.
        assert!(out[300..999].iter().all(|sample| (sample - 0.3).abs() < 1e-6));
        assert!(out[1_000..1_250].windows(2).all(|pair| (0.0..0.01).contains(&(pair[1] - pair[0]))));
        assert_eq!(out[1_300..], [0.5; 700]);
        assert_eq!(filled(&mut aside, 8, 100), [0.5; 100]);
        assert!(filled(&mut aside, 9, 100)[99] < 0.7);
    }

    #[test]
    fn asked_again_while_it_sounds_it_goes_on() {
        let clip: Vec<f32> = (0..500).map(|nth| nth as f32 / 1_000.0).collect();
        let mut aside = Aside::new(Clip::new(clip), 0);
        let mut out = vec![0.0; 600];
        aside.fill(1, &mut out[..100]);
        aside.fill(3, &mut out[100..]);
        assert!(out[..500].iter().enumerate().all(|(nth, sample)| *sample == nth as f32 / 1_000.0));
        assert_eq!(out[500..], [0.0; 100]);
    }

    #[test]
    fn the_loudest_sounds_together_do_not_clip() {
        // −1 dBFS, the loudest clip there is.
        let mut aside = Aside::new(Clip::new(vec![0.891; 1_000]), 0);
        let mut out = vec![0.891; 2_000];
        aside.fill(1, &mut out);
        assert!(out[RAMP.get() as usize..].iter().all(|sample| *sample < 1.0));
    }
}
