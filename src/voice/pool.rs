//! Worker threads that make each phrase once, the most urgent first, and keep the latest clips at hand.

mod state;
mod worker;

use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender};

use crate::clip::Clip;
use crate::time::Frames;

use super::cache::Cache;
use super::{Engine, VoiceError};
use state::{Phrase, State, Status, is_empty};

/// How many bytes of clips are kept in memory: three minutes of speech.
pub const DEFAULT_MEMORY: usize = 32 << 20;

/// Speaks phrases on threads of its own. Shared by reference between threads; dropping it stops and joins the
/// workers.
pub struct Pool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
    notices: Receiver<String>,
    progress: Receiver<()>,
}

struct Shared {
    state: Mutex<State>,
    /// Something was queued, or it is time to stop.
    work: Condvar,
    /// A phrase is done.
    done: Condvar,
    engines: Vec<Seat>,
    cache: Option<Cache>,
    notices: Sender<String>,
    progress: Sender<()>,
}

/// An engine with its fingerprint, which may cost reading a file and is therefore taken by a worker.
struct Seat {
    engine: Arc<dyn Engine>,
    fingerprint: OnceLock<String>,
}

impl Pool {
    /// A pool that speaks with the first of `engines` and falls back on the others in turn, with `workers`
    /// threads (at least one). Nothing is opened or read before a phrase is asked for.
    pub fn new(engines: Vec<Arc<dyn Engine>>, cache: Option<Cache>, workers: usize) -> Self {
        Self::with_memory(engines, cache, workers, DEFAULT_MEMORY)
    }

    /// The same, keeping about `memory` bytes of clips at hand (the latest one always).
    pub fn with_memory(
        engines: Vec<Arc<dyn Engine>>,
        cache: Option<Cache>,
        workers: usize,
        memory: usize,
    ) -> Self {
        let (notice_sender, notices) = crossbeam_channel::unbounded();
        let (progress_sender, progress) = crossbeam_channel::bounded(1);
        let seat = |engine| Seat { engine, fingerprint: OnceLock::new() };
        let shared = Arc::new(Shared {
            state: Mutex::new(State::new(memory)),
            work: Condvar::new(),
            done: Condvar::new(),
            engines: engines.into_iter().map(seat).collect(),
            cache,
            notices: notice_sender,
            progress: progress_sender,
        });
        let mut threads = Vec::new();
        for number in 0..workers.max(1) {
            let shared_too = Arc::clone(&shared);
            let started =
                thread::Builder::new().name(format!("voice {number}")).spawn(move || shared_too.work());
            match started {
                Ok(thread) => threads.push(thread),
                // Fewer are slower, none is an error.
                Err(error) if threads.is_empty() => {
                    shared.state().broken = Some(VoiceError::NoWorkers(error.to_string()));
                }
                Err(_) => break,
            }
        }
        if !threads.is_empty() {
            shared.state().broken = None;
        }
        Self { shared, workers: threads, notices, progress }
    }

    /// Queues the phrase behind all others, unless it is queued or was made before. Never blocks.
    ///
    /// A clip that was made and dropped since comes back through [`Self::clip`].
    pub fn want(&self, words: &str) {
        if self.shared.state().queue(words) {
            self.shared.work.notify_one();
        }
    }

    /// How long the phrase is, if it was made in this run; also after its clip was dropped. None: not made
    /// yet, and not queued by this question.
    pub fn frames(&self, words: &str) -> Option<Result<Frames, VoiceError>> {
        if is_empty(words) {
            return Some(Ok(Frames::ZERO));
        }
        let state = self.shared.state();
        if let Some(error) = &state.broken {
            return Some(Err(error.clone()));
        }
        let phrase = state.phrases.get(words)?;
        match (&phrase.status, phrase.made) {
            (Status::Failed(error), None) => Some(Err(error.clone())),
            (_, made) => made.map(|(frames, _)| Ok(frames)),
        }
    }

    /// The clip, if it is at hand; otherwise it is now the next to be made (or fetched from the cache). Never
    /// blocks.
    pub fn clip(&self, words: &str) -> Option<Result<Clip, VoiceError>> {
        let mut state = self.shared.state();
        let ready = state.ready(words);
        if ready.is_none() && state.hurry(words) {
            drop(state);
            self.shared.work.notify_one();
        }
        ready
    }

    /// The clip, as the next to be made. Blocks until it is there or has failed.
    pub fn wait(&self, words: &str) -> Result<Clip, VoiceError> {
        let mut state = self.shared.state();
        if let Some(ready) = state.ready(words) {
            return ready;
        }
        if state.hurry(words) {
            self.shared.work.notify_one();
        }
        state.phrases.entry(words.into()).or_default().waiting += 1;
        loop {
            let outcome = match state.phrases.get(words) {
                Some(Phrase { handed: Some(clip), .. }) => Some(Ok(clip.clone())),
                Some(Phrase { status: Status::Failed(error), .. }) => Some(Err(error.clone())),
                Some(_) => None,
                None => Some(Err(VoiceError::Stopped)),
            };
            let outcome = outcome.or(state.broken.clone().map(Err));
            if let Some(outcome) = outcome {
                if let Some(phrase) = state.phrases.get_mut(words) {
                    phrase.waiting -= 1;
                    if phrase.waiting == 0 {
                        phrase.handed = None;
                    }
                }
                return outcome;
            }
            state = self.shared.done.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A way to end all waiting from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(Arc::clone(&self.shared))
    }

    /// What the user should be told: a voice failed and another one goes on, the cache cannot be written.
    pub fn notices(&self) -> Receiver<String> {
        self.notices.clone()
    }

    /// Gets a message when phrases were finished or failed since the last one was taken: for sleeping until
    /// it is worth looking again. Several make one. For one listener.
    pub fn progress(&self) -> Receiver<()> {
        self.progress.clone()
    }
}

/// Ends the work of a [`Pool`] while somebody waits for it.
pub struct Stopper(Arc<Shared>);

impl Stopper {
    /// From now on there are no more clips: everybody who waits or asks is told [`VoiceError::Stopped`].
    pub fn stop(&self) {
        self.0.stop();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.shared.stop();
        for worker in self.workers.drain(..) {
            // A worker that crashed has nothing left to stop.
            let _ = worker.join();
        }
    }
}

#[cfg(test)]
mod tests;
