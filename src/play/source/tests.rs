//! The source by itself, cranked by hand.

use std::time::Duration;

use super::*;

fn cue(epoch: u64, at: u64, samples: &[f32]) -> CueEvent {
    CueEvent {
        epoch,
        event: Event {
            at: Frames::new(at),
            frames: Frames::new(samples.len() as u64),
            clip: Clip::new(samples),
        },
    }
}

fn begun(pre_roll: Frames) -> (Remote, Source) {
    source(&Arc::default(), Opening { pre_roll, ..Opening::default() })
}

fn filled(source: &mut Source, frames: usize) -> Vec<f32> {
    let mut out = vec![9.0; frames];
    source.fill(&mut out);
    out
}

#[test]
fn the_clock_waits_for_the_pre_roll_and_the_first_event() {
    let (mut remote, mut source) = begun(Frames::new(3));
    assert_eq!(filled(&mut source, 2), [0.0; 2]);
    assert_eq!(filled(&mut source, 4), [0.0; 4]);
    assert_eq!(remote.shared().clock(), Frames::ZERO);
    assert_eq!(remote.meter().taken(), Frames::new(6));
    assert!(remote.send(cue(0, 1, &[0.5])).is_ok());
    assert_eq!(filled(&mut source, 3), [0.0, 0.5, 0.0]);
    assert_eq!(remote.shared().clock(), Frames::new(3));
}

#[test]
fn an_epoch_fades_the_old_and_drops_what_was_queued() {
    let (mut remote, mut source) = begun(Frames::ZERO);
    let long = vec![1.0; 4_000];
    for cue in [cue(0, 0, &long), cue(0, 5_000, &[0.3])] {
        assert!(remote.send(cue).is_ok());
    }
    filled(&mut source, 100);
    assert!(remote.send(cue(1, 5_001, &[0.7])).is_ok());
    assert_eq!(filled(&mut source, 100), [1.0; 100]);
    remote.shared().begin_epoch(1);
    let out = filled(&mut source, 5_000);
    let fade = FADE.get() as usize;
    assert!(out[..fade].windows(2).all(|pair| pair[1] < pair[0]));
    assert!(out[fade..4_801].iter().all(|sample| *sample == 0.0));
    assert_eq!(out[4_801], 0.7);
    assert!(out[4_802..].iter().all(|sample| *sample == 0.0));
}

#[test]
fn a_full_ring_gives_events_back_and_never_loses_a_clip() {
    let (mut remote, mut source) = begun(Frames::ZERO);
    for at in 0..CAPACITY as u64 {
        assert!(remote.send(cue(0, at, &[0.1])).is_ok());
    }
    assert!(remote.send(cue(0, 9_999, &[0.1])).is_err());
    let out = filled(&mut source, CAPACITY + 5);
    assert_eq!(out[..CAPACITY], [0.1; CAPACITY]);
    assert!(remote.reap());
    assert_eq!(remote.out, 0);
}

#[test]
fn the_volume_is_ramped_and_never_clips() {
    let (mut remote, mut source) = begun(Frames::ZERO);
    assert!(remote.send(cue(0, 0, &vec![0.8; 10_000])).is_ok());
    assert_eq!(filled(&mut source, 10), [0.8; 10]);
    remote.shared().set_gain(2.0);
    let out = filled(&mut source, 2_000);
    assert!(out.windows(2).all(|pair| (0.0..0.01).contains(&(pair[1] - pair[0]))));
    assert!(out.iter().all(|sample| *sample <= 1.0));
    remote.shared().set_gain(1.0);
    filled(&mut source, 2_000);
    assert_eq!(filled(&mut source, 10), [0.8; 10]);
}

#[test]
fn a_second_source_goes_on_in_the_middle_of_a_clip_and_silences_the_first() {
    let shared = Arc::<Shared>::default();
    let (mut first, mut old) = source(&shared, Opening::default());
    let ramp: Vec<f32> = (0..100).map(|nth| nth as f32 / 1_000.0).collect();
    assert!(first.send(cue(0, 10, &ramp)).is_ok());
    filled(&mut old, 60);
    let prelude = Some(Clip::new([0.7, 0.6]));
    let opening = Opening { pre_roll: Frames::new(1), prelude, start: Frames::new(40), ..Opening::default() };
    let (mut second, mut new) = source(&shared, opening);
    assert!(second.send(cue(0, 10, &ramp)).is_ok());
    assert_eq!(filled(&mut old, 5), [0.0; 5]);
    assert_eq!(shared.clock(), Frames::new(60));
    assert_eq!(filled(&mut new, 5), [0.0, 0.7, 0.6, ramp[30], ramp[31]]);
    // The clock does not go back for what is heard again.
    assert_eq!((shared.clock(), second.meter().clock()), (Frames::new(60), Frames::new(42)));
    assert_eq!(filled(&mut new, 68), ramp[32..]);
    assert_eq!(shared.clock(), Frames::new(110));
}

#[test]
fn an_interruption_fades_the_prelude() {
    let shared = Arc::<Shared>::default();
    let prelude = Some(Clip::new(vec![1.0; 9_000]));
    let (_remote, mut source) = source(&shared, Opening { prelude, ..Opening::default() });
    assert_eq!(filled(&mut source, 10), [1.0; 10]);
    shared.begin_epoch(1);
    let out = filled(&mut source, 5_000);
    let fade = FADE.get() as usize;
    assert!(out[1..fade].windows(2).all(|pair| pair[1] < pair[0]));
    assert!(out[fade..].iter().all(|sample| *sample == 0.0));
}

#[test]
fn what_has_been_heard_is_what_was_taken_less_what_was_still_on_its_way() {
    let (mut remote, mut source) = begun(Frames::ZERO);
    assert!(remote.send(cue(0, 0, &[0.1])).is_ok());
    let meter = source.meter();
    meter.asked(Duration::from_millis(40));
    filled(&mut source, 4_800);
    assert_eq!(meter.heard(None), Frames::ZERO);
    meter.asked(Duration::from_millis(40));
    filled(&mut source, 4_800);
    assert_eq!(meter.heard(None), Millis::new(60).frames());
    // An end that was seen tells how much of the rest was heard; never more than there was.
    let asked = meter.since + Duration::from_micros(meter.asked.load(Ordering::Acquire));
    let later = |millis| Some(asked + Duration::from_millis(millis));
    assert_eq!(meter.heard(later(20)), Millis::new(80).frames());
    assert_eq!(meter.heard(later(5_000)), Millis::new(200).frames());
}
