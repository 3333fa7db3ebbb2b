"""What the cases share: a desk each, one Dovecot a file, a sink where it is asked for."""

import unittest

from .desk import CHECK, SENDING, Desk
from .dovecot import Dovecot
from .sink import Sink


class DeskCase(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.desk = Desk()
        self.addCleanup(self.desk.close)

    def sink(self, **options):
        sink = Sink(**options)
        self.addCleanup(sink.stop)
        return sink

    def assert_one_sentence(self, done, *words):
        """Errors are one line on stderr that says these words."""
        self.assertRegex(done.err, r"\A[^\n]+\n\Z", done)
        for word in words:
            self.assertIn(word.lower(), done.err.lower())


class MailCase(DeskCase):
    """`self.user` is a mailbox of the test's own on the file's Dovecot."""

    @classmethod
    def setUpClass(cls):
        cls.server = Dovecot()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.user = self._testMethodName.removeprefix("test_").replace("_", "-")[:60]

    def imap(self, user=None, **more):
        return self.desk.imap(f"imap://127.0.0.1:{self.server.imap}", user or self.user, **more)

    def imaps(self, **more):
        return self.desk.imap(f"imaps://127.0.0.1:{self.server.imaps}", self.user, **more)

    def connect(self, sink=None, receipts=SENDING, check=CHECK, **more):
        """Writes the configuration: the test's mailbox, and the sink or a Maildir for the receipts."""
        smtp = f'url = "smtp://127.0.0.1:{sink.port}"' if sink else None
        self.desk.write(self.imap(**more), smtp=smtp, receipts=receipts, check=check)
