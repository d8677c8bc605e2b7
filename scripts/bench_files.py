#!/usr/bin/env python3
"""Measures rendering to files against the encoders alone and against a shell script that does the same work.

Whole processes, in turn, round by round; medians with the range in brackets. CPU time counts children and all threads,
so it is what a loaded machine changes least. Needs lame, opusenc, espeak-ng, sox and ffmpeg: `--install` gets them on
Debian and Ubuntu. Run by `make bench`.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAMS = {"lame": "lame", "opusenc": "opus-tools", "espeak-ng": "espeak-ng", "sox": "sox", "ffmpeg": "ffmpeg"}
ROUTINE = "upper-back"


def run(command, env):
    """Wall and CPU seconds, and the peak of memory in MB, of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command[0]} failed: {errors.decode(errors='replace')[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, used.ru_maxrss * 1024 / 1e6


def told(values):
    digits = 2 if statistics.median(values) < 10 else 0
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def in_turn(pairs, rounds):
    """The measurements of each command, taken in turn so that a change of load meets them all."""
    taken = {name: [] for name in pairs}
    for _ in range(rounds):
        for name, (command, env, before) in pairs.items():
            before()
            taken[name].append(run(command, env))
    return taken


def table(title, taken, against):
    print(f"\n{title}\n\n| what | wall s | CPU s | CPU against {against} |\n|---|---|---|---|")
    base = statistics.median(cpu for _, cpu, _ in taken[against])
    for name, values in taken.items():
        walls, cpus = [wall for wall, _, _ in values], [cpu for _, cpu, _ in values]
        print(f"| {name} | {told(walls)} | {told(cpus)} | {statistics.median(cpus) / base:.2f} |")


def long_routine(hours):
    """About so many hours of one exercise."""
    sets = round(hours * 3600 / 30 / 20)
    return (f'title = "Long"\n[[exercise]]\nname = "Bridge"\nposition = "supine"\ninstructions = ["Lie down."]\n'
            f'sets = {max(sets, 1)}\nreps = 20\nrep = [{{ say = "Up", hold = "20s" }}, {{ say = "Down", move = "5s" }}]\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", help="the release program; built if not given")
    parser.add_argument("--install", action="store_true", help="install the programs to compare with")
    options = parser.parse_args()
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing and options.install:
        sudo = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run([*sudo, "apt-get", "install", "-y", *missing], check=True)
    elif missing:
        sys.exit(f"these are needed: {', '.join(missing)}; run `scripts/bench_files.py --install`, or install them")
    build = ["cargo", "build", "--release", "--locked", "--bin", "floorcoach", "--example", "encode_flac"]
    if not options.program:
        subprocess.run(build, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")) / "release"
    program = options.program or str(target / "floorcoach")
    flac = str(Path(program).parent / "examples" / "encode_flac")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        env = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "XDG_CONFIG_HOME": str(folder)}
        nothing = lambda: None
        render = lambda name, *more: [program, "render", ROUTINE, "--force", "-o", str(folder / name), *more]
        run(render("whole.wav"), env)
        wav = str(folder / "whole.wav")
        cues = subprocess.run([program, "show", ROUTINE, "--json"], env=env, check=True, capture_output=True).stdout
        (folder / "cues.json").write_bytes(cues)
        minutes = json.loads(cues)["duration_ms"] / 60_000
        print(f"{minutes:.0f} minutes of `{ROUTINE} --full`, load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")

        alone = {
            "MP3": ("render (64 kbit/s)", render("a.mp3"), "lame alone", ["lame", "-b", "64", wav, str(folder / "b.mp3")]),
            "Opus": ("render (32 kbit/s)", render("a.opus"), "opusenc alone",
                     ["opusenc", "--bitrate", "32", wav, str(folder / "b.opus")]),
            "FLAC": ("render", render("a.flac"), "the crate alone", [flac, wav, str(folder / "b.flac")]),
        }
        narrow = str(folder / "narrow.wav")
        run(["sox", wav, "-r", "24000", narrow], env)
        for title, (ours, command, other, peer) in alone.items():
            pairs = {other: (peer, env, nothing), ours: (command, env, nothing)}
            if title == "MP3":
                # Ours are at 24 kHz: with its own resampling spared, too.
                pairs["lame alone, from 24 kHz"] = (["lame", "-b", "64", narrow, str(folder / "b.mp3")], env, nothing)
            taken = in_turn(pairs, options.rounds)
            table(f"{title}, warm cache", taken, other)

        cold = lambda: shutil.rmtree(folder / "cache", ignore_errors=True)
        peer = [sys.executable, str(HERE / "peer_render.py"), str(folder / "cues.json"), str(folder / "peer.mp3")]
        taken = in_turn({
            "render, empty cache": (render("a.mp3"), env, cold),
            "espeak-ng, sox, ffmpeg": (peer, env, nothing),
        }, max(3, options.rounds // 2))
        table("MP3 from nothing, with a voice", taken, "render, empty cache")

        print("\n| routine | frames' time | peak memory MB | wall s |\n|---|---|---|---|")
        for name, hours in [("20 minutes", 1 / 3), ("8 hours", 8)]:
            path = folder / "long.toml"
            path.write_text(long_routine(hours))
            shown = subprocess.run([program, "show", str(path), "--json"], env=env, check=True, capture_output=True)
            lasts = json.loads(shown.stdout)["duration_ms"] / 3_600_000
            for ending in ["mp3", "opus", "m4b", "flac"]:
                wall, _, memory = run([program, "render", str(path), "--force", "-o", str(folder / f"l.{ending}")], env)
                print(f"| {name} to {ending} | {lasts:.2f} h | {memory:.0f} | {wall:.1f} |")


if __name__ == "__main__":
    main()
