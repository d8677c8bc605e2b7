//! The routine files that articles become: playable, and with remarks where something was assumed.

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
