"""A server that takes the mail and never says so: each receipt goes out at most twice, with the same bytes."""

import collections
import unittest

from support.case import DeskCase
from support.clock import moved_by, needs_moved_clock
from support.mail import question_mail
from support.sink import HANG_UP
from support.wait import LONG_ENOUGH

RECEIPTS = 1000


@needs_moved_clock
class HangUp(DeskCase):
    def run_later(self, minutes, code=75):
        env = moved_by(FAKETIME=f"+{minutes}m") if minutes else {}
        done = self.desk.run("run", "--once", env=env, seconds=3 * LONG_ENOUGH)
        self.assertEqual(done.code, code, done)

    def states(self):
        return dict(self.desk.query("SELECT state, count(*) FROM outbox GROUP BY state"))

    def test_it_hangs_up_after_every_dot(self):
        sink = self.sink()
        heard = []

        async def hang_up(server, _session, envelope):
            heard.append((envelope.rcpt_tos[0], envelope.original_content))
            server.transport.abort()
            return HANG_UP

        sink.handle_DATA = hang_up
        folder = self.desk.folder / "mail"
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
        for number in range(RECEIPTS):
            (folder / "new" / f"{number:04}.mail").write_bytes(
                question_mail(f"Question {number}?", author=f"asker{number}@example.org", name=f"hang-{number}"))
        self.desk.write(f'url = "maildir:{folder}"', smtp=f'url = "smtp://127.0.0.1:{sink.port}"',
                        receipts=f'mode = "send"\nper_day = {10 * RECEIPTS}')
        self.run_later(0)
        self.assertEqual(self.states(), {"unknown": RECEIPTS})
        self.assertEqual(len(heard), RECEIPTS)
        self.run_later(29, code=0)               # not before half an hour is over
        self.assertEqual(len(heard), RECEIPTS)
        self.run_later(60)
        self.assertEqual(len(heard), 2 * RECEIPTS)
        for minutes in (300, 6000, 60000):       # and never a third time
            self.run_later(minutes, code=0)
        copies = collections.defaultdict(list)
        for recipient, raw in heard:
            copies[recipient].append(raw)
        self.assertEqual(len(copies), RECEIPTS)
        self.assertEqual({len(raws) for raws in copies.values()}, {2})
        self.assertTrue(all(first == second for first, second in copies.values()))
        self.assertEqual(self.states(), {"unknown": RECEIPTS})
        self.assertEqual(self.desk.json("status")["outbox"]["unknown"], RECEIPTS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
