"""Receipts when the SMTP server is away, refuses, or falls silent at the worst moment."""

import unittest

from support.case import MailCase
from support.mail import ON_TIME, paper_mail, question_mail
from support.sink import HANG_UP
from support.wait import free_ports


class Outbox(MailCase):
    def states(self):
        return dict(self.desk.query("SELECT recipient, state FROM outbox"))

    def test_sink_away(self):
        port, = free_ports(1)
        self.desk.write(self.imap(), smtp=f'url = "smtp://127.0.0.1:{port}"')
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        done = self.desk.run("run", "--once")
        self.assertIn(done.code, (0, 69, 75), done)
        self.assertEqual(self.desk.fates(), {"recorded": 1})
        self.assertEqual(self.states(), {"ada@example.org": "queued"})
        self.assertIn("$Papertray", self.server.flags(self.user)[1])   # taken in all the same
        self.assertEqual(self.desk.json("status")["outbox"]["queued"], 1)

    def test_refused_for_now(self):
        sink = self.sink()
        sink.answers["RCPT"] = ["451 4.3.0 try again later"]
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.run("run", "--once")
        self.assertEqual(self.states(), {"ada@example.org": "queued"})
        self.assertEqual(sink.delivered, [])
        self.desk.run("run", "--once")   # not due for half an hour
        self.assertEqual(sink.delivered, [])

    def test_refused_for_good(self):
        sink = self.sink()
        sink.answers["RCPT"] = ["550 5.1.1 no such user"]
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.server.append(self.user, question_mail(author="bob@example.org"), ON_TIME)
        self.desk.run("run", "--once")
        self.assertEqual(self.states(), {"ada@example.org": "failed", "bob@example.org": "sent"})
        reason, = self.desk.query("SELECT reason FROM outbox WHERE recipient = 'ada@example.org'")[0]
        self.assertIn("no such user", reason)

    def test_no_answer_to_the_final_dot(self):
        """Whether it arrived cannot be told: not sent again at once, and never as another mail."""
        sink = self.sink()
        sink.answers["DATA"] = [HANG_UP]
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.server.append(self.user, question_mail(author="bob@example.org"), ON_TIME)
        self.desk.run("run", "--once")
        self.assertEqual(self.states(), {"ada@example.org": "unknown", "bob@example.org": "sent"})
        self.desk.run("run", "--once")
        self.assertEqual([mail.recipients for mail in sink.delivered], [["bob@example.org"]])

    def test_wrong_password(self):
        sink = self.sink(password="another")
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        done = self.desk.run("run", "--once")
        self.assertIn(done.code, (0, 75, 77), done)
        self.assertEqual(self.states(), {"ada@example.org": "queued"})
        self.assertEqual(self.desk.fates(), {"recorded": 1})
        self.assertEqual(sink.delivered, [])

    def test_held(self):
        sink = self.sink()
        self.connect(sink, receipts='mode = "hold"')
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual(self.states(), {"ada@example.org": "held"})
        self.assertEqual(sink.delivered, [])

    def test_off(self):
        sink = self.sink()
        self.connect(sink, receipts='mode = "off"')
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual((self.states(), sink.delivered), ({}, []))

    def test_no_mail_twice_over_many_runs(self):
        sink = self.sink()
        self.connect(sink)
        for number in range(12):
            self.server.append(self.user, paper_mail(f"author-{number}@example.org", f"Title {number}"), ON_TIME + number)
            self.desk.done("run", "--once")
        self.assertEqual([mail.recipients for mail in sink.delivered], [[f"author-{n}@example.org"] for n in range(12)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
