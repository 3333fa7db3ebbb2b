"""A clock moved for one program alone, by Debian's libfaketime."""

import functools
import glob
import os
import re
import subprocess
import unittest

_FOUND = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")

needs_moved_clock = unittest.skipUnless(_FOUND, "no libfaketime (Debian: faketime), which moves the program's clock")


def can_move_clock():
    return bool(_FOUND)


@functools.cache
def _preloaded():
    """A sanitizer wants to be loaded before all else."""
    libraries = list(_FOUND)
    if os.environ.get("PAPERTRAY_SANITIZED") == "1":
        needed = subprocess.run(["ldd", os.environ["PAPERTRAY"]], check=True, capture_output=True, text=True).stdout
        libraries = re.findall(r"=> (/\S*/libasan\.so\S*)", needed) + libraries
    return ":".join(libraries)


def moved_by(**how):
    """The environment for it: moved_by(FAKETIME="+60m")."""
    return {"LD_PRELOAD": _preloaded(), **how}
