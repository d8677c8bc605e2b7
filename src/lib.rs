//! Floorcoach: a voice-guided audio routine player.
//!
//! A routine file becomes a [`plan`] (what is heard), the plan a [`timeline`] (when, to the frame), and the timeline is
//! played ([`play`]) or written to a file ([`render`]). See ARCHITECTURE.md for the whole picture.

pub mod awake;
pub mod clip;
pub mod cmd;
pub mod control;
pub mod cue;
pub mod import;
pub mod journal;
pub mod library;
pub mod loudness;
pub mod media;
pub mod number;
pub mod plan;
pub mod play;
pub mod render;
pub mod resample;
pub mod routine;
pub mod sound;
pub mod time;
pub mod timeline;
pub mod voice;
