"""Small files that unpack to very much. Written by the tests, never committed, never opened by anything else."""

import zlib

from .pdf import Pdf

GIGABYTE = 1 << 30
CHUNK = 16 << 20


def blanks(size):
    """A zlib stream of `size` blanks, without packing them: one packed piece many times (RFC 1950, 1951)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * CHUNK) + packer.flush(zlib.Z_FULL_FLUSH)
    count = size // CHUNK
    total = count * CHUNK
    # Adler-32 of so many equal bytes.
    low = (1 + 32 * total) % 65521
    high = (total + 32 * total * (total + 1) // 2) % 65521
    return b"\x78\xda" + piece * count + b"\x03\x00" + (high << 16 | low).to_bytes(4, "big")


def one_page(pdf, content, more=""):
    root, tree = pdf.reserve(), pdf.reserve()
    page = pdf.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 612 792]/Contents {content} 0 R"
                   f"/Resources<<{more}>>>>")
    pdf.add(f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>", number=tree)
    pdf.add(f"<</Type/Catalog/Pages {tree} 0 R>>", number=root)
    return pdf.bytes(root)


def flate(path):
    pdf = Pdf()
    path.write_bytes(one_page(pdf, pdf.add("<</Filter/FlateDecode>>", blanks(5 * GIGABYTE))))


def twice_flate(path):
    pdf = Pdf()
    packed = zlib.compress(blanks(5 * GIGABYTE), 9)
    path.write_bytes(one_page(pdf, pdf.add("<</Filter[/FlateDecode/FlateDecode]>>", packed)))


def object_stream(path):
    """The catalog itself is in the stream, so nothing opens without unpacking it."""
    pdf = Pdf()
    stream = pdf.add("<</Type/ObjStm/N 2/First 10/Filter/FlateDecode>>", blanks(5 * GIGABYTE))
    data = b"%PDF-1.5\n"
    place = len(data)
    data += b"%d 0 obj\n" % stream + pdf.objects[stream] + b"\nendobj\n"
    start = len(data)
    rows = b"".join(kind.to_bytes(1, "big") + where.to_bytes(4, "big") + last.to_bytes(1, "big") for kind, where, last in
                    ((0, 0, 0), (1, place, 0), (2, stream, 0), (2, stream, 1), (1, start, 0)))
    data += (b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 2 0 R/Length %d>>stream\n" % len(rows) + rows
             + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    path.write_bytes(data)


def deep_tree(path):
    pdf, depth = Pdf(), 100_000
    root = pdf.reserve()
    first = root + 1
    for level in range(depth):
        parent = f"/Parent {first + level - 1} 0 R" if level else ""
        pdf.add(f"<</Type/Pages/Count 1/Kids[{first + level + 1} 0 R]{parent}>>")
    pdf.add(f"<</Type/Page/Parent {first + depth - 1} 0 R/MediaBox[0 0 612 792]>>")
    pdf.add(f"<</Type/Catalog/Pages {first} 0 R>>", number=root)
    path.write_bytes(pdf.bytes(root))


def form_loop(path):
    """Two figures that draw each other, many times over."""
    pdf = Pdf()
    one, two = pdf.reserve(), pdf.reserve()
    for me, other in ((one, two), (two, one)):
        pdf.add(f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {other} 0 R>>>>>>",
                b"/X Do\n" * 50, number=me)
    content = pdf.add("<<>>", b"/X Do\n" * 50)
    path.write_bytes(one_page(pdf, content, f"/XObject<</X {one} 0 R>>"))


def form_tower(path):
    """30 figures, each drawing the next ten times: 10^30 in all, and no loop."""
    pdf = Pdf()
    below = pdf.add("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>>>", b"0 0 1 1 re f\n")
    for _ in range(30):
        below = pdf.add(f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {below} 0 R>>>>>>",
                        b"/X Do\n" * 10)
    content = pdf.add("<<>>", b"/X Do\n")
    path.write_bytes(one_page(pdf, content, f"/XObject<</X {below} 0 R>>"))


def many_q(path):
    pdf = Pdf()
    path.write_bytes(one_page(pdf, pdf.add("<</Filter/FlateDecode>>", zlib.compress(b"q\n" * 2_000_000, 9))))


def many_letters(path):
    """Three million words on one page."""
    pdf = Pdf()
    text = b"BT /F 1 Tf " + b"1 0 0 1 9 9 Tm (a) Tj " * 2_500_000 + b"ET"
    font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>")
    content = pdf.add("<</Filter/FlateDecode>>", zlib.compress(text, 9))
    path.write_bytes(one_page(pdf, content, f"/Font<</F {font} 0 R>>"))


def wide_tree(path):
    """One page, named half a million times."""
    pdf = Pdf()
    root, tree, page = pdf.reserve(), pdf.reserve(), pdf.reserve()
    pdf.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 612 792]>>", number=page)
    pdf.add(f"<</Type/Pages/Count 500000/Kids[{f'{page} 0 R ' * 500_000}]>>", number=tree)
    pdf.add(f"<</Type/Catalog/Pages {tree} 0 R>>", number=root)
    path.write_bytes(pdf.bytes(root))


def nested_arrays(path):
    pdf = Pdf()
    content = pdf.add("<<>>", b"[" * 4_000_000)
    path.write_bytes(one_page(pdf, content, "/Deep " + "[" * 1_000_000 + "]" * 1_000_000))


BOMBS = {"flate": flate, "twice-flate": twice_flate, "object-stream": object_stream, "deep-tree": deep_tree,
         "form-loop": form_loop, "form-tower": form_tower, "many-q": many_q, "many-letters": many_letters,
         "wide-tree": wide_tree, "nested-arrays": nested_arrays}
