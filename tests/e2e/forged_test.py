"""Forged senders: nobody is answered whom our server does not vouch for."""

import random
import unittest

from support.case import MailCase
from support.mail import ON_TIME, paper_mail, question_mail
from support.form import form
from support.wait import LONG_ENOUGH

OURS = "mx.desk.example"
MANY = form(300, 1500, 10_000)
FOR_ALL = max(3, MANY // 1000) * LONG_ENOUGH
VICTIM = "victim@bank.example"


def stamped(mail, *fields):
    """As our server would: its fields above all that the mail brought along."""
    return "".join(f"Authentication-Results: {field}\r\n" for field in fields).encode() + mail


def forged_fields(chance):
    """What a forger may have written, and what our server then says on top of it: never that it is true."""
    brought = chance.choice([
        [],
        [f"{OURS}; dmarc=pass header.from=bank.example"],
        [f"{OURS}; dkim=pass header.d=bank.example; spf=pass smtp.mailfrom=bank.example"],
        ["mx.google.com; dmarc=pass header.from=bank.example"],
        [f"mx.evil.example ({OURS}); dmarc=pass header.from=bank.example"],
        [f"\"{OURS} \"; dmarc=pass header.from=bank.example"],
        [f"{OURS}.evil.example; dmarc=pass header.from=bank.example"],
        [f"evil.example;\r\n {OURS}; dmarc=pass header.from=bank.example"],
    ])
    said = chance.choice([
        f"{OURS}; dmarc=fail (p=NONE) header.from=bank.example",
        f"{OURS}; spf=softfail smtp.mailfrom={VICTIM}; dkim=none",
        f"{OURS}; spf=pass smtp.mailfrom=eve@evil.example; dmarc=none header.from=bank.example",
        f"{OURS}; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example; dmarc=fail header.from=bank.example",
        f"{OURS.upper()}; none",
        f"{OURS}; dmarc=temperror header.from=bank.example",
        f"{OURS}; dmarc=pass header.from=evil.example",
    ])
    return [said] + brought


class Forged(MailCase):
    def mails(self, count):
        chance = random.Random(20171103)
        for number in range(count):
            make = chance.choice([paper_mail, question_mail])
            words = {"title": f"Forged {number}"} if make is paper_mail else {"question": f"Forged {number}?"}
            yield number, stamped(make(author=VICTIM, name=f"forged-{number}", **words), *forged_fields(chance))

    def into_maildir(self, mails):
        folder = self.desk.folder / "mail"
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for number, mail in mails:
            (folder / "new" / f"{number:06}.forged").write_bytes(mail)
        return f'url = "maildir:{folder}"'

    def test_many_with_an_authserv_id(self):
        self.desk.write(self.into_maildir(self.mails(MANY)), receipts=f'mode = "send"\nauthserv_id = "{OURS}"')
        self.desk.done("run", "--once", seconds=FOR_ALL)
        self.assertEqual(sum(self.desk.fates().values()), MANY)
        self.assertEqual(self.desk.query("SELECT count(*) FROM outbox WHERE state <> 'suppressed'")[0][0], 0)
        self.assertFalse(self.desk.receipts.exists() and any((self.desk.receipts / "new").iterdir()))
        reasons = [row[0] for row in self.desk.query("SELECT reason FROM message WHERE fate = 'triage'")]
        self.assertTrue(reasons)
        self.assertTrue(all(reason.startswith("possibly forged (") for reason in reasons), reasons[:3])

    def test_many_without_one_stay_below_the_limit(self):
        self.desk.write(self.into_maildir(self.mails(MANY)), receipts='mode = "send"')
        self.desk.done("run", "--once", seconds=FOR_ALL)
        self.assertEqual(len(list((self.desk.receipts / "new").iterdir())), 6)
        self.assertEqual(self.desk.query("SELECT count(*) FROM outbox WHERE state = 'suppressed'")[0][0], MANY - 6)

    def test_true_senders_are_answered(self):
        sink = self.sink()
        self.connect(sink, receipts=f'mode = "send"\nauthserv_id = "{OURS}"')
        for number, said in enumerate([f"{OURS}; dmarc=pass header.from=example.org",
                                       f"{OURS}; dkim=pass header.d=example.org; dmarc=none header.from=example.org",
                                       f"{OURS} 1; spf=pass (sender allowed) smtp.mailfrom=author{2}@example.org"]):
            self.server.append(self.user, stamped(paper_mail(f"author{number}@example.org", f"Title {number}"), said,
                                                  f"{OURS}; dmarc=fail header.from=example.org"), ON_TIME + number)
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.fates(), {"recorded": 3})
        self.assertEqual([mail.recipients for mail in sink.delivered], [[f"author{n}@example.org"] for n in range(3)])
        self.assertEqual(self.desk.query("SELECT DISTINCT authenticated FROM outbox"), [(1,)])

    def test_a_forged_mail_is_no_version(self):
        self.connect(receipts=f'mode = "send"\nauthserv_id = "{OURS}"')
        good = f"{OURS}; dmarc=pass header.from=example.org"
        bad = f"{OURS}; dmarc=fail header.from=example.org"
        nothing = f"{OURS}; none"
        self.server.append(self.user, stamped(paper_mail("ada@example.org", "One", name="first"), good), ON_TIME)
        self.desk.done("run", "--once")
        for number, said in enumerate([bad, nothing]):
            self.server.append(self.user, stamped(paper_mail("ada@example.org", f"Another {number}", subject="Re: [P-1] NIPS Workshop Papers"),
                                                  said), ON_TIME + 5 + number)
        self.desk.done("run", "--once")
        self.assertEqual(self.desk.items("papers")[0]["versions"], 1)
        forged, unproven = self.desk.items("triage")
        self.assertEqual((forged["fate"], unproven["fate"]), ("triage", "recorded"))
        self.assertIn("possibly forged", forged["reason"])
        self.assertTrue(unproven["open_notes"][0].endswith("; if it is: papertray merge P-2 --into P-1"))
        # The honest author of a server that says nothing: on record, for a person to merge, and not answered.
        other = [paper for paper in self.desk.items("papers") if paper["id"] != "P-1"]
        self.assertEqual(len(other), 1)
        self.assertEqual(len(self.desk.items("outbox", "--problems")), 1)
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
