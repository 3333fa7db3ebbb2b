"""Mistakes in papertray.toml and in the rules: exit 78, and one sentence with file, line, key and the
nearest right key."""

import re
import shutil
import unittest

from support.case import DeskCase
from support.desk import RULES

MAILBOX = 'url = "imaps://imap.example.org"\nuser = "desk"\npassword = { file = "password" }'

# name, text to replace in papertray.toml, its replacement, the line's text that is named, words of the sentence
CONFIG_MISTAKES = [
    ("key misspelt", 'user = "desk"', 'usr = "desk"', "usr", ["usr", "user"]),
    ("table misspelt", "[receipts]", "[reciepts]", "reciepts", ["reciepts", "receipts"]),
    ("value of the wrong type", 'user = "desk"', "user = 7", "user = 7", ["user"]),
    ("value not among the words", 'mode = "send"', 'mode = "sned"', "sned", ["mode", "send"]),
    ("no rules", "rules = ", "ruls = ", "ruls", ["ruls", "rules"]),
    ("unknown scheme", "imaps://imap.example.org", "pop3://imap.example.org", "pop3", ["url", "imaps://"]),
    ("two passwords", '{ file = "password" }', '{ file = "password", env = "X" }', "env", ["password"]),
    ("password written out", '{ file = "password" }', '"open-sesame"', "open-sesame", ["password"]),
    ("no TOML at all", "[mailbox]", "[mailbox", "[mailbox", []),
]

# the same for the rules
RULES_MISTAKES = [
    ("key misspelt", "subjects", "subject", "subject", ["subject", "subjects"]),
    ("table misspelt", "[workshop]", "[wokshop]", "wokshop", ["wokshop", "workshop"]),
    ("unknown need", '"pdf"', '"pfd"', "pfd", ["needs", "pdf"]),
    ("deadline that is none", "2017-11-03 16:59 PST", "2017-11-31 16:59 PST", "2017-11-31", ["due", "2017-11-31"]),
    ("zone that is none", "America/Los_Angeles", "America/Los_Angels", "Los_Angels", ["timezone", "America/Los_Angeles"]),
]


def line_of(text, part):
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line and not line.lstrip().startswith("#"))


class Mistakes(DeskCase):
    def check(self, file, line, words):
        for command in (("status",), ("run", "--once"), ("doctor",)):
            done = self.desk.run(*command)
            said = done.err if command[0] != "doctor" else done.out + done.err
            self.assertEqual(done.code, 78, f"{command}: {done}")
            if command[0] != "doctor":
                self.assert_one_sentence(done)
            self.assertIn(f"{file}:{line}", said)
            for word in words:
                self.assertIn(word, said)
            self.assertNotIn("open-sesame", done.out + done.err)
        self.assertFalse((self.desk.state / "log").exists() and any((self.desk.state / "log").iterdir()))

    def test_configuration(self):
        for name, old, new, at, words in CONFIG_MISTAKES:
            with self.subTest(name):
                self.desk.write(MAILBOX)
                text = self.desk.config.read_text()
                self.assertIn(old, text)
                text = text.replace(old, new, 1)
                self.desk.config.write_text(text)
                self.check("papertray.toml", line_of(text, at), words)

    def test_rules(self):
        rules = self.desk.folder / "rules" / "workshop.toml"
        shutil.copytree(RULES.parent, rules.parent)
        whole = RULES.read_text(encoding="utf-8")
        for name, old, new, at, words in RULES_MISTAKES:
            with self.subTest(name):
                lines = whole.splitlines(keepends=True)
                number = line_of(whole, old)
                lines[number - 1] = lines[number - 1].replace(old, new, 1)
                rules.write_text("".join(lines), encoding="utf-8")
                self.desk.write(MAILBOX, rules=rules)
                for command in (("run", "--once"), ("import", "-")):
                    done = self.desk.run(*command)
                    self.assertEqual(done.code, 78, done)
                    self.assert_one_sentence(done, f"workshop.toml:{line_of(''.join(lines), at)}", *words)
                self.assertFalse(self.desk.segments() and self.desk.log_bytes())

    def test_a_template_with_an_unknown_name(self):
        rules = self.desk.folder / "rules" / "workshop.toml"
        shutil.copytree(RULES.parent, rules.parent)
        shutil.copy(RULES, rules)
        template = next(path for path in sorted(rules.parent.rglob("*"))
                        if path.is_file() and "{{" in path.read_text(encoding="utf-8") and path.suffix != ".toml")
        variable = re.search(r"\{\{\{?([a-z_]+)", template.read_text(encoding="utf-8"))[1]
        template.write_text(template.read_text(encoding="utf-8").replace(variable, variable + "x"), encoding="utf-8")
        self.desk.write(MAILBOX, rules=rules)
        done = self.desk.run("import", "-")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, template.name, variable + "x")

    def test_no_configuration_at_all(self):
        self.desk.config.unlink()
        done = self.desk.run("status")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "papertray.toml")

    def test_rules_that_are_not_there(self):
        self.desk.write(MAILBOX, rules=self.desk.folder / "nowhere.toml")
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 78, done)
        self.assert_one_sentence(done, "nowhere.toml")


if __name__ == "__main__":
    unittest.main(verbosity=2)
