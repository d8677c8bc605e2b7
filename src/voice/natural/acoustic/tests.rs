use std::sync::LazyLock;

use super::*;

static VOICE: LazyLock<Acoustic> = LazyLock::new(load);

fn load() -> Acoustic {
    let files = crate::voice::natural::EMBEDDED.expect("compiled only where the voice is embedded");
    Acoustic::from_static(files.model, files.vocabulary).expect("the embedded voice loads")
}

fn pool() -> Arc<ThreadPool> {
    Arc::new(ThreadPool::with_num_threads(1))
}

fn speak(phonemes: &str, speed: f32) -> Spectra {
    VOICE.spectra(&VOICE.ids(phonemes), speed, &pool()).expect("the model runs")
}

#[test]
fn phonemes_have_ids_between_boundaries_and_strangers_have_none() {
    assert_eq!(VOICE.ids("θɹˈi."), [0, 119, 123, 156, 51, 4, 0]);
    assert_eq!(VOICE.ids("θ漢ɹ\n1ˈi."), VOICE.ids("θɹˈi."));
    assert_eq!(VOICE.ids(""), [0, 0]);
}

/// The figures are the reference implementation's, by another runtime. Its frames must be ours; the pitch may differ a little
/// (10 Hz), as it does between that runtime with and without its optimiser: eight-bit weights make much of a last bit.
#[test]
fn frames_and_pitch_are_the_reference_implementations() {
    type Case = (&'static str, f32, usize, &'static [(usize, f32)]);
    let cases: [Case; 6] = [
        ("ʃˈOldəɹ blˈAd skwˈiz.", 1.0, 160, &[(36, 247.355), (68, 182.132), (156, 0.544)]),
        ("ʃˈOldəɹ blˈAd skwˈiz.", 0.8, 196, &[(40, 253.751), (80, 176.474)]),
        ("hˈOld fɔɹ fˈIv sˈɛkəndz, ðˈɛn ɹəlˈæks.", 1.0, 226, &[(54, 227.17), (95, 148.838)]),
        ("θɹˈi.", 1.0, 76, &[(21, 68.637), (38, 209.683)]),
        ("wˈɛl dˈʌn.", 1.0, 104, &[(26, 204.766), (44, 229.02)]),
        ("ðˈæt wʌz ðə lˈæst ˈɛksəɹsˌIz.", 0.8, 226, &[(56, 267.571), (96, 199.333)]),
    ];
    for (phonemes, speed, frames, pitches) in cases {
        let spectra = speak(phonemes, speed);
        assert_eq!(spectra.frames(), frames, "{phonemes} at {speed}");
        for &(frame, pitch) in pitches {
            let ours = spectra.f0()[frame];
            assert!(
                (ours - pitch).abs() < 10.0,
                "{phonemes} at {speed}, frame {frame}: {ours} for {pitch} Hz"
            );
        }
    }
}

#[test]
fn the_head_is_what_the_outputs_are_cut_from() {
    let mut by_outputs = load();
    assert!(matches!(by_outputs.parts, PartsFrom::Head(_)));
    by_outputs.parts =
        PartsFrom::Outputs(OUTPUTS.map(|name| by_outputs.model.node_id(name).expect("declared")));
    let ids = VOICE.ids("wˈɛl dˈʌn.");
    let outputs = by_outputs.spectra(&ids, 1.0, &pool()).expect("the model runs");
    assert!(outputs == speak("wˈɛl dˈʌn.", 1.0));
}

#[test]
fn one_voice_serves_several_workers_and_always_says_the_same() {
    let expected = speak("hˈOld.", 1.0);
    std::thread::scope(|scope| {
        for threads in [1, 1, 2] {
            let expected = &expected;
            scope.spawn(move || {
                let pool = Arc::new(ThreadPool::with_num_threads(threads));
                let spectra = VOICE.spectra(&VOICE.ids("hˈOld."), 1.0, &pool).expect("the model runs");
                assert!(spectra == *expected);
            });
        }
    });
}

#[test]
fn nothing_to_say_makes_no_frames() {
    assert_eq!(speak("", 1.0), Spectra::default());
    assert_eq!(speak("漢字", 1.0).frames(), 0);
    assert_eq!(VOICE.spectra(&[], 1.0, &pool()).expect("no run").frames(), 0);
}

#[test]
fn one_phoneme_is_short_and_two_thousand_are_long() {
    assert!((10..100).contains(&speak("a", 1.0).frames()));
    let long = "ɡˈO ˈɑn. ".repeat(223);
    assert!(long.chars().count() > 2000);
    let frames = speak(&long, 1.0).frames();
    assert!((8_000..40_000).contains(&frames), "{frames}");
}

#[test]
fn speed_is_held_within_reason() {
    let frames = |speed| speak("wˈɛl dˈʌn.", speed).frames();
    assert!(frames(2.0) < frames(1.0) && frames(1.0) < frames(0.5));
    assert_eq!(frames(100.0), frames(2.0));
    assert_eq!(frames(-1.0), frames(0.5));
    assert_eq!(frames(f32::NAN), frames(1.0));
}

#[test]
fn what_is_no_model_is_refused_with_advice() {
    let error = Acoustic::from_static(b"not a model", b"{}").err().expect("refused");
    assert!(error.to_string().contains("choose another voice"), "{error}");
    let missing = Path::new("no/such/voice.onnx");
    let error = Acoustic::from_file(missing, missing).err().expect("refused");
    assert!(error.to_string().contains("`no/such/voice.onnx`"), "{error}");
}

#[test]
fn words_that_are_no_vocabulary_are_refused() {
    let model = include_bytes!(concat!(env!("OUT_DIR"), "/hibari.onnx"));
    let error = Acoustic::from_static(model, b"[1, 2]").err().expect("refused");
    assert!(matches!(error, AcousticError::Vocabulary(_)), "{error}");
}
