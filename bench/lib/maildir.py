"""Mails into a Maildir, as a delivery agent leaves them, and into an mbox."""

import os
import re
import time


class Owner:
    """Whose files they are; as root, Dovecot's mail processes are somebody else's."""

    def __init__(self, uid=None, gid=None):
        self.ids = None if uid is None or os.getuid() != 0 else (uid, gid)

    def give(self, path):
        if self.ids:
            os.chown(path, *self.ids)


def write_maildir(folder, mails, owner=Owner()):
    """Returns (mails, bytes), the bytes as IMAP counts them: lines ending in CRLF."""
    for name in ("", "tmp", "cur", "new"):
        path = os.path.join(folder, name)
        os.makedirs(path, exist_ok=True)
        owner.give(path)
    count = total = 0
    for count, mail in enumerate(mails, 1):
        size = len(mail.content)
        wire = size + mail.content.count(b"\n")
        total += wire
        # S= and W=: both sizes, as Dovecot's own deliveries are named; else it reads every mail to know.
        path = os.path.join(folder, "new", f"{mail.at}.M{count:06d}P1.bench,S={size},W={wire}")
        with open(path, "wb") as out:
            out.write(mail.content)
        owner.give(path)
        os.utime(path, (mail.at, mail.at))   # INTERNALDATE
    return count, total


def write_mbox(path, mails):
    """Returns (mails, bytes)."""
    count = total = 0
    with open(path, "wb") as out:
        for count, mail in enumerate(mails, 1):
            day = time.strftime("%a %b %d %H:%M:%S %Y", time.gmtime(mail.at))
            total += out.write(f"From bench@example.org {day}\n".encode("ascii") +
                               re.sub(rb"(?m)^(>*From )", rb">\1", mail.content) + b"\n")
    return count, total
