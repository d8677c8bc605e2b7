//! Any bytes as a routine file: it is read or refused, and never anything else.
#![no_main]

use floorcoach::routine::parse_bytes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(problems) = parse_bytes(bytes, "fuzz.toml") {
        assert!(!problems.to_string().is_empty());
    }
});
