//! The placeholders `{side}` and `{other}` in spoken texts: where they may stand, and what looks like one but is none.

use std::ops::Range;

use super::problem::Problem;
use super::suggest::{nearest, quoted};

/// What may stand in braces.
const KNOWN: &[&str] = &["side", "other"];

/// Whether a text may use the placeholders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placeholders {
    Allowed,
    /// The exercise has no sides.
    WithoutSides,
    /// No text under this key is spoken for a side.
    Never,
}

/// Appends what is wrong with the braces of `text`, which `raw` spells at `span` of the file.
///
/// `owner` is what the text belongs to, such as "exercise `bridge`".
pub(super) fn check(
    text: &str,
    raw: &str,
    span: &Range<usize>,
    allowed: Placeholders,
    owner: &str,
    problems: &mut Vec<Problem>,
) {
    let braces: Vec<usize> = brace_places(text);
    if braces.is_empty() {
        return;
    }
    // Escapes make the spelling longer than the text; braces need none, so the nth is the nth in both.
    let spelled = brace_places(raw);
    let place = |first: usize, last: usize| match (spelled.get(first), spelled.get(last)) {
        (Some(&from), Some(&to)) if spelled.len() == braces.len() => span.start + from..span.start + to + 1,
        _ => span.clone(),
    };
    let mut nth = 0;
    while let Some(&open) = braces.get(nth) {
        let close = braces.get(nth + 1).copied().filter(|&close| text.as_bytes().get(close) == Some(&b'}'));
        let (Some(close), Some(b'{')) = (close, text.as_bytes().get(open)) else {
            let brace = text.get(open..=open).unwrap_or_default();
            problems.push(
                Problem::new(place(nth, nth), format!("a lone `{brace}` in a text of {owner}"))
                    .label("this has no partner")
                    .help("braces are only for `{side}` and `{other}`; leave them out elsewhere"),
            );
            nth += 1;
            continue;
        };
        let name = text.get(open + 1..close).unwrap_or_default();
        let at = place(nth, nth + 1);
        let shown = quoted(&format!("{{{name}}}"));
        if allowed == Placeholders::Never {
            problems.push(
                Problem::new(at, format!("{shown} cannot be used here"))
                    .label("this text is the same for every side")
                    .help("`{side}` and `{other}` work in `instructions`, `cue`, `say` and `brief` of an exercise with sides"),
            );
        } else if !KNOWN.contains(&name) {
            let help = match nearest(name, KNOWN) {
                Some(meant) => format!("did you mean `{{{meant}}}`?"),
                None => "there are `{side}`, the side that works, and `{other}`, the opposite one".to_owned(),
            };
            problems.push(
                Problem::new(at, format!("unknown placeholder {shown} in a text of {owner}"))
                    .label("nothing is known to put here")
                    .help(help),
            );
        } else if allowed == Placeholders::WithoutSides {
            problems.push(
                Problem::new(at, format!("{shown} is used in an exercise without sides"))
                    .label("left or right?")
                    .help("add `sides = \"each\"` or `sides = \"alternate\"` to the exercise, or write the text without it"),
            );
        }
        nth += 2;
    }
}

fn brace_places(text: &str) -> Vec<usize> {
    text.match_indices(['{', '}']).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, allowed: Placeholders) -> Vec<(String, Range<usize>)> {
        let mut problems = Vec::new();
        check(text, text, &(0..text.len()), allowed, "exercise `x`", &mut problems);
        problems.into_iter().map(|problem| (problem.message, problem.span)).collect()
    }

    #[test]
    fn each_brace_is_looked_at() {
        assert_eq!(found("{side} arm, {other} leg", Placeholders::Allowed), []);
        assert_eq!(
            found("} {{side} {Side}{", Placeholders::Allowed),
            [
                ("a lone `}` in a text of exercise `x`".to_owned(), 0..1),
                ("a lone `{` in a text of exercise `x`".to_owned(), 2..3),
                ("unknown placeholder `{Side}` in a text of exercise `x`".to_owned(), 10..16),
                ("a lone `{` in a text of exercise `x`".to_owned(), 16..17),
            ]
        );
    }

    #[test]
    fn sides_are_needed() {
        assert_eq!(found("{side}", Placeholders::WithoutSides).len(), 1);
        assert_eq!(found("{other}", Placeholders::Never).len(), 1);
    }
}
