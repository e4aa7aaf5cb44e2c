"""One spelling for all the ways to write the address of one page."""

import re
from urllib.parse import urljoin

import httpx
import regex
from django.conf import settings

# What senders of links add to learn who passed them on; no page looks different for it.
_TRACKING = re.compile(
    rb"(?:utm_[a-z_]+|fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi)(?:=|$)", re.I
)
_LIKE_LATIN = regex.compile(r"[\p{Cyrillic}\p{Greek}\p{Armenian}\p{Cherokee}]")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalised(address: str) -> str | None:
    """The address as its card is kept under and its page is asked for, or None when it can have no card.

    Lower case where case means nothing, ASCII alone, no fragment, no marks of tracking. Never raises.
    """
    try:
        parts = httpx.URL(address)
        host = parts.host.rstrip(".")
        if parts.scheme not in _DEFAULT_PORTS or parts.userinfo or "." not in host:
            return None
        port = None if parts.port == _DEFAULT_PORTS[parts.scheme] else parts.port
        parts = parts.copy_with(host=host, port=port, query=_untracked(parts.query))
        url = f"{parts.scheme}://{parts.netloc.decode()}{parts.raw_path.decode()}"
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return None
    return url if len(url) <= settings.LINK_MAX_LENGTH else None


def is_our_own(url: str) -> bool:
    """Whether this normalised address is one of this site, which needs nobody to tell what stands there."""
    parts, ours = httpx.URL(url), httpx.URL(settings.SITE_URL)
    return (parts.host, parts.port) == (ours.host, ours.port)


def host_of(url: str) -> str:
    """Where a normalised address leads, as people read it.

    A name whose letters could be taken for Latin ones is shown as machines write it, unless its ending is
    in the same script.
    """
    parts = httpx.URL(url)
    is_deceptive = parts.host.rpartition(".")[2].isascii() and _LIKE_LATIN.search(parts.host)
    return (parts.raw_host.decode() if is_deceptive else parts.host).removeprefix("www.")


def joined(base: str, address: str) -> str | None:
    """An address as the page `base` writes it, in full and in the one spelling; None for any but web ones."""
    try:
        return normalised(urljoin(base, address.strip()))
    except ValueError:
        return None


def _untracked(query: bytes) -> bytes | None:
    kept = b"&".join(part for part in query.split(b"&") if not _TRACKING.match(part))
    return kept or None
