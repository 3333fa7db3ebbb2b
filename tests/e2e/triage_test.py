"""papertray triage at a terminal: keys, sizes, and every way to end it."""

import sys
import unittest

from support import tmux
from support.case import DeskCase
from support.mail import ON_TIME, compose, other_mail, paper_mail, pdf, question_mail, with_text
from support.post import Post
from sample.pdf import paper

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


def strange_mail(author=EVE, subject="Our work", body="See attached.", name=None):
    return compose(name or f"strange-{author}-{subject}", ON_TIME, author, subject,
                   with_text(body + "\n", pdf(paper("Odd", author, f"Odd {author}."), "odd.pdf")))


def heavy_mail():
    """More header fields than are read: set aside."""
    return b"".join([b"From: eve@example.org\r\nSubject: NIPS Workshop Papers\r\n", b"X-More: and more\r\n" * 3000, b"\r\nHello.\r\n"])


@unittest.skipUnless(tmux.is_here(), "tmux is not installed")
class Triage(DeskCase):
    def setUp(self):
        super().setUp()
        self.post = Post(self.desk)

    def open(self, *arguments, **size):
        terminal = tmux.Terminal(self.desk, "triage", "--as", "carla", *arguments, **size)
        self.addCleanup(terminal.close)
        return terminal

    def fates(self):
        return {row["id"]: row["fate"] for row in self.desk.items("messages")}

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)

    def test_each_key(self):
        self.post.take_in(paper_mail(BOB, "One", subject="NIPS Workshop Papers: One"), strange_mail(EVE, "First"),
                          strange_mail(BOB, "Second"), other_mail("Where is the hotel?", subject="Hotel"),
                          other_mail("Buy this", subject="Offer"), other_mail("Later please", subject="Later"))
        terminal = self.open()
        first = terminal.shows("M-2  (1 of 5)", "First", EVE, "odd.pdf", "See attached.", "1 take as papers", "q quit")
        self.assertEqual(max(map(len, first.rstrip("\n").split("\n"))) <= 80, True)
        terminal.type("1")
        second = terminal.shows("M-3  (1 of 4)", "Second", "M-2: taken as papers.")
        self.assertIn("a version of P-1 (same sender)", second)
        key, = [line.split()[0] for line in second.split("\n") if "a version of P-1" in line]
        terminal.type(key)
        terminal.shows("M-4  (1 of 3)", "Hotel", "M-3: taken as P-1.")
        terminal.type("r")
        terminal.shows("Answer it in your mail program", "someone@example.org", "Re: Hotel")
        terminal.type("n")
        terminal.shows("M-4  (1 of 3)", "reply by hand")
        terminal.type("r")
        terminal.shows("Answer it in your mail program")
        terminal.type("y")
        terminal.shows("M-5  (1 of 2)", "Offer", "M-4: dismissed.")
        terminal.type("l")
        terminal.shows("M-6  (2 of 2)", "M-5 is put off.")
        terminal.type("d")
        # What was put off is not asked again in the same run.
        self.assertEqual(terminal.ended(), 0)
        terminal.shows("4 settled, 1 put off, 1 wait in triage.")
        self.assertEqual(self.fates(), {"M-1": "recorded", "M-2": "recorded", "M-3": "recorded", "M-4": "ignored",
                                        "M-5": "triage", "M-6": "ignored"})
        self.assertEqual([(row["id"], row["versions"]) for row in self.desk.items("papers")], [("P-1", 2), ("P-2", 1)])
        self.assertIn("dismissed by carla: answered by hand", [row["what"] for row in self.desk.json("show", "M-4")["history"]])
        self.check_rebuilt()

    def test_taken_back_and_what_notes_ask(self):
        self.post.take_in(paper_mail(ADA, "Sparse Things", subject="NIPS Workshop Papers: Sparse Things"),
                          paper_mail(BOB, "Sparse Things", subject="NIPS Workshop Papers: Sparse Things"),
                          other_mail("Buy this", subject="Offer"))
        terminal = self.open()
        terminal.shows("M-2  (1 of 2)", "1 merge P-2 --into P-1, as the note says")
        terminal.type("u")
        terminal.shows("Nothing was done here that could be undone.")
        terminal.type("1")
        terminal.shows("M-3  (1 of 1)", "merge P-2 --into P-1.")
        terminal.type("u")
        terminal.shows("M-2  (1 of 2)", "M-2 is as it was.")
        terminal.type("q")
        self.assertEqual(terminal.ended(), 0)
        self.assertEqual(len(self.desk.items("papers")), 2)
        self.check_rebuilt()

    def test_sizes(self):
        body = "\n".join(f"line {number}" for number in range(1, 101))
        self.post.take_in(strange_mail(EVE, "Long", body=body))
        terminal = self.open()
        self.assertNotIn("line 90", terminal.shows("line 1\n", "q quit"))
        terminal.type("Space", "Space")
        terminal.shows("above: space, b")
        terminal.resize(50, 18)
        small = terminal.shows("q quit", "1 take as papers")
        self.assertLessEqual(len(small.rstrip("\n").split("\n")), 18)
        terminal.resize(120, 60)
        terminal.shows("line 40", "q quit")
        terminal.type("q")
        self.assertEqual(terminal.ended(), 0)

    def test_every_end(self):
        self.post.take_in(strange_mail())
        for end in (("C-c",), ("C-d",), ("q",), "INT", "TERM", "HUP"):
            terminal = self.open()
            terminal.shows("M-1  (1 of 1)", "q quit")
            if isinstance(end, tuple):
                terminal.type(*end)
            else:
                terminal.signal(end)
            self.assertEqual(terminal.ended(), 0, end)
            terminal.close()
        self.assertEqual(self.fates(), {"M-1": "triage"})

    def test_hostile_words(self):
        self.post.take_in(compose("evil", ON_TIME, "\x1b[31mEve\x1b]0;owned\x07 <eve@example.org>", "Title \x1b[2J\x1b[H gone",
                                  with_text("\x1b[2Jall gone\x1b[8m\n", pdf(paper("Odd", EVE, "Odd."), "x\x1b[2J.pdf"))))
        terminal = self.open()
        shown = terminal.shows("M-1  (1 of 1)", "all gone", "q quit")
        self.assertIn("\\x1b", shown)
        terminal.type("q")
        self.assertEqual(terminal.ended(), 0)

    def test_what_was_set_aside(self):
        self.post.take_in(heavy_mail(), other_mail("Where is the hotel?", subject="Hotel"))
        self.assertEqual(self.fates()["M-1"], "quarantined")
        terminal = self.open(width=100)
        terminal.shows("M-1  (1 of 2)", "header fields", "papertray show M-1 --source", "1 read it once more, as papers", "d dismiss")
        terminal.type("1")
        terminal.shows("M-1  (1 of 2)", "cannot be read")    # it still has too many
        terminal.type("d")
        terminal.shows("M-2  (1 of 1)", "Hotel", "M-1: dismissed.")
        terminal.type("u")
        terminal.shows("M-1  (1 of 2)", "M-1 is as it was.")
        terminal.type("d")
        terminal.shows("M-2  (1 of 1)")
        terminal.type("q")
        self.assertEqual(terminal.ended(), 0)
        self.assertEqual(self.fates(), {"M-1": "ignored", "M-2": "triage"})
        self.check_rebuilt()

    def test_nothing_waits(self):
        self.post.take_in(question_mail("Why?"))
        terminal = self.open()
        terminal.shows("Nothing waits in triage.")
        self.assertEqual(terminal.ended(), 0)


@unittest.skipUnless(tmux.is_here(), "tmux is not installed")
class Watch(DeskCase):
    def open(self, *arguments, **size):
        terminal = tmux.Terminal(self.desk, "status", "--watch", *arguments, **size)
        self.addCleanup(terminal.close)
        return terminal

    def test_it_follows_what_happens(self):
        post = Post(self.desk)
        post.take_in(question_mail("Why?"))
        terminal = self.open("1")
        terminal.shows("Deep Learning At Supercomputer Scale", "1 in all: 1 recorded", "every 1 s; q ends")
        post.take_in(question_mail("How?"))
        terminal.shows("2 in all: 2 recorded")
        terminal.resize(60, 12)
        self.assertLessEqual(len(terminal.shows("q ends").rstrip("\n").split("\n")), 12)
        terminal.resize(100, 40)
        terminal.shows("final copies due", "q ends")
        terminal.type("q")
        self.assertEqual(terminal.ended(), 0)

    def test_every_end(self):
        for end in (("C-c",), ("C-d",), "TERM"):
            terminal = self.open()
            terminal.shows("every 2 s; q ends")
            if isinstance(end, tuple):
                terminal.type(*end)
            else:
                terminal.signal(end)
            self.assertEqual(terminal.ended(), 0, end)
            terminal.close()

    def test_no_terminal(self):
        for arguments, words in ((("--watch",), ("terminal",)), (("--watch", "--json"), ("terminal",)), (("--watch", "0"), ("seconds",)),
                                 (("--watch=x",), ("seconds",))):
            done = self.desk.run("status", *arguments)
            self.assertEqual(done.code, 64, done)
            self.assert_one_sentence(done, *words)


class WithoutTerminal(DeskCase):
    def test_what_was_set_aside_and_what_can_be_done(self):
        post = Post(self.desk)
        post.take_in(heavy_mail(), question_mail("Why?"))
        said = " ".join(self.desk.done("list", "triage").out.split())
        for words in ("M-1", "header fields", "papertray show M-1 --source > M-1.eml", "papertray route M-1 TRACK", "papertray dismiss M-1"):
            self.assertIn(words, said)
        self.assertEqual([(row["id"], row["fate"]) for row in self.desk.items("triage")], [("M-1", "quarantined")])
        self.assertIn("papertray list triage", self.desk.done("status").out)
        source = self.desk.run("show", "M-1", "--source", text=False)
        self.assertEqual((source.code, source.out), (0, heavy_mail()))
        for arguments, words in ((("show", "Q-1", "--source"), "M-12"), (("--json", "show", "M-1", "--source"), "--json")):
            done = self.desk.run(*arguments)
            self.assertEqual(done.code, 64, done)
            self.assert_one_sentence(done, words)
        self.desk.done("dismiss", "M-1")
        self.assertEqual(self.desk.items("triage"), [])

    def test_it_lists(self):
        Post(self.desk).take_in(strange_mail())
        self.assertEqual(self.desk.done("triage").out, self.desk.done("list", "triage").out)
        self.assertEqual(self.desk.json("triage")["schema"], "papertray/list-triage/1")


if __name__ == "__main__":
    if not tmux.is_here():
        print("e2e: triage: tmux is not installed; only the list is tested", file=sys.stderr)
    unittest.main(verbosity=2)
