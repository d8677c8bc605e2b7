//! Files that are no articles, or have too much of something: each is answered, and none takes long.

use floorcoach::import::{Format, ImportError, LARGEST_ARTICLE, import};

fn refused(text: &str, format: Format) -> ImportError {
    import(text.as_bytes(), "odd.txt", Some(format)).expect_err("this makes no routine")
}

/// What every format says about so many pieces.
#[test]
fn more_paragraphs_than_any_article_has_are_refused() {
    for (text, format) in [
        ("a\n\n".repeat(160_000), Format::Text),
        ("<p>a".repeat(160_000), Format::Html),
        ("a\n\n".repeat(160_000), Format::Markdown),
        ("a-\n".repeat(700_000), Format::Text),
    ] {
        let error = refused(&text, format);
        assert!(matches!(error, ImportError::TooLong { .. }), "{error}");
        assert!(error.to_string().contains("150000 paragraphs"), "{error}");
    }
}

#[test]
fn a_catalogue_is_refused_and_never_cut_off_in_silence() {
    // The same names again and again would be joined to a few.
    let text =
        "Bridge\nLift your hips. Hold 5 seconds.\n\nClam\nLift your knee. Repeat 10 times.\n\n".repeat(400);
    assert!(matches!(refused(&text, Format::Text), ImportError::TooMany { .. }));
}

#[test]
fn a_paragraph_without_end_is_read_so_far_and_told() {
    let text = format!("Bridge\n\n{}", "Lift your hips and hold for five seconds. ".repeat(10_000));
    let imported = import(text.as_bytes(), "long.txt", Some(Format::Text)).expect("there is an exercise");
    assert_eq!(imported.exercises.len(), 1);
    let left = imported.left_out.iter().find(|left| left.why.contains("too long"));
    assert_eq!(left.map(|left| left.line), Some(3));
}

#[test]
fn endless_numbers_and_signs_are_answered() {
    for piece in
        ["10 x 3 12 sec ", "x10 ", "3 x 4 x ", "left then right ", "each side ", "((((", "exer-\ncise "]
    {
        refused(&piece.repeat(40_000), Format::Text);
    }
}

#[test]
fn the_largest_file_is_read_and_a_larger_one_refused() {
    let most = vec![b'a'; LARGEST_ARTICLE];
    assert!(matches!(import(&most, "most.txt", None), Err(ImportError::NoExercises { .. })));
    let error = import(&[most, vec![b'a']].concat(), "more.txt", None).expect_err("it is too large");
    assert!(error.to_string().contains("16 MiB"), "{error}");
}

/// Some servers put a form around all they send, and some pages show their text in windows that open.
#[test]
fn a_page_is_looked_at_as_a_whole_where_its_text_seems_to_be_around_it() {
    let text = "<h2>Lateral raise</h2><p>Stand tall. Lift your arms out to the sides. Repeat for 3 sets of 8 to 12.</p>";
    for page in [format!("<form>{text}</form>"), format!("<div class='modal fade'>{text}</div>")] {
        let imported =
            import(page.as_bytes(), "page.html", Some(Format::Html)).expect("there is an exercise");
        assert_eq!(imported.exercises.first().map(|exercise| exercise.name.as_str()), Some("Lateral raise"));
    }
}

/// Such pages tell what to press, turn and hold for how long, and not one of them is about the body.
#[test]
fn cooking_and_building_are_no_exercises() {
    let rolls = "Bread rolls\n\nIngredients\n- 400 g flour\n- 1 packet of yeast\n\n1. Stir the dough for 2 minutes.\n\
                 2. Press it with the heel of your hand, fold it and turn it for 10 minutes.\n\
                 3. Roll it into 8 balls and rest them for 30 minutes.\n4. Bake for 20 minutes.\n";
    let shelf = "# A shelf\n\n1. Hold the bracket against the wall.\n2. Drill two holes.\n\
                 3. Push the plugs in and turn the screws 10 times with your hand.\n\
                 4. Lift the shelf. Hold it for 30 seconds until the glue has set.\n";
    for (text, format) in [(rolls, Format::Text), (shelf, Format::Markdown)] {
        assert!(matches!(refused(text, format), ImportError::NoExercises { .. }), "{text}");
    }
    // A tin to lift makes no recipe.
    let tins = "Arm curls\nHold a tin of soup in each hand. Bend your elbows and lower your arms. Repeat 10 times.\n";
    assert!(import(tins.as_bytes(), "tins.txt", Some(Format::Text)).is_ok());
}
