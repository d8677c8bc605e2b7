//! Pools with engines that count, fail, panic and wait at a gate.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::voice::cache::{DEFAULT_LIMIT, quantised};
use crate::voice::fake::{Fake, estimate};
use crate::voice::{Speed, Voice};

use super::*;

/// What a test engine does before it speaks; an error or panic instead of a clip.
type Behaviour = dyn Fn(&str) -> Result<(), VoiceError> + Send + Sync;

#[derive(Clone)]
struct Puppet {
    name: &'static str,
    opened: Arc<AtomicUsize>,
    spoken: Arc<Mutex<Vec<String>>>,
    speed: Speed,
    behaviour: Arc<Behaviour>,
}

impl Puppet {
    fn new(
        name: &'static str,
        behaviour: impl Fn(&str) -> Result<(), VoiceError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            opened: Arc::default(),
            spoken: Arc::default(),
            speed: Speed::NORMAL,
            behaviour: Arc::new(behaviour),
        }
    }

    fn faster(self) -> Self {
        Self { speed: Speed::FASTEST, ..self }
    }

    fn opened(&self) -> usize {
        self.opened.load(Ordering::SeqCst)
    }

    fn spoken(&self) -> Vec<String> {
        self.spoken.lock().expect("no test panics here").clone()
    }
}

impl Engine for Puppet {
    fn name(&self) -> &str {
        self.name
    }
    fn fingerprint(&self) -> String {
        format!("{} {}", self.name, self.speed)
    }
    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(self.clone()))
    }
}

impl Voice for Puppet {
    fn speak(&mut self, words: &str) -> Result<Clip, VoiceError> {
        self.spoken.lock().expect("no test panics here").push(words.to_owned());
        (self.behaviour)(words)?;
        Fake::new(self.speed).speak(words)
    }
}

fn good() -> Puppet {
    Puppet::new("good", |_| Ok(()))
}

fn broken() -> VoiceError {
    VoiceError::Engine("it is out of breath; let it rest".into())
}

fn bad() -> Puppet {
    Puppet::new("bad", |_| Err(broken()))
}

/// An engine that stops before each phrase until it is let through, and tells which one it stands at.
fn gated() -> (Puppet, Receiver<String>, Sender<()>) {
    let (at, stands) = crossbeam_channel::unbounded();
    let (go, gate) = crossbeam_channel::unbounded();
    let puppet = Puppet::new("gated", move |words| {
        let _ = at.send(words.to_owned());
        // The gate of a finished test stays open.
        let _: Result<(), _> = gate.recv();
        Ok(())
    });
    (puppet, stands, go)
}

fn pool(engines: &[&Puppet], workers: usize) -> Pool {
    Pool::new(list(engines), None, workers)
}

fn list(engines: &[&Puppet]) -> Vec<Arc<dyn Engine>> {
    engines.iter().map(|&engine| Arc::new(engine.clone()) as Arc<dyn Engine>).collect()
}

fn expected(words: &str) -> Clip {
    quantised(&Fake::new(Speed::NORMAL).speak(words).expect("the fake never fails"))
}

/// Sleeps until the pool has made, or failed to make, all of these.
fn until_known(pool: &Pool, phrases: &[&str]) {
    let progress = pool.progress();
    while phrases.iter().any(|words| pool.frames(words).is_none()) {
        progress.recv().expect("the pool lives");
    }
}

/// An interrupt must not have to wait for a voice that does not answer.
#[test]
fn stopping_ends_all_waiting() {
    let (engine, stands, go) = gated();
    let pool = pool(&[&engine], 1);
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| pool.wait("one"));
        assert_eq!(stands.recv().as_deref(), Ok("one"));
        pool.stopper().stop();
        assert_eq!(waiting.join().expect("no panic"), Err(VoiceError::Stopped));
    });
    assert_eq!(pool.frames("two"), Some(Err(VoiceError::Stopped)));
    assert_eq!(pool.clip("two"), Some(Err(VoiceError::Stopped)));
    assert_eq!(pool.wait("two"), Err(VoiceError::Stopped));
    drop(go);
}

#[test]
fn every_phrase_is_made_once_however_often_and_by_how_many_it_is_asked_for() {
    let engine = good();
    let pool = pool(&[&engine], 3);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for words in ["one", "two", "three", "one"] {
                    pool.want(words);
                    assert_eq!(pool.wait(words), Ok(expected(words)));
                }
            });
        }
    });
    assert_eq!(pool.clip("two"), Some(Ok(expected("two"))));
    assert_eq!(pool.frames("two"), Some(Ok(estimate("two", Speed::NORMAL))));
    let mut spoken = engine.spoken();
    spoken.sort();
    assert_eq!(spoken, ["one", "three", "two"]);
    assert!(engine.opened() <= 3);
}

#[test]
fn nothing_to_say_is_an_empty_clip_at_once() {
    let engine = good();
    let pool = pool(&[&engine], 1);
    for words in ["", "  ", " — ", "…"] {
        pool.want(words);
        assert_eq!(pool.frames(words), Some(Ok(Frames::ZERO)));
        assert_eq!(pool.clip(words), Some(Ok(Clip::new([]))));
        assert_eq!(pool.wait(words), Ok(Clip::new([])));
    }
    assert_eq!(pool.frames("never asked for"), None);
    assert_eq!(engine.opened(), 0);
}

#[test]
fn what_is_asked_for_now_overtakes_what_is_wanted_some_time() {
    let (engine, stands, go) = gated();
    let pool = pool(&[&engine], 1);
    for words in ["one", "two", "three", "four"] {
        pool.want(words);
    }
    assert_eq!(stands.recv().as_deref(), Ok("one"));
    assert_eq!(pool.clip("four"), None);
    assert_eq!(pool.clip("five"), None);
    assert_eq!(pool.clip("four"), None, "asking again changes nothing");
    drop(go);
    until_known(&pool, &["one", "two", "three", "four", "five"]);
    assert_eq!(engine.spoken(), ["one", "five", "four", "two", "three"]);
}

#[test]
fn a_voice_that_fails_once_is_opened_anew() {
    let failed = AtomicBool::new(false);
    let engine = Puppet::new("moody", move |_| match failed.swap(true, Ordering::SeqCst) {
        true => Ok(()),
        false => Err(broken()),
    });
    let pool = pool(&[&engine, &good()], 1);
    assert_eq!(pool.wait("one"), Ok(expected("one")));
    assert_eq!(pool.wait("two"), Ok(expected("two")));
    assert_eq!((engine.opened(), engine.spoken().len()), (2, 3));
    assert!(pool.notices().is_empty());
}

#[test]
fn a_voice_that_keeps_failing_is_replaced_with_one_notice() {
    let (first, second) = (bad(), good());
    let pool = pool(&[&first, &second], 2);
    for words in ["one", "two", "three"] {
        assert_eq!(pool.wait(words), Ok(expected(words)));
    }
    assert_eq!(first.spoken(), ["one", "one"]);
    assert_eq!(
        pool.notices().try_iter().collect::<Vec<_>>(),
        ["the voice `bad` failed: it is out of breath; let it rest; going on with `good`"]
    );
}

#[test]
fn without_another_voice_the_phrase_alone_has_failed() {
    let engine = Puppet::new("picky", |words| if words == "no" { Err(broken()) } else { Ok(()) });
    let pool = pool(&[&bad(), &engine], 1);
    assert_eq!(pool.wait("no"), Err(broken()));
    assert_eq!(pool.clip("no"), Some(Err(broken())));
    assert_eq!(pool.frames("no"), Some(Err(broken())));
    assert_eq!(pool.wait("yes"), Ok(expected("yes")));
    pool.want("no");
    assert_eq!(engine.spoken(), ["no", "no", "yes"], "it is not tried for ever");
    assert!(matches!(Pool::new(Vec::new(), None, 1).wait("yes"), Err(VoiceError::NoVoice { .. })));
}

#[test]
fn a_voice_that_panics_hangs_nobody() {
    let engine =
        Puppet::new("wild", |words| if words == "boo" { panic!("as the test wants") } else { Ok(()) });
    let pool = pool(&[&engine], 1);
    let crashed = VoiceError::Crashed { voice: "wild".into() };
    std::thread::scope(|scope| {
        let waiting = [scope.spawn(|| pool.wait("boo")), scope.spawn(|| pool.wait("boo"))];
        for waiter in waiting {
            assert_eq!(waiter.join().expect("the waiter does not panic"), Err(crashed.clone()));
        }
    });
    assert_eq!(pool.wait("well"), Ok(expected("well")), "its worker goes on");
}

/// Panics where no engine should.
struct Wilder;

impl Engine for Wilder {
    fn name(&self) -> &str {
        "wilder"
    }
    fn fingerprint(&self) -> String {
        panic!("as the test wants")
    }
    fn open(&self) -> Result<Box<dyn Voice>, VoiceError> {
        panic!("as the test wants")
    }
}

#[test]
fn an_engine_that_panics_elsewhere_hangs_nobody_either() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for cache in [None, Some(Cache::new(folder.path(), DEFAULT_LIMIT))] {
        let pool = Pool::new(vec![Arc::new(Wilder)], cache, 1);
        for words in ["one", "two"] {
            assert_eq!(pool.wait(words), Err(VoiceError::Crashed { voice: "wilder".into() }));
        }
    }
}

#[test]
fn dropped_clips_are_made_again_and_their_lengths_are_not_forgotten() {
    let engine = good();
    let three = size_of_val(expected("three").samples());
    let pool = Pool::with_memory(list(&[&engine]), None, 1, 2 * three);
    for words in ["three", "seven", "eight"] {
        assert_eq!(pool.wait(words), Ok(expected(words)));
    }
    assert_eq!(pool.clip("eight"), Some(Ok(expected("eight"))));
    assert_eq!(pool.frames("three"), Some(Ok(expected("three").frames())));
    pool.want("three");
    assert_eq!(engine.spoken(), ["three", "seven", "eight"]);
    assert_eq!(pool.clip("three"), None, "it was the oldest");
    assert_eq!(pool.wait("three"), Ok(expected("three")));
    assert_eq!(engine.spoken().len(), 4);
    assert_eq!(pool.clip("eight"), Some(Ok(expected("eight"))), "used later than seven");
    assert_eq!(pool.clip("seven"), None);
}

#[test]
fn a_clip_larger_than_the_memory_still_reaches_all_who_wait() {
    let engine = good();
    let pool = Pool::with_memory(list(&[&engine]), None, 2, 1);
    std::thread::scope(|scope| {
        for words in ["one", "two", "three", "four", "five", "six"] {
            let pool = &pool;
            scope.spawn(move || assert_eq!(pool.wait(words), Ok(expected(words))));
        }
    });
}

#[test]
fn dropped_clips_come_back_from_the_cache() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let engine = good();
    let pool = Pool::with_memory(list(&[&engine]), Some(Cache::new(folder.path(), DEFAULT_LIMIT)), 1, 1);
    for words in ["one", "two", "one", "two"] {
        assert_eq!(pool.wait(words), Ok(expected(words)));
    }
    assert_eq!(engine.spoken(), ["one", "two"]);
}

#[test]
fn a_phrase_made_again_keeps_its_length_and_its_voice() {
    let (first, second) =
        (Puppet::new("first", |words| if words == "no" { Err(broken()) } else { Ok(()) }), good().faster());
    let pool = Pool::with_memory(list(&[&first, &second]), None, 1, 1);
    let before = pool.wait("yes");
    assert_eq!(pool.wait("no").map(|clip| clip.frames()), Ok(estimate("no", Speed::FASTEST)));
    assert_eq!(pool.wait("yes"), before, "spoken by the first again");
    assert_eq!(pool.wait("maybe").map(|clip| clip.frames()), Ok(estimate("maybe", Speed::FASTEST)));

    // Only when the voice it had is gone for good another one stands in, in the same time.
    let fails = Arc::new(AtomicBool::new(false));
    let failing = Arc::clone(&fails);
    let dying =
        Puppet::new("dying", move |_| if failing.load(Ordering::SeqCst) { Err(broken()) } else { Ok(()) });
    for (dying, heir) in [(dying.clone(), good().faster()), (dying.faster(), good())] {
        fails.store(false, Ordering::SeqCst);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let cache = || Some(Cache::new(folder.path(), DEFAULT_LIMIT));
        let pool = Pool::with_memory(list(&[&dying, &heir]), cache(), 1, 1);
        let before = pool.wait("yes").expect("it lives");
        pool.wait("other").expect("it lives");
        let kept = std::fs::read_dir(folder.path()).expect("it is there").flatten();
        // One may still be on its way to its name.
        kept.for_each(|file| drop(std::fs::remove_file(file.path())));
        fails.store(true, Ordering::SeqCst);
        let after = pool.wait("yes").expect("the heir speaks");
        assert_eq!(after.frames(), before.frames());
        assert_ne!(after, before);
        assert_eq!(quantised(&after), after);
        drop(pool);
        assert_eq!(cache().and_then(|cache| cache.get(&heir.fingerprint(), "yes")), None, "it is not kept");
    }
}

#[test]
fn kept_phrases_open_no_voice_and_are_the_very_same_samples() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cache = || Some(Cache::new(folder.path(), DEFAULT_LIMIT));
    let (first, second) = (good(), good());
    let fresh = Pool::new(list(&[&first]), cache(), 1).wait("left side");
    let pool = Pool::new(list(&[&second]), cache(), 1);
    assert_eq!(pool.wait("left side"), fresh);
    assert_eq!((first.opened(), second.opened()), (1, 0));
    assert_eq!(pool.wait("right side"), Ok(expected("right side")));
    assert_eq!(second.spoken(), ["right side"]);
}

#[test]
fn two_pools_share_a_folder_and_damaged_entries_are_made_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let phrases = ["one", "two", "three", "four", "five"];
    let engines = [good(), good()];
    std::thread::scope(|scope| {
        for engine in &engines {
            scope.spawn(|| {
                let pool = Pool::new(list(&[engine]), Some(Cache::new(folder.path(), DEFAULT_LIMIT)), 2);
                phrases.iter().for_each(|words| pool.want(words));
                for words in phrases {
                    assert_eq!(pool.wait(words), Ok(expected(words)));
                }
            });
        }
    });
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("it is there").flatten().collect();
    assert_eq!(files.len(), phrases.len());
    std::fs::write(files[0].path(), "damaged").expect("it is writable");
    for made_again in [1, 0] {
        let engine = good();
        let pool = Pool::new(list(&[&engine]), Some(Cache::new(folder.path(), DEFAULT_LIMIT)), 1);
        for words in phrases {
            assert_eq!(pool.wait(words), Ok(expected(words)));
        }
        assert_eq!(engine.spoken().len(), made_again);
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_told_once_and_done_without() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("it is writable");
    let engine = good();
    let pool = Pool::new(list(&[&engine]), Some(Cache::new(file.join("cache"), DEFAULT_LIMIT)), 1);
    let notices = pool.notices();
    for words in ["one", "two", "three"] {
        assert_eq!(pool.wait(words), Ok(expected(words)));
    }
    drop(pool);
    let told: Vec<_> = notices.try_iter().collect();
    assert!(told.len() == 1 && told[0].contains("cannot be kept"), "{told:?}");
}

#[test]
fn dropping_a_busy_pool_ends_after_the_phrases_under_way() {
    let (engine, stands, go) = gated();
    let pool = pool(&[&engine], 2);
    for words in ["one", "two", "three", "four"] {
        pool.want(words);
    }
    let busy = [stands.recv(), stands.recv()];
    assert!(busy.iter().all(Result::is_ok));
    // Stopping is marked before the gate opens, so neither worker can take a third phrase.
    pool.shared.state().stopping = true;
    drop(go);
    drop(pool);
    assert_eq!(engine.spoken().len(), 2);
}
