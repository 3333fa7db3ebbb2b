"""data/sample is what tools/make-sample writes, and the scripts of tools/ are whole."""

import json
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def make_sample(*arguments):
    return subprocess.run(["/usr/bin/python3", "-B", ROOT / "tools" / "make-sample", *arguments],
                          capture_output=True, text=True, check=False)


class Sample(unittest.TestCase):
    def test_it_is_what_the_generator_writes(self):
        done = make_sample("--check")
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stdout + done.stderr)

    def test_the_check_sees_a_changed_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(make_sample("--into", folder).returncode, 0)
            mail = sorted(pathlib.Path(folder, "cur").iterdir())[0]
            mail.write_bytes(mail.read_bytes().replace(b"NIPS", b"nips", 1))
            done = make_sample("--check", "--into", folder)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"cur/{mail.name}: differs", done.stdout)

    def test_every_mail_is_expected_once(self):
        expected = json.loads((ROOT / "data/sample/expected.json").read_text(encoding="utf-8"))["mails"]
        mails = {f"{path.parent.name}/{path.name}" for folder in ("cur", "new")
                 for path in (ROOT / "data/sample" / folder).iterdir() if not path.name.startswith(".")}
        self.assertEqual({item["file"] for item in expected}, mails)
        self.assertEqual(len(expected), len(mails))
        self.assertGreaterEqual(len(mails), 44)


class Scripts(unittest.TestCase):
    def test_bash_reads_them(self):
        for script in ("tools/demo", "tools/test", "tools/lib/need.sh", ".ci/run"):
            with self.subTest(script):
                done = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_an_unknown_option_is_one_line_and_64(self):
        for script in ("tools/demo", "tools/test"):
            with self.subTest(script):
                done = subprocess.run([ROOT / script, "--frobnicate"], stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stdout), (64, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
