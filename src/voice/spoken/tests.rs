use super::spoken;

#[test]
fn written_forms_become_words() {
    let table = [
        ("Hold for 10 s.", "Hold for ten seconds."),
        ("Hold 10s, rest 1 s", "Hold ten seconds, rest one second"),
        ("Rest 5 sec. between sets", "Rest five seconds between sets"),
        ("Rest 5 sec.", "Rest five seconds."),
        ("2 min. Then rest.", "two minutes. Then rest."),
        ("2 min, 1 h", "two minutes, one hour"),
        ("2½ minutes", "two and a half minutes"),
        ("2 1/2 min", "two and a half minutes"),
        ("1¾ cm", "one and three quarters centimeters"),
        ("½ h", "half an hour"),
        ("1/4 turn", "one quarter turn"),
        ("3/4 of the way", "three quarters of the way"),
        ("pain of 3/10", "pain of three out of ten"),
        ("120/80", "one hundred twenty over eighty"),
        ("24/7", "twenty-four seven"),
        ("8-10 reps", "eight to ten reps"),
        ("8–10 s", "eight to ten seconds"),
        ("2 - 3 times", "two to three times"),
        ("tempo 3-1-3", "tempo three one three"),
        ("3x12", "three sets of twelve"),
        ("3 × 12 reps", "three sets of twelve reps"),
        ("3 x 30 s", "three times thirty seconds"),
        ("2 x 4 m", "two by four meters"),
        ("3 x 8-10", "three sets of eight to ten"),
        ("3 sets x 10 reps", "three sets of ten reps"),
        ("x10 each side", "times ten each side"),
        ("3x per week", "three times per week"),
        ("2x/day", "twice per day"),
        ("10/side", "ten per side"),
        ("5 kg, 1 kg, 2.5 kg", "five kilograms, one kilogram, two point five kilograms"),
        ("0.5 lb", "zero point five pounds"),
        (".5 oz", "point five ounces"),
        ("12\" apart", "twelve inches apart"),
        ("12 in apart", "twelve inches apart"),
        ("do 10 in a row", "do ten in a row"),
        ("6 ft", "six feet"),
        ("Bend to 90°.", "Bend to ninety degrees."),
        ("a 90° angle", "a ninety degree angle"),
        ("a 90-degree bend", "a ninety-degree bend"),
        ("a 10-s hold, a 5-second hold", "a ten-second hold, a five-second hold"),
        ("37 °C", "thirty-seven degrees Celsius"),
        ("50% or 50 %", "fifty percent or fifty percent"),
        ("at 7:30 a.m. or 7 PM", "at seven thirty a.m. or seven p.m."),
        ("14:05, 9:00", "fourteen oh five, nine o'clock"),
        ("1:30 min", "one minute thirty seconds"),
        ("2m30s", "two minutes thirty seconds"),
        ("1st, 2nd, 3rd, 12th, 21st, 30th", "first, second, third, twelfth, twenty-first, thirtieth"),
        ("1,250 and 1000000", "one thousand two hundred fifty and one million"),
        ("007", "zero zero seven"),
        ("-5", "minus five"),
        ("~10 and 60+", "about ten and sixty plus"),
        ("$5", "five dollars"),
        ("No. 3, #4", "number three, number four"),
        ("No.", "No."),
        ("L4", "L four"),
        ("e.g. a towel", "for example a towel"),
        ("i.e., slowly", "that is, slowly"),
        ("arms, legs, etc.", "arms, legs, and so on."),
        ("arms, etc. Then rest.", "arms, and so on. Then rest."),
        ("approx. 5", "approximately five"),
        ("slow vs. fast", "slow versus fast"),
        ("Ask Dr. Smith", "Ask Doctor Smith"),
        ("w/ a band, w/o shoes", "with a band, without shoes"),
        ("w/band", "with band"),
        ("10 reps.", "ten reps."),
        ("arms & legs", "arms and legs"),
        ("left/right", "left or right"),
        ("and/or", "and or"),
        ("Hold — then lower", "Hold, then lower"),
        ("Hold—then lower", "Hold, then lower"),
        ("Hold – then lower", "Hold, then lower"),
        ("– Lift", "Lift"),
        ("cat–cow, push-up", "cat-cow, push-up"),
        ("Wait... now", "Wait… now"),
        ("💪 Squeeze! 🙂", "Squeeze!"),
        ("• Lift\n• Lower", "Lift, Lower"),
        ("“Don’t stop”", "\"Don't stop\""),
        ("See https://www.example.com/a?b=1.", "See example dot com."),
        ("mail a@example.org", "mail a at example dot org"),
        ("STOP. Watch TV after the MRI.", "STOP. Watch TV after the MRI."),
        ("Already words, as they are.", "Already words, as they are."),
        ("15 reps/side, 3 times/day", "fifteen reps per side, three times per day"),
        ("3 sets × 10", "three sets of ten"),
        ("He said \"do 10\" twice", "He said \"do ten\" twice"),
        ("5'10\" tall", "five feet ten inches tall"),
        ("2 ¾ in., 12 in", "two and three quarters inches, twelve inches"),
        ("1h30m", "one hour thirty minutes"),
        ("½–1 min", "one half to one minute"),
        ("10 s on / 20 s off", "ten seconds on, twenty seconds off"),
        ("one- or two-sided", "one or two-sided"),
        ("left-/right-hand", "left or right-hand"),
        ("Hold -- then lower", "Hold, then lower"),
        ("- Lift", "Lift"),
        ("T1-T12", "T one to T twelve"),
        ("Pain ≤ 3/10", "Pain at most three out of ten"),
        ("Lift → lower", "Lift, lower"),
        ("**Bold** text", "Bold text"),
        ("", ""),
    ];
    for (written, said) in table {
        assert_eq!(spoken(written), said, "{written:?}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 2000, ..Default::default() })]

    #[test]
    fn any_text_is_said_without_digits_and_saying_it_again_changes_nothing(text in "\\PC*") {
        let said = spoken(&text);
        proptest::prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said:?}");
        proptest::prop_assert_eq!(spoken(&said), said.clone());
    }

    #[test]
    fn dense_marks_and_numbers_are_settled(text in "[0-9 x×/.,:°%½'\"+~#$a-dghimnstwA-D\\-–—()…\n&]{0,24}") {
        let said = spoken(&text);
        proptest::prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said:?}");
        proptest::prop_assert_eq!(spoken(&said), said.clone());
    }

    #[test]
    fn any_mixture_of_known_forms_is_settled(forms in proptest::collection::vec(form(), 0..12)) {
        let text = forms.concat();
        let said = spoken(&text);
        proptest::prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{text:?} {said:?}");
        proptest::prop_assert_eq!(spoken(&said), said.clone(), "{:?}", text);
    }
}

/// Pieces that the tables or the rules know, and spaces.
fn form() -> impl proptest::strategy::Strategy<Value = String> {
    let marks = [
        " ", " ", " ", "-", "–", "—", "/", ".", ",", ":", "(", ")", "\"", "'", "x", "×", "°", "%", "+", "\n",
    ];
    let words = [
        "a.m.", "PM", "side", "sets", "in", "apart", "angle", "th", "1", "2", "05", "30", "1,000", "2.5",
        "½", "a",
    ];
    let more = [
        "www.",
        "https://",
        "a@b.com",
        "example.org",
        "R",
        "😀",
        "Hold",
        "sec",
        "h",
        "m",
        "s",
        "no.",
        "$",
        "~",
        "#",
    ];
    let units = super::tables::UNITS.iter().flat_map(|unit| unit.written).copied();
    let abbreviations = super::tables::ABBREVIATIONS.iter().map(|(written, _)| *written);
    let signs = super::tables::SIGNS.iter().map(|(sign, _)| sign.to_string());
    let all = marks.into_iter().chain(words).chain(more).chain(units).chain(abbreviations);
    proptest::sample::select(all.map(str::to_owned).chain(signs).collect::<Vec<_>>())
}
