"""A proxy on loopback that keeps what both sides say, ends a connection after a chosen number of bytes in one
direction, and can be as slow as a far network."""

import select
import socket
import struct
import threading
import time

from .wait import LONG_ENOUGH

ABORT = struct.pack("ii", 1, 0)   # SO_LINGER with no time: close() sends a reset
PIECE = 65536
PATIENCE = LONG_ENOUGH   # for a side that should end and does not

DOWN, UP = "down", "up"   # what the server says, what the client says


class Cut:
    """After exactly `after` bytes of `direction`. `every`: of each connection, else of the first one only.

    The client sees an orderly end behind the last byte, or with `reset` a reset, which may take bytes with
    it that it has not read yet. The server sees the end of its input in any case. `then` is called when
    the server has ended the session, before the client gets another one.
    """

    def __init__(self, direction, after, every=False, reset=False, then=lambda: None):
        self.direction, self.after, self.every, self.reset, self.then = direction, after, every, reset, then

    def __repr__(self):
        return (f"{self.direction} {self.after}{' every connection' if self.every else ''}"
                f"{' reset' if self.reset else ''}")


class Cutter:
    """One connection at a time, as papertray makes them. `pause`: seconds that each piece of at most `piece` bytes takes."""

    def __init__(self, target, piece=PIECE, pause=0):
        self.target, self.piece, self.pause = target, piece, pause
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.free = threading.Lock()    # held while a connection is relayed
        self.use(None)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def use(self, cut):
        """From the next connection on; None: nothing is cut. The connections before must be over."""
        with self.free:
            self.cut, self.cuts = cut, 0
            self.said = []   # of each connection: {DOWN: bytes, UP: bytes}

    def settle(self):
        """Returns when the server has ended whatever the last connection had begun."""
        with self.free:
            pass

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(30)

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return   # stop()
            with self.free, client:
                try:
                    server = socket.create_connection(("127.0.0.1", self.target))
                except OSError:
                    continue   # nobody there: the client learns it as an end
                with server:
                    self.relay(client, server)

    def relay(self, client, server):
        said = {DOWN: bytearray(), UP: bytearray()}
        cut = self.cut if self.cut and (self.cut.every or not self.said) else None
        self.said.append(said)
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = {server: (DOWN, client), client: (UP, server)}
        if cut and cut.after == 0:
            return self.end(client, server, cut)
        while True:
            for source in select.select(list(ways), [], [])[0]:
                direction, to = ways[source]
                try:
                    piece = source.recv(self.piece)
                except ConnectionError:
                    piece = b""
                if not piece:
                    return self.end(client, server, None)
                here = cut is not None and direction == cut.direction
                if here:
                    piece = piece[:cut.after - len(said[direction])]
                said[direction] += piece
                if self.pause:
                    time.sleep(self.pause)
                try:
                    to.sendall(piece)
                except ConnectionError:
                    return self.end(client, server, None)
                if here and len(said[direction]) == cut.after:
                    return self.end(client, server, cut)

    def end(self, client, server, cut):
        if cut:
            self.cuts += 1
        if cut and cut.reset:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            client.close()
        else:
            # Closing with bytes unread would reset the connection: the client ends first.
            self.drain(client)
        self.drain(server)
        if cut:
            cut.then()

    def drain(self, one):
        try:
            one.settimeout(PATIENCE)
            one.shutdown(socket.SHUT_WR)
            while one.recv(PIECE):
                pass
        except OSError:
            pass   # it has gone already
