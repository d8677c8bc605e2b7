//! What a sentence is: an instruction and of which kind, or a description.

use super::lexicon::{Lexicon, tag};
use super::token::{Kind, Token, beginning, skip_adverbs, tokens};

/// How much of a sentence is looked at to find its verb.
const LOOKED_AT: usize = 40;

/// The verb that the sentence instructs with, by its tags; `None` where it does not instruct.
pub fn instruction(tokens: &[Token<'_>]) -> Option<u128> {
    let tokens = tokens.get(..tokens.len().min(LOOKED_AT)).unwrap_or(tokens);
    let rest = skip_adverbs(tokens);
    let first = rest.first()?;
    let second = rest.get(1);
    if first.is(tag::VERB) {
        // "Squats are", "Stretching helps".
        if second.is_some_and(|t| t.is(tag::COPULA | tag::DESCRIBES) && !t.is(tag::ADVERB)) {
            return None;
        }
        // "Massage therapy can help".
        let noun = rest.iter().take(5).take_while(|t| t.kind != Kind::Comma).any(|t| t.is(tag::COPULA));
        if first.is(tag::NAME) && noun {
            return None;
        }
        if first.is(tag::GERUND) {
            // "Leaning on a bench raise your heels", but not "Stretching your back can help".
            let told =
                first.is(tag::LIE) || first.is(tag::PHYSICAL) && !rest.iter().any(|t| t.is(tag::COPULA));
            return after_comma(rest).or(told.then_some(first.tags));
        }
        // "Start by lying", "begin in a kneeling position": the second verb tells more.
        if first.is(tag::WEAK)
            && let Some(verb) = rest.iter().skip(1).take(3).find(|t| t.is(tag::GERUND) && t.is(tag::VERB))
        {
            return Some(verb.tags | (first.tags & tag::SETUP));
        }
        return Some(first.tags);
    }
    // "You should lift", "you then slowly lower"
    if first.is(tag::YOU) && !first.is(tag::POSSESSIVE) {
        let verb = rest.iter().skip(1).take(4).find(|t| !t.is(tag::MODAL | tag::ADVERB) && !t.is(tag::TO))?;
        return verb.is(tag::VERB).then_some(verb.tags);
    }
    if first.is(tag::LEADING) || first.is(tag::FILLER) && second.is_some_and(|t| t.is(tag::PART)) {
        return after_comma(rest).or_else(|| after_part(rest));
    }
    // "Both knees bent, lift your hips", "Knees bent, roll to one side", "Band under feet, pull elbows back"
    let place = second.is_some_and(|t| t.is(tag::OVER | tag::ON | tag::LOCATES))
        && first.text.starts_with(char::is_uppercase);
    // "One leg bent, lift your head"
    let one = first.is(tag::NUMBER) && second.is_some_and(|t| t.is(tag::PART));
    if first.is(tag::PART | tag::BOTH) || place || one {
        return after_comma(rest);
    }
    None
}

fn after_comma(tokens: &[Token<'_>]) -> Option<u128> {
    let mut rest = tokens;
    for _ in 0..3 {
        let comma = rest.iter().position(|t| t.kind == Kind::Comma)?;
        rest = skip_adverbs(rest.get(comma + 1..)?);
        let verb = rest.first()?;
        if verb.is(tag::VERB) && !verb.is(tag::GERUND) {
            return Some(verb.tags);
        }
        if verb.is(tag::YOU) && rest.get(1).is_some_and(|t| t.is(tag::VERB)) {
            return rest.get(1).map(|t| t.tags);
        }
    }
    None
}

/// "With your free hand press the wrist down": no comma parts the verb from the limb that does it.
fn after_part(tokens: &[Token<'_>]) -> Option<u128> {
    let part = tokens.iter().take(6).position(|t| t.is(tag::PART))?;
    let verb = tokens.get(part + 1)?;
    let object = tokens.get(part + 2)?;
    let told = verb.is(tag::VERB) && !verb.is(tag::GERUND | tag::PART | tag::FUNCTION | tag::COPULA);
    (told
        && object.kind == Kind::Word
        && object.is(tag::FUNCTION | tag::YOU | tag::FILLER | tag::PER | tag::PART))
    .then_some(verb.tags)
}

/// Whether the sentence tells to move or place the body.
pub fn is_physical(text: &str, tokens: &[Token<'_>], lexicon: &Lexicon) -> bool {
    let Some(verb) = instruction(tokens) else { return false };
    if verb & (tag::PHYSICAL | tag::HOLD | tag::REST) == 0 {
        return false;
    }
    let part = tokens.iter().any(|t| t.is(tag::PART | tag::LEFT | tag::RIGHT));
    verb & tag::LIE != 0 || part && verb & (tag::WEAK | tag::TIP) == 0 || lexicon.position(text).is_some()
}

/// What can be seen of a line without what is around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traits {
    pub words: usize,
    pub verb: Option<u128>,
    pub physical: bool,
    pub dose: bool,
    pub stops: bool,
    pub you: bool,
    /// One of its words is typical of names of exercises.
    pub name: bool,
    pub last_is_name: bool,
    pub function: bool,
    pub titled: bool,
    pub upper: bool,
    pub part_first: bool,
    /// It ends in the middle: "Turn around and".
    pub open: bool,
    /// It points at something told before: "this stretch".
    pub pointing: bool,
}

pub fn traits(text: &str, lexicon: &Lexicon) -> Traits {
    // Titles are short, and of long paragraphs the start tells enough.
    let start = beginning(text, 400);
    let tokens = tokens(start, lexicon);
    let words: Vec<&Token<'_>> = tokens.iter().filter(|t| t.kind == Kind::Word).collect();
    let letters = |t: &&Token<'_>| t.text.len() > 3 || !t.is(tag::FUNCTION);
    let main: Vec<&&Token<'_>> = words.iter().filter(|t| letters(t)).collect();
    let capital = |t: &&&Token<'_>| t.text.starts_with(char::is_uppercase);
    // Most lines have no amount at all, and need not be read for it.
    let amount =
        tokens.iter().any(|t| t.number > 0.0 || t.is(tag::ONCE | tag::SEVERAL | tag::MINUTES | tag::SECONDS));
    let name = |t: &Token<'_>| t.is(tag::NAME) || t.is(tag::EXERCISE);
    let mixed = start.contains(char::is_lowercase);
    Traits {
        words: words.len(),
        verb: instruction(&tokens),
        physical: is_physical(start, &tokens, lexicon),
        dose: amount && super::reading::states_dose(start, &tokens),
        stops: text.ends_with(['.', '!', '?', ';', ',']),
        you: words.iter().any(|t| t.is(tag::YOU)),
        name: words.iter().any(|t| name(t)),
        last_is_name: words.last().is_some_and(|t| name(t)),
        function: words.first().is_some_and(|t| t.is(tag::FUNCTION)),
        titled: main.len() > 1 && main.iter().copied().filter(capital).count() * 3 >= main.len() * 2,
        upper: !start.contains(char::is_lowercase) && start.contains(char::is_uppercase),
        // "Iliotibial (IT) band stretch" points at nothing.
        pointing: words
            .iter()
            .any(|t| t.is(tag::POINTING) && (!mixed || t.text.contains(char::is_lowercase))),
        open: words.last().is_some_and(|t| {
            let article = t.is(tag::DEFINITE) || t.is(tag::INDEFINITE) || t.is(tag::POSSESSIVE);
            // "Build up from"; but "Lean in" and "Warm up" are whole.
            let leads =
                t.is(tag::LEADING) && t.is(tag::FUNCTION) && !t.is(tag::INSIDE | tag::ONCE) || t.is(tag::OF);
            t.is(tag::AND) || article || leads
        }),
        part_first: words.first().is_some_and(|t| t.is(tag::PART)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::english_lexicon;

    fn verb(text: &str) -> Option<u128> {
        instruction(&tokens(text, english_lexicon()))
    }

    fn moves(text: &str) -> bool {
        verb(text).is_some_and(|verb| verb & tag::MOVE != 0)
    }

    #[test]
    fn the_verb_is_found_behind_what_leads_to_it() {
        assert!(moves("Lift your leg"));
        assert!(moves("Then, slowly, raise it"));
        assert!(moves("With your elbows tucked in, pull the band"));
        assert!(moves("With your free hand press the wrist down"));
        assert!(moves("You should then slowly lift your leg"));
        assert!(moves("Both knees bent, roll to one side"));
    }

    #[test]
    fn descriptions_do_not_instruct() {
        assert_eq!(verb("Squats are good for you"), None);
        assert_eq!(verb("Stretching your back can help"), None);
        assert_eq!(verb("The leg is lifted"), None);
        assert_eq!(verb("Strong muscles help"), None);
    }

    #[test]
    fn only_the_body_is_moved() {
        let physical = |text: &str| is_physical(text, &tokens(text, english_lexicon()), english_lexicon());
        assert!(physical("Bend your knees"));
        assert!(physical("Lie on your back"));
        assert!(!physical("Press the button"));
        assert!(!physical("Keep a diary"));
    }
}
