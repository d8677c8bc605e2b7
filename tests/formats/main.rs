//! Every format of this build, rendered and read back: by lofty and rodio always, by other programs where installed.

mod programs;
mod studio;

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use floorcoach::render::{Bits, EncodeOptions, FORMATS, Quality, RenderError, Target};
use lofty::file::{AudioFile, TaggedFileExt};
use lofty::prelude::{Accessor, ItemKey};
use rodio::{Decoder, Source};
use studio::{PICTURE, about, rendered, score};

#[test]
fn lofty_reads_length_tags_lyrics_and_cover() {
    let score = score();
    for format in FORMATS {
        let (_folder, path) = rendered(format.name, EncodeOptions::default());
        let file = lofty::read_from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", format.name));
        let seconds = file.properties().duration().as_secs_f64();
        assert!((seconds - score.seconds()).abs() < 0.1, "{}: {seconds} s", format.name);
        let about = about();
        // In WAV the texts are in one tag, lyrics and cover in another.
        let tags: Vec<_> = file.tags().iter().collect();
        let text = |key: ItemKey| tags.iter().find_map(|tag| tag.get_string(key));
        assert_eq!(text(ItemKey::TrackTitle), Some(about.title.as_str()), "{}", format.name);
        assert_eq!(text(ItemKey::AlbumTitle), Some(about.album.as_str()), "{}", format.name);
        assert_eq!(text(ItemKey::TrackArtist), Some(about.artist.as_str()), "{}", format.name);
        assert_eq!(text(ItemKey::Genre), Some(about.genre.as_str()), "{}", format.name);
        assert_eq!(text(ItemKey::Comment), Some(about.comment.as_str()), "{}", format.name);
        assert!(tags.iter().any(|tag| tag.track() == Some(2)), "{}", format.name);
        let lyrics = tags.iter().find_map(|tag| {
            tag.get_string(ItemKey::UnsyncLyrics).or_else(|| tag.get_string(ItemKey::Lyrics))
        });
        let lyrics = lyrics.unwrap_or_else(|| panic!("{}: no lyrics", format.name));
        score.assert_lyrics(lyrics, format.name);
        let picture = tags.iter().find_map(|tag| tag.pictures().first());
        assert_eq!(picture.map(lofty::picture::Picture::data), Some(PICTURE), "{}", format.name);
    }
}

#[test]
fn lossless_files_hold_the_timeline_sample_for_sample() {
    let score = score();
    for format in FORMATS.iter().filter(|format| format.kbit.is_none()) {
        for (bits, full_scale) in [(Bits::Sixteen, 32_767.0), (Bits::TwentyFour, 32_767.0 * 256.0)] {
            let options = EncodeOptions { bits: Some(bits), ..EncodeOptions::default() };
            let (_folder, path) = rendered(format.name, options);
            let file = BufReader::new(File::open(&path).expect("it was written"));
            let decoder = Decoder::new(file).expect("it can be decoded");
            assert_eq!((decoder.sample_rate().get(), decoder.channels().get()), (48_000, 1));
            let step = if bits == Bits::Sixteen { 32_768.0 } else { 32_768.0 * 256.0 };
            let decoded: Vec<i32> = decoder.map(|sample| (sample * step).round() as i32).collect();
            let wanted: Vec<i32> =
                score.samples.iter().map(|sample| (sample * full_scale).round() as i32).collect();
            assert_eq!(decoded.len(), wanted.len(), "{} {bits:?}", format.name);
            assert!(decoded == wanted, "{} {bits:?}", format.name);
        }
    }
}

/// What the codec leaves free for its seek table is taken away again.
#[test]
fn the_sound_of_flac_begins_early() {
    if !FORMATS.iter().any(|format| format.name == "flac") {
        return;
    }
    let (_folder, path) = rendered("flac", EncodeOptions::default());
    let bytes = fs::read(&path).expect("it was written");
    let mut at = 4;
    let mut kinds = Vec::new();
    while kinds.last().is_none_or(|kind| kind & 0x80 == 0) {
        kinds.push(bytes[at]);
        at += 4 + u32::from_be_bytes([0, bytes[at + 1], bytes[at + 2], bytes[at + 3]]) as usize;
    }
    assert_eq!(bytes[at..at + 2], [0xff, 0xf8], "the first frame");
    assert!(at < 20_000, "tags of {at} bytes");
    let mut kinds: Vec<u8> = kinds.iter().map(|kind| kind & 0x7f).collect();
    kinds.sort_unstable();
    // Properties, padding, seek table, comments, picture: each once.
    assert_eq!(kinds, [0, 1, 3, 4, 6]);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in FORMATS {
        for quality in [Quality::Low, Quality::Normal, Quality::High] {
            let options = EncodeOptions { quality, ..EncodeOptions::default() };
            let read = || {
                let (_folder, path) = rendered(format.name, options.clone());
                fs::read(&path).expect("it was written")
            };
            assert!(read() == read(), "{} {quality:?}", format.name);
        }
    }
}

#[test]
fn higher_quality_is_larger_and_a_bit_rate_is_kept_to() {
    for format in FORMATS {
        let Some(range) = &format.kbit else { continue };
        let size =
            |options: EncodeOptions| rendered(format.name, options).1.metadata().expect("written").len();
        let at = |quality| size(EncodeOptions { quality, ..EncodeOptions::default() });
        assert!(at(Quality::Low) < at(Quality::Normal), "{}", format.name);
        assert!(at(Quality::Normal) < at(Quality::High), "{}", format.name);
        for kbit in [*range.start(), *range.end()] {
            let bytes = size(EncodeOptions { bitrate: Some(kbit), ..EncodeOptions::default() });
            let rate = bytes as f64 * 8.0 / 1_000.0 / score().seconds();
            println!("{} asked for {kbit} kbit/s: {rate:.1}", format.name);
            // Encoders of variable rate spend less on tones and silence; tags add a little.
            assert!(rate < f64::from(kbit) * 1.4 + 8.0, "{} at {kbit} kbit/s: {rate}", format.name);
        }
    }
}

#[test]
fn what_makes_no_sense_is_refused_before_any_work() {
    let refused = |path: &str, format: Option<&str>, options: EncodeOptions| {
        let error: RenderError<String> =
            Target::new(Path::new(path), false, format, options).err().unwrap_or_else(|| panic!("{path}"));
        error.to_string()
    };
    let plain = EncodeOptions::default;
    let rate = |kbit| EncodeOptions { bitrate: Some(kbit), ..plain() };
    assert!(refused("back.xyz", None, plain()).starts_with("`back.xyz` does not end in a format"));
    assert!(refused("back", None, plain()).contains("--format"));
    assert!(refused("-", None, plain()).contains("--format"));
    assert!(refused("back.wav", Some("xyz"), plain()).starts_with("`xyz` is no format"));
    assert!(refused("back.wav", None, rate(64)).starts_with("wav is lossless"));
    for format in FORMATS.iter().filter(|format| format.kbit.is_some()) {
        let path = format!("back.{}", format.name);
        assert!(refused(&path, None, rate(1)).starts_with("1 kbit/s is no bit rate"));
        let bits = EncodeOptions { bits: Some(Bits::TwentyFour), ..plain() };
        assert!(refused(&path, None, bits).contains("no samples of fixed bits"));
    }
}
