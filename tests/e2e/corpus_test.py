"""All mails of the corpus in one run, where the corpus is: one fate each, and a second time nothing."""

import hashlib
import re
import unittest

from support.case import DeskCase
from support.mail import ROOT
from support.wait import LONG_ENOUGH

CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = [CORPUS / name for name in ("mail", "mail-gpl")]
BOXES = (b"From ", b"\x01\x01\x01\x01\n")   # mbox and MMDF
# Reasons for which a mail may be set aside: a cap, never the death of the worker.
CAPS = re.compile(r"(more than|larger than|deeper than|too (many|large|deep|long)|at most|limit|longer than)", re.IGNORECASE)


def files(is_mbox):
    """Every file but the notes on where a set comes from. What is no mail at all (a picture, a JSON beside a
    mail) is taken for one all the same: it too must have its fate."""
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "SOURCE" and path.stat().st_size > 0:
                with open(path, "rb") as file:
                    box = file.read(5) in BOXES or path.name.startswith("mailbox_")
                if box == is_mbox:
                    yield path


@unittest.skipUnless(all(folder.is_dir() for folder in FOLDERS), "no corpus beside the checkout: nothing to take in")
class Corpus(DeskCase):
    def test_one_fate_for_each_and_a_second_import_changes_nothing(self):
        paths = list(files(is_mbox=False))
        self.assertGreater(len(paths), 500)
        done = self.desk.done("import", *paths, seconds=3 * LONG_ENOUGH)
        distinct = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
        counts = self.desk.json("status")["messages"]
        total = counts.pop("total")
        print(f"\n{len(paths)} files, {len(distinct)} mails: {counts}")
        self.assertEqual(total, len(distinct), done.err)
        self.assertEqual(sum(counts.values()), total)
        self.assertEqual(self.desk.query("SELECT count(*) FROM message"), [(total,)])
        self.assertEqual({row[0] for row in self.desk.query("SELECT sha256 FROM message")}, distinct)

        reasons = [row[0] for row in self.desk.query("SELECT reason FROM message WHERE fate = 'quarantined'")]
        self.assertEqual([reason for reason in reasons if not CAPS.search(reason)], [])
        self.assertEqual(self.desk.query("SELECT count(*) FROM message WHERE reason = ''"), [(0,)])

        before = self.desk.tables(), self.desk.log_bytes()
        self.desk.done("import", *paths, seconds=3 * LONG_ENOUGH)
        self.assertEqual((self.desk.tables(), self.desk.log_bytes()), before)

    def test_mboxes(self):
        boxes = list(files(is_mbox=True))
        self.assertTrue(boxes)
        self.desk.done("import", *boxes, seconds=3 * LONG_ENOUGH)
        counts = self.desk.json("status")["messages"]
        print(f"\n{len(boxes)} mboxes: {counts}")
        self.assertGreater(counts["total"], len(boxes))
        before = self.desk.tables(), self.desk.log_bytes()
        self.desk.done("import", *boxes, seconds=3 * LONG_ENOUGH)
        self.assertEqual((self.desk.tables(), self.desk.log_bytes()), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
