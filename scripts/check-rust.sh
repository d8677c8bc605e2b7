#!/bin/sh
# Stops, with the command that mends it, where cargo is missing or older than Cargo.toml asks for.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

wanted=$(sed -n 's/^rust-version *= *"\([0-9.]*\)".*/\1/p' Cargo.toml)
# shellcheck disable=SC2016 # $HOME is for the user's shell to fill in
install='curl --proto "=https" --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y && . "$HOME/.cargo/env"'

stop() {
    printf 'floorcoach: %s\n\n    %s\n\n' "$1" "$2" >&2
    exit 1
}

if ! command -v cargo >/dev/null 2>&1; then
    stop "Rust is missing (no \`cargo\` on the PATH). This installs it:" "$install"
fi

# A rustup without a toolchain has a `cargo` that only explains itself.
if ! version=$(cargo --version); then
    stop 'cargo does not run. This gives it a toolchain:' 'rustup default stable'
fi

# "cargo 1.95.0 (…)" → 1095, to be compared as a number.
as_number() {
    echo "$1" | awk -F. '{ print $1 * 1000 + $2 }'
}
have=$(echo "$version" | cut -d ' ' -f 2)
if [ "$(as_number "$have")" -lt "$(as_number "$wanted")" ]; then
    if command -v rustup >/dev/null 2>&1; then
        install='rustup update stable && rustup default stable'
    fi
    stop "cargo is $have, but $wanted or newer is needed. This brings it:" "$install"
fi
