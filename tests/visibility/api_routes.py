"""Every operation of the API: who may call it, with which scopes, and what it may show of somebody's tweets.

A new line of api/routes fails the tests until it stands here; with ONE_STATUS or LISTS if it shows tweets.
"""

from dataclasses import dataclass

from tests.visibility.routes import ALL, LISTED, PUBLIC, SEES, VISITORS

OPEN_TO_ALL, ANYONE, APP, PERSON = "open to all", "anyone", "app", "person"


@dataclass(frozen=True)
class Needs:
    """`who` has to ask; any one of the scopes is enough."""

    who: str
    scopes: tuple[str, ...] = ()


def person(*scopes: str) -> Needs:
    return Needs(PERSON, scopes)


def anyone(*scopes: str) -> Needs:
    return Needs(ANYONE, scopes)


NEEDS: dict[str, Needs] = {
    "POST /api/v1/apps": Needs(OPEN_TO_ALL),
    "GET /api/v1/apps/verify_credentials": Needs(APP),
    "POST /oauth/token": Needs(OPEN_TO_ALL),
    "POST /oauth/revoke": Needs(OPEN_TO_ALL),
    "GET /oauth/userinfo": person("profile", "read:accounts"),
    "POST /oauth/userinfo": person("profile", "read:accounts"),
    "GET /.well-known/oauth-authorization-server": Needs(OPEN_TO_ALL),
    "GET /api/v1/accounts/verify_credentials": person("read:accounts", "profile"),
    "PATCH /api/v1/accounts/update_credentials": person("write:accounts"),
    "GET /api/v1/profile": person("profile", "read:accounts"),
    "PATCH /api/v1/profile": person("write:accounts"),
    "PUT /api/v1/profile": person("write:accounts"),
    "DELETE /api/v1/profile/avatar": person("write:accounts"),
    "DELETE /api/v1/profile/header": person("write:accounts"),
    "GET /api/v1/preferences": person("read:accounts"),
    "GET /api/v1/polls/{poll_id}": anyone("read:statuses"),
    "POST /api/v1/polls/{poll_id}/votes": person("write:statuses"),
    "POST /api/v1/media": person("write:media"),
    "POST /api/v2/media": person("write:media"),
    "GET /api/v1/media/{media_id}": person("write:media"),
    "PUT /api/v1/media/{media_id}": person("write:media"),
    "DELETE /api/v1/media/{media_id}": person("write:media"),
    "GET /api/v1/accounts/lookup": anyone("read:accounts"),
    "GET /api/v1/accounts/search": person("read:accounts"),
    "GET /api/v1/accounts/relationships": person("read:follows"),
    "GET /api/v1/accounts/familiar_followers": person("read:follows"),
    "GET /api/v1/accounts": anyone("read:accounts"),
    "GET /api/v1/accounts/{account_id}": anyone("read:accounts"),
    "GET /api/v1/accounts/{account_id}/statuses": anyone("read:statuses"),
    "GET /api/v1/accounts/{account_id}/followers": anyone("read:accounts"),
    "GET /api/v1/accounts/{account_id}/following": anyone("read:accounts"),
    "GET /api/v1/accounts/{account_id}/lists": person("read:lists"),
    "POST /api/v1/accounts/{account_id}/follow": person("write:follows"),
    "POST /api/v1/accounts/{account_id}/unfollow": person("write:follows"),
    "POST /api/v1/accounts/{account_id}/remove_from_followers": person("write:follows"),
    "POST /api/v1/accounts/{account_id}/block": person("write:blocks"),
    "POST /api/v1/accounts/{account_id}/unblock": person("write:blocks"),
    "POST /api/v1/accounts/{account_id}/mute": person("write:mutes"),
    "POST /api/v1/accounts/{account_id}/unmute": person("write:mutes"),
    "POST /api/v1/accounts/{account_id}/note": person("write:accounts"),
    "GET /api/v1/blocks": person("read:blocks"),
    "GET /api/v1/mutes": person("read:mutes"),
    "GET /api/v1/follow_requests": person("read:follows"),
    "POST /api/v1/follow_requests/{account_id}/authorize": person("write:follows"),
    "POST /api/v1/follow_requests/{account_id}/reject": person("write:follows"),
    "GET /api/v1/bookmarks": person("read:bookmarks"),
    "GET /api/v1/favourites": person("read:favourites"),
    "GET /api/v1/statuses": anyone("read:statuses"),
    "POST /api/v1/statuses": person("write:statuses"),
    "GET /api/v1/statuses/{status_id}": anyone("read:statuses"),
    "PUT /api/v1/statuses/{status_id}": person("write:statuses"),
    "DELETE /api/v1/statuses/{status_id}": person("write:statuses"),
    "GET /api/v1/statuses/{status_id}/context": anyone("read:statuses"),
    "GET /api/v1/statuses/{status_id}/source": person("read:statuses"),
    "GET /api/v1/statuses/{status_id}/history": anyone("read:statuses"),
    "GET /api/v1/statuses/{status_id}/favourited_by": anyone("read:accounts"),
    "GET /api/v1/statuses/{status_id}/reblogged_by": anyone("read:accounts"),
    "GET /api/v1/statuses/{status_id}/quotes": person("read:statuses"),
    "POST /api/v1/statuses/{status_id}/quotes/{quoting_status_id}/revoke": person("write:statuses"),
    "POST /api/v1/statuses/{status_id}/favourite": person("write:favourites"),
    "POST /api/v1/statuses/{status_id}/unfavourite": person("write:favourites"),
    "POST /api/v1/statuses/{status_id}/reblog": person("write:statuses"),
    "POST /api/v1/statuses/{status_id}/unreblog": person("write:statuses"),
    "POST /api/v1/statuses/{status_id}/bookmark": person("write:bookmarks"),
    "POST /api/v1/statuses/{status_id}/unbookmark": person("write:bookmarks"),
    "POST /api/v1/statuses/{status_id}/mute": person("write:mutes"),
    "POST /api/v1/statuses/{status_id}/unmute": person("write:mutes"),
    "POST /api/v1/statuses/{status_id}/pin": person("write:accounts"),
    "POST /api/v1/statuses/{status_id}/unpin": person("write:accounts"),
    "GET /api/v1/timelines/public": anyone("read:statuses"),
    "GET /api/v1/timelines/tag/{name}": anyone("read:statuses"),
    "GET /api/v1/timelines/list/{list_id}": person("read:lists"),
    "GET /api/v1/lists": person("read:lists"),
    "POST /api/v1/lists": person("write:lists"),
    "GET /api/v1/lists/{list_id}": person("read:lists"),
    "PUT /api/v1/lists/{list_id}": person("write:lists"),
    "DELETE /api/v1/lists/{list_id}": person("write:lists"),
    "GET /api/v1/lists/{list_id}/accounts": person("read:lists"),
    "POST /api/v1/lists/{list_id}/accounts": person("write:lists"),
    "DELETE /api/v1/lists/{list_id}/accounts": person("write:lists"),
    "GET /api/v1/timelines/home": person("read:statuses"),
    "GET /api/v1/notifications/policy": person("read:notifications"),
    "PUT /api/v1/notifications/policy": person("write:notifications"),
    "GET /api/v2/notifications/policy": person("read:notifications"),
    "PATCH /api/v2/notifications/policy": person("write:notifications"),
    "PUT /api/v2/notifications/policy": person("write:notifications"),
    "GET /api/v1/notifications/requests": person("read:notifications"),
    "POST /api/v1/notifications/requests/accept": person("write:notifications"),
    "POST /api/v1/notifications/requests/dismiss": person("write:notifications"),
    "GET /api/v1/notifications/requests/merged": person("read:notifications"),
    "GET /api/v1/notifications/requests/{request_id}": person("read:notifications"),
    "POST /api/v1/notifications/requests/{request_id}/accept": person("write:notifications"),
    "POST /api/v1/notifications/requests/{request_id}/dismiss": person("write:notifications"),
    "GET /api/v1/notifications": person("read:notifications"),
    "POST /api/v1/notifications/clear": person("write:notifications"),
    "GET /api/v1/notifications/unread_count": person("read:notifications"),
    "GET /api/v1/notifications/{notification_id}": person("read:notifications"),
    "POST /api/v1/notifications/{notification_id}/dismiss": person("write:notifications"),
    "GET /api/v2/notifications": person("read:notifications"),
    "GET /api/v2/notifications/unread_count": person("read:notifications"),
    "GET /api/v2/notifications/{group_key}": person("read:notifications"),
    "GET /api/v2/notifications/{group_key}/accounts": person("read:notifications"),
    "POST /api/v2/notifications/{group_key}/dismiss": person("write:notifications"),
    "GET /api/v1/instance": Needs(OPEN_TO_ALL),
    "GET /api/v2/instance": Needs(OPEN_TO_ALL),
    "GET /api/v1/instance/peers": Needs(OPEN_TO_ALL),
    "GET /api/v1/instance/rules": Needs(OPEN_TO_ALL),
    "GET /api/v1/instance/extended_description": Needs(OPEN_TO_ALL),
    "GET /api/v1/custom_emojis": Needs(OPEN_TO_ALL),
}


@dataclass(frozen=True)
class OneStatus:
    """An operation on one tweet by its id. Who does not see it gets what an absent id gets."""

    operation: str
    body: tuple[tuple[str, object], ...] = ()


ONE_STATUS = [
    OneStatus("GET /api/v1/statuses/{status_id}"),
    OneStatus("PUT /api/v1/statuses/{status_id}", (("status", "other words"),)),
    OneStatus("DELETE /api/v1/statuses/{status_id}"),
    *(
        OneStatus(f"GET /api/v1/statuses/{{status_id}}/{part}")
        for part in ("context", "source", "history", "favourited_by", "reblogged_by", "quotes")
    ),
    *(
        OneStatus(f"POST /api/v1/statuses/{{status_id}}/{deed}")
        for deed in (
            *("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute"),
            *("pin", "unpin", "quotes/{quoting_status_id}/revoke"),
        )
    ),
]
# Where the id stands in the body.
NAMING_A_STATUS = [
    OneStatus("POST /api/v1/statuses", (("status", "hello"), ("in_reply_to_id", "ID"))),
    OneStatus("POST /api/v1/statuses", (("status", "hello"), ("quoted_status_id", "ID"))),
]


@dataclass(frozen=True)
class List:
    """Tweets among others. `places` are those of the scene that belong there, as in routes.LISTS."""

    path: str
    places: tuple[str, ...]
    audiences: frozenset[str] = ALL
    hides_muted: bool = False
    needs_person: bool = False
    but_not: frozenset[str] = frozenset()


LISTS = [
    List("/api/v1/timelines/home", ("plain", "pinned", "reply"), hides_muted=True, needs_person=True),
    List("/api/v1/statuses?{ids}", ("plain", "pinned", "reply")),
    List("/api/v1/timelines/public", ("plain", "pinned"), PUBLIC, hides_muted=True),
    List("/api/v1/timelines/tag/{tag}", ("plain",), LISTED, hides_muted=True),
    List(
        "/api/v1/timelines/list/{list}",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_person=True,
        but_not=frozenset(SEES) - VISITORS - {"follower", "muter"},
    ),
    List("/api/v1/timelines/list/{list}", (), needs_person=True, but_not=frozenset({"follower", "muter"})),
    List("/api/v1/accounts/{alice}/statuses", ("plain", "pinned", "reply"), LISTED),
    List("/api/v1/accounts/{alice}/statuses?only_media=1", ("plain",), LISTED),
    List("/api/v1/accounts/{alice}/statuses?exclude_replies=1", ("plain", "pinned"), LISTED),
    List("/api/v1/accounts/{alice}/statuses?pinned=1", ("pinned",), LISTED),
    List("/api/v1/accounts/{alice}/statuses?tagged=breakfast", ("plain",), LISTED),
    List("/api/v1/accounts/{rita}/statuses", ("plain",)),
    List("/api/v1/bookmarks", ("plain", "pinned", "reply"), needs_person=True),
    List("/api/v1/favourites", ("plain", "pinned", "reply"), needs_person=True),
    List("/api/v1/statuses/{others:root}/context", ("reply",)),
    List("/api/v1/statuses/{others:above}/context", ("plain",)),
    List("/api/v1/statuses/{others:quote}", ("plain",)),
]
# GET operations that can show no tweet, each with its reason.
SHOWS_NO_TWEETS = {
    **dict.fromkeys(
        [
            *("GET /api/v1/accounts/lookup", "GET /api/v1/accounts/search", "GET /api/v1/accounts"),
            *("GET /api/v1/accounts/{account_id}", "GET /api/v1/accounts/{account_id}/followers"),
            *("GET /api/v1/accounts/{account_id}/following", "GET /api/v1/accounts/relationships"),
            *("GET /api/v1/accounts/familiar_followers", "GET /api/v1/blocks", "GET /api/v1/mutes"),
            *("GET /api/v1/follow_requests", "GET /api/v1/lists/{list_id}/accounts"),
        ],
        "people",
    ),
    **dict.fromkeys(
        ["GET /api/v1/accounts/{account_id}/lists", "GET /api/v1/lists", "GET /api/v1/lists/{list_id}"],
        "names of lists",
    ),
    "GET /api/v1/apps/verify_credentials": "the app",
    "GET /oauth/userinfo": "oneself",
    "GET /.well-known/oauth-authorization-server": "addresses",
    "GET /api/v1/accounts/verify_credentials": "oneself",
    "GET /api/v1/profile": "oneself",
    "GET /api/v1/preferences": "oneself",
    "GET /api/v1/media/{media_id}": "one's own pictures that no tweet shows yet",
    "GET /api/v1/polls/{poll_id}": "choices of a tweet; tests/api/test_polls.py tries who sees them",
    "GET /api/v1/instance": "this server",
    "GET /api/v2/instance": "this server",
    "GET /api/v1/instance/peers": "other servers",
    "GET /api/v1/instance/rules": "this server",
    "GET /api/v1/instance/extended_description": "this server",
    "GET /api/v1/custom_emojis": "pictures",
}
