"""The public and the private pages in Chromium: nothing in the console, nothing that keeps people out (axe-core),
no sideways scrolling on a phone, whatever strangers wrote."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "e2e"))

from support.case import DeskCase  # noqa: E402
from support.desk import SLOW  # noqa: E402
from support.mail import LAST_SECOND, ON_TIME, compose, paper, pdf, question_mail, with_text  # noqa: E402

BUILD = pathlib.Path(os.environ.get("PAPERTRAY_BROWSER", HERE.parents[1] / "build/release/browser"))
MINUTES = 10 * SLOW   # for what takes seconds: the machine may be busy with everything else
TITLES = ["Large Batches, Small Minds: Scaling SGD to 1,024 Nodes", "Überlegungen zur 深層学習 at Scale 🎉👩‍💻",
          "<script>alert(document.domain)</script><img src=x onerror=alert(1)>", "\u202Eelttil elbisrever \u2066x",
          "w" * 10_000, "many words " * 900, "e" + "\u0301" * 3_000, "\"'><h1 id=papers>&amp;"]

NAMES = ["Ada Lovelace, Charles Babbage", "山田 太郎", "<b>Eve</b>", "\u202Egnol", "n" * 2_000, "Bob", "Zoë", "Dan"]
ENDS = ["org", "jp", "de", "fr", "edu", "ch", "com", "uk"]


def modules():
    """Where node finds playwright-core and axe-core; SkipTest says why it does not."""
    for program in ("chromium", "node", "npm"):
        if not shutil.which(program):
            raise unittest.SkipTest(f"there is no {program} here: apt-get install chromium nodejs npm")
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = BUILD / "installed"
    if not stamp.exists() or stamp.read_bytes() != lock:
        BUILD.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, BUILD / name)
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=BUILD, timeout=MINUTES * 60,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise unittest.SkipTest(f"npm ci got nothing from the registry: {done.stderr.strip()[-300:]}")
        stamp.write_bytes(lock)
    return BUILD


class InABrowser(DeskCase):
    def setUp(self):
        self.modules = modules()
        super().setUp()
        self.screens = BUILD / "screens"
        shutil.rmtree(self.screens, ignore_errors=True)
        self.screens.mkdir(parents=True)

    def workshop(self):
        folder = self.desk.folder / "mails"
        folder.mkdir()
        mails = [compose(f"paper-{n}", ON_TIME + n * 100_000 if n < 6 else LAST_SECOND + n * 1000, f"{name} <a{n}@example.{end}>",
                         f"NIPS Workshop Papers: {title}",
                         with_text(title[:900], pdf(paper(f"Paper {n}", "An Author", f"About {n}."), "<b>.pdf")))
                 for n, (title, name, end) in enumerate(zip(TITLES, NAMES, ENDS))]
        mails += [question_mail(text, "asker@example.org") for text in
                  ["Why does it not scale?", TITLES[2], TITLES[3], TITLES[4], "line\n" * 300]]
        for n, raw in enumerate(mails):
            (folder / f"{n:03}.eml").write_bytes(raw)
        self.desk.done("import", folder)
        self.desk.done("accept", *(f"P-{n}" for n in range(1, len(TITLES) + 1) if n != 6))
        self.desk.done("reject", "P-6", "--note", TITLES[2])
        # One was looked into, with findings, and its title is a person's.
        self.desk.done("recheck", "P-1")
        self.assertGreater(self.desk.items("papers")[0]["findings"], 0)
        self.desk.done("title", "P-1", TITLES[0], "--authors", NAMES[0])
        for n in range(1, 6):
            self.desk.done("panel", f"Q-{n}", str(1 + n % 2))

    def write_sites(self):
        rules = self.desk.folder / "rules.toml"
        text = (HERE.parents[1] / "rules/dlsc2017.toml").read_text(encoding="utf-8")
        rules.write_text(text.replace("questions = false", "questions = true").replace(
            'receipts = "receipts"', f'receipts = "{HERE.parents[1]}/rules/receipts"'), encoding="utf-8")
        self.desk.write(rules=rules)
        for command in ("site", "report"):
            self.desk.done(command, self.desk.folder / f"{command}-empty")
        self.workshop()
        for command in ("site", "report"):
            self.desk.done(command, self.desk.folder / command)
        pages = {"site": ["index.html", *(f"papers/P-00{n}.html" for n in (1, 3, 4, 5))],
                 "report": ["index.html", *(f"submissions/P-00{n}.html" for n in (1, 3, 5)), "submissions/Q-004.html"],
                 "site-empty": ["index.html"], "report-empty": ["index.html"]}
        return [{"name": name, "folder": str(self.desk.folder / name), "pages": of} for name, of in pages.items()]

    def test_both_sites(self):
        job = self.desk.folder / "job.json"
        job.write_text(json.dumps({"modules": str(self.modules), "chromium": shutil.which("chromium"),
                                   "screens": str(self.screens), "milliseconds": MINUTES * 60_000,
                                   "sites": self.write_sites()}))
        home = self.desk.folder / "home"    # a new profile each time, and nothing of it stays
        home.mkdir()
        done = subprocess.run(["node", str(HERE / "look.mjs"), str(job)], capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=4 * MINUTES * 60,
                              env={**os.environ, "HOME": str(home), "TMPDIR": str(home)})
        self.assertEqual(done.returncode, 0, done.stderr)
        seen = json.loads(done.stdout)
        self.assertEqual(len(seen), 12 * 4)
        for page in seen:
            with self.subTest(page["name"]):
                self.assertEqual(page["console"], [])
                self.assertEqual(page["violations"], [])
                self.assertGreater(page["passes"], 10)   # axe looked at something
                self.assertLessEqual(page["over"], 0, "it scrolls sideways")
                self.assertEqual((page["scripts"], page["fetched"]), (0, 0))
        print(f"looked at {len(seen)} pages; their pictures: {self.screens}")


if __name__ == "__main__":
    unittest.main()
