"""An ask to stop while somebody stalls: the program ends by itself, and what came whole is kept. Each of the waits
that are broken off here lasts two minutes or for ever; `end` allows far less."""

import select
import signal
import socket
import subprocess
import threading
import unittest

from support.case import MailCase
from support.mail import ON_TIME, question_mail
from support.wait import LONG_ENOUGH, until

MAILS = 3
SOON = 90   # seconds: not for a loaded machine, but less than the two minutes that a server's answer is waited for


class Staller:
    """A proxy that falls silent in the middle of the `literal`-th mail that the server hands over."""

    def __init__(self, target, literal):
        self.target, self.literal = target, literal
        self.stalled = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return   # stop()
            with client, socket.create_connection(("127.0.0.1", self.target)) as server:
                self.relay(client, server)

    def relay(self, client, server):
        said = b""
        while True:
            for source in select.select([client, server], [], [])[0]:
                try:
                    piece = source.recv(65536)
                except ConnectionError:
                    piece = b""
                if not piece:
                    return
                if source is server and self.literal:
                    before = len(said)
                    said += piece
                    if said.count(b" BODY[] {") >= self.literal:
                        # Twenty bytes of the mail itself are not the whole of it.
                        begin = said.split(b" BODY[] {", self.literal)
                        end = len(said) - len(begin[-1]) + begin[-1].index(b"\n") + 20
                        client.sendall(said[before:max(before, end)])
                        self.stalled.set()
                        client.recv(1)   # until the program ends
                        return
                (client if source is server else server).sendall(piece)


class Stops(MailCase):
    def stalled(self, *arguments):
        """The program, stuck in the second of three mails."""
        for number in range(MAILS):
            self.server.append(self.user, question_mail(f"Question {number}?", f"asker{number}@example.org"), ON_TIME)
        self.proxy = Staller(self.server.imap, 2)
        self.addCleanup(self.proxy.stop)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{self.proxy.port}", self.user))
        process = self.started(*arguments)
        self.assertTrue(self.proxy.stalled.wait(LONG_ENOUGH), "the proxy saw no mail")
        return process

    def started(self, *arguments, **more):
        process = self.desk.start(*arguments, **more)

        def kill():
            if process.poll() is None:
                process.kill()
            process.communicate()

        self.addCleanup(kill)
        return process

    def end(self, process, by):
        process.send_signal(by)
        try:
            out, err = process.communicate(timeout=SOON)
        except subprocess.TimeoutExpired:
            self.fail("it does not end")
        return process.returncode, out, err

    def assert_one_of_three(self):
        self.assertEqual(self.desk.fates(), {"recorded": 1})
        self.proxy.literal = None
        self.assertEqual(self.desk.run("run", "--once").code, 0)
        self.assertEqual(self.desk.fates(), {"recorded": MAILS})
        self.assertEqual(len(list(self.desk.receipts.glob("new/*"))), MAILS)

    def test_the_daemon_while_a_server_stalls_within_a_mail(self):
        code, out, err = self.end(self.stalled("run"), signal.SIGTERM)
        self.assertEqual(code, 0, out + err)
        # The server is not blamed for what the ask to stop has cut.
        self.assertEqual(self.desk.json("status")["mailbox"]["state"], "never")
        self.assert_one_of_three()

    def test_a_single_run_while_a_server_stalls_within_a_mail(self):
        code, out, err = self.end(self.stalled("run", "--once"), signal.SIGINT)
        self.assertEqual(code, 75, out + err)
        self.assertIn("stopped before all was done", err)
        self.assert_one_of_three()

    def test_a_login_that_hangs(self):
        silent = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{silent.getsockname()[1]}", self.user))
        process = self.started("run")
        connection, _ = silent.accept()
        with connection:
            code, out, err = self.end(process, signal.SIGTERM)
        self.assertEqual(code, 0, out + err)

    def test_a_password_command_that_hangs(self):
        asked = self.desk.folder / "asked"
        self.desk.write(self.imap().replace('{ file = "password" }', f'{{ command = "touch {asked}; sleep 1000" }}'))
        process = self.started("run")
        until(asked.exists, "the command")
        code, out, err = self.end(process, signal.SIGTERM)
        self.assertEqual(code, 0, out + err)

    def test_an_import_of_what_never_comes(self):
        self.desk.write()
        process = self.started("import", "-", stdin=subprocess.PIPE)
        process.stdin.write("Subject: half")
        process.stdin.flush()
        until(lambda: "papertray import" in (self.desk.state / "lock").read_text()
              if (self.desk.state / "lock").exists() else False, "the lock")
        code, out, err = self.end(process, signal.SIGINT)
        self.assertEqual(code, 75, out + err)
        self.assertEqual(self.desk.fates(), {})


if __name__ == "__main__":
    unittest.main()
