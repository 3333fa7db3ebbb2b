"""What people are shown: nothing of a stranger's reaches the terminal as a control character."""

import json
import re
import unittest

from support.case import DeskCase
from support.desk import SAMPLE
from support.mail import ON_TIME, compose, paper_mail, question_mail, text

ESCAPES = "=?utf-8?q?NIPS_Workshop_Papers_=1B[2J=1B]0;owned=07=0D=0Ainjected=C2=9B31m=E2=80=AErevo?="
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class Hostile(DeskCase):
    def setUp(self):
        super().setUp()
        folder = self.desk.folder / "hostile"
        folder.mkdir()
        mails = {
            "subject": paper_mail("=?utf-8?q?=1B[31mRed=00?= <red@example.org>", subject=ESCAPES, name="subject"),
            "question": question_mail("Why \x1b[1mnot\x1b[0m \x9b31m?\x07", name="question"),
            "contact": compose("contact", ON_TIME, "x@example.org", "=?utf-8?q?=E2=80=8Bzero=E2=81=A6?=",
                               text("\x1b]52;c;ZXZpbA==\x07 please\n"), own_id="<a\x1bb@example.org>"),
            "name": paper_mail("other@example.org", "Other", name="name").replace(
                b'filename="paper.pdf"', b'filename="=?utf-8?q?=1B[2J=2E=2E/=2E=2E/evil=E2=80=AEfdp=2Epdf?="'),
        }
        for name, raw in mails.items():
            (folder / f"{name}.eml").write_bytes(raw)
        self.desk.done("import", *sorted(folder.iterdir()))
        self.folder = folder

    def shown(self):
        ids = [row["id"] for kind in ("papers", "questions", "messages") for row in self.desk.items(kind)]
        yield ("status",)
        for kind in ("papers", "questions", "messages", "triage", "outbox"):
            yield ("list", kind)
        for one in ids:
            yield ("show", one)
        for row in self.desk.items("messages"):
            yield ("explain", row["id"])
        for path in sorted(self.folder.iterdir()):
            yield ("explain", path)

    def test_no_control_character_in_text(self):
        for command in self.shown():
            with self.subTest(command):
                done = self.desk.done(*command)
                self.assertIsNone(CONTROLS.search(done.out), repr(done.out))
                self.assertIsNone(CONTROLS.search(done.err), repr(done.err))

    def test_none_as_it_is_in_json(self):
        """JSON escapes control characters; its values may hold them, the bytes on a terminal may not."""
        for command in self.shown():
            with self.subTest(command):
                done = self.desk.done("--json", *command)
                self.assertTrue(json.loads(done.out)["schema"].startswith("papertray/"))
                self.assertIsNone(re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", done.out), repr(done.out))

    def test_names_on_disk_are_ours(self):
        self.assertEqual(self.desk.papers(), ["P-001_v1.pdf", "P-002_v1.pdf"])
        outside = [path for path in self.desk.folder.rglob("*evil*")]
        self.assertEqual(outside, [])

    def test_no_colour_without_a_terminal(self):
        self.assertNotIn("\x1b", self.desk.done("status").out + self.desk.done("list", "papers").out)


class Shown(DeskCase):
    def setUp(self):
        super().setUp()
        self.desk.done("import", SAMPLE)

    def test_lists_as_csv(self):
        lines = self.desk.done("list", "papers", "--format", "csv").out.splitlines()
        self.assertEqual(len(lines), 1 + len(self.desk.items("papers")))

    def test_late(self):
        late = self.desk.items("papers", "--late")
        self.assertTrue(late)
        self.assertEqual({row["on_time"] for row in late}, {False})

    def test_the_fields_that_are_fixed(self):
        fields = {
            "papers": "id title submitter versions received_at on_time margin_s state pages findings sha256",
            "questions": "id asker text received_at on_time panel",
            "messages": "id message_id from subject received_at fate reason track submission sha256",
        }
        for kind, names in fields.items():
            with self.subTest(kind):
                for row in self.desk.items(kind):
                    self.assertLessEqual(set(names.split()), set(row))
        status = self.desk.json("status")
        self.assertLessEqual({"workshop", "messages", "tracks", "outbox", "deadlines", "mailbox"}, set(status))
        for track in ("papers", "questions"):
            self.assertLessEqual({"submissions", "on_time", "late", "accepted", "rejected", "withdrawn", "final"},
                                 set(status["tracks"][track]))
        self.assertLessEqual({"queued", "sent", "failed", "suppressed", "unknown"}, set(status["outbox"]))
        due = next(one for one in status["deadlines"] if one["track"] == "papers" and one["kind"] == "due")
        self.assertEqual((due["at"], due["passed"]), ("2017-11-04T00:59:59Z", True))

    def test_something_that_is_not_there(self):
        for one in ("P-999", "M-999", "Q-999", "X-1"):
            done = self.desk.run("show", one)
            self.assertEqual(done.code, 1, done)
            self.assert_one_sentence(done, one)

    def test_explain_a_file_is_explain_the_message(self):
        """The same trace for a file as for the message that was made of it; the file changes nothing."""
        before = self.desk.tables()
        file = sorted((SAMPLE / "cur").glob("*near-miss-singular*"))[0]
        done = self.desk.json("explain", file)
        self.assertEqual(done["decision"]["fate"], "recorded")
        self.assertEqual(self.desk.tables(), before)

    def test_questions_in_japanese(self):
        texts = " ".join(row["text"] for row in self.desk.items("questions"))
        self.assertIn("深層学習", texts)      # ISO-2022-JP
        self.assertIn("誤差逆伝播法", texts)   # UTF-8 in base64


if __name__ == "__main__":
    unittest.main(verbosity=2)
