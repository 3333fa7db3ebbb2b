"""Another mail client in the same mailbox, which does at random what people do, and knows what it has done."""

import collections
import hashlib
import re

from .mail import ON_TIME, other_mail, paper_mail, question_mail

ELSEWHERE, PROCESSED = "Elsewhere", "Processed"


def message_id(header):
    return re.search(rb"^Message-ID:\s*<([^>]+)>", header, re.I | re.M)[1].decode()


def uids_of(text):
    """b"3:5,9" -> [3, 4, 5, 9]"""
    found = []
    for part in text.split(b","):
        first, _, last = part.partition(b":")
        found += range(int(first), int(last or first) + 1)
    return found


class Rival:
    def __init__(self, server, user, dice):
        self.server, self.user, self.dice = server, user, dice
        server.create(user, ELSEWHERE)
        server.create(user, PROCESSED)
        self.inbox = server.client(user)
        self.other = server.client(user)
        self.inbox.select("INBOX")
        self.sha256 = {}                          # Message-ID -> hash, of every mail that ever came
        self.answerable = set()                   # those of them that get a receipt
        self.names = {}                           # UID in INBOX -> Message-ID, for ever
        self.here = set()                         # UIDs in INBOX that we have not taken out
        self.flags = {}                           # UID -> the flags that we gave it
        self.moved = set()                        # UIDs that the server has let us move
        self.copies = collections.Counter()       # Message-ID -> how often it was put into the account
        self.expunged = collections.Counter()     # Message-ID -> how often we tried to remove one
        self.done = collections.Counter()         # what we did, how often
        self.number = 0

    def close(self):
        for client in (self.inbox, self.other):
            try:
                client.logout()
            except (client.error, OSError):
                pass   # the server has ended it

    # ---- what it does

    def step(self):
        acts = {self.append: 8, self.expunge: 3, self.flag: 5, self.move: 3, self.copy: 1, self.bring_back: 2}
        act = self.dice.choices(list(acts), list(acts.values()))[0]
        if act == self.append or self.here:
            act()
            self.done[act.__name__] += 1

    def append(self):
        for _ in range(self.dice.choice((1, 1, 1, 5, 20))):
            self.number += 1
            number, sender = self.number, f"author-{self.number}@example.org"
            name = f"r{self.user}{number}"
            if number % 10 == 0:
                raw = other_mail(f"Mail {number}", sender, name=name)
            elif number % 10 == 1:
                raw = paper_mail(sender, f"Title {number}", name=name)
            else:
                raw = question_mail("Why? " * self.dice.choice((1, 10, 1000)), sender, name=name)
            raw = raw.replace(b"\n", b"\r\n")
            key = message_id(raw)
            self.sha256[key] = hashlib.sha256(raw).hexdigest()
            if number % 10:
                self.answerable.add(key)
            self.inbox.append("INBOX", "", f'"{self.date()}"', raw)
            uid = int(self.inbox.response("APPENDUID")[1][0].split()[1])
            self.came(uid, key, set())
            self.copies[key] += 1

    def date(self):
        return f"20-Oct-2017 12:{self.dice.randrange(60):02}:00 +0000"

    def came(self, uid, key, flags):
        self.names[uid] = key
        self.flags[uid] = flags
        self.here.add(uid)

    def some(self):
        """One of the newest, most often: those are what the daemon is busy with."""
        here = sorted(self.here)
        return self.dice.choice(here[-10:] if self.dice.random() < 0.7 else here)

    def expunge(self):
        uid = self.some()
        self.here.discard(uid)
        self.expunged[self.names[uid]] += 1
        self.inbox.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted)")
        self.inbox.uid("EXPUNGE", str(uid))

    def flag(self):
        uid, flag = self.some(), self.dice.choice((r"\Flagged", r"\Seen", "$Mine"))
        add = self.dice.random() < 0.6
        self.inbox.uid("STORE", str(uid), "+FLAGS.SILENT" if add else "-FLAGS.SILENT", f"({flag})")
        (self.flags[uid].add if add else self.flags[uid].discard)(flag)

    def copied(self, client):
        """The new UIDs, from COPYUID; [] when the mail was gone."""
        found = client.response("COPYUID")[1]
        # A session acts on the mails that it has been told of.
        self.inbox.noop()
        return uids_of(found[-1].split()[2]) if found and found[-1] else []

    def move(self):
        uid = self.some()
        self.here.discard(uid)
        self.inbox.uid("MOVE", str(uid), ELSEWHERE)
        if self.copied(self.inbox):
            self.moved.add(uid)

    def copy(self):
        uid = self.some()
        self.inbox.uid("COPY", str(uid), "INBOX")
        for new in self.copied(self.inbox):
            self.came(new, self.names[uid], set(self.flags[uid]))
            self.copies[self.names[uid]] += 1

    def bring_back(self):
        """From where we moved it, or from where papertray did."""
        self.other.select(self.dice.choice((ELSEWHERE, PROCESSED)))
        there = self.other.uid("SEARCH", "ALL")[1][0].split()
        if not there:
            return
        uid = self.dice.choice(there).decode()
        answer = self.other.uid("FETCH", uid, "(FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1]
        line, header = next(part for part in answer if isinstance(part, tuple))
        flags = set(line.split(b"FLAGS (")[1].split(b")")[0].decode().split())
        self.other.response("COPYUID")
        self.other.uid("MOVE", uid, "INBOX")
        for new in self.copied(self.other):
            self.came(new, message_id(header), flags & {r"\Flagged", "$Mine", r"\Seen"})

    # ---- what is there at the end

    def folder(self, name):
        """UID -> Message-ID and flags."""
        self.other.select(name, readonly=True)
        answer = self.other.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")[1]
        return {int(re.search(rb"UID (\d+)", line)[1]):
                (message_id(header), set(line.split(b"FLAGS (")[1].split(b")")[0].decode().split()))
                for line, header in (part for part in answer if isinstance(part, tuple))}
