"""What each operation of the API may show of somebody's tweets.

A new line of api/routes fails the tests until it stands in api_needs, and here if it reads: in ONE_STATUS or
LISTS if it shows tweets.
"""

from dataclasses import dataclass

from tests.visibility.routes import ALL, LISTED, PUBLIC, SEES, VISITORS


@dataclass(frozen=True)
class OneStatus:
    """An operation on one tweet by its id. Who does not see it gets what an absent id gets."""

    operation: str
    body: tuple[tuple[str, object], ...] = ()


ONE_STATUS = [
    OneStatus("GET /api/v1/statuses/{status_id}"),
    OneStatus("PUT /api/v1/statuses/{status_id}", (("status", "other words"),)),
    OneStatus("DELETE /api/v1/statuses/{status_id}"),
    OneStatus("PUT /api/v1/statuses/{status_id}/interaction_policy", (("quote_approval_policy", "nobody"),)),
    *(
        OneStatus(f"GET /api/v1/statuses/{{status_id}}/{part}")
        for part in ("context", "source", "history", "favourited_by", "reblogged_by", "quotes")
    ),
    *(
        OneStatus(f"POST /api/v1/statuses/{{status_id}}/{deed}")
        for deed in (
            *("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute"),
            *("pin", "unpin", "translate", "quotes/{quoting_status_id}/revoke"),
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


_AUTHOR = frozenset({"author"})
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
    List(
        "/api/v1/notifications",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_person=True,
        but_not=_AUTHOR,
    ),
    List(
        "/api/v1/notifications?types[]=quote&include_filtered=1&account_id={alice}",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_person=True,
        but_not=_AUTHOR,
    ),
    List(
        "/api/v2/notifications",
        ("plain", "pinned", "reply"),
        hides_muted=True,
        needs_person=True,
        but_not=_AUTHOR,
    ),
    List(  # of all that waits of alice the newest
        "/api/v1/notifications/requests",
        ("reply",),
        frozenset({"quiet"}),
        hides_muted=True,
        needs_person=True,
        but_not=_AUTHOR,
    ),
    List("/api/v1/trends/statuses", ("plain", "pinned", "reply"), PUBLIC, hides_muted=True),
    List("/api/v2/search?q=from:alice&limit=40", ("plain", "pinned", "reply"), LISTED, hides_muted=True),
    List("/api/v1/search?q=from:alice&limit=40", ("plain", "pinned", "reply"), LISTED, hides_muted=True),
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
        [
            *("GET /api/v1/notifications/{notification_id}", "GET /api/v2/notifications/{group_key}"),
            "GET /api/v1/notifications/requests/{request_id}",
        ],
        "one of what the lists show; tests/api/test_notifications.py and test_notification_requests.py",
    ),
    **dict.fromkeys(
        [
            *("GET /api/v1/notifications/unread_count", "GET /api/v2/notifications/unread_count"),
            *("GET /api/v1/notifications/policy", "GET /api/v2/notifications/policy"),
            "GET /api/v1/notifications/requests/merged",
        ],
        "numbers and choices",
    ),
    "GET /api/v2/notifications/{group_key}/accounts": "people",
    **dict.fromkeys(
        ["GET /api/v1/accounts/{account_id}/lists", "GET /api/v1/lists", "GET /api/v1/lists/{list_id}"],
        "names of lists",
    ),
    "GET /api/v1/apps/verify_credentials": "the app",
    "GET /oauth/userinfo": "oneself",
    **dict.fromkeys(
        [
            *("GET /.well-known/oauth-authorization-server", "GET /.well-known/host-meta"),
            *("GET /.well-known/webfinger", "GET /.well-known/nodeinfo"),
            *("GET /nodeinfo/2.0", "GET /nodeinfo/2.1", "GET /health", "GET /api/oembed"),
        ],
        "addresses, and what software this is",
    ),
    "GET /api/v1/accounts/verify_credentials": "oneself",
    "GET /api/v1/profile": "oneself",
    "GET /api/v1/preferences": "oneself",
    "GET /api/v1/media/{media_id}": "one's own pictures that no tweet shows yet",
    "GET /api/v1/polls/{poll_id}": "choices of a tweet; tests/api/test_polls.py tries who sees them",
    **dict.fromkeys(
        [
            *("GET /api/v1/tags/{name}", "GET /api/v1/followed_tags", "GET /api/v1/trends/tags"),
            *("GET /api/v1/trends", "GET /api/v1/featured_tags", "GET /api/v1/featured_tags/suggestions"),
            "GET /api/v1/accounts/{account_id}/featured_tags",
        ],
        "tags, and numbers of public tweets",
    ),
    **dict.fromkeys(
        [
            *("GET /api/v1/suggestions", "GET /api/v2/suggestions", "GET /api/v1/directory"),
            *("GET /api/v1/endorsements", "GET /api/v1/accounts/{account_id}/endorsements"),
        ],
        "people",
    ),
    **dict.fromkeys(
        [
            *("GET /api/v1/filters", "GET /api/v1/filters/{keyword_id}", "GET /api/v2/filters"),
            *("GET /api/v2/filters/{filter_id}", "GET /api/v2/filters/{filter_id}/keywords"),
            *("GET /api/v2/filters/{filter_id}/statuses", "GET /api/v2/filters/statuses/{row_id}"),
            *("GET /api/v2/filters/keywords/{keyword_id}", "GET /api/v1/markers"),
            *("GET /api/v1/scheduled_statuses", "GET /api/v1/scheduled_statuses/{scheduled_id}"),
        ],
        "what one wrote down for oneself",
    ),
    "GET /api/v1/conversations": "one's messages; tests/api/test_conversations.py tries whose",
    "GET /api/v1/timelines/link": "tweets with the card of a page; tests/api/test_timelines.py",
    "GET /api/v1/trends/links": "pages",
    **dict.fromkeys(
        [
            f"GET /api/v1/streaming/{path}"
            for path in (
                *("health", "user", "user/notification", "public", "public/local", "public/remote"),
                *("hashtag", "hashtag/local", "list", "direct"),
            )
        ],
        "answered elsewhere: tests/api/streaming/test_visibility.py",
    ),
    "GET /api/v1/domain_blocks/preview": "two numbers about oneself",
    "GET /api/v1/domain_blocks": "what one wrote down for oneself",
    "GET /api/v1/push/subscription": "what one wrote down for oneself",
    "GET /api/schema": "this server",
    "GET /api/v1/announcements": "this server",
    "GET /api/v1/instance": "this server",
    "GET /api/v2/instance": "this server",
    "GET /api/v1/instance/peers": "other servers",
    "GET /api/v1/instance/domain_blocks": "other servers",
    "GET /api/v1/accounts/{account_id}/identity_proofs": "nothing",
    "GET /api/v1/accounts/{account_id}/collections": "nothing",
    "GET /api/v1/accounts/{account_id}/in_collections": "nothing",
    "GET /api/v1/instance/translation_languages": "this server",
    "GET /api/v1/timelines/direct": "one's messages; tests/api/test_conversations.py tries whose",
    "GET /api/v1/instance/rules": "this server",
    "GET /api/v1/instance/privacy_policy": "this server",
    "GET /api/v1/instance/terms_of_service": "this server",
    "GET /api/v1/instance/terms_of_service/{day}": "this server",
    "GET /api/v1/instance/extended_description": "this server",
    "GET /api/v1/custom_emojis": "pictures",
}
