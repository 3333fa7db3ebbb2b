"""A two-page paper of an exact size: text, and a picture of noise that no compression shrinks."""

import random

HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
PICTURE_WIDTH = 440
# What a page of text and the pieces around the picture take, with room to spare; the rest is filled exactly.
FRAME = 6000


def page_text(lines):
    out = [b"BT /F1 9.963 Tf 10.909 TL 108 720 Td"]
    out += [b"(%s) Tj T*" % line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("ascii")
            for line in lines]
    return b"\n".join(out + [b"ET"])


def stream(dictionary, content):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def document(objects, filler):
    """The file with a correct xref; `filler` bytes of comment stand before it."""
    out = bytearray(HEAD)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    if filler:
        out += b"%" + b"." * (filler - 2) + b"\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%07d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def paper(title, author, size, rng: random.Random):
    """`size` bytes; without the picture when they are too few for one."""
    rows = max(0, (size - FRAME) // PICTURE_WIDTH)
    text = [title, author, "", "Abstract", *(f"We measure what step {i} costs at scale." for i in range(1, 20))]
    pages = [page_text(text), page_text(["Results", f"Run {rng.randrange(10**9)} is the fastest.", "References"])]
    resources = b"/Font << /F1 3 0 R >>"
    if rows:
        resources += b" /XObject << /I1 8 0 R >>"
        pages[1] += b"\nq 396 0 0 300 108 200 cm /I1 Do Q"
    page = (b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << " +
            resources + b" >> >>")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>",
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
               page % 5, stream(b"", pages[0]), page % 7, stream(b"", pages[1])]
    if rows:
        objects.append(stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
                              b"/BitsPerComponent 8" % (PICTURE_WIDTH, rows), rng.randbytes(rows * PICTURE_WIDTH)))
    bare = len(document(objects, 0))
    return document(objects, max(0, size - bare))
