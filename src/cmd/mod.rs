//! The command line: the only place where the stages are joined.

mod args;
mod check;
mod config;
mod doctor;
mod first_sample;
mod import;
mod import_report;
mod interrupt;
mod job;
mod list;
mod live;
mod log;
mod man;
mod new;
mod notes;
mod order;
mod performer;
mod places;
mod play;
mod progress;
mod render;
mod resume;
mod settings;
mod show;
mod studio;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser};

use crate::library::{Library, LibraryError};
use crate::plan::Plan;
use crate::time::Frames;
use crate::voice::Pool;
use crate::voice::system::{self, Manner};
use args::{Cli, Command};
use places::Places;
use settings::Settings;

const FAILED: u8 = 1;
const WRONG_COMMAND_LINE: u8 = 2;
const INTERRUPTED: u8 = 130;

/// Why a command did not do what was asked, with what to tell the user.
#[derive(Debug)]
pub enum Failure {
    Failed(String),
    Usage(String),
    Interrupted(String),
}

impl Failure {
    fn failed(message: impl Display) -> Self {
        Self::Failed(message.to_string())
    }

    fn usage(message: impl Display) -> Self {
        Self::Usage(message.to_string())
    }
}

/// Runs the program on the process's arguments and tells its exit code.
pub fn main() -> ExitCode {
    let outcome = run(Cli::parse());
    let (message, code) = match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Failed(message)) => (message, FAILED),
        Err(Failure::Usage(message)) => (message, WRONG_COMMAND_LINE),
        Err(Failure::Interrupted(message)) => (message, INTERRUPTED),
    };
    if !message.is_empty() {
        complain(&message);
    }
    ExitCode::from(code)
}

/// Options → routine → plan → voice and sounds → timeline → play, render or show.
fn run(cli: Cli) -> Result<(), Failure> {
    let places = Places::find();
    let library = Library::new(places.routines.clone());
    match cli.command {
        Command::Play { routine, no_log, score } => play::run(&library, &routine, score, no_log, places),
        Command::Resume { no_log, score } => resume::run(&library, score, no_log, places),
        Command::Log { json } => log::run(&places, json),
        Command::Doctor { by_ear, score } => doctor::run(score, places, by_ear),
        Command::Render(wanted) => render::run(&library, places, *wanted),
        Command::Show { routine, json, score } => {
            let settings = Settings::new(score, places)?;
            let (name, plan) = plan(&library, &routine, &settings)?;
            let from = settings.start(&plan)?;
            if json { show::json(&name, plan, from, &settings) } else { show::table(plan, from, &settings) }
        }
        Command::List => list::run(&library),
        Command::Check { files } => check::run(&files, &library),
        Command::New { name, output } => new::run(&name, output, &library),
        Command::Import { article, options } => import::run(&article, options),
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "floorcoach", &mut text);
            show::print(&String::from_utf8_lossy(&text))
        }
        Command::Man => man::run(),
        Command::Licenses => show::print(&licenses()),
        Command::ProbeOutput => play::probe(),
        Command::SystemVoice { name, language, speed, pitch, volume } => {
            let ended = system::helper::run(&Manner { name, language, speed, pitch, volume });
            // What happened has been told to whoever started it.
            if ended { Ok(()) } else { Err(Failure::Failed(String::new())) }
        }
        Command::FirstSample { routine, score } => {
            let settings = Settings::new(score, places)?;
            let (_, plan) = plan(&library, &routine, &settings)?;
            let from = settings.start(&plan)?;
            first_sample::run(plan, from, &settings)
        }
    }
}

/// Finds and reads a routine, and applies the options to it.
fn plan(library: &Library, wanted: &str, settings: &Settings) -> Result<(String, Arc<Plan>), Failure> {
    let found = library.find(wanted).map_err(Failure::failed)?;
    let routine = found.routine().map_err(|problems| Failure::failed(problems.render(colours())))?;
    Ok((found.name, Arc::new(Plan::new(&routine, settings.options))))
}

impl From<LibraryError> for Failure {
    fn from(error: LibraryError) -> Self {
        Self::failed(error)
    }
}

fn licenses() -> String {
    const OWN: &str = concat!(
        "Floorcoach is licensed under MIT OR Apache-2.0, as you like.\n\n",
        include_str!("../../LICENSE-MIT"),
        "\n",
        include_str!("../../NOTICE"),
    );
    let voice = crate::voice::natural::licences();
    format!("{OWN}{}", voice.map_or_else(String::new, |text| format!("\n{text}")))
}

/// Whether messages may be coloured: standard error is a terminal, and the user has not objected.
fn colours() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A line on standard error. One that nobody reads any more (`2>&1 | head`), or a full disk behind it, is no reason to
/// fail, let alone to panic as `eprintln!` does: the exit code still tells.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn complain(message: &str) {
    // Problems of a routine bring their own heading with each of them.
    let own_heading = message.starts_with("error") || message.starts_with('\u{1b}');
    tell(&format!("{}{message}", if own_heading { "" } else { "error: " }));
}

fn warn(message: &str) {
    tell(&format!("note: {message}"));
}

fn warn_all(pool: &Pool) {
    pool.notices().try_iter().for_each(|notice| warn(&notice));
}

fn exercises(count: usize) -> String {
    if count == 1 { "1 exercise".to_owned() } else { format!("{count} exercises") }
}

/// A place in time as people read it: `4:07`, `1:02:33`.
fn clock(at: Frames) -> String {
    let seconds = (at.millis().get() + 500) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}
