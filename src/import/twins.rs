//! Exercises that a page has twice: described once, and again in a table or plan with how much of each.

use std::collections::HashMap;

use super::exercise::Exercise;

/// A name that another begins with has at least so many words: "Half pretzel" and "Half pretzel, one arm" are one.
const FEWEST: usize = 2;

/// The exercises in their order, each with all that its twin tells.
pub fn join(exercises: Vec<Exercise>) -> Vec<Exercise> {
    let mut joined: Vec<Exercise> = Vec::new();
    // Where those of a name, and of its first words, stand.
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut starts: HashMap<Vec<String>, usize> = HashMap::new();
    for exercise in exercises {
        let key = exercise.name.to_lowercase();
        let same = names.get(&key).copied();
        let words = words(&exercise.name);
        let start: Vec<String> = words.iter().take(FEWEST).cloned().collect();
        let longer = starts.get(&start).copied().filter(|at| {
            let other = joined.get(*at).map(|twin| self::words(&twin.name)).unwrap_or_default();
            start.len() == FEWEST && (other.starts_with(&words) || words.starts_with(&other))
        });
        let alike = same.or(longer);
        let twin = alike.and_then(|at| joined.get_mut(at)).filter(|twin| {
            let whole = same.is_some() && twin.dose.is_empty() != exercise.dose.is_empty();
            let half = (twin.dose.is_empty() || exercise.dose.is_empty()) && one_tells(twin, &exercise);
            whole || half || same.is_some() && one_tells(twin, &exercise)
        });
        match twin {
            Some(twin) => complete(twin, exercise),
            None => {
                names.entry(key).or_insert(joined.len());
                starts.entry(start).or_insert(joined.len());
                joined.push(exercise);
            }
        }
    }
    joined
}

/// The words of a name in lower case.
fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether the exercise tells what to do, and not only how much.
fn tells(exercise: &Exercise) -> bool {
    exercise.sentences.iter().any(|sentence| sentence.physical || sentence.verb.is_some())
}

fn one_tells(one: &Exercise, other: &Exercise) -> bool {
    tells(one) != tells(other)
}

/// One of the two has what the other lacks.
fn complete(twin: &mut Exercise, other: Exercise) {
    twin.position = twin.position.or(other.position);
    twin.sure = twin.sure.max(other.sure);
    if !tells(twin) && tells(&other) {
        (twin.name, twin.line, twin.sentences) = (other.name, other.line, other.sentences);
    }
    if twin.dose.is_empty() {
        twin.dose = other.dose;
    }
}
