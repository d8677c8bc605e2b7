//! Every malformed routine in `problems/` gets exactly the message beside it, as a user would see it.
//!
//! After a change of wording: `INSTA_UPDATE=always cargo test --test routine_problems`, then read the diff.

use std::fs;
use std::path::Path;

use floorcoach::routine::parse_bytes;

#[test]
fn malformed_routines_are_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/problems");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of malformed routines")
        .map(|entry| entry.expect("an entry of the folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 50, "only {} malformed routines were found", files.len());
    for path in files {
        let bytes = fs::read(&path).expect("a malformed routine");
        let stem = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name");
        let problems = match parse_bytes(&bytes, &format!("{stem}.toml")) {
            Ok(_) => panic!("`{stem}` was accepted"),
            Err(problems) => problems,
        };
        assert!(problems.has_errors(), "`{stem}` was refused without an error");
        insta::with_settings!({
            snapshot_path => "problems",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(stem, problems);
        });
    }
}
