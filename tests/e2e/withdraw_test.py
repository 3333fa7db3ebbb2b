"""A paper taken back by mail: the real question from the real sink, answered by its author and by others."""

import itertools
import unittest

from support.case import MailCase
from support.mail import ON_TIME, compose, other_mail, paper_mail, pdf, text, with_text
from sample.pdf import paper

ADA = "ada@example.org"
numbers = itertools.count(1)


def reply(to, said, author=ADA, extra=(), content=None):
    """As people's programs answer: the thread in the header, our mail quoted below."""
    own = to.mail["Message-ID"].strip()
    quoted = "\n".join("> " + line for line in to.mail.get_body(("plain",)).get_content().splitlines())
    thread = to.mail["References"].split() + ([] if own in to.mail["References"] else [own])
    body = f"{said}\n\nOn Fri, Oct 20, 2017 at 12:00 PM, the desk <desk@example.com> wrote:\n\n{quoted}\n"
    return compose(f"reply-{next(numbers)}", ON_TIME + 600, author, f"Re: {to.mail['Subject']}",
                   text(body) if content is None else with_text(body, content),
                   extra=(f"In-Reply-To: {own}", f"References: {' '.join(thread)}", *extra))


class Withdraw(MailCase):
    def setUp(self):
        super().setUp()
        self.mails = self.sink()
        self.connect(self.mails)
        self.come(paper_mail(ADA, "Sparse Things"))
        self.receipt, = self.mails.delivered

    def come(self, raw):
        self.server.append(self.user, raw, ON_TIME + 600)
        self.desk.done("run", "--once")

    def newest(self):
        return self.desk.items("messages")[-1]

    def kinds(self):
        return [row["kind"] for row in self.desk.items("outbox")]

    def state(self):
        return self.desk.items("papers")[0]["state"]

    def ask(self):
        self.come(reply(self.receipt, "Dear organizers,\n\nplease withdraw our paper."))
        question = self.mails.delivered[-1]
        self.assertEqual(question.mail["Subject"], "[P-1] Is P-1 to be withdrawn? - NIPS Workshop Papers")
        return question

    def test_asked_for_asked_back_and_confirmed(self):
        question = self.ask()
        self.assertEqual((self.state(), self.newest()["fate"], self.newest()["submission"]),
                         ("submitted", "recorded", "P-1"))
        self.assertEqual(question.mail["Auto-Submitted"], "auto-replied")
        self.come(reply(question, "Yes, please."))
        self.assertEqual(self.state(), "withdrawn")
        self.assertEqual(self.kinds(), ["received", "confirm-withdrawal", "withdrawn"])
        self.assertIn("P-1 is withdrawn", self.mails.delivered[-1].mail["Subject"])
        self.assertEqual(self.desk.json("show", "P-1")["state"], "withdrawn")
        self.assertIn("withdrawn", self.desk.done("show", "P-1").out)
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["withdrawn"], 1)
        self.assertEqual(len(self.desk.items("papers", "--decision", "withdrawn")), 1)
        self.assertEqual(self.desk.fates(), {"recorded": 3})

        # A new PDF on the thread undoes nothing, and nobody loses it.
        self.come(reply(question, "Here it is.", content=pdf(paper("Sparse Things", ADA, "New."), "new.pdf")))
        self.assertEqual((self.newest()["submission"], self.state()), ("P-2", "withdrawn"))
        note = "seems to continue P-1, which was withdrawn; if it does: papertray merge P-2 --into P-1"
        self.assertEqual(self.newest()["open_notes"], [note])
        for command in (("show", "P-2"), ("list", "triage")):
            self.assertIn("papertray merge P-2 --into P-1", " ".join(self.desk.done(*command).out.split()))

        before = self.desk.tables()
        sent = len(self.mails.delivered)
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("run", "--once")
        self.assertEqual(len(self.mails.delivered), sent)
        self.desk.done("audit")

    def test_who_never_confirms(self):
        question = self.ask()
        cases = {
            "a vacation note": (reply(question, "yes", extra=("Auto-Submitted: auto-replied",)), "ignored", ""),
            "a vacation note of Outlook": (reply(question, "yes", extra=("X-Auto-Response-Suppress: All",)), "triage",
                                           "papertray withdraw P-1"),
            "a read receipt": (reply(question, "yes", extra=("Precedence: bulk",)), None, ""),
            "somebody else": (reply(question, "yes", "eve@example.net"), "triage", "none of its addresses"),
            "no": (reply(question, "No, we keep it."), "triage", "with no: it stays"),
            "do not": (reply(question, "Hello,\n\ndo not withdraw it, please."), "triage", "with no: it stays"),
            "nothing but the quote": (reply(question, ""), "triage", "neither yes nor no"),
            "an answer to the first receipt": (reply(self.receipt, "yes"), "triage", ""),
            "no answer": (other_mail("yes", ADA, subject="yes"), "triage", "no track"),
        }
        for name, (raw, fate, reason) in cases.items():
            with self.subTest(name):
                self.come(raw)
                self.assertEqual(self.state(), "submitted")
                if fate:
                    self.assertEqual(self.newest()["fate"], fate)
                self.assertIn(reason, self.newest()["reason"])
        self.assertEqual(len(self.mails.delivered), 2)
        self.assertIn("papertray withdraw P-1", " ".join(self.desk.done("list", "triage").out.split()))
        self.come(reply(question, "yes"))   # and still its author can
        self.assertEqual(self.state(), "withdrawn")

    def test_a_request_of_somebody_else(self):
        self.come(other_mail("Thank you.", "eve@example.net", subject="Withdraw P-1"))
        self.assertEqual((self.newest()["fate"], self.state()), ("triage", "submitted"))
        self.assertIn("eve@example.net is none of its addresses; if it is to be: papertray withdraw P-1",
                      self.newest()["reason"])
        self.assertEqual(len(self.mails.delivered), 1)

    def test_where_our_server_says_who_wrote_it(self):
        good, bad = "mx.desk.example; dmarc=pass header.from=example.org", "mx.desk.example; dmarc=fail header.from=example.org"

        def stamped(raw, said):
            return f"Authentication-Results: {said}\n".encode() + raw

        self.connect(self.mails, 'mode = "send"\nauthserv_id = "mx.desk.example"')
        self.come(stamped(reply(self.receipt, "Please withdraw our paper."), bad))
        self.assertIn("possibly forged", self.newest()["reason"])
        self.come(stamped(reply(self.receipt, "Please withdraw our paper."), "mx.desk.example; none"))
        self.assertEqual((self.newest()["fate"], len(self.mails.delivered)), ("triage", 1))
        self.assertIn("the sender is not proven", self.newest()["reason"])
        self.assertTrue(self.newest()["reason"].endswith(": papertray withdraw P-1"))
        self.come(stamped(reply(self.receipt, "Please withdraw our paper."), good))
        question = self.mails.delivered[-1]
        for said in (bad, "mx.desk.example; none"):
            self.come(stamped(reply(question, "yes"), said))
            self.assertEqual((self.newest()["fate"], self.state()), ("triage", "submitted"))
        self.come(stamped(reply(question, "yes"), good))
        self.assertEqual(self.state(), "withdrawn")

    def test_quoted_words_and_titles_ask_for_nothing(self):
        self.come(reply(self.receipt, "Thank you, all is well.\n\n> Please withdraw our paper."))
        self.come(paper_mail("bob@example.org", "X", subject="NIPS Workshop Papers: Training Withdrawal Policies"))
        self.assertEqual(self.newest()["submission"], "P-2")
        self.assertEqual(self.kinds(), ["received", "received"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
