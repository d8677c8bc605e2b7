#!/bin/sh
# Measures what is really heard: plays into a PulseAudio server of its own, records it and compares.
#
#   scripts/rig.sh [full|short]
#
# Where PulseAudio is not installed this says so loudly and does nothing: `.ci/run` installs it.

set -eu

CDPATH='' cd -- "$(dirname -- "$0")/.."

for tool in pulseaudio parecord pactl; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        cat >&2 <<NOTICE
**********************************************************************
*  SKIPPED: the rig needs \`$tool\`. On Debian or Ubuntu:
*      sudo apt-get install --no-install-recommends pulseaudio pulseaudio-utils
**********************************************************************
NOTICE
        exit 0
    fi
done

FLOORCOACH_RIG=${1:-full} exec cargo test --locked --test rig -- --nocapture --test-threads=1
