//! The log as people look at it: sessions, the days in a row, the minutes of each week. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::{Entry, Outcome};

/// So many weeks are told, this one included.
const WEEKS: i64 = 8;

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    pub began: Timestamp,
    pub routine: String,
    pub length: String,
    pub done: usize,
    pub skipped: usize,
    pub hurt: usize,
    /// Spent in exercises, without pauses.
    pub seconds: u64,
}

/// One week, from Monday on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Week {
    pub monday: Date,
    pub seconds: u64,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The latest first.
    pub sessions: Vec<Session>,
    /// Days in a row with an exercise done, up to today or yesterday.
    pub streak: usize,
    /// The earliest first.
    pub weeks: Vec<Week>,
}

impl Summary {
    /// Of all entries, as seen on the day `today` in that time zone.
    pub fn of(entries: &[Entry], zone: &TimeZone, today: Date) -> Self {
        Self {
            sessions: sessions(entries),
            streak: streak(entries, zone, today),
            weeks: weeks(entries, zone, today),
        }
    }
}

fn day(at: Timestamp, zone: &TimeZone) -> Date {
    zone.to_datetime(at).date()
}

fn sessions(entries: &[Entry]) -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for entry in entries {
        let same = |session: &Session| session.began == entry.session && session.routine == entry.routine;
        let index = sessions.iter().rposition(same).unwrap_or_else(|| {
            sessions.push(Session {
                began: entry.session,
                routine: entry.routine.clone(),
                length: entry.length.clone(),
                done: 0,
                skipped: 0,
                hurt: 0,
                seconds: 0,
            });
            sessions.len() - 1
        });
        let Some(at) = sessions.get_mut(index) else { continue };
        at.seconds += entry.seconds;
        match entry.outcome {
            Outcome::Done => at.done += 1,
            Outcome::Skipped => at.skipped += 1,
            Outcome::Hurt => at.hurt += 1,
            Outcome::Stopped => {}
        }
    }
    sessions.sort_by_key(|session| std::cmp::Reverse(session.began));
    sessions
}

fn streak(entries: &[Entry], zone: &TimeZone, today: Date) -> usize {
    let done = entries.iter().filter(|entry| entry.outcome == Outcome::Done);
    let mut days: Vec<Date> = done.map(|entry| day(entry.when, zone)).filter(|day| *day <= today).collect();
    days.sort_unstable();
    days.dedup();
    let yesterday = today.yesterday().unwrap_or(today);
    let mut next = match days.last() {
        Some(last) if *last >= yesterday => *last,
        _ => return 0,
    };
    let mut streak = 0;
    for day in days.iter().rev() {
        if *day != next {
            break;
        }
        streak += 1;
        next = next.yesterday().unwrap_or(next);
    }
    streak
}

fn weeks(entries: &[Entry], zone: &TimeZone, today: Date) -> Vec<Week> {
    let monday = |day: Date| day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
    (0..WEEKS)
        .rev()
        .map(|ago| {
            let begins = monday(today).saturating_sub((7 * ago).days());
            let within = entries.iter().filter(|entry| monday(day(entry.when, zone)) == begins);
            Week { monday: begins, seconds: within.map(|entry| entry.seconds).sum() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 25);

    fn at(times: &[&str]) -> Vec<Entry> {
        times.iter().map(|time| entry(time, Outcome::Done)).collect()
    }

    fn streak_of(times: &[&str]) -> usize {
        Summary::of(&at(times), &TimeZone::UTC, TODAY).streak
    }

    #[test]
    fn the_streak_is_days_in_a_row_up_to_today_or_yesterday() {
        assert_eq!(streak_of(&[]), 0);
        assert_eq!(streak_of(&["2026-11-25T08:00:00Z"]), 1);
        assert_eq!(streak_of(&["2026-11-23T08:00:00Z", "2026-11-24T08:00:00Z", "2026-11-24T19:00:00Z"]), 2);
        assert_eq!(streak_of(&["2026-11-22T08:00:00Z", "2026-11-24T08:00:00Z"]), 1);
        assert_eq!(streak_of(&["2026-11-23T08:00:00Z"]), 0);
    }

    #[test]
    fn a_day_is_one_where_the_listener_lives() {
        let zone = TimeZone::fixed(jiff::tz::offset(-8));
        let entries = at(&["2026-11-25T02:00:00Z"]);
        assert_eq!(Summary::of(&entries, &zone, jiff::civil::date(2026, 11, 26)).streak, 0);
        assert_eq!(Summary::of(&entries, &zone, TODAY).streak, 1);
    }

    #[test]
    fn weeks_begin_on_monday_and_sessions_are_counted() {
        let mut entries = at(&["2026-11-22T23:00:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:05:00Z"]);
        entries[2].session = entries[1].session;
        entries[2].outcome = Outcome::Skipped;
        let summary = Summary::of(&entries, &TimeZone::UTC, TODAY);
        let seconds: Vec<u64> = summary.weeks.iter().map(|week| week.seconds).collect();
        assert_eq!(seconds, [0, 0, 0, 0, 0, 0, 81, 162]);
        assert_eq!(summary.weeks[7].monday, jiff::civil::date(2026, 11, 23));
        assert_eq!(summary.sessions.len(), 2);
        let last = &summary.sessions[0];
        assert_eq!((last.done, last.skipped, last.hurt, last.seconds), (1, 1, 0, 162));
    }
}
