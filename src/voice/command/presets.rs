//! Programs people have, and how to make them write WAV.

/// A program people have, and how to make it write WAV.
#[derive(Debug)]
pub struct Preset {
    /// Of the preset and of the program.
    pub name: &'static str,
    pub argv: &'static [&'static str],
    /// Arguments added when the config names a voice.
    pub voice: &'static [&'static str],
    pub needs_voice: bool,
}

/// `-v` takes a language or a voice. Its slowest pace is 80 words a minute, just below speed 0.5.
pub const ESPEAK_NG: Preset = Preset {
    name: "espeak-ng",
    argv: &["espeak-ng", "--stdin", "--stdout", "-s", "{wpm}", "-v", "{voice}"],
    voice: &[],
    needs_voice: false,
};

/// Underscored options are the ones that both generations of piper know.
pub const PIPER: Preset = Preset {
    name: "piper",
    argv: &["piper", "--model", "{voice}", "--output_file", "{out}", "--length_scale", "{stretch}"],
    voice: &[],
    needs_voice: true,
};

pub const SAY: Preset = Preset {
    name: "say",
    argv: &[
        "say",
        "-o",
        "{out}",
        "--file-format=WAVE",
        "--data-format=LEI16@22050",
        "-r",
        "{wpm}",
        "-f",
        "-",
    ],
    voice: &["-v", "{voice}"],
    needs_voice: false,
};

pub const PRESETS: [&Preset; 3] = [&ESPEAK_NG, &PIPER, &SAY];
