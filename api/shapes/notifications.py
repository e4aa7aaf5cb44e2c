"""What people are told: `Notification`, groups of them, requests, and the policy."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from orjson import Fragment

from accounts.models import User
from api.answers import encode
from api.shapes import statuses
from api.shapes.values import stamp_of
from notifications.models import Notification, NotificationPolicy
from notifications.queries import Group, RequestRow, Told

Kind = Notification.Kind
# What of one's own schedule failed or was late has no word in this API; the site tells it.
TYPES: dict[str, str] = {
    Kind.MENTION: "mention",
    Kind.REPLY: "mention",
    Kind.DIRECT: "mention",
    Kind.QUOTE: "quote",
    Kind.LIKE: "favourite",
    Kind.RETWEET: "reblog",
    Kind.FOLLOW: "follow",
    Kind.REQUEST: "follow_request",
    Kind.TWEET: "status",
    Kind.POLL: "poll",
}
PRIVATE_MENTIONS: dict[User.MessagesFrom, str] = {
    User.MessagesFrom.EVERYONE: NotificationPolicy.Choice.FILTER,
    User.MessagesFrom.FOLLOWED: NotificationPolicy.Choice.DROP,
}
GROUPED = (Kind.LIKE, Kind.RETWEET, Kind.FOLLOW)  # unless an app asks otherwise
_NOTHING_ELSE = b',"report":null,"event":null,"moderation_warning":null,"collection":null,"fallback":null}'
_PARTS = ("id", "acct", "url", "avatar", "avatar_static", "avatar_description", "locked", "bot")


def kinds_of(types: Iterable[str]) -> list[str]:
    """The kinds that these types of the API stand for; unknown ones stand for none."""
    wanted = set(types)
    return [kind for kind, name in TYPES.items() if name in wanted]


def key_of(told: Told, grouped_kinds: Sequence[str] = GROUPED) -> str:
    """`like-5` for what is told together, `ungrouped-7` for what stands alone."""
    return told.bundle.replace(":", "-", 1) if told.kind in grouped_kinds else f"ungrouped-{told.id}"


def bundle_of(key: str) -> str:
    """The bundle of a key that is not `ungrouped-…`."""
    return key.replace("-", ":", 1)


def notifications(rows: Sequence[Told], viewer: User) -> list[bytes]:
    """`Notification` of each row, without those whose tweet went in this very moment."""
    drawn, people = _drawn((row.tweet_id for row in rows), viewer, (row.actor_id for row in rows))
    return [
        b'{"id":"%d","type":"%b","created_at":"%b","group_key":%b,"account":%b,"status":%b%b'
        % (
            row.id,
            TYPES[row.kind].encode(),
            stamp_of(row.id).encode(),
            encode(key_of(row)),
            people[row.actor_id],
            drawn[row.tweet_id] if row.tweet_id else b"null",
            _NOTHING_ELSE,
        )
        for row in rows
        if row.actor_id in people and (row.tweet_id is None or row.tweet_id in drawn)
    ]


def grouped(
    groups: Sequence[Group], viewer: User, grouped_kinds: Sequence[str], *, is_partial: bool = False
) -> dict[str, Any]:
    """`GroupedNotificationsResults`. `is_partial`: of most people only what their picture takes."""
    actors = dict.fromkeys(an_id for group in groups for an_id in group.actor_ids)
    drawn, known = _drawn((group.newest.tweet_id for group in groups), viewer, actors)
    people = {an_id: known[an_id] for an_id in actors if an_id in known}
    shown = [group for group in groups if (group.newest.tweet_id or 0) in {0, *drawn}]
    first = {group.newest.actor_id for group in shown} if is_partial else people.keys()
    result: dict[str, Any] = {
        "accounts": [Fragment(people[an_id]) for an_id in people if an_id in first],
        "statuses": [Fragment(status) for status in drawn.values()],
        "notification_groups": [_group(group, grouped_kinds, people.keys()) for group in shown],
    }
    if is_partial:
        rest = [orjson.loads(people[an_id]) for an_id in people if an_id not in first]
        result["partial_accounts"] = [{part: person[part] for part in _PARTS} for person in rest]
    return result


def requests(rows: Sequence[RequestRow], viewer: User) -> list[dict[str, Any]]:
    """`NotificationRequest` of each row. Its id is that of the person."""
    drawn, people = _drawn((row.tweet_id for row in rows), viewer, (row.actor_id for row in rows))
    return [
        {
            "id": str(row.actor_id),
            "created_at": stamp_of(row.oldest_id),
            "updated_at": stamp_of(row.newest_id),
            "notifications_count": str(row.number),
            "account": Fragment(people[row.actor_id]),
            "last_status": Fragment(drawn[row.tweet_id]) if row.tweet_id in drawn else None,
        }
        for row in rows
        if row.actor_id in people
    ]


def policy(row: NotificationPolicy, owner: User, requests_count: int, waiting_count: int) -> dict[str, Any]:
    """`NotificationPolicy`. Messages of strangers wait, in Messages, or are not taken."""
    return {
        **{name: getattr(row, name) for name in NotificationPolicy.WISHES},
        "for_private_mentions": PRIVATE_MENTIONS[User.MessagesFrom(owner.messages_from)],
        "summary": _summary(requests_count, waiting_count),
    }


def first_policy(row: NotificationPolicy, requests_count: int, waiting_count: int) -> dict[str, Any]:
    """`V1::NotificationPolicy`: yes or no. It knows nothing of limited accounts."""
    accept = NotificationPolicy.Choice.ACCEPT
    return {
        **{
            name.replace("for_", "filter_", 1): getattr(row, name) != accept
            for name in NotificationPolicy.WISHES
            if name != "for_limited_accounts"
        },
        "filter_private_mentions": True,
        "summary": _summary(requests_count, waiting_count),
    }


def _summary(requests_count: int, waiting_count: int) -> dict[str, int]:
    return {"pending_requests_count": requests_count, "pending_notifications_count": waiting_count}


def _group(group: Group, grouped_kinds: Sequence[str], there: Iterable[int]) -> dict[str, Any]:
    newest = group.newest
    known = set(there)
    return {
        "group_key": key_of(newest, grouped_kinds),
        "notifications_count": group.number,
        "type": TYPES[newest.kind],
        "most_recent_notification_id": newest.id,
        "page_min_id": str(group.oldest_id),
        "page_max_id": str(newest.id),
        "latest_page_notification_at": stamp_of(newest.id),
        "sample_account_ids": [str(an_id) for an_id in group.actor_ids if an_id in known],
        "status_id": str(newest.tweet_id) if newest.tweet_id else None,
        "report": None,
        "event": None,
        "moderation_warning": None,
        "fallback": None,
    }


def _drawn(
    ids: Iterable[int | None], viewer: User, person_ids: Iterable[int]
) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The statuses, and the accounts of people; an empty id stands for none."""
    return statuses.with_people(list(dict.fromkeys(an_id for an_id in ids if an_id)), viewer, person_ids)
