"""A real Dovecot on loopback: IMAP plain and TLS, LMTP; any user, password `secret`."""

import grp
import imaplib
import os
import pathlib
import pwd
import shutil
import signal
import smtplib
import ssl
import subprocess
import tempfile
import time

from . import tls
from .wait import LONG_ENOUGH, free_ports, greets, until

PASSWORD = "secret"

CONFIG = """
base_dir = {d}/run
state_dir = {d}/state
log_path = {d}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
auth_username_format = %Ln
default_internal_user = {internal_user}
default_internal_group = {internal_group}
default_login_user = {login_user}
first_valid_uid = 0
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={d}/home/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


class Dovecot:
    def __init__(self, more=""):
        """`more`: further lines of its configuration."""
        self.more = more
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="papertray-dovecot-"))
        self.folder.chmod(0o755)   # as root, the mail processes are nobody's and must get in
        for name in ("run", "state", "home"):
            (self.folder / name).mkdir()
        self.tls = tls.make(self.folder)
        self.process = None
        try:
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def identity(self):
        if os.getuid() != 0:
            user, group = pwd.getpwuid(os.getuid()), grp.getgrgid(os.getgid())
            return {"internal_user": user.pw_name, "internal_group": group.gr_name, "login_user": user.pw_name,
                    "uid": os.getuid(), "gid": os.getgid()}
        # Dovecot refuses mail users with UID 0.
        nobody = pwd.getpwnam("nobody")
        os.chown(self.folder / "home", nobody.pw_uid, nobody.pw_gid)
        return {"internal_user": "dovecot", "internal_group": "dovecot", "login_user": "dovenull",
                "uid": nobody.pw_uid, "gid": nobody.pw_gid}

    def config(self):
        return CONFIG

    def start(self, ports=None):
        # Another process may take a free port before Dovecot does: then it ends, and we try others.
        for _ in range(5):
            self.imap, self.imaps, self.lmtp = ports or free_ports(3)
            (self.folder / "dovecot.conf").write_text(self.config().format(
                d=self.folder, cert=self.tls.cert, key=self.tls.key, password=PASSWORD,
                imap=self.imap, imaps=self.imaps, lmtp=self.lmtp, **self.identity()) + self.more)
            self.process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", self.folder / "dovecot.conf"],
                                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL, process_group=0)
            until(lambda: self.process.poll() is not None or (greets(self.imap) and greets(self.lmtp)),
                  lambda: "Dovecot does not answer:\n" + self.log())
            if self.process.poll() is None:
                return
        raise AssertionError("Dovecot does not start:\n" + self.log())

    def log(self):
        log = self.folder / "dovecot.log"
        return log.read_text() if log.exists() else "no log"

    def halt(self):
        """Ends the server; its mails stay."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(LONG_ENOUGH)

    def resume(self):
        """The same server again, on the same ports."""
        self.start((self.imap, self.imaps, self.lmtp))

    def kill(self):
        """Every process of it at once, in the middle of whatever it does; its mails stay."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(LONG_ENOUGH)

    def settle(self):
        """Returns when every session is over, also those that a killed client has left."""
        def sessions():
            found = []
            for pid in pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
                try:
                    found += [pid] if pathlib.Path(f"/proc/{pid}/comm").read_text() == "imap\n" else []
                except OSError:
                    pass   # over between two looks
            return found
        until(lambda: not sessions(), "sessions do not end", 120)

    def stop(self):
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    # ---- under its feet

    def maildir(self, user):
        return self.folder / "home" / user / "Maildir"

    def own(self, path):
        """Gives it to whom the mail processes run as."""
        if os.getuid() == 0:
            who = self.identity()
            os.chown(path, who["uid"], who["gid"])

    def drop(self, user, raw, name, at=None):
        """Puts a mail into the Maildir as another delivery agent would: whole, or not at all. `at`: its INTERNALDATE."""
        maildir = self.maildir(user)
        written = maildir / "tmp" / name
        written.write_bytes(raw)
        self.own(written)
        if at is not None:
            os.utime(written, (at, at))
        written.rename(maildir / "new" / name)

    def forget_uids(self, user):
        """The folder gets another UIDVALIDITY, its mails other UIDs; sessions that have it open are ended."""
        for path in self.maildir(user).iterdir():
            if path.name.startswith(("dovecot-uidlist", "dovecot.index")):
                path.unlink(missing_ok=True)

    def put_back(self, user, kept):
        """Makes the user's Maildir what it was when `kept`, a folder, was copied from it. Nobody may be logged in."""
        maildir = self.maildir(user)
        shutil.rmtree(maildir)
        shutil.copytree(kept, maildir)
        for path in (maildir, *maildir.rglob("*")):
            self.own(path)

    # ---- as a user's mail client

    def client(self, user):
        connection = imaplib.IMAP4("127.0.0.1", self.imap)
        connection.login(user, PASSWORD)
        return connection

    def append(self, user, raw, internaldate=None, folder="INBOX", flags=""):
        """Stores a mail as it is; `internaldate` in seconds since 1970."""
        when = time.strftime('"%d-%b-%Y %H:%M:%S +0000"', time.gmtime(internaldate)) if internaldate else ""
        with self.client(user) as client:
            done, text = client.append(folder, flags, when, raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
            assert done == "OK", text

    def deliver(self, user, raw, sender="author@example.org"):
        """Over LMTP, as a mail server would: the time of receipt is now."""
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            lmtp.sendmail(sender, [f"{user}@example.net"], raw)

    def create(self, user, folder):
        with self.client(user) as client:
            assert client.create(folder)[0] == "OK"

    def expunge(self, user, uid, folder="INBOX"):
        with self.client(user) as client:
            client.select(folder)
            client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            client.expunge()

    def flags(self, user, folder="INBOX"):
        """UID -> set of flags, without touching them."""
        with self.client(user) as client:
            done, text = client.select(folder, readonly=True)
            assert done == "OK", text
            lines = client.uid("FETCH", "1:*", "(UID FLAGS)")[1]
        found = {}
        for line in filter(None, lines):
            uid = int(line.split(b"UID ")[1].split()[0].rstrip(b")"))
            flags = line.split(b"FLAGS (")[1].split(b")")[0].decode().split()
            found[uid] = set(flags) - {r"\Recent"}
        return found

    def state(self, user, folder="INBOX"):
        """Everything that a failed run must leave as it was."""
        return self.flags(user, folder)

    def tls_works(self):
        context = ssl.create_default_context(cafile=self.tls.ca)
        with imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=context) as client:
            return client.noop()[0] == "OK"
