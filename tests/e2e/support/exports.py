"""Every form of `export` against the database: each row, each field, each file within the zip."""

import csv
import datetime
import hashlib
import io
import json
import re
import zipfile

PAPERS = ("SELECT s.id, s.number, coalesce(nullif(v.title, ''), s.title), s.submitter, s.versions, v.received_at, v.on_time, v.margin_s,"
          " s.state, (SELECT nullif(c.pages, 0) FROM paper_check c WHERE c.sha256 = v.sha256 AND c.track = s.track),"
          " (SELECT count(*) FROM finding f JOIN paper_check c ON c.id = f.paper_check WHERE c.sha256 = v.sha256 AND c.track = s.track"
          "  AND (f.severity <> 'note' OR f.for_organizers)), v.sha256, f.received_at, f.final_due_at, f.sha256"
          " FROM submission s JOIN version v ON v.id = s.counting LEFT JOIN version f ON f.id = s.final_copy"
          " WHERE s.merged_into IS NULL AND v.paper_file <> '' ORDER BY s.id")
FIELDS = ("row", "number", "title", "submitter", "versions", "received", "on_time", "margin", "state", "pages", "findings", "sha256",
          "final_at", "final_due", "final_sha256")
EASY = {"accepted": "accept", "rejected": "reject"}
OPEN = {"accepted": "Accept", "rejected": "Reject"}


def utc(at):
    return datetime.datetime.fromtimestamp(at, datetime.timezone.utc)


def rfc3339(at):
    return utc(at).strftime("%Y-%m-%dT%H:%M:%SZ")


class Exports:
    """`authors` says for a paper's number what names it has to bear."""

    def __init__(self, case, desk, authors):
        self.case, self.desk, self.authors = case, desk, authors
        self.papers = [dict(zip(FIELDS, row)) for row in desk.query(PAPERS)]
        self.accepted = [paper for paper in self.papers if paper["state"] == "accepted"]

    def check(self):
        for part in (self.papers_csv, self.papers_json, self.questions, self.easychair, self.openreview, self.zips, self.bibtex,
                     self.calendar):
            with self.case.subTest(part.__name__):
                part()

    def export(self, name, items, *arguments):
        file = self.desk.folder / name
        self.case.assertEqual(self.desk.json("export", file, *arguments)["items"], items)
        return file

    def rows(self, items, *arguments):
        text = self.export("export.csv", items, *arguments).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))

    def final_on_time(self, paper):
        return paper["final_at"] <= paper["final_due"]

    def papers_csv(self):
        truth = {True: "true", False: "false"}
        for arguments, papers in (((), self.papers), (("--decision", "accepted"), self.accepted)):
            expected = [{"id": f"P-{paper['number']}", "title": paper["title"], "submitter": paper["submitter"],
                         "versions": str(paper["versions"]), "received_at": rfc3339(paper["received"]),
                         "on_time": truth[bool(paper["on_time"])], "margin_s": str(paper["margin"]), "state": paper["state"],
                         "pages": str(paper["pages"] or ""), "findings": str(paper["findings"]), "sha256": paper["sha256"],
                         "final_received_at": rfc3339(paper["final_at"]) if paper["final_at"] else "",
                         "final_on_time": truth[self.final_on_time(paper)] if paper["final_at"] else ""} for paper in papers]
            self.case.assertEqual(self.rows(len(papers), *arguments), expected)

    def papers_json(self):
        told = json.loads(self.export("export.json", len(self.papers)).read_text(encoding="utf-8"))
        self.case.assertEqual(told["schema"], "papertray/list-papers/1")
        for item, paper in zip(told["items"], self.papers, strict=True):
            self.case.assertEqual(
                [item[name] for name in ("id", "title", "submitter", "versions", "received_at", "on_time", "margin_s", "state", "pages",
                                         "findings", "sha256")],
                [f"P-{paper['number']}", paper["title"], paper["submitter"], paper["versions"], rfc3339(paper["received"]),
                 bool(paper["on_time"]), paper["margin"], paper["state"], paper["pages"], paper["findings"], paper["sha256"]])
            final = item["final"] and [item["final"][name] for name in ("received_at", "on_time", "sha256")]
            self.case.assertEqual(final, [rfc3339(paper["final_at"]), self.final_on_time(paper), paper["final_sha256"]]
                                  if paper["final_at"] else None)

    def questions(self):
        expected = []
        for submission, number, asker, panel, at in self.desk.query(
                "SELECT s.id, s.number, s.submitter, s.panel, v.received_at FROM submission s JOIN version v ON v.id = s.counting"
                " WHERE s.merged_into IS NULL AND v.paper_file = '' ORDER BY s.id"):
            text, = self.desk.query("SELECT t.text FROM version v JOIN version_text t ON t.version = v.id WHERE v.submission = ?"
                                    " ORDER BY v.merged_from IS NOT NULL, v.version DESC", submission)[0]
            expected.append([f"Q-{number}", asker, text, rfc3339(at), str(panel or "")])
        rows = self.rows(len(expected), "--of", "questions")
        self.case.assertEqual([[row[name] for name in ("id", "asker", "text", "received_at", "panel")] for row in rows], expected)
        told = json.loads(self.export("questions.json", len(expected), "--of", "questions").read_text(encoding="utf-8"))
        self.case.assertEqual([[row["id"], row["asker"], row["text"], row["received_at"], str(row["panel"] or "")]
                               for row in told["items"]], expected)

    def easychair(self):
        minutes = lambda at: utc(at).strftime("%Y-%m-%d %H:%M")
        for row, paper in zip(self.rows(len(self.papers), "--shape", "easychair"), self.papers, strict=True):
            names = self.authors(paper["number"])
            listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
            self.case.assertEqual(
                [row[name] for name in ("#", "title", "authors", "submitted", "decision", "deleted?")],
                [str(paper["number"]), paper["title"], listed, minutes(paper["received"]), EASY.get(paper["state"], "no decision"),
                 "yes" if paper["state"] == "withdrawn" else "no"])

    def openreview(self):
        for row, paper in zip(self.rows(len(self.papers), "--shape", "openreview"), self.papers, strict=True):
            self.case.assertEqual(
                [row[name] for name in ("number", "forum", "title", "authors", "authorids", "tcdate", "decision", "withdrawn")],
                [str(paper["number"]), f"P-{paper['number']}", paper["title"], "|".join(self.authors(paper["number"])),
                 paper["submitter"], rfc3339(paper["received"]), OPEN.get(paper["state"], ""),
                 "true" if paper["state"] == "withdrawn" else "false"])
            self.case.assertTrue(row["pdf"].startswith(f"P-{paper['number']:03}"), row["pdf"])

    def zips(self):
        """Of an accepted paper the final copy, as on the site; of all others the version that counts."""
        for arguments, papers in (((), self.papers), (("--decision", "accepted"), self.accepted)):
            with zipfile.ZipFile(self.export("export.zip", len(papers), *arguments)) as archive:
                self.case.assertIsNone(archive.testzip())
                for name, paper in zip(archive.namelist(), papers, strict=True):
                    self.case.assertTrue(name.startswith(f"P-{paper['number']:03}") and name.endswith(".pdf"), name)
                    final = paper["final_sha256"] if paper["state"] == "accepted" else None
                    self.case.assertEqual(hashlib.sha256(archive.read(name)).hexdigest(), final or paper["sha256"], name)

    def bibtex(self):
        entries = self.export("export.bib", len(self.accepted)).read_text(encoding="utf-8").split("\n\n")
        entries = {re.search(r"\d{4}p(\d+),", entry)[1]: entry for entry in entries if entry.strip()}
        self.case.assertEqual(sorted(entries, key=int), [str(paper["number"]) for paper in self.accepted])
        for paper in self.accepted:
            fields = dict(re.findall(r"^  (\w+)\s+= \{(.*)\},?$", entries[str(paper["number"])], re.M))
            # The final copy's title, where it bears another.
            title, = self.desk.query("SELECT coalesce(nullif(v.title, ''), s.title) FROM submission s JOIN version v"
                                     " ON v.id = coalesce(s.final_copy, s.counting) WHERE s.id = ?", paper["row"])[0]
            self.case.assertEqual(fields["title"], "{" + title + "}")
            self.case.assertEqual(fields.get("author", ""), " and ".join(self.authors(paper["number"])))
            self.case.assertEqual(fields["year"], "2017")

    def calendar(self):
        due, final_due = self.desk.query("SELECT max(due_at), max(final_due_at) FROM version")[0]
        text = self.export("export.ics", 4).read_bytes().decode().replace("\r\n ", "")
        starts = re.findall(r"^DTSTART[^:]*:(\w+)\r$", text, re.M)
        compact = lambda at: utc(at).strftime("%Y%m%dT%H%M%SZ")
        # The tracks' deadlines are the database's; the other two days are the rules'.
        self.case.assertEqual(starts, [compact(due), "20171111T115959Z", compact(final_due), "20171209"])
