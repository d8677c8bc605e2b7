#!/usr/bin/env python3
"""Measures the whole program against its targets, and the voice against the model's own Python package.

    python3 scripts/bench.py [--runs N] [--rounds N] [--no-peer]

Builds what it needs and prints Markdown tables: the size of the binary; how long a whole process takes to its first word;
time and peak memory of rendering the full routine; then the synthesis alone, our half (benches/rounds.rs) and the peer's
in turn, so that whatever else the machine does hits both alike.

Every figure is the median of its runs, with the range behind it. Cold runs have an empty cache of phrases, warm ones a
filled one. Works on Linux and macOS; only Linux can pin a process to one core. Needs nothing but Python; the peer
(hibari-tts, with onnxruntime, numpy and scipy) is installed into target/peer.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEER = ["hibari-tts==0.2.1", "scipy"]
ROUTINE = "upper-back"
FIRST = ["first-sample", ROUTINE, "--from", "shoulder-blade-squeeze"]


def load():
    return "/".join(f"{load:.1f}" for load in os.getloadavg()[:2])


class Figure:
    """Some measurements of one thing, shown as median (lowest–highest)."""

    def __init__(self, values):
        self.values = list(values)
        self.median = statistics.median(self.values)

    def __str__(self):
        digits = 0 if self.median >= 100 else 1 if self.median >= 10 else 2
        low, median, high = (f"{v:.{digits}f}" for v in (min(self.values), self.median, max(self.values)))
        return f"{median} ({low}–{high})"


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |", flush=True)


def head(*cells):
    print()
    row(*cells)
    row(*("---" for _ in cells))


def run(command, folder):
    """Seconds of the whole process, its CPU seconds, its peak resident memory in MB (10^6 bytes)."""
    places = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
    environment = {**os.environ, **places, "HOME": str(folder)}
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    messages = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"`{' '.join(command)}` failed: {messages.decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6


def cold_and_warm(command, runs):
    """Two lists of what `run` tells: with an empty cache each time, and with one that a run before has filled."""
    cold, warm = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            arguments = [part.replace("@", str(folder)) for part in command]
            cold.append(run(arguments, folder))
            # The first word comes before everything is in the cache, so the routine is spoken once in between.
            run([command[0], "render", ROUTINE, "--force", "-o", str(folder / "fill.wav")], folder)
            warm.append(run(arguments, folder))
    return cold, warm


def processes(program, runs):
    print(f"\n### Whole processes, {runs} runs each; load {load()}")
    head("figure", "target", "ours")
    row("release binary, MB", "< 35", f"{os.path.getsize(program) / 1e6:.1f}")
    cold, warm = cold_and_warm([program, *FIRST], runs)
    row("start to first sample, empty cache, ms", "< 300", Figure(1000 * one[0] for one in cold))
    row("start to first sample, warm cache, ms", "< 60", Figure(1000 * one[0] for one in warm))
    cold, warm = cold_and_warm([program, "render", ROUTINE, "--full", "--force", "-o", "@/out.wav"], runs)
    shown = subprocess.run([program, "show", ROUTINE, "--json", "--no-cache"], check=True, capture_output=True, text=True)
    length = json.loads(shown.stdout)["duration_ms"] / 1000
    for name, ones in (("an empty", cold), ("a warm", warm)):
        row(f"`render --full` with {name} cache: peak memory, MB", "< 150", Figure(one[2] for one in ones))
        row("… seconds", "", Figure(one[0] for one in ones))
        row("… CPU seconds", "", Figure(one[1] for one in ones))
        row(f"… × real time ({length:.0f} s of routine)", "", Figure(length / one[0] for one in ones))
    print(f"\nLoad afterwards {load()}.")


class Half:
    """One side of the comparison: a process that speaks all phrases whenever it is sent a line."""

    def __init__(self, command, cores):
        pinned = hasattr(os, "sched_setaffinity")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if pinned else None)

    def ask(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("one half of the comparison has ended; its message is above")
        return json.loads(line)

    def cpu(self):
        """CPU seconds so far, where the system tells; in steps of 10 ms."""
        try:
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def round(self):
        before = self.cpu()
        answer = self.ask()
        return answer["wall"], self.cpu() - before

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def synthesis(rounds_program, peer, rounds):
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count()))
    for workers, target in ((1, "≥ 50"), (2, "≥ 90")):
        if len(cores) < workers:
            continue
        here = set(cores[:workers])
        ours = Half([rounds_program, str(workers)], here)
        phrases = ours.answer()
        speech = ours.ask()["speech"]
        theirs = None
        if peer:
            theirs = Half([peer, __file__, "--peer", str(workers)], here)
            theirs.ask(json.dumps(phrases))
            theirs.round()
        load_before = load()
        done = [(ours.round(), theirs.round() if theirs else None) for _ in range(rounds)]
        print(f"\n### Words to samples on {workers} core{'s' * (workers > 1)}: {len(phrases)} phrases, {speech:.0f} s of speech, "
              f"{rounds} rounds; load {load_before} before, {load()} after")
        head("figure", "target", "ours", "peer", "peer's time / ours")
        for name, nth in (("wall time", 0), ("CPU time", 1)):
            mine = [mine[nth] for mine, _ in done]
            other = [other[nth] for _, other in done if other]
            # On two cores CPU time adds both up, so it is no speed.
            if nth == 0 or workers == 1:
                speed = [Figure(speech / one for one in ones) if ones else "–" for ones in (mine, other)]
                row(f"× real time by {name}", target, *speed, "")
            ratio = Figure(b / a for a, b in zip(mine, other)) if other else "–"
            row(f"{name} of a round, s", "", Figure(mine), Figure(other) if other else "–", ratio)
        for half in (ours, theirs):
            if half:
                half.end()
    print("\nSpeech is counted as it is heard: trimmed of the silence at both ends of each phrase, at 48 kHz. The peer's "
          "phrases are the same, and its silence is not counted either; it stops at 24 kHz.")


def peer_half(threads):
    """The model's own package. Runs in the Python of target/peer."""
    from hibari import Hibari
    phrases = json.loads(sys.stdin.readline())
    voice = Hibari(threads=threads)
    print("{}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for words in phrases:
            voice(words, seed=0)
        print(json.dumps({"wall": time.perf_counter() - start}), flush=True)


def installed_peer():
    """The Python that has the peer, or None with the reason told."""
    folder = ROOT / "target" / "peer"
    python = folder / "bin" / "python"
    here = [python, "-c", "import hibari, scipy"]
    if python.exists() and subprocess.run(here, capture_output=True).returncode == 0:
        return str(python)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER], check=True)
        subprocess.run(here, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The peer cannot be installed and is LEFT OUT ({error}).", file=sys.stderr)
        return None
    return str(python)


def built():
    """The release binary and our half of the comparison."""
    program = subprocess.run([ROOT / "scripts" / "build-release.sh"], check=True, stdout=subprocess.PIPE, text=True)
    command = ["cargo", "bench", "--locked", "--no-run", "--bench", "rounds", "--message-format=json-render-diagnostics"]
    made = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    artifacts = (json.loads(line) for line in made)
    rounds = [one["executable"] for one in artifacts if one.get("target", {}).get("name") == "rounds"]
    return program.stdout.strip(), rounds[-1]


def machine():
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    except OSError:
        name = subprocess.run(["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True).stdout.strip()
    return f"{name}, {os.cpu_count()} logical processors, {sys.platform}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=11, help="of each whole process (11)")
    parser.add_argument("--rounds", type=int, default=11, help="of the comparison (11)")
    parser.add_argument("--no-peer", action="store_true", help="leave the model's own package out")
    wanted = parser.parse_args()
    program, rounds_program = built()
    print(machine())
    peer = None if wanted.no_peer else installed_peer()
    processes(program, wanted.runs)
    synthesis(rounds_program, peer, wanted.rounds)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peer"]:
        peer_half(int(sys.argv[2]))
    else:
        main()
