//! No file whatsoever makes reading a routine crash, hang or overflow the stack.

use floorcoach::routine::{LARGEST_FILE, examine, parse, parse_bytes, template};
use proptest::prelude::*;

/// Reads `text` and shows what is wrong with it, which must not panic either.
fn read(text: &str) -> bool {
    let examined = examine(text, "any.toml");
    let shown = examined.problems.to_string();
    assert_eq!(examined.routine.is_none(), examined.problems.has_errors(), "{shown}");
    assert_eq!(shown.is_empty(), examined.problems.is_empty());
    examined.problems.render(true);
    examined.routine.is_some()
}

/// A piece that means something to the reader, so that mutations get past the first character.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,6}",
        Just("[[exercise]]\n".to_owned()),
        Just("[pace]\n".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("{side}".to_owned()),
        Just("short = \"skip\"\n".to_owned()),
        Just("rep = [{ hold = \"5s\" }]\n".to_owned()),
        Just("sides = \"alternate\"\n".to_owned()),
        Just("\\".to_owned()),
        Just("\r\n".to_owned()),
        Just("\0".to_owned()),
        Just("“".to_owned()),
        "[\\[\\]{}=,.\"'#\n]{1,4}",
        "-?[0-9]{1,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        read(&text);
    }

    #[test]
    fn any_sequence_of_meaningful_pieces_is_answered(pieces in prop::collection::vec(piece(), 0..30)) {
        read(&pieces.concat());
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(problems) = parse_bytes(&bytes, "any.toml") {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn any_mutation_of_a_routine_is_answered(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, piece()), 1..6)
    ) {
        let mut text: Vec<char> = template("Back").chars().collect();
        for (place, removed, inserted) in edits {
            let from = place.index(text.len() + 1);
            let to = (from + removed).min(text.len());
            text.splice(from..to, inserted.chars());
        }
        read(&text.into_iter().collect::<String>());
    }

    #[test]
    fn any_bytes_in_a_routine_are_answered(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3, any::<u8>()), 1..6)
    ) {
        let mut bytes = template("Back").into_bytes();
        for (place, removed, inserted) in edits {
            let from = place.index(bytes.len() + 1);
            let to = (from + removed).min(bytes.len());
            bytes.splice(from..to, [inserted]);
        }
        if let Err(problems) = parse_bytes(&bytes, "any.toml") {
            prop_assert!(!problems.to_string().is_empty());
        }
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_change_nothing(title in "[a-z ]{0,20}") {
        let text = template(&title);
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        prop_assert_eq!(parse(&text, "a.toml"), parse(&windows, "a.toml"));
    }
}

/// Each unit is repeated to the largest size that is looked into, and to the largest that is searched for
/// every error. Run on a thread with the small stack that workers have.
#[test]
fn huge_files_are_answered() {
    let units = [
        ("", "["),
        ("", "{"),
        ("", "]"),
        ("x = ", "["),
        ("x = ", "{ a = "),
        ("x = [", ","),
        ("x = {", ","),
        ("", "a."),
        ("", "="),
        ("", "=\n"),
        ("", "a = 1\n"),
        ("", "a\n"),
        ("", "\""),
        ("title = \"", "\\q"),
        ("title = \"", "{"),
        ("title = \"", "{side} "),
        ("title = '", "a"),
        ("title = \"\"\"", "a\n"),
        ("title = ", "“"),
        ("title = 1\n", "\r"),
        ("title = 1\n", "[exercise]\n"),
        ("title = 1\n", "[[exercise]]\n"),
        ("title = 1\n", "[[exercise]]\nx = [1,\n"),
        ("title = 1\n", "[[exercise]]\nid = \"a\"\n"),
        ("title = 1\n", "[[exercise]]\nrep = [{}, {}, {}]\nreps = 0\n"),
        ("title = 1\n", "[pace]\nrest = 5s\n"),
        ("opening = [\"\"", ", \"\""),
        ("opening = [1", "\n1"),
    ];
    let worker = std::thread::Builder::new().stack_size(1024 * 1024).spawn(move || {
        for (start, unit) in units {
            for size in [LARGEST_FILE, 250_000] {
                let text = start.to_owned() + &unit.repeat((size - start.len()) / unit.len());
                assert!(!read(&text), "{start}{unit}… was accepted");
            }
        }
        let many_keys: String = (0..250_000).map(|n| format!("tite{n} = 1\n")).collect();
        assert!(!read(&many_keys));
        assert!(!read(&format!("title = \"{}\"", "{".repeat(4_000_000))));
        assert!(!read(&"[".repeat(10_000_000)));
    });
    worker.expect("a thread").join().expect("every huge file to be answered");
}

#[test]
fn a_large_routine_is_read() {
    let exercise = "[[exercise]]\nname = \"Bridge\"\nposition = \"supine\"\nduration = \"4s\"\n";
    let pace = "title = \"Long\"\n[pace]\nrest = \"0s\"\n";
    let routine = parse(&(pace.to_owned() + &exercise.repeat(20_000)), "long.toml");
    let routine = routine.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(routine.exercises.len(), 20_000);
    assert_eq!(routine.exercises[19_999].id, "bridge-20000");
    let refused = parse(&(pace.to_owned() + &exercise.repeat(20_001)), "long.toml");
    assert!(refused.is_err_and(|problems| problems.to_string().contains("at most 20000 are allowed")));
}
