//! Finds the rendered file in recordings: what was heard, what was inserted, what came twice.
//!
//! The file has an inaudible tone under everything, so that silence of the server can be told from silence of the routine.

/// A server and an encoder round differently.
const TOLERANCE: i32 = 2;
/// So many samples in a row must fit for a place to be recognised, the first of them this loud.
const WINDOW: usize = 2_400;
const LOUD: i16 = 200;
/// After quiet of so long a sound begins.
const QUIET: usize = 480;
/// So far around the frame that is due a place is looked for.
const AROUND: usize = 48_000;
/// The tone never stays at zero for so long.
const ZEROS: usize = 100;
/// Half of the tone's period: a place among nothing but the tone is not known better than that.
const TONE: usize = 600;

/// How far a file has been heard.
pub struct Follow {
    file: Vec<i16>,
    next: usize,
    /// Frames at which silence was inserted, and how much of it.
    gaps: Vec<(usize, usize)>,
    /// The same of what was heard once more.
    doubled: Vec<(usize, usize)>,
    /// And of what was left out.
    lost: Vec<(usize, usize)>,
    /// Samples that are not of the file, by where they began in their recording.
    strange: Vec<(usize, usize)>,
}

impl Follow {
    pub fn new(file: Vec<i16>) -> Self {
        Self { file, next: 0, gaps: Vec::new(), doubled: Vec::new(), lost: Vec::new(), strange: Vec::new() }
    }

    fn fits(&self, heard: &[i16], at: usize) -> bool {
        let near = |(a, b): (&i16, &i16)| (i32::from(*a) - i32::from(*b)).abs() <= TOLERANCE;
        self.file.get(at..).is_some_and(|file| !file.is_empty() && heard.iter().zip(file).all(near))
    }

    /// Takes the next recording.
    pub fn hear(&mut self, heard: &[i16]) {
        let (mut at, mut begun) = (0, false);
        while at < heard.len() && self.next < self.file.len() {
            if begun && self.fits(&heard[at..=at], self.next) {
                (at, self.next) = (at + 1, self.next + 1);
                continue;
            }
            // Silence that was inserted looks like the tone where that is near zero: go back to where it began.
            let broken = at;
            while begun && at > 0 && heard[at - 1] == 0 && self.next > 0 {
                (at, self.next) = (at - 1, self.next - 1);
            }
            let Some((found, frame)) = self.find(heard, broken) else { break };
            let inserted = &heard[at..found];
            match inserted.iter().all(|sample| *sample == 0) {
                true if begun && found > at => self.gaps.push((self.next, found - at)),
                true => {}
                false => self.strange.push((at, found - at)),
            }
            if frame + TONE < self.next {
                self.doubled.push((frame, self.next - frame));
            } else if frame > self.next + TONE {
                self.lost.push((self.next, frame - self.next));
            }
            (at, self.next, begun) = (found, frame, true);
        }
    }

    /// Where in the recording the file goes on, and at which frame.
    fn find(&self, heard: &[i16], from: usize) -> Option<(usize, usize)> {
        // Where the program has begun to play again: before that the server was silent.
        let (mut zeros, mut start) = (0, from);
        for at in from..heard.len().saturating_sub(WINDOW) {
            zeros = if heard[at] == 0 { zeros + 1 } else { 0 };
            if zeros >= ZEROS {
                start = at + 1;
            }
            if heard[at].abs() < LOUD {
                continue;
            }
            let before = &heard[at.saturating_sub(QUIET)..at];
            let onset = before.iter().all(|sample| sample.abs() < LOUD) || before.ends_with(&[0, 0]);
            if !onset && !(at - from).is_multiple_of(2 * WINDOW) {
                continue;
            }
            let window = &heard[at..at + WINDOW];
            // The nearest to the frame that is due: a second of a hold is like every other.
            let due = self.next + (at - start);
            let mut frames = (0..=AROUND).flat_map(|far| [due.checked_sub(far), Some(due + far)]).flatten();
            let Some(frame) = frames.find(|frame| self.fits(window, *frame)) else { continue };
            // From the sound back through the tone before it.
            let mut back = 0;
            while back < (at - from).min(frame)
                && self.fits(&heard[at - back - 1..at - back], frame - back - 1)
                && !is_silence(heard, at - back)
            {
                back += 1;
            }
            return Some((at - back, frame - back));
        }
        None
    }

    pub fn is_whole(&self) -> bool {
        // The server is killed a little before the recorder has the last of it.
        self.next + WINDOW >= self.file.len()
    }

    pub fn gaps(&self) -> &[(usize, usize)] {
        &self.gaps
    }

    pub fn lost(&self) -> &[(usize, usize)] {
        &self.lost
    }

    pub fn doubled(&self) -> &[(usize, usize)] {
        &self.doubled
    }

    /// Whether nothing but silence has been added, and nothing has been left out.
    pub fn is_heard_once(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty() && self.strange.is_empty()
    }

    pub fn longest_again_ms(&self) -> usize {
        self.doubled.iter().map(|(_, frames)| frames / 48).max().unwrap_or(0)
    }

    pub fn report(&self) -> String {
        let ms = |list: &[(usize, usize)]| {
            let each: Vec<String> = list
                .iter()
                .map(|(at, frames)| {
                    format!("{:.1} ms at {:.1} s", *frames as f64 / 48.0, *at as f64 / 48_000.0)
                })
                .collect();
            if each.is_empty() { "none".to_owned() } else { each.join(", ") }
        };
        format!(
            "heard {:.3} s of {:.3} s; inserted silence: {}; heard twice: {}; left out: {}; not of the file: {}",
            self.next as f64 / 48_000.0,
            self.file.len() as f64 / 48_000.0,
            ms(&self.gaps),
            ms(&self.doubled),
            ms(&self.lost),
            ms(&self.strange),
        )
    }
}

/// Whether the server plays nothing just before there.
fn is_silence(heard: &[i16], end: usize) -> bool {
    end >= ZEROS && heard[end - ZEROS..end].iter().all(|sample| *sample == 0)
}
