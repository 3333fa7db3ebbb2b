"""How far the daemon reaches, and where its password gets to, as the kernel saw it (strace): nothing is opened for
writing outside the state directory but the metrics file, and the password is nowhere but in its source and on the way
to the server."""

import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import unittest

from support.case import MailCase
from support.desk import BINARY, SLOW
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.wait import LONG_ENOUGH, until

SECRET = "secret"                # Dovecot's; as a word it is everywhere, so another one is looked for
OTHER_SECRET = "Kq7-unguessable-5512"
OPENED = re.compile(r'\b(?:openat|open|creat)\((?:AT_FDCWD(?:<[^>]*>)?, )?"(?P<path>(?:[^"\\]|\\.)*)", (?P<flags>[A-Z_|0-9]+)'
                    r'.*\) = \d+<(?P<real>[^>]*)>')
CHANGED = re.compile(r'\b(?P<call>rename|renameat|renameat2|unlink|unlinkat|mkdir|mkdirat|link|linkat|symlink|symlinkat|truncate|'
                     r'chmod|fchmodat|chown|fchownat|utimensat|mknod|mknodat)\((?P<arguments>.*)\) = 0\b')
WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")


def children(parent):
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in parentheses and may hold anything; state and parent follow.
            if int(path.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(path.parent.name))
        except (FileNotFoundError, ProcessLookupError):
            pass   # ended meanwhile
    return found


@unittest.skipIf(SLOW > 1, "a sanitizer's run time opens files of its own, and reads memory as a debugger does")
class Reach(MailCase):
    def setUp(self):
        super().setUp()
        if not shutil.which("strace"):
            self.skipTest("strace is not installed")
        self.trace = self.desk.folder / "trace"

    def traced(self, *arguments, what="%file,%process,prctl,setrlimit,prlimit64"):
        """Started under strace, with every child; umask 0, so that every mode is our own doing."""
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.desk.folder), "LC_ALL": "C.UTF-8", "IMAP_PASSWORD": SECRET,
               "UNRELATED": OTHER_SECRET}
        return subprocess.Popen(["/usr/bin/strace", "-f", "-y", "-v", "-s", "100000", "-e", f"trace={what}", "-o", self.trace,
                                 BINARY, "--config", self.desk.config, *arguments], env=env, cwd=self.desk.folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=lambda: os.umask(0))

    def lines(self):
        """The trace, calls that were interrupted by another thread's put together again."""
        unfinished, whole = {}, []
        for line in self.trace.read_text(errors="replace").splitlines():
            pid, _, rest = line.partition(" ")
            rest = rest.strip()
            if rest.endswith("<unfinished ...>"):
                unfinished[pid] = rest.removesuffix("<unfinished ...>")
            elif rest.startswith("<... "):
                whole.append(unfinished.pop(pid, "") + rest.split(" resumed>", 1)[-1])
            else:
                whole.append(rest)
        return whole

    def day(self, **more):
        """A daemon's day: mail, receipts, an answer, a metrics file, the end. What it said."""
        sink = self.sink()
        self.server.append(self.user, paper_mail("ada@example.org"), ON_TIME)
        metrics = self.desk.folder / "papertray.prom"
        self.desk.write(self.imap(**more), smtp=f'url = "smtp://127.0.0.1:{sink.port}"', more=f'metrics = "{metrics}"')
        self.change_config()
        process = self.traced("run")
        try:
            until(lambda: process.poll() is not None or len(sink.delivered) == 1, "the first receipt")
            self.server.append(self.user, question_mail("Why?", "bob@example.org"), ON_TIME)
            self.server.append(self.user, other_mail(), ON_TIME)
            until(lambda: process.poll() is not None or (
                len(sink.delivered) == 2 and metrics.exists() and
                self.desk.query("SELECT count(*) FROM message") == [(3,)]), "the second one, and all recorded")
        finally:
            # strace hands no signal on that was meant for it: its child is asked itself.
            for child in children(process.pid):
                os.kill(child, signal.SIGTERM)
            out, err = process.communicate(timeout=LONG_ENOUGH)
        self.assertEqual(process.returncode, 0, out + err)
        self.assertEqual(self.desk.fates(), {"recorded": 2, "triage": 1})
        return out + err

    def change_config(self):
        pass

    def test_nothing_is_written_outside_the_state_directory(self):
        self.day()
        allowed = re.compile(re.escape(str(self.desk.state)) + r"(/|\Z)|" +
                             re.escape(str(self.desk.folder / "papertray.prom")) + r"(\.new)?\Z|/dev/null\Z|/memfd:|memfd:|pipe:|"
                             r"/proc/self/")
        opened, wrong = 0, []
        for line in self.lines():
            if (call := OPENED.search(line)) and WRITING.search(call["flags"]):
                opened += 1
                if not allowed.match(call["real"]):
                    wrong.append(line)
            elif call := CHANGED.search(line):
                for path in re.findall(r'"((?:[^"\\]|\\.)*)"', call["arguments"]):
                    if path.startswith("/") and not allowed.match(path):
                        wrong.append(line)
        self.assertEqual(wrong, [])
        self.assertGreater(opened, 5, "the trace shows no writing at all")

    def test_modes_are_for_us_alone(self):
        self.day()
        for path in [self.desk.state, *self.desk.state.rglob("*")]:
            mode = stat.S_IMODE(path.stat().st_mode)
            self.assertEqual(oct(mode), oct(0o700 if path.is_dir() else 0o600), path)

    def test_no_core_is_ever_dumped(self):
        """Forbidden before the password is read, in the daemon and in its worker."""
        self.day()
        lines = self.lines()
        forbidden = [number for number, line in enumerate(lines) if "prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE" in line]
        read = [number for number, line in enumerate(lines) if f'"{self.desk.folder}/password"' in line and "openat" in line]
        self.assertTrue(forbidden and read)
        self.assertLess(forbidden[0], read[0])
        self.assertGreaterEqual(len(forbidden), 2, "the worker forbids it for itself")
        self.assertTrue(any("RLIMIT_CORE" in line and "rlim_max=0" in line for line in lines))


class Secret(Reach):
    """The password by an environment variable: the way that could leak most easily."""

    def change_config(self):
        self.desk.config.write_text(self.desk.config.read_text().replace('{ file = "password" }', '{ env = "IMAP_PASSWORD" }'))

    def test_no_child_is_given_the_environment(self):
        self.day()
        starts = [line for line in self.lines() if line.startswith(("execve(", "execveat("))]
        # The first is strace starting us.
        children = starts[1:]
        self.assertTrue(children, "no worker was started")
        for line in children:
            self.assertNotIn("IMAP_PASSWORD", line)
            self.assertNotIn(OTHER_SECRET, line)

    test_nothing_is_written_outside_the_state_directory = None
    test_modes_are_for_us_alone = None
    test_no_core_is_ever_dumped = None


class Nowhere(MailCase):
    """A password that the server refuses, and one that it takes: neither is said or written."""

    def check(self, said):
        self.assertNotIn(OTHER_SECRET, said)
        for path in self.desk.state.rglob("*"):
            if path.is_file():
                self.assertNotIn(OTHER_SECRET.encode(), path.read_bytes(), path)

    def command_lines(self, process):
        """Of the program and its children, as ps shows them to anybody."""
        return " ".join(pathlib.Path("/proc", str(one), "cmdline").read_text().replace("\0", " ")
                        for one in (process.pid, *children(process.pid)))

    def test_a_daemon_whose_password_is_refused(self):
        self.connect()
        (self.desk.folder / "password").write_text(OTHER_SECRET + "\n")
        process = self.desk.start("run")
        try:
            until(lambda: process.poll() is not None or (self.desk.state / "mailbox.json").exists(), "the first try")
            lines = self.command_lines(process)
        finally:
            process.terminate()
            out, err = process.communicate(timeout=LONG_ENOUGH)
        self.assertIn("papertray", lines)
        self.check(out + err + lines)
        self.assertIn("login", err.lower())

    def test_one_that_comes_from_a_command(self):
        """Its text is in the configuration, so its output alone may be the secret; its failures tell nothing of it."""
        self.connect()
        script = self.desk.folder / "give"
        script.write_text(f"#!/bin/sh\necho {OTHER_SECRET}\necho more\n")
        script.chmod(0o700)
        self.desk.config.write_text(self.desk.config.read_text().replace('{ file = "password" }', f'{{ command = "{script}" }}'))
        done = self.desk.run("run", "--once")
        self.assertNotEqual(done.code, 0)
        self.assertIn("more than one line", done.err)
        self.check(done.out + done.err)


if __name__ == "__main__":
    unittest.main(verbosity=2)
