"""export: what other programs read of it, and what is refused."""

import csv
import io
import json
import re
import stat
import unittest
import zipfile

from support.case import DeskCase
from support.mail import ON_TIME, compose, paper, paper_mail, pdf, question_mail, with_text


class Export(DeskCase):
    def setUp(self):
        super().setUp()
        folder = self.desk.folder / "mails"
        folder.mkdir()
        mails = [paper_mail("Ada Lovelace <ada@example.org>", "One", subject="NIPS Workshop Papers: Large Batches"),
                 compose("bob", ON_TIME, "\"=cmd|'/C calc'!A0\" <bob@example.org>", "NIPS Workshop Papers: Small Minds",
                         with_text("Ours.\n", pdf(paper("Two", "Bob", "Two."), "=cmd.pdf"))),
                 paper_mail("eve@example.org", "Three", subject="NIPS Workshop Papers: ../../etc/passwd"),
                 question_mail("=1+1, is it?", "asker@example.org")]
        for number, raw in enumerate(mails):
            (folder / f"{number}.eml").write_bytes(raw)
        self.desk.done("import", folder)
        self.desk.done("accept", "P-1")
        self.desk.done("reject", "P-2")

    def export(self, name, *arguments):
        file = self.desk.folder / name
        said = self.desk.json("export", file, *arguments)
        self.assertEqual(said["bytes"], file.stat().st_size)
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        return said, file

    def rows(self, *arguments):
        text = self.export("papers.csv", *arguments)[1].read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))

    def test_lists(self):
        rows = self.rows()
        self.assertEqual([row["id"] for row in rows], ["P-1", "P-2", "P-3"])
        self.assertEqual([row["title"] for row in rows], ["Large Batches", "Small Minds", "etc/passwd"])
        self.assertEqual([row["id"] for row in self.rows("--decision", "accepted")], ["P-1"])
        questions = self.rows("--of", "questions")
        self.assertEqual([(row["id"], row["text"]) for row in questions], [("Q-1", "'=1+1, is it?")])   # no formula
        _, file = self.export("papers.json")
        self.assertEqual(json.loads(file.read_text())["items"], self.desk.items("papers"))

    def test_shapes(self):
        easy = self.rows("--shape", "easychair")
        self.assertEqual(list(easy[0]), ["#", "title", "authors", "submitted", "last updated", "form fields", "keywords",
                                         "decision", "notified", "reviews sent", "abstract", "deleted?"])
        self.assertEqual([(row["#"], row["decision"]) for row in easy],
                         [("1", "accept"), ("2", "reject"), ("3", "no decision")])
        self.assertEqual(easy[0]["authors"], "Ada Lovelace")
        opened = self.rows("--shape", "openreview")
        self.assertEqual([(row["number"], row["forum"], row["decision"]) for row in opened],
                         [("1", "P-1", "Accept"), ("2", "P-2", "Reject"), ("3", "P-3", "")])
        self.assertEqual(opened[1]["authors"], "'=cmd|'/C calc'!A0")
        self.assertEqual(opened[0]["authorids"], "ada@example.org")

    def test_a_zip_of_papers_with_names_of_ours(self):
        said, file = self.export("papers.zip")
        self.assertEqual(said["items"], 3)
        with zipfile.ZipFile(file) as archive:
            self.assertIsNone(archive.testzip())
            self.assertEqual(archive.namelist(), ["P-001-large-batches.pdf", "P-002-small-minds.pdf",
                                                  "P-003-etc-passwd.pdf"])
            for number, info in enumerate(archive.infolist(), 1):
                paper = (self.desk.state / "papers" / f"P-{number:03}_v1.pdf").read_bytes()
                self.assertEqual(archive.read(info), paper)
                self.assertEqual(info.compress_type, zipfile.ZIP_STORED)
        said, file = self.export("accepted.zip", "--decision", "accepted")
        self.assertEqual(said["items"], 1)

    def test_a_changed_paper_stops_the_zip_and_the_old_one_stays(self):
        _, file = self.export("papers.zip")
        before = file.read_bytes()
        path = self.desk.state / "papers" / "P-002_v1.pdf"
        path.write_bytes(path.read_bytes()[:-1] + b"x")
        done = self.desk.run("export", file)
        self.assertEqual(done.code, 65, done)
        self.assert_one_sentence(done, "P-002_v1.pdf", "rebuild")
        self.assertEqual(file.read_bytes(), before)
        self.assertEqual([one.name for one in self.desk.folder.iterdir() if one.name.startswith("papers.zip")],
                         ["papers.zip"])

    def test_bibtex_and_a_calendar(self):
        said, file = self.export("accepted.bib")
        self.assertEqual(said["items"], 1)
        text = file.read_text(encoding="utf-8")
        self.assertIn("@inproceedings{lovelace2017p1,", text)
        self.assertNotIn("@example", text)
        said, file = self.export("dates.ics")
        lines = file.read_bytes().decode().split("\r\n")
        self.assertEqual((lines[0], lines[-2:]), ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""]))
        self.assertTrue(all(len(line.encode()) <= 75 and "\n" not in line for line in lines))
        starts = [line for line in lines if line.startswith("DTSTART")]
        self.assertEqual(starts, ["DTSTART:20171104T005959Z", "DTSTART:20171111T115959Z", "DTSTART:20171129T115959Z",
                                  "DTSTART;VALUE=DATE:20171209"])
        self.assertEqual(len(re.findall("BEGIN:VEVENT", "\n".join(lines))), said["items"])

    def test_what_makes_no_sense_is_refused(self):
        for arguments, code in ((("papers.doc",), 64), (("papers.json", "--shape", "easychair"), 64),
                                (("dates.ics", "--decision", "accepted"), 64),
                                (("questions.csv", "--of", "questions", "--shape", "openreview"), 64),
                                (("none.zip", "--decision", "withdrawn"), 1), (("no/such/folder/papers.csv",), 73)):
            with self.subTest(arguments):
                done = self.desk.run("export", *arguments)
                self.assertEqual(done.code, code, done)
                self.assert_one_sentence(done)


if __name__ == "__main__":
    unittest.main()
