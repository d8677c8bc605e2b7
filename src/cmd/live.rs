//! A session at the terminal: keys in, a progress line out.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, TryRecvError};
use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt::Interrupt;
use super::progress::View;
use crate::control::{Action, Command, Event, KEYS, action_of};
use crate::media::{self, Media};
use crate::play::Session;

/// How long a key, a signal or an event may wait.
const TURN: Duration = Duration::from_millis(20);

const REDRAW: Duration = Duration::from_millis(100);

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Finished,
    /// The listener pressed the key for it.
    Quit,
    /// By Ctrl-C or a signal.
    Interrupted,
    /// The message says what happened.
    Failed(String),
}

/// Stays with a session of `routine` to its end. With a terminal there are keys and a progress line on stderr; without one,
/// nothing but messages. A desktop has its media keys in both cases. An interrupt fades the session out.
///
/// Everything that the session tells is told to `listen` first.
///
/// # Errors
/// When the terminal cannot be read.
pub fn run(
    session: Session,
    routine: &str,
    interrupt: &Interrupt,
    mut listen: impl FnMut(&Event),
) -> io::Result<Outcome> {
    let keys = Keys::new();
    let mut screen = Screen::new(keys.is_some());
    let mut media = Media::connect(routine, Instant::now());
    let (mut key_interrupt, mut interrupted) = (false, false);
    let mut end = None;
    loop {
        // With keys the terminal is what is waited for, otherwise the session.
        if keys.is_some() {
            match pressed()? {
                Some(Pressed::Interrupt) => key_interrupt = true,
                Some(Pressed::Key(Action::Send(command))) => session.send(command),
                Some(Pressed::Key(Action::Help)) => screen.help(),
                None => {}
            }
        }
        media.commands().for_each(|command| session.send(command));
        if (key_interrupt || interrupt.is_set()) && !interrupted {
            interrupted = true;
            session.send(Command::Stop);
        }
        let wait = if keys.is_some() { Duration::ZERO } else { TURN };
        let mut closed = false;
        match session.events().recv_timeout(wait) {
            Ok(event) => {
                listen(&event);
                end = take(event, &mut screen, &mut media).or(end);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => closed = true,
        }
        loop {
            match session.events().try_recv() {
                Ok(event) => {
                    listen(&event);
                    end = take(event, &mut screen, &mut media).or(end);
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    closed = true;
                    break;
                }
            }
        }
        if closed || end.is_some() {
            break;
        }
        media.turn(Instant::now());
        screen.draw();
    }
    screen.clear();
    drop(keys);
    session.finish();
    Ok(match end {
        Some(Outcome::Quit) | None if interrupted => Outcome::Interrupted,
        Some(outcome) => outcome,
        None => Outcome::Failed("playing ended without a reason".to_owned()),
    })
}

/// Shows an event; the outcome if it was the last.
fn take(event: Event, screen: &mut Screen, media: &mut Media<media::System>) -> Option<Outcome> {
    media.take(&event, Instant::now());
    match event {
        Event::Notice(text) => screen.say(&text),
        Event::SoundLost(why) => {
            screen.say(&format!(
                "note: {why}; your place is kept, and playing goes on when there is sound again"
            ));
            screen.view.take(Event::SoundLost(why));
        }
        Event::SoundBack => {
            screen.say("note: the sound is back");
            screen.view.take(Event::SoundBack);
        }
        Event::Finished => return Some(Outcome::Finished),
        Event::Stopped { .. } => return Some(Outcome::Quit),
        Event::Failed(why) => return Some(Outcome::Failed(why)),
        Event::DeviceLost(why) => {
            return Some(Outcome::Failed(format!(
                "there was no sound output for a minute ({why}); your place is kept: `floorcoach resume` goes on there when there is one, and `floorcoach render` writes a file"
            )));
        }
        other => screen.view.take(other),
    }
    None
}

enum Pressed {
    Key(Action),
    /// In raw mode Ctrl-C is a key like any other.
    Interrupt,
}

/// Waits a turn for a key.
fn pressed() -> io::Result<Option<Pressed>> {
    if !event::poll(TURN)? {
        return Ok(None);
    }
    let event::Event::Key(key) = event::read()? else {
        return Ok(None);
    };
    if key.kind == KeyEventKind::Release {
        return Ok(None);
    }
    Ok(match key.code {
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Pressed::Interrupt),
        KeyCode::Char(character) if !key.modifiers.contains(KeyModifiers::CONTROL) => {
            action_of(character).map(Pressed::Key)
        }
        _ => None,
    })
}

/// The terminal in raw mode, as long as this lives. Panics unwind through it.
struct Keys;

impl Keys {
    /// None without a terminal to type at, or to read the answer on.
    fn new() -> Option<Self> {
        let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        (terminal && terminal::enable_raw_mode().is_ok()).then_some(Self)
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
    }
}

/// The progress line and the messages above it.
struct Screen {
    view: View,
    line: ProgressBar,
    drawn: Option<Instant>,
    keys: bool,
}

impl Screen {
    fn new(keys: bool) -> Self {
        // Draws nothing where stderr is no terminal.
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{wide_msg}") {
            line.set_style(style);
        }
        Self { view: View::new(), line, drawn: None, keys }
    }

    fn draw(&mut self) {
        // Asking for the width costs far more than the rest of playing.
        if self.line.is_hidden() || self.drawn.is_some_and(|at| at.elapsed() < REDRAW) {
            return;
        }
        self.drawn = Some(Instant::now());
        let columns = terminal::size().map_or(80, |(columns, _)| columns);
        let text = self.view.line(columns.into());
        if self.line.message() != text {
            self.line.set_message(text);
            self.line.tick();
        }
    }

    /// Raw mode needs the carriage return spelled out.
    fn say(&self, text: &str) {
        let end = if self.keys { "\r\n" } else { "\n" };
        self.line.suspend(|| {
            // Nobody reads it any more: that is no reason to stop the exercise.
            let _ = write!(io::stderr(), "{text}{end}");
        });
    }

    fn help(&self) {
        for key in &KEYS {
            self.say(&format!("  {:<6} {}", key.name, key.does));
        }
    }

    fn clear(&self) {
        self.line.finish_and_clear();
    }
}
