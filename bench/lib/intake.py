"""Taking in the ten thousand, beside the raw limit and beside programs that only copy."""

from statistics import median

from . import peers, shape
from .desk import Desk
from .mails import mailbox
from .results import Bar, Result
from .server import Mailbox

WALL_TO_MBSYNC = 0.25
WALL_TO_RAW = 5
CPU_TO_MBSYNC = 1.5
PAPERTRAY_MB = 48
INSPECT_MB = 64


class RawRun:
    """The raw limit in the shape of a program's run."""

    def __init__(self, raw):
        self.wall, self.cpu = raw.wall, raw.cpu

    def peak(self, _):
        return 0.0

    def peak_of_all(self):
        return 0.0


class Line:
    """One program's runs."""

    def __init__(self, name):
        self.name, self.walls, self.cpus, self.runs = name, [], [], []

    def add(self, ran):
        self.walls.append(ran.wall)
        self.cpus.append(ran.cpu)
        self.runs.append(ran)

    wall = property(lambda self: median(self.walls))
    cpu = property(lambda self: median(self.cpus))

    def peak(self, program):
        return max((ran.peak(program) for ran in self.runs), default=0.0)

    def program_cpu(self, program):
        """To the kernel's tick, up to the last look."""
        return median(ran.programs[program].cpu if program in ran.programs else 0.0 for ran in self.runs)


def measure(bench):
    box = Mailbox(bench.server, "bench", mailbox(**shape.of(bench.options)))
    bench.say(f"{box.count} mails, {box.bytes / 1e6:.0f} MB")
    box.warm()
    desk = Desk(bench.program, bench.work / "intake")
    chosen = [peer for peer in peers.all_peers() if bench.wants_peer(peer.program)]
    lines = {}
    for number in range(bench.options.runs):
        one_round(bench, box, desk, chosen, lines)
        bench.say(f"round {number + 1} of {bench.options.runs}: " +
                  ", ".join(f"{line.name} {line.walls[-1]:.2f} s" for line in lines.values()))
    return result_of(bench, box, lines)


def one_round(bench, box, desk, chosen, lines):
    """Every program once, so that a slow minute of the machine meets all of them."""
    def note(name, ran):
        lines.setdefault(name, Line(name)).add(ran)

    note("raw limit", RawRun(box.raw()))
    for after in ("none", "flag"):
        desk.configure(box, after=after)
        desk.forget()
        note("papertray" if after == "none" else "papertray, after = flag", desk.run("run", "--once"))
        desk.expect(box.count)
    box.clear_flags()
    for peer in chosen:
        note(peer.name, peers.measure(peer, bench.work / "peer", box))
        if peer.program != "mbsync":
            box.clear_flags()   # fetchmail marks what it has read


def result_of(bench, box, lines):
    raw, ours = lines["raw limit"], lines["papertray"]
    mbsync = lines.get("mbsync")
    result = Result("intake", f"{box.count:,} mails, {box.bytes / 1e6:.0f} MB, medians of {bench.options.runs}")
    result.columns = ["", "wall s", "slowest s", "CPU s", "wall / raw", "wall / mbsync", "CPU / mbsync", "peak MB"]
    for line in lines.values():
        peak = max(ran.peak_of_all() for ran in line.runs)
        result.rows.append([line.name, f"{line.wall:.2f}", f"{max(line.walls):.2f}", f"{line.cpu:.2f}",
                            f"{line.wall / raw.wall:.2f}", f"{line.wall / mbsync.wall:.3f}" if mbsync else "",
                            f"{line.cpu / mbsync.cpu:.2f}" if mbsync else "", f"{peak:.0f}" if peak else ""])
    if mbsync:
        result.bars += [Bar("wall / mbsync", ours.wall / mbsync.wall, WALL_TO_MBSYNC),
                        Bar("CPU of both programs / mbsync", ours.cpu / mbsync.cpu, CPU_TO_MBSYNC)]
    result.bars += [Bar("wall / raw limit", ours.wall / raw.wall, WALL_TO_RAW),
                    Bar("peak of papertray", ours.peak("papertray"), PAPERTRAY_MB, " MB"),
                    Bar("peak of papertray-inspect", ours.peak("papertray-inspect"), INSPECT_MB, " MB")]
    result.notes = [
        f"papertray's CPU is {ours.program_cpu('papertray'):.2f} s, "
        f"papertray-inspect's {ours.program_cpu('papertray-inspect'):.2f} s (to the kernel's tick).",
        "papertray: fetched, parsed, PDFs extracted, recorded, synced. The others copy. mbsync syncs every file "
        "(FSync yes, its default), the bar is against that."]
    return result
