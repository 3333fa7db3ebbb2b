"""A type's name belongs to one type in all of papertray: two of one name in one namespace compile, link, and then the
linker gives both of them the members of one ([basic.def.odr] in the C++ standard; no diagnostic required)."""

import collections
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Comments, texts and characters may hold braces.
SPOKEN = re.compile(r'R"(\w*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)
NAMESPACE = re.compile(r"\bnamespace\s*([\w:]*)\s*\Z")
TYPE = re.compile(r"\b(?:struct|class|union|enum(?:\s+class)?)\s+(?:\[\[\w+\]\]\s*)?([\w:]+)(?:\s+final)?(?:\s*:[^:].*)?\s*\Z", re.S)


def types_of(text):
    """The full names of the types that are defined at a namespace's scope and can be seen from other files."""
    text = SPOKEN.sub("0", text)
    around, begin = [], 0   # a namespace's name; "" for one without a name; None for what is no namespace
    for mark in re.finditer(r"[{};]", text):
        head = text[begin:mark.start()]
        begin = mark.end()
        if mark[0] == "}" and around:
            around.pop()
        elif mark[0] == "{":
            if namespace := NAMESPACE.search(head):
                around.append(namespace[1])
                continue
            if all(around) and (named := TYPE.search(head.strip())):
                yield "::".join([*around, named[1]])
            around.append(None)


class Types(unittest.TestCase):
    def test_types_are_found(self):
        self.assertEqual(list(types_of("""
            struct Top { struct Inner {}; };
            namespace a::b {
            // struct Told {
            class One final : public Two<x> { void f() { struct Local {}; } };
            enum class Kind : char { x }; enum Old { y };
            namespace { struct Hidden {}; }
            struct Declared;
            const char* text = "struct Spoken {";
            struct a::b::Out::Side {};
            void g(struct Given x) { if (x) {} }
            }
            """)), ["Top", "a::b::One", "a::b::Kind", "a::b::Old", "a::b::a::b::Out::Side"])

    def test_each_name_is_one_type(self):
        """Of src/ among themselves, and of the tests of one program with it."""
        ours = collections.defaultdict(set)
        for path in sorted((ROOT / "src").rglob("*")) + sorted((ROOT / "tests").rglob("*")):
            if path.suffix in (".h", ".cc"):
                for name in types_of(path.read_text(encoding="utf-8")):
                    ours[name].add(str(path.relative_to(ROOT)))
        self.assertGreater(len(ours), 400)
        self.assertEqual({name: sorted(paths) for name, paths in ours.items() if len(paths) > 1}, {})


if __name__ == "__main__":
    unittest.main()
