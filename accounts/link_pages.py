"""Whether a page links to a profile with rel="me", which only its owner can make it do."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

# HTMLParser takes time that grows with the square of some hostile pages. So the page is walked here, in one
# pass over what can hold or hide a link, and the parser sees single tags of a bounded length.
_OPENING = re.compile(
    r"<(?:(!--)|(a|link)(?=[\s/])|(script|style|textarea|title|template|noscript|iframe|xmp)(?=[\s/>]))", re.I
)
_TAG = re.compile(r"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_TAG_MAX_LENGTH = 4096  # characters; a longer tag is passed over


def links_back(page: str, page_url: str, profile_url: str) -> bool:
    """Whether an `a` or `link` element of the page, with the word “me” in its rel, leads to the profile."""
    for attributes in _links(page):
        rel = (attributes.get("rel") or "").lower().split()
        if "me" in rel and _leads_to(profile_url, page_url, attributes.get("href") or ""):
            return True
    return False


def _links(page: str) -> Iterator[dict[str, str | None]]:
    """The attributes of all `a` and `link` elements that a browser would see."""
    position = 0
    while found := _OPENING.search(page, position):
        comment, _, hiding = found.groups()
        if comment:
            position = page.find("-->", found.end()) + 3
            if position < 3:
                return
        elif hiding:
            end = re.compile(rf"</{hiding}", re.I).search(page, found.end())
            if end is None:
                return
            position = end.end()
        else:
            tag = _TAG.match(page, found.start(), found.start() + _TAG_MAX_LENGTH)
            position = tag.end() if tag else found.start() + _TAG_MAX_LENGTH
            if tag:
                yield _Attributes.of(tag.group())


class _Attributes(HTMLParser):
    """Reads one opening tag."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str | None] = {}

    @classmethod
    def of(cls, tag: str) -> dict[str, str | None]:
        parser = cls()
        parser.feed(tag)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The first of two attributes of the same name counts, as in browsers.
        self.found = dict(reversed(attrs))


def _leads_to(profile_url: str, page_url: str, href: str) -> bool:
    """Whether that link on that page is the profile, however its name is spelled."""
    try:
        one, other = urlsplit(urljoin(page_url, href.strip())), urlsplit(profile_url)
    except ValueError:
        return False
    return (
        one.scheme in ("http", "https")
        and one.netloc.lower() == other.netloc.lower()
        and unquote(one.path).rstrip("/").lower() == other.path.lower()
        and not one.query
    )
