"""Bits that a disk or a person has changed: audit finds each that changes anything, rebuild restores all of it from the
log, and a backup made while the daemon runs is a whole desk.

PAPERTRAY_LONG_TESTS=1: hundreds of bits, =figures: thousands; else some dozen."""

import os
import random
import re
import shutil
import signal
import sqlite3
import tarfile
import unittest

from broken.acts import RUN, Rebuild, Second
from broken.stage import KILLED, Stage
from support.desk import SLOW
from support.form import form
from support.mail import paper_mail, question_mail
from support.wait import until

FLIPS = int(os.environ.get("PAPERTRAY_FLIPS", form(40, 250, 1000)))   # of each kind
REBUILDS = form(5, 20, 100)


def flip(path, bit):
    with path.open("r+b") as file:
        file.seek(bit // 8)
        byte = file.read(1)[0]
        file.seek(bit // 8)
        file.write(bytes([byte ^ 1 << bit % 8]))


def says(path):
    """All that a database says: schema, rows, what its header tells of the program. None when SQLite finds it damaged."""
    try:
        connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
        try:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            # The schema's comments, which a flip changes as it does unused room, are no part of it.
            return ([re.sub(r"--[^\n]*", "", line) for line in connection.iterdump()],
                    [connection.execute(f"PRAGMA {name}").fetchone() for name in ("user_version", "application_id", "encoding")])
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError):
        return None


class Damage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(cls)

    def setUp(self):
        self.scene = self.stage.scene(Rebuild())   # a desk with a past
        self.addCleanup(self.scene.close)
        self.desk, self.dice = self.scene.desk, random.Random(20171103)
        self.before = self.desk.tables()
        self.kept = self.desk.folder / "kept"
        shutil.copytree(self.desk.state, self.kept)

    def put_back(self):
        shutil.rmtree(self.desk.state)
        shutil.copytree(self.kept, self.desk.state)

    def audit(self):
        done = self.desk.run("audit", "--offline")
        self.assertIn(done.code, (0, 1), done)
        return done

    def test_each_bit_of_the_log_counts(self):
        segment = self.desk.segments()[-1]
        size = segment.stat().st_size
        for bit in sorted(self.dice.sample(range(size * 8), FLIPS)):
            with self.subTest(bit=bit):
                flip(segment, bit)
                found = self.audit()
                self.assertEqual(found.code, 1, found)
                self.assertIn(segment.name, found.out)
                flip(segment, bit)
        self.assertEqual(self.audit().code, 0)

    def test_each_bit_of_the_database_is_found_or_says_nothing(self):
        """A flip that audit passes over must leave every table, the schema and SQLite's own check as they were: it lies
        in room that nothing uses, or in a counter that no reader asks."""
        database = self.desk.state / "papertray.db"
        said, found, rebuilt = says(database), 0, 0
        for bit in self.dice.sample(range(database.stat().st_size * 8), FLIPS):
            with self.subTest(bit=bit):
                self.put_back()
                flip(database, bit)
                if self.audit().code == 0:
                    self.assertEqual(says(database), said)
                else:
                    found += 1
                    if rebuilt < REBUILDS:
                        rebuilt += 1
                        self.desk.done("rebuild")
                        self.assertEqual(self.desk.tables(), self.before)
                        self.desk.done(*RUN)
                        self.assertEqual(self.stage.sink.delivered, [])   # nothing goes out twice
        print(f"{FLIPS} bits of the database: {found} found, the others change nothing", flush=True)
        self.assertGreater(found, FLIPS // 10)

    def test_a_damaged_journal_of_the_database_loses_nothing(self):
        """A killed run leaves the database's write-ahead log; what a flip makes SQLite forget is in our log."""
        scene = self.stage.scene(Second())
        self.addCleanup(scene.close)
        done, _ = scene.run(RUN, "outbox:sending#2")
        self.assertEqual(done.code, KILLED, done)
        journal, killed = scene.desk.state / "papertray.db-wal", scene.desk.folder / "killed"
        self.assertGreater(journal.stat().st_size, 0)
        shutil.copytree(scene.desk.state, killed)
        sent, wanted = list(self.stage.sink.delivered), None
        for bit in [None, *self.dice.sample(range(journal.stat().st_size * 8), FLIPS // 4)]:
            with self.subTest(bit=bit):
                shutil.rmtree(scene.desk.state)
                shutil.copytree(killed, scene.desk.state)
                self.stage.sink.delivered[:] = sent
                if bit is not None:
                    flip(journal, bit)
                scene.desk.done(*RUN)
                left = scene.left(), {who: len(mails) for who, mails in scene.sent().items()}
                wanted = wanted or left
                self.assertEqual(left, wanted)


class Backups(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(cls)

    def restored(self, scene, archive):
        """A state directory out of an archive, as the documents say."""
        state = scene.desk.folder / f"restored-{archive.stem}"
        state.mkdir(mode=0o700)
        with tarfile.open(archive) as tar:
            tar.extractall(state)
        return state

    def check(self, scene, archive):
        """The archive is a whole desk: what its log makes is what its database says, and nothing is sent by it."""
        self.assertEqual(archive.stat().st_mode & 0o777, 0o600)
        state = self.restored(scene, archive)
        live, scene.desk.state = scene.desk.state, state
        try:
            before = scene.desk.tables()
            scene.desk.done("rebuild", "--state", state)
            self.assertEqual(scene.desk.tables(), before)
            scene.desk.done("audit", "--offline", "--state", state)
            for segment in scene.desk.segments():
                self.assertTrue((live / "log" / segment.name).read_bytes().startswith(segment.read_bytes()))
            return before
        finally:
            scene.desk.state = live

    def test_beside_a_running_daemon(self):
        scene = self.stage.scene(Second())
        self.addCleanup(scene.close)
        daemon = scene.desk.start("run")
        self.addCleanup(lambda: (daemon.poll() is None and daemon.kill(), daemon.communicate()))
        until(lambda: (scene.desk.state / "mailbox.json").exists(), "the first look", 120 * SLOW)
        messages = []
        for number in range(6):
            scene.put(*(paper_mail(f"a{number}-{n}@example.org", f"Title {number} {n}", name=f"b{number}-{n}") for n in range(3)),
                      question_mail(f"Why {number}?", f"q{number}@example.org", name=f"q{number}"))
            archive = scene.desk.folder / f"backup-{number}.tar"
            scene.desk.done("backup", archive)
            messages.append(len(self.check(scene, archive)["message"][1]))
        self.assertEqual(messages, sorted(messages))
        # What is not answered by now would rightly be answered by the restored desk.
        everybody = {f"{who}@example.org" for number in range(6) for who in (*(f"a{number}-{n}" for n in range(3)), f"q{number}")}
        until(lambda: everybody <= {letter.recipients[0] for letter in self.stage.sink.delivered}, "all receipts", 240 * SLOW)
        daemon.send_signal(signal.SIGTERM)
        out, err = daemon.communicate(timeout=120 * SLOW)
        self.assertEqual(daemon.returncode, 0, out + err)
        last = scene.desk.folder / "last.tar"
        scene.desk.done("backup", last)
        sent = len(self.stage.sink.delivered)
        self.assertEqual(self.check(scene, last), scene.desk.tables())
        scene.desk.done("run", "--once", "--state", scene.desk.folder / "restored-last")
        self.assertEqual(len(self.stage.sink.delivered), sent)   # the restored desk sends nothing again
        with tarfile.open(last) as tar:
            names = tar.getnames()
            self.assertEqual(tar.extractfile("config/papertray.toml").read(), scene.desk.config.read_bytes())
            self.assertNotIn(b"secret", tar.extractfile("config/papertray.toml").read())
        self.assertLessEqual({"papertray.db", "log/000001.tar", "config/rules.toml", "config/receipts/received.txt"}, set(names))

    def test_a_killed_backup_leaves_the_one_before(self):
        scene = self.stage.scene(Rebuild())
        self.addCleanup(scene.close)
        archive = scene.desk.folder / "backup.tar"
        scene.desk.done("backup", archive)
        before = archive.read_bytes()
        for step in ("backup:database", "backup:written", "backup:rename", "backup:renamed"):
            with self.subTest(step):
                scene.put(question_mail(f"Of {step}?", f"{step[7:]}@example.org", name=step[7:]))
                scene.desk.done(*RUN)
                done, _ = scene.run(("backup", archive), step)
                self.assertEqual(done.code, KILLED, done)
                if step == "backup:renamed":
                    self.check(scene, archive)
                else:
                    self.assertEqual(archive.read_bytes(), before)
        scene.desk.done("backup", archive)
        self.assertEqual(sorted(path.name for path in scene.desk.folder.glob("backup.tar*")), ["backup.tar"])

    def test_what_cannot_be_written_is_one_sentence(self):
        scene = self.stage.scene(Rebuild())
        self.addCleanup(scene.close)
        done = scene.desk.run("backup", "/nowhere/backup.tar")
        self.assertEqual(done.code, 73, done)
        self.assertRegex(done.err, r"\A[^\n]*/nowhere/[^\n]*\n\Z")
        shutil.rmtree(scene.desk.state)
        done = scene.desk.run("backup", "backup.tar")
        self.assertEqual(done.code, 1, done)
        self.assertEqual(list(scene.desk.folder.glob("backup.tar*")), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
