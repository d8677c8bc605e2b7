//! The vocoder: spectra → samples.
//!
//! The formulas are the voice's own ("ONNX interface, for ports"). A pulse train at the pitch f0 is cut into windowed
//! frames and transformed (E); each bin becomes
//!
//! ```text
//! S = exp(min(lh, 7))·exp(iπ·tanh θ)·E  +  exp(min(ln, 7))·Z  +  exp(min(lr, 7))·exp(iφ)
//! ```
//!
//! with Z complex Gaussian noise; the frames are transformed back, windowed, added and divided by the sum of squared windows.

mod approximate;
mod bins;
mod noise;
mod pulses;

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rten_simd::SimdOp;

use self::bins::Bins;
use super::acoustic::{BINS, Spectra};

/// Samples a second of what the voice speaks.
pub const SAMPLE_RATE: u32 = 24_000;

/// Samples from one frame to the next (12.5 ms).
pub const HOP: usize = 300;

/// Samples under one window (50 ms).
const WINDOW: usize = 2 * (BINS - 1);

/// Turns spectra into sound. Holds its plans and buffers, so each worker keeps one.
pub struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    scratch: Vec<Complex<f32>>,
    /// Hann, periodic.
    window: [f32; WINDOW],
    frame: [f32; WINDOW],
    spectrum: [Complex<f32>; BINS],
    bins: Bins,
    pulses: Vec<f32>,
    overlap: Overlap,
}

impl Default for Vocoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Vocoder {
    /// Plans the transforms.
    pub fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        let forward = planner.plan_fft_forward(WINDOW);
        let inverse = planner.plan_fft_inverse(WINDOW);
        let scratch = forward.get_scratch_len().max(inverse.get_scratch_len());
        Self {
            forward,
            inverse,
            scratch: vec![Complex::default(); scratch],
            window: hann(),
            frame: [0.0; WINDOW],
            spectrum: [Complex::default(); BINS],
            bins: Bins::default(),
            pulses: Vec::new(),
            overlap: Overlap::default(),
        }
    }

    /// The sound of `spectra`: F × 300 samples at 24 kHz, mono. Speech stays within ±1, but nothing holds it there.
    ///
    /// The same spectra and seed give the very same samples, whatever was spoken before.
    pub fn samples(&mut self, spectra: &Spectra, seed: u64) -> Vec<f32> {
        let mut samples = Vec::with_capacity(spectra.frames() * HOP);
        pulses::padded(spectra.f0(), &mut self.pulses);
        self.overlap = Overlap::default();
        for (index, frame) in spectra.iter().enumerate() {
            let voiced = self.excitation(index);
            let excitation = voiced.then_some(&self.spectrum);
            let noise = noise::key(seed, index);
            self.bins.combine(&frame, noise, excitation);
            self.bins.write(&mut self.spectrum);
            // Both transforms fail only on buffers of a wrong length, and these were planned together.
            let _ = self.inverse.process_with_scratch(&mut self.spectrum, &mut self.frame, &mut self.scratch);
            Add { overlap: &mut self.overlap, frame: &self.frame, window: &self.window }.dispatch();
            self.overlap.take(index, &mut samples);
        }
        for index in spectra.frames()..spectra.frames() + LATE {
            self.overlap.take(index, &mut samples);
        }
        samples.truncate(spectra.frames() * HOP);
        samples
    }

    /// Transforms the pulses under window `index` into `self.spectrum`; false, and nothing done, where there are none.
    fn excitation(&mut self, index: usize) -> bool {
        let Some(under) = self.pulses.get(index * HOP..).and_then(|rest| rest.first_chunk::<WINDOW>()) else {
            return false;
        };
        if under.iter().all(|&sample| sample == 0.0) {
            return false;
        }
        for ((to, sample), weight) in self.frame.iter_mut().zip(under).zip(&self.window) {
            *to = sample * weight;
        }
        self.forward.process_with_scratch(&mut self.frame, &mut self.spectrum, &mut self.scratch).is_ok()
    }
}

/// Frames are centred: the first half window lies before the sound, two hops late.
const LATE: usize = WINDOW / 2 / HOP;

/// The windows that are still being added up: the next window's worth of samples.
struct Overlap {
    samples: [f32; WINDOW],
    /// Sum of the squared windows over each sample.
    weight: [f32; WINDOW],
}

impl Default for Overlap {
    fn default() -> Self {
        Self { samples: [0.0; WINDOW], weight: [0.0; WINDOW] }
    }
}

impl Overlap {
    /// Moves the oldest hop out: to `samples`, unless it lies before the sound.
    fn take(&mut self, index: usize, samples: &mut Vec<f32>) {
        if index >= LATE {
            let done = self.samples.iter().zip(&self.weight).take(HOP);
            // Where no window reaches, nothing was added either.
            samples.extend(done.map(|(sample, weight)| sample / weight.max(f32::MIN_POSITIVE)));
        }
        for buffer in [&mut self.samples, &mut self.weight] {
            buffer.copy_within(HOP.., 0);
            buffer[WINDOW - HOP..].fill(0.0);
        }
    }
}

/// Adds one frame as the inverse transform leaves it, WINDOW times too large.
struct Add<'a> {
    overlap: &'a mut Overlap,
    frame: &'a [f32; WINDOW],
    window: &'a [f32; WINDOW],
}

impl SimdOp for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: rten_simd::Isa>(self, _: I) {
        let Self { overlap, frame, window } = self;
        for i in 0..WINDOW {
            overlap.samples[i] += frame[i] * window[i] * (1.0 / WINDOW as f32);
            overlap.weight[i] += window[i] * window[i];
        }
    }
}

/// The periodic Hann window: ½ − ½·cos(2πi/N).
fn hann() -> [f32; WINDOW] {
    std::array::from_fn(|i| {
        let turn = std::f64::consts::TAU * i as f64 / WINDOW as f64;
        (0.5 - 0.5 * turn.cos()) as f32
    })
}

#[cfg(test)]
mod tests;
