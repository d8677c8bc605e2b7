#!/usr/bin/env python3
"""Measures `floorcoach import` on files of 10 MB of many kinds: whole processes, wall and CPU time and peak memory.

    python3 scripts/bench_import.py [--program PATH] [--runs N] [--megabytes N]

The files are made anew each time, from the articles of the tests, from words at random (with a fixed seed), and from what
has been slow before. Each must be answered, by a routine or by a message, within the second that is the target; it says so
and fails otherwise. Linux and macOS; run by `make bench`.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = 1.0
WORDS = (
    "the a walking office people back day water often most neck shoulder lift hold seconds times repeat each side slowly "
    "then exercise stretch bend help because good week little feel long table chair sleep work doctor tea 10 5 three"
).split()


def sentence(dice, words):
    text = " ".join(dice.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + dice.choice([". ", ", "])


def kinds(size):
    """Per kind: the ending of its file, and what makes its text."""
    dice = random.Random(2)
    articles = sorted((ROOT / "tests/import/articles").glob("*.txt"))

    def again(text):
        return (text * (size // len(text) + 1))[:size]

    def made(make):
        parts, length = [], 0
        while length < size:
            parts.append(make())
            length += len(parts[-1])
        return "".join(parts)[:size]

    return {
        "the articles of the tests, again and again": ("txt", lambda: again("\n\n".join(a.read_text(encoding="utf-8") for a in articles))),
        "an article without exercises, lines of 70": ("txt", lambda: again("Most people who sit all day know that a little walk helps them.\n")),
        "words at random, lines of 70": ("txt", lambda: made(lambda: sentence(dice, 13).strip() + "\n")),
        "words at random, paragraphs of 200": ("txt", lambda: made(lambda: "".join(sentence(dice, 9) for _ in range(4)) + "\n\n")),
        "words at random, paragraphs of 2000": ("txt", lambda: made(lambda: "".join(sentence(dice, 9) for _ in range(40)) + "\n\n")),
        "words at random, items": ("txt", lambda: made(lambda: "- " + sentence(dice, 13).strip() + "\n")),
        "words at random, a word and a colon before": ("txt", lambda: made(lambda: sentence(dice, 2)[:-2] + ": " + sentence(dice, 12) + "\n")),
        "words at random, HTML": ("html", lambda: made(lambda: "<div class='x'><p>" + sentence(dice, 14) + "</p></div>\n")),
        "words at random, Markdown": ("md", lambda: made(lambda: dice.choice(["## ", "- ", "", "**b** "]) + sentence(dice, 14) + "\n\n")),
        "one paragraph": ("txt", lambda: again("Lie on your back and lift your hips, then hold for five seconds. Most people like it. ")),
        "300 000 tiny exercises": ("txt", lambda: again("Bridge\nLift your hips. Hold 5 s.\n\n")),
        "names only": ("txt", lambda: again("Neck stretch\n")),
        "one letter a line": ("txt", lambda: again("a\n")),
        "numbers only": ("txt", lambda: again("10 x 3 12 sec ")),
        "words broken at the end of the line": ("txt", lambda: again("exer-\ncise ")),
        "a table": ("md", lambda: "| Exercise | Sets |\n|---|---|\n" + again("| Bridge | 3 |\n")),
        "cells": ("txt", lambda: again("| a | b | c |\n")),
        "paragraphs in HTML": ("html", lambda: again("<p>Lift your hips and hold 5 s.</p>")),
        "line breaks in HTML": ("html", lambda: again("a<br>")),
        "tags that never end": ("html", lambda: again("<div>a")),
        "entities": ("html", lambda: again("&amp;")),
        "quotes in quotes in Markdown": ("md", lambda: again("> ")),
        "stars in Markdown": ("md", lambda: again("*a **b ")),
        "links in Markdown that never end": ("md", lambda: again("[a](b ")),
    }


def run(command):
    """Wall and CPU seconds, peak memory in MB, and the first line of what it said."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = process.stdout.read().decode(errors="replace")
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    unit = 1 if sys.platform == "darwin" else 1024
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, said


def write(article, make):
    """In a process of its own: its memory would count as that of the program that is started next."""
    child = os.fork()
    if child == 0:
        article.write_text(make(), encoding="utf-8")
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f"cannot write `{article}`")


def outcome(said):
    for sign, told in [
        ("more than 500 exercises", "too many exercises"),
        ("too long", "too long"),
        ("no exercises", "no exercises"),
        ("makes no routine", "more than a day"),
    ]:
        if sign in said:
            return told
    return "a routine" if "floorcoach play" in said else "?"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "target/release/floorcoach", type=Path)
    parser.add_argument("--runs", default=5, type=int)
    parser.add_argument("--megabytes", default=10, type=int)
    options = parser.parse_args()
    if not options.program.exists():
        sys.exit(f"no program at `{options.program}`; build it with `cargo build --release`, or name it with --program")
    print(f"load {os.getloadavg()[0]:.1f}\n\n| {options.megabytes} MB of | wall s | CPU s | memory MB | answer |")
    print("|---|---|---|---|---|")
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, (ending, make) in kinds(options.megabytes * 1_000_000).items():
            article = Path(folder) / f"article.{ending}"
            write(article, make)
            command = [options.program, "import", article, "-o", Path(folder) / "routine.toml", "--force"]
            taken = [run(command) for _ in range(options.runs)]
            article.unlink()
            walls, cpus = [t[0] for t in taken], [t[1] for t in taken]
            wall, cpu = statistics.median(walls), statistics.median(cpus)
            memory = max(t[2] for t in taken)
            print(
                f"| {kind} | {wall:.2f} ({min(walls):.2f}-{max(walls):.2f}) | {cpu:.2f} | {memory:.0f} "
                f"| {outcome(taken[0][3])} |",
                flush=True,
            )
            if wall >= TARGET:
                slow.append(kind)
    if slow:
        sys.exit(f"slower than the {TARGET:.0f} s that is the target: {', '.join(slow)}")


if __name__ == "__main__":
    main()
