//! Where `render` writes: an old file is replaced only on demand, and only by a whole new one.

use std::fs;
use std::path::Path;

#[cfg(unix)]
use crate::home::program;
use crate::home::{Home, ROUTINE, Ran, fake};

fn home() -> Home {
    let home = Home::new();
    home.write("one.toml", ROUTINE);
    home
}

fn render(home: &Home, target: &str, options: &[&str]) -> Ran {
    home.run(&fake(&[&["render", "one.toml", "-o", target], options].concat()))
}

fn is_wav(path: &Path) -> bool {
    hound::WavReader::open(path).is_ok_and(|wav| wav.duration() > 48_000)
}

#[test]
fn an_existing_file_is_replaced_only_with_force() {
    let home = home();
    let old = home.write("old.wav", "old");
    render(&home, "old.wav", &[]).fails(
        1,
        "error: `old.wav` is there already; give `--force` to replace it, or another name with `-o`",
    );
    assert_eq!(fs::read(&old).expect("still there"), b"old");
    assert_eq!(render(&home, "old.wav", &["--force"]).code, Some(0));
    assert!(is_wav(&old));
    assert_eq!(Home::names(&home.work()), ["old.wav", "one.toml"]);
}

#[test]
fn the_format_is_known_by_the_ending() {
    let home = home();
    for (target, like) in [("out.xyz", "out.wav"), ("out", "out.wav"), ("a.b.", "a.b.wav")] {
        let ran = render(&home, target, &["--force"]);
        let (head, tail) = ran.err.split_once(" (wav, ").unwrap_or((&ran.err, ""));
        let tail = tail.split_once("); ").map_or("", |(_, tail)| tail);
        assert_eq!(ran.code, Some(2));
        assert_eq!(head, format!("error: `{target}` does not end in a format that this program writes"));
        assert_eq!(tail, format!("name a file like `{like}`, or give `--format`\n"));
    }
    assert_eq!(render(&home, "LOUD.WAV", &[]).code, Some(0));
    assert_eq!(Home::names(&home.work()), ["LOUD.WAV", "one.toml"]);
}

#[test]
fn what_is_no_place_for_a_file_is_named() {
    let home = home();
    fs::create_dir(home.work().join("folder.wav")).expect("it is writable");
    for force in [&[][..], &["--force"]] {
        render(&home, "folder.wav", force).fails(
            1,
            "error: `folder.wav` is a directory; name a file in it, such as `folder.wav/routine.wav`",
        );
        render(&home, "no/where/out.wav", force).fails(
            1,
            "error: there is no folder `no/where` to write `no/where/out.wav` into; make it first, or name another one",
        );
    }
    assert_eq!(Home::names(&home.work()), ["folder.wav", "one.toml"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    let folder = home.work().join("locked");
    fs::create_dir(&folder).expect("it is writable");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("it is ours");
    if fs::write(folder.join("probe"), "").is_ok() {
        eprintln!("SKIPPED: this user may write everywhere (root)");
        return;
    }
    render(&home, "locked/out.wav", &[]).fails(
        1,
        "error: cannot write `locked/out.wav`: Permission denied (os error 13); nothing was changed there",
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_what_it_points_to_is_replaced() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let home = home();
    let at = |name: &str| home.work().join(name);
    fs::create_dir(at("music")).expect("it is writable");
    fs::write(at("music/old.wav"), "old").expect("it is writable");
    symlink("music/old.wav", at("link.wav")).expect("it is writable");
    symlink("music/new.wav", at("to-new.wav")).expect("it is writable");
    render(&home, "link.wav", &[]).fails(
        1,
        "error: `link.wav` is there already; give `--force` to replace it, or another name with `-o`",
    );
    render(&home, "to-new.wav", &[]).fails(
        1,
        "error: `to-new.wav` is there already; give `--force` to replace it, or another name with `-o`",
    );
    for (link, file) in [("link.wav", "music/old.wav"), ("to-new.wav", "music/new.wav")] {
        let ran = render(&home, link, &["--force"]);
        assert!(ran.code == Some(0) && ran.err.starts_with(&format!("{link}: ")), "{ran:?}");
        assert!(at(link).is_symlink() && is_wav(&at(file)), "{link}");
        let mode = fs::metadata(at(file)).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o022, 0, "{file}: nobody else may write it ({mode:o})");
    }
    symlink("gone/new.wav", at("astray.wav")).expect("it is writable");
    render(&home, "astray.wav", &["--force"]).fails(
        1,
        "error: there is no folder `gone` to write `astray.wav` into; make it first, or name another one",
    );
    symlink("circle.wav", at("circle.wav")).expect("it is writable");
    let ran = render(&home, "circle.wav", &["--force"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("error: cannot write `circle.wav`: "), "{ran:?}");
    assert!(at("circle.wav").is_symlink());
}

#[cfg(unix)]
#[test]
fn a_pipe_or_device_is_not_replaced() {
    let home = home();
    let pipe = home.work().join("pipe.wav");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("every Unix has it").success());
    render(&home, "pipe.wav", &["--force"]).fails(
        1,
        "error: `pipe.wav` is no file that could be replaced, but a device or a pipe; name another one",
    );
    assert_eq!(Home::names(&home.work()), ["one.toml", "pipe.wav"]);
}

/// A limit on the size of files stands in for a full disk: the write fails in the middle.
#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_old_file_and_no_litter() {
    let home = home();
    let old = home.write("old.wav", "old");
    let line = format!(
        r#"trap "" XFSZ; ulimit -f 200; exec "{}" render one.toml --voice fake --no-cache --force -o "$1""#,
        program()
    );
    for target in ["old.wav", "new.wav"] {
        let mut shell = home.command("sh");
        shell.args(["-c", &line, "sh", target]);
        let ran = home.ran(assert_cmd::Command::from_std(shell));
        assert_eq!(ran.code, Some(1));
        let why = format!("error: cannot write `{target}`: ");
        assert!(ran.err.starts_with(&why) && ran.err.ends_with("; nothing was changed there\n"), "{ran:?}");
    }
    assert_eq!(fs::read(&old).expect("still there"), b"old");
    assert_eq!(Home::names(&home.work()), ["old.wav", "one.toml"]);
    assert_eq!(Home::names(&home.work().join("../tmp")), Vec::<String>::new());
}

/// A mistake in the routine, or a voice that is not known, is told before the old file is touched.
#[test]
fn a_render_that_cannot_begin_leaves_the_old_file() {
    let home = home();
    let old = home.write("old.wav", "old");
    home.write("bad.toml", "title = 3");
    for arguments in [&["bad.toml"][..], &["one.toml", "--voice", "robot"], &["one.toml", "--sounds", "none"]]
    {
        let ran = home.run(&[&["render", "--force", "-o", "old.wav"], arguments].concat());
        assert_ne!(ran.code, Some(0));
        assert_eq!(fs::read(&old).expect("still there"), b"old", "{arguments:?}");
    }
    assert_eq!(Home::names(&home.work()), ["bad.toml", "old.wav", "one.toml"]);
}
