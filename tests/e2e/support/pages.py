"""Pages that the program wrote: are they valid, do their links lead somewhere, who is named in them."""

import re
import urllib.parse
from html.parser import HTMLParser

import html5lib


class Links(HTMLParser):
    """What a page refers to, and what can be referred to in it."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.tags = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src"):
                self.links.append(value)
            elif name in ("aria-labelledby", "aria-describedby"):
                self.links += ["#" + one for one in value.split()]


def texts(folder):
    """Every file but the PDFs, by its path."""
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".pdf"}


def check_html(case, folder):
    """HTML5 as html5lib's strict parser has it, no script, ids once, every link resolves."""
    pages = {path: text for path, text in texts(folder).items() if path.endswith(".html")}
    parsed = {}
    for path, text in pages.items():
        with case.subTest(path):
            html5lib.HTMLParser(strict=True).parse(text)
            parsed[path] = Links(text)
            case.assertEqual(len(parsed[path].ids), len(set(parsed[path].ids)))
            case.assertNotIn("script", parsed[path].tags)
            case.assertEqual(parsed[path].tags.count("h1"), 1)
    for path, links in parsed.items():
        for link in links.links:
            if re.match(r"(https?|data):", link):
                continue
            with case.subTest(f"{path} -> {link}"):
                file, _, fragment = link.partition("#")
                target = (folder / path).parent / urllib.parse.unquote(file) if file else folder / path
                case.assertTrue(target.is_file(), target)
                if fragment:
                    case.assertIn(fragment, parsed[str(target.resolve().relative_to(folder.resolve()))].ids)
    return pages


def every_address(desk):
    """All e-mail addresses in the database, wherever they stand, in small."""
    found = set()
    for _, (_, rows) in desk.tables().items():
        for row in rows:
            for value in row:
                if isinstance(value, bytes):
                    value = value.decode("utf-8", "replace")
                if isinstance(value, str):
                    found.update(one.lower() for one in re.findall(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", value))
    return found


def check_no_address(case, desk, folder):
    addresses = every_address(desk)
    case.assertGreater(len(addresses), 2)
    for path, text in texts(folder).items():
        for address in addresses:
            case.assertNotIn(address, text.lower(), path)
