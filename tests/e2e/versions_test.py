"""Versions and what may be one; one mail in two folders, and two mails of one Message-ID."""

import unittest

from support.case import MailCase
from support.mail import LAST_SECOND, ON_TIME, paper_mail, question_mail

ADA, BOB = "ada@example.org", "bob@example.net"


def titled(author, title, body, **more):
    return paper_mail(author, body, subject=f"NIPS Workshop Papers: {title}", **more)


class Versions(MailCase):
    def setUp(self):
        super().setUp()
        self.mails = self.sink()
        self.connect(self.mails)

    def come(self, *mails, at=ON_TIME, folder="INBOX"):
        for raw in mails:
            self.server.append(self.user, raw, at, folder)
        self.desk.done("run", "--once")

    def test_late_versions_do_not_replace(self):
        self.come(titled(ADA, "Sparse Gradient Descent", "one"))
        self.come(titled(ADA, "Sparse gradient descent (final)", "two"), at=LAST_SECOND + 60)
        row, = self.desk.items("papers")
        self.assertEqual((row["versions"], row["counting_version"], row["on_time"]), (2, 1, True))
        self.assertEqual([version["on_time"] for version in self.desk.json("show", "P-1")["versions"]], [True, False])

    def test_less_sure_ones_are_new_and_a_person_sees_the_command(self):
        self.come(titled(ADA, "Sparse Gradient Descent on Many Machines", "one"))
        receipt = self.mails.delivered[-1].mail
        mails = {
            "on the thread": paper_mail(BOB, "two", extra=(f"In-Reply-To: {receipt['Message-ID']}",)),
            "the same title": titled("cem@example.com", "sparse gradient descent on many machines", "three"),
            "similar": titled(ADA, "Sparse Gradient Descent on Very Many Machines", "four"),
        }
        for number, (name, raw) in enumerate(mails.items(), start=2):
            with self.subTest(name):
                self.come(raw)
                label = f"P-{number}"
                note, = self.desk.items("messages")[-1]["open_notes"]
                self.assertIn(name, note)
                self.assertTrue(note.endswith(f": papertray merge {label} --into P-1"), note)
                for command in (("show", label), ("list", "triage")):
                    self.assertIn(" ".join(note.split()), " ".join(self.desk.done(*command).out.split()))
        self.assertEqual(self.desk.fates(), {"recorded": 4})
        self.assertEqual(len(self.desk.items("triage")), 3)
        self.assertIn({"what": "notes that ask for a decision", "count": 3, "command": "papertray list triage"},
                      self.desk.json("status")["waiting"])
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_one_mail_in_two_folders(self):
        self.server.create(self.user, "Archive")
        self.connect(self.mails, folders=["INBOX", "Archive"])
        raw = paper_mail(ADA)
        self.come(raw)
        self.come(raw, folder="Archive")
        self.come(raw)
        self.assertEqual(self.desk.fates(), {"recorded": 1})
        self.assertEqual(len(self.desk.json("show", "M-1")["places"]), 3)
        self.assertEqual(len(self.mails.delivered), 1)

    def test_one_message_id_two_mails(self):
        self.come(question_mail("Why?", name="template"), question_mail("How?", name="template"))
        first, second = self.desk.items("messages")
        self.assertEqual(first["message_id"], second["message_id"])
        self.assertEqual((first["notes"], second["notes"]),
                         ([], ["has the Message-ID of M-1, but other bytes: they are two"]))
        self.assertEqual([row["text"] for row in self.desk.items("questions")], ["Why?", "How?"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
