#!/bin/sh
# Measures what is really heard: plays into a sound server of its own, records it and compares.
#
#   scripts/rig.sh [full|short] [pulseaudio|pipewire]
#
# Where the server is not installed this says so loudly and does nothing: `.ci/run` installs PulseAudio.

set -eu

CDPATH='' cd -- "$(dirname -- "$0")/.."

server=${2:-pulseaudio}
case $server in
pulseaudio)
    programs='pulseaudio'
    packages='pulseaudio pulseaudio-utils'
    ;;
pipewire)
    programs='pipewire wireplumber pipewire-pulse dbus-daemon'
    packages='pipewire wireplumber pipewire-pulse dbus pulseaudio-utils'
    ;;
*)
    echo "usage: $0 [full|short] [pulseaudio|pipewire]" >&2
    exit 2
    ;;
esac
for tool in $programs parecord pactl; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        cat >&2 <<NOTICE
**********************************************************************
*  SKIPPED: the rig needs \`$tool\`. On Debian or Ubuntu:
*      sudo apt-get install --no-install-recommends $packages
**********************************************************************
NOTICE
        exit 0
    fi
done

FLOORCOACH_RIG=${1:-full} FLOORCOACH_RIG_SERVER=$server exec cargo test --locked --test rig -- --nocapture --test-threads=1
