"""Tokens instead of passwords: XOAUTH2 and OAUTHBEARER against Dovecot's oauth2 passdb and a server for sending."""

import subprocess
import unittest

from support.case import DeskCase
from support.desk import SENDING, SLOW
from support.mail import ON_TIME, question_mail
from support.terminal import Terminal
from support.tokens import Authority, Helper, TokenDovecot, TokenSink
from support.wait import until

SAID = b"Authentication-Results: spf=pass smtp.mailfrom=example.org; dmarc=pass action=none header.from=example.org\n"
WAIT = 120 * SLOW   # seconds, on a machine that has other things to do


class Tokens(DeskCase):
    @classmethod
    def setUpClass(cls):
        cls.authority = Authority()
        cls.addClassCleanup(cls.authority.stop)
        cls.server = TokenDovecot(cls.authority)
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.user = self._testMethodName.removeprefix("test_").replace("_", "-")[:60]
        self.helper = Helper(self.desk.folder)
        self.sink = TokenSink(self.authority)
        self.addCleanup(self.sink.stop)
        self.authority.asked.clear()

    def hand_out(self, token):
        """A new token; the one before has expired."""
        for old in [old for old, user in self.authority.good.items() if user == self.user]:
            del self.authority.good[old]
        self.authority.good[token] = self.user
        self.helper.give(token)

    def write(self, auth):
        self.desk.write(f'url = "imap://127.0.0.1:{self.server.imap}"\nuser = "{self.user}"\nauth = "{auth}"\n'
                        f"token = {{ command = '{self.helper.command}' }}\npoll = 86400",
                        smtp=f'url = "smtp://127.0.0.1:{self.sink.port}"', receipts=SENDING)

    def both_ways(self, auth):
        self.write(auth)
        self.hand_out(f"first-{auth}")
        self.server.append(self.user, question_mail("Why?"), ON_TIME)
        self.assertEqual(self.desk.done("run", "--once").code, 0)
        self.assertEqual(len(self.sink.delivered), 1)
        self.assertEqual(self.sink.logins, [self.user])
        self.assertEqual(self.helper.asked(), 1, "one token serves the mailbox and sending")
        self.assertEqual(self.desk.done("doctor").code, 0)

    def test_xoauth2(self):
        self.both_ways("xoauth2")

    def test_oauthbearer(self):
        self.both_ways("oauthbearer")

    def test_a_token_that_never_serves(self):
        self.write("xoauth2")
        self.helper.give("forged")
        done = self.desk.run("run", "--once")
        self.assertEqual(done.code, 77, done)
        self.assert_one_sentence(done, "refused the login", "`token`")
        self.assertNotIn("forged", done.err)
        # One that was fetched for this login is not fetched again.
        self.assertEqual(self.helper.asked(), 1)

    def test_an_expired_token_is_refused_once_and_renewed(self):
        self.write("xoauth2")
        self.hand_out("morning")
        daemon = self.desk.start("run", stderr=subprocess.DEVNULL)
        try:
            self.server.append(self.user, question_mail("Morning?", name="morning"), ON_TIME)
            until(lambda: len(self.sink.delivered) == 1, "the first receipt", WAIT)
            self.assertEqual(self.helper.asked(), 1)
            # An hour later the provider ends the session, and the token serves no more.
            self.hand_out("noon")
            self.server.kill()
            self.server.resume()
            self.server.append(self.user, question_mail("Noon?", name="noon"), ON_TIME)
            until(lambda: len(self.sink.delivered) == 2, "the second receipt", WAIT)
            self.assertEqual(self.authority.asked.count("morning"), 2, f"tried until it is refused, and then no more: {self.authority.asked}")
            self.assertIn("noon", self.authority.asked)
            self.assertEqual(self.helper.asked(), 2)
        finally:
            daemon.terminate()
            daemon.wait(WAIT)
            daemon.stdout.close()
        self.assertEqual(self.desk.json("status")["mailbox"]["state"], "ok")

    def test_sending_renews_it_too(self):
        self.desk.write(self.desk.imap(f"imap://127.0.0.1:{self.server.imap}", self.user, poll=86400),
                        smtp=f'url = "smtp://127.0.0.1:{self.sink.port}"\nauth = "xoauth2"\n'
                             f"token = {{ command = '{self.helper.command}' }}")
        self.hand_out("one")
        daemon = self.desk.start("run", stderr=subprocess.DEVNULL)
        try:
            for number in (1, 2):
                self.server.append(self.user, question_mail(f"Why {number}?", name=f"why-{number}"), ON_TIME)
                until(lambda: len(self.sink.delivered) == number, f"receipt {number}", WAIT)
                self.assertEqual(self.helper.asked(), number)
                self.hand_out("two")
                self.sink.hang_up()
        finally:
            daemon.terminate()
            daemon.wait(WAIT)
            daemon.stdout.close()

    def test_init_at_outlook(self):
        folder = self.desk.folder / "desk"
        self.user = "init-at"
        self.hand_out("for-outlook")
        dialogue = Terminal("init", "--dir", folder, "--imap", f"imap://127.0.0.1:{self.server.imap}", "--smtp",
                            f"smtp://127.0.0.1:{self.sink.port}", cwd=self.desk.folder)
        self.addCleanup(dialogue.close)
        dialogue.answer("Address", "init-at@outlook.com")
        dialogue.wait("The mailbox is at Outlook.")
        dialogue.wait("take no passwords")
        dialogue.answer("Where is the password [oauth2]: ", "")
        dialogue.answer("Command that prints a token: ", self.helper.command)
        dialogue.answer("Rules [new]: ", "sample")
        dialogue.answer("Receipts [hold]: ", "send")
        dialogue.answer("Folder for the mails", "")
        self.assertEqual(dialogue.end(), 0, dialogue.said)
        self.desk.config = folder / "papertray.toml"
        self.desk.state = folder / "state"
        self.assertIn('auth = "xoauth2"', self.desk.config.read_text())
        self.assertEqual(self.desk.run("doctor").code, 0)
        self.server.append("init-at", SAID + question_mail("First?", to="init-at@outlook.com"), ON_TIME)
        self.desk.done("run", "--once")
        self.assertEqual(len(self.sink.delivered), 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
