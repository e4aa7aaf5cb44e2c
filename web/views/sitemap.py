"""What search engines may find here: people who wish to be found, and what they say to everybody.

One part for each month, people and tweets apart, as sitemaps.org describes it: ids begin with the time, so a
part is one range of an index, and a month that is over changes no more than its tweets do.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.http import require_safe

from accounts.models import User
from common.errors import NotFound
from common.ids import id_at, moment_of
from tweets.models import Tweet
from web.outside import outside_address

_MOST = 10_000  # addresses in one part, the newest of the month; the protocol allows 50,000
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list of parts, the newest first. Two queries."""
    parts = [
        f"/sitemap/{kind}-{month:%Y-%m}.xml"
        for kind, rows in (("people", _people()), ("tweets", _tweets()))
        for month in _months(rows)
    ]
    entries = "".join(f"<sitemap><loc>{_address(part)}</loc></sitemap>\n" for part in parts)
    return _xml(f"<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>")


@require_safe
def sitemap_people(request: HttpRequest, year: int, month: int) -> HttpResponse:
    rows = _of_month(_people(), year, month).values_list("username", "last_tweeted_at")
    return _part((f"/@{name}", at) for name, at in rows)


@require_safe
def sitemap_tweets(request: HttpRequest, year: int, month: int) -> HttpResponse:
    rows = _of_month(_tweets(), year, month).values_list("author__username", "id", "edited_at")
    return _part((f"/@{name}/{an_id}", edited_at or moment_of(an_id)) for name, an_id, edited_at in rows)


def _people() -> QuerySet[User]:
    return User.objects.offered().local().filter(is_findable=True)


def _tweets() -> QuerySet[Tweet]:
    visitor = AnonymousUser()
    said = Tweet.objects.visible_to(visitor).offered_to(visitor).filter(visibility=Tweet.Visibility.PUBLIC)
    said = said.exclude(author__username__contains="@")  # local people, as UserQuerySet.local says
    return said.filter(retweet_of__isnull=True, author__is_findable=True)


def _months(rows: QuerySet[Any]) -> Iterator[datetime]:
    """From now back to the month of the oldest row."""
    oldest = rows.order_by("id").values_list("id", flat=True).first()
    if oldest is None:
        return
    month, last = _first_of(timezone.now()), _first_of(moment_of(oldest))
    while month >= last:
        yield month
        month = _first_of(month, months=-1)


def _of_month(rows: QuerySet[Any], year: int, month: int) -> QuerySet[Any]:
    if not (1970 <= year < 3000 and 1 <= month <= 12):
        raise NotFound("There is no such month.")
    begin = datetime(year, month, 1, tzinfo=UTC)
    end = _first_of(begin, months=1)
    return rows.filter(id__gte=id_at(begin), id__lt=id_at(end)).order_by("-id")[:_MOST]


def _first_of(moment: datetime, months: int = 0) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC)


def _part(entries: Iterable[tuple[str, datetime | None]]) -> HttpResponse:
    rows = "".join(f"<url><loc>{_address(path)}</loc>{_changed(at)}</url>\n" for path, at in entries)
    return _xml(f"<urlset {_NAMESPACE}>\n{rows}</urlset>")


def _changed(at: datetime | None) -> str:
    return f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""


def _address(path: str) -> str:
    return escape(outside_address(path))


def _xml(content: str) -> HttpResponse:
    return HttpResponse(
        _HEAD + content + "\n", content_type="application/xml; charset=utf-8", headers=_FOR_AN_HOUR
    )
