//! Where routines come from: built in, the user's folder, a path, standard input; and what files may be like.

use std::fs;

use crate::home::{Home, ROUTINE, fake};
use crate::score::score;

#[test]
fn a_routine_is_the_same_from_everywhere() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    fs::write(home.routines().join("own.toml"), ROUTINE).expect("it is writable");
    let frames = score(&home, &fake(&["one.toml"])).frames;
    for path in ["./one.toml", "../work/one.toml", "own"] {
        assert_eq!(score(&home, &fake(&[path])).frames, frames, "{path}");
    }
    let piped = home.run_with_input(&fake(&["show", "-", "--json"]), ROUTINE).quietly();
    assert!(piped.starts_with(r#"{"routine":"stdin","#) && piped.contains(&format!(r#""frames":{frames},"#)));
    let ran = home.run_with_input(&fake(&["render", "-", "-o", "out.wav"]), ROUTINE);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(crate::score::samples(&home.work().join("out.wav")).len() as u64, frames);
}

#[test]
fn the_users_own_comes_before_the_built_in_one_and_a_path_before_both() {
    let home = Home::new();
    fs::write(home.routines().join("desk-break.toml"), ROUTINE).expect("it is writable");
    home.write("desk-break.toml", ROUTINE.replace("\"One\"", "\"Here\""));
    let title = |arguments: &[&str]| {
        let text = home.run(&fake(&[&["show"], arguments].concat())).quietly();
        text.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(title(&["desk-break"]), "One (full)");
    assert_eq!(title(&["desk-break.toml"]), "Here (full)");
    assert_eq!(title(&["upper-back", "--short"]), "Upper back relief (short)");
    insta::assert_snapshot!(home.run(&["list"]).quietly(), @r"
     desk-break  yours     One
     upper-back  built in  Ten exercises that loosen and strengthen a stiff upper back.
    ");
}

#[test]
fn list_tells_of_mistakes_instead_of_hiding_the_file() {
    let home = Home::new();
    fs::write(home.routines().join("broken.toml"), "title = 3").expect("it is writable");
    fs::write(home.routines().join("notes.txt"), "no routine").expect("it is writable");
    fs::create_dir(home.routines().join("old.toml")).expect("it is writable");
    insta::assert_snapshot!(home.run(&["list"]).quietly(), @r"
     broken      yours     has mistakes; `floorcoach check ~/data/floorcoach/routines/broken.toml` tells them
     desk-break  built in  A few minutes for the upper back, sitting and standing, beside the desk.
     upper-back  built in  Ten exercises that loosen and strengthen a stiff upper back.
    ");
}

#[test]
fn files_of_other_editors_are_read() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    home.write("bom.toml", format!("\u{feff}{ROUTINE}"));
    home.write("crlf.toml", ROUTINE.replace('\n', "\r\n"));
    let frames = score(&home, &fake(&["one.toml"])).frames;
    for file in ["bom.toml", "crlf.toml"] {
        assert_eq!(score(&home, &fake(&[file])).frames, frames, "{file}");
    }
}

#[test]
fn what_is_no_routine_file_is_told_in_one_message() {
    let home = Home::new();
    fs::create_dir(home.work().join("folder.toml")).expect("it is writable");
    home.write("empty.toml", "");
    home.write("binary.toml", [0x7f, b'E', b'L', b'F', 0, 0, 1, 0xff, 0xfe]);
    for file in ["folder.toml", "folder.toml/", "./folder.toml"] {
        home.run(&fake(&["show", file]))
            .fails(1, &format!("error: `{file}` is a folder; name a routine file in it"));
    }
    let told = |file: &str, input: &str| {
        let ran = home.run_with_input(&fake(&["show", file]), input);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{ran:?}");
        ran.err
    };
    insta::assert_snapshot!(told("empty.toml", ""), @r"
    error: `empty.toml` is empty
    --> empty.toml
     = help: `floorcoach new NAME` writes a routine to start from
    ");
    insta::assert_snapshot!(told("binary.toml", ""), @r"
    error: `binary.toml` is a binary file, not a routine
    --> binary.toml
     = help: a routine is a plain text file; `floorcoach new NAME` writes one that you can fill in
    ");
    insta::assert_snapshot!(told("-", "hello"), @r#"
    error: this is not a routine file
     --> <standard input>:1:1
      |
    1 | hello
      | ^ no `title = "…"` and no `[[exercise]]` anywhere
      |
      = help: `floorcoach new NAME` writes a routine to start from
    "#);
}

/// A folder where a routine would be found by its name alone.
#[test]
fn a_folder_of_that_name_is_no_routine() {
    let home = Home::new();
    fs::create_dir(home.work().join("mine")).expect("it is writable");
    home.run(&fake(&["show", "mine"])).fails(1, "error: `mine` is a folder; name a routine file in it");
}
