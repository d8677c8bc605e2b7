//! The README is true: its routines and config files are read, and its commands are understood.

use std::path::Path;
use std::process::Command;

use floorcoach::control::KEYS;
use floorcoach::routine::examine;

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    std::fs::read_to_string(path).expect("there is a README")
}

/// The fenced blocks with this info string, each with the line it begins in.
fn blocks(info: &str) -> Vec<(usize, String)> {
    let (text, mut blocks, mut open) = (readme(), Vec::new(), None::<(usize, String, String)>);
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => open = Some((number + 2, kind.trim().to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, _, block)), None) => block.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks.into_iter().filter(|(_, kind, _)| kind == info).map(|(line, _, block)| (line, block)).collect()
}

/// A machine of its own, with this config file.
fn floorcoach(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcoach"));
    command.env_clear().current_dir(home).env("HOME", home);
    for name in ["CONFIG", "DATA", "CACHE"] {
        command.env(format!("XDG_{name}_HOME"), home);
    }
    command
}

#[test]
fn routines_have_no_problems() {
    let routines = blocks("toml");
    assert!(!routines.is_empty());
    for (line, text) in routines {
        let examined = examine(&text, "README.md");
        assert_eq!(examined.problems.to_string(), "", "the routine in line {line}");
    }
}

/// Every key is known and every value in its range: the program reads the file as its own.
#[test]
fn config_files_are_accepted() {
    let configs = blocks("toml config");
    assert!(!configs.is_empty());
    for (line, text) in configs {
        let home = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(home.path().join("floorcoach")).expect("it is writable");
        std::fs::write(home.path().join("floorcoach/config.toml"), text).expect("it is writable");
        let show = ["show", "desk-break", "--voice", "fake", "--no-cache", "--short"];
        // Where macOS looks for it, too.
        let library = home.path().join("Library/Application Support/floorcoach");
        std::fs::create_dir_all(&library).expect("it is writable");
        std::fs::copy(home.path().join("floorcoach/config.toml"), library.join("config.toml"))
            .expect("it is writable");
        let output = floorcoach(home.path()).args(show).output().expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "the config file in line {line}: {told}");
        let guidance = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(guidance.contains("guidance)"), "it was read: {guidance}");
    }
}

/// The arguments of each line that begins with `floorcoach`, in indented and fenced blocks and between backticks;
/// what follows a `#` is a remark.
fn commands() -> Vec<Vec<String>> {
    let text = readme();
    let lines = text.lines().filter_map(|line| {
        let line = line.strip_prefix("    ").or(line.strip_prefix("$ ")).unwrap_or("");
        line.strip_prefix("target/release/").unwrap_or(line).strip_prefix("floorcoach ")
    });
    let between = text.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("floorcoach "));
    let words = |line: &str| {
        let line = line.split('#').next().unwrap_or_default();
        // Quotes hold words together.
        let parts = line.split('"').enumerate().flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        parts.collect::<Vec<_>>()
    };
    lines.chain(between).map(words).collect()
}

/// The binary itself reads them. `--help` behind them would hide a wrong option in front of it: clap stops at the first of
/// either. So a wrong one is appended, and has to be the first thing that is wrong.
#[test]
fn commands_are_understood() {
    let commands = commands();
    assert!(commands.len() >= 8, "{commands:?}");
    let home = tempfile::tempdir().expect("a folder");
    for arguments in commands {
        let mut command = floorcoach(home.path());
        command.args(&arguments).arg("--no-such-option-in-the-readme");
        let output = command.output().expect("the program starts");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        let first = told.lines().next().unwrap_or_default();
        assert!(
            first.contains("unexpected argument '--no-such-option-in-the-readme'"),
            "`floorcoach {}` is not understood: {told}",
            arguments.join(" ")
        );
    }
}

/// The keys are those of the one table that `?` prints, in its order.
#[test]
fn the_keys_are_those_of_the_program() {
    let rows: Vec<String> = KEYS.iter().map(|key| format!("| `{}` | {} |\n", key.name, key.does)).collect();
    let table = format!("| key | does |\n|---|---|\n{}\n", rows.concat());
    assert!(readme().contains(&table), "the table of keys should be:\n{table}");
}

/// Every option and command of the tables is one of the program's.
#[test]
fn options_of_the_tables_exist() {
    let home = tempfile::tempdir().expect("a folder");
    let mut help = String::new();
    for command in [
        &["--help"][..],
        &["play", "--help"],
        &["render", "--help"],
        &["show", "--help"],
        &["import", "--help"],
        &["log", "--help"],
        &["doctor", "--help"],
    ] {
        let output = floorcoach(home.path()).args(command).output().expect("the program starts");
        help += &String::from_utf8_lossy(&output.stdout);
    }
    let text = readme();
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let mut count = 0;
    for code in rows.flat_map(|row| row.split('`').skip(1).step_by(2)) {
        for option in code.split_whitespace().filter(|word| word.starts_with("--")) {
            assert!(
                help.contains(&format!("{option} ")) || help.contains(&format!("{option}\n")),
                "{option}"
            );
            count += 1;
        }
    }
    assert!(count >= 10, "{count}");
}
