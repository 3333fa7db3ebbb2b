"""What papertray does while it is broken: where each act begins, its commands, what stands in the mailbox."""

from support.desk import CHECK, SENDING
from support.mail import ON_TIME, ROOT, compose, other_mail, paper, paper_mail, pdf, question_mail, with_text

ADA, BOB, CARL, DORA, EVE = (f"{name}@example.org" for name in ("ada", "bob", "carl", "dora", "eve"))
HOLD = 'mode = "hold"'
RUN = ("run", "--once")
LARGE = b"%" + b"A large paper. " * 25_000 + b"\n"   # more than the log gathers in memory before it writes


def titled(author, title, name):
    return paper_mail(author, title, subject=f"NIPS Workshop Papers: {title}", name=name)


def large_mail():
    file = paper("Large", DORA, "About size.")
    return compose("large", ON_TIME, DORA, "NIPS Workshop Papers",
                   with_text("Here.\n", pdf(file.replace(b"\n", b"\n" + LARGE, 1), "large.pdf")))


def first_mails():
    """Of everything one; one mail comes twice."""
    question = question_mail("Why?", BOB, name="why")
    return [paper_mail(ADA, "One", name="one"), question, other_mail("Hello.", EVE, name="hello"), question, large_mail()]


def strange_mail():
    return compose("strange", ON_TIME, EVE, "Our work", with_text("See it.\n", pdf(paper("Odd", EVE, "Odd."), "odd.pdf")))


class Act:
    """`begin(scene)` makes the beginning, once. `commands` are then run one after the other; the one that was killed is
    run again, and may find that it was done (`codes`). `again` are what is run instead after a kill."""

    name, receipts, check, after, source = "", SENDING, CHECK, "flag", "imap"
    commands, codes, again, copies, env = (RUN,), (0,), None, False, {}

    @property
    def user(self):
        return self.name.replace(" ", "-").replace(",", "")

    def begin(self, scene):
        raise NotImplementedError


class First(Act):
    """Nothing is there yet: everything is made, mails come in, receipts go out."""
    name = "first"

    def begin(self, scene):
        scene.put(*first_mails())


class Segments(First):
    """The same, with a log of many short segments."""
    name, env = "segments", {"PAPERTRAY_SEGMENT_BYTES": "5000"}


class Second(Act):
    """On a desk with a past, whose log ends in what a power cut has left: a version, a new paper, a question."""
    name = "second"

    def begin(self, scene):
        scene.put(*first_mails())
        scene.desk.done(*RUN)
        scene.put(paper_mail(ADA, "One, revised", subject="[P-1] NIPS Workshop Papers", name="two", at=ON_TIME + 60),
                  titled(CARL, "Three", "three"), question_mail("How?", BOB, name="how"))
        with scene.desk.segments()[-1].open("ab") as log:
            log.write(b"\xa5" * 700)


class Hurried(Act):
    """What comes is looked into, and its receipt does not wait for that. One paper at a time, so that what is found comes
    in one order."""
    name, check = "hurried", 'mode = "on"\nbudget_seconds = 0'

    def begin(self, scene):
        for name in ("conforming", "a4"):
            file = (ROOT / "tests" / "pdf" / f"{name}.pdf").read_bytes()
            scene.put(*(compose(f"{name}-{number}", ON_TIME, ADA, f"NIPS Workshop Papers: {name}",
                                with_text("Here.\n", pdf(file, "paper.pdf"))) for number in (1, 2)))
            if name == "conforming":
                scene.desk.done(*RUN)


class Papers(Hurried):
    """The receipts of a paper and of the same file again wait for it; then all are looked into anew, one of which somebody
    has scribbled over."""
    name, check = "papers", 'mode = "on"\nbudget_seconds = 3600'
    commands = (RUN, ("recheck", "--all"))

    def begin(self, scene):
        super().begin(scene)
        (scene.desk.state / "papers" / "P-001_v1.pdf").write_bytes(b"%PDF-1.4 scribbled over")


class Move(Act):
    """The mails end in another folder."""
    name, receipts, after = "move", HOLD, "move:Processed"

    def begin(self, scene):
        scene.server.create(scene.user, "Processed")
        scene.put(*first_mails())


class Copy(Move):
    """The same on a server without MOVE: a copy is made and the mail removed. No command says "unless the copy is there",
    so a kill between the two leaves a second copy in the other folder, perhaps flagged \\Deleted (docs/reliability.md)."""
    name, source, copies = "copy", "imap without MOVE", True


class Files(Act):
    """From a Maildir into a Maildir."""
    name, source = "files", "maildir"

    def begin(self, scene):
        scene.put(*first_mails())


class Desk(Act):
    """What people do. Each acts once, so that a command run again finds nothing more to do."""
    name, receipts, codes = "desk", HOLD, (0, 1)
    commands = (("accept", "P-1", "P-2", "--as", "ann"), ("undo", "--as", "ann"),
                ("reject", "P-3", "--as", "ben", "--note", "too short"), ("merge", "P-1", "--into", "P-2", "--as", "cay"),
                ("route", "M-2", "papers", "--as", "dan"), ("dismiss", "M-1", "--as", "eli"), ("panel", "Q-1", "2", "--as", "fay"),
                ("outbox", "drop", "1", "--as", "gus"), ("outbox", "send", "--as", "hal"))

    def begin(self, scene):
        scene.put(other_mail("Hello.", EVE, name="hello"), strange_mail(), titled(ADA, "One", "one"), titled(BOB, "Two", "two"),
                  titled(CARL, "Three", "three"), question_mail("Why?", BOB, name="why"))
        scene.desk.done(*RUN)


class Rebuild(Act):
    """The database is made anew."""
    name, commands = "rebuild", (("rebuild",),)

    def begin(self, scene):
        Second.begin(self, scene)
        scene.desk.done(*RUN)


class Backup(Act):
    """An archive is written; what is left of it is looked at elsewhere (damage_test)."""
    name = "backup"

    @property
    def commands(self):
        return (("backup", "backup.tar"),)

    begin = Rebuild.begin


class RebuildThenRun(Rebuild):
    """Nobody repeats the rebuild that was killed: the next run goes on with what is there."""
    name, again = "rebuild, then run", (RUN,)


ACTS = (First(), Segments(), Second(), Papers(), Hurried(), Move(), Copy(), Files(), Desk(), Rebuild(), RebuildThenRun(),
        Backup())
