//! Embeds the natural voice where its files are: the models as they are, the pronunciation data compiled.
//!
//! Without the files the build goes on; the program then looks for them in the user's data folder.

#[path = "src/voice/natural/g2p/compile.rs"]
#[allow(dead_code)]
mod compile;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Taken as they are.
const EMBEDDED: [&str; 5] = ["hibari.onnx", "vocab.json", "oov.onnx", "LICENSE", "NOTICE"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-check-cfg=cfg(voice_embedded)");
    println!("cargo::rerun-if-env-changed=FLOORCOACH_VOICE_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/voice/natural/g2p/compile.rs");
    let home = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo tells no manifest folder")?);
    let folder = env::var_os("FLOORCOACH_VOICE_DIR").map_or_else(|| home.join("voice/hibari"), PathBuf::from);
    println!("cargo::rerun-if-changed={}", folder.display());
    let all = EMBEDDED.iter().chain(&compile::FILES);
    for file in all.clone() {
        println!("cargo::rerun-if-changed={}", folder.join(file).display());
    }
    if all.clone().all(|file| folder.join(file).is_file()) {
        embed(&folder, &PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo tells no output folder")?))?;
    }
    Ok(())
}

fn embed(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut sum = crc32fast::Hasher::new();
    for file in EMBEDDED {
        let bytes = fs::read(folder.join(file))?;
        sum.update(&bytes);
        fs::write(out.join(file), bytes)?;
    }
    let pronunciation = compile::compile_folder(folder, compile::Accent::American)?;
    sum.update(&pronunciation);
    fs::write(out.join("pronunciation.bin"), pronunciation)?;
    // Part of the key of cached phrases: another voice must not be answered with this one's sound.
    println!("cargo::rustc-env=FLOORCOACH_VOICE_SUM={:08x}", sum.finalize());
    println!("cargo::rustc-cfg=voice_embedded");
    Ok(())
}
