"""An SMTP server that takes everything and notes when. One connection at a time."""

import queue
import socket
import threading
import time


class Sink:
    def __init__(self):
        self.accepted = queue.Queue()   # of each mail the moment before the answer to its final dot
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return   # closed
            self.connections += 1
            self.serve(client)

    def serve(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with client, client.makefile("rb") as lines:
            client.sendall(b"220 sink.example ESMTP\r\n")
            in_mail = False
            for line in lines:
                if in_mail:
                    if line != b".\r\n":
                        continue
                    in_mail = False
                    self.accepted.put(time.perf_counter())
                    client.sendall(b"250 2.0.0 taken\r\n")
                    continue
                word = line.split()[0].upper() if line.strip() else b""
                if word == b"DATA":
                    in_mail = True
                    client.sendall(b"354 go on\r\n")
                elif word == b"QUIT":
                    client.sendall(b"221 2.0.0 bye\r\n")
                    return
                else:
                    client.sendall(b"250 2.0.0 fine\r\n")

    def close(self):
        self.listener.close()
