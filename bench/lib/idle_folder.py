"""A folder of 100,000 mails with nothing new in it: round trips and CPU after the login."""

from statistics import median

from . import process
from .desk import Desk, Trouble
from .mails import spread, tiny_mail
from .proxy import CountingProxy
from .results import Bar, Result
from .server import Mailbox

MAILS = 100_000
ROUND_TRIPS = 2
CPU_MS = 10


class AtLogin:
    """How long the program had been on a CPU when the server let it in."""

    def __init__(self):
        self.pid, self.cpu = None, None

    def started(self, pid):
        self.pid = pid

    def logged_in(self):
        self.cpu = process.on_cpu(self.pid)


def measure(bench):
    count = bench.options.many
    bench.say(f"writing {count} mails")
    box = Mailbox(bench.server, "idle", (tiny_mail(bench.options.seed, number, spread(number, count))
                                         for number in range(count)))
    proxy = CountingProxy(box.port)   # the port is part of the account's name: all runs go through it
    desk = Desk(bench.program, bench.work / "idle-folder")
    desk.configure(box, port=proxy.port)
    bench.say("taking them in")
    first = desk.run("run", "--once", "--quiet")
    desk.expect(count)

    cpus, flights = [], []
    for _ in range(bench.options.runs):
        mark = AtLogin()
        counted = proxy.reset(mark.logged_in)
        # Watching beside it would wake it up and cost the CPU that is measured.
        ran = desk.run("run", "--once", look_on=False, started=mark.started)
        if mark.cpu is None:
            raise Trouble("the proxy saw no login")
        cpus.append((ran.cpu - mark.cpu) * 1000)
        flights.append(counted.flights)
    proxy.close()
    desk.expect(count)

    most = max(flights, key=len)
    result = Result("idle-folder", f"{count:,} mails, nothing new, medians of {bench.options.runs}")
    result.bars = [Bar("round trips after the login", len(most), ROUND_TRIPS),
                   Bar("CPU after the login", median(cpus), CPU_MS, " ms")]
    result.notes = [f"Sent after the login, flight by flight: {'; '.join(f'`{line}`' for line in most)}.",
                    f"Taking them in took {first.wall:.1f} s ({count / first.wall:,.0f} mails a second), with peaks of "
                    f"{first.peak('papertray'):.0f} MB and {first.peak('papertray-inspect'):.0f} MB."]
    return result
