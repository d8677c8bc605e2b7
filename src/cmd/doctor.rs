//! `doctor`: everything that a session needs, tried for real, with what to do.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::args::Score;
use super::places::Places;
use super::settings::Settings;
use super::studio::Booth;
use super::{Failure, performer, show};
use crate::awake;
use crate::clip::Clip;
use crate::cue::Sound;
use crate::media;
use crate::play::source::{self, Opening};
use crate::play::{Output, device};
use crate::sound::{Role, Theme};
use crate::time::{Frames, Millis};
use crate::voice::system::Saying;

const SENTENCE: &str = "This is the voice that guides you.";
/// Between what is played by ear.
const GAP: Frames = Millis::from_secs(1).frames();

/// What was found of one thing.
enum Finding {
    Well(String),
    /// It can be done without. What it is, and what to do.
    Lacking(String),
    /// Nothing can be played.
    Broken(String),
}

use Finding::{Broken, Lacking, Well};

/// Tries everything and tells it.
///
/// # Errors
/// When something is broken without which nothing can be played.
pub fn run(score: Score, places: Places, by_ear: bool) -> Result<(), Failure> {
    let data = places.log.as_ref().and_then(|log| log.parent()).map(Path::to_owned);
    let settings = Settings::new(score, places)?;
    let (voice, sentence) = voice(&settings);
    let (sounds, theme) = sounds(&settings);
    let findings = [
        ("sound output", output()),
        ("voice", voice),
        ("sounds", sounds),
        (
            "cache",
            match &settings.cache {
                Some((folder, _)) => writable(folder, "phrases are spoken anew each time"),
                None => Lacking("switched off: phrases are spoken anew each time".to_owned()),
            },
        ),
        (
            "session log",
            match data {
                Some(folder) => writable(&folder, "nothing can be resumed or looked up"),
                None => Lacking("there is no home folder: nothing can be resumed or looked up".to_owned()),
            },
        ),
        ("media keys", media_keys()),
        ("stays awake", stays_awake()),
        ("system voice", system_voice(&settings)),
    ];
    let broken = findings.iter().filter(|(_, finding)| matches!(finding, Broken(_))).count();
    let mut text = String::new();
    for (name, finding) in &findings {
        let (sign, what) = match finding {
            Well(what) => ("ok  ", what),
            Lacking(what) => ("note", what),
            Broken(what) => ("BAD ", what),
        };
        text += &format!("{sign}  {name:<13} {what}\n");
    }
    show::print(&text)?;
    if broken > 0 {
        let things = if broken == 1 { "one thing is".to_owned() } else { format!("{broken} things are") };
        return Err(Failure::failed(format!(
            "{things} broken that playing needs; the lines with BAD say what to do"
        )));
    }
    match (by_ear, sentence, theme) {
        (true, Some(sentence), Some(theme)) => play_by_ear(sentence, &theme),
        _ => Ok(()),
    }
}

fn output() -> Finding {
    match device::probe() {
        Ok(name) => Well(format!("`{name}` opens")),
        Err(error) => Broken(error.to_string()),
    }
}

/// Speaks a sentence that no cache has.
fn voice(settings: &Settings) -> (Finding, Option<Clip>) {
    let settings = Settings { cache: None, ..settings.clone() };
    let since = Instant::now();
    let spoken = Booth::open(&settings, "en").and_then(|booth| {
        let clip = booth.pool().wait(SENTENCE).map_err(Failure::failed)?;
        Ok((booth.voice().to_owned(), clip))
    });
    match spoken {
        Ok((name, clip)) if clip.peak() > 0.0 => {
            let (needed, lasts) = (since.elapsed().as_millis(), clip.frames().millis().get());
            (Well(format!("`{name}` spoke {lasts} ms of words in {needed} ms")), Some(clip))
        }
        Ok((name, _)) => {
            (Broken(format!("`{name}` spoke nothing but silence; choose another one with `--voice`")), None)
        }
        Err(Failure::Failed(why) | Failure::Usage(why) | Failure::Interrupted(why)) => (Broken(why), None),
    }
}

fn sounds(settings: &Settings) -> (Finding, Option<Theme>) {
    let theme = Theme::built_in().and_then(|theme| match &settings.sounds {
        Some(folder) => theme.with_folder(folder),
        None => Ok(theme),
    });
    let mut theme = match theme {
        Ok(theme) => theme,
        Err(error) => return (Broken(error.to_string()), None),
    };
    for sound in Sound::ALL {
        theme.level(sound, Role::BesideWords, settings.sound_gain);
    }
    let silent: Vec<&str> =
        Sound::ALL.into_iter().filter(|sound| theme.clip(*sound).peak() == 0.0).map(Sound::name).collect();
    let finding = match silent.as_slice() {
        [] => Well(format!("all {} can be played", Sound::ALL.len())),
        silent => Lacking(format!("silent: {}; see `--sounds` and `--sound-volume`", silent.join(", "))),
    };
    (finding, Some(theme))
}

/// Writes, reads and removes a file.
fn writable(folder: &Path, without: &str) -> Finding {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, SENTENCE))
        .and_then(|()| fs::read(&path))
        .and_then(|bytes| fs::remove_file(&path).map(|()| bytes == SENTENCE.as_bytes()));
    let place = folder.display();
    match tried {
        Ok(true) => Well(format!("`{place}` can be written")),
        Ok(false) => Lacking(format!("`{place}` gives back other bytes than were written; check that disk")),
        Err(error) => {
            Lacking(format!("`{place}` cannot be written ({error}), so {without}; see who may write there"))
        }
    }
}

/// The seam for the desktop's media keys.
fn media_keys() -> Finding {
    match media::probe() {
        Ok(through) => Well(through),
        Err(why) => Lacking(why),
    }
}

fn stays_awake() -> Finding {
    match awake::probe() {
        Ok(by) => Well(by),
        Err(why) => Lacking(why),
    }
}

/// Lets the system's voice say a sentence, silently: where its events come, it speaks.
fn system_voice(settings: &Settings) -> Finding {
    let name = settings.system_voice().flatten();
    let since = Instant::now();
    let mut mouth = match performer::mouth(settings, name, "en", 0.0) {
        Ok(mouth) => mouth,
        Err(error) => return Lacking(format!("{error}. The voice above is used instead")),
    };
    mouth.say(SENTENCE);
    loop {
        match mouth.said() {
            Saying::Still => std::thread::sleep(Duration::from_millis(20)),
            Saying::Done => break,
            Saying::Lost(why) => {
                return Lacking(format!("it is there and {why}; the voice above is used instead"));
            }
        }
    }
    Well(format!("{} spoke a sentence in {} ms", mouth.name(), since.elapsed().as_millis()))
}

/// A sentence, a tick and a chime, one after the other.
fn play_by_ear(sentence: Clip, theme: &Theme) -> Result<(), Failure> {
    show::print("You should hear a sentence, then a tick, then a chime.\n")?;
    let mut samples = Vec::new();
    for clip in [&sentence, theme.clip(Sound::Tick), theme.clip(Sound::Exercise)] {
        samples.extend_from_slice(clip.samples());
        samples.resize(samples.len() + GAP.get() as usize, 0.0);
    }
    let mut output = device::default_output().map_err(Failure::failed)?;
    let prelude = Clip::new(samples);
    let pre_roll = output.pre_roll().frames();
    let end = pre_roll + prelude.frames();
    let opening = Opening { pre_roll, prelude: Some(prelude), ..Opening::default() };
    let (_remote, source) = source::source(&Arc::default(), opening);
    let meter = source.meter();
    output.start(source).map_err(Failure::failed)?;
    let longest = Duration::from_millis(end.millis().get()) + Duration::from_secs(3);
    let since = Instant::now();
    while meter.taken() < end {
        if let Err(loss) = output.check() {
            return Err(Failure::failed(loss.why));
        }
        if since.elapsed() > longest {
            return Err(Failure::failed(
                "the sound output opens but takes no sound; see whether it is suspended or muted, or choose another one in the system's settings",
            ));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    output.stop(true);
    show::print("If you heard less, look at the volume and at which output the system has chosen.\n")
}
