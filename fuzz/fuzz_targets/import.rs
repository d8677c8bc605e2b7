//! Any bytes, in each format: the import answers, and every routine it makes passes the check.
#![no_main]

use floorcoach::import::{Format, ImportError, import};
use floorcoach::routine::examine;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [None, Some(Format::Text), Some(Format::Html), Some(Format::Markdown)] {
        let Ok(imported) = import(bytes, "fuzz", format) else { continue };
        for ambitious in [false, true] {
            match imported.toml(ambitious) {
                Ok(text) => assert!(examine(&text, "fuzz.toml").routine.is_some(), "{text}"),
                // More than a day of exercises is the only thing that a routine cannot hold.
                Err(ImportError::NoRoutine { problems, .. }) => {
                    let told = problems.to_string();
                    assert!(told.contains("more than a day") || told.contains("phases in all"), "{told}");
                }
                Err(other) => panic!("{other}"),
            }
        }
    }
});
