"""mbsync, fetchmail and getmail6: each copies the mailbox its own way, nothing else."""

import os
import pwd
import shutil
import subprocess

from . import process
from .desk import Trouble, put_aside
from .places import ROOT

PACKAGES = {"mbsync": "isync", "fetchmail": "fetchmail", "getmail": "getmail6"}


class Mbsync:
    program = "mbsync"

    def __init__(self, fsync):
        self.fsync = fsync
        self.name = "mbsync" if fsync else "mbsync, FSync no"

    def command(self, folder, mailbox):
        (folder / "near").mkdir()
        rc = folder / "mbsyncrc"
        # A blank line ends a section; FSync yes is mbsync's default.
        rc.write_text(f"""FSync {"yes" if self.fsync else "no"}

IMAPAccount bench
Host 127.0.0.1
Port {mailbox.port}
User {mailbox.user}
Pass {mailbox.password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account bench

MaildirStore near
Path {folder}/near/
Inbox {folder}/near/INBOX

Channel bench
Far :far:INBOX
Near :near:INBOX
Sync PullNew
Create Near
SyncState *
""")
        return ["mbsync", "-q", "-c", rc, "bench"], {"HOME": str(folder)}

    def copied(self, folder):
        inbox = folder / "near" / "INBOX"
        return sum(1 for part in ("new", "cur") for _ in (inbox / part).iterdir())


class Fetchmail:
    program = "fetchmail"

    def __init__(self, way):
        self.way, self.name = way, f"fetchmail, {way}"

    def command(self, folder, mailbox):
        out = folder / "out"
        to = f'bsmtp "{out}"' if self.way == "bsmtp" else f'mda "cat >>{out}"'
        rc = folder / "fetchmailrc"
        rc.write_text(f"poll 127.0.0.1 service {mailbox.port} protocol IMAP auth password\n"
                      f'  user "{mailbox.user}" password "{mailbox.password}" sslproto \'\'\n'
                      f"  keep fetchall no rewrite {to}\n")
        rc.chmod(0o600)
        return ["fetchmail", "--silent", "--nosyslog", "-f", rc, "--pidfile", folder / "pid", "-i", folder / "ids"], {
            "HOME": str(folder), "FETCHMAILHOME": str(folder)}

    def copied(self, folder):
        # Each mail once begins with the Received field that fetchmail adds.
        with open(folder / "out", "rb") as out:
            return sum(line.startswith(b"\tby ") and b"with IMAP (fetchmail-" in line for line in out)


class Getmail:
    program = "getmail"
    name = "getmail6"

    def command(self, folder, mailbox):
        near, root = folder / "near", os.getuid() == 0
        for path in (near, near / "tmp", near / "new", near / "cur"):
            path.mkdir()
            if root:   # it refuses to deliver as root
                os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
        rc = folder / "getmailrc"
        rc.write_text(f"""[retriever]
type = SimpleIMAPRetriever
server = 127.0.0.1
port = {mailbox.port}
username = {mailbox.user}
password = {mailbox.password}
mailboxes = ("INBOX",)
[destination]
type = Maildir
path = {near}/
{"user = nobody" if root else ""}
[options]
read_all = true
delete = false
delivered_to = false
received = false
verbose = 0
""")
        return ["getmail", "--getmaildir", folder, "--rcfile", rc], {"HOME": str(folder)}

    def copied(self, folder):
        return sum(1 for _ in (folder / "near" / "new").iterdir())


def all_peers():
    return [Mbsync(True), Mbsync(False), Fetchmail("bsmtp"), Fetchmail("mda"), Getmail()]


def install(say):
    """Those that are missing, with apt; says so."""
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    if not missing:
        return
    done = subprocess.run(["bash", "-c", '. tools/lib/need.sh; need "$@"', "bench/run", *missing], cwd=ROOT,
                          check=False)
    if done.returncode != 0:
        say(f"could not install {' '.join(missing)}; what is missing is left out")


def measure(peer, folder, mailbox):
    """One run into a new folder."""
    folder.mkdir(parents=True)
    arguments, env = peer.command(folder, mailbox)
    subprocess.run(["sync"], check=True)
    ran = process.run(arguments, output=folder / "output", env=env)
    if ran.code != 0 or peer.copied(folder) != mailbox.count:
        said = (folder / "output").read_text(errors="replace").strip().splitlines()[-3:]
        raise Trouble(f"{peer.name} ended with {ran.code}, {peer.copied(folder) if ran.code == 0 else '?'} of "
                      f"{mailbox.count} mails copied: {' '.join(said)}")
    put_aside(folder)
    return ran
