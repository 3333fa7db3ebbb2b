"""The organizers' commands: decisions, merges, routes and what takes them back, alone and beside a daemon."""

import json
import signal
import unittest

from support.case import MailCase
from support.mail import LAST_SECOND, ON_TIME, compose, other_mail, paper, paper_mail, pdf, question_mail, with_text
from support.wait import LONG_ENOUGH, until

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


def strange_mail(author=EVE, subject="Our work", at=ON_TIME):
    """A paper under a subject that no track has."""
    return compose(f"strange-{author}", at, author, subject, with_text("See attached.\n", pdf(paper("Odd", author, "Odd."), "odd.pdf")))


def titled(author, title):
    return paper_mail(author, title, subject=f"NIPS Workshop Papers: {title}")


class Organizers(MailCase):
    def take_in(self, *mails, **options):
        self.connect(**options)
        for number, mail in enumerate(mails):
            raw, at = mail if isinstance(mail, tuple) else (mail, ON_TIME + number)
            self.server.append(self.user, raw, at)
        self.desk.done("run", "--once")

    def refused(self, *arguments, code=1, says=()):
        before = self.desk.tables()
        done = self.desk.run(*arguments)
        self.assertEqual(done.code, code, done)
        self.assert_one_sentence(done, *says)
        self.assertEqual(self.desk.tables(), before)   # nothing at all

    def states(self):
        return {row["id"]: row["state"] for row in self.desk.items("papers")}

    def history(self, thing):
        return [row["what"] for row in self.desk.json("show", thing)["history"]]

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("audit", "--offline")

    def test_decisions_and_their_undoing(self):
        sink = self.sink()
        self.take_in(paper_mail(ADA, "One"), paper_mail(BOB, "Two"), question_mail("Why?"), sink=sink)
        sent = len(sink.delivered)
        said = self.desk.json("accept", "p1", "P-2", "--as", "carla", "--note", "both reviewers")
        self.assertEqual([(row["id"], row["act"], row["done"]) for row in said["items"]],
                         [("P-1", "accept", True), ("P-2", "accept", True)])
        self.assertEqual(self.states(), {"P-1": "accepted", "P-2": "accepted"})
        self.assertIn("accepted by carla: both reviewers", self.history("P-1"))
        again = self.desk.json("accept", "P-1", "--as", "carla")
        self.assertFalse(again["items"][0]["done"])
        self.refused("accept", "P-2", "P-9", says=("P-9", "papertray list papers"))
        self.refused("reject", "P-1", "Q-1", says=("Q-1", "question"))
        self.desk.done("reject", "P-2", "--as", "dora")
        # What dora did came after it, on the same paper.
        self.refused("undo", "--as", "carla", says=("dora", "reject P-2"))
        self.desk.done("undo", "--as", "dora")
        self.assertEqual(self.states(), {"P-1": "accepted", "P-2": "accepted"})
        self.assertTrue(self.desk.json("undo", "--as", "carla")["undone"])
        self.assertEqual(self.states(), {"P-1": "submitted", "P-2": "submitted"})
        self.assertIn("taken back by carla: accepted by carla", self.history("P-1"))
        self.refused("undo", "--as", "carla", says=("carla", "nothing"))
        self.desk.done("withdraw", "P-2", "--as", "carla")
        self.refused("accept", "P-2", says=("withdrawn",))
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["withdrawn"], 1)
        self.assertEqual(len(sink.delivered), sent)   # decisions send nothing
        self.check_rebuilt()

    def test_a_list_of_decisions_is_all_or_nothing(self):
        self.take_in(*(paper_mail(f"a{n}@example.org", f"Title {n}") for n in range(1, 5)))
        table = self.desk.folder / "votes.csv"
        table.write_bytes(b"P-1,accept\nP-77,accept\nP-2,perhaps\nP-1,reject\n,accept\n")
        before = self.desk.tables()
        done = self.desk.run("decide", table)
        self.assertEqual(done.code, 65, done)
        self.assert_one_sentence(done, "votes.csv:2", "P-77", "votes.csv:3", "perhaps", "votes.csv:4", "line 1",
                                 "votes.csv:5", "nothing was decided")
        self.assertEqual(self.desk.tables(), before)
        table.write_bytes(b'\xef\xbb\xbfID , Decision,note\r\n\r\n P-1 ,Accept,"good, ""very"""\r\n"P-2",rejected,\r\np3,YES\r\n')
        checked = self.desk.json("decide", "--dry-run", table)
        self.assertEqual(len(checked["items"]), 3)
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("decide", table, "--as", "carla")
        self.assertEqual(self.states(), {"P-1": "accepted", "P-2": "rejected", "P-3": "accepted", "P-4": "submitted"})
        self.assertIn('accepted by carla: good, "very"', self.history("P-1"))
        self.assertIn("is accepted already", self.desk.done("decide", table, "--as", "carla").out)
        self.desk.done("decide", "-", stdin="P-4,reject\n")
        self.assertEqual(self.desk.items("papers", "--decision", "rejected")[1]["id"], "P-4")
        self.desk.done("undo", "--as", "carla")   # the list is one thing
        self.assertEqual(self.states(), {"P-1": "submitted", "P-2": "submitted", "P-3": "submitted", "P-4": "rejected"})
        self.refused("decide", self.desk.folder / "none.csv", says=("none.csv",))
        self.check_rebuilt()

    def test_merged_and_parted(self):
        self.take_in(titled(ADA, "Sparse Things"), titled("ada@home.example", "Sparse Things"),
                     paper_mail(BOB, "Other"), question_mail("Why?"))
        note, = [row for row in self.desk.items("triage")]
        self.assertIn("papertray merge P-2 --into P-1", note["open_notes"][0])
        self.refused("merge", "P-2", "--into", "Q-1", says=("track",))
        self.refused("merge", "P-2", "--into", "P-2", says=("itself",))
        self.desk.done("merge", "P-2", "--into", "P-1", "--as", "carla")
        self.assertEqual([(row["id"], row["versions"]) for row in self.desk.items("papers")], [("P-1", 2), ("P-3", 1)])
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["submissions"], 2)
        self.assertEqual(self.desk.items("triage"), [])   # the note is settled
        gone = self.desk.json("show", "P-2")
        self.assertEqual((gone["merged_into"], gone["versions"]), ("P-1", []))
        self.assertIn("merged into P-1 by carla", " ".join(row["what"] for row in gone["history"]))
        self.assertEqual([(row["version"], row["merged_from"]) for row in self.desk.json("show", "P-1")["versions"]],
                         [(1, None), (2, "P-2")])
        self.refused("accept", "P-2", says=("merged into P-1",))
        # Who answers about the one that is gone, or names it, means the other.
        self.server.append(self.user, paper_mail("ada@home.example", "Sparser Things", subject="[P-2] NIPS Workshop Papers: New name"), ON_TIME + 99)
        self.desk.done("run", "--once")
        self.assertEqual([(row["id"], row["versions"]) for row in self.desk.items("papers")], [("P-1", 3), ("P-3", 1)])
        self.check_rebuilt()
        self.desk.done("undo", "--as", "carla")
        self.assertEqual([(row["id"], row["versions"]) for row in self.desk.items("papers")], [("P-1", 3), ("P-2", 1), ("P-3", 1)])
        self.assertEqual(len(self.desk.items("triage")), 1)
        self.check_rebuilt()

    def test_undoing_a_merge_leaves_nothing_of_it(self):
        self.take_in(titled(ADA, "Sparse Things"), titled("ada@home.example", "Sparse Things"))
        kept = ("desk_order", "act", "moved_version", "moved_message", "log_position")
        before = {name: rows for name, rows in self.desk.tables().items() if name not in kept}
        self.desk.done("merge", "P-2", "--into", "P-1")
        self.desk.done("undo")
        self.assertEqual({name: rows for name, rows in self.desk.tables().items() if name not in kept}, before)

    def test_lateness_excused(self):
        self.take_in((paper_mail(ADA, "Late"), LAST_SECOND + 3600))
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["late"], 1)
        self.desk.done("excuse", "P-1", "--as", "carla", "--note", "mail server down")
        paper_row, = self.desk.items("papers")
        self.assertEqual((paper_row["on_time"], paper_row["margin_s"]), (True, -3600))
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["on_time"], 1)
        version, = self.desk.json("show", "P-1")["versions"]
        self.assertTrue(version["excused"])
        self.assertIn("after the deadline, excused", self.desk.done("show", "P-1").out)
        self.assertIn("lateness excused by carla: mail server down", self.history("P-1"))
        self.check_rebuilt()
        self.desk.done("undo", "--as", "carla")
        self.assertEqual(self.desk.items("papers", "--late")[0]["id"], "P-1")

    def test_questions_on_panels(self):
        self.take_in(question_mail("Why?"), question_mail("How?"), question_mail("Why, again?"))
        self.desk.done("panel", "Q-1", "1")
        self.desk.done("panel", "Q-2", "2")
        self.assertEqual([(row["id"], row["panel"]) for row in self.desk.items("questions", "--panel", "1")], [("Q-1", 1)])
        self.refused("panel", "Q-1", "3", says=("no panel 3",))
        self.desk.done("merge", "Q-3", "--into", "Q-1")
        self.assertEqual([(row["id"], row["text"]) for row in self.desk.items("questions")],
                         [("Q-1", "Why?"), ("Q-2", "How?")])
        self.desk.done("undo")
        self.desk.done("panel", "Q-1", "0")
        self.assertEqual([row["panel"] for row in self.desk.items("questions")], [None, 2, None])
        self.check_rebuilt()

    def test_what_the_machine_left_is_routed_or_dismissed(self):
        sink = self.sink()
        self.take_in(strange_mail(), other_mail("Where is the hotel?"), paper_mail(ADA, "One"),
                     strange_mail("mallory@example.org", "Mine as well"), sink=sink)
        self.assertEqual(self.desk.fates(), {"triage": 3, "recorded": 1})
        self.refused("route", "M-2", "papers", says=("M-2", "no PDF"))
        self.refused("route", "M-3", "papers", says=("P-1", "already"))
        self.refused("route", "M-1", "posters", says=("posters", "papers"))
        said = self.desk.json("route", "M-1", "papers", "--as", "carla")
        self.assertEqual((said["items"][0]["id"], said["items"][0]["into"]), ("M-1", "P-2"))
        self.assertEqual([(row["id"], row["submitter"]) for row in self.desk.items("papers")], [("P-1", ADA), ("P-2", EVE)])
        self.desk.done("run", "--once")
        self.assertEqual(sink.delivered[-1].recipients, [EVE])
        self.assertIn("P-2", sink.delivered[-1].mail["Subject"])
        self.assertEqual(len(self.desk.papers()), 2)
        self.refused("undo", "--as", "carla", says=("P-2", "withdraw"))
        self.desk.done("route", "M-4", "P-1", "--quiet-author", "--as", "carla")
        self.assertEqual([row["version"] for row in self.desk.json("show", "P-1")["versions"]], [1, 2])
        self.assertEqual(len(self.desk.items("outbox")), 2)
        self.desk.done("dismiss", "M-2", "--note", "answered by hand", "--as", "carla")
        self.assertEqual(self.desk.fates(), {"ignored": 1, "recorded": 3})
        dismissed = self.desk.json("show", "M-2")
        self.assertEqual(dismissed["reason"], "dismissed by carla: answered by hand")
        self.assertEqual([row["what"] for row in dismissed["history"]], ["dismissed by carla: answered by hand"])
        self.check_rebuilt()
        self.desk.done("undo", "--as", "carla")
        self.assertEqual(self.desk.fates(), {"triage": 1, "recorded": 3})
        self.assertEqual(len(sink.delivered), 2)
        self.check_rebuilt()

    def test_a_route_is_undone_while_its_author_knows_nothing(self):
        sink = self.sink()
        self.take_in(strange_mail(), paper_mail(ADA, "One"), strange_mail("mallory@example.org", "Mine as well"), sink=sink,
                     receipts='mode = "hold"')
        kept = ("desk_order", "act", "log_position", "outbox", "outbox_attempt", "outbox_tally",
                "submission", "thread")
        before = {name: rows for name, rows in self.desk.tables().items() if name not in kept}
        self.desk.done("route", "M-1", "papers", "--as", "carla")
        self.assertEqual([row["id"] for row in self.desk.items("papers")], ["P-1", "P-2"])
        self.desk.done("undo", "--as", "carla")
        self.assertEqual({name: rows for name, rows in self.desk.tables().items() if name not in kept}, before)
        self.assertEqual(self.desk.fates(), {"triage": 2, "recorded": 1})
        self.assertEqual([row["id"] for row in self.desk.items("papers")], ["P-1"])
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["submissions"], 1)
        self.assertEqual(self.desk.query("SELECT state, reason FROM outbox WHERE message = 1"), [("dropped", "taken back by carla")])
        self.refused("accept", "P-2", says=("P-2", "taken back"))
        self.assertIn("taken back", self.desk.done("show", "P-2").out)
        self.check_rebuilt()
        # Its number stays taken, and the mail can be routed again, with a receipt of its own.
        self.desk.done("route", "M-1", "papers", "--as", "carla")
        self.desk.done("route", "M-3", "P-3", "--as", "carla")
        self.assertEqual([(row["id"], row["versions"]) for row in self.desk.items("papers")], [("P-1", 1), ("P-3", 2)])
        self.refused("undo", "--as", "dora", says=("nothing",))
        self.desk.done("undo", "--as", "carla")
        self.assertEqual([row["version"] for row in self.desk.json("show", "P-3")["versions"]], [1])
        self.check_rebuilt()
        self.desk.done("outbox", "send")
        self.assertEqual(sorted(mail.recipients[0] for mail in sink.delivered), [ADA, EVE])
        self.refused("undo", "--as", "carla", says=("P-3", "told", "withdraw"))
        self.check_rebuilt()

    def test_hidden_questions_and_the_sheet(self):
        self.take_in(question_mail("How do you keep the learning rate stable at large batch sizes?", author="Alan <alan@example.org>"),
                     question_mail("Which network topology suits all-reduce best?"),
                     question_mail("How would you keep the learning rate stable at very large batch sizes?"),
                     question_mail("Something rude."), question_mail("On another panel?"))
        for number in range(1, 5):
            self.desk.done("panel", f"Q-{number}", "1")
        self.desk.done("hide", "Q-4", "--as", "carla", "--note", "rude")
        self.assertEqual([row["hidden"] for row in self.desk.items("questions")], [False, False, False, True, False])
        self.assertIn("hidden by carla: rude", self.history("Q-4"))
        self.refused("hide", "P-1", says=("P-1",))
        sheet = self.desk.done("list", "questions", "--panel", "1", "--format", "sheet").out
        self.assertIn("3 questions, 1 of them alike an earlier one", sheet)
        self.assertLess(sheet.index("Q-1"), sheet.index("alike: Q-3"))
        self.assertLess(sheet.index("alike: Q-3"), sheet.index("Q-2"))
        for absent in ("rude", "On another panel", "Alan", "@"):
            self.assertNotIn(absent, sheet)
        page = self.desk.folder / "panel-1.html"
        self.desk.done("list", "questions", "--panel", "1", "--askers", "--html", page)
        self.assertIn("Alan", page.read_text())
        self.assertNotIn("alan@", page.read_text())
        self.assertEqual(self.desk.done("list", "questions", "--panel", "1", "--askers", "--format", "html").out.count("<li>"), 2)
        for arguments in (("papers", "--format", "sheet"), ("questions", "--askers"), ("questions", "--final", "missing")):
            self.assertEqual(self.desk.run("list", *arguments).code, 64)
        self.desk.done("restore", "Q-4", "--as", "dora")
        self.assertIn("rude", self.desk.done("list", "questions", "--panel", "1", "--format", "sheet").out)
        self.desk.done("undo", "--as", "dora")
        self.assertNotIn("rude", self.desk.done("list", "questions", "--panel", "1", "--format", "sheet").out)
        self.check_rebuilt()

    def test_eight_organizers_at_once(self):
        sink = self.sink()
        self.desk.write(self.imap(poll=86400), smtp=f'url = "smtp://127.0.0.1:{sink.port}"')
        self.desk.done("run", "--once")   # there is a database to ask
        daemon = self.desk.start("run")
        self.addCleanup(lambda: (daemon.poll() is None and daemon.kill(), daemon.communicate()))
        for number in range(1, 5):
            self.server.append(self.user, paper_mail(f"a{number}@example.org", f"Title {number}"), ON_TIME)
        for number in range(1, 3):
            self.server.append(self.user, question_mail(f"Question {number}?"), ON_TIME)
        self.server.append(self.user, strange_mail(), ON_TIME)
        until(lambda: len(self.desk.query("SELECT id FROM outbox WHERE state = 'sent'")) == 6, "the receipts", seconds=300)
        until(lambda: self.desk.query("SELECT count(*) FROM message")[0][0] == 7, "the strange one", seconds=300)
        (self.desk.folder / "votes.csv").write_text("P-3,accept\nP-4,reject\n")
        commands = [("accept", "P-1"), ("reject", "P-2"), ("decide", "votes.csv"), ("panel", "Q-1", "1"), ("panel", "Q-2", "2"),
                    ("withdraw", "P-4"), ("hide", "Q-2"), ("dismiss", "M-7")]
        started = [self.desk.start("--json", *words, "--as", f"person {n}") for n, words in enumerate(commands)]
        for command in started:
            out, err = command.communicate(timeout=300)
            # Who withdraws P-4 first leaves nothing to decide: then the whole list is refused.
            self.assertIn(command.returncode, (0, 65) if command is started[2] else (0,), out + err)
        states = self.states()
        self.assertEqual((states["P-1"], states["P-2"], states["P-4"]), ("accepted", "rejected", "withdrawn"))
        self.assertEqual(states["P-3"], "accepted" if started[2].returncode == 0 else "submitted")
        self.assertEqual([(row["panel"], row["hidden"]) for row in self.desk.items("questions")], [(1, False), (2, True)])
        orders = self.desk.query("SELECT actor, command FROM desk_order ORDER BY actor")
        done = [n for n in range(8) if started[n].returncode == 0]
        self.assertEqual([row[0] for row in orders], [f"person {n}" for n in done])
        daemon.send_signal(signal.SIGTERM)
        out, err = daemon.communicate(timeout=120)
        self.assertEqual(daemon.returncode, 0, out + err)
        self.check_rebuilt()

    def test_beside_a_running_daemon(self):
        sink = self.sink()
        self.desk.write(self.imap(poll=86400), smtp=f'url = "smtp://127.0.0.1:{sink.port}"')
        daemon = self.desk.start("run")
        self.addCleanup(lambda: (daemon.poll() is None and daemon.kill(), daemon.communicate()))
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        for number in range(1, 5):
            self.server.append(self.user, paper_mail(f"a{number}@example.org", f"Title {number}"), ON_TIME)
            until(lambda: len(self.desk.query("SELECT id FROM outbox WHERE state = 'sent'")) == number, f"paper {number}")
            commands = [self.desk.start("--json", "accept" if n % 2 else "reject", f"P-{number}", "--as", f"person {n}")
                        for n in range(4)]
            for command in commands:
                out, err = command.communicate(timeout=LONG_ENOUGH)
                self.assertEqual(command.returncode, 0, out + err)
                self.assertEqual(json.loads(out)["schema"], "papertray/acts/1")
        self.server.append(self.user, strange_mail(), ON_TIME)
        until(lambda: self.desk.query("SELECT count(*) FROM message")[0][0] == 5, "the strange one")
        self.desk.done("route", "M-5", "papers")
        self.server.append(self.user, paper_mail("last@example.org", "Last"), ON_TIME)
        until(lambda: len(self.desk.query("SELECT id FROM outbox WHERE state = 'sent'")) == 6, "both receipts")
        daemon.send_signal(signal.SIGTERM)
        out, err = daemon.communicate(timeout=LONG_ENOUGH)
        self.assertEqual(daemon.returncode, 0, out + err)
        self.assertEqual([row["id"] for row in self.desk.items("papers")], [f"P-{n}" for n in range(1, 7)])
        self.check_rebuilt()


if __name__ == "__main__":
    unittest.main(verbosity=2)
