"""The connection to the mail server ends after any byte of a session, in either direction: nothing is lost and
nothing doubled, the database after the next run is the one of a session that nobody disturbed.

PAPERTRAY_LONG_TESTS=figures cuts after every byte; the usual suite at the ends of lines and literals, and at some bytes
between, PAPERTRAY_LONG_TESTS=1 at more of these.
"""

import concurrent.futures
import re
import shutil
import unittest

from support.case import MailCase
from support.cutter import DOWN, UP, Cut, Cutter
from support.desk import Desk
from support.form import FORM, form
from support.mail import ON_TIME, compose, other_mail, pdf, question_mail, with_text
from support.same import CLOCKS, RECEIPT

# Every byte is some 19,000 sessions.
# The next connection of the same run goes on, or only the next run does; an end, or a reset.
KINDS = [(every, reset) for every in (False, True) for reset in (False, True)]
WORKERS = 2
DONE, UNREACHABLE = 0, 69


def mails():
    """Something of everything, small; one says what a server says, one comes twice."""
    paper = compose("paper", ON_TIME, "ada@example.org", "NIPS Workshop Papers",
                    with_text("Here.\n", pdf(b"%PDF-1.4\n%%EOF\n", "a.pdf")))
    question = question_mail("Why?\nx1 OK done\n* BYE\npt7 OK FETCH completed\n", "bob@example.org", name="question")
    return [paper, question, other_mail("Hello.", name="other"), question,
            question_mail("How?", "eve@example.org", name="another")]


def boundaries(said):
    """Where lines end, and where literals begin and end; within a literal nothing."""
    found, at = [], 0
    while at < len(said):
        line = said.find(b"\r\n", at)
        if line < 0:
            break
        literal = re.search(rb"\{(\d+)\}\Z", said[at:line])
        at = line + 2
        found.append(at)
        if literal:
            at += int(literal[1])
            found.append(at)
    return found


class Bench:
    """A worker's mailbox behind a proxy, as often as wanted in the state that it had in the beginning."""

    def __init__(self, case, number, after):
        self.server, self.after = case.server, after
        self.user = f"{case.user}-{number}"
        self.cutter = Cutter(case.server.imap)
        case.addCleanup(self.cutter.stop)
        for raw in mails():
            case.server.append(self.user, raw, ON_TIME)
        if after == "move:Processed":
            case.server.create(self.user, "Processed")
        self.desk = Desk()
        case.addCleanup(self.desk.close)
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{self.cutter.port}", self.user, after=after))
        self.kept = self.desk.folder / "kept"
        shutil.copytree(case.server.maildir(self.user), self.kept)
        self.wanted, self.said = self.session(None)

    def session(self, cut):
        """What a run with this cut, and the next one without, leave behind; and what the connections said."""
        desk = self.desk
        self.server.put_back(self.user, self.kept)
        for folder in (desk.state, desk.receipts):
            shutil.rmtree(folder, ignore_errors=True)
        self.cutter.use(cut)
        first = desk.run("run", "--once")
        self.cutter.settle()
        said, cuts = self.cutter.said, self.cutter.cuts
        assert first.code == DONE or (cuts and first.code == UNREACHABLE), (cut, first)
        assert not cut or cuts or len(said[0][cut.direction]) < cut.after, (cut, "nothing was cut")
        self.cutter.use(None)
        desk.done("run", "--once")
        self.cutter.settle()
        return self.left(desk), said

    def left(self, desk):
        """The database, the outbox of the real world, and the mailbox."""
        receipts = sorted(path.name for path in desk.receipts.rglob("*") if path.is_file())
        folders = ["INBOX"] + (["Processed"] if self.after == "move:Processed" else [])
        return {"tables": desk.tables(CLOCKS + RECEIPT),
                "marked": desk.query("SELECT folder, uid, marked_at IS NOT NULL FROM place ORDER BY 1, 2"),
                "receipts": len(receipts),
                "papers": desk.papers(),
                "server": {folder: self.mailbox(folder) for folder in folders}}

    def mailbox(self, folder):
        """UIDs and flags; in another folder than the one read, only how many of which."""
        flags = self.server.flags(self.user, folder)
        return sorted(map(sorted, flags.values())) if folder != "INBOX" else flags


def every_byte(said):
    """All cuts of a session that said this; around the ends of lines in all four kinds."""
    for direction in (DOWN, UP):
        stream = bytes(said[0][direction])
        near = {at + around for at in boundaries(stream) for around in (-1, 0, 1)}
        for after in range(len(stream) + 1):
            for every, reset in KINDS if after in near else KINDS[after % len(KINDS):][:1]:
                yield Cut(direction, after, every, reset)


def some(said, step):
    """At the end of each line or a byte beside it, and every `step` bytes."""
    for direction in (DOWN, UP):
        stream = bytes(said[0][direction])
        near = {at + number % 3 - 1 for number, at in enumerate(boundaries(stream))}
        for number, after in enumerate(sorted(near | set(range(0, len(stream), step)))):
            yield Cut(direction, after, *KINDS[number % len(KINDS)])


def marking(said):
    """Around the ends of all lines once the last mail has come: what follows differs with `after`."""
    for direction, last in ((DOWN, rb"BODY\[\]"), (UP, rb"BODY\.PEEK")):
        stream = bytes(said[0][direction])
        begin = list(re.finditer(last, stream))[-1].start()
        near = {at + around for at in boundaries(stream) for around in (-1, 0, 1) if at > begin}
        for number, after in enumerate(sorted(near)):
            if after <= len(stream):
                yield Cut(direction, after, *KINDS[number % len(KINDS)])


class Cuts(MailCase):
    def check(self, after, usual):
        benches = [Bench(self, number, after) for number in range(WORKERS)]
        for bench in benches:
            self.check_wanted(bench.wanted, after)
        cuts = list((every_byte if FORM == 2 else usual)(benches[0].said))
        shares = [cuts[number::WORKERS] for number in range(WORKERS)]
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            found = list(pool.map(self.work, benches, shares))
        wrong = [line for lines in found for line in lines]
        print(f"after={after}: {len(cuts)} sessions cut, {len(wrong)} wrong", flush=True)
        self.assertGreater(len(cuts), 20)
        self.assertEqual(wrong[:5], [], f"{len(wrong)} of {len(cuts)}")

    def work(self, bench, cuts):
        wrong = []
        for cut in cuts:
            try:
                left, _ = bench.session(cut)
                self.assertEqual(left, bench.wanted)
            except AssertionError as difference:
                wrong.append(f"{cut}: {difference}")
        return wrong

    def check_wanted(self, wanted, after):
        """The undisturbed run itself did what it should."""
        _, messages = wanted["tables"]["message"]
        self.assertEqual(len(messages), 4)
        self.assertEqual(len(wanted["tables"]["place"][1]), 5)
        self.assertEqual(wanted["receipts"], 3)
        inbox, done = wanted["server"]["INBOX"], {r"\Seen", "$Papertray"}
        self.assertEqual(list(inbox.values()), {"none": [set()] * 5, "flag": [done] * 5, "move:Processed": []}[after])
        if after == "move:Processed":
            self.assertEqual(len(wanted["server"]["Processed"]), 5)

    def test_flag(self):
        self.check("flag", lambda said: some(said, form(97, 25, 1)))

    def test_move(self):
        self.check("move:Processed", marking)

    def test_none(self):
        self.check("none", marking)


if __name__ == "__main__":
    unittest.main(verbosity=2)
