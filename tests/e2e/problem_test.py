"""Mails that were meant to bring something and do not: what their authors are told, through a real Dovecot and a real
SMTP server; and what of a mail above the limit is fetched, kept and shown."""

import json
import tarfile
import unittest

from support.case import MailCase
from support.cutter import DOWN, UP, Cutter
from support.mail import ON_TIME, attached, compose, paper, pdf, question_mail, with_text

MIB = 1024 * 1024
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def subject_of(letter):
    return str(letter.mail["Subject"])


def flowing(letter):
    """The text part on one line: where it is broken is another test's matter."""
    return " ".join(letter.mail.get_body(("plain",)).get_content().split())


class Problems(MailCase):
    def mail(self, name, author, *parts, subject="NIPS Workshop Papers"):
        return compose(name, ON_TIME, author, subject, with_text("Our paper.\n", *parts))

    def answers(self, **mails):
        """author -> the letter that came back, of one run over a mailbox of these."""
        self.posted = self.sink()
        self.connect(self.posted)
        for name, part in mails.items():
            self.server.append(self.user, self.mail(name, f"{name}@example.org", part), ON_TIME)
        self.desk.done("run", "--once")
        return {letter.recipients[0].split("@")[0]: letter for letter in self.posted.delivered}

    def check_the_rest(self):
        """What is in the log is all there is."""
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        done = self.desk.done("--json", "audit")
        self.assertTrue(json.loads(done.out)["holds"], done)

    # ---- files that are no paper

    def test_a_damaged_pdf_has_words_of_its_own(self):
        whole = paper("Title", "ada@example.org", "About.")
        # As most programs write them: what the pages hang on comes last.
        pages = b"%PDF-1.5\n" + b"1 0 obj <</Type /Page>> endobj\n" * 20_000
        told = self.answers(begun=pdf(b"%PDF-1.5\n", "begun.pdf"), cut=pdf(pages, "cut.pdf"),
                            whole=pdf(whole, "whole.pdf"))
        self.assertEqual(set(told), {"begun", "cut", "whole"})
        for name in ("begun", "cut"):
            words = flowing(told[name])
            self.assertIn(f'The PDF in it, "{name}.pdf", is damaged: it begins as a PDF, but its end is missing', words)
            self.assertNotIn("is not a PDF", words)
            self.assertTrue(subject_of(told[name]).startswith("We found no paper in your mail"), subject_of(told[name]))
        self.assertTrue(subject_of(told["whole"]).startswith("[P-1] "), subject_of(told["whole"]))
        self.assertEqual(self.desk.fates(), {"recorded": 1, "triage": 2})
        reasons = [row["reason"] for row in self.desk.items("triage")]
        self.assertTrue(all("is damaged: its end is missing" in reason for reason in reasons), reasons)
        self.check_the_rest()

    def test_what_is_no_pdf_is_named(self):
        told = self.answers(word=attached(b"PK\x03\x04 and so on", WORD, 'attachment; filename="paper.docx"'),
                            script=pdf(b"%!PS-Adobe-3.0\n%%EOF\n", "paper.pdf"),
                            login=pdf(b"<!DOCTYPE html><title>Sign in</title>", "paper.pdf"),
                            nothing=pdf(b"", "paper.pdf"), strange=pdf(b"\x00\x01\x02", "paper.pdf"))
        for name, said in {"word": '"paper.docx" in it is a word processor\'s document, not a PDF',
                           "script": '"paper.pdf" in it is PostScript, not a PDF',
                           "login": '"paper.pdf" in it is a web page (HTML), not a PDF',
                           "nothing": '"paper.pdf" in it is empty, not a PDF',
                           "strange": '"paper.pdf" in it is not a PDF'}.items():
            self.assertIn(said, flowing(told[name]), name)
            self.assertNotIn("damaged", flowing(told[name]), name)

    # ---- mails above the limit

    def fill_above_the_limit(self):
        """Two that name a track, one of nobody's, one of a machine's, all of them above 1 MiB; and two small ones."""
        filler = attached(bytes(range(256)) * 8192, "video/mp4", 'attachment; filename="talk.mp4"')
        mails = [question_mail("Before?", "before@example.org", name="before"),
                 self.mail("paper", "paper@example.org", filler),
                 self.mail("question", "question@example.org", filler, subject="NIPS Workshop Questions"),
                 self.mail("pictures", "pictures@example.org", filler, subject="Holiday pictures"),
                 b"Auto-Submitted: auto-generated\n" + self.mail("machine", "machine@example.org", filler),
                 question_mail("After?", "after@example.org", name="after")]
        for raw in mails:
            self.server.append(self.user, raw, ON_TIME)
        self.sizes = {name: len(raw.replace(b"\n", b"\r\n"))
                      for name, raw in zip(("before", "paper", "question", "pictures", "machine", "after"), mails)}
        self.assertGreater(self.sizes["paper"], 2 * MIB)
        self.cutter = Cutter(self.server.imap)
        self.addCleanup(self.cutter.stop)
        self.posted = self.sink()
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{self.cutter.port}", self.user, largest_mib=1),
                        smtp=f'url = "smtp://127.0.0.1:{self.posted.port}"')
        self.desk.done("run", "--once")
        self.cutter.settle()

    def test_the_author_of_a_mail_above_the_limit_is_told(self):
        self.fill_above_the_limit()
        told = {letter.recipients[0].split("@")[0]: letter for letter in self.posted.delivered}
        self.assertEqual(set(told), {"before", "paper", "question", "after"})
        for name in ("paper", "question"):
            words = flowing(told[name])
            self.assertTrue(subject_of(told[name]).startswith("Your mail is too large - NIPS Workshop"), words)
            self.assertIn(f"It has {self.sizes[name]:,} bytes", words)
            self.assertIn("the limit here is 1,048,576 bytes (1.0 MiB)", words)
        self.assertIn("Please send the paper once more, alone and smaller", flowing(told["paper"]))
        self.assertIn("Please send the question once more as plain text", flowing(told["question"]))
        self.assertEqual(self.desk.fates(), {"recorded": 2, "triage": 3, "ignored": 1})
        # Nobody is told twice.
        self.desk.done("run", "--once")
        self.assertEqual(len(self.posted.delivered), 4)

    def test_only_its_header_is_fetched_and_kept(self):
        self.fill_above_the_limit()
        self.assertLess(sum(len(said[DOWN]) for said in self.cutter.said), MIB)
        self.assertLess(self.desk.log_bytes(), MIB)
        asked = b"".join(bytes(said[UP]) for said in self.cutter.said)
        self.assertEqual(asked.count(b"BODY.PEEK[HEADER]<0."), 4)
        marked = {}
        for segment in self.desk.segments():
            with tarfile.open(segment) as tar:
                for entry in tar:
                    if entry.name.startswith("mail/"):
                        facts = json.loads(entry.pax_headers["SCHILY.xattr.user.papertray.facts"])
                        raw = tar.extractfile(entry).read()
                        name = raw.split(b"From: ")[1].split(b"@")[0].decode().split("<")[-1]
                        self.assertEqual(facts["size"], len(raw))
                        if "oversize" in facts:
                            marked[name] = facts["oversize"]
                            self.assertTrue(raw.endswith(b"\r\n\r\n"), raw[-20:])
                            self.assertNotIn(b"Our paper.", raw)
        self.assertEqual(marked, {name: {"largest": MIB, "whole": self.sizes[name]}
                                  for name in ("paper", "question", "pictures", "machine")})
        self.check_the_rest()

    def test_it_is_shown_for_what_it_is(self):
        self.fill_above_the_limit()
        rows = {row["from"].split("@")[0]: row for row in self.desk.items("messages")}
        for name in ("paper", "question", "pictures"):
            self.assertEqual(rows[name]["fate"], "triage")
            self.assertIn(f"the mail has {self.sizes[name]} bytes, more than the {MIB} that are taken in",
                          rows[name]["reason"])
        shown = self.desk.json("show", rows["paper"]["id"])
        self.assertEqual(shown["whole_size"], self.sizes["paper"])
        self.assertLess(shown["size"], 10_000)
        self.assertIsNone(self.desk.json("show", rows["after"]["id"])["whole_size"])
        said = self.desk.done("show", rows["paper"]["id"]).out
        self.assertIn("only its header", said)
        self.assertIn("only its header is here", self.desk.done("explain", rows["paper"]["id"]).out)
        # Taken in as every other: the people who look into the mailbox see it.
        self.assertEqual({frozenset(flags) for flags in self.server.flags(self.user).values()},
                         {frozenset({r"\Seen", "$Papertray"})})

    def test_a_file_above_the_limit(self):
        """Files have no limit of their own: 96 MiB."""
        path = self.desk.folder / "large.eml"
        header = question_mail("x", "ada@example.org").split(b"\n\n")[0] + b"\n\n"
        with path.open("wb") as file:
            file.write(header)
            file.truncate(96 * MIB + 1)
        self.desk.done("import", path, "--receipts")
        row, = self.desk.items("messages")
        self.assertEqual((row["fate"], row["track"]), ("triage", "questions"))
        self.assertEqual(self.desk.json("show", row["id"])["whole_size"], 96 * MIB + 1)
        self.assertEqual(self.desk.query("SELECT kind FROM outbox"), [("problem",)])
        self.desk.done("import", path, "--receipts")
        self.assertEqual(len(self.desk.items("messages")), 1)
        self.check_the_rest()


if __name__ == "__main__":
    unittest.main(verbosity=2)
