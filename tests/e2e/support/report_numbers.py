"""The report's pages against the database, number by number. All is counted here anew, with SQL of the test's own."""

import re
from collections import Counter

from . import told
from .markup import classed, first, pairs, parse, rows, section, words

MINUTE, HOUR, DAY = 60, 3600, 86400
LATENESS = ((-7 * DAY - 1, "more than a week before"), (-DAY - 1, "in the last week"), (-HOUR - 1, "in the last day"),
            (0, "in the last hour"), (HOUR, "up to an hour late"), (DAY, "up to a day late"), (None, "more than a day late"))
LATENCY = ((1, "within a second"), (10, "within 10 seconds"), (MINUTE, "within a minute"), (10 * MINUTE, "within 10 minutes"),
           (HOUR, "within an hour"), (DAY, "within a day"), (None, "more than a day"))
COUNTRIES = {"de": "Germany", "fr": "France", "jp": "Japan", "uk": "United Kingdom"}
PAPERS = ("FROM submission s JOIN version v ON v.id = s.counting"
          " WHERE s.merged_into IS NULL AND v.paper_file <> ''")
LETTERS = ("accepted", "rejected", "reminder")   # sent by people: they answer no mail


def sorted_into(limits, values):
    counts = Counter()
    for value in values:
        counts[next(label for limit, label in limits if limit is None or value <= limit)] += 1
    return [[label, told.grouped(counts[label]), ""] for _, label in limits]


class ReportNumbers:
    """`check` goes through both kinds of pages; `shown` is what check_html gave."""

    def __init__(self, case, desk, shown):
        self.case, self.desk, self.shown = case, desk, shown
        self.index = parse(shown["index.html"])

    def one(self, sql, *values):
        return self.desk.query(sql, *values)[0][0]

    def count(self, rest):
        return self.one("SELECT count(*) " + rest)

    def check(self):
        for part in (self.head, self.timeline, self.days, self.waiting, self.lateness, self.pages, self.findings, self.countries,
                     self.latency, self.outbox, self.papers, self.questions, self.submissions):
            with self.case.subTest(part.__name__):
                part()

    # ---- the front page

    def head(self):
        expected = []
        for track, in self.desk.query("SELECT DISTINCT track FROM submission WHERE merged_into IS NULL ORDER BY track"):
            of = f"FROM submission WHERE merged_into IS NULL AND track = '{track}'"
            accepted, rejected = (self.count(f"{of} AND state = '{state}'") for state in ("accepted", "rejected"))
            expected.append((track, f"{self.count(of)} {self.count(of + ' AND on_time = 0')} late"))
            if accepted + rejected:
                expected.append((track + " accepted", f"{accepted} {rejected} rejected"))
        mails = self.count("FROM message") + self.count("FROM place WHERE fate IS NOT NULL")
        queued = self.count("FROM outbox WHERE state IN ('queued', 'sending')")
        expected += [("mails", f"{mails} {self.count('FROM message WHERE fate = ' + repr('ignored'))} ignored"),
                     ("letters sent", f"{self.count('FROM outbox WHERE state = ' + repr('sent'))} {queued} queued")]
        head, = classed(self.index, "numbers", "dl")
        self.case.assertEqual(pairs(head), [(name, value) for name, value in expected])

    def arrivals(self):
        """(when it first came, when all its versions did) of each paper; final copies are another matter."""
        came = {}
        for submission, at in self.desk.query("SELECT submission, received_at FROM version WHERE paper_file <> '' AND final = 0"
                                              " ORDER BY received_at, id"):
            came.setdefault(submission, []).append(at)
        return came

    def timeline(self):
        came = self.arrivals()
        firsts, every = sorted(min(times) for times in came.values()), sorted(at for times in came.values() for at in times)
        due = self.one("SELECT max(due_at) FROM version WHERE paper_file <> ''")
        drawing, = classed(self.index, "timeline", "svg")
        self.case.assertEqual(
            words(first(drawing, "desc")),
            f"{len(firsts)} papers came from {told.second(firsts[0])} to {told.second(firsts[-1])}, with later versions {len(every)} "
            f"in all; {sum(at <= due for at in firsts)} of the papers before the deadline, {told.second(due)}.")
        # Its own scale: the lines across, and the number that stands at each.
        lines = sorted({float(line.get("y1")) for line in classed(drawing, "grid", "line") if line.get("y1") == line.get("y2")},
                       reverse=True)
        numbers = [int(words(text).replace(",", "")) for text in drawing.iter("text") if text.get("text-anchor") == "end"
                   and re.fullmatch(r"[\d,]+", words(text))]
        self.case.assertEqual(len(lines), len(numbers))
        for name, expected in (("submissions", len(firsts)), ("versions", len(every))):
            path, = classed(drawing, name, "path")
            top = float(re.findall(r"V([\d.]+)", path.get("d"))[-1])
            reached = (lines[0] - top) / (lines[0] - lines[-1]) * (numbers[-1] - numbers[0])
            self.case.assertAlmostEqual(reached, expected, delta=0.1 * expected / 20 + 0.05, msg=name)
        self.case.assertEqual(len(classed(drawing, "deadline", "line")), 1)

    def days(self):
        came, expected, all_of_them = self.arrivals(), [], 0
        new = Counter(told.day(min(times)) for times in came.values())
        versions = Counter(told.day(at) for times in came.values() for at in times)
        for day in sorted(versions):
            all_of_them += new[day]
            expected.append([day, *map(told.grouped, (new[day], versions[day], all_of_them))])
        self.case.assertEqual(rows(section(self.index, "Submissions over time")), expected)

    def waiting(self):
        outbox = lambda state: self.count(f"FROM outbox WHERE state = '{state}'")
        late = [(self.count(f"FROM submission WHERE merged_into IS NULL AND on_time = 0 AND state = 'submitted' AND track = '{track}'"),
                 f"late submission~ in {track}", f"papertray list {track} --late")
                for track, in self.desk.query("SELECT DISTINCT track FROM submission ORDER BY track")]
        problems = "papertray list outbox --problems"
        expected = [
            (self.count("FROM message WHERE fate = 'triage'"), "message~ in triage", "papertray list triage"),
            (self.count("FROM note n JOIN message m ON m.id = n.message WHERE n.open = 1 AND m.fate <> 'triage'"),
             "note~ that ask$ for a decision", "papertray list triage"),
            (self.count("FROM message WHERE fate = 'quarantined'") + self.count("FROM place WHERE fate = 'quarantined'"),
             "message~ in quarantine", "papertray list triage"),
            (outbox("failed"), "receipt~ that could not be delivered", problems),
            (outbox("unknown"), "receipt~ of unknown outcome", problems),
            (outbox("suppressed"), "receipt~ that no machine may send", problems),
            (outbox("held"), "receipt~ held until you send " + ("it" if outbox("held") == 1 else "them"), "papertray list outbox"),
            (outbox("paused"), "mail~ that somebody paused", problems), *late]
        expected = [f"{count} {what.replace('~', '' if count == 1 else 's').replace('$', 's' if count == 1 else '')} {command}"
                    for count, what, command in expected if count]
        shown = section(self.index, "Waiting for a person")
        self.case.assertEqual([" ".join("".join(part if part else "" for part in one.itertext()).replace("papertray", " papertray").split())
                               for one in shown.iter("li")], expected)
        if not expected:
            self.case.assertIn("Nothing waits.", words(shown))

    def buckets(self, heading, expected):
        self.case.assertEqual(rows(section(self.index, heading)), expected)
        bars = [float(bar.get("width")) for bar in section(self.index, heading).iter("rect")]
        counts = [int(row[1].replace(",", "")) for row in expected]
        most = max(counts, default=0)
        for bar, number in zip(bars, counts, strict=True):
            self.case.assertAlmostEqual(bar, 100 * number / most if most else 0, delta=0.05)

    def lateness(self):
        margins = self.desk.query(f"SELECT v.margin_s {PAPERS} AND v.due_at IS NOT NULL")
        self.buckets("Seen from the deadline", sorted_into(LATENESS, [-margin for margin, in margins]))

    def pages(self):
        counts = Counter(pages for pages, in self.desk.query(
            "SELECT (SELECT nullif(c.pages, 0) FROM paper_check c WHERE c.sha256 = v.sha256 AND c.track = s.track) " + PAPERS))
        unknown = counts.pop(None, 0)
        expected = [[f"{pages} page{'' if pages == 1 else 's'}", told.grouped(counts[pages]), ""] for pages in sorted(counts)]
        self.buckets("Pages", expected + ([["not counted", told.grouped(unknown), ""]] if unknown else []))

    def findings(self):
        found = Counter()
        for name, severity, _ in set(self.desk.query(
                "SELECT f.name, f.severity, s.id FROM submission s JOIN version v ON v.id = coalesce(s.final_copy, s.counting)"
                " JOIN paper_check c ON c.sha256 = v.sha256 AND c.track = s.track JOIN finding f ON f.paper_check = c.id"
                " WHERE s.merged_into IS NULL AND s.state <> 'withdrawn'")):
            found[name, severity] += 1
        expected = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        self.buckets("Findings in papers", [[f"{name} ({severity})", told.grouped(number), ""] for (name, severity), number in expected])

    def countries(self):
        counts = Counter()
        for address, in self.desk.query("SELECT s.submitter " + PAPERS):
            top = address.rsplit(".", 1)[-1].lower()
            counts[COUNTRIES.get(top, "." + top)] += 1
        self.case.assertLess(len(counts), 12)
        expected = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        self.buckets("Countries, by the address's domain", [[name, told.grouped(number), ""] for name, number in expected])

    def latency(self):
        spans = [max(0, sent - received) for received, sent in self.desk.query(
            "SELECT m.received_at, min(a.ended_at) FROM outbox o JOIN message m ON m.id = o.message"
            " JOIN outbox_attempt a ON a.outbox = o.id AND a.state = 'sent'"
            f" WHERE o.kind NOT IN {LETTERS} AND o.kind NOT LIKE 'letters/%' GROUP BY o.id")]
        self.case.assertTrue(spans)
        heading = "Receipts: from received to sent"
        self.buckets(heading, sorted_into(LATENCY, spans))
        remark, = classed(section(self.index, heading), "beside")
        half, ninth, slowest = (told.span(told.percentile(spans, percent)) for percent in (50, 90, 100))
        self.case.assertEqual(words(remark), f"Half of the {len(spans)} receipts within {half}, nine in ten within {ninth}, "
                                             f"the slowest {slowest}.")

    def outbox(self):
        expected = [[str(row), to, kind, state, str(attempts), reason] for row, to, kind, state, attempts, reason in self.desk.query(
            "SELECT id, recipient, kind, state, attempts, reason FROM outbox WHERE state NOT IN ('sent', 'dropped') ORDER BY id")]
        self.case.assertEqual(rows(section(self.index, "Outbox problems")), expected)

    def papers(self):
        expected = []
        for number, title, submitter, at, on_time, margin, state, versions, sha256, track in self.desk.query(
                "SELECT s.number, coalesce(nullif(v.title, ''), s.title), s.submitter, v.received_at, v.on_time, v.margin_s, s.state,"
                f" s.versions, v.sha256, s.track {PAPERS} ORDER BY s.id"):
            pages = self.desk.query("SELECT nullif(pages, 0) FROM paper_check WHERE sha256 = ? AND track = ?", sha256, track)
            found = self.desk.query("SELECT count(*) FROM finding f JOIN paper_check c ON c.id = f.paper_check WHERE c.sha256 = ?"
                                    " AND c.track = ? AND (f.severity <> 'note' OR f.for_organizers)", sha256, track)[0][0]
            expected.append([f"P-{number}", title, submitter, told.minute(at), told.short_lateness(on_time, margin), state, str(versions),
                             str(pages[0][0] or "") if pages else "", str(found)])
        self.case.assertEqual(rows(section(self.index, "Papers")), expected)

    def questions(self):
        expected = []
        for submission, number, asker, panel in self.desk.query(
                "SELECT s.id, s.number, s.submitter, s.panel FROM submission s WHERE s.merged_into IS NULL AND s.prefix = 'Q' ORDER BY s.id"):
            text, = self.desk.query("SELECT t.text FROM version v JOIN version_text t ON t.version = v.id WHERE v.submission = ?"
                                    " ORDER BY v.merged_from IS NOT NULL, v.version DESC", submission)[0]
            expected.append([f"Q-{number}", " ".join(text.split()), asker, str(panel or "")])
        self.case.assertEqual(rows(section(self.index, "Questions")), expected)

    # ---- the page of each submission

    def submissions(self):
        every = self.desk.query("SELECT id, prefix, number FROM submission WHERE merged_into IS NULL ORDER BY id")
        self.case.assertEqual({path for path in self.shown if path.startswith("submissions/")},
                              {f"submissions/{prefix}-{number:03}.html" for _, prefix, number in every})
        for submission, prefix, number in every:
            with self.case.subTest(f"{prefix}-{number}"):
                self.submission(parse(self.shown[f"submissions/{prefix}-{number:03}.html"]), submission)

    def submission(self, page, submission):
        state, panel, address, name, track = self.desk.query(
            "SELECT state, panel, submitter, submitter_name, track FROM submission WHERE id = ?", submission)[0]
        facts = dict(pairs(next(page.iter("main")).find("dl")))
        self.case.assertEqual((facts["State"], facts.get("Panel"), facts["From"], facts["Track"]),
                              (state, str(panel) if panel else None, f"{name} <{address}>" if name else address, track))
        self.versions(page, submission)
        self.case.assertEqual([words(one).split()[0] for one in self.below(page, "Mails")],
                              [f"M-{message}" for message, in self.desk.query(
                                  "SELECT message FROM submission_message WHERE submission = ? ORDER BY message", submission)])
        self.case.assertEqual([words(one) for one in self.below(page, "Letters of ours")],
                              [f"{kind} to {to}: {state}{reason}" for kind, to, state, reason in self.desk.query(
                                  "SELECT kind, recipient, state, reason FROM outbox WHERE submission = ? ORDER BY id", submission)])
        self.history(page, submission)

    @staticmethod
    def below(page, heading):
        """The items of the list that follows the heading; none where it is not there."""
        main = list(next(page.iter("main")))
        for head, listed in zip(main, main[1:]):
            if head.tag == "h2" and words(head) == heading:
                return [one for one in listed if one.tag == "li"]
        return []

    def versions(self, page, submission):
        expected = []
        for version, at, on_time, margin, message, file, file_name, size, sha256, final, final_due, excused, source in self.desk.query(
                "SELECT version, received_at, on_time, margin_s, message, paper_file, file_name, size, sha256, final, final_due_at,"
                " excused IS NOT NULL, (SELECT prefix || '-' || number FROM submission WHERE id = merged_from) FROM version"
                " WHERE submission = ? ORDER BY version", submission):
            if final:
                margin, on_time = final_due - at, excused or at <= final_due
            state = told.margin(on_time and not excused, margin) + (", excused" if excused else "")
            facts = {"Received": told.second(at), "Mail": f"M-{message}", "SHA-256": sha256}
            facts |= {"File": file, "Size": told.size(size)} if file else {}
            facts |= {"Named by its sender": file_name} if file_name else {}
            found = []
            if file:
                (check, pages), = self.desk.query("SELECT c.id, c.pages FROM paper_check c JOIN submission s ON s.track = c.track"
                                                  " WHERE s.id = ? AND c.sha256 = ?", submission, sha256)
                facts["Pages"] = str(pages)
                found = [f"{name} ({severity}) {text}" for name, severity, text in self.desk.query(
                    "SELECT name, severity, text FROM finding WHERE paper_check = ? ORDER BY number", check)]
            expected.append((f"Version {version}" + (", final copy" if final else ""), state, source, facts, found))
        cards = [one for one in classed(page, "card", "section") if one.find("h3") is not None]
        for card, (head, state, source, facts, found) in zip(cards, expected, strict=True):
            shown = dict(pairs(card.find("dl")))
            self.case.assertEqual(words(card.find("h3")), head)
            shown["Pages"] = shown.get("Pages", "").split(",")[0]   # "3, 2 of them before ..."
            self.case.assertEqual([words(one) for kind in classed(card, "findings") for one in kind.iter("li")],
                                  [" ".join(one.split()) for one in found])
            self.case.assertTrue(shown["In time"].startswith(state), (shown["In time"], state))
            self.case.assertEqual(source is not None and f"from {source}" in shown["In time"], source is not None)
            self.case.assertEqual({name: shown.get(name) for name in facts}, facts)

    def history(self, page, submission):
        """As many lines as there are things that happened, each with its time."""
        times = []
        for at, read in self.desk.query("SELECT v.received_at, m.fetched_at FROM version v JOIN message m ON m.id = v.message"
                                        " WHERE v.submission = ?", submission):
            times += [at, read]
        times += [at for at, in self.desk.query(
            "SELECT m.received_at FROM submission_message b JOIN message m ON m.id = b.message WHERE b.submission = ?1 AND"
            " NOT EXISTS (SELECT 1 FROM version v WHERE v.message = m.id AND v.submission = ?1)", submission)]
        for row, at, attempts, state in self.desk.query("SELECT id, created_at, attempts, state FROM outbox WHERE submission = ?",
                                                        submission):
            times += [at] + ([at] if attempts == 0 and state not in ("queued", "sending") else [])
            times += [end if end is not None else begun for begun, end in self.desk.query(
                "SELECT begun_at, ended_at FROM outbox_attempt WHERE outbox = ?", row)]
        times += [at for at, in self.desk.query("SELECT m.received_at FROM outbox o JOIN message m ON m.id = o.bounce"
                                                " WHERE o.submission = ?", submission)]
        for at, undone in self.desk.query(
                "SELECT o.at, o.undone_at FROM act a JOIN desk_order o ON o.id = a.desk_order"
                " WHERE (a.submission = ?1 AND a.kind <> 'route') OR a.target = ?1", submission):
            times += [at] + ([undone] if undone is not None else [])
        self.case.assertEqual([words(next(one.iter("time"))) for one in self.below(page, "History")],
                              [told.second(at) for at in sorted(times)])
