"""How much of a test is done: what fits into every run of the suite; more (PAPERTRAY_LONG_TESTS=1, tools/test --all, all of it
in half an hour on two cores); or as much as the figures of the documents tell of (PAPERTRAY_LONG_TESTS=figures, hours)."""

import os

from .wait import SLOW

ASKED = os.environ.get("PAPERTRAY_LONG_TESTS", "")
if ASKED not in ("", "1", "figures"):
    raise SystemExit(f"PAPERTRAY_LONG_TESTS is 1 or figures, not {ASKED}")
# The sanitizers look at what is read and written, and for that the usual form does.
FORM = {"": 0, "1": 1, "figures": 2}[ASKED] if SLOW == 1 else 0


def form(usual, more, figures):
    return (usual, more, figures)[FORM]
