"""Mails for the tests, made of the same pieces as the sample mailbox."""

import itertools
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

from sample.compose import DESK, LAST_SECOND, attached, compose, pdf, text, utc, with_text  # noqa: E402,F401
from sample.pdf import paper  # noqa: E402

ON_TIME = utc(10, 20, 12, 0, 0)
_numbers = itertools.count(1)


def paper_mail(author="author@example.org", title="A Title", at=ON_TIME, subject="NIPS Workshop Papers", name=None, **more):
    name = name or f"test-{next(_numbers)}"
    return compose(name, at, author, subject,
                   with_text("Our paper.\n", pdf(paper(title, author, f"About {title}."), "paper.pdf")), **more)


def question_mail(question="Why?", author="asker@example.org", at=ON_TIME, subject="NIPS Workshop Questions", name=None,
                  **more):
    return compose(name or f"test-{next(_numbers)}", at, author, subject, text(question + "\n"), **more)


def other_mail(body="Hello.", author="someone@example.org", at=ON_TIME, subject="Hello", name=None, **more):
    return compose(name or f"test-{next(_numbers)}", at, author, subject, text(body + "\n"), **more)
