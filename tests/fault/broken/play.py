"""One act, broken at chosen steps, and whether what is left is what an undisturbed act leaves."""

import collections

from .stage import KILLED

# Between the two the mail has arrived and nobody here knows it: SMTP's own window (RFC 5321 section 4.5.3.2.6).
ARRIVED, WRITTEN = "smtp:dot", "log:appended"


def in_the_window(steps):
    """Whether a run that ended after these steps leaves a mail that arrived and was not written down."""
    last = {step: at for at, step in enumerate(steps)}
    return last.get(ARRIVED, -1) > last.get(WRITTEN, -1)


def differences(found, wanted, without=()):
    """Sentences about what differs; none when nothing does."""
    wrong = [f"{name}: {found[name]} instead of {wanted[name]}" for name in wanted
             if name not in ("tables", *without) and found[name] != wanted[name]]
    for name, (columns, rows) in wanted["tables"].items():
        there = found["tables"][name][1]
        if there != rows:
            wrong.append(f"table {name} {columns}: {[row for row in there if row not in rows]} instead of "
                         f"{[row for row in rows if row not in there]}")
    return wrong


def without(counted, fewer):
    """What of `fewer` is not in `counted`."""
    return sorted((collections.Counter(list(fewer)) - collections.Counter(list(counted))).elements())


class Calm:
    """An act that nobody disturbs: what it leaves, and how often it comes to each step."""

    def __init__(self, stage, act):
        scene = stage.scene(act)
        try:
            self.steps = []
            for command in act.commands:
                done, steps = scene.run(command)
                assert done.code == 0, (act.name, command, done)
                self.steps += steps
            self.left, self.sent = scene.left(), scene.sent()
        finally:
            scene.close()

    def times(self, step):
        return self.steps.count(step)


class Played:
    """`faults` ("log:sync#2") strike one after the other; then the act goes on to its end."""

    def __init__(self, stage, act, faults, audit=False):
        self.act, self.faults = act, list(faults)
        self.struck, self.windows, self.recovery = [], 0, []
        scene = stage.scene(act)
        try:
            waiting, again = list(act.commands), False
            for fault in faults:
                waiting, again = self.until_killed(scene, waiting, again, fault)
            while waiting:
                done, steps = scene.run(waiting[0])
                self.recovery += steps if again else []
                assert done.code in (act.codes if again else (0,)), (self, waiting[0], done)
                waiting.pop(0)
                again = False
            self.decide(scene)
            self.left, self.sent = scene.left(), scene.sent()
            self.set_aside = scene.set_aside()
            if audit or self.set_aside:
                done = scene.desk.run("audit", *(["--offline"] if scene.server is None else []))
                assert done.code == 0, (self, done)
        finally:
            scene.close()

    def __repr__(self):
        return f"{self.act.name}: {', '.join(self.faults)}"

    def until_killed(self, scene, waiting, again, fault):
        """The commands that are left when the fault has struck, or all are done; whether the first was killed."""
        waiting = list(waiting)
        while waiting:
            done, steps = scene.run(waiting[0], fault)
            if done.code == KILLED:
                self.struck.append(fault)
                self.windows += in_the_window(steps)
                return (list(self.act.again) if self.act.again else waiting), True
            assert done.code in (self.act.codes if again else (0,)), (self, waiting[0], done)
            waiting.pop(0)
            again = False
        return waiting, False

    def decide(self, scene):
        """What was cut off twice waits for a person: who sees that it has arrived leaves it, else sends it."""
        came = b"".join(mail for mails in scene.sent().values() for mail in mails)
        self.undecided = scene.undecided()
        assert not self.undecided or len(self.struck) > 1, (self, self.undecided)
        for row, message_id in self.undecided:
            if f"\nMessage-ID: <{message_id}>".encode() not in came:
                done, _ = scene.run(("outbox", "retry", row))
                assert done.code == 0, (self, done)

    def faults_against(self, calm):
        """Sentences about what differs; none when nothing does."""
        if self.set_aside and len(self.struck) > 1:
            return self.faults_but_one_mail(calm)
        wrong = differences(self.left, calm.left)
        if set(self.sent) != set(calm.sent):
            wrong.append(f"receipts to {sorted(self.sent)} instead of {sorted(calm.sent)}")
        more = 0
        for recipient, mails in self.sent.items():
            usual = len(calm.sent.get(recipient, ()))
            more += len(mails) - usual
            if len(set(mails)) != usual:
                wrong.append(f"{len(set(mails))} different mails to {recipient}")
            if any(mails.count(mail) > 2 for mail in mails):
                wrong.append(f"one mail more than twice to {recipient}")
        # After a second kill a person may decide that it has arrived.
        if more > self.windows or (more < self.windows and not self.undecided):
            wrong.append(f"{more} mails too many after {self.windows} kills in SMTP's window")
        return wrong

    def faults_but_one_mail(self, calm):
        """Both kills came in the middle of the same mail, so it is taken for poison (intake/attempt.h): it is there, set
        aside for people, and nothing else is touched. Numbers after it differ, so contents are compared."""
        wrong = [] if len(self.set_aside) == 1 else [f"{len(self.set_aside)} mails set aside: {self.set_aside}"]
        wrong += differences({name: self.left[name] for name in ("log", "mailbox")} | {"tables": {}},
                             {name: calm.left[name] for name in ("log", "mailbox")} | {"tables": {}})
        count = len(self.left["tables"]["message"][1]), len(calm.left["tables"]["message"][1])
        if count[0] != count[1]:
            wrong.append(f"{count[0]} messages instead of {count[1]}")
        # The texts beside papers tell their numbers.
        papers, usual = ([content for name, content in left["papers"].items() if name.endswith(".pdf")]
                         for left in (self.left, calm.left))
        for what, found, wanted in (("papers", papers, usual), ("receipts", self.sent, calm.sent)):
            if without(wanted, found):
                wrong.append(f"other {what}: {without(wanted, found)}")
        if len(without(self.sent, calm.sent)) > 1:
            wrong.append(f"no receipts to {without(self.sent, calm.sent)}")
        if any(mails.count(mail) > 1 + self.windows for mails in self.sent.values() for mail in mails):
            wrong.append("a receipt too many")
        return wrong
