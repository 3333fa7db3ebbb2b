"""Libraries for LD_PRELOAD, compiled for the test, and programs that must end in time."""

import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]


def library(case, name):
    """The path of NAME.c of this folder as a library; it goes with the test case."""
    folder = tempfile.mkdtemp(prefix="papertray-preload-")
    case.addClassCleanup(shutil.rmtree, folder, True)
    path = f"{folder}/{name}.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", path, HERE / f"{name}.c"], check=True)
    return path


def processor_time(pid):
    """Seconds that a program and its living and ended children have had."""
    def of(one):
        words = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        below = pathlib.Path(f"/proc/{one}/task/{one}/children").read_text().split()
        return sum(map(int, words[11:15])) + sum(map(of, below))
    try:
        return of(pid) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None   # it, or one below it, has just ended


def stacks(pid):
    """Where the threads of a program stand that does not end."""
    try:
        done = subprocess.run(["gdb", "-p", str(pid), "-batch", "-nx", "-ex", "thread apply all bt"], capture_output=True,
                              text=True, timeout=120, check=False)
        return done.stdout
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"no stacks: {error}"
