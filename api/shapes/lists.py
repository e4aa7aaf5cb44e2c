"""Lists of people: `List`."""

from typing import Any

from timelines.models import PeopleList

REPLIES = {
    PeopleList.Replies.NOBODY: "none",
    PeopleList.Replies.MEMBERS: "list",
    PeopleList.Replies.FOLLOWED: "followed",
}


def people_list(row: PeopleList) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "title": row.title,
        "replies_policy": REPLIES[PeopleList.Replies(row.replies)],
        "exclusive": row.is_exclusive,
    }
