"""papertray init: from nothing to the first receipt, without editing a file."""

import os
import stat
import subprocess
import unittest

from support.case import MailCase
from support.desk import SLOW
from support.mail import ON_TIME, paper_mail
from support.terminal import Terminal
from support.wait import until

TRUE = "Authentication-Results: {}; dmarc=pass header.from=example.org\n"
WAIT = 120 * SLOW   # seconds, on a machine that has other things to do


class Init(MailCase):
    def setUp(self):
        super().setUp()
        self.desk.config.unlink()
        self.folder = self.desk.folder / "desk"
        self.desk.config = self.folder / "papertray.toml"
        self.servers = ("--imap", f"imap://127.0.0.1:{self.server.imap}")

    def terminal(self, *arguments):
        terminal = Terminal(*arguments, cwd=self.desk.folder)
        self.addCleanup(terminal.close)
        return terminal

    def first_receipt(self, sink, address, subject, says=""):
        """doctor, then the daemon: a mail comes in that the provider `says` is true, its author hears."""
        doctor = self.desk.run("doctor")
        self.assertEqual(doctor.code, 0, doctor)
        self.assertNotIn("fail ", doctor.out)
        daemon = self.desk.start("run", stderr=subprocess.DEVNULL)
        try:
            raw = says.encode() + paper_mail("ada@example.org", "On Mailboxes", subject=subject, to=address)
            self.server.append(address.split("@")[0], raw, ON_TIME)
            until(lambda: sink.delivered or daemon.poll() is not None, "the first receipt", WAIT)
            self.assertIsNone(daemon.poll(), "the daemon ended")
        finally:
            daemon.terminate()
            daemon.wait(WAIT)
            daemon.stdout.close()
        receipt = sink.delivered[0]
        self.assertEqual(receipt.recipients, ["ada@example.org"])
        self.assertIn("P-1", receipt.mail["Subject"])
        self.assertIn(subject, receipt.mail["Subject"])
        return receipt

    def test_gmail(self):
        sink = self.sink()
        dialogue = self.terminal("init", "--dir", self.folder, *self.servers, "--smtp", f"smtp://127.0.0.1:{sink.port}")
        dialogue.answer("Address that authors write to", "no address")
        dialogue.wait("bare address")
        dialogue.answer("Address that authors write to", "gmail-desk@gmail.com")
        dialogue.wait("The mailbox is at Gmail.")
        dialogue.wait("https://myaccount.google.com/apppasswords")
        dialogue.answer("Where is the password", "fiel")
        dialogue.wait('did you mean "file"?')
        dialogue.answer("Where is the password [file]: ", "")
        dialogue.wait("App password (not shown): ")
        self.assertFalse(dialogue.shows_what_is_typed())
        dialogue.answer("", "secret")
        dialogue.answer("Rules [new]: ", "")
        dialogue.answer("Name of the workshop: ", 'Tomorrow\'s "Mail"')
        dialogue.answer("Time zone", "Europe/Pariss")
        dialogue.wait("Europe/Paris")
        dialogue.answer("Time zone", "Europe/Paris")
        dialogue.answer("subject of papers", "Mail 2027 Paper")
        dialogue.answer("Deadline for papers", "2037-03-01 23:59 AoE")
        dialogue.wait("on time until 2037-03-02T11:59:59Z")
        dialogue.answer("Deadline for final copies", "")
        dialogue.answer("Page limit", "4")
        dialogue.answer("subject of questions", "Mail 2027 Question")
        dialogue.answer("Number of panels", "two")
        dialogue.answer("Number of panels", "2")
        dialogue.answer("Receipts [hold]: ", "send")
        dialogue.answer("Folder for the mails", "")
        self.assertEqual(dialogue.end(), 0, dialogue.said)
        self.assertIn("Nothing was changed or sent.", dialogue.said)
        self.assertNotIn("secret", dialogue.said)
        self.assertTrue(dialogue.process.returncode == 0 and not sink.delivered)
        self.assertEqual(stat.S_IMODE((self.folder / "imap-password").stat().st_mode), 0o600)
        config = self.desk.config.read_text()
        self.assertIn('authserv_id = "gmail"', config)
        self.assertIn('spam = "[Gmail]/Spam"', config)
        self.assertNotIn("secret", config)
        receipt = self.first_receipt(sink, "gmail-desk@gmail.com", "Mail 2027 Paper", TRUE.format("mx.google.com"))
        self.assertIn('Tomorrow\'s "Mail"', receipt.mail.get_body(("plain",)).get_content())

    def test_fastmail_with_a_mistyped_password(self):
        sink = self.sink()
        dialogue = self.terminal("init", "--dir", self.folder, *self.servers, "--smtp", f"smtp://127.0.0.1:{sink.port}",
                                 "--rules", "sample", "--receipts", "send")
        dialogue.answer("Address", "fast@fastmail.com")
        dialogue.wait("New app password")
        dialogue.answer("Where is the password", "file")
        dialogue.answer("App password", "sesame")
        dialogue.answer("Folder for the mails", "")
        dialogue.wait("refused the login of fast@fastmail.com")
        dialogue.answer("Try another password (yes or no) [yes]: ", "")
        dialogue.answer("App password", "secret")
        self.assertEqual(dialogue.end(), 0, dialogue.said)
        self.assertEqual((self.folder / "imap-password").read_text(), "secret\n")
        self.first_receipt(sink, "fast@fastmail.com", "NIPS Workshop Papers", TRUE.format("mx1.messagingengine.com"))

    def test_another_provider_over_tls_by_its_own_authority(self):
        sink = self.sink()
        dialogue = self.terminal("init", "--dir", self.folder, "--ca-file", self.server.tls.ca, "--rules", "sample")
        dialogue.answer("Address", "chair@uni.example")
        dialogue.wait("gmail")
        dialogue.answer("Provider [other]: ", "")
        dialogue.answer("Server for reading mail (IMAP)", "pop3://127.0.0.1")
        dialogue.wait("imaps://HOST")
        dialogue.answer("Server for reading mail (IMAP)", f"127.0.0.1:{self.server.imaps}")
        dialogue.answer("Server for sending mail (SMTP)", f"smtp://127.0.0.1:{sink.port}")
        dialogue.answer("User name at the server [chair@uni.example]: ", "chair")
        dialogue.answer("Where is the password", "command")
        dialogue.answer("Command that prints the password", "echo secret")
        dialogue.answer("Receipts", "send")
        dialogue.answer("Folder for the mails", "")
        self.assertEqual(dialogue.end(), 0, dialogue.said)
        self.assertIn("imaps://127.0.0.1", self.desk.config.read_text())
        self.assertFalse((self.folder / "imap-password").exists())
        self.first_receipt(sink, "chair@uni.example", "NIPS Workshop Papers")

    # ---- by options alone

    def options(self, *more):
        return ("init", "--dir", self.folder, "--address", "desk@gmail.com", *self.servers, "--smtp",
                f"smtp://127.0.0.1:{self.server.imap}", "--password-file", self.desk.folder / "password", "--rules", "sample",
                "--yes", *more)

    def init(self, *arguments, **more):
        # Which configuration it would write is what it is asked here.
        return self.desk.run(*arguments, config=False, **more)

    def test_by_options(self):
        done = self.init("--json", *self.options("--no-test"))
        self.assertEqual(done.code, 0, done)
        self.assertIn('"schema": "papertray/init/1"', done.out)
        self.assertEqual(self.desk.run("--json", "status").code, 0)
        # Again: what is the same is not in the way; what a person has changed is.
        self.assertEqual(self.init(*self.options("--no-test")).code, 0)
        rules = self.folder / "dlsc2017.toml"
        changed = rules.read_text() + "\n# mine\n"
        rules.write_text(changed)
        refused = self.init(*self.options("--no-test"))
        self.assertEqual(refused.code, 73, refused)
        self.assert_one_sentence(refused, "dlsc2017.toml is there already", "--force")
        self.assertEqual(rules.read_text(), changed)
        self.assertEqual(self.init(*self.options("--no-test", "--force")).code, 0)
        self.assertNotIn("# mine", rules.read_text())

    def test_a_password_on_standard_input(self):
        kept = self.folder / "kept"
        os.umask(0o022)
        done = self.init("init", "--dir", self.folder, "--address", "desk@gmail.com", "--password-stdin", "--password-file",
                         kept, "--rules", "sample", "--yes", "--no-test", stdin="abcd efgh ijkl mnop\n")
        self.assertEqual(done.code, 0, done)
        self.assertEqual(kept.read_text(), "abcdefghijklmnop\n")
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertIn('password = { file = "kept" }', self.desk.config.read_text())

    def test_what_cannot_be(self):
        for arguments, code, words in [
                (("init",), 64, ["nobody is at a terminal", "--yes"]),
                (("init", "--json", "--dir", self.folder), 64, ["--yes"]),
                (("init", "--yes", "--dir", self.folder), 64, ["--address"]),
                (("init", "--yes", "--dir", self.folder, "--address", "desk@gmail.com"), 64, ["--password-file"]),
                (("init", "--yes", "--dir", self.folder, "--address", "desk@uni.example"), 64, ["--imap"]),
                (self.options("--password-env", "X"), 64, ["one place only"]),
                (self.options("--due", "2027-02-30"), 64, ["--rules new"]),
                (self.options("--provider", "gmial"), 64, ["gmail"]),
                (self.options("--ca-file", "/nowhere"), 69, [])]:
            with self.subTest(arguments=arguments):
                done = self.init(*arguments)
                if code != 69:
                    self.assertEqual(done.code, code, done)
                    self.assertFalse(self.folder.exists(), "something was written")
                self.assertNotEqual(done.code, 0)
                self.assert_one_sentence(done, *words)

    def test_ctrl_c_writes_nothing_and_shows_again_what_is_typed(self):
        dialogue = self.terminal("init", "--dir", self.folder, *self.servers)
        dialogue.answer("Address", "desk@gmail.com")
        dialogue.answer("Where is the password", "file")
        dialogue.wait("(not shown): ")
        dialogue.interrupt()
        self.assertEqual(dialogue.end(), 75, dialogue.said)
        self.assertFalse(self.folder.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
