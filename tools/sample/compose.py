"""Mails put together by hand: every header line is written out here, none by a library, so that
the same bytes come out of every Python."""

import base64
import calendar
import hashlib
import time
from dataclasses import dataclass, field

DESK = "supercomputersfordl2017@gmail.com"
LAST_SECOND = calendar.timegm((2017, 11, 4, 0, 59, 59))   # 2017-11-03 16:59 PST, its whole minute
DAYLIGHT_ENDS = calendar.timegm((2017, 11, 5, 9, 0, 0))   # in California


def utc(month, day, hour, minute, second=0, year=2017):
    return calendar.timegm((year, month, day, hour, minute, second))


def mail_date(at, zone=None):
    """As a server in California would write it."""
    hours = zone if zone is not None else (-7 if at < DAYLIGHT_ENDS else -8)
    return time.strftime("%a, %d %b %Y %H:%M:%S ", time.gmtime(at + hours * 3600)) + f"{hours:+03d}00"


@dataclass
class Expected:
    """What becomes of a mail. `of` is the mail that founded the submission ("": this one);
    `receipt` is the template of the answer."""
    fate: str
    track: str = ""
    of: str = ""
    version: int = 0
    on_time: bool | None = None
    receipt: str = ""
    answered: bool = True   # False: the receipt is recorded, but must not be sent
    noted: bool = False     # something for a person to look at


@dataclass
class Mail:
    name: str
    at: int
    raw: bytes
    expected: Expected
    about: str
    new: bool = False
    flags: str = "S"
    also: dict = field(default_factory=dict)


# ---- bodies: each is the MIME headers, an empty line and the content

def text(body, kind="plain", charset="us-ascii", encoding="7bit"):
    data = body.encode("utf-8" if charset == "us-ascii" else charset)
    if encoding == "base64":
        data = base64.encodebytes(data)
    elif not data.endswith(b"\n"):
        data += b"\n"
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    return head.encode("ascii") + data


def attached(data, content_type, disposition=None):
    lines = [f"Content-Type: {content_type}"]
    if disposition:
        lines.append(f"Content-Disposition: {disposition}")
    lines.append("Content-Transfer-Encoding: base64")
    return "\n".join(lines).encode("ascii") + b"\n\n" + base64.encodebytes(data)


def pdf(data, name):
    return attached(data, f'application/pdf; name="{name}"', f'attachment; filename="{name}"')


def multipart(subtype, *parts):
    mark = "=_" + hashlib.sha1(b"\0".join(parts)).hexdigest()[:24]
    content, _, parameters = subtype.partition(";")
    out = f'Content-Type: multipart/{content}; boundary="{mark}"{";" + parameters if parameters else ""}\n\n'
    raw = out.encode("ascii")
    for part in parts:
        raw += f"--{mark}\n".encode("ascii") + part
        if not part.endswith(b"\n"):
            raw += b"\n"
    return raw + f"--{mark}--\n".encode("ascii")


def with_text(body, *parts):
    return multipart("mixed", text(body), *parts)


# ---- whole mails

def address_of(mailbox):
    return mailbox.rpartition("<")[2].rstrip(">").strip()


def received(at, by="mx.example.net", sent_from="mail.example.org", comment=True):
    token = hashlib.sha1(f"{by}{at}".encode()).hexdigest()[:12]
    zone = " (PDT)" if at < DAYLIGHT_ENDS else " (PST)"
    return (f"Received: from {sent_from} (203.0.113.25) by {by} with ESMTPS id {token}\n"
            f"        for <{DESK}>; {mail_date(at)}{zone if comment else ''}")


def message_id(name, domain="mail.example.org"):
    return f"<{name}.2017@{domain}>"


def compose(name, at, sender, subject, content, *, to=DESK, date=None, trace=None, return_path=None,
            own_id=None, extra=(), mime=True):
    """The raw mail. `sender`, `to`, `subject`, `own_id` of "" leave the header out."""
    lines = [f"Return-Path: <{address_of(sender) if return_path is None else return_path}>"]
    if trace is None:
        trace = [received(at), received(at - 2, by="mail.example.org", sent_from="[198.51.100.17]")]
    lines += trace
    if sender:
        lines.append(f"From: {sender}")
    if to:
        lines.append(f"To: {to}")
    if subject:
        lines.append(f"Subject: {subject}")
    lines.append("Date: " + (mail_date(at - 5) if date is None else date))
    own_id = message_id(name) if own_id is None else own_id
    if own_id:
        lines.append(f"Message-ID: {own_id}")
    lines += extra
    if mime:
        lines.append("MIME-Version: 1.0")
    return "\n".join(lines).encode("utf-8") + b"\n" + content


def reply_to(name):
    return (f"In-Reply-To: {message_id(name)}", f"References: {message_id(name)}")
