"""Tags: `Tag` with its last days, and `FeaturedTag` on a profile."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

from accounts.models import User
from analytics.queries import tag_days
from api.shapes.values import day_shape, stamp_of
from timelines.queries import tags_among
from tweets.models import Hashtag
from tweets.queries import Featured, Viewer, featured_among


def tags(names: Sequence[str], viewer: Viewer) -> list[dict[str, Any]]:
    """`Tag` of each name, in this order; one that nobody used yet has no id. Four queries at most."""
    known = dict(Hashtag.objects.filter(name__in=names).values_list("name", "id"))
    days = tag_days(list(known.values()))
    followed = tags_among(viewer, known.values()) if isinstance(viewer, User) else set()
    featured = featured_among(viewer, known.values()) if isinstance(viewer, User) else set()
    return [
        {
            "id": str(known.get(name, "")),
            "name": name,
            "url": _address(name),
            "history": [day_shape(day) for day in days.get(known.get(name, 0), [])],
            **(
                {}
                if viewer.pk is None
                else {"following": known.get(name) in followed, "featuring": known.get(name) in featured}
            ),
        }
        for name in names
    ]


def tag(name: str, viewer: Viewer) -> dict[str, Any]:
    return tags([name], viewer)[0]


def featured_tag(row: Featured, owner: User) -> dict[str, Any]:
    """`FeaturedTag`. Its address finds what the owner said with it."""
    query = urlencode({"q": f"from:{owner.username} #{row.name}", "tab": "latest"})
    return {
        "id": str(row.id),
        "name": row.name,
        "url": f"{settings.SITE_URL}/search?{query}",
        "statuses_count": str(row.number),
        "last_status_at": stamp_of(row.newest_id)[:10] if row.newest_id else None,
    }


def _address(name: str) -> str:
    return f"{settings.SITE_URL}/tags/{quote(name)}"
