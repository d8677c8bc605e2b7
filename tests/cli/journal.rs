//! The session log and the place, as they are read.

use std::fs;

use crate::home::{FAKE, Home};

const LINE: &str = r#"{"when":"2026-11-23T06:40:00Z","session":"2026-11-23T06:30:00Z","routine":"upper-back","length":"short","exercise":"bird-dog","outcome":"done","seconds":81}"#;

fn data(home: &Home) -> std::path::PathBuf {
    home.routines().parent().expect("a folder").to_owned()
}

#[test]
fn a_log_that_is_not_there_yet_is_no_mistake() {
    let home = Home::new();
    assert!(home.run(&["log"]).quietly().starts_with("Nothing has been done yet"));
}

#[test]
fn damaged_lines_are_told_and_left_out() {
    let home = Home::new();
    let text = format!("{LINE}\n{}\n{LINE}\n", &LINE[..50]);
    fs::write(data(&home).join("sessions.jsonl"), text).expect("it is writable");
    let ran = home.run(&["log"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.err.contains("damaged and left out: 2"), "{}", ran.err);
    assert!(ran.out.contains("upper-back (short)") && ran.out.contains("Minutes per week"), "{}", ran.out);
    let json = home.run(&["log", "--json"]).out;
    assert!(json.contains("\"done\": 2") && json.contains("\"streak\""), "{json}");
}

#[test]
fn without_a_place_there_is_nothing_to_resume() {
    let home = Home::new();
    let ran = home.run(&["resume"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("nothing to resume") && ran.err.contains("floorcoach play"), "{}", ran.err);
}

#[test]
fn resume_goes_to_the_place_and_keeps_it_until_it_is_heard() {
    let home = Home::new();
    let place = data(&home).join("place.json");
    let text = r#"{"when":"2026-11-23T06:40:00Z","routine":"upper-back","length":"short","guidance":"brief","exercise":"bird-dog","name":"Bird dog"}"#;
    fs::write(&place, text).expect("it is writable");
    let ran = home.run(&[&["resume"][..], &FAKE].concat());
    // There is no sound on this machine.
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("on with bird-dog of upper-back"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&place).expect("it is still there"), text);
    fs::write(&place, &text[..40]).expect("it is writable");
    let ran = home.run(&["resume"]);
    assert!(ran.code == Some(1) && ran.err.contains("place.json"), "{}", ran.err);
}
