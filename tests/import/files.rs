//! The routine files that articles become: playable, and with remarks where something was assumed.

use floorcoach::import::{Format, import};
use floorcoach::routine::examine;

use crate::{articles, read};

#[test]
fn every_article_becomes_a_routine_without_problems() {
    for path in articles() {
        for ambitious in [false, true] {
            let text =
                read(&path).toml(ambitious).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let examined = examine(&text, "imported.toml");
            assert_eq!(examined.problems.to_string(), "", "{}:\n{text}", path.display());
            assert!(examined.routine.is_some());
        }
    }
}

#[test]
fn what_is_said_for_all_exercises_has_a_remark_behind_it() {
    let article = "Stretches\n\nHold each exercise for 20 to 30 seconds.\n\n\
        Calf stretch\nStand facing a wall and lean forward. Repeat 3 times.\n\n\
        Chest stretch\nStand in a doorway and push your chest forward. Hold for 10 seconds.\n";
    let imported = import(article.as_bytes(), "all.txt", Some(Format::Text)).expect("there are exercises");
    let text = imported.toml(false).expect("they can be played");
    let holds: Vec<&str> = text.lines().filter(|line| line.contains("hold = ")).collect();
    let [calf, chest] = holds.as_slice() else { panic!("two holds:\n{text}") };
    assert!(calf.contains("hold = \"20s\"") && calf.ends_with("line 3 says it for all exercises"), "{calf}");
    assert!(chest.contains("hold = \"10s\"") && !chest.contains("all exercises"), "{chest}");
}
