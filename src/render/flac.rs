//! FLAC: 16 or 24 bits, mono, at the mix rate; nothing of the timeline is lost.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use flac_codec::encode::{FlacSampleWriter, Options};
use flac_codec::metadata::{BlockList, Padding, Picture, PictureType, VorbisComment, write_blocks};

use super::comments::comments;
use super::format::Begun;
use super::{Bits, EncodeError, EncodeOptions, Encoder, File, Track};
use crate::time::MIX_RATE;

/// The codec turns this into its seek table: 18 bytes every 10 seconds, so enough for 100 hours.
const ROOM: u32 = 1 << 20;
/// Left empty, so that programs that change a tag need not move the sound.
const PADDING: u32 = 4_096;

struct Flac {
    writer: FlacSampleWriter<Shared>,
    file: Shared,
    bits: Bits,
    block: Vec<i32>,
}

pub(super) fn begin(file: File, options: &EncodeOptions) -> Begun {
    let file = Shared::new(file);
    let settings = Options::default().padding(ROOM).map_err(io::Error::other)?;
    let bits = options.bits.unwrap_or_default();
    let writer = FlacSampleWriter::new(file.clone(), settings, MIX_RATE, bits.get().into(), 1, None);
    let writer = writer.map_err(io_error)?;
    Ok(Box::new(Flac { writer, file, bits, block: Vec::new() }))
}

impl Encoder for Flac {
    fn write(&mut self, samples: &[f32]) -> Result<(), EncodeError> {
        self.block.clear();
        self.block.extend(samples.iter().map(|&sample| self.bits.quantised(sample)));
        Ok(self.writer.write(&self.block).map_err(io_error)?)
    }

    fn finish(self: Box<Self>, track: &Track) -> Result<File, EncodeError> {
        self.writer.finalize().map_err(io_error)?;
        let mut file = self.file.into_inner()?;
        file.seek(SeekFrom::Start(0))?;
        let mut reader = BufReader::new(&mut file);
        let mut blocks = BlockList::read(reader.by_ref()).map_err(io_error)?;
        let sound = reader.stream_position()?;

        let mut fields = VorbisComment::default();
        for (name, value) in comments(track) {
            fields.insert(&name, value);
        }
        blocks.insert(fields);
        if let Some(cover) = &track.cover {
            let picture = Picture::new(PictureType::FrontCover, "", cover.clone());
            blocks.insert(picture.map_err(io::Error::other)?);
        }
        blocks.remove::<Padding>();
        blocks.insert(Padding { size: PADDING.try_into().map_err(io::Error::other)? });
        let mut head = Vec::new();
        write_blocks(&mut head, blocks.blocks()).map_err(io_error)?;
        file.splice(0..sound, &head)?;
        Ok(file)
    }
}

fn io_error(error: flac_codec::Error) -> io::Error {
    match error {
        flac_codec::Error::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// The file in two hands: the encoder does not give back what it writes to, and it has to be committed.
#[derive(Clone)]
struct Shared(Arc<Mutex<File>>);

impl Shared {
    fn new(file: File) -> Self {
        Self(Arc::new(Mutex::new(file)))
    }

    /// # Errors
    /// While another hand holds it.
    fn into_inner(self) -> io::Result<File> {
        let file = Arc::into_inner(self.0).ok_or_else(|| io::Error::other("the encoder kept its file"))?;
        Ok(file.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn with<T>(&self, work: impl FnOnce(&mut File) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(File::flush)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|file| file.seek(to))
    }
}
