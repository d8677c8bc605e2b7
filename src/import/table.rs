//! Rows of tables: the heading of the columns, exercises with their amounts, and labels with their values.

use super::block::Block;
use super::label::{label, lead_label};
use super::lexicon::{Lexicon, Role, tag};
use super::name;
use super::section::{Part, Section};
use super::sentence::traits;
use super::title::Head;
use super::token::tokens;

/// What the columns of a table are, and what a cell that is merged over several rows says.
pub struct Columns {
    roles: Vec<Option<Role>>,
    merged: String,
    /// The first section that no row has told to repeat on the other side.
    repeated: usize,
}

/// A row of a table: the heading of its columns, an exercise with its amounts, or a label with its value.
pub fn row(
    cells: &[String],
    block: &Block,
    columns: &mut Option<Columns>,
    all: &mut Vec<Section>,
    lexicon: &Lexicon,
) {
    let ruled = cells.iter().all(|cell| !cell.contains(char::is_alphanumeric));
    if ruled {
        return;
    }
    // A form: "Reps: 10    Sets: 2    Hold: 5 sec".
    let labelled = |cell: &&String| cell.contains(':') && lead_label(cell, lexicon).is_some();
    let labels = cells.iter().filter(labelled).count();
    if labels >= 2 && labels * 2 >= cells.len() {
        if let Some(last) = all.last_mut() {
            for cell in cells {
                let (role, text) = lead_label(cell, lexicon)
                    .map_or((None, cell.as_str()), |(role, text)| (Some(role), text));
                last.push(Part { line: block.line, text: text.to_owned(), role, numbered: false });
            }
        }
        return;
    }
    let roles: Vec<Option<Role>> = cells.iter().map(|cell| lexicon.column(cell)).collect();
    let known = roles.iter().flatten().count();
    let amount = |role: &Role| {
        matches!(
            role,
            Role::Dose | Role::Sets | Role::Reps | Role::Hold | Role::Duration | Role::Rest | Role::Sides
        )
    };
    let beside = |role: &Role| amount(role) || *role == Role::Nothing;
    let of_amounts =
        known == cells.len() && roles.iter().flatten().all(beside) && roles.iter().flatten().any(amount);
    let named = roles.first() == Some(&Some(Role::Name)) || known >= 3 || of_amounts;
    if known >= 2 && (named || roles.contains(&Some(Role::Name))) && known * 2 >= cells.len() {
        *columns = Some(Columns { roles, merged: String::new(), repeated: all.len() });
        return;
    }
    let push = |all: &mut Vec<Section>, text: &str, role| {
        if let Some(last) = all.last_mut() {
            last.push(Part { line: block.line, text: text.to_owned(), role, numbered: false });
        }
    };
    if let Some(Columns { roles: columns, merged, repeated }) = columns {
        // Below the name of an exercise, a table of its amounts and nothing else.
        let first = cells.first().map_or("", String::as_str);
        let amounts_only = columns.iter().flatten().all(|role| *role != Role::Name && *role != Role::HowTo)
            && columns.first().is_some_and(Option::is_some);
        let below = all.last().is_some_and(|section| section.head.is_some() && !section.tabled);
        if amounts_only && below && (traits(first, lexicon).dose || !first.contains(char::is_alphabetic)) {
            for (cell, role) in cells.iter().zip(columns.iter()) {
                if cell.contains(char::is_alphanumeric) {
                    push(all, cell, *role);
                }
            }
            return;
        }
        let name_at = columns.iter().position(|role| *role == Some(Role::Name)).unwrap_or(0);
        let parts = cells.get(name_at).map(|cell| name::split(cell, lexicon));
        // "Repeat on the left side": no pose, but said of those above.
        let again = cells.get(name_at).filter(|cell| is_repeat(cell, lexicon));
        if let Some(cell) = again {
            for section in all.iter_mut().skip(*repeated) {
                let text = cell.clone();
                section.push(Part { line: block.line, text, role: Some(Role::Sides), numbered: false });
            }
            *repeated = all.len();
            return;
        }
        if let Some(name) = parts.filter(|parts| !parts.name.is_empty()) {
            let named = traits(&name.name, lexicon).name;
            let head = Head { listed: false, ..Head::of(name.name, block.line, true, named) };
            let group = all.last().map_or(String::new(), |section| section.group.clone());
            all.push(Section::tabled(head, group));
            if !name.rest.is_empty() {
                push(all, &name.rest, None);
            }
            // "Core (3 rounds)" stands once before the names that it is about.
            let before = cells.get(..name_at).unwrap_or(&[]);
            if before.iter().any(|cell| cell.contains(char::is_alphanumeric)) {
                let rounds = before.iter().find(|cell| tokens(cell, lexicon).iter().any(|t| t.is(tag::SETS)));
                *merged = rounds.cloned().unwrap_or_default();
            } else if !merged.is_empty() {
                push(all, merged, None);
            }
            for (at, cell) in cells.iter().enumerate() {
                let role = columns.get(at).copied().flatten();
                if at != name_at && cell.contains(char::is_alphanumeric) {
                    push(all, cell, role);
                }
            }
        }
        return;
    }
    // "Sets | 3", side by side.
    if let [first, second] = cells
        && let Some(role) = label(first, lexicon)
    {
        push(all, second, Some(role));
        return;
    }
    // A name and amounts, without a heading above; a number may stand before them.
    let numbered =
        cells.len() > 2 && cells.first().is_some_and(|cell| cell.bytes().all(|b| b.is_ascii_digit()));
    let cells = cells.get(usize::from(numbered)..).unwrap_or(cells);
    let name = cells.first().map(|cell| name::split(cell, lexicon));
    if let Some(name) = name {
        let seen = traits(&name.name, lexicon);
        let amounts = cells.iter().skip(1).any(|cell| traits(cell, lexicon).dose);
        if amounts && !seen.dose && seen.words > 0 && seen.words < 8 && seen.verb.is_none_or(|_| seen.name) {
            let head = Head { listed: false, ..Head::of(name.name, block.line, true, seen.name) };
            let group = all.last().map_or(String::new(), |section| section.group.clone());
            all.push(Section::tabled(head, group));
            for cell in cells.iter().skip(1) {
                push(all, cell, None);
            }
            return;
        }
    }
    for cell in cells {
        push(all, cell, None);
    }
}

/// "Repeat left side", "Switch sides", "Same on the other leg"
fn is_repeat(cell: &str, lexicon: &Lexicon) -> bool {
    let words = tokens(cell, lexicon);
    let again = words.first().is_some_and(|t| t.is(tag::AGAIN | tag::SWITCH | tag::SAME));
    again && words.len() <= 7 && words.iter().any(|t| t.is(tag::SIDE | tag::LEFT | tag::RIGHT))
}
