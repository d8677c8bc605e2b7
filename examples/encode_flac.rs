//! A WAV file into FLAC with the codec that `render` uses, and nothing else: what a rendering is compared with in
//! `scripts/bench_files.py`.

use std::error::Error;
use std::{env, fs::File, io::BufWriter};

use flac_codec::encode::{FlacSampleWriter, Options};

/// Samples that are encoded at a time, as in a rendering.
const BLOCK: usize = 4_096;

fn main() -> Result<(), Box<dyn Error>> {
    let [_, from, to] = &env::args().collect::<Vec<_>>()[..] else {
        return Err("give a WAV file of 16 bits and the FLAC file to write".into());
    };
    let mut wav = hound::WavReader::open(from)?;
    let spec = wav.spec();
    let samples: Vec<i32> = wav.samples().collect::<Result<_, _>>()?;
    let file = BufWriter::with_capacity(1 << 16, File::create(to)?);
    let bits = u32::from(spec.bits_per_sample);
    let mut writer = FlacSampleWriter::new(file, Options::default(), spec.sample_rate, bits, 1, None)?;
    samples.chunks(BLOCK).try_for_each(|block| writer.write(block))?;
    writer.finalize()?;
    Ok(())
}
