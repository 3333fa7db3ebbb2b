"""A complete workshop over a real Dovecot and a real SMTP server: from the first question to the final copies. What
happened is kept in a model of plain numbers; status, lists and database must say the same at every stage."""

import hashlib
import re
import unittest

from support.case import MailCase
from support.desk import SENDING
from support.exports import Exports
from support.mail import LAST_SECOND, ON_TIME, compose, other_mail, pdf, question_mail, with_text
from support.mail import utc
from support.pages import check_html, check_no_address
from support.post import answer
from support.report_numbers import ReportNumbers
from support.site_numbers import SiteNumbers
from sample.pdf import paper

ENDS = ("org", "de", "fr", "com", "jp", "de", "edu")
AUTHORS = [f"author{number:02}@lab{number % 7}.example.{ENDS[number % 7]}" for number in range(1, 41)]
STRANGE = AUTHORS[36:38]     # write under a subject that no track has
LATE = AUTHORS[32:36]
AGAIN = AUTHORS[:6]          # send a second version in time
TWINS = AUTHORS[38:40]       # two addresses, one paper
BY_MAIL = AUTHORS[6:8]       # withdraw by mail
BY_HAND = AUTHORS[8]         # asks on the phone
QUESTIONS = 25
CHECK = 'mode = "on"\nbudget_seconds = 600'   # nothing here is about the wait
CORRECTED = "What the Chairs Say It Is", ["Ada Lovelace", "Alan Turing"]
IN_NOVEMBER = utc(11, 20, 12, 0)
FINAL_LAST = utc(11, 29, 11, 59, 59)


def syllables(seed, count):
    """Words that no two seeds share."""
    digest = hashlib.sha1(seed.encode()).digest()
    return ["".join(f"{'bdfgklmnprstvz'[byte % 14]}{'aeiou'[byte // 14 % 5]}" for byte in digest[n:n + 4]).title()
            for n in range(0, 4 * count, 4)]


def title_of(author):
    """Each paper has its own, but the twins have one."""
    return "On " + " ".join(syllables(TWINS[0] if author in TWINS else author, 4))


def names_of(author):
    """Whom the paper itself names."""
    seed = TWINS[0] if author in TWINS else author
    return [" ".join(syllables(f"{who} {seed}", 2)) for who in ("first", "second")]


def written(author, abstract):
    """Every eighth is a page too long."""
    return paper(title_of(author), ", ".join(names_of(author)), abstract, appendices=AUTHORS.index(author) % 8 // 7)


def titled(author, at):
    return compose(f"paper-{author}", at, author, f"NIPS Workshop Papers: {title_of(author)}",
                   with_text("Our paper.\n", pdf(written(author, "First."), "paper.pdf")))


class Workshop(MailCase):
    def setUp(self):
        super().setUp()
        self.mails = self.sink()
        self.connect(self.mails, receipts=SENDING.replace("per_day", "per_address = 50\nper_day"), check=CHECK)

    # ---- the world

    def come(self, *mails):
        """(raw, when)s, then one round of the desk. Gives what was sent in it."""
        before = len(self.mails.delivered)
        for raw, at in mails:
            self.server.append(self.user, raw, at)
        self.desk.done("run", "--once", seconds=600)
        return self.mails.delivered[before:]

    def organize(self, *arguments, person="carla", **more):
        return self.desk.done(*arguments, "--as", person, **more)

    def papers(self):
        return {row["submitter"]: row for row in self.desk.items("papers")}

    def number(self, author):
        return self.papers()[author]["id"]

    # ---- what must hold at every stage

    def check(self, **expected):
        """`status` against what the test knows, and against the tables."""
        status = self.desk.json("status")
        counts = {**status["tracks"]["papers"], "questions": status["tracks"]["questions"]["submissions"],
                  "triage": status["messages"]["triage"], "total": status["messages"]["total"]}
        self.assertEqual({name: counts[name] for name in expected}, expected)
        count = lambda sql: self.desk.query(f"SELECT count(*) FROM {sql}")[0][0]
        standing = "submission s JOIN version v ON v.id = s.counting WHERE s.merged_into IS NULL AND s.track = 'papers'"
        self.assertEqual(
            status["tracks"]["papers"],
            {"with_findings": count(standing + " AND v.checked % 65536 > 0"),
             "submissions": count(standing), "on_time": count(standing + " AND s.on_time = 1"),
             "late": count(standing + " AND s.on_time = 0"),
             **{state: count(standing + f" AND s.state = '{state}'") for state in ("accepted", "rejected", "withdrawn")},
             "final": count(standing + " AND s.state = 'accepted' AND s.final_copy IS NOT NULL")})
        self.assertEqual(status["messages"]["total"], count("message") + count("place WHERE fate IS NOT NULL"))
        self.assertEqual(status["outbox"]["sent"], count("outbox WHERE state = 'sent'"))
        self.assertEqual(status["outbox"]["sent"], len(self.mails.delivered))
        papers = self.desk.items("papers")
        self.assertEqual(len(papers), status["tracks"]["papers"]["submissions"])
        for state in ("accepted", "rejected", "withdrawn"):
            self.assertEqual(len(self.desk.items("papers", "--decision", state)), status["tracks"]["papers"][state])
        self.assertEqual(len(self.desk.items("questions")), status["tracks"]["questions"]["submissions"])

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild", seconds=600)
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("audit", seconds=600)

    # ---- the stages

    def test_from_the_first_question_to_the_final_copies(self):
        self.submissions()
        self.new_versions()
        self.withdrawals()
        self.triage()
        self.panels()
        self.decisions()
        self.final_copies()
        self.correction()
        self.site()
        self.report()
        self.exports()
        self.check_rebuilt()
        self.come()
        self.check(total=self.total)   # and nothing went out twice

    def submissions(self):
        mails = [(titled(author, ON_TIME + n), ON_TIME + n) for n, author in enumerate(AUTHORS) if author not in LATE + STRANGE]
        mails += [(titled(author, LAST_SECOND + 60), LAST_SECOND + 60 + n) for n, author in enumerate(LATE)]
        mails += [(compose(f"strange-{author}", ON_TIME, author, "Our work",
                           with_text("See attached.\n", pdf(written(author, "Odd."), "p.pdf"))), ON_TIME)
                  for author in STRANGE]
        asked = [f"Question {n}: what about subject {n} of the {n % 5}th kind and machine {n * 7}?" for n in range(1, QUESTIONS)]
        asked.append("Question 1: what about subject 1 of the 1th kind and the machine 7?")   # nearly the first
        mails += [(question_mail(text, author=f"asker{n:02}@example.net", at=ON_TIME + n), ON_TIME + n)
                  for n, text in enumerate(asked)]
        mails += [(other_mail(body, author="someone@example.com", subject=subject), ON_TIME)
                  for subject, body in (("Hotel", "Where do people stay?"), ("Offer", "Buy this."), ("Visa", "A letter please."))]
        sent = self.come(*mails)
        self.total = len(mails)
        self.receipts = {mail.recipients[0]: mail.mail for mail in sent}
        self.assertEqual(len(sent), 38 + QUESTIONS)
        self.check(submissions=38, on_time=34, late=4, questions=QUESTIONS, triage=5, total=self.total, withdrawn=0, final=0)

    def new_versions(self):
        sent = self.come(*[(answer(self.receipts[author], "A better one.", author, written(author, "Better."), at=ON_TIME + 900),
                            ON_TIME + 900) for author in AGAIN])
        self.total += len(AGAIN)
        self.assertEqual(len(sent), len(AGAIN))
        papers = self.papers()
        self.assertTrue(all((papers[author]["versions"], papers[author]["counting_version"]) == (2, 2) for author in AGAIN))
        self.check(submissions=38, on_time=34, late=4, total=self.total)

    def withdrawals(self):
        questions = self.come(*[(answer(self.receipts[author], "Dear organizers,\n\nplease withdraw our paper.", author, at=ON_TIME + 1000),
                                 ON_TIME + 1000) for author in BY_MAIL])
        self.assertTrue(all("to be withdrawn?" in mail.mail["Subject"] for mail in questions))
        self.assertEqual(len(questions), 2)
        done = self.come(*[(answer(mail.mail, "Yes, please.", mail.recipients[0], at=ON_TIME + 1100), ON_TIME + 1100) for mail in questions])
        self.assertEqual(len(done), 2)
        self.total += 4
        self.organize("withdraw", self.number(BY_HAND), "--note", "by telephone")
        self.check(submissions=38, withdrawn=3, total=self.total)

    def triage(self):
        waiting = self.desk.items("triage")
        strange = [row["id"] for row in waiting if row["from"] in STRANGE]
        self.assertEqual(len(strange), 2)
        for message in strange:
            self.organize("route", message, "papers", person="dora")
        self.organize("dismiss", *[row["id"] for row in waiting if row["from"] == "someone@example.com"], "--note", "answered by hand")
        # The twins' note names the command that makes them one.
        note, = [note for row in self.desk.items("triage") for note in row["open_notes"]]
        command = re.search(r"papertray (merge P-\d+ --into P-\d+)$", note)[1].split()
        self.organize(*command)
        self.assertEqual(self.desk.items("triage"), [])
        self.organize("excuse", self.number(LATE[0]), person="dora")
        self.assertEqual(len(self.come()), 2)   # both routed authors are told
        self.check(submissions=39, on_time=36, late=3, withdrawn=3, triage=0, total=self.total)

    def panels(self):
        ids = [row["id"] for row in self.desk.items("questions")]
        for n, question in enumerate(ids[:6]):
            self.organize("panel", question, str(n % 2 + 1))
        self.organize("panel", ids[-1], "1")
        sheet = self.desk.done("list", "questions", "--panel", "1", "--format", "sheet").out
        self.assertIn("4 questions, 1 of them alike an earlier one", sheet)
        self.organize("merge", ids[-1], "--into", ids[0])
        self.organize("hide", ids[2])
        sheet = self.desk.done("list", "questions", "--panel", "1", "--format", "sheet").out
        self.assertIn("2 questions", sheet)
        self.check(questions=QUESTIONS - 1)

    def decisions(self):
        open_papers = [row for row in self.desk.items("papers") if row["state"] == "submitted"]
        self.assertEqual(len(open_papers), 36)
        self.accepted = open_papers[:24]
        rows = [f'{row["id"]},accept,"good, ""very"" good"' for row in self.accepted]
        rows += [f" {row['id'].lower()} , reject ," for row in open_papers[24:]]
        table = self.desk.folder / "decisions.csv"
        table.write_bytes("\ufeffID,Decision,Note\r\n".encode() + "\r\n".join(rows).encode() + b"\r\nP-999,accept,\r\n")
        before = self.desk.tables()
        refused = self.desk.run("decide", table)
        self.assertEqual(refused.code, 65, refused)
        self.assert_one_sentence(refused, "decisions.csv:38", "P-999")
        self.assertEqual(self.desk.tables(), before)
        table.write_bytes(table.read_bytes().replace(b"P-999,accept,\r\n", b""))
        self.organize("decide", table)
        self.check(accepted=24, rejected=12, withdrawn=3)
        self.assertEqual(self.come(), [])   # decisions send nothing
        self.organize("notify", "decisions", "--yes")
        letters = self.come()
        self.assertEqual(len(letters), 36)
        self.letters = {mail.mail["Subject"].split("]")[0].lstrip("["): mail for mail in letters}
        self.assertEqual(len(self.letters), 36)
        for row in open_papers:
            letter = self.letters[row["id"]]
            wanted = "Your paper is accepted" if row in self.accepted else "About your paper"
            self.assertIn(f"[{row['id']}] {wanted}", letter.mail["Subject"])
            # Of the twins, the one whose version counts.
            self.assertIn(letter.recipients[0], TWINS if row["submitter"] in TWINS else (row["submitter"],))
        self.organize("notify", "decisions", "--yes", "--again")
        self.assertEqual(self.come(), [])
        self.check(accepted=24, rejected=12, final=0)

    def final_copies(self):
        ids = [row["id"] for row in self.accepted]
        missing, late, in_time = ids[:2], ids[2], ids[3:]

        def copy(number, at):
            letter = self.letters[number]
            author = letter.recipients[0]
            return (answer(letter.mail, "The final copy.", author, written(author, "Final."), at=at), at)

        receipts = self.come(*[copy(number, IN_NOVEMBER + n) for n, number in enumerate(in_time)])
        self.assertEqual(len(receipts), 21)
        self.assertTrue(all("Final copy received" in mail.mail["Subject"] for mail in receipts))
        self.check(accepted=24, final=21)
        self.assertEqual({row["id"] for row in self.desk.items("papers", "--final", "missing")}, {late, *missing})
        late_receipt, = self.come(copy(late, FINAL_LAST + 7200))
        self.assertIn("Late by   2 hours", late_receipt.mail.get_body(("plain",)).get_content())
        self.organize("notify", "reminder", "--to", "missing-final", "--yes")
        reminded = self.come()
        self.assertEqual(sorted(mail.recipients[0] for mail in reminded),
                         sorted(self.letters[number].recipients[0] for number in missing))
        self.total += 22
        received = self.desk.items("papers", "--final", "received")
        self.assertEqual(len(received), 22)
        self.assertEqual([row["id"] for row in received if not row["final"]["on_time"]], [late])
        self.check(accepted=24, rejected=12, withdrawn=3, final=22, total=self.total)

    def correction(self):
        """One title was read wrongly: a person puts it right, and every page and export has it so."""
        self.corrected = self.accepted[4]["id"]
        title, names = CORRECTED
        self.organize("title", self.corrected, title, "--authors", ", ".join(names), "--note", "ligatures")
        self.assertEqual({row["id"]: row["title"] for row in self.desk.items("papers")}[self.corrected], title)

    def authors(self, number):
        if f"P-{number}" == self.corrected:
            return CORRECTED[1]
        return names_of(self.submitters[f"P-{number}"])

    def site(self):
        """Every number is the database's, every link leads somewhere, and no address is named."""
        self.submitters = {row["id"]: row["submitter"] for row in self.desk.items("papers")}
        site = self.desk.folder / "site"
        self.desk.done("site", site, seconds=600)
        shown = check_html(self, site)
        check_no_address(self, self.desk, site)
        self.assertIn(CORRECTED[0], shown["index.html"])
        SiteNumbers(self, self.desk, site, shown, self.authors).check()

    def report(self):
        report = self.desk.folder / "report"
        self.desk.done("report", report, seconds=600)
        ReportNumbers(self, self.desk, check_html(self, report)).check()

    def exports(self):
        Exports(self, self.desk, self.authors).check()


if __name__ == "__main__":
    unittest.main(verbosity=2)
