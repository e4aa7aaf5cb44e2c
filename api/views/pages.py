"""Pages that many resources have: of tweets, and of people."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from api.answers import encoded, listed
from api.authentication import ApiRequest
from api.paging import links, window_of
from api.shapes import statuses
from api.shapes.accounts import accounts_in_order
from common.paging import Window

Reader = Callable[[Window], list[int]]
PEOPLE_PAGE = (40, 80)  # people, unless an app wants fewer or more


def status_page(request: ApiRequest, read: Reader) -> HttpResponse:
    """Tweets whose ids `read` finds. The links come from the ids, whatever of them may be seen."""
    window = window_of(request)
    ids = read(window)
    drawn = statuses.in_order(ids, request.user)
    return encoded(listed(drawn), headers=links(request, ids, window))


def kept_page(request: ApiRequest, rows: QuerySet[Any, Any], column: str = "tweet_id") -> HttpResponse:
    """Tweets that rows point at, in the order of the rows, whose ids the links have, as apps expect."""
    window = window_of(request)
    found = window.rows(rows, "id", column)
    drawn = statuses.in_order([tweet_id for _, tweet_id in found], request.user)
    return encoded(listed(drawn), headers=links(request, [row_id for row_id, _ in found], window))


def people_page(request: ApiRequest, rows: QuerySet[Any, Any], column: str) -> HttpResponse:
    """People that rows point at, in the order of the rows."""
    window = window_of(request, *PEOPLE_PAGE)
    found = window.rows(rows, "id", column)
    drawn = accounts_in_order([person_id for _, person_id in found])
    return encoded(listed(drawn), headers=links(request, [row_id for row_id, _ in found], window))
