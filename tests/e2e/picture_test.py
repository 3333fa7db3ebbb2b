"""tools/terminal-picture: the README's picture is made by the real program, at the moment it says."""

import os
import pathlib
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from support.clock import needs_moved_clock
from support.wait import LONG_ENOUGH

ROOT = pathlib.Path(__file__).resolve().parents[2]


@needs_moved_clock
@unittest.skipIf(os.environ.get("PAPERTRAY_SANITIZED") == "1", "the sanitizer wants to be loaded before libfaketime")
class Picture(unittest.TestCase):
    def test_it_is_drawn(self):
        with tempfile.TemporaryDirectory() as folder:
            picture = pathlib.Path(folder, "picture.svg")
            done = subprocess.run([ROOT / "tools" / "terminal-picture", "--program", os.environ["PAPERTRAY"], "--into",
                                   picture], capture_output=True, text=True, timeout=3 * LONG_ENOUGH, check=False)
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            self.assertEqual(os.listdir(folder), ["picture.svg"])
            words = " ".join(xml.etree.ElementTree.parse(picture).getroot().itertext())
        for expected in ("papertray status", "Deep Learning At Supercomputer Scale", "1 second late", "in triage",
                         "passed 6 days 17 hours ago"):
            self.assertIn(expected, words)


if __name__ == "__main__":
    unittest.main()
