#!/usr/bin/python3
"""Typesets papers with other people's programs: pdflatex, Ghostscript, cairo, LibreOffice, Chromium.

    tests/pdf/typeset.py DIR     what can be made here; the results are committed beside this file

Not run by the tests: these programs take a gigabyte. The words are our own and say nothing.
"""

import os
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from lib.text import Prose  # noqa: E402

TITLE = "A Paper That Says Nothing: Efficient, Difficult, and Set by a Typesetting Program"
TIMES = r"\usepackage[T1]{fontenc}\usepackage{mathptmx}"
GEOMETRY = (r"\usepackage[papersize={8.5in,11in},textwidth=%s,textheight=9in,left=%s,top=1in,headheight=12pt,"
            r"headsep=25pt,footskip=30pt]{geometry}\pagestyle{plain}%s\parindent 0pt\parskip 5.5pt"
            r"\renewcommand{\normalsize}{\fontsize{10pt}{11pt}\selectfont}\normalsize")
USUAL = GEOMETRY % ("5.5in", "1.5in", "")
LATEX = {
    "latex-times": (TIMES + USUAL, 8), "latex-times-three": (TIMES + USUAL, 19), "latex-computer-modern": (USUAL, 8),
    "latex-squeezed": (TIMES + GEOMETRY % ("6.5in", "1in", ""), 8),
    "latex-two-columns": (TIMES + GEOMETRY % ("5.5in", "1.5in", r"\twocolumn\sloppy\hyphenpenalty10000"), 8),
    "latex-type-3": (USUAL, 8),
}
FODT = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{u}:office:1.0" xmlns:style="{u}:style:1.0" xmlns:text="{u}:text:1.0"
 xmlns:fo="{u}:xsl-fo-compatible:1.0" xmlns:svg="{u}:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S" svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph">
<style:paragraph-properties fo:margin-bottom="5.5pt" fo:line-height="11pt" fo:text-align="justify"/>
<style:text-properties style:font-name="S" fo:font-size="10pt" fo:language="en" fo:country="US"/></style:default-style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:line-height="20pt"
 fo:text-align="center"/><style:text-properties fo:font-size="17pt" fo:font-weight="bold"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:line-height="14pt"/>
<style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style></office:styles>
<office:automatic-styles><style:page-layout style:name="P"><style:page-layout-properties fo:page-width="8.5in"
 fo:page-height="11in" fo:margin-top="1in" fo:margin-bottom="1in" fo:margin-left="1.5in" fo:margin-right="1.5in"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"/></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>'''


def paragraph(prose, words=90):
    return " ".join(prose.word() for _ in range(words)).capitalize() + "."


def latex(name, preamble, paragraphs):
    prose = Prose(7)
    text = "\n\n".join(paragraph(prose) for _ in range(paragraphs))
    maps = r"\pdfmapfile{}" if name == "latex-type-3" else ""   # no outlines are known then
    return (maps + r"\documentclass[10pt,letterpaper]{article}" + preamble + r"\begin{document}"
            r"\begin{center}{\LARGE\bfseries " + TITLE + r"\par}\vskip 24pt {\bfseries Ada Example} \\ University of "
            r"Nowhere\end{center}\begin{center}{\large\bfseries Abstract}\end{center}" + paragraph(prose, 60)
            + r"\section{Introduction}" + text + r"\subsubsection*{References}\small [1] " + paragraph(prose, 30)
            + r"\end{document}")


def html():
    prose = Prose(9)
    text = "".join(f"<p>{paragraph(prose)}</p>" for _ in range(9))
    return ('<html><head><style>@page{size:8.5in 11in;margin:1in 1.5in} body{font:10pt/11pt "Liberation Serif";margin:0}'
            "h1{font-size:17pt;line-height:20pt;text-align:center}</style></head><body>"
            "<h1>A Paper That Says Nothing, Printed by a Browser</h1><p><b>Abstract</b></p>"
            f"{text}<h3>References</h3><p>{paragraph(prose, 40)}</p></body></html>")


def fodt():
    prose = Prose(9)
    body = ('<text:p text:style-name="T">A Paper That Says Nothing, Written in an Office</text:p>'
            '<text:p text:style-name="H">Abstract</text:p>'
            + "".join(f"<text:p>{paragraph(prose)}</text:p>" for _ in range(9))
            + f'<text:p text:style-name="H">References</text:p><text:p>{paragraph(prose, 40)}</text:p>')
    return FODT.replace("{u}", "urn:oasis:names:tc:opendocument:xmlns").replace("{body}", body)


def run(folder, *command):
    if not shutil.which(command[0]):
        print(f"left out: {command[0]} is not installed")
        return
    environment = dict(os.environ, SOURCE_DATE_EPOCH="1509667200", FORCE_SOURCE_DATE="1")
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, (preamble, paragraphs) in LATEX.items():
        (folder / f"{name}.tex").write_text(latex(name, preamble, paragraphs), encoding="utf-8")
        run(folder, "pdflatex", "-interaction=batchmode", f"{name}.tex")
    run(folder, "gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-sOutputFile=ghostscript.pdf", "latex-times.pdf")
    run(folder, "pdftocairo", "-pdf", "latex-times.pdf", "cairo.pdf")
    run(folder, "pdftops", "latex-times.pdf", "ps2pdf.ps")
    run(folder, "ps2pdf", "ps2pdf.ps", "ps2pdf.pdf")
    (folder / "chromium.html").write_text(html(), encoding="utf-8")
    run(folder, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        "--print-to-pdf=chromium.pdf", "chromium.html")
    (folder / "libreoffice.fodt").write_text(fodt(), encoding="utf-8")
    run(folder, "soffice", "--headless", "--convert-to", "pdf", "libreoffice.fodt")


main()
