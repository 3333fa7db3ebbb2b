"""The edges between the folders of src/, as docs/architecture.md draws them: who may include whom,
and who may see which library."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

ADAPTERS = {"imap", "files", "smtp", "log", "store", "inspect"}
POLICY = {"intake", "desk", "report"}
EDGES = {
    "core": set(),
    "net": {"core"},
    **{room: {"core"} for room in POLICY},
    **{room: POLICY | {"core"} for room in ADAPTERS},
}
EDGES["imap"] = EDGES["imap"] | {"net"}
EDGES["smtp"] = EDGES["smtp"] | {"net"}
EDGES["zip"] = {"core"}
EDGES["app"] = set(EDGES)

# A library's headers -> the only folders that may include them.
LIBRARIES = {
    r"curl/": {"net", "imap", "smtp"},
    r"(gmime/|glib|gio/|libxml/|poppler/|qpdf/|ytnef)": {"inspect"},
    r"seccomp\.h": {"inspect"},
    r"simdjson\.h": {"inspect"},
    r"(sqlite3\.h|SQLiteCpp/)": {"store"},
    r"mimetic/": {"smtp"},
    r"archive(_entry)?\.h": {"inspect"},  # links libxml2
    r"zip\.h": {"zip"},
    r"(CLI/|toml\+\+/)": {"app"},
}
# Slow to compile, or wide.
HEAVY = re.compile(r"(nlohmann/json\.hpp|simdjson\.h|toml\+\+/|CLI/|.*mustache|SQLiteCpp/SQLiteCpp)")
CORE_MAY_USE = re.compile(r"([a-z_]+|fmt/\w+\.h|date/\w+\.h|re2/\w+\.h|utf8proc\.h)")
LONGEST_FILE = 500


def rooms():
    return sorted(path.name for path in SRC.iterdir() if path.is_dir() and any(path.glob("*.cc")))


def sources(room):
    return sorted(path for path in (SRC / room).rglob("*") if path.suffix in (".cc", ".h"))


def includes(path):
    """(line number, `"` or `<`, what) of every include of a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if found:
            yield number, found[1], found[2]


def where(path, number):
    return f"{path.relative_to(ROOT)}:{number}"


def cmake_calls(room):
    """The papertray_library calls of a folder: name -> {"SOURCES": [...], "USES": [...], ...}."""
    path = SRC / room / "CMakeLists.txt"
    text = re.sub(r"#.*", "", path.read_text(encoding="utf-8")) if path.exists() else ""
    calls = {}
    for body in re.findall(r"papertray_library\(([^)]*)\)", text):
        words, key = body.split(), None
        call = calls[words[0]] = {"SOURCES": [], "USES": [], "LINKS": []}
        for word in words[1:]:
            if word in call:
                key = word
            elif key:
                call[key].append(word)
    return calls, text


class Includes(unittest.TestCase):
    def test_there_is_something_to_check(self):
        self.assertIn("core", rooms())
        self.assertGreater(sum(1 for room in rooms() for path in sources(room) for _ in includes(path)), 50)

    def test_every_folder_has_its_edges_stated(self):
        self.assertEqual(set(rooms()) - set(EDGES), set(), "state the new folder's edges here and in docs/architecture.md")

    def test_folders_include_only_what_they_may(self):
        wrong = []
        for room in rooms():
            for path in sources(room):
                for number, quote, what in includes(path):
                    if quote != '"':
                        continue
                    other = what.split("/")[0]
                    if "/" not in what or other == "..":
                        wrong.append(f'{where(path, number)}: "{what}" must begin with its folder\'s name')
                    elif other != room and other not in EDGES[room]:
                        wrong.append(f"{where(path, number)}: {room} must not include {what}")
        self.assertEqual(wrong, [])

    def test_every_included_file_of_ours_exists_or_is_made(self):
        made = {path.name for path in (SRC).rglob("*.in")} | {"schema.h"}
        wrong = [f"{where(path, number)}: {what}" for room in rooms() for path in sources(room)
                 for number, quote, what in includes(path)
                 if quote == '"' and not (SRC / what).exists() and pathlib.Path(what).name not in made]
        self.assertEqual(wrong, [])

    def test_libraries_stay_in_their_folders(self):
        wrong = []
        for room in rooms():
            for path in sources(room):
                for number, quote, what in includes(path):
                    for pattern, allowed in LIBRARIES.items():
                        if quote == "<" and re.match(pattern, what) and room not in allowed:
                            wrong.append(f"{where(path, number)}: <{what}> belongs in {', '.join(sorted(allowed))}")
        self.assertEqual(wrong, [])

    def test_core_is_pure(self):
        wrong = [f"{where(path, number)}: <{what}>" for path in sources("core")
                 for number, quote, what in includes(path) if quote == "<" and not CORE_MAY_USE.fullmatch(what)]
        self.assertEqual(wrong, [])

    def test_heavy_headers_reach_no_other_header(self):
        """A folder may have one heavy header for its own .cc files, and nobody else's."""
        every = [path for room in rooms() for path in sources(room)]
        heavy = {str(path.relative_to(SRC)) for path in every if path.suffix == ".h"
                 and any(HEAVY.match(what) for _, quote, what in includes(path) if quote == "<")}
        wrong = [f"{where(path, number)}: {what}" for path in every for number, _, what in includes(path)
                 if what in heavy and (path.suffix == ".h" or what.split("/")[0] != path.parent.name)]
        self.assertEqual(wrong, [])


class Targets(unittest.TestCase):
    def test_every_folder_is_a_target_with_all_its_sources(self):
        for room in rooms():
            with self.subTest(room):
                calls, text = cmake_calls(room)
                self.assertTrue(calls or "add_executable" in text, "no CMakeLists.txt with a target")
                words = set(re.split(r"[\s()]+", text))
                missing = [path.name for path in sources(room)
                           if path.suffix == ".cc" and str(path.relative_to(SRC / room)) not in words]
                self.assertEqual(missing, [], "not in any target's sources")
                self.assertNotIn("GLOB", text, "list the sources")

    def test_uses_agree_with_the_includes(self):
        uses = {room: {other for call in cmake_calls(room)[0].values() for other in call["USES"]} for room in rooms()}
        own = {room: set(cmake_calls(room)[0]) for room in rooms()}
        for room in rooms():
            if room == "app":   # wires everything
                continue
            with self.subTest(room):
                named = uses[room] - own[room]
                self.assertLessEqual(named, EDGES[room], "USES names a folder that it may not use")
                reached = set(named)
                for other in named:
                    reached |= uses.get(other, set())
                included = {what.split("/")[0] for path in sources(room)
                            for _, quote, what in includes(path) if quote == '"'} - {room}
                self.assertLessEqual(included, reached, "included, but not in USES")
                self.assertLessEqual(named, included, "in USES, but nothing of it is included")


class Sizes(unittest.TestCase):
    def test_hacking_fits_two_screens(self):
        self.assertLessEqual(len((ROOT / "HACKING.md").read_text(encoding="utf-8").splitlines()), 80)

    def test_no_file_is_a_hall(self):
        tree = [path for folder in (SRC, ROOT / "tests", ROOT / "tools") for path in folder.rglob("*")
                if path.suffix in (".cc", ".h", ".py", ".sh")]
        wrong = [f"{path.relative_to(ROOT)}: {lines} lines" for path in tree
                 if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
