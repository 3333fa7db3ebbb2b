"""What a first scan downloads, in bytes on the connection."""

from . import shape
from .desk import Desk
from .mails import mailbox
from .proxy import CountingProxy
from .results import Bar, Result
from .server import Mailbox

MOST = 1.02


def measure(bench):
    box = Mailbox(bench.server, "bytes", mailbox(**shape.of(bench.options)))
    box.warm()
    proxy = CountingProxy(box.port)
    desk = Desk(bench.program, bench.work / "bytes")
    desk.configure(box, port=proxy.port)
    counted = proxy.reset()
    desk.run("run", "--once")
    desk.expect(box.count)
    proxy.close()

    result = Result("bytes", f"first scan of {box.count:,} mails, {box.bytes / 1e6:.0f} MB")
    result.bars = [Bar("downloaded / mailbox", counted.down / box.bytes, MOST)]
    result.notes = [f"{counted.down:,} bytes came for {box.bytes:,} of mail, {counted.up:,} were sent; "
                    f"{len(counted.flights)} round trips after the login."]
    return result
