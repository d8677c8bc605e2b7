//! What words can be: numbers, verbs, names of exercises, parts of the body and the small words between them.

use crate::import::language::tag;

/// Numbers of times in one word.
pub const TIMES: &[(&str, f64)] = &[("once", 1.0), ("twice", 2.0), ("thrice", 3.0)];

pub const NUMBERS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("dozen", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fourty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
    ("half", 0.5),
    ("½", 0.5),
    ("¼", 0.25),
    ("¾", 0.75),
];

/// As in Sanskrit: "Vrksasana".
pub const NAME_ENDINGS: &[&str] = &["asana"];

pub const VERBS: &[(u128, &str)] = &[
    (tag::HOLD, "hold maintain stay remain pause sustain"),
    (tag::REST, "rest relax recover"),
    (
        tag::SETUP,
        "start begin lie lay sit stand kneel place put position get come assume set attach secure loop wrap \
             anchor tie fasten grasp grip grab interlace clasp support cross prop fix adopt find take face have use \
             roll-up recline position stagger",
    ),
    (
        tag::MOVE,
        "lift raise push pull press squeeze slide turn twist rotate tilt bring extend straighten stretch bend lean \
             arch round roll rock reach draw tuck curl flex point drop swing sweep spread open close circle move march \
             walk step hinge lengthen tighten contract engage clench shrug nod look drive hug touch kick jump shift sink \
             dip squat lunge pinch flap floss flatten retract elevate glide float fold pump brace rise shake wiggle scoop unfold \
             tense row jog hop lift clamp press-up push-up pulse sway inhale exhale breathe let make imagine activate \
             pedal massage rub bounce crunch curve exert apply go set-down shuffle stroke trace balance cycle skip \
             alternate perform-up hook dangle cup interlock bow nudge sway yield lock plant climb thrust hunch repeat-up pick hitch tap tip wave crawl creep peel stack transfer fan wring scrunch clap spell punch grind \
             wobble hollow write sidestep side-step",
    ),
    (tag::RETURN, "lower return release reverse unwind uncurl"),
    (tag::REPEAT, "repeat do perform complete aim try attempt continue practise practice execute finish"),
    (
        tag::CONTINUE,
        "continue carry roll march walk jog massage rock cycle pedal circle swing skip hop jump step bounce shake rub",
    ),
    (tag::SWITCH, "switch swap change alternate"),
    (tag::IN, "inhale"),
    (tag::OUT, "exhale"),
    (tag::BREATHE, "breathe"),
    (
        tag::TIP,
        "keep avoid ensure remember focus feel imagine allow maintain think try be concentrate use don't notice \
             make visualise visualize never",
    ),
];

pub const WORDS: &[(u128, &str)] = &[
    (
        tag::NAME,
        "stretch stretches pose raise raises lift lifts curl curls bridge bridges plank planks squat squats lunge \
             lunges twist twists rotation rotations tilt tilts roll rolls rolling slide slides press presses extension \
             extensions flexion row rows fly flies clam clams clamshell clamshells dog dogs cat cats cow cows camel cobra cobras angel angels \
             tuck tucks nod nods retraction retractions circle circles pull pulls push pushes dip dips kick kicks march \
             marching walk walks hug hugs bend bends step steps crunch crunches stand squeeze squeezes hold holds drop drops \
             swing swings pendulum pendulums climb climbs climber climbers thrust thrusts hinge hinges abduction adduction sit bug butterfly superman locust child's \
             baby pigeon sphinx frog thread needle opener openers reach reaches release glide glides shrug shrugs wag \
             wags figure breathing breath rolls massage pump pumps deadlift deadlifts pushup pushups pullover wall-sit \
             touch touches balance hundred bicycle windmill tap taps turn turns mobilisation mobilization isometric \
             isometrics situp situps ups drill flick flicks circling rock rocks rocking slump pendulum crawl crawls walkout \
             climbers burpees jacks jack swimmer swimmers swimming twisting flexor triangle warrior mountain corpse lotus \
             eagle pronation supination inversion eversion dorsiflexion rowing swan saw teaser bird bow \
             sweep sweeps depression elevation protraction contraction contractions clock clocks alphabet pull-apart apart \
             pulldown kickback kickbacks nodding rotator decompression shift shifts scoop hover monster star side-bend fold \
             wave waves lean leans marches stepping stance flys flye flyes pushdown pushdowns shake shakes bracing \
             catcow catcamel yawn blink hydrant hydrants salutation salutations skater skaters thruster thrusters wiper \
             wipers burpee inchworm inchworms pulses halos jumps hops hangs dislocates chops negatives transitions",
    ),
    (
        tag::PART,
        "back head neck shoulder shoulders arm arms elbow elbows wrist wrists hand hands palm palms finger fingers \
             thumb thumbs chest spine hip hips pelvis leg legs knee knees thigh thighs calf calves ankle ankles foot feet \
             toe toes heel heels chin ear ears tailbone buttock buttocks bottom glutes glute stomach belly abdomen abs \
             hamstring hamstrings quad quads core torso trunk ribs waist forearm forearms forehead eyes blades blade body \
             fists fist nose collarbone navel tummy shin shins soles groin face jaw bellybutton trunk breastbone legs",
    ),
    (
        tag::SIDE,
        "side sides leg legs arm arms hand hands foot feet knee knees direction directions way shoulder shoulders \
             ankle ankles wrist wrists elbow elbows hip hips limb limbs ear thigh thighs calf heel heels",
    ),
    (tag::LEFT, "left l/h l"),
    (tag::RIGHT, "right r/h r"),
    (tag::EACH, "each every per either"),
    (tag::BOTH, "both"),
    (tag::OTHER, "other opposite"),
    (
        tag::FUNCTION,
        "if when this these those it there you we i your for to as because although while unless since what why how \
             is are was were and but or so not no my he she they who which that don't can please in at by from after \
             before during also however always never once here our let's its see click read share with all some many most \
             if you're it's i've i'm we've they're will would should could do does did has have",
    ),
    (tag::YOU, "you your yourself you're you'll"),
    (
        tag::ADVERB,
        "slowly gently then now next first firstly second secondly third finally lastly carefully simply again just \
             and gradually smoothly also afterwards lightly firmly softly steadily please still quickly meanwhile always \
             only instead actively alternately immediately briefly deliberately deeply that's",
    ),
    (
        tag::FILLER,
        "full slow deep good controlled complete consecutive long steady gentle more further additional calm quick \
             short easy normal of total repeated smooth in-breaths natural big large whole separate even continuous extra \
             solid successful strong rapid small the a",
    ),
    (tag::SECONDS, "second seconds sec secs s seconds' count counts"),
    (tag::COUNT, "count counts"),
    (tag::MINUTES, "minute minutes min mins minutes'"),
    (tag::HOURS, "hour hours hr hrs"),
    (tag::TIMES, "time times rep reps repetition repetitions repeats x cycles"),
    (tag::REPS, "rep reps repetition repetitions repeats"),
    (tag::ROUNDS, "round rounds"),
    (tag::TOTAL, "altogether total overall"),
    (tag::IN_ALL, "all row"),
    (tag::UP, "up"),
    (tag::GOING, "going moving"),
    (tag::OVER, "over around round onto against under behind beside"),
    (tag::DOWN, "down"),
    (tag::SETS, "set sets lots round rounds circuit circuits"),
    (tag::BREATHS, "breath breaths"),
    (
        tag::OTHER_UNIT,
        "degree degrees inch inches cm centimetres centimeters kg kgs lb lbs pound pounds foot feet metre metres meter \
             meters percent mm ft minutes' hours' years year weeks months days week month exercises exercise stretches \
             poses reasons tips ways types muscles people adults vertebrae bones pages minutes-long angles variations versions options",
    ),
    (
        tag::PERIOD,
        "day days daily week weeks weekly hour hourly morning evening night month fortnight afternoon nightly session",
    ),
    (tag::PER, "a per each every an or / x"),
    (tag::RANGE, "to or"),
    (tag::ABOUT, "about approximately around roughly approx least up most another"),
    (
        tag::WEAK,
        "take use have find make let go get set apply look imagine start begin adopt exert face come do try move change \
             trace starting beginning coming getting taking using finding making going prop",
    ),
    (
        tag::LEADING,
        "with while from in into on to for as when using keeping lying sitting standing kneeling once after at",
    ),
    (
        tag::COPULA,
        "is are was were can may helps help has have will should does means makes targets works feels",
    ),
    (tag::NAME, "walking jogging"),
    (tag::CONTINUE, "going"),
    (tag::SEVERAL, "several few couple"),
    (tag::TEMPO, "over take taking using spend spending"),
    (tag::BETWEEN, "between"),
    (tag::ONES, "ones these those them"),
    (
        tag::CONDITION,
        "good bad affected unaffected injured uninjured operated unoperated sore painful strong stronger weak weaker \
             healthy stiff tight",
    ),
    (
        tag::REPETITIVE,
        "circles floss flossing flap flapping wiggle wiggling shake shaking swing swinging pedal pedalling flutter massage \
             massaging roller flow flowing rock rocking continuously rhythmically",
    ),
    (tag::MOTIONLESS, "still motionless"),
    (tag::TOGETHER, "together simultaneously"),
    (tag::OF, "of"),
    (tag::FOR, "for"),
    (tag::AND, "and"),
    (tag::INDEFINITE, "a an"),
    (tag::DEFINITE, "the"),
    (tag::COUPLE, "couple"),
    (tag::RATE, "per"),
    (tag::TIME_NOUN, "time"),
    (tag::SESSION, "session"),
    (tag::DAYS, "days"),
    (tag::INSIDE, "in"),
    (tag::BEFORE, "before"),
    (tag::AS, "as"),
    (tag::OUTSIDE, "out"),
    (tag::THIS, "this"),
    (tag::HOLD_NOUN, "hold"),
    (tag::NOW, "now"),
    (tag::SAME, "same again"),
    (tag::OPPOSITE, "opposite"),
    (tag::AFTER, "after"),
    (tag::AGAIN, "repeat"),
    (tag::DO, "do"),
    (tag::ON, "on"),
    (tag::UNTIL, "until"),
    (tag::AT, "at"),
    (tag::EXERCISES, "exercises"),
    (tag::KEEP, "keep"),
    (tag::KEEPING, "keeping"),
    (tag::POSSESSIVE, "your"),
    (tag::TO, "to"),
    (tag::EXERCISE, "exercise"),
    (tag::HERE, "here there"),
    (tag::RECOVER, "recover"),
    (tag::ATTEMPT, "try continue"),
    (tag::HELD_NOUN, "position posture contraction isometric stretch squeeze holds stretches squeezes"),
    (tag::BREAK, "break recovery"),
    (tag::MORE, "more further additional"),
    (tag::THROUGHOUT, "during throughout through"),
    (tag::WAY, "side sides direction directions way"),
    (tag::LASTING, "for this here there about"),
    (tag::LABELLING, "and of number hold time side"),
    (
        tag::TURN,
        "direction directions forward forwards backward backwards clockwise anticlockwise counterclockwise sideways",
    ),
    (tag::LOCATES, "in at of from under between"),
    (tag::DONE_ON, "on with for"),
    (tag::LEADS_SIDE, "the your on with to"),
    (tag::ORDINAL_ENDING, "st nd rd th"),
    (tag::ENDS_NAME, "which that and where to by with for on in comes come next per each"),
    (tag::THROUGH, "through on with for per each"),
    (tag::ENDS_COUNT, "on with for to more"),
    (tag::BEFORE_COUNT, "for of to this exercise the it count"),
    (tag::NO_LENGTH, "every within in takes first last next by"),
    (tag::DETERMINER, "the this that a of your each every these"),
    (tag::POINTING, "this these that it those"),
    (tag::TOWARDS, "the to on your"),
    (tag::NO_SIDE, "angle angles away under above below behind next over before after now in at"),
    (tag::ALTERNATE, "alternate alternates alternating alternately"),
    (tag::RELAX, "relax"),
    (tag::BEING, "is are"),
    (
        tag::ROUTINE,
        "workout workouts routine routines programme program session sessions sequence class video plan challenge \
             appointment exercises hiit tabata warmup warm-up cooldown flow read",
    ),
    (tag::WHOLE, "sequence circuit cycle whole series entire"),
    (tag::SECOND, "second another"),
    (tag::DEFINES, "is that's equals makes completes as counts"),
    (tag::OFF, "off"),
    (tag::ONE, "one"),
    (tag::THEN, "then followed"),
    (tag::LIE, "lie lying sit sitting stand standing kneel kneeling"),
    (tag::MODAL, "will should can must may need want then slowly now"),
    (
        tag::KINDS,
        "exercise exercises stretch stretches pose poses move moves movement movements slide drill drills asana activity",
    ),
    (
        tag::DESCRIBES,
        "helps help helping improves improve strengthens relieves relieve targets benefits benefit because designed \
             popular promotes great excellent effective important research studies prevents reduces loosens mobilises \
             also known",
    ),
];

/// "Fire hydrants (both sides)", but not "side press" or "rectus".
pub fn is_plural(name: &str) -> bool {
    let name = name.split(" (").next().unwrap_or(name).trim_end().to_ascii_lowercase();
    name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us") && !name.ends_with("is")
}

/// The present participle: "lying", "sitting", "placing", "lifting".
pub fn ing(verb: &str) -> String {
    let bytes = verb.as_bytes();
    let vowel = |at: usize| bytes.get(at).is_some_and(|b| b"aeiou".contains(b));
    let n = bytes.len();
    match verb {
        "lie" | "tie" => format!("{}ying", &verb[..n - 2]),
        "be" => "being".to_owned(),
        "rotate" => "rotating".to_owned(),
        _ if verb.ends_with('e') && !verb.ends_with("ee") => format!("{}ing", &verb[..n - 1]),
        // A short vowel between single consonants doubles the last: sit, sitting.
        _ if (3..=4).contains(&n)
            && !vowel(n - 1)
            && vowel(n - 2)
            && !vowel(n.wrapping_sub(3))
            && !b"wxy".contains(&bytes[n - 1]) =>
        {
            format!("{verb}{}ing", &verb[n - 1..])
        }
        _ => format!("{verb}ing"),
    }
}
