"""Files that are broken, locked, or no PDF at all."""

import io
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

from .papers import Paper
from .pdf import Pdf


def good():
    return Paper(references="same page", last_lines=25).bytes()


def qpdf(*options):
    """The good paper through the qpdf program."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "a.pdf"), pathlib.Path(folder, "b.pdf")
        source.write_bytes(good())
        subprocess.run(["qpdf", "--deterministic-id", *options, source, target], check=True)
        return target.read_bytes()


def encrypted(*options):
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "a.pdf"), pathlib.Path(folder, "b.pdf")
        source.write_bytes(good())
        subprocess.run(["qpdf", "--static-id", "--static-aes-iv", "--allow-weak-crypto", "--encrypt", *options, "--",
                        source, target], check=True)
        return target.read_bytes()


def docx():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(zipfile.ZipInfo(name), "<x/>")
    return out.getvalue()


def without_pages():
    pdf = Pdf()
    root, tree = pdf.reserve(), pdf.reserve()
    pdf.add("<</Type/Pages/Count 0/Kids[]>>", number=tree)
    pdf.add(f"<</Type/Catalog/Pages {tree} 0 R>>", number=root)
    return pdf.bytes(root)


def white():
    pdf = Pdf()
    root, tree = pdf.reserve(), pdf.reserve()
    page = pdf.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 612 792]/Resources<<>>>>")
    pdf.add(f"<</Type/Pages/Count 1/Kids[{page} 0 R]>>", number=tree)
    pdf.add(f"<</Type/Catalog/Pages {tree} 0 R>>", number=root)
    return pdf.bytes(root)


def all_broken():
    paper = good()
    return {
        "empty.pdf": b"",
        "blanks.pdf": b"\0 \n" * 100,
        "truncated.pdf": paper[:len(paper) * 6 // 10],
        "end-cut.pdf": paper[:paper.rindex(b"xref")],
        "nuls-behind.pdf": paper + b"\0" * 4096,
        "mail-before.pdf": b"Content-Type: application/pdf\r\n\r\n" + paper,
        "no-pages.pdf": without_pages(),
        "white.pdf": white(),
        "header-only.pdf": b"%PDF-1.5\n",
        "docx-renamed.pdf": docx(),
        "zip-renamed.pdf": docx().replace(b"word/", b"mord/"),
        "doc-renamed.pdf": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
        "rtf-renamed.pdf": b"{\\rtf1 Nothing.}",
        "postscript-renamed.pdf": b"%!PS-Adobe-3.0\nshowpage\n",
        "html-renamed.pdf": b"<!DOCTYPE html><html><body>Sign in</body></html>",
        "png-renamed.pdf": b"\x89PNG\r\n\x1a\n" + b"\0" * 32,
        "tex-renamed.pdf": b"% a paper\n\\documentclass{article}\n\\begin{document}\n\\end{document}\n",
        "text-renamed.pdf": b"Dear organizers, here is our paper.\n",
        "password.pdf": encrypted("secret", "owner", "256"),
        "password-40.pdf": encrypted("secret", "owner", "40"),
        "owner-password.pdf": encrypted("", "owner", "256", "--modify=none", "--print=none"),
        "owner-password-128.pdf": encrypted("", "owner", "128", "--use-aes=y"),
        "object-streams.pdf": qpdf("--object-streams=generate"),
        "linearized.pdf": qpdf("--linearize"),
    }
