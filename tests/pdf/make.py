#!/usr/bin/python3
"""Writes the PDFs beside it: papers of exact geometry, right in all but one thing each.

    tests/pdf/make.py [DIR]      everything, into DIR or this folder
    tests/pdf/make.py --bombs DIR    the bombs, which are never committed

The text is our own and says nothing. verdicts.json beside it says what papertray finds in each.
"""

import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from lib import bombs, broken, papers  # noqa: E402


def main():
    words = sys.argv[1:]
    if words[:1] == ["--bombs"]:
        folder = pathlib.Path(words[1])
        folder.mkdir(parents=True, exist_ok=True)
        for name in words[2:] or bombs.BOMBS:
            bombs.BOMBS[name](folder / f"{name}.pdf")
        return
    folder = pathlib.Path(words[0]) if words else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {**papers.all_papers(), **broken.all_broken()}.items():
        (folder / name).write_bytes(data)


main()
