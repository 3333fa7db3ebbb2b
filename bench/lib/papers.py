"""Papers of 2 to 8 pages, each read in a sandboxed process of its own: one by one, and by check-pdf."""

import importlib.util
import os
import socket
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


class Readers:
    """The server that papertray starts once, which forks a reader for each PDF: src/inspect/pdf_readers.h."""

    def __init__(self, program):
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        begun = time.perf_counter()
        self.process = subprocess.Popen([str(program), "pdf", "server"], stdin=theirs, stdout=subprocess.DEVNULL)
        theirs.close()
        self.read(os.devnull)
        self.start_ms = (time.perf_counter() - begun) * 1000

    def read(self, path):
        """From the request until the reader has told all and is gone, and of the processor: milliseconds."""
        begun = time.perf_counter()
        answer, theirs = os.pipe()
        with open(path, "rb") as pdf:
            socket.send_fds(self.socket, [b"\0"], [pdf.fileno(), theirs])
        os.close(theirs)
        reader = int.from_bytes(self.socket.recv(4), sys.byteorder, signed=True)
        if reader <= 0:
            raise Trouble(f"no reader was started: {reader}")
        said = b""
        while piece := os.read(answer, 65536):
            said += piece
        os.close(answer)
        _, status, used = os.wait4(reader, 0)
        if status != 0 or b'"end"' not in said:
            raise Trouble(f"the reader of {path} ended with {status}")
        return (time.perf_counter() - begun) * 1000, (used.ru_utime + used.ru_stime) * 1000

    def close(self):
        self.socket.close()
        self.process.wait()


def milliseconds(*command):
    begun = time.perf_counter()
    ran = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, check=False)
    if ran.returncode not in (0, 1) or not ran.stdout:
        raise Trouble(f"{command[0]} ended with {ran.returncode}")
    return (time.perf_counter() - begun) * 1000


def measure(bench):
    paths = papers(bench.work / "papers", bench.options.seed)
    bench.say(f"reading {len(paths)} papers one by one, then all at once")
    readers = Readers(bench.program.parent / "papertray-inspect")
    single, worked = zip(*(readers.read(path) for path in paths))
    readers.close()
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
    result.rows = [["one paper, median", f"{median(single):.1f}"], ["its processor time, median", f"{median(worked):.1f}"],
                   ["the slowest", f"{max(single):.1f}"],
                   [f"check-pdf on {len(cores)} processors, a paper", f"{each:.1f}"]]
    result.bars = [Bar("median", median(single), MEDIAN_MS, " ms"),
                   Bar(f"a paper, at {A_SECOND} a second", each, 1000 / A_SECOND, " ms")]
    result.notes = [f"{1000 / each:.0f} papers a second on {len(cores)} processors. Each paper is a process of its own with every "
                    "layer of the sandbox, qpdf and poppler, forked from a server that got the libraries ready in "
                    f"{readers.start_ms:.0f} ms."]
    return result
