//! Our half of the comparison with the model's own package: speaks every phrase once for each line on standard input.
//!
//! `scripts/bench.py` starts it with the number of workers, reads the phrases from its first line (a JSON list) and
//! then asks for rounds, in turn with the other half. Each is answered with the seconds of speech and the seconds it
//! took, as `{"speech":…,"wall":…}`. Nothing is kept between two rounds but the loaded model.

mod phrases;

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::time::Instant;

use floorcoach::time::MIX_RATE;
use floorcoach::voice::natural;
use floorcoach::voice::spoken::spoken;
use floorcoach::voice::{self, Pool, Settings};

fn main() {
    let Some(workers) = std::env::args().nth(1).and_then(|workers| workers.parse().ok()) else {
        // `cargo bench` starts every benchmark, and with options of its own.
        eprintln!("rounds: left out; `make bench` runs it through scripts/bench.py");
        return;
    };
    if natural::licences().is_none() {
        eprintln!("rounds: left out; the natural voice is not built in (`make voice` fetches it)");
        return;
    }
    let phrases = phrases::phrases();
    say(&serde_json::to_string(&phrases).expect("a list of texts"));
    let engine = Arc::clone(&voice::choose(&Settings::default()).expect("it is built in").engines[0]);
    for line in io::stdin().lock().lines() {
        line.expect("lines are text");
        let start = Instant::now();
        let pool = Pool::new(vec![Arc::clone(&engine)], None, workers);
        phrases.iter().for_each(|words| pool.want(&spoken(words)));
        let clips = phrases.iter().map(|words| pool.wait(&spoken(words)).expect("it speaks"));
        let samples: usize = clips.map(|clip| clip.samples().len()).sum();
        drop(pool);
        let speech = samples as f64 / f64::from(MIX_RATE);
        say(&format!(r#"{{"speech":{speech:.3},"wall":{:.4}}}"#, start.elapsed().as_secs_f64()));
    }
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("somebody reads it");
}
