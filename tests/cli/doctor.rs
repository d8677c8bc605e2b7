//! The doctor on a machine without sound.

use floorcoach::cue::Sound;

use crate::home::Home;

#[test]
fn everything_is_tried_and_a_missing_output_is_a_failure() {
    let home = Home::new();
    let ran = home.run(&["doctor", "--voice", "fake"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("one thing is broken"), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    let all_sounds = format!("all {} can be played", Sound::ALL.len());
    for (start, what) in [
        ("BAD ", "floorcoach render"),
        ("ok ", "`fake` spoke"),
        ("ok ", all_sounds.as_str()),
        ("ok ", "floorcoach/phrases` can be written"),
        ("ok ", "floorcoach` can be written"),
    ] {
        assert!(
            lines.iter().any(|line| line.starts_with(start) && line.contains(what)),
            "{start} {what}: {}",
            ran.out
        );
    }
    // Nothing is left behind.
    let left = std::fs::read_dir(home.cache()).expect("it was made").count();
    assert_eq!(left, 0);
}

#[test]
fn a_folder_that_cannot_be_written_and_a_broken_sound_are_told() {
    let home = Home::new();
    home.write("tick.wav", "no sound at all");
    std::fs::write(home.cache().parent().and_then(|cache| cache.parent()).expect("a folder"), "a file")
        .expect("it is writable");
    let ran = home.run(&["doctor", "--voice", "fake", "--sounds", "."]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("cannot be written") && ran.out.contains("spoken anew"), "{}", ran.out);
    assert!(ran.out.lines().any(|line| line.starts_with("BAD ") && line.contains("tick.wav")), "{}", ran.out);
}
