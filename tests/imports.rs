//! Who may import whom: the table of ARCHITECTURE.md against the `use crate::` lines of the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module, and the modules of this crate that it may use besides itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("cue", &[]),
    ("number", &[]),
    ("clip", &["time"]),
    ("routine", &["time"]),
    ("plan", &["routine", "time", "cue", "number"]),
    ("loudness", &["clip", "time"]),
    ("resample", &[]),
    ("voice", &["clip", "time", "resample", "number", "loudness"]),
    ("sound", &["clip", "time", "cue", "resample", "loudness"]),
    ("timeline", &["plan", "clip", "time", "cue"]),
    ("control", &["time", "plan"]),
    ("media", &["control", "time"]),
    ("awake", &["control"]),
    ("play", &["timeline", "clip", "control", "time", "plan", "cue"]),
    ("render", &["timeline", "clip", "time", "plan", "cue", "resample", "loudness"]),
    ("import", &["routine", "time"]),
    ("journal", &["control", "time"]),
    ("library", &["routine"]),
    ("cmd", &["*"]),
];

/// Crates that only one place may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rodio::", &["src/play/device", "src/sound/decode", "src/render/proof"]),
    ("cpal::", &["src/play/device"]),
    ("pulseaudio::", &["src/play/device/whereabouts"]),
    ("clap::", &["src/cmd/"]),
    ("clap_complete::", &["src/cmd/"]),
    ("clap_mangen::", &["src/cmd/"]),
    ("mpris_server", &["src/media/mpris"]),
    ("souvlaki", &["src/media/desktop"]),
    ("winit", &["src/media/desktop"]),
    ("zbus", &["src/media/mpris", "src/awake/desktop"]),
    ("keepawake", &["src/awake/power"]),
    ("html5ever::", &["src/import/html"]),
    ("pulldown_cmark::", &["src/import/markdown"]),
    ("tts::", &["src/voice/system/tts"]),
    ("hound::", &["src/voice/command"]),
    ("rubato::", &["src/resample"]),
    ("rten", &["src/voice/natural/"]),
];

/// What the pure modules must not touch.
const IMPURE: &[&str] =
    &["std::fs", "std::io", "std::thread", "std::time", "std::env", "std::net", "Instant"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the source folder is readable") {
        let path = entry.expect("so are its entries").path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(path);
        }
    }
    all
}

/// Path from the project's root, with forward slashes, and the code without its comments.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src"))
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("source is text");
            let bare = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>();
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            (name, bare.join("\n"))
        })
        .collect()
}

fn module_of(path: &str) -> &str {
    let rest = path.strip_prefix("src/").expect("a source file");
    rest.split(['/', '.']).next().expect("never empty")
}

/// The first segments after each `crate::`.
fn imports(text: &str) -> BTreeSet<&str> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(""))
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn modules_use_only_what_they_may() {
    let mut wrong = Vec::new();
    for (path, text) in code() {
        let module = module_of(&path);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{path}: the module `{module}` is not in the table"));
            continue;
        };
        for import in imports(&text) {
            if import != module && !allowed.contains(&import) && !allowed.contains(&"*") {
                wrong.push(format!("{path}: `{module}` must not use `{import}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (path, text) in code() {
        for (name, homes) in ONLY_IN {
            let names = |line: &str| {
                line.match_indices(name).any(|(at, _)| {
                    // `natural::` must not count as `ral::`.
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            };
            let found = text.lines().any(|line| names(line) && !line.contains("crate::"));
            if found && !homes.iter().any(|home| path.starts_with(home)) {
                wrong.push(format!("{path}: names `{name}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn plan_and_timeline_know_no_file_clock_or_thread() {
    for (path, text) in code() {
        if matches!(module_of(&path), "plan" | "timeline" | "time" | "clip" | "cue" | "import") {
            for name in IMPURE {
                assert!(!text.contains(name), "{path} names `{name}`");
            }
        }
    }
}

#[test]
fn the_table_is_the_one_that_is_documented() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md"))
        .expect("ARCHITECTURE.md is there");
    for (module, allowed) in ALLOWED {
        let row = text
            .lines()
            .find(|line| line.starts_with(&format!("| `{module}`")))
            .unwrap_or_else(|| panic!("no row for `{module}` in ARCHITECTURE.md"));
        let last = row.trim_end_matches('|').rsplit('|').next().expect("rows have cells").trim();
        let documented: BTreeSet<&str> = match last {
            "–" => BTreeSet::new(),
            "all" => BTreeSet::from(["*"]),
            names => names.split(", ").collect(),
        };
        assert_eq!(documented, allowed.iter().copied().collect(), "the row of `{module}`");
    }
}
