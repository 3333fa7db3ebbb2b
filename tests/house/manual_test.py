"""What is written about commands, options and keys is what the program knows: in both directions."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPERTRAY = os.environ["PAPERTRAY"]
DATA = pathlib.Path(os.environ["PAPERTRAY_DATA"])
PAGES = sorted((ROOT / "data" / "man").glob("*.scd.in"))


def said(*words):
    done = subprocess.run([PAPERTRAY, *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"papertray {' '.join(words)}: {done}"
    return done.stdout


class Help:
    """Of a command: its options and what is below it, as --help tells them; `()` is the program itself."""

    def __init__(self, path=()):
        self.path, self.text = path, said(*path, "--help")
        self.options = set(re.findall(r"^ {2,}(?:-\w,)?(--[a-z][a-z-]*)", self.text, re.M)) - {"--help"}
        listed = self.text.split("\nSubcommands:\n")
        names = re.findall(r"^  ([a-z][a-z-]*)", listed[1], re.M) if len(listed) > 1 else []
        self.below = [Help((*path, name)) for name in names]

    def all(self):
        yield self
        for one in self.below:
            yield from one.all()


TOP = Help()
COMMANDS = {" ".join(one.path): one for one in TOP.all() if one.path}


def starred(text):
    """The options that a page's text explains: "*--late*" at a line's beginning."""
    return set(re.findall(r"^\*(--[a-z][a-z-]*)\*", text.replace("\\", ""), re.M)) - {"--help"}


def page(name):
    return (DATA / "man" / f"{name}.scd").read_text()


class Manual(unittest.TestCase):
    def test_there_is_something_to_check(self):
        self.assertIn("run", COMMANDS)
        self.assertIn("outbox retry", COMMANDS)
        self.assertIn("--once", COMMANDS["run"].options)
        self.assertIn("--config", TOP.options)
        self.assertGreater(len(PAGES), 8)

    def test_every_command_has_an_example(self):
        for name, command in COMMANDS.items():
            with self.subTest(name):
                self.assertIn(f"Example: papertray {name}", command.text, "give it one: ->footer(\"Example: ...\")")

    def test_papertray_1_has_every_command_with_every_option(self):
        text = page("papertray.1")
        sections = dict(re.findall(r"^## papertray ([a-z -]+)\n(.*?)(?=^#)", text.replace("\\", ""), re.M | re.S))
        self.assertEqual(set(sections), set(COMMANDS))
        for name, section in sections.items():
            with self.subTest(name):
                self.assertEqual(starred(section), COMMANDS[name].options)
        globals_ = text.split("# GLOBAL OPTIONS")[1].split("# COMMANDS")[0]
        self.assertEqual(starred(globals_), TOP.options)

    def test_the_pages_of_single_commands(self):
        found = 0
        for path in PAGES:
            name = path.name.removesuffix(".1.scd.in")
            command = name.removeprefix("papertray-")
            if not path.name.endswith(".1.scd.in") or command not in COMMANDS:
                continue
            found += 1
            with self.subTest(command):
                wanted = set().union(*(one.options for one in COMMANDS[command].all()))
                self.assertEqual(starred(page(f"{name}.1")), wanted)
                self.assertIn(f"*{name}*(1)", page("papertray.1"), "name it under SEE ALSO")
        self.assertGreater(found, 4)

    def test_every_page_is_whole(self):
        scdoc = shutil.which("scdoc")
        if not scdoc:
            self.skipTest("scdoc is not installed")
        for path in PAGES:
            with self.subTest(path.name):
                text = page(path.name.removesuffix(".scd.in"))
                self.assertNotRegex(text, r"@[A-Z]+")
                done = subprocess.run([scdoc], input=text, capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))


class Completions(unittest.TestCase):
    def complete(self, *words):
        """What bash offers behind these words."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _papertray; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", DATA / "completions" / "papertray.bash", "papertray", *words],
                              capture_output=True, text=True, check=False, cwd="/")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return set(done.stdout.split())

    def test_bash(self):
        self.assertEqual({word for word in self.complete("") if not word.startswith("-")}, {one.path[0] for one in TOP.below})
        for name, command in COMMANDS.items():
            with self.subTest(name):
                offered = self.complete(*command.path, "--") - {"--help"}
                self.assertEqual(offered, command.options | TOP.options - {"--version"})
                self.assertLessEqual({one.path[-1] for one in command.below}, self.complete(*command.path, ""))

    def test_bash_knows_values_and_passes_over_them(self):
        self.assertEqual(self.complete("list", "--format", ""), {"table", "csv", "json", "sheet", "html"})
        self.assertEqual(self.complete("list", "pap"), {"papers"})
        self.assertEqual(self.complete("--config", "run", "outbox", "re"), {"retry", "resume"})
        self.assertIn("/etc", self.complete("--state", "/et"))
        self.assertEqual(self.complete("list", "--panel", ""), set())

    def test_zsh(self):
        text = (DATA / "completions" / "papertray.zsh").read_text()
        functions = dict(re.findall(r"^(_papertray\w*)\(\) \{\n(.*?)^\}", text, re.M | re.S))
        for name, command in {"": TOP, **COMMANDS}.items():
            with self.subTest(name):
                function = functions["_papertray" + re.sub(r"[ -]", "_", f" {name}" if name else "")]
                wanted = command.options | (TOP.options - {"--version"} if name else set())
                self.assertEqual(set(re.findall(r"^ *'(--[a-z-]+)", function, re.M)) - {"--help"}, wanted)
                self.assertEqual(set(re.findall(r"^      '([a-z-]+):", function, re.M)), {one.path[-1] for one in command.below})
        self.assertEqual(len(functions), len(COMMANDS) + 1)
        if shutil.which("zsh"):
            done = subprocess.run(["zsh", "-n", DATA / "completions" / "papertray.zsh"], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""))


CONFIG = """rules = "{rules}"
state = "state"
{top}
[mailbox]
url = "imaps://imap.example.org"
user = "desk"
password = {{ file = "p" }}
{mailbox}
[smtp]
url = "smtps://smtp.example.org"
from = "desk@example.org"
{smtp}
[receipts]
mode = "hold"
{receipts}
{more}
"""
RULES = """{top}
[workshop]
name = "W"
address = "desk@example.org"
receipts = "{receipts}"
{workshop}
[[track]]
id = "papers"
prefix = "P"
subjects = ["Paper"]
{track}
[track.format]
pages = 2
{format}
{more}
"""
UNKNOWN = "zzyzx = 1"
# What a table of the rules must hold beside an unknown key, lest that it lacks something is told first.
NEEDED = {"site.links": 'text = "T"\nurl = "https://example.org/"', "site.dates": 'what = "D"\nat = "2027-03-01"',
          "site.program": 'what = "W"\ntime = "9:00"\nwho = "A"', "site.panels": 'title = "T"\nwho = "A"'}


class Keys(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def known(self, config=None, rules=None):
        """The keys that the program knows beside one that it does not."""
        places = {"top": "", "mailbox": "", "smtp": "", "receipts": "", "more": ""} | (config or {})
        ours = {"top": "", "workshop": "", "track": "", "format": "", "more": ""} | (rules or {})
        (self.folder / "rules.toml").write_text(RULES.format(**ours, receipts=ROOT / "rules" / "receipts"))
        (self.folder / "papertray.toml").write_text(CONFIG.format(**places, rules="rules.toml"))
        done = subprocess.run([PAPERTRAY, "--config", self.folder / "papertray.toml", "status"], capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 78, done)
        self.assertIn("zzyzx", done.stderr)
        return set(re.search(r"; known here: (.*)", done.stderr)[1].split(", "))

    def documented(self, name):
        """Section -> its keys, in the order of the page."""
        sections = re.split(r"^# ", page(name), flags=re.M)[1:]
        return {section.split("\n", 1)[0].replace("\\", ""): set(re.findall(r"^\*([a-z_]+)\*$", section.replace("\\", ""), re.M))
                for section in sections}

    def compare(self, page_name, section, documented, known):
        with self.subTest(section):
            self.assertEqual(documented, known, f"explain each key of {section} in data/man/{page_name}.scd.in, and no other")

    def test_papertray_toml(self):
        documented = self.documented("papertray.toml.5")
        tables = {name[1:-1] for name in documented if name.startswith("[")}
        self.compare("papertray.toml.5", "the file", documented["KEYS"] | tables, self.known({"top": UNKNOWN}))
        for name in ("mailbox", "smtp", "receipts"):
            self.compare("papertray.toml.5", f"[{name}]", documented[f"[{name}]"], self.known({name: UNKNOWN}))
        for name in tables - {"mailbox", "smtp", "receipts"}:
            self.compare("papertray.toml.5", f"[{name}]", documented[f"[{name}]"], self.known({"more": f"[{name}]\n{UNKNOWN}"}))

    def test_the_rules(self):
        documented = self.documented("papertray-rules.5")
        tables = {name.strip("[]"): name for name in documented if name.startswith("[")}
        self.compare("papertray-rules.5", "the file", {name.split(".")[0] for name in tables}, self.known(rules={"top": UNKNOWN}))
        self.compare("papertray-rules.5", "[workshop]", documented["[workshop]"], self.known(rules={"workshop": UNKNOWN}))
        self.compare("papertray-rules.5", "[[track]]", documented["[[track]]"], self.known(rules={"track": UNKNOWN}))
        self.compare("papertray-rules.5", "[track.format]", documented["[track.format]"], self.known(rules={"format": UNKNOWN}))
        for name in tables.keys() - {"workshop", "track", "track.format"}:
            known = self.known(rules={"more": f"{tables[name]}\n{NEEDED.get(name, '')}\n{UNKNOWN}"})
            self.compare("papertray-rules.5", tables[name], documented[tables[name]], known)


if __name__ == "__main__":
    unittest.main(verbosity=2)
