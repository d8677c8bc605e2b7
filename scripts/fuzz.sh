#!/bin/sh
# Fuzzes `import` and the reader of routine files for $1 seconds each. What is found stays in fuzz/corpus and fuzz/artifacts;
# the articles and routines are only read.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-600}

command -v cargo-fuzz >/dev/null || {
    echo "cargo-fuzz is missing: install it with \`cargo install cargo-fuzz\`" >&2
    exit 1
}
# The sanitizers are unstable options of the compiler: a nightly one has them, any other with RUSTC_BOOTSTRAP=1.
if [ -n "${RUSTC_BOOTSTRAP:-}" ]; then
    set --
elif cargo +nightly --version >/dev/null 2>&1; then
    set -- +nightly
else
    echo "a nightly compiler is missing: install it with \`rustup toolchain install nightly\`" >&2
    exit 1
fi

for target in import routine; do
    case $target in
        import) seeds=tests/import/articles ;;
        routine) seeds=routines ;;
    esac
    # The fuzzer writes into the first folder.
    mkdir -p "fuzz/corpus/$target"
    cargo "$@" fuzz run "$target" "fuzz/corpus/$target" "$seeds" -- -max_total_time="$seconds" -max_len=4096 -timeout=20
done
