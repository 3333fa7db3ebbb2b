"""Another client expunges, moves, copies and flags at random in the folder that the daemon reads: papertray never
touches a mail that it has not recorded, never takes one mail for another, and loses none.

For half a minute with PAPERTRAY_LONG_TESTS=1, five with =figures.
"""

import collections
import random
import re
import time
import unittest

from support.case import MailCase
from support.cutter import DOWN, UP, Cutter
from support.rival import ELSEWHERE, PROCESSED, Rival, uids_of
from support.form import form
from support.wait import LONG_ENOUGH, until

SECONDS = form(4, 30, 300)
KEYWORD = "$Papertray"
# What papertray may say at all after the login. UID STORE and UID MOVE are looked at one by one.
HARMLESS = re.compile(rb"pt\d+ (NOOP|CAPABILITY|SELECT .*|EXAMINE .*|IDLE|LOGOUT|LIST .*|ENABLE .*|COMPRESS .*|"
                      rb"UID SEARCH .*|UID FETCH [\d:,*]+ \((?!.*BODY\[).*\))\Z")
LOGIN = re.compile(rb"A\d+ (CAPABILITY|LOGIN .*|AUTHENTICATE .*)\Z|[A-Za-z0-9+/=]*\Z|DONE\Z")
COPYUID = re.compile(rb"\[COPYUID \d+ ([\d:,]+) ")
MARK = {"flag": re.compile(rb"pt\d+ UID STORE ([\d:,]+) \+FLAGS\.SILENT \(\\Seen \$Papertray\)\Z"),
        "move": re.compile(rb'pt\d+ UID MOVE ([\d:,]+) "?Processed"?\Z')}


class SecondClient(MailCase):
    def check(self, mode):
        # As over a far network, so that much happens between two answers.
        cutter = Cutter(self.server.imap, piece=4096, pause=0.002)
        self.addCleanup(cutter.stop)
        rival = Rival(self.server, self.user, random.Random(20171103))
        self.addCleanup(rival.close)
        after = "move:" + PROCESSED if mode == "move" else mode
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{cutter.port}", self.user, after=after, poll=10))
        with open(self.desk.folder / "said", "w") as said:
            daemon = self.desk.start("run", stderr=said)
        self.addCleanup(daemon.communicate)
        self.addCleanup(daemon.kill)

        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            rival.step()
        self.assertIsNone(daemon.poll(), "the daemon ended")
        until(lambda: self.calm(rival, mode), "all that is left is recorded and marked")
        daemon.terminate()
        daemon.wait(LONG_ENOUGH)
        cutter.settle()

        inbox, elsewhere, processed = (rival.folder(name) for name in ("INBOX", ELSEWHERE, PROCESSED))
        places = self.desk.query("SELECT p.uid, m.message_id, m.sha256, p.fate FROM place p "
                                 "LEFT JOIN message m ON m.id = p.message")
        self.check_places(rival, places, inbox)
        self.check_commands(cutter, mode, {uid for uid, name, _, _ in places if name})
        moved = {uid for said in cutter.said for line in COPYUID.findall(bytes(said[DOWN])) for uid in uids_of(line)}
        self.check_folders(rival, mode, moved, inbox, elsewhere, processed)
        self.check_receipts(rival)
        self.check_rebuilt()
        vanished = sum(fate == "vanished" for _, _, _, fate in places)
        print(f"{mode}: {sum(rival.done.values())} acts {dict(rival.done)}, {len(rival.sha256)} mails, {len(places)} places, "
              f"{vanished} vanished, {len(rival.names) - len(places)} gone unseen, {len(inbox)} left", flush=True)

    def calm(self, rival, mode):
        inbox = rival.folder("INBOX")
        if mode == "move" and inbox:
            return False
        if not all(KEYWORD in flags for _, flags in inbox.values()):
            return False
        return self.desk.query("SELECT count(*) FROM outbox WHERE state <> 'sent'") == [(0,)]

    def check_places(self, rival, places, inbox):
        """Each UID holds the mail that was put there; each that was ever there is known, or was taken away unread."""
        for uid, name, sha256, fate in places:
            if name:
                self.assertEqual(name, rival.names[uid], uid)
                self.assertEqual(sha256, rival.sha256[name], uid)
            else:
                self.assertEqual(fate, "vanished", uid)
                self.assertNotIn(uid, rival.here)
        known = {uid for uid, _, _, _ in places}
        self.assertEqual(rival.here - known, set())
        self.assertEqual({uid for uid, name, _, _ in places if not name} & set(inbox), set())
        self.assertGreater(len(known), 50)

    def check_commands(self, cutter, mode, recorded):
        """What papertray said: nothing that changes a mailbox but the marks of recorded mails."""
        marked = set()
        for said in cutter.said:
            for line in bytes(said[UP]).split(b"\r\n"):
                if mark := MARK[mode].match(line):
                    marked.update(uids_of(mark[1]))
                else:
                    self.assertTrue(HARMLESS.match(line) or LOGIN.match(line), line)
        self.assertEqual(marked - recorded, set())
        self.assertGreater(len(marked), 50)

    def check_folders(self, rival, mode, moved, inbox, elsewhere, processed):
        """No mail was lost or made, none lost a flag or got one that is not ours to give."""
        recorded = {name for name, in self.desk.query("SELECT message_id FROM message")}
        everything = [*inbox.values(), *elsewhere.values(), *processed.values()]
        left = collections.Counter(name for name, _ in everything)
        # Two clients that move the same mail at once get one each from Dovecot: it copies, then expunges.
        doubled = collections.Counter(rival.names[uid] for uid in moved & rival.moved)
        for name, copies in rival.copies.items():
            self.assertLessEqual(left[name], copies + doubled[name], name)
            self.assertGreaterEqual(left[name] + rival.expunged[name], copies, name)
        for name, flags in everything:
            if KEYWORD in flags:
                self.assertIn(name, recorded)
            self.assertFalse(flags & {r"\Answered", r"\Draft"}, name)
        for name, _ in processed.values():
            self.assertIn(name, recorded)
        if mode == "flag":
            self.assertEqual(set(inbox), rival.here)
            self.assertEqual(processed, {})
            for uid, (_, flags) in inbox.items():
                self.assertEqual(flags & {r"\Flagged", "$Mine"}, rival.flags[uid] & {r"\Flagged", "$Mine"}, uid)

    def check_receipts(self, rival):
        recorded = {name for name, in self.desk.query("SELECT message_id FROM message")}
        answered = self.desk.query("SELECT m.message_id FROM outbox o JOIN message m ON m.id = o.message")
        self.assertEqual(sorted(name for name, in answered), sorted(recorded & rival.answerable))
        self.assertEqual(sum(path.is_file() for path in self.desk.receipts.rglob("*")), len(answered))
        self.assertEqual(self.desk.query("SELECT count(*) FROM message"), [(len(recorded),)])

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild", seconds=3 * LONG_ENOUGH)
        self.assertEqual(self.desk.tables(), before)

    def test_flag(self):
        self.check("flag")

    def test_move(self):
        self.check("move")


if __name__ == "__main__":
    unittest.main(verbosity=2)
