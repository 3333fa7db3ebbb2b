"""Nobody is ever answered in a loop: two desks with each other's address, bouncers, vacation programs."""

import collections
import unittest

from support.case import MailCase
from support.desk import RULES, Desk
from support.mail import DESK, ON_TIME, compose, paper_mail, question_mail, text

OTHER = "other-desk@workshop.example"
ROUNDS = 8


class Post:
    """What the sink took goes to whom it is for; some of them answer by themselves."""

    def __init__(self, case, sink):
        self.case, self.sink, self.carried = case, sink, 0
        self.homes = {}                                  # address -> mailbox
        self.habits = {}                                 # address -> what it answers a mail with
        self.seen = collections.Counter()

    def carry(self):
        """Delivers what is new; returns how many mails that was."""
        fresh = self.sink.delivered[self.carried:]
        self.carried += len(fresh)
        for number, letter in enumerate(fresh):
            for recipient in letter.recipients:
                self.seen[recipient] += 1
                if recipient in self.homes:
                    self.case.server.append(self.homes[recipient], f"Return-Path: <{letter.sender}>\r\n".encode() + letter.raw)
                if recipient in self.habits:
                    answer = self.habits[recipient](letter, f"{self.carried}-{number}-{recipient}")
                    sender = str(letter.mail["From"]).split("<")[-1].rstrip(">")
                    self.case.server.append(self.homes[sender], answer)
        return len(fresh)


def bouncing(letter, name):
    """A bounce to the From address, by a program that ignores the envelope's null path."""
    token = letter.mail["X-Papertray-Id"]
    return compose(name, ON_TIME, "MAILER-DAEMON@bounce.example", "Undelivered Mail Returned to Sender",
                   text(f"I could not deliver your message {token}.\n"), **{"to": str(letter.mail["From"])})


def vacation(proper, subject="Re: {}", words="I am away until Monday."):
    def answer(letter, name):
        more = ["Auto-Submitted: auto-replied"] if proper else []
        thread = [f"In-Reply-To: {letter.mail['Message-ID']}", f"References: {letter.mail['References']}"]
        mail = compose(name, ON_TIME, letter.recipients[0], subject.format(letter.mail["Subject"]), text(words + "\n"))
        return "".join(line + "\r\n" for line in more + thread).encode() + mail
    return answer


class Loops(MailCase):
    def settle(self, post, desks):
        """Rounds of everybody doing what they do, until nothing moves; returns the mails of each round."""
        moved = []
        for _ in range(ROUNDS):
            for desk in desks:
                desk.done("run", "--once")
            moved.append(post.carry())
        return moved

    def test_two_desks_with_each_others_address(self):
        sink = self.sink()
        post = Post(self, sink)
        rules = self.desk.folder / "rules"
        rules.mkdir()
        (rules / "receipts").symlink_to(RULES.parent / "receipts")
        (rules / "other.toml").write_text(RULES.read_text().replace(DESK, OTHER))
        other = Desk()
        self.addCleanup(other.close)
        smtp = f'url = "smtp://127.0.0.1:{sink.port}"'
        self.desk.write(self.imap("one"), smtp=smtp)
        other.write(other.imap(f"imap://127.0.0.1:{self.server.imap}", "two"), smtp=smtp + f'\nfrom = "Other <{OTHER}>"',
                    rules=rules / "other.toml")
        post.homes = {DESK: "one", OTHER: "two"}
        # As if each had written to the other: a paper here, a question there.
        self.server.append("one", paper_mail(OTHER), ON_TIME)
        self.server.append("two", question_mail(author=DESK).replace(f"To: {DESK}".encode(), f"To: {OTHER}".encode()), ON_TIME)
        moved = self.settle(post, [self.desk, other])
        self.assertEqual(dict(post.seen), {OTHER: 1, DESK: 1})
        self.assertEqual(moved[2:], [0] * (ROUNDS - 2))
        for desk in (self.desk, other):
            self.assertEqual(desk.fates(), {"recorded": 1, "ignored": 1})

    def test_those_who_answer_by_themselves(self):
        habits = {
            "bouncer@bounce.example": bouncing,
            "away@example.org": vacation(True),
            "silly@example.org": vacation(False),
            "office@example.org": vacation(False, "Out of office: {}"),
            "mute@example.org": vacation(False, "Away", "Back on Monday. Your mail was: NIPS Workshop Papers"),
            "curious@example.org": vacation(False, "NIPS Workshop Questions", "I am away. Is it urgent?"),
        }
        sink = self.sink()
        post = Post(self, sink)
        post.homes = {DESK: self.user}
        post.habits = habits
        self.connect(sink)
        for number, author in enumerate(habits):
            self.server.append(self.user, paper_mail(author, f"Title {number}"), ON_TIME + number)
            self.server.append(self.user, question_mail(f"Question {number}?", author=author), ON_TIME + number)
        moved = self.settle(post, [self.desk])
        self.assertLessEqual(max(post.seen.values()), 2, post.seen)   # the two receipts, and no more
        self.assertEqual(moved[2:], [0] * (ROUNDS - 2), moved)


if __name__ == "__main__":
    unittest.main(verbosity=2)
