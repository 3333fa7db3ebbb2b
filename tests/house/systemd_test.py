"""The units as systemd reads them: whole, and closed."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

UNITS = pathlib.Path(os.environ["PAPERTRAY_DATA"]) / "systemd"
SOURCES = pathlib.Path(__file__).resolve().parents[2] / "data" / "systemd"
SERVICES = ("papertray", "papertray-once")
MOST_EXPOSURE = 1.2


@unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed (package systemd)")
class Units(unittest.TestCase):
    def setUp(self):
        # The units name the installed program; here it is the one just built.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name in SERVICES:
            text = (UNITS / f"{name}.service").read_text()
            self.assertNotIn("@", re.sub(r"@(system-service|privileged|resources)\b", "", text), "a word was not filled in")
            text = re.sub(r"^ExecStart=\S+", f"ExecStart={os.environ['PAPERTRAY']}", text, flags=re.M)
            (self.folder / f"{name}.service").write_text(text)
        shutil.copy(SOURCES / "papertray-once.timer", self.folder)

    def analyze(self, *arguments):
        return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, check=False,
                              env={**os.environ, "SYSTEMD_COLORS": "0", "LC_ALL": "C.UTF-8", "SYSTEMD_UNIT_PATH": f"{self.folder}:"})

    def test_they_are_whole(self):
        for name in (*(f"{name}.service" for name in SERVICES), "papertray-once.timer"):
            with self.subTest(name):
                done = self.analyze("verify", "--man=no", str(self.folder / name))
                ours = [line for line in (done.stdout + done.stderr).splitlines() if "papertray" in line]
                self.assertEqual((done.returncode, ours), (0, []), done.stderr)

    def test_a_mistake_in_one_is_seen(self):
        unit = self.folder / "papertray.service"
        unit.write_text(unit.read_text().replace("WatchdogSec=", "WatchdogSecs="))
        done = self.analyze("verify", "--man=no", str(unit))
        self.assertIn("WatchdogSecs", done.stdout + done.stderr)

    def exposure(self, path):
        done = self.analyze("security", "--offline=true", "--no-pager", str(path))
        return float(re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)[1])

    def test_how_much_they_expose(self):
        for name in SERVICES:
            with self.subTest(name):
                found = self.exposure(self.folder / f"{name}.service")
                print(f"\n{name}.service: exposure {found}")
                self.assertLessEqual(found, MOST_EXPOSURE)
        bare = self.folder / "bare.service"
        bare.write_text("[Service]\nExecStart=/bin/true\n")
        self.assertGreater(self.exposure(bare), 9)

    def test_the_inspector_may_lock_itself_in(self):
        """What it calls to do so must be allowed by name, where no group of this systemd has it."""
        allowed = set()
        for line in (self.folder / "papertray.service").read_text().splitlines():
            if line.startswith("SystemCallFilter=") and not line.startswith("SystemCallFilter=~"):
                allowed |= set(line.split("=", 1)[1].split())
        groups = self.groups()
        self.assertIn("prlimit64", self.calls("@system-service", groups) | self.calls("@default", groups))
        for call in ("seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prlimit64", "prctl"):
            reached = {call} & allowed or any(call in self.calls(group, groups) for group in allowed | {"@default"})
            self.assertTrue(reached, call)
            for group in ("@privileged", "@resources"):
                self.assertNotIn(call, self.calls(group, groups))

    def groups(self):
        found, group = {}, None
        for line in self.analyze("syscall-filter").stdout.splitlines():
            if line.startswith("@"):
                group = found.setdefault(line.strip(), set())
            elif line.startswith("    ") and group is not None and not line.strip().startswith("#"):
                group.add(line.strip())
        return found

    def calls(self, group, groups):
        found, left = set(), [group]
        while left:
            for word in groups.get(left.pop(), ()):
                (left.append if word.startswith("@") else found.add)(word)
        return found


if __name__ == "__main__":
    unittest.main(verbosity=2)
