use std::fs;

use super::*;
use crate::time::{MIX_RATE, Millis};

fn media(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/media").join(name)
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (source, name) in files {
        fs::copy(media(source), folder.path().join(name)).unwrap();
    }
    folder
}

/// Writes 32-bit float WAV with the shortest header there is, of [`HEADER`] bytes.
fn wav(folder: &Path, name: &str, rate: u32, channels: u16, samples: impl IntoIterator<Item = f32>) {
    let data: Vec<u8> = samples.into_iter().flat_map(f32::to_le_bytes).collect();
    let bytes = data.len() as u32;
    let frame = channels * 4;
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // The format "IEEE float", and 32 bits a sample at the end.
    file.extend(3_u16.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * u32::from(frame)).to_le_bytes());
    file.extend(frame.to_le_bytes());
    file.extend(32_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    assert_eq!(file.len(), HEADER);
    file.extend(data);
    fs::write(folder.join(name), file).unwrap();
}

const HEADER: usize = 44;

/// The message, with the folder's own (random) name as `DIR`.
fn message(folder: &Path) -> String {
    let error = Theme::built_in().unwrap().with_folder(folder).unwrap_err();
    error.to_string().replace(&folder.display().to_string(), "DIR")
}

/// The strength of a sine of `hertz` in the middle of the clip, as its amplitude (Goertzel).
fn amplitude(clip: &Clip, hertz: f64) -> f64 {
    let samples = clip.samples();
    let middle = &samples[samples.len() / 4..samples.len() * 3 / 4];
    let step = hertz * std::f64::consts::TAU / f64::from(MIX_RATE);
    let (re, im) = middle.iter().enumerate().fold((0.0, 0.0), |(re, im), (n, sample)| {
        let (sin, cos) = (step * n as f64).sin_cos();
        (re + f64::from(*sample) * cos, im + f64::from(*sample) * sin)
    });
    2.0 * f64::hypot(re, im) / middle.len() as f64
}

#[test]
fn every_sound_is_built_in() {
    let theme = Theme::built_in().unwrap();
    for sound in Sound::ALL {
        assert!(theme.clip(sound).peak() > 0.01, "{sound}");
    }
    assert_eq!(theme.clip(Sound::BreatheIn).frames(), Millis::from_secs(4).frames());
}

#[test]
fn every_format_replaces_a_sound() {
    let folder = folder(&[
        ("stereo-44k.flac", "Tick.FLAC"),
        ("mono-22k.mp3", "tick-high.mp3"),
        ("stereo-48k.ogg", "hold-start.ogg"),
        ("mono-96k-24bit.wav", "rep.wav"),
        // Neither is a sound.
        ("stereo-48k.ogg", "gong.ogg"),
        ("stereo-48k.ogg", "tick.txt"),
    ]);
    let built_in = Theme::built_in().unwrap();
    let theme = built_in.clone().with_folder(folder.path()).unwrap();
    for (sound, length, wanted) in [
        // The right channel is silent.
        (Sound::Tick, Millis::new(200), 0.2),
        (Sound::TickHigh, Millis::new(200), 0.4),
        (Sound::HoldStart, Millis::new(200), 0.4),
        (Sound::Rep, Millis::new(50), 0.4),
    ] {
        let clip = theme.clip(sound);
        let amplitude = amplitude(clip, 440.0);
        // Vorbis ends with a whole block, and the decoder keeps it whole.
        let longest = length.frames() + Frames::new(if sound == Sound::HoldStart { 256 } else { 0 });
        assert!((length.frames()..=longest).contains(&clip.frames()), "{sound}: {:?}", clip.frames());
        assert!((amplitude - wanted).abs() < 0.03, "{sound}: {amplitude}");
    }
    for sound in [Sound::Switch, Sound::HoldEnd, Sound::BreatheOut] {
        assert_eq!(theme.clip(sound), built_in.clip(sound));
    }
}

#[test]
fn the_content_counts_and_not_the_ending() {
    let folder = folder(&[("mono-96k-24bit.wav", "rep.mp3")]);
    let theme = Theme::built_in().unwrap().with_folder(folder.path()).unwrap();
    assert_eq!(theme.clip(Sound::Rep).frames(), Millis::new(50).frames());
}

#[test]
fn a_folder_without_sounds_is_told_the_names() {
    let folder = folder(&[("stereo-48k.ogg", "gong.ogg")]);
    assert_eq!(
        message(folder.path()),
        "no file in the folder `DIR` is named like a sound; the sounds are `tick`, `tick-high`, `hold-start`, \
         `hold-end`, `rep`, `switch`, `exercise`, `finish`, `breathe-in`, `breathe-out`, each with the ending `.wav`, \
         `.flac`, `.mp3` or `.ogg` (for example `tick.wav`)"
    );
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = folder(&[]);
    let missing = folder.path().join("none");
    let error = Theme::built_in().unwrap().with_folder(&missing).unwrap_err().to_string();
    assert!(error.starts_with(&format!("cannot read the sound folder `{}`: ", missing.display())), "{error}");
    assert!(error.ends_with("; give `--sounds` a folder that exists"), "{error}");
}

#[test]
fn two_files_for_one_sound_are_one_too_many() {
    let folder = folder(&[("stereo-48k.ogg", "tick.ogg"), ("mono-22k.mp3", "TICK.mp3")]);
    assert_eq!(
        message(folder.path()),
        "both `DIR/TICK.mp3` and `DIR/tick.ogg` would replace the sound `tick`; remove one of them"
    );
}

#[test]
fn what_is_no_sound_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let file = here.join("tick.wav");

    fs::create_dir(&file).unwrap();
    assert_eq!(message(here), "`DIR/tick.wav` is not a file, but has the name of a sound; rename it");
    fs::remove_dir(&file).unwrap();

    for content in ["", "not a sound at all"] {
        fs::write(&file, content).unwrap();
        let message = message(here);
        assert!(
            message.starts_with(
                "the sound file `DIR/tick.wav` is no WAV, FLAC, MP3 or OGG Vorbis file that can be decoded ("
            ),
            "{message}"
        );
        assert!(message.ends_with("); convert it to WAV"), "{message}");
    }
}

#[test]
fn what_cannot_be_played_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let told = |rate, channels, samples: &mut dyn Iterator<Item = f32>| {
        wav(here, "tick.wav", rate, channels, samples);
        message(here)
    };
    assert_eq!(told(48_000, 1, &mut std::iter::empty()), "the sound file `DIR/tick.wav` holds no sound");
    assert_eq!(
        told(8_000, 1, &mut std::iter::repeat_n(0.1, 8_000 * 30 + 1)),
        "the sound file `DIR/tick.wav` is longer than 30 seconds; cut it"
    );
    assert_eq!(
        told(4_000, 1, &mut std::iter::repeat_n(0.1, 400)),
        "the sound file `DIR/tick.wav` has a sample rate of 4000 Hz; convert it to one from 8000 to 192000 Hz"
    );
    for wrong in [f32::NAN, f32::INFINITY] {
        assert_eq!(
            told(48_000, 2, &mut [0.1, 0.1, 0.1, wrong].into_iter()),
            "the sound file `DIR/tick.wav` has samples that are not numbers; export it again"
        );
    }
    assert_eq!(
        told(48_000, 1, &mut [0.1, 32_767.0].into_iter()),
        "the sound file `DIR/tick.wav` has samples more than 12 dB over full scale; export it again with a peak below 0 dBFS"
    );
}

#[test]
fn thirty_seconds_are_not_too_long() {
    let folder = tempfile::tempdir().unwrap();
    wav(folder.path(), "finish.wav", 8_000, 1, std::iter::repeat_n(0.1, 8_000 * 30));
    let theme = Theme::built_in().unwrap().with_folder(folder.path()).unwrap();
    assert_eq!(theme.clip(Sound::Finish).frames(), Millis::from_secs(30).frames());
}

/// Headers that no program writes, but a damaged disk may: rodio and symphonia panic at some of them, we must not.
#[test]
fn damaged_headers_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tick.wav");
    wav(folder.path(), "tick.wav", 48_000, 1, std::iter::repeat_n(0.1, 48));
    let whole = fs::read(&file).unwrap();
    let refused = |content: &[u8]| {
        fs::write(&file, content).unwrap();
        read(file.clone()).is_err()
    };
    assert!(!refused(&whole));
    for place in 0..HEADER {
        for value in [0, 1, 0x7f, 0xff] {
            let mut damaged = whole.clone();
            damaged[place] = value;
            refused(&damaged);
        }
    }
    for cut in 0..HEADER {
        assert!(refused(&whole[..cut]), "the first {cut} bytes");
    }
    let mut no_rate = whole.clone();
    no_rate[24..28].fill(0);
    assert!(refused(&no_rate));
    let mut no_channels = whole.clone();
    no_channels[22..24].fill(0);
    assert!(refused(&no_channels));
}

#[test]
fn fitted_is_exactly_as_long_as_asked() {
    let theme = Theme::built_in().unwrap();
    for millis in [0, 1, 1_500, 2_000, 3_999, 4_000, 4_001, 10_000] {
        let length = Millis::new(millis).frames();
        assert_eq!(theme.fitted(Sound::BreatheIn, length).frames(), length);
    }
    let odd = Frames::new(100_003);
    assert_eq!(theme.fitted(Sound::BreatheOut, odd).frames(), odd);
}

#[test]
fn fitted_keeps_the_level_and_the_quiet_ends() {
    let theme = Theme::built_in().unwrap();
    for millis in [2_000, 7_000] {
        let clip = theme.fitted(Sound::BreatheIn, Millis::new(millis).frames());
        assert!((clip.peak() / theme.clip(Sound::BreatheIn).peak() - 1.0).abs() < 0.1);
        let samples = clip.samples();
        assert!(samples[0].abs() < 1e-4 && samples[samples.len() - 1].abs() < 1e-4);
    }
}

#[test]
fn sounds_of_any_level_come_to_their_level_beside_the_words() {
    let built_in = Theme::built_in().unwrap();
    for (role, gain) in [(Role::BesideWords, 1.0), (Role::BesideWords, 0.5)] {
        for before in [0.1, 1.0, 30.0] {
            let mut theme = built_in.clone();
            for sound in Sound::ALL {
                *theme.clip_mut(sound) = built_in.clip(sound).scaled(before);
                theme.level(sound, role, gain);
                assert_eq!(theme.clip(sound).frames(), built_in.clip(sound).frames());
                let wanted = loudness::SPEECH + role.beside_speech(sound) + 20.0 * f64::from(gain).log10();
                let got = Measure::Momentary.of(theme.clip(sound)).unwrap();
                assert!((got - wanted).abs() < 0.3, "{sound}: {got} for {wanted}");
                assert!(loudness::true_peak(theme.clip(sound)) <= loudness::CEILING * gain * 1.000_01);
            }
        }
    }
}
