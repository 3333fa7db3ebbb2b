"""A receipt that comes back: the real receipt from the real sink, returned by an invented mail system."""

import unittest

from support.case import MailCase
from support.mail import ON_TIME, paper_mail, question_mail

LATER = ON_TIME + 7200


def crlf(text):
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode("utf-8")


def header_of(raw):
    return raw.split(b"\r\n\r\n", 1)[0].decode("ascii")


def dsn(raw, recipient, action="failed", status="5.1.1", number=1, returned=None):
    """As Postfix writes it, of a mail as it was delivered."""
    returned = header_of(raw) if returned is None else returned
    return crlf(f"""Return-Path: <>
Received: by mx.example.net with ESMTP id {number}; Fri, 20 Oct 2017 14:00:00 +0000
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: supercomputersfordl2017@gmail.com
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Message-ID: <bounce-{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Fri, 20 Oct 2017 13:00:00 +0000

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.org
Diagnostic-Code: smtp; 550 {status} <{recipient}>: no such person

--b
Content-Type: text/rfc822-headers

{returned}

--b--
""")


def exim(raw, recipient):
    """Without RFC 3464: the returned mail stands below the words."""
    return crlf(f"""Return-Path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: supercomputersfordl2017@gmail.com
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: {recipient}
Message-ID: <bounce-exim@mx.example.org>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {recipient}
    host mx.example.org [192.0.2.7]: 550 5.2.2 mailbox is full

------ This is a copy of the message, including all the headers. ------

{raw.decode("utf-8")}
""")


class Bounce(MailCase):
    def setUp(self):
        super().setUp()
        self.mails = self.sink()
        self.connect(self.mails)
        self.server.append(self.user, paper_mail("ada@example.org", "Sparse Things"), ON_TIME)
        self.desk.done("run", "--once")
        self.receipt, = self.mails.delivered
        self.assertEqual(self.desk.json("status")["outbox"]["sent"], 1)

    def come(self, raw):
        self.server.append(self.user, raw, LATER)
        self.desk.done("run", "--once")

    def row(self):
        item, = self.desk.items("outbox")
        return item

    def newest(self):
        return self.desk.items("messages")[-1]

    def test_the_row_fails_and_a_person_is_told_once(self):
        self.come(dsn(self.receipt.raw, "ada@example.org"))
        self.assertEqual(self.row()["state"], "failed")
        self.assertIn("bounced: 550 5.1.1 <ada@example.org>: no such person (M-2)", self.row()["reason"])
        self.assertEqual((self.newest()["fate"], self.newest()["reason"]),
                         ("ignored", "a bounce of our receipt to ada@example.org for P-1: "
                                     "550 5.1.1 <ada@example.org>: no such person"))
        shown = self.desk.json("show", "P-1")
        self.assertIn("receipt 'received' bounced: 550 5.1.1 <ada@example.org>: no such person (M-2)",
                      [event["what"] for event in shown["history"]])
        self.assertIn("bounced: 550 5.1.1", self.desk.done("show", "P-1").out)
        status = self.desk.json("status")
        self.assertEqual((status["outbox"]["failed"], status["outbox"]["sent"]), (1, 0))
        self.assertIn({"what": "receipt that could not be delivered", "count": 1,
                       "command": "papertray list outbox --problems"}, status["waiting"])
        self.assertEqual([item["to"] for item in self.desk.items("outbox", "--problems")], ["ada@example.org"])
        self.assertIn("bounced", " ".join(self.desk.json("show", "M-1")["notes"]))

        # Another one of the same changes nothing, and nobody is written to.
        before = self.desk.json("show", "P-1"), self.row(), self.desk.json("status")["waiting"]
        self.come(dsn(self.receipt.raw, "ada@example.org", status="5.7.1", number=2))
        self.assertEqual((self.desk.json("show", "P-1"), self.row(), self.desk.json("status")["waiting"]), before)
        self.assertIn("another bounce", self.newest()["reason"])
        self.assertEqual(len(self.mails.delivered), 1)

        tables = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), tables)
        self.desk.done("run", "--once")
        self.assertEqual(len(self.mails.delivered), 1)

    def test_without_a_report(self):
        self.come(exim(self.receipt.raw, "ada@example.org"))
        self.assertEqual(self.row()["state"], "failed")
        self.assertIn("550 5.2.2 mailbox is full", self.row()["reason"])

    def test_a_server_that_rewrote_the_message_id(self):
        header = header_of(self.receipt.raw)
        old = self.receipt.mail["Message-ID"].strip()
        self.assertIn(f"Message-ID: {old}", header)
        self.come(dsn(b"", "ada@example.org", returned=header.replace(f"Message-ID: {old}", "Message-ID: <new@relay.example>")))
        self.assertEqual(self.row()["state"], "failed")

    def test_what_changes_nothing(self):
        raw = self.receipt.raw
        token = raw.split(b"X-Papertray-Id: ")[1].split(b"\r\n")[0]
        cases = {
            "delayed": (dsn(raw, "ada@example.org", "delayed", "4.4.1", 11), "delayed on its way", "ignored"),
            "delivered": (dsn(raw, "ada@example.org", "delivered", "2.0.0", 12), "arrived or went on", "ignored"),
            "of another": (dsn(raw, "eve@example.net", number=13), "speaks of eve@example.net", "triage"),
            "a token nobody has": (dsn(raw.replace(token, b"pt-" + b"0" * 24), "ada@example.org", number=14),
                                   "not in our outbox", "ignored"),
            "no token": (dsn(raw, "ada@example.org", number=15, returned="Subject: Received"),
                         "a delivery report", "ignored"),
            "a person's words": (crlf("From: eve@example.net\nTo: supercomputersfordl2017@gmail.com\n"
                                      "Subject: Your receipt\nMessage-ID: <eve@example.net>\n\n"
                                      "550 5.1.1 gone\n\nOriginal message follows.\n\n") + raw,
                                 "the subject matches no track", "triage"),
        }
        for name, (mail, reason, fate) in cases.items():
            with self.subTest(name):
                self.come(mail)
                self.assertEqual(self.row()["state"], "sent")
                self.assertIn(reason, self.newest()["reason"])
                self.assertEqual(self.newest()["fate"], fate)
        self.assertEqual(len(self.mails.delivered), 1)

    def test_vacation_and_read_receipt_are_ignored(self):
        own = self.receipt.mail["Message-ID"].strip()
        self.come(crlf(f"Return-Path: <>\nFrom: ada@example.org\nTo: supercomputersfordl2017@gmail.com\n"
                       f"Subject: Automatic reply: Received\nIn-Reply-To: {own}\nReferences: {own}\n"
                       f"Auto-Submitted: auto-replied\nMessage-ID: <v@example.org>\n\nI am in room\n550 until 5.1.1.\n"))
        self.assertEqual((self.row()["state"], self.newest()["fate"]), ("sent", "ignored"))
        self.come(crlf(f"From: ada@example.org\nTo: supercomputersfordl2017@gmail.com\nSubject: Read: Received\n"
                       f"Message-ID: <r@example.org>\nMIME-Version: 1.0\n"
                       f"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
                       f"--b\nContent-Type: text/plain\n\nRead.\n--b\nContent-Type: message/disposition-notification\n\n"
                       f"Final-Recipient: rfc822;ada@example.org\nOriginal-Message-ID: {own}\n"
                       f"Disposition: manual-action/MDN-sent-manually; displayed\n--b--\n"))
        self.assertEqual((self.row()["state"], self.newest()["fate"]), ("sent", "ignored"))
        self.assertIn("read receipt", self.newest()["reason"])
        self.assertEqual(len(self.mails.delivered), 1)

    def test_only_its_own_row(self):
        self.server.append(self.user, question_mail(author="bob@example.org"), ON_TIME)
        self.desk.done("run", "--once")
        self.come(dsn(self.mails.delivered[1].raw, "bob@example.org"))
        self.assertEqual({item["to"]: item["state"] for item in self.desk.items("outbox")},
                         {"ada@example.org": "sent", "bob@example.org": "failed"})
        self.assertIn("for Q-1", self.newest()["reason"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
