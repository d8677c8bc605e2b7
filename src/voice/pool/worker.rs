//! What a worker does: takes the next phrase, has it from the cache or the voice, and falls back where a
//! voice fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, MutexGuard, PoisonError};

use crate::clip::Clip;
use crate::time::{Frames, Millis};
use crate::voice::cache::quantised;
use crate::voice::{Voice, VoiceError};

use super::state::State;
use super::{Seat, Shared};

/// How a clip that had to be shortened fades out.
const FADE: Millis = Millis::new(5);

/// A voice that is open, and the place of its engine.
type Open = Option<(usize, Box<dyn Voice>)>;

/// A clip, and the place of the engine that spoke it.
type Made = Result<(Clip, usize), VoiceError>;

impl Shared {
    /// Every change of the state is whole before its lock is released, so that of a panicked thread is as
    /// good as any.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn stop(&self) {
        let mut state = self.state();
        state.stopping = true;
        state.broken = Some(VoiceError::Stopped);
        drop(state);
        self.work.notify_all();
        self.done.notify_all();
        for seat in &self.engines {
            seat.engine.cancel();
        }
    }

    /// What a worker does all its life.
    pub fn work(&self) {
        let mut open = None;
        while let Some(words) = self.next() {
            // Whatever happens in an engine, those who wait are told, and this thread goes on. Unwind safe:
            // the voice it may have left in two minds is dropped.
            let made = catch_unwind(AssertUnwindSafe(|| self.make(&words, &mut open)));
            let (outcome, keep) = made.unwrap_or_else(|_| {
                open = None;
                (Err(self.crashed()), false)
            });
            self.state().finish(&words, outcome.clone());
            self.done.notify_all();
            // Full: a message that says the same is still there.
            let _ = self.progress.try_send(());
            // Kept after it was handed out: nobody waits for the disk.
            if let (true, Ok((clip, engine)), Some(cache)) = (keep, outcome, &self.cache)
                && let Err(problem) = cache.put(self.fingerprint(engine), &words, &clip)
            {
                let _ = self.notices.send(problem.to_string());
            }
        }
    }

    /// Waits for a phrase to make; none when it is time to stop.
    fn next(&self) -> Option<Arc<str>> {
        let mut state = self.state();
        loop {
            if state.stopping {
                return None;
            }
            if let Some(words) = state.next() {
                return Some(words);
            }
            match &self.cache {
                // There is time for it now. It marks itself as done first, so that one worker does it.
                Some(cache) if cache.is_prune_due() => {
                    drop(state);
                    cache.prune();
                    state = self.state();
                }
                _ => state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// The clip, by which engine, and whether it is to be kept in the cache.
    fn make(&self, words: &str, open: &mut Open) -> (Made, bool) {
        let (current, before) = {
            let state = self.state();
            (state.engine, state.phrases.get(words).and_then(|phrase| phrase.made))
        };
        // What was placed once has to come back the same, so whoever spoke it speaks it again.
        let mut number = before.map_or(current, |(_, engine)| engine);
        let fit = |clip: Clip| match before {
            Some((frames, _)) if frames != clip.frames() => (fitted(&clip, frames), false),
            _ => (clip, true),
        };
        loop {
            let Some(seat) = self.engines.get(number) else {
                let why = "no engine was given".to_owned();
                let mend = "choose one with `--voice`".to_owned();
                return (Err(VoiceError::NoVoice { why, mend }), false);
            };
            // Before opening: a model takes longer to load than a clip.
            let kept = self.cache.as_ref().and_then(|cache| cache.get(self.fingerprint(number), words));
            if let Some(clip) = kept {
                return (Ok((fit(clip).0, number)), false);
            }
            let attempt = |open: &mut Open| attempt(seat, number, words, open);
            // Once more with a new voice: a program may have been killed, a device have come back.
            let error = match attempt(open).or_else(|_| attempt(open)) {
                Ok(clip) => {
                    // One that was cut to fit is for this run only.
                    let (clip, is_whole) = fit(quantised(&clip));
                    return (Ok((clip, number)), is_whole);
                }
                Err(error) => error,
            };
            match self.fall_back(number, &error) {
                Some(next) => number = next,
                None => return (Err(error), false),
            }
        }
    }

    /// The engine to go on with after `failed`, if any; announced once.
    fn fall_back(&self, failed: usize, error: &VoiceError) -> Option<usize> {
        let mut state = self.state();
        // The last one stays: the next phrase may please it better. After stopping, failing is what is
        // expected.
        let next = state.engine.max(failed + 1);
        if state.stopping {
            return None;
        }
        let (before, after) = (self.engines.get(failed)?, self.engines.get(next)?);
        if state.engine < next {
            state.engine = next;
            let _ = self.notices.send(format!(
                "the voice `{}` failed: {error}; going on with `{}`",
                before.engine.name(),
                after.engine.name()
            ));
        }
        Some(next)
    }

    fn crashed(&self) -> VoiceError {
        let voice = self.engines.get(self.state().engine).map_or("", |seat| seat.engine.name()).to_owned();
        VoiceError::Crashed { voice }
    }

    fn fingerprint(&self, engine: usize) -> &str {
        self.engines.get(engine).map_or("", |seat| seat.fingerprint.get_or_init(|| seat.engine.fingerprint()))
    }
}

/// Speaks once, with the voice that is open if it is the right one. A voice that failed is closed.
fn attempt(seat: &Seat, number: usize, words: &str, open: &mut Open) -> Result<Clip, VoiceError> {
    let taken = open.take().filter(|(opened, _)| *opened == number);
    // Unwind safe: the voice is not used again, nor anything else that was borrowed.
    let spoken = catch_unwind(AssertUnwindSafe(|| {
        let mut voice = match taken {
            Some((_, voice)) => voice,
            None => seat.engine.open()?,
        };
        let clip = voice.speak(words)?;
        Ok((clip, voice))
    }));
    match spoken {
        Ok(Ok((clip, voice))) => {
            *open = Some((number, voice));
            Ok(clip)
        }
        Ok(Err(error)) => Err(error),
        Err(_) => Err(VoiceError::Crashed { voice: seat.engine.name().to_owned() }),
    }
}

/// The clip at exactly the length that it had before: what comes after it has its place already. Only needed
/// for programs that speak differently every time, and where another engine has to stand in.
fn fitted(clip: &Clip, frames: Frames) -> Clip {
    let length = usize::try_from(frames.get()).unwrap_or(usize::MAX);
    let mut samples = clip.samples().to_vec();
    if samples.len() > length {
        samples.truncate(length);
        let fade = usize::try_from(FADE.frames().get()).unwrap_or(0).min(length);
        for (left, sample) in samples.iter_mut().rev().take(fade).enumerate() {
            *sample *= left as f32 / fade as f32;
        }
    }
    samples.resize(length, 0.0);
    quantised(&Clip::new(samples))
}
