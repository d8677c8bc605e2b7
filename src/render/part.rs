//! What a file tells of its part of the timeline: the whole, or one chapter of it.

use super::{Captions, Chapter, Track};
use crate::plan::Plan;
use crate::time::Frames;
use crate::timeline::{Cue, Step, Survey};

/// Grows with the steps of a walk.
pub(super) struct Parts<'a> {
    about: &'a Track,
    /// Each chapter is a part of its own.
    split: bool,
    survey: Survey,
    captions: Captions,
    /// Where the present part begins, and its number from 1 on.
    start: Frames,
    number: u32,
}

impl<'a> Parts<'a> {
    pub fn new(about: &'a Track, split: bool) -> Self {
        Self {
            about,
            split,
            survey: Survey::default(),
            captions: Captions::default(),
            start: Frames::ZERO,
            number: 1,
        }
    }

    /// Takes in one step, in order, before its samples. The part before it, if that ends here.
    pub fn add(&mut self, plan: &Plan, step: &Step, cues: &[Cue]) -> Option<Track> {
        let before = self.survey.chapters.len();
        self.survey.add(plan, step);
        let begins = self.split && before > 0 && self.survey.chapters.len() > before;
        let ended = begins.then(|| self.track(before - 1, step.start));
        if begins {
            self.captions = Captions::default();
            self.start = step.start;
            self.number += 1;
        }
        for cue in cues {
            self.captions.add(&Cue { at: cue.at - self.start, ..cue.clone() });
        }
        ended
    }

    /// The last part, which ends where the timeline does.
    pub fn last(mut self) -> Track {
        let end = self.survey.frames;
        self.track(self.survey.chapters.len().saturating_sub(1), end)
    }

    /// What there is to tell of the present part, whose last chapter is the one at `chapter`.
    fn track(&mut self, chapter: usize, end: Frames) -> Track {
        let mut track = self.about.clone();
        track.frames = end - self.start;
        track.captions = std::mem::take(&mut self.captions).all();
        #[cfg(feature = "cover")]
        if track.cover.is_none() {
            track.cover = self.cover(chapter, track.frames);
        }
        match self.survey.chapters.get(chapter) {
            Some(only) if self.split => {
                track.title.clone_from(&only.title);
                track.number = Some((self.number, self.about.number.map_or(0, |(_, of)| of)));
            }
            _ => {
                let chapters = self.survey.chapters.iter();
                let chapter = |of: &crate::timeline::Chapter| Chapter {
                    title: of.title.clone(),
                    start: of.start,
                    end: of.end,
                };
                track.chapters = chapters.map(chapter).collect();
            }
        }
        track
    }

    /// Of a chapter alone, or of the whole with all its exercises.
    #[cfg(feature = "cover")]
    fn cover(&self, chapter: usize, frames: Frames) -> Option<Vec<u8>> {
        let chapters = self.survey.chapters.iter();
        if self.split {
            let title = &self.survey.chapters.get(chapter)?.title;
            return super::cover::draw(title, &[self.about.album.as_str()], frames);
        }
        let exercises: Vec<&str> = chapters
            .filter(|chapter| chapter.exercise.is_some())
            .map(|chapter| chapter.title.as_str())
            .collect();
        super::cover::draw(&self.about.title, &exercises, frames)
    }
}
