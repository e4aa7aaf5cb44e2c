"""A report, as its reporter sees it."""

from typing import Any

from orjson import Fragment

from api.shapes.accounts import account
from api.shapes.values import stamp, stamp_of
from moderation.models import Report


def report(row: Report) -> dict[str, Any]:
    """`Report`."""
    rules = [str(pk) for pk in row.rules.values_list("pk", flat=True)]
    return {
        "id": str(row.pk),
        "action_taken": not row.is_open,
        "action_taken_at": stamp(row.closed_at) if row.closed_at else None,
        "category": row.category,
        "comment": row.comment,
        "forwarded": False,
        "created_at": stamp_of(row.pk),
        "status_ids": [str(an_id) for an_id in row.tweets.values_list("tweet_id", flat=True)] or None,
        "rule_ids": rules or None,
        "collection_ids": None,
        "target_account": Fragment(account(row.target)),
    }
