"""Every operation of the API: who may call it, with which scopes, and what it may show of somebody's tweets.

A new line of api/urls fails the tests until it stands here; with ONE_STATUS or LISTS if it can show a tweet.
"""

from dataclasses import dataclass

from tests.visibility.routes import ALL

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
    "GET /api/v1/statuses": anyone("read:statuses"),
    "POST /api/v1/statuses": person("write:statuses"),
    "GET /api/v1/statuses/{status_id}": anyone("read:statuses"),
    "GET /api/v1/timelines/home": person("read:statuses"),
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
]
# GET operations that can show no tweet, each with its reason.
SHOWS_NO_TWEETS = {
    "GET /api/v1/apps/verify_credentials": "the app",
    "GET /oauth/userinfo": "oneself",
    "GET /.well-known/oauth-authorization-server": "addresses",
    "GET /api/v1/accounts/verify_credentials": "oneself",
    "GET /api/v1/instance": "this server",
    "GET /api/v2/instance": "this server",
    "GET /api/v1/instance/peers": "other servers",
    "GET /api/v1/instance/rules": "this server",
    "GET /api/v1/instance/extended_description": "this server",
    "GET /api/v1/custom_emojis": "pictures",
}
