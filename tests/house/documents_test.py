"""The documents say what is so: their links lead somewhere, the commands they name are the program's, and the picture in
the README is of the commands that tools/terminal-picture runs."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
PROGRAM = os.environ.get("PAPERTRAY", "")

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "bench").glob("*.md"),
                *(ROOT / "data").rglob("*.md"), *(ROOT / "tests").rglob("*.md")])
# Written as paths in running text and in comments, not only as links.
NAMED_PAGE = re.compile(r"\bdocs/[\w.-]+?\.(?:md|svg)\b")
NAMING = [*PAGES, *sorted((ROOT / "rules").rglob("*.toml"))]


def text_of(path):
    return path.read_text(encoding="utf-8")


def without_code(text):
    """Fenced and indented code and code spans hold brackets that are no links."""
    text = re.sub(r"^(```|~~~).*?^\1[^\n]*$", "", text, flags=re.M | re.S)
    text = re.sub(r"^(?: {4}|\t).*$", "", text, flags=re.M)
    return re.sub(r"(`+)(?:(?!\1).)+\1", "`code`", text, flags=re.S)


def code_of(text):
    """What stands in code: fenced, indented and spans."""
    parts = [found[2] for found in re.finditer(r"^(```|~~~)[^\n]*\n(.*?)^\1", text, flags=re.M | re.S)]
    rest = re.sub(r"^(```|~~~).*?^\1[^\n]*$", "", text, flags=re.M | re.S)
    parts += re.findall(r"^(?: {4}|\t)(.*)$", rest, flags=re.M)
    parts += [span for _, span in re.findall(r"(`+)([^`\n]+)\1", rest)]
    return parts


def anchors(text):
    """What GitHub makes of the headings: small letters, no punctuation, hyphens for blanks, -1 for a second one."""
    seen, made = {}, set()
    for title in re.findall(r"^#{1,6}\s+(.*?)\s*#*$", re.sub(r"^(```|~~~).*?^\1[^\n]*$", "", text, flags=re.M | re.S), re.M):
        title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
        slug = re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
        made.add(slug if slug not in seen else f"{slug}-{seen[slug]}")
        seen[slug] = seen.get(slug, 0) + 1
    return made


def links(text):
    plain = without_code(text)
    return (re.findall(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)", plain) +
            re.findall(r"""<(?:img|a)\b[^>]*?\b(?:src|href)=["']([^"']+)""", plain) +
            re.findall(r"^\[[^\]]+\]:\s+(\S+)", plain, re.M))


def broken(page, text):
    for link in links(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue                                    # the network is not asked
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield f"{link}: no such file"
        elif anchor and (target.suffix != ".md" or anchor not in anchors(text if target == page else text_of(target))):
            yield f"{link}: no such heading"


class Links(unittest.TestCase):
    def test_they_lead_somewhere(self):
        for page in PAGES:
            with self.subTest(page.relative_to(ROOT)):
                self.assertEqual(list(broken(page, text_of(page))), [])

    def test_pages_named_in_words_are_there(self):
        for page in NAMING:
            with self.subTest(page.relative_to(ROOT)):
                named = set(NAMED_PAGE.findall(text_of(page)))
                self.assertEqual([name for name in sorted(named) if not (ROOT / name).is_file()], [])

    def test_a_broken_one_is_seen(self):
        page = ROOT / "README.md"
        text = "# A `b`, c\n[x](#a-b-c) [y](#a) ![z](docs/nowhere.svg) [h](HACKING.md#nowhere) `[no](link)`\n"
        self.assertEqual(list(broken(page, text)), ["#a: no such heading", "docs/nowhere.svg: no such file",
                                                    "HACKING.md#nowhere: no such heading"])


def section(text, title):
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    return found[1] if found else ""


def table_commands(text):
    """The commands of the first column of README's table."""
    rows = re.findall(r"^\|(.*?[^\\])\|", section(text, "Commands"), re.M)
    return {span.split()[0] for row in rows for span in re.findall(r"`([a-z][^`]*)`", row)}


class Readme(unittest.TestCase):
    def test_its_two_commands_are_there(self):
        commands = re.findall(r"^    (tools/\S+)", section(text_of(README), "Two commands"), re.M)
        self.assertEqual(sorted(commands), ["tools/demo", "tools/test"])
        for command in commands:
            self.assertTrue(os.access(ROOT / command, os.X_OK), command)

    def test_it_is_no_book(self):
        self.assertLessEqual(len(text_of(README).splitlines()), 220)


@unittest.skipUnless(PROGRAM, "PAPERTRAY does not name the program")
class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        told = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
        cls.commands = set(re.findall(r"^  ([a-z][\w-]*)", told.partition("Subcommands:\n")[2], re.M))

    def test_the_table_has_all_of_them_and_no_other(self):
        self.assertGreater(len(self.commands), 10)
        self.assertEqual(table_commands(text_of(README)), self.commands)

    def test_what_the_documents_tell_to_type_is_a_command(self):
        for page in [README, *(ROOT / "docs").glob("*.md")]:
            with self.subTest(page.relative_to(ROOT)):
                words = {word for code in code_of(text_of(page)) for word in re.findall(r"(?<!-u )\bpapertray ([a-z][\w-]*)", code)}
                self.assertEqual(sorted(words - self.commands), [])


WORKSHOP = '[workshop]\nname = "RIN"\naddress = "rin@example.org"\n'


@unittest.skipUnless(PROGRAM, "PAPERTRAY does not name the program")
class Cookbook(unittest.TestCase):
    """Each recipe of docs/rules.md is read by the program, among the files that it speaks of."""

    def test_each_recipe_is_read(self):
        recipes = re.findall(r"^### (.*?)\n.*?^```toml\n(.*?)^```", section(text_of(ROOT / "docs/rules.md"), "Cookbook"),
                             re.M | re.S)
        self.assertGreater(len(recipes), 6)
        for title, recipe in recipes:
            with self.subTest(title), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                for receipts in {"receipts", *re.findall(r'^receipts = "(.*)"', recipe, re.M)}:
                    shutil.copytree(ROOT / "rules/receipts", folder / receipts)
                for style in re.findall(r'^style = "(.*?)"', recipe, re.M):
                    (folder / "styles").mkdir(exist_ok=True)
                    shutil.copy(ROOT / "rules/styles/acl.toml", folder / "styles" / f"{style}.toml")
                (folder / "rules.toml").write_text(recipe if "[workshop]" in recipe else WORKSHOP + recipe,
                                                   encoding="utf-8")
                (folder / "papertray.toml").write_text(
                    'rules = "rules.toml"\nstate = "state"\nreceipts.mode = "off"\n', encoding="utf-8")
                done = subprocess.run([PROGRAM, "--config", folder / "papertray.toml", "status"], capture_output=True,
                                      text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))


class Json(unittest.TestCase):
    def test_each_schema_of_the_sources_has_its_section(self):
        sources = [path for path in (ROOT / "src").rglob("*.cc") if path.parent.name in ("report", "app", "desk")]
        made = {name for path in sources for name in re.findall(
            r"\b(?:document|listed|ListPrinter(?: \w+)?)\(\s*\"([a-z][a-z-]*[a-z])\"", text_of(path))}
        self.assertGreater(len(made), 10)
        page = text_of(ROOT / "docs/json.md")
        self.assertEqual([name for name in sorted(made) if f"## papertray/{name}/1\n" not in page], [])


class Picture(unittest.TestCase):
    def test_it_shows_what_the_script_runs(self):
        loader = SourceFileLoader("terminal_picture", str(ROOT / "tools" / "terminal-picture"))
        script = module_from_spec(spec_from_loader(loader.name, loader))
        loader.exec_module(script)
        tree = xml.etree.ElementTree.parse(ROOT / "docs" / "terminal.svg")
        texts = [element.text for element in tree.iter("{http://www.w3.org/2000/svg}text")]
        shown = [after for before, after in zip(texts, texts[1:]) if before == "$"]
        self.assertEqual(shown, list(script.STEPS), "run tools/terminal-picture")

    def test_the_script_without_a_program_says_so(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([ROOT / "tools" / "terminal-picture", "--program", f"{folder}/none", "--into",
                                   f"{folder}/picture.svg"], capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, os.listdir(folder)), (1, []))
            self.assertRegex(done.stderr, r"\Atools/terminal-picture: there is no .*\n\Z")


if __name__ == "__main__":
    unittest.main()
