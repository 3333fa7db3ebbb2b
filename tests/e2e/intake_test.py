"""Mail in over a real IMAP server, submission recorded, receipt out over a real SMTP server."""

import hashlib
import ssl
import tarfile
import unittest

from support.case import MailCase
from support.mail import LAST_SECOND, ON_TIME, compose, other_mail, paper, paper_mail, question_mail, text, utc


def crlf(raw):
    return raw.replace(b"\n", b"\r\n")


class TakingIn(MailCase):
    def fill(self):
        """A mailbox with every fate. Returns Message-ID's local part -> (fate, answered address or "")."""
        vacation = compose("vacation", ON_TIME, "away@example.org", "Re: NIPS Workshop Papers", text("I am away.\n"),
                           extra=("Auto-Submitted: auto-replied",))
        wanted = {
            "paper": (paper_mail("ada@example.org", "One", name="paper"), ON_TIME, "recorded", "ada@example.org"),
            "last-second": (paper_mail("bob@example.org", "Two", name="last-second"), LAST_SECOND, "recorded",
                            "bob@example.org"),
            "too-late": (paper_mail("cleo@example.org", "Three", name="too-late"), LAST_SECOND + 1, "recorded",
                         "cleo@example.org"),
            "question": (question_mail("Why?", "dan@example.org", name="question"), ON_TIME, "recorded",
                         "dan@example.org"),
            "no-pdf": (other_mail("Forgot it.", "eve@example.org", subject="NIPS Workshop Papers", name="no-pdf"),
                       ON_TIME, "triage", "eve@example.org"),
            "contact": (other_mail("Where is it?", "fay@example.org", name="contact"), ON_TIME, "triage", ""),
            "vacation": (vacation, ON_TIME, "ignored", ""),
            "noreply": (paper_mail("noreply@example.org", "Four", name="noreply"), ON_TIME, "recorded", ""),
        }
        for raw, at, _, _ in wanted.values():
            self.server.append(self.user, raw, at)
        return wanted

    def test_every_mail_gets_its_fate_and_its_receipt(self):
        sink = self.sink()
        self.connect(sink)
        wanted = self.fill()
        self.desk.done("run", "--once")

        rows = self.desk.query("SELECT message_id, fate, sha256, clock, received_at FROM message ORDER BY id")
        self.assertEqual([(row[0].split(".")[0], row[1]) for row in rows], [(name, want[2]) for name, want in wanted.items()])
        for (_, _, sha256, clock, received_at), (raw, at, _, _) in zip(rows, wanted.values()):
            self.assertEqual(sha256, hashlib.sha256(crlf(raw)).hexdigest())
            self.assertEqual((clock, received_at), ("INTERNALDATE", at))
        self.assertEqual(self.desk.fates(), {"recorded": 5, "triage": 2, "ignored": 1})

        # Exactly one receipt for each mail that may be answered.
        answered = {name: want[3] for name, want in wanted.items() if want[3]}
        self.assertEqual(sorted(mail.recipients for mail in sink.delivered), sorted([to] for to in answered.values()))
        by_recipient = {mail.recipients[0]: mail for mail in sink.delivered}
        for name, address in answered.items():
            with self.subTest(name):
                delivered = by_recipient[address]
                self.assertIn(delivered.sender, ("", None, "<>"))   # MAIL FROM:<>
                self.assertEqual(delivered.mail["Auto-Submitted"], "auto-replied")
                self.assertEqual(delivered.mail["In-Reply-To"], f"<{name}.2017@mail.example.org>")
                self.assertIn(f"<{name}.2017@mail.example.org>", delivered.mail["References"])
                self.assertRegex(delivered.mail["X-Papertray-Id"], r"\Apt-[0-9a-f]{24}\Z")
                self.assertIn(address, delivered.mail["To"])
                self.assertNotRegex(delivered.raw, rb"(?<!\r)\n|\r(?!\n)")
        self.assertEqual(len({mail.mail["Message-ID"] for mail in sink.delivered}), len(answered))
        self.assertEqual(self.desk.query("SELECT count(*) FROM outbox WHERE state = 'sent'"), [(len(answered),)])
        self.assertEqual(self.desk.query("SELECT state FROM outbox WHERE recipient = 'noreply@example.org'"),
                         [("suppressed",)])

        self.assertEqual(set(map(frozenset, self.server.flags(self.user).values())),
                         {frozenset({r"\Seen", "$Papertray"})})

    def test_receipts_say_what_was_received(self):
        sink = self.sink()
        self.connect(sink)
        self.fill()
        self.desk.done("run", "--once")
        bodies = {mail.recipients[0]: mail.mail.get_body().get_content() for mail in sink.delivered}
        document = paper("One", "ada@example.org", "About One.")
        for words in ("P-1", "paper.pdf", f"{len(document):,} bytes", hashlib.sha256(document).hexdigest(), "2017-10-20"):
            self.assertIn(words, bodies["ada@example.org"])
        self.assertIn("late", bodies["cleo@example.org"].lower())
        self.assertIn("Why?", bodies["dan@example.org"])
        self.assertIn("PDF", bodies["eve@example.org"])

    def test_papers_and_log_hold_the_very_bytes(self):
        self.connect()
        wanted = self.fill()
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.papers(), ["P-001_v1.pdf", "P-002_v1.pdf", "P-003_v1.pdf", "P-004_v1.pdf"])
        self.assertEqual((self.desk.state / "papers/P-001_v1.pdf").read_bytes(), paper("One", "ada@example.org", "About One."))
        with tarfile.open(self.desk.state / "log/000001.tar") as tar:
            mails = [tar.extractfile(entry).read() for entry in tar if entry.name.startswith("mail/")]
        self.assertEqual(mails, [crlf(raw) for raw, _, _, _ in wanted.values()])

    def test_a_second_run_does_nothing(self):
        sink = self.sink()
        self.connect(sink)
        self.fill()
        self.desk.done("run", "--once")
        before = self.desk.tables(), self.desk.log_bytes(), len(sink.delivered), self.server.state(self.user)
        self.desk.done("run", "--once")
        self.assertEqual((self.desk.tables(), self.desk.log_bytes(), len(sink.delivered), self.server.state(self.user)), before)

    def test_only_what_is_new_is_taken_in(self):
        sink = self.sink()
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.server.append(self.user, question_mail(author="bob@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual([mail.recipients for mail in sink.delivered], [["ada@example.org"], ["bob@example.org"]])
        self.assertEqual(self.desk.fates(), {"recorded": 2})

    def test_delivered_over_lmtp_is_received_now(self):
        self.connect()
        self.server.deliver(self.user, paper_mail("ada@example.org"))
        self.desk.done("run", "--once")
        paper_row, = self.desk.items("papers")
        self.assertFalse(paper_row["on_time"])   # the deadline was in 2017, whatever the mail's headers say
        self.assertEqual(self.desk.query("SELECT clock FROM message"), [("INTERNALDATE",)])

    def test_over_tls(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server.tls.cert, self.server.tls.key)
        sink = self.sink(tls=context)
        self.desk.write(self.imaps(ca_file=self.server.tls.ca), smtp=f'url = "smtps://127.0.0.1:{sink.port}"')
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual([mail.recipients for mail in sink.delivered], [["ada@example.org"]])
        self.assertEqual(sink.logins, [self.user])   # the mailbox's login, since [smtp] names none

    def test_more_mails_than_a_batch_holds(self):
        self.connect(receipts='mode = "off"')
        count = 430
        with self.server.client(self.user) as client:
            for number in range(count):
                raw = crlf(question_mail(f"Question {number}?", f"asker-{number}@example.org"))
                client.append("INBOX", "", '"20-Oct-2017 12:00:00 +0000"', raw)
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.fates(), {"recorded": count})
        self.assertEqual(len(self.desk.items("questions")), count)
        self.assertEqual(sum("$Papertray" in flags for flags in self.server.flags(self.user).values()), count)

    def test_a_folder_made_anew_doubles_nothing(self):
        """Another UIDVALIDITY: all UIDs are news, the mails are not."""
        sink = self.sink()
        self.connect(sink, folders=["Desk"])
        first, second = paper_mail("ada@example.org"), paper_mail("bob@example.org", "Another")
        self.server.create(self.user, "Desk")
        self.server.append(self.user, first, ON_TIME, "Desk")
        self.desk.done("run", "--once")
        with self.server.client(self.user) as client:
            client.delete("Desk")
        self.server.create(self.user, "Desk")
        self.server.append(self.user, first, ON_TIME, "Desk")
        self.server.append(self.user, second, ON_TIME, "Desk")
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.fates(), {"recorded": 2})
        self.assertEqual([mail.recipients for mail in sink.delivered], [["ada@example.org"], ["bob@example.org"]])

    def test_a_version_on_the_receipts_thread(self):
        """An author answers our receipt with a new version."""
        sink = self.sink()
        self.connect(sink)
        self.server.append(self.user, paper_mail("ada@example.org", "One"), ON_TIME)
        self.desk.done("run", "--once")
        receipt = sink.delivered[0].mail
        self.server.append(self.user, paper_mail(
            "ada@example.org", "Two", subject=f"Re: {receipt['Subject']}",
            extra=(f"In-Reply-To: {receipt['Message-ID']}",)), utc(10, 21, 12, 0))
        self.desk.done("run", "--once")
        row, = self.desk.items("papers")
        self.assertEqual((row["id"], row["versions"]), ("P-1", 2))
        self.assertEqual(self.desk.papers(), ["P-001_v1.pdf", "P-001_v2.pdf"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
