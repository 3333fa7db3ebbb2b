"""The program itself: what it links, its options, its exit codes, how it meets a missing worker."""

import os
import pathlib
import shutil
import subprocess
import unittest

from support.case import DeskCase
from support.desk import BINARY, SAMPLE


class Program(DeskCase):
    def test_it_links_no_parser_of_hostile_bytes(self):
        linked = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=True).stdout.lower()
        self.assertIn("libc.so", linked)
        for library in ("gmime", "poppler", "qpdf", "ytnef", "libxml2"):
            self.assertNotIn(library, linked)

    def test_the_worker_links_no_network(self):
        worker = pathlib.Path(BINARY).parent / "papertray-inspect"
        linked = subprocess.run(["ldd", worker], capture_output=True, text=True, check=True).stdout.lower()
        self.assertIn("gmime", linked)
        for library in ("libcurl", "sqlite"):
            self.assertNotIn(library, linked)

    def test_version(self):
        self.assertRegex(self.desk.done("--version").out, r"\d+\.\d+\.\d+")

    def test_usage_mistakes_are_64(self):
        for arguments in (("frobnicate",), ("list", "--frobnicate"), ("show",), (), ("list", "papers", "--format", "xml")):
            with self.subTest(arguments):
                done = self.desk.run(*arguments)
                self.assertEqual(done.code, 64, done)
                self.assertTrue(done.err)

    def test_help_names_the_commands(self):
        said = self.desk.done("--help").out
        for command in ("run", "import", "status", "list", "show", "explain", "doctor", "rebuild"):
            self.assertIn(command, said)

    def test_a_path_that_is_not_there(self):
        done = self.desk.run("import", self.desk.folder / "nowhere")
        self.assertNotEqual(done.code, 0, done)
        self.assert_one_sentence(done, "nowhere")

    def test_without_the_worker_nothing_is_taken_in(self):
        alone = self.desk.folder / "bin"
        alone.mkdir()
        program = pathlib.Path(shutil.copy(BINARY, alone))
        done = subprocess.run([program, "--config", self.desk.config, "import", SAMPLE], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, cwd=self.desk.folder, env={"PATH": "/usr/bin:/bin"},
                              timeout=120, check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("papertray-inspect", done.stderr)

    def test_a_state_directory_that_cannot_be_written(self):
        blocker = self.desk.folder / "file"
        blocker.write_text("")
        done = self.desk.run("--state", blocker / "state", "import", SAMPLE)
        self.assertEqual(done.code, 73, done)
        self.assert_one_sentence(done, "state")

    def test_the_state_directory_is_private(self):
        self.desk.done("import", SAMPLE)
        self.assertEqual(os.stat(self.desk.state).st_mode & 0o077, 0)

    def test_doctor(self):
        done = self.desk.run("doctor")
        self.assertIn("2017-11-03 16:59 PST", done.out)
        self.assertIn("PDT", done.out)   # the clocks of that day showed it

    def test_closed_standard_input_and_output(self):
        """As under cron: nothing there to read from."""
        done = subprocess.run(["/bin/sh", "-c", '"$0" --config "$1" import "$2" <&-', BINARY, self.desk.config, SAMPLE],
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done)
        self.assertEqual(self.desk.fates().get("recorded", 0) > 0, True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
