"""Elements of a foreign page, found in one pass whose time grows with the page and no faster.

Python's HTMLParser takes time that grows with the square of some hostile pages. So the page is walked here,
from tag to tag, and the parser sees single tags of a bounded length.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

# What stands in these is no element.
_HIDING = {"script", "style", "textarea", "title", "template", "noscript", "iframe", "xmp"}
_CLOSING = {name: re.compile(rf"</{name}", re.I) for name in _HIDING}
_OPENING = re.compile(r"<(?:(?P<comment>!--)|(?P<name>[a-z][^\s/>]*+))", re.I)
_TAG = re.compile(r"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_TAG_MAX_LENGTH = 4096  # characters; a longer tag is passed over


class Element(NamedTuple):
    """A name in lower case, attributes as a browser reads them, and the raw text of what holds text alone."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def elements(page: str, *names: str) -> Iterator[Element]:
    """The elements of these names that a browser would see, in order. No page raises."""
    position = 0
    while found := _OPENING.search(page, position):
        if found["comment"]:
            position = page.find("-->", found.end()) + 3
            if position < 3:
                return
            continue
        name = found["name"].lower()
        most = found.start() + _TAG_MAX_LENGTH
        tag = _TAG.match(page, found.start(), most)
        position, text = tag.end() if tag else most, ""
        if name in _HIDING:
            end = _CLOSING[name].search(page, tag.end() if tag else found.end())
            if end is None:
                return
            text, position = page[tag.end() : end.start()] if tag else "", end.end()
        if tag and name in names:
            yield Element(name, _Attributes.of(tag.group()), text)


class _Attributes(HTMLParser):
    """Reads one opening tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    @classmethod
    def of(cls, tag: str) -> dict[str, str]:
        parser = cls()
        parser.feed(tag)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The first of two attributes of the same name counts, as in browsers.
        self.found = {name: value or "" for name, value in reversed(attrs)}
