//! The whole program from outside: what is typed, what comes out, what it leaves behind.

mod about;
mod check;
mod config;
mod doctor;
mod finding;
mod home;
mod import;
mod journal;
mod killed;
mod messages;
mod new;
mod output;
mod render;
mod score;
mod several;
mod show;
mod sounds;
mod targets;
mod voices;
