"""docs/reliability.md: every promise names a test that shows it, and that test is there."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"


def is_there(name):
    """As ctest would list it: doctest's cases are FOLDER:CASE, Python's files FOLDER: FILE."""
    if name.startswith("tools/"):
        return (ROOT / name.split()[0]).is_file()
    folder, _, case = name.partition(":")
    if not case.startswith(" "):
        return any(f'TEST_CASE("{case}")' in path.read_text(encoding="utf-8") for path in (TESTS / folder).glob("*.cc"))
    if (TESTS / folder / f"{case[1:]}_test.py").is_file():
        return re.search(rf"\b{case[1:]}\b", (TESTS / folder / "CMakeLists.txt").read_text(encoding="utf-8"))
    return any(f'"{name}"' in path.read_text(encoding="utf-8") for path in TESTS.glob("*/CMakeLists.txt"))


class Promises(unittest.TestCase):
    def test_each_is_shown_by_tests_that_exist(self):
        text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (.*) \|$", text.split("## Promised", 1)[1].split("\n## ", 1)[0], re.M)[1:]
        self.assertGreater(len(rows), 10)
        for row in rows:
            with self.subTest(row):
                names = re.findall("`([^`]+)`", row.rsplit(" | ", 1)[1])
                self.assertGreater(len(names), 0, "nothing shows it")
                self.assertEqual([name for name in names if not is_there(name)], [])

    def test_what_is_not_there_is_found_missing(self):
        for name in ("e2e: nothing", "fault: nothing", "store:nothing", "tools/nothing"):
            self.assertFalse(is_there(name), name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
