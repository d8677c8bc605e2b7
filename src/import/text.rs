//! Plain text → blocks: bullets and numbers are recognised, and lines that were broken to fit a page are joined again.

use std::collections::HashSet;

use super::block::{Block, Document, Kind, MOST_BLOCKS};
use super::bullet::{bulleted, numbered};
use super::chat;
use super::columns;
use super::delimited::Delimited;
use super::furniture::{Quoted, Running, icon, is_counter, is_ownership, is_page_number};
use super::label::{column_label, is_amount_label, lead_label};
use super::lexicon::{Lexicon, Role};
use super::wrapping::{Wrapping, is_broken_word, mend};

/// One line of the source, looked at by itself.
struct Line<'t> {
    number: u32,
    text: &'t str,
    kind: Kind,
    gap: bool,
    bold: bool,
    /// How far it stands from the margin, in characters.
    indent: u16,
}

impl Line<'_> {
    /// Below an item and further in, a line that begins like no new one: "   10 minutes, 4 times a day".
    fn hangs_on(&self, block: &Block, before: &str) -> bool {
        let further = matches!(block.kind, Kind::Item { depth, .. } if self.indent > depth);
        let begins = self.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        further && begins && !before.ends_with(['.', '!', '?', ':'])
    }
}

pub fn document(text: &str, lexicon: &Lexicon) -> Document {
    // Boxes to tick only take room.
    let text = &text.replace(['☐', '□', '❏', '☑', '☒'], " ");
    let lines = lines(text, lexicon);
    let wrapping = Wrapping::of(&lines.iter().map(|line| line.text).collect::<Vec<_>>());
    let mut words: Option<HashSet<&str>> = None;
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<&str> = None;
    for line in &lines {
        if blocks.len() > MOST_BLOCKS {
            break;
        }
        let announced = last.filter(|_| !line.gap).and_then(|before| column_label(before, lexicon));
        let joined = last.filter(|_| announced.is_none());
        let joins = joined.is_some_and(|before| {
            line.kind == Kind::Paragraph
                && !line.gap
                && !line.bold
                && blocks.last().is_some_and(|block| {
                    matches!(block.kind, Kind::Paragraph | Kind::Item { .. })
                        && !block.is_bold()
                        && (wrapping.joins(before, line.text) || line.hangs_on(block, before))
                })
        });
        if joins && let Some(block) = blocks.last_mut() {
            if is_broken_word(&block.text, line.text) {
                let known = words.get_or_insert_with(|| {
                    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3).collect()
                });
                mend(&mut block.text, line.text, known);
            } else {
                block.text.push(' ');
                block.text.push_str(line.text);
            }
        } else {
            // The label goes with its amount, and not with the name that it stands beside.
            if let Some(label) = announced.filter(|_| line.kind == Kind::Paragraph)
                && let Some(above) = blocks.last_mut()
                && let Some(name) = above.text.strip_suffix(label).map(str::trim_end)
            {
                above.text = name.to_owned();
            }
            let (text, bold) = set_off(line, announced);
            blocks.push(Block { bold, ..Block::new(line.number, line.kind.clone(), text, line.gap) });
        }
        last = Some(line.text);
    }
    let cut = blocks.len() > MOST_BLOCKS || lines.len() > 4 * MOST_BLOCKS;
    Document { blocks, cut, ..Document::default() }
}

/// The text of a block that begins with `line`, and how much of it is bold. `announced` is the label above its column.
fn set_off(line: &Line<'_>, announced: Option<&str>) -> (String, usize) {
    match (emphasised(line.text), announced) {
        (Some((name, rest)), _) => (format!("{name} {rest}").trim_end().to_owned(), name.len()),
        (None, Some(label)) if line.kind == Kind::Paragraph => (format!("{label}: {}", line.text), 0),
        (None, _) => (line.text.to_owned(), if line.bold { line.text.len() } else { 0 }),
    }
}

fn lines<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<Line<'t>> {
    let mut all = Vec::new();
    let mut gap = true;
    let running = Running::of(text);
    let mut quoted = Quoted::default();
    let chat = chat::is_chat(text);
    let table = Delimited::of(text, lexicon);
    let icon = icon(text, lexicon);
    for (number, raw) in columns::lines(text) {
        let new_page = raw.contains('\u{c}');
        let raw = raw.trim_end_matches('\r');
        let trimmed = raw
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}' || c == '\u{200b}');
        let said = if chat { chat::message(trimmed) } else { None };
        // Each message is a paragraph.
        gap |= said.is_some();
        let trimmed = said.unwrap_or(trimmed);
        let bare = icon.and_then(|icon| trimmed.strip_prefix(icon)?.strip_prefix(' '));
        let trimmed = bare.filter(|rest| rest.starts_with(char::is_uppercase)).unwrap_or(trimmed);
        if quoted.takes(raw, trimmed, lexicon) || !trimmed.contains(char::is_alphanumeric) {
            gap = true;
            continue;
        }
        // "Repetitions", and below it "20".
        let counted = || {
            all.last().is_some_and(|line: &Line<'_>| {
                is_amount_label(line.text, lexicon) || column_label(line.text, lexicon).is_some()
            })
        };
        if is_page_number(trimmed, lexicon) && !counted() || is_ownership(trimmed) || running.has(trimmed) {
            // The text goes on over the page, so this is no gap.
            continue;
        }
        let depth =
            raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum::<u16>();
        let cells = table.and_then(|table| table.cells(trimmed)).or_else(|| fields(trimmed, lexicon));
        let (kind, text, bold) = match cells {
            Some(cells) => (Kind::Row(cells), trimmed, false),
            None => kind(unpictured(trimmed, lexicon), depth),
        };
        // "☺ [icon]" between a name and its steps parts nothing.
        if !text.contains(char::is_alphanumeric) || is_picture(text, lexicon) {
            continue;
        }
        // "Slide 1 of 8" between a name and its steps tells of neither.
        if matches!(kind, Kind::Item { .. })
            && all.last().is_some_and(|line: &Line<'_>| is_counter(line.text, lexicon))
        {
            gap |= all.pop().is_some_and(|line| line.gap);
        }
        all.push(Line { number, text, kind, gap: gap || new_page, bold, indent: depth });
        // Whatever these are, they are no lines of an article, even if they are joined again.
        if all.len() > 4 * MOST_BLOCKS {
            break;
        }
        gap = false;
    }
    all
}

/// The fields of a form, side by side: "Hold: 30 sec  Weekly: 7x".
fn fields(line: &str, lexicon: &Lexicon) -> Option<Vec<String>> {
    if !line.contains("  ") || line.matches(':').count() < 2 {
        return None;
    }
    let pieces: Vec<&str> = line.split("  ").map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let field = |piece: &&str| piece.contains(':') && lead_label(piece, lexicon).is_some();
    let fields = pieces.iter().copied().filter(|piece| field(piece)).count();
    (fields >= 2 && fields + 1 >= pieces.len()).then(|| pieces.into_iter().map(str::to_owned).collect())
}

/// Tells bullets, numbers and the signs of Markdown from what they stand before.
fn kind(line: &str, depth: u16) -> (Kind, &str, bool) {
    let line = unboxed(unticked(line));
    let hashes = line.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && line.get(hashes..).is_some_and(|rest| rest.starts_with(' ')) {
        let text = line.trim_matches('#').trim().trim_matches('*');
        return (Kind::Heading(u8::try_from(hashes).unwrap_or(6)), text, false);
    }
    let pipes = line.matches('|').count();
    if pipes >= 2 || line.matches('\t').count() >= 2 {
        let sign = if pipes >= 2 { '|' } else { '\t' };
        let cells: Vec<String> =
            line.trim_matches('|').split(sign).map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().filter(|cell| !cell.is_empty()).count() >= 2 {
            return (Kind::Row(cells), line, false);
        }
    }
    // Columns that are set with spaces.
    let columns: Vec<&str> = line.split("   ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    if columns.len() >= 3 && columns.iter().all(|cell| cell.len() < 60) {
        return (Kind::Row(columns.into_iter().map(str::to_owned).collect()), line, false);
    }
    if emphasised(line).is_some() {
        return (Kind::Paragraph, line, true);
    }
    let bold = |text: &str| {
        text.len() > 4 && text.starts_with("**") && text.ends_with("**") && text.matches("**").count() == 2
    };
    if let Some((ordinal, rest)) = numbered(line) {
        let rest = unticked(rest);
        let text = rest.trim_matches('*').trim();
        return (Kind::Item { ordinal: Some(ordinal), depth, mark: '1' }, text, bold(rest));
    }
    if bold(line) {
        return (Kind::Paragraph, line.trim_matches('*').trim(), true);
    }
    if let Some((mark, rest)) = bulleted(line) {
        let rest = unticked(rest);
        if let Some((ordinal, rest)) = numbered(rest) {
            return (Kind::Item { ordinal: Some(ordinal), depth, mark: '1' }, rest, false);
        }
        return (Kind::Item { ordinal: None, depth, mark }, rest, bold(rest));
    }
    (Kind::Paragraph, line, false)
}

/// The words that a mail sets off at the start of a line, and the rest: "*Band pull.* Loop it round…".
fn emphasised(line: &str) -> Option<(&str, &str)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '*' | '_'))?;
    let inner = line.trim_start_matches(sign);
    let signs = line.len() - inner.len();
    let end = inner.find(sign)?;
    let (name, rest) = (inner.get(..end)?, inner.get(end + signs..)?);
    let fits = signs <= 2
        && (2..=60).contains(&end)
        && name.starts_with(char::is_alphanumeric)
        && inner.get(end..)?.starts_with(line.get(..signs)?)
        && !name.ends_with(' ')
        && (rest.is_empty() || rest.starts_with([' ', ':', '.', ',']));
    let rest = rest.trim_start_matches([':', '.', ',', ' ']);
    (fits && !rest.is_empty()).then_some((name, rest))
}

/// Without what frames a picture in letters: "+-----+", "|  (picture)  |".
fn unboxed(line: &str) -> &str {
    let framed = match line.as_bytes().first() {
        Some(b'+') => line.find(' ').filter(|end| {
            let edge = line.get(..*end).unwrap_or("");
            edge.len() > 3 && edge.ends_with('+') && edge.bytes().all(|b| matches!(b, b'+' | b'-' | b'='))
        }),
        Some(b'|') => line.get(1..).and_then(|rest| rest.find('|')).map(|end| end + 1).filter(|end| {
            let inside = line.get(1..*end).unwrap_or("").trim();
            inside.is_empty() || inside.starts_with('(') && inside.ends_with(')')
        }),
        _ => None,
    };
    let rest = framed.and_then(|end| line.get(end + 1..)).map_or(line, str::trim_start);
    if rest.is_empty() { line } else { rest }
}

/// Without the box to tick before it: `[x] Squats`.
fn unticked(line: &str) -> &str {
    let boxes = ["[ ] ", "[x] ", "[X] ", "[] "];
    boxes.iter().find_map(|sign| line.strip_prefix(sign)).map_or(line, str::trim_start)
}

/// Without the place of a picture before or behind it: `[image]   BRIDGE`, `Sit on a chair      (picture)`.
fn unpictured<'t>(line: &'t str, lexicon: &Lexicon) -> &'t str {
    let behind = line.rsplit_once("  ").filter(|(_, last)| {
        let inside = last.strip_prefix('(').and_then(|last| last.strip_suffix(')'));
        inside.is_some_and(|inside| lexicon.label(inside) == Some(Role::Nothing))
    });
    let line = behind.map_or(line, |(before, _)| before.trim_end());
    let Some((inside, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) else {
        return line;
    };
    let picture = rest.starts_with(' ') && lexicon.label(inside) == Some(Role::Nothing);
    if picture { rest.trim_start() } else { line }
}

/// `[image]`, `(picture)`
fn is_picture(text: &str, lexicon: &Lexicon) -> bool {
    let inside = text.strip_prefix(['[', '(']).and_then(|text| text.strip_suffix([']', ')']));
    inside.is_some_and(|inside| lexicon.label(inside) == Some(Role::Nothing))
}
