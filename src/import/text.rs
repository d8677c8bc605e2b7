//! Plain text → blocks: bullets and numbers are recognised, and lines that were broken to fit a page are joined again.

use std::collections::HashSet;

use super::block::{Block, Document, Kind, MOST_BLOCKS};
use super::chat;
use super::columns;
use super::delimited::Delimited;
use super::furniture::{Quoted, Running, is_counter, is_ownership, is_page_number};
use super::lexicon::{Lexicon, Role};

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
        let joins = last.is_some_and(|before| {
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
            let (text, bold) = match emphasised(line.text) {
                Some((name, rest)) => (format!("{name} {rest}").trim_end().to_owned(), name.len()),
                None => (line.text.to_owned(), if line.bold { line.text.len() } else { 0 }),
            };
            blocks.push(Block { bold, ..Block::new(line.number, line.kind.clone(), text, line.gap) });
        }
        last = Some(line.text);
    }
    let cut = blocks.len() > MOST_BLOCKS || lines.len() > 4 * MOST_BLOCKS;
    Document { blocks, cut, ..Document::default() }
}

fn lines<'t>(text: &'t str, lexicon: &Lexicon) -> Vec<Line<'t>> {
    let mut all = Vec::new();
    let mut gap = true;
    let running = Running::of(text);
    let mut quoted = Quoted::default();
    let chat = chat::is_chat(text);
    let table = Delimited::of(text, lexicon);
    for (number, raw) in columns::lines(text) {
        let new_page = raw.contains('\u{c}');
        let raw = raw.trim_end_matches('\r');
        let trimmed = raw
            .trim_matches(|c: char| c.is_whitespace() || c == '\u{c}' || c == '\u{feff}' || c == '\u{200b}');
        let said = if chat { chat::message(trimmed) } else { None };
        // Each message is a paragraph.
        gap |= said.is_some();
        let trimmed = said.unwrap_or(trimmed);
        if quoted.takes(raw, trimmed, lexicon) || !trimmed.contains(char::is_alphanumeric) {
            gap = true;
            continue;
        }
        if is_page_number(trimmed, lexicon) || is_ownership(trimmed) || running.has(trimmed) {
            // The text goes on over the page, so this is no gap.
            continue;
        }
        let depth =
            raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum::<u16>();
        let cells = table.and_then(|table| table.cells(trimmed));
        let (kind, text, bold) = match cells {
            Some(cells) => (Kind::Row(cells), trimmed, false),
            None => kind(unpictured(trimmed, lexicon), depth),
        };
        if !text.contains(char::is_alphanumeric) {
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

/// Takes the number or bullet from the text of a block that has none yet: pages write "1." and "•" themselves, too.
pub fn bare_item(block: &mut Block) {
    let strip = |block: &mut Block, rest: String, kind: Option<Kind>| {
        block.bold = block.bold.saturating_sub(block.text.len() - rest.len());
        block.text = rest;
        if let Some(kind) = kind {
            block.kind = kind;
        }
    };
    match block.kind {
        Kind::Paragraph | Kind::Item { ordinal: None, .. } => {
            if let Some((ordinal, rest)) = numbered(&block.text) {
                let (rest, item) =
                    (rest.to_owned(), Kind::Item { ordinal: Some(ordinal), depth: 1, mark: '1' });
                strip(block, rest, Some(item));
            } else if let Some((mark, rest)) = bulleted(&block.text) {
                let item = Kind::Item { ordinal: None, depth: 1, mark };
                let kind = (block.kind == Kind::Paragraph).then_some(item);
                strip(block, rest.to_owned(), kind);
            }
        }
        _ => {}
    }
}

/// `3.`, `3)`, `(3)`, `#3`, `3 -`, and the digits of emoji.
fn numbered(line: &str) -> Option<(u32, &str)> {
    if let Some(signed) = lettered(line).or_else(|| circled(line)) {
        return Some(signed);
    }
    let open = line.strip_prefix(['(', '#']).unwrap_or(line);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&digits) {
        return None;
    }
    let (number, rest) = open.split_at(digits);
    let rest = rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']);
    let keycap = open.get(digits..).is_some_and(|after| after.starts_with(['\u{fe0f}', '\u{20e3}']));
    // What is left of a numbered circle: "2Heel raise".
    let mut letters = rest.chars();
    let glued =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
    if glued && rest.contains(' ') && open.len() == line.len() {
        return number.parse().ok().map(|number| (number, rest));
    }
    // A comma, as the reading of a scanned page makes of a stop: "5, QUAD SET".
    let shouted =
        |rest: &str| rest.strip_prefix(", ").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    // "2:15 Chin tucks" tells where in a film.
    if rest.starts_with(':')
        && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let stop = rest.strip_prefix(['.', ')', ':']).or(rest.strip_prefix(',').filter(|_| shouted(rest)));
    let after = stop.or_else(|| {
        let dashed = [" - ", " – ", " — "].iter().find_map(|dash| rest.strip_prefix(dash));
        dashed.or(if keycap || open.len() < line.len() { Some(rest) } else { None })
    })?;
    // "1.5 minutes" is no number of an item.
    let spaced =
        after.starts_with(char::is_whitespace) || after.chars().next().is_some_and(char::is_alphabetic);
    let text = after.trim_start();
    (spaced && !text.is_empty()).then(|| number.parse().ok().map(|number| (number, text)))?
}

/// `①` and `❶`: numbers that are one sign (Unicode, Enclosed Alphanumerics and Dingbats).
fn circled(line: &str) -> Option<(u32, &str)> {
    let first = line.chars().next()?;
    let one = ['①', '⑴', '⒈', '⓵', '❶', '➀', '➊'].into_iter().find(|one| {
        let last = if matches!(one, '①' | '⑴' | '⒈') { 20 } else { 10 };
        (u32::from(*one)..u32::from(*one) + last).contains(&u32::from(first))
    })?;
    let rest = line.get(first.len_utf8()..)?.trim_start_matches(['.', ')', ':']).trim_start();
    (!rest.is_empty()).then_some((u32::from(first) - u32::from(one) + 1, rest))
}

/// `A.` and `b)`: the steps of one exercise, or exercises.
fn lettered(line: &str) -> Option<(u32, &str)> {
    let first = line.bytes().next().filter(u8::is_ascii_alphabetic)?.to_ascii_lowercase();
    let number = u32::from(first - b'a') + 1;
    let rest = line.get(1..)?.strip_prefix(['.', ')'])?;
    // Later letters are initials rather than numbers.
    (number <= 10 && rest.starts_with(' ')).then(|| (number, rest.trim_start()))
}

/// Any sign that is no letter, digit, quotation mark or bracket, and a lone `o`.
fn bulleted(line: &str) -> Option<(char, &str)> {
    let first = line.chars().next()?;
    let lone_o = matches!(first, 'o') && line.starts_with("o ");
    let sign = !first.is_alphanumeric()
        && !matches!(first, '"' | '“' | '‘' | '\'' | '(' | '[' | '$' | '£' | '@' | '<' | '½' | '¼' | '¾');
    if !sign && !lone_o {
        return None;
    }
    let rest = if lone_o { line.get(1..).unwrap_or("") } else { line };
    let rest =
        rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '"' | '“' | '(' | '[' | '½'));
    (!rest.is_empty()).then_some((first, rest))
}

/// How the lines of a document were broken to fit a page.
pub struct Wrapping {
    /// The width to which they were broken, if they were.
    width: Option<usize>,
    /// A line that begins in lower case stands out, so that it tells something.
    lower_is_rare: bool,
}

impl Wrapping {
    pub fn of(lines: &[&str]) -> Self {
        let letters = lines.iter().filter_map(|line| line.chars().next()).filter(|c| c.is_alphabetic());
        let (lower, all) =
            letters.fold((0, 0), |(lower, all), c| (lower + usize::from(c.is_lowercase()), all + 1));
        // Of lines that were broken some begin in the middle of a sentence; those of a list do not.
        let shouted = !lines.iter().any(|line| line.contains(char::is_lowercase));
        let width = wrapped_at(lines).filter(|_| shouted || lower * 12 >= all);
        Self { width, lower_is_rare: lower * 2 <= all }
    }

    /// Whether `line` goes on with what the line `before` it began.
    pub fn joins(&self, before: &str, line: &str) -> bool {
        let ends = before.ends_with(['.', '!', '?', ':', ';', '…']);
        let lower = line.starts_with(|c: char| c.is_lowercase());
        if lower && !ends && self.lower_is_rare {
            return true;
        }
        let Some(width) = self.width else {
            return false;
        };
        // A remark that is set apart ends its line.
        if before.contains("     (") && !lower {
            return false;
        }
        let first = line.split_whitespace().next().map_or(0, |word| word.chars().count());
        let length = before.chars().count();
        let full = (length + 1 + first) * 100 >= width * 88;
        // After a full stop at the end of a full line a title may follow.
        let title = ends && !line.ends_with(['.', '!', '?', ',', ';']) && line.chars().count() * 2 < width;
        full && !title || lower && !ends && length * 2 >= width
    }
}

fn wrapped_at(lines: &[&str]) -> Option<usize> {
    const WIDEST: usize = 130;
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.chars().take(WIDEST * 2).count()).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len() * 95 / 100)?;
    let near = lengths.iter().filter(|length| **length * 4 >= width * 3).count();
    let longest = *lengths.last()?;
    let capped = (34..=WIDEST).contains(&width) && longest <= width + width / 3;
    (capped && near * 4 >= lengths.len()).then_some(width)
}

fn is_broken_word(before: &str, line: &str) -> bool {
    let mut end = before.chars().rev();
    end.next() == Some('-')
        && end.next().is_some_and(char::is_alphabetic)
        && line.starts_with(|c: char| c.is_lowercase())
}

/// Joins "exer-" and "cise"; the hyphen stays unless the whole word occurs elsewhere.
fn mend(text: &mut String, line: &str, known: &HashSet<&str>) {
    let last = text.trim_end_matches('-').rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    if known.contains(format!("{last}{first}").as_str()) {
        text.pop();
    }
    text.push_str(line);
}
