"""Lists of tweets in the order of time."""

from collections.abc import Callable
from time import monotonic

from django.http import HttpResponse

from accounts.models import User
from api.answers import encoded, listed
from api.authentication import ApiRequest
from api.paging import links, window_of
from api.shapes import statuses
from common.paging import Window
from timelines.actions import keep_home
from timelines.queries import home_ids

Reader = Callable[[Window], list[int]]

_NOTED_SECONDS = 1800
_MOST_NOTED = 10_000
_noted: dict[int, float] = {}  # whose home this process kept filled, and when


def home(request: ApiRequest) -> HttpResponse:
    """Whom one follows, and oneself."""
    viewer = request.user
    _keep(viewer)
    return status_page(request, lambda window: home_ids(viewer, window))


def status_page(request: ApiRequest, read: Reader) -> HttpResponse:
    """A page of tweets whose ids `read` finds. The links come from the ids, whatever of them may be seen."""
    window = window_of(request)
    ids = read(window)
    drawn = statuses.in_order(ids, request.user)
    return encoded(listed(drawn), headers=links(request, ids, window))


def _keep(viewer: User) -> None:
    """Deliver to this home from now on. Once in a while is enough, so most requests ask nothing."""
    now = monotonic()
    if now - _noted.get(viewer.pk, -_NOTED_SECONDS) < _NOTED_SECONDS:
        return
    keep_home(viewer)
    if len(_noted) >= _MOST_NOTED:
        _noted.clear()
    _noted[viewer.pk] = now
