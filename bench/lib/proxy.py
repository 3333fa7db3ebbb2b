"""A proxy that counts: bytes each way, and the round trips after the login.

A round trip is a flight of the client: what it sends after the server has answered. Commands sent together
are one. Plain IMAP only.
"""

import selectors
import socket
import threading
import time

PIECE = 1 << 18


class Counted:
    """What one connection, or all since the last `reset`, came to."""

    def __init__(self):
        self.down = self.up = 0
        self.flights = []    # what each flight after the login says, cut short
        self.logged_in = False


class Idling:
    """Whether the client idles (RFC 2177), and when the server told it of a mail: while it idles, or in the answer to
    SELECT when it was not idling just then."""

    def __init__(self):
        self.idles = threading.Event()
        self.told = threading.Event()
        self.told_at = None
        self.news = None

    def expect(self, number):
        """The mail that is the folder's `number`th."""
        self.news = b"* %d EXISTS\r\n" % number
        self.told.clear()

    def from_client(self, data):
        if b"DONE\r\n" in data:
            self.idles.clear()

    def from_server(self, data):
        if self.news and self.news in data and not self.told.is_set():
            self.told_at = time.perf_counter()
            self.told.set()
        if data.startswith(b"+ ") or b"\r\n+ " in data:
            self.idles.set()


class Connection:
    """One client's way through; the login is followed line by line, the rest only counted."""

    def __init__(self, proxy):
        self.proxy, self.idling = proxy, proxy.idling
        self.tag = None
        self.server_spoke = True
        self.ready = False   # this connection is logged in

    @property
    def counted(self):
        return self.proxy.counted   # another one after each reset

    def from_client(self, data):
        self.counted.up += len(data)
        self.idling.from_client(data)
        if not self.ready:
            for line in data.split(b"\r\n"):
                words = line.split(b" ", 2)
                if len(words) > 1 and words[1].upper() in (b"LOGIN", b"AUTHENTICATE"):
                    self.tag = words[0]
        elif self.server_spoke:
            self.counted.flights.append(data.rstrip().replace(b"\r\n", b" + ").decode("ascii", "replace")[:100])
        self.server_spoke = False

    def from_server(self, data):
        self.counted.down += len(data)
        self.server_spoke = True
        if not self.ready and self.tag and any(line.startswith(self.tag + b" OK") for line in data.split(b"\r\n")):
            self.ready = self.counted.logged_in = True
            self.proxy.on_login()   # before the client learns of it
        self.idling.from_server(data)


class CountingProxy:
    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.idling = Idling()   # of the connection that idles: one is expected
        self.reset()
        threading.Thread(target=self.accept, daemon=True).start()

    def reset(self, on_login=lambda: None):
        self.counted, self.on_login = Counted(), on_login
        return self.counted

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return   # closed
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        connection = Connection(self)
        with client, socket.create_connection(("127.0.0.1", self.target)) as server, \
                selectors.DefaultSelector() as selector:
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(client, selectors.EVENT_READ, (server, connection.from_client))
            selector.register(server, selectors.EVENT_READ, (client, connection.from_server))
            try:
                while True:
                    for key, _ in selector.select():
                        data = key.fileobj.recv(PIECE)
                        if not data:
                            return
                        other, note = key.data
                        note(data)
                        other.sendall(data)
            except OSError:
                return   # either side went away: so does the other

    def close(self):
        self.listener.close()
