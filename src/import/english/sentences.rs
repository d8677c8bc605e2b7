//! Phrases in sentences: what introduces a name, speaks of all exercises, or tells of a goal or of sides.

pub const GOAL: &[&str] = &[
    "work up to",
    "build up to",
    "building up to",
    "working up to",
    "work your way up to",
    "build to",
    "progress to",
    "progressing to",
    "increase to",
    "increasing to",
    "gradually increase",
    "increase up to",
    "up to a maximum of",
    "aim for a total",
    "eventually",
    "over time",
    "you can do",
    "can manage",
];

pub const INTRODUCTIONS: &[&str] = &[
    "first exercise is",
    "next exercise is",
    "second exercise is",
    "third exercise is",
    "last exercise is",
    "final exercise is",
    "first up is",
    "next up is",
    "next is",
    "next comes",
    "next up",
    "first is",
    "then comes",
    "then there is",
    "after that comes",
    "last comes",
    "finally comes",
    "last is",
    "final one is",
    "first one is",
    "second one is",
    "third one is",
    "next one is",
    "last one is",
    "other one is",
    "exercise called",
    "stretch called",
    "move called",
    "one called",
    "pose called",
    "is called",
    "are called",
    "known as",
    "called",
    "start with",
    "start off with",
    "begin with",
    "move on to",
    "moving on to",
    "move onto",
    "follow with",
    "follow that with",
    "follow this with",
    "followed by",
    "finish with",
    "finish off with",
    "end with",
    "close with",
    "continue with",
    "go on to",
    "there is also",
    "there is",
    "is doing",
    "favourite is",
    "favorite is",
    "another is",
];

pub const WEAK_INTRODUCTIONS: &[&str] = &["for", "try", "do", "to do", "to perform"];

pub const ARTICLES: &[&str] = &["the", "a", "an", "some", "your", "my", "our"];

pub const NAME_ARTICLES: &[&str] = &["the", "a", "an"];

pub const CONNECTIVES: &[&str] = &["and ", "then ", "before ", "now ", "then, ", "next, "];

pub const BACK: &[&str] = &[
    "back to",
    "starting position",
    "start position",
    "back down",
    "back up",
    "to the start",
    "back in the middle",
];

pub const EVERYWHERE: &[&str] = &[
    "each exercise",
    "every exercise",
    "all exercises",
    "all the exercises",
    "all of the exercises",
    "each of the exercises",
    "each of the stretches",
    "each of the moves",
    "each of these",
    "all of these",
    "all stretches",
    "all the stretches",
    "every stretch",
    "every pose",
    "every move",
    "exercises below",
    "following exercises",
    "stretches below",
    "following stretches",
    "these exercises",
    "these stretches",
    "these moves",
    "these poses",
    "do these",
    "repeat these",
];

pub const EVERYWHERE_OUTSIDE: &[&str] = &[
    "each stretch", "each pose", "each move", "each of the", "each one", "each movement", "each position",
    "each performed", "each done", "each held", "each lasting", "exercises each", "stretches each", "moves each",
    "poses each", "hold each", "perform each", "complete each", "each of them", "per exercise", "per stretch",
    "per pose", "per move", "per movement", "unless otherwise", "unless stated", "unless it says", "for all of them",
    "hold all", "hold them", "whole list", "whole thing", "whole routine", "whole circuit", "entire routine",
    "whole set", "whole sequence", "all of it", "full circuit", "full routine",
];

pub const REMEDIES: &[&str] = &[
    "ice",
    "ice pack",
    "cold pack",
    "heat pack",
    "hot water bottle",
    "tablets",
    "tablet",
    "paracetamol",
    "ibuprofen",
    "acetaminophen",
    "painkillers",
    "painkiller",
    "pain relief",
    "medication",
    "medicine",
    "bandage",
    "compression",
    "crutches",
    "alcohol",
];

pub const QUOTED: &[&str] = &["wrote:", "writes:", "said:"];

pub const ALTERNATING: &[&str] = &[
    "swapping sides",
    "switching sides",
    "keep swapping",
    "keep switching",
    "carry on swapping",
    "carry on switching",
    "alternately",
    "each leg in turn",
    "each arm in turn",
    "each side in turn",
    "one leg then the other",
    "one side then the other",
];

pub const TAKING_TURNS: &[&str] = &["in turn"];

pub const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "approx", "vs", "dr", "mr", "mrs", "ms", "st", "min", "mins", "sec", "secs", "no", "rep",
    "reps", "etc", "fig",
];

pub const TRUNCATE_BRIEF: &[&str] = &[
    "as",
    "while",
    "keeping",
    "until",
    "so",
    "without",
    "making",
    "allowing",
    "trying",
    "ensuring",
    "like",
    "bringing",
    "letting",
    "tucking",
    "squeezing",
    "looking",
];
