//! `check`: good files, bad files, several at once.

use crate::home::{Home, ROUTINE};

#[test]
fn good_files_are_named() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    assert_eq!(home.run(&["check", "one.toml"]).quietly(), "one.toml: no problems, 1 exercise\n");
    let ran = home.run_with_input(&["check", "-"], ROUTINE);
    assert_eq!(ran.quietly(), "<standard input>: no problems, 1 exercise\n");
}

#[test]
fn every_problem_of_every_file_is_told() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    home.write("bad.toml", ROUTINE.replace("position", "postion").replace("\"2s\"", "\"soon\""));
    let ran = home.run(&["check", "bad.toml", "none.toml", "one.toml", "nome"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), "one.toml: no problems, 1 exercise\n"));
    insta::assert_snapshot!(ran.err, @r#"
    error: unknown key `postion` in exercise `Bird dog`
     --> bad.toml:4:1
      |
    4 | postion = "all-fours"
      | ^^^^^^^ not a key of a routine
      |
      = help: did you mean `position`?

    error: `hold` of phase 1 of exercise `Bird dog` is `soon`
     --> bad.toml:8:50
      |
    8 | rep = [{ say = "Stretch your {side} arm", hold = "soon" }, { say = "Come back", move = "1s" }]
      |                                                  ^^^^^^ not a duration
      |
      = help: write it like `"5s"`, `"1.5s"`, `"2m30s"` or `"500ms"`

    error: there is no file `none.toml`; check the path, or take a name that `floorcoach list` shows
    error: there is no routine `nome`; `floorcoach list` shows them all
    "#);
}

/// The same problems, whichever command meets them, and nothing else.
#[test]
fn other_commands_show_the_same_problems() {
    let home = Home::new();
    home.write("bad.toml", ROUTINE.replace("position", "postion"));
    let checked = home.run(&["check", "bad.toml"]);
    for arguments in
        [&["show", "bad.toml"][..], &["play", "bad.toml"], &["render", "bad.toml", "-o", "out.wav"]]
    {
        assert_eq!(home.run(arguments), checked, "{arguments:?}");
    }
    assert_eq!(Home::names(&home.work()), ["bad.toml"]);
}

/// Notes do not make a file bad.
#[test]
fn words_that_overrun_their_slot_are_a_note() {
    let home = Home::new();
    let long =
        "Come back slowly to where you have begun, one limb after the other, and look down at the floor";
    home.write(
        "one.toml",
        ROUTINE.replace("move = \"1s\"", "move = \"1s\", brief = \"Back\"").replace("Come back", long),
    );
    let ran = home.run(&["check", "one.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "one.toml: no problems, 1 exercise\n"), "{ran:?}");
}
