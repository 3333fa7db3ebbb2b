"""One mail of 50 MB, then 20 small ones: what it takes, and how long the small ones wait."""

from statistics import median

from .desk import Desk
from .mails import FIRST, paper_mail, small_mail
from .results import Bar, Result
from .server import Mailbox
from .shape import MAIL_BYTES

MAIL = 50_000_000
BEHIND = 20
PAPERTRAY_MB = 48
INSPECT_MB = 192
DELAY_S = 2
# base64 takes 4 bytes for 3, and CRLF 2 for 76.
PDF = MAIL * 76 // 78 * 3 // 4


def small(seed):
    return [small_mail(seed, number, FIRST + number, MAIL_BYTES) for number in range(1, BEHIND + 1)]


def measure(bench):
    seed = bench.options.seed
    boxes = {"without": Mailbox(bench.server, "big-without", small(seed)),
             "with": Mailbox(bench.server, "big-with", [paper_mail(seed, 0, FIRST, PDF), *small(seed)])}
    desk = Desk(bench.program, bench.work / "big")
    runs = {name: [] for name in boxes}
    for box in boxes.values():
        box.warm()
    for _ in range(bench.options.runs):
        for name, box in boxes.items():
            desk.configure(box)
            desk.forget()
            runs[name].append(desk.run("run", "--once"))
            desk.expect(box.count)

    walls = {name: median(ran.wall for ran in of) for name, of in runs.items()}
    peaks = {program: max(ran.peak(program) for ran in runs["with"]) for program in ("papertray", "papertray-inspect")}
    result = Result("big", f"one mail of {(boxes['with'].bytes - boxes['without'].bytes) / 1e6:.0f} MB, then {BEHIND} "
                           f"small ones, medians of {bench.options.runs}")
    result.columns = ["", "wall s", "CPU s", "papertray MB", "papertray-inspect MB"]
    result.rows = [[f"{name} the large mail", f"{walls[name]:.3f}", f"{median(ran.cpu for ran in of):.3f}",
                    f"{max(ran.peak('papertray') for ran in of):.0f}",
                    f"{max(ran.peak('papertray-inspect') for ran in of):.0f}"] for name, of in runs.items()]
    result.bars = [Bar("peak of papertray", peaks["papertray"], PAPERTRAY_MB, " MB"),
                   Bar("peak of papertray-inspect", peaks["papertray-inspect"], INSPECT_MB, " MB"),
                   Bar("delay of the mails behind it", walls["with"] - walls["without"], DELAY_S, " s")]
    result.notes = ["The delay is the whole run with the large mail less the whole run without it."]
    return result
