//! `new`: a template that is complete, and nothing overwritten.

use std::fs;

use crate::home::{Home, fake};

#[test]
fn a_new_routine_is_in_the_users_folder_and_passes() {
    let home = Home::new();
    fs::remove_dir_all(home.work().join("../data")).expect("it is ours");
    assert_eq!(
        home.run(&["new", "My back"]).quietly(),
        "~/data/floorcoach/routines/my-back.toml\nEdit it, look at it with `floorcoach show my-back`, then \
         `floorcoach play my-back`.\n"
    );
    assert_eq!(
        home.run(&["check", "my-back"]).quietly(),
        "~/data/floorcoach/routines/my-back.toml: no problems, 3 exercises\n"
    );
    assert!(home.run(&fake(&["show", "my-back"])).quietly().starts_with("My back (full)\n"));
    assert!(home.run(&["list"]).quietly().contains("my-back     yours"));
}

#[test]
fn what_is_there_is_never_overwritten() {
    let home = Home::new();
    fs::write(home.routines().join("my-back.toml"), "mine").expect("it is writable");
    home.run(&["new", "My back"]).fails(
        1,
        "error: `~/data/floorcoach/routines/my-back.toml` is there already; edit it, or choose another name",
    );
    home.write("here.toml", "mine");
    home.run(&["new", "My back", "-o", "here.toml"])
        .fails(1, "error: `here.toml` is there already; edit it, or choose another name");
    assert_eq!(fs::read(home.routines().join("my-back.toml")).expect("it is there"), b"mine");
    assert_eq!(fs::read(home.work().join("here.toml")).expect("it is there"), b"mine");
}

/// What it says to type next works as it stands.
#[test]
fn the_file_is_named_so_that_it_is_found() {
    let home = Home::new();
    for (output, name) in [("here.toml", "here.toml"), ("upper-back", "./upper-back")] {
        let said = home.run(&["new", "Here", "-o", output]).quietly();
        assert!(said.contains(&format!("`floorcoach show {name}`")), "{said}");
        assert!(home.run(&fake(&["show", name])).quietly().starts_with("Here (full)\n"), "{name}");
    }
}

#[test]
fn hiding_a_built_in_routine_is_told() {
    let home = Home::new();
    let ran = home.run(&["new", "Upper back"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            Some(0),
            "note: from now on `upper-back` is yours instead of the built-in one; remove the file to have that back\n"
        )
    );
}

#[test]
fn names_that_make_no_file_are_refused() {
    let home = Home::new();
    home.run(&["new", "///"]).fails(2, "error: `///` makes no file name; use some letters or digits");
    home.run(&["new", "x", "-o", "no/x.toml"])
        .fails(1, "error: cannot write `no/x.toml`: No such file or directory (os error 2)");
    assert_eq!(Home::names(&home.routines()), Vec::<String>::new());
}
