//! The program `floorcoach`.

use std::process::ExitCode;

fn main() -> ExitCode {
    floorcoach::cmd::main()
}
