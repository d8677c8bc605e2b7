//! `import`: an article becomes a routine file, with a report of what was understood and what was left out.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use super::args::{ArticleFormat, ImportOptions};
use super::{Failure, import_report, show, tell};
use crate::import::{Format, Imported, LARGEST_ARTICLE, Sure, import};
use crate::library::is_path;

pub fn run(article: &str, wanted: ImportOptions) -> Result<(), Failure> {
    let piped = article == "-";
    if piped && wanted.interactive {
        return Err(Failure::usage(
            "`--interactive` reads your answers from standard input; name the article's file instead of `-`",
        ));
    }
    if let Some(output) = &wanted.output {
        free(output, wanted.force)?;
    }
    let bytes = read(article)?;
    let name = if piped { "standard input" } else { article };
    let format = wanted.format.map(Format::from).or_else(|| by_ending(article));
    let mut imported = import(&bytes, name, format).map_err(Failure::failed)?;
    if wanted.interactive {
        ask(&mut imported, &mut io::stdin().lock(), &mut io::stderr().lock())
            .map_err(|error| Failure::failed(format!("cannot ask: {error}")))?;
    }
    let text = imported.toml(wanted.ambitious).map_err(Failure::failed)?;
    if let Some(output) = &wanted.output {
        write(output, &text)?;
    }
    let report = match wanted.json {
        true => import_report::json(&imported, &text)?,
        false => import_report::table(&imported),
    };
    match (&wanted.output, wanted.json) {
        (Some(output), false) => show::print(&format!("{report}{}", next(output))),
        (_, true) => show::print(&report),
        (None, false) => {
            tell(report.trim_end());
            show::print(&text)
        }
    }
}

impl From<ArticleFormat> for Format {
    fn from(format: ArticleFormat) -> Self {
        match format {
            ArticleFormat::Text => Self::Text,
            ArticleFormat::Html => Self::Html,
            ArticleFormat::Markdown => Self::Markdown,
        }
    }
}

fn by_ending(article: &str) -> Option<Format> {
    let ending = Path::new(article).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "md" | "markdown" => Some(Format::Markdown),
        _ => None,
    }
}

fn read(article: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    // No more than is needed to see that it is too much.
    let most = LARGEST_ARTICLE as u64 + 1;
    if article == "-" {
        let input = io::stdin().lock().take(most).read_to_end(&mut bytes);
        input.map_err(|error| {
            Failure::failed(format!("cannot read the article from standard input: {error}"))
        })?;
        return Ok(bytes);
    }
    let path = Path::new(article);
    if path.is_dir() {
        return Err(Failure::failed(format!("`{article}` is a folder; name an article in it")));
    }
    let read = fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    read.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::failed(format!("there is no file `{article}`; check the path")),
        _ => Failure::failed(format!("cannot read `{article}`: {error}")),
    })?;
    Ok(bytes)
}

/// Whether something may be written to `output`: told before any work is done or question asked.
fn free(output: &Path, force: bool) -> Result<(), Failure> {
    let shown = output.display();
    if output.is_dir() {
        return Err(Failure::failed(format!(
            "`{shown}` is a folder; name a file in it, such as `{}`",
            output.join("my-routine.toml").display()
        )));
    }
    // `symlink_metadata`: a dangling link is in the way, too.
    if !force && output.symlink_metadata().is_ok() {
        return Err(Failure::failed(format!(
            "`{shown}` is there already; choose another name, or replace it with `--force`"
        )));
    }
    Ok(())
}

/// Written beside its place and renamed when whole, so that an older file is never harmed.
fn write(output: &Path, text: &str) -> Result<(), Failure> {
    let fault = |error: io::Error| Failure::failed(format!("cannot write `{}`: {error}", output.display()));
    let mut file = AtomicWriteFile::open(output).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(fault)?;
    file.commit().map_err(fault)
}

fn next(output: &Path) -> String {
    let shown = output.display().to_string();
    // A bare name would mean a routine of the library.
    let shown = if is_path(&shown) { shown } else { PathBuf::from(".").join(output).display().to_string() };
    format!("Look over `{shown}`, then `floorcoach play {shown}`.\n")
}

/// Asks whether what is unsure is an exercise, and for the counts that the text does not tell. An empty answer, or the
/// end of the input, keeps what was understood.
fn ask(imported: &mut Imported, answers: &mut impl BufRead, out: &mut impl Write) -> io::Result<()> {
    let mut kept = Vec::new();
    for mut exercise in std::mem::take(&mut imported.exercises) {
        if exercise.sure != Sure::Sure {
            let question = format!("Line {}: is “{}” an exercise? [Y/n]", exercise.line, exercise.name);
            if answer(&question, answers, out)?.to_lowercase().starts_with('n') {
                imported.leave(&exercise, "you said that it is none");
                continue;
            }
            exercise.sure = Sure::Sure;
        }
        if !exercise.is_counted() {
            let question = format!(
                "Line {}: how many repetitions of “{}”? [Enter: our default]",
                exercise.line, exercise.name
            );
            while let Some(count) = Some(answer(&question, answers, out)?).filter(|count| !count.is_empty()) {
                if let Some(count) = count.parse().ok().filter(|count| (1..=1_000).contains(count)) {
                    exercise.count(count);
                    break;
                }
                writeln!(out, "Please type a number from 1 to 1000.")?;
            }
        }
        kept.push(exercise);
    }
    imported.exercises = kept;
    Ok(())
}

fn answer(question: &str, answers: &mut impl BufRead, out: &mut impl Write) -> io::Result<String> {
    write!(out, "{question} ")?;
    out.flush()?;
    let mut line = String::new();
    answers.read_line(&mut line)?;
    Ok(line.trim().to_owned())
}
