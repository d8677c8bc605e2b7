//! Remarks beside a name: "Great for tight hips", "Targets the upper back". They say what it is good for, or for whom, and
//! name nothing, however they are set off.

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::Lexicon;
use super::name::after_ordinal;
use super::sentence::traits;
use super::token::{self, Token, tokens};

/// Whether a block is a remark about the name right above it.
pub fn is_remark(block: &Block, before: Option<&Block>, next: Option<&Block>, lexicon: &Lexicon) -> bool {
    if !matches!(block.kind, Kind::Paragraph) || block.text.len() > 160 {
        return false;
    }
    if lexicon.is_remark(&block.text) && !block.text.contains(": ") {
        return true;
    }
    // Between the name of one exercise and "How to do it", whatever is set off is no other name.
    let Some(before) = before.filter(|before| matches!(before.kind, Kind::Heading(level) if level > 1))
    else {
        return false;
    };
    let told = next.is_some_and(|next| label(&next.text, lexicon).is_some());
    let one = || {
        let numbered = after_ordinal(&tokens(&before.text, lexicon), lexicon).1;
        (numbered || traits(&before.text, lexicon).name) && !lexicon.is_several(&before.text)
    };
    block.is_bold() && told && label(&block.text, lexicon).is_none() && one()
}

/// Where a remark begins behind a name: "Pigeon – great for tight hips", "Frog (opens the hips)". Gives the place of the sign
/// before it, and that of the remark.
pub fn behind_name(text: &str, words: &[Token<'_>], lexicon: &Lexicon) -> Option<(usize, usize)> {
    let sign = |t: &Token<'_>| {
        let dash = t.kind == token::Kind::Dash && (!t.close || t.text == "—");
        dash || matches!(t.kind, token::Kind::Open | token::Kind::Comma | token::Kind::Colon)
    };
    let mut places = words.windows(2).take(12).skip(1).filter_map(|pair| match pair {
        [before, after] if sign(before) => Some((before.start, after.start)),
        _ => None,
    });
    places.find(|(_, at)| text.get(*at..).is_some_and(|rest| lexicon.is_remark(token::beginning(rest, 60))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn cut(text: &str) -> Option<&str> {
        let lexicon = english_lexicon();
        behind_name(text, &tokens(text, lexicon), lexicon).and_then(|(at, _)| text.get(..at)).map(str::trim)
    }

    #[test]
    fn what_it_is_good_for_is_no_part_of_a_name() {
        assert_eq!(cut("Pigeon pose – great for tight hips"), Some("Pigeon pose"));
        assert_eq!(cut("Frog (opens the hips)"), Some("Frog"));
        assert_eq!(cut("Wall angel, improves your posture"), Some("Wall angel"));
        assert_eq!(cut("Dead bug - arms and legs"), None);
        assert_eq!(cut("Good morning"), None);
    }
}
