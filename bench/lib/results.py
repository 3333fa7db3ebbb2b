"""What a measurement found: figures, bars, and the page they are written to."""

import datetime
import os
import platform
import re
import statistics
import subprocess
import time
from dataclasses import dataclass, field

from .places import RESULTS, ROOT

HEAD = """# Benchmarks

Written by `bench/run --write`; each section says when and where it was measured. Medians; receipts off, everything
durable. A bar is what must hold; `missed` stands where it did not.
"""


@dataclass
class Bar:
    what: str
    value: float
    most: float
    unit: str = ""

    @property
    def held(self):
        return self.value <= self.most

    def cells(self):
        word = "held" if self.held else "missed"
        return [self.what, f"{shown(self.value)}{self.unit}", f"{shown(self.most)}{self.unit}", word]


@dataclass
class Result:
    name: str      # the subcommand
    title: str
    notes: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    bars: list = field(default_factory=list)


def shown(value):
    if value == int(value) and abs(value) < 1e6:
        return str(int(value))
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.1f}"


def table(columns, rows):
    cells = [[str(cell) for cell in row] for row in [columns, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]

    def line(row):
        first, *rest = row
        return " | ".join([first.ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(rest, widths[1:])])

    rule = "|".join(["-" * (widths[0] + 2)] + ["-" * (width + 1) + ":" for width in widths[1:]])
    return "\n".join([f"| {line(cells[0])} |", f"|{rule}|"] + [f"| {line(row)} |" for row in cells[1:]])


def text(result):
    out = [f"## {result.name}: {result.title}", ""]
    if result.rows:
        out += [table(result.columns, result.rows), ""]
    if result.bars:
        out += [table(["bar", "measured", "at most", ""], [bar.cells() for bar in result.bars]), ""]
    out += [f"- {note}" for note in result.notes]
    return "\n".join(out).rstrip() + "\n"


def first_line(path, start):
    with open(path, encoding="utf-8") as lines:
        return next((line.partition(":")[2].strip() for line in lines if line.startswith(start)), "unknown")


def file_system(path):
    done = subprocess.run(["findmnt", "-no", "FSTYPE,SOURCE", "--target", str(path)], capture_output=True, text=True,
                          check=False)
    kind, _, source = done.stdout.strip().partition(" ")
    source = source.strip()
    disk = re.sub(r"(?<=\d)p\d+$|(?<=[a-z])\d+$", "", os.path.basename(os.path.realpath(source))) if source else ""
    spins = f"/sys/block/{disk}/queue/rotational"
    turning = ""
    if disk and os.path.exists(spins):
        with open(spins, encoding="ascii") as said:
            turning = ", rotating" if said.read().strip() == "1" else ", not rotating"
    return f"{kind or 'unknown file system'} on {disk or source or 'unknown'}{turning}"


def sync_ms(work):
    """What a small durable write costs there: the median of 50."""
    path = os.path.join(work, "sync-probe")
    took = []
    with open(path, "wb", buffering=0) as probe:
        for _ in range(50):
            probe.write(b"x" * 4096)
            begun = time.perf_counter()
            os.fdatasync(probe.fileno())
            took.append((time.perf_counter() - begun) * 1000)
    os.unlink(path)
    return statistics.median(took)


def machine(work):
    memory = int(first_line("/proc/meminfo", "MemTotal").split()[0]) // 1024
    return (f"{os.cpu_count()} x {first_line('/proc/cpuinfo', 'model name')}, {memory} MiB, "
            f"Linux {platform.release()}, {file_system(work)}, fdatasync {sync_ms(work):.1f} ms")


def revision():
    done = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True,
                          check=False)
    return done.stdout.strip() or "no revision"


def stamp(work, load):
    """When, where and what; `load` is the machine's load before the measurement."""
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return f"{today}, {revision()}, {machine(work)}; load before: {load:.1f}"


def write(result, stamped):
    """Puts the section into the page, in place of the one by that name."""
    page = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else HEAD
    head, *sections = re.split(r"(?m)^(?=## )", page)
    new = text(result) + f"- {stamped}\n\n"
    named = [i for i, section in enumerate(sections) if section.startswith(f"## {result.name}:")]
    if named:
        sections[named[0]] = new
    else:
        sections.append(new)
    sections = [section.rstrip() + "\n" for section in sections]
    RESULTS.write_text(head.rstrip() + "\n\n" + "\n".join(sections), encoding="utf-8")
