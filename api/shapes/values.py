"""The small things that every shape writes alike: moments, addresses, HTML."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from html import escape, unescape

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from analytics.queries import Day
from common.ids import moment_of

_LINK_SHOWN = 30  # characters of a link after its scheme; the rest is there and not shown
_ANCHOR = re.compile(r"<a (?P<attributes>[^>]*)>(?P<text>[^<]*)</a>")
_HREF = re.compile(r'href="([^"]*)"')
_PARAGRAPH = re.compile(r"<p [^>]*>")


def stamp(moment: datetime) -> str:
    """Always with milliseconds and Z: some clients read nothing else."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def stamp_of(an_id: int) -> str:
    """When the row with this id was made."""
    return stamp(moment_of(an_id))


def day_shape(day: Day) -> dict[str, str]:
    """One day of a history."""
    return {"day": str(int(day.day.timestamp())), "uses": str(day.uses), "accounts": str(day.people)}


def absolute(path: str) -> str:
    """The whole address of something of ours, or of a storage elsewhere."""
    return f"{settings.SITE_URL}{path}" if path.startswith("/") else path


@lru_cache
def static(name: str) -> str:
    """The whole address of a static file."""
    return absolute(staticfiles_storage.url(name))


def html_of(html: str) -> str:
    """Our finished HTML as clients expect it: whole addresses, and the classes they look for."""
    return _ANCHOR.sub(_anchor, _PARAGRAPH.sub("<p>", html))


def _anchor(found: re.Match[str]) -> str:
    attributes, text = found["attributes"], found["text"]
    href = _HREF.search(attributes)
    address = href[1] if href else ""
    if 'class="mention"' in attributes:
        name = text[1:]
        return (
            f'<span class="h-card" translate="no"><a href="{absolute(address)}" class="u-url mention">'
            f"@<span>{name}</span></a></span>"
        )
    if 'class="hashtag"' in attributes:
        return f'<a href="{absolute(address)}" class="mention hashtag" rel="tag">#<span>{text[1:]}</span></a>'
    return _link(address)


def _link(address: str) -> str:
    """The whole link as text, so that nothing is lost when tags are taken away; styles hide the ends."""
    plain = unescape(address)
    scheme, separator, rest = plain.partition("://")
    shown, hidden = rest[:_LINK_SHOWN], rest[_LINK_SHOWN:]
    return (
        f'<a href="{address}" target="_blank" rel="nofollow noopener" translate="no">'
        f'<span class="invisible">{escape(scheme + separator)}</span>'
        f'<span class="{"ellipsis" if hidden else ""}">{escape(shown)}</span>'
        f'<span class="invisible">{escape(hidden)}</span></a>'
    )
