"""From the server's EXISTS to the receipt that the sink accepts, mail by mail."""

import queue
import time
from statistics import median, quantiles

from .desk import Desk, Trouble
from .mails import LAST, paper_mail
from .proxy import CountingProxy
from .results import Bar, Result
from .server import Mailbox
from .sink import Sink

MAILS = 200
MEDIAN_MS = 60
P99_MS = 250
SECONDS = 60   # for any of its steps


def percentile(values, percent):
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def measure(bench):
    chosen = bench.options
    box = Mailbox(bench.server, "latency", [])
    proxy, sink = CountingProxy(box.port), Sink()
    desk = Desk(bench.program, bench.work / "latency")
    desk.configure(box, after="flag", port=proxy.port, smtp=sink.port, checks=True)
    bench.say(f"{chosen.one_by_one} mails one by one, each told of half a second after its delivery")
    told, accepted, flights = [], [], []
    with desk.daemon():
        for number in range(chosen.one_by_one):
            if not proxy.idling.idles.wait(SECONDS):
                raise Trouble("the daemon does not idle")
            proxy.idling.expect(number + 1)
            counted = proxy.reset()
            begun = time.perf_counter()
            box.deliver(paper_mail(chosen.seed, number, LAST, chosen.pdf_bytes))
            if not proxy.idling.told.wait(SECONDS):
                raise Trouble("the server tells of no mail")
            try:
                done = sink.accepted.get(timeout=SECONDS)
            except queue.Empty:
                raise Trouble("no receipt comes") from None
            told.append((proxy.idling.told_at - begun) * 1000)
            accepted.append((done - proxy.idling.told_at) * 1000)
            flights.append(len(counted.flights))
    proxy.close()
    sink.close()
    desk.expect(chosen.one_by_one)

    result = Result("latency", f"EXISTS to the receipt accepted by the sink, {chosen.one_by_one} papers of "
                               f"{chosen.pdf_bytes:,} bytes one by one")
    result.bars = [Bar("median", median(accepted), MEDIAN_MS, " ms"),
                   Bar("99th percentile", percentile(accepted, 99), P99_MS, " ms")]
    result.notes = ["Each paper was looked into (`[check]` is on), and its receipt tells what was found.",
                    f"The longest took {max(accepted):.1f} ms, the shortest {min(accepted):.1f} ms. From EXISTS, as a "
                    "proxy on papertray's own connection sees it pass, to the moment the sink answers the final dot.",
                    f"Before it Dovecot keeps its news for itself: from the beginning of the delivery to EXISTS "
                    f"{median(told):.0f} ms (median), which is not counted.",
                    f"{median(flights):.0f} flights over IMAP in that time, {sink.connections} connections to the sink."]
    return result
