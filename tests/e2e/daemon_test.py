"""papertray run: the daemon against a real Dovecot with IDLE, a real SMTP server, a fake service manager."""

import signal
import socket
import subprocess
import unittest

from support.case import MailCase
from support.desk import RULES
from support.mail import ON_TIME, paper_mail, question_mail
from support.wait import LONG_ENOUGH, until


class Daemon:
    def __init__(self, case, env=None):
        self.process = case.desk.start("run", env=env or {})
        case.addCleanup(self.kill)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    def stop(self):
        """SIGTERM; returns how it ended and what it said."""
        self.process.send_signal(signal.SIGTERM)
        try:
            out, err = self.process.communicate(timeout=LONG_ENOUGH)
        except subprocess.TimeoutExpired:
            self.process.kill()
            out, err = self.process.communicate()
            raise AssertionError(f"the daemon does not stop\n{err}")
        return self.process.returncode, out + err


class Daemons(MailCase):
    def started(self, sink=None, env=None, more="", **settings):
        smtp = f'url = "smtp://127.0.0.1:{sink.port}"' if sink else None
        self.desk.write(self.imap(**settings), smtp=smtp, more=more)
        daemon = Daemon(self, env)
        until(lambda: (self.desk.state / "mailbox.json").exists() or daemon.process.poll() is not None, "the first look")
        if daemon.process.poll() is not None:
            self.fail("the daemon ended: " + daemon.process.stderr.read())
        return daemon

    def test_a_mail_is_answered_while_it_watches(self):
        sink = self.sink()
        # A poll so rare that only IDLE can bring the news.
        daemon = self.started(sink, poll=86400)
        for number in range(3):
            self.server.append(self.user, paper_mail(f"ada{number}@example.org", f"Paper {number}"), ON_TIME)
            until(lambda: len(sink.delivered) == number + 1, f"receipt {number + 1}")
        code, said = daemon.stop()
        self.assertEqual(code, 0, said)
        self.assertEqual(self.desk.fates(), {"recorded": 3})
        until(lambda: sum("\\Seen" in flags for flags in self.server.flags(self.user).values()) == 3, "three marks")

    def test_a_second_one_says_who_holds_the_lock(self):
        daemon = self.started()
        second = self.desk.run("run")
        self.assertEqual(second.code, 75)
        self.assert_one_sentence(second, "papertray run", str(daemon.process.pid))
        # Readers are never in the way.
        self.assertEqual(self.desk.json("status")["mailbox"]["state"], "ok")

    def test_a_server_that_restarts_is_come_back_to(self):
        sink = self.sink()
        daemon = self.started(sink, poll=86400)
        self.server.append(self.user, question_mail("Before?", name="before"), ON_TIME)
        until(lambda: len(sink.delivered) == 1, "the first receipt")
        self.server.halt()
        self.addCleanup(lambda: self.server.process.poll() is None or self.server.resume())
        until(lambda: self.desk.json("status")["mailbox"]["state"] in ("unreachable", "server closed"), "the trouble's word")
        self.assertIsNotNone(self.desk.json("status")["mailbox"]["next_try"])
        self.server.resume()
        self.server.append(self.user, question_mail("After?", name="after"), ON_TIME)
        until(lambda: len(sink.delivered) == 2, "the second receipt")
        self.assertEqual(daemon.stop()[0], 0)
        self.assertEqual(self.desk.fates(), {"recorded": 2})

    def test_hangup_reads_the_rules_anew(self):
        rules = self.desk.folder / "rules.toml"
        text = RULES.read_text()
        (self.desk.folder / "receipts-templates").symlink_to(RULES.parent / "receipts")
        text = text.replace('receipts = "receipts"', 'receipts = "receipts-templates"')
        rules.write_text(text)
        self.desk.write(self.imap(), rules=rules)
        daemon = Daemon(self)
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        loaded = lambda: len(self.desk.query("SELECT 1 FROM rules"))
        self.assertEqual(loaded(), 1)
        rules.write_text(text + "\n# changed\n")
        daemon.process.send_signal(signal.SIGHUP)
        until(lambda: loaded() == 2, "the new rules")
        # Wrong ones leave the old in force, and the daemon running.
        rules.write_text(text.replace("[workshop]", "[wokshop]"))
        daemon.process.send_signal(signal.SIGHUP)
        self.server.append(self.user, question_mail("Still there?"), ON_TIME)
        # The readers read the file as it is, so the database is asked.
        until(lambda: self.desk.query("SELECT fate FROM message") == [("recorded",)], "a question")
        code, said = daemon.stop()
        self.assertEqual(code, 0)
        self.assertIn("wokshop", said)
        self.assertEqual(loaded(), 2)

    def test_the_service_manager_is_told(self):
        address = str(self.desk.folder / "notify")
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(address)
        manager.settimeout(LONG_ENOUGH)
        daemon = self.started(env={"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "2000000"})
        heard = []

        def hear(word):
            while not any(word in message for message in heard):
                heard.append(manager.recv(4096).decode())

        hear("READY=1")
        hear("WATCHDOG=1")
        hear("STATUS=ok")
        daemon.process.send_signal(signal.SIGTERM)
        hear("STOPPING=1")

    def test_metrics_for_the_textfile_collector(self):
        metrics = self.desk.folder / "papertray.prom"
        daemon = self.started(more=f'metrics = "{metrics}"')
        self.server.append(self.user, question_mail("Why?"), ON_TIME)
        wanted = 'papertray_messages{fate="recorded"} 1'
        until(lambda: metrics.exists() and wanted in metrics.read_text().splitlines(), wanted)
        lines = metrics.read_text().splitlines()
        self.assertIn("papertray_mailbox_up 1", lines)
        self.assertIn('papertray_submissions{track="questions"} 1', lines)
        # Every sample's family has its HELP and TYPE before it.
        families = {line.split()[2] for line in lines if line.startswith("# TYPE ")}
        for line in lines:
            if not line.startswith("#"):
                self.assertIn(line.split("{")[0].split(" ")[0], families)
        self.assertEqual(daemon.stop()[0], 0)


if __name__ == "__main__":
    unittest.main()
