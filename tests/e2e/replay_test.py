"""replay: what other rules would have decided, exactly that, and nothing written; --apply moves it."""

import unittest

from support.case import DeskCase
from support.desk import RULES
from support.mail import LAST_SECOND, ON_TIME, other_mail, paper_mail, question_mail
from support.terminal import Terminal


class Replay(DeskCase):
    def setUp(self):
        super().setUp()
        folder = self.desk.folder / "mails"
        folder.mkdir()
        mails = [paper_mail("ada@example.org", "One", subject="NIPS Workshop Papers: One"),
                 paper_mail("bob@example.org", "Two", subject="Supercomputing submission: Two"),
                 paper_mail("eve@example.org", "Three", subject="NIPS Workshop Papers: Three", at=LAST_SECOND + 3600),
                 paper_mail("dan@example.org", "Four", subject="NIPS Workshop Papers: Four", at=LAST_SECOND + 3 * 86400),
                 paper_mail("joe@example.org", "Five", subject="Supercomputing submission: Five", at=ON_TIME + 60),
                 question_mail("Why?", "asker@example.org"), other_mail()]
        for number, raw in enumerate(mails):
            (folder / f"{number}.eml").write_bytes(raw)
        self.desk.done("import", "--receipts", folder)

    def rules(self, *changes):
        text = RULES.read_text(encoding="utf-8").replace('receipts = "receipts"', f'receipts = "{RULES.parent}/receipts"')
        for before, after in changes:
            self.assertIn(before, text)
            text = text.replace(before, after, 1)
        path = self.desk.folder / "other.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def replay(self, rules, *arguments):
        return self.desk.json("replay", "--rules", rules, *arguments)

    def items(self, said):
        return {item["id"]: (item["kind"], item["apply"]) for item in said["items"]}

    SUBJECT = ('subjects = ["NIPS Workshop Papers"]', 'subjects = ["NIPS Workshop Papers", "Supercomputing submission"]')
    A_DAY_MORE = ('due = "2017-11-03 16:59 PST"', 'due = "2017-11-04 16:59 PST"')
    A_MONTH_LESS = ('due = "2017-11-03 16:59 PST"', 'due = "2017-10-03 16:59 PST"')

    def test_the_same_rules_change_nothing(self):
        before = self.desk.tables(), self.desk.log_bytes()
        said = self.replay(self.rules())
        self.assertEqual((said["mails"], said["changed"], said["items"]), (7, 0, []))
        self.assertIn("0 of 7 mails", self.desk.done("replay", "--rules", self.rules()).out)
        self.assertEqual((self.desk.tables(), self.desk.log_bytes()), before)

    def test_another_subject_takes_in_what_was_left(self):
        before = self.desk.tables(), self.desk.log_bytes()
        said = self.replay(self.rules(self.SUBJECT))
        self.assertEqual(self.items(said), {"M-2": ("triage -> recorded (papers)", "route"),
                                            "M-5": ("triage -> recorded (papers)", "route")})
        self.assertEqual(said["counts"], [{"kind": "triage -> recorded (papers)", "mails": 2}])
        self.assertEqual((self.desk.tables(), self.desk.log_bytes()), before)

    def test_another_deadline_and_only_that(self):
        self.assertEqual(self.items(self.replay(self.rules(self.A_DAY_MORE))), {"M-3": ("late -> on time", "excuse")})
        said = self.items(self.replay(self.rules(self.A_MONTH_LESS)))
        self.assertEqual(said, {"M-1": ("on time -> late", "none")})

    def test_what_a_person_decided_stays(self):
        self.desk.done("route", "M-2", "papers", "--as", "carla")
        said = self.replay(self.rules(self.SUBJECT))
        self.assertEqual(self.items(said), {"M-2": ("triage -> recorded (papers)", "settled"),
                                            "M-5": ("triage -> recorded (papers)", "route")})

    def test_apply_moves_what_is_confirmed_and_can_be_undone(self):
        rules = self.rules(self.SUBJECT, self.A_DAY_MORE)
        before = self.desk.tables()
        done = self.desk.run("replay", "--rules", rules, "--apply")
        self.assertEqual(done.code, 1, done)        # nobody can be asked here
        self.assert_one_sentence(done, "--yes")
        self.assertEqual(self.desk.tables(), before)
        said = self.replay(rules, "--apply", "--yes", "--as", "carla")
        self.assertEqual((said["applied"], said["moved"]), (True, 3))
        papers = {row["id"]: row["on_time"] for row in self.desk.items("papers")}
        self.assertEqual(papers, {"P-1": True, "P-2": True, "P-3": False, "P-4": True, "P-5": True})
        self.assertEqual({item["apply"] for item in self.replay(rules)["items"]}, {"settled"})
        again = self.replay(rules, "--apply", "--yes")
        self.assertEqual((again["applied"], again["moved"]), (False, 0))
        after = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), after)
        self.desk.done("audit", "--offline")

    def test_apply_asks_at_a_terminal(self):
        rules = self.rules(self.SUBJECT, self.A_DAY_MORE)
        before = self.desk.tables()

        def answered(line):
            terminal = Terminal("--config", self.desk.config, "replay", "--rules", rules, "--apply", "--as", "carla", cwd=self.desk.folder)
            self.addCleanup(terminal.close)
            terminal.answer("Move 3 mails as shown? [y/N] ", line)
            return terminal, terminal.end()

        for no in ("n", "", "yours"):
            terminal, code = answered(no)
            self.assertEqual(code, 1, terminal.said)
            self.assertIn("nothing was moved", terminal.said)
            self.assertEqual(self.desk.tables(), before)
        terminal, code = answered("y")
        self.assertEqual(code, 0, terminal.said)
        # What would change is told before it is asked for.
        shown, _, after = terminal.plain().partition("Move 3 mails as shown?")
        for mail in ("M-2", "M-3", "M-5"):
            self.assertIn(mail, shown)
        self.assertIn("3 moved", after)
        self.assertEqual(len(self.desk.items("papers")), 5)

    def test_rules_that_are_wrong_are_told(self):
        done = self.desk.run("replay", "--rules", self.rules(('needs = "pdf"', 'needs = "doc"')))
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "other.toml", "needs")
        self.assertEqual(self.desk.run("replay").code, 64)


if __name__ == "__main__":
    unittest.main()
