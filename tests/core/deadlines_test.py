"""What a deadline means, by Python's zoneinfo: 10,000 of them, and a mail a second before, at and after each.

Zones, the hours at which clocks are changed, AoE, leap days, bare dates, with and without seconds; and how a receipt
words the margin. Both read the system's tzdata, each with a reader of its own. Years up to 2037, where the tables of
the files end.
"""

import calendar
import datetime
import os
import random
import subprocess
import unittest
import zoneinfo

DRIVER = os.environ["DEADLINE_TABLE"]
CASES = 10_000
YEARS = range(1972, 2038)
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)

# What people write, and the hours east of Greenwich that it stands for, daylight time or not.
ABBREVIATIONS = {"UTC": 0, "GMT": 0, "Z": 0, "AoE": -12, "PST": -8, "PDT": -7, "MST": -7, "MDT": -6, "CST": -6, "CDT": -5,
                 "EST": -5, "EDT": -4, "AKST": -9, "AKDT": -8, "HST": -10, "BST": 1, "WET": 0, "WEST": 1, "CET": 1,
                 "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10,
                 "AEDT": 11, "NZST": 12, "NZDT": 13}
# Where clocks do what is hard: half hours, quarters, both hemispheres, a day left out, midnight changes, Ramadan.
HARD = ["America/Los_Angeles", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Santiago",
        "America/Havana", "Africa/Casablanca", "Africa/Cairo", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
        "Asia/Gaza", "Asia/Beirut", "Australia/Adelaide", "Australia/Lord_Howe", "Europe/London", "Europe/Dublin",
        "Europe/Zurich", "Europe/Moscow", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Chatham", "Pacific/Auckland",
        "Antarctica/Troll", "Pacific/Marquesas"]


def seconds(moment):
    return int((moment - EPOCH).total_seconds())


def at_place(wall, name):
    """The second that these clocks show so: of two the later one, None when they never do; and whether it is two."""
    zone = zoneinfo.ZoneInfo(name)
    found = set()
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall:
            found.add(seconds(moment))
    return (max(found), len(found) == 2) if found else (None, False)


def at_offset(wall, hours):
    return seconds(wall.replace(tzinfo=UTC) - datetime.timedelta(hours=hours))


def span(count):
    """As a person counts: the two largest units, the second one only when there is any of it."""
    count = abs(count)
    parts = [(count // 86400, "day"), (count // 3600 % 24, "hour"), (count // 60 % 60, "minute"), (count % 60, "second")]
    while parts and parts[0][0] == 0:
        parts.pop(0)
    words = [f"{number} {unit}{'s' if number != 1 else ''}" for number, unit in parts[:2] if number]
    return " ".join(words) or "0 seconds"


def local(moment, name):
    shown = (EPOCH + datetime.timedelta(seconds=moment)).astimezone(zoneinfo.ZoneInfo(name))
    zone = shown.tzname()
    return shown.strftime("%Y-%m-%d %H:%M:%S ") + (zone if zone[0].isalpha() else "UTC" + zone)


class Table:
    """Seeded cases: (text, zone of the workshop, last second or None, whether it comes twice)."""

    def __init__(self):
        self.dice = random.Random(20171103)
        zones = sorted(name for name in zoneinfo.available_timezones()
                       if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")))
        self.zones = HARD * 12 + zones
        self.changing = HARD * 2 + self.dice.sample(zones, 50)   # to find where clocks are changed takes a while
        self.changes = {}

    def day(self):
        year = self.dice.choice(YEARS)
        if self.dice.random() < 0.15:
            return datetime.date(self.dice.choice([y for y in YEARS if calendar.isleap(y)]), 2, 29)
        if self.dice.random() < 0.1:
            return self.dice.choice([datetime.date(year, 12, 31), datetime.date(year, 1, 1), datetime.date(year, 2, 28),
                                     datetime.date(year, 3, 1)])
        return datetime.date(year, 1, 1) + datetime.timedelta(days=self.dice.randrange(365))

    def change(self, name):
        """A wall time within two hours of one at which the clocks there are changed; any when they never are."""
        zone = zoneinfo.ZoneInfo(name)
        if name not in self.changes:
            offsets = []
            moment, step = datetime.datetime(YEARS[0], 1, 1, tzinfo=UTC), datetime.timedelta(days=4)
            before = moment.astimezone(zone).utcoffset()
            while moment.year <= YEARS[-1]:
                moment += step
                after = moment.astimezone(zone).utcoffset()
                if after != before:
                    offsets.append(moment - step)
                before = after
            self.changes[name] = offsets
        if not self.changes[name]:
            return self.wall()
        low = self.dice.choice(self.changes[name])
        old, high = low.astimezone(zone).utcoffset(), low + datetime.timedelta(days=4)
        while high - low > datetime.timedelta(seconds=1):
            middle = low + (high - low) // 2
            if middle.astimezone(zone).utcoffset() == old:
                low = middle
            else:
                high = middle
        near = self.dice.choice([-1, 0, 1, -60, 60, -3600, 3600, -1800, 1800, self.dice.randrange(-7200, 7200)])
        wall = (high.replace(microsecond=0, tzinfo=None) + self.dice.choice([old, high.astimezone(zone).utcoffset()])
                + datetime.timedelta(seconds=near))
        return wall if wall.year in YEARS else self.wall()

    def wall(self):
        clock = self.dice.choice([datetime.time(23, 59, 59), datetime.time(0, 0, 0), datetime.time(16, 59, 59),
                                  datetime.time(self.dice.randrange(24), self.dice.randrange(60), self.dice.randrange(60))])
        return datetime.datetime.combine(self.day(), clock)

    def written(self, wall, zone):
        """The text; without seconds the minute's last one is meant."""
        if self.dice.random() < 0.5:
            return f"{wall:%Y-%m-%d %H:%M} {zone}", wall.replace(second=59)
        return f"{wall:%Y-%m-%d %H:%M:%S} {zone}", wall

    def case(self):
        workshop = self.dice.choice(self.zones)
        kind = self.dice.choices(["edge", "place", "abbreviation", "offset", "bare"], [45, 20, 20, 8, 7])[0]
        if kind == "bare":
            day = self.day()
            return day.isoformat(), workshop, at_offset(datetime.datetime.combine(day, datetime.time(23, 59, 59)), -12), False
        if kind in ("edge", "place"):
            name = self.dice.choice(self.changing if kind == "edge" else self.zones)
            text, wall = self.written(self.change(name) if kind == "edge" else self.wall(), name)
            return text, workshop, *at_place(wall, name)
        if kind == "abbreviation":
            name = self.dice.choice(list(ABBREVIATIONS))
            text, wall = self.written(self.wall(), self.dice.choice([name, name.lower()]))
            return text, workshop, at_offset(wall, ABBREVIATIONS[name]), False
        hours = self.dice.randrange(-12, 15)
        text, wall = self.written(self.wall(), self.dice.choice([f"UTC{hours:+d}", f"{hours:+03d}:00", f"{hours:+03d}00"]))
        return text, workshop, at_offset(wall, hours), False


class Deadlines(unittest.TestCase):
    def test_as_zoneinfo_tells_them(self):
        table = Table()
        cases = []
        while len(cases) < CASES:
            case = table.case()
            if case[2] is None or case[2] >= 86400:   # the day after 1970 began: nothing is before it
                cases.append(case)
        asked = []
        for case in cases:
            last = case[2] if case[2] is not None else 10 ** 9
            far = table.dice.choice([1, 59, 60, 61, 3599, 3600, 3601, 86399, 86400, 86401, 7 * 86400 + 60,
                                     table.dice.randrange(1, 400 * 86400)])
            for apart in (-1, 0, 1, table.dice.choice([-far, far])):
                asked.append((*case, max(last + apart, 0)))
        done = subprocess.run([DRIVER], input="".join(f"{text}\t{zone}\t{received}\n" for text, zone, _, _, received in asked),
                              capture_output=True, text=True, check=True)
        told = done.stdout.splitlines()
        self.assertEqual(len(told), len(asked))
        wrong, never, twice = [], 0, 0
        for (text, zone, last, two, received), line in zip(asked, told):
            if last is None:
                never += 1
                if not (line.startswith("! ") and "leave" in line):
                    wrong.append((text, "these clocks never show that", line))
                continue
            twice += two
            expected = "\t".join([str(last), "on time" if received <= last else "late", str(last - received),
                                  span(last - received), local(last, zone), "twice" if two else "once"])
            if line != expected:
                wrong.append((text, zone, expected, line))
        self.assertEqual(wrong[:10], [], f"{len(wrong)} of {len(asked)}")
        # The table has what it is about.
        self.assertGreater(never, 200)
        self.assertGreater(twice, 200)
        print(f"{len(cases)} deadlines, {len(asked)} mails: {twice} at a time that comes twice, {never} at one that never "
              f"does; {len({zone for _, zone, *_ in asked})} zones", flush=True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
