"""papertray doctor: what it finds, what it says to do, and that it changes nothing."""

import email.utils
import json
import subprocess
import time
import unittest

from support.case import MailCase
from support.desk import SLOW
from support.mail import ON_TIME, question_mail
from support.wait import until


class Doctor(MailCase):
    def rows(self, code=0):
        done = self.desk.run("--json", "doctor")
        self.assertEqual(done.code, code, done)
        value = json.loads(done.out)
        self.assertEqual(value["schema"], "papertray/doctor/1")
        return {row["check"]: (row["verdict"], row["text"]) for row in value["items"]}

    def test_all_is_well_and_nothing_is_changed(self):
        self.server.append(self.user, question_mail("Why?"), ON_TIME)
        sink = self.sink()
        self.desk.write(self.imap(), smtp=f'url = "smtp://127.0.0.1:{sink.port}"', receipts='mode = "send"\nauthserv_id = "gmail"')
        before = self.server.state(self.user)
        rows = self.rows()
        for check in ("configuration", "rules", "deadline papers final_due", "state", "sync", "database", "lock", "mailbox",
                      "folder INBOX", "smtp", "certificate imap", "clock imap", "authserv_id", "loop guards"):
            self.assertEqual(rows[check][0], "ok", (check, rows[check]))
        # 16:59 PST is not what the clocks in California showed.
        self.assertEqual(rows["deadline papers due"][0], "warn")
        self.assertIn("PDT", rows["deadline papers due"][1])
        self.assertIn("12 templates", rows["rules"][1])
        self.assertRegex(rows["sync"][1], r"safe after \d+\.\d ms")
        self.assertIn("none yet", rows["database"][1])
        self.assertIn("free", rows["lock"][1])
        self.assertIn("IDLE", rows["mailbox"][1])
        self.assertIn("logged in", rows["smtp"][1])
        self.assertIn("SIZE", rows["smtp"][1])
        self.assertIn("not encrypted", rows["certificate imap"][1])
        self.assertIn("cannot be asked for its time", rows["clock imap"][1])
        self.assertNotIn("reply address", rows)
        self.assertEqual(self.server.state(self.user), before)
        self.assertFalse(self.desk.state.exists(), "doctor makes no state directory")
        self.assertEqual(sink.delivered, [])

    def test_a_certificate_that_ends_soon(self):
        self.desk.write(self.imaps(ca_file=self.server.tls.ca))
        verdict, text = self.rows()["certificate imap"]
        self.assertEqual(verdict, "warn")
        self.assertRegex(text, r"good until \d{4}-\d\d-\d\dT\S+Z \([0-2] days?\), from .*papertray test authority.*must be renewed")

    def test_a_clock_that_is_wrong(self):
        for ahead, words in ((7200, "behind"), (-7200, "ahead")):
            # A server that tells the time in its greeting, as Exim and Exchange do.
            sink = self.sink(ident="ESMTP " + email.utils.formatdate(time.time() + ahead))
            self.desk.write(self.imap(), smtp=f'url = "smtp://127.0.0.1:{sink.port}"')
            verdict, text = self.rows()["clock smtp"]
            self.assertEqual(verdict, "warn", text)
            self.assertRegex(text, rf"this machine's clock is \d+ s {words}; .*timedatectl")

    def test_a_daemon_at_work_and_what_its_mails_tell_of_the_clocks(self):
        sink = self.sink()
        self.connect(sink)
        daemon = self.desk.start("run", stderr=subprocess.DEVNULL)
        try:
            until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look", 120 * SLOW)
            self.server.deliver(self.user, question_mail("Now?"))
            until(lambda: sink.delivered, "a receipt", 120 * SLOW)
            rows = self.rows()
        finally:
            daemon.terminate()
            daemon.wait(120 * SLOW)
            daemon.stdout.close()
        self.assertIn(f"papertray run (process {daemon.pid}", rows["lock"][1])
        self.assertEqual(rows["database"], ("ok", "1 mails"))
        self.assertEqual(rows["clock imap"][0], "ok")
        self.assertIn("of the last 1 mails", rows["clock imap"][1])

    def test_replies_that_would_go_elsewhere(self):
        self.desk.write(self.imap(), smtp=f'url = "maildir:{self.desk.receipts}"\nfrom = "Desk <other@example.org>"')
        verdict, text = self.rows()["reply address"]
        self.assertEqual(verdict, "warn")
        self.assertIn("other@example.org", text)

    def test_what_fails_says_what_to_do_and_the_rest_is_looked_at_all_the_same(self):
        (self.desk.folder / "password").write_text("wrong\n")
        self.connect(after="move:Nowhere")
        rows = self.rows(77)
        self.assertEqual(rows["mailbox"][0], "fail")
        self.assertIn("check `user` and `password`", rows["mailbox"][1])
        self.assertEqual(rows["sandbox"][0] in ("ok", "warn"), True)
        (self.desk.folder / "password").write_text("secret\n")
        rows = self.rows(1)
        self.assertEqual(rows["folder Nowhere"][0], "fail")
        self.assertEqual(rows["folder INBOX"][0], "ok")


if __name__ == "__main__":
    unittest.main(verbosity=2)
