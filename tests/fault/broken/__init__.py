"""papertray broken on purpose: acts to break it in, and what must be left afterwards."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "e2e"))
