//! What counts exercises in front of their names: "Minute 1: Neck rolls", "Station 3 – Squats", "0:30 – Cat cow".

use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::sentence::traits;
use super::token::{Kind, Token};

/// Where the name begins behind the counter, if a name stands there: otherwise the number tells of steps or days.
pub fn behind_counter(text: &str, words: &[Token<'_>], lexicon: &Lexicon) -> Option<usize> {
    let at = counted(words, lexicon).or_else(|| timed(words))?;
    let sign = words.get(at)?;
    let next = words.get(at + 1)?;
    let colon = sign.kind == Kind::Colon || matches!(sign.text, "." | ")" | "|");
    let dash = sign.kind == Kind::Dash && !sign.close;
    if !(colon || dash) || next.close {
        return None;
    }
    let rest = text.get(next.start..)?;
    let name = rest.split(['(', ':', '–', '—']).next().unwrap_or(rest).trim();
    let seen = traits(name, lexicon);
    // "Step 1: Lift your hips" tells what to do, and "Day 2: what to expect" something else.
    let instructs = seen.verb.is_some() && !seen.last_is_name;
    let fits = seen.words > 0
        && !seen.you
        && !seen.function
        && !seen.pointing
        && (seen.name || !instructs)
        && label(name, lexicon).is_none()
        && !lexicon.is_no_exercise(name)
        && rest.starts_with(char::is_uppercase);
    fits.then_some(next.start)
}

/// Behind "Minute 1", "Minutes 2-3", "Station #4", "Round two".
fn counted(words: &[Token<'_>], lexicon: &Lexicon) -> Option<usize> {
    let first = words.first()?;
    if !lexicon.language.counters.iter().any(|word| first.says(word)) {
        return None;
    }
    let mut at = 1;
    while words.get(at).is_some_and(|t| matches!(t.text, "#" | "№")) {
        at += 1;
    }
    words.get(at).filter(|t| is_whole(t))?;
    at += 1;
    // "Minutes 2-3", "Minute 4 to 5"
    let ranged = words.get(at).is_some_and(|t| t.kind == Kind::Dash || t.is(tag::RANGE));
    if ranged && words.get(at + 1).is_some_and(is_whole) {
        at += 2;
    }
    Some(at)
}

/// Behind "0:30" and "1:00–2:00".
fn timed(words: &[Token<'_>]) -> Option<usize> {
    let mut at = clock(words, 0)?;
    if words.get(at).is_some_and(|t| t.kind == Kind::Dash)
        && let Some(end) = clock(words, at + 1)
    {
        at = end;
    }
    Some(at)
}

/// Where a time such as "0:30" ends that begins at `at`.
fn clock(words: &[Token<'_>], at: usize) -> Option<usize> {
    let [minutes, colon, seconds] = words.get(at..at + 3)? else { return None };
    let fits = is_whole(minutes) && colon.kind == Kind::Colon && seconds.close && seconds.text.len() == 2;
    (fits && is_whole(seconds)).then_some(at + 3)
}

fn is_whole(token: &Token<'_>) -> bool {
    let digits = token.kind == Kind::Number && token.number.fract() == 0.0;
    digits || token.is(tag::NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;
    use crate::import::token::tokens;

    fn name(text: &str) -> Option<&str> {
        let lexicon = english_lexicon();
        behind_counter(text, &tokens(text, lexicon), lexicon).and_then(|at| text.get(at..))
    }

    #[test]
    fn names_stand_behind_what_counts_them() {
        assert_eq!(name("Minute 1: Neck Rolls"), Some("Neck Rolls"));
        assert_eq!(name("Minutes 2-3: Arm circles"), Some("Arm circles"));
        assert_eq!(name("Station #4 – Wall sit"), Some("Wall sit"));
        assert_eq!(name("Round two: Plank"), Some("Plank"));
        assert_eq!(name("0:30 – Cat cow"), Some("Cat cow"));
        assert_eq!(name("1:00-2:00: Child's pose"), Some("Child's pose"));
    }

    #[test]
    fn steps_and_stretches_of_time_are_no_names() {
        assert_eq!(name("Step 1: Lift your hips"), None);
        assert_eq!(name("Day 2: What to expect"), None);
        assert_eq!(name("Minute by minute"), None);
        assert_eq!(name("Part 2 of the programme"), None);
    }
}
