//! Recognises files that are no plain text, so that they are named instead of picked apart.

/// How files of other kinds begin, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a Word, LibreOffice or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich text document"),
    (b"RIFF", "a sound or video file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\xff\xfb", "a sound file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"<!DOCTYPE html", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
];

/// What a file that is no routine is, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Foreign {
    /// Continues a sentence that begins with the file's name: "is a PDF document, not a routine".
    pub is: String,
    pub help: &'static str,
}

const WRITE_TEXT: &str =
    "a routine is a plain text file; `floorcoach new NAME` writes one that you can fill in";
const SAVE_AS_UTF8: &str = "open it in your text editor and save it again with the encoding `UTF-8`";

/// Whether `bytes` are something else than UTF-8 text.
pub(super) fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature)) {
        return Some(other_kind(kind));
    }
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Some(Foreign { is: "is text in the encoding UTF-16".to_owned(), help: SAVE_AS_UTF8 });
    }
    if bytes.contains(&0) {
        return Some(other_kind("a binary file"));
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => None,
        Err(_) => {
            Some(Foreign { is: "is text in an old encoding, not in UTF-8".to_owned(), help: SAVE_AS_UTF8 })
        }
    }
}

fn other_kind(kind: &str) -> Foreign {
    Foreign { is: format!("is {kind}, not a routine"), help: WRITE_TEXT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_kinds_are_named() {
        let is = |bytes: &[u8]| foreign(bytes).map(|found| found.is);
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(is(b"%PDF-1.7\n%\xe2\xe3"), said("is a PDF document, not a routine"));
        assert_eq!(is(b"\xff\xfet\0i\0"), said("is text in the encoding UTF-16"));
        assert_eq!(is(b"\x7fELF\0\0"), said("is a binary file, not a routine"));
        assert_eq!(is(b"title = \"R\xfccken\""), said("is text in an old encoding, not in UTF-8"));
        assert_eq!(is("\u{feff}title = \"Rücken\"".as_bytes()), None);
        assert_eq!(is(b""), None);
    }
}
