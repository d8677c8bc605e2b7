//! Another sample rate for a sound that comes in parts.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, Resampler};

use super::{resampled_length, resampler};

/// Gives the very samples of [`resample`](super::resample) for a sound that comes in parts, in constant memory.
pub struct Stream {
    from: u32,
    to: u32,
    /// None where the rates are the same.
    resampler: Option<Fft<f32>>,
    /// Less than a block, waiting for the rest of it.
    pending: Vec<f32>,
    out: Vec<f32>,
    /// So many samples of the resampler's own delay are still to be dropped.
    late: usize,
    taken: u64,
    given: u64,
}

impl Stream {
    /// From one rate to another, in Hz, neither of them zero.
    pub fn new(from: u32, to: u32) -> Self {
        let resampler = (from != to).then(|| resampler(from as usize, to as usize));
        let late = resampler.as_ref().map_or(0, Resampler::output_delay);
        Self { from, to, resampler, pending: Vec::new(), out: Vec::new(), late, taken: 0, given: 0 }
    }

    /// Takes the next samples, and gives what is ready.
    pub fn write(&mut self, samples: &[f32]) -> &[f32] {
        self.taken += samples.len() as u64;
        self.out.clear();
        self.pending.extend_from_slice(samples);
        match &mut self.resampler {
            None => self.out.append(&mut self.pending),
            Some(resampler) => {
                let block = resampler.input_frames_next();
                let whole = self.pending.len() / block * block;
                for block in self.pending[..whole].chunks_exact(block) {
                    convert(resampler, block, &mut self.late, &mut self.out);
                }
                self.pending.drain(..whole);
            }
        }
        self.given += self.out.len() as u64;
        &self.out
    }

    /// Gives the rest: in all there are then as many samples as the length at the other rate, rounded.
    pub fn finish(&mut self) -> &[f32] {
        self.out.clear();
        let left = resampled_length(self.taken, self.from, self.to).saturating_sub(self.given);
        let left = usize::try_from(left).unwrap_or(usize::MAX);
        if let Some(resampler) = &mut self.resampler {
            while self.out.len() < left {
                // Beyond its end the sound is silent.
                self.pending.resize(resampler.input_frames_next(), 0.0);
                convert(resampler, &self.pending, &mut self.late, &mut self.out);
                self.pending.clear();
            }
        }
        self.out.truncate(left);
        self.given += self.out.len() as u64;
        &self.out
    }
}

/// Appends one block at the other rate, without the first `late` samples.
fn convert(resampler: &mut Fft<f32>, block: &[f32], late: &mut usize, out: &mut Vec<f32>) {
    let start = out.len();
    let frames = resampler.output_frames_next();
    out.resize(start + frames, 0.0);
    let input = InterleavedSlice::new(block, 1, block.len()).expect("one channel holds all samples");
    let mut output =
        InterleavedSlice::new_mut(&mut out[start..], 1, frames).expect("one channel holds all samples");
    // Refused are wrong numbers of channels or frames, and both are the resampler's own here.
    resampler.process_into_buffer(&input, &mut output, None).expect("a block of the size asked for");
    let drop = frames.min(*late);
    out.drain(start..start + drop);
    *late -= drop;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::resample;

    #[test]
    fn parts_give_what_the_whole_gives() {
        let whole: Vec<f32> = (0..50_001).map(|n| (n as f32 * 0.05).sin() * 0.5).collect();
        for (from, to) in [(48_000, 24_000), (48_000, 44_100), (24_000, 48_000), (48_000, 48_000)] {
            for length in [1, 2, 999, 2_048, 50_001] {
                for part in [1_000, 4_096, 60_000] {
                    let mut stream = Stream::new(from, to);
                    let mut parts = Vec::new();
                    whole[..length].chunks(part).for_each(|part| parts.extend_from_slice(stream.write(part)));
                    parts.extend_from_slice(stream.finish());
                    assert_eq!(
                        parts,
                        resample(&whole[..length], from, to),
                        "{length} in {part}s, {from} to {to}"
                    );
                }
            }
        }
    }
}
