//! The built-in routines: every beat of them as text, and the facts of the article they come from.

use floorcoach::library::Library;
use floorcoach::plan::{Guidance, Length, Options, Plan};
use floorcoach::routine::{Action, Routine, Sides, Work};
use floorcoach::time::Millis;

fn routine(name: &str) -> Routine {
    Library::default().find(name).expect("built in").routine().expect("no problems")
}

fn text(name: &str, length: Length, guidance: Guidance) -> String {
    Plan::new(&routine(name), Options { length, guidance, ..Options::default() }).to_string()
}

#[test]
fn every_beat_of_the_built_in_routines() {
    for name in ["upper-back", "desk-break"] {
        for (form, length) in [("full", Length::Full), ("short", Length::Short)] {
            insta::assert_snapshot!(format!("{name}-{form}"), text(name, length, Guidance::Full));
        }
    }
    insta::assert_snapshot!("upper-back-brief", text("upper-back", Length::Short, Guidance::Brief));
    insta::assert_snapshot!("upper-back-minimal", text("upper-back", Length::Short, Guidance::Minimal));
}

/// Exercise, repetitions (0: timed), hold in seconds (0: none) or the time in seconds, on each side, equipment.
const ARTICLE: [(&str, u32, u64, bool, &[&str]); 10] = [
    ("Shoulder blade squeeze", 10, 5, false, &[]),
    ("Wall angels", 10, 0, false, &[]),
    ("Cat-camel stretch", 10, 0, false, &[]),
    ("Thoracic extension stretch", 5, 10, false, &["chair"]),
    ("Seated twist", 5, 10, true, &["chair"]),
    ("Resistance band rows", 10, 0, false, &["resistance band"]),
    ("Cobra pose", 5, 10, false, &[]),
    ("Bird dog", 10, 5, true, &[]),
    ("Bridge pose", 5, 10, false, &[]),
    ("Foam rolling", 0, 150, false, &["foam roller"]),
];

#[test]
fn the_full_form_has_the_facts_of_the_article() {
    let routine = routine("upper-back");
    assert_eq!(routine.exercises.len(), ARTICLE.len());
    for (exercise, (name, reps, seconds, each_side, needs)) in routine.exercises.iter().zip(ARTICLE) {
        assert_eq!(exercise.name, name);
        assert_eq!(exercise.needs, needs, "{name}");
        assert_eq!(exercise.sides != Sides::None, each_side, "{name}");
        assert_eq!(exercise.sets, 1, "{name}");
        match &exercise.work {
            Work::Timed(lasts) => assert_eq!((reps, *lasts), (0, Millis::from_secs(seconds)), "{name}"),
            Work::Reps { count, phases } => {
                let holds: Millis = phases
                    .iter()
                    .map(|phase| if let Action::Hold(lasts) = phase.action { lasts } else { Millis::ZERO })
                    .sum();
                assert_eq!((*count, holds), (reps, Millis::from_secs(seconds)), "{name}");
            }
        }
    }
    let breathes = |name: &str| {
        routine.exercises.iter().any(|exercise| {
            exercise.name == name
                && matches!(&exercise.work, Work::Reps { phases, .. }
                    if phases.iter().any(|phase| matches!(phase.action, Action::BreatheIn(_)))
                    && phases.iter().any(|phase| matches!(phase.action, Action::BreatheOut(_))))
        })
    };
    assert!(breathes("Cat-camel stretch") && breathes("Seated twist"));
}

#[test]
fn the_short_form_needs_nothing_but_a_chair() {
    let plan = Plan::new(&routine("upper-back"), Options { length: Length::Short, ..Options::default() });
    assert_eq!(plan.equipment(), ["chair"]);
}
