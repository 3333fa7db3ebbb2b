"""Servers that refuse, are away or cannot be trusted: the exit code, one sentence, nothing changed."""

import subprocess
import unittest

from support.case import MailCase
from support.mail import ON_TIME, paper_mail
from support.wait import free_ports, until


class Trouble(MailCase):
    def setUp(self):
        super().setUp()
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.before = self.server.state(self.user)

    def check_nothing_happened(self):
        self.assertEqual(self.server.state(self.user), self.before)
        if (self.desk.state / "papertray.db").exists():
            for table in ("message", "place", "submission", "outbox"):
                self.assertEqual(self.desk.query(f"SELECT count(*) FROM {table}"), [(0,)], table)
        self.assertFalse(self.desk.receipts.exists() and any(path.is_file() for path in self.desk.receipts.rglob("*")))

    def check_it_goes_on(self):
        """The next run, with the trouble gone, takes the mail in."""
        self.connect()
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.fates(), {"recorded": 1})

    def test_wrong_password(self):
        (self.desk.folder / "password").write_text("not-the-secret-7391\n")
        self.connect()
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 77, done)
        self.assert_one_sentence(done, "127.0.0.1", self.user)
        self.assertNotIn("7391", done.out + done.err)
        self.check_nothing_happened()
        (self.desk.folder / "password").write_text("secret\n")
        self.check_it_goes_on()

    def test_untrusted_certificate(self):
        self.desk.write(self.imaps())
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 69, done)
        self.assert_one_sentence(done, "certificate", "ca_file")
        self.check_nothing_happened()
        self.check_it_goes_on()

    def test_server_away(self):
        port, = free_ports(1)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{port}", self.user))
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 69, done)
        self.assert_one_sentence(done, f"127.0.0.1:{port}")
        self.check_nothing_happened()
        self.check_it_goes_on()

    def test_mailbox_missing(self):
        self.connect(folders=["INBOXX"])
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 1, done)
        self.assert_one_sentence(done, "INBOXX")
        self.check_nothing_happened()
        self.check_it_goes_on()

    def test_password_file_missing(self):
        self.connect(password="nowhere")
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "nowhere")
        self.check_nothing_happened()

    def test_status_tells_of_it(self):
        self.connect()
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.json("status")["mailbox"]["state"], "ok")
        port, = free_ports(1)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{port}", self.user))
        self.desk.run("run", "--once")
        contact = self.desk.json("status")["mailbox"]
        self.assertNotEqual(contact["state"], "ok")
        self.assertRegex(contact["last_contact"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")

    def hold_the_lock(self):
        """An import that waits for its input and holds the lock meanwhile."""
        first = self.desk.start("import", "-", stdin=subprocess.PIPE)
        self.addCleanup(first.communicate)
        self.addCleanup(first.kill)
        lock = self.desk.state / "lock"
        until(lambda: lock.exists() and str(first.pid) in lock.read_text(), "the lock is not held")
        return first

    def test_a_second_instance_is_told_who_is_there(self):
        self.connect()
        first = self.hold_the_lock()
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 75, done)
        self.assert_one_sentence(done, str(first.pid), "import")
        until(lambda: (self.desk.state / "papertray.db").exists(), "the database is not made")
        self.desk.done("status")   # readers do not wait for writers

    def test_the_lock_goes_with_its_holder(self):
        self.connect()
        first = self.hold_the_lock()
        first.kill()
        first.wait()
        self.desk.done("run", "--once")

    def test_the_password_is_nowhere(self):
        """Neither in what is said nor in what is written."""
        self.connect()
        commands = [("run", "--once"), ("status",), ("--json", "status"), ("doctor",), ("--json", "doctor"),
                    ("list", "messages"), ("explain", "M-1")]
        password = "a-wrong-secret-52801"
        (self.desk.folder / "password").write_text(password + "\n")
        for command in commands:
            done = self.desk.run(*command)
            self.assertNotIn(password, done.out + done.err, command)
        for path in self.desk.state.rglob("*"):
            if path.is_file():
                self.assertNotIn(password.encode(), path.read_bytes(), path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
