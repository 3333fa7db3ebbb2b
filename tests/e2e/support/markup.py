"""A page's parts by their headings: what tests read off it."""

import html5lib


def parse(text):
    page = html5lib.parse(text, namespaceHTMLElements=False)
    for one in page.iter():
        if isinstance(one.tag, str):
            one.tag = one.tag.rpartition("}")[2]   # drawings have a namespace of their own
    return page


def words(element):
    return " ".join("".join(element.itertext()).split())


def first(element, tag):
    return next(element.iter(tag))


def classed(element, name, tag=None):
    return [one for one in element.iter(tag) if name in one.get("class", "").split()]


def section(page, heading):
    """The <section> with that <h2>."""
    for one in page.iter("section"):
        if any(words(head) == heading for head in one.findall("h2")):
            return one
    raise AssertionError(f"no section is headed {heading!r}")


def rows(element):
    """Of the body of its table, cell by cell."""
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for body in element.iter("tbody") for row in body.iter("tr")]


def pairs(element):
    """Of a <dl>: what each term says; one in a <div> or not."""
    terms = [words(one) for one in element.iter("dt")]
    return list(zip(terms, [words(one) for one in element.iter("dd")], strict=True))
