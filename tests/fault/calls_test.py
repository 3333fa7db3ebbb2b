"""Each write, sync, open, rename of papertray fails as disks and kernels let them, and each allocation: it ends cleanly
with one sentence, has shown nothing as done that is not, and the next run completes what this one left.

PAPERTRAY_LONG_TESTS=1: a hundred calls and allocations, =figures: hundreds; else a dozen or two. PAPERTRAY_CALLS=100000 is
every call."""

import collections
import errno
import os
import random
import unittest

from broken.acts import First, Second
from broken.play import Calm, differences
from broken.preload import library
from broken.stage import Stage
from support.form import form

SOME_CALLS = int(os.environ.get("PAPERTRAY_CALLS", form(25, 100, 400)))             # of each act
SOME_ALLOCATIONS = int(os.environ.get("PAPERTRAY_ALLOCATIONS", form(12, 60, 300)))
ERRORS = {"open": ("ENOSPC", "EIO", "EROFS", "EMFILE", "EINTR"), "write": ("ENOSPC", "EIO", "EINTR", "short"),
          "sync": ("EIO", "ENOSPC", "EINTR"), "rename": ("EIO", "EROFS"), "truncate": ("EIO", "EINTR"),
          "mkdir": ("ENOSPC", "EROFS"), "unlink": ("EIO", "EROFS")}
# Done all the same, cannot write, try again later; of a database whose file cannot be read: bad data.
CLEAN = (0, 65, 69, 73, 75)   # 65: the log could not be read; 69: no server was reached, libcurl lacking memory
PASSING = ("EINTR", "short")   # who writes deals with these


def number(name):
    return name if name == "short" else str(getattr(errno, name))


class Failing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(cls)
        cls.library = library(cls, "calls")
        cls.calm = {act: Calm(cls.stage, act) for act in (First(), Second())}

    def counted(self, act):
        """Kind -> how often an undisturbed act calls it; and the allocations."""
        scene = self.stage.scene(act)
        try:
            seen = scene.desk.folder / "calls"
            done, _ = scene.run(act.commands[0], env=self.env(scene, CALLS_SEEN=str(seen)))
            assert done.code == 0, done
            count = collections.Counter(line.split()[0] for line in seen.read_text().splitlines())
            return count, int(seen.read_text().splitlines()[-1].split()[1])
        finally:
            scene.close()

    def env(self, scene, **more):
        return {"LD_PRELOAD": self.library, "CALLS_UNDER": str(scene.desk.state), **more}

    def faults(self, act, passing=False, **env):
        """What is wrong with an act in which that fails, and the one after it."""
        scene = self.stage.scene(act)
        try:
            done, steps = scene.run(act.commands[0], env=self.env(scene, **env))
            wrong = []
            if done.code not in ((0,) if passing else CLEAN):
                wrong.append(f"ended with {done.code}")
            if done.code != 0 and (not done.err.endswith("\n") or len(done.err.splitlines()[-1]) < 20):
                wrong.append("says nothing")
            if "defect" in done.err or "std::" in done.err:
                wrong.append("takes it for a defect")
            self.codes[done.code] += 1
            self.seen[done.err.splitlines()[-1].replace(str(scene.desk.folder), "") if done.code and done.err else ""] += 1
            shown = sum("S" in flags or folder == "Processed" for folder, _, flags in scene.mails())
            known = scene.desk.query("SELECT count(*) FROM place")[0][0] if shown else 0
            if shown > known:
                wrong.append(f"{shown} mails shown as done, {known} known")
            if wrong:
                return [f"{line}: {done}" for line in wrong]
            # Arrived, and its outcome not on the disk.
            last = {step: at for at, step in enumerate(steps)}
            window = last.get("smtp:dot", -1) > last.get("log:synced", -1)
            done, _ = scene.run(act.commands[0])
            if done.code != 0:
                return [f"the next run: {done}"]
            # Put off, as after any trouble with a server: libcurl lacked memory. Of unknown ones one may have arrived.
            put_off = scene.desk.query("SELECT id, state FROM outbox WHERE state IN ('queued', 'unknown')")
            if put_off:
                done, _ = scene.run(("outbox", "send", *(row for row, _ in put_off)))
                if done.code != 0:
                    return [f"sending what was put off: {done}"]
            window += sum(state == "unknown" for _, state in put_off)
            return differences(scene.left(), self.calm[act].left) + self.wrong_mails(scene.sent(), self.calm[act].sent, window)
        finally:
            scene.close()

    def wrong_mails(self, sent, usual, twice):
        wrong = []
        if set(sent) != set(usual) or any(len(set(mails)) != 1 for mails in sent.values()):
            wrong.append(f"receipts: { {who: len(mails) for who, mails in sent.items()} }")
        more = sum(map(len, sent.values())) - sum(map(len, usual.values()))
        return wrong + ([f"{more} receipts too many"] if more > twice else [])

    def check(self, act, cases):
        self.codes, self.seen, wrong = collections.Counter(), collections.Counter(), []
        for env, passing in cases:
            wrong += [f"{act.name} {env}: {line}" for line in self.faults(act, passing, **env)]
        print(f"{self._testMethodName}, {act.name}: {len(cases)} cases, exits {dict(self.codes)}, {len(wrong)} wrong", flush=True)
        for line in sorted(self.seen):
            print(f"  {self.seen[line]:5} {line}", flush=True)
        for line in wrong[:20]:
            print(f"  WRONG {line[:600]!r}", flush=True)
        self.assertEqual(wrong[:3], [], f"{len(wrong)} wrong")

    def calls(self, act):
        """Each call with each error, alone and from then on."""
        count, _ = self.counted(act)
        for kind, errors in ERRORS.items():
            for name in errors:
                for nth in range(1, count[kind] + 1):
                    for on in ("", ":on") if name not in PASSING else ("",):
                        yield {"CALLS_FAIL": f"{kind}:{nth}:{number(name)}{on}"}, name in PASSING and kind not in ("open", "sync")   # SQLite takes an interrupted sync for an error

    def test_calls(self):
        dice = random.Random(20171103)
        for act in self.calm:
            cases = list(self.calls(act))
            self.assertGreater(len(cases), 100)
            self.check(act, dice.sample(cases, min(SOME_CALLS, len(cases))))

    def test_allocations(self):
        dice = random.Random(int(os.environ.get("PAPERTRAY_SEED", 20171103)))
        for act in self.calm:
            _, most = self.counted(act)
            self.check(act, [({"MALLOC_FAIL": f"{dice.randrange(1, most)}{dice.choice(('', '', ':on'))}"}, False)
                             for _ in range(SOME_ALLOCATIONS)])
            # Most of all are made while servers and rules are looked at; mails are recorded in the last tenth.
            self.check(act, [({"MALLOC_FAIL": f"{dice.randrange(most * 9 // 10, most)}:on"}, False)
                             for _ in range(SOME_ALLOCATIONS)])

    def test_no_memory_for_the_last_contact(self):
        """While mailbox.json is written: no destructor may end the program then."""
        self.check(next(iter(self.calm)), [({"MALLOC_FAIL_FROM": "/mailbox.json.new"}, False)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
