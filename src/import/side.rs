//! Side words → `{side}` and `{other}`, so that both sides are told alike.

use super::lexicon::{Lexicon, tag};
use super::token::{Token, tokens};

/// Replaces the words of one exercise.
pub struct Mirror<'l> {
    /// The tag of the word that becomes `{side}`; `None` where the exercise has no sides.
    main: Option<u128>,
    lexicon: &'l Lexicon,
}

impl<'l> Mirror<'l> {
    /// The side that the text names more often is the side that works.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>, sided: bool, lexicon: &'l Lexicon) -> Self {
        if !sided {
            return Self { main: None, lexicon };
        }
        let (mut left, mut right, mut first) = (0, 0, None);
        for text in texts {
            let words = tokens(text, lexicon);
            for at in side_words(&words) {
                let Some(token) = words.get(at) else { continue };
                first = first.or(Some(token.tags & (tag::LEFT | tag::RIGHT)));
                if token.is(tag::LEFT) { left += 1 } else { right += 1 }
            }
        }
        let main = match left.cmp(&right) {
            std::cmp::Ordering::Greater => tag::LEFT,
            std::cmp::Ordering::Less => tag::RIGHT,
            std::cmp::Ordering::Equal => first.unwrap_or(tag::LEFT),
        };
        Self { main: Some(main), lexicon }
    }

    pub fn fill(&self, text: &str) -> String {
        let Some(main) = self.main else { return text.to_owned() };
        let words = tokens(text, self.lexicon);
        let sides = side_words(&words);
        // "Left, then right" tells of both sides as it is.
        let both = sides.len() > 1 && words.iter().any(|t| t.is(tag::THEN));
        let mut filled = String::with_capacity(text.len() + 16);
        let mut copied = 0;
        let mut replace = |from: usize, to: usize, with: &str| {
            filled.push_str(text.get(copied..from).unwrap_or(""));
            filled.push_str(with);
            copied = to;
        };
        let mut at = 0;
        while let Some(token) = words.get(at) {
            let limb = |at: usize| words.get(at).is_some_and(|t| t.is(tag::SIDE) && !t.is(tag::WAY));
            if sides.contains(&at) && !both {
                let with = if token.is(main) { "{side}" } else { "{other}" };
                replace(token.start, token.end(), with);
            } else if token.is(tag::ONE) && limb(at + 1) && sides.is_empty() {
                replace(token.start, token.end(), "your {side}");
            } else if token.is(tag::OTHER) && limb(at + 1) && sides.is_empty() {
                let article = at
                    .checked_sub(1)
                    .and_then(|at| words.get(at))
                    .filter(|t| t.is(tag::DEFINITE) || t.is(tag::POSSESSIVE));
                replace(article.map_or(token.start, |t| t.start), token.end(), "your {other}");
            }
            at += 1;
        }
        filled.push_str(text.get(copied..).unwrap_or(""));
        let mut letters = filled.chars();
        match letters.next() {
            Some(first) if text.starts_with(char::is_uppercase) => {
                first.to_uppercase().chain(letters).collect()
            }
            _ => filled,
        }
    }
}

/// The words that name a side: "right angle" and "right under your shoulders" do not.
fn side_words(words: &[Token<'_>]) -> Vec<usize> {
    let is_side = |at: usize, token: &Token<'_>| {
        let next = words.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let to = before.is_some_and(|t| t.is(tag::TOWARDS));
        let angle = next.is_some_and(|t| t.is(tag::NO_SIDE));
        token.is(tag::LEFT | tag::RIGHT)
            && !angle
            && (to || next.is_some_and(|t| t.is(tag::PART | tag::SIDE)))
    };
    words.iter().enumerate().filter(|(at, token)| is_side(*at, token)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn filled(text: &str, sided: bool) -> String {
        Mirror::new([text].into_iter(), sided, english_lexicon()).fill(text)
    }

    #[test]
    fn the_side_that_is_named_first_works_and_the_other_helps() {
        assert_eq!(
            filled("Lift your right hand and your left knee.", true),
            "Lift your {side} hand and your {other} knee."
        );
        assert_eq!(filled("Bend one knee.", true), "Bend your {side} knee.");
    }

    #[test]
    fn right_angles_and_both_sides_in_turn_stay_as_they_are() {
        assert_eq!(filled("Bend the elbow at a right angle.", true), "Bend the elbow at a right angle.");
        assert_eq!(
            filled("Turn to the left, then to the right.", true),
            "Turn to the left, then to the right."
        );
        assert_eq!(filled("Lift your right hand.", false), "Lift your right hand.");
    }
}
