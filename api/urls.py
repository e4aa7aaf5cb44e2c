"""The table of the API: every address, its methods, who may use them and with which scope.

The order is that of the public documentation. docs/api.md tells the same to people, and a test compares.
"""

from django.urls import URLPattern, register_converter
from django.urls.converters import StringConverter

from api import errors
from api.operations import anyone, app, at, open_to_all, person
from api.views import (
    accounts,
    apps,
    engaged,
    gestures,
    instance,
    lists,
    oauth,
    relations,
    statuses,
    timelines,
)


class _Id(StringConverter):
    """An id as it stands in an address. What is none, or too large to be one, is not found."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


register_converter(_Id, "id")

urlpatterns: list[URLPattern] = [
    # Apps and OAuth
    at("api/v1/apps", POST=open_to_all(apps.create)),
    at("api/v1/apps/verify_credentials", GET=app(apps.verify_credentials)),
    at("oauth/token", POST=open_to_all(oauth.token)),
    at("oauth/revoke", POST=open_to_all(oauth.revoke)),
    at(
        "oauth/userinfo",
        GET=person(oauth.userinfo, "profile", "read:accounts"),
        POST=person(oauth.userinfo, "profile", "read:accounts"),
    ),
    at(".well-known/oauth-authorization-server", GET=open_to_all(oauth.server_metadata)),
    # Accounts
    at(
        "api/v1/accounts/verify_credentials",
        GET=person(accounts.verify_credentials, "read:accounts", "profile"),
    ),
    at("api/v1/accounts/lookup", GET=anyone(accounts.lookup, "read:accounts")),
    at("api/v1/accounts/search", GET=person(accounts.search, "read:accounts")),
    at("api/v1/accounts/relationships", GET=person(relations.index, "read:follows")),
    at("api/v1/accounts/familiar_followers", GET=person(relations.familiar, "read:follows")),
    at("api/v1/accounts", GET=anyone(accounts.many, "read:accounts")),
    at("api/v1/accounts/<id:account_id>", GET=anyone(accounts.show, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/statuses", GET=anyone(accounts.statuses, "read:statuses")),
    at("api/v1/accounts/<id:account_id>/followers", GET=anyone(accounts.followers, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/following", GET=anyone(accounts.following, "read:accounts")),
    at("api/v1/accounts/<id:account_id>/lists", GET=person(lists.with_person, "read:lists")),
    at("api/v1/accounts/<id:account_id>/follow", POST=person(relations.follow, "write:follows")),
    at("api/v1/accounts/<id:account_id>/unfollow", POST=person(relations.unfollow, "write:follows")),
    at(
        "api/v1/accounts/<id:account_id>/remove_from_followers",
        POST=person(relations.remove_from_followers, "write:follows"),
    ),
    at("api/v1/accounts/<id:account_id>/block", POST=person(relations.block, "write:blocks")),
    at("api/v1/accounts/<id:account_id>/unblock", POST=person(relations.unblock, "write:blocks")),
    at("api/v1/accounts/<id:account_id>/mute", POST=person(relations.mute, "write:mutes")),
    at("api/v1/accounts/<id:account_id>/unmute", POST=person(relations.unmute, "write:mutes")),
    at("api/v1/accounts/<id:account_id>/note", POST=person(relations.note, "write:accounts")),
    at("api/v1/blocks", GET=person(relations.blocks, "read:blocks")),
    at("api/v1/mutes", GET=person(relations.mutes, "read:mutes")),
    at("api/v1/follow_requests", GET=person(relations.requests, "read:follows")),
    at(
        "api/v1/follow_requests/<id:account_id>/authorize",
        POST=person(relations.authorize, "write:follows"),
    ),
    at("api/v1/follow_requests/<id:account_id>/reject", POST=person(relations.reject, "write:follows")),
    at("api/v1/bookmarks", GET=person(engaged.bookmarks, "read:bookmarks")),
    at("api/v1/favourites", GET=person(engaged.favourites, "read:favourites")),
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
    at("api/v1/statuses/<id:status_id>/context", GET=anyone(statuses.context, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/source", GET=person(statuses.source, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/history", GET=anyone(statuses.history, "read:statuses")),
    at("api/v1/statuses/<id:status_id>/favourited_by", GET=anyone(engaged.favourited_by, "read:accounts")),
    at("api/v1/statuses/<id:status_id>/reblogged_by", GET=anyone(engaged.reblogged_by, "read:accounts")),
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
    # Timelines
    at("api/v1/timelines/home", GET=person(timelines.home, "read:statuses")),
    at("api/v1/timelines/public", GET=anyone(timelines.public, "read:statuses")),
    at("api/v1/timelines/tag/<str:name>", GET=anyone(timelines.tag, "read:statuses")),
    at("api/v1/timelines/list/<id:list_id>", GET=person(timelines.people_list, "read:lists")),
    # Lists
    at(
        "api/v1/lists",
        GET=person(lists.index, "read:lists"),
        POST=person(lists.create, "write:lists"),
    ),
    at(
        "api/v1/lists/<id:list_id>",
        GET=person(lists.show, "read:lists"),
        PUT=person(lists.update, "write:lists"),
        DELETE=person(lists.delete, "write:lists"),
    ),
    at(
        "api/v1/lists/<id:list_id>/accounts",
        GET=person(lists.members, "read:lists"),
        POST=person(lists.add, "write:lists"),
        DELETE=person(lists.remove, "write:lists"),
    ),
    # Instance
    at("api/v1/instance", GET=open_to_all(instance.v1)),
    at("api/v2/instance", GET=open_to_all(instance.v2)),
    at("api/v1/instance/peers", GET=open_to_all(instance.peers)),
    at("api/v1/instance/rules", GET=open_to_all(instance.rules)),
    at("api/v1/instance/extended_description", GET=open_to_all(instance.extended_description)),
    at("api/v1/custom_emojis", GET=open_to_all(instance.custom_emojis)),
]

handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.server_error
