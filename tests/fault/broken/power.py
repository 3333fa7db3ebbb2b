"""What a disk may hold when the power fails: what was synced, and of the rest nothing, all, or any of it.

Follows a journal (journal.c). Content is sure once its file was synced, a name once its folder was; the names of a
folder change in order (file systems keep a journal of them), writes come in any order and in pieces of 512 bytes.
"""

import pathlib
import struct

SECTOR = 512
HEAD = struct.Struct("<cQQQQ")
NONE, ALL, SOME = "none", "all", "some"   # of what was not synced


def records(path):
    """(kind, path, second path, offset, data, where it ends in the journal)"""
    raw, at = pathlib.Path(path).read_bytes(), 0
    while at < len(raw):
        kind, first, second, size, offset = HEAD.unpack_from(raw, at)
        at += HEAD.size
        names = raw[at:at + first].decode(), raw[at + first:at + first + second].decode()
        data = raw[at + first + second:at + first + second + size]
        at += first + second + size
        yield kind.decode(), *names, offset, data, at


class Content:
    """A file without its name."""

    def __init__(self, durable=b""):
        self.durable, self.open = durable, []   # (offset, data), or (size, None): cut or made longer

    def sync(self):
        self.durable, self.open = self.apply(self.open), []

    def apply(self, changes):
        now = bytearray(self.durable)
        for offset, data in changes:
            end = offset + len(data or b"")
            if data is None:
                del now[offset:]
            if len(now) < end:
                now.extend(bytes(end - len(now)))
            if data is not None:
                now[offset:end] = data
        return bytes(now)

    def after(self, how, dice):
        return self.apply(self.open if how == ALL else [] if how == NONE else list(self.some(dice)))

    def some(self, dice):
        for offset, data in self.open:
            luck = dice.random()
            if luck < 0.5 or (data is None and luck < 0.75):
                yield offset, data
            elif data is not None and luck < 0.75:   # torn: the sectors of the file, not of the write
                at = 0
                while at < len(data):
                    size = min(SECTOR - (offset + at) % SECTOR, len(data) - at)
                    if dice.random() < 0.5:
                        yield offset + at, data[at:at + size]
                    at += size


class Folder:
    def __init__(self):
        self.names, self.durable, self.open = {}, {}, []

    def change(self, change):
        self.do(self.names, change)
        self.open.append(change)

    @staticmethod
    def do(names, change):
        kind, name, what = change
        if kind == "add":
            names[name] = what
        elif kind == "remove":
            names.pop(name, None)
        elif name in names:   # rename
            names[what] = names.pop(name)

    def sync(self):
        self.durable, self.open = dict(self.names), []

    def after(self, how, dice):
        names = dict(self.durable)
        for change in self.open if how == ALL else [] if how == NONE else self.open[:dice.randrange(len(self.open) + 1)]:
            self.do(names, change)
        return names


class Disk:
    """`root`: a folder as it was, all of it synced. Names in the journal are absolute; others are not looked at."""

    def __init__(self, root, existing=None):
        self.root = pathlib.Path(root)
        self.above = Folder()   # where the root's own name stands
        if existing:
            self.above.change(("add", self.root.name, self.load(pathlib.Path(existing))))
            self.above.sync()

    def load(self, path):
        folder = Folder()
        for one in path.iterdir():
            folder.change(("add", one.name, self.load(one) if one.is_dir() else Content(one.read_bytes())))
        folder.sync()
        return folder

    def folder(self, path):
        path = pathlib.Path(path)
        if path == self.root.parent:
            return self.above
        return self.folder(path.parent).names[path.name]

    def follows(self, path):
        path = pathlib.Path(path)
        return path == self.root.parent or path == self.root or self.root in path.parents

    def take(self, kind, path, second, offset, data):
        """One record; those about other folders change nothing."""
        path = pathlib.Path(path)
        if not self.follows(path):
            return
        if kind == "D":
            self.folder(path).sync()
            return
        folder = self.folder(path.parent)
        if kind in "CM":
            folder.change(("add", path.name, Folder() if kind == "M" else Content()))
        elif kind == "U":
            folder.change(("remove", path.name, None))
        elif kind == "R":
            assert pathlib.Path(second).parent == path.parent, (path, second)
            folder.change(("rename", path.name, pathlib.Path(second).name))
        elif path.name in folder.names:   # else removed while it was open
            content = folder.names[path.name]
            if kind == "S":
                content.sync()
            else:
                content.open.append((offset, None if kind == "T" else data))

    def put(self, where, how, dice):
        """Writes into `where` what is there after a cut; SQLite's shared memory never is."""
        root = self.above.after(how, dice).get(self.root.name)
        if root is not None:
            self.write(root, pathlib.Path(where), how, dice)

    def write(self, folder, where, how, dice):
        where.mkdir(mode=0o700)
        for name, what in folder.after(how, dice).items():
            if isinstance(what, Folder):
                self.write(what, where / name, how, dice)
            elif not name.endswith("-shm"):
                (where / name).write_bytes(what.after(how, dice))
                (where / name).chmod(0o600)
