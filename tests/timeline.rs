//! What every timeline keeps to, on random routines: cues tile it, holds are exact, the parts are the whole.

use std::convert::Infallible;

use floorcoach::clip::Clip;
use floorcoach::cue::Sound;
use floorcoach::plan::{Beats, Guidance, Length, Options, Plan};
use floorcoach::render::samples;
use floorcoach::routine::{Action, Exercise, Pace, Phase, Position, Routine, Short, Sides, Work};
use floorcoach::time::{Frames, Millis};
use floorcoach::timeline::{Clips, Cue, Lengths, Survey, Walk, What};
use proptest::collection::vec;
use proptest::prelude::*;

/// Clips of constant samples, so that the mix shows who is heard: speech 0.5, sounds 0.25.
struct Toy;

impl Lengths for Toy {
    type Error = Infallible;

    fn speech(&mut self, words: &str) -> Result<Frames, Infallible> {
        Ok(Frames::new(words.len() as u64 * 997))
    }

    fn sound(&mut self, sound: Sound) -> Frames {
        Frames::new(2_000 + sound.name().len() as u64 * 4_111)
    }
}

impl Clips for Toy {
    fn speech_clip(&mut self, words: &str) -> Result<Clip, Infallible> {
        Ok(Clip::new(vec![0.5; words.len() * 997]))
    }

    fn sound_clip(&mut self, sound: Sound) -> Clip {
        Clip::new(vec![0.25; self.sound(sound).get() as usize])
    }

    fn stretched_clip(&mut self, _: Sound, frames: Frames) -> Clip {
        Clip::new(vec![0.25; frames.get() as usize])
    }
}

fn millis(most: u64) -> impl Strategy<Value = Millis> {
    (0..=most).prop_map(Millis::new)
}

fn phase() -> impl Strategy<Value = Phase> {
    let action = prop_oneof![
        (1_u64..12_000).prop_map(|lasts| Action::Hold(Millis::new(lasts))),
        millis(5_000).prop_map(Action::Move),
        millis(5_000).prop_map(Action::BreatheIn),
        millis(5_000).prop_map(Action::BreatheOut),
    ];
    let words =
        prop_oneof![Just(""), Just("Hold"), Just("{side} arm, {other} leg"), Just("Breathe in slowly")];
    (words.clone(), words, action).prop_map(|(say, brief, action)| Phase {
        say: say.into(),
        brief: brief.into(),
        action,
    })
}

fn exercise(index: usize) -> impl Strategy<Value = Exercise> {
    let reps = (1_u32..5, vec(phase(), 1..4)).prop_map(|(count, phases)| Work::Reps { count, phases });
    let timed = (1_u64..100_000).prop_map(|lasts| Work::Timed(Millis::new(lasts)));
    let sides = prop_oneof![Just(Sides::None), Just(Sides::Each), Just(Sides::Alternate)];
    let position = prop_oneof![Just(Position::Standing), Just(Position::Supine), Just(Position::Prone)];
    let short = prop_oneof![
        Just(Short::Same),
        Just(Short::Skip),
        Just(Short::Change { reps: Some(1), sets: Some(1), duration: Some(Millis::new(1)) })
    ];
    (prop_oneof![reps, timed], sides, position, 1_u32..3, short).prop_map(
        move |(work, sides, position, sets, short)| Exercise {
            id: format!("exercise-{index}"),
            name: format!("Exercise {index}"),
            position,
            needs: vec!["chair".into()],
            instructions: vec!["Do this. Then do that.".into()],
            cue: Some("Do it.".into()),
            sides: if matches!(work, Work::Timed(_)) && sides == Sides::Alternate {
                Sides::Each
            } else {
                sides
            },
            sets,
            work,
            short,
        },
    )
}

prop_compose! {
    fn routine()(
        exercises in (1_usize..4).prop_flat_map(|count| (0..count).map(exercise).collect::<Vec<_>>()),
        (get_ready, switch, rest, set_rest, position_change) in
            (millis(5_000), millis(5_000), millis(12_000), millis(9_000), millis(9_000)),
    ) -> Routine {
        Routine {
            title: "Random".into(),
            summary: String::new(),
            source: None,
            language: "en".into(),
            opening: vec!["Take care.".into()],
            closing: vec!["Done.".into()],
            pace: Pace { get_ready, switch, rest, set_rest, position_change },
            exercises,
        }
    }
}

fn options() -> impl Strategy<Value = Options> {
    let length = prop_oneof![Just(Length::Full), Just(Length::Short)];
    let guidance = prop_oneof![Just(Guidance::Full), Just(Guidance::Brief), Just(Guidance::Minimal)];
    (length, guidance, millis(2_000)).prop_map(|(length, guidance, quiet_head)| Options {
        length,
        guidance,
        quiet_head,
        keep_awake: false,
    })
}

fn cues(plan: &Plan) -> (Vec<Cue>, Frames) {
    let (mut walk, mut cues) = (Walk::begin(plan, plan.start()), Vec::new());
    while walk.step(&mut Toy, &mut cues).expect("toy lengths are always known").is_some() {}
    (cues, walk.at())
}

/// The lengths of all holds that the routine's text promises, in order.
fn promised_holds(plan: &Plan) -> Vec<Frames> {
    let mut holds = Vec::new();
    for exercise in plan.exercises() {
        let turns = if exercise.sides == Sides::None { 1 } else { 2 };
        let one: Vec<Millis> = match &exercise.work {
            Work::Timed(lasts) => vec![*lasts],
            Work::Reps { phases, .. } => phases
                .iter()
                .filter_map(|phase| match phase.action {
                    Action::Hold(lasts) => Some(lasts),
                    _ => None,
                })
                .collect(),
        };
        let count = match exercise.work {
            Work::Timed(_) => 1,
            Work::Reps { count, .. } => count,
        };
        for _ in 0..exercise.sets * count * turns {
            holds.extend(one.iter().map(|lasts| lasts.frames()));
        }
    }
    holds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn cues_tile_the_timeline(routine in routine(), options in options()) {
        let plan = Plan::new(&routine, options);
        let (cues, whole) = cues(&plan);
        let mut at = Frames::ZERO;
        for cue in &cues {
            prop_assert_eq!(cue.at, at);
            prop_assert!(cue.frames > Frames::ZERO);
            at += cue.frames;
        }
        prop_assert_eq!(at, whole);
    }

    #[test]
    fn holds_are_exact_from_chime_to_chime(routine in routine(), options in options()) {
        let plan = Plan::new(&routine, options);
        let (cues, _) = cues(&plan);
        let heard = |wanted| {
            cues.iter().filter(move |cue| matches!(cue.what, What::Sound { sound, .. } if sound == wanted))
        };
        let starts: Vec<&Cue> = heard(Sound::HoldStart).collect();
        let lengths: Vec<Frames> =
            starts.iter().zip(heard(Sound::HoldEnd)).map(|(start, end)| end.at - start.at).collect();
        // Calls in a timed exercise may outlast it when it is shorter than they are; a hold has no calls.
        for (got, promised) in lengths.iter().zip(promised_holds(&plan)) {
            prop_assert!(*got == promised || *got > promised && promised >= Millis::from_secs(10).frames());
        }
        prop_assert_eq!(lengths.len(), promised_holds(&plan).len());
        // Ticks on whole seconds after the start chime, strictly inside, the last three seconds higher.
        for (start, lasts) in starts.iter().zip(&lengths).filter(|(start, _)| start.place.phase == "hold") {
            let end = start.at + *lasts;
            let ticks = cues.iter().filter(|cue| cue.at > start.at && cue.at < end);
            let mut expected = start.at + Millis::from_secs(1).frames();
            for cue in ticks {
                let What::Sound { sound, .. } = cue.what else { prop_assert_eq!(&cue.what, &What::Pause); continue };
                prop_assert_eq!(cue.at, expected);
                let high = end - cue.at <= Millis::from_secs(3).frames();
                prop_assert_eq!(sound, if high { Sound::TickHigh } else { Sound::Tick });
                expected += Millis::from_secs(1).frames();
            }
            prop_assert!(expected >= end);
        }
    }

    #[test]
    fn what_is_rendered_is_what_was_placed(routine in routine(), options in options()) {
        let plan = Plan::new(&routine, options);
        let (cues, whole) = cues(&plan);
        let mut rendered = Vec::new();
        let frames = samples(&plan, plan.start(), &mut Toy, |_| std::ops::ControlFlow::Continue(()), |block| {
            rendered.extend_from_slice(block);
            Ok(())
        }).expect("toy clips are always there");
        prop_assert_eq!(frames, whole);
        prop_assert_eq!(rendered.len() as u64, whole.get());
        for cue in cues {
            let heard = &rendered[cue.at.get() as usize..(cue.at + cue.frames).get() as usize];
            let level = match cue.what {
                What::Speech(_) => 0.5,
                What::Sound { .. } => 0.25,
                What::Pause => 0.0,
            };
            // The last 5 ms of a sound that was cut are a fade.
            let fade = if level == 0.25 { 240.min(heard.len()) } else { 0 };
            prop_assert!(heard[..heard.len() - fade].iter().all(|sample| *sample == level));
            prop_assert!(heard.iter().all(|sample| *sample <= level));
        }
    }

    #[test]
    fn chapters_cover_the_whole(routine in routine(), options in options()) {
        let plan = Plan::new(&routine, options);
        let survey = Survey::of(&plan, plan.start(), &mut Toy).expect("toy lengths are always known");
        let mut at = Frames::ZERO;
        for chapter in &survey.chapters {
            prop_assert_eq!(chapter.start, at);
            at = chapter.end;
        }
        prop_assert_eq!(at, survey.frames);
        prop_assert_eq!(survey.chapters.len(), plan.exercises().len() + 2);
    }

    #[test]
    fn a_walk_from_any_beat_is_the_rest_of_the_whole(routine in routine(), from in any::<prop::sample::Index>()) {
        let plan = Plan::new(&routine, Options::default());
        let all: Vec<_> = Beats::new(&plan, plan.start()).collect();
        let from = from.index(all.len());
        let rest: Vec<_> = Beats::new(&plan, all[from].0).collect();
        prop_assert_eq!(&rest, &all[from..]);
    }
}
