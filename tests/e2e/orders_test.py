"""papertray outbox: a person's orders, alone and while the daemon runs."""

import json
import os
import pwd
import signal
import unittest

from support.case import MailCase
from support.mail import ON_TIME, paper_mail, question_mail
from support.wait import LONG_ENOUGH, until


class Orders(MailCase):
    def states(self):
        return dict(self.desk.query("SELECT recipient, state FROM outbox"))

    def ordered(self, *arguments, code=0):
        done = self.desk.run("--json", "outbox", *arguments)
        self.assertEqual(done.code, code, done)
        return json.loads(done.out)

    def take_in(self, *authors, **options):
        self.connect(**options)
        for number, author in enumerate(authors):
            self.server.append(self.user, paper_mail(author, f"Title {number}"), ON_TIME + number)
        self.desk.run("run", "--once")

    def test_held_mail_is_sent_by_order(self):
        sink = self.sink()
        self.take_in("ada@example.org", "bob@example.org", sink=sink, receipts='mode = "hold"')
        self.assertEqual(sink.delivered, [])
        planned = self.ordered("send", "--dry-run")
        self.assertEqual([(row["was"], row["state"]) for row in planned["items"]], [("held", "queued")] * 2)
        self.assertEqual(self.states(), {"ada@example.org": "held", "bob@example.org": "held"})
        self.assertEqual(self.ordered("send", "2")["sent"], {"sent": 1, "waiting": 0, "failed": 0})
        self.assertEqual(self.states(), {"ada@example.org": "held", "bob@example.org": "sent"})
        self.assertEqual(self.ordered("send")["sent"]["sent"], 1)
        self.assertEqual([mail.recipients for mail in sink.delivered], [["bob@example.org"], ["ada@example.org"]])
        # Sent is sent.
        again = self.ordered("retry", "1", code=1)
        self.assertFalse(again["items"][0]["done"])
        self.assertEqual(len(sink.delivered), 2)

    def test_failed_is_retried_and_who_ordered_it_is_known(self):
        sink = self.sink()
        sink.answers["RCPT"] = ["550 5.1.1 no such user"]
        self.take_in("ada@example.org", sink=sink)
        self.assertEqual(self.states(), {"ada@example.org": "failed"})
        self.desk.done("outbox", "retry", "1", "--as", "carla")
        self.assertEqual(self.states(), {"ada@example.org": "sent"})
        shown = self.desk.json("outbox", "show", "1")
        self.assertIn("(carla)", " ".join(step["reason"] for step in shown["history"]))
        self.assertIn("P-1", shown["text"])
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_the_login_name_stands_in_the_history(self):
        self.take_in("ada@example.org", receipts='mode = "hold"')
        self.desk.done("outbox", "drop", "1")
        self.assertIn(f"({pwd.getpwuid(os.getuid()).pw_name})", self.desk.json("outbox", "show", "1")["history"][0]["reason"])
        self.assertEqual(self.states(), {"ada@example.org": "dropped"})
        self.assertEqual(self.desk.items("outbox", "--problems"), [])

    def test_paused_and_resumed(self):
        sink = self.sink()
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.run("run", "--dry-run")
        self.take_in("bob@example.org", sink=sink, receipts='mode = "hold"')
        self.desk.done("outbox", "pause")
        status = self.desk.json("status")
        self.assertIn("paused by", status["sending"]["paused"])
        self.assertIsNone(status["sending"]["again_at"])
        self.assertEqual(self.ordered("send")["sent"]["sent"], 0)
        self.assertEqual(sink.delivered, [])
        self.assertIn("papertray outbox resume", self.desk.done("status").out)
        self.desk.done("outbox", "resume")
        self.assertIsNone(self.desk.json("status")["sending"]["paused"])
        self.desk.done("run", "--once")
        self.assertEqual(len(sink.delivered), 2)

    def test_a_refused_login_pauses_and_status_says_it(self):
        sink = self.sink(password="another")
        self.take_in("ada@example.org", "bob@example.org", sink=sink)
        status = self.desk.json("status")
        self.assertIn("535", status["sending"]["paused"])
        self.assertIsNotNone(status["sending"]["again_at"])
        self.assertEqual(self.states(), {"ada@example.org": "queued", "bob@example.org": "queued"})
        tried = len(sink.logins)
        self.desk.run("run", "--once")
        self.assertEqual(len(sink.logins), tried)   # once an hour at most
        sink.password = b"secret"
        self.desk.done("outbox", "resume")
        self.desk.done("outbox", "send")
        self.assertEqual(len(sink.delivered), 2)

    def test_no_such_number(self):
        self.take_in("ada@example.org", receipts='mode = "hold"')
        done = self.desk.run("outbox", "drop", "1", "99")
        self.assertEqual(done.code, 1)
        self.assert_one_sentence(done, "99", "papertray list outbox")
        self.assertEqual(self.states(), {"ada@example.org": "held"})   # all or nothing

    def test_beside_a_running_daemon(self):
        """Orders need not wait for the daemon's end, and it goes on behind what they wrote."""
        sink = self.sink()
        self.desk.write(self.imap(poll=86400), smtp=f'url = "smtp://127.0.0.1:{sink.port}"', receipts='mode = "hold"')
        daemon = self.desk.start("run")
        self.addCleanup(lambda: (daemon.poll() is None and daemon.kill(), daemon.communicate()))
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        for round in range(1, 6):
            self.server.append(self.user, question_mail(f"Question {round}?", author=f"eve{round}@example.org"), ON_TIME)
            until(lambda: self.desk.query("SELECT count(*) FROM outbox")[0][0] == round, f"question {round}")
            sent = self.ordered("send", "--as", "carla")
            self.assertEqual(sent["sent"], {"sent": 1, "waiting": 0, "failed": 0})
        self.assertEqual([mail.recipients for mail in sink.delivered], [[f"eve{n}@example.org"] for n in range(1, 6)])
        daemon.send_signal(signal.SIGTERM)
        out, err = daemon.communicate(timeout=LONG_ENOUGH)
        self.assertEqual(daemon.returncode, 0, out + err)
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("audit", "--offline")


if __name__ == "__main__":
    unittest.main(verbosity=2)
