//! WAV: 16-bit PCM, mono, at the mix rate.

use std::cell::RefCell;
use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;

use super::{EncodeError, Encoder, File};
use crate::time::MIX_RATE;

/// A RIFF header tells sizes in 32 bits.
const MOST_FRAMES: u64 = (u32::MAX as u64 - 44) / 2;
/// Clips are kept in the same steps, so an unscaled one reaches the file unchanged.
const FULL_SCALE: f32 = 32_767.0;
const HOURS: u64 = MOST_FRAMES / (MIX_RATE as u64 * 3_600);

const SPEC: hound::WavSpec = hound::WavSpec {
    channels: 1,
    sample_rate: MIX_RATE,
    bits_per_sample: 16,
    sample_format: hound::SampleFormat::Int,
};

struct Wav {
    writer: hound::WavWriter<Shared>,
    file: Shared,
    frames: u64,
}

pub fn begin(file: File) -> Result<Box<dyn Encoder>, EncodeError> {
    let file = Shared(Rc::new(RefCell::new(file)));
    let writer = hound::WavWriter::new(file.clone(), SPEC).map_err(io_error)?;
    Ok(Box::new(Wav { writer, file, frames: 0 }))
}

impl Encoder for Wav {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.frames += samples.len() as u64;
        if self.frames > MOST_FRAMES {
            return Err(EncodeError::TooLong { hours: HOURS });
        }
        // A block is far shorter than 2³² samples.
        let mut block = self.writer.get_i16_writer(samples.len() as u32);
        samples.iter().for_each(|&sample| block.write_sample(quantised(sample)));
        block.flush().map_err(io_error)
    }

    fn finish(self: Box<Self>) -> Result<(), EncodeError> {
        self.writer.finalize().map_err(io_error)?;
        let file =
            Rc::into_inner(self.file.0).ok_or_else(|| io::Error::other("the WAV writer kept its file"))?;
        Ok(file.into_inner().commit()?)
    }
}

/// The nearest step of 16 bits.
fn quantised(sample: f32) -> i16 {
    // The cast of a float saturates.
    (sample * FULL_SCALE).round() as i16
}

fn io_error(error: hound::Error) -> EncodeError {
    EncodeError::Io(match error {
        hound::Error::IoError(error) => error,
        other => io::Error::other(other),
    })
}

/// The file in two hands: the WAV writer does not give back what it writes to, and it has to be committed.
#[derive(Clone)]
struct Shared(Rc<RefCell<File>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.borrow_mut().seek(to)
    }
}
