"""papertray at a terminal, and somebody who types."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

from .desk import BINARY, SLOW

PATIENCE = 120 * SLOW   # seconds for a word to appear


class Terminal:
    def __init__(self, *arguments, cwd, env=None, columns=100):
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        passed = {name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR") if name in os.environ}
        self.process = subprocess.Popen(
            [BINARY, *map(str, arguments)], cwd=cwd, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(cwd), "LC_ALL": "C.UTF-8", "TERM": "xterm", **passed, **(env or {})},
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(slave)
        self.said = ""    # all of it
        self.read = 0     # up to where `wait` has looked

    def more(self, end):
        """Reads what is there; False at the end."""
        if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            raise AssertionError(f"nothing more came in {PATIENCE} s; all of it:\n{self.said}")
        try:
            piece = os.read(self.master, 65536)
        except OSError:   # EIO: the program has let go of its terminal
            piece = b""
        self.said += piece.decode(errors="replace")
        return bool(piece)

    def wait(self, word):
        """Until this stands behind what has been waited for so far."""
        end = time.monotonic() + PATIENCE
        while (at := self.said.find(word, self.read)) < 0:
            if not self.more(end):
                raise AssertionError(f"it ended without {word!r}; all of it:\n{self.said}")
        self.read = at + len(word)

    def answer(self, question, line):
        self.wait(question)
        os.write(self.master, (line + "\n").encode())

    def interrupt(self):
        os.write(self.master, b"\x03")

    def shows_what_is_typed(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def end(self):
        """Its exit code; everything it has said is in `said` then."""
        end = time.monotonic() + PATIENCE
        while self.more(end):
            pass
        return self.process.wait(PATIENCE)

    def close(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self.master)

    def plain(self):
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.said).replace("\r\n", "\n")
