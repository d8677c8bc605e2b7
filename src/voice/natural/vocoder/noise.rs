//! Gaussian noise that depends on seed, frame and bin alone: no state, so any order and any number of threads give the same.

use super::approximate::{cos_sin_pi, ln};

/// What tells the noise of one frame of one phrase from all others (a finaliser of SplitMix64).
pub fn key(seed: u64, frame: usize) -> u32 {
    let mut x = seed.wrapping_add((frame as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (x ^ (x >> 31)) as u32
}

/// Two independent Gaussians of unit variance for one bin (Box and Muller), from 16 random bits each for radius and angle.
#[inline(always)]
pub fn gaussian(key: u32, bin: u32) -> (f32, f32) {
    let bits = mix(key ^ bin.wrapping_mul(0x9e37_79b9));
    // Halves of the last place keep the radius finite: u is never 0.
    let uniform = ((bits >> 16) as i32 as f32 + 0.5) * (1.0 / 65_536.0);
    let angle = (bits & 0xffff) as i32 as f32 * (1.0 / 32_768.0);
    let radius = (-2.0 * ln(uniform)).max(0.0).sqrt();
    let (cos, sin) = cos_sin_pi(angle);
    (radius * cos, radius * sin)
}

/// A 32-bit mixer of multiplications and shifts in which every input bit moves every output bit.
#[inline(always)]
fn mix(mut x: u32) -> u32 {
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}
