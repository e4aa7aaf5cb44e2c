"""The words of a profile: made tidy, checked, and finished as HTML when they are written."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.errors import Invalid

# Characters that turn the direction of what follows could make a page read as something it does not say.
_DIRECTION = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}…"
_LINK_SHOWN = 40  # characters of an address before it is cut
_is_url = URLValidator(schemes=["http", "https"])


def tidy_line(text: str) -> str:
    """One line without invisible control characters, with single spaces."""
    return " ".join(_visible(text).split())


def tidy_text(text: str) -> str:
    """Several lines: at most one empty line in a row, none at the ends."""
    lines = [line.rstrip() for line in _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def tidy_website(address: str) -> str:
    """An http(s) address; https is assumed when the scheme is left out. Raises Invalid on anything else."""
    address = tidy_line(address)
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    try:
        _is_url(address)
    except ValidationError:
        raise Invalid("This is not a web address. Write it like https://example.org.", "website") from None
    if urlsplit(address).username is not None:
        raise Invalid("Leave name and password out of the address.", "website")
    return address


def is_secure_link(text: str) -> bool:
    """Whether all of the text is one https address, without name and password in it."""
    try:
        _is_url(text)
    except ValidationError:
        return False
    parts = urlsplit(text)
    return parts.scheme == "https" and parts.username is None


def bio_to_html(bio: str) -> SafeString:
    """Escaped text with line breaks and with its http(s) addresses as links."""
    parts: list[str] = []
    done = 0
    for found in _LINK.finditer(bio):
        address = found.group().rstrip(_AFTER_LINK)
        parts += [escape(bio[done : found.start()]), _link(address)]
        done = found.start() + len(address)
    parts.append(escape(bio[done:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308  every part is escaped above


def _visible(text: str) -> str:
    return "".join(letter for letter in text if letter == "\n" or _is_visible(letter))


def _is_visible(letter: str) -> bool:
    if unicodedata.category(letter) in {"Cc", "Cs"}:
        return letter == "\t"
    return unicodedata.bidirectional(letter) not in _DIRECTION


def _link(address: str) -> str:
    shown = address.partition("://")[2]
    if len(shown) > _LINK_SHOWN:
        shown = shown[:_LINK_SHOWN] + "…"
    return f'<a href="{escape(address)}" rel="nofollow noopener ugc">{escape(shown)}</a>'
