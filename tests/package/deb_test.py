"""The .deb: what lintian says of it, and that it installs, works and purges in a minimal Debian 12."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ["PAPERTRAY_BUILD"])
LONG = os.environ.get("PAPERTRAY_LONG_TESTS") == "1"
SUITE = "bookworm"

CONFIG = """rules = "/usr/share/papertray/rules/dlsc2017.toml"
state = "/var/lib/papertray"
[mailbox]
url = "maildir:/usr/share/papertray/sample"
after = "none"
[smtp]
url = "maildir:/tmp/receipts"
from = "Desk <supercomputersfordl2017@gmail.com>"
"""


def run(*words, **more):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                          **more)


def mirror():
    """Where this machine gets its packages."""
    done = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages")
    for line in done.stdout.splitlines():
        uri, _, codename = line.partition(" ")
        if codename == SUITE:
            return uri
    return "http://deb.debian.org/debian"


@unittest.skipUnless(LONG, "takes minutes: PAPERTRAY_LONG_TESTS=1, or tools/test --all")
class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="papertray-deb-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        done = run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", cls.folder)
        packages = list(cls.folder.glob("*.deb"))
        assert done.returncode == 0 and len(packages) == 1, done.stdout + done.stderr
        cls.package = packages[0]

    def test_lintian(self):
        if not shutil.which("lintian"):
            self.skipTest("lintian is not installed")
        done = run("lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0", self.package)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_what_is_in_it(self):
        listed = {line.split()[-1].removeprefix(".") for line in run("dpkg-deb", "-c", self.package).stdout.splitlines()}
        for path in ("/usr/bin/papertray", "/usr/bin/papertray-inspect", "/usr/lib/systemd/system/papertray.service",
                     "/usr/share/man/man1/papertray.1.gz", "/usr/share/man/man5/papertray.toml.5.gz",
                     "/usr/share/bash-completion/completions/papertray", "/usr/share/zsh/vendor-completions/_papertray",
                     "/usr/share/papertray/rules/dlsc2017.toml", "/usr/share/doc/papertray/copyright"):
            self.assertIn(path, listed)
        self.assertFalse([path for path in listed if "/local/" in path or "describe" in path])

    def test_it_installs_works_and_purges(self):
        if os.getuid() != 0 or not shutil.which("debootstrap"):
            self.skipTest("wants root and debootstrap")
        chroot = self.folder / "root"
        done = run("debootstrap", "--variant=minbase", SUITE, chroot, mirror())
        self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr)

        def inside(*words, code=0):
            found = run("chroot", chroot, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                        "DEBIAN_FRONTEND=noninteractive", *words)
            self.assertEqual(found.returncode, code, f"{words}\n{found.stdout[-3000:]}\n{found.stderr[-3000:]}")
            return found.stdout

        self.assertEqual(run("mount", "-t", "proc", "proc", chroot / "proc").returncode, 0)
        try:
            shutil.copy(self.package, chroot / "tmp")
            inside("apt-get", "update", "-q")
            inside("apt-get", "install", "-qy", "--no-install-recommends", f"/tmp/{self.package.name}")
            self.assertIn("papertray ", inside("papertray", "--version"))
            self.assertEqual(inside("stat", "-c", "%U %a", "/var/lib/papertray").strip(), "papertray 700")
            self.assertIn("ExecStart=/usr/bin/papertray ", (chroot / "usr/lib/systemd/system/papertray.service").read_text())
            (chroot / "etc/papertray/papertray.toml").write_text(CONFIG)
            as_desk = ("setpriv", "--reuid=papertray", "--regid=papertray", "--init-groups")
            inside(*as_desk, "papertray", "import", "/usr/share/papertray/sample", "--receipts")
            self.assertIn('"total": ', inside(*as_desk, "papertray", "status", "--json"))
            self.assertGreater(len(list((chroot / "tmp/receipts/new").iterdir())), 10)
            inside("papertray", "check-pdf", "--help")
            # Twice is as good as once.
            inside("dpkg", "-i", f"/tmp/{self.package.name}")
            # A purge takes the configuration; mails stay until a person removes them.
            inside("apt-get", "purge", "-qy", "papertray")
            self.assertFalse((chroot / "usr/bin/papertray").exists())
            self.assertFalse((chroot / "etc/papertray").exists())
            self.assertTrue((chroot / "var/lib/papertray/log").exists())
            # Without mails nothing is left.
            inside("rm", "-rf", "/var/lib/papertray")
            inside("apt-get", "install", "-qy", "--no-install-recommends", f"/tmp/{self.package.name}")
            inside("apt-get", "purge", "-qy", "papertray")
            self.assertFalse((chroot / "var/lib/papertray").exists())
            inside("getent", "passwd", "papertray", code=2)
        finally:
            run("umount", "-l", chroot / "proc")


if __name__ == "__main__":
    unittest.main(verbosity=2)
