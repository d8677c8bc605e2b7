//! What is wrong with a routine file: problems with their places, shown with the line they are in.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

/// Problems beyond this many are counted, not shown: nobody reads on, and the first ones are the causes.
const SHOWN: usize = 50;

/// Lines longer than this many bytes are named by line and column only.
const LONGEST_SHOWN_LINE: usize = 4_000;

/// Columns of the output; longer lines are cut around the place.
const WIDTH: usize = 110;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The routine cannot be used.
    Error,
    /// The routine can be used, but does hardly what its author meant.
    Note,
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub message: String,
    /// Bytes of the source.
    pub span: Range<usize>,
    /// Written under the place; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    pub severity: Severity,
    /// A second place that has to do with it, and its label.
    pub also: Option<(Range<usize>, String)>,
    /// Something is not there. Said only of a file that could be read whole: otherwise it may well be there.
    pub(super) absence: bool,
}

impl Problem {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            label: String::new(),
            help: None,
            severity: Severity::Error,
            also: None,
            absence: false,
        }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn also(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.also = Some((span, label.into()));
        self
    }

    pub(super) fn absence(mut self) -> Self {
        self.absence = true;
        self
    }

    pub(super) fn note(mut self) -> Self {
        self.severity = Severity::Note;
        self
    }
}

/// Everything that is wrong with one file, in the order of the places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems {
    origin: String,
    source: String,
    list: Vec<Problem>,
    left_off: usize,
}

impl Problems {
    /// `left_off` counts problems that were found but not kept.
    pub(super) fn new(origin: &str, source: &str, mut list: Vec<Problem>, left_off: usize) -> Self {
        list.sort_by_key(|problem| (problem.span.start, problem.span.end));
        Self { origin: origin.to_owned(), source: source.to_owned(), list, left_off }
    }

    /// In the order of their places; at most a thousand.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Each problem as a paragraph: message, file, line and column, the line itself with the place marked,
    /// and help; with terminal colours or without. Ends with a line break unless there are no problems.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
        let mut lines = Lines { source: &self.source, at: 0, number: 1 };
        let mut shown: Vec<String> = Vec::new();
        for problem in self.list.iter().take(SHOWN) {
            shown.push(renderer.render(&[self.report(problem, &mut lines)]));
        }
        let more = self.list.len().saturating_sub(SHOWN) + self.left_off;
        if more > 0 {
            let title = format!("{more} more problems in `{}` are not shown", self.origin);
            shown.push(renderer.render(&[Group::with_title(Level::NOTE.primary_title(title))]));
        }
        shown
            .into_iter()
            .map(|paragraph| paragraph.trim_end().to_owned() + "\n")
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn report<'a>(&'a self, problem: &'a Problem, lines: &mut Lines<'_>) -> Group<'a> {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Note => Level::NOTE,
        };
        let place = Place::of(&self.source, &problem.span);
        let number = lines.number_at(place.window.start);
        let title = level.primary_title(problem.message.as_str());
        let group = if place.window.is_empty() {
            title.element(Origin::path(self.origin.as_str()))
        } else if place.window.len() > LONGEST_SHOWN_LINE {
            let before = &self.source[place.window.start..place.window.start + place.marked.start];
            let origin =
                Origin::path(self.origin.as_str()).line(number).char_column(before.chars().count() + 1);
            title.element(origin)
        } else {
            let mut window = place.window.clone();
            let mut marks = vec![(AnnotationKind::Primary, problem.span.clone(), problem.label.as_str())];
            let mut first_line = number;
            if let Some((span, label)) = &problem.also {
                let other = Place::of(&self.source, span).window;
                let both = window.start.min(other.start)..window.end.max(other.end);
                if both.len() <= 16 * LONGEST_SHOWN_LINE {
                    marks.push((AnnotationKind::Context, span.clone(), label.as_str()));
                    let between = self.source.get(both.start..window.start).unwrap_or_default();
                    first_line -= between.matches('\n').count();
                    window = both;
                }
            }
            let snippet = Snippet::source(&self.source[window.clone()])
                .path(self.origin.as_str())
                .line_start(first_line)
                .annotations(marks.into_iter().map(|(kind, span, label)| {
                    let place = Place::of(&self.source, &span);
                    let shift = place.window.start - window.start;
                    kind.span(place.marked.start + shift..place.marked.end + shift)
                        .label((!label.is_empty()).then_some(label))
                }));
            title.element(snippet)
        };
        match &problem.help {
            Some(help) => group.element(Level::HELP.message(help.as_str())),
            None => group,
        }
    }
}

/// Where a span is to be shown: what lies beyond its first line is left off.
struct Place {
    /// The first line of the span, in bytes of the source, without its line break.
    window: Range<usize>,
    /// In bytes of the window.
    marked: Range<usize>,
}

impl Place {
    fn of(source: &str, span: &Range<usize>) -> Self {
        let mut start = span.start.min(source.len());
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        // A place right behind the last line break is shown at the end of the last line.
        if start == source.len() {
            start = source.trim_end_matches(['\n', '\r']).len();
        }
        let first = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = source[first..].lines().next().unwrap_or_default();
        let from = (start - first).min(line.len());
        let mut to = span.end.saturating_sub(first).clamp(from, line.len());
        while !line.is_char_boundary(to) {
            to += 1;
        }
        Self { window: first..first + line.len(), marked: from..to }
    }
}

/// Counts lines once from top to bottom, however many problems ask.
struct Lines<'s> {
    source: &'s str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    fn number_at(&mut self, byte: usize) -> usize {
        if byte < self.at {
            (self.at, self.number) = (0, 1);
        }
        self.number += self.source.as_bytes()[self.at..byte].iter().filter(|&&b| b == b'\n').count();
        self.at = byte;
        self.number
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str, problem: Problem) -> String {
        Problems::new("a.toml", source, vec![problem], 0).to_string()
    }

    #[test]
    fn any_place_in_any_text_can_be_shown() {
        for source in ["", "\n", "a", "ä\r\nb\n", "a\n\n", "語🙂\tb", "\r\r\n"] {
            for start in 0..source.len() + 3 {
                for end in start..source.len() + 3 {
                    let text = shown(source, Problem::new(start..end, "m").label("l").also(0..end, "x"));
                    assert!(text.starts_with("error: m\n"), "{source:?} {start}..{end}: {text}");
                }
            }
        }
    }

    #[test]
    fn a_very_long_line_is_named_but_not_shown() {
        let source = format!("x\n{}", "ä".repeat(10_000));
        assert_eq!(shown(&source, Problem::new(6..8, "m")), "error: m\n--> a.toml:2:3");
    }

    #[test]
    fn colour_is_only_where_it_is_asked_for() {
        let problems = Problems::new("a.toml", "x", vec![Problem::new(0..1, "m")], 0);
        assert!(problems.render(true).contains('\u{1b}'));
        assert!(!problems.render(false).contains('\u{1b}'));
    }

    #[test]
    fn a_flood_is_counted() {
        let list = (0..70).map(|at| Problem::new(at..at, "m")).collect();
        let text = Problems::new("a.toml", &"x\n".repeat(100), list, 5).to_string();
        assert_eq!(text.matches("error: m").count(), SHOWN);
        assert!(text.ends_with("note: 25 more problems in `a.toml` are not shown"), "{text}");
    }
}
