//! Functions near enough for the ear, as straight lines of multiplications that the compiler turns into SIMD.
//!
//! Everything is `inline(always)` because it takes the instruction set of the loop it stands in. Only `+ − × ÷ √`, comparisons
//! and bits are used, and no fused multiply-add, so that every processor computes the same.
//! Polynomials are least-maximum-error fits; the error is given with each.

/// Adding and taking away 1.5·2²³ rounds a float below 2²² to the nearest integer, which then stands in its low bits.
const ROUND: f32 = 12_582_912.0;

/// eˣ for x in −80…80, relative error 3·10⁻⁶; held at the ends beyond.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = if x > -80.0 { x } else { -80.0 };
    let x = if x < 80.0 { x } else { 80.0 };
    let octaves = x * std::f32::consts::LOG2_E;
    let rounded = octaves + ROUND;
    let part = octaves - (rounded - ROUND);
    // 2^part for part in −½…½; the whole octaves go straight into the exponent.
    let mantissa = 0.999_999_3
        + part * (0.693_121_8 + part * (0.240_247_44 + part * (0.055_917_86 + part * 0.009_570_09)));
    let exponent = rounded.to_bits().wrapping_sub(ROUND.to_bits()) << 23;
    f32::from_bits(mantissa.to_bits().wrapping_add(exponent))
}

/// tanh x, error 3·10⁻⁶.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = if x > -10.0 { x } else { -10.0 };
    let x = if x < 10.0 { x } else { 10.0 };
    let e = exp(2.0 * x);
    (e - 1.0) / (e + 1.0)
}

/// sin πx for x in −½…½, relative error 10⁻⁶.
#[inline(always)]
fn sin_quarter(x: f32) -> f32 {
    let square = x * x;
    x * (3.141_589_6 + square * (-5.167_368_4 + square * (2.543_609 - square * 0.558_404_74)))
}

/// x less the nearest multiple of 2: half turns within −1…1. Beyond ±2²⁰, where a float says little about an angle, x is held.
#[inline(always)]
fn within_turn(x: f32) -> f32 {
    const FARTHEST: f32 = 1_048_576.0;
    let x = if x > -FARTHEST { x } else { -FARTHEST };
    let x = if x < FARTHEST { x } else { FARTHEST };
    let turns = (0.5 * x + ROUND) - ROUND;
    x - 2.0 * turns
}

/// sin πx for |x| below 2²⁰, error 10⁻⁶ beside the rounding of x.
#[inline(always)]
pub fn sin_pi(x: f32) -> f32 {
    let x = within_turn(x);
    let size = x.abs();
    let folded = if size < 0.5 { size } else { 1.0 - size };
    sin_quarter(folded.copysign(x))
}

/// (cos πx, sin πx) for |x| below 2²⁰, error 10⁻⁶ beside the rounding of x.
#[inline(always)]
pub fn cos_sin_pi(x: f32) -> (f32, f32) {
    let x = within_turn(x);
    let size = x.abs();
    let folded = if size < 0.5 { size } else { 1.0 - size };
    (sin_quarter(0.5 - size), sin_quarter(folded.copysign(x)))
}

/// ln x for normal x > 0, error 5·10⁻⁵.
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    // The mantissa is taken from √½ to √2, where ln(1 + m)/m is flat.
    const SQRT_HALF: u32 = 0x3f35_04f3;
    let shifted = x.to_bits().wrapping_sub(SQRT_HALF);
    let octaves = ((shifted as i32) >> 23) as f32;
    let m = f32::from_bits((shifted & 0x007f_ffff).wrapping_add(SQRT_HALF)) - 1.0;
    let slope = 0.999_966_14 + m * (-0.499_450_7 + m * (0.336_389_3 + m * (-0.270_944_9 + m * 0.176_576_03)));
    octaves * std::f32::consts::LN_2 + m * slope
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest difference over `steps` places from `from` to `to`.
    fn worst(from: f64, to: f64, difference: impl Fn(f32) -> f64) -> f64 {
        let steps = 100_000;
        let place = |step: i32| (from + (to - from) * f64::from(step) / f64::from(steps)) as f32;
        (0..=steps).map(|step| difference(place(step)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn errors_are_as_promised() {
        let x = |x: f32| f64::from(x);
        assert!(worst(-79.0, 79.0, |a| x(exp(a)) / x(a).exp() - 1.0) < 7e-6);
        assert!(worst(-12.0, 12.0, |a| x(tanh(a)) - x(a).tanh()) < 3e-6);
        assert!(worst(-40.0, 40.0, |a| x(sin_pi(a)) - (x(a) * std::f64::consts::PI).sin()) < 1.5e-6);
        assert!(worst(-40.0, 40.0, |a| x(cos_sin_pi(a).0) - (x(a) * std::f64::consts::PI).cos()) < 1.5e-6);
        assert!(worst(1e-6, 4.0, |a| x(ln(a)) - x(a).ln()) < 5e-5);
    }

    #[test]
    fn what_is_no_number_or_too_large_stays_finite() {
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30] {
            assert!(exp(odd).is_finite());
            assert!(tanh(odd).is_finite());
            assert!(cos_sin_pi(odd).0.is_finite());
            assert!(sin_pi(odd).is_finite());
        }
    }
}
