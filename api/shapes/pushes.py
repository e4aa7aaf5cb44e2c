"""Where an app is told while it is closed, `WebPushSubscription`, and what it is told there."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from accounts.models import User
from accounts.queries import person_by_id
from api.answers import encode
from api.shapes.notifications import TYPES
from api.shapes.values import absolute, static
from common.web_push import Sender
from notifications.models import Notification, PushSubscription
from notifications.queries import Told
from tweets.cards import cards_for
from tweets.text import plain_excerpt

Kind = Notification.Kind
# Those that happen here, and those that clients ask for all the same.
_ALERTS = tuple(dict.fromkeys(TYPES.values()))
_NEVER = ("update", "quoted_update", "admin.sign_up", "admin.report")
_BODY_CHARACTERS = 200
_TITLES = {
    Kind.MENTION: "{name} mentioned you",
    Kind.REPLY: "{name} replied to you",
    Kind.DIRECT: "{name} sent you a message",
    Kind.QUOTE: "{name} quoted your tweet",
    Kind.LIKE: "{name} liked your tweet",
    Kind.RETWEET: "{name} retweeted your tweet",
    Kind.FOLLOW: "{name} followed you",
    Kind.REQUEST: "{name} asks to follow you",
    Kind.TWEET: "{name} tweeted",
    Kind.POLL: "A poll of {name} has ended",
}


def subscription(row: PushSubscription) -> dict[str, Any]:
    """`WebPushSubscription`. What never happens here is not promised."""
    wanted = {TYPES[kind] for kind in row.kinds if kind in TYPES}
    return {
        "id": str(row.pk),
        "endpoint": row.endpoint,
        "standard": row.is_standard,
        "policy": row.policy,
        "alerts": {name: name in wanted for name in (*_ALERTS, *_NEVER)},
        "server_key": server_key(),
    }


def server_key() -> str:
    """What apps show to their push service; "" where nothing is pushed."""
    return _public(settings.VAPID_PRIVATE_KEY) if settings.VAPID_PRIVATE_KEY else ""


def payload(told: Told, owner: User, token: str) -> bytes:
    """What an app shows, as JSON. By the token it finds out for which of its people; it asks for the rest."""
    actor = person_by_id(told.actor_id, owner)
    title = (
        "Your poll has ended" if actor == owner else _TITLES[Kind(told.kind)].format(name=actor.shown_name)
    )
    picture = absolute(default_storage.url(actor.avatar)) if actor.avatar else static("api/avatar.png")
    return encode(
        {
            "access_token": token,
            "preferred_locale": settings.LANGUAGE_CODE.partition("-")[0],
            "notification_id": told.id,  # a number, which the apps of telephones insist on
            "notification_type": TYPES[told.kind],
            "icon": picture,
            "title": title,
            "body": _body(told, actor, owner),
        }
    )


def _body(told: Told, actor: User, owner: User) -> str:
    """What was said; of a follow, what the person says of themselves."""
    if told.tweet_id is None:
        return plain_excerpt(actor.bio, _BODY_CHARACTERS)
    cards: Iterable[Any] = cards_for([told.tweet_id], owner)
    return next((plain_excerpt(card.gist, _BODY_CHARACTERS) for card in cards), "")


@lru_cache
def _public(private_key: str) -> str:
    return Sender(private_key).public_key
