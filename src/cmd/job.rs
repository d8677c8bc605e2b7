//! What one call of `render` has to do: a job for each routine and length, each with its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::Render;
use super::order::{Told, failure, length_name};
use super::settings::Settings;
use super::{Failure, colours};
use crate::library::{Found, Library};
use crate::plan::{Cursor, Length, Options, Plan};
use crate::render::{Output, RenderError, Target, Track, file_name};
use crate::timeline::chapter_titles;

/// `--routines` with this means every one there is.
const ALL: &str = "all";

/// One routine at one length.
pub struct Job {
    /// For people: `upper-back short`.
    pub label: String,
    pub plan: Arc<Plan>,
    pub from: Cursor,
    pub output: Output,
    pub about: Track,
    /// Folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
}

impl Job {
    /// Removes the folders that were made for it, if nothing is in them.
    pub fn tidy(&self) {
        tidy(&self.made);
    }
}

fn tidy(made: &[PathBuf]) {
    // It fails where something is in it, which is as it should be.
    made.iter().for_each(|folder| drop(fs::remove_dir(folder)));
}

/// Everything that is wanted, with what can be checked before the work.
///
/// # Errors
/// When a routine has problems, or a file has no place.
pub fn jobs(
    library: &Library,
    settings: &Settings,
    told: &Told,
    wanted: &Render,
) -> Result<Vec<Job>, Failure> {
    let lengths = match (wanted.score.short, wanted.score.full) {
        (true, true) => vec![Length::Full, Length::Short],
        _ => vec![settings.options.length],
    };
    let found = routines(library, wanted)?;
    let several = found.len() * lengths.len() > 1;
    if (several || told.split) && wanted.output.as_os_str() == "-" {
        return Err(failure(RenderError::NothingBeside));
    }
    let mut jobs = Vec::new();
    for found in &found {
        for &length in &lengths {
            match (Request { settings, told, wanted, several }).job(found, length) {
                Ok(job) => jobs.push(job),
                Err(error) => {
                    jobs.iter().rev().for_each(Job::tidy);
                    return Err(error);
                }
            }
        }
    }
    Ok(jobs)
}

/// What holds for every job.
struct Request<'a> {
    settings: &'a Settings,
    told: &'a Told,
    wanted: &'a Render,
    /// The output is a folder for all of them.
    several: bool,
}

impl Request<'_> {
    fn job(&self, found: &Found, length: Length) -> Result<Job, Failure> {
        let Self { settings, told, .. } = self;
        let routine = found.routine().map_err(|problems| Failure::failed(problems.render(colours())))?;
        let plan = Arc::new(Plan::new(&routine, Options { length, ..settings.options }));
        let from = settings.start(&plan)?;
        let titles = chapter_titles(&plan, from);
        let mut made = Vec::new();
        let output = self.output(found, length, &titles, &mut made).inspect_err(|_| tidy(&made))?;
        let parts = if told.split { titles.len() } else { 1 };
        let about = told.about(&plan, &found.name, length, parts);
        Ok(Job { label: format!("{} {}", found.name, length_name(length)), plan, from, output, about, made })
    }

    /// The files, whose folder is made if need be and noted in `made`.
    fn output(
        &self,
        found: &Found,
        length: Length,
        titles: &[String],
        made: &mut Vec<PathBuf>,
    ) -> Result<Output, Failure> {
        let Self { told, wanted, several, .. } = self;
        let (force, format) = (wanted.force, told.format.as_deref());
        if *several || told.split {
            make(&wanted.output, made)?;
        }
        let name = format!("{}-{}", file_name(&found.name), length_name(length));
        let output = match (told.split, *several) {
            (true, false) => Output::split(&wanted.output, &found.name, titles, told.encoding(), force),
            (true, true) => {
                let folder = wanted.output.join(&name);
                make(&folder, made)?;
                Output::split(&folder, &found.name, titles, told.encoding(), force)
            }
            (false, true) => {
                let format = format.ok_or(RenderError::NoFormat).map_err(failure)?;
                let path = wanted.output.join(format!("{name}.{format}"));
                let target =
                    Target::new(&path, force, Some(format), told.options.clone()).map_err(failure)?;
                Output::whole(target, &told.captions, force)
            }
            (false, false) => {
                let target =
                    Target::new(&wanted.output, force, format, told.options.clone()).map_err(failure)?;
                Output::whole(target, &told.captions, force)
            }
        };
        output.map_err(failure)
    }
}

/// Makes a folder if there is none, and notes it.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if folder.is_dir() {
        return Ok(());
    }
    let fault = |error| match folder.exists() {
        true => Failure::usage(format!("`{}` is a file; for several files name a folder", folder.display())),
        false => Failure::failed(format!("cannot make the folder `{}`: {error}", folder.display())),
    };
    fs::create_dir(folder).map_err(fault)?;
    made.insert(0, folder.to_owned());
    Ok(())
}

fn routines(library: &Library, wanted: &Render) -> Result<Vec<Found>, Failure> {
    let mut found: Vec<Found> = Vec::new();
    for name in wanted.routine.iter().chain(&wanted.routines) {
        let named = match name == ALL && wanted.routines.contains(name) {
            true => library.all(),
            false => vec![library.find(name).map_err(Failure::failed)?],
        };
        for new in named {
            match found.iter().find(|old| old.name == new.name) {
                None => found.push(new),
                // Named once, and once more by `all`.
                Some(old) if old.origin == new.origin => {}
                Some(_) => {
                    return Err(Failure::usage(format!(
                        "two of the routines are called `{}`; their files would have one name",
                        new.name
                    )));
                }
            }
        }
    }
    Ok(found)
}
