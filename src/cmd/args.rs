//! What is typed: the command line as clap reads it. Nothing here has been checked beyond its form.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::plan::Guidance;
use crate::render::{Bits, FORMATS, Quality};
use crate::voice::Speed;

#[derive(Debug, Parser)]
#[command(
    name = "floorcoach",
    version,
    about = "Voice-guided exercise routines: it tells you what to do, counts, and ticks through the holds",
    after_help = "Examples:
  floorcoach play                                   the upper-back routine, now
  floorcoach play desk-break                        a few minutes beside the desk
  floorcoach play upper-back --short --from bridge  the short form, from one exercise on
  floorcoach render upper-back -o back.mp3          a file for the phone
  floorcoach show upper-back                        what is in it, and when
  floorcoach new my-back                            begin a routine of your own",
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Speak a routine through the sound output
    #[command(
        after_help = "Keys: space pauses, n next exercise, p again or previous, w where am I, x this hurts,
+ and - volume, q quits, ? shows them all."
    )]
    Play {
        /// A built-in name, a name in your routine folder, a path, or - for standard input
        #[arg(default_value = crate::library::DEFAULT, value_hint = ValueHint::FilePath)]
        routine: String,
        /// Note nothing of this session: neither what was done nor where it was left
        #[arg(long)]
        no_log: bool,
        #[command(flatten)]
        score: Score,
    },
    /// Go on with the exercise in which the last session was left
    Resume {
        /// Note nothing of this session
        #[arg(long)]
        no_log: bool,
        #[command(flatten)]
        score: Score,
    },
    /// Show what was done: the last sessions, days in a row, minutes per week
    Log {
        /// All of it, as JSON
        #[arg(long)]
        json: bool,
    },
    /// Test sound output, voice, sounds and everything else, and tell what to do
    Doctor {
        /// Then play a sentence, a tick and a chime, one after the other
        #[arg(long)]
        by_ear: bool,
        #[command(flatten)]
        score: Score,
    },
    /// Write routines to sound files
    Render(Box<Render>),
    /// Show what a routine consists of, and when
    Show {
        /// A built-in name, a name in your routine folder, a path, or - for standard input
        #[arg(value_hint = ValueHint::FilePath)]
        routine: String,
        /// Every cue with its exact frame, as JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        score: Score,
    },
    /// List the routines there are
    List,
    /// Tell every problem of routine files at once
    Check {
        /// The files to check, or - for standard input
        #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
        files: Vec<String>,
    },
    /// Begin a routine of your own from a commented template
    New {
        /// What it will be called
        name: String,
        /// Where to write it, if not into your routine folder
        #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Make a routine of an article: a handout, a web page, an e-mail
    #[command(after_help = "Example:
  pdftotext handout.pdf - | floorcoach import - -o my-back.toml")]
    Import {
        /// The article, as text, HTML or Markdown, or - for standard input
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        article: String,
        #[command(flatten)]
        options: ImportOptions,
    },
    /// Print completions for a shell
    Completions { shell: Shell },
    /// Print the manual page
    Man,
    /// Print the licences of what this program contains
    Licenses,
    /// Tell by the exit code whether sound can be played
    #[command(hide = true)]
    ProbeOutput,
    /// Speak what standard input says by the voice of the system: the process that `play` starts for it
    #[command(hide = true, name = super::performer::HELPER)]
    SystemVoice {
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        language: String,
        #[arg(long)]
        speed: Speed,
        #[arg(long, allow_negative_numbers = true)]
        pitch: i32,
        #[arg(long)]
        volume: f32,
    },
    /// Do what `play` does until the first word, and end: for measuring how soon it is there
    #[command(hide = true)]
    FirstSample {
        routine: String,
        #[command(flatten)]
        score: Score,
    },
}

/// How an article is read, and where the routine goes.
#[derive(Debug, Clone, Default, Args)]
pub struct ImportOptions {
    /// The routine file to write, if not to standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Replace the file if it is there already
    #[arg(long)]
    pub force: bool,
    /// Of ranges such as 8 to 12 take the upper end
    #[arg(long)]
    pub ambitious: bool,
    /// What was understood, as JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Ask about what is unsure
    #[arg(long)]
    pub interactive: bool,
    /// What the article is written in, whatever its ending
    #[arg(long, value_name = "NAME")]
    pub format: Option<ArticleFormat>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ArticleFormat {
    Text,
    Html,
    Markdown,
}

#[derive(Debug, Clone, Args)]
pub struct Render {
    /// Built-in names, names in your routine folder, paths, or - for standard input
    #[arg(value_name = "ROUTINE", value_hint = ValueHint::FilePath, required_unless_present = "routines")]
    pub routine: Vec<String>,
    /// More routines: all that `list` shows, or some of them
    #[arg(long, value_name = "all|NAME,...", value_delimiter = ',')]
    pub routines: Vec<String>,
    /// The file to write; its ending names the format. - for standard output. For several files their folder
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: PathBuf,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub encoding: Encoding,
    #[command(flatten)]
    pub score: Score,
}

/// What render is told about the file.
#[derive(Debug, Clone, Default, Args)]
pub struct Encoding {
    /// The format, whatever the ending of the file; for several files the one of all
    #[arg(long, value_name = "NAME", value_parser = formats(), help_heading = "File")]
    pub format: Option<String>,
    /// How good mp3, opus, ogg, m4a and m4b sound, and so how large they are
    #[arg(long, value_name = "LEVEL", help_heading = "File")]
    pub quality: Option<QualityArg>,
    /// The bit rate of mp3, opus, ogg, m4a and m4b, instead of what the quality would choose
    #[arg(long, value_name = "KBIT", help_heading = "File")]
    pub bitrate: Option<u32>,
    /// The bits of a sample in wav and flac (16, if not told)
    #[arg(long, value_name = "BITS", help_heading = "File")]
    pub bits: Option<BitsArg>,
    /// One file for each exercise, numbered, with a playlist, in a folder
    #[arg(long, help_heading = "File")]
    pub split: bool,
    /// How loud the file is, in LUFS, or off to leave it as it is played [default: -16]
    #[arg(long, value_name = "LUFS", allow_hyphen_values = true, help_heading = "File")]
    pub loudness: Option<String>,
    /// Write captions beside the file: lrc, vtt, srt
    #[arg(long, value_name = "FORMAT,...", value_delimiter = ',', help_heading = "File")]
    pub captions: Vec<String>,
    /// The picture that players show, a PNG or JPEG
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "File")]
    pub cover: Option<PathBuf>,
    /// The date that players show: 2026, 2026-05 or 2026-05-31
    #[arg(long, help_heading = "File")]
    pub date: Option<String>,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name))
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum QualityArg {
    Low,
    Normal,
    High,
}

impl From<QualityArg> for Quality {
    fn from(arg: QualityArg) -> Self {
        match arg {
            QualityArg::Low => Self::Low,
            QualityArg::Normal => Self::Normal,
            QualityArg::High => Self::High,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum BitsArg {
    #[value(name = "16")]
    Sixteen,
    #[value(name = "24")]
    TwentyFour,
}

impl From<BitsArg> for Bits {
    fn from(arg: BitsArg) -> Self {
        match arg {
            BitsArg::Sixteen => Self::Sixteen,
            BitsArg::TwentyFour => Self::TwentyFour,
        }
    }
}

/// What play, render and show have in common: together they say which timeline is meant.
#[derive(Debug, Clone, Default, Args)]
pub struct Score {
    /// Fewer repetitions, and only some of the exercises
    #[arg(long, help_heading = "Routine")]
    pub short: bool,
    /// All of it (the default); render takes both and makes two files
    #[arg(long, help_heading = "Routine")]
    pub full: bool,
    /// How much is said
    #[arg(long, value_name = "AMOUNT", help_heading = "Routine")]
    pub guidance: Option<GuidanceArg>,
    /// Begin at this exercise (its id, its name or its number)
    #[arg(long, value_name = "EXERCISE", help_heading = "Routine")]
    pub from: Option<String>,
    /// Wait before each exercise until you are ready; a file leaves time instead
    #[arg(long, help_heading = "Routine")]
    pub wait: bool,
    /// Who speaks: natural, espeak-ng, piper, say, command (from the config file), or system:NAME (aloud only)
    #[arg(long, value_name = "NAME", help_heading = "Voice")]
    pub voice: Option<String>,
    /// How fast to speak, 0.5 to 2.0
    #[arg(long, value_name = "FACTOR", help_heading = "Voice")]
    pub speed: Option<String>,
    /// Louder (+) or softer (-) words than the sounds, in decibels
    #[arg(long, value_name = "DB", allow_negative_numbers = true, help_heading = "Voice")]
    pub voice_volume: Option<f32>,
    /// How high the system's voice speaks, -100 to 100
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, help_heading = "Voice")]
    pub voice_pitch: Option<i32>,
    /// Do not read or keep spoken phrases on disk
    #[arg(long, help_heading = "Voice")]
    pub no_cache: bool,
    /// A folder with sounds of your own: tick.wav, hold-start.mp3 ...
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Sounds")]
    pub sounds: Option<PathBuf>,
    /// Louder (+) or softer (-) sounds than the words, in decibels
    #[arg(long, value_name = "DB", allow_negative_numbers = true, help_heading = "Sounds")]
    pub sound_volume: Option<f32>,
    /// Quiet at the head, for speakers that have to wake up [default: 0.5s]
    #[arg(long, value_name = "TIME", help_heading = "Sounds")]
    pub lead_in: Option<String>,
    /// An inaudible tone under everything, for speakers that fall asleep in silence
    #[arg(long, help_heading = "Sounds")]
    pub keep_awake: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GuidanceArg {
    /// Everything: instructions, phases, counts
    Full,
    /// Names, one line each, counts
    Brief,
    /// Names and sounds
    Minimal,
}

impl From<GuidanceArg> for Guidance {
    fn from(arg: GuidanceArg) -> Self {
        match arg {
            GuidanceArg::Full => Self::Full,
            GuidanceArg::Brief => Self::Brief,
            GuidanceArg::Minimal => Self::Minimal,
        }
    }
}
