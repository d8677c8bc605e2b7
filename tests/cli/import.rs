//! `import`: an article in, a routine out; a report, and nothing left behind when it fails.

use std::fs;

use crate::home::{Home, fake};

const HANDOUT: &str = "Back care

1. Bridge
Lie on your back with your knees bent.
Lift your hips off the floor.
Hold for 5 seconds, then lower.
Repeat 8 to 12 times.

2. Side stretch
Stand up and lean over to one side. Hold for 20 seconds, then switch sides.

When to see a doctor
If it hurts more every day.
";

#[test]
fn a_handout_becomes_a_routine_that_plays() {
    let home = Home::new();
    home.write("handout.txt", HANDOUT);
    let report = home.run(&["import", "handout.txt", "-o", "back.toml"]).quietly();
    insta::assert_snapshot!("report", report);
    let text = fs::read_to_string(home.work().join("back.toml")).expect("it is there");
    insta::assert_snapshot!("routine", text);
    assert_eq!(home.run(&["check", "back.toml"]).quietly(), "back.toml: no problems, 2 exercises\n");
    for length in ["--full", "--short"] {
        assert!(
            home.run(&fake(&["show", "back.toml", length])).quietly().starts_with("Back care ("),
            "{length}"
        );
    }
}

#[test]
fn without_a_file_the_routine_goes_to_standard_output() {
    let home = Home::new();
    let ran = home.run_with_input(&["import", "-"], HANDOUT);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("Bridge") && ran.err.contains("8–12"), "{}", ran.err);
    home.write("piped.toml", &ran.out);
    assert_eq!(home.run(&["check", "piped.toml"]).quietly(), "piped.toml: no problems, 2 exercises\n");
}

#[test]
fn ambitious_takes_the_upper_end() {
    let home = Home::new();
    home.write("handout.txt", HANDOUT);
    assert!(
        home.run(&["import", "handout.txt", "--ambitious"])
            .out
            .contains("reps         = 12 # the text says 8 to 12")
    );
}

#[test]
fn json_tells_what_is_stated_and_null_where_nothing_is() {
    let home = Home::new();
    home.write("handout.txt", HANDOUT);
    let told: serde_json::Value =
        serde_json::from_str(&home.run(&["import", "handout.txt", "--json"]).quietly()).expect("it is JSON");
    let bridge = &told["exercises"][0];
    assert_eq!((&bridge["name"], &bridge["line"]), (&"Bridge".into(), &3.into()));
    assert_eq!(
        bridge["reps"],
        serde_json::json!({ "low": 8.0, "high": 12.0, "text": "8 to 12 times", "line": 7 })
    );
    assert!(told["exercises"][1]["reps"].is_null() && told["exercises"][1]["sides"] == "each");
    assert!(
        told["left_out"].as_array().is_some_and(|left| left.iter().any(|left| left["line"] == 12)),
        "{told}"
    );
}

#[test]
fn questions_are_answered_on_standard_input() {
    let home = Home::new();
    home.write("handout.txt", HANDOUT);
    let ran =
        home.run_with_input(&["import", "handout.txt", "--interactive", "-o", "back.toml"], "lots\n3\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let asked = "Line 9: how many repetitions of “Side stretch”? [Enter: our default] Please type a number from 1 to 1000.";
    assert!(ran.err.starts_with(asked), "{}", ran.err);
    let text = fs::read_to_string(home.work().join("back.toml")).expect("it is there");
    assert!(text.contains("\nreps         = 3\n"), "{text}");
    // The end of the answers keeps what was understood.
    let ran = home.run_with_input(&["import", "handout.txt", "--interactive"], "");
    assert!(ran.out.contains("no count in the text"), "{}", ran.out);
    let ran = home.run_with_input(&["import", "-", "--interactive"], HANDOUT);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
}

#[test]
fn what_is_there_is_replaced_only_when_forced() {
    let home = Home::new();
    home.write("handout.txt", HANDOUT);
    home.write("back.toml", "mine");
    home.run(&["import", "handout.txt", "-o", "back.toml"])
        .fails(1, "error: `back.toml` is there already; choose another name, or replace it with `--force`");
    assert_eq!(fs::read(home.work().join("back.toml")).expect("it is there"), b"mine");
    home.run(&["import", "handout.txt", "-o", "back.toml", "--force"]).quietly();
    assert!(home.run(&["check", "back.toml"]).quietly().contains("2 exercises"));
}

#[test]
fn what_is_no_article_is_told_and_leaves_no_file() {
    let home = Home::new();
    for (name, bytes, message) in [
        ("empty.txt", &b" \n"[..], "`empty.txt` is empty: there is nothing to import"),
        (
            "sheet.pdf",
            b"%PDF-1.7\n\xe2",
            "`sheet.pdf` is a PDF document; take its text out first: `pdftotext sheet.pdf - | floorcoach import -`",
        ),
        (
            "photo.jpg",
            b"\xff\xd8\xff\xe0\0",
            "`photo.jpg` is no text but binary data; save it as text, HTML or Markdown, and import that",
        ),
        (
            "old.txt",
            b"Bridge\n10 \xb0\n",
            "`old.txt` is not text in UTF-8: line 2 has other bytes; save it again with the encoding `UTF-8`",
        ),
        (
            "news.txt",
            b"The weather\n\nIt will rain.\n",
            "no exercises found in `news.txt` (looked at `The weather` and more); if there are some, put the name of each \
             on a line of its own, above what to do",
        ),
    ] {
        home.write(name, bytes);
        home.run(&["import", name, "-o", "out.toml"]).fails(1, &format!("error: {message}"));
    }
    home.run(&["import", "none.txt", "-o", "out.toml"])
        .fails(1, "error: there is no file `none.txt`; check the path");
    assert!(!Home::names(&home.work()).contains(&"out.toml".to_owned()));
    let ran = home.run_with_input(&["import", "-", "-o", "no/x.toml"], HANDOUT);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.starts_with("error: cannot write `no/x.toml`"), "{}", ran.err);
}
