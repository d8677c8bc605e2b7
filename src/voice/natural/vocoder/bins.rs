//! One frame's spectrum from its parts: the three terms of the formula, bin by bin.

use realfft::num_complex::Complex;
use rten_simd::{Isa, SimdOp};

use super::approximate::{cos_sin_pi, exp, tanh};
use super::noise::gaussian;
use crate::voice::natural::acoustic::{BINS, Frame};

/// No part of a spectrum grows above e⁷.
const LOUDEST: f32 = 7.0;

/// The pulses' spectrum is divided by a quarter of the window.
const PULSE_SCALE: f32 = 1.0 / 300.0;

/// A spectrum with its real and imaginary parts apart, as SIMD likes it.
pub struct Bins {
    real: [f32; BINS],
    imaginary: [f32; BINS],
}

impl Default for Bins {
    fn default() -> Self {
        Self { real: [0.0; BINS], imaginary: [0.0; BINS] }
    }
}

impl Bins {
    /// Sets the bins from a frame, its noise and the spectrum of its pulses, if there are any.
    pub fn combine(&mut self, frame: &Frame, noise: u32, pulses: Option<&[Complex<f32>; BINS]>) {
        Noisy { bins: self, frame, noise }.dispatch();
        if let Some(pulses) = pulses {
            Voiced { bins: self, frame, pulses }.dispatch();
        }
    }

    /// The bins as the inverse transform takes them: its first and last are real.
    pub fn write(&self, spectrum: &mut [Complex<f32>; BINS]) {
        for (to, (&re, &im)) in spectrum.iter_mut().zip(self.real.iter().zip(&self.imaginary)) {
            *to = Complex { re, im };
        }
        spectrum[0].im = 0.0;
        spectrum[BINS - 1].im = 0.0;
    }
}

/// Sets noise and rest.
struct Noisy<'a> {
    bins: &'a mut Bins,
    frame: &'a Frame<'a>,
    noise: u32,
}

impl SimdOp for Noisy<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let Self { bins, frame: &Frame { ln, lr, phi, .. }, noise } = self;
        for k in 0..BINS {
            let loudness = amplitude(ln[k]);
            let (z_re, z_im) = gaussian(noise, k as u32);
            let rest = amplitude(lr[k]);
            let (cos, sin) = cos_sin_pi(phi[k] * std::f32::consts::FRAC_1_PI);
            bins.real[k] = loudness * z_re + rest * cos;
            bins.imaginary[k] = loudness * z_im + rest * sin;
        }
    }
}

/// Adds the pulses.
struct Voiced<'a> {
    bins: &'a mut Bins,
    frame: &'a Frame<'a>,
    pulses: &'a [Complex<f32>; BINS],
}

impl SimdOp for Voiced<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) {
        let Self { bins, frame: &Frame { lh, theta, .. }, pulses } = self;
        for k in 0..BINS {
            let gain = amplitude(lh[k]) * PULSE_SCALE;
            let (cos, sin) = cos_sin_pi(tanh(theta[k]));
            let Complex { re, im } = pulses[k];
            bins.real[k] += gain * (cos * re - sin * im);
            bins.imaginary[k] += gain * (cos * im + sin * re);
        }
    }
}

#[inline(always)]
fn amplitude(log: f32) -> f32 {
    // So written, what is no number passes on to `exp`, which makes it silent.
    exp(if log > LOUDEST { LOUDEST } else { log })
}
