"""papertray template: what a receipt would say, before anybody gets it."""

import unittest

from support.case import DeskCase
from support.desk import SAMPLE


class Templates(DeskCase):
    def test_without_any_mail(self):
        listed = self.desk.json("template")["items"]
        self.assertGreaterEqual({row["name"] for row in listed},
                                {"received", "replaced", "late", "duplicate", "problem", "question"})
        for row in listed:
            self.assertNotIn("{{", row["subject"] + row["text"] + row["html"])
        self.assertIn("1 second after the deadline", self.desk.done("template", "late").out.replace("\n", " "))
        self.assertFalse(self.desk.state.exists())

    def test_of_a_submission_it_is_the_receipt_that_was_written(self):
        self.desk.done("import", "--receipts", SAMPLE)
        rows = self.desk.query("SELECT o.kind, s.prefix || '-' || s.number, o.id FROM outbox o JOIN submission s ON s.id = o.submission"
                               " WHERE o.bytes <> x'' AND o.kind IN ('received', 'question') AND s.versions = 1 AND s.on_time")
        self.assertGreater(len(rows), 10)
        same = 0
        for kind, label, row in rows:
            would = self.desk.json("template", kind, "--for", label)["items"][0]["text"]
            same += would == self.desk.json("outbox", "show", str(row))["text"]
        # But for other files of the mail, which the database does not list.
        self.assertGreaterEqual(same, len(rows) - 2)

    def test_what_is_not_there(self):
        for arguments, code, word in ((["recieved"], 64, 'did you mean "received"'), (["late", "--for", "P-99"], 1, "P-99"),
                                      (["--html"], 64, "name it")):
            done = self.desk.run("template", *arguments) if arguments[-1] != "P-99" else self.with_papers(arguments)
            self.assertEqual(done.code, code, done)
            self.assert_one_sentence(done, word)

    def with_papers(self, arguments):
        self.desk.done("import", SAMPLE)
        return self.desk.run("template", *arguments)


if __name__ == "__main__":
    unittest.main(verbosity=2)
