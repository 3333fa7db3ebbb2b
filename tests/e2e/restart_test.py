"""The mail server is killed and started again and again while mail comes and the daemon reads: everything in, once.

15 times with PAPERTRAY_LONG_TESTS=1, 50 with =figures. The daemon comes back after the waits of core/reconnect.h: two seconds after a
first refusal, so a kill costs this test about that.
"""

import hashlib
import random
import unittest

from support.case import MailCase
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.rival import message_id
from support.form import form
from support.wait import LONG_ENOUGH, until

KILLS = form(5, 15, 50)


class Restarts(MailCase):
    def setUp(self):
        super().setUp()
        self.dice = random.Random(50)
        self.sha256, self.answerable = {}, 0
        self.server.append(self.user, self.mail(), ON_TIME)   # makes the Maildir
        self.addCleanup(lambda: self.server.process.poll() is None or self.server.resume())

    def mail(self):
        number = len(self.sha256)
        sender, name = f"author-{number}@example.org", f"k{number}"
        raw = (paper_mail(sender, f"Title {number}", name=name) if number % 5 == 0 else
               other_mail("Hello. " * 500, sender, name=name) if number % 5 == 1 else
               question_mail(f"Question {number}?", sender, name=name))
        self.answerable += number % 5 != 1
        self.sha256[message_id(raw)] = hashlib.sha256(raw.replace(b"\n", b"\r\n")).hexdigest()
        return raw

    def deliver(self, count):
        for _ in range(count):
            raw = self.mail()
            self.server.drop(self.user, raw, f"{len(self.sha256):09}.k", ON_TIME)

    def known(self):
        return dict(self.desk.query("SELECT message_id, sha256 FROM message"))

    def moments(self):
        """What is waited for before the kill: everything from nothing at all to all being done.

        Asked for before the mails are put there: on a busy machine all of them may be recorded when the last has been
        put, and then "one more" would never come.
        """
        recorded, logged = len(self.known()), self.desk.log_bytes()
        return {"at once": lambda: True,
                "logged": lambda: self.desk.log_bytes() > logged,
                "some recorded": lambda: len(self.known()) > recorded,
                "all recorded": lambda: len(self.known()) == len(self.sha256),
                "all marked": lambda: self.desk.query("SELECT count(*) FROM place WHERE marked_at IS NULL") == [(0,)]}

    def test_everything_in_once(self):
        self.connect(poll=10)
        with open(self.desk.folder / "said", "w") as said:
            daemon = self.desk.start("run", stderr=said)
        self.addCleanup(daemon.communicate)
        self.addCleanup(daemon.kill)

        def alive(condition):
            return lambda: daemon.poll() is not None or condition()

        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        for number in range(KILLS):
            moment, come = self.dice.choice(list(self.moments().items()))
            self.deliver(self.dice.randrange(1, 40))
            until(alive(come), lambda: f"kill {number}: {moment}; {self.situation()}")
            self.server.kill()
            self.deliver(self.dice.randrange(3))
            self.server.resume()
            # Under load: mostly the next kill comes before all of this is in.
            if self.dice.random() < 0.3:
                until(alive(lambda: len(self.known()) == len(self.sha256)),
                      lambda: f"all of kill {number}; {self.situation()}", 3 * LONG_ENOUGH)
            self.assertIsNone(daemon.poll(), "the daemon ended")

        until(alive(self.calm), lambda: f"all is recorded, marked and answered; {self.situation()}", 3 * LONG_ENOUGH)
        daemon.terminate()
        self.assertEqual(daemon.wait(LONG_ENOUGH), 0)
        self.assertEqual(self.known(), self.sha256)
        self.assertEqual(self.desk.query("SELECT count(*) FROM message"), [(len(self.sha256),)])
        self.assertEqual(self.desk.query("SELECT count(*) FROM place WHERE message IS NULL"), [(0,)])
        self.assertEqual(self.desk.query("SELECT count(*) FROM version"), [(self.answerable,)])
        self.assertEqual(self.desk.query("SELECT state, count(*) FROM outbox GROUP BY 1"), [("sent", self.answerable)])
        self.assertEqual(sum(path.is_file() for path in self.desk.receipts.rglob("*")), self.answerable)
        flags = self.server.flags(self.user)
        self.assertEqual(len(flags), len(self.sha256))
        self.assertEqual(set(map(frozenset, flags.values())), {frozenset({r"\Seen", "$Papertray"})})
        copies = self.desk.query("SELECT count(*) FROM place")[0][0] - len(self.sha256)
        print(f"{KILLS} kills, {len(self.sha256)} mails, {copies} of them seen again under another UID", flush=True)

    def situation(self):
        """Whose turn it is when nothing comes: what was put there, what the server shows, what is recorded."""
        return (f"{len(self.sha256)} mails put there, {len(self.server.flags(self.user))} shown by the server, "
                f"{len(self.known())} recorded; mailbox.json: {(self.desk.state / 'mailbox.json').read_text()}")

    def calm(self):
        if len(self.known()) < len(self.sha256):
            return False
        if self.desk.query("SELECT count(*) FROM outbox WHERE state <> 'sent'") != [(0,)]:
            return False
        return all("$Papertray" in flags for flags in self.server.flags(self.user).values())


if __name__ == "__main__":
    unittest.main(verbosity=2)
