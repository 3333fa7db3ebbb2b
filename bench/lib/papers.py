"""Papers of 2 to 8 pages, each read in a sandboxed process of its own, by check-pdf."""

import importlib.util
import os
import subprocess
import sys
import time
from statistics import median

from .desk import Trouble
from .places import ROOT
from .results import Bar, Result

MEDIAN_MS = 25
A_SECOND = 60        # on 2 processors
EACH = 40            # papers of each number of pages
PROCESSORS = 2


def paper_maker():
    """tests/pdf/lib, under a name of its own: this folder is called lib, too."""
    folder = ROOT / "tests" / "pdf" / "lib"
    spec = importlib.util.spec_from_file_location("paper_lib", folder / "__init__.py",
                                                  submodule_search_locations=[str(folder)])
    package = importlib.util.module_from_spec(spec)
    sys.modules["paper_lib"] = package
    spec.loader.exec_module(package)
    return importlib.import_module("paper_lib.papers").Paper


def papers(folder, seed):
    maker = paper_maker()
    folder.mkdir()
    paths = [ROOT / "tests" / "pdf" / f"{name}.pdf" for name in
             ("latex-times", "latex-computer-modern", "libreoffice", "chromium", "ghostscript")]
    for pages in range(2, 9):
        for number in range(EACH):
            path = folder / f"{pages}-{number}.pdf"
            path.write_bytes(maker(pages=pages, references="same page", last_lines=25, seed=seed + number).bytes())
            paths.append(path)
    return paths


def milliseconds(*command, given=None):
    begun = time.perf_counter()
    ran = subprocess.run([str(word) for word in command], stdin=given, stdout=subprocess.PIPE, check=False)
    if ran.returncode not in (0, 1) or not ran.stdout:
        raise Trouble(f"{command[0]} ended with {ran.returncode}")
    return (time.perf_counter() - begun) * 1000


def measure(bench):
    paths = papers(bench.work / "papers", bench.options.seed)
    inspect = bench.program.parent / "papertray-inspect"
    bench.say(f"reading {len(paths)} papers one by one, then all at once")
    single = []
    for path in paths:
        with path.open("rb") as pdf:
            single.append(milliseconds(inspect, "pdf", given=pdf))
    cores = sorted(os.sched_getaffinity(0))[:PROCESSORS]
    everything = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        together = median(milliseconds(bench.program, "check-pdf", "--json", "--style", "nips2017", *paths)
                          for _ in range(bench.options.runs))
    finally:
        os.sched_setaffinity(0, everything)
    each = together / len(paths)
    result = Result("papers", f"{len(paths)} papers of 2 to 8 pages, with the whole sandbox")
    result.columns = ["", "ms"]
    result.rows = [["one paper, median", f"{median(single):.1f}"], ["the slowest", f"{max(single):.1f}"],
                   [f"check-pdf on {len(cores)} processors, a paper", f"{each:.1f}"]]
    result.bars = [Bar("median", median(single), MEDIAN_MS, " ms"),
                   Bar(f"a paper, at {A_SECOND} a second", each, 1000 / A_SECOND, " ms")]
    result.notes = [f"{1000 / each:.0f} papers a second on {len(cores)} processors. Each paper is an exec of "
                    "papertray-inspect, its self test, every layer of the sandbox, qpdf and poppler."]
    return result
