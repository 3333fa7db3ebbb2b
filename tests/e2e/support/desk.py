"""A desk: a folder with papertray.toml, a state directory, and the real program."""

import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile

from .mail import DESK, ROOT
from .memory import use_memory
from .wait import LONG_ENOUGH, SLOW

BINARY = os.environ.get("PAPERTRAY", str(ROOT / "build/release/bin/papertray"))
# A day's limit is for the tests that are about it.
SENDING = 'mode = "send"\nper_day = 1000000'
# And so is the look into papers: `check` is.
CHECK = 'mode = "off"'
RULES = ROOT / "rules" / "dlsc2017.toml"
SAMPLE = ROOT / "data" / "sample"

use_memory()


class Done:
    """What a command said and how it ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}\n--- out\n{self.out}\n--- err\n{self.err}"


class Desk:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="papertray-e2e-"))
        self.state = self.folder / "state"
        self.config = self.folder / "papertray.toml"
        self.receipts = self.folder / "receipts"
        (self.folder / "password").write_text("secret\n")
        (self.folder / "password").chmod(0o600)
        self.write()

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- configuration

    def write(self, mailbox="", smtp=None, receipts=SENDING, rules=RULES, more="",
              check=CHECK):
        """`mailbox`, `smtp`, `receipts`, `check`: the lines of the table; without `smtp` receipts go to a Maildir."""
        smtp = smtp or f'url = "maildir:{self.receipts}"'
        if "from" not in smtp:
            smtp += f'\nfrom = "DLSC desk <{DESK}>"'
        table = f"[mailbox]\n{mailbox}\n\n" if mailbox else ""
        self.config.write_text(f'rules = "{rules}"\nstate = "{self.state}"\n{more}\n\n{table}'
                               f"[smtp]\n{smtp}\n\n[receipts]\n{receipts}\n\n[check]\n{check}\n")

    def imap(self, url, user, password="password", **more):
        """The [mailbox] lines for an IMAP account; `more` are further keys."""
        lines = [f'url = "{url}"', f'user = "{user}"', f'password = {{ file = "{password}" }}']
        return "\n".join(lines + [f"{key} = {json.dumps(value)}" for key, value in more.items()])

    # ---- the program

    def start(self, *arguments, **more):
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8", **more.pop("env", {})}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TMPDIR"):
            if name in os.environ:
                env[name] = os.environ[name]
        config = ["--config", str(self.config)] if more.pop("config", True) else []
        return subprocess.Popen([BINARY, *config, *map(str, arguments)], env=env, cwd=self.folder,
                                stdin=more.pop("stdin", subprocess.DEVNULL), stdout=more.pop("stdout", subprocess.PIPE),
                                stderr=more.pop("stderr", subprocess.PIPE), text=more.pop("text", True), **more)

    def run(self, *arguments, seconds=LONG_ENOUGH, stdin=None, **more):
        """Runs to the end, however it ends."""
        if stdin is not None:
            more["stdin"] = subprocess.PIPE
        process = self.start(*arguments, **more)
        try:
            out, err = process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise AssertionError(f"papertray {' '.join(map(str, arguments))} did not end in {seconds} s")
        return Done(process.returncode, out, err)

    def done(self, *arguments, **more):
        """Runs to a good end."""
        done = self.run(*arguments, **more)
        assert done.code == 0, f"papertray {' '.join(map(str, arguments))}: {done}"
        return done

    def json(self, *arguments):
        done = self.done("--json", *arguments)
        value = json.loads(done.out)
        assert value["schema"].startswith("papertray/") and value["schema"].endswith("/1"), value["schema"]
        return value

    def items(self, *arguments):
        return self.json("list", *arguments)["items"]

    def fates(self):
        counts = self.json("status")["messages"]
        return {name: count for name, count in counts.items() if name != "total" and count}

    # ---- what lies in the state directory

    def database(self):
        return sqlite3.connect(f"file:{self.state}/papertray.db?mode=ro", uri=True)

    def query(self, sql, *values):
        connection = self.database()
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def tables(self, without=()):
        """Every table's rows, sorted; columns named in `without` are left out."""
        connection = self.database()
        try:
            names = [row[0] for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")]
            found = {}
            for name in names:
                columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')
                           if row[1] not in without and f"{name}.{row[1]}" not in without and name not in without]
                if columns:
                    chosen = ", ".join(f'"{column}"' for column in columns)
                    found[name] = (columns, sorted(connection.execute(f'SELECT {chosen} FROM "{name}"').fetchall(), key=repr))
            return found
        finally:
            connection.close()

    def segments(self):
        return sorted((self.state / "log").glob("*.tar"))

    def log_bytes(self):
        return sum(path.stat().st_size for path in self.segments())

    def papers(self):
        return sorted(path.name for path in (self.state / "papers").glob("*.pdf"))
