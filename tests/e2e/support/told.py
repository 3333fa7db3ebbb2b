"""How pages say numbers, times and spans: written anew from what docs promise, not taken from the program."""

import datetime
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/Los_Angeles")
UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


def grouped(number):
    return f"{number:,}"


def local(at):
    return datetime.datetime.fromtimestamp(at, ZONE)


def second(at):
    return local(at).strftime("%Y-%m-%d %H:%M:%S %Z")


def minute(at):
    return local(at).strftime("%Y-%m-%d %H:%M %Z")


def day(at):
    return local(at).strftime("%Y-%m-%d")


def span(seconds):
    """The largest unit that is there, and the next smaller one."""
    parts, left = [], abs(seconds)
    for size, name in UNITS:
        count, left = divmod(left, size)
        began = bool(parts)
        if count:
            parts.append(f"{count} {name}{'' if count == 1 else 's'}")
        if began:
            break
    return " ".join(parts) or "0 seconds"


def short_lateness(on_time, margin):
    return "on time" if on_time else " ".join(span(margin).split()[:2]) + " late"


def margin(on_time, seconds):
    if not on_time:
        return span(seconds) + " after the deadline"
    return "on time" if seconds == 0 else f"on time, {span(seconds)} before the deadline"


def size(count):
    return f"{count:,} byte{'' if count == 1 else 's'}"


def short_size(count):
    if count < 1000:
        return f"{count} bytes"
    return f"{(count + 500) // 1000} kB" if count < 1_000_000 else f"{count / 1e6:.1f} MB"


def percentile(values, percent):
    """The smallest value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[max(1, -(-len(ordered) * percent // 100)) - 1]
