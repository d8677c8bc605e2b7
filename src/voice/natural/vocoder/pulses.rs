//! The pulse train that the vocal cords give: all harmonics of the pitch up to 11 kHz, in phase.

use rten_simd::{Isa, SimdOp};

use super::approximate::sin_pi;
use super::{HOP, SAMPLE_RATE, WINDOW};

/// Below this pitch, in Hz, there are no pulses; the phase runs on as if at it.
const LOWEST: f64 = 40.0;

/// Harmonics end here, in Hz.
const HIGHEST: f64 = 11_000.0;

/// Half a frame: from a frame's centre to its edge.
const HALF: usize = HOP / 2;

/// Samples before the first and after the last frame's centre window.
const PAD: usize = WINDOW / 2;

/// Sets `out` to the pulses of F frames of pitch `f0` (Hz, 0 where unvoiced): F × 300 samples at 24 kHz, with half a window of
/// their mirror image at both ends.
pub fn padded(f0: &[f32], out: &mut Vec<f32>) {
    let length = f0.len() * HOP;
    out.clear();
    out.resize(length + 2 * PAD, 0.0);
    let mut phase = 0.0_f64;
    // Frame t's pitch holds at its centre; towards either side it runs to its neighbour's, or stays at the ends.
    let before = f0.first().into_iter().chain(f0);
    let after = f0.iter().skip(1).chain(f0.last());
    let frames = out[PAD..PAD + length].chunks_exact_mut(HOP);
    for (((to, &here), &before), &after) in frames.zip(f0).zip(before).zip(after) {
        let (early, late) = to.split_at_mut(HALF);
        let (before, here, after) = (hertz(before), hertz(here), hertz(after));
        Half { from: before, towards: here, begin: HALF, to: early }.write(&mut phase);
        Half { from: here, towards: after, begin: 0, to: late }.write(&mut phase);
    }
    mirror(out, length);
}

/// A frame's pitch; what is no pitch at all is unvoiced.
fn hertz(f0: f32) -> f64 {
    if f0.is_finite() { f64::from(f0).min(HIGHEST) } else { 0.0 }
}

/// 150 samples over which the pitch is a straight line.
struct Half<'a> {
    /// Pitch at one frame's centre, and at the next, 300 samples on.
    from: f64,
    towards: f64,
    /// Samples from the former to the first of these.
    begin: usize,
    to: &'a mut [f32],
}

impl Half<'_> {
    fn write(self, phase: &mut f64) {
        let Self { from, towards, begin, to } = self;
        if from < LOWEST && towards < LOWEST {
            *phase += LOWEST * HALF as f64 / f64::from(SAMPLE_RATE);
            return;
        }
        let slope = (towards - from) / HOP as f64;
        let mut pitches = [0.0; HALF];
        let mut phases = [0.0; HALF];
        for (i, (pitch, turn)) in pitches.iter_mut().zip(&mut phases).enumerate() {
            *pitch = from + slope * ((begin + i) as f64 + 0.5);
            *phase += pitch.max(LOWEST) / f64::from(SAMPLE_RATE);
            *turn = (*phase - phase.round_ties_even()) as f32;
        }
        Train { pitches: &pitches, phases: &phases, to }.dispatch();
    }
}

/// Σ cos(h·x) for h = 1…H, in closed form: sin((H + ½)x) / (2·sin(x/2)) − ½.
struct Train<'a> {
    pitches: &'a [f64; HALF],
    /// In turns, −½…½.
    phases: &'a [f32; HALF],
    to: &'a mut [f32],
}

impl SimdOp for Train<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        for ((to, &pitch), &phase) in self.to.iter_mut().zip(self.pitches).zip(self.phases) {
            // Near 0 the quotient tends to H + ½, but 0 / 0 has no value.
            let phase = if phase.abs() < 1e-9 { 1e-9 } else { phase };
            let held = if pitch > LOWEST { pitch } else { LOWEST };
            let harmonics = (HIGHEST / held) as i32 as f32;
            let sum = sin_pi((2.0 * harmonics + 1.0) * phase) / (2.0 * sin_pi(phase)) - 0.5;
            *to = if pitch < LOWEST { 0.0 } else { sum };
        }
    }
}

/// Fills the padding with what lies on the other side of the first and the last sample.
fn mirror(out: &mut [f32], length: usize) {
    for i in 1..=PAD.min(length.saturating_sub(1)) {
        out[PAD - i] = out[PAD + i];
        out[PAD + length - 1 + i] = out[PAD + length - 1 - i];
    }
}
