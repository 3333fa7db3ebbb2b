"""check-pdf as an author uses it: no configuration, no mailbox, a file or several."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAPERS = ROOT / "tests" / "pdf"
PROGRAM = os.environ["PAPERTRAY"]


class CheckPdf(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="papertray-check-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def check(self, *words, environment=None):
        # Nobody's configuration is found: not by the environment, not in a home.
        clean = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **(environment or {})}
        return subprocess.run([PROGRAM, "check-pdf", *map(str, words)], cwd=self.folder, env=clean, text=True,
                              capture_output=True, check=False)

    def items(self, *words, code):
        ran = self.check("--json", *words)
        self.assertEqual(ran.returncode, code, ran.stderr)
        document = json.loads(ran.stdout)
        self.assertEqual(document["schema"], "papertray/check-pdf/1")
        return document["items"]

    def test_a_right_paper(self):
        ran = self.check(PAPERS / "conforming.pdf")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("fits the NIPS 2017 style", ran.stdout)
        self.assertIn("A Paper That Says Nothing, Set for Being Measured", ran.stdout)
        self.assertNotIn("\x1b", ran.stdout)

    def test_a_wrong_one(self):
        ran = self.check(PAPERS / "squeezed.pdf")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("block-width", ran.stdout)
        self.assertIn("468 pt (6.50 in) wide", " ".join(ran.stdout.split()))

    def test_json_has_the_fields_that_are_promised(self):
        wrong, = self.items(PAPERS / "four-pages-and-references.pdf", code=1)
        self.assertEqual(list(wrong), ["file", "sha256", "pages", "counted_pages", "title", "width_pt", "height_pt",
                                       "style", "findings"])
        self.assertEqual((wrong["pages"], wrong["counted_pages"], wrong["width_pt"], wrong["style"]),
                         (5, 4, 612, "nips2017"))
        finding, = wrong["findings"]
        self.assertEqual(list(finding), ["check", "severity", "measured", "expected", "page", "text"])
        self.assertEqual((finding["check"], finding["severity"]), ("page-limit", "error"))

    def test_several_in_their_order(self):
        names = ["nine-point", "conforming", "docx-renamed", "password", "helvetica"]
        items = self.items(*(PAPERS / f"{name}.pdf" for name in names), code=1)
        self.assertEqual([pathlib.Path(item["file"]).stem for item in items], names)
        self.assertEqual([item["findings"][0]["check"] if item["findings"] else None for item in items],
                         ["body-size", None, "opens", "encryption", "family"])

    def test_warnings_alone_are_no_failure(self):
        self.assertEqual(self.check(PAPERS / "helvetica.pdf").returncode, 0)

    def test_another_style(self):
        item, = self.items("--style", "acl", PAPERS / "acl.pdf", code=0)
        self.assertEqual((item["style"], item["findings"]), ("acl", []))
        style = self.folder / "own.toml"
        text = (ROOT / "rules/styles/nips2017.toml").read_text(encoding="utf-8")
        style.write_text(text.replace("pages = 2", "pages = 1"), encoding="utf-8")
        item, = self.items("--style", style, PAPERS / "conforming.pdf", code=1)
        self.assertEqual((item["style"], item["findings"][0]["check"]), ("own", "page-limit"))

    def test_mistakes_are_told(self):
        ran = self.check(PAPERS / "conforming.pdf", "--style", "nips2071")
        self.assertEqual(ran.returncode, 78)
        self.assertIn('did you mean "nips2017"?', ran.stderr)
        ran = self.check(self.folder / "nothing.pdf", PAPERS / "conforming.pdf")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("nothing.pdf: No such file", ran.stderr)
        self.assertIn("fits the NIPS 2017 style", ran.stdout)   # the other one all the same
        self.assertEqual(self.check().returncode, 64)
        ran = self.check(PAPERS / "conforming.pdf", environment={"PAPERTRAY_CONFIG": str(self.folder / "none.toml")})
        self.assertEqual(ran.returncode, 78)   # one that is named must be there

    def test_the_rules_say_what_is_asked_for(self):
        shutil.copytree(ROOT / "rules", self.folder / "rules")
        rules = self.folder / "rules" / "dlsc2017.toml"
        rules.write_text(rules.read_text(encoding="utf-8").replace("pages = 2", "pages = 4"), encoding="utf-8")
        (self.folder / "papertray.toml").write_text(
            'rules = "rules/dlsc2017.toml"\nstate = "state"\n[receipts]\nmode = "off"\n', encoding="utf-8")
        self.items(PAPERS / "four-pages-and-references.pdf", code=0)
        self.assertFalse((self.folder / "state").exists())

    def test_page_1_is_drawn_with_both_blocks(self):
        picture = self.folder / "page1.png"
        self.assertEqual(self.check(PAPERS / "wide.pdf", "--annotate", picture).returncode, 1)
        data = picture.read_bytes()
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", data[16:24])
        self.assertEqual((width, height), (850, 1100))
        at, packed = 8, b""
        while at < len(data):
            size, kind = struct.unpack(">I4s", data[at:at + 8])
            self.assertEqual(zlib.crc32(data[at + 4:at + 8 + size]), struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0])
            packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
            at += 12 + size
        raw = zlib.decompress(packed)
        self.assertEqual(len(raw), height * (width * 3 + 1))

        def colours(x):   # down one column of the picture
            return {raw[y * (width * 3 + 1) + 1 + x * 3:][:3] for y in range(200, 900)}
        self.assertIn(bytes((0, 150, 60)), colours(150))     # expected: 1.5 in from the left
        self.assertIn(bytes((220, 30, 30)), colours(125))    # measured: 90 pt
        ran = self.check(PAPERS / "wide.pdf", PAPERS / "tall.pdf", "--annotate", picture)
        self.assertEqual(ran.returncode, 64)
        ran = self.check(PAPERS / "docx-renamed.pdf", "--annotate", picture)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("cannot draw page 1", ran.stderr)


if __name__ == "__main__":
    unittest.main()
