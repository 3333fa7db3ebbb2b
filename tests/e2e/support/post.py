"""Mails given to a desk as files, and what it wrote into its Maildir: for tests that need no server."""

import email
import email.policy
import itertools

from .mail import ON_TIME, compose, pdf, text, with_text

numbers = itertools.count(1)


class Post:
    """`take_in` gives mails to the desk and sends what is due; `sent` is what went out since it was last asked, by receiver."""

    def __init__(self, desk):
        self.desk = desk
        self.seen = set()

    def take_in(self, *mails, receipts=True, send=True):
        folder = self.desk.folder / f"post-{next(numbers)}"
        folder.mkdir()
        for number, raw in enumerate(mails):
            (folder / f"{number:04}.eml").write_bytes(raw)
        self.desk.done("import", *(["--receipts"] if receipts else []), folder)
        if send:
            self.desk.done("outbox", "send")

    def sent(self):
        fresh = []
        for path in sorted(self.desk.receipts.glob("*/*")):
            if path.is_file() and path.name not in self.seen:
                self.seen.add(path.name)
                fresh.append(email.message_from_bytes(path.read_bytes(), policy=email.policy.default))
        return sorted(fresh, key=lambda mail: mail["To"])


def answer(to, said, author, paper=None, at=ON_TIME + 600):
    """As people's programs answer a mail of ours: its thread in the header, its text quoted below."""
    own = to["Message-ID"].strip()
    quoted = "\n".join("> " + line for line in to.get_body(("plain",)).get_content().splitlines())
    thread = (to["References"] or "").split()
    thread += [] if own in thread else [own]
    body = f"{said}\n\nOn Fri, Oct 20, 2017 at 12:00 PM, the desk <desk@example.com> wrote:\n\n{quoted}\n"
    return compose(f"answer-{next(numbers)}", at, author, f"Re: {to['Subject']}",
                   text(body) if paper is None else with_text(body, pdf(paper, "final.pdf")),
                   extra=(f"In-Reply-To: {own}", f"References: {' '.join(thread)}"))
