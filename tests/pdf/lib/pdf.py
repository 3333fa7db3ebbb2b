"""A PDF written by hand: objects, a table of their places, a trailer."""

import zlib


class Pdf:
    def __init__(self, version="1.5"):
        self.version, self.objects, self.trailer = version, {}, {}

    def add(self, body, stream=None, number=None):
        """`body` without the stream's length; the object's number comes back."""
        number = number or len(self.objects) + 1
        data = body if isinstance(body, bytes) else body.encode("latin-1")
        if stream is not None:
            data = (data[:-2] + b"/Length %d>>stream\n" % len(stream)) + stream + b"\nendstream"
        self.objects[number] = data
        return number

    def reserve(self):
        return self.add(b"null")

    def stream(self, data, more=""):
        packed = zlib.compress(data, 9)
        return self.add(f"<</Filter/FlateDecode{more}>>", packed)

    def bytes(self, root, more=""):
        out = bytearray(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % self.version.encode())
        places = {}
        for number in sorted(self.objects):
            places[number] = len(out)
            out += b"%d 0 obj\n" % number + self.objects[number] + b"\nendobj\n"
        start = len(out)
        size = max(places) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % places[number]
        out += b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
            size, root, more.encode("latin-1"), start)
        return bytes(out)
