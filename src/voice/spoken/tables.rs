//! What signs, units and abbreviations are called.

use super::units::Kind::{self, Length, Other, Time};

/// A unit: how it is written, what one and what several are called.
pub struct Unit {
    /// Spellings; the ones that are also words or quotation marks count only right behind the number.
    pub written: &'static [&'static str],
    /// "second"
    pub one: &'static str,
    /// "seconds"
    pub many: &'static str,
    /// What it measures.
    pub kind: Kind,
}

const fn unit(written: &'static [&'static str], one: &'static str, many: &'static str, kind: Kind) -> Unit {
    Unit { written, one, many, kind }
}

/// Units after a number.
pub const UNITS: [Unit; 26] = [
    unit(&["s", "sec", "secs", "second", "seconds"], "second", "seconds", Time),
    unit(&["min", "mins", "minute", "minutes"], "minute", "minutes", Time),
    unit(&["h", "hr", "hrs", "hour", "hours"], "hour", "hours", Time),
    unit(&["ms"], "millisecond", "milliseconds", Time),
    unit(&["d", "day", "days"], "day", "days", Time),
    unit(&["wk", "wks", "week", "weeks"], "week", "weeks", Time),
    unit(&["mm"], "millimeter", "millimeters", Length),
    unit(&["cm"], "centimeter", "centimeters", Length),
    unit(&["m", "meter", "meters"], "meter", "meters", Length),
    unit(&["km"], "kilometer", "kilometers", Length),
    unit(&["in", "inch", "inches", "\"", "″"], "inch", "inches", Length),
    unit(&["ft", "foot", "feet", "′"], "foot", "feet", Length),
    unit(&["yd", "yds"], "yard", "yards", Length),
    unit(&["mi"], "mile", "miles", Length),
    unit(&["g"], "gram", "grams", Other),
    unit(&["kg", "kgs"], "kilogram", "kilograms", Other),
    unit(&["lb", "lbs"], "pound", "pounds", Other),
    unit(&["oz"], "ounce", "ounces", Other),
    unit(&["ml", "mL"], "milliliter", "milliliters", Other),
    unit(&["km/h", "kph"], "kilometer per hour", "kilometers per hour", Other),
    unit(&["mph"], "mile per hour", "miles per hour", Other),
    unit(&["bpm"], "beat per minute", "beats per minute", Other),
    unit(&["°C", "° C", "℃"], "degree Celsius", "degrees Celsius", Other),
    unit(&["°F", "° F", "℉"], "degree Fahrenheit", "degrees Fahrenheit", Other),
    unit(&["°", "º", "deg", "degree", "degrees"], "degree", "degrees", Other),
    unit(&["%"], "percent", "percent", Other),
];

/// Spellings of units that are something else when a space stands before them ("10 in a row").
pub const GLUED: [&str; 4] = ["in", "\"", "″", "d"];

/// Words that show that a spaced "in" is a unit after all ("feet 12 in apart").
pub const AFTER_INCHES: [&str; 10] =
    ["apart", "wide", "high", "long", "tall", "deep", "thick", "above", "below", "off"];

/// Nouns before which degrees are a quality: "a 90° angle".
pub const AFTER_DEGREE: [&str; 9] =
    ["angle", "bend", "turn", "rotation", "position", "hinge", "arc", "knee", "twist"];

/// What something is counted by: "10/side", "3x/week".
pub const PER: [(&str, &str); 22] = [
    ("day", "day"),
    ("d", "day"),
    ("week", "week"),
    ("wk", "week"),
    ("month", "month"),
    ("night", "night"),
    ("session", "session"),
    ("set", "set"),
    ("side", "side"),
    ("arm", "arm"),
    ("leg", "leg"),
    ("hand", "hand"),
    ("foot", "foot"),
    ("hour", "hour"),
    ("hr", "hour"),
    ("h", "hour"),
    ("minute", "minute"),
    ("min", "minute"),
    ("second", "second"),
    ("sec", "second"),
    ("s", "second"),
    ("workout", "workout"),
];

/// Currencies before an amount: one, several.
pub const CURRENCIES: [(char, &str, &str); 3] =
    [('$', "dollar", "dollars"), ('€', "euro", "euros"), ('£', "pound", "pounds")];

/// Abbreviations, longest first where one begins another. Small letters match any case. A final point belongs to
/// the abbreviation; it stays as a full stop where a sentence ends.
pub const ABBREVIATIONS: [(&str, &str); 38] = [
    ("and/or", "and or"),
    ("s/he", "she or he"),
    ("n/a", "not applicable"),
    ("w/o", "without"),
    ("b/w", "between"),
    ("b/c", "because"),
    ("w/", "with"),
    ("e.g.", "for example"),
    ("e. g.", "for example"),
    ("e.g", "for example"),
    ("eg.", "for example"),
    ("i.e.", "that is"),
    ("i. e.", "that is"),
    ("i.e", "that is"),
    ("ie.", "that is"),
    ("etc.", "and so on"),
    ("etc", "and so on"),
    ("approx.", "approximately"),
    ("approx", "approximately"),
    ("vs.", "versus"),
    ("vs", "versus"),
    ("incl.", "including"),
    ("esp.", "especially"),
    ("max.", "maximum"),
    ("min.", "minimum"),
    ("alt.", "alternate"),
    ("ea.", "each"),
    ("ex.", "exercise"),
    ("fig.", "figure"),
    ("no.", "no."),
    ("reps.", "reps."),
    ("sec.", "seconds"),
    ("secs", "seconds"),
    ("mins", "minutes"),
    ("Dr.", "Doctor"),
    ("Dr", "Doctor"),
    ("Prof.", "Professor"),
    ("ROM", "range of motion"),
];

/// Abbreviations that stand before a name, where a capital does not begin a sentence.
pub const TITLES: [&str; 2] = ["Dr.", "Prof."];

/// Signs and what they are called; `PAUSE` is a short silence. Signs that are not here, letters, digits or
/// punctuation are not heard.
pub const SIGNS: [(char, &str); 31] = [
    ('&', " and "),
    ('+', " plus "),
    ('=', " equals "),
    ('@', " at "),
    ('%', " percent "),
    ('°', " degrees "),
    ('±', " plus or minus "),
    ('×', " times "),
    ('÷', " divided by "),
    ('²', " squared "),
    ('³', " cubed "),
    ('µ', " micro "),
    ('—', PAUSE),
    ('―', PAUSE),
    ('→', PAUSE),
    ('⇒', PAUSE),
    ('|', PAUSE),
    ('‘', "'"),
    ('’', "'"),
    ('ʼ', "'"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('[', "("),
    ('{', "("),
    (']', ")"),
    ('}', ")"),
    ('‐', "-"),
    ('‑', "-"),
];

/// Stands for a short silence until the end, when it becomes a comma where none is yet.
pub const PAUSE: &str = "\u{1}";

/// Signs before a number.
pub const BEFORE_NUMBER: [(&str, &str); 12] = [
    ("-", "minus "),
    ("−", "minus "),
    ("+", "plus "),
    ("±", "plus or minus "),
    ("~", "about "),
    ("≈", "about "),
    ("<", "less than "),
    (">", "more than "),
    ("≤", "at most "),
    ("≥", "at least "),
    ("#", "number "),
    ("×", "times "),
];

/// Fraction characters: numerator, denominator.
pub const FRACTIONS: [(char, u64, u64); 15] = [
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

/// Parts of a whole: denominator, one, several.
pub const PARTS: [(u64, &str, &str); 7] = [
    (2, "half", "halves"),
    (3, "third", "thirds"),
    (4, "quarter", "quarters"),
    (5, "fifth", "fifths"),
    (6, "sixth", "sixths"),
    (8, "eighth", "eighths"),
    (16, "sixteenth", "sixteenths"),
];

/// Ends of a web address without `www.`.
pub const DOMAINS: [&str; 12] =
    ["com", "org", "net", "edu", "gov", "info", "io", "uk", "de", "fr", "eu", "health"];
