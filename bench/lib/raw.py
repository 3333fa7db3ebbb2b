"""The raw limit: the mailbox in one command, its bytes thrown away."""

import socket
import time
from typing import NamedTuple

BUFFER = 1 << 20


class Raw(NamedTuple):
    wall: float
    cpu: float    # ours alone
    bytes: int    # that came


class Client:
    """As little of an IMAP client as can be."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(BUFFER)
        self.view = memoryview(self.buffer)
        self.number = 0
        self.socket.recv(4096)   # the greeting

    def command(self, text):
        """Sends it, reads up to its tagged answer, throws away what comes; returns how much came."""
        self.number += 1
        tag = b"raw%d " % self.number
        self.socket.sendall(tag + text.encode("ascii") + b"\r\n")
        total, tail = 0, b""
        while True:
            got = self.socket.recv_into(self.buffer)
            if got == 0:
                raise RuntimeError(f"the server ended the connection during {text}")
            total += got
            # The tagged line is the last of what comes: only the end is looked at.
            tail = (tail + bytes(self.view[max(0, got - 512):got]))[-512:]
            at = tail.rfind(b"\r\n" + tag) + 2 if b"\r\n" + tag in tail else 0 if tail.startswith(tag) else -1
            if at >= 0 and tail.endswith(b"\r\n"):
                if not tail.startswith(tag + b"OK", at):
                    raise RuntimeError(f"{text}: {tail[at:].decode('utf-8', 'replace')}")
                return total

    def close(self):
        self.socket.close()


def fetch_all(port, user, password):
    begun, cpu = time.perf_counter(), time.process_time()
    client = Client(port)
    client.command(f"LOGIN {user} {password}")
    client.command("EXAMINE INBOX")
    total = client.command("UID FETCH 1:* (BODY.PEEK[])")
    client.close()
    return Raw(time.perf_counter() - begun, time.process_time() - cpu, total)


def warm(port, user, password):
    """Makes the server write its index, and the kernel read the files."""
    client = Client(port)
    client.command(f"LOGIN {user} {password}")
    client.command("SELECT INBOX")
    client.command("UID FETCH 1:* (FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])")
    client.close()


def clear_flags(port, user, password):
    client = Client(port)
    client.command(f"LOGIN {user} {password}")
    client.command("SELECT INBOX")
    client.command("UID STORE 1:* FLAGS.SILENT ()")
    client.close()
