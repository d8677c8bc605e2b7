//! English, as tables: the words and phrases that tell exercises and their amounts. Another language is another such folder.

mod common;
mod foreign;
mod headings;
mod kinds;
mod labels;
mod places;
mod sentences;
mod words;

use super::language::{Language, Said};

/// What the import knows about English. Words are in lower case; verbs get their `-ing` forms by [`words::ing`].
pub static ENGLISH: Language = Language {
    code: "en",
    said: Said {
        opening: "Go only as far as is comfortable, and stop if anything hurts.",
        closing: "That was the last exercise. Well done.",
        movement: "Do the movement",
        hold: "Hold",
        relax: "And relax",
        rest: "Rest",
        exercise: "Exercise",
        exercises: "Imported exercises",
    },
    numbers: words::NUMBERS,
    times: words::TIMES,
    verbs: words::VERBS,
    common: common::COMMON,
    name_endings: words::NAME_ENDINGS,
    words: words::WORDS,
    positions: places::POSITIONS,
    equipment: places::EQUIPMENT,
    labels: labels::LABELS,
    columns: labels::COLUMNS,
    no_exercise: headings::NO_EXERCISE,
    none_below: headings::NONE_BELOW,
    kinds_of_page: headings::KINDS_OF_PAGE,
    ordinal_words: headings::ORDINAL_WORDS,
    counters: headings::COUNTERS,
    remarks: headings::REMARKS,
    foreign: foreign::FOREIGN,
    heading_pointers: headings::HEADING_POINTERS,
    held: sentences::HELD,
    labels_behind: labels::LABELS_BEHIND,
    step_words: headings::STEP_WORDS,
    captions: headings::CAPTIONS,
    several: kinds::SEVERAL,
    moving: kinds::MOVING,
    not_moving: kinds::NOT_MOVING,
    circling: kinds::CIRCLING,
    leading_on: kinds::LEADING_ON,
    still: kinds::STILL,
    isometric: kinds::ISOMETRIC,
    still_groups: kinds::STILL_GROUPS,
    goal: sentences::GOAL,
    doing: sentences::DOING,
    introductions: sentences::INTRODUCTIONS,
    weak_introductions: sentences::WEAK_INTRODUCTIONS,
    articles: sentences::ARTICLES,
    name_articles: sentences::NAME_ARTICLES,
    of_pages: headings::OF_PAGES,
    connectives: sentences::CONNECTIVES,
    back: sentences::BACK,
    everywhere: sentences::EVERYWHERE,
    everywhere_outside: sentences::EVERYWHERE_OUTSIDE,
    remedies: sentences::REMEDIES,
    alternating: sentences::ALTERNATING,
    taking_turns: sentences::TAKING_TURNS,
    quoted: sentences::QUOTED,
    citing: sentences::CITING,
    bylines: headings::BYLINES,
    abbreviations: sentences::ABBREVIATIONS,
    truncate_brief: sentences::TRUNCATE_BRIEF,
    ing: words::ing,
    plural: words::is_plural,
};
