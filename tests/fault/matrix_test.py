"""papertray, killed at every durable step, and killed again at every step of the recovery, loses nothing and doubles
nothing: what is left at the end is what an undisturbed run leaves. A receipt is sent twice only where the kill comes
between the server's word for the whole mail and our writing that down, then once more, byte for byte. Where both kills
come in the middle of the same mail, it is set aside for people (poison), and all else is as it should be.

PAPERTRAY_LONG_TESTS=1: every step 25 times, in one act after the other, and twice each with three of the recovery's
steps; =figures: with all of them, which is hours."""

import collections
import os
import pathlib
import random
import re
import subprocess
import time
import unittest

from broken.acts import ACTS
from broken.play import Calm, Played
from broken.stage import Stage
from support.desk import BINARY
from support.form import form
from support.mail import ROOT

SINGLES = int(os.environ.get("PAPERTRAY_SINGLES", form(1, 25, 25)))   # rounds
AUDITS = form(0, 5, 1)   # in each so manieth of them audit must agree, too; 0: in none
PAIRS = int(os.environ.get("PAPERTRAY_PAIRS", form(0, 2, 2)))
SOME_PAIRS = 12   # in the usual suite
SECONDS = int(os.environ.get("PAPERTRAY_SECONDS", form(1, 3, 1000)))   # steps of the recovery to each first one
PRODUCT = os.environ.get("PAPERTRAY_PRODUCT", str(ROOT / "build/release/bin/papertray"))


def listed():
    done = subprocess.run([BINARY, "--fail-points"], capture_output=True, text=True, check=True)
    return [line.split()[0] for line in done.stdout.splitlines()]


class Steps(unittest.TestCase):
    def test_each_step_of_the_sources_has_a_name(self):
        named = set()
        for path in (ROOT / "src").rglob("*.cc"):
            named |= set(re.findall(r'\breached\("([^"]+)"\)', path.read_text(encoding="utf-8")))
        steps = listed()
        self.assertEqual(len(steps), len(set(steps)))
        self.assertGreaterEqual(len(steps), 40)
        self.assertEqual(named | {step for step in steps if step.startswith("smtp:")}, set(steps))

    def test_the_product_knows_nothing_of_them(self):
        product, broken = (pathlib.Path(path).read_bytes() for path in (PRODUCT, BINARY))
        for word in (b"PAPERTRAY_FAULT", b"PAPERTRAY_STEPS", b"PAPERTRAY_SEGMENT_BYTES", b"fail-points"):
            self.assertNotIn(word, product)
            self.assertIn(word, broken)   # a test that can fail
        env = {"PATH": "/usr/bin:/bin", "PAPERTRAY_FAULT": "state:made"}
        done = subprocess.run([PRODUCT, "--fail-points"], env=env, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 64, done)


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(cls)
        cls.calm = {act: Calm(cls.stage, act) for act in ACTS}
        cls.dice = random.Random(int(os.environ.get("PAPERTRAY_SEED", 20171103)))

    def acts_with(self, step):
        return [act for act in ACTS if self.calm[act].times(step)]

    def fault(self, act, step):
        return f"{step}#{self.dice.randrange(self.calm[act].times(step)) + 1}"

    def play(self, act, *faults, audit=False):
        played = Played(self.stage, act, faults, audit)
        wrong = [f"{played}: {line}" for line in played.faults_against(self.calm[act])]
        for line in wrong:
            print(line, flush=True)   # hours may come after it
        self.wrong += wrong
        self.seen["killed"] += len(played.struck)
        self.seen["set aside"] += len(played.set_aside)
        self.seen["doubled, in the window"] += sum(len(mails) for mails in played.sent.values()) - sum(
            len(mails) for mails in self.calm[act].sent.values())
        return played

    def setUp(self):
        self.wrong, self.seen, self.began = [], collections.Counter(), time.monotonic()

    def tearDown(self):
        print(f"{self._testMethodName}: {dict(self.seen)}, {len(self.wrong)} wrong, {time.monotonic() - self.began:.0f} s",
              flush=True)

    def tell(self, what, number, rounds):
        if rounds > 1:
            print(f"{what}, round {number} of {rounds}: {dict(self.seen)}, {len(self.wrong)} wrong, "
                  f"{time.monotonic() - self.began:.0f} s", flush=True)

    def check(self):
        self.assertEqual(self.wrong[:3], [], f"{len(self.wrong)} wrong")

    def test_every_step_is_reached(self):
        self.assertEqual([step for step in listed() if not self.acts_with(step)], [])

    def test_killed_at_each_step(self):
        """Each step, from round to round in another act."""
        for number in range(SINGLES):
            for place, step in enumerate(listed()):
                acts = self.acts_with(step)
                act = acts[(number + place) % len(acts)]
                played = self.play(act, self.fault(act, step), audit=AUDITS and number % AUDITS == 0)
                self.seen["singles"] += 1
                if not played.struck:   # two threads: this time it came there less often
                    self.seen["not reached"] += 1
                    self.assertTrue(self.play(act, f"{step}#1").struck, played)
            self.tell("singles", number + 1, SINGLES)
        self.check()

    def test_killed_again_while_recovering(self):
        """Each step, then steps of the run after it."""
        steps = listed()
        for number in range(max(PAIRS, 1)):
            for place, step in enumerate(steps if PAIRS else self.dice.sample(steps, SOME_PAIRS)):
                acts = self.acts_with(step)
                act = acts[(number + place) % len(acts)]
                first = self.fault(act, step)
                recovery = self.play(act, first).recovery
                seconds = sorted(set(recovery))
                for second in self.dice.sample(seconds, min(SECONDS, len(seconds))):
                    played = self.play(act, first, f"{second}#{self.dice.randrange(recovery.count(second)) + 1}")
                    self.seen["pairs"] += len(played.struck) == 2
            self.tell("pairs", number + 1, PAIRS)
        self.check()
        self.assertGreater(self.seen["pairs"], SOME_PAIRS // 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
