#!/bin/sh
# Installs what the system's voice needs on Linux (the cargo feature `system-voice`), and only what is missing.
#
#   scripts/speech-packages.sh build    the headers of libspeechd, and libclang, which reads them
#   scripts/speech-packages.sh test     also speech-dispatcher with espeak-ng, and a sound server without hardware
#
# Where it cannot, it prints the exact command and stops.

set -eu

[ "$(uname -s)" = Linux ] || exit 0

has_header() { [ -e /usr/include/speech-dispatcher/libspeechd.h ] || [ -e /usr/local/include/speech-dispatcher/libspeechd.h ]; }
has_clang() {
    [ -n "${LIBCLANG_PATH:-}" ] || ldconfig -p 2>/dev/null | grep -q libclang ||
        ls /usr/lib/llvm*/lib/libclang*.so* /usr/lib64/libclang*.so* /usr/lib/libclang*.so* >/dev/null 2>&1
}
has() { command -v "$1" >/dev/null 2>&1; }
has_module() {
    for module in /usr/lib/speech-dispatcher-modules /usr/lib*/speech-dispatcher /usr/lib/*/speech-dispatcher-modules \
        /usr/libexec/speech-dispatcher-modules; do
        if [ -e "$module/sd_espeak-ng" ]; then return 0; fi
    done
    return 1
}

# missing HEADER CLANG DISPATCHER MODULE PULSE TOOLS: of these package names, those whose part is not there.
missing() {
    has_header || printf ' %s' "$1"
    has_clang || printf ' %s' "$2"
    if [ "$what" = test ]; then
        has speech-dispatcher || printf ' %s' "$3"
        has_module || printf ' %s' "$4"
        has pulseaudio || printf ' %s' "$5"
        has pactl || printf ' %s' "$6"
    fi
}

what=${1:-build}
if has apt-get; then
    before='apt-get update'
    install='apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends'
    packages=$(missing libspeechd-dev libclang-dev speech-dispatcher speech-dispatcher-espeak-ng pulseaudio pulseaudio-utils)
elif has dnf; then
    before=
    install='dnf install -y'
    packages=$(missing speech-dispatcher-devel clang-devel speech-dispatcher speech-dispatcher-espeak-ng pulseaudio pulseaudio-utils)
elif has pacman; then
    before=
    install='pacman -S --needed --noconfirm'
    packages=$(missing speech-dispatcher clang speech-dispatcher espeak-ng pulseaudio libpulse)
elif has zypper; then
    before=
    install='zypper --non-interactive install'
    packages=$(missing libspeechd-devel clang-devel speech-dispatcher speech-dispatcher-module-espeak pulseaudio pulseaudio-utils)
else
    before=
    install='your package manager with'
    packages=$(missing 'the headers of libspeechd' libclang speech-dispatcher espeak-ng pulseaudio pactl)
fi
if [ -z "$packages" ]; then exit 0; fi

. "$(dirname -- "$0")/install-packages.sh"
install_packages "$before" "$install$packages"
