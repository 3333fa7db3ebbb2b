"""Questions as people mail them: what they say is recorded, the whole text stands beside it."""

import unittest

from support.case import DeskCase
from support.mail import ON_TIME, compose, question_mail, text

QUOTE = "On Fri, Oct 20, 2017 at 12:00 PM, the desk <desk@example.com> wrote:\n\n> We look forward to it.\n>\n> The desk\n"
HTML = """<div dir="ltr">Where is the room?</div><br><div class="gmail_quote"><div class="gmail_attr">Fri 20 Oct 2017 the
desk zxcv:<br></div><blockquote class="gmail_quote">old</blockquote></div>"""


class Questions(DeskCase):
    def take(self, *mails):
        folder = self.desk.folder / "mails"
        folder.mkdir()
        for number, raw in enumerate(mails):
            (folder / f"{number}.eml").write_bytes(raw)
        self.desk.done("import", "--receipts", *sorted(folder.iterdir()))

    def receipts(self):
        return sorted((row["kind"], row["to"]) for row in self.desk.items("outbox"))

    def test_what_is_said_and_what_is_not(self):
        whole = f"Where?\n\n1. And when?\n2. And why?\n\n-- \nAda Lovelace\n\n{QUOTE}"
        self.take(question_mail(whole.rstrip("\n"), "ada@example.org"))
        said = "Where?\n\n1. And when?\n2. And why?"
        listed = self.desk.items("questions")
        self.assertEqual([(row["text"], row["questions"]) for row in listed], [(said, 3)])
        version = self.desk.json("show", "Q-1")["versions"][0]
        self.assertEqual((version["text"], version["full_text"], version["questions"]), (said, whole, 3))
        short, full = self.desk.done("show", "Q-1").out, self.desk.done("show", "Q-1", "--full").out
        self.assertNotIn("look forward", short)
        self.assertIn("--full", short)
        self.assertIn("look forward", full)
        self.assertIn("Ada Lovelace", full)
        self.assertNotIn("look forward", self.desk.done("list", "questions").out)

    def test_a_question_without_anything_around_it(self):
        self.take(question_mail("Why?"))
        version = self.desk.json("show", "Q-1")["versions"][0]
        self.assertEqual((version["text"], version["full_text"], version["questions"]), ("Why?", "Why?", 1))
        self.assertEqual(self.desk.query("SELECT full_text FROM version_text"), [("",)])

    def test_nothing_said_is_asked_for(self):
        self.take(question_mail(QUOTE.rstrip("\n"), "quotes@example.org"),
                  question_mail("Sent from my iPhone", "phone@example.org"),
                  question_mail("-- \nBob\nThe Company", "bob@example.org"))
        self.assertEqual(self.desk.items("questions"), [])
        self.assertEqual(self.receipts(), [("problem", "bob@example.org"), ("problem", "phone@example.org"),
                                           ("problem", "quotes@example.org")])
        self.assertEqual({row["fate"] for row in self.desk.items("messages")}, {"triage"})
        self.assertIn("says nothing", self.desk.items("triage")[0]["reason"])

    def test_html(self):
        raw = compose("html", ON_TIME, "ada@example.org", "NIPS Workshop Questions", text(HTML)).replace(
            b"text/plain", b"text/html")
        self.take(raw)
        self.assertEqual([row["text"] for row in self.desk.items("questions")], ["Where is the room?"])

    def test_rebuilt_alike(self):
        self.take(question_mail(f"Why?\n\n{QUOTE}"), question_mail("How?\n\nSent from my iPhone"),
                  question_mail("When?", "eve@example.org"))
        before = self.desk.tables()
        self.assertEqual(len(before["version_text"][1]), 3)
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_explained_alike(self):
        path = self.desk.folder / "empty.eml"
        path.write_bytes(question_mail("> Why?"))
        self.assertIn("says nothing", self.desk.done("explain", path).out)


if __name__ == "__main__":
    unittest.main()
