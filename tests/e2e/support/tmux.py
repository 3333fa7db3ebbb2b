"""A terminal of a known size, its keys and its screen, by tmux."""

import itertools
import os
import shutil
import subprocess

from .desk import BINARY, SLOW
from .wait import until

numbers = itertools.count(1)
PATIENCE = 120 * SLOW   # of a loaded machine


def is_here():
    return shutil.which("tmux") is not None


class Terminal:
    """Runs papertray; afterwards `exit_code` and whether the terminal is as before."""

    def __init__(self, desk, *arguments, width=80, height=24):
        self.folder = desk.folder / f"terminal-{next(numbers)}"
        self.folder.mkdir()
        self.socket = str(self.folder / "tmux")
        script = self.folder / "run"
        words = " ".join("'" + str(word).replace("'", "'\\''") + "'" for word in (BINARY, "--config", desk.config, *arguments))
        script.write_text(f"cd {self.folder}\nstty -g >before\n{words} 2>errors\necho $? >code.new\nstty -g >after\n"
                          "mv code.new code\nexec cat\n")   # the pane stays to be looked at
        env = {"PATH": "/usr/bin:/bin", "HOME": str(desk.folder), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"):
            if name in os.environ:
                env[name] = os.environ[name]
        self.env = env
        self.tmux("-f", "/dev/null", "new-session", "-d", "-s", "desk", "-x", str(width), "-y", str(height), f"sh {script}")

    def tmux(self, *arguments):
        done = subprocess.run(["tmux", "-S", self.socket, "-u", *arguments], env=self.env, capture_output=True, text=True, timeout=60 * SLOW)
        if done.returncode != 0:
            raise AssertionError(f"tmux {arguments}: {done.stderr}")
        return done.stdout

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "desk")

    def shows(self, *words):
        """Waits until the screen shows all of them, and gives it."""
        def look():
            screen = self.screen()
            return screen if all(word in screen for word in words) else None
        try:
            return until(look, f"{words} on the screen", seconds=PATIENCE)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.screen()}\n{(self.folder / 'errors').read_text()}") from None

    def type(self, *keys):
        self.tmux("send-keys", "-t", "desk", *keys)

    def resize(self, width, height):
        self.tmux("resize-window", "-t", "desk", "-x", str(width), "-y", str(height))

    def signal(self, name):
        """To the program that has the terminal."""
        pane = self.tmux("display-message", "-p", "-t", "desk", "#{pane_pid}").strip()
        child = until(lambda: subprocess.run(["pgrep", "-P", pane], capture_output=True, text=True).stdout.split(), "the program")
        subprocess.run(["kill", f"-{name}", child[0]], check=True)

    def ended(self):
        """Waits for the end; the exit code, when the terminal is as it was."""
        code = until(lambda: (self.folder / "code").exists() and (self.folder / "code").read_text().strip(), "the end", seconds=PATIENCE)
        before, after = ((self.folder / name).read_text() for name in ("before", "after"))
        if before != after:
            raise AssertionError(f"the terminal is not as before: {before} {after}")
        return int(code)

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], env=self.env, capture_output=True)
