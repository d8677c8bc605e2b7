use std::borrow::Cow;
use std::path::PathBuf;

use super::*;

const GOLD: &str = r#"{
    "the": "ðə", "to": "tʊ", "am": "æm", "used": {"DEFAULT": "jˈuzd", "VBD": "jˈust"}, "your": "jʊɹ",
    "use": {"DEFAULT": "jˈuz", "NOUN": "jˈus"}, "close": {"DEFAULT": "klˈOs", "VERB": "klˈOz"},
    "can": {"DEFAULT": "kæn", "None": "kˈæn"}, "and": "ænd", "four": "fˈɔɹ", "twenty": "twˈɛnti", "five": "fˈIv",
    "arm": "ˈɑɹm", "hold": "hˈOld", "lift": "lˈɪft", "sit": "sˈɪt", "box": "bˈɑks", "stop": "stˈɑp", "not": "nˌɑt",
    "all": "ˈɔl", "fours": "fˈɔɹz", "don't": "dˈOnt", "AB": {"DEFAULT": "ˈæb", "NOUN": null},
    "A": "ˈA", "B": "bˈi", "T": "tˈi", "V": "vˈi", "Q": "kjˈu", "hip": "hˈɪp"
}"#;
const SILVER: &str = r#"{"hold": "wɹˈɔŋ", "scapula": "skˈæpjələ"}"#;
const TAGGER: &str = r#"{
    "tags": [",", ".", "DT", "IN", "NN", "PRP$", "TO", "VB", "VBD"],
    "tagdict": {"the": "DT", "a": "DT", "A": "DT", "to": "TO", "your": "PRP$", "in": "IN", ".": ".", ",": ",", "?": "."},
    "vocab": ["to", "the", "used"],
    "weights": {"b": {"NN": 0.4, "VB": -0.1}, "w-1=to": {"VB": 33.1}, "w=used": {"VBD": 9.0}, "w+1=-END-": {"VB": 0.5}}
}"#;
const EXCEPTIONS: &str = r#"{"don't": ["do", "n't"], "etc.": ["etc."]}"#;
const SPELLER: &str = r#"{"in": ["a", "b"], "out": ["æ", "b"]}"#;

fn tiny(accent: Accent) -> Vec<u8> {
    let sources = Sources {
        gold: GOLD.as_bytes(),
        silver: SILVER.as_bytes(),
        tagger: TAGGER.as_bytes(),
        exceptions: EXCEPTIONS.as_bytes(),
        speller: SPELLER.as_bytes(),
    };
    compile(&sources, accent).expect("the tiny package compiles")
}

fn phonemizer() -> Phonemizer {
    Phonemizer::new(tiny(Accent::American).into(), None).expect("the tiny data opens")
}

fn check(table: &[(&str, &str)]) {
    let phonemizer = phonemizer();
    for (written, phonemes) in table {
        assert_eq!(phonemizer.phonemes(written), *phonemes, "{written:?}");
    }
}

#[test]
fn function_words_follow_the_next_sound() {
    check(&[
        ("the arm", "ði ˈɑɹm"),
        ("the hip", "ðə hˈɪp"),
        ("the, arm", "ðə, ˈɑɹm"),
        ("to arm", "tʊ ˈɑɹm"),
        ("to hold", "tə hˈOld"),
        ("a hip", "ɐ hˈɪp"),
        ("sit in the box", "sˈɪt ɪn ðə bˈɑks"),
        ("sit in.", "sˈɪt ˈɪn."),
        ("can sit", "kæn sˈɪt"),
        ("sit can.", "sˈɪt kˈæn."),
        ("used to sit", "jˈust tə sˈɪt"),
        ("used hip", "jˈuzd hˈɪp"),
    ]);
}

#[test]
fn heteronyms_follow_their_part_of_speech() {
    check(&[
        ("to use the use, sit", "tə jˈuz ðə jˈus, sˈɪt"),
        ("the close arm", "ðə klˈOs ˈɑɹm"),
        ("hip. Close your arm", "hˈɪp. klˈOz jʊɹ ˈɑɹm"),
        ("Use your arm", "jˈuz jʊɹ ˈɑɹm"),
    ]);
}

#[test]
fn known_words_take_endings() {
    check(&[
        ("holds lifts boxes", "hˈOldz lˈɪfts bˈɑksᵻz"),
        ("the hip's, hips'", "ðə hˈɪps, hˈɪps"),
        ("lifted sitting lifting", "lˈɪftᵻd sˈɪTɪŋ lˈɪftɪŋ"),
        ("Holding armed", "hˈOldɪŋ ˈɑɹmd"),
    ]);
}

#[test]
fn british_endings_differ() {
    let british = Phonemizer::new(tiny(Accent::British).into(), None).expect("the tiny data opens");
    assert_eq!(british.phonemes("boxes lifted sitting"), "bˈɑksɪz lˈɪftɪd sˈɪtɪŋ");
}

#[test]
fn capitals_are_words_or_letters() {
    check(&[
        ("STOP", "stˈɑp"),
        ("Stop", "stˈɑp"),
        ("NOT, And, AND", "nˈɑt, ˌænd, ˈænd"),
        ("TV", "tˌivˈi"),
        ("AB hip", "ˌAbˈi hˈɪp"),
        ("B. T.V. hold", "bˈi tˌivˈi hˈOld"),
    ]);
}

#[test]
fn compounds_share_their_stress_and_numbers_do_not() {
    check(&[
        ("all-fours", "ˌɔlfˈɔɹz"),
        ("T-box", "tˈibˌɑks"),
        ("twenty-five", "twˈɛnti fˈIv"),
        ("don't", "dˈOnt"),
        ("T5", "tˈi fˈIv"),
        ("5", "fˈIv"),
    ]);
}

#[test]
fn marks_are_kept_and_a_sentence_ends() {
    check(&[("sit, hold. Stop?", "sˈɪt, hˈOld. stˈɑp?"), ("", ""), ("🙂", "")]);
    assert!(phonemizer().phonemes("hold etc.").ends_with('.'));
}

#[test]
fn unknown_words_are_spelled_and_gold_wins() {
    check(&[("hold scapula", "hˈOld skˈæpjələ"), ("bqt", "bˌikjˌutˈi")]);
    assert_eq!(phonemizer().phonemes("жук"), "");
}

#[test]
fn an_unreadable_speller_leaves_the_letters() {
    let broken = Phonemizer::new(tiny(Accent::American).into(), Some(Cow::Borrowed(b"no model")));
    assert_eq!(broken.expect("opened only when needed").phonemes("bab"), "bˌiˌAbˈi");
}

#[test]
fn compiling_is_deterministic_and_damage_is_noticed() {
    let data = tiny(Accent::American);
    assert_eq!(data, tiny(Accent::American));
    for i in [0, 9, 14, 30, data.len() / 2, data.len() - 1] {
        let mut damaged = data.clone();
        damaged[i] ^= 0x55;
        assert!(Phonemizer::new(damaged.into(), None).is_err(), "byte {i}");
    }
    for length in [0, 7, 20, data.len() - 1] {
        assert!(Phonemizer::new(data[..length].to_vec().into(), None).is_err(), "{length} bytes");
    }
}

#[test]
fn unknown_forms_of_the_package_are_refused() {
    let good = Sources {
        gold: GOLD.as_bytes(),
        silver: SILVER.as_bytes(),
        tagger: TAGGER.as_bytes(),
        exceptions: EXCEPTIONS.as_bytes(),
        speller: SPELLER.as_bytes(),
    };
    let bad: [(Sources, &str); 4] = [
        (Sources { gold: b"{", ..good }, "lexicon gold"),
        (Sources { silver: &[0x1f, 0x8b, 1], ..good }, "damaged"),
        (Sources { gold: br#"{"a": {"VBQ": "a"}}"#, ..good }, "`VBQ`"),
        (Sources { exceptions: br#"{"can't": ["can", "not"]}"#, ..good }, "`can't`"),
    ];
    for (sources, message) in bad {
        let error = compile(&sources, Accent::American).expect_err(message);
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn workers_can_share_it() {
    fn shared<T: Send + Sync>() {}
    shared::<Phonemizer>();
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read(text in "\\PC*", marks in "[a-zA-Z0-9'’.,:;!?$%°/+ -]{0,30}") {
        let phonemizer = phonemizer();
        phonemizer.phonemes(&text);
        phonemizer.phonemes(&marks);
    }
}

/// The voice package, where the set-up has put it.
fn package() -> Option<Phonemizer> {
    let folder = std::env::var_os("FLOORCOACH_VOICE_DIR").map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("voice/hibari"));
    let file = |name: &str| std::fs::read(folder.join(name)).ok();
    let sources = (|| {
        let gold = file("lexicon_us_gold.json.gz")?;
        let silver = file("lexicon_us_silver.json.gz")?;
        Some((gold, silver, file("tagger.json.gz")?, file("tokenizer_exceptions.json")?, file("oov.json")?))
    })();
    let Some((gold, silver, tagger, exceptions, speller)) = sources else {
        eprintln!("SKIPPED: no voice package in `{}`; `make demo` fetches it", folder.display());
        return None;
    };
    let sources =
        Sources { gold: &gold, silver: &silver, tagger: &tagger, exceptions: &exceptions, speller: &speller };
    let data = compile(&sources, Accent::American).expect("the package compiles");
    assert!(data.len() < 6_000_000, "{} bytes", data.len());
    Some(Phonemizer::new(data.into(), file("oov.onnx").map(Cow::Owned)).expect("the data opens"))
}

#[test]
fn instructions_are_read_as_a_therapist_reads_them() {
    let Some(phonemizer) = package() else { return };
    let table = [
        ("Shoulder blade squeeze.", "ʃˈOldəɹ blˈAd skwˈiz."),
        ("Close your eyes, but stay close to the wall.", "klˈOz jʊɹ ˈIz, bˌʌt stˈA klˈOs tə ðə wˈɔl."),
        ("Live well.", "lˈɪv wˈɛl."),
        ("Lower your arm.", "lˈOəɹ jʊɹ ˈɑɹm."),
        ("Alternate sides.", "ˈɔltəɹnˌAt sˈIdz."),
        ("Record the use of the band.", "ɹəkˈɔɹd ðə jˈus ʌv ðə bˈænd."),
        ("Wind down in the wind.", "wˈInd dˌWn ɪn ðə wˈɪnd."),
        ("Don't hold your breath.", "dˈOnt hˈOld jʊɹ bɹˈɛθ."),
        ("STOP. Watch TV.", "stˈɑp. wˈɑʧ tˌivˈi."),
        ("twenty-five", "twˈɛnti fˈIv"),
        ("Kneel on all fours.", "nˈil ˌɔn ˈɔl fˈɔɹz."),
        ("Serratus", "sˈɛɹæTəs"),
        ("Piriformis", "pˈɪɹɪfˌɔɹmɪs"),
    ];
    for (written, phonemes) in table {
        assert_eq!(phonemizer.phonemes(written), phonemes, "{written:?}");
    }
}
