//! A plan as text: one beat a line, as snapshots compare them.

use std::fmt;

use super::{Beat, Beats, Content, Gate, MarkCue, Plan, Section, Side};

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut section = None;
        for (cursor, beat) in Beats::new(self, self.start()) {
            if section != Some(cursor.section) {
                section = Some(cursor.section);
                match cursor.section {
                    Section::Opening => writeln!(f, "# {} (opening)", self.title)?,
                    Section::Closing => writeln!(f, "# closing")?,
                    Section::Transition(_) => {}
                    Section::Exercise(index) => writeln!(f, "# {}", self.exercises[index].name)?,
                }
            }
            writeln!(f, "{beat}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Beat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {:<16}", self.place.phase)?;
        let number = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
        let side = self.place.side.map_or("", Side::name);
        write!(f, "{:>2} {:>3} {side:<6}", number(self.place.set), number(self.place.rep))?;
        match &self.content {
            Content::Say(words) => write!(f, "“{words}”"),
            Content::Sound(sound) => write!(f, "♪ {sound}"),
            Content::Pause(lasts) => write!(f, "… {lasts}"),
            Content::Stretched(sound, lasts) => write!(f, "♪ {sound} for {lasts}"),
            Content::Slot { says, at_least } => {
                write!(f, "≥ {at_least}:")?;
                says.iter().try_for_each(|words| write!(f, " “{words}”"))
            }
            Content::Gate(Gate { asks, says, lasts, .. }) => {
                write!(f, "⏸ “{asks}” or ≥ {lasts}: “{says}”")
            }
            Content::Grid { lasts, marks } => {
                write!(f, "= {lasts}:")?;
                marks.iter().try_for_each(|mark| match &mark.cue {
                    MarkCue::Sound(sound) => write!(f, " {} ♪ {sound}", mark.at),
                    MarkCue::Say(words) => write!(f, " {} “{words}”", mark.at),
                })
            }
        }
    }
}
