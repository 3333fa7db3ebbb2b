"""data/sample taken in by the real program, against data/sample/expected.json."""

import collections
import hashlib
import json
import unittest

from support.case import DeskCase
from support.desk import SAMPLE

EXPECTED = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))["mails"]
OWN = [item for item in EXPECTED if not item["copy_of"]]


def sha256(item):
    return hashlib.sha256((SAMPLE / item["file"]).read_bytes()).hexdigest()


class Sample(DeskCase):
    def take_in(self):
        self.desk.done("import", SAMPLE, "--receipts")

    def test_every_mail_becomes_what_is_expected(self):
        self.take_in()
        messages = {item["sha256"]: item for item in self.desk.items("messages")}
        self.assertEqual(len(messages), len(OWN))
        for item in OWN:
            with self.subTest(item["file"]):
                message = messages[sha256(item)]
                self.assertEqual((message["fate"], message["track"] or "", message["submission"] or ""),
                                 (item["fate"], item["track"], item["submission"]), message["reason"])
                self.assertTrue(message["reason"])

    def test_versions_and_lateness(self):
        self.take_in()
        versions = {row[0]: row[1:] for row in self.desk.query(
            "SELECT m.sha256, s.prefix || '-' || s.number, v.version, v.on_time, v.file_name FROM version v"
            " JOIN message m ON m.id = v.message JOIN submission s ON s.id = v.submission")}
        for item in OWN:
            if item["fate"] != "recorded" or item["receipt"] == "duplicate":
                self.assertNotIn(sha256(item), versions, item["file"])
                continue
            with self.subTest(item["file"]):
                label, version, on_time, file_name = versions[sha256(item)]
                self.assertEqual((label, version, bool(on_time)), (item["submission"], item["version"], item["on_time"]))
                if item["file_name"]:
                    self.assertEqual(file_name, item["file_name"])

    def test_receipts(self):
        self.take_in()
        rows = {row[0]: row[1:] for row in self.desk.query(
            "SELECT m.sha256, o.kind, o.state, o.reason FROM outbox o JOIN message m ON m.id = o.message")}
        self.assertEqual(len(rows), sum(bool(item["receipt"]) for item in OWN))
        for item in OWN:
            if not item["receipt"]:
                self.assertNotIn(sha256(item), rows, item["file"])
                continue
            with self.subTest(item["file"]):
                kind, state, reason = rows[sha256(item)]
                self.assertEqual((kind, state), (item["receipt"], "sent" if item["answered"] else "suppressed"), reason)
                if not item["answered"]:
                    self.assertTrue(reason)
        written = [path for path in self.desk.receipts.rglob("*") if path.is_file()]
        self.assertEqual(len(written), sum(item["answered"] for item in OWN))

    def test_notes(self):
        self.take_in()
        noted = {row[0] for row in self.desk.query("SELECT m.sha256 FROM note n JOIN message m ON m.id = n.message")}
        for item in OWN:
            if item["noted"]:
                self.assertIn(sha256(item), noted, item["file"])

    def test_counts_add_up(self):
        self.take_in()
        status = self.desk.json("status")
        fates = collections.Counter(item["fate"] for item in OWN)
        counts = dict(status["messages"])
        self.assertEqual(counts.pop("total"), len(OWN))
        self.assertEqual({name: count for name, count in counts.items() if count}, dict(fates))
        papers = {item["submission"] for item in OWN if item["track"] == "papers" and item["submission"]}
        late = {item["submission"] for item in OWN if item["on_time"] is False and item["version"] == 1}
        self.assertEqual(status["tracks"]["papers"]["submissions"], len(papers))
        self.assertEqual(status["tracks"]["papers"]["late"], len(late))
        self.assertEqual(status["tracks"]["papers"]["on_time"], len(papers) - len(late))

    def test_a_second_import_changes_nothing(self):
        self.take_in()
        before = self.desk.tables(), self.desk.log_bytes(), sorted(self.desk.receipts.rglob("*"))
        self.take_in()
        self.assertEqual((self.desk.tables(), self.desk.log_bytes(), sorted(self.desk.receipts.rglob("*"))), before)

    def test_the_mailbox_is_left_as_it_was(self):
        before = {path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}
        self.take_in()
        self.assertEqual({path: path.read_bytes() for path in SAMPLE.rglob("*") if path.is_file()}, before)

    def test_no_receipts_unless_asked(self):
        self.desk.done("import", SAMPLE)
        self.assertEqual(self.desk.query("SELECT count(*) FROM outbox"), [(0,)])
        self.assertFalse(self.desk.receipts.exists() and any(path.is_file() for path in self.desk.receipts.rglob("*")))

    def test_other_ways_in_lead_to_the_same(self):
        """One mail as an .eml, as an mbox and on standard input."""
        item = next(item for item in OWN if item["file"].endswith("on-time:2,S"))
        raw = (SAMPLE / item["file"]).read_bytes()
        single, box = self.desk.folder / "one.eml", self.desk.folder / "some.mbox"
        single.write_bytes(raw)
        box.write_bytes(b"From author@example.org Mon Oct  9 16:12:30 2017\n" + raw + b"\n")
        for arguments, stdin in ((("import", single), None), (("import", box), None), (("import", "-"), raw.decode())):
            with self.subTest(arguments):
                self.desk.done(*arguments, stdin=stdin)
                row, = self.desk.items("papers")
                self.assertEqual((row["id"], row["versions"], row["received_at"]), ("P-1", 1, "2017-10-09T16:12:30Z"))
        self.assertEqual(self.desk.query("SELECT count(*) FROM message"), [(1,)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
