//! Names by their place alone: a short line, and below it one dash with all there is to do; then the next short line.

use super::block::{Block, Kind};
use super::label::label;
use super::lexicon::{Lexicon, tag};
use super::name::tidy;
use super::sentence::traits;
use super::title::{Head, SetOff};

/// Fewer of them are chance.
const FEWEST: usize = 3;

/// "Shoulders", "- Sitting or standing, raise your shoulders …", again and again: the short lines are names, whatever they say.
pub fn pairs(blocks: &[Block], heads: &mut [Option<Head>], lexicon: &Lexicon) {
    let mut at = 0;
    while at < blocks.len() {
        let pair = |at: &usize| is_pair(blocks, *at, lexicon);
        let found = (0..).map(|step| at + 2 * step).take_while(pair).count();
        let moves = (0..found).filter(|step| {
            blocks.get(at + 2 * step + 1).is_some_and(|told| traits(&told.text, lexicon).physical)
        });
        if found >= FEWEST && moves.count() * 3 >= found * 2 {
            for (step, place) in heads.iter_mut().skip(at).take(2 * found).enumerate() {
                let Some(block) = blocks.get(at + step) else { continue };
                *place = (step % 2 == 0).then(|| Head {
                    set_off: Some(SetOff::Line),
                    listed: false,
                    ..Head::of(tidy(&block.text, lexicon), block.line, false, true)
                });
            }
        }
        at += (2 * found).max(1);
    }
}

fn is_pair(blocks: &[Block], at: usize, lexicon: &Lexicon) -> bool {
    let (Some(name), Some(told)) = (blocks.get(at), blocks.get(at + 1)) else { return false };
    let next = blocks.get(at + 2).is_none_or(|next| !next.is_item());
    let item = matches!(told.kind, Kind::Item { ordinal: None, .. }) && told.text.len() > 60 && next;
    if !item
        || name.kind != Kind::Paragraph
        || name.text.len() > 40
        || name.text.ends_with(['.', ',', ';', '?'])
    {
        return false;
    }
    let seen = traits(&name.text, lexicon);
    let instructs = seen.verb.is_some_and(|verb| verb & tag::GERUND == 0) && !seen.last_is_name;
    (1..=5).contains(&seen.words)
        && !seen.dose
        && !seen.you
        && !instructs
        && label(&name.text, lexicon).is_none()
}
