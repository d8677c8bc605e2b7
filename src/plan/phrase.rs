//! The English sentences that the program itself says. Another language is another file of this shape.

use unicode_segmentation::UnicodeSegmentation;

use super::Side;
use crate::number::cardinal;
use crate::routine::{Action, Exercise, Phase, Position, Sides, Work};
use crate::time::Millis;

pub const GET_READY: &str = "Get ready.";
pub const HALFWAY: &str = "Halfway.";
pub const LAST_ONE: &str = "Last one.";
pub const REST: &str = "Rest.";
pub const FINISHED: &str = "That was the last one.";

pub const READY: &str = "Press space, or the button, when you are ready.";
pub const READY_BRIEFLY: &str = "Press when ready.";
pub const STILL_WAITING: &str = "I am waiting for you. Press when you are ready.";
pub const PAUSED: &str = "Paused.";
pub const HURTS: &str = "Let go, gently. We leave this one here.";
pub const HURTS_BRIEFLY: &str = "Let go, gently.";
pub const GOING_ON: &str = "Going on.";
pub const BACK_TO_REST: &str = "Back to your rest.";
pub const AT_THE_OPENING: &str = "At the very beginning.";
pub const AT_THE_CLOSING: &str = "At the end.";

/// The count that begins a repetition.
pub fn count(rep: u32) -> String {
    sentence(&cardinal(rep.into()))
}

/// Trimmed, with a capital at its head and a stop at its end: a voice gives a bare word no proper melody.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let mut sentence: String = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => return String::new(),
    };
    if !sentence.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', ')']) {
        sentence.push('.');
    }
    sentence
}

/// A paragraph as sentences. A stop that belongs to an abbreviation ends none.
pub fn sentences(paragraph: &str) -> Vec<String> {
    const ABBREVIATIONS: [&str; 12] =
        ["dr.", "mr.", "mrs.", "ms.", "st.", "approx.", "e.g.", "i.e.", "vs.", "min.", "sec.", "no."];
    let mut all: Vec<String> = Vec::new();
    let mut carried = String::new();
    for part in paragraph.split_sentence_bounds() {
        carried.push_str(part);
        let last = carried.split_whitespace().next_back().unwrap_or("").to_lowercase();
        if !ABBREVIATIONS.contains(&last.as_str()) {
            all.push(sentence(&std::mem::take(&mut carried)));
        }
    }
    all.push(sentence(&carried));
    all.retain(|sentence| !sentence.is_empty());
    all
}

/// The author's words with `{side}` and `{other}` filled in; without a side they are left out.
pub fn fill(template: &str, side: Option<Side>) -> String {
    let (this, other) = side.map_or(("", ""), |side| (side.name(), side.other().name()));
    sentence(&template.replace("{side}", this).replace("{other}", other))
}

/// Whether the author's words tell the side themselves.
pub fn tells_side(template: &str) -> bool {
    template.contains("{side}") || template.contains("{other}")
}

pub fn side_call(side: Side) -> String {
    sentence(&format!("{} side", side.name()))
}

pub fn exercise_count(count: usize) -> String {
    sentence(&plural(count as u64, "exercise"))
}

fn plural(count: u64, thing: &str) -> String {
    format!("{} {thing}{}", cardinal(count), if count == 1 { "" } else { "s" })
}

fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "You need a chair and a foam roller."
pub fn equipment(needs: &[&str]) -> String {
    let things: Vec<String> = needs.iter().map(|thing| with_article(thing)).collect();
    format!("You need {}.", list(&things))
}

fn with_article(thing: &str) -> String {
    let first = thing.split_whitespace().next().unwrap_or("").to_lowercase();
    let told = ["a", "an", "the", "some", "two", "your"].contains(&first.as_str());
    match thing.chars().next() {
        _ if told || first.ends_with('s') && !first.ends_with("ss") => thing.to_owned(),
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {thing}"),
        _ => format!("a {thing}"),
    }
}

/// "Ten repetitions, five-second holds, on each side."
pub fn coming(exercise: &Exercise) -> String {
    let mut parts = Vec::new();
    match &exercise.work {
        Work::Timed(lasts) if exercise.sets > 1 => {
            parts.push(format!("{} of {}", plural(exercise.sets.into(), "set"), duration(*lasts)));
        }
        Work::Timed(lasts) => parts.push(duration(*lasts)),
        Work::Reps { count, phases } => {
            let reps = plural((*count).into(), "repetition");
            parts.push(match exercise.sets {
                1 => reps,
                sets => format!("{} of {reps}", plural(sets.into(), "set")),
            });
            let is_hold = |phase: &&Phase| matches!(phase.action, Action::Hold(_));
            let mut holds = phases.iter().filter_map(|phase| match phase.action {
                Action::Hold(lasts) => Some(lasts),
                _ => None,
            });
            if let Some(hold) = holds.next()
                && holds.all(|other| other == hold)
            {
                let single = *count == 1 && exercise.sets == 1 && phases.iter().filter(is_hold).count() == 1;
                parts.push(hold_length(hold, if single { "hold" } else { "holds" }));
            }
        }
    }
    match exercise.sides {
        Sides::None => {}
        Sides::Each => parts.push("on each side".to_owned()),
        Sides::Alternate => parts.push("on each side, taking turns".to_owned()),
    }
    sentence(&parts.join(", "))
}

fn hold_length(hold: Millis, noun: &str) -> String {
    match (hold.get() / 1_000, hold.get() % 1_000) {
        (seconds @ 1..60, 0) => format!("{}-second {noun}", cardinal(seconds)),
        (seconds, 0) if seconds % 60 == 0 => format!("{}-minute {noun}", cardinal(seconds / 60)),
        _ => format!("{noun} of {}", duration(hold)),
    }
}

/// "two minutes thirty seconds"; parts of a second are told in tenths.
pub fn duration(lasts: Millis) -> String {
    let (minutes, seconds, tenths) = (lasts.get() / 60_000, lasts.get() / 1_000 % 60, lasts.get() / 100 % 10);
    let mut parts = Vec::new();
    if minutes > 0 {
        parts.push(plural(minutes, "minute"));
    }
    if tenths > 0 {
        parts.push(format!("{} point {} seconds", cardinal(seconds), cardinal(tenths)));
    } else if seconds > 0 {
        parts.push(plural(seconds, "second"));
    }
    if parts.is_empty() {
        parts.push("a moment".to_owned());
    }
    parts.join(" ")
}

pub fn time_left(lasts: Millis) -> String {
    sentence(&format!("{} left", duration(lasts)))
}

/// "Take fifteen seconds to set up."
pub fn set_up(lasts: Millis) -> String {
    sentence(&format!("Take {} to set up", duration(lasts)))
}

/// As within a sentence: "bird dog", but "TRX row".
fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

/// "Back to bird dog, set two, repetition four, left side."
pub fn back_to(name: &str, parts: &[String]) -> String {
    sentence(&[&[format!("back to {}", within(name))], parts].concat().join(", "))
}

/// What `parts` tell, as a sentence of their own; none is empty.
pub fn together(parts: &[String]) -> String {
    sentence(&parts.join(", "))
}

/// "repetition four", or "repetition four of ten".
pub fn number_of(thing: &str, number: u32, of: Option<u32>) -> String {
    let of = of.map_or_else(String::new, |of| format!(" of {}", cardinal(of.into())));
    format!("{thing} {}{of}", cardinal(number.into()))
}

pub fn side_of(side: Side) -> String {
    format!("{} side", side.name())
}

/// "Exercise three of seven: bird dog."
pub fn exercise_of(number: u32, of: u32, name: &str) -> String {
    sentence(&format!("{}: {}", number_of("exercise", number, Some(of)), within(name)))
}

/// "Rest, before exercise four of seven: bridge."
pub fn rest_before(number: u32, of: u32, name: &str) -> String {
    sentence(&format!("rest, before {}: {}", number_of("exercise", number, Some(of)), within(name)))
}

pub fn rest_before_set(number: u32, of: u32) -> String {
    sentence(&format!("rest, before {}", number_of("set", number, Some(of))))
}

/// "About six minutes left.", as exactly as one wants to know it.
pub fn about_left(lasts: Millis) -> String {
    let seconds = (lasts.get() + 500) / 1_000;
    let near = |step: u64| (seconds + step / 2) / step * step;
    let rounded = match seconds {
        0..10 => return "A few seconds left.".to_owned(),
        10..55 => near(10),
        55..570 => near(30),
        _ => near(60),
    };
    sentence(&format!("about {} left", duration(Millis::from_secs(rounded))))
}

pub fn next(name: &str) -> String {
    sentence(&format!("Next: {name}"))
}

pub fn next_set(set: u32, sets: u32) -> String {
    sentence(&format!("Next, set {} of {}", cardinal(set.into()), cardinal(sets.into())))
}

/// How the first exercise begins.
pub fn start_in(position: Position) -> &'static str {
    match position {
        Position::Standing => "Start standing.",
        Position::Sitting => "Start sitting.",
        Position::Kneeling => "Start kneeling.",
        Position::AllFours => "Start on all fours.",
        Position::Supine => "Start on your back.",
        Position::Prone => "Start face down.",
        Position::Side => "Start on your side.",
    }
}

/// What to do with the body between two exercises.
pub fn position_change(from: Position, to: Position) -> &'static str {
    use Position::*;
    let lying = matches!(from, Supine | Prone | Side);
    match (from, to) {
        (Standing, Standing) => "Stay standing.",
        (Sitting, Sitting) => "Stay sitting.",
        (Kneeling, Kneeling) => "Stay kneeling.",
        (AllFours, AllFours) => "Stay on all fours.",
        (Supine, Supine) => "Stay on your back.",
        (Prone, Prone) => "Stay face down.",
        (Side, Side) => "Stay on your side.",
        (_, Standing) if lying => "Take your time, and stand up.",
        (_, Standing) => "Stand up.",
        (Standing, Sitting) => "Sit down.",
        (_, Sitting) => "Come up to sitting.",
        (Standing | Sitting, Kneeling) => "Come down to kneeling.",
        (_, Kneeling) => "Come up to kneeling.",
        (Standing | Sitting, AllFours) => "Come down onto all fours.",
        (_, AllFours) => "Come onto all fours.",
        (Prone | Side, Supine) => "Roll onto your back.",
        (_, Supine) => "Lie down on your back.",
        (Supine | Side, Prone) => "Roll over, face down.",
        (_, Prone) => "Lie face down.",
        (Supine | Prone, Side) => "Roll onto your side.",
        (_, Side) => "Lie down on your side.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_become_sentences() {
        assert_eq!(
            sentences("Sit tall, e.g. on a chair. Breathe out! hold 2.5 seconds"),
            ["Sit tall, e.g. on a chair.", "Breathe out!", "Hold 2.5 seconds."]
        );
        assert_eq!(sentences("Ask Dr. Egan first."), ["Ask Dr. Egan first."]);
        assert!(sentences("  \n ").is_empty());
    }

    #[test]
    fn sides_are_filled_in() {
        assert_eq!(fill("{side} arm, {other} leg", Some(Side::Left)), "Left arm, right leg.");
    }

    #[test]
    fn durations_are_told_as_people_do() {
        assert_eq!(duration(Millis::from_secs(150)), "two minutes thirty seconds");
        assert_eq!(duration(Millis::from_secs(60)), "one minute");
        assert_eq!(duration(Millis::new(2_500)), "two point five seconds");
        assert_eq!(hold_length(Millis::from_secs(5), "holds"), "five-second holds");
        assert_eq!(hold_length(Millis::from_secs(90), "holds"), "holds of one minute thirty seconds");
    }

    #[test]
    fn the_time_left_is_told_roughly() {
        for (seconds, told) in [
            (3, "A few seconds left."),
            (44, "About forty seconds left."),
            (55, "About one minute left."),
            (100, "About one minute thirty seconds left."),
            (569, "About nine minutes thirty seconds left."),
            (1_530, "About twenty-six minutes left."),
        ] {
            assert_eq!(about_left(Millis::from_secs(seconds)), told);
        }
    }

    #[test]
    fn equipment_has_articles() {
        assert_eq!(
            equipment(&["chair", "exercise mat", "two towels"]),
            "You need a chair, an exercise mat and two towels."
        );
    }
}
