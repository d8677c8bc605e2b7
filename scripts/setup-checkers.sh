#!/bin/sh
# Installs the programs with which the tests read what was rendered and press a desktop's buttons, where apt-get can. Without
# them those tests skip themselves and say so, so this never fails.
set -u

missing=
for pair in ffprobe:ffmpeg mediainfo:mediainfo playerctl:playerctl dbus-run-session:dbus-daemon; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
python3 -c 'import mutagen' 2>/dev/null || missing="$missing python3-mutagen"
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then sudo='sudo -n'; fi
# shellcheck disable=SC2086 # words of their own are meant
if command -v apt-get >/dev/null 2>&1 &&
    { $sudo apt-get install -y -q $missing || { $sudo apt-get update -q && $sudo apt-get install -y -q $missing; }; } \
        >/dev/null 2>&1; then
    echo "installed for the tests:$missing"
else
    echo "not installed, so some tests will be skipped:$missing"
fi
