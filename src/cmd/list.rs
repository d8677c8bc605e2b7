//! `list`: the routines there are.

use comfy_table::{Attribute, Cell, Table, presets};

use super::{Failure, show};
use crate::library::{Found, Library, Origin};

pub fn run(library: &Library) -> Result<(), Failure> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for found in library.all() {
        let about = match found.routine() {
            Ok(routine) if routine.summary.is_empty() => routine.title,
            Ok(routine) => routine.summary,
            Err(_) => format!("has mistakes; `floorcoach check {}` tells them", path(&found)),
        };
        let own = if found.origin == Origin::BuiltIn { "built in" } else { "yours" };
        table.add_row([
            Cell::new(&found.name).add_attribute(Attribute::Bold),
            Cell::new(own),
            Cell::new(about),
        ]);
    }
    show::print(&format!("{}\n", table.trim_fmt()))
}

fn path(found: &Found) -> String {
    match &found.origin {
        Origin::File(path) => path.display().to_string(),
        Origin::BuiltIn | Origin::Stdin => found.name.clone(),
    }
}
