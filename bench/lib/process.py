"""Runs a program and says what it and its children took."""

import os
import signal
import threading
import time
from dataclasses import dataclass, field

# Between two looks at a program's memory. The peak is the kernel's own count (VmHWM), so a look may come
# late, only not after the end.
LOOK_EVERY = 0.02
TICK = 1 / os.sysconf("SC_CLK_TCK")


@dataclass
class Program:
    peak_mb: float = 0.0   # of the largest process by that name
    cpu: float = 0.0       # seconds up to the last look, of all of them


@dataclass
class Ran:
    wall: float            # seconds from the start to the end
    cpu: float             # user + system, the children that were waited for included
    code: int
    programs: dict = field(default_factory=dict)   # name -> Program

    def peak(self, name):
        return self.programs.get(name, Program()).peak_mb

    def peak_of_all(self):
        return max((program.peak_mb for program in self.programs.values()), default=0.0)


def children(pid):
    """Every process below `pid`, itself first; the kernel knows them by thread."""
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/children", "rb") as listed:
                    todo += map(int, listed.read().split())
        except OSError:
            pass   # ended between two looks
    return found


def look(pid):
    """(program, peak in MB, CPU seconds so far), or None when it is gone."""
    try:
        name = os.path.basename(os.readlink(f"/proc/{pid}/exe"))
        with open(f"/proc/{pid}/status", "rb") as status:
            peak = next((line for line in status if line.startswith(b"VmHWM")), None)
        with open(f"/proc/{pid}/stat", "rb") as stat:
            fields = stat.read().rpartition(b")")[2].split()
    except OSError:
        return None
    if peak is None:
        return None   # a zombie
    return name, int(peak.split()[1]) * 1024 / 1e6, (int(fields[11]) + int(fields[12])) * TICK


def on_cpu(pid):
    """Seconds that `pid` and its children have been on a CPU so far, exact to the nanosecond."""
    total = 0
    for one in children(pid):
        try:
            for task in os.listdir(f"/proc/{one}/task"):
                with open(f"/proc/{one}/task/{task}/schedstat", "rb") as counted:
                    total += int(counted.read().split()[0])
        except OSError:
            pass
    return total / 1e9


def wake_ups(pid):
    """How often the threads of `pid` and its children have gone to sleep so far, to be woken again."""
    total = 0
    for one in children(pid):
        for task in os.listdir(f"/proc/{one}/task"):
            with open(f"/proc/{one}/task/{task}/status", "rb") as status:
                total += next(int(line.split()[1]) for line in status if line.startswith(b"voluntary_ctxt"))
    return total


class Watch(threading.Thread):
    """Notes the last look at each process while the program runs."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.seen, self.over = pid, {}, threading.Event()

    def run(self):
        while not self.over.wait(LOOK_EVERY):
            for pid in children(self.pid):
                if (found := look(pid)) is not None:
                    # By program too: what a process was before exec is not the program's.
                    self.seen[pid, found[0]] = found

    def programs(self):
        found = {}
        for name, peak, cpu in self.seen.values():
            program = found.setdefault(name, Program())
            program.peak_mb = max(program.peak_mb, peak)
            program.cpu += cpu
        return found


def run(arguments, *, output, env=None, look_on=True, started=None, seconds=1800):
    """Runs to the end; standard output and error go to the file `output`. `started` is called with the
    process id at once. Without `look_on` nothing is watched beside it (`programs` stays empty)."""
    out = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
               (os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, out, 2)]
    arguments = [str(one) for one in arguments]
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", **(env or {})}
    begun = time.perf_counter()
    pid = os.posix_spawnp(arguments[0], arguments, environment, file_actions=actions)
    if started:
        started(pid)
    os.close(out)
    limit = threading.Timer(seconds, os.kill, (pid, signal.SIGKILL))
    limit.start()
    watch = Watch(pid)
    if look_on:
        watch.start()
    try:
        _, status, used = os.wait4(pid, 0)
        wall = time.perf_counter() - begun
    except BaseException:   # the bench is being stopped
        os.kill(pid, signal.SIGKILL)
        os.wait4(pid, 0)
        raise
    finally:
        limit.cancel()
        watch.over.set()
    if look_on:
        watch.join()
    return Ran(wall, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status), watch.programs())
