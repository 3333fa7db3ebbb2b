"""papertray audit: what holds is said to hold, and each thing that does not is found and named."""

import json
import shutil
import sqlite3
import subprocess
import unittest

from support.case import MailCase
from support.desk import SAMPLE
from support.mail import ON_TIME, other_mail, paper_mail, question_mail
from support.wait import until

CHECKS = ["log", "database", "fates", "made anew", "papers", "outbox"]


class Audit(MailCase):
    def fill(self, **more):
        """Papers, a question, a copy, receipts, something in triage, something vanished."""
        sink = self.sink()
        self.connect(sink, **more)
        for number in range(4):
            self.server.append(self.user, paper_mail(f"author-{number}@example.org", f"Title {number}"), ON_TIME + number)
        again = question_mail(author="bob@example.org")
        self.server.append(self.user, again, ON_TIME)
        self.server.append(self.user, again, ON_TIME)
        self.server.append(self.user, other_mail(author="eve@example.org"), ON_TIME)
        self.desk.done("run", "--once")

    def audit(self, *options, code=0):
        """Check -> (verdict, text); the JSON as it is in `self.found`."""
        done = self.desk.run("--json", "audit", *options)
        self.assertEqual(done.code, code, done)
        self.found = json.loads(done.out)
        self.assertEqual(self.found["schema"], "papertray/audit/1")
        self.assertEqual(self.found["holds"], not any(row["verdict"] == "fail" for row in self.found["items"]))
        return {row["check"]: (row["verdict"], row["text"]) for row in self.found["items"]}

    def failing(self, rows):
        return [check for check, (verdict, _) in rows.items() if verdict != "ok"]

    def change(self, sql):
        """Behind papertray's back."""
        connection = sqlite3.connect(self.desk.state / "papertray.db")
        connection.execute(sql)
        connection.commit()
        connection.close()

    def state(self):
        """Every byte of the state directory but SQLite's shared memory."""
        return {path.relative_to(self.desk.state): path.read_bytes() for path in self.desk.state.rglob("*")
                if path.is_file() and not path.name.endswith(("-shm", "-wal"))}

    # ---- all is well

    def test_a_clean_desk(self):
        self.fill()
        self.desk.done("import", SAMPLE)
        before, folder = self.state(), self.server.state(self.user)
        rows = self.audit()
        self.assertEqual(list(rows), CHECKS + ["folder INBOX"])
        self.assertEqual(self.failing(rows), [])
        self.assertEqual(rows["folder INBOX"][1], "7 mails, each with a fate")
        counts = self.desk.json("status")["messages"]
        self.assertEqual({name: self.found["fates"][name] for name in counts if name != "total"},
                         {name: count for name, count in counts.items() if name != "total"})
        self.assertEqual(self.found["fates"]["messages"] + self.found["fates"]["lost_places"], counts["total"])
        self.assertEqual(self.found["papers"]["recorded"], len(self.desk.papers()))
        # It has changed nothing, here or there, and left nothing behind.
        self.assertEqual(self.state(), before)
        self.assertEqual(self.server.state(self.user), folder)
        text = self.desk.done("audit").out
        self.assertTrue(text.endswith("\nAll of it holds.\n"), text)

    def test_leaves_nothing_behind(self):
        self.fill()
        room = self.desk.folder / "room"
        room.mkdir()
        done = self.desk.done("audit", env={"TMPDIR": str(room)})
        self.assertIn("All of it holds.", done.out)
        self.assertEqual(list(room.iterdir()), [])

    def test_before_the_first_mail(self):
        self.connect()
        done = self.desk.run("audit", "--offline")
        self.assertEqual(done.code, 1)
        self.assert_one_sentence(done, "nothing has been taken in yet")

    def test_what_people_moved_or_deleted_is_only_counted(self):
        self.fill()
        self.server.expunge(self.user, 3)
        self.server.expunge(self.user, 7)
        rows = self.audit()
        self.assertEqual(self.failing(rows), [])
        self.assertEqual(rows["folder INBOX"][1],
                         "5 mails, each with a fate; 2 more have been there and are gone, moved or deleted")
        self.assertEqual(self.found["folders"][0]["gone"], 2)

    def test_what_we_moved_is_no_finding(self):
        self.server.create(self.user, "Processed")
        self.fill(after="move:Processed")
        rows = self.audit()
        self.assertEqual(self.failing(rows), [])
        self.assertEqual(rows["folder INBOX"][1], "0 mails; 7 more have been there and are gone, moved or deleted")

    def test_a_spam_folder_is_looked_at_too(self):
        self.server.create(self.user, "Junk")
        self.server.append(self.user, other_mail(name="offer"), ON_TIME, folder="Junk")
        self.fill(spam=["Junk", "Nowhere"])
        rows = self.audit()
        self.assertEqual(rows["spam folder Junk"], ("ok", "1 mail, each with a fate"))
        self.assertEqual(rows["spam folder Nowhere"][0], "warn")
        self.assertEqual(self.failing(rows), ["spam folder Nowhere"])

    # ---- one thing is not

    def test_a_message_that_is_lost_from_the_database(self):
        self.fill()
        self.change("DELETE FROM message WHERE id = 6")
        rows = self.audit(code=1)
        self.assertEqual(self.failing(rows), ["database", "fates", "made anew", "folder INBOX"])
        self.assertIn("place refers to one of table message", rows["database"][1])
        self.assertIn("6 mails in the log, but 5 messages, 1 place whose message is not there", rows["fates"][1])
        self.assertIn("table message", rows["made anew"][1])
        self.assertIn("papertray rebuild", rows["made anew"][1])
        self.assertEqual(self.found["folders"][0]["waiting"], ["UID 7"])
        self.desk.done("rebuild")
        self.assertEqual(self.failing(self.audit()), [])

    def test_a_bit_of_the_log(self):
        self.fill()
        segment, = self.desk.segments()
        whole = segment.read_bytes()
        for at, what in ((whole.index(b"JVBER") + 40, "a PDF's"), (whole.index(b"SCHILY.xattr"), "a header's"),
                         (whole.rindex(b'"type"'), "an event's")):
            with self.subTest(what):
                torn = bytearray(whole)
                torn[at] ^= 0x10
                segment.write_bytes(torn)
                rows = self.audit(code=1)
                self.assertEqual(self.failing(rows), ["log", "made anew"])
                self.assertIn("000001.tar", rows["log"][1])
                self.assertEqual(len(self.found["log"]["damaged"]), 1, self.found["log"])
                self.assertIn("the log must be mended first", rows["made anew"][1])
        segment.write_bytes(whole)
        self.assertEqual(self.failing(self.audit()), [])

    def test_the_log_is_shorter_than_the_database_says(self):
        self.fill()
        segment, = self.desk.segments()
        segment.write_bytes(segment.read_bytes()[:-1024])
        rows = self.audit("--offline", code=1)
        self.assertEqual(self.failing(rows), ["log", "made anew"])

    def test_a_bit_of_the_database(self):
        self.fill()
        database = self.desk.state / "papertray.db"
        whole = database.read_bytes()
        at = whole.index(b"author-2@example.org")
        torn = bytearray(whole)
        torn[at + 1] ^= 0x01
        database.write_bytes(torn)
        rows = self.audit(code=1)
        self.assertIn("made anew", self.failing(rows))
        self.assertIn("papertray rebuild", rows["made anew"][1])
        # A page that SQLite cannot walk: a finding, no crash.
        torn = bytearray(whole)
        torn[4096:4104] = b"\xff" * 8
        database.write_bytes(torn)
        rows = self.audit(code=1)
        self.assertIn("database", self.failing(rows))
        self.assertIn("papertray rebuild", rows["database"][1])
        self.assertEqual(rows["log"][0], "ok")   # the rest is looked at all the same
        self.desk.done("rebuild")
        self.assertEqual(self.failing(self.audit()), [])

    def test_a_changed_value_is_named(self):
        self.fill()
        self.change("UPDATE message SET fate = 'ignored' WHERE id = 6")
        rows = self.audit("--offline", code=1)
        self.assertEqual(self.failing(rows), ["made anew"])
        self.assertIn("table message, row id 6: fate is 'ignored' in the database, 'triage' in the log",
                      rows["made anew"][1])
        self.assertEqual(self.found["difference"],
                         "table message, row id 6: fate is 'ignored' in the database, 'triage' in the log")

    def test_a_deleted_database(self):
        self.fill()
        for path in self.desk.state.glob("papertray.db*"):
            path.unlink()
        rows = self.audit(code=1)
        self.assertEqual(self.failing(rows), ["database"])
        self.assertIn("papertray rebuild", rows["database"][1])

    def test_papers(self):
        self.fill()
        papers = self.desk.state / "papers"
        cut, other, gone = papers / "P-001_v1.pdf", papers / "P-002_v1.pdf", papers / "P-003_v1.pdf"
        size = cut.stat().st_size
        cut.write_bytes(cut.read_bytes()[:100])
        other.write_bytes(other.read_bytes()[:-1] + b"?")
        gone.unlink()
        rows = self.audit(code=1)
        self.assertEqual(self.failing(rows), ["papers"])
        self.assertEqual(rows["papers"][1],
                         f"3 of 4 files in papers/ are not as recorded: P-001_v1.pdf has 100 bytes, not {size}, "
                         "P-002_v1.pdf has other bytes, P-003_v1.pdf is not there; papertray rebuild writes them again from "
                         "the log")
        self.assertEqual([paper["file"] for paper in self.found["papers"]["wrong"]], [cut.name, other.name, gone.name])
        self.desk.done("rebuild")
        self.assertEqual(self.failing(self.audit()), [])

    def test_a_mail_without_a_fate(self):
        self.fill()
        self.server.append(self.user, paper_mail("late@example.org", "New"), ON_TIME)
        rows = self.audit(code=1)
        self.assertEqual(self.failing(rows), ["folder INBOX"])
        self.assertEqual(rows["folder INBOX"][1], "8 mails; not taken in yet: UID 8; run papertray run --once")
        self.assertEqual(self.found["folders"][0]["waiting"], ["UID 8"])
        self.assertIn("Not all of it holds", self.desk.run("audit").out)
        self.assertEqual(self.failing(self.audit("--offline")), [])
        self.assertEqual(self.found["folders"], [])
        self.desk.done("run", "--once")
        self.assertEqual(self.failing(self.audit()), [])
        # One that was passed over: newer ones have their fate.
        self.change("DELETE FROM place WHERE uid = 2")
        rows = self.audit(code=1)
        self.assertEqual(self.found["folders"][0]["missed"], ["UID 2"])
        self.assertIn("without a fate, though newer ones have theirs: UID 2", rows["folder INBOX"][1])

    def test_a_receipt_that_was_being_sent(self):
        self.fill()
        self.change("UPDATE outbox SET state = 'sending' WHERE id = 1")
        rows = self.audit("--offline", code=1)
        self.assertEqual(rows["outbox"][0], "warn")
        self.assertIn("papertray run --once", rows["outbox"][1])

    # ---- the server

    def test_the_servers_troubles_have_their_codes(self):
        self.fill()
        self.server.halt()
        try:
            rows = self.audit(code=69)
            self.assertEqual(self.failing(rows), ["mailbox"])
            self.audit("--offline")
            # Something on the disk weighs more.
            (self.desk.state / "papers/P-001_v1.pdf").unlink()
            self.assertEqual(self.failing(self.audit(code=1)), ["papers", "mailbox"])
        finally:
            self.server.resume()
        self.desk.done("rebuild")
        (self.desk.folder / "password").write_text("wrong\n")
        self.assertEqual(self.failing(self.audit(code=77)), ["mailbox"])

    # ---- files instead of a server

    def test_a_maildir(self):
        maildir = self.desk.folder / "Maildir"
        for name in ("cur", "new", "tmp"):
            (maildir / name).mkdir(parents=True)
        (maildir / "new" / "1.M1P1.host").write_bytes(paper_mail("ada@example.org"))
        self.desk.write(f'url = "maildir:{maildir}"')
        self.desk.done("run", "--once")
        rows = self.audit()
        self.assertEqual(rows[f"folder {maildir}"], ("ok", "1 mail, each with a fate"))
        (maildir / "new" / "2.M2P1.host").write_bytes(question_mail())
        rows = self.audit(code=1)
        self.assertEqual(self.found["folders"][0]["waiting"], ["2.M2P1.host"])
        self.assertEqual(rows[f"folder {maildir}"][1], "2 mails; not taken in yet: 2.M2P1.host; run papertray run --once")
        self.assertTrue((maildir / "new" / "2.M2P1.host").exists())   # not touched
        shutil.rmtree(maildir)
        self.audit(code=65)

    def test_an_mbox(self):
        mbox = self.desk.folder / "mbox"
        line = b"From x@example.org Fri Oct 20 12:00:00 2017\n"
        mbox.write_bytes(line + question_mail().replace(b"\r\n", b"\n") + b"\n")
        self.desk.write(f'url = "mbox:{mbox}"')
        self.desk.done("run", "--once")
        self.assertEqual(self.audit()[f"folder {mbox}"], ("ok", "1 mail, each with a fate"))
        with mbox.open("ab") as file:
            file.write(line + question_mail("Another?").replace(b"\r\n", b"\n") + b"\n")
        self.audit(code=1)
        self.assertEqual(len(self.found["folders"][0]["waiting"]), 1)

    # ---- beside a daemon

    def test_a_running_daemon_makes_no_false_findings(self):
        sink = self.sink()
        self.connect(sink, poll=86400)
        daemon = self.desk.start("run")
        self.addCleanup(daemon.communicate)
        self.addCleanup(daemon.kill)
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        rounds = 12
        for number in range(rounds):
            for mail in range(3):
                self.server.append(self.user, paper_mail(f"a{number}-{mail}@example.org", f"Paper {number}-{mail}"), ON_TIME)
            rows = self.audit()
            self.assertEqual(self.failing(rows), [], rows)
            self.assertIn("papertray run", self.found["at_work"])
        until(lambda: len(sink.delivered) == 3 * rounds, "all receipts")
        rows = self.audit()
        self.assertEqual(rows["folder INBOX"][1], f"{3 * rounds} mails, each with a fate")

    def test_a_mail_that_comes_while_a_daemon_works_is_its_business(self):
        sink = self.sink()
        self.fill()
        # A daemon that is at work and cannot take in: stopped in its tracks.
        self.connect(sink, poll=86400)
        (self.desk.state / "mailbox.json").unlink()
        daemon = self.desk.start("run")
        self.addCleanup(daemon.communicate)
        self.addCleanup(daemon.kill)
        until(lambda: (self.desk.state / "mailbox.json").exists(), "the first look")
        subprocess.run(["kill", "-STOP", str(daemon.pid)], check=True)
        self.server.append(self.user, paper_mail("new@example.org", "New"), ON_TIME)
        rows = self.audit()
        self.assertEqual(rows["folder INBOX"][0], "ok")
        self.assertIn("not taken in yet: UID 8 (papertray run (process", rows["folder INBOX"][1])
        subprocess.run(["kill", "-CONT", str(daemon.pid)], check=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
