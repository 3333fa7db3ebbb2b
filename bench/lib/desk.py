"""papertray with a configuration and a state directory of its own."""

import contextlib
import json
import os
import pathlib
import subprocess
import tempfile

from . import process
from .mails import DESK
from .places import RULES


class Trouble(Exception):
    """A measurement that did not measure what it should."""


def put_aside(path):
    """Out of the way, not deleted: for minutes ext4 looks for i-nodes around those deleted lately, which costs the
    next program a tenth of its CPU (measured). All goes at the end."""
    path = pathlib.Path(path)
    if path.exists():
        path.rename(tempfile.mkdtemp(prefix=f"done-{path.name}-") + "/done")


class Desk:
    def __init__(self, program, folder):
        self.program, self.folder = program, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.state = self.folder / "state"
        self.config = self.folder / "papertray.toml"
        self.output = self.folder / "output"
        password = self.folder / "password"
        password.write_text("secret\n")
        password.chmod(0o600)

    def configure(self, mailbox=None, after="none", port=None, smtp=None, checks=False):
        """`port`: of a proxy before the mailbox. `smtp`: the port that receipts go to; none are written without.
        `checks`: papers are looked into, which is work of its own (`papers`)."""
        lines = [f'rules = "{RULES}"', f'state = "{self.state}"']
        if mailbox:
            lines += ["[mailbox]", f'url = "imap://127.0.0.1:{port or mailbox.port}"', f'user = "{mailbox.user}"',
                      'password = { file = "password" }', f'after = "{after}"']
        if smtp:
            lines += ["[smtp]", f'url = "smtp://127.0.0.1:{smtp}"', f'from = "Desk <{DESK}>"']
        lines += ["[receipts]", f'mode = "{"send" if smtp else "off"}"',
                  "[check]", f'mode = "{"on" if checks else "off"}"', ""]
        self.config.write_text("\n".join(lines))

    def forget(self):
        """The next run begins with an empty state directory."""
        put_aside(self.state)

    def run(self, *arguments, **more):
        """Runs to a good end and measures it."""
        os.sync()   # what earlier runs left to write is not this one's
        ran = process.run([self.program, "--config", self.config, *arguments], output=self.output, **more)
        if ran.code != 0:
            said = self.output.read_text(errors="replace").strip().splitlines()[-3:]
            raise Trouble(f"papertray {' '.join(arguments)} ended with {ran.code}: {' '.join(said)}")
        return ran

    @contextlib.contextmanager
    def daemon(self):
        """`run`, from its start to SIGTERM and its good end."""
        with open(self.output, "wb") as output:
            daemon = subprocess.Popen([self.program, "--config", self.config, "run", "--quiet"], stdin=subprocess.DEVNULL,
                                      stdout=output, stderr=output)
        try:
            yield daemon
            daemon.terminate()
            if daemon.wait(30) != 0:
                raise Trouble(f"the daemon ended with {daemon.returncode}: {self.output.read_text(errors='replace')}")
        finally:
            if daemon.poll() is None:
                daemon.kill()
                daemon.wait()

    def counts(self):
        """What `status` says of the messages."""
        said = subprocess.run([self.program, "--config", self.config, "--json", "status"], check=True,
                              capture_output=True, text=True).stdout
        return json.loads(said)["messages"]

    def expect(self, total):
        counts = self.counts()
        if counts["total"] != total or counts["quarantined"] or counts["vanished"]:
            raise Trouble(f"{total} mails should have a fate, none quarantined or vanished: {counts}")
        return counts
