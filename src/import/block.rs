//! What every kind of document is taken apart into: headings, items, paragraphs and rows, with their lines.

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the source, from 1.
    pub line: u32,
    pub kind: Kind,
    /// On one line, without bullets and numbers.
    pub text: String,
    /// Something parts it from the block before: an empty line, or the end of a list or section.
    pub gap: bool,
    /// So many bytes at its start are set off in bold.
    pub bold: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// 1 is the title of the page.
    Heading(u8),
    Paragraph,
    Item {
        ordinal: Option<u32>,
        /// Deeper lists have larger numbers.
        depth: u16,
        /// Its bullet; items of one list share it.
        mark: char,
    },
    /// The cells of a table.
    Row(Vec<String>),
}

/// Documents of more pieces are refused: they are no articles, and reading on would take time and memory for nothing.
pub const MOST_BLOCKS: usize = 150_000;

/// A document taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    pub title: Option<String>,
    /// The level of its largest heading, if that is not 1.
    pub top: u8,
    pub blocks: Vec<Block>,
    /// Parts that are no text of the author's, such as menus: first line and what it is.
    pub dropped: Vec<(u32, String)>,
    /// It has more than [`MOST_BLOCKS`]; the rest was not read.
    pub cut: bool,
}

impl Block {
    pub fn new(line: u32, kind: Kind, text: String, gap: bool) -> Self {
        Self { line, kind, text, gap, bold: 0 }
    }

    pub fn is_item(&self) -> bool {
        matches!(self.kind, Kind::Item { .. })
    }

    pub fn ordinal(&self) -> Option<u32> {
        match self.kind {
            Kind::Item { ordinal, .. } => ordinal,
            _ => None,
        }
    }

    /// All of it is bold.
    pub fn is_bold(&self) -> bool {
        self.bold > 0 && self.text.get(self.bold..).is_none_or(|rest| !rest.contains(char::is_alphanumeric))
    }
}
