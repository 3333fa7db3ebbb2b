"""Letters from the organizers: what would go to whom, what went, and what never goes twice."""

import json
import os
import pty
import shutil
import signal
import unittest

from support.case import DeskCase, MailCase
from support.desk import RULES, SENDING
from support.mail import ON_TIME, compose, paper_mail, pdf, question_mail, with_text
from support.post import Post
from support.wait import until
from sample.pdf import paper

ADA, BOB, EVE, FAY = "ada@example.org", "bob@example.org", "eve@example.org", "fay@example.org"


def titled(author, title):
    return paper_mail(author, title, subject=f"NIPS Workshop Papers: {title}")


class Letters(DeskCase):
    def setUp(self):
        super().setUp()
        self.post = Post(self.desk)

    def take_in(self, *mails, **options):
        self.post.take_in(*mails, **options)
        self.post.sent()

    def notify(self, *arguments, code=0):
        done = self.desk.run("--json", "notify", *arguments)
        self.assertEqual(done.code, code, done)
        return json.loads(done.out)

    def steps(self, *arguments, code=0):
        return {row["id"]: (row["kind"], row["to"], row["step"]) for row in self.notify(*arguments, code=code)["items"]}

    def deliver(self):
        """To whom which subject went."""
        self.desk.done("outbox", "send")
        return [(mail["To"], mail["Subject"]) for mail in self.post.sent()]

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("audit", "--offline")

    def test_shown_then_written_once(self):
        self.take_in(titled(ADA, "Sparse Things"), titled(BOB, "Dense Things"), titled(EVE, "Other"), question_mail("Why?"))
        self.desk.done("accept", "P-1", "--note", "the chair's favourite", "--as", "carla")
        self.desk.done("reject", "P-2", "--as", "carla")
        before = self.desk.tables()
        planned = self.notify("decisions", "--dry-run")
        self.assertFalse(planned["written"])
        self.assertEqual([(row["id"], row["kind"], row["to"], row["step"]) for row in planned["items"]],
                         [("P-1", "accepted", ADA, "write"), ("P-2", "rejected", BOB, "write")])
        self.assertEqual([(row["kind"], row["to"]) for row in planned["samples"]], [("accepted", ADA), ("rejected", BOB)])
        self.assertIn("Sparse Things", planned["samples"][0]["text"])
        # Without a terminal it only shows.
        shown = self.desk.run("notify", "decisions")
        self.assertEqual(shown.code, 1, shown)
        self.assert_one_sentence(shown, "--yes")
        for words in ("accepted: 1 letter", "rejected: 1 letter", ADA, BOB, "2 letters to be written", "Sparse Things"):
            self.assertIn(words, shown.out)
        self.assertEqual(self.desk.tables(), before)
        self.assertTrue(self.notify("decisions", "--yes", "--as", "carla")["written"])
        self.assertEqual(self.desk.query("SELECT kind, recipient, state FROM outbox WHERE kind IN ('accepted', 'rejected')"),
                         [("accepted", ADA, "queued"), ("rejected", BOB, "queued")])
        self.desk.done("outbox", "send")
        letters = self.post.sent()
        self.assertEqual([(mail["To"], mail["Subject"]) for mail in letters],
                         [(ADA, "[P-1] Your paper is accepted - NIPS Workshop Papers"),
                          (BOB, "[P-2] About your paper - NIPS Workshop Papers")])
        self.assertEqual(letters[0]["Auto-Submitted"], "auto-generated")
        body = letters[0].get_body(("plain",)).get_content()
        self.assertEqual(body.strip(), planned["samples"][0]["text"].strip())   # what was shown is what went
        self.assertNotIn("favourite", body)   # a remark, no letter
        self.assertIn("written to by carla: accepted", [row["what"] for row in self.desk.json("show", "P-1")["history"]])
        # The same decision is told once, whatever is asked.
        for arguments in (("decisions", "--yes"), ("decisions", "--yes", "--again"), ("accepted", "--yes", "--again")):
            self.assertFalse(self.notify(*arguments)["written"])
        self.assertEqual(self.deliver(), [])
        self.check_rebuilt()
        self.assertEqual(self.deliver(), [])

    def test_changed_withdrawn_and_undone(self):
        self.take_in(*(titled(f"a{n}@example.org", f"Title {n}") for n in range(1, 6)))
        self.desk.done("accept", "P-1", "P-2", "P-3", "--as", "carla")
        self.desk.done("reject", "P-4", "--as", "carla")
        self.desk.done("withdraw", "P-3", "--as", "carla")
        self.notify("decisions", "--yes", "--as", "carla")
        self.assertEqual(len(self.deliver()), 3)
        self.desk.done("reject", "P-1", "--as", "dora")
        self.desk.done("accept", "P-5", "--as", "dora")
        self.assertEqual(self.steps("decisions", "--dry-run"),
                         {"P-1": ("rejected", "a1@example.org", "again"), "P-2": ("accepted", "a2@example.org", "told"),
                          "P-4": ("rejected", "a4@example.org", "told"), "P-5": ("accepted", "a5@example.org", "write")})
        self.notify("decisions", "--yes")
        self.assertEqual([to for to, _ in self.deliver()], ["a5@example.org"])
        self.notify("decisions", "--yes", "--again")
        self.assertEqual(self.deliver(), [("a1@example.org", "[P-1] About your paper - NIPS Workshop Papers")])
        # Whoever was told stays told: the decision cannot be undone any more, only made anew.
        for person, words in (((), ("letter", "was sent")), (("--as", "dora"), ("notify decisions", "came after it"))):
            refused = self.desk.run("undo", *person)
            self.assertEqual(refused.code, 1)
            self.assert_one_sentence(refused, *words)
        self.check_rebuilt()

    def test_held_letters_are_taken_back(self):
        self.desk.write(receipts='mode = "hold"')
        self.post.take_in(titled(ADA, "One"))
        self.desk.done("accept", "P-1", "--as", "carla")
        self.assertTrue(self.notify("decisions", "--yes", "--as", "carla")["held"])
        waiting = self.desk.query("SELECT state FROM outbox WHERE kind = 'accepted'")
        self.assertEqual(waiting, [("held",)])
        self.desk.done("reject", "P-1", "--as", "dora")
        row, = self.notify("decisions", "--dry-run", "--again")["items"]
        self.assertEqual(row["step"], "person")
        self.assertIn("papertray outbox drop", row["reason"])
        self.desk.done("undo", "--as", "dora")
        self.desk.done("undo", "--as", "carla")
        self.assertEqual(self.desk.query("SELECT state, reason FROM outbox WHERE kind = 'accepted'"),
                         [("dropped", "taken back by carla")])
        self.assertEqual(self.steps("decisions", "--dry-run"), {"P-1": ("accepted", ADA, "write")})
        self.check_rebuilt()

    def test_notes_go_out_only_when_told_to(self):
        self.take_in(titled(ADA, "One"))
        self.desk.done("decide", "-", stdin="P-1,reject,too long\n")
        self.notify("decisions", "--yes", "--with-notes")
        self.desk.done("outbox", "send")
        letter, = self.post.sent()
        self.assertIn("> too long", letter.get_body(("plain",)).get_content())
        self.check_rebuilt()

    def test_whom_a_machine_may_not_write_to(self):
        content = with_text("Our paper.\n", pdf(paper("Odd", EVE, "Odd."), "odd.pdf"))
        self.take_in(titled(ADA, "One"),
                     compose("list", ON_TIME, EVE, "NIPS Workshop Papers: Listed", content, extra=("Precedence: junk",)),
                     compose("nobody", ON_TIME, "noreply@example.org", "NIPS Workshop Papers: Nobody", content))
        papers = [row["id"] for row in self.desk.items("papers")]
        self.desk.done("accept", *papers)
        items = {row["id"]: row for row in self.notify("decisions", "--yes")["items"]}
        self.assertEqual(items["P-1"]["step"], "write")
        for other in papers[1:]:
            self.assertEqual((items[other]["step"], items[other]["to"]), ("person", None))
            self.assertIn("a person has to write", items[other]["reason"])
        self.assertGreater(len(papers), 1)
        self.assertEqual([to for to, _ in self.deliver()], [ADA])

    def test_reminded_of_the_final_copy(self):
        self.take_in(titled(ADA, "One"), titled(BOB, "Two"), titled(EVE, "Three"))
        self.desk.done("accept", "P-1", "P-2")
        self.notify("decisions", "--yes")
        self.deliver()
        self.assertEqual(self.steps("reminder", "--to", "missing-final", "--dry-run"),
                         {"P-1": ("reminder", ADA, "write"), "P-2": ("reminder", BOB, "write")})
        self.notify("reminder", "--yes")
        self.assertEqual(self.deliver(), [(ADA, "[P-1] The final copy of your paper - NIPS Workshop Papers"),
                                          (BOB, "[P-2] The final copy of your paper - NIPS Workshop Papers")])
        self.assertEqual(self.steps("reminder", "--yes"), {"P-1": ("reminder", ADA, "again"), "P-2": ("reminder", BOB, "again")})
        self.assertEqual(self.deliver(), [])
        self.notify("reminder", "--yes", "--again")
        self.assertEqual(len(self.deliver()), 2)
        self.check_rebuilt()

    POSTER = """Subject: [{{label}}] Your poster - {{subject_phrase}}

Hello,

please bring a poster for "{{title}}".

The {{workshop}} desk
"""

    def own_rules(self):
        copy = self.desk.folder / "rules"
        shutil.copytree(RULES.parent, copy)
        letters = copy / "receipts" / "letters"
        letters.mkdir()
        (letters / "posters.txt").write_text(self.POSTER)
        (letters / "posters.txt~").write_text("what an editor left behind")
        self.desk.write(rules=copy / RULES.name)
        return letters

    def test_a_letter_of_their_own(self):
        letters = self.own_rules()
        self.take_in(*(titled(f"a{n}@example.org", f"Title {n}") for n in range(1, 6)))
        self.desk.done("accept", "P-1", "P-2", "P-3")
        self.desk.done("reject", "P-4")
        self.desk.done("withdraw", "P-3")
        self.assertIn("[P-7] Your poster", self.desk.done("template", "posters").out)
        self.assertIn('a poster for "Title 2"', self.desk.done("template", "posters", "--for", "P-2").out)
        before = self.desk.tables()
        planned = self.notify("posters", "--to", "accepted", "--dry-run")
        self.assertEqual([(row["id"], row["kind"], row["to"], row["step"]) for row in planned["items"]],
                         [("P-1", "letters/posters", "a1@example.org", "write"), ("P-2", "letters/posters", "a2@example.org", "write")])
        self.assertIn('a poster for "Title 1"', planned["samples"][0]["text"])
        shown = self.desk.run("notify", "posters", "--to", "accepted")
        self.assertEqual(shown.code, 1, shown)      # nobody to ask
        self.assert_one_sentence(shown, "--yes")
        self.assertEqual(self.desk.tables(), before)
        self.assertTrue(self.notify("posters", "--to", "accepted", "--yes", "--as", "carla")["written"])
        self.assertEqual(self.deliver(), [(f"a{n}@example.org", f"[P-{n}] Your poster - NIPS Workshop Papers") for n in (1, 2)])
        self.assertIn("written to by carla: letters/posters", [row["what"] for row in self.desk.json("show", "P-1")["history"]])
        # The same letter goes to nobody twice, whichever group is named; to others it does.
        self.assertEqual(self.steps("posters", "--to", "all", "--yes"),
                         {"P-1": ("letters/posters", "a1@example.org", "told"), "P-2": ("letters/posters", "a2@example.org", "told"),
                          "P-4": ("letters/posters", "a4@example.org", "write"), "P-5": ("letters/posters", "a5@example.org", "write")})
        self.assertEqual([to for to, _ in self.deliver()], ["a4@example.org", "a5@example.org"])
        self.assertFalse(self.notify("posters", "--to", "undecided", "--yes")["written"])
        self.assertEqual(self.steps("posters", "--to", "p-2, P-5", "--yes", "--again"),
                         {"P-2": ("letters/posters", "a2@example.org", "write"), "P-5": ("letters/posters", "a5@example.org", "write")})
        self.assertEqual(len(self.deliver()), 2)
        # It is no receipt: what the report tells of their haste is of others.
        self.desk.done("report", self.desk.folder / "report")
        self.assertIn("Half of the 5 receipts", (self.desk.folder / "report" / "index.html").read_text())
        self.check_rebuilt()
        self.assertEqual(self.deliver(), [])
        # Taken back while it waits.
        (letters / "room.txt").write_text(self.POSTER.replace("Your poster", "Another room"))
        refused = self.desk.run("notify", "room", "--to", "all")
        self.assertEqual(refused.code, 78, refused)
        self.assert_one_sentence(refused, "run --once")
        self.take_in(titled("a6@example.org", "Title 6"))     # puts it in force
        self.notify("room", "--to", "P-6", "--yes", "--as", "carla")
        self.assertEqual(self.steps("room", "--to", "P-6", "--again", "--yes"), {"P-6": ("letters/room", "a6@example.org", "person")})
        self.desk.done("undo", "--as", "carla")
        self.assertEqual(self.deliver(), [])
        self.assertEqual(self.steps("room", "--to", "P-6", "--dry-run"), {"P-6": ("letters/room", "a6@example.org", "write")})
        self.check_rebuilt()

    def test_what_of_their_own_cannot_be_sent(self):
        letters = self.own_rules()
        self.take_in(titled(ADA, "One"))
        for arguments, code, words in ((("posters",), 64, ("--to", "accepted", "undecided")),
                                       (("posters", "--to", "accpted"), 64, ("did you mean", "accepted")),
                                       (("poster", "--to", "all"), 64, ("did you mean", "posters")),
                                       (("posters", "--to", "all", "--with-notes"), 64, ("template",)),
                                       (("posters", "--to", "P-1,P-9"), 1, ("P-9",))):
            done = self.desk.run("notify", *arguments)
            self.assertEqual(done.code, code, done)
            self.assert_one_sentence(done, *words)
        (letters / "posters.txt").write_text("Subject: x\n\n{{titel}}\n")
        done = self.desk.run("notify", "posters", "--to", "all")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "letters/posters.txt:3", "title")
        (letters / "posters.txt").rename(letters / "accepted.txt")
        done = self.desk.run("notify", "decisions")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "letters/accepted.txt", "small letters")

    def test_what_cannot_be_asked(self):
        self.take_in(titled(ADA, "One"))
        self.desk.done("accept", "P-1")
        for arguments, code, words in ((("decision",), 64, ("decisions",)), (("decisions", "--to", "missing-final"), 64, ("--to",)),
                                       (("reminder", "--to", "everybody"), 64, ("missing-final",)),
                                       (("reminder", "--with-notes"), 64, ("--with-notes",))):
            done = self.desk.run("notify", *arguments)
            self.assertEqual(done.code, code, done)
            self.assert_one_sentence(done, *words)
        # Words that were edited since would not be those that go out.
        copy = self.desk.folder / "rules"
        shutil.copytree(RULES.parent, copy)
        letter = copy / "receipts" / "accepted.txt"
        letter.write_text(letter.read_text().replace("we are glad", "we are very glad"))
        self.desk.write(rules=copy / RULES.name)
        done = self.desk.run("notify", "decisions", "--dry-run")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "run --once", "changed")
        self.desk.write(receipts='mode = "off"')
        done = self.desk.run("notify", "decisions", "--yes")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "mode", "hold")

    def answered(self, said, *arguments):
        """The command at a terminal where somebody types."""
        ours, theirs = pty.openpty()
        process = self.desk.start("notify", *arguments, stdin=theirs, stdout=theirs)
        os.close(theirs)
        os.write(ours, said)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:   # the other end is closed
                break
            if not piece:
                break
            shown += piece
        process.communicate(timeout=120)
        os.close(ours)
        return process.returncode, shown.decode()

    def test_asked_at_a_terminal(self):
        self.take_in(titled(ADA, "One"))
        self.desk.done("accept", "P-1")
        for said in (b"n\n", b"\n", b"\x04"):
            code, shown = self.answered(said, "decisions")
            self.assertEqual(code, 1, shown)
            self.assertIn("Write this letter? [y/N]", shown)
            self.assertIn("Nothing was written.", shown)
        self.assertEqual(self.deliver(), [])
        code, shown = self.answered(b"y\n", "decisions")
        self.assertEqual(code, 0, shown)
        self.assertEqual([to for to, _ in self.deliver()], [ADA])


class BesideTheDaemon(MailCase):
    def test_letters_go_out_and_answers_find_their_paper(self):
        sink = self.sink()
        self.desk.write(self.imap(poll=10), smtp=f'url = "smtp://127.0.0.1:{sink.port}"', receipts=SENDING)
        daemon = self.desk.start("run")
        self.addCleanup(lambda: (daemon.poll() is None and daemon.kill(), daemon.communicate()))
        for number in range(1, 4):
            self.server.append(self.user, titled(f"a{number}@example.org", f"Title {number}"), ON_TIME)
        until(lambda: len(sink.delivered) == 3, "three receipts", seconds=120)
        self.desk.done("accept", "P-1", "P-2")
        self.desk.done("reject", "P-3")
        self.desk.done("notify", "decisions", "--yes")
        until(lambda: len(sink.delivered) == 6, "three letters", seconds=120)
        self.assertEqual(sorted(mail.recipients[0] for mail in sink.delivered[3:]), [f"a{n}@example.org" for n in range(1, 4)])
        daemon.send_signal(signal.SIGTERM)
        out, err = daemon.communicate(timeout=120)
        self.assertEqual(daemon.returncode, 0, out + err)
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("run", "--once")
        self.assertEqual(len(sink.delivered), 6)   # nothing goes out twice


if __name__ == "__main__":
    unittest.main(verbosity=2)
