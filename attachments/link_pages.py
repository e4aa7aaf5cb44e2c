"""What a page says of itself: by its OpenGraph and Twitter tags, or else by its title and description."""

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import regex
from django.conf import settings

from attachments.link_addresses import joined
from common.markup import Element, elements

_ELEMENTS_MOST = 2000  # that are looked at; no honest page says as much of itself
_WORDS_READ = 4096  # characters of one saying
# Control characters, half letters, and marks that could make a card read as something it does not say.
_UNWELCOME = regex.compile(
    r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF\u202A-\u202E\u2066-\u206F\uFFF9-\uFFFC]"
)
_VISIBLE = regex.compile(r"[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]")
_CUT = "…"
_USERNAME = regex.compile(r"[\w.-]{1,30}")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a card shows of a page; an empty text is not said. `picture_url` is a whole web address.

    `creator` is a username: alice of this server, alice@other.example of another. `form` is what the page
    wants to be shown as, by its Twitter tag: “summary” or “summary_large_image”.
    """

    title: str = ""
    description: str = ""
    site_name: str = ""
    author_name: str = ""
    creator: str = ""
    picture_url: str = ""
    picture_description: str = ""
    form: str = ""


def read_page(page: str, page_url: str) -> PageFacts:
    """The facts of the page at that address; without a title there is nothing to show. No page raises."""
    said = _said(islice(elements(page, "title", "meta", "base"), _ELEMENTS_MOST))
    words, name = settings.LINK_DESCRIPTION_MAX_LENGTH, settings.LINK_NAME_MAX_LENGTH
    title = _first(said, settings.LINK_TITLE_MAX_LENGTH, "og:title", "twitter:title", "<title>")
    description = _first(said, words, "og:description", "twitter:description", "description")
    base = joined(page_url, said.get("<base>", "")) or page_url
    return PageFacts(
        title=title,
        description="" if description == title else description,
        site_name=_first(said, name, "og:site_name", "application-name"),
        author_name=_author(said, name),
        creator=_creator(said, name),
        picture_url=_picture(said, base),
        picture_description=_first(said, words, "og:image:alt", "twitter:image:alt"),
        form=said.get("twitter:card", "").strip().lower(),
    )


def tidy(text: str, length: int) -> str:
    """One line of at most so many characters, with single spaces and nothing unseen in it."""
    line = " ".join(unicodedata.normalize("NFC", _UNWELCOME.sub(" ", text[:_WORDS_READ])).split())
    if not _VISIBLE.search(line):
        return ""
    return line if len(line) <= length else line[: length - 1].rstrip() + _CUT


def _said(found: Iterable[Element]) -> dict[str, str]:
    """The first saying under each name. What is no `meta` has a name that no page can give."""
    said: dict[str, str] = {}
    for element in found:
        if element.name == "title":
            said.setdefault("<title>", html.unescape(element.text[:_WORDS_READ]))
        elif element.name == "base":
            said.setdefault("<base>", element.attributes.get("href", ""))
        elif content := element.attributes.get("content", "").strip():
            for attribute in ("property", "name"):
                said.setdefault(element.attributes.get(attribute, "").strip().lower(), content)
    return said


def _first(said: dict[str, str], length: int, *names: str) -> str:
    """The first of these that says something a reader could see."""
    return next(filter(None, (tidy(said.get(name, ""), length) for name in names)), "")


def _author(said: dict[str, str], length: int) -> str:
    """Some pages give an address here, which is nobody's name."""
    names = (tidy(said.get(name, ""), length) for name in ("author", "article:author"))
    return next((name for name in names if name and "://" not in name), "")


def _creator(said: dict[str, str], length: int) -> str:
    """`@alice@this.server` is alice. Without a server it could be anybody."""
    handle = tidy(said.get("fediverse:creator", ""), length).lower().removeprefix("@")
    name, _, host = handle.partition("@")
    if not (_USERNAME.fullmatch(name) and host):
        return ""
    return name if host == settings.SITE_HOST else handle


def _picture(said: dict[str, str], base: str) -> str:
    names = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
    found = (joined(base, said[name]) for name in names if name in said)
    return next(filter(None, found), "")
