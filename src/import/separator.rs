//! The sign that parts a name from what is told of it: a colon, or a dash with spaces around it.

use super::amount::{What, amounts};
use super::lexicon::{Lexicon, tag};
use super::name::LONGEST;
use super::sentence::traits;
use super::token::{self, Token};

/// Where a colon or a dash parts the name from what follows it.
pub fn separator(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let mut words = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            token::Kind::Word => words += 1,
            token::Kind::Colon | token::Kind::Dash if words > 0 => {
                let next = tokens.get(at + 1)?;
                let spaced = !token.close && !next.close || token.text == "—";
                if token.kind == token::Kind::Dash && !spaced {
                    continue;
                }
                let rest = text.get(token.end()..)?.trim();
                let follows = traits(rest, lexicon);
                // "Strengthening in side – lying against a wall" is all name.
                let goes_on = token.kind == token::Kind::Dash && follows.words <= 5;
                let told = follows.verb.is_some_and(|verb| !goes_on || verb & tag::GERUND == 0);
                let body = told || follows.dose || follows.words > 5;
                // "Butterfly - weighted — 1 x 90 s": the last sign before the amounts parts them from the name.
                let later = token.kind == token::Kind::Dash && !told && words <= LONGEST - 3 && {
                    let next = separator_behind(tokens, at + 1);
                    next.is_some_and(|next| {
                        let between = tokens.get(at + 1..next).unwrap_or(&[]);
                        between.len() <= 4
                            && !between.iter().any(|t| t.is(tag::VERB) && !t.is(tag::NAME))
                            && amounts(between).iter().all(|a| a.what == What::Bare)
                    })
                };
                if later {
                    continue;
                }
                if words <= LONGEST && body {
                    return Some((token.start, token.end()));
                }
                if token.kind == token::Kind::Colon {
                    return None;
                }
            }
            _ => {}
        }
        if words > LONGEST {
            return None;
        }
    }
    None
}

/// The next colon or dash with spaces around it.
fn separator_behind(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let after = |at: usize| tokens.get(at + 1).is_some_and(|next| !next.close);
    (from..tokens.len().min(from + 6))
        .find(|at| tokens.get(*at).is_some_and(|t| t.kind == token::Kind::Dash && !t.close && after(*at)))
}
