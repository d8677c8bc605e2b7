//! The thread that encodes: blocks of samples in, files that are whole but not yet in place out.

use std::io::Write;

use crossbeam_channel::Receiver;

use super::{EncodeError, File, Target, Track};

/// What it gets. A rendering that was broken off ends without the last `Finish`.
pub(super) enum Work {
    Block(Vec<f32>),
    /// The file that was being written has all its samples; what comes then belongs to the next target.
    Finish(Box<Track>),
}

/// A file that is whole, and what it tells about itself.
pub(super) struct Written {
    pub file: File,
    pub track: Track,
}

/// Encodes all that comes. An encoder that is dropped unfinished, as when no `Finish` comes, leaves nothing behind.
pub(super) fn encode<'a>(
    targets: &'a [Target],
    incoming: &Receiver<Work>,
) -> Result<Vec<Written>, (&'a Target, EncodeError)> {
    let mut written = Vec::new();
    for target in targets {
        match encode_one(target, incoming) {
            Ok(Some(whole)) => written.push(whole),
            Ok(None) => break,
            Err(error) => return Err((target, error)),
        }
    }
    Ok(written)
}

/// None when no more comes.
fn encode_one(target: &Target, incoming: &Receiver<Work>) -> Result<Option<Written>, EncodeError> {
    let mut encoder = (target.format().begin)(target.open()?, target.options())?;
    for work in incoming {
        match work {
            Work::Block(samples) => encoder.write(&samples)?,
            Work::Finish(track) => {
                let mut file = encoder.finish(&track)?;
                // A full disk must show before anything is put in place.
                file.flush()?;
                return Ok(Some(Written { file, track: *track }));
            }
        }
    }
    Ok(None)
}
