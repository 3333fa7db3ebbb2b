"""What opened or fooled other desks, through the whole program, each case under the number of that hole."""

import base64
import binascii
import email
import email.policy
import html.parser
import io
import re
import unittest
import zipfile

from support.case import DeskCase
from support.mail import ON_TIME, compose, other_mail, paper, paper_mail, question_mail, text, with_text
from sample.compose import attached  # noqa: I100  after support.mail, which says where it lies


def encoded_word(value):
    return f"=?utf-8?b?{base64.b64encode(value.encode()).decode()}?="


def named(name):
    """An attachment of that name: RFC 2231, every byte escaped."""
    return "attachment; filename*=utf-8''" + "".join(f"%{byte:02X}" for byte in name.encode("utf-8", "surrogateescape"))


def uuencoded(data, name):
    lines = [b"begin 777 " + re.sub(r"[\r\n\x00]", "", name).encode("utf-8", "surrogateescape")]
    for at in range(0, len(data), 45):
        lines.append(binascii.b2a_uu(data[at:at + 45], backtick=True).rstrip(b"\n"))
    return b"\n".join(lines) + b"\n`\nend\n"


class Case(DeskCase):
    def take_in(self, mails, *more):
        folder = self.desk.folder / "mails"
        folder.mkdir(exist_ok=True)
        for name, raw in mails.items():
            (folder / f"{name}.eml").write_bytes(raw)
        self.desk.done("import", *more, *(folder / f"{name}.eml" for name in mails))

    def receipts(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted(self.desk.receipts.rglob("*")) if path.is_file()]


class FileNames(Case):
    NAMES = ["\u200b.htaccess", ".htaccess", "\u200b.env", "../../../evil.pdf", "/tmp/papertray-evil.pdf",
             "..\\..\\evil.pdf", "evil.php", "evil.pdf\x00.php", "papertray.db", "../papertray.db",
             "../log/000001.tar", "P-001_v1.pdf/../../lock", "x" * 5000 + ".pdf", "\udcff\udcfe.pdf", "CON", ".",
             "..", "-rf", "$(touch evil)", "evil\r\nX: y.pdf"]

    def mails(self, names):
        title = 0
        for name in names:
            for way in ("mime", "zip", "uuencode"):
                title += 1
                own = paper(f"Paper {title}", "ada@example.org", f"About {title}.")
                yield f"{title:03}-{way}", compose(f"cve-{title}", ON_TIME + title, f"author{title}@example.org",
                                                   "NIPS Workshop Papers", self.content(way, name, own))

    def content(self, way, name, own):
        if way == "mime":
            return with_text("Our paper.\n", attached(own, "application/pdf", named(name)))
        if way == "zip":
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as archive:
                info = zipfile.ZipInfo()
                info.filename = name.encode("utf-8", "replace").decode()
                info.external_attr = 0o120777 << 16 if name == "evil.php" else 0o777 << 16   # a symbolic link, for one
                archive.writestr(info, own)
            return with_text("Our paper.\n", attached(held.getvalue(), "application/zip", "attachment"))
        return text("") + b"Our paper.\n\n" + uuencoded(own, name)

    def files(self, names):
        """All that lies in the desk's folder after mails with these names."""
        self.take_in(dict(self.mails(names)))
        found = sorted(self.desk.folder.rglob("*"))
        for path in found:
            self.assertFalse(path.is_symlink(), path)
            if self.desk.state in path.parents:
                self.assertEqual(path.stat().st_mode & (0o177 if path.is_file() else 0o077), 0, path)
        self.assertEqual(len(self.desk.papers()), 3 * len(names), self.desk.fates())   # each under its number
        return [str(path.relative_to(self.desk.folder)) for path in found]

    def test_cve_2026_28289_a_senders_file_name_is_no_file_of_ours(self):
        """FreeScout: U+200B before .htaccess, looked at before it was taken away, became a file that Apache obeyed."""
        innocent = self.files(["paper.pdf"] * len(self.NAMES))
        self.desk.close()
        self.setUp()
        self.assertEqual(self.files(self.NAMES), innocent)


class ControlHeaders(Case):
    def decided(self, extra):
        """What becomes of four mails by a stranger, and of a paper that was there before."""
        self.take_in({"first": paper_mail("ada@example.org", "First", name="first")}, "--receipts")
        token, = self.desk.query("SELECT token FROM outbox")[0]
        extra = tuple(line.replace("TOKEN", token) for line in extra)
        self.take_in({
            "paper": paper_mail("eve@example.net", "Second", name="paper", at=ON_TIME + 60, extra=extra),
            "late": paper_mail("mallory@example.net", "Third", name="late", at=ON_TIME + 90 * 86400, extra=extra),
            "question": question_mail("Why?", "eve@example.net", name="question", at=ON_TIME + 61, extra=extra),
            "other": other_mail("Hello.", "eve@example.net", name="other", at=ON_TIME + 62, extra=extra),
        }, "--receipts")
        left_out = {"sha256", "size"}
        rows = {kind: [{key: value for key, value in row.items() if key not in left_out}
                       for row in self.desk.items(kind)] for kind in ("papers", "questions", "messages", "triage")}
        rows["outbox"] = self.desk.query("SELECT kind, recipient, state FROM outbox ORDER BY id")
        rows["notes"] = self.desk.query("SELECT message, text FROM note ORDER BY message, text")
        rows["receipts"] = sorted((mail["To"], mail["Subject"]) for mail in self.receipts())
        return rows

    def test_cve_2023_41259_a_strangers_headers_decide_nothing(self):
        """RT took orders from headers of its own name in any mail."""
        plain = self.decided(())
        self.desk.close()
        self.setUp()
        ordered = self.decided(("X-Papertray-Id: TOKEN", "X-Papertray-Submission: P-1", "X-Papertray-Track: papers",
                                "X-Papertray-Fate: accepted", "X-Papertray-State: accepted", "X-Papertray-Version: 2",
                                "X-Papertray-Received-At: 2017-10-01T00:00:00Z", "X-Papertray-Withdraw: P-1",
                                "X-Papertray-To: victim@example.org", "RT-Send-Cc: victim@example.org",
                                "RT-Send-Bcc: victim@example.org", "RT-Squelch-Replies-To: ada@example.org",
                                "X-RT-Incoming-Encryption: Success", "X-RT-Ticket: TOKEN", "X-RT-Privacy: PGP",
                                "X-GM-MSGID: 1", "X-Status: A", "Status: RO", "X-UID: 1", "X-Mozilla-Status: 0001",
                                "Envelope-To: victim@example.org", "Delivered-To: victim@example.org",
                                "Disposition-Notification-To: victim@example.org",
                                "Return-Receipt-To: victim@example.org", "Errors-To: victim@example.org"))
        self.assertEqual(ordered, plain)
        self.assertEqual(len(plain["papers"]), 3)


class Tags(html.parser.HTMLParser):
    """What a mail program makes of a page: the tags with their attributes, and the words between them."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *attrs))

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.tags.append(("comment", data))


class Markup(Case):
    SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></p></title><!--"
    TAGS = {("html", ("lang", "en")), ("head",), ("meta", ("charset", "utf-8")), ("title",), ("p",), ("pre",), ("br",),
            ("blockquote",), ("body", ("style", "font-family: sans-serif; max-width: 42em"))}

    def mails(self):
        yield "id", paper_mail(f'"{encoded_word(self.SCRIPT)}" <ada@example.org>', "One", name="id",
                               own_id="<1'\"><script>alert(1)</script>@example.org>")
        yield "subject", paper_mail(f"{encoded_word(self.SCRIPT)} <bob@example.org>", "Two", name="subject",
                                    subject=encoded_word("NIPS Workshop Papers " + self.SCRIPT))
        yield "question", question_mail(self.SCRIPT, "cleo@example.org", name="question")
        yield "lines", question_mail(f"Why?\n\n{self.SCRIPT}\n  {self.SCRIPT}\n> {self.SCRIPT}\nSo?",
                                     "fay@example.org", name="lines")
        yield "html", compose("html", ON_TIME, "dan@example.org", "NIPS Workshop Questions",
                              text("<p>Why?<b>&lt;script&gt;alert(1)&lt;/script&gt;</b></p>", kind="html"))
        yield "file", compose("file", ON_TIME, "eve@example.org", "NIPS Workshop Papers",
                              with_text("x", attached(paper("T", "e@example.org", "x"), "application/pdf",
                                                      named(self.SCRIPT + ".pdf"))))

    def test_cve_2019_13122_and_cve_2024_42009_a_strangers_words_are_no_markup(self):
        """Patchwork put a Message-ID into a page as it was, Roundcube a body. In a receipt's HTML there are our tags
        and no other, a script is the words that it is made of."""
        mails = dict(self.mails())
        self.take_in(mails, "--receipts")
        receipts = self.receipts()
        self.assertEqual(len(receipts), len(mails))
        words = ""
        for receipt in receipts:
            parts = [part for part in receipt.walk() if not part.is_multipart()]
            self.assertEqual([part.get_content_type() for part in parts], ["text/plain", "text/html"])
            page = Tags(parts[1].get_content())
            self.assertLessEqual(set(page.tags), self.TAGS)
            words += page.words
        self.assertGreaterEqual(words.count("<script>alert(1)</script>"), 4)
        for kind in ("papers", "questions", "messages"):
            for row in self.desk.items(kind):
                self.desk.json("show", row["id"])
                if kind == "messages":
                    self.desk.json("explain", row["id"])
        self.assertEqual([path for path in self.desk.state.rglob("*") if re.search(r"html?$|svg$|xml$", path.name)], [])


class Injection(Case):
    HEADERS = {"return-path", "from", "to", "subject", "date", "message-id", "in-reply-to", "references",
               "auto-submitted", "x-auto-response-suppress", "precedence", "x-papertray-id", "mime-version",
               "content-type", "content-transfer-encoding"}

    def test_line_breaks_in_what_goes_into_a_header(self):
        """CR, LF and NUL out of encoded words, parameters and ids: a receipt has its own headers and one receiver."""
        sink = self.sink()
        self.desk.write(smtp=f'url = "smtp://127.0.0.1:{sink.port}"')
        mails, number = {}, 0
        for broken in ("\r\nBcc: victim@example.org", "\nBcc: victim@example.org", "\rBcc: victim@example.org",
                       "\0Bcc: victim@example.org", "\r\n\r\n<b>body</b>", "\u2028Bcc: victim@example.org",
                       "\u0085Bcc: victim@example.org", "\r\n.\r\nMAIL FROM:<>\r\n"):
            number += 1
            folded = broken.replace("\r\n", "\n").replace("\n", "\n ")   # in a header as it stands
            mails[f"subject-{number}"] = paper_mail(f"a{number}@example.org", f"A {number}", name=f"s{number}",
                                                    subject=encoded_word("NIPS Workshop Papers " + broken))
            mails[f"name-{number}"] = paper_mail(f"{encoded_word('Ada' + broken)} <b{number}@example.org>",
                                                 f"B {number}", name=f"n{number}")
            mails[f"file-{number}"] = compose(
                f"f{number}", ON_TIME, f"c{number}@example.org", "NIPS Workshop Papers",
                with_text("x", attached(paper(f"C {number}", "c@example.org", "x"), "application/pdf",
                                        named("a" + broken + ".pdf"))))
            mails[f"id-{number}"] = paper_mail(f"d{number}@example.org", f"D {number}", name=f"i{number}",
                                               own_id=f"<a{folded}{number}@example.org>")
            mails[f"question-{number}"] = question_mail("Why?" + broken, f"e{number}@example.org", name=f"q{number}")
        self.take_in(mails, "--receipts")
        self.assertEqual(self.desk.query("SELECT state, count(*) FROM outbox GROUP BY state"), [("sent", len(mails))])
        self.assertEqual(len(sink.delivered), len(mails))
        for one in sink.delivered:
            self.assertEqual(len(one.recipients), 1)
            self.assertRegex(one.recipients[0], r"\A[a-e]\d+@example\.org\Z")
            self.assertEqual(one.mail["To"], one.recipients[0])
            names = [name.lower() for name in one.mail.keys()]
            self.assertEqual(len(names), len(set(names)), names)
            self.assertLessEqual(set(names), self.HEADERS)
            self.assertNotRegex(one.raw, rb"\r(?!\n)|(?<!\r)\n|\0")


if __name__ == "__main__":
    unittest.main(verbosity=2)
