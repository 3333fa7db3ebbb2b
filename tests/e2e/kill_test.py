"""Killed at any moment, papertray loses nothing and doubles nothing: the database after the next run is
the one of a run that nobody disturbed."""

import random
import unittest

from support.case import MailCase
from support.desk import Desk
from support.form import form
from support.mail import other_mail, paper_mail, question_mail
from support.same import CLOCKS, RECEIPT

MAILS = 90
KILLS = form(10, 30, 80)
KILLS_WHILE_SENDING = 3


class Kills(MailCase):
    def fill(self, user):
        with self.server.client(user) as client:
            for number in range(MAILS):
                sender = f"author-{number}@example.org"
                raw = (paper_mail(sender, f"Title {number}", name=f"m{number}") if number % 3 == 0 else
                       question_mail(f"Question {number}?", sender, name=f"m{number}") if number % 3 == 1 else
                       other_mail(f"Mail {number}", sender, name=f"m{number}"))
                client.append("INBOX", "", '"20-Oct-2017 12:00:00 +0000"', raw.replace(b"\n", b"\r\n"))

    def progress(self, desk):
        """Grows with every step: bytes of the log, of the database and its journal, papers on the shelf."""
        total = 0
        for path in (desk.state.rglob("*") if desk.state.exists() else ()):
            try:
                total += path.stat().st_size
            except FileNotFoundError:
                pass   # gone between two looks
        return total

    def kill_at(self, desk, threshold):
        """Starts a run and kills it once so much is on the disk. Whether it came to that."""
        process = desk.start("run", "--once")
        try:
            while process.poll() is None:
                if self.progress(desk) >= threshold:
                    process.kill()
                    return True
        finally:
            process.communicate()
        return False

    def finished(self, mode, user, sink=None):
        """A desk whose run over this mailbox nobody disturbed."""
        desk = Desk()
        self.addCleanup(desk.close)
        desk.write(self.imap(user, after="none"), receipts=f'mode = "{mode}"',
                   smtp=f'url = "smtp://127.0.0.1:{sink.port}"' if sink else None)
        return desk

    def test_the_database_is_the_one_of_an_undisturbed_run(self):
        self.fill(self.user)
        calm = self.finished("hold", self.user)
        calm.done("run", "--once")
        whole = self.progress(calm)
        wanted = calm.tables(CLOCKS + RECEIPT)
        self.assertEqual(calm.fates(), {"recorded": MAILS * 2 // 3, "triage": MAILS // 3})

        dice = random.Random(20171103)
        killed = rounds = twice = 0
        # On a busy machine many a run is over before its kill comes: then there are more rounds.
        while rounds < KILLS or (killed <= KILLS // 2 and rounds < 20 * KILLS):
            rounds += 1
            with self.subTest(kill=rounds):
                desk = self.finished("hold", self.user)
                # Two kills, the second further on, then a run to the end.
                for threshold in sorted(dice.randrange(1, whole) for _ in range(2)):
                    killed += self.kill_at(desk, threshold)
                desk.done("run", "--once")
                if desk.query("SELECT 1 FROM message WHERE reason LIKE '%ended in the middle of it twice%'"):
                    twice += 1   # both kills came at the same mail: that is poison (poison_test)
                    continue
                self.assertEqual(desk.tables(CLOCKS + RECEIPT), wanted)
                self.assertEqual(desk.papers(), calm.papers())
                desk.close()
        self.assertLess(twice, rounds // 4)
        self.assertGreater(killed, KILLS // 2, "too few of the kills hit a running program")

    def test_no_receipt_is_lost_or_doubled(self):
        self.fill(self.user)
        answerable = {f"author-{number}@example.org" for number in range(MAILS) if number % 3 != 2}
        dice = random.Random(9)
        for number in range(4):
            with self.subTest(kill=number):
                sink = self.sink()
                desk = self.finished("send", self.user, sink)
                for _ in range(KILLS_WHILE_SENDING):
                    # Counted from what has come so far, since a kill may come late: the mail that it left in doubt goes
                    # out first, and is sure once the next one has come. A second kill at it would leave it to a person.
                    count = len(sink.delivered) + dice.randrange(2, 18)
                    process = desk.start("run", "--once")
                    while process.poll() is None and len(sink.delivered) < count:
                        pass
                    process.kill()
                    process.communicate()
                desk.done("run", "--once")
                sent = [mail.recipients[0] for mail in sink.delivered]
                self.assertEqual(set(sent), answerable)
                # A kill between the last dot and its record sends the same mail once more, byte for byte.
                self.assertLessEqual(len(sent) - len(set(sent)), KILLS_WHILE_SENDING)
                self.assertEqual(len({mail.raw for mail in sink.delivered}), len(answerable))
                self.assertEqual(desk.query("SELECT DISTINCT state FROM outbox"), [("sent",)])

    def test_marks_are_made_up_for(self):
        self.fill(self.user)
        desk = self.finished("off", self.user)
        desk.write(self.imap(self.user, after="flag"), receipts='mode = "off"')
        process = desk.start("run", "--once")
        while process.poll() is None and not (desk.state / "papers").exists():
            pass
        process.kill()
        process.communicate()
        desk.done("run", "--once")
        self.assertEqual(set(map(frozenset, self.server.flags(self.user).values())),
                         {frozenset({r"\Seen", "$Papertray"})})
        self.assertEqual(desk.query("SELECT count(*) FROM place WHERE marked_at IS NULL"), [(0,)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
