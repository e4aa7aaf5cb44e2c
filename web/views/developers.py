"""How apps and scripts use this server: get started, and every operation of the API by area.

What the pages say is made by the API's own door. Doors do not know each other: twitter_clone/urls.py hands
the manual in.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from common.errors import NotFound

_CHAPTERS_KEPT = 16


class Chapter(Protocol):
    """One area of the API; what its templates show of it stands in api/manual.py."""

    @property
    def slug(self) -> str: ...


Manual = Callable[[], Sequence[Any]]


@require_safe
def developers(request: HttpRequest, manual: Manual) -> HttpResponse:
    chapters = manual()
    context = {"chapters": chapters, "drawn": _drawn(manual, "")}
    return render(request, "web/developers/start.html", context)


@require_safe
def chapter(request: HttpRequest, manual: Manual, slug: str) -> HttpResponse:
    found = _find(manual, slug)
    context = {"chapters": manual(), "chapter": found, "drawn": _drawn(manual, found.slug)}
    return render(request, "web/developers/chapter.html", context)


@lru_cache(maxsize=_CHAPTERS_KEPT)
def _drawn(manual: Manual, slug: str) -> SafeString:
    """The same for everybody until the server starts anew; "" is the first page."""
    if not slug:
        site = {"site_url": settings.SITE_URL, "site_host": settings.SITE_HOST}
        return render_to_string("web/developers/_start.html", {"chapters": manual(), **site})
    return render_to_string("web/developers/_chapter.html", {"chapter": _find(manual, slug)})


def _find(manual: Manual, slug: str) -> Chapter:
    for one in manual():
        if one.slug == slug:
            found: Chapter = one
            return found
    raise NotFound("The API has no such part.")
