"""The public pages against the database, number by number."""

import hashlib
import re

from . import told
from .markup import classed, first, parse, words

ACCEPTED = ("SELECT s.number, coalesce(nullif(v.title, ''), s.title), v.sha256, v.size FROM submission s"
            " JOIN version v ON v.id = coalesce(s.final_copy, s.counting)"
            " WHERE s.state = 'accepted' AND s.merged_into IS NULL AND v.paper_file <> '' ORDER BY s.id")


class SiteNumbers:
    """`shown` is what check_html gave; `authors` says for a paper's number what names it has to bear."""

    def __init__(self, case, desk, folder, shown, authors):
        self.case, self.desk, self.folder, self.shown, self.authors = case, desk, folder, shown, authors
        self.index = parse(shown["index.html"])
        self.papers = {number: more for number, *more in desk.query(ACCEPTED)}
        self.poster = self.posters()

    def posters(self):
        """Numbers go by the order of acceptance; whose acceptance was taken back has none, whoever withdrew later keeps his."""
        place = {}
        for number, in self.desk.query("SELECT s.number FROM act a JOIN desk_order o ON o.id = a.desk_order JOIN submission s"
                                       " ON s.id = a.submission WHERE a.kind = 'accept' AND o.undone_at IS NULL ORDER BY o.id, s.id"):
            place.setdefault(number, len(place) + 1)
        return place

    def check(self):
        for part in (self.listed, self.dates, self.each_paper, self.bibliography, self.calendar):
            with self.case.subTest(part.__name__):
                part()

    def listed(self):
        head, = [one for one in self.index.iter("h2") if one.get("id") == "papers"]
        self.case.assertEqual(words(head), f"Accepted papers {len(self.papers)}")
        order = sorted(self.papers, key=self.poster.get)
        items = list(classed(self.index, "papers", "ol")[0])
        self.case.assertEqual([one.get("id") for one in items], [f"P-{number}" for number in order])
        for one, number in zip(items, order, strict=True):
            title, _, size = self.papers[number]
            self.case.assertEqual(words(classed(one, "poster")[0]), f"Poster {self.poster[number]}")
            self.case.assertEqual(words(first(one, "h3")), title)
            self.case.assertEqual([words(authors) for authors in classed(one, "authors")],
                                  [", ".join(self.authors(number))] if self.authors(number) else [])
            self.case.assertEqual(words(classed(one, "size")[0]), told.short_size(size))

    def dates(self):
        due, final_due = self.desk.query("SELECT max(due_at), max(final_due_at) FROM version")[0]
        stamp = lambda at: told.datetime.datetime.fromtimestamp(at, told.datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        listed, = classed(self.index, "dates", "dl")
        self.case.assertEqual([one.get("datetime") for one in listed.iter("time")],
                              [stamp(due), "2017-11-11T11:59:59Z", stamp(final_due), "2017-12-09"])

    def each_paper(self):
        order = sorted(self.papers, key=self.poster.get)
        self.case.assertEqual({path for path in self.shown if path != "index.html"}, {f"papers/P-{number:03}.html" for number in order})
        for at, number in enumerate(order):
            with self.case.subTest(number):
                title, sha256, size = self.papers[number]
                page = parse(self.shown[f"papers/P-{number:03}.html"])
                self.case.assertEqual(words(first(page, "h1")), title)
                self.case.assertEqual(words(classed(first(page, "main"), "event")[0]), f"Poster {self.poster[number]}")
                self.case.assertEqual(words(classed(page, "files", "p")[0]), f"PDF, {told.short_size(size)}")
                self.case.assertIn(f"note      = {{Poster {self.poster[number]}}}", "".join(first(page, "pre").itertext()))
                posted = hashlib.sha256((self.folder / f"papers/P-{number:03}.pdf").read_bytes()).hexdigest()
                self.case.assertEqual(posted, sha256)
                around = [link.get("href") for kind in ("prev", "next") for one in classed(page, kind, "li") for link in one.iter("a")]
                beside = order[max(0, at - 1):at] + order[at + 1:at + 2]
                self.case.assertEqual(around, [f"P-{other:03}.html" for other in beside])

    def bibliography(self):
        """One text, whichever way it is had: the site's file, its pages, and export."""
        text = (self.folder / "papers.bib").read_text(encoding="utf-8")
        exported = self.desk.folder / "site.bib"
        self.desk.done("export", exported)
        self.case.assertEqual(text, exported.read_text(encoding="utf-8"))
        entries = ["".join(first(parse(self.shown[f"papers/P-{number:03}.html"]), "pre").itertext()).strip()
                   for number in sorted(self.papers, key=self.poster.get)]
        self.case.assertEqual([one.strip() for one in text.split("\n\n") if one.strip()], entries)

    def calendar(self):
        text = (self.folder / "dates.ics").read_bytes().decode()
        self.case.assertEqual(len(re.findall("BEGIN:VEVENT", text)), len(list(classed(self.index, "dates", "dl")[0].iter("time"))))
