"""Where acts are played: the servers, desks that begin where an act begins, and a look at what is left."""

import collections
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile

from support.desk import SLOW, Desk, Done
from support.dovecot import Dovecot
from support.mail import ON_TIME
from support.same import CLOCKS, RECEIPT
from support.sink import Sink

from .preload import stacks

# Attempts to send differ with the kills.
DIFFERS = CLOCKS + RECEIPT + ("checked_at", "late_at", "outbox.attempts", "outbox.was_unknown", "outbox_attempt", "at", "undone_at")
NO_MOVE = "protocol imap {\n  imap_capability = IMAP4rev1 SASL-IR UIDPLUS ESEARCH ENABLE IDLE LITERAL+\n}\n"
KILLED = -9
PATIENCE = int(os.environ.get("PAPERTRAY_PATIENCE", 120)) * SLOW   # seconds, for what takes half a one


class Scene:
    """A desk and its mailbox."""

    def __init__(self, stage, act):
        self.stage, self.act, self.user = stage, act, act.user
        self.server = stage.server(act)
        self.desk = Desk()
        self.mailbox = self.desk.folder / "Maildir" if self.server is None else self.server.maildir(self.user)
        if self.server is None:
            mailbox, smtp = f'url = "maildir:{self.mailbox}"\nafter = "{act.after}"', None
            for name in ("cur", "new", "tmp"):
                (self.mailbox / name).mkdir(parents=True)
        else:
            mailbox = self.desk.imap(f"imap://127.0.0.1:{self.server.imap}", self.user, after=act.after)
            smtp = f'url = "smtp://127.0.0.1:{stage.sink.port}"'
        self.desk.write(mailbox, smtp=smtp, receipts=act.receipts, check=act.check)
        self.steps = self.desk.folder / "steps"

    def close(self):
        self.desk.close()

    def put(self, *mails):
        for number, raw in enumerate(mails):
            if self.server is None:
                path = self.mailbox / "new" / f"{ON_TIME + number}.M{number}.example.org"
                path.write_bytes(raw)
                os.utime(path, (ON_TIME, ON_TIME))
            else:
                self.server.append(self.user, raw, ON_TIME + number)

    def run(self, command, fault=None, **more):
        """How it ended, and the steps it went through."""
        self.steps.unlink(missing_ok=True)
        env = {"PAPERTRAY_STEPS": str(self.steps), **self.act.env, **more.pop("env", {})}
        if fault:
            env["PAPERTRAY_FAULT"] = fault
        done = self.ended(self.desk.start(*command, env=env, **more), command)
        return done, self.steps.read_text().split() if self.steps.exists() else []

    def ended(self, process, command):
        """A program that does not end tells where it stands."""
        try:
            out, err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            where = stacks(process.pid)
            process.kill()
            process.communicate()
            raise AssertionError(f"{command} did not end in {PATIENCE} s:\n{where}")
        return Done(process.returncode, out, err)

    def parts(self):
        """What an act changes: name and path."""
        return (("state", self.desk.state), ("mailbox", self.mailbox), ("receipts", self.desk.receipts))

    # ---- what is left

    def plain(self, value):
        """The folder's name differs from scene to scene."""
        return value.replace(str(self.desk.folder), "FOLDER") if isinstance(value, str) else value

    def left(self):
        tables = {name: (columns, [tuple(map(self.plain, row)) for row in rows])
                  for name, (columns, rows) in self.desk.tables(DIFFERS).items()}
        tables["outbox"] = self.settled(tables["outbox"])
        del tables["outbox_tally"]   # counts states as they are, before `settled`
        return {"tables": tables, "log": self.logged(), "papers": self.papers(), "mailbox": self.mails(),
                "marked": self.desk.query("SELECT folder, uid, marked_at IS NOT NULL FROM place ORDER BY 1, 2, name"),
                "undone": self.desk.query("SELECT id, undone_at IS NOT NULL FROM desk_order ORDER BY id")}

    def settled(self, outbox):
        """A row that was cut off twice waits for a person, who finds that the mail has arrived."""
        columns, rows = outbox
        state, reason = columns.index("state"), columns.index("reason")
        return columns, [tuple("sent" if at == state and row[state] in ("sent", "unknown") else
                               "" if at == reason and row[state] in ("sent", "unknown") else value
                               for at, value in enumerate(row)) for row in rows]

    def logged(self):
        """The mails of the log, each of them once."""
        names = []
        for segment in self.desk.segments():
            with tarfile.open(segment) as tar:
                names += [entry.name for entry in tar if entry.name.startswith("mail/")]
        return sorted(names)

    def papers(self):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                for path in (self.desk.state / "papers").glob("[!.]*")}

    def mails(self):
        """Folder, content and flags of each mail, as they lie on the disk: nobody is asked, so nothing is changed."""
        found = []
        for path in self.mailbox.rglob("*"):
            if path.parent.name in ("cur", "new") and path.is_file():
                folder = path.parent.parent.relative_to(self.mailbox)
                found.append((str(folder), hashlib.sha256(path.read_bytes()).hexdigest(), re.sub(r".*:2,|[^:]*\Z", "", path.name, 1)
                              if ":2," in path.name else ""))
        return sorted({(folder, content, "") for folder, content, _ in found} if self.act.copies else found)

    def undecided(self):
        """Rows that wait for a person: (row, Message-ID)."""
        return self.desk.query("SELECT id, message_id FROM outbox WHERE state = 'unknown' AND next_try_at IS NULL")

    def set_aside(self):
        """Mails that papertray takes for its own death."""
        return self.desk.query("SELECT id FROM message WHERE reason LIKE ? UNION SELECT message FROM note WHERE text LIKE ?",
                               *["%papertray ended in the middle of it twice%"] * 2)

    def sent(self):
        """Recipient -> the mails, each as often as it came."""
        came = collections.defaultdict(list)
        if self.server is None:
            for path in self.desk.receipts.rglob("*"):
                if path.parent.name in ("cur", "new"):
                    raw = path.read_bytes()
                    came[re.search(rb"^To: (.*)$", raw, re.M)[1].decode()].append(raw)
        for mail in self.stage.sink.delivered:
            came[mail.recipients[0]].append(mail.raw)
        return dict(came)


class Stage:
    def __init__(self, case):
        self.case, self.servers, self.kept = case, {}, set()
        self.sink = Sink()
        case.addClassCleanup(self.sink.stop)
        self.store = pathlib.Path(tempfile.mkdtemp(prefix="papertray-acts-"))
        case.addClassCleanup(shutil.rmtree, self.store, True)

    def server(self, act):
        if act.source == "maildir":
            return None
        if act.source not in self.servers:
            server = Dovecot(NO_MOVE if "without" in act.source else "")
            self.case.addClassCleanup(server.stop)
            self.servers[act.source] = server
        return self.servers[act.source]

    def scene(self, act, mailbox=None):
        """Where the act begins; `mailbox`: another one, that `keep` has kept."""
        scene = Scene(self, act)
        if act.user not in self.kept:
            act.begin(scene)
            self.settle(scene)
            self.keep(scene, act.user)
            self.kept.add(act.user)
        self.settle(scene)
        self.put_back(scene, self.store / act.user)
        if mailbox:
            self.put_back(scene, mailbox, ("mailbox",))
        self.sink.delivered.clear()
        return scene

    def keep(self, scene, name):
        kept = self.store / name
        shutil.rmtree(kept, ignore_errors=True)
        for part, path in scene.parts():
            if path.exists():
                shutil.copytree(path, kept / part, symlinks=True)
        return kept

    def kept_state(self, act):
        """The state directory where the act begins; None: there is none."""
        path = self.store / act.user / "state"
        return path if path.exists() else None

    def settle(self, scene):
        if scene.server is not None:
            scene.server.settle()

    def put_back(self, scene, kept, parts=("state", "mailbox", "receipts")):
        for part, path in scene.parts():
            if part not in parts:
                continue
            shutil.rmtree(path, ignore_errors=True)
            if (kept / part).exists():
                shutil.copytree(kept / part, path)
        if scene.server is not None:
            for path in (scene.mailbox.parent, scene.mailbox, *scene.mailbox.rglob("*")):
                scene.server.own(path)
