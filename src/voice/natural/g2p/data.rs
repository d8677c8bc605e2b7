//! The compact pronunciation data: one run of bytes, embedded or in memory, seen as sections.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::compile::{Accent, HEADER, MAGIC, Section};

/// Why compact data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Not the compact form, or that of another version.
    #[error("the pronunciation data has an unknown form; delete the cached copy or fetch the voice again")]
    Form,
    /// The bytes changed since they were compiled.
    #[error("the pronunciation data is damaged; delete the cached copy or fetch the voice again")]
    Damaged,
    /// The index of words is unreadable.
    #[error("the pronunciation data's index is unreadable ({0}); fetch the voice again")]
    Index(#[from] fst::Error),
}

/// A section of the data: cheap to clone, keeps the whole alive. Embedded data is never copied.
#[derive(Clone, Debug)]
pub struct Bytes {
    whole: Arc<Cow<'static, [u8]>>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.whole.get(self.range.clone()).unwrap_or_default()
    }
}

/// An index from text to a number.
pub type Index = fst::Map<Bytes>;

/// Compact data whose header has been checked.
#[derive(Debug)]
pub struct Data {
    whole: Arc<Cow<'static, [u8]>>,
    ends: [usize; Section::COUNT],
    /// The accent that the data was compiled for.
    pub accent: Accent,
}

impl Data {
    /// Checks the header. Bytes that come from outside the program are checked whole: the index trusts its input,
    /// and a checksum costs half a millisecond; embedded bytes are as sound as the program itself and stay untouched on disk.
    ///
    /// # Errors
    /// When the bytes are not the compact form of this version, or damaged.
    pub fn new(bytes: Cow<'static, [u8]>) -> Result<Self, DataError> {
        let header = bytes.get(..HEADER).filter(|h| h.starts_with(MAGIC)).ok_or(DataError::Form)?;
        let numbers: Vec<u32> = header[MAGIC.len()..]
            .chunks_exact(4)
            .map(|b| b.iter().rev().fold(0, |n, &b| n << 8 | u32::from(b)))
            .collect();
        let [accent, checksum, ends @ ..] = numbers.as_slice() else {
            return Err(DataError::Form);
        };
        let accent = match accent {
            0 => Accent::American,
            1 => Accent::British,
            _ => return Err(DataError::Form),
        };
        let outside = matches!(bytes, Cow::Owned(_));
        if outside && crc32fast::hash(&bytes[MAGIC.len() + 8..]) != *checksum {
            return Err(DataError::Damaged);
        }
        let ends: Vec<usize> = ends.iter().map(|&end| HEADER + end as usize).collect();
        let ends: [usize; Section::COUNT] = ends.try_into().map_err(|_| DataError::Form)?;
        if !ends.is_sorted() || ends[Section::COUNT - 1] != bytes.len() {
            return Err(DataError::Damaged);
        }
        Ok(Self { whole: Arc::new(bytes), ends, accent })
    }

    /// The bytes of a section.
    pub fn section(&self, section: Section) -> Bytes {
        let i = section as usize;
        let start = if i == 0 { HEADER } else { self.ends[i - 1] };
        Bytes { whole: Arc::clone(&self.whole), range: start..self.ends[i] }
    }

    /// A section that is text.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn text(&self, section: Section) -> Result<String, DataError> {
        String::from_utf8(self.section(section).as_ref().to_vec()).map_err(|_| DataError::Damaged)
    }

    /// A section that is an index.
    ///
    /// # Errors
    /// When it is not one.
    pub fn index(&self, section: Section) -> Result<Index, DataError> {
        Ok(fst::Map::new(self.section(section))?)
    }
}
