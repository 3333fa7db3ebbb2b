"""How fast the desk answers with 100,000 submissions."""

from statistics import median

from .desk import Desk, Trouble
from .maildir import write_mbox
from .mails import paper_mail, spread
from .results import Bar, Result

BARS_MS = {"status": 30, "list papers": 100}
# A paper of two pages of text, no picture: the least that counts as one.
PDF = 2_000


def measure(bench):
    count = bench.options.many
    desk = Desk(bench.program, bench.work / "status")
    desk.configure()
    spent = ""
    if bench.options.state:
        desk.state = bench.options.state
        desk.configure()
    if not (desk.state / "papertray.db").exists():
        mbox = desk.folder / "mail.mbox"
        bench.say(f"writing {count} submissions")
        write_mbox(mbox, (paper_mail(bench.options.seed, number, spread(number, count), PDF)
                          for number in range(count)))
        bench.say("importing them")
        ran = desk.run("import", mbox)
        mbox.unlink()
        spent = (f"Importing them took {ran.wall:.0f} s ({count / ran.wall:,.0f} mails a second), "
                 f"{ran.peak('papertray'):.0f} MB.")
    if desk.counts()["recorded"] != count:
        raise Trouble(f"{desk.state} holds {desk.counts()}, not {count} submissions")

    result = Result("status", f"{count:,} submissions, medians of {bench.options.runs}")
    result.columns = ["", "wall ms", "CPU ms"]
    for command, bar in BARS_MS.items():
        for form in ((), ("--json",)):
            desk.run(*command.split(), *form, look_on=False)   # the kernel reads the database once
            runs = [desk.run(*command.split(), *form, look_on=False) for _ in range(bench.options.runs)]
            wall, cpu = (median(getattr(ran, what) for ran in runs) * 1000 for what in ("wall", "cpu"))
            result.rows.append([" ".join([command, *form]), f"{wall:.1f}", f"{cpu:.1f}"])
            if not form:
                result.bars.append(Bar(command, wall, bar, " ms"))
    result.notes = [spent] if spent else []
    return result
