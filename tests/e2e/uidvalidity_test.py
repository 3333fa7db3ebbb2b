"""UIDVALIDITY changes again and again: every mail is known under its new number, none twice, no second receipt.

PAPERTRAY_LONG_TESTS=1: over 1,000 mails, =figures: 20 times over 10,000.
"""

import hashlib
import random
import re
import subprocess
import unittest

from support.case import MailCase
from support.cutter import DOWN, Cut, Cutter
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.form import FORM, form
from support.wait import LONG_ENOUGH, until

MAILS, RESETS = form((300, 5), (1000, 6), (10_000, 20))
UNREACHABLE = 69


class Mailbox:
    """A Maildir that is written beside the server, and what papertray must come to know of it."""

    def __init__(self, server, user, dice):
        self.server, self.user, self.dice = server, user, dice
        self.sha256 = {}          # Message-ID -> hash of the mail, of all that ever came
        self.answered = 0
        self.number = 0
        server.append(user, self.mail(), ON_TIME)   # makes the Maildir
        self.fill(0)

    def mail(self):
        self.number += 1
        number, sender = self.number, f"author-{self.number}@example.org"
        if number % 10 == 0:
            raw = paper_mail(sender, f"Title {number}", name=f"u{number}")
        elif number % 3 == 0:
            raw = other_mail(f"Mail {number}", sender, name=f"u{number}")
        else:
            raw = question_mail(f"Question {number}?", sender, name=f"u{number}")
        self.answered += number % 10 == 0 or number % 3 != 0
        on_the_wire = raw.replace(b"\n", b"\r\n")
        name = re.search(rb"^Message-ID: <([^>]+)>", raw, re.I | re.M)[1].decode()
        self.sha256[name] = hashlib.sha256(on_the_wire).hexdigest()
        return raw

    def fill(self, count):
        """So many new mails, and one that is there twice."""
        for _ in range(count):
            raw = self.mail()
            self.put(raw)
        if count:
            self.put(raw)

    def put(self, raw):
        # Dovecot numbers the files of a folder that it does not know by their names.
        self.server.drop(self.user, raw, f"{self.dice.getrandbits(64):020}.h", ON_TIME)

    def reset(self):
        """Another UIDVALIDITY, another order, some mails fewer, some more."""
        for path in sorted(self.server.maildir(self.user).glob("cur/*")):
            flags = path.name.partition(":")[2]
            path.rename(path.with_name(f"{self.dice.getrandbits(64):020}.h:{flags}"))
        for path in self.dice.sample(sorted(self.server.maildir(self.user).glob("cur/*")), 3):
            path.unlink()
        self.fill(3)
        self.server.forget_uids(self.user)

    def there(self):
        """UIDVALIDITY, UID -> Message-ID, and how many mails bear our marks."""
        with self.server.client(self.user) as client:
            client.select("INBOX", readonly=True)
            uidvalidity = int(client.response("UIDVALIDITY")[1][0])
            answer = client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1]
        found, marked = {}, 0
        for line, header in (part for part in answer if isinstance(part, tuple)):
            found[int(re.search(rb"UID (\d+)", line)[1])] = re.search(rb"<([^>]+)>", header)[1].decode()
            marked += b"$Papertray" in line and b"\\Seen" in line
        return uidvalidity, found, marked


class Resets(MailCase):
    def check(self, mailbox):
        """Every mail that is there has its row under the number that it has now; all that ever came are known once."""
        uidvalidity, there, marked = mailbox.there()
        known = dict(self.desk.query("SELECT p.uid, m.message_id FROM place p JOIN folder f ON f.id = p.folder "
                                     "JOIN message m ON m.id = p.message WHERE f.uidvalidity = ?", uidvalidity))
        skipped = {uid: name for uid, name in there.items() if known.get(uid) != name}
        self.assertEqual(skipped, {})
        self.assertEqual(marked, len(there))
        self.assertEqual(self.known(), mailbox.sha256)
        self.assertEqual(self.desk.query("SELECT count(*) FROM message"), [(len(mailbox.sha256),)])
        self.assertEqual(self.desk.query("SELECT count(*) FROM place WHERE message IS NULL"), [(0,)])
        self.assertEqual(self.desk.query("SELECT count(*) FROM submission"), [(mailbox.answered,)])
        self.assertEqual(self.desk.query("SELECT count(*) FROM version"), [(mailbox.answered,)])
        self.assertEqual(self.desk.query("SELECT state, count(*) FROM outbox GROUP BY 1"), [("sent", mailbox.answered)])
        sent = sum(path.is_file() for path in self.desk.receipts.rglob("*"))
        self.assertEqual(sent, mailbox.answered)

    def known(self):
        return dict(self.desk.query("SELECT message_id, sha256 FROM message"))

    def test_between_runs_and_within_one(self):
        cutter = Cutter(self.server.imap)
        self.addCleanup(cutter.stop)
        dice = random.Random(10)
        mailbox = Mailbox(self.server, self.user, dice)
        mailbox.fill(MAILS - 10)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{cutter.port}", self.user))
        self.desk.done("run", "--once", seconds=3 * LONG_ENOUGH)
        self.check(mailbox)

        first = down = sum(len(said[DOWN]) for said in cutter.said)
        within = 0
        for number in range(RESETS):
            if number % 2 == 0:
                mailbox.reset()
                cutter.use(None)
            else:
                # While we read: what comes after the next login is another mailbox. Before it another one
                # still, so that there is something to be read.
                mailbox.reset()
                cutter.use(Cut(DOWN, dice.randrange(500, first), then=mailbox.reset))
                done = self.desk.run("run", "--once", seconds=3 * LONG_ENOUGH)
                self.assertIn(done.code, (0, UNREACHABLE), done)
                cutter.settle()
                within += cutter.cuts
                down += sum(len(said[DOWN]) for said in cutter.said)
                cutter.use(None)
            self.desk.done("run", "--once", seconds=3 * LONG_ENOUGH)
            cutter.settle()
            down += sum(len(said[DOWN]) for said in cutter.said)
            self.check(mailbox)
        self.assertGreater(within, 0)
        print(f"{len(mailbox.sha256)} mails, {RESETS + within} resets, {within} of them within a run; "
              f"{first} bytes read at first, {down - first} after it", flush=True)

    def watched(self, resets, reset):
        """A daemon, and what it knows after each reset under it."""
        mailbox = Mailbox(self.server, self.user, random.Random(11))
        mailbox.fill(30)
        self.connect(poll=10)
        daemon = self.desk.start("run", stderr=subprocess.DEVNULL)
        self.addCleanup(daemon.communicate)
        self.addCleanup(daemon.kill)
        for number in range(resets + 1):
            if number:
                reset(mailbox)
            self.uidvalidity = mailbox.there()[0]
            until(lambda: daemon.poll() is not None or self.caught_up(mailbox), f"reset {number}")
            self.assertIsNone(daemon.poll())
            self.check(mailbox)

    def caught_up(self, mailbox):
        """By the database alone: a look into the folder each time would be what keeps the daemon from it."""
        if not (self.desk.state / "mailbox.json").exists():
            return False
        there = sum(1 for sub in ("cur", "new") for _ in (self.server.maildir(self.user) / sub).iterdir())
        return (self.desk.query("SELECT count(*) FROM place p JOIN folder f ON f.id = p.folder WHERE f.uidvalidity = ? "
                                "AND marked_at IS NOT NULL", self.uidvalidity) == [(there,)] and
                self.desk.query("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)])

    def test_under_a_daemon(self):
        """As when a provider moves a mailbox to another machine."""
        def move(mailbox):
            self.server.kill()
            mailbox.reset()
            self.server.resume()
        self.watched(form(1, 5, 20), move)

    @unittest.skipUnless(FORM, "PAPERTRAY_LONG_TESTS=1 looks at it: a session that has gone blind waits for its poll")
    def test_under_a_session_that_idles(self):
        """Dovecot's old session sees nothing any more, or is ended, or fails with SERVERBUG once: the poll finds it out."""
        self.watched(3, lambda mailbox: mailbox.reset())


if __name__ == "__main__":
    unittest.main(verbosity=2)
