"""Where things are."""

import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES = ROOT / "rules" / "dlsc2017.toml"
RESULTS = ROOT / "bench" / "RESULTS.md"


def default_program():
    return os.environ.get("PAPERTRAY", str(ROOT / "build" / "release" / "bin" / "papertray"))
