"""The log is the truth: the database can be deleted, and a torn end of the log is cut off."""

import shutil
import signal
import tarfile
import unittest

from support.case import MailCase
from support.desk import SAMPLE, SLOW
from support.mail import ON_TIME, paper_mail, question_mail
from support.wait import until


class Rebuild(MailCase):
    def fill(self):
        """Papers, questions, versions, receipts sent and refused, marks, a copy at a second place."""
        self.sent = self.sink()
        self.sent.answers["RCPT"] = ["550 5.1.1 no such user", "451 4.3.0 later"]
        self.connect(self.sent)
        for number in range(6):
            self.server.append(self.user, paper_mail(f"author-{number}@example.org", f"Title {number}"), ON_TIME + number)
        again = question_mail(author="bob@example.org")
        self.server.append(self.user, again, ON_TIME)
        self.server.append(self.user, again, ON_TIME)
        self.desk.run("run", "--once")
        self.desk.done("import", SAMPLE)
        self.server.append(self.user, paper_mail("author-1@example.org", "Better", subject="[P-2] NIPS Workshop Papers"),
                           ON_TIME + 100)
        self.desk.run("run", "--once")

    def delete_database(self):
        for path in self.desk.state.glob("papertray.db*"):
            path.unlink()

    def test_the_same_database_comes_out(self):
        self.fill()
        before, delivered, papers = self.desk.tables(), len(self.sent.delivered), self.desk.papers()
        self.assertGreater(delivered, 3)
        self.delete_database()
        for path in (self.desk.state / "papers").iterdir():
            path.unlink()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.assertEqual(self.desk.papers(), papers)
        self.assertEqual(len(self.sent.delivered), delivered)
        self.desk.run("run", "--once")
        self.assertEqual(len(self.sent.delivered), delivered)   # nothing goes out twice

    def test_over_a_database_that_is_there(self):
        self.fill()
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_ctrl_c_leaves_the_database_as_it_was(self):
        self.fill()
        before = self.desk.tables()
        process = self.desk.start("rebuild")
        fresh = self.desk.state / "papertray.db.new"
        until(lambda: fresh.exists() or process.poll() is not None, "the new database", 120 * SLOW)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120 * SLOW)
        if process.returncode != 0:   # else it was done before it heard
            self.assertEqual(process.returncode, 75, said)
            self.assertIn("the database is as it was before", said)
        self.assertEqual(list(self.desk.state.glob("papertray.db.new*")), [])
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_a_deleted_database_is_made_anew_by_the_next_run(self):
        self.fill()
        before, delivered = self.desk.tables(), len(self.sent.delivered)
        self.delete_database()
        self.desk.run("run", "--once")
        self.assertEqual(self.desk.tables(), before)
        self.assertEqual(len(self.sent.delivered), delivered)

    def test_any_tar_lists_the_log(self):
        self.fill()
        for segment in self.desk.segments():
            with tarfile.open(segment) as tar:
                names = [entry.name for entry in tar]
            self.assertTrue(names)
            for name in names:
                self.assertRegex(name, r"\A(mail/[0-9a-f]{64}\.eml|event/\d+\.json)\Z")


class TornTail(MailCase):
    def setUp(self):
        super().setUp()
        self.connect(receipts='mode = "off"')
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.whole = self.desk.segments()[-1].read_bytes()

    def test_half_an_entry_is_cut_off(self):
        """As after a power loss: the log ends anywhere within the next batch, the database knows nothing of it."""
        before = self.desk.folder / "before"
        shutil.copytree(self.desk.state, before)
        self.server.append(self.user, paper_mail("bob@example.org", "Another"), ON_TIME)
        self.desk.done("run", "--once")
        after, wanted = self.desk.segments()[-1].read_bytes(), self.mails()
        added = len(after) - len(self.whole)
        self.assertGreater(added, 4096)
        for kept in (1, 511, 512, 513, 1024, 1536, 2048, 2500, added // 2, added - 513, added - 1, added):
            with self.subTest(kept):
                shutil.rmtree(self.desk.state)
                shutil.copytree(before, self.desk.state)
                self.desk.segments()[-1].write_bytes(after[:len(self.whole) + kept])
                self.desk.done("run", "--once")
                self.assertEqual(self.mails(), wanted)
                with tarfile.open(self.desk.segments()[-1]) as tar:
                    names = [entry.name for entry in tar if entry.name.startswith("mail/")]
                self.assertEqual(sorted(names), sorted(f"mail/{sha256}.eml" for sha256, _, _ in wanted))

    def mails(self):
        return self.desk.query("SELECT sha256, fate, from_address FROM message ORDER BY id")

    def test_rubbish_is_cut_off(self):
        torn = self.desk.segments()[-1]
        torn.write_bytes(self.whole + b"\xa5" * 1000)
        self.desk.done("run", "--once")
        self.assertEqual(torn.read_bytes()[:len(self.whole)], self.whole)
        self.assertEqual(self.desk.fates(), {"recorded": 1})

    def test_a_log_that_is_shorter_than_the_database_says_so(self):
        """Entries that were applied and are gone: no silent going on."""
        torn = self.desk.segments()[-1]
        torn.write_bytes(self.whole[:512])
        done = self.desk.run("run", "--once")
        self.assertNotEqual(done.code, 0, done)
        self.assert_one_sentence(done, "log")


if __name__ == "__main__":
    unittest.main(verbosity=2)
