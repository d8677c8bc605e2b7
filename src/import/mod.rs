//! Articles and handouts → routines: finds the exercises in a text, and what it says about each.
//!
//! Reading (`text`, `html`, `markdown`) gives blocks, which `section` groups under heads that `title` has recognised.
//! `judge` tells which sections are exercises, and `exercise` what is in each; `amount` and `dose` read what the sentences
//! say about how much; `clause` and `perform` turn sentences into instructions and phases; `write` makes the file.
//! Everything that is known about English is in `english`.

mod alone;
mod amount;
mod block;
mod bold;
mod bullet;
mod capitals;
mod chain;
mod chat;
mod citation;
mod clause;
mod columns;
mod counter;
mod delimited;
mod doing;
mod dose;
mod english;
mod exercise;
mod film;
mod foreign;
mod form;
mod furniture;
mod gather;
mod general;
mod held;
mod html;
mod judge;
mod kin;
mod label;
mod language;
mod lead;
mod length;
mod lexicon;
mod list;
mod mark;
mod markdown;
mod name;
mod neighbours;
mod number;
mod numbering;
mod outline;
mod page;
mod pairs;
mod perform;
mod phases;
mod phrases;
mod prose;
mod purpose;
mod quantity;
mod reading;
mod remark;
mod roll;
mod section;
mod sentence;
mod separator;
mod side;
mod stillness;
mod table;
mod text;
mod title;
mod token;
mod twins;
mod unglue;
mod unit;
mod words;
mod wrapping;
mod write;

use std::sync::LazyLock;

use thiserror::Error;

pub use dose::{Dose, Sides};
pub use exercise::{Exercise, LeftOut, Sure};
pub use reading::Stated;

use crate::routine::{MOST_EXERCISES, Problems, parse};
use crate::time::Millis;
use block::{Document, MOST_BLOCKS};
use lexicon::Lexicon;
use perform::perform;
use roll::Lists;

/// Made once: it has some thousand words.
fn english_lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&english::ENGLISH));
    &LEXICON
}

/// The largest file that is read.
pub const LARGEST_ARTICLE: usize = 16 * MEBIBYTE;
const MEBIBYTE: usize = 1024 * 1024;

/// More exercises than these are no routine but a catalogue.
const MOST: usize = 500;
const _: () = assert!(MOST <= MOST_EXERCISES);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Html,
    Markdown,
}

#[derive(Debug, Error)]
pub enum ImportError {
    #[error("`{0}` is empty: there is nothing to import")]
    Empty(String),
    #[error("`{0}` is a PDF document; take its text out first: `pdftotext {0} - | floorcoach import -`")]
    Pdf(String),
    #[error("`{0}` is no text but binary data; save it as text, HTML or Markdown, and import that")]
    Binary(String),
    #[error(
        "`{name}` is not text in UTF-8: line {line} has other bytes; save it again with the encoding `UTF-8`"
    )]
    NotUtf8 { name: String, line: usize },
    #[error("`{name}` is larger than {} MiB, too large for an article; import it in parts", LARGEST_ARTICLE / MEBIBYTE)]
    TooLarge { name: String },
    #[error("no exercises found in `{name}`{}; if there are some, put the name of each on a line of its own, above what to do", .left_out.as_ref().map_or(String::new(), |first| format!(" (looked at `{first}` and more)")))]
    NoExercises { name: String, left_out: Option<String> },
    #[error(
        "`{name}` is too long for an article: it has more than {MOST_BLOCKS} paragraphs, items and lines; import it in parts"
    )]
    TooLong { name: String },
    #[error("`{name}` has more than {MOST} exercises, too many for one routine; import it in parts")]
    TooMany { name: String },
    #[error("what was understood of `{name}` makes no routine that could be played:\n{problems}")]
    NoRoutine { name: String, problems: Problems },
}

/// An article that was understood.
#[derive(Debug, Clone)]
pub struct Imported {
    pub title: String,
    /// What the file is called, for the reader.
    pub source: String,
    pub exercises: Vec<Exercise>,
    pub left_out: Vec<LeftOut>,
}

/// Understands the article in `bytes`, which messages call `name`. Without `format` the content decides.
///
/// # Errors
/// When it is no text, or there is no exercise in it.
pub fn import(bytes: &[u8], name: &str, format: Option<Format>) -> Result<Imported, ImportError> {
    let text = decode(bytes, name)?;
    let lexicon = english_lexicon();
    let format = format.unwrap_or_else(|| sniff(text));
    let spaced = if format == Format::Html { text.into() } else { unglue::unglued(text, lexicon) };
    let text = spaced.as_ref();
    let called = || name.to_owned();
    if is_catalogue(text, format, lexicon) {
        return Err(ImportError::TooMany { name: called() });
    }
    let (mut document, mut outcome) = understand(text, format, lexicon);
    // Some pages keep all they say in windows that open: what is around the article is then looked at, too.
    let around = format == Format::Html && !document.dropped.is_empty();
    if around && outcome.exercises.is_empty() && !outcome.more && !document.cut {
        let whole = html::document(text, true);
        if whole.blocks.len() > document.blocks.len() && whole.blocks.len() < MOST_BLOCKS {
            (document, outcome) = taken_apart(whole, lexicon);
        }
    }
    if outcome.more {
        return Err(ImportError::TooMany { name: called() });
    }
    if document.cut {
        return Err(ImportError::TooLong { name: called() });
    }
    let left = document.dropped.iter().map(|(line, what)| LeftOut {
        line: *line,
        text: what.clone(),
        why: "around the article",
    });
    outcome.left_out.extend(left);
    outcome.left_out.sort_by_key(|left| left.line);
    if outcome.exercises.is_empty() {
        let left_out = outcome.left_out.first().map(|left| left.text.chars().take(40).collect());
        return Err(ImportError::NoExercises { name: called(), left_out });
    }
    let title = title(&document, &outcome.exercises, name);
    let source = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    Ok(Imported { title, source, exercises: outcome.exercises, left_out: outcome.left_out })
}

/// The document, and the exercises in it. Of a document that is cut nothing is looked at.
fn understand(text: &str, format: Format, lexicon: &Lexicon) -> (Document, exercise::Outcome) {
    let document = match format {
        Format::Text => text::document(text, lexicon),
        Format::Html => html::document(text, false),
        Format::Markdown => markdown::document(text),
    };
    taken_apart(document, lexicon)
}

fn taken_apart(mut document: Document, lexicon: &Lexicon) -> (Document, exercise::Outcome) {
    if document.cut {
        return (document, exercise::Outcome::default());
    }
    outline::settle(&mut document, lexicon);
    alone::settle(&mut document, lexicon);
    citation::drop(&mut document.blocks, lexicon);
    film::unstamp(&mut document.blocks);
    numbering::mark(&mut document.blocks, lexicon);
    section::drop_captions(&mut document.blocks, lexicon);
    let read = |lists| exercise::exercises(&section::sections(&document, lists, lexicon), MOST, lexicon);
    let mut outcome = read(Lists::Dosed);
    // A page that has little but a list of names means the list.
    if !outcome.more && outcome.exercises.len() * 2 < roll::count(&document.blocks, lexicon) {
        outcome = read(Lists::Bare);
    }
    if !outcome.more && !outcome.exercises.is_empty() && foreign::is_other_work(&document.blocks, lexicon) {
        let left = outcome.exercises.drain(..).map(|exercise| LeftOut {
            line: exercise.line,
            text: exercise.name,
            why: "the page tells of other work, such as cooking",
        });
        outcome.left_out.extend(left.collect::<Vec<_>>());
    }
    (document, outcome)
}

/// Whether a long text has too many exercises already near its beginning, so that all of it need not be taken apart.
fn is_catalogue(text: &str, format: Format, lexicon: &Lexicon) -> bool {
    const LONG: usize = 1 << 20;
    let start = beginning(text, LONG);
    if start.len() == text.len() {
        return false;
    }
    let outcome = understand(start, format, lexicon).1;
    // Where there are many without being too many, so much more of the text should settle it.
    let enough = LONG * (MOST + MOST / 4) / outcome.exercises.len().max(1);
    outcome.more || enough < text.len() / 2 && understand(beginning(text, enough), format, lexicon).1.more
}

/// The first lines of a text that is longer than `bytes`; all of a shorter one.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = text.as_bytes().get(..bytes).and_then(|start| start.iter().rposition(|b| *b == b'\n'));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

impl Imported {
    /// The routine file; of ranges the lower end, or the upper if `ambitious`.
    ///
    /// # Errors
    /// When what the text says cannot be played, such as more than a day of exercises.
    pub fn toml(&self, ambitious: bool) -> Result<String, ImportError> {
        let lexicon = english_lexicon();
        let performed: Vec<_> = self
            .exercises
            .iter()
            .map(|exercise| (exercise.clone(), perform(exercise, ambitious, lexicon)))
            .collect();
        let heading = write::Heading {
            title: &self.title,
            source: &self.source,
            language: lexicon.language,
            set_rest: self.set_rest(ambitious),
        };
        let text = write::toml(&heading, &performed);
        match parse(&text, &self.source) {
            Ok(_) => Ok(text),
            Err(problems) => Err(ImportError::NoRoutine { name: self.source.clone(), problems }),
        }
    }

    /// Notes that `exercise` is not to be part of the routine.
    pub fn leave(&mut self, exercise: &Exercise, why: &'static str) {
        self.left_out.push(LeftOut { line: exercise.line, text: exercise.name.clone(), why });
        self.left_out.sort_by_key(|left| left.line);
    }

    /// A routine has one rest between sets: the first that the text states.
    fn set_rest(&self, ambitious: bool) -> Option<(Millis, Option<String>)> {
        let mut stated = self.exercises.iter().filter_map(|exercise| exercise.dose.rest.as_ref());
        let first = stated.next()?;
        let value = if ambitious { first.low } else { first.high };
        let others = stated.any(|other| (other.low, other.high) != (first.low, first.high));
        let range = (first.low != first.high).then(|| format!("the text says “{}”", first.words));
        let remark =
            if others { Some("the text has other rests, too; a routine has one".to_owned()) } else { range };
        Some((Millis::new(value.into()), remark))
    }
}

fn decode<'b>(bytes: &'b [u8], name: &str) -> Result<&'b str, ImportError> {
    let called = || name.to_owned();
    if bytes.starts_with(b"%PDF") {
        return Err(ImportError::Pdf(called()));
    }
    if bytes.len() > LARGEST_ARTICLE {
        return Err(ImportError::TooLarge { name: called() });
    }
    if bytes.contains(&0)
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"\x89PNG")
        || bytes.starts_with(b"\xff\xd8")
    {
        return Err(ImportError::Binary(called()));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(ImportError::Empty(called())),
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
            let odd = valid.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace()).count();
            if odd * 50 > valid.len() {
                return Err(ImportError::Binary(called()));
            }
            Err(ImportError::NotUtf8 {
                name: called(),
                line: valid.iter().filter(|b| **b == b'\n').count() + 1,
            })
        }
    }
}

/// HTML begins with a tag, or has many of them; anything else is plain text.
fn sniff(text: &str) -> Format {
    let start: String = text.trim_start().chars().take(3_000).collect::<String>().to_ascii_lowercase();
    let tags = ["<p>", "<p ", "<div", "<li>", "<h1", "<h2", "<h3", "<br", "<ul", "<td", "<body", "<strong>"];
    let found: usize = tags.iter().map(|tag| start.matches(tag).count()).sum();
    if start.starts_with("<!doctype html") || start.starts_with("<html") || found >= 3 {
        Format::Html
    } else {
        Format::Text
    }
}

/// The page's own title: its largest heading before the exercises, or its first line.
fn title(document: &Document, exercises: &[Exercise], name: &str) -> String {
    let first = exercises.first().map_or(0, |exercise| exercise.line);
    let text = |block: &&block::Block| !matches!(block.kind, block::Kind::Row(_));
    let before = || document.blocks.iter().take_while(|block| block.line < first).take(200).filter(text);
    let heading = before().find(|block| block.kind == block::Kind::Heading(document.top.max(1)));
    let lexicon = english_lexicon();
    let line = before().find(|block| {
        let plain =
            !block.text.ends_with(['.', ':', ',']) && block.text.contains(' ') && block.text.len() <= 90;
        plain
            && !block.is_item()
            && label::label(&block.text, lexicon).is_none()
            && !lexicon.is_caption(&block.text)
    });
    let found = heading.or(line).map(|block| block.text.clone());
    let found = found.or_else(|| document.title.clone().map(|title| words::clean(&title)));
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name).split('.').next().unwrap_or("");
    let fallback = if stem.chars().any(char::is_alphanumeric) {
        stem.replace(['-', '_'], " ")
    } else {
        lexicon.language.said.exercises.to_owned()
    };
    found
        .map(|title| words::clean(&title))
        .filter(|title| title.chars().any(char::is_alphanumeric))
        .unwrap_or(fallback)
}
