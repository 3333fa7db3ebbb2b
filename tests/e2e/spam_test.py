"""A spam folder beside the inbox: what is meant for the desk waits for a person, nobody is answered, nothing is touched."""

import unittest

from support.case import MailCase
from support.mail import ON_TIME, other_mail, paper_mail, question_mail


class Spam(MailCase):
    def fill(self, sink):
        """Junk with an exact paper, a near miss, a question and two of what belongs there; INBOX with a paper."""
        self.connect(sink, spam="Junk")
        self.server.create(self.user, "Junk")
        for raw in (paper_mail("ada@example.org", "Lost", name="exact"),
                    other_mail("Forgot the file.", "bob@example.org", subject="NIPS Workshop Paper", name="near"),
                    question_mail("Why?", "cleo@example.org", name="question"),
                    other_mail("Buy!", "shop@example.org", subject="Cheap watches", name="offer"),
                    paper_mail("phish@example.org", "Invoice", subject="Your invoice 4711", name="invoice")):
            self.server.append(self.user, raw, ON_TIME, folder="Junk")
        self.server.append(self.user, paper_mail("dan@example.org", "Found", name="inbox"), ON_TIME + 5)

    def rows(self):
        return {message_id.split(".")[0]: (fate, reason) for message_id, fate, reason in
                self.desk.query("SELECT message_id, fate, reason FROM message")}

    def move_to_inbox(self, uid):
        with self.server.client(self.user) as client:
            client.select("Junk")
            done, text = client.uid("MOVE", str(uid), "INBOX")
            self.assertEqual(done, "OK", text)

    def test_what_lies_there_waits_or_is_ignored(self):
        sink = self.sink()
        self.fill(sink)
        before = self.server.state(self.user, "Junk")
        self.desk.done("run", "--once")
        found = "found in the spam folder `Junk`: "
        self.assertEqual(self.rows(), {
            "exact": ("triage", found + "subject `NIPS Workshop Papers`, with a PDF"),
            "near": ("triage", found + "the subject is near `NIPS Workshop Papers`, but no PDF came with it"),
            "question": ("triage", found + "subject `NIPS Workshop Questions`, with a text"),
            "offer": ("ignored", found + "the subject matches no track"),
            "invoice": ("ignored", found + "the subject matches no track, though the mail brings a PDF"),
            "inbox": ("recorded", "subject `NIPS Workshop Papers`, with a PDF; a new submission"),
        })
        self.assertEqual([mail.recipients for mail in sink.delivered], [["dan@example.org"]])
        self.assertEqual(self.desk.query("SELECT recipient FROM outbox"), [("dan@example.org",)])
        self.assertEqual(self.desk.papers(), ["P-001_v1.pdf"])
        self.assertEqual(self.server.state(self.user, "Junk"), before)   # not even \Seen

        # A second look tells nothing new, and touches nothing.
        tables = self.desk.tables()
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.tables(), tables)
        self.assertEqual(self.server.state(self.user, "Junk"), before)

        # Whoever asks is told.
        self.assertEqual(self.desk.json("status")["spam"], {"messages": 5, "triage": 3})
        self.assertIn("in a spam folder: 5, 3 in triage", " ".join(self.desk.done("status").out.split()))
        number, = (row["id"] for row in self.desk.items("triage") if row["message_id"].startswith("exact."))
        self.assertEqual(self.desk.json("show", number)["spam_folder"], "Junk")
        explained = self.desk.json("explain", number)
        self.assertEqual((explained["decision"]["fate"], explained["spam_folder"]), ("triage", "Junk"))
        self.assertFalse(explained["may_reply"]["yes"])

    def test_moved_to_the_inbox_by_a_person_it_is_taken_as_any_other(self):
        sink = self.sink()
        self.fill(sink)
        self.desk.done("run", "--once")
        self.move_to_inbox(1)   # the paper
        self.move_to_inbox(4)   # the offer
        self.desk.done("run", "--once")
        rows = self.rows()
        self.assertEqual(rows["exact"], ("recorded", "subject `NIPS Workshop Papers`, with a PDF; a new submission"))
        self.assertEqual(rows["offer"], ("triage", "the subject matches no track"))
        self.assertEqual(rows["near"][0], "triage")
        self.assertEqual(sorted(mail.recipients for mail in sink.delivered), [["ada@example.org"], ["dan@example.org"]])
        self.assertEqual(self.desk.papers(), ["P-001_v1.pdf", "P-002_v1.pdf"])
        shown = self.desk.json("show", "P-2")
        self.assertEqual(shown["versions"][0]["received_at"], "2017-10-20T12:00:00Z")
        self.assertEqual(shown["messages"][0]["notes"],
                         ["was in the spam folder `Junk` at first, until somebody moved it"])
        self.assertTrue(all(r"\Seen" in flags for flags in self.server.flags(self.user).values()))

        before, delivered = self.desk.tables(), len(sink.delivered)
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("run", "--once")
        self.assertEqual(len(sink.delivered), delivered)

    def test_a_dry_run_decides_so_too(self):
        self.fill(None)
        rows = {row["from"]: row["fate"] for row in self.desk.json("run", "--dry-run")["items"]}
        self.assertEqual(rows, {"ada@example.org": "triage", "bob@example.org": "triage", "cleo@example.org": "triage",
                                "shop@example.org": "ignored", "phish@example.org": "ignored",
                                "dan@example.org": "recorded"})

    def test_a_spam_folder_that_is_not_there_is_a_warning(self):
        sink = self.sink()
        self.connect(sink, spam=["Junk", "Spam"])
        self.server.create(self.user, "Spam")
        self.server.append(self.user, paper_mail("ada@example.org", name="inbox"), ON_TIME)
        self.server.append(self.user, other_mail(name="offer"), ON_TIME, folder="Spam")
        done = self.desk.done("run", "--once")
        self.assertIn("has not the folder 'Junk'", done.err)
        self.assertEqual(self.desk.fates(), {"recorded": 1, "ignored": 1})
        self.assertEqual(self.desk.json("status")["mailbox"]["state"], "ok")
        self.assertEqual(len(sink.delivered), 1)
        checks = {row["check"]: row for row in self.desk.json("doctor")["items"]}
        self.assertEqual(checks["spam folder Junk"]["verdict"], "warn")
        self.assertIn("has not the folder 'Junk'", checks["spam folder Junk"]["text"])
        self.assertEqual(checks["spam folder Spam"]["verdict"], "ok")


if __name__ == "__main__":
    unittest.main(verbosity=2)
