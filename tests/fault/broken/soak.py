"""Everything at once, for a time: a daemon that is stopped, killed and told to read its rules again, runs from cron, readers,
three people who decide, mail that comes, a server that restarts, a sink that misbehaves, clocks that jump. What must hold is
looked at all along, and once more when it has become quiet."""

import collections
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time

from support.clock import can_move_clock, moved_by
from support.desk import RULES, SLOW, Desk, Done
from support.dovecot import Dovecot
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.rival import message_id
from support.sink import HANG_UP, Sink
from support.wait import until

from .preload import processor_time, stacks

BUSY = 75
PATIENCE = 120 * SLOW
JUMPS = ("+0", "+3600", "-3600", "+86400", "-86400", "+40")   # seconds
FATES = ("recorded", "triage", "ignored", "quarantined", "vanished")
RECEIPTS = 'mode = "send"\nper_day = 1000000\nper_address = 10000'


class Soak:
    def __init__(self, seconds, seed):
        self.seconds, self.seed = seconds, seed
        self.server, self.sink, self.desk = Dovecot(), Sink(), Desk()
        self.user = "soak"
        self.done, self.wrong = collections.Counter(), []
        self.slowest = {}              # command -> seconds, and how many mails had come
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.sent_in = {}              # Message-ID -> the mail, of every one that came
        self.answerable = 0
        self.daemon = None
        self.clock = self.desk.folder / "clock"
        self.set_clock("+0")
        self.rules = self.desk.folder / "rules.toml"
        shutil.copytree(RULES.parent, self.desk.folder, dirs_exist_ok=True)
        self.rules.write_text(RULES.read_text())
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{self.server.imap}", self.user, poll=10),
                        smtp=f'url = "smtp://127.0.0.1:{self.sink.port}"', receipts=RECEIPTS, rules=self.rules)

    def close(self):
        self.over.set()
        if self.daemon and self.daemon.poll() is None:
            self.daemon.kill()
            self.daemon.wait()
        if self.daemon:
            self.daemon.stdout.close()
        self.desk.close()
        self.sink.stop()
        self.server.stop()

    # ---- small things

    def bad(self, what):
        self.wrong.append(what)
        self.over.set()

    def env(self):
        if not can_move_clock():
            return {}
        return moved_by(FAKETIME_TIMESTAMP_FILE=str(self.clock), FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1")

    @staticmethod
    def put(path, text):
        """Whole for who reads it meanwhile, as editors do it."""
        fresh = path.with_suffix(".new")
        fresh.write_text(text)
        fresh.rename(path)

    def set_clock(self, offset):
        self.put(self.clock, f"{offset}\n")

    def command(self, *words, codes=(0,)):
        began = time.monotonic()
        done = self.ended(self.desk.start(*words, env=self.env()), words)
        took = time.monotonic() - began
        if took > self.slowest.get(words[0], (0,))[0]:
            self.slowest[words[0]] = took, len(self.sent_in)
        self.done[words[0]] += 1
        self.done[f"exit {done.code}"] += 1
        if done.code not in codes:
            self.bad(f"papertray {' '.join(map(str, words))}: {done}")
        return done

    def ended(self, process, words):
        """A busy machine may take its time over a command; one that does nothing hangs, and tells where."""
        had = None
        while True:
            try:
                out, err = process.communicate(timeout=PATIENCE)
                return Done(process.returncode, out, err)
            except subprocess.TimeoutExpired:
                has = processor_time(process.pid)
                if has is None or had is None or has > had:
                    had = has
                    continue
                where = stacks(process.pid)
                process.kill()
                process.communicate()
                raise AssertionError(f"{words} has done nothing for {PATIENCE} s:\n{where}")

    def start_daemon(self):
        with open(self.desk.folder / "daemon.log", "ab") as log:
            self.daemon = self.desk.start("run", env=self.env(), stderr=log)

    # ---- who is at work, a thread each; a step is one thing done

    def mail(self, dice):
        number = len(self.sent_in)
        sender, name = f"author-{number % 50}@example.org", f"s{number}"
        kind = dice.randrange(10)
        if kind < 3:
            raw = paper_mail(sender, f"Title {number}", name=name)
        elif kind < 5 and number > 20:
            raw = paper_mail(sender, f"Better {number}", name=name, subject=f"[P-{dice.randrange(1, 10)}] NIPS Workshop Papers")
        elif kind < 8:
            raw = question_mail(f"Question {number}?", sender, name=name)
        else:
            raw = other_mail(f"Mail {number}", sender, name=name)
        with self.lock:   # not while the server is down
            self.server.drop(self.user, raw, f"{number:09}.s", ON_TIME)
            if dice.random() < 0.1:
                self.server.drop(self.user, raw, f"{number:09}.t", ON_TIME)   # the same bytes again
        self.sent_in[message_id(raw)] = raw
        self.done["mails"] += 1
        self.over.wait(dice.random() * 0.2)

    def write(self, dice, actor):
        paper, question, mail = (f"{letter}-{dice.randrange(1, 40)}" for letter in "PQM")
        words = dice.choice((("accept", paper), ("reject", paper), ("withdraw", paper), ("excuse", paper), ("undo",), ("dismiss", mail),
                             ("route", mail, "questions"), ("panel", question, str(dice.randrange(3))), ("outbox", "pause"),
                             ("outbox", "resume"), ("outbox", "resume")))
        self.command(*words, "--as", actor, codes=(0, 1, BUSY))

    def read(self, dice):
        words = dice.choice((("status",), ("list", "papers"), ("list", "questions"), ("list", "triage"), ("list", "outbox"),
                             ("show", "P-1"), ("explain", "M-1")))
        done = self.command("--json", *words, codes=(0, 1))
        if done.code == 0:
            answer = json.loads(done.out)
            if words == ("status",):
                counts = answer["messages"]
                if counts["total"] != sum(counts[fate] for fate in FATES):
                    self.bad(f"the fates do not add up: {counts}")

    def audit(self, _dice):
        self.command("audit", "--offline", codes=(0,))
        self.look_at_receipts()
        self.over.wait(2)

    def cron(self, dice):
        self.command("run", "--once", codes=(0, 69, BUSY))
        self.over.wait(dice.random())

    def trouble(self, dice):
        kind = dice.choice(("hup", "stop", "kill", "server", "clock", "clock"))
        if kind == "hup":
            self.put(self.rules, RULES.read_text() + f"\n# {dice.random()}\n")
            self.daemon.send_signal(signal.SIGHUP)
        elif kind in ("stop", "kill"):
            self.daemon.send_signal(signal.SIGTERM if kind == "stop" else signal.SIGKILL)
            code = self.daemon.wait(120 * SLOW)
            self.daemon.stdout.close()
            if code not in (0, -signal.SIGKILL, -signal.SIGTERM, BUSY):
                self.bad(f"the daemon ended with {code}: {self.said()}")
            self.over.wait(dice.random())   # for cron
            self.start_daemon()
        elif kind == "server":
            with self.lock:
                self.server.kill()
                self.over.wait(dice.random())
                self.server.resume()
        else:
            self.set_clock(dice.choice(JUMPS))
        self.done[kind] += 1
        self.over.wait(1 + dice.random() * 2)

    def misbehave(self, dice):
        step = dice.choice(("MAIL", "RCPT", "DATA", "DATA"))
        self.sink.answers[step] = [dice.choice(("451 4.3.0 later", "421 4.3.2 going down", "452 4.2.2 full", HANG_UP))]
        self.done["misbehaved"] += 1
        self.over.wait(0.2 + dice.random() * 0.3)

    # ---- what must hold

    def look_at_receipts(self):
        came = collections.defaultdict(list)
        for mail in list(self.sink.delivered):
            came[mail.mail["Message-ID"]].append(mail.raw)
        for key, mails in came.items():
            if len(mails) > 2 or len(set(mails)) > 1:
                self.bad(f"{len(mails)} mails, {len(set(mails))} different ones, under {key}")
        return came

    def said(self):
        return (self.desk.folder / "daemon.log").read_text()[-1000:]

    def play(self):
        self.server.append(self.user, self.first(), ON_TIME)
        self.start_daemon()
        until(lambda: self.daemon.poll() is not None or (self.desk.state / "mailbox.json").exists(), "the first look", 120 * SLOW)
        workers = [self.mail, self.read, self.read, self.audit, self.cron, self.trouble, self.misbehave]
        workers += [lambda dice, name=name: self.write(dice, name) for name in ("ann", "ben", "cay")]
        threads = [threading.Thread(target=self.go_on, args=(step, number)) for number, step in enumerate(workers)]
        for thread in threads:
            thread.start()
        self.over.wait(self.seconds)
        self.over.set()
        for thread in threads:
            thread.join()
        if not self.wrong:
            self.calm_down()
        return self.wrong

    def first(self):
        raw = question_mail("The first?", "first@example.org", name="first")
        self.sent_in[message_id(raw)] = raw
        return raw

    def go_on(self, step, number):
        dice = random.Random(self.seed * 100 + number)
        try:
            while not self.over.is_set():
                step(dice)
        except Exception as error:   # it must reach the report, whatever it is
            self.bad(f"{getattr(step, '__name__', 'writer')}: {error!r}")

    def calm_down(self):
        """All trouble is over: what came is in, what is due goes out, and the sums are right."""
        self.sink.answers.clear()
        if self.daemon.poll() is None:
            self.daemon.send_signal(signal.SIGTERM)
            self.daemon.wait(120 * SLOW)
        self.set_clock("+864000")   # every retry is due
        self.command("outbox", "resume", codes=(0, 1))
        for _ in range(5):
            if self.command("run", "--once", codes=(0, BUSY)).code == 0:
                break
        known = dict(self.desk.query("SELECT message_id, count(*) FROM message GROUP BY 1"))
        if set(known) != set(self.sent_in) or set(known.values()) != {1}:
            self.bad(f"{len(self.sent_in)} mails came, {len(known)} are known, {max(known.values())} times at most")
        if self.desk.query("SELECT count(*) FROM place WHERE marked_at IS NULL AND message IS NOT NULL")[0][0]:
            self.bad("mails are not marked")
        came = self.look_at_receipts()
        for key, state in self.desk.query("SELECT message_id, state FROM outbox"):
            times = len(came.get(f"<{key}>", ()))
            if (state == "sent" and times == 0) or state in ("queued", "sending") or (state == "suppressed" and times):
                self.bad(f"the receipt {key} is {state} and arrived {times} times")
        self.done["receipts twice"] = sum(len(mails) == 2 for mails in came.values())
        self.done["receipts"] = len(came)
        self.command("audit", codes=(0,))
        before = self.desk.tables()
        self.command("rebuild")
        if self.desk.tables() != before:
            self.bad("rebuild makes other tables")


def soak(seconds, seed=None):
    """Returns what was done, and what is wrong."""
    seed = int.from_bytes(os.urandom(2), "big") if seed is None else seed
    play = Soak(seconds, seed)
    began = time.monotonic()
    try:
        wrong = play.play()
        counts = ", ".join(f"{what} {count}" for what, count in sorted(play.done.items()))
        print(f"soak, seed {seed}: {time.monotonic() - began:.0f} s; {counts}; {len(wrong)} wrong", flush=True)
        for what, (took, mails) in sorted(play.slowest.items()):
            print(f"  slowest {what}: {took:.1f} s, when {mails} mails had come", flush=True)
        return play.done, wrong
    finally:
        play.close()
