//! `show`: the table as text, and the JSON with exactly the keys that are documented.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::home::{Home, ROUTINE, fake};
use crate::score::score;

#[test]
fn the_table_of_a_pipe_has_no_colours() {
    let home = Home::new();
    insta::assert_snapshot!(home.run(&fake(&["show", "upper-back"])).quietly(), @r"
    Upper back relief (full)
      start   exercise                     work             side                     lasts
    ────────────────────────────────────────────────────────────────────────────────────────
       0:00   Opening                                                                 0:36
       0:36   Shoulder blade squeeze       10 × 5s hold                               2:02
       2:38   Wall angels                  10 repetitions                             1:53
       4:31   Cat-camel stretch            10 repetitions                             2:19
       6:50   Thoracic extension stretch   5 × 10s hold                               1:53
       8:42   Seated twist                 5 × 10s hold     left and right in turn    5:05
      13:48   Resistance band rows         10 repetitions                             1:50
      15:38   Cobra pose                   5 × 10s hold                               2:00
      17:37   Bird dog                     10 × 5s hold     left and right in turn    3:59
      21:36   Bridge pose                  5 × 10s hold                               1:53
      23:29   Foam rolling                 2m30s                                      2:56
      26:25   Closing                                                                 0:24
    Total: 26:49, 10 exercises
    Equipment: chair, resistance band, foam roller
    Words longer than their slot (the slot is stretched, no hold is):
      seated-twist: “Left hand to the outside of your right knee, right hand to the back of the chair.” by 0.6 s
      seated-twist: “Right hand to the outside of your left knee, left hand to the back of the chair.” by 0.5 s
    ");
    insta::assert_snapshot!(
        home.run(&fake(&["show", "desk-break", "--short", "--guidance", "brief", "--from", "2"])).quietly(), @r"
    Desk break (short, brief guidance)
      start   exercise       work            side                     lasts
    ─────────────────────────────────────────────────────────────────────────
       0:00   Seated twist   1 × 10s hold    left and right in turn    1:09
       1:09   Wall angels    3 repetitions                             0:33
       1:41   Closing                                                  0:05
    Total: 1:46, 2 exercises
    Equipment: chair
    ");
}

fn keys(object: &Map<String, Value>) -> Vec<&str> {
    object.keys().map(String::as_str).collect()
}

/// Keys that do not apply are absent, never null.
#[test]
fn the_json_has_the_documented_keys_and_no_others() {
    let home = Home::new();
    home.write("one.toml", format!("closing = [\"Done.\"]\n{ROUTINE}"));
    let text = home.run(&fake(&["show", "one.toml", "--json"])).quietly();
    assert_eq!(text.lines().count(), 1);
    let whole: Map<String, Value> = serde_json::from_str(&text).expect("JSON");
    let sorted = ["chapters", "cues", "duration_ms", "frames", "length", "routine", "sample_rate", "voice"];
    assert_eq!(keys(&whole).into_iter().collect::<BTreeSet<_>>(), sorted.into());
    let list = |name: &str| {
        let list = whole.get(name).and_then(Value::as_array).expect("a list").clone();
        list.into_iter().map(|row| row.as_object().expect("an object").clone()).collect::<Vec<_>>()
    };
    for chapter in list("chapters") {
        assert_eq!(
            keys(&chapter).into_iter().collect::<BTreeSet<_>>(),
            ["end_ms", "start_ms", "title"].into()
        );
    }
    for cue in list("cues") {
        let mut expected: BTreeSet<&str> = ["frame", "frames", "kind", "phase"].into();
        match cue["kind"].as_str() {
            Some("speech") => drop(expected.insert("text")),
            Some("sound") => drop(expected.insert("sound")),
            kind => assert_eq!(kind, Some("pause"), "{cue:?}"),
        }
        let phase = cue["phase"].as_str().expect("a text");
        let in_exercise = !matches!(phase, "opening" | "closing");
        let in_repetition = ["hold", "move", "count", "repetition-end"].contains(&phase);
        let own: BTreeSet<&str> = keys(&cue).into_iter().collect();
        if in_exercise {
            expected.insert("exercise");
        }
        if in_repetition {
            expected.extend(["set", "rep"]);
        }
        let optional: BTreeSet<&str> = if in_exercise { ["set", "rep", "side"].into() } else { [].into() };
        assert!(own.is_superset(&expected), "{cue:?}");
        assert!(own.difference(&expected).all(|key| optional.contains(key)), "{cue:?}");
        assert!(cue.values().all(|value| !value.is_null()), "{cue:?}");
    }
}

#[test]
fn chapters_tile_the_whole_and_sides_take_turns() {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    let score = score(&home, &fake(&["one.toml"]));
    assert_eq!((score.routine.as_str(), score.length.as_str(), score.sample_rate), ("one", "full", 48_000));
    assert_eq!(score.duration_ms, (score.frames * 1_000 + 24_000) / 48_000);
    let titles: Vec<&str> = score.chapters.iter().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!(titles, ["Opening", "Bird dog", "Closing"]);
    assert_eq!(score.chapters.first().map(|chapter| chapter.start_ms), Some(0));
    assert_eq!(score.chapters.last().map(|chapter| chapter.end_ms), Some(score.duration_ms));
    assert!(score.chapters.windows(2).all(|pair| pair[0].end_ms == pair[1].start_ms));
    let holds: Vec<_> = score.cues.iter().filter(|cue| cue.is_sound("hold-start")).collect();
    let sides: Vec<_> = holds.iter().map(|cue| (cue.set, cue.rep, cue.side.as_deref())).collect();
    let (set, left, right) = (Some(1), Some("left"), Some("right"));
    assert_eq!(
        sides,
        [(set, Some(1), left), (set, Some(1), right), (set, Some(2), left), (set, Some(2), right)]
    );
    assert!(holds.iter().all(|cue| cue.exercise.as_deref() == Some("bird-dog") && cue.phase == "hold"));
}
