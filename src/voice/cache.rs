//! Clips kept on disk by what they say and how: the second start has nothing to synthesise.
//!
//! One file a clip, named by the BLAKE3 hash of format version, engine fingerprint and words; inside, all
//! little-endian:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `FCcl` |
//! | 4 | version of this format |
//! | 32 | the whole hash the name comes from |
//! | 8 | number of frames |
//! | 16 | first half of the BLAKE3 hash of the samples |
//! | 2 each | mono samples at the mix rate, as `i16` |
//!
//! Anything that differs from this in any way is a miss. Files are written beside their place and renamed, so
//! programs that share the folder see whole files only. Samples are not packed: LZ4 gained 4 % on trimmed
//! speech, and 27 % at best, with the bytes of equal weight put together first.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use thiserror::Error;

use crate::clip::Clip;

/// How large the folder may grow unless the caller says otherwise: some 100 minutes of speech.
pub const DEFAULT_LIMIT: u64 = 512 << 20;

const MAGIC: &[u8; 4] = b"FCcl";
const VERSION: u32 = 1;
const HEADER: usize = 64;
const SUFFIX: &str = ".clip";
const UNFINISHED: &str = ".unfinished-";
const FULL_SCALE: f32 = 32_767.0;

/// How exactly the time of last use is kept. Coarse, because keeping it costs a write for every hit.
const USE_IS_NOTED: Duration = Duration::from_secs(24 * 60 * 60);
/// An unfinished file this old was left by a program that died.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// A folder of clips, shared by all workers and by other runs of the program.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    limit: u64,
    /// Whether this run has measured the folder; earlier ones may have filled it.
    measured: AtomicBool,
    /// Bytes written since then.
    unmeasured: AtomicU64,
    broken: AtomicBool,
}

/// The folder cannot be written. Told once; from then on the cache is only read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "phrases cannot be kept in `{folder}`: {problem}; going on without (make room or choose another cache folder to start faster next time)"
)]
pub struct CacheError {
    pub folder: String,
    pub problem: String,
}

impl Cache {
    /// A cache in `folder`, which is made when the first clip is kept, of at most about `limit` bytes.
    pub fn new(folder: impl Into<PathBuf>, limit: u64) -> Self {
        Self {
            folder: folder.into(),
            limit,
            measured: AtomicBool::new(false),
            unmeasured: AtomicU64::new(0),
            broken: AtomicBool::new(false),
        }
    }

    /// The clip of these words by this engine, if it is there and whole. Equal, sample for sample, to
    /// [`quantised`] of the clip that was kept.
    pub fn get(&self, fingerprint: &str, words: &str) -> Option<Clip> {
        let key = key(fingerprint, words);
        let file = File::open(self.path(&key)).ok()?;
        let about = file.metadata().ok()?;
        // The file of somebody else with our name could be endless.
        let length =
            usize::try_from(about.len()).ok().filter(|&length| (HEADER..=256 << 20).contains(&length))?;
        let mut bytes = Vec::with_capacity(length);
        (&file).take(about.len()).read_to_end(&mut bytes).ok()?;
        let clip = decode(&key, &bytes)?;
        let now = SystemTime::now();
        let used = about.modified().ok()?;
        // A time in the future is wrong as well: it would keep the file for ever.
        if now.duration_since(used).map_or(true, |age| age > USE_IS_NOTED) {
            // Where that is not allowed the file merely looks older than it is.
            let _ = file.set_modified(now);
        }
        Some(clip)
    }

    /// Keeps a clip, replacing what is there.
    ///
    /// # Errors
    /// The first time it cannot be written; later calls then do nothing.
    pub fn put(&self, fingerprint: &str, words: &str, clip: &Clip) -> Result<(), CacheError> {
        if self.broken.load(Ordering::Relaxed) {
            return Ok(());
        }
        let key = key(fingerprint, words);
        let bytes = encode(&key, clip);
        match self.write(&self.path(&key), &bytes) {
            Ok(()) => {
                self.unmeasured.fetch_add(bytes.len() as u64, Ordering::Relaxed);
                Ok(())
            }
            Err(_) if self.broken.swap(true, Ordering::Relaxed) => Ok(()),
            Err(problem) => {
                Err(CacheError { folder: self.folder.display().to_string(), problem: problem.to_string() })
            }
        }
    }

    /// Whether enough was written since the folder was last measured to look at it again: once a run, if
    /// anything new was made, and then for every sixteenth of the limit.
    pub fn is_prune_due(&self) -> bool {
        let unmeasured = self.unmeasured.load(Ordering::Relaxed);
        let enough = if self.measured.load(Ordering::Relaxed) { self.limit / 16 } else { 0 };
        unmeasured > enough
    }

    /// Brings the folder below its limit, the longest unused clips first, and removes what dead programs
    /// left.
    ///
    /// Reads the folder once (some milliseconds for a full one) and removes a tenth more than it must, so
    /// that it is rarely needed. Other programs may do the same at the same time.
    pub fn prune(&self) {
        self.measured.store(true, Ordering::Relaxed);
        self.unmeasured.store(0, Ordering::Relaxed);
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        let now = SystemTime::now();
        let mut clips: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(about) = entry.metadata() else {
                continue;
            };
            let used = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if name.ends_with(SUFFIX) && about.is_file() {
                clips.push((used, about.len(), entry.path()));
            } else if name.starts_with(UNFINISHED)
                && now.duration_since(used).is_ok_and(|age| age > ABANDONED)
            {
                let _ = fs::remove_file(entry.path());
            }
        }
        let mut size: u64 = clips.iter().map(|(_, length, _)| length).sum();
        if size <= self.limit {
            return;
        }
        clips.sort();
        for (_, length, path) in clips {
            if size <= self.limit / 10 * 9 {
                break;
            }
            // Gone already counts as removed: the other program did it.
            let _ = fs::remove_file(path);
            size -= length;
        }
    }

    fn path(&self, key: &blake3::Hash) -> PathBuf {
        self.folder.join(format!("{}{SUFFIX}", &key.to_hex()[..32]))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.folder)?;
        file.write_all(bytes)?;
        // Not synced: a file that a power cut damages is found out by its hash and made again.
        file.persist(path).map_err(|failed| failed.error)?;
        Ok(())
    }
}

fn key(fingerprint: &str, words: &str) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&VERSION.to_le_bytes());
    // With its length in front, so that no pair runs into another one.
    hasher.update(&(fingerprint.len() as u64).to_le_bytes());
    hasher.update(fingerprint.as_bytes());
    hasher.update(words.as_bytes());
    hasher.finalize()
}

/// The clip in the steps in which it is kept, so that a fresh clip and a kept one are the same samples.
pub fn quantised(clip: &Clip) -> Clip {
    let samples: Arc<[f32]> = clip.samples().iter().map(|&sample| expand(step(sample))).collect();
    Clip::new(samples)
}

/// Rounds to the nearest of 65 535 steps. Silence for what is no number.
fn step(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * FULL_SCALE).round() as i16
}

fn expand(step: i16) -> f32 {
    f32::from(step) / FULL_SCALE
}

fn encode(key: &blake3::Hash, clip: &Clip) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + clip.samples().len() * 2);
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.extend_from_slice(key.as_bytes());
    bytes.extend_from_slice(&clip.frames().get().to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes.extend(clip.samples().iter().flat_map(|&sample| step(sample).to_le_bytes()));
    let check = checksum(&bytes[HEADER..]);
    bytes[HEADER - check.len()..HEADER].copy_from_slice(&check);
    bytes
}

fn decode(key: &blake3::Hash, bytes: &[u8]) -> Option<Clip> {
    let (header, samples) = bytes.split_at_checked(HEADER)?;
    let mut expected = Vec::with_capacity(HEADER);
    expected.extend_from_slice(MAGIC);
    expected.extend_from_slice(&VERSION.to_le_bytes());
    expected.extend_from_slice(key.as_bytes());
    expected.extend_from_slice(&(samples.len() as u64 / 2).to_le_bytes());
    expected.extend_from_slice(&checksum(samples));
    if header != expected || samples.len() % 2 != 0 {
        return None;
    }
    let samples: Arc<[f32]> =
        samples.chunks_exact(2).map(|pair| expand(i16::from_le_bytes([pair[0], pair[1]]))).collect();
    Some(Clip::new(samples))
}

fn checksum(samples: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(samples).as_bytes()[..16]);
    half
}

#[cfg(test)]
mod tests;
