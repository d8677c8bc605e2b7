#!/bin/sh
# Puts the program, its manual page and its completions under $DESTDIR$PREFIX, or with --uninstall removes them.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

: "${PREFIX:?say where, or use make install}"
root=${DESTDIR:-}$PREFIX
bin=$root/bin/floorcoach
man=$root/share/man/man1/floorcoach.1
bash=$root/share/bash-completion/completions/floorcoach
zsh=$root/share/zsh/site-functions/_floorcoach
fish=$root/share/fish/vendor_completions.d/floorcoach.fish

if [ "${1:-}" = --uninstall ]; then
    rm -f "$bin" "$man" "$bash" "$zsh" "$fish"
    echo "Removed floorcoach from \`$root\`."
    exit
fi

# `sudo make install` after `make build`: root has no cargo of its own, and must not leave its files in `target`.
floorcoach=${CARGO_TARGET_DIR:-target}/release/floorcoach
if [ -n "${SUDO_USER:-}" ] && [ -x "$floorcoach" ]; then
    echo 'Installing the program as it was last built.'
else
    scripts/setup.sh "${VOICE:-wanted}"
    floorcoach=$(scripts/build-release.sh)
fi

# Made first, and beside the sources, so that a failure changes nothing that is installed.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$floorcoach" man >"$work/man"
for shell in bash zsh fish; do
    "$floorcoach" completions "$shell" >"$work/$shell"
done

# put MODE FROM TO. Removed first: overwriting a program that runs is refused, and would harm it where it is not.
put() {
    mkdir -p "$(dirname "$3")"
    rm -f "$3"
    cp "$2" "$3"
    chmod "$1" "$3"
}
put 755 "$floorcoach" "$bin"
put 644 "$work/man" "$man"
put 644 "$work/bash" "$bash"
put 644 "$work/zsh" "$zsh"
put 644 "$work/fish" "$fish"
echo "Installed \`$bin\`, its manual page and its completions."

# A packager's DESTDIR is on nobody's PATH.
case ${DESTDIR:+packager}:$PATH: in
    packager* | *:"$PREFIX/bin":*) ;;
    *) echo "\`$PREFIX/bin\` is not on your PATH yet: export PATH=\"$PREFIX/bin:\$PATH\"" ;;
esac
