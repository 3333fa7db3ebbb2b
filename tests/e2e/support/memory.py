"""Temporary folders in memory. Every command of papertray syncs several times, and on a disk the suite would wait for that
half of its time. What a power cut leaves is looked at with a disk of the test's own (tests/fault/broken/power.py)."""

import os
import pathlib
import shutil
import tempfile

MEMORY = pathlib.Path("/dev/shm")
ROOM = 1024 * 1024 * 1024


def has_room():
    return (MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM and
            not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC)   # some tests put programs there


def use_memory():
    """For this process and its children, where there is some and nobody has chosen another place."""
    if "TMPDIR" not in os.environ and has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
