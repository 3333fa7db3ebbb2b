"""The last evening: 200 honest authors at one provider, some of them again and again."""

import collections
import unittest

from support.case import MailCase
from support.mail import LAST_SECOND, paper_mail
from support.wait import LONG_ENOUGH

AUTHORS = 200
AGAIN = 40       # of them send their paper three times more
PROVIDER = "university.example"


class DeadlineNight(MailCase):
    def send(self, author, times, at):
        self.server.append(self.user, paper_mail(f"author-{author}@{PROVIDER}", f"Paper {author}, draft {times}", at,
                                                 "NIPS Workshop Papers" if times == 1 else
                                                 f"Re: [P-{author + 1}] NIPS Workshop Papers", f"{author}-{times}"), at)

    def test_everybody_is_answered(self):
        """With the limits that papertray has when nobody sets any: 6 a day to one address, 400 in all."""
        sink = self.sink()
        self.connect(sink, receipts='mode = "send"')
        for author in range(AUTHORS):
            self.send(author, 1, LAST_SECOND - 3600 + author)
        self.desk.done("run", "--once", seconds=3 * LONG_ENOUGH)
        self.assertEqual(len(sink.sessions), 1)        # one conversation for all of them
        for times in (2, 3, 4):
            for author in range(AGAIN):
                self.send(author, times, LAST_SECOND - 1200 + 60 * times + author)
        self.desk.done("run", "--once", seconds=3 * LONG_ENOUGH)

        self.assertEqual(dict(self.desk.query("SELECT state, count(*) FROM outbox GROUP BY state")),
                         {"sent": AUTHORS + 3 * AGAIN})
        heard = collections.Counter(mail.recipients[0] for mail in sink.delivered)
        self.assertEqual(heard, {f"author-{author}@{PROVIDER}": 4 if author < AGAIN else 1 for author in range(AUTHORS)})
        papers = self.desk.items("papers")
        self.assertEqual([paper["versions"] for paper in papers], [4] * AGAIN + [1] * (AUTHORS - AGAIN))
        self.assertTrue(all(paper["on_time"] for paper in papers))


if __name__ == "__main__":
    unittest.main(verbosity=2)
