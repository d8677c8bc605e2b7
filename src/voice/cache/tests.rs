//! Damage, sharing, limits and folders that cannot be written.

use std::fs::FileTimes;

use super::*;

fn clip(seed: u32, frames: u32) -> Clip {
    Clip::new(
        (0..frames).map(|at| ((at * 37 + seed * 101) % 2_000) as f32 / 1_000.0 - 1.0).collect::<Vec<_>>(),
    )
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("it is there").flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn last_used(path: &Path, ago: Duration) {
    let then = SystemTime::now() - ago;
    let file = File::options().write(true).open(path).expect("it is there");
    file.set_times(FileTimes::new().set_modified(then)).expect("it is ours");
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn what_comes_back_is_the_quantised_clip_sample_for_sample() {
    let folder = folder();
    let cache = Cache::new(folder.path().join("made/on/demand"), DEFAULT_LIMIT);
    let fresh = clip(1, 5_000);
    assert_eq!(cache.get("a", "three"), None);
    cache.put("a", "three", &fresh).expect("it is writable");
    let kept = cache.get("a", "three").expect("just kept");
    assert_eq!(kept, quantised(&fresh));
    assert_eq!(quantised(&kept), kept);
    assert_eq!(cache.get("b", "three"), None, "another engine");
    assert_eq!(cache.get("at", "hree"), None, "the parts of the key do not run together");
    cache.put("a", "", &Clip::new([])).expect("it is writable");
    assert_eq!(cache.get("a", ""), Some(Clip::new([])));
}

#[test]
fn steps_cover_the_range_and_nothing_else() {
    let odd = Clip::new([1.5, -1.5, f32::NAN, f32::INFINITY, 0.0, -0.0]);
    assert_eq!(quantised(&odd).samples(), [1.0, -1.0, 0.0, 1.0, 0.0, 0.0]);
}

#[test]
fn every_single_damaged_byte_is_found() {
    let folder = folder();
    let cache = Cache::new(folder.path(), DEFAULT_LIMIT);
    cache.put("a", "three", &clip(1, 20)).expect("it is writable");
    let path = files(folder.path()).remove(0);
    let whole = fs::read(&path).expect("it is there");
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(&path, &damaged).expect("it is writable");
        assert_eq!(cache.get("a", "three"), None, "byte {at}");
        fs::write(&path, &whole[..at]).expect("it is writable");
        assert_eq!(cache.get("a", "three"), None, "cut at {at}");
    }
    fs::write(&path, [&whole[..], &[0, 0]].concat()).expect("it is writable");
    assert_eq!(cache.get("a", "three"), None, "longer");
    cache.put("a", "three", &clip(1, 20)).expect("it is writable");
    assert_eq!(cache.get("a", "three"), Some(quantised(&clip(1, 20))), "and it is mended");
}

#[test]
fn the_longest_unused_go_first_and_the_rest_of_the_folder_is_left_alone() {
    let folder = folder();
    let cache = Cache::new(folder.path(), 30_000);
    let names = ["zero", "one", "two", "three", "four"];
    for (age, name) in names.iter().enumerate() {
        let known = files(folder.path());
        cache.put("a", name, &clip(1, 4_000)).expect("it is writable");
        let new = files(folder.path()).into_iter().find(|path| !known.contains(path)).expect("a new file");
        last_used(&new, DAY * (10 - age as u32));
    }
    for (name, ago) in
        [(".unfinished-old", DAY), (".unfinished-new", Duration::ZERO), ("notes.txt", DAY * 99)]
    {
        fs::write(folder.path().join(name), "x").expect("it is writable");
        last_used(&folder.path().join(name), ago);
    }
    assert!(cache.get("a", "zero").is_some(), "using it makes it the youngest");
    cache.prune();
    let left: Vec<_> = names.iter().filter(|name| cache.get("a", name).is_some()).collect();
    assert_eq!(left, [&"zero", &"three", &"four"]);
    assert!(folder.path().join("notes.txt").exists() && folder.path().join(".unfinished-new").exists());
    assert!(!folder.path().join(".unfinished-old").exists());
}

#[test]
fn a_recent_use_costs_no_write() {
    let folder = folder();
    let cache = Cache::new(folder.path(), DEFAULT_LIMIT);
    cache.put("a", "three", &clip(1, 20)).expect("it is writable");
    let path = files(folder.path()).remove(0);
    let time = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).expect("it has a time");
    last_used(&path, DAY / 2);
    let before = time(&path);
    assert!(cache.get("a", "three").is_some());
    assert_eq!(time(&path), before);
    last_used(&path, DAY * 2);
    assert!(cache.get("a", "three").is_some());
    assert!(time(&path) > before);
}

#[test]
fn measuring_is_due_once_something_was_written_and_then_rarely() {
    let folder = folder();
    let cache = Cache::new(folder.path(), 1_600_000);
    assert!(!cache.is_prune_due(), "nothing new");
    cache.put("a", "0", &clip(0, 10)).expect("it is writable");
    assert!(cache.is_prune_due(), "earlier runs may have filled it");
    cache.prune();
    assert!(!cache.is_prune_due());
    cache.put("a", "1", &clip(1, 10)).expect("it is writable");
    assert!(!cache.is_prune_due());
    cache.put("a", "2", &clip(2, 60_000)).expect("it is writable");
    assert!(cache.is_prune_due());
}

#[test]
fn a_folder_that_cannot_be_is_told_once() {
    let folder = folder();
    let file = folder.path().join("a file");
    fs::write(&file, "x").expect("it is writable");
    let cache = Cache::new(file.join("clips"), DEFAULT_LIMIT);
    let error = cache.put("a", "three", &clip(1, 20)).expect_err("a file is no folder").to_string();
    assert!(error.contains("a file") && error.contains("going on without"), "{error}");
    assert_eq!(cache.put("a", "four", &clip(1, 20)), Ok(()));
    assert_eq!(cache.get("a", "three"), None);
    cache.prune();
}

#[test]
fn two_programs_write_the_same_clip_at_once() {
    let folder = folder();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let cache = Cache::new(folder.path(), 10_000);
                for round in 0..50 {
                    let words = (round % 5).to_string();
                    cache.put("a", &words, &clip(round % 5, 1_000)).expect("it is writable");
                    // Missing where the other one has just pruned it, but never half there.
                    if let Some(kept) = cache.get("a", &words) {
                        assert_eq!(kept, quantised(&clip(round % 5, 1_000)));
                    }
                    if round % 10 == 0 {
                        cache.prune();
                    }
                }
            });
        }
    });
    assert!(files(folder.path()).len() <= 5, "no unfinished file is left");
}
