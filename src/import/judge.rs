//! Whether a section is an exercise: by what it says, and by how the exercises before it are set off.

use super::exercise::Sure;
use super::form::{is_formed, is_period};
use super::gather::Read;
use super::lexicon::{Lexicon, Role};
use super::section::Section;
use super::title::SetOff;

/// What the sections so far tell about the next ones.
#[derive(Default)]
pub struct Habits {
    /// There was one with a number.
    numbered: bool,
    /// Names in bold with their amounts right behind them are usual.
    formed: bool,
    /// Below a heading of this level nothing is an exercise: "Common mistakes".
    barred: Option<u8>,
    /// The last heading was about exercising, and of no exercise.
    aside: bool,
    /// How the heads of those found so far are marked up.
    styles: Vec<SetOff>,
}

/// What was found out about a section.
pub struct Verdict {
    /// It is one exercise.
    pub alone: bool,
    /// It is about exercising, and no exercise.
    pub refused: bool,
    /// It is neither, but stands where no exercise is looked for.
    pub aside: bool,
    /// Its own words speak of an exercise.
    pub named: bool,
    pub several: bool,
    /// The sentences below it may each name an exercise.
    pub open: bool,
    numbered: bool,
    counted: bool,
    /// Set off like the exercises before it.
    like: bool,
    /// Marked up as a heading below that of the page.
    headed: bool,
}

impl Habits {
    pub fn of(sections: &[Section], lexicon: &Lexicon) -> Self {
        // "**Couch stretch** 2 minutes", again and again: whoever writes so means exercises.
        let formed = sections.iter().filter(|section| is_formed(section, lexicon)).take(3).count() == 3;
        Self { formed, ..Self::default() }
    }

    pub fn judge(&mut self, section: &Section, read: &Read, lexicon: &Lexicon) -> Verdict {
        let head = section.head.as_ref();
        let name = section.name();
        let numbered = head.is_some_and(|head| head.numbered);
        let named = head.is_some_and(|head| head.named) || section.tabled;
        let style = head.and_then(|head| head.set_off);
        let refused = self.refuses(section, named, lexicon);
        // What it is good for may be told at length.
        let tells = |role: Option<Role>| !matches!(role, Some(Role::Aside | Role::Nothing));
        let parts = section.parts.iter().filter(|part| tells(part.role));
        let whole = parts.map(|part| part.text.len()).sum::<usize>();
        let several = lexicon.is_several(name);
        let told = read.physical >= 1 && named && whole < 1_500;
        let evidence =
            read.physical >= 1 && !read.dose.is_empty() || (read.physical >= 2 || told) && !several;
        let page = head.is_some_and(|head| head.level == Some(1));
        let counted = !read.dose.is_empty() && (named || numbered) && whole < 600 && !page;
        // Between numbered exercises, the one that only says "like the one before".
        let headed = head.is_some_and(|head| head.level.is_some_and(|level| level > 1));
        let among = numbered
            && named
            && (!several || read.physical > 0)
            && (headed || !read.sentences.is_empty())
            && self.numbered;
        let like = whole < 600 && self.is_like(style, named && whole < 200, read);
        let listed = head.is_some_and(|head| head.listed);
        let formed = self.formed && is_formed(section, lexicon) && !several;
        let asked = head.is_some_and(|head| head.asked);
        let alone = evidence || counted || among || like || listed || formed;
        Verdict {
            alone: !name.is_empty() && !asked && !refused && alone,
            refused,
            aside: self.aside,
            named,
            several,
            // "Week 2" above sentences that each name an exercise is no exercise, but refuses none either.
            open: !refused || is_period(name, lexicon) && self.barred.is_none(),
            numbered,
            counted,
            like,
            headed,
        }
    }

    /// Whether the section is about exercising, and no exercise.
    fn refuses(&mut self, section: &Section, named: bool, lexicon: &Lexicon) -> bool {
        let head = section.head.as_ref();
        let level = head.and_then(|head| head.level);
        let name = section.name();
        if let Some(level) = level
            && self.barred.is_none_or(|barred| level <= barred)
        {
            self.barred = (!named && lexicon.has_none_below(name)).then_some(level);
        }
        let bold = head.is_some_and(|head| head.set_off == Some(SetOff::Bold));
        // "What are the best stretches for the neck?" is answered by exercises, other questions are not.
        let asked = head.is_some_and(|head| head.asked);
        let numbered = head.is_some_and(|head| head.numbered);
        let refused = (asked || lexicon.is_no_exercise(name) && !numbered)
            && !(asked && lexicon.is_several(name))
            || self.barred.is_some()
            || is_period(name, lexicon)
            || !named && lexicon.is_remedy(name)
            // "Why does it hurt?", and "**Sit well** – …" below
            || self.aside && !named && bold;
        if level.is_some() {
            self.aside = refused;
        }
        refused
    }

    /// Whether it is set off like the exercises before it, and tells to move.
    fn is_like(&self, style: Option<SetOff>, short: bool, read: &Read) -> bool {
        style.is_some_and(|style| self.styles.contains(&style))
            && match style {
                // "Extension", and below it "Look up at the ceiling."
                Some(SetOff::Line) if short => read.sentences.iter().any(|s| s.verb.is_some()),
                Some(SetOff::Line) => read.physical >= 1 || read.verbs >= 1 && !read.dose.is_empty(),
                Some(SetOff::Heading(_)) => read.verbs >= 1 || !read.dose.is_empty(),
                _ => {
                    let counted = read.dose.reps.is_some() || read.dose.sets.is_some();
                    read.verbs >= 1 || read.dose.amounts() >= 2 || counted
                }
            }
    }

    /// Remembers an exercise for those that follow.
    pub fn learn(&mut self, section: &Section, verdict: &Verdict, read: &Read) {
        self.numbered |= verdict.numbered;
        let style = section.head.as_ref().and_then(|head| head.set_off);
        let certain = verdict.sure(section, read) == Sure::Sure
            || read.physical >= 2
            || verdict.named && read.physical > 0;
        self.styles.extend(style.filter(|style| certain && !self.styles.contains(style)));
    }
}

impl Verdict {
    /// Whether its running text may name several exercises, or be several without names.
    pub fn may_be_parted(&self, section: &Section, read: &Read) -> bool {
        let named = !section.name().is_empty();
        let one = self.alone && (self.named || self.like && self.headed) && named && !self.several;
        !self.refused && !one && (read.physical >= 2 || (!named || self.several) && !read.dose.is_empty())
    }

    pub fn sure(&self, section: &Section, read: &Read) -> Sure {
        let amounts = read.dose.amounts();
        let told = read.physical >= 1 || section.tabled || self.counted;
        match () {
            () if amounts >= 1 && (self.named || self.numbered) && told => Sure::Sure,
            () if amounts >= 1 || self.named && read.physical >= 2 => Sure::Fairly,
            () => Sure::Unsure,
        }
    }
}
