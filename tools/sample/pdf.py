"""Two-page papers, small enough to read with a pager: US Letter, Times, correct xref.

Streams are not compressed: zlib's output differs between its versions, and the sample must come
out the same byte for byte everywhere.
"""

import hashlib

# Adobe's widths of Times-Roman for ASCII 32 to 126, in thousandths of the size.
WIDTHS = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
    921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
    556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
    333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
    500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541]

LEFT, TOP, WIDTH = 108, 720, 396   # points: 1.5 in, 10 in, 5.5 in
BODY, LEADING = 9.963, 10.909      # LaTeX's 10/11 pt in PDF points


def text_width(text, size):
    return sum(WIDTHS[ord(c) - 32] for c in text) * size / 1000


def wrapped(text, size, width=WIDTH):
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size) > width:
            yield line
            longer = word
        line = longer
    yield line


def escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


class Page:
    """Text set downwards from the top of the page."""

    def __init__(self):
        self.y = TOP
        self.out = []

    def line(self, text, font="F1", size=BODY, centred=False, justified=False):
        x = LEFT + (WIDTH - text_width(text, size)) / 2 if centred else LEFT
        gaps = text.count(" ")
        spread = (WIDTH - text_width(text, size)) / gaps if justified and gaps else 0
        self.out.append(f"BT /{font} {size:g} Tf {spread:.3f} Tw {x:.2f} {self.y:.2f} Td ({escaped(text)}) Tj ET")
        self.y -= LEADING * max(1, size / BODY)

    def gap(self, points):
        self.y -= points

    def heading(self, text):
        self.gap(6)
        self.line(text, "F2", 11.955)
        self.gap(3)

    def paragraph(self, text):
        lines = list(wrapped(text, BODY))
        for line in lines[:-1]:
            self.line(line, justified=True)
        self.line(lines[-1])
        self.gap(5.5)

    def stream(self):
        return "\n".join(self.out).encode("ascii")


def document(pages, title):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (
            b" ".join(b"%d 0 R" % (6 + 2 * i) for i in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold >>",
        b"<< /Title (%s) /Producer (papertray sample) >>" % escaped(title).encode("ascii"),
    ]
    for i, page in enumerate(pages):
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
                       b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (7 + 2 * i))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page))
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    name = hashlib.md5(bytes(out)).hexdigest().encode()
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, name, name, start)
    return bytes(out)


def paper(title, authors, abstract, results="The full study is under way.", appendices=0):
    """A two-page paper: title, authors, abstract and two sections; results and references. Appendices are a page each."""
    first = Page()
    for line in wrapped(title, 17.215, WIDTH):
        first.line(line, "F2", 17.215, centred=True)
    first.gap(14)
    first.line(authors, "F2", centred=True)
    first.gap(14)
    first.line("Abstract", "F2", 11.955, centred=True)
    first.gap(4)
    first.paragraph(abstract)
    first.heading("1   Introduction")
    first.paragraph(
        "Training a deep network on thousands of nodes asks the same questions again and again: how "
        "large a batch may become before accuracy falls, what has to travel over the interconnect, and "
        "which part of the machine waits for which other.")
    first.heading("2   Method")
    first.paragraph(
        "We train the same network at 64, 256, 1,024 and 4,096 nodes and measure time to a fixed "
        "validation error rather than throughput. Each point is the median of five runs.")
    second = Page()
    second.heading("3   Results")
    second.paragraph(results)
    second.heading("References")
    second.paragraph("[1] A. Author and B. Author. Large batches on large machines. Proceedings of Examples, 2016.")
    second.paragraph("[2] C. Author. Notes on reduction trees. Journal of Examples, 2017.")
    pages = [first, second]
    for number in range(appendices):
        pages.append(Page())
        pages[-1].heading(f"{chr(ord('A') + number)}   Appendix")
        pages[-1].paragraph("More of the same, which found no room before.")
    return document([page.stream() for page in pages], title)
