//! The engine behind the `tts` crate: speech-dispatcher, AVFoundation or WinRT. The only file that names the crate.

use crossbeam_channel::Sender;
use tts::{Tts, UtteranceId, Voice};

use super::Manner;
use super::helper::{Engine, Told};
use super::line::Report;
use crate::voice::Speed;

pub const IS_BUILT_IN: bool = true;

/// So many names are told where one is wrong.
const NEAREST: usize = 5;

#[cfg(target_os = "linux")]
const SERVICE: &str = "speech-dispatcher";
#[cfg(target_os = "macos")]
const SERVICE: &str = "AVFoundation";
#[cfg(windows)]
const SERVICE: &str = "WinRT";

/// An open engine.
pub struct System {
    tts: Tts,
    /// What the engine has to answer when it is asked for its volume.
    volume: f32,
}

/// Connects to the system's service and sets everything. Tells in between that it looks for a voice.
///
/// # Errors
/// The report that says why it is not there.
pub fn open(manner: &Manner, told: Sender<Told>, tell: impl Fn(&Report)) -> Result<(String, System), Report> {
    let failed = |error: tts::Error| Report::Failed(format!("{SERVICE}: {error}"));
    let mut tts = Tts::default().map_err(|error| match cfg!(target_os = "linux") {
        true => Report::Failed(format!(
            "{SERVICE} is not there ({error}); install it, and try it with `spd-say hello`"
        )),
        false => failed(error),
    })?;
    let mut name = None;
    if manner.name.is_some() || !speaks(&manner.language) {
        tell(&Report::Looking);
        let voices = tts.voices().map_err(failed)?;
        let voice = match &manner.name {
            Some(wanted) => Some(by_name(&voices, wanted)?),
            // Where there is none the engine's own has to do.
            None => voices.iter().find(|voice| main(voice.language().as_str()) == main(&manner.language)),
        };
        if let Some(voice) = voice {
            tts.set_voice(voice).map_err(failed)?;
            name = Some(voice.name());
        }
    }
    let features = tts.supported_features();
    if features.rate {
        let rate = rate(manner.speed, tts.min_rate(), tts.normal_rate(), tts.max_rate());
        tts.set_rate(rate).map_err(failed)?;
    }
    if features.pitch {
        let pitch = between(manner.pitch, tts.min_pitch(), tts.normal_pitch(), tts.max_pitch());
        tts.set_pitch(pitch).map_err(failed)?;
    }
    let mut volume = tts.normal_volume();
    if features.volume {
        let (least, normal) = (tts.min_volume(), tts.normal_volume());
        // Rounded, as some engines keep it in whole numbers, and it is compared later.
        let wanted = least + manner.volume.clamp(0.0, 1.0) * (normal - least);
        volume = if normal >= 10.0 { wanted.round() } else { wanted };
        tts.set_volume(volume).map_err(failed)?;
    }
    if features.utterance_callbacks {
        // In a callback the crate holds a lock that everything else wants: it only hands on.
        let (began, ended, stopped) = (told.clone(), told.clone(), told);
        let hand_on = |to: Sender<Told>, what: fn(u64) -> Told| -> Option<Box<dyn FnMut(UtteranceId)>> {
            Some(Box::new(move |id| {
                if let Some(id) = number(&id) {
                    let _ = to.send(what(id));
                }
            }))
        };
        tts.on_utterance_begin(hand_on(began, Told::Began)).map_err(failed)?;
        tts.on_utterance_end(hand_on(ended, Told::Ended)).map_err(failed)?;
        tts.on_utterance_stop(hand_on(stopped, Told::Ended)).map_err(failed)?;
    }
    let name = name.map_or_else(|| SERVICE.to_owned(), |voice| format!("{SERVICE}, {voice}"));
    Ok((name, System { tts, volume }))
}

impl Engine for System {
    fn speak(&mut self, words: &str) -> Result<Option<u64>, String> {
        let id = self.tts.speak(words, false).map_err(|error| error.to_string())?;
        Ok(id.as_ref().and_then(number))
    }

    fn stop(&mut self) {
        // Where it fails, the next check tells.
        let _ = self.tts.stop();
    }

    fn check(&mut self) -> Result<bool, String> {
        // On Linux this asks the service itself, and not only the library. One that is gone answers nonsense, or not at
        // all, or crashes the library: each is noticed by whoever reads our lines.
        if cfg!(target_os = "linux") && self.tts.get_volume().ok() != Some(self.volume) {
            return Err(format!("{SERVICE} is gone"));
        }
        self.tts.is_speaking().map_err(|error| error.to_string())
    }
}

#[cfg(target_os = "linux")]
fn number(id: &UtteranceId) -> Option<u64> {
    let UtteranceId::SpeechDispatcher(id) = id;
    Some(*id)
}

/// The engine's numbers are addresses or counters, of another type on each system; all that they share is that they can be
/// printed.
#[cfg(not(target_os = "linux"))]
fn number(id: &UtteranceId) -> Option<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    format!("{id:?}").hash(&mut hasher);
    Some(hasher.finish())
}

/// Whether the language that the system is set to is the one that is wanted.
fn speaks(language: &str) -> bool {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match set.as_deref() {
        None | Some("C" | "POSIX") => main(language) == "en",
        Some(set) if set.starts_with("C.") => main(language) == "en",
        Some(set) => main(set) == main(language),
    }
}

fn main(language: &str) -> String {
    language.split(['-', '_', '.']).next().unwrap_or_default().to_lowercase()
}

fn by_name<'v>(voices: &'v [Voice], wanted: &str) -> Result<&'v Voice, Report> {
    let found = voices.iter().find(|voice| voice.name().eq_ignore_ascii_case(wanted));
    found.ok_or_else(|| {
        let wanted = wanted.to_lowercase();
        let mut near: Vec<(f64, String)> = voices
            .iter()
            .map(|voice| (strsim::jaro_winkler(&voice.name().to_lowercase(), &wanted), voice.name()))
            .collect();
        near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        Report::Unknown(near.into_iter().map(|(_, name)| name).take(NEAREST).collect())
    })
}

/// The engine's number for a speed. speech-dispatcher has no unit: its espeak-ng module takes −100 to 100 for 80 to 449 words a
/// minute with 160 at 0, and the other modules follow it roughly. The others have factors.
fn rate(speed: Speed, least: f32, normal: f32, most: f32) -> f32 {
    let factor = speed.factor();
    let rate = match cfg!(target_os = "linux") {
        true if factor < 1.0 => (factor - 1.0) * 200.0,
        true => (factor - 1.0) * 160.0 / (449.0 - 160.0) * 100.0,
        false => normal * factor,
    };
    rate.clamp(least, most)
}

/// −100 for the least, 0 for the normal, 100 for the most.
fn between(percent: i32, least: f32, normal: f32, most: f32) -> f32 {
    let share = percent.clamp(-100, 100) as f32 / 100.0;
    normal + share.abs() * if share < 0.0 { least - normal } else { most - normal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_and_pitches_reach_from_end_to_end() {
        let speed = |text: &str| text.parse().expect("a speed");
        if cfg!(target_os = "linux") {
            assert_eq!(rate(speed("0.5"), -100.0, 0.0, 100.0), -100.0);
            assert!((rate(speed("2"), -100.0, 0.0, 100.0) - 55.4).abs() < 0.1);
        }
        assert_eq!(rate(speed("1"), -100.0, 0.0, 100.0), 0.0);
        assert_eq!(between(-100, 0.5, 1.0, 2.0), 0.5);
        assert_eq!(between(50, 0.5, 1.0, 2.0), 1.5);
        assert_eq!(main("en_GB.UTF-8"), "en");
    }
}
