"""site and report: what is written, for whom, what never is, and what is refused."""

import hashlib
import stat
import unittest

from support.case import DeskCase
from support.desk import RULES
from support.mail import LAST_SECOND, paper_mail, question_mail
from support.pages import check_html, check_no_address, texts

HOSTILE = "<script>alert(1)</script> \u202Eevil\u202C & \"quotes\" 👩‍💻 mallory@example.org"


class Pages(DeskCase):
    def take_in(self, *mails):
        """Through a folder of mails: no server is needed for pages."""
        folder = self.desk.folder / "mails"
        folder.mkdir(exist_ok=True)
        for number, raw in enumerate(mails, len(list(folder.iterdir())) + 1):
            (folder / f"{number:05}.eml").write_bytes(raw)
        self.desk.done("import", folder)

    def workshop(self):
        self.take_in(paper_mail("ada@example.org", "One", subject="NIPS Workshop Papers: Large Batches"),
                     paper_mail("Bob <bob@example.org>", "Two", subject="NIPS Workshop Papers: Secret Rejected"),
                     paper_mail("eve@example.de", "Three", subject="NIPS Workshop Papers: Withdrawn Work"),
                     paper_mail("dan@example.fr", "Four", subject="NIPS Workshop Papers: Undecided Work"),
                     paper_mail("joe@example.org", "Five", subject="NIPS Workshop Papers: Late Work",
                                at=LAST_SECOND + 3600),
                     question_mail("Why not?", "asker@example.org"))
        self.desk.done("accept", "P-5", "P-3")
        self.desk.done("accept", "P-1")
        self.desk.done("reject", "P-2")
        self.desk.done("withdraw", "P-3")
        self.desk.done("panel", "Q-1", "1")
        return self.desk.folder / "site"

    def test_accepted_papers_and_nothing_else(self):
        site = self.workshop()
        said = self.desk.json("site", site)
        self.assertEqual(said["items"], 2)
        pages = check_html(self, site)
        check_no_address(self, self.desk, site)
        self.assertEqual(sorted(path for path in pages), ["index.html", "papers/P-001.html", "papers/P-005.html"])
        everything = "\n".join(texts(site).values())
        for secret in ("Secret", "Withdrawn", "Undecided", "Bob", "P-2", "P-3", "P-4", "Why not?"):
            self.assertNotIn(secret, everything)
        # The withdrawn one keeps its number.
        self.assertIn("<p class=\"event\">Poster 2</p>", pages["papers/P-005.html"])
        self.assertIn("<p class=\"event\">Poster 3</p>", pages["papers/P-001.html"])
        for number in (1, 5):
            (file,) = self.desk.query("SELECT sha256 FROM counting_version WHERE submission = ?", number)
            copy = (site / f"papers/P-{number:03}.pdf").read_bytes()
            self.assertEqual(hashlib.sha256(copy).hexdigest(), file[0])
        self.assertEqual(stat.S_IMODE((site / "index.html").stat().st_mode), 0o644)
        self.assertEqual(stat.S_IMODE(site.stat().st_mode), 0o755)

    def test_the_rules_say_what_else_is_shown(self):
        site = self.workshop()
        rules = self.desk.folder / "rules.toml"
        rules.write_text(RULES.read_text(encoding="utf-8").replace("questions = false", "questions = true")
                         .replace("posters = true", "posters = false")
                         .replace('receipts = "receipts"', f'receipts = "{RULES.parent}/receipts"'), encoding="utf-8")
        self.desk.write(rules=rules)
        self.desk.done("site", site)
        index = check_html(self, site)["index.html"]
        check_no_address(self, self.desk, site)
        self.assertIn("Why not?", index)
        self.assertNotIn("Poster ", index)

    def test_what_strangers_write_is_text(self):
        self.take_in(paper_mail("Mallory \"</a>\" <mallory@example.org>", "One",
                                subject=f"NIPS Workshop Papers: {HOSTILE}"),
                     paper_mail("mallory@example.org", "Two", subject="NIPS Workshop Papers: " + "x" * 10_000),
                     question_mail(HOSTILE, "mallory@example.org"))
        self.desk.done("accept", "P-1", "P-2")
        site, report = self.desk.folder / "site", self.desk.folder / "report"
        self.desk.done("site", site)
        self.desk.done("report", report)
        check_no_address(self, self.desk, site)
        for folder in (site, report):
            for path, text in check_html(self, folder).items():
                self.assertNotIn("<script", text, path)
            for path, text in texts(folder).items():
                self.assertNotIn("\u202E", text, path)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt; evil &amp; &quot;quotes&quot; 👩‍💻",
                      (site / "index.html").read_text(encoding="utf-8"))

    def test_a_folder_of_somebody_else_is_refused(self):
        site = self.workshop()
        self.desk.done("site", site)
        before = texts(site)
        self.desk.done("site", site)            # its own: replaced
        self.assertEqual(texts(site).keys(), before.keys())
        (site / "favicon.ico").write_bytes(b"ours")
        for command in ("site", "report"):
            done = self.desk.run(command, site)
            self.assertEqual(done.code, 73, done)
            self.assert_one_sentence(done, str(site), "favicon.ico" if command == "site" else "")
        self.assertEqual((site / "favicon.ico").read_bytes(), b"ours")
        done = self.desk.run("site", self.desk.state)
        self.assertEqual(done.code, 73, done)
        done = self.desk.run("site", self.desk.folder / "no" / "parent")
        self.assertEqual(done.code, 73, done)
        leftovers = [path.name for path in self.desk.folder.iterdir() if "papertray-new" in path.name]
        self.assertEqual(leftovers, [])

    def test_a_paper_that_is_not_what_was_sent_stops_the_site(self):
        site = self.workshop()
        self.desk.done("site", site)
        before = texts(site)
        (self.desk.state / "papers" / "P-001_v1.pdf").write_bytes(b"%PDF-1.4 forged")
        done = self.desk.run("site", site)
        self.assertEqual(done.code, 65, done)
        self.assert_one_sentence(done, "P-001_v1.pdf", "rebuild")
        self.assertEqual(texts(site), before)

    def test_before_the_first_mail(self):
        for command in ("site", "report"):
            folder = self.desk.folder / command
            self.assertEqual(self.desk.json(command, folder)["items"], 0)
            check_html(self, folder)

    def test_the_report_tells_the_database(self):
        self.workshop()
        report = self.desk.folder / "report"
        self.assertEqual(self.desk.json("report", report)["items"], 6)
        pages = check_html(self, report)
        index = pages["index.html"]
        for shown in ("ada@example.org", "Secret Rejected", "France", "Germany", "1 hour late", "up to an hour late"):
            self.assertIn(shown, index)
        self.assertIn("rejected by", pages["submissions/P-002.html"])
        self.assertEqual(stat.S_IMODE(report.stat().st_mode), 0o700)
        for path in report.rglob("*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o700 if path.is_dir() else 0o600, path)


if __name__ == "__main__":
    unittest.main()
