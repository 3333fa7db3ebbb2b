"""Reads composed mails with Python's own parser and compares them with what was meant.

One JSON object a line: {"mail": ..., "from_name": ..., "to": ..., "subject": ..., "note": ..., "text": ..., "html": ...}
"""
import email
import email.header
import email.headerregistry
import email.policy
import functools
import json
import sys

NAMES = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
         "X-Auto-Response-Suppress", "Precedence", "X-Papertray-Id", "X-Note", "MIME-Version", "Content-Type"]
# The parser reads a field anew whenever it is asked for, Content-Type fourteen times a mail: the same text, the same answer.
POLICY = email.policy.default.clone(header_factory=functools.lru_cache(1000)(email.headerregistry.HeaderRegistry()))


def content(part):
    return part.get_content().replace("\r\n", "\n")


def display_name(mail):
    """The sender's name, exactly.

    From encoded words the policy's parser makes a name with other white space than was meant (runs become one
    blank, a blank comes between two words: Python 3.11.2), so those are read by the older decoder.
    """
    phrase = "".join(dict(mail.raw_items())["From"].splitlines()).rpartition("<")[0].strip()
    if not phrase.startswith("=?"):
        return mail["From"].addresses[0].display_name
    return b"".join(piece for piece, charset in email.header.decode_header(phrase)).decode("utf-8")


def without_blanks(text):
    return "".join(text.split())


def differences(expected):
    mail = email.message_from_bytes(expected["mail"].encode("ascii"), policy=POLICY)
    found = []

    def same(what, got, wanted):
        if got != wanted:
            found.append(f"{what}: {got!r} is not {wanted!r}")

    html = expected["html"]
    same("names", mail.keys(), NAMES + (["Content-Transfer-Encoding"] if html is None else []))
    same("subject", str(mail["Subject"]), expected["subject"])
    same("note", str(mail["X-Note"]), expected["note"])
    sender, = mail["From"].addresses
    same("name", display_name(mail), expected["from_name"])
    same("name by policy", without_blanks(sender.display_name), without_blanks(expected["from_name"]))
    same("from", sender.addr_spec, "desk@workshop.example")
    recipient, = mail["To"].addresses
    same("to", recipient.addr_spec, expected["to"])
    same("auto", str(mail["Auto-Submitted"]), "auto-replied")
    same("date", mail["Date"].datetime.isoformat(), "2017-11-04T00:59:59+00:00")
    same("defects", [d for d in mail.defects] + [d for v in mail.values() for d in v.defects], [])
    if html is None:
        same("type", mail.get_content_type(), "text/plain")
        same("text", content(mail), expected["text"])
    else:
        same("type", mail.get_content_type(), "multipart/alternative")
        parts = list(mail.iter_parts())
        same("parts", [p.get_content_type() for p in parts], ["text/plain", "text/html"])
        same("text", content(parts[0]), expected["text"])
        same("html", content(parts[1]), html)
        same("part defects", [d for p in parts for d in p.defects], [])
    return found


def main(path):
    read = wrong = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            expected = json.loads(line)
            found = differences(expected)
            read += 1
            if found:
                wrong += 1
                if wrong <= 5:
                    print(f"mail {read}:", *found, expected["mail"], sep="\n  ")
    print(f"{read} mails read back, {wrong} otherwise than meant")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
