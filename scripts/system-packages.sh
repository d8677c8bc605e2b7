#!/bin/sh
# Installs what the build needs from the system: a C linker and, on Linux, pkg-config and the ALSA headers.
# Where it cannot, it prints the exact command and stops.

set -eu

has_linker() { command -v cc >/dev/null 2>&1; }
has_pkg_config() { command -v "${PKG_CONFIG:-pkg-config}" >/dev/null 2>&1; }
has_alsa() { has_pkg_config && "${PKG_CONFIG:-pkg-config}" --exists alsa; }

case $(uname -s) in
    Linux) is_complete() { has_linker && has_alsa; } ;;
    Darwin)
        if ! xcode-select -p >/dev/null 2>&1; then
            printf 'floorcoach: the Xcode command line tools are missing. This installs them:\n\n    %s\n\n' \
                'xcode-select --install' >&2
            exit 1
        fi
        exit 0
        ;;
    *) is_complete() { has_linker; } ;;
esac

if is_complete; then exit 0; fi

# missing LINKER PKG_CONFIG ALSA: of these package names, those whose part is not there.
missing() {
    has_linker || printf ' %s' "$1"
    has_pkg_config || printf ' %s' "$2"
    has_alsa || printf ' %s' "$3"
}

if command -v apt-get >/dev/null 2>&1; then
    # A fresh machine has no package lists. Where a foreign source cannot be read, the install may still succeed.
    before='apt-get update'
    # Another apt may be at work on such a machine: wait for it rather than fail.
    install="apt-get -o DPkg::Lock::Timeout=120 install -y --no-install-recommends$(missing 'gcc libc6-dev' pkg-config libasound2-dev)"
elif command -v dnf >/dev/null 2>&1; then
    before=
    install="dnf install -y$(missing gcc pkgconf-pkg-config alsa-lib-devel)"
elif command -v pacman >/dev/null 2>&1; then
    before=
    install="pacman -S --needed --noconfirm$(missing gcc pkgconf alsa-lib)"
elif command -v zypper >/dev/null 2>&1; then
    before=
    install="zypper --non-interactive install$(missing gcc pkg-config alsa-devel)"
else
    echo "floorcoach: the build needs a C compiler (\`cc\`), and on Linux \`pkg-config\` and ALSA's \`alsa.pc\`." >&2
    echo 'Install them with your package manager, then run the same command again.' >&2
    exit 1
fi

. "$(dirname -- "$0")/install-packages.sh"
install_packages "$before" "$install"
is_complete || cannot 'the packages were installed, but the ALSA headers or a linker are still not found'
