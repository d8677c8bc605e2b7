//! Running text: where one exercise ends and the next begins, and what they are called.

use super::capitals;
use super::chain;
use super::lexicon::{Introduction, Lexicon, tag};
use super::name::tidy;
use super::reading::{Field, read, read_tokens};
use super::section::{Part, Section};
use super::sentence::{instruction, is_physical, traits};
use super::token::{Kind, Token, beginning, sentences, tokens};

/// A name, the text that belongs to it, and whether the name had to be made up.
pub type Found = (String, Vec<Part>, bool);

/// The exercises in the running text of a section; empty where nothing parts them.
pub fn split(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let chained = chain::split(section, lexicon);
    if !chained.is_empty() {
        return chained;
    }
    let capitals = capitals::split(section, lexicon);
    if !capitals.is_empty() {
        return capitals;
    }
    let named = by_names(section, lexicon);
    if !named.is_empty() {
        return named;
    }
    let titled = by_titles(section, lexicon);
    if !titled.is_empty() {
        return titled;
    }
    let numbered = by_numbers(section, lexicon);
    if numbered.is_empty() { by_places(section, lexicon) } else { numbered }
}

/// A sentence of `part` by itself.
pub fn piece(part: &Part, text: &str) -> Part {
    Part { line: part.line, text: text.to_owned(), role: part.role, numbered: part.numbered }
}

/// Numbered paragraphs that each tell what to do and how much are exercises without names, not steps of one.
fn by_numbers(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let whole = |part: &&Part| {
        let all = sentences(&part.text, lexicon);
        let told = |range: &std::ops::Range<usize>| {
            let text = part.text.get(range.clone()).unwrap_or("");
            is_physical(text, &tokens(text, lexicon), lexicon)
        };
        let dosed = |range: &std::ops::Range<usize>| {
            read(part.text.get(range.clone()).unwrap_or(""), part.line, part.role, lexicon).is_dose()
        };
        all.len() > 1 && all.iter().any(told) && all.iter().any(dosed)
    };
    let numbered: Vec<&Part> = section.parts.iter().filter(|part| part.numbered).collect();
    let fits = numbered.iter().copied().filter(whole).count();
    if fits < 2 || fits * 2 < numbered.len() {
        return Vec::new();
    }
    let mut all: Vec<Found> = Vec::new();
    for part in &section.parts {
        if part.numbered {
            all.push((made_up(&part.text, lexicon), vec![part.clone()], true));
        } else if let Some((_, parts, _)) = all.last_mut() {
            parts.push(part.clone());
        }
    }
    all
}

/// At "sentences" that are nothing but a name: "Heel slides. On your back, slide one heel away. Clams. On your side …".
fn by_titles(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for part in &section.parts {
        for range in sentences(&part.text, lexicon) {
            let Some(text) = part.text.get(range) else { continue };
            if is_name_alone(text, lexicon) {
                all.push((tidy(text, lexicon), Vec::new(), false));
            } else if let Some((_, parts, _)) = all.last_mut() {
                parts.push(piece(part, text));
            }
        }
    }
    let told = |(_, parts, _): &Found| parts.iter().any(|part| traits(&part.text, lexicon).physical);
    let dosed = |(_, parts, _): &Found| parts.iter().any(|part| traits(&part.text, lexicon).dose);
    all.retain(|found| told(found) || dosed(found));
    let certain = all.iter().filter(|found| dosed(found)).count();
    if certain >= 3 || all.len() == 2 && certain == 2 { all } else { Vec::new() }
}

fn is_name_alone(text: &str, lexicon: &Lexicon) -> bool {
    if text.len() > 50 || !text.ends_with(['.', ':']) || !text.starts_with(char::is_uppercase) {
        return false;
    }
    let seen = traits(text, lexicon);
    let instructs = seen.verb.is_some() && !seen.last_is_name;
    let words = tokens(text, lexicon);
    let alone = seen.words > 1 || words.first().is_some_and(|t| !t.is(tag::VERB));
    seen.name
        && alone
        && seen.words <= 4
        && !(instructs || seen.you || seen.function || seen.dose || seen.pointing)
        && !lexicon.is_several(text)
        && !words.first().is_some_and(|t| t.is(tag::REPEAT | tag::ADVERB))
}

/// At sentences such as "Next comes the bridge".
fn by_names(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for part in &section.parts {
        for range in sentences(&part.text, lexicon) {
            let Some(text) = part.text.get(range) else { continue };
            let text = match introduced(text, lexicon) {
                Some((name, rest)) => {
                    all.push((name, Vec::new(), false));
                    text.get(rest..).unwrap_or("").trim_start_matches(|c: char| !c.is_alphanumeric())
                }
                None => text,
            };
            if let Some((_, parts, _)) = all.last_mut()
                && !text.is_empty()
            {
                parts.push(piece(part, text));
            }
        }
    }
    // A name that is only mentioned brings nothing to do with it.
    all.retain(|(_, parts, _)| {
        parts.iter().any(|part| {
            let seen = traits(&part.text, lexicon);
            seen.physical || seen.dose
        })
    });
    all
}

/// The name that a sentence introduces, and where the sentence goes on.
fn introduced(text: &str, lexicon: &Lexicon) -> Option<(String, usize)> {
    let words = tokens(text, lexicon);
    if !words.iter().any(|t| t.is(tag::NAME)) {
        return None;
    }
    let article = |at: usize| {
        let word = words.get(at);
        word.is_some_and(|t| lexicon.language.articles.iter().any(|article| t.says(article)))
    };
    let name = |at: usize, introduction: Introduction| {
        let mut next = at + introduction.words;
        let capital = words.get(next).is_some_and(|t| t.text.starts_with(char::is_uppercase));
        let fits = article(next) || capital && introduction.words > 1;
        if introduction.weak && (at > 1 || !fits) {
            return None;
        }
        while words.get(next).is_some_and(|t| t.kind == Kind::Colon || matches!(t.text, "\"" | "“"))
            || article(next)
        {
            next += 1;
        }
        // "Finish with 10 leg swings": the count belongs to what is told.
        let count = words.get(next).filter(|t| t.number > 0.0);
        let (name, end) = noun(text, &words, next + usize::from(count.is_some()))?;
        match count {
            None => Some((name, end)),
            Some(count) => name.ends_with('s').then_some((name, count.start)),
        }
    };
    let mut found = None;
    lexicon.introductions(beginning(text, 300), |place, introduction| {
        let at = words.partition_point(|t| t.start < place);
        found = name(at, introduction);
        found.is_some()
    });
    if found.is_some() {
        return found;
    }
    // "The bridge comes next."
    if article(0)
        && let Some((name, end)) = noun(text, &words, 1)
        && words.iter().any(|t| t.start >= end && t.is(tag::COPULA) && t.start <= end + 2)
    {
        return Some((name, text.len().min(end)));
    }
    None
}

/// A noun phrase that is the name of an exercise: some words up to a sign or a verb, one of them typical of names.
fn noun(text: &str, words: &[Token<'_>], from: usize) -> Option<(String, usize)> {
    let first = words.get(from)?;
    let mut end = from;
    while let Some(token) = words.get(end) {
        let hyphen =
            token.kind == Kind::Dash && token.close && words.get(end + 1).is_some_and(|next| next.close);
        let stops = token.is(tag::COPULA) || token.is(tag::ENDS_NAME);
        if !(token.kind == Kind::Word || hyphen) || stops || end - from > 6 {
            break;
        }
        end += 1;
    }
    let phrase = words.get(from..end)?;
    let is_name =
        phrase.iter().any(|t| t.is(tag::NAME)) && phrase.len() <= 6 && !phrase.iter().any(|t| t.is(tag::YOU));
    let last = phrase.last()?;
    // "The first exercise" names nothing.
    let only_kind = phrase.iter().all(|t| {
        t.is(tag::KINDS | tag::ADVERB | tag::FUNCTION | tag::NUMBER) || t.is(tag::EACH) || t.is(tag::THIS)
    });
    if !is_name || only_kind || last.is(tag::ADVERB) && !last.is(tag::NAME) {
        return None;
    }
    let name = text.get(first.start..last.end())?;
    let mut letters = name.chars();
    let name: String = letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default();
    Some((name, last.end()))
}

/// Whoever is told where to lie or sit after having been told how often begins the next exercise.
fn by_places(section: &Section, lexicon: &Lexicon) -> Vec<Found> {
    let mut groups: Vec<Group> = Vec::new();
    for part in &section.parts {
        for (nth, range) in sentences(&part.text, lexicon).into_iter().enumerate() {
            let Some(text) = part.text.get(range) else { continue };
            let words = tokens(text, lexicon);
            let verb = instruction(&words);
            let place = verb.is_some_and(|verb| verb & tag::LIE != 0)
                || lexicon.position(text).is_some() && (verb.is_some() || is_physical(text, &words, lexicon));
            let reading = read_tokens(text, &words, part.line, part.role, lexicon);
            let fresh = groups.last().is_none_or(|group: &Group| group.dosed && (group.counted || nth == 0));
            if place && fresh {
                groups.push(Group::default());
            }
            let Some(group) = groups.last_mut() else { continue };
            // What comes after the count in another paragraph is no part of the exercise, unless it is told to be done.
            group.dosed |= reading.is_dose();
            group.counted |= reading.get(Field::Reps).is_some();
            group.text.push_str(text);
            group.text.push(' ');
            group.parts.push(piece(part, text));
        }
    }
    groups.retain(|group| group.dosed);
    if groups.len() < 2 {
        return Vec::new();
    }
    groups.into_iter().map(|group| (made_up(&group.text, lexicon), group.parts, true)).collect()
}

#[derive(Default)]
struct Group {
    parts: Vec<Part>,
    text: String,
    dosed: bool,
    counted: bool,
}

/// The first movement in a few words, as a name: "Roll your knees".
pub fn made_up(text: &str, lexicon: &Lexicon) -> String {
    let found = sentences(text, lexicon).into_iter().find_map(|range| {
        let sentence = text.get(range)?;
        let words = tokens(sentence, lexicon);
        let at = words
            .iter()
            .position(|t| t.is(tag::MOVE) && !t.is(tag::GERUND | tag::WEAK | tag::LIE) && !t.is(tag::PART))?;
        let rest = words.get(at..)?;
        let end = rest.iter().position(|t| {
            t.kind != Kind::Word
                || t.is(tag::ADVERB | tag::THEN)
                || t.is(tag::AND)
                || t.is(tag::AS)
                || t.is(tag::UNTIL)
        });
        let mut phrase = rest.get(..end.unwrap_or(rest.len()).min(6))?;
        // "Roll them from side to" needs no "to".
        while let Some((last, before)) = phrase.split_last()
            && (last.is(tag::FUNCTION | tag::YOU | tag::LEADING) || last.is(tag::OF))
        {
            phrase = before;
        }
        let (first, last) = (phrase.first()?, phrase.last()?);
        (phrase.len() >= 2).then(|| sentence.get(first.start..last.end()).map(str::to_owned))?
    });
    let name = found.unwrap_or_else(|| lexicon.language.said.exercise.to_owned());
    let mut letters = name.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
