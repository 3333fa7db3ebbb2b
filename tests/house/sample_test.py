"""data/sample is what tools/make-sample writes, and the scripts of tools/ are whole."""

import json
import pathlib
import shutil
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
        for script in ("tools/demo", "tools/test", "tools/soak", "tools/lib/need.sh", ".ci/run"):
            with self.subTest(script):
                done = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_an_unknown_option_is_one_line_and_64(self):
        for script in ("tools/demo", "tools/test", "tools/soak"):
            with self.subTest(script):
                done = subprocess.run([ROOT / script, "--frobnicate"], stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stdout), (64, ""))
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)


CTEST = r"""#!/bin/bash
# Cases a, b.c and d: a always passes, b.c fails the first time, d as often as $FAILS says.
echo "ctest $*" >>"$TOLD"
mkdir -p build/release/Testing/Temporary
failed=build/release/Testing/Temporary/LastTestsFailed.log
case "$*" in
  *" -R "*) [ "$FAILS" = twice ] && echo "3:d" >"$failed" ;;
  *) [ "$FAILS" = never ] || printf '2:e2e: b.c (x)\n3:d\n' >"$failed" ;;
esac
echo "output of the cases"
if [ -s "$failed" ]; then
  echo "66% tests passed, 1 tests failed out of 3"; echo; echo "Total Test time (real) = 1.00 sec"; exit 8
fi
echo "100% tests passed, 0 tests failed out of 3"; echo; echo "Total Test time (real) = 1.00 sec"
"""


class Again(unittest.TestCase):
    """tools/test with a ctest of ours: what failed beside others runs once more, alone."""

    def run_it(self, fails):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "tools/lib").mkdir(parents=True)
            shutil.copy(ROOT / "tools/test", folder / "tools/test")
            (folder / "tools/lib/need.sh").write_text(
                "build_packages=() test_packages=()\nneed() { :; }\nbuild() { :; }\n"
                "say() { printf '==> %s\\n' \"$*\"; }\nstop() { exit 64; }\n")
            (folder / "ctest").write_text(CTEST)
            (folder / "ctest").chmod(0o755)
            done = subprocess.run([folder / "tools/test", "-j", "2"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  check=False, env={"PATH": f"{folder}:/usr/bin:/bin", "FAILS": fails, "TOLD": f"{folder}/told"})
            return done, (folder / "told").read_text().splitlines()

    def test_nothing_failed(self):
        done, told = self.run_it("never")
        self.assertEqual((done.returncode, len(told)), (0, 1), done)
        self.assertNotIn("failed once", done.stdout)

    def test_what_passes_alone_is_named_and_passes(self):
        done, told = self.run_it("once")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn(r"-j 1 --no-tests=error -R ^(d|e2e: b\.c \(x\))$", told[1])
        self.assertIn("==> failed once: d (", done.stdout)
        self.assertIn("==> failed once: e2e: b.c (x) (", done.stdout)
        self.assertRegex(done.stdout, r"failed once[^\n]*\n100% tests passed[^\n]*\n\nTotal Test time[^\n]*\n\Z")

    def test_a_real_defect_fails_twice(self):
        done, _ = self.run_it("twice")
        self.assertEqual(done.returncode, 8, done)
        self.assertIn("failed once: e2e: b.c (x) (", done.stdout)
        self.assertNotIn("failed once: d", done.stdout)
        self.assertRegex(done.stdout, r"\n66% tests passed[^\n]*\n\nTotal Test time[^\n]*\n\Z")


if __name__ == "__main__":
    unittest.main(verbosity=2)
