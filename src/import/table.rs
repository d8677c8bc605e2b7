//! Rows of tables: the heading of the columns, exercises with their amounts, and labels with their values.

use super::block::Block;
use super::label::{label, lead_label};
use super::lexicon::{Lexicon, Role, tag};
use super::name;
use super::section::{Part, Section};
use super::sentence::traits;
use super::title::Head;
use super::token::tokens;

/// Amounts in a cell take no more words.
const MOST_WORDS: usize = 12;

/// What the columns of a table are, and what a cell that is merged over several rows says.
pub struct Columns {
    roles: Vec<Option<Role>>,
    merged: String,
    /// The first section that no row has told to repeat on the other side.
    repeated: usize,
}

impl Columns {
    fn name_at(&self) -> usize {
        self.roles.iter().position(|role| *role == Some(Role::Name)).unwrap_or(0)
    }
}

/// A row of a table: the heading of its columns, an exercise with its amounts, or a label with its value.
pub fn row(
    cells: &[String],
    block: &Block,
    columns: &mut Option<Columns>,
    all: &mut Vec<Section>,
    lexicon: &Lexicon,
) {
    let mut row = Row { cells, line: block.line, all, lexicon };
    let ruled = cells.iter().all(|cell| !cell.contains(char::is_alphanumeric));
    if ruled || row.form() {
        return;
    }
    if let Some(roles) = row.heading() {
        *columns = Some(Columns { roles, merged: String::new(), repeated: row.all.len() });
    } else if let Some(columns) = columns {
        if !row.amounts_below(columns) && !row.repeat(columns) {
            row.exercise(columns);
        }
    } else if !row.label() && !row.counted() && !row.bare() {
        for cell in row.unnumbered() {
            row.push(cell, None);
        }
    }
}

/// A row, and where what it says goes to. What tries to read it tells whether it could.
struct Row<'a> {
    cells: &'a [String],
    line: u32,
    all: &'a mut Vec<Section>,
    lexicon: &'a Lexicon,
}

impl<'a> Row<'a> {
    fn push(&mut self, text: &str, role: Option<Role>) {
        if let Some(last) = self.all.last_mut() {
            last.push(Part { line: self.line, text: text.to_owned(), role, numbered: false });
        }
    }

    /// The cells with something in them, each with what its column is.
    fn push_cells(&mut self, columns: &Columns, without: Option<usize>) {
        for (at, cell) in self.cells.iter().enumerate() {
            if Some(at) != without && cell.contains(char::is_alphanumeric) {
                self.push(cell, columns.roles.get(at).copied().flatten());
            }
        }
    }

    fn begin(&mut self, name: String, named: bool) {
        let head = Head { listed: false, ..Head::of(name, self.line, true, named) };
        let group = self.all.last().map_or(String::new(), |section| section.group.clone());
        self.all.push(Section::tabled(head, group));
    }

    /// A form: "Reps: 10    Sets: 2    Hold: 5 sec".
    fn form(&mut self) -> bool {
        let cells = self.cells;
        let labelled = |cell: &&String| cell.contains(':') && lead_label(cell, self.lexicon).is_some();
        let labels = cells.iter().filter(labelled).count();
        // "SINGLE LEG STANCE     Sets: 1     Reps: 5"
        let (first, others) =
            cells.split_first().map_or(("", 0), |(first, others)| (first.as_str(), others.len()));
        let seen = traits(first, self.lexicon);
        let named =
            labels >= 2 && labels == others && (1..=8).contains(&seen.words) && !seen.stops && !seen.dose;
        if named && (seen.name || seen.upper) {
            self.begin(name::tidy(first, self.lexicon), true);
        }
        let cells = if named { cells.get(1..).unwrap_or(cells) } else { cells };
        let fits = labels >= 2 && labels * 2 >= cells.len();
        for cell in cells.iter().filter(|_| fits) {
            match lead_label(cell, self.lexicon) {
                Some((role, text)) => self.push(text, Some(role)),
                None => self.push(cell, None),
            }
        }
        fits
    }

    /// What the columns are, where this is the heading of a table of exercises.
    fn heading(&self) -> Option<Vec<Option<Role>>> {
        let roles: Vec<Option<Role>> = self.cells.iter().map(|cell| self.lexicon.column(cell)).collect();
        let known = roles.iter().flatten().count();
        let amount = |role: &Role| {
            matches!(
                role,
                Role::Dose | Role::Sets | Role::Reps | Role::Hold | Role::Duration | Role::Rest | Role::Sides
            )
        };
        let beside = |role: &Role| amount(role) || *role == Role::Nothing;
        let of_amounts =
            known == roles.len() && roles.iter().flatten().all(beside) && roles.iter().flatten().any(amount);
        let named = known >= 3 || of_amounts || roles.contains(&Some(Role::Name));
        (known >= 2 && named && known * 2 >= roles.len()).then_some(roles)
    }

    /// Below the name of an exercise, a table of its amounts and nothing else.
    fn amounts_below(&mut self, columns: &Columns) -> bool {
        let first = self.cells.first().map_or("", String::as_str);
        let roles = &columns.roles;
        let amounts = roles.iter().flatten().all(|role| *role != Role::Name && *role != Role::HowTo)
            && roles.first().is_some_and(Option::is_some);
        let below = self.all.last().is_some_and(|section| section.head.is_some() && !section.tabled);
        let told = traits(first, self.lexicon).dose || !first.contains(char::is_alphabetic);
        if amounts && below && told {
            self.push_cells(columns, None);
        }
        amounts && below && told
    }

    /// "Repeat on the left side": no pose, but said of those above.
    fn repeat(&mut self, columns: &mut Columns) -> bool {
        let cell = self.cells.get(columns.name_at()).filter(|cell| is_repeat(cell, self.lexicon));
        let Some(cell) = cell else { return false };
        for section in self.all.iter_mut().skip(columns.repeated) {
            let text = cell.clone();
            section.push(Part { line: self.line, text, role: Some(Role::Sides), numbered: false });
        }
        columns.repeated = self.all.len();
        true
    }

    /// A name, and how much in the other cells.
    fn exercise(&mut self, columns: &mut Columns) {
        let name_at = columns.name_at();
        let parts = self.cells.get(name_at).map(|cell| name::split(cell, self.lexicon));
        let Some(name) = parts.filter(|parts| !parts.name.is_empty()) else { return };
        let named = traits(&name.name, self.lexicon).name;
        self.begin(name.name, named);
        if !name.rest.is_empty() {
            self.push(&name.rest, None);
        }
        // "Core (3 rounds)" stands once before the names that it is about.
        let before = self.cells.get(..name_at).unwrap_or(&[]);
        if before.iter().any(|cell| cell.contains(char::is_alphanumeric)) {
            let sets = |cell: &&String| tokens(cell, self.lexicon).iter().any(|t| t.is(tag::SETS));
            columns.merged = before.iter().find(sets).cloned().unwrap_or_default();
        } else if !columns.merged.is_empty() {
            self.push(&columns.merged, None);
        }
        self.push_cells(columns, Some(name_at));
    }

    /// "Sets | 3", side by side.
    fn label(&mut self) -> bool {
        let [first, second] = self.cells else { return false };
        let role = label(first, self.lexicon);
        if role.is_some() {
            self.push(second, role);
        }
        role.is_some()
    }

    /// "20 | Squats": the amount stands before the name.
    fn counted(&mut self) -> bool {
        let [count, name] = self.cells else { return false };
        let number = count.bytes().all(|b| b.is_ascii_digit());
        let parts = name::split(name, self.lexicon);
        let seen = traits(&parts.name, self.lexicon);
        let fits = (1..8).contains(&seen.words) && !seen.dose && (seen.verb.is_none() || seen.name);
        let dosed = number && count.len() <= 3 || traits(count, self.lexicon).dose;
        if fits && dosed {
            self.begin(parts.name, true);
            self.push(&parts.rest, None);
            let times = if number { Role::Reps } else { Role::Dose };
            self.push(count, Some(times));
        }
        fits && dosed
    }

    /// A number may stand before the name.
    fn unnumbered(&self) -> &'a [String] {
        match self.cells {
            [first, others @ ..] if others.len() > 1 && first.bytes().all(|b| b.is_ascii_digit()) => others,
            cells => cells,
        }
    }

    /// A name and amounts, without a heading above.
    fn bare(&mut self) -> bool {
        let Some((first, others)) = self.unnumbered().split_first() else { return false };
        let name = name::split(first, self.lexicon);
        let seen = traits(&name.name, self.lexicon);
        // "2 to 5 minutes. It takes a while to get into it, and …" is an explanation.
        let amounts = others.iter().any(|cell| {
            let told = traits(cell, self.lexicon);
            told.dose && (told.words <= MOST_WORDS || told.physical)
        });
        // "While lying on your side   COMPLETE   2 Sets": a column of a form beside what to do.
        let begins = seen.function || seen.you;
        let fits =
            (1..8).contains(&seen.words) && !seen.dose && !begins && (seen.verb.is_none() || seen.name);
        if amounts && fits {
            self.begin(name.name, seen.name);
            for cell in others {
                self.push(cell, None);
            }
        }
        amounts && fits
    }
}

/// "Repeat left side", "Switch sides", "Same on the other leg"
fn is_repeat(cell: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(cell, lexicon);
    let again = words.first().is_some_and(|t| t.is(tag::AGAIN | tag::SWITCH | tag::SAME));
    again && words.len() <= 7 && words.iter().any(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT))
}
