//! Captions: each spoken phrase at its time, and a count-down where ticks lead to a moment. Pure: cues in, text out.
//!
//! LRC is what music players show beside the sound; WebVTT (W3C) and SubRip (SRT) are what video players and browsers read.

use std::fmt::Write;
use std::str::FromStr;

use thiserror::Error;

use crate::cue::Sound;
use crate::time::{Frames, Millis};
use crate::timeline::{Cue, What};

const SECOND: Frames = Millis::from_secs(1).frames();

/// The way captions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaptionFormat {
    Lrc,
    WebVtt,
    Srt,
}

impl CaptionFormat {
    pub const ALL: [Self; 3] = [Self::Lrc, Self::WebVtt, Self::Srt];

    /// The ending of its files, and the name on the command line.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Lrc => "lrc",
            Self::WebVtt => "vtt",
            Self::Srt => "srt",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no format of captions; there are `lrc`, `vtt` and `srt`")]
pub struct UnknownCaptions(String);

impl FromStr for CaptionFormat {
    type Err = UnknownCaptions;

    fn from_str(text: &str) -> Result<Self, UnknownCaptions> {
        let named = |format: &Self| format.ending().eq_ignore_ascii_case(text.trim());
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownCaptions(text.to_owned()))
    }
}

/// A line that is shown from `start` to `end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    pub start: Frames,
    pub end: Frames,
    pub text: String,
}

/// All captions of a timeline, in order, none overlapping another. Grows cue by cue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Captions {
    done: Vec<Caption>,
    /// Where the present count-down has ticked so far; its numbers are known when it is over.
    ticks: Vec<Frames>,
}

impl Captions {
    /// Takes in one cue, in order.
    pub fn add(&mut self, cue: &Cue) {
        match &cue.what {
            What::Pause => {}
            What::Speech(words) => {
                self.count_down(cue.at);
                // A line break in a text would end the caption.
                let text = words.split_whitespace().collect::<Vec<_>>().join(" ");
                self.done.push(Caption { start: cue.at, end: cue.at + cue.frames, text });
            }
            What::Sound { sound: Sound::Tick | Sound::TickHigh, .. } => {
                // One tick in the middle of nothing is no count-down, nor part of the one before.
                if self.ticks.last().is_some_and(|last| cue.at - *last > SECOND) {
                    self.count_down(cue.at);
                }
                // The tick of a movement without words stands alone.
                if cue.place.phase != "move" {
                    self.ticks.push(cue.at);
                }
            }
            What::Sound { sound: Sound::HoldStart, .. } => {
                self.count_down(cue.at);
                // A timed exercise is not counted through.
                if cue.place.phase == "hold" {
                    self.ticks.push(cue.at);
                }
            }
            What::Sound { .. } => self.count_down(cue.at),
        }
    }

    /// The ticks since the last count-down led to the frame `to`, or to a second after the last of them, whichever comes first.
    fn count_down(&mut self, to: Frames) {
        let Some(last) = self.ticks.last() else { return };
        let to = to.min(*last + SECOND);
        let ends = self.ticks.iter().skip(1).copied().chain([to]);
        for (start, end) in self.ticks.iter().zip(ends) {
            let left = (to - *start).get().div_ceil(SECOND.get());
            self.done.push(Caption { start: *start, end, text: left.to_string() });
        }
        self.ticks.clear();
    }

    /// Every caption so far, in order of time.
    pub fn all(mut self) -> Vec<Caption> {
        self.count_down(Frames::new(u64::MAX));
        self.done
    }
}

/// The text of a captions file. `title` is shown by players of LRC.
pub(super) fn text(captions: &[Caption], format: CaptionFormat, title: &str) -> String {
    match format {
        CaptionFormat::Lrc => lrc(captions, title),
        CaptionFormat::WebVtt => web_vtt(captions),
        CaptionFormat::Srt => srt(captions),
    }
}

/// `[mm:ss.xx]words`: a line is shown until the next one, so an empty one ends it where it is quiet for long.
pub(super) fn lrc(captions: &[Caption], title: &str) -> String {
    // A bracket at the start of a line would be read as a time or a tag.
    let plain = |text: &str| text.replace('[', "(").replace(']', ")");
    let mut text = format!("[ti:{}]\n[by:Floorcoach]\n", plain(title));
    for (nth, caption) in captions.iter().enumerate() {
        let _ = writeln!(text, "[{}]{}", lrc_time(caption.start), plain(&caption.text));
        if captions.get(nth + 1).is_none_or(|next| next.start > caption.end + SECOND) {
            let _ = writeln!(text, "[{}]", lrc_time(caption.end));
        }
    }
    text
}

/// `12:34.56`; more than 99 minutes have more digits.
fn lrc_time(at: Frames) -> String {
    let hundredths = (at.millis().get() + 5) / 10;
    format!("{:02}:{:02}.{:02}", hundredths / 6_000, hundredths / 100 % 60, hundredths % 100)
}

fn web_vtt(captions: &[Caption]) -> String {
    let mut text = "WEBVTT\n".to_owned();
    for caption in captions {
        // The characters that begin tags and entities; with `>` escaped, `-->` cannot be in a text either.
        let escaped = caption.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(text, "\n{} --> {}\n{escaped}\n", time(caption.start, '.'), time(caption.end, '.'));
    }
    text
}

fn srt(captions: &[Caption]) -> String {
    let mut text = String::new();
    for (nth, caption) in captions.iter().enumerate() {
        // Players take `<i>` and `{\an8}` for styling, and there is no way to escape them: look-alikes are shown instead.
        let plain = caption.text.replace('<', "‹").replace('>', "›").replace('{', "(").replace('}', ")");
        let (start, end) = (time(caption.start, ','), time(caption.end, ','));
        let _ = write!(text, "{}\n{start} --> {end}\n{plain}\n\n", nth + 1);
    }
    text
}

/// `01:02:03.456`, with the mark that the format has before its milliseconds.
fn time(at: Frames, mark: char) -> String {
    let millis = at.millis().get();
    let (hours, minutes, seconds) = (millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{mark}{:03}", millis % 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Place;

    /// Captions of cues given as milliseconds, phase and what is heard.
    fn captions(cues: &[(u64, u64, &'static str, What)]) -> Captions {
        let mut captions = Captions::default();
        for (at, lasts, phase, what) in cues {
            let place = Place { exercise: None, set: None, rep: None, side: None, phase };
            let (at, frames) = (Millis::new(*at).frames(), Millis::new(*lasts).frames());
            captions.add(&Cue { at, frames, what: what.clone(), place });
        }
        captions
    }

    fn say(words: &str) -> What {
        What::Speech(words.to_owned())
    }

    fn sound(sound: Sound) -> What {
        What::Sound { sound, stretched: false }
    }

    fn example() -> Captions {
        captions(&[
            (0, 500, "opening", What::Pause),
            (500, 1_234, "opening", say("A & B <fast>\n--> [really] {\\an8}")),
            (1_734, 266, "opening", What::Pause),
            (2_000, 70, "get-ready", sound(Sound::Tick)),
            (3_000, 70, "get-ready", sound(Sound::Tick)),
            (4_000, 70, "get-ready", sound(Sound::TickHigh)),
            (5_000, 400, "count", say("One.")),
            (5_500, 480, "hold", sound(Sound::HoldStart)),
            (6_500, 70, "hold", sound(Sound::TickHigh)),
            (7_500, 70, "hold", sound(Sound::TickHigh)),
            (8_000, 480, "hold", sound(Sound::HoldEnd)),
            (8_480, 70, "move", sound(Sound::Tick)),
            (3_723_004, 2_000, "closing", say("Well done.")),
        ])
    }

    #[test]
    fn lrc_is_as_players_read_it() {
        insta::assert_snapshot!(text(&example().all(), CaptionFormat::Lrc, "Back [short]"), @r#"
        [ti:Back (short)]
        [by:Floorcoach]
        [00:00.50]A & B <fast> --> (really) {\an8}
        [00:02.00]3
        [00:03.00]2
        [00:04.00]1
        [00:05.00]One.
        [00:05.50]3
        [00:06.50]2
        [00:07.50]1
        [00:08.00]
        [62:03.00]Well done.
        [62:05.00]
        "#);
    }

    #[test]
    fn web_vtt_is_as_players_read_it() {
        insta::assert_snapshot!(text(&example().all(), CaptionFormat::WebVtt, ""), @r#"
        WEBVTT

        00:00:00.500 --> 00:00:01.734
        A &amp; B &lt;fast&gt; --&gt; [really] {\an8}

        00:00:02.000 --> 00:00:03.000
        3

        00:00:03.000 --> 00:00:04.000
        2

        00:00:04.000 --> 00:00:05.000
        1

        00:00:05.000 --> 00:00:05.400
        One.

        00:00:05.500 --> 00:00:06.500
        3

        00:00:06.500 --> 00:00:07.500
        2

        00:00:07.500 --> 00:00:08.000
        1

        01:02:03.004 --> 01:02:05.004
        Well done.
        "#);
    }

    #[test]
    fn srt_is_as_players_read_it() {
        insta::assert_snapshot!(text(&example().all(), CaptionFormat::Srt, ""), @r#"
        1
        00:00:00,500 --> 00:00:01,734
        A & B ‹fast› --› [really] (\an8)

        2
        00:00:02,000 --> 00:00:03,000
        3

        3
        00:00:03,000 --> 00:00:04,000
        2

        4
        00:00:04,000 --> 00:00:05,000
        1

        5
        00:00:05,000 --> 00:00:05,400
        One.

        6
        00:00:05,500 --> 00:00:06,500
        3

        7
        00:00:06,500 --> 00:00:07,500
        2

        8
        00:00:07,500 --> 00:00:08,000
        1

        9
        01:02:03,004 --> 01:02:05,004
        Well done.
        "#);
    }

    #[test]
    fn a_countdown_tells_the_seconds_left_and_nothing_overlaps() {
        let all = example().all();
        let texts: Vec<&str> = all.iter().map(|caption| caption.text.as_str()).collect();
        assert_eq!(texts[1..8], ["3", "2", "1", "One.", "3", "2", "1"]);
        assert!(all.windows(2).all(|pair| pair[0].end <= pair[1].start));
        assert!(all.iter().all(|caption| caption.start < caption.end));
    }

    #[test]
    fn names_are_read_and_others_are_told_what_there_is() {
        assert_eq!("VTT".parse(), Ok(CaptionFormat::WebVtt));
        let message = "ass".parse::<CaptionFormat>().unwrap_err().to_string();
        assert_eq!(message, "`ass` is no format of captions; there are `lrc`, `vtt` and `srt`");
    }
}
