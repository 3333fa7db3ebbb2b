"""What people see who look into the mailbox: flags, a folder, or nothing changed."""

import unittest

from support.case import MailCase
from support.mail import ON_TIME, other_mail, paper_mail


class Marks(MailCase):
    def fill(self):
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.server.append(self.user, other_mail(author="bob@example.org"), ON_TIME, flags=r"(\Flagged)")

    def test_flag(self):
        self.connect(after="flag")
        self.fill()
        self.desk.done("run", "--once")
        self.assertEqual(self.server.flags(self.user),
                         {1: {r"\Seen", "$Papertray"}, 2: {r"\Seen", "$Papertray", r"\Flagged"}})

    def test_none(self):
        self.connect(after="none")
        self.fill()
        before = self.server.state(self.user)
        self.desk.done("run", "--once")
        self.assertEqual(self.server.state(self.user), before)   # not even \Seen: BODY.PEEK
        self.assertEqual(self.desk.fates(), {"recorded": 1, "triage": 1})

    def test_move(self):
        self.connect(after="move:Processed")
        self.server.create(self.user, "Processed")
        self.fill()
        self.desk.done("run", "--once")
        self.assertEqual(self.server.flags(self.user), {})
        self.assertEqual(len(self.server.flags(self.user, "Processed")), 2)
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.fates(), {"recorded": 1, "triage": 1})

    def test_what_could_not_be_marked_is_marked_by_the_next_run(self):
        self.connect(after="move:Not..Possible")   # no name that this server would take
        self.fill()
        done = self.desk.run("run", "--once")
        self.assertIn("Not..Possible", done.err)
        self.assertEqual(self.desk.fates(), {"recorded": 1, "triage": 1})   # nothing is lost by it
        self.assertEqual(len(self.server.flags(self.user)), 2)
        self.connect(after="move:Processed")
        self.server.create(self.user, "Processed")
        self.desk.done("run", "--once")
        self.assertEqual(self.server.flags(self.user), {})
        self.assertEqual(len(self.server.flags(self.user, "Processed")), 2)
        self.assertEqual(self.desk.fates(), {"recorded": 1, "triage": 1})


if __name__ == "__main__":
    unittest.main(verbosity=2)
