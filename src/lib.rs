//! Floorcoach: a voice-guided audio routine player.

pub mod clip;
pub mod cue;
pub mod plan;
pub mod routine;
pub mod time;
pub mod timeline;
