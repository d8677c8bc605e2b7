//! What the benchmarks speak: every sentence of the full upper-back routine, each once, in the order in which it is heard.

use std::collections::HashSet;

use floorcoach::library::Library;
use floorcoach::plan::{Beats, Options, Plan};

/// The built-in routine, whole.
pub fn plan() -> Plan {
    let found = Library::default().find("upper-back").expect("it is built in");
    Plan::new(&found.routine().expect("it has no problems"), Options::default())
}

/// At least 40, as they are written.
pub fn phrases() -> Vec<String> {
    let plan = plan();
    let mut seen = HashSet::new();
    let beats: Vec<_> = Beats::new(&plan, plan.start()).collect();
    let words = beats.iter().flat_map(|(_, beat)| beat.words()).map(str::to_owned);
    let phrases: Vec<String> = words.filter(|words| seen.insert(words.clone())).collect();
    assert!(phrases.len() >= 40, "only {} phrases", phrases.len());
    phrases
}
