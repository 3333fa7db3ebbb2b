"""How far a command is: a line that is drawn anew on a terminal, and nothing anywhere else."""

import re
import unittest
import zipfile

from support.case import MailCase
from support.desk import SAMPLE
from support.mail import ON_TIME, paper_mail, question_mail
from support.terminal import Terminal

ERASE = "\r\x1b[K"


class Progress(MailCase):
    def at_a_terminal(self, *arguments, env=None):
        terminal = Terminal("--config", self.desk.config, *arguments, cwd=self.desk.folder, env=env)
        self.addCleanup(terminal.close)
        self.assertEqual(terminal.end(), 0, terminal.said)
        return terminal.said

    def test_import(self):
        said = self.at_a_terminal("import", SAMPLE)
        self.assertIn(ERASE + "[", said)
        self.assertRegex(said, r"\[[#.]{20}\] \d+ %, \d+ mails?, \d+ a second")
        self.assertIn("56 new messages", said.split(ERASE)[-1])   # of 57, one of which is there twice

    def test_rebuild(self):
        self.desk.done("import", SAMPLE)
        said = self.at_a_terminal("rebuild")
        self.assertRegex(said, r"\[[#.]{20}\] \d+ %, \d+ mails?")

    def test_a_first_look_at_a_mailbox(self):
        self.connect()
        for number in range(3):
            self.server.append(self.user, question_mail(f"Why {number}?", name=f"why-{number}"), ON_TIME)
        said = self.at_a_terminal("run", "--once")
        self.assertRegex(said, r"\d+ mails?, \d+ a second")
        self.assertIn("3 new messages", said.split(ERASE)[-1])
        self.assertNotIn("message=M-1", said)

    def papers(self, number):
        self.connect()
        for n in range(number):
            self.server.append(self.user, paper_mail(f"a{n}@example.org", f"Title {n}", subject=f"NIPS Workshop Papers: Title {n}"), ON_TIME)
        self.desk.done("run", "--once")

    def test_a_zip_of_papers(self):
        self.papers(3)
        file = self.desk.folder / "papers.zip"
        said = self.at_a_terminal("export", file)
        # The line is drawn over itself, gone at the end, and what was written is told last.
        self.assertRegex(said, re.escape(ERASE) + r"\[[#.]{20}\] \d+ %, \d papers?, \d+ a second")
        self.assertIn("3 papers", said.split(ERASE)[-1])
        self.assertEqual(len(zipfile.ZipFile(file).namelist()), 3)

    def test_a_look_into_papers(self):
        self.papers(3)
        said = self.at_a_terminal("recheck")
        self.assertRegex(said, re.escape(ERASE) + r"\[[#.]{20}\] \d+ %, \d of 3 papers")
        self.assertNotIn(ERASE, self.at_a_terminal("recheck", "--all", env={"TERM": "dumb"}))

    def test_nothing_where_nobody_looks(self):
        self.assertNotIn("a second", self.at_a_terminal("--quiet", "import", SAMPLE))
        self.assertNotIn(ERASE, self.at_a_terminal("rebuild", env={"TERM": "dumb"}))
        done = self.desk.done("import", SAMPLE)
        self.assertNotIn("a second", done.out + done.err)
        self.connect()
        self.server.append(self.user, question_mail("Why?"), ON_TIME)
        done = self.desk.done("run", "--once")
        self.assertNotIn("a second", done.out + done.err)
        self.assertIn("message=M-57", done.err)   # behind the sample's


if __name__ == "__main__":
    unittest.main(verbosity=2)
