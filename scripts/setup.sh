#!/bin/sh
# Installs and fetches what a build needs, and only what is missing: a second run does nothing.
#
#   scripts/setup.sh [wanted|required]
#
# `required` stops where the natural voice cannot be fetched; `wanted` (the default) says so and goes on without it.

set -eu

voice=${1:-wanted}
case $voice in
    wanted | required) ;;
    *)
        echo "floorcoach: VOICE is \`$voice\`; it can be \`wanted\` or \`required\`." >&2
        exit 2
        ;;
esac

CDPATH='' cd -- "$(dirname -- "$0")/.."

scripts/check-rust.sh
scripts/system-packages.sh

status=0
scripts/fetch-voice.sh || status=$?
# Going on after a Ctrl-C (128 and above) is never what was meant.
if [ "$status" -ge 128 ]; then exit "$status"; fi
if [ "$status" -ne 0 ]; then
    if [ "$voice" = required ]; then exit 1; fi
    cat >&2 <<'NOTICE'
**********************************************************************
*  Going on WITHOUT the natural voice: it will not be in the binary, *
*  and its tests are left out.                                       *
**********************************************************************
NOTICE
fi
