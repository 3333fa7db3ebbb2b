"""A font of our own: every letter a box, as a CFF table (Adobe Technical Note 5176)."""

import struct

from .text import width


def index(items):
    if not items:
        return b"\0\0"
    out, at = struct.pack(">HB", len(items), 4), 1
    for item in [b"", *items]:
        at += len(item)
        out += struct.pack(">I", at)
    return out + b"".join(items)


def number(value):
    return b"\x1d" + struct.pack(">i", value)


def charnumber(value):
    return b"\x1c" + struct.pack(">h", value)


def box(wide):
    # width x y rmoveto, then three lines
    n = charnumber
    return (n(wide) + n(40) + n(0) + b"\x15" + n(wide - 80) + n(0) + n(0) + n(600) + n(80 - wide) + n(0) + b"\x05"
            + b"\x0e")


def outlines(name, _widths):
    """The standard encoding's characters 32 to 126 have SIDs 1 to 95."""
    characters = [n for n in range(32, 127)]
    glyphs = [box(500)] + [charnumber(width(chr(c))) + b"\x0e" if c == 32 else box(width(chr(c))) for c in characters]
    strings = index([])
    header, names = b"\1\0\4\4", index([name.encode()])
    charset = b"\2" + struct.pack(">HH", 1, len(characters) - 1)
    private = number(0) + b"\x14" + number(0) + b"\x15"   # defaultWidthX, nominalWidthX
    charstrings = index(glyphs)
    size = len(number(0) + b"\x0f" + number(0) + b"\x11" + number(0) + number(0) + b"\x12")
    start = len(header) + len(names) + len(index([b"x" * size])) + len(strings) + len(index([]))
    at_charset = start
    at_glyphs = at_charset + len(charset)
    at_private = at_glyphs + len(charstrings)
    top = (number(at_charset) + b"\x0f" + number(at_glyphs) + b"\x11" + number(len(private)) + number(at_private)
           + b"\x12")
    return header + names + index([top]) + strings + index([]) + charset + charstrings + private
