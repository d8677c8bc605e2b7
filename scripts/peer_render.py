#!/usr/bin/env python3
"""What a user at home in the shell would script for one routine, to compare `floorcoach render` with.

espeak-ng speaks each different line once, sox makes the sounds and cuts or pads every cue to its length, joins them,
and ffmpeg brings the whole to -16 LUFS in two passes, encodes it and adds the chapters. The cues come from `floorcoach show --json`,
because even this script needs to know when what is heard.

  peer_render.py CUES.json OUT.mp3
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

RATE = 48_000
FORMAT = ["-r", str(RATE), "-c", "1", "-b", "16"]


def run(*command, text=None):
    subprocess.run(command, check=True, input=text, text=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def main():
    cues, out = sys.argv[1:]
    score = json.loads(Path(cues).read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        spoken, pieces = {}, []
        for cue in score["cues"]:
            frames = f"{cue['frames']}s"
            what = (cue["kind"], cue.get("text") or cue.get("sound"), frames)
            if what not in spoken:
                piece = folder / f"piece{len(spoken)}.wav"
                if cue["kind"] == "speech":
                    said = folder / "said.wav"
                    run("espeak-ng", "-w", str(said), "--stdin", text=cue["text"])
                    # Its words are longer or shorter than ours: the slot is the same.
                    run("sox", str(said), *FORMAT, str(piece), "rate", str(RATE), "pad", "0", frames, "trim", "0", frames)
                elif cue["kind"] == "sound":
                    run("sox", "-n", *FORMAT, str(piece), "synth", "0.08", "sine", "880", "fade", "0", "0.08", "0.06",
                        "pad", "0", frames, "trim", "0", frames)
                else:
                    run("sox", "-n", *FORMAT, str(piece), "trim", "0", frames)
                spoken[what] = piece
            pieces.append(str(spoken[what]))
        # A command line holds only so many names.
        parts = []
        for start in range(0, len(pieces), 500):
            part = folder / f"part{start}.wav"
            run("sox", *pieces[start:start + 500], str(part))
            parts.append(str(part))
        whole = folder / "whole.wav"
        run("sox", *parts, str(whole))
        chapters = [";FFMETADATA1", f"title={score['routine']}"]
        for chapter in score["chapters"]:
            chapters += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={chapter['start_ms']}", f"END={chapter['end_ms']}",
                         f"title={chapter['title']}"]
        (folder / "chapters.txt").write_text("\n".join(chapters) + "\n")
        # In two passes, as its manual advises: one alone misses the loudness.
        wanted = "loudnorm=I=-16:TP=-1"
        heard = subprocess.run(["ffmpeg", "-hide_banner", "-i", str(whole), "-af", f"{wanted}:print_format=json", "-f",
                                "null", "-"], check=True, capture_output=True, text=True).stderr
        heard = json.loads(heard[heard.rindex("{"):heard.rindex("}") + 1])
        wanted += ":linear=true" + "".join(f":measured_{there}={heard[f'input_{here}']}" for there, here in
                                           [("I", "i"), ("TP", "tp"), ("LRA", "lra"), ("thresh", "thresh")])
        run("ffmpeg", "-y", "-i", str(whole), "-i", str(folder / "chapters.txt"), "-map_metadata", "1", "-af", wanted,
            "-ar", "24000", "-c:a", "libmp3lame", "-b:a", "64k", out)


if __name__ == "__main__":
    main()
