//! One word -> phonemes: function words by their neighbours, the dictionary, then endings, possessives and capitals.
//!
//! The voice was trained on the readings of the misaki phonemizer (Apache-2.0), so the rules reproduce its choices.

use super::endings::{Ending, stems};
use super::lexicon::{Lexicon, Reading, coarse};
use super::stress::{PRIMARY, is_consonant, is_vowel, lift, shout, spell};

/// How the next sound begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Next {
    /// Silence: the end, or a punctuation mark that is a pause.
    #[default]
    Pause,
    /// A vowel.
    Vowel,
    /// A consonant.
    Consonant,
}

/// What follows a word; a sentence is read from its end, so that it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context {
    /// The next sound.
    pub next: Next,
    /// The next word is "to" ("used to").
    pub before_to: bool,
}

impl Context {
    /// The context for the word before one that is written and said so.
    pub fn before(self, text: &str, tag: &str, phonemes: &str) -> Self {
        let next = phonemes.chars().find_map(|c| match c {
            c if is_pause(c) => Some(Next::Pause),
            c if is_vowel(c) => Some(Next::Vowel),
            c if is_consonant(c) => Some(Next::Consonant),
            _ => None,
        });
        let before_to = matches!(text, "to" | "To") || text == "TO" && matches!(tag, "TO" | "IN");
        Self { next: next.unwrap_or(self.next), before_to }
    }
}

/// Punctuation that is heard as a pause.
pub fn is_pause(c: char) -> bool {
    ";:,.!?—…".contains(c)
}

/// How much the writing stresses a word: not at all, by a capital or an ending, by capitals throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Emphasis {
    None,
    Light,
    Strong,
}

impl Emphasis {
    fn apply(self, phonemes: String) -> String {
        match self {
            Self::None => phonemes,
            Self::Light => lift(phonemes),
            Self::Strong => shout(phonemes),
        }
    }
}

/// Reads words in their context.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'l> {
    lexicon: &'l Lexicon,
}

impl<'l> Reader<'l> {
    /// A reader that knows the words of a dictionary.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon }
    }

    /// The phonemes of a word with a Penn Treebank tag, if the rules know it.
    pub fn word(&self, word: &str, tag: &str, context: Context) -> Option<String> {
        let emphasis = match word {
            _ if !word.chars().any(char::is_uppercase) => Emphasis::None,
            _ if !word.chars().any(char::is_lowercase) => Emphasis::Strong,
            _ => Emphasis::Light,
        };
        if let Some(phonemes) = self.function_word(word, tag, emphasis, context) {
            return Some(phonemes);
        }
        let lower = self.lowered(word, tag, emphasis, context);
        let word = lower.as_deref().unwrap_or(word);
        if self.knows(word) {
            return self.look_up(word, tag, emphasis, context);
        }
        let plain = word.strip_suffix('\'').filter(|stem| self.knows(stem));
        if let Some(owner) = word.strip_suffix("s'").map(|stem| format!("{stem}'s")).filter(|w| self.knows(w))
        {
            return self.look_up(&owner, tag, emphasis, context);
        }
        if let Some(plain) = plain {
            return self.look_up(plain, tag, emphasis, context);
        }
        self.with_ending(word, tag, emphasis, context)
    }

    /// Names of the letters of a word, if every one has a name.
    pub fn letters(&self, word: &str) -> Option<String> {
        let names: Option<String> = word
            .chars()
            .filter(|c| c.is_alphabetic())
            .map(|c| {
                let letter: String = c.to_uppercase().collect();
                match self.lexicon.reading(self.lexicon.gold(&letter)?, "", false)? {
                    Reading::Said(name) => Some(name),
                    Reading::Spelled => None,
                }
            })
            .collect();
        names.filter(|n| !n.is_empty()).map(|names| spell(&names))
    }

    /// Words whose sound depends on their neighbours, and signs that are words.
    fn function_word(&self, word: &str, tag: &str, emphasis: Emphasis, context: Context) -> Option<String> {
        let noun = tag.starts_with("NN");
        let fixed = match word {
            "%" => return self.look_up("percent", "", Emphasis::None, context),
            "&" => return self.look_up("and", "", Emphasis::None, context),
            "+" => return self.look_up("plus", "", Emphasis::None, context),
            "@" => return self.look_up("at", "", Emphasis::None, context),
            _ if is_dotted(word) => return self.letters(word),
            "a" | "A" if tag == "DT" => "ɐ",
            "a" | "A" => "ˈA",
            "am" | "Am" | "AM" if noun => return self.letters(word),
            "am" if context.next != Next::Pause && emphasis == Emphasis::None => "ɐm",
            "am" | "Am" | "AM" => return self.look_up("am", "", Emphasis::None, context),
            "AN" if noun => return self.letters(word),
            "an" | "An" | "AN" => "ɐn",
            "I" if tag == "PRP" => "ˌI",
            "by" | "By" | "BY" if coarse(tag) == "ADV" => "bˈI",
            "to" | "To" | "TO" if word != "TO" || matches!(tag, "TO" | "IN") => match context.next {
                Next::Pause => return self.look_up("to", "", Emphasis::None, context),
                Next::Consonant => "tə",
                Next::Vowel => "tʊ",
            },
            "in" | "In" | "IN" if word != "IN" || tag != "NNP" => match context.next {
                Next::Pause => "ˈɪn",
                _ if tag != "IN" => "ˈɪn",
                _ => "ɪn",
            },
            "the" | "The" | "THE" if word != "THE" || tag == "DT" => match context.next {
                Next::Vowel => "ði",
                _ => "ðə",
            },
            "used" | "Used" | "USED" => {
                let tag = if matches!(tag, "VBD" | "JJ") && context.before_to { "VBD" } else { "DEFAULT" };
                return self
                    .said(self.lexicon.gold("used").and_then(|e| self.lexicon.reading(e, tag, false))?);
            }
            _ => return None,
        };
        Some(fixed.into())
    }

    fn said(&self, reading: Reading) -> Option<String> {
        match reading {
            Reading::Said(phonemes) => Some(phonemes),
            Reading::Spelled => None,
        }
    }

    /// "Hold" and "HOLD" are the word "hold", unless the capitals have a reading of their own or make it a short name.
    fn lowered(&self, word: &str, tag: &str, emphasis: Emphasis, context: Context) -> Option<String> {
        let length = word.chars().count();
        let wordlike = length > 1 && word.chars().all(|c| c.is_alphabetic() || c == '\'');
        let cased = emphasis == Emphasis::Strong
            || emphasis == Emphasis::Light && !word.chars().skip(1).any(char::is_uppercase);
        if !wordlike || !cased || tag == "NNP" && length <= 7 || self.lexicon.entry(word).is_some() {
            return None;
        }
        let lower = word.to_lowercase();
        let known = self.lexicon.entry(&lower).is_some()
            || self.with_ending(&lower, tag, emphasis, context).is_some();
        known.then_some(lower)
    }

    /// Whether `look_up` has an answer: a word of the dictionary, a letter, or capitals to be spelled.
    fn knows(&self, word: &str) -> bool {
        if self.lexicon.entry(word).is_some() {
            return true;
        }
        let mut letters = word.chars();
        letters.next().is_some()
            && word.bytes().all(|b| b.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_uppercase())
    }

    fn look_up(&self, word: &str, tag: &str, emphasis: Emphasis, context: Context) -> Option<String> {
        let capitals = !word.chars().any(char::is_lowercase) && self.lexicon.gold(word).is_none();
        let lower = if capitals { Some(word.to_lowercase()) } else { None };
        let word = lower.as_deref().unwrap_or(word);
        // Capitals that are a name count as an abbreviation unless the word is well known and stressed.
        let name = capitals && tag == "NNP";
        let entry = self.lexicon.entry(word).filter(|e| e.gold || !name);
        let reading = entry.and_then(|e| self.lexicon.reading(e, tag, context.next == Next::Pause));
        match reading {
            Some(Reading::Said(phonemes)) if !name || phonemes.contains(PRIMARY) => {
                Some(emphasis.apply(phonemes))
            }
            Some(Reading::Said(phonemes)) => {
                Some(self.letters(word).unwrap_or_else(|| emphasis.apply(phonemes)))
            }
            _ => self.letters(word),
        }
    }

    /// Words made of a known one and -s, -ed or -ing.
    fn with_ending(&self, word: &str, tag: &str, emphasis: Emphasis, context: Context) -> Option<String> {
        let (ending, stem) = stems(word).into_iter().find(|(_, stem)| self.knows(stem))?;
        // -ing makes a verb out of words that are weak alone: "being", "having".
        let emphasis = match emphasis {
            Emphasis::None if ending == Ending::Ing => Emphasis::Light,
            emphasis => emphasis,
        };
        let stem = self.look_up(&stem, tag, emphasis, context)?;
        ending.add(stem, self.lexicon.accent)
    }
}

/// "U.S.", "a.m": letters with dots inside, none of the parts longer than two.
fn is_dotted(word: &str) -> bool {
    word.trim_matches('.').contains('.')
        && word.chars().all(|c| c == '.' || c.is_alphabetic())
        && word.split('.').all(|part| part.chars().count() < 3)
}
