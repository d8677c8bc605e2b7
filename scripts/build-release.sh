#!/bin/sh
# Builds the release binary and prints its path, which is cargo's to say: a user's settings may move `target`.
# With SYSTEM_VOICE=1 it has the voice of the system on Linux as well, for which it installs what is missing.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

set -- --release --locked --bin floorcoach
if [ -n "${SYSTEM_VOICE:-}" ]; then
    scripts/speech-packages.sh build >&2
    set -- "$@" --features system-voice
fi

# Twice, because a pipe would hide that the first one failed; the second finds everything built.
cargo build "$@" >&2
cargo build "$@" --quiet --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
