"""How long pages and the zip of a large workshop take, beside copying the same bytes."""

import csv
import shutil
from statistics import median

from . import process
from .desk import Desk, Trouble, put_aside
from .maildir import write_mbox
from .mails import paper_mail, spread
from .results import Bar, Result

PAPERS = 2_000
PDF = 100_000
MOST_SECONDS = 2
# A zip is the same bytes in one file, with a checksum of each: hashing them is what it may cost more.
MOST_ZIP = 2


def accept_all(desk, count):
    table = desk.folder / "decisions.csv"
    with open(table, "w", newline="", encoding="utf-8") as lines:
        rows = csv.writer(lines)
        rows.writerow(["id", "decision"])
        rows.writerows([f"P-{number}", "accept"] for number in range(1, count + 1))
    desk.run("decide", table, look_on=False)


def copied(bench, desk, source):
    """`cp -r`, as durable as the pages are: not at all."""
    to = desk.folder / "copy"
    put_aside(to)
    ran = process.run([shutil.which("cp"), "-r", source, to], output=desk.output, look_on=False)
    if ran.code != 0:
        raise Trouble(f"cp ended with {ran.code}")
    return ran


def measure(bench):
    count = PAPERS
    desk = Desk(bench.program, bench.work / "pages")
    desk.configure()
    mbox = desk.folder / "mail.mbox"
    bench.say(f"importing {count} papers of {PDF} bytes")
    write_mbox(mbox, (paper_mail(bench.options.seed, number, spread(number, count), PDF) for number in range(count)))
    desk.run("import", mbox)
    mbox.unlink()
    accept_all(desk, count)

    site, report, archive = (desk.folder / name for name in ("site", "report", "papers.zip"))
    commands = {"site": ("site", site), "report": ("report", report), "zip": ("export", archive)}
    walls = {name: [] for name in (*commands, "cp -r of the site", "cp -r of papers/")}
    cpus = {name: [] for name in walls}

    def note(name, ran):
        walls[name].append(ran.wall)
        cpus[name].append(ran.cpu)

    for _ in range(bench.options.runs):
        for name, (command, to) in commands.items():
            put_aside(to)
            note(name, desk.run(command, to, look_on=False))
        note("cp -r of the site", copied(bench, desk, site))
        note("cp -r of papers/", copied(bench, desk, desk.state / "papers"))
    wall = {name: median(runs) for name, runs in walls.items()}
    beside = {"site": "cp -r of the site", "zip": "cp -r of papers/"}

    result = Result("pages", f"{count:,} accepted papers of {PDF:,} bytes, medians of {bench.options.runs}")
    result.columns = ["", "wall s", "slowest s", "CPU s", "wall / cp -r"]
    for name in walls:
        ratio = f"{wall[name] / wall[beside[name]]:.2f}" if name in beside else ""
        result.rows.append([name, f"{wall[name]:.3f}", f"{max(walls[name]):.3f}", f"{median(cpus[name]):.3f}", ratio])
    result.bars = [Bar("site", wall["site"], MOST_SECONDS, " s"), Bar("report", wall["report"], MOST_SECONDS, " s"),
                   Bar("zip / cp -r", wall["zip"] / wall["cp -r of papers/"], MOST_ZIP)]
    return result
