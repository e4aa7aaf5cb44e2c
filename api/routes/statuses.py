"""Tweets, and what belongs to them."""

from django.urls import URLPattern

from api.operations import anyone, at, person
from api.views import engaged, gestures, media, polls, scheduled, statuses

ROUTES: list[URLPattern] = [
    # Statuses
    at(
        "api/v1/statuses",
        GET=anyone(statuses.many, "read:statuses"),
        POST=person(statuses.create, "write:statuses"),
    ),
    at(
        "api/v1/statuses/<id:status_id>",
        GET=anyone(statuses.show, "read:statuses"),
        PUT=person(statuses.update, "write:statuses"),
        DELETE=person(statuses.delete, "write:statuses"),
    ),
    at(
        "api/v1/statuses/<id:status_id>/interaction_policy",
        PUT=person(statuses.update_policy, "write:statuses"),
    ),
    at("api/v1/statuses/<id:status_id>/context", GET=anyone(statuses.context, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/translate", POST=person(statuses.translate, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/source", GET=person(statuses.source, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/history", GET=anyone(statuses.history, "read:statuses")),
    at(
        "api/v1/statuses/<id:status_id>/favourited_by",
        GET=anyone(engaged.favourited_by, "read:statuses", "read:accounts"),
    ),
    at(
        "api/v1/statuses/<id:status_id>/reblogged_by",
        GET=anyone(engaged.reblogged_by, "read:statuses", "read:accounts"),
    ),
    at("api/v1/statuses/<id:status_id>/quotes", GET=person(engaged.quotes, "read:statuses")),
    at(
        "api/v1/statuses/<id:status_id>/quotes/<id:quoting_status_id>/revoke",
        POST=person(engaged.revoke_quote, "write:statuses"),
    ),
    at("api/v1/statuses/<id:status_id>/favourite", POST=person(gestures.favourite, "write:favourites")),
    at("api/v1/statuses/<id:status_id>/unfavourite", POST=person(gestures.unfavourite, "write:favourites")),
    at("api/v1/statuses/<id:status_id>/reblog", POST=person(gestures.reblog, "write:statuses")),
    at("api/v1/statuses/<id:status_id>/unreblog", POST=person(gestures.unreblog, "write:statuses")),
    at("api/v1/statuses/<id:status_id>/bookmark", POST=person(gestures.bookmark, "write:bookmarks")),
    at("api/v1/statuses/<id:status_id>/unbookmark", POST=person(gestures.unbookmark, "write:bookmarks")),
    at("api/v1/statuses/<id:status_id>/mute", POST=person(gestures.mute, "write:mutes")),
    at("api/v1/statuses/<id:status_id>/unmute", POST=person(gestures.unmute, "write:mutes")),
    at("api/v1/statuses/<id:status_id>/pin", POST=person(gestures.pin, "write:accounts")),
    at("api/v1/statuses/<id:status_id>/unpin", POST=person(gestures.unpin, "write:accounts")),
    # Scheduled
    at("api/v1/scheduled_statuses", GET=person(scheduled.index, "read:statuses")),
    at(
        "api/v1/scheduled_statuses/<id:scheduled_id>",
        GET=person(scheduled.show, "read:statuses"),
        PUT=person(scheduled.update, "write:statuses"),
        DELETE=person(scheduled.delete, "write:statuses"),
    ),
    # Polls and media
    at("api/v1/polls/<id:poll_id>", GET=anyone(polls.show, "read:statuses")),
    at("api/v1/polls/<id:poll_id>/votes", POST=person(polls.cast, "write:statuses")),
    at("api/v1/media", POST=person(media.create_at_once, "write:media")),
    at("api/v2/media", POST=person(media.create, "write:media")),
    at(
        "api/v1/media/<id:media_id>",
        GET=person(media.show, "write:media"),
        PUT=person(media.update, "write:media"),
        DELETE=person(media.delete, "write:media"),
    ),
]
