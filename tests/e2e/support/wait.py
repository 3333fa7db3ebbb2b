"""Waiting for something to become true, and no longer than that."""

import socket
import time


def until(condition, what, seconds=30):
    """Asks again and again; fails with `what` when it did not come true in time."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(0.01)   # between two looks; nothing depends on its length


def greets(port):
    """Whether somebody speaks on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            return bool(connection.recv(1))
    except OSError:
        return False


def free_ports(count):
    """Ports that nobody listens on just now."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
