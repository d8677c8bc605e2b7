//! The shape of a language's tables, which `english` fills.

/// What a word can be, as bits: most words are several things ("back" is a part of the body and a direction).
pub mod tag {
    macro_rules! tags {
        ($($name:ident)*) => {
            #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
            #[derive(Clone, Copy)]
            enum Bit { $($name),* }
            $(pub const $name: u128 = 1 << Bit::$name as u32;)*
        };
    }
    tags! {
        HOLD REST SETUP MOVE RETURN REPEAT CONTINUE SWITCH IN OUT BREATHE TIP
        NAME PART SIDE LEFT RIGHT EACH BOTH OTHER FUNCTION YOU ADVERB FILLER
        SECONDS COUNT MINUTES HOURS TIMES REPS SETS BREATHS OTHER_UNIT PERIOD PER RANGE ABOUT ONCE SEVERAL
        TEMPO BETWEEN ONE THEN LIE MODAL KINDS DESCRIBES NUMBER GERUND WEAK LEADING COPULA
        SECOND DEFINES WHOLE
        OF FOR AND INDEFINITE DEFINITE COUPLE RATE TIME_NOUN SESSION DAYS INSIDE BEFORE AS OUTSIDE THIS HOLD_NOUN NOW SAME OPPOSITE AFTER AGAIN DO ON UNTIL AT EXERCISES KEEP KEEPING POSSESSIVE TO EXERCISE HERE RECOVER ATTEMPT HELD_NOUN BREAK MORE THROUGHOUT WAY LASTING LABELLING TURN LOCATES DONE_ON LEADS_SIDE ORDINAL_ENDING ENDS_NAME THROUGH ENDS_COUNT BEFORE_COUNT NO_LENGTH DETERMINER POINTING TOWARDS NO_SIDE ALTERNATE RELAX BEING ROUTINE TOTAL IN_ALL UP DOWN ROUNDS GOING OVER ONES CONDITION MOTIONLESS REPETITIVE TOGETHER OFF
    }
    /// Any verb that an instruction can begin with.
    pub const VERB: u128 =
        HOLD | REST | SETUP | MOVE | RETURN | REPEAT | CONTINUE | SWITCH | IN | OUT | BREATHE | TIP;
    /// Verbs that move or place the body.
    pub const PHYSICAL: u128 = SETUP | MOVE | RETURN | IN | OUT | BREATHE;
}

/// What a label or the heading of a column announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Name,
    HowTo,
    /// Amounts of any kind.
    Dose,
    Sets,
    Reps,
    Hold,
    Duration,
    Rest,
    /// "both", "left and right"
    Sides,
    Frequency,
    Needs,
    /// Benefits, cautions, variations: not part of the exercise as it is done.
    Aside,
    /// What to reach: an amount, or what it is good for.
    Aim,
    /// A line that is of no interest by itself, such as the credit of a picture.
    Nothing,
}

/// All that is known about a language. Lists of words are separated by spaces; phrases are compared word by word.
pub struct Language {
    /// BCP 47.
    pub code: &'static str,
    pub said: Said,
    pub numbers: &'static [(&'static str, f64)],
    /// Verbs before the name of an exercise that is to be done so often: "perform", "start with".
    pub doing: &'static [&'static str],
    /// "once", "twice": words that tell how often.
    pub times: &'static [(&'static str, f64)],
    pub words: &'static [(u128, &'static str)],
    /// Words that also have a form made by `ing`.
    pub verbs: &'static [(u128, &'static str)],
    /// Words that end so are names of exercises.
    pub name_endings: &'static [&'static str],
    /// Other frequent words, and the only ones of one or two letters that may stand in words without spaces between them.
    pub common: &'static str,
    pub ing: fn(&str) -> String,
    /// Whether a name is of several of the same: "glides".
    pub plural: fn(&str) -> bool,
    /// What announces an amount to be reached later.
    pub goal: &'static [&'static str],
    pub positions: &'static [(&'static str, &'static str)],
    pub equipment: &'static [(&'static str, &'static str)],
    pub labels: &'static [(&'static str, Role)],
    /// In a heading: what follows is no exercise.
    pub no_exercise: &'static [&'static str],
    /// Headings below which no exercise stands, whatever is set off there.
    pub none_below: &'static [&'static str],
    pub kinds_of_page: &'static [&'static str],
    pub ordinal_words: &'static [&'static str],
    /// Other words that stand with a number and a sign in front of names.
    pub counters: &'static [&'static str],
    /// What a remark about an exercise begins with.
    pub remarks: &'static [&'static str],
    /// Words of other work that is told in steps: cooking, building.
    pub foreign: &'static str,
    /// What a heading points to the exercise above it with: "How to do this exercise".
    pub heading_pointers: &'static [&'static str],
    /// Forms of "hold".
    pub held: &'static [&'static str],
    /// Labels that stand behind the name of an exercise: "Bridge instructions".
    pub labels_behind: &'static [&'static str],
    pub step_words: &'static [&'static str],
    /// In running text: the name of an exercise follows.
    pub introductions: &'static [&'static str],
    /// The same, but only at the start of a sentence and before an article.
    pub weak_introductions: &'static [&'static str],
    pub articles: &'static [&'static str],
    /// Those that no name begins with.
    pub name_articles: &'static [&'static str],
    /// Between the number of a page and how many there are.
    pub of_pages: &'static [&'static str],
    /// The words, with a space or comma, that join a clause to the one before.
    pub connectives: &'static [&'static str],
    /// A movement back to where it began.
    pub back: &'static [&'static str],
    /// An amount that is meant for every exercise, wherever it stands.
    pub everywhere: &'static [&'static str],
    /// The same, but only outside of an exercise: within one, "each position" is one of its own.
    pub everywhere_outside: &'static [&'static str],
    /// The sides take turns.
    pub alternating: &'static [&'static str],
    /// The same, where "each leg" or the like stands before it.
    pub taking_turns: &'static [&'static str],
    /// What a sentence speaks of that is no movement: medicine, cold packs.
    pub remedies: &'static [&'static str],
    /// In names: parts of words that tell of exercises that keep moving, and of those that keep still.
    pub moving: &'static [&'static str],
    /// In names, between one pose and the next.
    pub leading_on: &'static [&'static str],
    /// Parts of words that only look like those of `moving`.
    pub not_moving: &'static [&'static str],
    /// Of what goes round.
    pub circling: &'static [&'static str],
    pub still: &'static [&'static str],
    pub isometric: &'static [&'static str],
    /// In headings above several exercises: parts of words that tell that they are held.
    pub still_groups: &'static [&'static str],
    /// Names that are about several exercises.
    pub several: &'static [&'static str],
    /// In the captions of pictures.
    pub captions: &'static [&'static str],
    pub columns: &'static [(&'static str, Role)],
    /// What a line says above a mail that is quoted.
    pub quoted: &'static [&'static str],
    /// What stands in an entry of a bibliography, in lower case.
    pub citing: &'static [&'static str],
    /// What the name of a member or group of a site begins with, above what they wrote.
    pub bylines: &'static [&'static str],
    pub abbreviations: &'static [&'static str],
    /// Where a sentence may be cut to make its brief form.
    pub truncate_brief: &'static [&'static str],
}

/// Our own words in a routine, where the author has none.
pub struct Said {
    pub opening: &'static str,
    pub closing: &'static str,
    /// Where no sentence tells the movement.
    pub movement: &'static str,
    pub hold: &'static str,
    pub relax: &'static str,
    pub rest: &'static str,
    /// The name of an exercise, and the title of a text, that have none.
    pub exercise: &'static str,
    pub exercises: &'static str,
}
