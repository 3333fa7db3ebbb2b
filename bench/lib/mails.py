"""Invented mails, each made from (seed, number) alone: the same bytes every time, on every machine."""

import base64
import calendar
import random
import time
from typing import NamedTuple

from .pdf import paper

DESK = "supercomputersfordl2017@gmail.com"
FIRST = calendar.timegm((2017, 9, 1, 8, 0, 0))
# Most mail comes before the deadline (2017-11-03 16:59 PST), some after it.
LAST = calendar.timegm((2017, 11, 5, 8, 0, 0))

WORDS = """
the of a to and in we is that for on with as are this by be it from at batch large model network training node
gradient step rate learning memory bandwidth latency interconnect reduction accuracy validation error scale machine
thousand processor kernel loss layer weight update worker server parameter schedule optimizer momentum precision
half single float tensor compute cost time hour day run result curve figure table method paper panel question answer
room talk poster deadline program invitation travel hotel badge visa form page format submission review committee
""".split()
GIVEN = "Ada Alan Barbara Claude Donald Edsger Frances Grace Hedy John Katherine Leslie Margaret Niklaus Tony".split()
FAMILY = "Abel Baker Castro Duran Evans Fischer Garcia Hansen Ito Jensen Kumar Larsen Moreau Novak Petrov".split()
# Kinds of the mails without a paper, in parts of 20.
KINDS = ["question"] * 6 + ["plain"] * 6 + ["html"] * 5 + ["list"] * 2 + ["machine"]


class Mail(NamedTuple):
    at: int        # seconds since 1970
    content: bytes  # lines end in LF, as in a Maildir


def rng_of(seed, number):
    return random.Random(f"{seed}/{number}")   # a string is hashed with SHA-512, not with Python's own salt


def sentence(rng):
    words = [rng.choice(WORDS) for _ in range(rng.randint(6, 16))]
    return " ".join(words).capitalize() + rng.choice("...?")


def wrapped(rng, size):
    """About `size` bytes of sentences in lines below 78 characters."""
    lines, line, total = [], "", 0
    while total < size:
        for word in sentence(rng).split():
            if len(line) + len(word) > 76:
                lines.append(line)
                total += len(line) + 1
                line = ""
            line += (" " if line else "") + word
    return "\n".join(lines + [line]) + "\n"


def base64_lines(rng, size):
    return base64.b64encode(rng.randbytes(size)).decode("ascii")


def folded(text, width=72, indent="        "):
    return f"\n{indent}".join(text[i:i + width] for i in range(0, len(text), width))


def headers(rng, number, at, name, address, subject, extra=()):
    """What a mail that came through two servers carries: about 1.6 KB."""
    when = time.strftime("%a, %d %b %Y %H:%M:%S -0700", time.gmtime(at - 7 * 3600))
    domain = address.partition("@")[2]
    token = f"{rng.getrandbits(64):016x}"
    return "\n".join([
        f"Return-Path: <{address}>",
        f"Delivered-To: {DESK}",
        f"Received: by 10.{rng.randrange(256)}.{rng.randrange(256)}.7 with SMTP id {token[:10]}csp{token[10:]};",
        f"        {when} (PDT)",
        f"Received: from mail.{domain} (mail.{domain}. [203.0.113.{rng.randrange(1, 255)}])",
        f"        by mx.example.net with ESMTPS id {token}",
        f"        for <{DESK}>",
        "        (version=TLS1_2 cipher=ECDHE-RSA-AES128-GCM-SHA256 bits=128/128);",
        f"        {when} (PDT)",
        f"Received-SPF: pass (example.net: domain of {address} designates 203.0.113.9 as permitted sender)",
        "Authentication-Results: mx.example.net;",
        f"       dkim=pass header.i=@{domain} header.s=s1 header.b={token[:8]};",
        f"       spf=pass (example.net: domain of {address}) smtp.mailfrom={address};",
        f"       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from={domain}",
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=s1;",
        "        h=from:to:subject:date:message-id:mime-version;",
        f"        bh={base64_lines(rng, 32)};",
        f"        b={folded(base64_lines(rng, 256))}",
        *extra,
        "MIME-Version: 1.0",
        f"From: {name} <{address}>",
        f"Date: {when}",
        f"Message-ID: <{token}.{number}@{domain}>",
        f"Subject: {subject}",
        f"To: Workshop desk <{DESK}>",
    ]) + "\n"


def text_part(body, kind="plain"):
    return f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n{body}"


def multipart(rng, kind, *parts):
    mark = f"{rng.getrandbits(96):024x}"
    inner = "".join(f"--{mark}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{inner}--{mark}--\n'


def person(rng, number):
    """No two mails are from the same sender."""
    given, family = rng.choice(GIVEN), rng.choice(FAMILY)
    return f"{given} {family}", f"{given}.{family}.{number}@cs.example.edu".lower()


def small_mail(seed, number, at, size):
    """A question or any other mail of about `size` bytes."""
    rng = rng_of(seed, number)
    name, address = person(rng, number)
    kind = rng.choice(KINDS)
    size = int(size * rng.uniform(0.8, 1.2))
    subject = sentence(rng)[:60]
    if kind == "question":
        subject = f"NIPS Workshop Questions{rng.choice(['', ' - ' + subject[:30]])}"
    extra = ()
    if kind == "list":
        extra = ("List-Id: <announce.lists.example.org>", "List-Unsubscribe: <mailto:leave@lists.example.org>",
                 "Precedence: list")
    elif kind == "machine":
        extra = ("Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All")
    head = headers(rng, number, at, name, address, subject, extra)
    left = max(80, size - len(head))
    if kind == "html":
        text = wrapped(rng, left // 2 - 200)
        html = ("<html><body><p>" + text.replace("\n", "<br>\n") +
                '</p><a href="http://example.org/">x</a></body></html>\n')
        body = multipart(rng, "alternative", text_part(text), text_part(html, "html"))
    else:
        body = text_part(wrapped(rng, left - 90))
    return Mail(at, (head + body).encode("ascii"))


def paper_mail(seed, number, at, pdf_bytes):
    """A submission: a line of text and a PDF of exactly `pdf_bytes` bytes (about 1 KB at least)."""
    rng = rng_of(seed, number)
    name, address = person(rng, number)
    title = " ".join(sentence(rng).rstrip(".?").split()[:7]).title() + f" {number}"
    head = headers(rng, number, at, name, address, f"NIPS Workshop Papers: {title}")
    encoded = base64.encodebytes(paper(title, name, pdf_bytes, rng)).decode("ascii")
    attached = ('Content-Type: application/pdf; name="paper.pdf"\n'
                'Content-Disposition: attachment; filename="paper.pdf"\n'
                f"Content-Transfer-Encoding: base64\n\n{encoded}")
    text = text_part("Please find our paper attached.\n\n" + wrapped(rng, 300))
    return Mail(at, (head + multipart(rng, "mixed", text, attached)).encode("ascii"))


def tiny_mail(seed, number, at):
    """The least a mail has: for folders that are large by count."""
    rng = rng_of(seed, number)
    text = (f"From: a{number}@example.org\nTo: {DESK}\nSubject: {sentence(rng)[:40]}\n"
            f"Message-ID: <{rng.getrandbits(64):016x}.{number}@example.org>\n\n{sentence(rng)}\n")
    return Mail(at, text.encode("ascii"))


def spread(number, count):
    """The moment of mail `number` of `count`: evenly over the weeks."""
    return FIRST + (LAST - FIRST) * number // max(1, count)


def mailbox(seed, small, papers, size, pdf_bytes):
    """`small` mails and `papers` submissions, evenly mixed, in the order they came."""
    count = small + papers
    done = 0
    for number in range(count):
        at = spread(number, count)
        if (number + 1) * papers // count > done:
            done += 1
            yield paper_mail(seed, number, at, pdf_bytes)
        else:
            yield small_mail(seed, number, at, size)
