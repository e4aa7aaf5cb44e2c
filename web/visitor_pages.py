"""Pages for visitors are drawn once for the same moment: kept in memory, named by an ETag, answered with 304.

Only what a browser gets that has no cookie but the look of the site. A page counts for one revision
(common/revision): anything that anybody does, here or in another process, makes it be drawn anew. Apart
from that it lives for VISITOR_PAGES_SECONDS, because ages on it grow.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response

from analytics.actions import Shown, note_again, shown_so_far
from common import revision

_LOOKING = {"GET", "HEAD", "OPTIONS", "TRACE"}
_LOOKS = ("theme", "keys")  # cookies that change how a page looks, and tell nobody apart
_HEADERS = ("HTTP_HX_REQUEST", "HTTP_HX_TARGET", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_ACCEPT")
# The same for all visitors. What greets or remembers one of them is not among them.
_PAGES = {
    *("feed", "local", "explore", "explore_people", "tags", "tag", "tag_rss", "tag_atom", "search", "about"),
    *("profile", "profile_replies", "profile_media", "profile_likes", "profile_rss", "profile_atom"),
    *("tweet", "tweet_history", "tweet_picture", "tweet_likes", "tweet_retweets", "tweet_quotes", "oembed"),
    *("followers", "following", "sitemap", "sitemap_people", "sitemap_tweets", "keyboard", "live_news"),
    *("developers", "developers_chapter"),
}
_KNOWN = {"", "cookie", "hx-request", "hx-target", "hx-history-restore-request", "accept"}  # parts of the key
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
_NOT_OURS = ("/media/", "/static/")  # files, which have names of their own
# What a view decided about its frame or policy is written on the way out, not into the page.
_MARKS = (
    "_csp_exempt",
    "_csp_update",
    "_csp_replace",
    "_csp_config",
    "_csp_config_ro",
    "xframe_options_exempt",
)
_SAME = "_leaves_pages_as_they_are"
_KEPT_BYTES = 24 * 1024 * 1024
_OK, _REFUSED, _BROKEN = 200, 400, 500


def changes_nothing(response: HttpResponse) -> HttpResponse:
    """The answer to something sent that no page shows: what is kept stays."""
    setattr(response, _SAME, True)
    return response


@dataclass(frozen=True, slots=True)
class _Page:
    body: bytes
    headers: dict[str, str]
    etag: str
    match: ResolverMatch | None
    shown: tuple[Shown, ...]  # for those who count readers: it is drawn once, and read by many

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body, headers=self.headers)
        response.headers["ETag"] = self.etag
        return response


class VisitorPages:
    """Before everything that reads a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[tuple[str, ...], _Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _LOOKING:
            response = self.get_response(request)
            if not _REFUSED <= response.status_code < _BROKEN and not getattr(response, _SAME, False):
                revision.bump()
            return response
        if not _is_for_visitors(request):
            return self.get_response(request)
        # Read before anything else is: what changes meanwhile is drawn anew.
        sign = revision.current() if settings.VISITOR_PAGES_SECONDS and not settings.DEBUG else None
        key = _key(request, sign) if sign else None
        page = self._pages.get(key) if key else None
        if page is None:
            response = self._drawn(request)
            page = _page_of(request, response)
            if page is None:
                return response
            if key and request.method == "GET":
                self._keep(key, page)
        else:
            note_again(page.shown)
        request.resolver_match = page.match  # for whoever counts requests by what they ask for
        return _conditional(request, page)

    def _drawn(self, request: HttpRequest) -> HttpResponse:
        """The whole page, also for who has it already: the next one may not."""
        asked = {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(asked)
        return response

    def _keep(self, key: tuple[str, ...], page: _Page) -> None:
        with self._lock:
            if key in self._pages:
                return
            self._pages[key] = page
            self._bytes += len(page.body)
            while self._bytes > _KEPT_BYTES:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.body)


def _is_for_visitors(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and all(name in (*_LOOKS, settings.CSRF_COOKIE_NAME) for name in request.COOKIES)
        and "HTTP_AUTHORIZATION" not in request.META
        and not request.path_info.startswith(_NOT_OURS)
    )


def _key(request: HttpRequest, sign: str) -> tuple[str, ...]:
    """All that a page for a visitor depends on. The host is one of ours, or this raises DisallowedHost."""
    moment = str(int(time.time() // settings.VISITOR_PAGES_SECONDS))
    asked = (request.get_host(), request.scheme or "", request.get_full_path())
    looks = tuple(request.COOKIES.get(name, "") for name in _LOOKS)
    return (sign, moment, *asked, *looks, *(request.META.get(name, "") for name in _HEADERS))


def _page_of(request: HttpRequest, response: HttpResponse) -> _Page | None:
    """None for what is for this browser alone (a form in a page brings a cookie with it), or no page."""
    if (
        request.resolver_match is None
        or request.resolver_match.url_name not in _PAGES
        or response.status_code != _OK
        or response.streaming
        or response.cookies
        or "no-store" in response.headers.get("Cache-Control", "")
        or "X-RateLimit-Limit" in response.headers
        or not _KNOWN.issuperset(part.strip().lower() for part in response.headers.get("Vary", "").split(","))
        or any(hasattr(response, mark) for mark in _MARKS)
    ):
        return None
    headers = dict(response.headers)
    headers.setdefault("Cache-Control", "no-cache")  # kept, and asked for again each time
    return _Page(
        response.content, headers, _etag_of(response.content), request.resolver_match, shown_so_far()
    )


def _conditional(request: HttpRequest, page: _Page) -> HttpResponse:
    response = page.response()
    found = get_conditional_response(request, etag=page.etag, response=response)
    if found is None or found is response:
        return response
    for name, value in page.headers.items():  # a browser takes those of a 304 in place of what it kept
        if not name.startswith("Content-"):
            found.headers.setdefault(name, value)
    return found


def _etag_of(body: bytes) -> str:
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
