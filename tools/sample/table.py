"""What is expected of the sample, as a table for people and as JSON for the test."""

import json

from .oddities import oddities
from .others import others
from .papers import papers

PREFIX = {"papers": "P", "questions": "Q"}


def mails():
    """All mails in the order in which they are taken in: by time, then as written."""
    return sorted([*papers(), *oddities(), *others()], key=lambda mail: mail.at)


def file_name(number, mail):
    """Unique and readable; the time in front is what Maildir names begin with."""
    name = f"{mail.at}.M{number:02d}.{mail.name}"
    return f"new/{name}" if mail.new else f"cur/{name}:2,{mail.flags}"


def expectations(ordered):
    """Numbers the submissions in order and writes out what each mail must become."""
    labels, counts, items = {}, {}, []
    for number, mail in enumerate(ordered, 1):
        want, founder = mail.expected, mail.also.get("copy_of") or mail.expected.of or mail.name
        if want.fate == "recorded" and founder == mail.name:
            counts[want.track] = counts.get(want.track, 0) + 1
            labels[mail.name] = f"{PREFIX[want.track]}-{counts[want.track]}"
        items.append({
            "file": file_name(number, mail),
            "about": mail.about,
            "fate": want.fate,
            "track": want.track,
            "submission": labels[founder] if want.fate == "recorded" else "",
            "version": want.version,
            "on_time": want.on_time,
            "receipt": want.receipt,
            "answered": bool(want.receipt) and want.answered and "copy_of" not in mail.also,
            "noted": want.noted,
            "file_name": mail.also.get("file_name", ""),
            "copy_of": next((item["file"] for item, other in zip(items, ordered)
                             if other.name == mail.also.get("copy_of")), ""),
        })
    return items


def as_json(items):
    return json.dumps({"schema": "papertray/sample/1", "mails": items}, indent=1, ensure_ascii=False) + "\n"


HEAD = """# The sample mailbox

A Maildir with {count} mails, all invented, that show what reaches a call-for-papers desk. `tools/make-sample`
writes it (and this page and `expected.json`, which a test compares with a real import); edit
`tools/sample/*.py`, not the files here. `tools/demo` takes it in.

The deadline is 2017-11-03 16:59 PST: the last second on time is 2017-11-04T00:59:59Z. The number in front of a
file's name is when the mail was received.

| Mail | What it is | Fate | Submission | On time | Receipt |
|---|---|---|---|---|---|
"""


def as_page(items):
    out = HEAD.format(count=len(items))
    for item in items:
        if item["copy_of"]:
            fate, receipt = "the same mail", "none of its own"
        else:
            fate, receipt = item["fate"] + (" + note" if item["noted"] else ""), item["receipt"] or "none"
            if item["receipt"] and not item["answered"]:
                receipt += ", not sent"
        where = item["submission"] + (f" v{item['version']}" if item["submission"].startswith("P") else "")
        when = {True: "yes", False: "no", None: ""}[item["on_time"]]
        name = item["file"].split(".", 1)[1].split(":")[0]
        out += f"| `{name}` | {item['about']} | {fate} | {where or item['track']} | {when} | {receipt} |\n"
    return out
