//! A voice of tones, one for each word: exact, instant, and as long as a person would take. For tests.

use std::f32::consts::TAU;

use crate::clip::Clip;
use crate::time::{Frames, MIX_RATE, Millis};

use super::{Engine, Speed, Voice, VoiceError};

/// A word's length is a fixed part and a part for every letter. Together with the gap they come to 0.36 s for
/// the average word of an exercise instruction, which is a calm 165 words a minute.
const WORD: Millis = Millis::new(60);
const LETTER: Millis = Millis::new(62);
const GAP: Millis = Millis::new(40);
/// A digit is spoken as a word of about four letters.
const LETTERS_OF_A_DIGIT: u64 = 4;
const RAMP: Millis = Millis::new(5);
/// −20 dBFS.
const LEVEL: f32 = 0.1;

/// Engine and voice in one: it has nothing to load.
#[derive(Debug, Clone, Copy)]
pub struct Fake {
    speed: Speed,
}

impl Fake {
    pub fn new(speed: Speed) -> Self {
        Self { speed }
    }
}

impl Engine for Fake {
    fn name(&self) -> &str {
        "fake"
    }

    fn fingerprint(&self) -> String {
        format!("fake 1 speed {}", self.speed)
    }

    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        Ok(Box::new(*self))
    }
}

impl Voice for Fake {
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError> {
        let mut samples = Vec::with_capacity(index(estimate(words, self.speed)));
        for word in spoken(words) {
            if !samples.is_empty() {
                samples.resize(samples.len() + index(scaled(GAP, self.speed)), 0.0);
            }
            tone(&mut samples, pitch(word), index(length(word, self.speed)));
        }
        Ok(Clip::new(samples))
    }
}

/// How long the fake's clip of these words is, exactly, without making it. For places where only lengths
/// matter.
pub fn estimate(words: &str, speed: Speed) -> Frames {
    let (count, tones) = spoken(words)
        .fold((0_u64, Frames::ZERO), |(count, sum), word| (count + 1, sum + length(word, speed)));
    Frames::new(scaled(GAP, speed).get() * count.saturating_sub(1)) + tones
}

/// A dash between spaces is no word.
fn spoken(words: &str) -> impl Iterator<Item = &str> {
    words.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}

fn length(word: &str, speed: Speed) -> Frames {
    let letters: u64 = word
        .chars()
        .map(|letter| match letter {
            _ if letter.is_numeric() => LETTERS_OF_A_DIGIT,
            _ => u64::from(letter.is_alphabetic()),
        })
        .sum();
    scaled(Millis::new(WORD.get() + LETTER.get() * letters), speed)
}

fn scaled(length: Millis, speed: Speed) -> Frames {
    Frames::new(length.frames().get() * 100 / u64::from(speed.percent()))
}

/// 220 to 730 Hz, by FNV-1a of the word: the standard library's hash may change between versions.
fn pitch(word: &str) -> f32 {
    let hash =
        word.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    220.0 + (hash % 52) as f32 * 10.0
}

/// Appends a sine with linear ramps at both ends.
fn tone(samples: &mut Vec<f32>, pitch: f32, length: usize) {
    let ramp = index(RAMP.frames()) as f32;
    let step = f64::from(pitch) / f64::from(MIX_RATE);
    samples.extend((0..length).map(|at| {
        // The phase is folded before it becomes an f32, or long words would go out of tune.
        let phase = (at as f64 * step).fract() as f32;
        let edge = (at + 1).min(length - at) as f32;
        LEVEL * (edge / ramp).min(1.0) * (TAU * phase).sin()
    }));
}

fn index(frames: Frames) -> usize {
    usize::try_from(frames.get()).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speak(words: &str, speed: Speed) -> Clip {
        Fake::new(speed).speak(words).expect("the fake never fails")
    }

    #[test]
    fn the_estimate_is_exactly_the_length() {
        for words in ["", "three", "Left side.", "Hold for 5 seconds — and breathe, naïvely.", " - "] {
            for speed in [Speed::SLOWEST, Speed(133), Speed::NORMAL, Speed::FASTEST] {
                assert_eq!(speak(words, speed).frames(), estimate(words, speed), "{words} at {speed}");
            }
        }
        assert_eq!(estimate("", Speed::NORMAL), Frames::ZERO);
        assert_eq!(estimate("three", Speed::NORMAL), Millis::new(60 + 5 * 62).frames());
    }

    #[test]
    fn a_sentence_takes_as_long_as_a_calm_person_would() {
        let words = "Lie on your back with your knees bent and your feet flat on the floor, hip width apart. \
                     Sit or stand tall, and let your arms hang loosely at your sides. Squeeze your shoulder blades \
                     together, hold for a count of five, then let go slowly.";
        let per_word =
            estimate(words, Speed::NORMAL).millis().get() / words.split_whitespace().count() as u64;
        assert!((330..=390).contains(&per_word), "{per_word} ms a word");
        let fast = estimate(words, Speed::FASTEST).get() * 2;
        assert!(estimate(words, Speed::NORMAL).get().abs_diff(fast) < 200);
    }

    #[test]
    fn the_same_words_are_the_same_samples_and_others_are_not() {
        assert_eq!(speak("left side", Speed::NORMAL), speak("left side", Speed::NORMAL));
        assert_ne!(speak("left", Speed::NORMAL), speak("hold", Speed::NORMAL));
        let peak = speak("left side", Speed::NORMAL).peak();
        assert!((0.09..=0.1).contains(&peak), "{peak}");
    }
}
