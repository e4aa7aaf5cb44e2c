"""An announcement, as one person sees it."""

from typing import Any

from api.shapes.values import stamp, stamp_of
from server.queries import Told


def announcement(told: Told) -> dict[str, Any]:
    """`Announcement`, with each `Reaction`. There are no emoji of one's own here, so they have no address."""
    return {
        "id": str(told.id),
        "content": told.html,
        "starts_at": None,
        "ends_at": stamp(told.ends_at) if told.ends_at else None,
        "all_day": False,
        "published_at": stamp_of(told.id),
        "updated_at": stamp(told.changed_at),
        "read": told.is_read,
        "mentions": [],
        "statuses": [],
        "tags": [],
        "emojis": [],
        "reactions": [
            {"name": one.name, "count": one.number, "me": one.is_mine, "url": None, "static_url": None}
            for one in told.reactions
        ],
    }
