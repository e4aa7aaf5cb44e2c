"""Pages of lists: `max_id`, `min_id`, `since_id` and `limit` in, a `Link` header out."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.utils.encoding import escape_uri_path
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from common.paging import Window, whole_id

_CURSORS = ("max_id", "min_id", "since_id")
_NOTHING_YET = 0  # no row has this id


def window_of(request: Request, default: int = 20, most: int | None = None) -> Window:
    """The page that is asked for. A limit above `most` (by default twice the default) is cut.

    Raises ValidationError for what is no id and no number.
    """
    asked = request.query_params
    cursors = {name: _cursor(name, asked[name]) for name in _CURSORS if asked.get(name)}
    return Window(limit=limit_of(request, default, most), **cursors)


def limit_of(request: Request, default: int = 20, most: int | None = None) -> int:
    """How many are asked for."""
    text = request.query_params.get("limit", "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValidationError({"limit": ["This is no number."]})
    return max(1, min(int(text), most or 2 * default))


def links(request: Request, ids: Sequence[int], window: Window) -> dict[str, str]:
    """The header that leads to the pages beside this one, whose rows have these ids, newest first.

    A page that is not full is the last, unless it was read upwards.
    """
    if not ids:
        return {}
    kept = [pair for pair in request.query_params.lists() if pair[0] not in _CURSORS]
    ways = [("prev", "min_id", ids[0])]
    if len(ids) >= window.limit or window.min_id is not None:
        ways.insert(0, ("next", "max_id", ids[-1]))
    base = f"{settings.SITE_URL}{escape_uri_path(request.path)}"
    return {
        "Link": ", ".join(
            f'<{base}?{urlencode([*kept, (name, [an_id])], doseq=True)}>; rel="{rel}"'
            for rel, name, an_id in ways
        )
    }


def _cursor(name: str, text: str) -> int:
    if text.strip("0") == "" and text.isascii():
        return _NOTHING_YET
    an_id = whole_id(text)
    if an_id is None:
        raise ValidationError({name: ["This is no id."]})
    return an_id
