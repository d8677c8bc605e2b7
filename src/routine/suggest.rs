//! Helpful wording: the word that was probably meant, ids made from names, and users' text quoted safely.

/// Words longer than this are no slip of a key, and comparing them would take long.
const LONGEST_WORD: usize = 40;

/// Words people write for one of ours, where no letters are alike.
const SYNONYMS: &[(&str, &str)] = &[
    ("repetitions", "reps"),
    ("rounds", "sets"),
    ("time", "duration"),
    ("length", "duration"),
    ("equipment", "needs"),
    ("steps", "instructions"),
    ("text", "say"),
    ("description", "summary"),
    ("author", "source"),
    ("pause", "rest"),
    ("break", "rest"),
    ("back", "supine"),
    ("on-back", "supine"),
    ("on-the-back", "supine"),
    ("lying", "supine"),
    ("face-up", "supine"),
    ("belly", "prone"),
    ("stomach", "prone"),
    ("on-the-belly", "prone"),
    ("on-the-stomach", "prone"),
    ("face-down", "prone"),
    ("on-the-side", "side"),
    ("hands-and-knees", "all-fours"),
    ("quadruped", "all-fours"),
    ("seated", "sitting"),
    ("both", "each"),
    ("left-right", "alternate"),
];

/// The one of `known` that `word` was most likely meant to be, if any is near enough.
pub(super) fn nearest<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let word = word.trim().to_lowercase().replace(['_', ' '], "-");
    let synonym = SYNONYMS.iter().find(|(theirs, _)| *theirs == word).map(|(_, ours)| *ours);
    if let Some(ours) = known.iter().find(|ours| synonym == Some(**ours)) {
        return Some(ours);
    }
    let allowed = word.chars().count().div_ceil(3);
    known
        .iter()
        .map(|ours| (strsim::damerau_levenshtein(&word, ours), *ours))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, ours)| ours)
}

/// An id made from a name: letters and digits in lower case, everything else one hyphen; may be empty.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        if is_id_letter(letter) {
            slug.push(letter);
        } else if letter != '\'' && letter != '’' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').chars().take(LONGEST_WORD).collect::<String>().trim_end_matches('-').to_owned()
}

/// Whether ids may contain it, apart from the hyphen.
pub(super) fn is_id_letter(letter: char) -> bool {
    letter.is_alphanumeric() && !letter.is_uppercase()
}

/// Someone's text in backticks, cut when long and without anything that could disturb a terminal.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String =
        text.chars().take(LONGEST).map(|c| if c.is_control() { '�' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

/// `a`, `b` or `c`.
pub(super) fn alternatives(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        let known = ["get-ready", "switch", "rest", "set-rest", "reps", "rep", "supine"];
        for (word, meant) in [
            ("get_ready", Some("get-ready")),
            ("Rest", Some("rest")),
            ("swicth", Some("switch")),
            ("repetitions", Some("reps")),
            ("on the moon", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, &known), meant, "{word}");
        }
        assert_eq!(nearest(&"rest".repeat(100_000), &known), None);
    }

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("Bird dog", "bird-dog"),
            ("  Child's pose (wide) ", "childs-pose-wide"),
            ("90/90 Hip Switch", "90-90-hip-switch"),
            ("Brücke", "brücke"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(name), id, "{name}");
        }
    }

    #[test]
    fn a_users_text_cannot_disturb_the_terminal() {
        assert_eq!(quoted("a\u{1b}[31m"), "`a�[31m`");
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 63);
    }
}
