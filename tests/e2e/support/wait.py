"""Waiting for something to become true, and no longer than that."""

import os
import pathlib
import random
import socket
import time

# Sanitizers make everything several times slower.
SLOW = 6 if os.environ.get("PAPERTRAY_SANITIZED") == "1" else 1

# No measure of speed: a machine with ten other things to do may need a minute for what takes it a second, and only
# what never comes at all shall fail.
LONG_ENOUGH = 240 * SLOW


def until(condition, what, seconds=LONG_ENOUGH):
    """Asks again and again; fails with `what` (or with what it returns then) when it did not come true in time."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what() if callable(what) else what}")
        time.sleep(0.01)   # between two looks; nothing depends on its length


def greets(port):
    """Whether somebody speaks on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20 * SLOW) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


def first_ephemeral_port():
    path = pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range")
    return int(path.read_text().split()[0]) if path.exists() else 32768


def free_ports(count):
    """Ports that nobody listens on just now.

    Not those that the kernel gives to whoever asks for any: every connection of the tests beside this one takes one of
    them, and a server that is started again on its old port would now and then find it gone.
    """
    held = []
    try:
        while len(held) < count:
            try:
                held.append(socket.create_server(("127.0.0.1", random.randrange(10_000, first_ephemeral_port())),
                                                 reuse_port=False))
            except OSError:
                continue   # somebody's
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()
