#!/bin/sh
# The end of `make demo`: builds, renders the short upper-back routine, and plays it where it can be heard.

set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

file=upper-back-short.wav

# Told before the build, which takes minutes, rather than after it.
if ! scripts/fetch-voice.sh --check; then
    other=
    for program in espeak-ng piper say; do
        if command -v "$program" >/dev/null 2>&1; then
            other=$program
            break
        fi
    done
    if [ -z "$other" ]; then
        echo 'floorcoach: there is no voice: neither the natural one nor espeak-ng, piper or say. This mends it:' >&2
        printf '\n    scripts/fetch-voice.sh && make demo\n\n' >&2
        exit 1
    fi
    echo "The demo speaks with \`$other\` instead." >&2
fi

floorcoach=$(scripts/build-release.sh)

# The file is the demo's own, so an earlier one may be replaced.
"$floorcoach" render upper-back --short -o "$file" --force
echo "The routine is in \`$file\`."

if ! "$floorcoach" probe-output >/dev/null 2>&1; then
    echo "There is no sound output here, so it is not played. Take \`$file\` to where there is one."
elif [ -t 1 ]; then
    "$floorcoach" play upper-back --short
else
    # Eight minutes of sound that nobody asked for would be a surprise in a script.
    echo "To hear it: $floorcoach play upper-back --short"
fi
