//! `man`: the manual, all commands on one page.

use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::Cli;
use super::{Failure, show};

pub fn run() -> Result<(), Failure> {
    let page = page().map_err(Failure::failed)?;
    show::print(&String::from_utf8_lossy(&page))
}

/// clap_mangen would have a page for each command. For so small a program that is ten files to install, and none of
/// them has everything.
fn page() -> io::Result<Vec<u8>> {
    let mut program = Cli::command();
    program.build();
    let (mut text, man) = (Vec::new(), Man::new(program.clone()));
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_options_section(&mut text)?;
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        chapter(command, &mut text)?;
    }
    man.render_extra_section(&mut text)?;
    man.render_version_section(&mut text)?;
    Ok(text)
}

/// The page of a command as a section of another one: its sections become subsections.
fn chapter(command: &Command, text: &mut Vec<u8>) -> io::Result<()> {
    let (man, mut own) = (Man::new(command.clone().disable_help_flag(true)), Vec::new());
    man.render_synopsis_section(&mut own)?;
    man.render_description_section(&mut own)?;
    man.render_options_section(&mut own)?;
    if command.get_after_help().is_some() {
        man.render_extra_section(&mut own)?;
    }
    let title = command.get_name().to_uppercase();
    text.extend_from_slice(format!(".SH {title}\n").as_bytes());
    for line in String::from_utf8_lossy(&own).lines() {
        let line = match line.strip_prefix(".SH ") {
            Some("DESCRIPTION" | "SYNOPSIS" | "EXTRA") => ".PP".to_owned(),
            Some(section) => format!(".SS {section}"),
            None => line.to_owned(),
        };
        text.extend_from_slice(line.as_bytes());
        text.push(b'\n');
    }
    Ok(())
}
