//! Markdown → blocks, from the events of pulldown-cmark.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, Document, Kind, MOST_BLOCKS};
use super::bullet::bare_item;
use super::wrapping::Wrapping;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_WIKILINKS)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

pub fn document(text: &str) -> Document {
    let text = spaced(text);
    let text = text.as_ref();
    let mut builder = Builder::default();
    let lines: Vec<&str> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).take(4 * MOST_BLOCKS).collect();
    let wrapping = Wrapping::of(&lines);
    drop(lines);
    let parser = Parser::new_ext(text, OPTIONS);
    let (mut line, mut counted) = (1_u32, 0);
    for (event, range) in parser.into_offset_iter() {
        // Events come in the order of the text, but for the ends of containers.
        if let Some(between) = text.as_bytes().get(counted..range.start) {
            line += u32::try_from(between.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
            counted = range.start;
        }
        if event == Event::SoftBreak && !joined(text, range.start, &wrapping) {
            builder.break_line();
        } else {
            builder.event(event, line);
        }
        if builder.blocks.len() > MOST_BLOCKS {
            break;
        }
    }
    builder.flush();
    let cut = builder.blocks.len() > MOST_BLOCKS;
    Document { title: builder.title, blocks: builder.blocks, cut, ..Document::default() }
}

/// The same text with a space behind the signs of headings that lack it, as older programs took them: "###Bridge".
fn spaced(text: &str) -> Cow<'_, str> {
    let glued = |line: &str| {
        let signs = line.bytes().take_while(|b| *b == b'#').count();
        let next = line.get(signs..).and_then(|rest| rest.chars().next());
        (2..=6).contains(&signs) && next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '*'))
    };
    if !text.lines().any(glued) {
        return Cow::Borrowed(text);
    }
    let space = |line: &str| {
        let signs = if glued(line) { line.bytes().take_while(|b| *b == b'#').count() } else { 0 };
        let (before, rest) = line.split_at_checked(signs).unwrap_or(("", line));
        format!("{before}{}{rest}", if signs > 0 { " " } else { "" })
    };
    Cow::Owned(text.split_inclusive('\n').map(space).collect())
}

/// Whether the line that begins behind `end` goes on with the one that ends there. Pages that were copied or converted
/// part lines by mere line breaks, which Markdown takes for spaces.
fn joined(text: &str, end: usize, wrapping: &Wrapping) -> bool {
    let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
    let line = before.rsplit('\n').next().unwrap_or("").trim();
    let next = after.trim_start_matches(['\r', '\n']).split('\n').next().unwrap_or("").trim();
    if line.ends_with('|') && next.starts_with('|') {
        return false;
    }
    // A link or a sign before it does not tell how a line begins.
    let first = next.find(|c: char| c.is_alphanumeric()).and_then(|at| next.get(at..)).unwrap_or(next);
    wrapping.joins(line, if next.starts_with("**") { next } else { first })
}

/// The cells of a line that is written like the row of a table, but stands in none, since it lacks the line below the
/// heading: "| Bridge | 3 x 10 |".
fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<String> = inside.split('|').map(|cell| cell.trim().to_owned()).collect();
    (cells.len() > 1).then_some(cells)
}

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    text: String,
    line: u32,
    kind: Option<Kind>,
    gap: bool,
    strong: usize,
    /// Whether all text of the block so far was strong, and how much that was.
    all_strong: bool,
    bold: usize,
    /// Within emphasis that began with the block.
    leads: bool,
    /// So much of the block so far was in emphasis, from its start on.
    emphasis: usize,
    lists: Vec<Option<u64>>,
    row: Option<Vec<String>>,
    skipping: usize,
    code: bool,
    metadata: bool,
    title: Option<String>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, line: u32) {
        match event {
            Event::Start(tag) => self.start(&tag, line),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text, line),
            Event::SoftBreak => self.push(" ", line),
            Event::Html(text) => self.heading_in_html(&text, line),
            Event::HardBreak => {
                let kind = self.kind.clone();
                self.flush();
                self.kind = kind;
            }
            Event::Rule => {
                self.flush();
                self.gap = true;
            }
            _ => {}
        }
    }

    /// Right below a line of HTML Markdown takes the sign of a heading for more HTML, which its author did not.
    fn heading_in_html(&mut self, text: &str, line: u32) {
        let signs = text.bytes().take_while(|b| *b == b'#').count();
        let level = u8::try_from(signs).ok().filter(|level| (2..=6).contains(level));
        let heading = text.get(signs..).filter(|rest| rest.starts_with(' '));
        if let (Some(level), Some(heading)) = (level, heading) {
            self.flush();
            let skipping = std::mem::take(&mut self.skipping);
            (self.gap, self.kind) = (true, Some(Kind::Heading(level)));
            self.push(heading.trim().trim_matches(['_', '*']), line);
            self.flush();
            self.skipping = skipping;
        }
    }

    /// The line ends, and what follows is a paragraph of its own, without a gap.
    fn break_line(&mut self) {
        if self.row.is_some() || self.skipping > 0 {
            return;
        }
        let kind = self.kind.clone().filter(|kind| matches!(kind, Kind::Heading(_)));
        if kind.is_some() {
            self.text.push(' ');
            return;
        }
        self.flush();
    }

    fn push(&mut self, text: &str, line: u32) {
        if self.metadata {
            // What sites write above their pages; only the title is of use.
            let title = text.lines().find_map(|line| line.strip_prefix("title")).map(str::trim_start);
            let title = title.and_then(|title| title.strip_prefix([':', '=']));
            self.title = title.map(|title| title.trim().trim_matches(['"', '\'']).to_owned());
            return;
        }
        if self.skipping > 0 {
            return;
        }
        if let Some(cell) = self.row.as_mut().and_then(|row| row.last_mut()) {
            cell.push_str(text);
            return;
        }
        if self.text.is_empty() {
            self.line = line;
            self.all_strong = true;
            self.bold = 0;
        }
        let was_empty = self.text.trim().is_empty();
        self.text.push_str(text);
        if text.contains(char::is_alphanumeric) {
            self.all_strong &= self.strong > 0;
            if self.all_strong || was_empty && self.strong > 0 {
                self.bold = self.text.trim_end().len();
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, line: u32) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.gap = true;
                self.kind = Some(Kind::Heading(match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                }));
            }
            // The first paragraph of an item is the item.
            Tag::Paragraph if matches!(self.kind, Some(Kind::Item { .. })) && self.text.is_empty() => {}
            Tag::Paragraph => {
                self.flush();
                self.gap = true;
            }
            Tag::List(first) => {
                self.flush();
                self.gap |= self.lists.is_empty();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flush();
                let depth = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let ordinal = number.map(|number| {
                    *number = number.saturating_add(1);
                    u32::try_from(*number - 1).unwrap_or(0)
                });
                let mark = if ordinal.is_some() { '1' } else { '•' };
                self.kind = Some(Kind::Item { ordinal, depth, mark });
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.row = Some(Vec::new());
                self.line = line;
            }
            Tag::TableCell => {
                if let Some(row) = &mut self.row {
                    row.push(String::new());
                }
            }
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.leads = self.text.trim().is_empty(),
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::Image { .. } | Tag::HtmlBlock => self.skipping += 1,
            // What is written in a language of computers tells nobody what to do.
            Tag::CodeBlock(CodeBlockKind::Fenced(language))
                if !matches!(language.as_ref(), "" | "text" | "txt") =>
            {
                self.flush();
                self.gap = true;
                self.code = true;
                self.skipping += 1;
            }
            Tag::CodeBlock(_) | Tag::BlockQuote(_) => {
                self.flush();
                self.gap = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::BlockQuote(_) => {
                self.flush();
                self.kind = None;
                if tag == TagEnd::CodeBlock && std::mem::take(&mut self.code) {
                    self.skipping = self.skipping.saturating_sub(1);
                }
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.gap |= self.lists.is_empty();
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(cells) = self.row.take() {
                    let text = cells.join(" | ");
                    let gap = std::mem::take(&mut self.gap);
                    self.blocks.push(Block::new(self.line, Kind::Row(cells), text, gap));
                }
            }
            TagEnd::Emphasis if std::mem::take(&mut self.leads) => self.emphasis = self.text.trim_end().len(),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::MetadataBlock(_) => self.metadata = false,
            TagEnd::Image | TagEnd::HtmlBlock => self.skipping = self.skipping.saturating_sub(1),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.contains(char::is_alphanumeric) {
            return;
        }
        let kind = self.kind.take().unwrap_or(Kind::Paragraph);
        let gap = std::mem::take(&mut self.gap);
        if let Some(cells) = cells(&text).filter(|_| kind == Kind::Paragraph) {
            self.emphasis = 0;
            self.blocks.push(Block::new(self.line, Kind::Row(cells), text, gap));
            return;
        }
        // "*Band pull.* Loop it round…", "*Band pull:*"; a line in emphasis without such a sign is a remark.
        let emphasis = std::mem::take(&mut self.emphasis);
        let (lead, rest) = text.split_at_checked(emphasis).unwrap_or(("", ""));
        let named = lead.ends_with(':') || rest.starts_with(':') || lead.ends_with('.') && !rest.is_empty();
        let bold = if self.bold == 0 && named { emphasis } else { self.bold.min(text.len()) };
        let mut block = Block { bold, ..Block::new(self.line, kind, text, gap) };
        bare_item(&mut block);
        self.blocks.push(block);
    }
}
