//! What a pool knows of its phrases: which are made, which come next, and the latest clips.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use lru::LruCache;

use crate::clip::Clip;
use crate::time::Frames;

use crate::voice::VoiceError;

pub struct State {
    pub phrases: HashMap<Arc<str>, Phrase>,
    /// Asked for now; the last one is the next.
    urgent: Vec<Arc<str>>,
    /// Wanted some time; may hold phrases that were made or became urgent since.
    later: VecDeque<Arc<str>>,
    memory: LruCache<Arc<str>, Clip>,
    bytes: usize,
    limit: usize,
    /// Place of the engine that speaks now. Only ever grows.
    pub engine: usize,
    pub stopping: bool,
    /// Set when not a single worker could be started, and when it was stopped.
    pub broken: Option<VoiceError>,
}

#[derive(Default)]
pub struct Phrase {
    pub status: Status,
    /// Known from the first making on: length, and the engine that made it.
    pub made: Option<(Frames, usize)>,
    /// How many are blocked for it, and its clip for them, which must not be dropped before they have it.
    pub waiting: usize,
    pub handed: Option<Clip>,
}

#[derive(Default, PartialEq)]
pub enum Status {
    #[default]
    Idle,
    Later,
    Urgent,
    Making,
    Failed(VoiceError),
}

impl Phrase {
    /// Nothing needs to be done for it: it was made, has failed, or is on its way.
    pub fn is_known(&self) -> bool {
        self.made.is_some() || self.status != Status::Idle
    }
}

impl State {
    /// Nothing asked for yet; `limit` bytes of clips are kept, the latest one always.
    pub fn new(limit: usize) -> Self {
        Self {
            phrases: HashMap::new(),
            urgent: Vec::new(),
            later: VecDeque::new(),
            memory: LruCache::unbounded(),
            bytes: 0,
            limit,
            engine: 0,
            stopping: false,
            broken: None,
        }
    }

    /// Puts the phrase behind all others; false where it is known already.
    pub fn queue(&mut self, words: &str) -> bool {
        if is_empty(words) || self.phrases.get(words).is_some_and(Phrase::is_known) {
            return false;
        }
        let words: Arc<str> = words.into();
        self.phrases.entry(Arc::clone(&words)).or_default().status = Status::Later;
        self.later.push_back(words);
        true
    }

    /// The clip or the failure, if either is at hand.
    pub fn ready(&mut self, words: &str) -> Option<Result<Clip, VoiceError>> {
        if is_empty(words) {
            return Some(Ok(Clip::new([])));
        }
        if let Some(error) = &self.broken {
            return Some(Err(error.clone()));
        }
        if let Some(clip) = self.memory.get(words) {
            return Some(Ok(clip.clone()));
        }
        match self.phrases.get(words) {
            Some(Phrase { handed: Some(clip), .. }) => Some(Ok(clip.clone())),
            Some(Phrase { status: Status::Failed(error), .. }) => Some(Err(error.clone())),
            _ => None,
        }
    }

    /// Puts the phrase in front of all others; false where it is there already or is being made.
    pub fn hurry(&mut self, words: &str) -> bool {
        let key: Arc<str> = words.into();
        let phrase = self.phrases.entry(Arc::clone(&key)).or_default();
        if !matches!(phrase.status, Status::Idle | Status::Later) {
            return false;
        }
        phrase.status = Status::Urgent;
        self.urgent.push(key);
        true
    }

    /// Takes the next phrase out of the queues.
    pub fn next(&mut self) -> Option<Arc<str>> {
        let words = match self.urgent.pop() {
            Some(words) => words,
            None => loop {
                let words = self.later.pop_front()?;
                if self.phrases.get(&words).is_some_and(|phrase| phrase.status == Status::Later) {
                    break words;
                }
            },
        };
        self.phrases.entry(Arc::clone(&words)).or_default().status = Status::Making;
        Some(words)
    }

    /// Notes what became of a phrase.
    pub fn finish(&mut self, words: &Arc<str>, outcome: Result<(Clip, usize), VoiceError>) {
        let phrase = self.phrases.entry(Arc::clone(words)).or_default();
        match outcome {
            Ok((clip, engine)) => {
                phrase.status = Status::Idle;
                phrase.made.get_or_insert((clip.frames(), engine));
                if phrase.waiting > 0 {
                    phrase.handed = Some(clip.clone());
                }
                self.bytes += size(&clip);
                if let Some(old) = self.memory.put(Arc::clone(words), clip) {
                    self.bytes -= size(&old);
                }
                while self.bytes > self.limit && self.memory.len() > 1 {
                    let Some((_, old)) = self.memory.pop_lru() else {
                        break;
                    };
                    self.bytes -= size(&old);
                }
            }
            Err(error) => phrase.status = Status::Failed(error),
        }
    }
}

fn size(clip: &Clip) -> usize {
    size_of_val(clip.samples())
}

/// Nothing in it can be spoken.
pub fn is_empty(words: &str) -> bool {
    !words.chars().any(char::is_alphanumeric)
}
