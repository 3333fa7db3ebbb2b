"""Final copies: a reply with a PDF on an accepted paper's thread, its deadline, its receipt, and who still owes one."""

import unittest

from support.case import DeskCase
from support.mail import LAST_SECOND, ON_TIME, paper_mail, utc
from support.post import Post, answer
from sample.pdf import paper

ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"
FINAL_LAST = utc(11, 29, 11, 59, 59)   # 2017-11-28, anywhere on earth
IN_NOVEMBER = utc(11, 20, 12, 0)


def titled(author, title, at=ON_TIME):
    return paper_mail(author, title, subject=f"NIPS Workshop Papers: {title}", at=at)


class FinalCopies(DeskCase):
    def setUp(self):
        super().setUp()
        self.post = Post(self.desk)
        self.post.take_in(titled(ADA, "Sparse Things"), titled(BOB, "Dense Things"), titled(EVE, "Other Things"))
        self.receipts = self.post.sent()
        self.desk.done("accept", "P-1", "P-2", "--as", "carla")
        self.desk.done("reject", "P-3", "--as", "carla")

    def tell(self):
        self.desk.done("notify", "decisions", "--yes", "--as", "carla")
        self.desk.done("outbox", "send")
        self.letters = {mail["To"]: mail for mail in self.post.sent()}

    def final(self, author, title="Final", at=IN_NOVEMBER):
        self.post.take_in(answer(self.letters[author], "Here it is.", author, paper(title, author, f"The final {title}."), at=at))
        return self.post.sent()

    def listed(self, which):
        return [row["id"] for row in self.desk.items("papers", "--final", which)]

    def check_rebuilt(self):
        before = self.desk.tables()
        self.desk.done("rebuild")
        self.assertEqual(self.desk.tables(), before)
        self.desk.done("audit", "--offline")

    def test_a_reply_with_a_pdf(self):
        self.tell()
        self.assertEqual((self.listed("missing"), self.listed("received")), (["P-1", "P-2"], []))
        receipt, = self.final(ADA)
        self.assertEqual(receipt["Subject"], "[P-1] Final copy received, version 2 - NIPS Workshop Papers")
        self.assertIn("has arrived in time", receipt.get_body(("plain",)).get_content())
        self.assertEqual((self.listed("missing"), self.listed("received")), (["P-2"], ["P-1"]))
        row, = self.desk.items("papers", "--final", "received")
        self.assertEqual((row["counting_version"], row["on_time"], row["versions"]), (1, True, 2))
        self.assertEqual((row["final"]["version"], row["final"]["on_time"], row["final"]["margin_s"], row["final"]["file"]),
                         (2, True, FINAL_LAST - IN_NOVEMBER, "P-001_v2.pdf"))
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["final"], 1)
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["on_time"], 3)
        shown = self.desk.json("show", "P-1")["versions"]
        self.assertEqual([(v["version"], v["counts"], v["final"], v["final_counts"]) for v in shown],
                         [(1, True, False, False), (2, False, True, True)])
        self.assertIn("Version 2, final copy, the one that counts", self.desk.done("show", "P-1").out)
        self.assertIn("the final copy, on time", " ".join(row["what"] for row in self.desk.json("show", "P-1")["history"]))
        # The newest on time counts.
        self.final(ADA, "Second", at=IN_NOVEMBER + 60)
        late, = self.final(ADA, "Third", at=FINAL_LAST + 3600)
        self.assertIn("Late by   1 hour", late.get_body(("plain",)).get_content())
        self.assertEqual(self.desk.items("papers", "--final", "received")[0]["final"]["version"], 3)
        self.assertEqual(self.desk.json("status")["tracks"]["papers"]["final"], 1)
        self.check_rebuilt()

    def test_the_last_second_and_an_excuse(self):
        self.tell()
        self.final(ADA, at=FINAL_LAST)
        self.final(BOB, at=FINAL_LAST + 1)
        finals = {row["id"]: (row["final"]["on_time"], row["final"]["margin_s"]) for row in self.desk.items("papers", "--final", "received")}
        self.assertEqual(finals, {"P-1": (True, 0), "P-2": (False, -1)})
        self.desk.done("excuse", "P-2", "--as", "carla")
        self.assertTrue(self.desk.items("papers", "--final", "received")[1]["final"]["on_time"])
        self.check_rebuilt()
        self.desk.done("undo", "--as", "carla")
        self.assertFalse(self.desk.items("papers", "--final", "received")[1]["final"]["on_time"])
        self.check_rebuilt()

    def test_reminded_are_those_who_owe_one(self):
        self.tell()
        self.final(ADA)
        self.desk.done("notify", "reminder", "--to", "missing-final", "--yes")
        self.desk.done("outbox", "send")
        reminder, = self.post.sent()
        self.assertEqual((reminder["To"], reminder["Subject"]), (BOB, "[P-2] The final copy of your paper - NIPS Workshop Papers"))
        # The reminder is answered: that is a final copy, too.
        self.letters[BOB] = reminder
        self.final(BOB, at=FINAL_LAST + 86400)
        self.assertEqual(self.listed("missing"), [])
        self.check_rebuilt()

    def test_the_accepted_file_once_more(self):
        self.tell()
        accepted = paper("Sparse Things", ADA, "About Sparse Things.")   # as titled() wrote it
        self.post.take_in(answer(self.letters[ADA], "It is final as it is.", ADA, accepted, at=IN_NOVEMBER))
        receipt, = self.post.sent()
        self.assertIn("Final copy received", receipt["Subject"])
        self.assertEqual(self.listed("received"), ["P-1"])
        # And then it is nothing new.
        self.post.take_in(answer(self.letters[ADA], "Did it arrive?", ADA, accepted, at=IN_NOVEMBER + 60))
        self.assertEqual([mail["Subject"].split(" - ")[0] for mail in self.post.sent()], ["[P-1] We have this file already"])
        self.check_rebuilt()

    def test_what_is_no_final_copy(self):
        self.tell()
        # Of a rejected paper; of a new title; and by somebody else on the thread: a person decides.
        self.post.take_in(answer(self.letters[EVE], "Better now.", EVE, paper("New", EVE, "New."), at=IN_NOVEMBER),
                          titled(ADA, "Something Else Entirely", at=IN_NOVEMBER),
                          answer(self.letters[BOB], "Ours.", "mallory@example.org", paper("M", BOB, "M."), at=IN_NOVEMBER))
        self.assertEqual(self.listed("received"), [])
        note, = [note for row in self.desk.items("triage") for note in row["open_notes"]]
        self.assertIn("papertray merge P-5 --into P-2", note)
        self.desk.done("merge", "P-5", "--into", "P-2", "--as", "carla")
        self.assertEqual(self.listed("received"), ["P-2"])
        self.check_rebuilt()
        self.desk.done("undo", "--as", "carla")
        self.assertEqual(self.listed("received"), [])
        self.check_rebuilt()

    def test_before_anybody_was_told(self):
        # In time it is a version like any other: the decision is nobody's business yet.
        self.post.take_in(titled(ADA, "Sparse Things", at=LAST_SECOND))
        self.post.sent()
        self.assertEqual(self.listed("received"), [])
        # Later it is the final copy, and the receipt that says so waits for a person.
        self.letters = {mail["To"]: mail for mail in self.receipts}
        self.post.take_in(answer(self.letters[ADA], "A new version.", ADA, paper("Newer", ADA, "Newer."), at=IN_NOVEMBER),
                          send=False)
        self.assertEqual(self.listed("received"), ["P-1"])
        held, = [row for row in self.desk.items("outbox") if row["kind"] == "final"]
        self.assertEqual(held["state"], "held")
        self.assertIn("no letter has told", held["reason"])
        self.check_rebuilt()


if __name__ == "__main__":
    unittest.main(verbosity=2)
