# Read by the scripts that install packages of the system, not run by itself.

sudo=
if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null 2>&1; then sudo='sudo '; fi

# cannot WHY: prints the command that installs what is missing, and stops.
cannot() {
    printf 'floorcoach: %s. This installs what is missing:\n\n    %s\n\n' "$1" "$whole" >&2
    exit 1
}

# as_root COMMAND: as root, and without questions. `env` because sudo may not hand variables on.
as_root() {
    echo "\$ $sudo$1"
    # shellcheck disable=SC2086 # a command and its arguments
    ${sudo}env DEBIAN_FRONTEND=noninteractive $1
}

# install_packages BEFORE INSTALL: runs both commands as root; BEFORE may be empty, and may fail.
install_packages() {
    whole="${1:+$sudo$1 && }$sudo$2"
    if [ "$(id -u)" -ne 0 ] && [ -z "$sudo" ]; then
        cannot 'packages are missing, and only root can install them (there is no sudo)'
    fi
    if [ -n "$1" ]; then as_root "$1" || true; fi
    as_root "$2" || cannot 'the packages could not be installed'
}
