"""Papers looked into by the desk: what receipts tell of it, what organizers see, and that all of it follows from the log."""

import shutil
import signal
import unittest

from support.case import MailCase
from support.mail import ON_TIME, ROOT, compose, pdf, with_text
from support.post import answer
from support.wait import LONG_ENOUGH, until

PDFS = ROOT / "tests" / "pdf"
ON = 'mode = "on"\nbudget_seconds = 600'   # nothing here is about the wait; one test is
NO_TIME = 'mode = "on"\nbudget_seconds = 0'

# Who sends what.
PAPERS = {
    "good@example.org": "conforming",
    "long@example.org": "three-pages-of-text",
    "a4@example.org": "a4",
    "damaged@example.org": "header-only",
    "locked@example.org": "password",
    "script@example.org": "javascript",
}


# All these PDFs have one title; of mails without one, that is worth a note.
TITLES = {"conforming": "Large Batches", "three-pages-of-text": "Reduction Trees", "a4": "Slow Networks",
          "header-only": "Memory Walls", "password": "Sparse Gradients", "javascript": "Cooling Towers"}


def mail(author, name, subject=None):
    subject = subject or f"NIPS Workshop Papers: {TITLES[name]}"
    content = (PDFS / f"{name}.pdf").read_bytes()
    if name == "header-only":
        content += b"startxref\n0\n%%EOF\n"   # with an end, so that it is a paper and the reader finds the damage
    return compose(f"check-{author}-{name}", ON_TIME, author, subject,
                   with_text("Our paper.\n", pdf(content, "paper.pdf")))


class Check(MailCase):
    def take_in(self, papers, check=ON):
        self.mails = self.sink()
        self.connect(self.mails, check=check)
        for author, name in papers.items():
            self.server.append(self.user, mail(author, name), ON_TIME)
        self.desk.done("run", "--once")

    def receipts(self):
        """The flowing text of each, by whom it is for."""
        return {letter.mail["To"]: " ".join(letter.mail.get_body(("plain",)).get_content().split())
                for letter in self.mails.delivered}

    def papers(self, *filters):
        return {item["submitter"]: item for item in self.desk.items("papers", *filters)}

    def test_what_receipts_tell_and_organizers_see(self):
        self.take_in(PAPERS)
        said = self.receipts()
        self.assertEqual(set(said), set(PAPERS))
        self.assertIn("found nothing to mend", said["good@example.org"])
        self.assertRegex(said["good@example.org"], r"Pages 2\b.*US Letter")
        self.assertRegex(said["good@example.org"], r"Title \S")
        self.assertIn("Please look at this", said["long@example.org"])
        self.assertRegex(said["long@example.org"], "3 pages|page 3|page 2")
        self.assertIn("set the paper size to US Letter", said["a4@example.org"])
        self.assertIn("could not read it", said["damaged@example.org"])
        self.assertIn("export it again", said["damaged@example.org"])
        self.assertIn("password", said["locked@example.org"])
        self.assertNotIn("JavaScript", said["script@example.org"])
        for text in said.values():
            self.assertNotIn("eject", text)
            self.assertNotIn("still to come", text)

        papers = self.papers()
        self.assertEqual((papers["good@example.org"]["pages"], papers["good@example.org"]["findings"]), (2, 0))
        self.assertEqual(papers["long@example.org"]["pages"], 3)
        self.assertIsNone(papers["damaged@example.org"]["pages"])
        self.assertEqual(set(self.papers("--problems")), set(PAPERS) - {"good@example.org"})
        self.assertIn("3 ", self.desk.done("list", "papers", "--problems").out)
        status = self.desk.json("status")
        self.assertEqual(status["tracks"]["papers"]["with_findings"], len(PAPERS) - 1)
        self.assertEqual(status["checks"]["waiting"], 0)

        script = self.desk.json("show", papers["script@example.org"]["id"])["versions"][0]["check"]
        self.assertIn("active-content: JavaScript", script["organizers_only"])
        self.assertIn("JavaScript", self.desk.done("show", papers["script@example.org"]["id"]).out)
        good = self.desk.json("show", papers["good@example.org"]["id"])
        self.assertTrue(good["versions"][0]["check"]["opens"])
        self.assertEqual(good["title"], good["versions"][0]["check"]["title"])
        self.assertEqual(papers["good@example.org"]["title"], good["title"])

        self.assertRegex(self.desk.done("audit").out, "(?i)holds|nothing|agree")
        self.same_from_the_log()

    def same_from_the_log(self):
        before, sent = self.desk.tables(), len(self.mails.delivered)
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("run", "--once")
        self.assertEqual(len(self.mails.delivered), sent)

    def test_a_late_check_is_kept_when_it_comes(self):
        self.take_in({"a4@example.org": "a4"}, check=NO_TIME)
        said = self.receipts()["a4@example.org"]
        self.assertIn("still to come", said)
        self.assertNotIn("Letter and export", said)
        paper, = self.papers("--problems").values()
        self.assertEqual(paper["findings"], 1)
        self.assertEqual(len(self.mails.delivered), 1)
        self.same_from_the_log()

    def test_the_same_file_again_is_told_the_same(self):
        """Both in one batch, so that the second does not know yet; and a third when all is known."""
        self.take_in({"a4@example.org": "a4"}, check='mode = "off"')
        self.connect(self.mails, check=ON)
        self.server.append(self.user, mail("long@example.org", "three-pages-of-text"), ON_TIME)
        for again in ("again", "once more"):
            self.server.append(self.user, mail("long@example.org", "three-pages-of-text").replace(
                b"Our paper.", f"Our paper, {again}.".encode()), ON_TIME)
            self.server.append(self.user, mail("a4@example.org", "a4").replace(
                b"Our paper.", f"Our paper, {again}.".encode()), ON_TIME)
            self.desk.done("run", "--once")
        told = [(letter.mail["To"], " ".join(letter.mail.get_body(("plain",)).get_content().split()))
                for letter in self.mails.delivered]
        first, *same = [text for to, text in told if to == "long@example.org"]
        finding = first[first.index("Please look at this"):first.index("This is for your information")]
        self.assertEqual(len(same), 2)
        for text in same:
            self.assertIn("the same file, byte for byte", text)
            self.assertIn(finding, text)
        # The first receipt went out while nothing was checked; what is sent again is.
        first, *same = [text for to, text in told if to == "a4@example.org"]
        self.assertNotIn("Please look at this", first)
        self.assertEqual(len(same), 2)
        for text in same:
            self.assertIn("set the paper size to US Letter", text)
        self.assertEqual({paper["versions"] for paper in self.papers().values()}, {1})
        self.same_from_the_log()

    def test_the_title_of_a_pdf_tells_of_another_submission(self):
        self.mails = self.sink()
        self.connect(self.mails, check=ON)
        for author, name in (("ada@example.org", "conforming"), ("bob@example.org", "a4")):
            self.server.append(self.user, mail(author, name, "NIPS Workshop Papers"), ON_TIME)
            self.desk.done("run", "--once")
        notes = [note for item in self.desk.items("messages") for note in item["open_notes"]]
        self.assertEqual(notes, ["its PDF has the title of P-1 from another address; if it is the same paper: "
                                 "papertray merge P-2 --into P-1"])
        # What a subject says later finds it, too.
        title = self.papers()["ada@example.org"]["title"]
        self.server.append(self.user, mail("ada@example.org", "three-pages-of-text", f"NIPS Workshop Papers: {title}"),
                           ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual(self.papers()["ada@example.org"]["versions"], 2)
        self.same_from_the_log()

    def test_the_pages_tell_what_the_papers_say(self):
        self.take_in({name: PAPERS[name] for name in ("good@example.org", "long@example.org", "script@example.org")})
        ids = {submitter: item["id"] for submitter, item in self.papers().items()}
        self.desk.done("accept", ids["good@example.org"])
        self.desk.done("report", self.desk.folder / "report")
        page = (self.desk.folder / "report" / "index.html").read_text()
        self.assertIn("page-limit (warn)", page)
        self.assertIn("active-content (warn)", page)
        self.desk.done("withdraw", ids["long@example.org"])
        self.desk.done("report", self.desk.folder / "report")
        self.assertNotIn("page-limit (warn)", (self.desk.folder / "report" / "index.html").read_text())
        # The site: the title and the authors that the PDF itself names.
        self.desk.done("site", self.desk.folder / "site")
        site = "".join(path.read_text() for path in (self.desk.folder / "site").rglob("*.html"))
        self.assertIn("A Paper That Says Nothing", site)
        authors = self.desk.query("SELECT authors FROM paper_check WHERE title LIKE 'A Paper That Says Nothing%'")[0][0]
        self.assertIn(authors.splitlines()[0].split(",")[0].strip(), site)

    def test_a_title_that_was_read_wrongly_is_put_right(self):
        self.take_in({"good@example.org": "conforming", "a4@example.org": "a4"})
        number = self.papers()["good@example.org"]["id"]
        read = self.papers()["good@example.org"]["title"]
        title, authors = "Large Batches \u2014 <Revisited>", "Ada Lovelace, Alan Turing & Grace Hopper"
        said = self.desk.json("title", number, title, "--authors", authors, "--as", "carla", "--note", "ligatures")
        self.assertEqual([(row["id"], row["act"], row["text"], row["done"]) for row in said["items"]],
                         [(number, "title", title, True), (number, "authors", authors, True)])
        shown = self.desk.json("show", number)
        self.assertEqual((shown["title"], shown["authors"]), (title, authors))
        self.assertEqual(shown["corrected"], {"title": title, "authors": authors})
        self.assertIn(f'title corrected to "{title}" by carla: ligatures', [row["what"] for row in shown["history"]])
        self.assertIn("title and authors, by a person", self.desk.done("show", number).out)
        # What is looked into later, and what comes later, does not change it; in the log it stands.
        self.assertEqual(self.desk.json("recheck", "--all")["checked"], 2)
        letter, = [letter.mail for letter in self.mails.delivered if letter.mail["To"] == "good@example.org"]
        self.server.append(self.user, answer(letter, "A better one.", "good@example.org", (PDFS / "three-pages-of-text.pdf").read_bytes()),
                           ON_TIME + 600)
        self.desk.done("run", "--once")
        self.assertEqual((self.papers()["good@example.org"]["versions"], self.papers()["good@example.org"]["title"]), (2, title))
        self.same_from_the_log()
        self.desk.done("audit", "--offline")
        self.desk.done("accept", number, "--as", "dora")
        site = self.desk.folder / "site"
        self.desk.done("site", site)
        self.assertIn("Large Batches \u2014 &lt;Revisited&gt;", (site / "index.html").read_text())
        self.assertIn("author    = {Ada Lovelace and Alan Turing and Grace Hopper}", (site / "papers.bib").read_text())
        self.assertTrue(self.desk.json("title", number, title)["items"][0]["reason"])   # so already
        # Taken back, first the later thing.
        self.assertEqual(self.desk.run("undo", "--as", "carla").code, 1)
        self.desk.done("undo", "--as", "dora")
        self.desk.done("undo", "--as", "carla")
        shown = self.desk.json("show", number)
        self.assertEqual((shown["title"], shown["corrected"]), (read, {"title": None, "authors": None}))
        self.same_from_the_log()
        # A person's word goes, too, when a person says so.
        self.desk.done("title", number, "Another")
        self.desk.done("title", number, "--own")
        self.assertEqual(self.papers()["good@example.org"]["title"], read)
        for arguments, code, words in (((number,), 64, "--authors"), ((number, " "), 64, "no words"), (("P-9", "x"), 1, "P-9"),
                                       ((number, "x", "--own"), 64, "--own"), ((number, "x" * 1001), 64, "1000"),
                                       ((number, "--authors", "ada@example.org"), 64, "nobody")):
            done = self.desk.run("title", *arguments)
            self.assertEqual(done.code, code, done)
            self.assert_one_sentence(done, words)

    def test_a_new_style_and_recheck(self):
        folder = self.desk.folder / "rules"
        shutil.copytree(ROOT / "rules", folder)
        style = folder / "styles" / "nips2017.toml"
        self.mails = self.sink()
        self.desk.write(self.imap(), smtp=f'url = "smtp://127.0.0.1:{self.mails.port}"', check=ON,
                        rules=folder / "dlsc2017.toml")
        self.server.append(self.user, mail("good@example.org", "conforming"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual(self.papers()["good@example.org"]["findings"], 0)
        self.assertEqual(self.desk.json("recheck")["checked"], 0)   # by this style it was
        self.assertEqual(self.desk.json("recheck", "--all")["checked"], 1)

        style.write_text(style.read_text().replace('width = "5.5in"', 'width = "4in"'))
        told = self.desk.json("recheck")
        self.assertEqual((told["checked"], told["with_findings"], told["failed"]), (1, 1, 0))
        self.assertGreater(self.papers()["good@example.org"]["findings"], 0)
        self.assertEqual(self.desk.json("recheck")["checked"], 0)
        done = self.desk.run("recheck", "P-99")
        self.assertEqual(done.code, 1)
        self.assert_one_sentence(done, "P-99")
        self.assertEqual(len(self.mails.delivered), 1)
        self.same_from_the_log()

    def test_a_file_that_people_changed_is_looked_into_as_it_came(self):
        self.take_in({"good@example.org": "conforming"})
        (self.desk.state / "papers" / "P-001_v1.pdf").write_bytes(b"%PDF-1.4 scribbled over")
        self.assertEqual(self.desk.json("recheck", "p-1")["checked"], 1)
        self.assertEqual(self.papers()["good@example.org"]["pages"], 2)
        self.assertEqual((self.desk.state / "papers" / "P-001_v1.pdf").read_bytes(),
                         (PDFS / "conforming.pdf").read_bytes())

    def test_the_daemon_tells_in_the_receipt_and_rechecks_beside(self):
        self.mails = self.sink()
        self.connect(self.mails, check=ON, poll=86400)
        process = self.desk.start("run")
        self.addCleanup(lambda: (process.kill(), process.communicate()))
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        for author, name in PAPERS.items():
            self.server.append(self.user, mail(author, name), ON_TIME)
        until(lambda: len(self.mails.delivered) == len(PAPERS), "a receipt for each")
        self.assertIn("found nothing to mend", self.receipts()["good@example.org"])
        self.assertEqual(self.desk.json("recheck", "--all")["checked"], len(PAPERS))
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=LONG_ENOUGH)
        self.assertEqual(process.returncode, 0, err)
        self.same_from_the_log()

    def test_import_checks_without_a_receipt(self):
        self.mails = self.sink()
        self.connect(self.mails, check=ON)
        folder = self.desk.folder / "mails"
        folder.mkdir()
        (folder / "one.eml").write_bytes(mail("a4@example.org", "a4"))
        self.desk.done("import", folder / "one.eml")
        self.assertEqual(self.papers()["a4@example.org"]["findings"], 1)
        self.assertEqual(self.mails.delivered, [])

    def test_killed_before_the_look_it_is_made_up_for(self):
        self.take_in({}, check=ON)
        for number, (author, name) in enumerate(PAPERS.items()):
            self.server.append(self.user, mail(author, name), ON_TIME)
            process = self.desk.start("run", "--once")
            until(lambda: process.poll() is not None or
                  self.desk.query("SELECT count(*) FROM version")[0][0] > number, "it is recorded")
            process.kill()
            process.communicate()
            self.desk.done("run", "--once")
            self.assertEqual(len(self.receipts()), number + 1)
        self.assertIn("set the paper size", self.receipts()["a4@example.org"])
        self.same_from_the_log()


if __name__ == "__main__":
    unittest.main()
