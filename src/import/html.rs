//! HTML → blocks, from the tokens of html5ever. No tree is built: nesting without end then costs nothing, and every
//! block knows its line.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::block::{Block, Document, Kind, MOST_BLOCKS};
use super::bullet::bare_item;
use super::page::{AROUND, BLOCKS, SKIPPED, WRAPPING};

/// Without what seems to be around the article, unless `all` is wanted.
pub fn document(text: &str, all: bool) -> Document {
    let sink = Sink(RefCell::new(Builder { all, ..Builder::default() }));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    // A tendril holds less than 4 GiB; files are far smaller.
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.flush();
    Document {
        title: builder.title.filter(|title| !title.is_empty()),
        cut: builder.blocks.len() > MOST_BLOCKS || builder.dropped.len() > MOST_BLOCKS,
        blocks: builder.blocks,
        dropped: builder.dropped,
        ..Document::default()
    }
}

struct Sink(RefCell<Builder>);

#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    dropped: Vec<(u32, String)>,
    title: Option<String>,
    in_title: bool,
    /// The element whose content is skipped, and how often it is nested in itself.
    skipping: Option<(String, usize)>,
    text: String,
    line: u32,
    kind: Option<Kind>,
    gap: bool,
    bold: bool,
    /// Bold text from the start of the block on; `None` once other text has begun.
    lead: Option<usize>,
    bold_length: usize,
    /// Per open list: the next number, if it is numbered.
    lists: Vec<Option<u32>>,
    row: Option<Vec<String>>,
    row_line: u32,
    raw: bool,
    /// What its class or element tells to be around the article is taken, too.
    all: bool,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        let line = u32::try_from(line).unwrap_or(u32::MAX).max(1);
        if builder.blocks.len() > MOST_BLOCKS || builder.dropped.len() > MOST_BLOCKS {
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(tag) => return builder.tag(&tag, line),
            Token::CharacterTokens(text) => builder.text(&text, line),
            Token::NullCharacterToken => builder.text("\u{fffd}", line),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Builder {
    fn text(&mut self, text: &str, line: u32) {
        if self.raw || self.skipping.is_some() {
            return;
        }
        if self.in_title {
            self.title.get_or_insert_default().push_str(text);
            return;
        }
        if self.text.is_empty() {
            let text = text.trim_start();
            if text.is_empty() {
                return;
            }
            // Text is handed over as it begins, with line breaks in front of it counted already.
            self.line = line;
            self.lead = Some(0);
        }
        if let (false, Some(_)) = (self.bold, self.lead)
            && text.contains(char::is_alphanumeric)
        {
            self.finish_lead();
        }
        for c in text.chars() {
            let space = c.is_whitespace();
            if !space || !self.text.ends_with(' ') && !self.text.is_empty() {
                self.text.push(if space { ' ' } else { c });
            }
        }
        if self.bold && self.lead.is_some() {
            self.lead = Some(self.text.trim_end().len());
        }
    }

    /// Other text follows the bold one: how much was bold is settled.
    fn finish_lead(&mut self) {
        if let Some(length) = self.lead.take() {
            self.bold_length = length;
        }
    }

    fn tag(&mut self, tag: &Tag, line: u32) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let start = tag.kind == TagKind::StartTag;
        match name {
            "script" | "style" | "textarea" | "xmp" => {
                self.raw = start;
                if start {
                    return TokenSinkResult::RawData(match name {
                        "script" => RawKind::ScriptData,
                        "textarea" => RawKind::Rcdata,
                        _ => RawKind::Rawtext,
                    });
                }
                return TokenSinkResult::Continue;
            }
            "title" => {
                self.in_title = start && self.title.is_none() && self.skipping.is_none();
                self.raw = start && !self.in_title;
                if start {
                    return TokenSinkResult::RawData(RawKind::Rcdata);
                }
                return TokenSinkResult::Continue;
            }
            _ => {}
        }
        if self.skips(tag, name, start, line) {
            return TokenSinkResult::Continue;
        }
        match name {
            "b" | "strong" => self.bold = start,
            "br" => {
                // A line of its own, in the same paragraph.
                let kind = self.kind.clone();
                self.flush();
                // What stands on the second line of a heading is more about it.
                self.kind = kind.filter(|kind| !matches!(kind, Kind::Heading(_)));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.gap = true;
                self.bold = false;
                let level = name.as_bytes().get(1).map_or(6, |digit| digit - b'0');
                self.kind = start.then_some(Kind::Heading(level));
            }
            "ul" | "ol" => {
                self.flush();
                self.kind = None;
                if start {
                    self.lists.push((name == "ol").then_some(1));
                } else {
                    self.lists.pop();
                    self.gap |= self.lists.is_empty();
                }
            }
            "li" => {
                self.flush();
                self.bold = false;
                self.kind = start.then(|| self.item());
            }
            "tr" => {
                self.end_cell();
                if let Some(cells) = self.row.take().filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
                {
                    let text = cells.join(" | ");
                    let gap = std::mem::take(&mut self.gap);
                    self.blocks.push(Block::new(self.row_line, Kind::Row(cells), text, gap));
                }
                if start {
                    self.row = Some(Vec::new());
                    self.row_line = line;
                }
            }
            "td" | "th" => {
                self.end_cell();
                if start && let Some(row) = &mut self.row {
                    row.push(String::new());
                }
            }
            "img" | "input" | "span" | "a" | "em" | "i" | "u" | "small" | "sup" | "sub" => {}
            _ if BLOCKS.contains(&name) => {
                if self.row.is_some() && name != "table" {
                    self.text.push(' ');
                    return TokenSinkResult::Continue;
                }
                let item = self.text.trim().is_empty()
                    && self.kind.as_ref().is_some_and(|kind| matches!(kind, Kind::Item { .. }));
                self.flush();
                if !item {
                    self.kind = None;
                }
                self.gap = true;
                if matches!(name, "table" | "body") && !start {
                    self.row = None;
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn item(&mut self) -> Kind {
        let depth = u16::try_from(self.lists.len()).unwrap_or(u16::MAX);
        let number = self.lists.last_mut().and_then(Option::as_mut);
        let ordinal = number.map(|number| {
            *number = number.saturating_add(1);
            *number - 1
        });
        Kind::Item { ordinal, depth, mark: if ordinal.is_some() { '1' } else { '•' } }
    }

    /// Whether the tag is part of something that is left out.
    fn skips(&mut self, tag: &Tag, name: &str, start: bool, line: u32) -> bool {
        if let Some((skipped, depth)) = &mut self.skipping {
            // `main` never stands in a menu: somebody forgot to close it.
            if matches!(name, "main" | "body" | "html") {
                self.skipping = None;
                return false;
            }
            if name == skipped.as_str() && !tag.self_closing {
                *depth = if start { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.skipping = None;
                    self.gap = true;
                }
            }
            return true;
        }
        let skipped = SKIPPED.contains(&name) && !(self.all && WRAPPING.contains(&name));
        if !start || tag.self_closing {
            return skipped;
        }
        let why = if skipped {
            Some(name.to_owned())
        } else if !self.all
            && matches!(name, "div" | "section" | "ul" | "ol" | "p" | "header" | "table" | "span" | "a")
        {
            around(tag)
        } else {
            None
        };
        let Some(why) = why else { return false };
        if !matches!(name, "span" | "a") {
            self.flush();
        }
        self.dropped.push((line, why));
        self.skipping = Some((name.to_owned(), 1));
        true
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.lead = None;
        if let Some(cell) = self.row.as_mut().and_then(|row| row.last_mut()) {
            cell.push_str(text.trim());
        } else if !text.trim().is_empty() {
            self.text = text;
            self.flush();
        }
    }

    /// The text so far becomes a block.
    fn flush(&mut self) {
        if self.row.as_ref().is_some_and(|row| !row.is_empty()) {
            return;
        }
        self.finish_lead();
        let bold = std::mem::take(&mut self.bold_length);
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.contains(char::is_alphanumeric) {
            let kind = self.kind.take().unwrap_or(Kind::Paragraph);
            let gap = std::mem::take(&mut self.gap);
            let mut block = Block::new(self.line, kind, text.to_owned(), gap);
            block.bold = bold.min(text.len());
            bare_item(&mut block);
            self.blocks.push(block);
        }
    }
}

/// What the part is, if it is around the article.
fn around(tag: &Tag) -> Option<String> {
    for attribute in &tag.attrs {
        let name: &str = &attribute.name.local;
        if name == "hidden" {
            return Some("hidden".to_owned());
        }
        if matches!(name, "class" | "id" | "role") {
            for word in attribute.value.split_whitespace().take(50) {
                let word = word.to_ascii_lowercase();
                let head = word.split(['-', '_']).next().unwrap_or("");
                if AROUND.contains(&word.as_str()) || (AROUND.contains(&head) && !word.contains("content")) {
                    return Some(word);
                }
            }
        }
    }
    None
}
