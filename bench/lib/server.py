"""The Dovecot of the end-to-end tests, with mailboxes put straight into its Maildirs."""

import os
import pwd
import sys
from email import message_from_bytes
from email.utils import parseaddr

from . import raw
from .maildir import Owner, write_maildir
from .places import ROOT

sys.path.insert(0, str(ROOT / "tests" / "e2e"))
from support.dovecot import PASSWORD, Dovecot  # noqa: E402


class Mailbox:
    """One account with its mail; `bytes` is what IMAP says they have."""

    def __init__(self, server, user, mails):
        self.server, self.user, self.password = server, user, PASSWORD
        nobody = pwd.getpwnam("nobody")
        owner = Owner(nobody.pw_uid, nobody.pw_gid)
        home = server.folder / "home" / user
        home.mkdir()
        owner.give(home)
        self.count, self.bytes = write_maildir(str(home / "Maildir"), mails, owner)

    @property
    def port(self):
        return self.server.imap

    def deliver(self, mail):
        """Over LMTP, as a mail server would, from the mail's own sender: another one gets no receipt."""
        sender = parseaddr(message_from_bytes(mail.content)["From"])[1]
        self.server.deliver(self.user, mail.content, sender)

    def raw(self):
        return raw.fetch_all(self.port, self.user, self.password)

    def warm(self):
        raw.warm(self.port, self.user, self.password)
        os.sync()

    def clear_flags(self):
        raw.clear_flags(self.port, self.user, self.password)


__all__ = ["Dovecot", "Mailbox"]
