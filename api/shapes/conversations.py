"""Messages: `Conversation`."""

from collections.abc import Sequence
from typing import Any

from orjson import Fragment

from accounts.models import User
from api.shapes import statuses
from conversations.models import Participation
from conversations.queries import people_in


def conversations(rows: Sequence[Participation], viewer: User) -> list[dict[str, Any]]:
    """`Conversation` of each, in this order. Its people are the others; one with oneself alone has none."""
    others = people_in([row.conversation_id for row in rows], viewer)
    named = (person.pk for several in others.values() for person in several)
    drawn, people = statuses.with_people([row.newest_id for row in rows], viewer, named)
    return [
        {
            "id": str(row.conversation_id),
            "unread": row.is_unread,
            "accounts": [
                Fragment(people[person.pk]) for person in others[row.conversation_id] if person.pk in people
            ],
            "last_status": Fragment(drawn[row.newest_id]) if row.newest_id in drawn else None,
        }
        for row in rows
    ]
