//! `log`: what was done.

use comfy_table::{Cell, CellAlignment, Table, presets};
use jiff::Zoned;
use jiff::tz::TimeZone;

use super::places::Places;
use super::{Failure, show, warn};
use crate::journal::{Journal, Summary};

/// The table has so many sessions; JSON has them all.
const SESSIONS: usize = 10;
/// The longest bar.
const COLUMNS: u64 = 40;

pub fn run(places: &Places, json: bool) -> Result<(), Failure> {
    let Some(path) = &places.log else {
        return Err(Failure::failed("this machine has no home folder, so there is no session log"));
    };
    let journal = Journal::new(path.clone());
    let lines = journal.read().map_err(Failure::failed)?;
    if !lines.damaged.is_empty() {
        let numbers: Vec<String> = lines.damaged.iter().map(ToString::to_string).collect();
        let path = journal.path().display();
        warn(&format!("of `{path}` these lines are damaged and left out: {}", numbers.join(", ")));
    }
    let zone = TimeZone::system();
    let summary = Summary::of(&lines.entries, &zone, Zoned::now().date());
    if json {
        let text = serde_json::to_string_pretty(&summary).map_err(Failure::failed)?;
        return show::print(&format!("{text}\n"));
    }
    show::print(&written(&summary, &zone))
}

fn written(summary: &Summary, zone: &TimeZone) -> String {
    if summary.sessions.is_empty() {
        return "Nothing has been done yet; `floorcoach play` begins.\n".to_owned();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["when", "routine", "done", "skipped", "hurt", "minutes"]);
    for session in summary.sessions.iter().take(SESSIONS) {
        let number = |number: u64| Cell::new(number).set_alignment(CellAlignment::Right);
        table.add_row([
            Cell::new(zone.to_datetime(session.began).strftime("%Y-%m-%d %H:%M")),
            Cell::new(format!("{} ({})", session.routine, session.length)),
            number(session.done as u64),
            number(session.skipped as u64),
            number(session.hurt as u64),
            number(minutes(session.seconds)),
        ]);
    }
    let days = if summary.streak == 1 { "day" } else { "days" };
    let mut text = format!("{}\n\nStreak: {} {days}\n\nMinutes per week\n", table.trim_fmt(), summary.streak);
    let most = summary.weeks.iter().map(|week| week.seconds).max().unwrap_or(0).max(1);
    for week in &summary.weeks {
        let bar = "█".repeat((week.seconds * COLUMNS).div_ceil(most) as usize);
        let line = format!("  {}  {:>4}  {bar}", week.monday, minutes(week.seconds));
        text += line.trim_end();
        text.push('\n');
    }
    text
}

const fn minutes(seconds: u64) -> u64 {
    (seconds + 30) / 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{Session, Week};
    use jiff::civil::date;

    #[test]
    fn sessions_streak_and_weeks_are_shown() {
        let session = Session {
            began: "2026-11-23T06:40:00Z".parse().expect("a time"),
            routine: "upper-back".to_owned(),
            length: "short".to_owned(),
            done: 6,
            skipped: 1,
            hurt: 0,
            seconds: 550,
        };
        let weeks = vec![
            Week { monday: date(2026, 11, 16), seconds: 0 },
            Week { monday: date(2026, 11, 23), seconds: 550 },
        ];
        let summary = Summary { sessions: vec![session], streak: 1, weeks };
        let text = written(&summary, &TimeZone::UTC);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let wanted = [
            "when              routine             done  skipped  hurt  minutes",
            "2026-11-23 06:40  upper-back (short)     6        1     0        9",
            "",
            "Streak: 1 day",
            "",
            "Minutes per week",
            "2026-11-16     0",
            "2026-11-23     9  ████████████████████████████████████████",
        ];
        assert_eq!(lines, wanted);
    }
}
