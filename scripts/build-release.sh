#!/bin/sh
# Builds the release binary and prints its path, which is cargo's to say: a user's settings may move `target`.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

# Twice, because a pipe would hide that the first one failed; the second finds everything built.
cargo build --release --locked --bin floorcoach >&2
cargo build --release --locked --bin floorcoach --quiet --message-format=json |
    sed -n 's/.*"executable":"\([^"]*\)".*/\1/p' | tail -n 1
