//! The commented routine file that `floorcoach new` writes.

/// A routine to start from, titled `title`: it is complete and can be played as it is.
pub fn template(title: &str) -> String {
    let title = title.split(|c: char| c.is_control() || c.is_whitespace()).collect::<Vec<_>>();
    let title = title.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    // Braces mean something in a routine, and a title has no end of length in a file name.
    let title: String = title.chars().filter(|c| !matches!(c, '{' | '}')).take(200).collect();
    let title = if title.trim().is_empty() { "My routine".to_owned() } else { title };
    TEMPLATE.replace("TITLE", &toml::Value::String(title).to_string())
}

const TEMPLATE: &str = r##"# A routine for Floorcoach.
#
# Everything behind a `#` is a remark for you; the program does not read it.
# Texts and times stand in "straight quotes". Times look like "5s", "1.5s", "2m30s".
# Look for mistakes:   floorcoach check FILE
# Hear it:             floorcoach play FILE            (shorter: --short)

title    = TITLE
summary  = "One sentence about what this routine is for."
language = "en"               # the language of the texts below: en, de, fr, pt-BR …

# Where the exercises come from, if you want to remember it.
# source = "Sheet from my physiotherapist, May"

# Spoken before the first exercise and after the last one. Each text is a sentence or two.
opening = ["Move slowly, and stop if anything hurts."]
closing = ["That was the last exercise. Well done."]

# How long the pauses are. Remove a line, and it takes the time shown here.
[pace]
get-ready       = "3s"        # after the explanation, before the first repetition
switch          = "4s"        # to change sides
rest            = "10s"       # between two exercises
set-rest        = "30s"       # between two sets of the same exercise
position-change = "8s"        # to get from lying to kneeling, and so on
ready           = "15s"       # in a file: to set up for an exercise that waits until you are ready


# Every exercise begins with the line [[exercise]]. They are done in the order of this file.
# This one is repeated: it says how often (reps), and what one repetition is (rep).
[[exercise]]
id       = "bird-dog"         # a short name for commands: small letters, digits, hyphens
name     = "Bird dog"         # announced before the exercise
position = "all-fours"        # standing, sitting, kneeling, all-fours, supine (on the back),
                              # prone (face down) or side (on one side)
needs    = ["mat"]            # equipment; remove the line if there is none

# The explanation, spoken before the exercise.
instructions = [
  "Start on your hands and knees, with a flat back.",
  "Stretch one arm forward and the opposite leg back, hold, and return.",
]
# One line instead of it, for those who know the exercise.
cue      = "Opposite arm and leg, back still."

# none:       the exercise has no sides
# each:       all repetitions on the left, then all on the right
# alternate:  left, right, left, right
sides    = "alternate"
reps     = 8                  # on each side
sets     = 1                  # how often all of it is done, with a longer rest between

# One repetition is a list of phases { … }, one after the other. A phase has words to say, and one of:
#   hold         stay still; the seconds are ticked, and a chime starts and ends them
#   move         time to move
#   breathe-in   breathe in with a rising tone
#   breathe-out  breathe out with a falling tone
# `brief` replaces `say` from the second repetition on. {side} becomes left or right, {other} the opposite.
rep = [
  { say = "Stretch your {side} arm and {other} leg", brief = "{side} arm, {other} leg", hold = "5s" },
  { say = "And lower", brief = "Lower", move = "2s" },
]

# Does it take a while to set up, such as to fetch a band? Then take the `#` off the next line: when it is played,
# Floorcoach waits after the explanation until you press space (or the button of your headset).
# ready  = "wait"

# What changes when the routine is played with --short: fewer repetitions, or `short = "skip"` to leave
# the exercise out. Remove the line, and it stays the same.
short    = { reps = 4 }


# This one is timed: it has a duration instead of reps and rep.
[[exercise]]
id       = "neck-stretch"
name     = "Neck stretch"
position = "sitting"
instructions = ["Sit upright. Let your {side} ear sink towards your {side} shoulder, and breathe calmly."]
cue      = "{side} ear to {side} shoulder."
sides    = "each"             # the time is kept on each side
duration = "30s"
short    = { duration = "15s" }


# And one that is left out of the short form.
[[exercise]]
id       = "breathing"
name     = "Calm breathing"
position = "supine"
instructions = ["Lie on your back with your knees bent and one hand on your belly."]
reps     = 5
rep      = [{ say = "Breathe in", breathe-in = "4s" }, { say = "Breathe out", breathe-out = "6s" }]
short    = "skip"
"##;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routine::{examine, parse};

    #[test]
    fn the_template_is_a_routine() {
        let examined = examine(&template("Back"), "new.toml");
        assert_eq!(examined.problems.to_string(), "");
        assert_eq!(examined.routine.map(|routine| routine.exercises.len()), Some(3));
    }

    #[test]
    fn any_title_can_be_written() {
        for (title, read) in [
            ("Back", "Back"),
            ("say \"ouch\" \\ 'oh' = # [x]", "say \"ouch\" \\ 'oh' = # [x]"),
            ("two\nlines\u{7}\t", "two lines"),
            ("{side}", "side"),
            ("", "My routine"),
            ("Rücken 🙂", "Rücken 🙂"),
            ("TITLE", "TITLE"),
        ] {
            let routine = parse(&template(title), "new.toml").unwrap_or_else(|problems| panic!("{problems}"));
            assert_eq!(routine.title, read, "{title:?}");
        }
    }
}
