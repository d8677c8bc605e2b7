//! Names that stand in one paragraph with what is told of them: "Bridge: lie on your back", "Bridge. Lie on your back".

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::name::{LONGEST, Split, tidy};
use super::sentence::{Traits, instruction, traits};
use super::title::is_title;
use super::token::{self, beginning, tokens};

/// "Knee bends Slowly bend your knees": nothing but a capital parts the name from the sentence behind it.
pub fn glued(block: &Block, lexicon: &Lexicon) -> Option<Split> {
    let text = block.text.as_str();
    if !(block.gap || block.is_item()) || !has_inner_capital(text.as_bytes()) {
        return None;
    }
    let start = beginning(text, 160);
    let words = tokens(start, lexicon);
    let at = words.windows(2).take(10).position(|pair| match pair {
        [before, after] => {
            let lower = before.text.starts_with(char::is_lowercase) || before.kind == token::Kind::Close;
            let word = before.kind == token::Kind::Word || before.kind == token::Kind::Close;
            word && lower
                && !after.close
                && after.kind == token::Kind::Word
                && after.text.starts_with(char::is_uppercase)
        }
        _ => false,
    })? + 1;
    let place = words.get(at)?.start;
    let (name, rest) = text.split_at_checked(place)?;
    let seen = traits(name, lexicon);
    let outside = name.split('(').next().unwrap_or(name);
    let last_is_name = traits(outside, lexicon).last_is_name;
    let fits =
        (1..=LONGEST).contains(&seen.words) && last_is_name && !seen.you && !seen.function && !seen.dose;
    let names = words.get(..at)?.iter().all(|t| {
        matches!(t.kind, token::Kind::Word | token::Kind::Open | token::Kind::Close | token::Kind::Dash)
    });
    (fits && names && first_verb(rest, lexicon).is_some()).then(|| Split {
        name: tidy(name, lexicon),
        rest: rest.to_owned(),
        numbered: false,
        counted: false,
    })
}

/// "Heel slides on a smooth floor, sock on. Two lots of eight": a name with more about it, and how much; "And lastly the
/// deep breathing, for two minutes".
pub fn noun_phrase(block: &Block, lexicon: &Lexicon) -> Option<Split> {
    if !(block.gap && block.kind == Kind::Paragraph || block.is_item()) || block.bold > 0 {
        return None;
    }
    let start = beginning(&block.text, 90);
    // Hardly any line has a name in front, and the others need no closer look.
    let first = start.split([' ', '-', ',']).take(6);
    if !first.into_iter().any(|word| lexicon.word(word).0 & tag::NAME != 0) {
        return None;
    }
    let words = tokens(start, lexicon);
    let led = words.iter().take_while(|t| t.is(tag::AND) || t.is(tag::ADVERB)).count();
    // What is led to needs its article, and nothing else has one.
    let from = if led > 0 { led + usize::from(words.get(led)?.is(tag::DEFINITE)) } else { 0 };
    let end = (from + 1..from + 5).find(|at| {
        let ends = words
            .get(*at)
            .is_some_and(|t| t.is(tag::LEADING | tag::OVER | tag::ENDS_NAME) && t.kind == token::Kind::Word);
        ends || led > 0 && words.get(*at).is_some_and(|t| t.kind == token::Kind::Comma)
    })?;
    let name = words.get(from..end)?;
    let (first, last) = (name.first()?, name.last()?);
    let kinds = name.len() == 1 && first.is(tag::KINDS);
    let plain = name.iter().all(|t| {
        (t.kind == token::Kind::Word || t.close && t.kind == token::Kind::Dash)
            && !t.is(tag::FUNCTION | tag::YOU)
    });
    // "And bridges, 2 x 15"
    let counted = words.get(end).is_some_and(|t| t.kind == token::Kind::Comma)
        && words.get(end + 1).is_some_and(|t| t.kind == token::Kind::Number);
    if !last.is(tag::NAME)
        || kinds
        || !plain
        || led > 0 && from == led && !counted
        || (led == 0 && !block.text.starts_with(char::is_uppercase))
    {
        return None;
    }
    // It is no sentence, and says how much.
    let sentence = token::sentences(beginning(&block.text, 600), lexicon).into_iter().next()?;
    let whole = tokens(block.text.get(sentence)?, lexicon);
    // "Step-ups" does not tell to step.
    let joined = name.get(1).is_some_and(|t| t.kind == token::Kind::Dash);
    let told =
        instruction(&whole).is_some() && !joined || whole.iter().any(|t| t.is(tag::COPULA | tag::DESCRIBES));
    let rest = block.text.get(last.end()..)?;
    let dosed = !told && traits(rest, lexicon).dose;
    let name = start.get(first.start..last.end())?;
    (dosed && !lexicon.is_several(name)).then(|| Split {
        name: tidy(name, lexicon),
        rest: rest.trim_start_matches([',', ' ']).to_owned(),
        numbered: false,
        counted: false,
    })
}

/// A capital behind a word in lower case, near the start.
pub fn has_inner_capital(text: &[u8]) -> bool {
    text.windows(3).take(90).any(
        |w| matches!(w, [a, b' ', b] if (a.is_ascii_lowercase() || *a == b')') && b.is_ascii_uppercase() ),
    )
}

/// "Name: what to do", "Name – 3 x 10".
pub fn lead_in(
    block: &Block,
    next: Option<&Block>,
    parts: Split,
    seen: &Traits,
    lexicon: &Lexicon,
) -> Option<Split> {
    // One word before a colon is a name, even where it could be a verb: "Grip: squeeze a ball".
    let alone = seen.words == 1 && block.is_item();
    // "Step the right foot forward, back knee down. Hold for …", "Stand. Ten breaths …"
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name;
    let place = seen.words == 1 && seen.verb.is_some_and(|verb| verb & tag::LIE != 0);
    let sentence =
        block.ordinal().is_none() && parts.rest.starts_with('.') && (instructs && seen.words > 4 || place);
    if sentence {
        return None;
    }
    if block.text.starts_with(['“', '"'])
        || label(&parts.name, lexicon).is_some()
        || !is_title(seen, &parts.name, block.ordinal().is_some() || alone)
    {
        return None;
    }
    let follows = Traits { verb: first_verb(&parts.rest, lexicon), ..traits(&parts.rest, lexicon) };
    let only_amounts = follows.dose && follows.words <= 14 && !follows.physical;
    if seen
        .verb
        .is_some_and(|verb| verb & (tag::REPEAT | tag::SWITCH | tag::TIP | tag::REST | tag::HOLD) != 0)
        || seen.pointing
    {
        return None;
    }
    let starts_body = || {
        let next = next.map(|next| traits(&next.text, lexicon));
        next.is_some_and(|next| next.verb.is_some() || next.dose)
    };
    match () {
        // "Lift your leg 10 times" is no name with an amount.
        // But "March on the spot – 2 min" is, and "Face pulls: 2 x 15".
        () if only_amounts && seen.verb.is_some() && !seen.last_is_name && !alone && !parts.numbered => {
            let sign = block.text.split_once(parts.rest.as_str()).map_or("", |(before, _)| before.trim_end());
            let moves = tag::MOVE | tag::SETUP | tag::CONTINUE;
            let breath = tag::IN | tag::OUT | tag::BREATHE | tag::RETURN;
            let told = seen.verb.is_some_and(|verb| verb & moves != 0 && verb & breath == 0);
            (told && seen.name && seen.words <= 5 && sign.ends_with(['–', '—', '-', ':'])).then_some(parts)
        }
        () if only_amounts && (seen.name || seen.titled || block.is_item() || starts_body()) => Some(parts),
        () if follows.physical || follows.verb.is_some() && seen.name => Some(parts),
        () if block.is_item() && follows.verb.is_some() && follows.dose && seen.words <= 4 => Some(parts),
        // "Eccentric wrist lowering: 2 lb. dumbbell. Use … 3 sets of 10"
        () if block.gap && follows.verb.is_some() && follows.dose && (2..=4).contains(&seen.words) => {
            let part = tokens(&parts.name, lexicon).iter().any(|t| t.is(tag::PART));
            (part && seen.verb.is_none()).then_some(parts)
        }
        () if follows.words > 5 && seen.name && block.gap && starts_body() => Some(parts),
        () => None,
    }
}

/// The verb of the first of some sentences that instruct.
fn first_verb(text: &str, lexicon: &Lexicon) -> Option<u128> {
    let start = beginning(text, 600);
    let text = start;
    let mut found = token::sentences(text, lexicon).into_iter().take(4);
    found.find_map(|range| instruction(&tokens(text.get(range)?, lexicon)))
}

/// "Bridge. Lie on your back …"
pub fn named_sentence(
    block: &Block,
    before: Option<&Block>,
    next: Option<&Block>,
    lexicon: &Lexicon,
) -> Option<Split> {
    // Right below the heading of one exercise no other begins.
    let below = before.is_some_and(|before| {
        let heads = matches!(before.kind, Kind::Heading(level) if level > 1) || before.is_bold();
        heads && !lexicon.is_several(&before.text) && traits(&before.text, lexicon).name
    });
    if below && !block.is_item() {
        return None;
    }
    let (name, rest) = block.text.split_once(". ").or_else(|| block.text.split_once(") "))?;
    let closing = block.text.get(name.len()..).is_some_and(|rest| rest.starts_with(')'));
    // "Forward bend (Uttanasana) – 30 sec", "Iliotibial (IT) band stretch": the brackets are part of the name.
    if closing && rest.trim_start().starts_with(['–', '—', '-', ':']) {
        return None;
    }
    let name = if closing { name.split_once(" (")?.0 } else { name };
    // "3) Heel raises off the step, up on both feet. Three lots of 12": behind the comma it tells more about it.
    let (name, rest) = match name.split_once(", ") {
        Some((first, _)) if block.ordinal().is_some() && !closing => {
            (first, block.text.get(first.len()..)?.trim_start_matches([',', ' ']))
        }
        _ => (name, rest),
    };
    // "3. Bridges - feet hip width, squeeze and lift"
    let dash = [" - ", " – ", " — "].into_iter().find_map(|sign| name.split_once(sign));
    let (name, rest) = match dash.filter(|(first, _)| traits(first, lexicon).last_is_name) {
        Some((first, _)) if !closing && block.ordinal().is_some() => {
            (first, block.text.get(first.len()..)?.trim_start_matches([' ', '-', '–', '—']))
        }
        _ => (name, rest),
    };
    let seen = traits(name, lexicon);
    // Behind a number a few words are a name, whatever they say: "3) Doorway. Lean in."
    let counted = block.ordinal().is_some()
        && !closing
        && seen.words <= 4
        && seen.verb.is_none()
        && !seen.pointing
        && label(name, lexicon).is_none()
        && !lexicon.is_no_exercise(name);
    let fits =
        (1..=6).contains(&seen.words) && (seen.name || counted) && !seen.you && !seen.function && !seen.dose;
    // "Start with the bridge." and "Next comes the bridge." are sentences.
    let words = tokens(name, lexicon);
    // "Calf stretch on the stairs. Tight calves pull at the heel." and the numbered steps below it.
    let steps = block.gap && !block.is_item() && next.is_some_and(|next| next.ordinal() == Some(1));
    let sentence = words.first().is_some_and(|t| t.is(tag::ADVERB | tag::REPEAT | tag::HOLD | tag::EACH))
        || words.first().is_some_and(|t| t.is(tag::LIE))
            && words.get(1).is_none_or(|t| t.is(tag::RANGE) && !t.is(tag::TO))
        || block.ordinal().is_none()
            && !(steps && seen.name)
            && words.iter().skip(1).any(|t| lexicon.language.articles.iter().any(|article| t.says(article)));
    // "Alternating step-up": what it is like, and no instruction.
    let like = steps && seen.verb.is_some_and(|verb| verb & tag::GERUND != 0);
    let verb = seen.verb.is_none() || seen.last_is_name || like;
    if !fits || !verb || sentence {
        return None;
    }
    let follows = traits(rest, lexicon);
    // "Levator stretch. Same thing, but look down."
    let told = follows.verb.is_some() || steps || block.is_item() && (follows.dose || follows.words > 3);
    told.then(|| Split { name: tidy(name, lexicon), rest: rest.to_owned(), numbered: false, counted: false })
}
