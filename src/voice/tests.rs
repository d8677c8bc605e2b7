//! Choosing among engines that are there, missing or misused.

use super::*;

fn present(name: &'static str, used: Use) -> Row {
    let make: fn(&Settings) -> Result<Arc<dyn Engine>, VoiceError> =
        |settings| Ok(Arc::new(fake::Fake::new(settings.speed)));
    Row { name, about: "", used, make }
}

fn absent(name: &'static str, used: Use) -> Row {
    Row { name, about: "", used, make: |_| Err(VoiceError::NotInstalled) }
}

fn asking(voice: &str) -> Settings {
    Settings { voice: Some(voice.to_owned()), ..Settings::default() }
}

fn names(chosen: &Chosen) -> Vec<&str> {
    chosen.engines.iter().map(|engine| engine.name()).collect()
}

#[test]
fn speeds_are_read_to_the_hundredth_and_refused_with_advice() {
    for (text, percent) in [("1", 100), ("0.5", 50), ("2.0", 200), (" 1.254 ", 125)] {
        assert_eq!(text.parse::<Speed>().map(Speed::percent), Ok(percent), "{text}");
    }
    for text in ["0.4", "2.01", "fast", "", "NaN", "-1", "inf"] {
        assert_eq!(text.parse::<Speed>(), Err(VoiceError::Speed(text.into())));
    }
    assert_eq!(
        VoiceError::Speed("3".into()).to_string(),
        "`3` is not a speed; give a number from 0.5 (slow) to 2.0 (fast)"
    );
    assert_eq!("1.25".parse::<Speed>().map(|speed| speed.to_string()), Ok("1.25".into()));
}

#[test]
fn a_missing_voice_is_named_together_with_the_next_one() {
    let table = [absent("natural", Use::FallBack), present("fake", Use::FallBack)];
    let chosen = choose_from(&table, &Settings::default()).expect("the second one is there");
    assert_eq!(names(&chosen), ["fake"]);
    assert_eq!(
        chosen.notices,
        [
            "the built-in voice is not in this build; fetch it with `make voice` in the source folder and build again. \
             Going on with the voice `fake`."
        ]
    );
}

#[test]
fn a_voice_that_is_there_needs_no_notice() {
    let table = [present("natural", Use::FallBack), absent("command", Use::FallBack)];
    let chosen = choose_from(&table, &Settings::default()).expect("it is there");
    assert_eq!((chosen.engines.len(), chosen.notices.len()), (1, 0));
}

#[test]
fn the_test_voice_stands_alone_and_in_no_list() {
    let chosen = choose(&asking("fake")).expect("it is always there");
    assert_eq!(names(&chosen), ["fake"]);
    let error = choose(&asking("facke")).err().expect("no such voice");
    assert_eq!(
        error.to_string(),
        "there is no voice `facke`; choose one of `natural`, `command`, `espeak-ng`, `piper`, `say`, `system`"
    );
    assert!(matches!(choose(&asking("command:natural")), Err(VoiceError::Unknown { .. })));
}

#[test]
fn with_no_voice_at_all_the_message_says_how_to_get_one() {
    let error = choose_from(&[absent("natural", Use::FallBack)], &Settings::default())
        .err()
        .expect("nothing is there")
        .to_string();
    assert!(error.starts_with("there is no voice to speak with: the built-in voice"), "{error}");
    assert!(error.contains("make voice") && error.contains("espeak-ng"), "{error}");
}

#[test]
fn a_mistake_in_the_command_is_not_hidden_by_another_voice() {
    let mut settings = asking("command");
    settings.command.argv = vec!["sh".into(), "{speeed}".into()];
    assert!(matches!(choose(&settings), Err(VoiceError::Placeholder { .. })));
    settings.voice = Some("fake".into());
    assert!(choose(&settings).is_ok());
}
