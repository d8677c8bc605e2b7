//! From events to samples: the same code fills a file's blocks and a device's buffers.
//!
//! Realtime-safe: nothing here allocates, locks, logs or frees. Clips that have been played are handed back
//! to the feed, which may free them elsewhere.

use std::collections::VecDeque;

use crate::clip::Clip;
use crate::plan::Plan;
use crate::time::{Frames, Millis};

/// A clip that ends before its own end is faded over its last frames, so that the cut is no click.
const CUT_FADE: Frames = Millis::new(5).frames();

/// Play `clip` at frame `at`, for `frames` frames at the most.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub at: Frames,
    pub frames: Frames,
    pub clip: Clip,
}

/// Where events come from and spent clips go. Called from the realtime thread when playing: must not block.
pub trait Feed {
    /// The next event; events come in order of time and do not overlap.
    fn next(&mut self) -> Option<Event>;
    /// A clip that is not needed any more.
    fn spent(&mut self, clip: Clip);
}

/// A feed from a queue, for where nothing is realtime.
#[derive(Debug, Default)]
pub struct Queue(pub VecDeque<Event>);

impl Feed for Queue {
    fn next(&mut self) -> Option<Event> {
        self.0.pop_front()
    }

    fn spent(&mut self, _: Clip) {}
}

/// What is under everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Background {
    #[default]
    Silence,
    /// A tone of 40 Hz at −70 dBFS. Nobody hears it: at a usual volume it is 50 dB below what an ear can hear so low. A
    /// tone rather than noise, because every encoder of whole files writes it in next to no space.
    KeepAwake,
}

impl Background {
    /// What a plan asks for.
    pub fn of(plan: &Plan) -> Self {
        if plan.keep_awake() { Self::KeepAwake } else { Self::Silence }
    }
}

/// 40 Hz at the mix rate.
const PERIOD: u64 = 1_200;
/// −70 dBFS.
const LEVEL: f32 = 0.000_316;

/// The tone at a frame: two parabolas for a sine, which are the same on every machine and near enough for what is not heard.
fn tone(frame: u64) -> f32 {
    let half = PERIOD / 2;
    let x = (frame % half) as f32 / half as f32;
    let arch = 4.0 * LEVEL * x * (1.0 - x);
    if frame % PERIOD < half { arch } else { -arch }
}

/// Turns events into samples on one clock.
#[derive(Debug, Default)]
pub struct Mix {
    background: Background,
    clock: Frames,
    current: Option<Sounding>,
}

/// An event that waits for its frame or is being played.
#[derive(Debug)]
struct Sounding {
    clip: Clip,
    at: Frames,
    /// First frame that is not played any more.
    end: Frames,
    /// The last so many frames before `end` are faded.
    fade: Frames,
}

impl Sounding {
    fn new(event: Event) -> Self {
        let whole = event.clip.frames();
        let frames = event.frames.min(whole);
        let fade = if frames < whole { CUT_FADE.min(frames) } else { Frames::ZERO };
        Self { at: event.at, end: event.at + frames, fade, clip: event.clip }
    }

    fn sample(&self, frame: u64) -> f32 {
        let sample = self.clip.samples().get((frame - self.at.get()) as usize).copied().unwrap_or(0.0);
        let left = self.end.get() - frame;
        if left <= self.fade.get() { sample * (left as f32 / self.fade.get() as f32) } else { sample }
    }
}

impl Mix {
    /// A mix at frame 0 with something under it.
    pub fn over(background: Background) -> Self {
        Self { background, ..Self::default() }
    }

    /// The same, but its next sample is that of another frame.
    pub fn starting_at(self, clock: Frames) -> Self {
        Self { clock, ..self }
    }

    /// The frame that the next sample belongs to.
    pub fn clock(&self) -> Frames {
        self.clock
    }

    /// Whether a clip is being heard or waits for its frame.
    pub fn is_idle(&self) -> bool {
        self.current.is_none()
    }

    /// Fills `out` with the next samples. An event that comes too late is joined where it should be by now.
    pub fn fill(&mut self, out: &mut [f32], feed: &mut impl Feed) {
        out.fill(0.0);
        let start = self.clock.get();
        let end = start + out.len() as u64;
        let mut frame = start;
        while frame < end {
            let Some(sounding) = self.current.take().or_else(|| feed.next().map(Sounding::new)) else {
                break;
            };
            let from = frame.max(sounding.at.get());
            let until = sounding.end.get().min(end);
            for frame in from..until {
                out[(frame - start) as usize] = sounding.sample(frame);
            }
            frame = from.max(until).min(end);
            if sounding.end.get() <= end {
                feed.spent(sounding.clip);
            } else {
                self.current = Some(sounding);
            }
        }
        if self.background == Background::KeepAwake {
            out.iter_mut().zip(start..).for_each(|(sample, frame)| *sample += tone(frame));
        }
        self.clock = Frames::new(end);
    }

    /// Ends what is being heard within `fade`, and drops what waits.
    pub fn cut(&mut self, fade: Frames, feed: &mut impl Feed) {
        let Some(mut sounding) = self.current.take() else {
            return;
        };
        if sounding.at >= self.clock || sounding.end <= self.clock {
            feed.spent(sounding.clip);
            return;
        }
        let end = (self.clock + fade).min(sounding.end);
        if end < sounding.end || sounding.fade < end - self.clock {
            sounding.fade = end - self.clock;
        }
        sounding.end = end;
        self.current = Some(sounding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: u64, frames: u64, samples: &[f32]) -> Event {
        Event { at: Frames::new(at), frames: Frames::new(frames), clip: Clip::new(samples) }
    }

    fn filled(mix: &mut Mix, queue: &mut Queue, len: usize) -> Vec<f32> {
        let mut out = vec![9.0; len];
        mix.fill(&mut out, queue);
        out
    }

    #[test]
    fn clips_sound_at_their_frames_across_blocks() {
        let events = || Queue([event(2, 3, &[0.1, 0.2, 0.3]), event(5, 2, &[0.4, 0.5])].into());
        let whole = filled(&mut Mix::default(), &mut events(), 9);
        assert_eq!(whole, [0.0, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.0, 0.0]);
        for block in 1..9 {
            let (mut mix, mut queue, mut parts) = (Mix::default(), events(), Vec::new());
            while parts.len() < 9 {
                let len = block.min(9 - parts.len());
                parts.extend(filled(&mut mix, &mut queue, len));
            }
            assert_eq!(parts, whole, "in blocks of {block}");
        }
    }

    #[test]
    fn a_speaker_is_kept_awake_by_a_tone_that_is_not_heard() {
        let events = || Queue([event(2, 3, &[0.1, 0.2, 0.3])].into());
        let mut silent = vec![0.0; 9_600];
        Mix::default().fill(&mut silent, &mut events());
        let (mut mix, mut queue, mut awake) = (Mix::over(Background::KeepAwake), events(), vec![0.0; 9_600]);
        awake.chunks_mut(1_000).for_each(|block| mix.fill(block, &mut queue));
        let tone: Vec<f32> = awake.iter().zip(&silent).map(|(with, without)| with - without).collect();
        assert!(tone.iter().all(|sample| sample.abs() < 0.000_317));
        // Never silent for longer than a few samples, without a constant part, and the same in every period.
        assert!(tone.windows(200).all(|part| part.iter().any(|sample| sample.abs() > 0.000_1)));
        assert!(tone.iter().sum::<f32>().abs() < 0.001);
        assert_eq!(tone[1_200..2_400], tone[6_000..7_200]);
    }

    #[test]
    fn a_shortened_clip_is_faded() {
        let mut queue = Queue([event(0, 1_000, &vec![1.0; 2_000])].into());
        let out = filled(&mut Mix::default(), &mut queue, 1_200);
        assert_eq!(out[..760], [1.0; 760]);
        assert!(out[760..1_000].windows(2).all(|pair| pair[1] < pair[0]));
        assert_eq!(out[1_000..], [0.0; 200]);
    }

    #[test]
    fn a_late_event_is_joined_in_its_middle() {
        let mut mix = Mix::default();
        filled(&mut mix, &mut Queue::default(), 2);
        let out = filled(&mut mix, &mut Queue([event(1, 3, &[0.1, 0.2, 0.3])].into()), 3);
        assert_eq!(out, [0.2, 0.3, 0.0]);
        let out = filled(&mut mix, &mut Queue([event(0, 2, &[0.1, 0.2]), event(6, 1, &[0.7])].into()), 3);
        assert_eq!(out, [0.0, 0.7, 0.0]);
    }

    #[test]
    fn a_cut_fades_what_sounds_and_drops_what_waits() {
        let mut mix = Mix::default();
        let mut queue = Queue([event(0, 100, &[1.0; 100])].into());
        filled(&mut mix, &mut queue, 10);
        mix.cut(Frames::new(10), &mut queue);
        let out = filled(&mut mix, &mut queue, 20);
        assert_eq!(out[0], 1.0);
        assert!(out[..10].windows(2).all(|pair| pair[1] < pair[0]));
        assert_eq!(out[10..], [0.0; 10]);
        assert!(mix.is_idle());

        let mut queue = Queue([event(100, 5, &[1.0; 5])].into());
        filled(&mut mix, &mut queue, 10);
        mix.cut(Frames::new(10), &mut queue);
        assert!(mix.is_idle());
    }
}
