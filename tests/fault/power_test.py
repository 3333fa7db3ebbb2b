"""The power fails between any two writes of papertray: whatever of the unsynced ones is on the disk then, nothing is lost
that the mailbox shows as done or that a command said was done, and nothing is doubled.

PAPERTRAY_LONG_TESTS=1: hundreds of cuts, =figures: thousands; else a sample of each act."""

import collections
import os
import random
import shutil
import unittest

from broken.acts import Desk, First, Move, Rebuild, Second
from broken.play import differences
from broken.power import ALL, NONE, SOME, Disk, records
from broken.preload import library
from broken.stage import Stage
from support.form import form

CUTS = int(os.environ.get("PAPERTRAY_CUTS", form(14, 100, 500)))   # of each act
FLAGGED = {"imap:flagged", "imap:moved"}
FLAG = {"imap:flag", "imap:move"}


class Recording:
    """An act that nobody disturbs, write by write, and the mailbox before and after."""

    def __init__(self, stage, act, library):
        self.stage, self.act = stage, act
        scene = stage.scene(act)
        try:
            self.folder, self.state, journal = scene.desk.folder, scene.desk.state, scene.desk.folder / "journal"
            env = {"LD_PRELOAD": library, "JOURNAL": str(journal), "JOURNAL_UNDER": str(self.folder)}
            ends = []
            for command in act.commands:
                done, steps = scene.run(command, env=env)
                assert done.code == 0, (command, done)
                assert sum(step in FLAG for step in steps) <= 1, "one flag command, so that the mailbox has two states"
                ends.append(journal.stat().st_size)
            self.left, self.sent = scene.left(), list(stage.sink.delivered)
            stage.settle(scene)
            self.done = stage.keep(scene, act.user + "-done")
            self.records = list(records(journal))
            # After which record each command was over.
            self.ends = [next(at for at, record in enumerate(self.records) if record[-1] == end) for end in ends]
        finally:
            scene.close()

    def steps_until(self, cut):
        return [step for kind, path, _, _, data, _ in self.records[:cut] if kind == "W" and path.endswith("/steps")
                for step in data.decode().split()]


class Cut:
    """Before record `at`, with `how` much of what was not synced."""

    def __init__(self, recording, at, how, dice):
        self.recording, self.at, self.how, self.dice = recording, at, how, dice
        self.steps = recording.steps_until(at)
        arrived = self.steps.count("smtp:dot")
        # Between the last byte and the answer nobody knows.
        under_way = max((n for n, step in enumerate(self.steps) if step == "smtp:data"), default=-1) > max(
            (n for n, step in enumerate(self.steps) if step == "smtp:dot"), default=-1)
        self.arrived = arrived + (under_way and dice.random() < 0.5)
        self.known = self.outcomes_synced()

    def __repr__(self):
        return f"{self.recording.act.name}: before record {self.at} of {len(self.recording.records)}, {self.how} of the unsynced"

    def outcomes_synced(self):
        outcomes = known = 0
        for step in self.steps:
            outcomes += step == "outbox:sent"
            known = outcomes if step == "log:synced" else known
        return known

    def flagged(self):
        last = [step for step in self.steps if step in FLAG | FLAGGED]
        return bool(last) and (last[-1] in FLAGGED or self.dice.random() < 0.5)

    def faults(self, syncs=True):
        """What is wrong once the power is back and all that was not said to be done is done. Without `syncs`, of a
        program that never syncs."""
        record, stage, act = self.recording, self.recording.stage, self.recording.act
        disk = Disk(record.state, stage.kept_state(act))
        for kind, path, second, offset, data, _ in record.records[:self.at]:
            if syncs or kind not in "SD":
                disk.take(kind, path, second, offset, data)
        scene = stage.scene(act, mailbox=record.done if self.flagged() else None)
        try:
            shutil.rmtree(scene.desk.state, ignore_errors=True)
            disk.put(scene.desk.state, self.how, self.dice)
            running = sum(end < self.at for end in record.ends)
            for number, command in enumerate(act.commands[running:]):
                done, _ = scene.run(command)
                if done.code not in (act.codes if number == 0 else (0,)):
                    return [f"{command}: {done}"]
            if running == len(act.commands):   # all was said to be done; whoever comes next finds it so
                done, _ = scene.run(("run", "--once"))
                if done.code != 0:
                    return [f"the next run: {done}"]
            return differences(scene.left(), record.left, without=("papers",)) + self.wrong_mails()
        finally:
            scene.close()

    def wrong_mails(self):
        sent = self.recording.sent
        came = collections.defaultdict(list)
        for mail in sent[:self.arrived] + self.recording.stage.sink.delivered:
            came[mail.mail["Message-ID"]].append(mail.raw)
        usual = {mail.mail["Message-ID"] for mail in sent}
        wrong = [] if set(came) == usual else [f"mails {sorted(came)} instead of {sorted(usual)}"]
        again = {key: mails for key, mails in came.items() if len(mails) > 1}
        may = {mail.mail["Message-ID"] for mail in sent[self.known:self.arrived]}
        if not set(again) <= may or any(len(mails) > 2 for mails in again.values()):
            wrong.append(f"sent again: {sorted(again)}, which only {sorted(may)} may be")
        return wrong + [f"other bytes under {key}" for key, mails in again.items() if len(set(mails)) > 1]


class PowerCuts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(cls)
        cls.library = library(cls, "journal")

    def cuts(self, recording, number, dice):
        """Everywhere as often; what is synced at the place of the cut alone, all of it, and several times some."""
        for n in range(number):
            at = dice.randrange(len(recording.records) + 1)
            yield Cut(recording, at, (NONE, SOME, ALL, SOME)[n % 4], dice)

    def check(self, act, syncs=True):
        dice = random.Random(20171103)
        recording = Recording(self.stage, act, self.library)
        wrong = [f"{cut}: {line}" for cut in self.cuts(recording, CUTS, dice) for line in cut.faults(syncs)]
        print(f"{act.name}: {CUTS} cuts in {len(recording.records)} records, {len(wrong)} wrong", flush=True)
        return wrong

    def test_first(self):
        self.assertEqual(self.check(First())[:3], [])

    def test_second(self):
        self.assertEqual(self.check(Second())[:3], [])

    def test_move(self):
        self.assertEqual(self.check(Move())[:3], [])

    def test_desk(self):
        self.assertEqual(self.check(Desk())[:3], [])

    def test_rebuild(self):
        self.assertEqual(self.check(Rebuild())[:3], [])

    def test_without_syncs_it_would_be_noticed(self):
        """The same over a program that never syncs must find losses, or this file proves nothing."""
        self.assertNotEqual(self.check(Move(), syncs=False), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
