"""Papers with something odd about the mail, and mails that were meant to bring one."""

from .compose import DESK, Expected, LAST_SECOND, Mail, attached, compose, mail_date, multipart, pdf, received, text, utc, with_text
from .papers import ABSTRACT, LETTER, SUBJECT, plain, taken
from .pdf import paper


def headers():
    """The mail is odd, the paper is a paper."""
    yield plain("date-lies", utc(10, 28, 10, 10, 10), "Xenia Roth <xenia@roth.example>", SUBJECT, "Clocks That Lie",
                taken(), "Date is a year ahead: it is the sender's word and never counts", "clocks.pdf",
                date=mail_date(utc(10, 28, 10, 10, 10, year=2018)))
    at = utc(10, 28, 11, 0, 0)
    yield plain("clocks-disagree", at, "Yusuf Aydin <yusuf@aydin.example>", SUBJECT, "Two Clocks, One Hour",
                taken(noted=True), "Delivery-date is an hour off the topmost Received: a note", "two-clocks.pdf",
                trace=[f"Delivery-date: {mail_date(at + 3600)}", received(at),
                       received(at - 3600, by="mail.example.org", sent_from="[198.51.100.17]")])
    yield plain("no-message-id", utc(10, 29, 9, 0, 0), "Zoe Marsh <zoe@marsh.example>", SUBJECT, "Anonymous Gradients",
                taken(), "no Message-ID", "anonymous.pdf", own_id="")
    yield plain("no-from", utc(10, 29, 9, 5, 0), "", SUBJECT, "A Paper Without a Sender",
                taken(answered=False), "no From: recorded, nobody can be answered", "nobody.pdf",
                return_path="gateway@institute.example")
    yield plain("from-ourselves", utc(10, 29, 9, 10, 0), f"DLSC desk <{DESK}>", SUBJECT, "Notes From the Desk",
                taken(answered=False), "from our own address: never answered", "desk.pdf")
    yield plain("noreply-sender", utc(10, 29, 9, 15, 0), "Institute gateway <noreply@institute.example>", SUBJECT,
                "Do Not Reply", taken(answered=False), "from a noreply address: never answered", "gateway.pdf")
    at = utc(10, 30, 23, 59, 59)
    yield plain("delivery-date-only", at, "Anna Bell <anna@bell.example>", SUBJECT, "Just in Time",
                taken(), "no Received header: Delivery-date counts", "just-in-time.pdf",
                trace=[f"Delivery-date: {mail_date(at)}"])


def problem(**more):
    return Expected("triage", "papers", receipt="problem", **more)


def incomplete():
    """Meant for the papers, but there is no paper in it: the sender is told."""
    def odd(name, at, sender, content, about, subject=SUBJECT, expected=None, **more):
        return Mail(name, at, compose(name, at, sender, subject, content, **more), expected or problem(), about)

    yield odd("no-pdf", utc(10, 30, 8, 0, 0), "Carl Voss <carl@voss.example>",
              text("Dear organizers,\n\nour paper is attached.\n\nCarl Voss\n"), "the attachment was forgotten")
    broken = b"<html><body>Your session has expired. Please log in to download paper.pdf</body></html>\n"
    yield odd("broken-pdf", utc(10, 30, 8, 30, 0), "Dina Falk <dina@falk.example>",
              with_text(LETTER, pdf(broken, "paper.pdf")), "labelled application/pdf, but a log-in page")
    document = b"PK\x03\x04" + b"\x14\x00\x06\x00\x08\x00" + b"[Content_Types].xml word/document.xml " * 20
    yield odd("word-document", utc(10, 30, 9, 0, 0), "Erik Holt <erik@holt.example>",
              with_text(LETTER, attached(
                  document, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document; name="paper.docx"',
                  'attachment; filename="paper.docx"')), "a .docx instead of a PDF")
    yield odd("drive-link", utc(10, 30, 9, 30, 0), "Fatma Kaya <fatma@kaya.example>",
              text("Hello,\n\nthe paper is too large for our mail server, please fetch it from\n"
                   "https://drive.google.com/file/d/1ExampleExampleExample/view\n\nFatma\n"), "a link instead of a PDF")
    sealed = ("-----BEGIN PGP MESSAGE-----\n\nhQEMAwAAAAAAAAAAAQf/ZXhhbXBsZSBvbmx5LCBub3RoaW5nIGluc2lkZQ==\n"
              "=ABCD\n-----END PGP MESSAGE-----\n").encode()
    yield odd("encrypted", utc(10, 30, 10, 0, 0), "Gero Lutz <gero@lutz.example>",
              multipart('encrypted; protocol="application/pgp-encrypted"',
                        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
                        b'Content-Type: application/octet-stream; name="encrypted.asc"\n\n' + sealed),
              "encrypted with PGP: nobody here can open it")
    yield odd("near-miss-no-pdf", utc(10, 30, 10, 30, 0), "Hana Sato <hana@sato.example>",
              text("Hi,\n\nis it possible to submit a paper of three pages?\n\nHana\n"),
              "a near miss of the subject, and no PDF: for a person", subject="NIPS Workshop Paper",
              expected=Expected("triage"))


def oddities():
    yield from headers()
    yield from incomplete()
