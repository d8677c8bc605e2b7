//! The voice package's pronunciation files -> the compact form that `data` reads.
//!
//! The package ships its dictionaries and tagger weights as gzipped JSON (25 MB once unpacked, a third of a second
//! to parse). The compact form holds the same facts in 4.4 MB and needs no parsing. The build script includes this
//! file by path, so it must not name anything of the crate.
//!
//! Layout, integers little-endian: `MAGIC`, accent (u32), CRC-32 of all that follows (u32), for each [`Section`] its
//! end as an offset from the first section (u32), the sections.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// First bytes of the compact form; the digit is the version of the layout.
pub const MAGIC: &[u8; 8] = b"FLRG2P1\n";

/// Bytes before the first section.
pub const HEADER: usize = MAGIC.len() + 4 + 4 + 4 * Section::COUNT;

/// Parts of the compact form, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// UTF-8: the phoneme characters; a reading holds indices into them.
    Alphabet,
    /// fst: word -> offset of its entry in `Readings`.
    Words,
    /// Entries: a byte with `SILVER` and the number of phonemes (or `HETERONYM`), then the phoneme indices. A
    /// heteronym has a count, then that often: index into `KINDS`, number of phonemes (or `SPELLED`), indices.
    Readings,
    /// UTF-8: names of the part-of-speech tags, a line each; tags are indices into them.
    Tags,
    /// fst: feature -> offset in `Weights`, counted in pairs, << 6 | number of pairs.
    Features,
    /// u16 each: tag << 10 | weight in tenths + `WEIGHT_BIAS`.
    Weights,
    /// fst: word -> its only tag + 1 (0: none), << 1 | 1 if the tagger's features know the word.
    Tagged,
    /// fst: text that the tokenizer treats specially -> byte lengths of its pieces, 8 bits each, first lowest.
    Splits,
    /// UTF-8: letters that the speller reads; a letter's id is its position + 1.
    Letters,
    /// UTF-8: phonemes that the speller writes; a phoneme's id is its position + 1.
    Sounds,
}

impl Section {
    /// Number of sections.
    pub const COUNT: usize = 10;
}

/// Mark of an entry that comes from the second, machine-made dictionary.
pub const SILVER: u8 = 0x80;
/// Length that announces readings by part of speech.
pub const HETERONYM: u8 = 0x7f;
/// Length that announces a word which is spelled letter by letter in this part of speech.
pub const SPELLED: u8 = 0xff;
/// What is added to a tagger weight in tenths to make it a number of 10 bits.
pub const WEIGHT_BIAS: i32 = 340;
/// Parts of speech by which the dictionary tells readings apart: coarse ones, tags, and `None` before a pause.
pub const KINDS: [&str; 10] = ["DEFAULT", "NOUN", "VERB", "ADJ", "ADV", "None", "VBD", "VBN", "VBP", "DT"];
/// Kinds of tagger features. The compact form writes a feature as its index here and the rest of its name.
pub const TEMPLATES: [&str; 16] = [
    "b", "i0", "i+", "s3=", "p1=", "w=", "sh=", "t-1=", "t-2=", "t-12=", "w-1=", "s3-1=", "w-2=", "w+1=",
    "s3+1=", "w+2=",
];

/// Whose English: decides a few endings, and which dictionaries belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accent {
    /// General American.
    American = 0,
    /// Southern British.
    British = 1,
}

/// The package's files as they are on disk, gzipped or not.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// `lexicon_us_gold.json.gz`: hand-checked words -> phonemes.
    pub gold: &'a [u8],
    /// `lexicon_us_silver.json.gz`: more words, made by machine.
    pub silver: &'a [u8],
    /// `tagger.json.gz`: weights of the part-of-speech tagger.
    pub tagger: &'a [u8],
    /// `tokenizer_exceptions.json`: contractions and abbreviations -> pieces.
    pub exceptions: &'a [u8],
    /// `oov.json`: letters and phonemes of the speller's model.
    pub speller: &'a [u8],
}

/// The names of these files in the package, in the order of [`Sources`].
pub const FILES: [&str; 5] = [
    "lexicon_us_gold.json.gz",
    "lexicon_us_silver.json.gz",
    "tagger.json.gz",
    "tokenizer_exceptions.json",
    "oov.json",
];

/// Why the package's files cannot be compiled.
#[derive(Debug, thiserror::Error)]
pub enum CompileError {
    /// A file cannot be read.
    #[error("cannot read the voice's file `{}`: {source}; fetch the voice again", .path.display())]
    Read { path: PathBuf, source: std::io::Error },
    /// The gzip layer is damaged.
    #[error("the voice's `{file}` is damaged ({source}); fetch the voice again")]
    Unzip { file: &'static str, source: std::io::Error },
    /// The JSON is damaged or of another form.
    #[error("the voice's `{file}` has an unknown form ({source}); fetch the voice again")]
    Json { file: &'static str, source: serde_json::Error },
    /// A value does not fit the compact form.
    #[error("the voice's `{file}` holds `{what}`, which this version cannot store")]
    Unfit { file: &'static str, what: String },
    /// The index of words cannot be built.
    #[error("cannot index the voice's words: {0}")]
    Index(#[from] fst::Error),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Reading {
    One(String),
    ByKind(BTreeMap<String, Option<String>>),
}

#[derive(Deserialize)]
struct Tagger {
    tags: Vec<String>,
    tagdict: BTreeMap<String, String>,
    vocab: Vec<String>,
    weights: BTreeMap<String, BTreeMap<String, f64>>,
}

#[derive(Deserialize)]
struct Speller {
    #[serde(rename = "in")]
    letters: Vec<String>,
    #[serde(rename = "out")]
    sounds: Vec<String>,
}

/// Compiles the package's files where they lie side by side in a folder.
///
/// # Errors
/// As [`compile`], or when a file cannot be read.
pub fn compile_folder(folder: &Path, accent: Accent) -> Result<Vec<u8>, CompileError> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).map_err(|source| CompileError::Read { path, source })
    };
    let [gold, silver, tagger, exceptions, speller] = FILES;
    let (gold, silver, tagger) = (read(gold)?, read(silver)?, read(tagger)?);
    let (exceptions, speller) = (read(exceptions)?, read(speller)?);
    let sources =
        Sources { gold: &gold, silver: &silver, tagger: &tagger, exceptions: &exceptions, speller: &speller };
    compile(&sources, accent)
}

/// Compiles the package's files. The same files always give the same bytes.
///
/// # Errors
/// When a file is damaged or holds what the compact form cannot express.
pub fn compile(sources: &Sources, accent: Accent) -> Result<Vec<u8>, CompileError> {
    let mut sections: [Vec<u8>; Section::COUNT] = Default::default();
    lexicon(sources, &mut sections)?;
    tagger(read(sources.tagger, "tagger")?, &mut sections)?;
    sections[Section::Splits as usize] = splits(&read(sources.exceptions, "tokenizer_exceptions")?)?;
    let speller: Speller = read(sources.speller, "oov")?;
    sections[Section::Letters as usize] = speller.letters.concat().into_bytes();
    sections[Section::Sounds as usize] = speller.sounds.concat().into_bytes();

    let mut body = Vec::new();
    let mut end = 0u32;
    for section in &sections {
        end += section.len() as u32;
        body.extend(end.to_le_bytes());
    }
    body.extend(sections.concat());
    let mut out = MAGIC.to_vec();
    out.extend((accent as u32).to_le_bytes());
    out.extend(crc32fast::hash(&body).to_le_bytes());
    out.extend(body);
    Ok(out)
}

fn read<T: DeserializeOwned>(bytes: &[u8], file: &'static str) -> Result<T, CompileError> {
    let mut plain = Vec::new();
    let json = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unzip = flate2::read::GzDecoder::new(bytes);
        unzip.read_to_end(&mut plain).map_err(|source| CompileError::Unzip { file, source })?;
        &plain
    } else {
        bytes
    };
    serde_json::from_slice(json).map_err(|source| CompileError::Json { file, source })
}

fn index<'a>(entries: impl IntoIterator<Item = (&'a [u8], u64)>) -> Result<Vec<u8>, CompileError> {
    let mut builder = fst::MapBuilder::memory();
    builder.extend_iter(entries)?;
    Ok(builder.into_inner()?)
}

/// A word that both dictionaries have keeps its hand-checked reading: the other one could never be heard.
fn lexicon(sources: &Sources, sections: &mut [Vec<u8>; Section::COUNT]) -> Result<(), CompileError> {
    let gold: BTreeMap<String, Reading> = read(sources.gold, "lexicon gold")?;
    let silver: BTreeMap<String, Reading> = read(sources.silver, "lexicon silver")?;
    let mut words: BTreeMap<&str, (u8, &Reading)> =
        silver.iter().map(|(w, r)| (w.as_str(), (SILVER, r))).collect();
    words.extend(gold.iter().map(|(w, r)| (w.as_str(), (0, r))));

    let mut alphabet: Vec<char> = Vec::new();
    for (_, reading) in words.values() {
        match reading {
            Reading::One(phonemes) => alphabet.extend(phonemes.chars()),
            Reading::ByKind(kinds) => alphabet.extend(kinds.values().flatten().flat_map(|p| p.chars())),
        }
        alphabet.sort_unstable();
        alphabet.dedup();
    }
    let codes = |word: &str, phonemes: &str, limit: u8| -> Result<Vec<u8>, CompileError> {
        let codes: Vec<u8> =
            phonemes.chars().filter_map(|c| alphabet.binary_search(&c).ok()).map(|i| i as u8).collect();
        if codes.len() >= limit as usize {
            return Err(CompileError::Unfit { file: "lexicon", what: word.into() });
        }
        Ok(codes)
    };
    let mut readings = Vec::new();
    let mut offsets = Vec::new();
    for (&word, &(origin, reading)) in &words {
        offsets.push((word.as_bytes(), readings.len() as u64));
        match reading {
            Reading::One(phonemes) => {
                let codes = codes(word, phonemes, HETERONYM)?;
                readings.push(origin | codes.len() as u8);
                readings.extend(codes);
            }
            Reading::ByKind(kinds) => {
                readings.extend([origin | HETERONYM, kinds.len() as u8]);
                for (kind, phonemes) in kinds {
                    let Some(kind) = KINDS.iter().position(|k| k == kind) else {
                        return Err(CompileError::Unfit { file: "lexicon", what: kind.clone() });
                    };
                    readings.push(kind as u8);
                    match phonemes {
                        None => readings.push(SPELLED),
                        Some(phonemes) => {
                            let codes = codes(word, phonemes, SPELLED)?;
                            readings.push(codes.len() as u8);
                            readings.extend(codes);
                        }
                    }
                }
            }
        }
    }
    sections[Section::Alphabet as usize] = alphabet.iter().collect::<String>().into_bytes();
    sections[Section::Words as usize] = index(offsets)?;
    sections[Section::Readings as usize] = readings;
    Ok(())
}

fn tagger(model: Tagger, sections: &mut [Vec<u8>; Section::COUNT]) -> Result<(), CompileError> {
    let unfit = |what: &str| CompileError::Unfit { file: "tagger", what: what.into() };
    let tag = |name: &String| {
        model.tags.iter().position(|t| t == name).filter(|&i| i < 64).ok_or_else(|| unfit(name))
    };

    let mut features: BTreeMap<Vec<u8>, &BTreeMap<String, f64>> = BTreeMap::new();
    for (name, weights) in &model.weights {
        // Plain names ("b") must match whole, or "b" would swallow others.
        let template = TEMPLATES.iter().position(|t| name == t || (t.ends_with('=') && name.starts_with(t)));
        let Some(template) = template else {
            return Err(unfit(name));
        };
        let mut key = vec![template as u8];
        key.extend(&name.as_bytes()[TEMPLATES[template].len()..]);
        features.insert(key, weights);
    }
    let mut weights = Vec::new();
    let mut offsets = Vec::new();
    for (key, by_tag) in &features {
        let count = Some(by_tag.len()).filter(|&n| n < 64).ok_or_else(|| unfit("more than 63 tags"))?;
        offsets.push((key.as_slice(), (weights.len() as u64 / 2) << 6 | count as u64));
        for (name, weight) in *by_tag {
            let tenths = (weight * 10.0).round() as i32 + WEIGHT_BIAS;
            let tenths =
                u16::try_from(tenths).ok().filter(|&w| w < 1024).ok_or_else(|| unfit(&weight.to_string()))?;
            weights.extend(((tag(name)? as u16) << 10 | tenths).to_le_bytes());
        }
    }
    let mut tagged: BTreeMap<&str, u64> = model.vocab.iter().map(|w| (w.as_str(), 1)).collect();
    for (word, name) in &model.tagdict {
        *tagged.entry(word).or_default() |= (tag(name)? as u64 + 1) << 1;
    }
    sections[Section::Features as usize] = index(offsets)?;
    sections[Section::Weights as usize] = weights;
    sections[Section::Tagged as usize] = index(tagged.iter().map(|(w, &v)| (w.as_bytes(), v)))?;
    sections[Section::Tags as usize] = model.tags.join("\n").into_bytes();
    Ok(())
}

fn splits(exceptions: &BTreeMap<String, Vec<String>>) -> Result<Vec<u8>, CompileError> {
    let mut entries = Vec::new();
    for (text, pieces) in exceptions {
        if pieces.concat() != *text || pieces.len() > 8 || pieces.iter().any(|p| p.len() > 255) {
            return Err(CompileError::Unfit { file: "tokenizer_exceptions", what: text.clone() });
        }
        let lengths = pieces.iter().rev().fold(0, |packed, piece| packed << 8 | piece.len() as u64);
        entries.push((text.as_bytes(), lengths));
    }
    index(entries)
}
