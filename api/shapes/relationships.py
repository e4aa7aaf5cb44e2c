"""What stands between oneself and others: `Relationship`."""

from collections.abc import Sequence
from typing import Any

from accounts.models import User
from api.shapes.values import stamp
from relationships.queries import Relation, relation_map


def relationships(viewer: User, ids: Sequence[int]) -> list[dict[str, Any]]:
    """In the order of the ids. Five queries, however many they are."""
    found = relation_map(viewer, ids)
    return [_shape(an_id, found[an_id]) for an_id in dict.fromkeys(ids)]


def relationship(viewer: User, person_id: int) -> dict[str, Any]:
    return relationships(viewer, [person_id])[0]


def _shape(an_id: int, relation: Relation) -> dict[str, Any]:
    until = relation.muted_until
    return {
        "id": str(an_id),
        "following": relation.follows,
        "showing_reblogs": relation.follows and relation.shows_retweets,
        "notifying": relation.follows and relation.notifies,
        "languages": list(relation.languages) or None,
        "followed_by": relation.followed_by,
        "blocking": relation.blocks,
        "blocked_by": relation.blocked_by,
        "muting": relation.mutes,
        "muting_notifications": relation.mutes and relation.mutes_notifications,
        "muting_expires_at": stamp(until) if relation.mutes and until else None,
        "requested": relation.asked,
        "requested_by": relation.asked_by,
        "domain_blocking": False,
        "endorsed": relation.endorses,
        "note": relation.note,
    }
