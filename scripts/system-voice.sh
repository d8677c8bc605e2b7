#!/bin/sh
# Builds and lints the system's voice, and tests it against a real speech-dispatcher on a sound server of its own: sentences
# that end, and a service that is killed, stopped or missing.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

if [ "$(uname -s)" != Linux ]; then
    echo 'floorcoach: speech-dispatcher is for Linux; elsewhere the voice of the system is always part of the program.' >&2
    exit 0
fi
scripts/speech-packages.sh test
cargo clippy --all-targets --locked --features system-voice -- -D warnings
FLOORCOACH_SYSTEM_VOICE=required exec cargo test --locked --features system-voice --test system_voice -- --nocapture
