#!/usr/bin/env python3
"""Measures what a listener waits for, on a sound server without hardware: the first sound, the answer to a button, and the
work of a processor core while it plays.

    python3 scripts/bench_live.py [--rounds N] [--program FILE]

A PulseAudio server of its own plays into nothing; what it hands to its sink is read back, with the time. What a real sink
has buffered comes on top of that. Buttons are pressed by playerctl on a session bus of its own. Needs pulseaudio, parec, pactl, dbus-daemon and playerctl
(`scripts/speech-packages.sh test` and `scripts/setup-checkers.sh` install them). Run by `make bench`.
"""

import argparse
import array
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RATE = 48_000
LOUD = 60
TOOLS = ["pulseaudio", "parec", "pactl", "dbus-daemon", "playerctl"]
# Ticks a second apart, and nothing else for a while.
ROUTINE = """title = "Bench"
opening = []
[[exercise]]
name = "Plank"
position = "all-fours"
instructions = ["Keep your back long."]
reps = 1
rep = [{ hold = "60s" }]
"""


class Ear:
    """What the server plays, by the second: when its first loud sample after a moment was heard."""

    def __init__(self, server):
        self.loud = []
        self.began = None
        self.process = subprocess.Popen(
            ["parec", "--device=ear.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le", "--latency-msec=10"],
            env=server, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        threading.Thread(target=self.listen, daemon=True).start()
        while self.began is None:
            time.sleep(0.01)

    def listen(self):
        while chunk := os.read(self.process.stdout.fileno(), 2 * RATE // 100):
            arrived = time.monotonic()
            self.began = self.began or arrived
            if not any(chunk):
                continue
            samples = array.array("h", chunk[:len(chunk) // 2 * 2])
            at = next((at for at, sample in enumerate(samples) if abs(sample) > LOUD), None)
            if at is not None:
                # The last sample of a chunk is the one that has just been played.
                self.loud.append(arrived - (len(samples) - at) / RATE)

    def first_after(self, moment, patience=10):
        end = time.monotonic() + patience
        while time.monotonic() < end:
            found = next((heard for heard in list(self.loud) if heard > moment), None)
            if found is not None:
                return found
            time.sleep(0.005)
        sys.exit(f"nothing was heard within {patience} s")


def told(values, unit):
    return f"{statistics.median(values):.0f} {unit} ({min(values):.0f}–{max(values):.0f})"


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--program", help="the release program; built if not given")
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print(f"not measured: {', '.join(missing)} are not installed", file=sys.stderr)
        return
    program = options.program and os.path.abspath(options.program)
    if not program:
        subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "floorcoach"], check=True)
        program = str(Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")) / "release/floorcoach")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        socket = folder / "native"
        (folder / "default.pa").write_text(
            f".fail\nload-module module-null-sink sink_name=ear rate={RATE} channels=2 format=s16le norewinds=1\n"
            f"load-module module-native-protocol-unix auth-anonymous=1 socket={socket}\nset-default-sink ear\n")
        (folder / "bench.toml").write_text(ROUTINE)
        base = {**os.environ, "HOME": name, "XDG_RUNTIME_DIR": name, "ALSA_CONFIG_PATH": "nowhere", "PULSE_COOKIE": str(folder / "cookie"),
                **{f"XDG_{kind}_HOME": name for kind in ("CACHE", "CONFIG", "DATA")}}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        pulse = subprocess.Popen(["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes",
                                  "--use-pid-file=no", "--high-priority=yes", "--realtime=yes", "-F",
                                  str(folder / "default.pa")], env=base, **quiet)
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            env = {**base, "PULSE_SERVER": f"unix:{socket}", "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
            while not socket.exists():
                time.sleep(0.01)
            measure(program, options.rounds, folder, env, quiet)
        finally:
            pulse.kill()
            bus.kill()


def measure(program, rounds, folder, env, quiet):
    ear = Ear(env)
    play = [program, "play", "bench.toml", "--lead-in", "0s"]
    # The words are in the cache from here on.
    subprocess.run([program, "render", "bench.toml", "-o", "bench.wav"], cwd=folder, env=env, check=True, **quiet)
    starts, answers, quits = [], [], []
    button = lambda command: subprocess.run(["playerctl", "--player=floorcoach", command], env=env, **quiet)
    for _ in range(rounds):
        since = time.monotonic()
        process = subprocess.Popen([*play, "--from", "plank"], cwd=folder, env=env, **quiet)
        starts.append(1000 * (ear.first_after(since) - since))
        # Into the minute, then midway between two ticks.
        time.sleep(10)
        tick = ear.first_after(time.monotonic())
        time.sleep(max(0.0, tick + 0.4 - time.monotonic()))
        pressed = time.monotonic()
        button("pause")
        answers.append(1000 * (ear.first_after(pressed, 2) - pressed))
        time.sleep(2)
        pressed = time.monotonic()
        process.send_signal(2)
        process.wait()
        quits.append(1000 * (time.monotonic() - pressed))
    process = subprocess.Popen([*play, "--from", "plank"], cwd=folder, env=env, **quiet)
    time.sleep(5)
    before, since = cpu_seconds(process.pid), time.monotonic()
    time.sleep(30)
    share = 100 * (cpu_seconds(process.pid) - before) / (time.monotonic() - since)
    process.terminate()
    process.wait()
    pressing = []
    for _ in range(rounds):
        since = time.monotonic()
        subprocess.run(["playerctl", "--version"], env=env, **quiet)
        pressing.append(1000 * (time.monotonic() - since))
    print(f"\n### While it plays, {rounds} rounds, load {os.getloadavg()[0]:.1f}\n\n| figure | target | ours |\n|---|---|---|")
    print(f"| `play` to the first sound at the sink | | {told(starts, 'ms')} |")
    print(f"| a press of pause to its earcon at the sink | < 150 ms | {told(answers, 'ms')} |")
    print(f"| of that, starting playerctl | | {told(pressing, 'ms')} |")
    print(f"| Ctrl-C to the end of the process | < 200 ms | {told(quits, 'ms')} |")
    print(f"| processor while playing, of one core | < 3 % | {share:.1f} % |")


if __name__ == "__main__":
    main()
