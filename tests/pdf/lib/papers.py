"""Papers with a text block of exact geometry."""

from .font import outlines
from .pdf import Pdf
from .text import NARROW, USUAL, WIDE, Prose, measure, width

TITLE_SIZE = 17.215   # LaTeX's \\LARGE of 10 pt, in points of 1/72 in
SIZE, LEADING = 9.963, 10.909


def escaped(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


class Paper:
    """`options` differ from the NIPS style of 2017; everything in points, y downwards."""

    def __init__(self, **options):
        self.o = dict(
            width=612, height=792, left=108, top=72, block_width=396, block_height=648, size=SIZE, leading=LEADING,
            columns=1, column_gap=17, pages=2, last_lines=40, references=None, reference_lines=30,
            reference_size=8.966, title=["A Paper That Says Nothing,", "Set for Being Measured"],
            title_size=TITLE_SIZE, body_font="NimbusRomNo9L-Regu", bold_font="NimbusRomNo9L-Medi", embed="both",
            type3=False, page_numbers=True, page_foot=762, running_head=None, line_numbers=None, heading="References",
            heading_bold=True, extra_headings=(), overhang=0, first_page_more=0, media=None, crop=None, rotate=0,
            user_unit=1, stamp=False, metadata="", catalog="", appendix=None, seed=1, page_more="", small_lines=0)
        unknown = set(options) - set(self.o)
        assert not unknown, unknown
        self.o.update(options)
        self.prose = Prose(self.o["seed"])
        self.pdf = Pdf()

    # Drawing of one page.

    def show(self, out, x, y, text, size, font="F", stretch=0.0):
        left, low = self.origin
        out.append(f"BT /{font} {size:.3f} Tf {stretch:.4f} Tw 1 0 0 1 {left + x:.3f} "
                   f"{low + self.o['height'] - y:.3f} Tm ({escaped(text)}) Tj ET")

    def centred(self, out, y, text, size, font="F"):
        self.show(out, self.o["left"] + (self.o["block_width"] - measure(text, size)) / 2, y, text, size, font)

    def block_lines(self, out, x, y, block_width, lines, size, leading, bottom):
        """The last line's y; fewer lines when the block ends."""
        for number in range(lines):
            if y > bottom:
                break
            last = number % 7 == 6
            more = self.o["overhang"] if number == 3 else 0
            text, stretch = self.prose.line(block_width + more, size, last)
            self.show(out, x, y, text, size, "F", stretch)
            y += leading
        return y

    def page(self, number, lines):
        o, out = self.o, []
        self.numbered = []
        bottom = o["top"] + o["block_height"] + (o["first_page_more"] if number == 1 else 0) - 2
        y = o["top"] + 10
        if number == 1:
            for text in o["title"]:
                self.centred(out, y + 10, text, o["title_size"], "B")
                y += o["title_size"] * 1.2
            y += 30
            if o["title"]:
                self.centred(out, y, "Ada Example and Bob Sample", o["size"], "B")
                self.centred(out, y + o["leading"], "University of Nowhere", o["size"])
                y += 3 * o["leading"]
                self.centred(out, y, "Abstract", o["size"] * 1.2, "B")
                y += 2 * o["leading"]
        if o["columns"] == 1:
            self.block_lines(out, o["left"], y, o["block_width"], lines, o["size"], o["leading"], bottom)
        else:
            wide = (o["block_width"] - o["column_gap"]) / 2
            for column in range(2):
                x = o["left"] + column * (wide + o["column_gap"])
                self.block_lines(out, x, y, wide, lines, o["size"], o["leading"], bottom)
        return out

    def furniture(self, out, number):
        o = self.o
        if o["page_numbers"]:
            self.centred(out, o["page_foot"], str(number), o["size"])
        if o["running_head"]:
            self.show(out, o["left"], o["top"] - 22, o["running_head"], o["size"])
        if o["line_numbers"]:
            step = o["leading"]
            for i in range(int(o["block_height"] / step)):
                text = str(i + 1 + (number - 1) * 60)
                x = (o["left"] - 14 - measure(text, 6.974)) if o["line_numbers"] == "left" else (
                    o["left"] + o["block_width"] + 14)
                self.show(out, x, o["top"] + 10 + i * step, text, 6.974)
        if o["stamp"]:   # as arXiv prints it
            out.append("BT /F 20 Tf 0 1 -1 0 30 250 Tm (arXiv:0000.00000v1  [cs.XX]  3 Nov 2017) Tj ET")

    def references(self, out, y, lines):
        o = self.o
        self.show(out, o["left"], y, o["heading"], o["size"] * (1.2 if o["heading_bold"] else 1),
                  "B" if o["heading_bold"] else "F")
        y += 2 * o["leading"]
        self.block_lines(out, o["left"], y, o["block_width"], lines, o["reference_size"], o["leading"],
                         o["top"] + o["block_height"] - 2)

    def contents(self):
        """A list of drawing for each page."""
        o = self.o
        pages = []
        for number in range(1, o["pages"] + 1):
            last = number == o["pages"]
            pages.append(self.page(number, o["last_lines"] if last else 1000))
        below = o["top"] + 10 + (o["last_lines"] + 2) * o["leading"] + (150 if o["pages"] == 1 else 0)
        if o["references"] == "same page":
            self.references(pages[-1], below, o["reference_lines"])
        elif o["references"] == "own page":
            pages.append([])
            self.references(pages[-1], o["top"] + 10, o["reference_lines"])
        if o["appendix"]:
            page = []
            self.show(page, o["left"], o["top"] + 10, o["appendix"], o["size"] * 1.2, "B")
            self.block_lines(page, o["left"], o["top"] + 10 + 2 * o["leading"], o["block_width"], 1000, o["size"],
                             o["leading"], o["top"] + o["block_height"] - 2)
            pages.append(page)
        for number, out in enumerate(pages, 1):
            self.furniture(out, number)
        return pages

    # The file.

    def font(self, name, embedded):
        o, pdf = self.o, self.pdf
        widths = " ".join(str(width(chr(c))) for c in range(32, 127))
        if o["type3"]:
            square = pdf.add("<<>>", b"480 0 0 0 480 700 d1 0 0 400 600 re f")
            names = " ".join(f"/c{c}" for c in range(32, 127))
            procs = "".join(f"/c{c} {square} 0 R" for c in range(32, 127))
            return pdf.add(f"<</Type/Font/Subtype/Type3/FontBBox[0 0 480 700]/FontMatrix[.001 0 0 .001 0 0]"
                           f"/FirstChar 32/LastChar 126/Widths[{widths}]/CharProcs<<{procs}>>"
                           f"/Encoding<</Type/Encoding/Differences[32 {names}]>>/Resources<<>>"
                           f"/ToUnicode {self.unicode()} 0 R>>")
        descriptor = ""
        if embedded:
            file = pdf.stream(outlines(name, {NARROW, USUAL, WIDE}), "/Subtype/Type1C")
            descriptor = f"/FontFile3 {file} 0 R"
        described = pdf.add(f"<</Type/FontDescriptor/FontName/ABCDEF+{name}/Flags 34/FontBBox[-168 -281 1000 924]"
                            f"/ItalicAngle 0/Ascent 678/Descent -216/CapHeight 651/StemV 85{descriptor}>>")
        return pdf.add(f"<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+{name}/FirstChar 32/LastChar 126"
                       f"/Widths[{widths}]/FontDescriptor {described} 0 R/Encoding/WinAnsiEncoding>>")

    def unicode(self):
        lines = "\n".join(f"<{c:02x}> <{c:04x}>" for c in range(32, 127))
        return self.pdf.stream(f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
                               f"/CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange "
                               f"95 beginbfchar\n{lines}\nendbfchar endcmap end end".encode())

    def bytes(self):
        o, pdf = self.o, self.pdf
        media = o["media"] or (0, 0, o["width"] / o["user_unit"], o["height"] / o["user_unit"])
        self.origin = (media[0] * o["user_unit"], media[1] * o["user_unit"])
        root, tree = pdf.reserve(), pdf.reserve()
        fonts = (f"/F {self.font(o['body_font'], o['embed'] in ('both', 'body'))} 0 R"
                 f"/B {self.font(o['bold_font'], o['embed'] == 'both')} 0 R")
        kids = []
        for out in self.contents():
            drawing = "\n".join(out)
            if o["user_unit"] != 1:
                drawing = f"{1 / o['user_unit']:.6f} 0 0 {1 / o['user_unit']:.6f} 0 0 cm\n" + drawing
            if o["rotate"]:   # what is shown upright lies on its side in the file
                drawing = {90: f"0 1 -1 0 {o['height']} 0 cm\n", 270: f"0 -1 1 0 0 {o['width']} cm\n",
                           180: f"-1 0 0 -1 {o['width']} {o['height']} cm\n"}[o["rotate"]] + drawing
            box = media if o["rotate"] in (0, 180) else (media[1], media[0], media[3], media[2])
            content = pdf.stream(drawing.encode("latin-1"))
            more = f"/Rotate {o['rotate']}" if o["rotate"] else ""
            more += f"/UserUnit {o['user_unit']}" if o["user_unit"] != 1 else ""
            more += f"/CropBox[{' '.join(map(str, o['crop']))}]" if o["crop"] else ""
            kids.append(pdf.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox[{' '.join(f'{v:g}' for v in box)}]{more}"
                                f"/Contents {content} 0 R/Resources<</Font<<{fonts}>>>>{o['page_more']}>>"))
        pdf.add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>", number=tree)
        pdf.add(f"<</Type/Catalog/Pages {tree} 0 R{o['catalog']}>>", number=root)
        info = pdf.add(f"<<{o['metadata']}/Producer(papertray's tests)>>")
        return pdf.bytes(root, f"/Info {info} 0 R")


def all_papers():
    from .variants import VARIANTS
    return {f"{name}.pdf": Paper(**options).bytes() for name, options in VARIANTS.items()}
