"""A folder of 100,000 mails with nothing new in it: round trips and CPU after the login, and a daemon that waits."""

import time
from statistics import median

from . import process
from .desk import Desk, Trouble
from .mails import LAST, spread, tiny_mail
from .proxy import CountingProxy
from .results import Bar, Result
from .server import Mailbox

MAILS = 100_000
ROUND_TRIPS = 2
CPU_MS = 10
IDLE_SECONDS = 20


class AtLogin:
    """How long the program had been on a CPU when the server let it in."""

    def __init__(self):
        self.pid, self.cpu = None, None

    def started(self, pid):
        self.pid = pid

    def logged_in(self):
        self.cpu = process.on_cpu(self.pid)


def wait_for(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Trouble(f"waited {seconds} s in vain: {what}")
        time.sleep(0.01)


def wake_ups_a_second(desk, box, proxy, seed):
    """Of a daemon that has just taken in a mail, so that its inspector waits as well."""
    count = desk.counts()["total"]
    proxy.reset()
    with desk.daemon() as daemon:
        if not proxy.idling.idles.wait(60):
            raise Trouble("the daemon does not idle")
        box.deliver(tiny_mail(seed, -1, LAST))
        wait_for(lambda: desk.counts()["total"] == count + 1, "the mail that was delivered")
        if not proxy.idling.idles.wait(60):
            raise Trouble("the daemon does not idle again")
        time.sleep(1)   # what follows the IDLE is over
        before = process.wake_ups(daemon.pid)
        time.sleep(IDLE_SECONDS)
        return (process.wake_ups(daemon.pid) - before) / IDLE_SECONDS, len(process.children(daemon.pid))


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
    desk.expect(count)
    wake_ups, processes = wake_ups_a_second(desk, box, proxy, bench.options.seed)
    proxy.close()

    most = max(flights, key=len)
    result = Result("idle-folder", f"{count:,} mails, nothing new, medians of {bench.options.runs}")
    result.bars = [Bar("round trips after the login", len(most), ROUND_TRIPS),
                   Bar("CPU after the login", median(cpus), CPU_MS, " ms"),
                   Bar("wake-ups a second of an idle daemon", wake_ups, 0)]
    result.notes = [f"Wake-ups: of all threads of the daemon's {processes} processes, over {IDLE_SECONDS} s of IDLE.",
                    f"Sent after the login, flight by flight: {'; '.join(f'`{line}`' for line in most)}.",
                    f"Taking them in took {first.wall:.1f} s ({count / first.wall:,.0f} mails a second), with peaks of "
                    f"{first.peak('papertray'):.0f} MB and {first.peak('papertray-inspect'):.0f} MB."]
    return result
