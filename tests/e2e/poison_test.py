"""A mail at which papertray itself dies, at every start: it is set aside, and everything else is taken in. Here the kernel
does the killing (strace): whenever the second paper is about to be put on its shelf, or in the middle of a large mail's
bytes on their way into the log."""

import json
import shutil
import signal
import subprocess
import unittest

from support.case import MailCase
from support.desk import BINARY, SLOW
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.wait import LONG_ENOUGH

STARTS = 12   # more than are needed: what a service manager does in a minute


@unittest.skipIf(SLOW > 1, "a sanitizer's run time does not bear strace")
class Poison(MailCase):
    def setUp(self):
        super().setUp()
        if not shutil.which("strace"):
            self.skipTest("strace is not installed")
        self.letters = self.sink()
        self.connect(self.letters)

    def killed(self, path, calls, when="1+"):
        """A run for cron that is killed at one of these calls for that file; how it ended."""
        return subprocess.run(["/usr/bin/strace", "-f", "-P", path, "-e", f"trace={calls}",
                               "-e", f"inject={calls}:signal=SIGKILL:when={when}", "-o", self.desk.folder / "trace",
                               BINARY, "--config", self.desk.config, "run", "--once"],
                              env={"PATH": "/usr/bin:/bin", "HOME": str(self.desk.folder), "LC_ALL": "C.UTF-8"},
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONG_ENOUGH, check=False)

    def start(self):
        """Killed when that file gets its name."""
        return self.killed(self.desk.state / "papers" / "P-002_v1.pdf", "/^rename")

    def test_papertray_dies_while_it_comes_every_time(self):
        self.connect(receipts='mode = "off"', after="flag")
        self.server.append(self.user, paper_mail("ada@example.org", "First"), ON_TIME)
        self.desk.done("run", "--once")
        # Its bytes take six writes, all else that a run writes here three.
        self.server.append(self.user, other_mail("x" * 70 + "\n" + ("y" * 70 + "\n") * 20_000), ON_TIME)
        self.server.append(self.user, question_mail("After?", "ida@example.org"), ON_TIME)
        deaths = 0
        log = self.desk.state / "log" / "000001.tar"
        while (done := self.killed(log, "pwrite64", when="4")).returncode in (-signal.SIGKILL, 128 + signal.SIGKILL) \
                and deaths < STARTS:
            deaths += 1
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(deaths, 3)
        self.assertIn("UID 2 in 'INBOX'", done.stderr)
        self.assertEqual(self.desk.fates(), {"recorded": 2, "quarantined": 1})
        self.assertEqual({uid: r"\Seen" in flags for uid, flags in self.server.flags(self.user).items()},
                         {1: True, 2: False, 3: True})
        # Told to people, for good, and a person can bring it in.
        told, = [row for row in self.desk.items("triage") if row["fate"] == "quarantined"]
        self.assertIn("papertray ended three times", told["reason"])
        self.desk.done("run", "--once")
        self.assertTrue(json.loads(self.desk.done("--json", "audit").out)["holds"])
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_papertray_dies_at_it_every_time(self):
        for raw in (paper_mail("ada@example.org", "First"), question_mail("Before?", "bob@example.org"),
                    paper_mail("eve@example.org", "Poison"), question_mail("After?", "ida@example.org"), other_mail()):
            self.server.append(self.user, raw, ON_TIME)
        deaths = 0
        while (done := self.start()).returncode in (-signal.SIGKILL, 128 + signal.SIGKILL) and deaths < STARTS:
            deaths += 1
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(deaths, 2)
        self.assertEqual(self.desk.fates(), {"recorded": 3, "triage": 1, "quarantined": 1})
        row, = [row for row in self.desk.items("messages") if row["fate"] == "quarantined"]
        self.assertIn("papertray ended in the middle of it twice", row["reason"])
        self.assertIn(row["sha256"], done.stderr)
        # The others are answered, it is not; and it is passed by for good.
        self.assertEqual(sorted(letter.recipients[0] for letter in self.letters.delivered),
                         ["ada@example.org", "bob@example.org", "ida@example.org"])
        self.assertEqual(self.start().returncode, 0)
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.assertTrue(json.loads(self.desk.done("--json", "audit").out)["holds"])
        # It waits for a person, who has its bytes, and may say to read it once more: nothing kills papertray now.
        self.assertEqual({(row["id"], row["fate"]) for row in self.desk.items("triage") if row["fate"] != "triage"},
                         {(row["id"], "quarantined")})
        self.assertIn(b"From: eve@example.org", self.desk.run("show", row["id"], "--source", text=False).out)
        self.desk.done("route", row["id"], "papers")
        self.assertEqual(self.desk.fates(), {"recorded": 4, "triage": 1})
        self.desk.done("run", "--once")
        self.assertEqual([letter.recipients[0] for letter in self.letters.delivered][3:], ["eve@example.org"])
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
